//! Another telephone number for a resident: a code to the number there is, then one to the new one.

use super::docs::{Changing, Sending};
use crate::access;
use crate::actions::number as actions;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use liaison_domain::dto::{
    Me, NewNumber, NewNumberCode, NumberProof, OfficeNumber, OfficeNumberCode, OldNumberCode, OtpChallenge,
};

/// Sends a code to the number the account has. 409 where it cannot be reached: the office changes it then.
#[utoipa::path(
    post, path = "/me/number/old", tag = "privacy", security(("session" = [])),
    responses((status = 200, body = OtpChallenge), Changing, Sending)
)]
pub async fn ask_old(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<OtpChallenge>> {
    actions::ask_old(&state, &viewer).await.map(Json)
}

/// Checks the code that came to the number the account has. The answer is good for a quarter of an hour, in this session.
#[utoipa::path(
    post, path = "/me/number/old/verify", tag = "privacy", request_body = OldNumberCode, security(("session" = [])),
    responses((status = 200, body = NumberProof), Changing, Sending)
)]
pub async fn check_old(
    State(state): State<AppState>,
    viewer: Viewer,
    given: Result<Json<OldNumberCode>, ApiError>,
) -> ApiResult<Json<NumberProof>> {
    access::resident(&viewer)?;
    let Json(given) = given?;
    actions::check_old(&state, &viewer, &given).await.map(Json)
}

/// Sends a code to the new number. 409 (`number_proof_gone`) when the proof is not good any more.
#[utoipa::path(
    post, path = "/me/number/new", tag = "privacy", request_body = NewNumber, security(("session" = [])),
    responses((status = 200, body = OtpChallenge), Changing, Sending)
)]
pub async fn ask_new(
    State(state): State<AppState>,
    viewer: Viewer,
    wanted: Result<Json<NewNumber>, ApiError>,
) -> ApiResult<Json<OtpChallenge>> {
    access::resident(&viewer)?;
    let Json(wanted) = wanted?;
    actions::ask_new(&state, &viewer, &wanted).await.map(Json)
}

/// Changes the number. Everything comes along, other sessions end. 409 (`number_taken`) when another account has it:
/// nothing is merged.
#[utoipa::path(
    post, path = "/me/number", tag = "privacy", request_body = NewNumberCode, security(("session" = [])),
    responses((status = 200, body = Me), Changing, Sending)
)]
pub async fn change(
    State(state): State<AppState>,
    viewer: Viewer,
    given: Result<Json<NewNumberCode>, ApiError>,
) -> ApiResult<Json<Me>> {
    access::resident(&viewer)?;
    let Json(given) = given?;
    let account = actions::change(&state, &viewer, &given).await?;
    people::me(&state, &account).await.map(Json)
}

/// Sends a code to the new number of somebody who has lost theirs and is at the office. Leaders only; the person is named by
/// a letter of theirs that the viewer sees.
#[utoipa::path(
    post, path = "/desk/numbers/code", tag = "privacy", request_body = OfficeNumber, security(("session" = [])),
    responses((status = 200, body = OtpChallenge), Changing, Sending)
)]
pub async fn ask_by_office(
    State(state): State<AppState>,
    viewer: Viewer,
    wanted: Result<Json<OfficeNumber>, ApiError>,
) -> ApiResult<Json<OtpChallenge>> {
    access::leader(&viewer)?;
    let Json(wanted) = wanted?;
    actions::ask_by_office(&state, &viewer, &wanted).await.map(Json)
}

/// Changes it. Every session of the person ends; they read which office did it.
#[utoipa::path(
    post, path = "/desk/numbers", tag = "privacy", request_body = OfficeNumberCode, security(("session" = [])),
    responses((status = 204, description = "Changed"), Changing, Sending)
)]
pub async fn change_by_office(
    State(state): State<AppState>,
    viewer: Viewer,
    given: Result<Json<OfficeNumberCode>, ApiError>,
) -> ApiResult<StatusCode> {
    access::leader(&viewer)?;
    let Json(given) = given?;
    actions::change_by_office(&state, &viewer, &given).await?;
    Ok(StatusCode::NO_CONTENT)
}
