//! Events: what everybody may know, and what residents do there.

use super::docs::{Changing, Personal, Reading, Sending};
use crate::access;
use crate::actions::events;
use crate::assemble::events as parts;
use crate::auth::session::Viewer;
use crate::following;
use crate::http::client_ip::ClientIp;
use crate::http::headers::{NO_STORE, UNBUFFERED};
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::{Path, Query};
use crate::load::events::{self as load, EventsQuery};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{
    EventFilter, EventList, EventMine, EventNews, EventView, MyEvent, MyQuestion, NewQuestion, PollVote, QuestionList,
    RegistrationView, Upvoted,
};

/// Events that everybody may know of: what goes on, then what lies ahead, then what is over.
#[utoipa::path(
    get, path = "/events", tag = "events", params(EventFilter), responses((status = 200, body = EventList), Reading)
)]
pub async fn list(State(state): State<AppState>, Query(filter): Query<EventFilter>) -> ApiResult<Json<EventList>> {
    load::list(&state, filter).await.map(Json)
}

/// One event, the same for everybody; with an `ETag` to ask again with.
#[utoipa::path(
    get, path = "/events/{id}", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = EventView), (status = 304, description = "Nothing changed"), Reading)
)]
pub async fn event(State(state): State<AppState>, Path(id): Path<String>) -> ApiResult<Json<EventView>> {
    load::view(&state, &id).await.map(Json)
}

/// The questions that everybody may read, the same for everybody; what is being answered and what is pinned first.
#[utoipa::path(
    get, path = "/events/{id}/questions", tag = "events", params(("id" = String, Path), EventsQuery),
    responses((status = 200, body = QuestionList), (status = 304, description = "Nothing changed"), Reading)
)]
pub async fn questions(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<EventsQuery>,
) -> ApiResult<Json<QuestionList>> {
    load::questions(&state, &id, query.sort(), query.cursor.as_deref())
        .await
        .map(Json)
}

/// News of an event as server-sent events, at most one a second: that something changed which everybody may see. The
/// event's id is the revision; a browser that comes back with an older one (`Last-Event-ID`) is told at once. Where
/// streams cannot be had, ask for the event with its `ETag` now and then.
#[utoipa::path(
    get, path = "/events/{id}/stream", tag = "events",
    params(("id" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses(
        (status = 200, body = EventNews, content_type = "text/event-stream", description = "Each `data` is one change"),
        (status = 429, description = "Too many streams are open"),
        Reading
    )
)]
pub async fn stream(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let stream = following::stream(&state, &id, address, last_heard(&headers)).await?;
    Ok(unending(stream))
}

/// What a browser that comes back heard last.
pub(super) fn last_heard(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.trim().parse().ok()
}

/// An answer that neither caches nor proxies may hold back.
pub(super) fn unending(stream: impl IntoResponse) -> Response {
    let mut response = stream.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(NO_STORE));
    headers.insert(UNBUFFERED, HeaderValue::from_static("no"));
    response
}

/// What is one's own at an event: one's seat, questions in whatever state, votes.
#[utoipa::path(
    get, path = "/events/{id}/mine", tag = "events", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = EventMine), Personal)
)]
pub async fn mine(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Json<EventMine>> {
    let account = access::resident(&viewer)?;
    load::mine(&state, account, &id).await.map(Json)
}

/// Events one registered for or asked at.
#[utoipa::path(
    get, path = "/me/events", tag = "events", security(("session" = [])),
    responses((status = 200, body = [MyEvent]), Personal)
)]
pub async fn my_events(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<MyEvent>>> {
    let account = access::resident(&viewer)?;
    load::my_events(&state, account).await.map(Json)
}

/// Registers: a seat, or a place in line. Asked again, it answers the same.
#[utoipa::path(
    post, path = "/events/{id}/registrations", tag = "events", security(("session" = [])),
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, body = RegistrationView), (status = 200, body = RegistrationView, description = "It was there before"),
        (status = 409, description = "Not open (`wrong_state`), or full (`limit_reached`)"), Sending, Personal
    )
)]
pub async fn register(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let account = access::resident(&viewer)?;
    let work = Box::pin(async {
        let done = events::register(&state, account, &id).await?;
        let status = if done.replayed {
            StatusCode::OK
        } else {
            StatusCode::CREATED
        };
        idempotency::answer(status, &parts::registration(done.registration))
    });
    let route = format!("POST /events/{id}/registrations");
    idempotency::once(&state, &headers, &route, &viewer.scope(), &[], work).await
}

/// Gives one's seat or place in line back; the next in line moves up.
#[utoipa::path(
    delete, path = "/events/{id}/registrations", tag = "events", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 204, description = "Given back, or there was none"), Personal)
)]
pub async fn withdraw(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let account = access::resident(&viewer)?;
    state.store.withdraw_registration(&id, &account.id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks a question. Where the event wants it so, somebody looks at it before others see it; what is personal in it is
/// covered for others.
#[utoipa::path(
    post, path = "/events/{id}/questions", tag = "events", request_body = NewQuestion, security(("session" = [])),
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, body = MyQuestion),
        (status = 409, description = "Not open (`wrong_state`), or too many open questions (`limit_reached`)"),
        Sending, Personal
    )
)]
pub async fn ask(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<RawJson, ApiError>,
) -> ApiResult<Response> {
    let account = access::resident(&viewer)?;
    let RawJson { bytes } = body?;
    let work = Box::pin(async {
        let new: NewQuestion = json::parse(&bytes)?;
        let question = events::ask(&state, account, &id, &new).await?;
        let names = crate::assemble::names::Names::load(&state).await?;
        idempotency::answer(StatusCode::CREATED, &parts::own_question(&question, &names))
    });
    let route = format!("POST /events/{id}/questions");
    idempotency::once(&state, &headers, &route, &viewer.scope(), &bytes, work).await
}

/// Says that one asks the same. Twice is as once.
#[utoipa::path(
    put, path = "/questions/{id}/upvote", tag = "events", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = Upvoted), (status = 409, description = "No longer open (`wrong_state`)"), Personal)
)]
pub async fn upvote(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Json<Upvoted>> {
    voted(&state, &viewer, &id, true).await
}

/// Takes it back.
#[utoipa::path(
    delete, path = "/questions/{id}/upvote", tag = "events", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = Upvoted), (status = 409, description = "No longer open (`wrong_state`)"), Personal)
)]
pub async fn undo_upvote(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<Upvoted>> {
    voted(&state, &viewer, &id, false).await
}

async fn voted(state: &AppState, viewer: &Viewer, id: &str, on: bool) -> ApiResult<Json<Upvoted>> {
    let account = access::resident(viewer)?;
    let votes = state.store.upvote(id, &account.id, on, state.now()).await?;
    Ok(Json(Upvoted { votes, mine: on }))
}

/// Votes in a poll, or votes differently while it is open.
#[utoipa::path(
    put, path = "/polls/{id}/vote", tag = "events", params(("id" = String, Path)), request_body = PollVote,
    security(("session" = [])), responses((status = 204, description = "Counted"), Changing)
)]
pub async fn vote(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    vote: Result<Json<PollVote>, ApiError>,
) -> ApiResult<StatusCode> {
    let account = access::resident(&viewer)?;
    let Json(vote) = vote?;
    state.store.vote(&id, &account.id, vote.option, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
