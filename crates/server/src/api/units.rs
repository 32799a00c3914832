//! What units work with beside single letters: texts to begin with, the look over a reply, the board; and duties that
//! move.

use super::desk::{DRAFT, length};
use super::docs::{Changing, Personal};
use crate::access;
use crate::actions::duties;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::load::related;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use liaison_domain::dto::{
    DutiesMoved, FieldError, LintRequest, MoveDuties, NAME_MAX, NewTemplate, ReplyTemplate, UnitBoard, UnitDuties,
    check_text,
};
use liaison_domain::reply::Finding;
use liaison_store::templates::Kept;

/// Texts a unit may keep.
const TEMPLATES: u64 = 50;
/// Longest part of a text to begin with, in characters.
const PART: usize = 2_000;
/// Longest id a browser may choose.
const ID: usize = 40;

/// A unit's texts to begin a reply with, its own before everybody's.
#[utoipa::path(get, path = "/unit/templates", tag = "units", security(("session" = [])), responses((status = 200, body = [ReplyTemplate]), Personal))]
pub async fn templates(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<ReplyTemplate>>> {
    let (_, unit) = access::unit(&viewer)?;
    Ok(Json(state.store.templates(unit).await?))
}

/// Keeps one of the unit's own texts, under an id that the browser chose. Everybody's are not changed.
#[utoipa::path(
    put, path = "/unit/templates/{id}", tag = "units", params(("id" = String, Path)), request_body = NewTemplate,
    security(("session" = [])), responses((status = 204, description = "Kept"), Changing)
)]
pub async fn put_template(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    new: Result<Json<NewTemplate>, ApiError>,
) -> ApiResult<StatusCode> {
    let (_, unit) = access::unit(&viewer)?;
    let Json(new) = new?;
    check(&id, &new)?;
    match state
        .store
        .put_template(unit, &id, &new, TEMPLATES, state.now())
        .await?
    {
        Kept::Yes => Ok(StatusCode::NO_CONTENT),
        Kept::NotOwn => Err(ApiError::NotFound),
        Kept::TooMany => Err(ApiError::field_limit("name", "too_many", TEMPLATES)),
    }
}

fn check(id: &str, new: &NewTemplate) -> ApiResult<()> {
    let safe = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.is_empty() || id.len() > ID || !id.chars().all(safe) {
        return Err(ApiError::field("id", "invalid"));
    }
    let mut wrong: Vec<FieldError> = check_text("name", &new.name, NAME_MAX).into_iter().collect();
    let parts = [
        ("parts.found", &new.parts.found),
        ("parts.done", &new.parts.done),
        ("parts.plan", &new.parts.plan),
    ];
    let too_long = parts.iter().filter(|(_, text)| text.chars().count() > PART);
    wrong.extend(too_long.map(|(field, _)| FieldError {
        field: (*field).to_owned(),
        code: "too_long".to_owned(),
        limit: Some(PART as u64),
    }));
    if new.parts.is_empty() {
        wrong.push(FieldError {
            field: "parts".to_owned(),
            code: "required".to_owned(),
            limit: None,
        });
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Validation(wrong))
    }
}

/// Removes one of the unit's own texts.
#[utoipa::path(
    delete, path = "/unit/templates/{id}", tag = "units", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 204, description = "Gone"), Personal)
)]
pub async fn delete_template(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    let (_, unit) = access::unit(&viewer)?;
    if state.store.delete_template(unit, &id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::NotFound)
    }
}

/// Looks a reply over while it is being written: what the office will be warned about, said to whoever can still
/// change it. Nothing is kept.
#[utoipa::path(
    post, path = "/assignments/{task_id}/lint", tag = "units", params(("task_id" = String, Path)),
    request_body = LintRequest, security(("session" = [])),
    responses((status = 200, body = [Finding], description = "The weightiest first"), Changing)
)]
pub async fn lint(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(task_id): Path<String>,
    request: Result<Json<LintRequest>, ApiError>,
) -> ApiResult<Json<Vec<Finding>>> {
    let (letter, task) = access::task_letter(&state, &viewer, &task_id).await?;
    let Json(request) = request?;
    if length(&request.reply) > DRAFT {
        return Err(ApiError::field_limit("reply.body", "too_long", DRAFT as u64));
    }
    related::look_over(&state, &letter.case, &task.unit_id, &request.reply)
        .await
        .map(Json)
}

/// A unit's tasks by stage and due date.
#[utoipa::path(get, path = "/unit/board", tag = "units", security(("session" = [])), responses((status = 200, body = UnitBoard), Personal))]
pub async fn board(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<UnitBoard>> {
    let (_, unit) = access::unit(&viewer)?;
    Ok(Json(state.store.unit_board(unit, state.now()).await?))
}

/// How much a unit answers for: what moving its duties would move, and what is left of them afterwards.
#[utoipa::path(
    get, path = "/admin/units/{id}/duties", tag = "units", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = UnitDuties), Personal)
)]
pub async fn duties_of(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<UnitDuties>> {
    access::admin(&viewer)?;
    state.store.unit(&id).await?.ok_or(ApiError::NotFound)?;
    Ok(Json(state.store.duties(&id).await?))
}

/// A unit's duties move to another (机构改革): open tasks, categories, people and texts; dates stay. Asked again, it
/// moves what was left over.
#[utoipa::path(
    post, path = "/admin/units/{id}/merge", tag = "units", params(("id" = String, Path)), request_body = MoveDuties,
    security(("session" = [])), responses((status = 200, body = DutiesMoved), Changing)
)]
pub async fn merge(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    request: Result<Json<MoveDuties>, ApiError>,
) -> ApiResult<Json<DutiesMoved>> {
    let account = access::admin(&viewer)?;
    let Json(request) = request?;
    Box::pin(duties::move_duties(&state, account, &id, &request.successor_id))
        .await
        .map(Json)
}
