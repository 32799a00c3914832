//! What the office and the units do beside single events: many letters at once, kept filters, letters filed for
//! somebody, parts of a letter, calls by lot, texts to begin with.

use super::{FieldError, NewLetter, dto};
use crate::lifecycle::{CaseEvent, CaseState, FiledVia, ReplyParts, ReplyText};
use crate::{Id, Millis};

/// How a call by lot went (`call_back.outcome`), with the words shown.
pub const CALL_OUTCOMES: &[(&str, &str)] = &[
    ("confirmed", "说法一致，确已解决"),
    ("partly", "解决了一部分"),
    ("denied", "没有解决或说法不一致"),
    ("unreached", "没有接通"),
];

dto! {
    /// One letter of `POST /office/bulk`, with the version that was read.
    #[serde(deny_unknown_fields)]
    pub struct BulkItem {
        pub id: Id,
        pub version: i64,
    }

    /// How it went for one letter.
    pub struct BulkOutcome {
        pub id: Id,
        pub no: String,
        /// Empty when it was done, else the problem's code.
        pub code: String,
        pub detail: String,
        pub state: Option<CaseState>,
    }

    /// The answer to `POST /office/bulk`, in the order asked.
    pub struct BulkResult {
        pub done: u32,
        pub items: Vec<BulkOutcome>,
    }

    /// A kept filter of the desk. `GET /desk/filters`.
    pub struct SavedFilter {
        pub id: Id,
        pub name: String,
        /// Lane and conditions as they stand in the address: `lane=overdue&area=1001`.
        pub query: String,
    }

    /// `POST /desk/filters`.
    #[serde(deny_unknown_fields)]
    pub struct NewFilter {
        pub name: String,
        pub query: String,
    }

    /// `POST /office/messages`: a letter filed for a resident, with how they agreed.
    #[serde(deny_unknown_fields)]
    pub struct FiledLetter {
        pub letter: NewLetter,
        pub phone: String,
        pub via: FiledVia,
        pub consent: String,
    }

    /// `POST /desk/cases/{id}/contact`: why the number is needed. The resident reads it.
    #[serde(deny_unknown_fields)]
    pub struct RevealRequest {
        pub reason: String,
    }

    /// The number, shown once; the look at it is in the log.
    pub struct Revealed {
        pub phone: String,
        pub version: i64,
    }

    /// One part of `POST /office/messages/{id}/split`.
    #[serde(deny_unknown_fields)]
    pub struct NewPart {
        pub title: String,
        pub body: String,
        pub category_id: Id,
    }

    /// `POST /office/messages/{id}/split`: 2 to 10 parts.
    #[serde(deny_unknown_fields)]
    pub struct SplitRequest {
        pub parts: Vec<NewPart>,
    }

    /// A part, or a letter joined to another.
    pub struct RelatedLetter {
        pub id: Id,
        pub no: String,
        pub title: String,
        pub state: CaseState,
        pub submitted_at: Millis,
        /// For a probable duplicate: how alike, in percent.
        pub likeness: Option<u32>,
    }

    /// A letter drawn by lot. `GET /office/call-backs`.
    pub struct CallBack {
        pub id: Id,
        pub letter_id: Id,
        pub no: String,
        pub title: String,
        pub state: CaseState,
        pub unit_name: Option<String>,
        /// The resident's own score, 0–100.
        pub score: Option<u8>,
        pub drawn_at: Millis,
        /// One of [`CALL_OUTCOMES`], once called.
        pub outcome: Option<String>,
        pub note: Option<String>,
        pub called_at: Option<Millis>,
    }

    /// `POST /office/call-backs`: draws letters closed in a period, each equally likely.
    #[serde(deny_unknown_fields)]
    pub struct DrawRequest {
        /// 1 to 50.
        pub count: u32,
        /// Closed or answered in the last so many days, 1 to 365.
        pub days: u32,
    }

    /// `PUT /office/call-backs/{id}`: how the call went.
    #[serde(deny_unknown_fields)]
    pub struct CallReport {
        pub outcome: String,
        pub note: String,
    }

    /// A text to begin a reply with. `GET /unit/templates`.
    pub struct ReplyTemplate {
        pub id: Id,
        pub name: String,
        /// The unit's own; otherwise everybody's.
        pub own: bool,
        pub parts: ReplyParts,
    }

    /// `PUT /unit/templates/{id}`.
    #[serde(deny_unknown_fields)]
    pub struct NewTemplate {
        pub name: String,
        pub parts: ReplyParts,
    }

    /// `POST /assignments/{id}/lint`: looks a reply over.
    #[serde(deny_unknown_fields)]
    pub struct LintRequest {
        pub reply: ReplyText,
    }

    /// One row of the library of reasons, as the administration edits it.
    pub struct LibraryEntry {
        /// `decline`, `keep_closed` or `channel`.
        pub kind: String,
        pub code: String,
        /// The reason in words, or the channel's name.
        pub text: String,
        /// The way out, or the channel's number.
        pub way_out: String,
        pub active: bool,
    }

    /// `PUT /admin/library/{kind}/{code}`.
    #[serde(deny_unknown_fields)]
    pub struct EditLibraryEntry {
        pub text: String,
        pub way_out: String,
        pub active: bool,
    }

    /// `POST /admin/units/{id}/merge`: the unit's duties move (机构改革).
    #[serde(deny_unknown_fields)]
    pub struct MoveDuties {
        pub successor_id: Id,
    }

    /// What a unit still answers for. `GET /admin/units/{id}/duties`.
    pub struct UnitDuties {
        /// Letters that it has an open task of, or a promise to keep.
        pub matters: u32,
        /// Open tasks of other units that it does the work for.
        pub handed_down: u32,
        pub categories: u32,
        pub accounts: u32,
        /// Texts of its own to begin a reply with.
        pub templates: u32,
        /// Where its duties went, once they moved.
        pub successor_id: Option<Id>,
    }

    /// What moved.
    pub struct DutiesMoved {
        /// Open tasks that are the successor's now.
        pub tasks: u32,
        /// Categories it answers for now.
        pub categories: u32,
        /// Accounts of people who work there now.
        pub accounts: u32,
    }
}

/// `POST /office/bulk`: the same step for many letters, each decided for itself.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    pub items: Vec<BulkItem>,
    pub event: CaseEvent,
}

/// Longest name of a filter or template, in characters.
pub const NAME_MAX: usize = 30;

/// Letters of one bulk step at most.
pub const BULK_MAX: usize = 50;

/// A required text within its limit; the error beside the field otherwise.
pub fn check_text(field: &str, text: &str, max: usize) -> Option<FieldError> {
    let length = text.trim().chars().count();
    let code = match length {
        0 => "required",
        n if n > max => "too_long",
        _ => return None,
    };
    Some(FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: (length > max).then_some(max as u64),
    })
}
