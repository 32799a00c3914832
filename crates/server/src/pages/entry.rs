//! Short ways in: QR codes on cards and posters, and the switch of the elder mode.

use super::problem::PageResult;
use super::size;
use super::visit::{Visit, own_path};
use crate::load::directory;
use crate::state::AppState;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

/// A deputy's card.
pub async fn deputy(State(state): State<AppState>, Path(code): Path<String>) -> PageResult {
    let found = directory::deputy(&state, &code).await?;
    Ok(Redirect::to(&format!("/deputies/{}", found.card.slug)).into_response())
}

/// A station's poster.
pub async fn station(State(state): State<AppState>, Path(code): Path<String>) -> PageResult {
    let found = directory::station(&state, &code).await?;
    Ok(Redirect::to(&format!("/stations/{}", found.card.slug)).into_response())
}

/// Which mode, and where to go on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ModeQuery {
    m: String,
    back: String,
}

/// Switches between 大字版 and the ordinary one, or takes the text a size up or down (`larger`, `smaller`). Changes
/// nothing but this browser's look, so a link may do it.
pub async fn mode(State(state): State<AppState>, visit: Visit, Query(query): Query<ModeQuery>) -> PageResult {
    let mut response = Redirect::to(own_path(&query.back)).into_response();
    let secure = if visit.is_insecure(&state) { "" } else { "; Secure" };
    let kept = visit.size.after(&query.m).kept();
    // Readable by the boot script, which keeps cached pages in the right mode.
    let age = if kept.is_empty() { 0 } else { 31_536_000 };
    let cookie = format!("{}={kept}; Path=/; Max-Age={age}; SameSite=Lax{secure}", size::COOKIE);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
