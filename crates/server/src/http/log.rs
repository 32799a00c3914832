//! One line a request: method, route template, status, milliseconds, request id. No address as typed, no query,
//! no body, no network address: a log must not hold anybody's data.

use super::request_id;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Writes the line.
pub async fn layer(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = started.elapsed().as_millis() as u64;
    let request_id = request_id::current();
    if status >= 500 {
        tracing::error!(request_id, %method, route, status, ms, "request");
    } else {
        tracing::info!(request_id, %method, route, status, ms, "request");
    }
    response
}
