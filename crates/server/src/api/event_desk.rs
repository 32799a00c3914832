//! Events at the desk: preparing and leading them, their questions, what was resolved.

use super::auth::CursorQuery;
use super::docs::{Changing, Personal, Sending};
use super::events::{last_heard, unending};
use crate::access::{self, AtEvent};
use crate::actions::events;
use crate::assemble::events as parts;
use crate::assemble::names::Names;
use crate::auth::session::Viewer;
use crate::following;
use crate::http::client_ip::ClientIp;
use crate::http::etag::IfMatch;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::{Path, Query};
use crate::load::events as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use liaison_domain::dto::{
    Attendees, BroadcastView, DeskEventList, DeskEventNews, DeskQuestion, EventChanged, EventDesk, EventDraft,
    EventOptions, EventStateChange, LetterMade, MinutesDraft, NewBroadcast, NewPoll, NewResolution, PollChange,
    PollView, QuestionChange, QuestionQueue, ResolutionChange, ResolutionView, ToLetter,
};
use liaison_domain::events::QuestionState;
use liaison_store::events::{Event, Question};
use serde::Deserialize;
use utoipa::IntoParams;

/// Events this person prepares, leads, or sits at the table of.
#[utoipa::path(
    get, path = "/desk/events", tag = "events", params(CursorQuery), security(("session" = [])),
    responses((status = 200, body = DeskEventList), Personal)
)]
pub async fn list(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<CursorQuery>,
) -> ApiResult<Json<DeskEventList>> {
    load::desk_list(&state, &viewer, query.cursor.as_deref())
        .await
        .map(Json)
}

/// What the form of an event offers to choose from.
#[utoipa::path(
    get, path = "/desk/events/options", tag = "events", security(("session" = [])),
    responses((status = 200, body = EventOptions), Personal)
)]
pub async fn options(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<EventOptions>> {
    load::options(&state, &viewer).await.map(Json)
}

/// An event as the desk works with it, drafts included.
#[utoipa::path(
    get, path = "/desk/events/{id}", tag = "events", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = EventDesk), Personal)
)]
pub async fn event(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<EventDesk>> {
    load::desk_view(&state, &viewer, &id).await.map(Json)
}

/// Which questions of the queue.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct QueueQuery {
    /// A question's state; none: all.
    pub state: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The questions of an event in whatever state, the oldest first.
#[utoipa::path(
    get, path = "/desk/events/{id}/questions", tag = "events", params(("id" = String, Path), QueueQuery),
    security(("session" = [])), responses((status = 200, body = QuestionQueue), Personal)
)]
pub async fn queue(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(query): Query<QueueQuery>,
) -> ApiResult<Json<QuestionQueue>> {
    access::staff(&viewer)?;
    let only = match query.state.as_deref().filter(|code| !code.is_empty()) {
        None => None,
        Some(code) => Some(QuestionState::from_code(code).ok_or_else(|| ApiError::field("state", "unknown"))?),
    };
    load::queue(&state, &viewer, &id, only, query.cursor.as_deref())
        .await
        .map(Json)
}

/// News of an event for its desk, as server-sent events, at most one a second: questions that nobody else may know of
/// included. As `GET /events/{id}/stream` otherwise; it ends with the session.
#[utoipa::path(
    get, path = "/desk/events/{id}/stream", tag = "events",
    params(("id" = String, Path), ("Last-Event-ID" = Option<String>, Header)), security(("session" = [])),
    responses(
        (status = 200, body = DeskEventNews, content_type = "text/event-stream", description = "Each `data` is one change"),
        (status = 429, description = "Too many streams are open"),
        Personal
    )
)]
pub async fn stream(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let last = last_heard(&headers);
    let stream = following::desk_stream(&state, viewer, &id, address, last).await?;
    Ok(unending(stream))
}

/// Who comes, then who waits, in order. For the office.
#[utoipa::path(
    get, path = "/desk/events/{id}/registrations", tag = "events", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 200, body = Attendees), Personal)
)]
pub async fn attendees(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<Attendees>> {
    load::attendees(&state, &viewer, &id).await.map(Json)
}

/// Keeps a new event, as a draft.
#[utoipa::path(
    post, path = "/events", tag = "events", request_body = EventDraft, security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = EventChanged), Sending, Personal)
)]
pub async fn create(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    body: Result<RawJson, ApiError>,
) -> ApiResult<Response> {
    events::host(&viewer)?;
    let RawJson { bytes } = body?;
    let work = Box::pin(async {
        let draft: EventDraft = json::parse(&bytes)?;
        let created = events::create(&state, &viewer, &draft).await?;
        idempotency::answer(StatusCode::CREATED, &created)
    });
    idempotency::once(&state, &headers, "POST /events", &viewer.scope(), &bytes, work).await
}

