//! A letter by its author: sending, following, acting on it.

use gloo_net::http::Method;
use liaison_domain::dto::{CaseView, EventAccepted, Receipt, TrackRequest};
use serde::Serialize;

use super::{ApiError, http, keys};

/// Sends a letter: `body` is a [`liaison_domain::dto::NewLetter`] as JSON. The same `key` with the same body gives the
/// same receipt, however often it is sent. The server's copy of `draft` goes with it.
pub async fn submit(body: String, key: &str, draft: &str) -> Result<Receipt, ApiError> {
    let headers = [("Idempotency-Key", key), ("X-Draft", draft)];
    http::send_body(Method::POST, "/messages", body, &headers).await
}

/// Opens a letter by number and query code, and lets this session act on it.
pub async fn track(no: String, code: String) -> Result<CaseView, ApiError> {
    http::send(Method::POST, "/track", &TrackRequest { no, code }, &[]).await
}

/// Address of one's own letter ([`CaseView`]).
pub fn one_path(no: &str) -> String {
    format!("/messages/{}", keys::escape(no))
}

/// One's own letter.
pub async fn one(no: &str) -> Result<CaseView, ApiError> {
    http::get(&one_path(no)).await
}

/// [`liaison_domain::dto::EventRequest`] around any event.
#[derive(Serialize)]
struct Request<E> {
    event: E,
}

/// Does something with a case, if it still stands where the person saw it (`version`). For residents and
/// staff alike; the server decides who may. `id` is the case's id or number, `event` writes the JSON of a
/// [`liaison_domain::lifecycle::CaseEvent`].
pub async fn act<E: Serialize>(id: &str, version: i64, event: E, key: &str) -> Result<EventAccepted, ApiError> {
    let path = format!("/messages/{}/events", keys::escape(id));
    let version = format!("\"{version}\"");
    let headers = [("If-Match", version.as_str()), ("Idempotency-Key", key)];
    http::send(Method::POST, &path, &Request { event }, &headers).await
}
