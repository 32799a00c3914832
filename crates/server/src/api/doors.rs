//! Doors outside, as whoever runs the installation keeps them: where matters are decided that no deputy can take up.

use super::docs::{Changing, Personal};
use crate::access;
use crate::actions::doors as actions;
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{DoorInput, Doors};

/// Every door, those out of use too, and who changed them last.
#[utoipa::path(get, path = "/admin/doors", tag = "admin", security(("session" = [])), responses((status = 200, body = Doors), Personal))]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Doors>> {
    access::rules_reader(&viewer)?;
    actions::all(&state).await.map(Json)
}

/// Changes a door, adds one (at version 0), or turns one off. Residents read it at once.
#[utoipa::path(
    put, path = "/admin/doors/{code}", tag = "admin", request_body = DoorInput, security(("session" = [])),
    params(("code" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = Doors), Changing)
)]
pub async fn put(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(code): Path<String>,
    version: Result<IfMatch, ApiError>,
    input: Result<Json<DoorInput>, ApiError>,
) -> ApiResult<Json<Doors>> {
    let account = access::admin(&viewer)?;
    let IfMatch(version) = version?;
    let Json(input) = input?;
    actions::put(&state, account, &code, version, &input).await?;
    actions::all(&state).await.map(Json)
}

/// Takes a setting back: what ships or is configured holds again, and one that was added is gone.
#[utoipa::path(
    delete, path = "/admin/doors/{code}", tag = "admin", security(("session" = [])),
    params(("code" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = Doors), Changing)
)]
pub async fn take_back(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(code): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Json<Doors>> {
    let account = access::admin(&viewer)?;
    let IfMatch(version) = version?;
    actions::take_back(&state, account, &code, version).await?;
    actions::all(&state).await.map(Json)
}
