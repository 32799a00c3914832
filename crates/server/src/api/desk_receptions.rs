//! What the office does to receptions, and what deputies see of their own.

use super::at_reception::{AtReception, Clerk};
use super::docs::{Changing, Personal};
use crate::access;
use crate::actions::desk_receptions as actions;
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::load::desk_receptions::{self as load, BoardQuery};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use liaison_domain::dto::{
    CancelReception, DeskReception, LeaveDecision, LeaveRequest, NameDeputy, NewReception, OwnReception,
    ReceptionBoard, ReceptionChange, ReceptionOutcome,
};

/// Receptions by lane, with how many are in each.
#[utoipa::path(get, path = "/desk/reception-sessions", tag = "receptions", params(BoardQuery), security(("session" = [])), responses((status = 200, body = ReceptionBoard), Personal))]
pub async fn board(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<BoardQuery>,
) -> ApiResult<Json<ReceptionBoard>> {
    let account = access::office(&viewer)?;
    load::board(&state, account, &query).await.map(Json)
}

/// One reception with who receives and who booked, and what can be done now.
#[utoipa::path(get, path = "/desk/reception-sessions/{id}", tag = "receptions", params(("id" = String, Path)), security(("session" = [])), responses((status = 200, body = DeskReception), Personal))]
pub async fn one(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<DeskReception>> {
    let account = access::office(&viewer)?;
    load::detail(&state, account, &id).await.map(Json)
}

/// Keeps a reception made by hand: about one matter, or with somebody who receives by appointment only.
#[utoipa::path(
    post, path = "/reception-sessions", tag = "receptions", request_body = NewReception, security(("session" = [])),
    responses((status = 201, body = DeskReception), Changing)
)]
pub async fn create(
    State(state): State<AppState>,
    Clerk(account): Clerk,
    Json(new): Json<NewReception>,
) -> ApiResult<(StatusCode, Json<DeskReception>)> {
    let id = liaison_store::new_id();
    actions::create(&state, &account, &id, &new).await?;
    let detail = load::detail(&state, &account, &id).await?;
    Ok((StatusCode::CREATED, Json(detail)))
}

/// Changes a reception. When time or place change, whoever booked is asked whether they still come.
#[utoipa::path(
    patch, path = "/reception-sessions/{id}", tag = "receptions", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = ReceptionChange, security(("session" = [])), responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn change(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    IfMatch(version): IfMatch,
    Json(change): Json<ReceptionChange>,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::change(&state, &account, &session.id, version, &change)
        .await
        .map(Json)
}

/// Makes a reception known.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/announce", tag = "receptions",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn announce(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    IfMatch(version): IfMatch,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::announce(&state, &account, &session.id, version)
        .await
        .map(Json)
}

/// Cancels a reception; whoever booked is offered something else.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/cancel", tag = "receptions",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = CancelReception,
    security(("session" = [])), responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn cancel(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    IfMatch(version): IfMatch,
    Json(wanted): Json<CancelReception>,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::cancel(&state, &account, &session.id, version, &wanted)
        .await
        .map(Json)
}

/// Ends a reception that took place.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/close", tag = "receptions",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn close(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    IfMatch(version): IfMatch,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::close(&state, &account, &session.id, version).await.map(Json)
}

/// A reception stays as it is though its rule says otherwise now.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/keep", tag = "receptions",
    params(("id" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn keep(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    IfMatch(version): IfMatch,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::keep(&state, &account, &session.id, version).await.map(Json)
}

/// Names one more deputy who receives.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/deputies", tag = "receptions", params(("id" = String, Path)),
    request_body = NameDeputy, security(("session" = [])), responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn name_deputy(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    Json(wanted): Json<NameDeputy>,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::name_deputy(&state, &account, &session.id, &wanted.deputy_id)
        .await
        .map(Json)
}

/// Decides about a deputy's place: a substitute, nobody instead, or come all the same.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/deputies/{deputy_id}/decide", tag = "receptions",
    params(("id" = String, Path), ("deputy_id" = String, Path)), request_body = LeaveDecision,
    security(("session" = [])), responses((status = 200, body = ReceptionOutcome), Changing)
)]
pub async fn decide(
    State(state): State<AppState>,
    AtReception { account, session }: AtReception,
    Path((_, deputy)): Path<(String, String)>,
    Json(wanted): Json<LeaveDecision>,
) -> ApiResult<Json<ReceptionOutcome>> {
    actions::decide(&state, &account, &session.id, &deputy, &wanted)
        .await
        .map(Json)
}

/// A deputy asks to be excused from a reception of their own. Nothing changes until the office decides.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/leave", tag = "receptions", params(("id" = String, Path)),
    request_body = LeaveRequest, security(("session" = [])), responses((status = 200, body = OwnReception), Changing)
)]
pub async fn leave(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    wanted: Result<Json<LeaveRequest>, ApiError>,
) -> ApiResult<Json<OwnReception>> {
    let (_, deputy) = access::deputy(&viewer)?;
    load::own_one(&state, deputy, &id).await?;
    let Json(wanted) = wanted?;
    actions::ask_leave(&state, deputy, &id, &wanted).await?;
    load::own_one(&state, deputy, &id).await.map(Json)
}

/// A deputy's own receptions to come, with who booked.
#[utoipa::path(get, path = "/deputy/receptions", tag = "receptions", security(("session" = [])), responses((status = 200, body = [OwnReception]), Personal))]
pub async fn own(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<OwnReception>>> {
    let (_, deputy) = access::deputy(&viewer)?;
    load::own(&state, deputy).await.map(Json)
}
