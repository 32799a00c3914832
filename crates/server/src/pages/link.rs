//! A link that logs in once: one button, and where it leads.

use super::frame::Page;
use super::posted::Posted;
use super::problem::PageResult;
use super::visit::Visit;
use crate::auth::link;
use crate::http::client_ip::ClientIp;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_store::people::LINK_TOKEN;
use liaison_web::i18n::zh::links as words;
use liaison_web::views::{LinkGoneView, LinkView};

/// Shows the button. Looking uses nothing up: chat apps look at every link.
pub async fn show(State(state): State<AppState>, visit: Visit, ip: ClientIp, Path(token): Path<String>) -> PageResult {
    let network = ip.prefix();
    free(&state, &network)?;
    let open = token.len() == LINK_TOKEN && link::is_open(&state, &token).await?;
    if !open {
        state.locks.failed_generously("link", &network, state.now());
        return Ok(gone(&state, &visit));
    }
    let page = Page::new(words::TITLE).private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <LinkView action=format!("/l/{token}") /> }.into_any()
    }))
}

/// The button was pressed: logs in, and leads on.
pub async fn open(
    State(state): State<AppState>,
    visit: Visit,
    ip: ClientIp,
    Path(token): Path<String>,
    request: Request,
) -> PageResult {
    Posted::read(&state, &visit, request).await?;
    let network = ip.prefix();
    free(&state, &network)?;
    let opened = if token.len() == LINK_TOKEN {
        link::open(&state, &visit.headers, &visit.viewer, &token).await?
    } else {
        None
    };
    let Some((path, cookie)) = opened else {
        state.locks.failed_generously("link", &network, state.now());
        return Ok(gone(&state, &visit));
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let location = HeaderValue::from_str(&path).map_err(|e| ApiError::internal("where a link leads", e))?;
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// 128 bits cannot be guessed; this keeps machines from trying all the same.
fn free(state: &AppState, network: &str) -> ApiResult<()> {
    match state.locks.wait("link", network, state.now()) {
        Some(retry_after) => Err(ApiError::TooMany {
            code: "too_many",
            retry_after,
        }),
        None => Ok(()),
    }
}

/// Used, too old, never there: the same words for all, and nothing about whose it was.
fn gone(state: &AppState, visit: &Visit) -> Response {
    let page = Page::new(words::GONE_TITLE)
        .private()
        .without_app()
        .status(StatusCode::GONE);
    page.show(state, visit, || view! { <LinkGoneView /> }.into_any())
}
