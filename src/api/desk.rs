//! Staff and deputies: queues, a case, what the forms offer, drafts of replies.
//!
//! Events of a case go by [`super::letters::act`].

use gloo_net::http::Method;
use liaison_domain::dto::{DeskCase, DeskOptions, DraftReply};
use liaison_domain::lifecycle::ReplyText;

use super::{ApiError, http, keys};

/// Address of a case as staff see it.
pub fn case_path(id: &str) -> String {
    format!("/desk/cases/{}", keys::escape(id))
}

/// A case as staff see it.
pub async fn case(id: &str) -> Result<DeskCase, ApiError> {
    http::get(&case_path(id)).await
}

/// What the desk's forms offer to choose from.
pub async fn options() -> Result<DeskOptions, ApiError> {
    http::get("/desk/options").await
}

/// Keeps a reply while it is being written.
pub async fn save_draft(task_id: &str, reply: ReplyText) -> Result<(), ApiError> {
    let path = format!("/assignments/{}/draft", keys::escape(task_id));
    let body = serde_json::to_string(&DraftReply { reply }).map_err(|_| ApiError::Unreadable { status: 0 })?;
    http::send_quiet(Method::PUT, &path, Some(body), &[]).await
}
