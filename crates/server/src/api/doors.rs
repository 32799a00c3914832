//! Doors outside, as whoever runs the installation keeps them: where matters are decided that no deputy can take up.

use super::docs::{Changing, Personal, Sending};
use crate::access;
use crate::actions::doors as actions;
use crate::auth::session::Viewer;
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

/// Changes a door, adds one, or turns one off. Residents read it at once.
#[utoipa::path(
    put, path = "/admin/doors/{code}", tag = "admin", params(("code" = String, Path)), request_body = DoorInput,
    security(("session" = [])), responses((status = 200, body = Doors), Sending, Personal)
)]
pub async fn put(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(code): Path<String>,
    input: Result<Json<DoorInput>, ApiError>,
) -> ApiResult<Json<Doors>> {
    let account = access::admin(&viewer)?;
    let Json(input) = input?;
    actions::put(&state, account, &code, &input).await?;
    actions::all(&state).await.map(Json)
}

/// Takes a setting back: what ships or is configured holds again, and one that was added is gone.
#[utoipa::path(
    delete, path = "/admin/doors/{code}", tag = "admin", params(("code" = String, Path)), security(("session" = [])),
    responses((status = 200, body = Doors), Changing)
)]
pub async fn take_back(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> ApiResult<Json<Doors>> {
    let account = access::admin(&viewer)?;
    actions::take_back(&state, account, &code).await?;
    actions::all(&state).await.map(Json)
}
