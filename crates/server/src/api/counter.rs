//! The counter of a reception: who is here, who is next.

use super::at_reception::{AtBooking, AtCounter};
use super::docs::{Changing, Personal, Sending};
use crate::actions::counter;
use crate::auth::session::Viewer;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use liaison_domain::dto::{CallRequest, CheckInRequest, QueueEntry, WalkInRequest};

/// Everybody who booked a reception or came to it: by time, then those without one.
#[utoipa::path(
    get, path = "/reception-sessions/{id}/queue", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 200, body = [QueueEntry]), Personal)
)]
pub async fn queue(
    State(state): State<AppState>,
    AtCounter { session, .. }: AtCounter,
) -> ApiResult<Json<Vec<QueueEntry>>> {
    counter::queue(&state, &session).await.map(Json)
}

/// Whoever booked is here and shows the code. Twice gives the same number.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/check-in", tag = "receptions", params(("id" = String, Path)),
    request_body = CheckInRequest, security(("session" = [])), responses((status = 200, body = QueueEntry), Changing)
)]
pub async fn check_in_by_code(
    State(state): State<AppState>,
    AtCounter { session, .. }: AtCounter,
    Json(request): Json<CheckInRequest>,
) -> ApiResult<Json<QueueEntry>> {
    counter::check_in_by_code(&state, &session, &request.code)
        .await
        .map(Json)
}

/// Somebody comes without a booking, and gets the next number.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/walk-ins", tag = "receptions", request_body = WalkInRequest,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), security(("session" = [])),
    responses((status = 201, body = QueueEntry), Sending, Personal)
)]
pub async fn walk_in(
    State(state): State<AppState>,
    AtCounter { session, .. }: AtCounter,
    viewer: Viewer,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let work = Box::pin(async {
        let request: WalkInRequest = json::parse(&body.bytes)?;
        let here = counter::walk_in(&state, &session, &request, None).await?;
        idempotency::answer(StatusCode::CREATED, &here)
    });
    let route = format!("POST /reception-sessions/{}/walk-ins", session.id);
    idempotency::once(&state, &headers, &route, &viewer.scope(), &body.bytes, work).await
}

/// Calls whoever waits with the smallest number; 204 when nobody waits.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/call", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])),
    responses((status = 200, body = QueueEntry), (status = 204, description = "Nobody waits"), Changing)
)]
pub async fn call_next(State(state): State<AppState>, AtCounter { session, .. }: AtCounter) -> ApiResult<Response> {
    Ok(match counter::call_next(&state, &session, None).await? {
        Some(next) => Json(next).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Whoever booked is here.
#[utoipa::path(
    post, path = "/appointments/{id}/check-in", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 200, body = QueueEntry), Changing)
)]
pub async fn check_in(
    State(state): State<AppState>,
    AtBooking { booking, session }: AtBooking,
) -> ApiResult<Json<QueueEntry>> {
    counter::check_in(&state, &session, &booking.id).await.map(Json)
}

/// Calls one of those who wait, or lets them wait again.
#[utoipa::path(
    post, path = "/appointments/{id}/call", tag = "receptions", params(("id" = String, Path)),
    request_body = CallRequest, security(("session" = [])), responses((status = 200, body = QueueEntry), Changing)
)]
pub async fn call(
    State(state): State<AppState>,
    AtBooking { booking, session }: AtBooking,
    Json(request): Json<CallRequest>,
) -> ApiResult<Json<QueueEntry>> {
    counter::call(&state, &session, &booking.id, request.called)
        .await
        .map(Json)
}

/// The talk took place.
#[utoipa::path(
    post, path = "/appointments/{id}/finish", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 200, body = QueueEntry), Changing)
)]
pub async fn finish(
    State(state): State<AppState>,
    AtBooking { booking, session }: AtBooking,
) -> ApiResult<Json<QueueEntry>> {
    counter::finish(&state, &session, &booking.id).await.map(Json)
}
