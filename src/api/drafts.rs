//! Unfinished letters, kept by the server for this browser.

use gloo_net::http::Method;
use liaison_domain::dto::{LetterDraft, LetterDrafts};

use super::{ApiError, http, keys};

/// What this browser has not finished, the latest first.
pub async fn all() -> Result<LetterDrafts, ApiError> {
    http::get("/drafts").await
}

/// Keeps a draft in the place of what was there.
pub async fn keep(id: &str, draft: &LetterDraft) -> Result<(), ApiError> {
    let body = serde_json::to_string(draft).map_err(|_| ApiError::Unreadable { status: 0 })?;
    http::send_quiet(Method::PUT, &path(id), Some(body), &[]).await
}

/// Throws one away.
pub async fn remove(id: &str) -> Result<(), ApiError> {
    http::send_quiet(Method::DELETE, &path(id), None, &[]).await
}

fn path(id: &str) -> String {
    ["/drafts/", &keys::escape(id)].concat()
}
