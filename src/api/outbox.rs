//! What went out to telephones and mailboxes.

use gloo_net::http::Method;
use liaison_domain::notify::OutboxState;

use super::{ApiError, http, keys};

/// Address of the messages of a state.
pub fn path(state: OutboxState) -> String {
    format!("/admin/outbox{}", keys::query(&[("state", Some(state.code()))]))
}

/// Sends a dead message again.
pub async fn retry(id: &str) -> Result<(), ApiError> {
    let path = format!("/admin/outbox/{}/retry", keys::escape(id));
    http::send_quiet(Method::POST, &path, None, &[]).await
}
