//! One request for a page: who asks, in which mode, with which form token.

use super::again::Late;
use super::size::Size;
use crate::auth::session::Viewer;
use crate::auth::{cookie, owner};
use crate::http::csrf::FormToken;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use liaison_domain::dto::NoticeCount;
use liaison_domain::lifecycle::Role;
use liaison_store::people::Account;

/// What a page needs to know about its request.
#[derive(Clone, Debug)]
pub struct Visit {
    pub viewer: Viewer,
    pub headers: HeaderMap,
    /// Path without the query.
    pub path: String,
    /// How large the text is.
    pub size: Size,
    pub token: FormToken,
    /// The name of whoever is logged in, for forms drawn for them.
    pub who: Option<String>,
    /// What the request posts, for when nobody is logged in to post it.
    pub late: Late,
    /// A logged-in resident's inbox.
    pub notices: Option<NoticeCount>,
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = super::problem::PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        if let Some(visit) = parts.extensions.get::<Self>() {
            return Ok(visit.clone());
        }
        let viewer = Viewer::from_request_parts(parts, state).await?;
        let Ok(token) = FormToken::from_request_parts(parts, state).await;
        let who = viewer.account.as_ref().map(|account| owner::name_of(state, account));
        let visit = Self {
            viewer,
            path: parts.uri.path().to_owned(),
            size: Size::of(&parts.headers),
            headers: parts.headers.clone(),
            token,
            who,
            late: Late::default(),
            notices: None,
        };
        let visit = visit.counted_anew(state).await?;
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}

impl Visit {
    /// 大字版.
    pub fn elder(&self) -> bool {
        self.size != Size::Usual
    }

    /// The resident who is logged in, if one is.
    pub fn resident(&self) -> Option<&Account> {
        self.viewer
            .account
            .as_ref()
            .filter(|account| account.role == Role::Resident)
    }

    /// With the inbox as it is now.
    pub async fn counted_anew(self, state: &AppState) -> ApiResult<Self> {
        let notices = match self.resident() {
            Some(account) => Some(state.store.notice_count(&account.id).await.map_err(ApiError::from)?),
            None => None,
        };
        Ok(Self { notices, ..self })
    }

    /// Unread entries of a logged-in resident's inbox.
    pub fn unread(&self) -> u32 {
        self.notices.as_ref().map_or(0, |count| count.unread)
    }

    /// Plain http on this machine: cookies cannot be `Secure`.
    pub fn is_insecure(&self, state: &AppState) -> bool {
        !cookie::Name::Form.on(state, &self.headers).text.starts_with("__Host-")
    }
}

/// A path of our own that somebody asked to be led back to; the home page for anything else.
pub fn own_path(text: &str) -> &str {
    let ours = text.starts_with('/')
        && !text.starts_with("//")
        && !text.starts_with("/api/")
        && !text
            .bytes()
            .any(|b| b == b'\\' || b.is_ascii_control() || b == b' ' || !b.is_ascii());
    if ours { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_our_own_are_led_back_to() {
        assert_eq!(own_path("/deputies?tag=%E6%95%99"), "/deputies?tag=%E6%95%99");
        for foreign in [
            "https://example.com",
            "//example.com",
            "/\\example.com",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
            "/api/v1/me",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }
}
