//! Home, published letters, surveys: open to everybody, or to whoever holds the link.

use super::docs::{Reading, Sending};
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::load::{home, letter, published};
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{CaseFilter, CaseList, CasePage, HomePage, SurveyResult, SurveyView};
use liaison_domain::lifecycle::Rating;

/// The first page.
#[utoipa::path(get, path = "/home", tag = "public", responses((status = 200, body = HomePage), Reading))]
pub async fn home(State(state): State<AppState>) -> ApiResult<Json<HomePage>> {
    home::home(&state).await.map(Json)
}

/// Published letters: redacted copies that their authors agreed to.
#[utoipa::path(get, path = "/cases", tag = "public", params(CaseFilter), responses((status = 200, body = CaseList), Reading))]
pub async fn cases(State(state): State<AppState>, Query(filter): Query<CaseFilter>) -> ApiResult<Json<CaseList>> {
    published::cases(&state, crate::load::directory::tidy_case_filter(filter))
        .await
        .map(Json)
}

/// One published letter.
#[utoipa::path(get, path = "/cases/{no}", tag = "public", params(("no" = String, Path)), responses((status = 200, body = CasePage), Reading))]
pub async fn case(State(state): State<AppState>, Path(no): Path<String>) -> ApiResult<Json<CasePage>> {
    published::case(&state, &no).await.map(Json)
}

/// What a survey's link asks about.
#[utoipa::path(get, path = "/surveys/{token}", tag = "surveys", params(("token" = String, Path)), responses((status = 200, body = SurveyView), Reading))]
pub async fn survey(State(state): State<AppState>, Path(token): Path<String>) -> ApiResult<Json<SurveyView>> {
    letter::survey(&state, &token).await.map(Json)
}

/// Rates an answer. Sending the same rating again changes nothing.
#[utoipa::path(
    put, path = "/surveys/{token}", tag = "surveys", params(("token" = String, Path)), request_body = Rating,
    responses((status = 200, body = SurveyResult), (status = 409, description = "No longer open"), Sending, Reading)
)]
pub async fn rate(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Json(rating): Json<Rating>,
) -> ApiResult<Json<SurveyResult>> {
    crate::actions::survey::rate(&state, &token, rating).await.map(Json)
}
