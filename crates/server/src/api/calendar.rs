//! The work calendar a station keeps itself.

use super::docs::{Changing, Personal};
use crate::access;
use crate::actions::calendar;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::load::admin;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::{CalendarDay, CalendarDayChange, CalendarImportRequest, CalendarImportResult, CalendarYear};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which year.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct YearQuery {
    /// This year when absent.
    pub year: Option<i32>,
}

/// The days of a year that differ from their weekday.
#[utoipa::path(get, path = "/admin/calendar", tag = "admin", params(YearQuery), security(("session" = [])), responses((status = 200, body = CalendarYear), Personal))]
pub async fn year(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<YearQuery>,
) -> ApiResult<Json<CalendarYear>> {
    access::overseer(&viewer)?;
    let year = query.year.unwrap_or_else(|| date_of(state.now()).year);
    admin::calendar_year(&state, year).await.map(Json)
}

/// One such day.
#[utoipa::path(get, path = "/admin/calendar/{date}", tag = "admin", params(("date" = String, Path)), security(("session" = [])), responses((status = 200, body = CalendarDay), Personal))]
pub async fn day(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(date): Path<String>,
) -> ApiResult<Json<CalendarDay>> {
    access::overseer(&viewer)?;
    admin::calendar_day(&state, &date).await.map(Json)
}

/// Makes a day free, or a weekend day worked. Open letters follow by themselves.
#[utoipa::path(
    put, path = "/admin/calendar/{date}", tag = "admin", params(("date" = String, Path)), request_body = CalendarDayChange,
    security(("session" = [])), responses((status = 200, body = CalendarDay), Changing)
)]
pub async fn put_day(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(date): Path<String>,
    change: Result<Json<CalendarDayChange>, ApiError>,
) -> ApiResult<Json<CalendarDay>> {
    access::admin(&viewer)?;
    let Json(change) = change?;
    calendar::put(&state, &date, &change).await.map(Json)
}

/// Lets a day be what its weekday says.
#[utoipa::path(
    delete, path = "/admin/calendar/{date}", tag = "admin", params(("date" = String, Path)), security(("session" = [])),
    responses((status = 204, description = "Gone"), Changing)
)]
pub async fn remove_day(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(date): Path<String>,
) -> ApiResult<StatusCode> {
    access::admin(&viewer)?;
    calendar::remove(&state, &date).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads an `.ics` or CSV file: first as a dry run that tells what it would do, then for good. Lines that cannot be read
/// are named and passed over.
#[utoipa::path(
    post, path = "/admin/calendar/import", tag = "admin", request_body = CalendarImportRequest, security(("session" = [])),
    responses((status = 200, body = CalendarImportResult), Changing)
)]
pub async fn import(
    State(state): State<AppState>,
    viewer: Viewer,
    request: Result<Json<CalendarImportRequest>, ApiError>,
) -> ApiResult<Json<CalendarImportResult>> {
    access::admin(&viewer)?;
    let Json(request) = request?;
    calendar::import(&state, &request).await.map(Json)
}