/// An event and somebody who may change it: others learn that first.
async fn moderated<'a>(state: &AppState, viewer: &'a Viewer, id: &str) -> ApiResult<(Event, AtEvent<'a>)> {
    let (event, at) = access::desk_event(state, viewer, id).await?;
    Ok((event, at.moderator()?))
}

/// A question, its event, and what this person is there.
async fn question_at<'a>(state: &AppState, viewer: &'a Viewer, id: &str) -> ApiResult<(Question, Event, AtEvent<'a>)> {
    access::staff(viewer)?;
    let question = state.store.question(id).await?.ok_or(ApiError::NotFound)?;
    let (event, at) = access::desk_event(state, viewer, &question.event_id).await?;
    Ok((question, event, at))
}

/// The version that was read and what is to become of it: looked at when it is known that this person may change it.
fn asked_for<T>(version: Result<IfMatch, ApiError>, body: Result<Json<T>, ApiError>) -> ApiResult<(i64, T)> {
    let IfMatch(version) = version?;
    let Json(body) = body?;
    Ok((version, body))
}

/// Changes what was written about an event.
#[utoipa::path(
    put, path = "/events/{id}", tag = "events", request_body = EventDraft, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = EventChanged), Changing)
)]
pub async fn edit(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    draft: Result<Json<EventDraft>, ApiError>,
) -> ApiResult<Json<EventChanged>> {
    let (event, at) = moderated(&state, &viewer, &id).await?;
    let (version, draft) = asked_for(version, draft)?;
    events::edit(&state, &at, &event, version, &draft).await.map(Json)
}

/// Deletes a draft. What was announced is cancelled instead.
#[utoipa::path(
    delete, path = "/events/{id}", tag = "events", security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 204, description = "It is gone"), Changing)
)]
pub async fn remove(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<StatusCode> {
    let (event, _) = moderated(&state, &viewer, &id).await?;
    let IfMatch(version) = version?;
    events::delete(&state, &event, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes an event to another state: announced, open, live, closed, finished; or cancelled, with a reason.
#[utoipa::path(
    post, path = "/events/{id}/state", tag = "events", request_body = EventStateChange, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = EventChanged), Changing)
)]
pub async fn step(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    change: Result<Json<EventStateChange>, ApiError>,
) -> ApiResult<Json<EventChanged>> {
    let (event, _) = moderated(&state, &viewer, &id).await?;
    let (version, change) = asked_for(version, change)?;
    events::step(&state, &event, version, &change).await.map(Json)
}

/// Keeps the minutes as far as they are written; everybody reads them once the event is finished.
#[utoipa::path(
    put, path = "/events/{id}/minutes", tag = "events", request_body = MinutesDraft, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = EventChanged), Changing)
)]
pub async fn minutes(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    minutes: Result<Json<MinutesDraft>, ApiError>,
) -> ApiResult<Json<EventChanged>> {
    let (event, _) = moderated(&state, &viewer, &id).await?;
    let (version, minutes) = asked_for(version, minutes)?;
    events::minutes(&state, &event, version, &minutes).await.map(Json)
}

/// The host says something to everybody.
#[utoipa::path(
    post, path = "/events/{id}/broadcasts", tag = "events", request_body = NewBroadcast, security(("session" = [])),
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = BroadcastView), Sending, Personal)
)]
pub async fn broadcast(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<RawJson, ApiError>,
) -> ApiResult<Response> {
    let (event, at) = moderated(&state, &viewer, &id).await?;
    let RawJson { bytes } = body?;
    let work = Box::pin(async {
        let new: NewBroadcast = json::parse(&bytes)?;
        let said = events::broadcast(&state, &event, at.account, &new).await?;
        idempotency::answer(StatusCode::CREATED, &parts::broadcast(said))
    });
    let route = format!("POST /events/{}/broadcasts", event.id);
    idempotency::once(&state, &headers, &route, &viewer.scope(), &bytes, work).await
}

/// Opens a poll.
#[utoipa::path(
    post, path = "/events/{id}/polls", tag = "events", request_body = NewPoll, security(("session" = [])),
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = PollView), Sending, Personal)
)]
pub async fn open_poll(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<RawJson, ApiError>,
) -> ApiResult<Response> {
    let (event, _) = moderated(&state, &viewer, &id).await?;
    let RawJson { bytes } = body?;
    let work = Box::pin(async {
        let new: NewPoll = json::parse(&bytes)?;
        let id = events::poll(&state, &event, &new).await?;
        let poll = state.store.poll(&id).await?.ok_or(ApiError::NotFound)?;
        idempotency::answer(StatusCode::CREATED, &parts::poll(poll))
    });
    let route = format!("POST /events/{}/polls", event.id);
    idempotency::once(&state, &headers, &route, &viewer.scope(), &bytes, work).await
}

