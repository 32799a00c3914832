//! The counter of a reception, and the ledger.

use super::docs::{Changing, Personal, Sending};
use crate::actions::{counter, ledger_access as access, ledger_import, record};
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::{Path, Query};
use crate::load::ledger::{self as load, LedgerQuery};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use liaison_domain::dto::{
    CallRequest, CheckInRequest, Ledger, LedgerImportRequest, LedgerImportResult, LedgerRecord, NewRecordRequest,
    QueueEntry, RecordChange, RecordKept, WalkInRequest,
};

/// Everybody who booked a reception or came to it: by time, then those without one.
#[utoipa::path(
    get, path = "/reception-sessions/{id}/queue", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 200, body = [QueueEntry]), Personal)
)]
pub async fn queue(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<QueueEntry>>> {
    counter::queue(&state, &viewer, &id).await.map(Json)
}

/// Whoever booked is here and shows the code. Twice gives the same number.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/check-in", tag = "receptions", params(("id" = String, Path)),
    request_body = CheckInRequest, security(("session" = [])), responses((status = 200, body = QueueEntry), Changing)
)]
pub async fn check_in_by_code(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    request: Result<Json<CheckInRequest>, ApiError>,
) -> ApiResult<Json<QueueEntry>> {
    let account = access::hand(&viewer)?;
    let session = access::session(&state, account, &id).await?;
    let Json(request) = request?;
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
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let account = access::hand(&viewer)?;
    let session = access::session(&state, account, &id).await?;
    let work = Box::pin(async {
        let request: WalkInRequest = json::parse(&body.bytes)?;
        let here = counter::walk_in(&state, &session, &request).await?;
        idempotency::answer(StatusCode::CREATED, &here)
    });
    let route = format!("POST /reception-sessions/{id}/walk-ins");
    idempotency::once(&state, &headers, &route, &viewer.scope(), &body.bytes, work).await
}

/// Calls whoever waits with the smallest number; 204 when nobody waits.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/call", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])),
    responses((status = 200, body = QueueEntry), (status = 204, description = "Nobody waits"), Changing)
)]
pub async fn call_next(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Response> {
    let account = access::hand(&viewer)?;
    let session = access::session(&state, account, &id).await?;
    Ok(match counter::call_next(&state, &session).await? {
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
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<QueueEntry>> {
    let account = access::hand(&viewer)?;
    let (found, session) = access::appointment(&state, account, &id).await?;
    counter::check_in(&state, &session, &found.id).await.map(Json)
}

/// Calls one of those who wait, or lets them wait again.
#[utoipa::path(
    post, path = "/appointments/{id}/call", tag = "receptions", params(("id" = String, Path)),
    request_body = CallRequest, security(("session" = [])), responses((status = 200, body = QueueEntry), Changing)
)]
pub async fn call(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    request: Result<Json<CallRequest>, ApiError>,
) -> ApiResult<Json<QueueEntry>> {
    let account = access::hand(&viewer)?;
    let (found, session) = access::appointment(&state, account, &id).await?;
    let Json(request) = request?;
    counter::call(&state, &session, &found.id, request.called)
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
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<QueueEntry>> {
    let account = access::hand(&viewer)?;
    let (found, session) = access::appointment(&state, account, &id).await?;
    counter::finish(&state, &session, &found.id).await.map(Json)
}

/// Writes down what somebody said; a letter in their words, if it is to become one. The booking is done with it. The same
/// key is the same record and the same letter.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/records", tag = "receptions", request_body = NewRecordRequest,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), security(("session" = [])),
    responses((status = 201, body = RecordKept), Sending, Personal)
)]
pub async fn write_down(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let account = access::hand(&viewer)?;
    let session = access::session(&state, account, &id).await?;
    let key = idempotency::key(&headers, "POST /records", &viewer.scope(), &body.bytes)?;
    let key = key.ok_or(ApiError::BadRequest {
        code: "idempotency_key_required",
        detail: "保存接待记录需要带上 Idempotency-Key，以免重复。",
    })?;
    let request: NewRecordRequest = json::parse(&body.bytes)?;
    let talk = record::Talk::at(&session, state.now());
    let kept = Box::pin(record::write_down(&state, account, talk, &request, &key.key)).await?;
    Ok((StatusCode::CREATED, Json(kept)).into_response())
}

/// The ledger, the latest talk first; a deputy's own part of it.
#[utoipa::path(
    get, path = "/records", tag = "receptions", params(LedgerQuery), security(("session" = [])),
    responses((status = 200, body = Ledger), Personal)
)]
pub async fn records(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<LedgerQuery>,
) -> ApiResult<Json<Ledger>> {
    load::ledger(&state, &viewer, &query).await.map(Json)
}

/// A record.
#[utoipa::path(
    get, path = "/records/{id}", tag = "receptions", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = LedgerRecord), Personal)
)]
pub async fn record(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<LedgerRecord>> {
    load::record(&state, &viewer, &id).await.map(Json)
}

/// Changes what a record says. A letter that it became stays one.
#[utoipa::path(
    patch, path = "/records/{id}", tag = "receptions", request_body = RecordChange, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = LedgerRecord), Changing)
)]
pub async fn change(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    change: Result<Json<RecordChange>, ApiError>,
) -> ApiResult<Json<LedgerRecord>> {
    let account = access::hand(&viewer)?;
    access::record(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(change) = change?;
    record::change(&state, &viewer, &id, version, &change).await.map(Json)
}

/// Takes a paper ledger over, or tells what would happen: which rows are good, and what is wrong with the others. The same
/// file a second time adds nothing. Up to 1 MB and 2,000 rows.
#[utoipa::path(
    post, path = "/imports/ledger", tag = "receptions", request_body = LedgerImportRequest, security(("session" = [])),
    responses((status = 200, body = LedgerImportResult), Sending, Personal)
)]
pub async fn import(State(state): State<AppState>, viewer: Viewer, body: Bytes) -> ApiResult<Json<LedgerImportResult>> {
    crate::access::clerk(&viewer)?;
    let request: LedgerImportRequest = json::parse(&body)?;
    ledger_import::import(&state, &viewer, &request).await.map(Json)
}
