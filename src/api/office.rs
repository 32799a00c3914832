//! What the office does beside single events.

use gloo_net::http::Method;
use liaison_domain::dto::{
    BulkRequest, BulkResult, CallBack, CallReport, DrawRequest, EditLibraryEntry, EventAccepted, FiledLetter,
    LibraryEntry, NewFilter, Receipt, RelatedLetter, RevealRequest, Revealed, SavedFilter, SplitRequest,
};

use super::{ApiError, http, keys};

/// Kept filters ([`SavedFilter`]s).
pub const FILTERS: &str = "/desk/filters";
/// Letters drawn by lot ([`CallBack`]s).
pub const CALL_BACKS: &str = "/office/call-backs";
/// The library of reasons ([`LibraryEntry`]s).
pub const LIBRARY: &str = "/admin/library";

/// The same step for many letters.
pub async fn bulk(request: &BulkRequest, key: &str) -> Result<BulkResult, ApiError> {
    http::send(Method::POST, "/office/bulk", request, &[("Idempotency-Key", key)]).await
}

/// Files a letter for a resident.
pub async fn file(letter: &FiledLetter, key: &str) -> Result<Receipt, ApiError> {
    http::send(Method::POST, "/office/messages", letter, &[("Idempotency-Key", key)]).await
}

/// Cuts a letter into parts.
pub async fn split(id: &str, version: i64, request: &SplitRequest, key: &str) -> Result<EventAccepted, ApiError> {
    let path = ["/office/messages/", &keys::escape(id), "/split"].concat();
    let version = ["\"", &version.to_string(), "\""].concat();
    let headers = [("If-Match", version.as_str()), ("Idempotency-Key", key)];
    http::send(Method::POST, &path, request, &headers).await
}

/// Letters that may be about the same matter.
pub async fn doubles(id: &str) -> Result<Vec<RelatedLetter>, ApiError> {
    http::get(&["/desk/cases/", &keys::escape(id), "/doubles"].concat()).await
}

/// The resident's number, for a reason that they will read.
pub async fn reveal(id: &str, reason: String) -> Result<Revealed, ApiError> {
    let path = ["/desk/cases/", &keys::escape(id), "/contact"].concat();
    http::send(Method::POST, &path, &RevealRequest { reason }, &[]).await
}

/// Draws letters by lot.
pub async fn draw(request: &DrawRequest, key: &str) -> Result<Vec<CallBack>, ApiError> {
    http::send(Method::POST, CALL_BACKS, request, &[("Idempotency-Key", key)]).await
}

/// Keeps how a call went.
pub async fn report(id: &str, report: &CallReport) -> Result<CallBack, ApiError> {
    let path = [CALL_BACKS, "/", &keys::escape(id)].concat();
    http::send(Method::PUT, &path, report, &[]).await
}

/// Keeps a filter.
pub async fn keep_filter(filter: &NewFilter) -> Result<Vec<SavedFilter>, ApiError> {
    http::send(Method::POST, FILTERS, filter, &[]).await
}

/// Removes one.
pub async fn drop_filter(id: &str) -> Result<(), ApiError> {
    http::send_quiet(Method::DELETE, &[FILTERS, "/", &keys::escape(id)].concat(), None, &[]).await
}

/// Changes an entry of the library.
pub async fn edit_entry(kind: &str, code: &str, entry: &EditLibraryEntry) -> Result<Vec<LibraryEntry>, ApiError> {
    let path = [LIBRARY, "/", &keys::escape(kind), "/", &keys::escape(code)].concat();
    http::send(Method::PUT, &path, entry, &[]).await
}
