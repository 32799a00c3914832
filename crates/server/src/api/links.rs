//! Links that log a deputy in once, for the office to hand over.

use super::docs::Personal;
use crate::access;
use crate::auth::link;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{LinkRequest, LoginLink};
use liaison_domain::lifecycle::Role;
use liaison_store::directory::Deputy;
use liaison_store::people::Account;

/// Makes a link that logs the deputy in once, to copy and hand over. For leaders of stations and administrators.
#[utoipa::path(
    post, path = "/office/deputies/{id}/link", tag = "desk", request_body = LinkRequest, security(("session" = [])),
    params(("id" = String, Path, description = "The deputy's id")),
    responses((status = 200, body = LoginLink, description = "The only time the link is shown"), Personal)
)]
pub async fn deputy_link(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    given: Result<Json<LinkRequest>, ApiError>,
) -> ApiResult<Json<LoginLink>> {
    let leader = access::leader(&viewer)?;
    let deputy = state.store.deputy(&id).await?.ok_or(ApiError::NotFound)?;
    if !is_of_station(&state, leader, &deputy).await? {
        return Err(ApiError::NotFound);
    }
    let Json(given) = given?;
    let account = match state.store.account_of_deputy(&deputy.card.id).await? {
        Some(id) => state.store.account(&id).await?,
        None => None,
    };
    let account = account
        .filter(|account| account.role == Role::Deputy)
        .ok_or(ApiError::NotFound)?;
    let path = match given.letter.as_deref().map(str::trim).filter(|no| !no.is_empty()) {
        None => "/desk/deputy".to_owned(),
        Some(no) => format!("/desk/deputy?case={}", letter_of(&state, &deputy, no).await?),
    };
    let (path, expires_at) = link::made(&state, &account, &path, Some(leader)).await?;
    let base = state.config.public_url.as_deref().unwrap_or_default();
    Ok(Json(LoginLink {
        url: [base, &path].concat(),
        expires_at,
    }))
}

/// Head station: every deputy; a station: those who belong to it or to one of its points.
async fn is_of_station(state: &AppState, leader: &Account, deputy: &Deputy) -> ApiResult<bool> {
    let Some(own) = &leader.station_id else {
        return Ok(true);
    };
    let mut stations = state.store.station_points(own).await?;
    stations.extend(state.store.station(own).await?);
    Ok(stations
        .iter()
        .any(|station| station.card.slug == deputy.card.station_slug))
}

/// The id of a letter that the deputy may open.
async fn letter_of(state: &AppState, deputy: &Deputy, no: &str) -> ApiResult<String> {
    let unknown = || ApiError::field("letter", "unknown");
    let letter = state.store.by_no_or_id(no).await?.ok_or_else(unknown)?;
    let theirs = [&letter.case.deputy_id, &letter.addressed_deputy_id]
        .into_iter()
        .flatten()
        .any(|id| *id == deputy.card.id);
    if theirs { Ok(letter.id) } else { Err(unknown()) }
}
