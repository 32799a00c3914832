//! One line a request: method, route template, status, milliseconds, request id. No address as typed, no query,
//! no body, no network address: a log must not hold anybody's data.

use super::request_id;
use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use std::time::Instant;

/// What is known of a request before it is answered.
pub struct Line {
    started: Instant,
    method: Method,
    route: Option<MatchedPath>,
}

impl Line {
    pub fn of(request: &Request) -> Self {
        Self {
            started: Instant::now(),
            method: request.method().clone(),
            route: request.extensions().get::<MatchedPath>().cloned(),
        }
    }

    /// Writes it.
    pub fn write(self, status: StatusCode) {
        let Self { started, method, route } = self;
        let route = route.as_ref().map_or("-", MatchedPath::as_str);
        let status = status.as_u16();
        let ms = started.elapsed().as_millis() as u64;
        let request_id = request_id::current();
        if status >= 500 {
            tracing::error!(request_id, %method, route, status, ms, "request");
        } else {
            tracing::info!(request_id, %method, route, status, ms, "request");
        }
    }
}
