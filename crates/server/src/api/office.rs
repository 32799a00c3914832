//! The office beside single events.

use super::docs::{Changing, Personal, Sending};
use crate::access;
use crate::actions::office;
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::Path;
use crate::load::related;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{
    BulkRequest, BulkResult, CallBack, CallReport, DrawRequest, EventAccepted, FiledLetter, NAME_MAX, NewFilter,
    Receipt, RelatedLetter, RevealRequest, Revealed, SavedFilter, SplitRequest, check_text,
};

/// The same step for many letters, each decided for itself.
#[utoipa::path(
    post, path = "/office/bulk", tag = "desk", request_body = BulkRequest, security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = BulkResult, description = "What was done and what was refused, letter by letter"), Sending, Personal)
)]
pub async fn bulk(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    access::office(&viewer)?;
    let work = Box::pin(async {
        let request: BulkRequest = json::parse(&body.bytes)?;
        let result = office::bulk(&state, &viewer, &request).await?;
        idempotency::answer(StatusCode::OK, &result)
    });
    let who = viewer.scope();
    idempotency::once(&state, &headers, "POST /office/bulk", &who, &body.bytes, work).await
}

/// Files a letter for a resident, with how they agreed. The query code in the receipt is for them.
#[utoipa::path(
    post, path = "/office/messages", tag = "desk", request_body = FiledLetter, security(("session" = [])),
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Receipt), Sending, Personal)
)]
pub async fn file(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    access::clerk(&viewer)?;
    let key = idempotency::key(&headers, "POST /office/messages", &viewer.scope(), &body.bytes)?.ok_or(
        ApiError::BadRequest {
            code: "idempotency_key_required",
            detail: "提交留言需要带上 Idempotency-Key,以免重复提交。",
        },
    )?;
    let filed: FiledLetter = json::parse(&body.bytes)?;
    let (receipt, replayed) = Box::pin(office::file(&state, &viewer, &filed, Some(&key))).await?;
    let mut response = (StatusCode::CREATED, Json(receipt)).into_response();
    if replayed {
        response
            .headers_mut()
            .insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// Cuts a letter about several matters into parts, each its own case.
#[utoipa::path(
    post, path = "/office/messages/{id}/split", tag = "desk", request_body = SplitRequest, security(("session" = [])),
    params(
        ("id" = String, Path, description = "Id or number"),
        ("If-Match" = String, Header, description = "The version read, in quotes"),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    responses((status = 200, body = EventAccepted), Changing)
)]
pub async fn split(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    version: Result<IfMatch, ApiError>,
    body: RawJson,
) -> ApiResult<Response> {
    access::office(&viewer)?;
    access::desk_letter(&state, &viewer, &id).await?;
    let IfMatch(version) = version?;
    let route = format!("POST /office/messages/{id}/split");
    let work = Box::pin(async {
        let request: SplitRequest = json::parse(&body.bytes)?;
        let accepted = office::split(&state, &viewer, &id, version, &request).await?;
        idempotency::answer(StatusCode::OK, &accepted)
    });
    let who = viewer.scope();
    idempotency::once(&state, &headers, &route, &who, &body.bytes, work).await
}

/// Open letters that may be about the same matter, the likest first.
#[utoipa::path(
    get, path = "/desk/cases/{id}/doubles", tag = "desk", params(("id" = String, Path, description = "Id or number")),
    security(("session" = [])), responses((status = 200, body = [RelatedLetter]), Personal)
)]
pub async fn doubles(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<RelatedLetter>>> {
    access::office(&viewer)?;
    let (letter, _) = access::desk_letter(&state, &viewer, &id).await?;
    related::doubles(&state, &letter).await.map(Json)
}

/// Shows the resident's number, with a reason. The look is in the log and the resident is told.
#[utoipa::path(
    post, path = "/desk/cases/{id}/contact", tag = "desk", request_body = RevealRequest, security(("session" = [])),
    params(("id" = String, Path, description = "Id or number")),
    responses((status = 200, body = Revealed), Sending, Personal)
)]
pub async fn reveal(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    request: Result<Json<RevealRequest>, ApiError>,
) -> ApiResult<Json<Revealed>> {
    access::staff(&viewer)?;
    access::desk_letter(&state, &viewer, &id).await?;
    let Json(request) = request?;
    Box::pin(office::reveal(&state, &viewer, &id, &request.reason))
        .await
        .map(Json)
}

/// Letters drawn by lot for a call, those still to be called first.
#[utoipa::path(get, path = "/office/call-backs", tag = "desk", security(("session" = [])), responses((status = 200, body = [CallBack]), Personal))]
pub async fn call_backs(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<CallBack>>> {
    office::call_backs(&state, &viewer).await.map(Json)
}

/// Draws more of them.
#[utoipa::path(
    post, path = "/office/call-backs", tag = "desk", request_body = DrawRequest, security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = [CallBack]), Sending, Personal)
)]
pub async fn draw(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    access::clerk(&viewer)?;
    let work = Box::pin(async {
        let request: DrawRequest = json::parse(&body.bytes)?;
        idempotency::answer(StatusCode::OK, &office::draw(&state, &viewer, &request).await?)
    });
    let who = viewer.scope();
    idempotency::once(&state, &headers, "POST /office/call-backs", &who, &body.bytes, work).await
}

/// Keeps how a call went.
#[utoipa::path(
    put, path = "/office/call-backs/{id}", tag = "desk", request_body = CallReport, security(("session" = [])),
    params(("id" = String, Path)), responses((status = 200, body = CallBack), Sending, Personal)
)]
pub async fn report(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    report: Result<Json<CallReport>, ApiError>,
) -> ApiResult<Json<CallBack>> {
    let clerk = access::clerk(&viewer)?;
    let found = state.store.call_back(clerk.station_id.as_deref(), &id).await?;
    found.ok_or(ApiError::NotFound)?;
    let Json(report) = report?;
    office::report(&state, &viewer, &id, &report).await.map(Json)
}

/// One's own kept filters.
#[utoipa::path(get, path = "/desk/filters", tag = "desk", security(("session" = [])), responses((status = 200, body = [SavedFilter]), Personal))]
pub async fn filters(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<SavedFilter>>> {
    let account = access::staff(&viewer)?;
    Ok(Json(state.store.filters(&account.id).await?))
}

/// Keeps a filter; one of the same name is replaced.
#[utoipa::path(
    post, path = "/desk/filters", tag = "desk", request_body = NewFilter, security(("session" = [])),
    responses((status = 200, body = [SavedFilter]), Sending, Personal)
)]
pub async fn keep_filter(
    State(state): State<AppState>,
    viewer: Viewer,
    new: Result<Json<NewFilter>, ApiError>,
) -> ApiResult<Json<Vec<SavedFilter>>> {
    let account = access::staff(&viewer)?;
    let Json(new) = new?;
    let wrong: Vec<_> = [
        check_text("name", &new.name, NAME_MAX),
        check_text("query", &new.query, 500),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let query = new.query.trim().trim_start_matches('?');
    state
        .store
        .keep_filter(&account.id, new.name.trim(), query, state.now())
        .await?;
    Ok(Json(state.store.filters(&account.id).await?))
}

/// Removes a filter.
#[utoipa::path(
    delete, path = "/desk/filters/{id}", tag = "desk", security(("session" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Removed"), Personal)
)]
pub async fn drop_filter(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    let account = access::staff(&viewer)?;
    if state.store.drop_filter(&account.id, &id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::NotFound)
    }
}
