//! The rules of a station's receptions. The office reads them, clerks keep those of their own stations.

use super::docs::{Changing, Personal};
use crate::access;
use crate::actions::desk_schedule::{self as actions, Target};
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::load::desk_schedule as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use liaison_domain::dto::{PreviewRequest, RuleInput, RulePreview, ScheduleRule};

/// The rules in force of one's stations.
#[utoipa::path(get, path = "/schedule-rules", tag = "receptions", security(("session" = [])), responses((status = 200, body = [ScheduleRule]), Personal))]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<ScheduleRule>>> {
    let account = access::office(&viewer)?;
    load::rules(&state, account).await.map(Json)
}

/// Keeps a new rule and plans its receptions.
#[utoipa::path(
    post, path = "/schedule-rules", tag = "receptions", request_body = RuleInput, security(("session" = [])),
    responses((status = 201, body = ScheduleRule), Changing)
)]
pub async fn create(
    State(state): State<AppState>,
    viewer: Viewer,
    input: Result<Json<RuleInput>, ApiError>,
) -> ApiResult<(StatusCode, Json<ScheduleRule>)> {
    let account = access::clerk(&viewer)?;
    let Json(input) = input?;
    let (rule, _) = Box::pin(actions::save(
        &state,
        account,
        Target::New(&liaison_store::new_id()),
        &input,
    ))
    .await?;
    Ok((StatusCode::CREATED, Json(rule)))
}

/// One rule, ended or not.
#[utoipa::path(get, path = "/schedule-rules/{id}", tag = "receptions", params(("id" = String, Path)), security(("session" = [])), responses((status = 200, body = ScheduleRule), Personal))]
pub async fn one(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<ScheduleRule>> {
    let account = access::office(&viewer)?;
    let kept = load::kept(&state, account, &id).await?;
    let directory = state.directory().await?;
    Ok(Json(load::shown(&state, &directory, kept)))
}

/// Changes a rule and plans its receptions anew; what was announced or booked stays for the office to decide.
#[utoipa::path(
    put, path = "/schedule-rules/{id}", tag = "receptions", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = RuleInput, security(("session" = [])), responses((status = 200, body = ScheduleRule), Changing)
)]
pub async fn change(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    input: Result<Json<RuleInput>, ApiError>,
) -> ApiResult<Json<ScheduleRule>> {
    let account = access::clerk(&viewer)?;
    load::kept(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(input) = input?;
    let (rule, _) = Box::pin(actions::save(&state, account, Target::Known(&id, version), &input)).await?;
    Ok(Json(rule))
}

/// Ends a rule: what it planned and nobody touched goes.
#[utoipa::path(
    delete, path = "/schedule-rules/{id}", tag = "receptions", params(("id" = String, Path), ("If-Match" = String, Header)),
    security(("session" = [])), responses((status = 204, description = "Ended"), Changing)
)]
pub async fn end(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<StatusCode> {
    let account = access::clerk(&viewer)?;
    load::kept(&state, account, &id).await?;
    let IfMatch(version) = version?;
    actions::end(&state, account, &id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The coming twelve months of a rule before it is saved: each day, what a holiday does to it, who receives, and what
/// would change. Nothing is kept.
#[utoipa::path(
    post, path = "/schedule-rules/preview", tag = "receptions", request_body = PreviewRequest, security(("session" = [])),
    responses((status = 200, body = RulePreview), Changing)
)]
pub async fn preview(
    State(state): State<AppState>,
    viewer: Viewer,
    request: Result<Json<PreviewRequest>, ApiError>,
) -> ApiResult<Json<RulePreview>> {
    let account = access::clerk(&viewer)?;
    let Json(request) = request?;
    let before = match &request.id {
        Some(id) => Some(load::kept(&state, account, id).await?),
        None => None,
    };
    let wrong = actions::check(&state, account, &request.rule).await?;
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let rule = actions::to_keep(request.id.unwrap_or_default(), &request.rule);
    load::preview(&state, before, rule).await.map(Json)
}
