//! Staff and deputies: queues, a case, what the forms offer, drafts of replies.
//!
//! Events of a case go by [`super::letters::act`].

use gloo_net::http::Method;
use liaison_domain::dto::{
    DeskCase, DeskOptions, DraftReply, LintRequest, NewTemplate, NewTranscript, ReplyTemplate, Transcript,
};
use liaison_domain::lifecycle::ReplyText;
use liaison_domain::reply::Finding;

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

/// What would be missed in a reply.
pub async fn lint(task_id: &str, reply: ReplyText) -> Result<Vec<Finding>, ApiError> {
    let path = format!("/assignments/{}/lint", keys::escape(task_id));
    http::send(Method::POST, &path, &LintRequest { reply }, &[]).await
}

/// Writes down what a recording says.
pub async fn transcribe(media_id: &str, new: &NewTranscript) -> Result<Transcript, ApiError> {
    let path = format!("/desk/media/{}/transcript", keys::escape(media_id));
    http::send(Method::PUT, &path, new, &[]).await
}

/// Address of the unit's board ([`liaison_domain::dto::UnitBoard`]).
pub const UNIT_BOARD: &str = "/unit/board";

/// The unit's texts to begin a reply with, its own first.
pub async fn templates() -> Result<Vec<ReplyTemplate>, ApiError> {
    http::get("/unit/templates").await
}

fn template_path(id: &str) -> String {
    format!("/unit/templates/{}", keys::escape(id))
}

/// Keeps one of the unit's own.
pub async fn put_template(id: &str, new: &NewTemplate) -> Result<(), ApiError> {
    let body = serde_json::to_string(new).map_err(|_| ApiError::Unreadable { status: 0 })?;
    http::send_quiet(Method::PUT, &template_path(id), Some(body), &[]).await
}

/// Removes one of the unit's own.
pub async fn delete_template(id: &str) -> Result<(), ApiError> {
    http::send_quiet(Method::DELETE, &template_path(id), None, &[]).await
}
