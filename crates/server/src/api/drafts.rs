//! Letters that are not finished, for the browser they are written in. No login: a cookie of its own finds them again.

use super::docs::Sending;
use crate::actions::letter_drafts;
use crate::http::client_ip::ClientIp;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use liaison_domain::dto::{LetterDraft, LetterDrafts};

/// What this browser has not finished, the latest first; empty for one that keeps nothing.
#[utoipa::path(
    get, path = "/drafts", tag = "messages",
    responses((status = 200, body = LetterDrafts))
)]
pub async fn list(State(state): State<AppState>, headers: HeaderMap) -> ApiResult<Json<LetterDrafts>> {
    letter_drafts::all(&state, &headers).await.map(Json)
}

/// Keeps what is written and chosen so far, in the place of what was there. `POST /messages` with this id in `X-Draft`
/// takes it away. What nobody touches goes after the days that `GET /config` names.
#[utoipa::path(
    put, path = "/drafts/{id}", tag = "messages", request_body = LetterDraft,
    params(("id" = String, Path, description = "Made by the browser: letters, digits, `-` and `_`")),
    responses(
        (status = 204, description = "Kept; sets the cookie by which this browser finds it again"),
        (status = 409, description = "`too_many_drafts`"), Sending
    )
)]
pub async fn keep(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(draft): Json<LetterDraft>,
) -> ApiResult<Response> {
    let cookie = letter_drafts::keep(&state, &headers, ip, &id, &draft).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Throws one away. Nothing to throw away is no error, and another browser's stays.
#[utoipa::path(
    delete, path = "/drafts/{id}", tag = "messages", params(("id" = String, Path)),
    responses((status = 204, description = "Gone"), Sending)
)]
pub async fn discard(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    letter_drafts::discard(&state, &headers, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
