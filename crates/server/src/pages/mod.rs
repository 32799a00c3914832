//! First-paint HTML and plain forms.

use crate::state::AppState;
use axum::Router;
use axum::response::Html;
use axum::routing::get;

/// Every page.
pub fn router(state: AppState) -> Router {
    Router::new().route("/", get(|| async { Html("<!doctype html><html lang=\"zh-CN\"><title>liaison</title>") })).with_state(state)
}
