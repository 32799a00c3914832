//! What somebody sees, takes along, puts right and ends about themselves.

use super::docs::{Changing, Personal};
use crate::actions::{consent, privacy as actions};
use crate::auth::session::{self, Viewer};
use crate::http::json::Json;
use crate::http::params::Path;
use crate::load::{people, privacy as load};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::takeout;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{
    CloseAccount, ConsentChange, LetterConsent, Me, MyData, NameChange, OpenSession, PrivacyOverview,
};

/// How much there is of somebody here, who looked at their number, where they are logged in. Residents only.
#[utoipa::path(
    get, path = "/me/privacy", tag = "privacy", security(("session" = [])),
    responses((status = 200, body = PrivacyOverview), Personal)
)]
pub async fn overview(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<PrivacyOverview>> {
    load::overview(&state, &viewer).await.map(Json)
}

/// Everything kept about a resident, as they read it, to take along.
#[utoipa::path(
    get, path = "/me/data", tag = "privacy", security(("session" = [])),
    responses((status = 200, body = MyData), Personal)
)]
pub async fn everything(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<MyData>> {
    load::everything(&state, &viewer).await.map(Json)
}

/// Everything kept about a resident in one ZIP file: `data.json`, `index.html` to be read by people, and below `files/` the
/// pictures, recordings and videos of their letters as they are kept. Addresses in both are names within the file.
#[utoipa::path(
    get, path = "/me/data.zip", tag = "privacy", security(("session" = [])),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>), Personal)
)]
pub async fn archive(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Response> {
    takeout::archive(&state, load::everything(&state, &viewer).await?)
}

/// Where one is logged in, the last used first.
#[utoipa::path(
    get, path = "/me/sessions", tag = "privacy", security(("session" = [])),
    responses((status = 200, body = [OpenSession]), Personal)
)]
pub async fn sessions(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<OpenSession>>> {
    load::sessions(&state, &viewer).await.map(Json)
}

/// Ends one of one's own sessions; this one too.
#[utoipa::path(
    delete, path = "/me/sessions/{id}", tag = "privacy", security(("session" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Ended"), (status = 404, description = "No such session of one's own"), Personal)
)]
pub async fn end_session(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    actions::end_session(&state, &viewer, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unbinds a platform by which one logs in, such as `wechat`.
#[utoipa::path(
    delete, path = "/me/platforms/{provider}", tag = "privacy", security(("session" = [])),
    params(("provider" = String, Path)),
    responses((status = 204, description = "Unbound"), (status = 404, description = "Not bound"), Personal)
)]
pub async fn unbind(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(provider): Path<String>,
) -> ApiResult<StatusCode> {
    actions::unbind(&state, &viewer, &provider).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a resident's name right.
#[utoipa::path(
    patch, path = "/me", tag = "privacy", request_body = NameChange, security(("session" = [])),
    responses((status = 200, body = Me), Changing)
)]
pub async fn rename(
    State(state): State<AppState>,
    viewer: Viewer,
    change: Result<Json<NameChange>, ApiError>,
) -> ApiResult<Json<Me>> {
    let account = crate::access::resident(&viewer)?;
    let Json(change) = change?;
    actions::rename(&state, &viewer, &change).await?;
    let kept = state
        .store
        .account(&account.id)
        .await?
        .ok_or(ApiError::Unauthenticated)?;
    people::me(&state, &kept).await.map(Json)
}

/// Closes a resident's account for good. Letters go on and are found by number and query code; places at receptions and
/// seats at events are given back. Not without `sure`.
#[utoipa::path(
    post, path = "/me/close", tag = "privacy", request_body = CloseAccount, security(("session" = [])),
    responses((status = 204, description = "Closed and logged out"), Changing)
)]
pub async fn close(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    given: Result<Json<CloseAccount>, ApiError>,
) -> ApiResult<Response> {
    crate::access::resident(&viewer)?;
    let Json(given) = given?;
    if !given.sure {
        return Err(ApiError::field("sure", "required"));
    }
    actions::close(&state, &viewer).await?;
    let cookie = session::forget(&state, &headers);
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// What its author agreed to: that others may read it, that those who handle it may call. Each by itself, and taken back
/// as easily as given.
#[utoipa::path(
    put, path = "/messages/{no}/consent", tag = "privacy", params(("no" = String, Path, description = "Number or id")),
    request_body = ConsentChange, security(("session" = [])), responses((status = 200, body = LetterConsent), Changing, Personal)
)]
pub async fn change_consent(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(no): Path<String>,
    Json(change): Json<ConsentChange>,
) -> ApiResult<Json<LetterConsent>> {
    consent::change(&state, &viewer, &no, &change).await.map(Json)
}
