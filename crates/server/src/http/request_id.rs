//! A fresh id per request: on the response, in problems, in log lines. Ids sent by clients are not believed.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

/// The response header.
pub static X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static REQUEST_ID: String;
}

/// The id of the request being answered; empty outside of one.
pub fn current() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Gives the request answered by `work` its id.
pub async fn give(work: impl Future<Output = Response>) -> Response {
    let id = uuid::Uuid::now_v7().simple().to_string();
    let header = HeaderValue::from_str(&id);
    let mut response = REQUEST_ID.scope(id, work).await;
    if let Ok(value) = header {
        response.headers_mut().insert(X_REQUEST_ID.clone(), value);
    }
    response
}
