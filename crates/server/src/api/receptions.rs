//! Receptions: open to everybody.

use super::docs::Reading;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::load::receptions as load;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{ReceptionDetail, ReceptionFilter, ReceptionList};

/// Receptions in the order of their beginning; without `from`, those that are not over.
#[utoipa::path(
    get, path = "/reception-sessions", tag = "receptions", params(ReceptionFilter),
    responses((status = 200, body = ReceptionList), (status = 422, description = "A day or kind that cannot be one"), Reading)
)]
pub async fn list(
    State(state): State<AppState>,
    Query(filter): Query<ReceptionFilter>,
) -> ApiResult<Json<ReceptionList>> {
    load::list(&state, load::tidy_filter(filter), load::PAGE)
        .await
        .map(Json)
}

/// One reception, with the times nobody has taken yet.
#[utoipa::path(get, path = "/reception-sessions/{id}", tag = "receptions", params(("id" = String, Path)), responses((status = 200, body = ReceptionDetail), Reading))]
pub async fn one(State(state): State<AppState>, Path(id): Path<String>) -> ApiResult<Json<ReceptionDetail>> {
    load::detail(&state, &id).await.map(Json)
}
