//! The one error type of every request.

use liaison_domain::dto::{FieldError, Problem};

/// Why a request brought no data. The words for people are made in `i18n`.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// No connection, or it broke before an answer came.
    Offline,
    /// No answer within the time allowed.
    Timeout,
    /// Given up by ourselves: the page was left, or the upload was removed.
    Aborted,
    /// An answer that is not what the API promises (a proxy's page, a cut response).
    Unreadable {
        /// The HTTP status it came with.
        status: u16,
    },
    /// The server's own refusal.
    Problem(Box<Problem>),
}

impl ApiError {
    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::Unreadable { status } => Some(*status),
            Self::Offline | Self::Timeout | Self::Aborted => None,
        }
    }

    /// The problem's stable code, or an empty text.
    pub fn code(&self) -> &str {
        match self {
            Self::Problem(problem) => &problem.code,
            _ => "",
        }
    }

    /// What is wrong with single fields of the form that was sent.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Problem(problem) => &problem.fields,
            _ => &[],
        }
    }

    /// Nobody is logged in, or the login has expired.
    pub fn is_unauthenticated(&self) -> bool {
        self.status() == Some(401)
    }

    /// There is no such thing, or it is not this person's to see.
    pub fn is_not_found(&self) -> bool {
        matches!(self.status(), Some(404 | 410))
    }

    /// The case moved on meanwhile: read it again.
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(409)
    }

    /// The answer may have been lost on the way: the same request with the same `Idempotency-Key` is safe
    /// and useful.
    pub fn may_have_arrived(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout | Self::Unreadable { .. } => true,
            Self::Aborted => false,
            Self::Problem(problem) => problem.status >= 500,
        }
    }
}
