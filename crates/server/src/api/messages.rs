//! Letters: handing one in, looking it up, reading it, letting something happen to it.

use super::docs::{Changing, Personal, Sending};
use crate::access;
use crate::actions;
use crate::auth::session::{self, Viewer};
use crate::http::client_ip::ClientIp;
use crate::http::etag::{self, IfMatch};
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::Path;
use crate::load::{letter, notices};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{CaseView, EventAccepted, EventRequest, NewLetter, Receipt, TrackRequest};

/// Hands in a letter. Needs a resident logged in by phone, and an `Idempotency-Key`: the same key and letter are
/// answered with the same receipt, however often they come.
#[utoipa::path(
    post, path = "/messages", tag = "messages", request_body = NewLetter, security(("session" = [])),
    params(
        ("Idempotency-Key" = String, Header),
        ("X-Draft" = Option<String>, Header, description = "The id of the draft that this was: it goes")
    ),
    responses((status = 201, body = Receipt, description = "The only time the query code is shown"), Sending, Personal)
)]
pub async fn submit(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let account = access::resident(&viewer)?;
    let key = idempotency::key(&headers, actions::letter::ROUTE, &viewer.scope(), &body.bytes)?;
    let mut key = key.ok_or(ApiError::BadRequest {
        code: "idempotency_key_required",
        detail: "提交留言需要带上 Idempotency-Key,以免重复提交。",
    })?;
    let letter: NewLetter = json::parse(&body.bytes)?;
    key.body_hash = actions::letter::hash(&letter)?;
    let (receipt, replayed) = actions::letter::submit(&state, account, &letter, Some(&key)).await?;
    actions::letter_drafts::sent(&state, &headers).await;
    let mut response = (StatusCode::CREATED, Json(receipt)).into_response();
    if replayed {
        response
            .headers_mut()
            .insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// Opens a letter by number and query code. From then on this browser may read it and act on it as its author.
#[utoipa::path(
    post, path = "/track", tag = "messages", request_body = TrackRequest,
    responses((status = 200, body = CaseView, description = "May set the session cookie"), (status = 404, description = "Number or code is wrong; which one is not told"), Sending)
)]
pub async fn track(
    State(state): State<AppState>,
    viewer: Viewer,
    ip: ClientIp,
    headers: HeaderMap,
    Json(request): Json<TrackRequest>,
) -> ApiResult<Response> {
    let (view, cookie) = open(&state, &viewer, ip, &headers, &request).await?;
    let version = view.version;
    let mut response = with_etag(Json(view), version);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Number and code to the letter; also for the plain form.
pub async fn open(
    state: &AppState,
    viewer: &Viewer,
    ip: ClientIp,
    headers: &HeaderMap,
    request: &TrackRequest,
) -> ApiResult<(CaseView, Option<HeaderValue>)> {
    for (field, text) in [("no", &request.no), ("code", &request.code)] {
        if text.trim().is_empty() {
            return Err(ApiError::field(field, "required"));
        }
    }
    // Sixty bits cannot be guessed; this keeps machines from trying all the same.
    let network = ip.prefix();
    if let Some(retry_after) = state.locks.wait("track", &network, state.now()) {
        return Err(ApiError::TooMany {
            code: "track_too_many",
            retry_after,
        });
    }
    let Some(found) = state.store.find_by_no_and_code(&request.no, &request.code).await? else {
        state.locks.failed_generously("track", &network, state.now());
        return Err(ApiError::NotFound);
    };
    let cookie = session::grant(state, headers, viewer, &found.id).await?;
    Ok((letter::view(state, &found, access::author()).await?, cookie))
}

/// A letter for its author, by login or after `POST /track`.
#[utoipa::path(
    get, path = "/messages/{no}", tag = "messages", params(("no" = String, Path, description = "Number or id")),
    security(("session" = [])), responses((status = 200, body = CaseView, description = "With the version as `ETag`"), Personal)
)]
pub async fn own(State(state): State<AppState>, viewer: Viewer, Path(no): Path<String>) -> ApiResult<Response> {
    let view = letter::own(&state, &viewer, &no).await?;
    notices::seen(&state, &viewer, &view.id).await;
    let version = view.version;
    let mut response = with_etag(Json(view), version);
    viewer.mark(response.headers_mut());
    Ok(response)
}

/// Lets something happen to a case, by its author or by staff. What may happen now stands in `allowed_events`. `split`
/// alone is refused here: parts are made by `POST /office/messages/{id}/split`, and no other letter can become one.
#[utoipa::path(
    post, path = "/messages/{no}/events", tag = "messages", request_body = EventRequest, security(("session" = [])),
    params(
        ("no" = String, Path, description = "Number or id"),
        ("If-Match" = String, Header, description = "The version read, in quotes"),
        ("Idempotency-Key" = Option<String>, Header)
    ),
    responses((status = 200, body = EventAccepted), Changing)
)]
pub async fn event(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(no): Path<String>,
    headers: HeaderMap,
    version: Result<IfMatch, ApiError>,
    body: RawJson,
) -> ApiResult<Response> {
    // Who one is comes first: to strangers, nothing about the request matters.
    let (letter, actor) = access::letter(&state, &viewer, &no).await?;
    let IfMatch(version) = version?;
    let route = format!("POST /messages/{}/events", letter.id);
    // Boxed: the transaction below it makes a future too large to pass around.
    let work = Box::pin(async {
        let request: EventRequest = json::parse(&body.bytes)?;
        let accepted = actions::event::act(&state, &letter.id, actor, Some(version), &request.event).await?;
        idempotency::answer(StatusCode::OK, &accepted)
    });
    let who = viewer.scope();
    let mut response = idempotency::once(&state, &headers, &route, &who, &body.bytes, work).await?;
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Cookie"));
    Ok(response)
}

/// Adds a case's version.
pub(super) fn with_etag(body: impl IntoResponse, version: i64) -> Response {
    let mut response = body.into_response();
    if let Ok(value) = HeaderValue::from_str(&etag::of(version)) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}