/// Closes a poll, or opens it again while the event is on.
#[utoipa::path(
    patch, path = "/polls/{id}", tag = "events", params(("id" = String, Path)), request_body = PollChange,
    security(("session" = [])), responses((status = 200, body = PollView), Changing)
)]
pub async fn change_poll(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    change: Result<Json<PollChange>, ApiError>,
) -> ApiResult<Json<PollView>> {
    access::staff(&viewer)?;
    let poll = state.store.poll(&id).await?.ok_or(ApiError::NotFound)?;
    moderated(&state, &viewer, &poll.event_id).await?;
    let Json(change) = change?;
    state.store.set_poll_open(&id, change.open).await?;
    let poll = state.store.poll(&id).await?.ok_or(ApiError::NotFound)?;
    Ok(Json(parts::poll(poll)))
}

/// Moderates a question, or writes an answer to it. Those at the table of the event may write answers, their own.
#[utoipa::path(
    patch, path = "/questions/{id}", tag = "events", request_body = QuestionChange, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The question's version, in quotes")),
    responses((status = 200, body = DeskQuestion), Changing)
)]
pub async fn change_question(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    change: Result<Json<QuestionChange>, ApiError>,
) -> ApiResult<Json<DeskQuestion>> {
    let (_, event, at) = question_at(&state, &viewer, &id).await?;
    if !at.may_answer {
        return Err(ApiError::forbidden());
    }
    let (version, change) = asked_for(version, change)?;
    events::change_question(&state, &event, &at, &id, version, &change)
        .await
        .map(Json)
}

/// Makes a letter of a question: its author's, taken on and assigned at once, with the limits' due date. Asked again, it
/// answers with the same letter.
#[utoipa::path(
    post, path = "/questions/{id}/to-letter", tag = "events", request_body = ToLetter, security(("session" = [])),
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, body = LetterMade), (status = 200, body = LetterMade, description = "It was made before"),
        Changing
    )
)]
pub async fn to_letter(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<RawJson, ApiError>,
) -> ApiResult<Response> {
    let (question, event, at) = question_at(&state, &viewer, &id).await?;
    if !at.may_file {
        return Err(ApiError::forbidden());
    }
    let RawJson { bytes } = body?;
    let work = Box::pin(async {
        let request: ToLetter = json::parse(&bytes)?;
        let (made, replayed) = events::to_letter(&state, &event, &at, &question, &request).await?;
        let status = if replayed { StatusCode::OK } else { StatusCode::CREATED };
        idempotency::answer(status, &made)
    });
    let route = format!("POST /questions/{id}/to-letter");
    idempotency::once(&state, &headers, &route, &viewer.scope(), &bytes, work).await
}

/// Keeps something resolved: what, who answers for it, until when.
#[utoipa::path(
    post, path = "/events/{id}/resolutions", tag = "events", request_body = NewResolution, security(("session" = [])),
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = ResolutionView), Sending, Personal)
)]
pub async fn resolve(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<RawJson, ApiError>,
) -> ApiResult<Response> {
    let (event, _) = moderated(&state, &viewer, &id).await?;
    let RawJson { bytes } = body?;
    let work = Box::pin(async {
        let new: NewResolution = json::parse(&bytes)?;
        let kept = events::resolve(&state, &viewer, &event, &new).await?;
        idempotency::answer(StatusCode::CREATED, &shown(&state, kept).await?)
    });
    let route = format!("POST /events/{}/resolutions", event.id);
    idempotency::once(&state, &headers, &route, &viewer.scope(), &bytes, work).await
}

/// Follows something resolved up: done, or dropped with a note why.
#[utoipa::path(
    patch, path = "/resolutions/{id}", tag = "events", request_body = ResolutionChange, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The resolution's version, in quotes")),
    responses((status = 200, body = ResolutionView), Changing)
)]
pub async fn change_resolution(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    change: Result<Json<ResolutionChange>, ApiError>,
) -> ApiResult<Json<ResolutionView>> {
    access::staff(&viewer)?;
    let found = state.store.resolution(&id).await?.ok_or(ApiError::NotFound)?;
    moderated(&state, &viewer, &found.event_id).await?;
    let (version, change) = asked_for(version, change)?;
    let kept = events::change_resolution(&state, &viewer, &id, version, &change).await?;
    shown(&state, kept).await.map(Json)
}

async fn shown(state: &AppState, kept: liaison_store::events::Resolution) -> ApiResult<ResolutionView> {
    let mut names = Names::load(state).await?;
    names.add_deputies([kept.owner.id.clone()]);
    Ok(parts::resolution(kept, &names, true))
}
