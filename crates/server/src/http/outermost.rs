//! What every request passes first and every answer last: its id, its log line, the headers, and the memory of public
//! answers. One layer: each more would copy the whole router behind it once more for every request.

use super::{headers, kept, log, request_id};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

/// Answers from memory, or by asking the router.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    request_id::give(async move {
        let line = log::Line::of(&request);
        let csp = state.policies.csp(request.headers());
        // Built files are the same whatever is built later.
        let version = (!request.uri().path().starts_with("/a/")).then(|| state.site().version());
        let mut response = kept::answer(&state, request, next).await;
        headers::complete(response.headers_mut(), csp);
        if let Some(version) = version.flatten() {
            response.headers_mut().insert(headers::APP_VERSION, version);
        }
        line.write(response.status());
        response
    })
    .await
}
