//! Who is logged in, and their letters.

use liaison_domain::dto::{Me, MyCaseRow, Page};

use super::{ApiError, http, keys};

/// The person of this session; 401 when nobody is logged in.
pub async fn me() -> Result<Me, ApiError> {
    http::get("/me").await
}

/// Address of one's own letters.
pub fn messages_path(cursor: Option<&str>) -> String {
    format!("/me/messages{}", keys::query(&[("cursor", cursor)]))
}

/// One's own letters, newest first.
pub async fn messages(cursor: Option<&str>) -> Result<Page<MyCaseRow>, ApiError> {
    http::get(&messages_path(cursor)).await
}
