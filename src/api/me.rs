//! Who is logged in, and their letters.

use gloo_net::http::Method;
use liaison_domain::Millis;
use liaison_domain::dto::{MarkRead, Me, MyCaseRow, NoticeCount, Page};

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

/// Address of the count of unread entries.
pub const NOTICE_COUNT: &str = "/me/notices/count";

/// How many entries of one's inbox are unread.
pub async fn notice_count() -> Result<NoticeCount, ApiError> {
    http::get(NOTICE_COUNT).await
}

/// Address of one's inbox.
pub fn notices_path(unread: bool, cursor: Option<&str>) -> String {
    let unread = unread.then_some("true");
    format!("/me/notices{}", keys::query(&[("unread", unread), ("cursor", cursor)]))
}

/// Marks everything until a moment read.
pub async fn read_until(until: Millis) -> Result<NoticeCount, ApiError> {
    let all = MarkRead {
        id: None,
        letter: None,
        until: Some(until),
    };
    http::send(Method::POST, "/me/notices/read", &all, &[]).await
}
