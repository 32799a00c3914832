//! The library of reasons and doors, as a station edits it.

use super::docs::{Personal, Sending};
use crate::access;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{EditLibraryEntry, LibraryEntry, check_text};

/// Longest reason or way out, in characters.
const TEXT: usize = 300;
/// Longest code.
const CODE: usize = 40;

/// Every reason and channel, those out of use too.
#[utoipa::path(get, path = "/admin/library", tag = "admin", security(("session" = [])), responses((status = 200, body = [LibraryEntry]), Personal))]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<LibraryEntry>>> {
    access::rules_reader(&viewer)?;
    entries(&state).await.map(Json)
}

async fn entries(state: &AppState) -> ApiResult<Vec<LibraryEntry>> {
    let mut all = state.rules().library.entries();
    let unused = state.store.library().await?.into_iter().filter(|entry| !entry.active);
    all.extend(unused);
    Ok(all)
}

/// Changes a reason or channel, adds one, or takes one out of use. A reason never stands without its way out.
#[utoipa::path(
    put, path = "/admin/library/{kind}/{code}", tag = "admin", request_body = EditLibraryEntry, security(("session" = [])),
    params(("kind" = String, Path, description = "`decline`, `keep_closed` or `channel`"), ("code" = String, Path)),
    responses((status = 200, body = [LibraryEntry]), Sending, Personal)
)]
pub async fn edit(
    State(state): State<AppState>,
    viewer: Viewer,
    Path((kind, code)): Path<(String, String)>,
    edited: Result<Json<EditLibraryEntry>, ApiError>,
) -> ApiResult<Json<Vec<LibraryEntry>>> {
    access::admin(&viewer)?;
    let is_code = !code.is_empty()
        && code.len() <= CODE
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !matches!(kind.as_str(), "decline" | "keep_closed" | "channel") || !is_code {
        return Err(ApiError::NotFound);
    }
    let Json(edited) = edited?;
    let wrong: Vec<_> = [
        check_text("text", &edited.text, TEXT),
        check_text("way_out", &edited.way_out, TEXT),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let in_use = state.rules().library.entries();
    let others = in_use.iter().filter(|entry| entry.kind == kind && entry.code != code);
    if !edited.active && others.count() == 0 {
        // Without any reason nothing could be declined or kept closed any more.
        return Err(ApiError::field("active", "last_one"));
    }
    let entry = LibraryEntry {
        kind,
        code,
        text: edited.text.trim().to_owned(),
        way_out: edited.way_out.trim().to_owned(),
        active: edited.active,
    };
    state.store.put_library_entry(&entry, in_use.len() as i64).await?;
    state.read_rules().await?;
    entries(&state).await.map(Json)
}
