//! The jobs that run by themselves.

use super::docs::Personal;
use crate::access;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::load::admin;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::JobRow;

/// Every job: when it ran, how it went, when it is due.
#[utoipa::path(get, path = "/admin/jobs", tag = "admin", security(("session" = [])), responses((status = 200, body = [JobRow]), Personal))]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<JobRow>>> {
    access::overseer(&viewer)?;
    admin::jobs(&state).await.map(Json)
}
