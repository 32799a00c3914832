//! The desks of office, units and deputies.

use super::docs::{Changing, Personal};
use super::messages::with_etag;
use crate::access;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::load::desk::{self, LaneQuery};
use crate::load::notices;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::dto::{DeskCase, DeskOptions, DraftReply, Queue};
use liaison_domain::lifecycle::ReplyText;

/// Longest draft, in characters.
pub(super) const DRAFT: usize = 20_000;

/// The office's lanes.
#[utoipa::path(get, path = "/office/queue", tag = "desk", params(LaneQuery), security(("session" = [])), responses((status = 200, body = Queue), Personal))]
pub async fn office_queue(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<LaneQuery>,
) -> ApiResult<Json<Queue>> {
    desk::office_queue(&state, &viewer, &query).await.map(Json)
}

/// A unit's lanes.
#[utoipa::path(get, path = "/unit/tasks", tag = "desk", params(LaneQuery), security(("session" = [])), responses((status = 200, body = Queue), Personal))]
pub async fn unit_tasks(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<LaneQuery>,
) -> ApiResult<Json<Queue>> {
    desk::unit_tasks(&state, &viewer, &query).await.map(Json)
}

/// A deputy's lanes.
#[utoipa::path(get, path = "/deputy/inbox", tag = "desk", params(LaneQuery), security(("session" = [])), responses((status = 200, body = Queue), Personal))]
pub async fn deputy_inbox(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<LaneQuery>,
) -> ApiResult<Json<Queue>> {
    desk::deputy_inbox(&state, &viewer, &query).await.map(Json)
}

/// A letter as staff see it: the person masked, everything else whole.
#[utoipa::path(
    get, path = "/desk/cases/{id}", tag = "desk", params(("id" = String, Path, description = "Id or number")),
    security(("session" = [])), responses((status = 200, body = DeskCase, description = "With the version as `ETag`"), Personal)
)]
pub async fn case(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Response> {
    let case = desk::case(&state, &viewer, &id).await?;
    notices::seen(&state, &viewer, &case.id).await;
    let version = case.version;
    Ok(with_etag(Json(case), version))
}

/// What desk forms offer to choose from.
#[utoipa::path(get, path = "/desk/options", tag = "desk", security(("session" = [])), responses((status = 200, body = DeskOptions), Personal))]
pub async fn options(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<DeskOptions>> {
    desk::options(&state, &viewer).await.map(Json)
}

/// Keeps a reply while it is being written. For the eyes of the unit, and of the one that writes for it.
#[utoipa::path(
    put, path = "/assignments/{task_id}/draft", tag = "desk", params(("task_id" = String, Path)), request_body = DraftReply,
    security(("session" = [])), responses((status = 204, description = "Kept"), Changing)
)]
pub async fn save_draft(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(task_id): Path<String>,
    draft: Result<Json<DraftReply>, ApiError>,
) -> ApiResult<StatusCode> {
    access::task_letter(&state, &viewer, &task_id).await?;
    let Json(draft) = draft?;
    if length(&draft.reply) > DRAFT {
        return Err(ApiError::field_limit("reply.body", "too_long", DRAFT as u64));
    }
    state.store.save_draft(&task_id, &draft.reply, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Characters of a reply: its text, and the parts it was put together from.
pub(super) fn length(reply: &ReplyText) -> usize {
    let parts = reply
        .parts
        .iter()
        .flat_map(|parts| [&parts.found, &parts.done, &parts.plan]);
    let texts = std::iter::once(&reply.body).chain(parts);
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}
