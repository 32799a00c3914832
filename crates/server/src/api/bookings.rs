//! Bookings: the times of a reception, booking one, one's own bookings and what becomes of them.

use super::docs::{Changing, Personal, Reading, Sending};
use super::messages::with_etag;
use crate::access;
use crate::actions::bookings::{self as actions, Act};
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::Path;
use crate::load::{bookings, notices};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{AppointmentDetail, AppointmentView, BookOptions, NewAppointment};
use liaison_domain::notify::Subject;

/// The times of a reception, free and taken, and how many wait for one.
#[utoipa::path(
    get, path = "/reception-sessions/{id}/slots", tag = "bookings", params(("id" = String, Path)),
    responses((status = 200, body = BookOptions), Reading)
)]
pub async fn slots(State(state): State<AppState>, Path(id): Path<String>) -> ApiResult<Json<BookOptions>> {
    bookings::options(&state, &id).await.map(Json)
}

/// Books a time; without `slot`, a place on the waiting list of a reception that is full. Needs a resident logged in by
/// phone, and an `Idempotency-Key`. Of many who want one time, one gets it.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/appointments", tag = "bookings", request_body = NewAppointment,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), security(("session" = [])),
    responses(
        (status = 201, body = AppointmentView),
        (status = 409, description = "Why not, as `code`: `slot_taken`, `booking_closed`, `session_cancelled`, \
            `not_bookable`, `no_such_slot`, `already_booked`, `overlaps`, `missed_too_often`, `not_full`"),
        Sending, Personal
    )
)]
pub async fn book(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let account = access::resident(&viewer)?;
    let route = format!("POST /reception-sessions/{id}/appointments");
    let key = idempotency::key(&headers, &route, &viewer.scope(), &body.bytes)?.ok_or(ApiError::BadRequest {
        code: "idempotency_key_required",
        detail: "预约需要带上 Idempotency-Key,以免重复预约。",
    })?;
    let wanted: NewAppointment = json::parse(&body.bytes)?;
    // Boxed: the transaction below it makes a future too large to pass around.
    let booked = Box::pin(actions::book(&state, account, &id, &wanted, Some(&key))).await?;
    let version = booked.version;
    let view = bookings::view(&state, booked).await?;
    Ok(with_etag((StatusCode::CREATED, Json(view)).into_response(), version))
}

/// One's own bookings, the latest first.
#[utoipa::path(
    get, path = "/me/appointments", tag = "bookings", security(("session" = [])),
    responses((status = 200, body = Vec<AppointmentView>), Personal)
)]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<AppointmentView>>> {
    bookings::list(&state, access::resident(&viewer)?).await.map(Json)
}

/// One's own booking; while the reception was cancelled, with what is offered instead.
#[utoipa::path(
    get, path = "/me/appointments/{id}", tag = "bookings", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = AppointmentDetail, description = "With the version as `ETag`"), Personal)
)]
pub async fn own(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Response> {
    let known = bookings::own(&state, &viewer, &id).await?;
    let version = known.version;
    notices::seen(&state, &viewer, &Subject::Booking(known.id.clone()).key()).await;
    let detail = bookings::detail(&state, known).await?;
    Ok(with_etag(Json(detail), version))
}

async fn act(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    version: Result<IfMatch, ApiError>,
    act: Act,
) -> ApiResult<Response> {
    // Whose it is comes first: to strangers, nothing about the request matters.
    bookings::own(state, viewer, id).await?;
    let IfMatch(version) = version?;
    let done = Box::pin(actions::act(state, viewer, id, version, act)).await?;
    let version = done.version;
    Ok(with_etag(Json(bookings::view(state, done).await?), version))
}

/// Does not come, or waits no longer. The time is offered to the next in line.
#[utoipa::path(
    post, path = "/appointments/{id}/cancel", tag = "bookings",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = AppointmentView), Changing)
)]
pub async fn cancel(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Response> {
    act(&state, &viewer, &id, version, Act::Cancel).await
}

/// Takes the time that became free, before the offer ends.
#[utoipa::path(
    post, path = "/appointments/{id}/accept-offer", tag = "bookings",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = AppointmentView), Changing)
)]
pub async fn accept_offer(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Response> {
    act(&state, &viewer, &id, version, Act::Accept).await
}

/// Leaves the time that became free to the next in line.
#[utoipa::path(
    post, path = "/appointments/{id}/decline-offer", tag = "bookings",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = AppointmentView), Changing)
)]
pub async fn decline_offer(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Response> {
    act(&state, &viewer, &id, version, Act::Decline).await
}

/// Comes all the same, to the substitute or at the new time.
#[utoipa::path(
    post, path = "/appointments/{id}/keep", tag = "bookings",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = AppointmentView), Changing)
)]
pub async fn keep(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Response> {
    act(&state, &viewer, &id, version, Act::Keep).await
}

/// Needs nothing more instead of what was cancelled.
#[utoipa::path(
    post, path = "/appointments/{id}/settle", tag = "bookings",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = AppointmentView), Changing)
)]
pub async fn settle(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Response> {
    act(&state, &viewer, &id, version, Act::Settle).await
}
