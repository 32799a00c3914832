//! Areas, categories, units, stations, deputies: open to everybody.

use super::docs::Reading;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::load::directory as load;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{
    AppConfig, Area, Category, DeputyDetail, DeputyFilter, DeputyList, StationDetail, StationList, Unit, WriteHints,
    WriteOptions,
};
use serde::Deserialize;
use utoipa::IntoParams;

/// What every page needs to know about this installation.
#[utoipa::path(get, path = "/config", tag = "directory", responses((status = 200, body = AppConfig), Reading))]
pub async fn config(State(state): State<AppState>) -> Json<AppConfig> {
    Json(load::app_config(&state))
}

/// Every area of the district.
#[utoipa::path(get, path = "/areas", tag = "directory", responses((status = 200, body = [Area]), Reading))]
pub async fn areas(State(state): State<AppState>) -> ApiResult<Json<Vec<Area>>> {
    Ok(Json(state.store.areas().await?))
}

/// Categories of letters, two levels.
#[utoipa::path(get, path = "/categories", tag = "directory", responses((status = 200, body = [Category]), Reading))]
pub async fn categories(State(state): State<AppState>) -> ApiResult<Json<Vec<Category>>> {
    Ok(Json(state.store.categories().await?))
}

/// Units that handle matters.
#[utoipa::path(get, path = "/units", tag = "directory", responses((status = 200, body = [Unit]), Reading))]
pub async fn units(State(state): State<AppState>) -> ApiResult<Json<Vec<Unit>>> {
    Ok(Json(state.store.units().await?))
}

/// What stations are narrowed by.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct StationQuery {
    /// Area code.
    pub area: Option<String>,
    /// Words in name or address.
    pub q: Option<String>,
}

/// Stations.
#[utoipa::path(get, path = "/stations", tag = "directory", params(StationQuery), responses((status = 200, body = StationList), Reading))]
pub async fn stations(
    State(state): State<AppState>,
    Query(query): Query<StationQuery>,
) -> ApiResult<Json<StationList>> {
    load::stations(&state, load::tidy(query.area), load::tidy(query.q))
        .await
        .map(Json)
}

/// A station with its deputies and points.
#[utoipa::path(get, path = "/stations/{slug}", tag = "directory", params(("slug" = String, Path)), responses((status = 200, body = StationDetail), Reading))]
pub async fn station(State(state): State<AppState>, Path(slug): Path<String>) -> ApiResult<Json<StationDetail>> {
    load::station(&state, &slug).await.map(Json)
}

/// Deputies.
#[utoipa::path(get, path = "/deputies", tag = "directory", params(DeputyFilter), responses((status = 200, body = DeputyList), Reading))]
pub async fn deputies(
    State(state): State<AppState>,
    Query(filter): Query<DeputyFilter>,
) -> ApiResult<Json<DeputyList>> {
    load::deputies(&state, load::tidy_deputy_filter(filter)).await.map(Json)
}

/// A deputy's page.
#[utoipa::path(get, path = "/deputies/{slug}", tag = "directory", params(("slug" = String, Path)), responses((status = 200, body = DeputyDetail), Reading))]
pub async fn deputy(State(state): State<AppState>, Path(slug): Path<String>) -> ApiResult<Json<DeputyDetail>> {
    load::deputy(&state, &slug).await.map(Json)
}

/// What the letter form offers to choose from.
#[utoipa::path(get, path = "/write-options", tag = "directory", responses((status = 200, body = WriteOptions), Reading))]
pub async fn write_options(State(state): State<AppState>) -> ApiResult<Json<WriteOptions>> {
    load::write_options(&state).await.map(Json)
}

/// What is shown beside a letter while it is written: the map's outlines, doors for other matters.
#[utoipa::path(get, path = "/write-hints", tag = "directory", responses((status = 200, body = WriteHints), Reading))]
pub async fn write_hints(State(state): State<AppState>) -> ApiResult<Json<WriteHints>> {
    load::write_hints(&state).await.map(Json)
}
