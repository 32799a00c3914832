//! Inboxes: what somebody was told, and that there is news, at once.

use super::docs::{Changing, Personal};
use crate::auth::session::Viewer;
use crate::http::headers::{NO_STORE, UNBUFFERED};
use crate::http::json::Json;
use crate::http::params::Query;
use crate::live;
use crate::load::notices::{self, NoticeQuery};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{MarkRead, NoticeCount, NoticeRow, NotifyChange, NotifySettings, Page};
use liaison_store::inbox::Seen;

/// Longest `Last-Event-ID` that can be one of ours.
const LONGEST_ID: usize = 64;

/// One's inbox, newest first. `kind` is the code of an event or of a reminder.
#[utoipa::path(
    get, path = "/me/notices", tag = "notices", params(NoticeQuery), security(("session" = [])),
    responses((status = 200, body = Page<NoticeRow>), Personal)
)]
pub async fn list(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<NoticeQuery>,
) -> ApiResult<Json<Page<NoticeRow>>> {
    notices::page(&state, viewer.logged_in()?, &query).await.map(Json)
}

/// How many entries are unread.
#[utoipa::path(
    get, path = "/me/notices/count", tag = "notices", security(("session" = [])),
    responses((status = 200, body = NoticeCount), Personal)
)]
pub async fn count(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<NoticeCount>> {
    let account = viewer.logged_in()?;
    Ok(Json(state.store.notice_count(&account.id).await?))
}

/// Marks entries read: one (`id`), those of a letter (`letter`), or all until a moment (`until`). Opening a letter does it
/// by itself. The answer is what remains.
#[utoipa::path(
    post, path = "/me/notices/read", tag = "notices", request_body = MarkRead, security(("session" = [])),
    responses((status = 200, body = NoticeCount), Personal)
)]
pub async fn read(
    State(state): State<AppState>,
    viewer: Viewer,
    given: Result<Json<MarkRead>, ApiError>,
) -> ApiResult<Json<NoticeCount>> {
    let account = viewer.logged_in()?;
    let Json(given) = given?;
    let seen = match (&given.id, &given.letter, given.until) {
        (Some(id), None, None) => Seen::One(id),
        (None, Some(letter), None) => Seen::About(letter),
        (None, None, Some(until)) => Seen::Until(until),
        _ => return Err(ApiError::field("id", "required")),
    };
    state.store.mark_read(&account.id, seen, state.now()).await?;
    Ok(Json(state.store.notice_count(&account.id).await?))
}

/// How one is told outside the app: the ways there are, and what one chose.
#[utoipa::path(
    get, path = "/me/notifications", tag = "notices", security(("session" = [])),
    responses((status = 200, body = NotifySettings), Personal)
)]
pub async fn settings(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<NotifySettings>> {
    notices::settings(&state, viewer.logged_in()?).await.map(Json)
}

/// Chooses anew how one is told outside the app. What is not configured here is kept all the same.
#[utoipa::path(
    put, path = "/me/notifications", tag = "notices", request_body = NotifyChange, security(("session" = [])),
    responses((status = 200, body = NotifySettings), Changing)
)]
pub async fn change_settings(
    State(state): State<AppState>,
    viewer: Viewer,
    change: Result<Json<NotifyChange>, ApiError>,
) -> ApiResult<Json<NotifySettings>> {
    let account = viewer.logged_in()?;
    let Json(change) = change?;
    notices::change_settings(&state, account, &change).await?;
    notices::settings(&state, account).await.map(Json)
}

/// News as server-sent events: `notices` with the count of unread entries, at once and whenever it changes. The event's id
/// says what was told; a browser that comes back with it (`Last-Event-ID`) hears only what is new. The stream ends with
/// the session; where it cannot be had, ask for the count now and then.
#[utoipa::path(
    get, path = "/me/live", tag = "notices", security(("session" = [])),
    params(("Last-Event-ID" = Option<String>, Header)),
    responses(
        (status = 200, body = NoticeCount, content_type = "text/event-stream", description = "Each `data` is one count"),
        (status = 429, description = "Too many streams of this account are open"),
        Personal
    )
)]
pub async fn live(State(state): State<AppState>, viewer: Viewer, headers: HeaderMap) -> ApiResult<Response> {
    viewer.logged_in()?;
    let told = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .filter(|id| id.len() <= LONGEST_ID)
        .map(str::to_owned);
    let stream = live::stream(state, viewer, told)?;
    let mut response = stream.into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(NO_STORE));
    response
        .headers_mut()
        .insert(UNBUFFERED, HeaderValue::from_static("no"));
    Ok(response)
}
