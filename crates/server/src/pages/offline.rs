//! Reading without a network: the script that keeps what was read, and the page for when nothing was.

use super::frame::Page;
use super::problem::PageResult;
use super::visit::Visit;
use crate::load::directory;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use leptos::prelude::*;
use liaison_web::i18n::zh::app as words;
use liaison_web::views::OfflineView;

/// The script, at the root because it may keep only what lies below its own address.
pub async fn worker(State(state): State<AppState>) -> PageResult {
    let site = state.site();
    let file = site.file("sw.js").trim_start_matches('/');
    if file.is_empty() {
        return Err(ApiError::NotFound.into());
    }
    let read = tokio::fs::read(state.config.web.join(file)).await;
    let script = read.map_err(|_| ApiError::NotFound)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/javascript; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, script).into_response())
}

/// What is possible without a network.
pub async fn page(State(state): State<AppState>, visit: Visit) -> PageResult {
    let config = directory::app_config(&state);
    let page = Page::new(words::OFFLINE_TITLE).private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <OfflineView config=config /> }.into_any()
    }))
}
