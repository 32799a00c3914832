//! Restrictions of people who misuse the station: the person's own, and what the office proposes and decides. And the
//! urgent channel, which is never closed to anybody.

use super::docs::{Changing, Personal, Sending};
use super::messages::with_etag;
use crate::access;
use crate::actions::{restrictions as actions, urgent as channel};
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::{Path, Query};
use crate::load::{notices, restrictions as load};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{
    AppealDecision, DeskRestriction, NewRestriction, NewRestrictionAppeal, OwnRestriction, Receipt, RestrictionBoard,
    RestrictionDecision, RestrictionHalf, RestrictionLift, UrgentLetter,
};
use liaison_domain::notify::Subject;
use liaison_store::people::Account;
use liaison_store::restrictions::KeptMeasure;
use serde::Deserialize;
use utoipa::IntoParams;

/// Hands in an urgent letter: a person looks at it within hours, at night too. Open to restricted people as to everybody.
#[utoipa::path(
    post, path = "/messages/urgent", tag = "messages", request_body = UrgentLetter, security(("session" = [])),
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Receipt, description = "The only time the query code is shown"), Sending, Personal)
)]
pub async fn urgent(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let account = access::resident(&viewer)?;
    let route = "POST /messages/urgent";
    let key = idempotency::key(&headers, route, &viewer.scope(), &body.bytes)?.ok_or(ApiError::BadRequest {
        code: "idempotency_key_required",
        detail: "提交留言需要带上 Idempotency-Key,以免重复提交。",
    })?;
    let letter: UrgentLetter = json::parse(&body.bytes)?;
    let (receipt, replayed) = Box::pin(channel::submit(&state, account, &letter, Some(&key))).await?;
    let mut response = (StatusCode::CREATED, Json(receipt)).into_response();
    if replayed {
        response
            .headers_mut()
            .insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// What was decided about oneself, the latest first: why, until when, what is possible, how to object.
#[utoipa::path(
    get, path = "/me/restriction", tag = "restrictions", security(("session" = [])),
    responses((status = 200, body = [OwnRestriction]), Personal)
)]
pub async fn own(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<OwnRestriction>>> {
    let own = load::own(&state, access::resident(&viewer)?).await?;
    for one in &own {
        notices::seen(&state, &viewer, &Subject::Restriction(one.id.clone()).key()).await;
    }
    Ok(Json(own))
}

/// Objects, in time and once. Somebody who had no part in it decides.
#[utoipa::path(
    post, path = "/me/restriction/appeal", tag = "restrictions", request_body = NewRestrictionAppeal,
    security(("session" = [])),
    responses(
        (status = 201, body = [OwnRestriction]),
        (status = 409, description = "Why not, as `code`: `too_late`, `appealed_before`, `wrong_state`"),
        Sending, Personal
    )
)]
pub async fn object(
    State(state): State<AppState>,
    viewer: Viewer,
    request: Result<Json<NewRestrictionAppeal>, ApiError>,
) -> ApiResult<Response> {
    let account = access::resident(&viewer)?;
    let Json(appeal) = request?;
    actions::object(&state, account, &appeal).await?;
    Ok((StatusCode::CREATED, Json(load::own(&state, account).await?)).into_response())
}

/// Which lane.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct LaneQuery {
    /// `proposed`, `in_force`, `appeals` or `ended`; the first without it.
    pub lane: String,
}

/// A lane of one's own stations, and how many there are in each.
#[utoipa::path(
    get, path = "/restrictions", tag = "restrictions", params(LaneQuery), security(("session" = [])),
    responses((status = 200, body = RestrictionBoard), Personal)
)]
pub async fn board(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<LaneQuery>,
) -> ApiResult<Json<RestrictionBoard>> {
    let account = access::office(&viewer)?;
    load::board(&state, account, &query.lane).await.map(Json)
}

/// Figures by half-year, without a person.
#[utoipa::path(
    get, path = "/restrictions/report", tag = "restrictions", security(("session" = [])),
    responses((status = 200, body = [RestrictionHalf]), Personal)
)]
pub async fn report(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<RestrictionHalf>>> {
    load::report(&state, access::office(&viewer)?).await.map(Json)
}

async fn view(state: &AppState, account: &Account, kept: KeptMeasure, status: StatusCode) -> ApiResult<Response> {
    let version = kept.version;
    let view = load::one(state, account, kept).await?;
    Ok(with_etag((status, Json(view)), version))
}

/// Proposes a measure against whoever wrote these letters. Its step follows from what was before; a leader decides.
#[utoipa::path(
    post, path = "/restrictions", tag = "restrictions", request_body = NewRestriction, security(("session" = [])),
    responses(
        (status = 201, body = DeskRestriction, description = "With the version as `ETag`"),
        (status = 409, description = "Why not, as `code`: `too_few_letters`, `not_one_person`, `already_proposed`"),
        Sending, Personal
    )
)]
pub async fn propose(
    State(state): State<AppState>,
    viewer: Viewer,
    request: Result<Json<NewRestriction>, ApiError>,
) -> ApiResult<Response> {
    let account = access::clerk(&viewer)?;
    let Json(new) = request?;
    let kept = actions::propose(&state, &viewer, &new).await?;
    view(&state, account, kept, StatusCode::CREATED).await
}

/// A measure with what happened to it.
#[utoipa::path(
    get, path = "/restrictions/{id}", tag = "restrictions", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = DeskRestriction, description = "With the version as `ETag`"), Personal)
)]
pub async fn one(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Response> {
    let account = access::office(&viewer)?;
    let kept = actions::of_office(&state, account, &id).await?;
    view(&state, account, kept, StatusCode::OK).await
}

/// A leader who did not propose it approves it, and it begins at once; or not.
#[utoipa::path(
    post, path = "/restrictions/{id}/decision", tag = "restrictions", request_body = RestrictionDecision,
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = DeskRestriction), Changing)
)]
pub async fn decide(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    request: Result<Json<RestrictionDecision>, ApiError>,
) -> ApiResult<Response> {
    let account = access::clerk(&viewer)?;
    actions::of_office(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(decision) = request?;
    let kept = actions::decide(&state, &viewer, &id, version, &decision).await?;
    view(&state, account, kept, StatusCode::OK).await
}

/// Somebody who neither proposed nor decided it decides about the appeal.
#[utoipa::path(
    post, path = "/restrictions/{id}/appeal-decision", tag = "restrictions", request_body = AppealDecision,
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = DeskRestriction), Changing)
)]
pub async fn hear(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    request: Result<Json<AppealDecision>, ApiError>,
) -> ApiResult<Response> {
    let account = access::clerk(&viewer)?;
    actions::of_office(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(decision) = request?;
    let kept = actions::hear(&state, &viewer, &id, version, &decision).await?;
    view(&state, account, kept, StatusCode::OK).await
}

/// A leader ends it before its time, with a reason that the person reads.
#[utoipa::path(
    post, path = "/restrictions/{id}/lift", tag = "restrictions", request_body = RestrictionLift,
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = DeskRestriction), Changing)
)]
pub async fn lift(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    request: Result<Json<RestrictionLift>, ApiError>,
) -> ApiResult<Response> {
    let account = access::clerk(&viewer)?;
    actions::of_office(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(lift) = request?;
    let kept = actions::lift(&state, &viewer, &id, version, &lift).await?;
    view(&state, account, kept, StatusCode::OK).await
}
