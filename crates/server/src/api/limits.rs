//! Limits a station sets itself.

use super::docs::{Changing, Personal};
use crate::access;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::load::admin;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{LimitChange, LimitSetting};
use liaison_domain::limits::Limits;

/// Every limit: what it is for, where its default comes from, what holds now, who changed it.
#[utoipa::path(get, path = "/admin/limits", tag = "admin", security(("session" = [])), responses((status = 200, body = [LimitSetting]), Personal))]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<LimitSetting>>> {
    access::overseer(&viewer)?;
    admin::limits(&state).await.map(Json)
}

/// Sets a limit for the district or for one category, or takes the setting back. Open letters follow by themselves.
#[utoipa::path(
    put, path = "/admin/limits/{key}", tag = "admin", params(("key" = String, Path)), request_body = LimitChange,
    security(("session" = [])), responses((status = 200, body = LimitSetting), Changing)
)]
pub async fn change(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(key): Path<String>,
    change: Result<Json<LimitChange>, ApiError>,
) -> ApiResult<Json<LimitSetting>> {
    let by = access::admin(&viewer)?;
    if !admin::may_be_set(&key) {
        return Err(ApiError::NotFound);
    }
    let Json(LimitChange { category, value }) = change?;
    let category = category.unwrap_or_default();
    if !category.is_empty() && !state.store.categories().await?.iter().any(|known| known.id == category) {
        return Err(ApiError::field("category", "unknown"));
    }
    let value = match value {
        None => None,
        Some(text) => {
            let read = Limits::default()
                .with(&key, &text)
                .map_err(|_| ApiError::field("value", "invalid"))?;
            read.shown(&key)
        }
    };
    state
        .store
        .set_limit(&category, &key, value.as_deref(), &by.id, state.now())
        .await?;
    let all = admin::limits(&state).await?;
    all.into_iter()
        .find(|setting| setting.key == key)
        .map(Json)
        .ok_or(ApiError::NotFound)
}
