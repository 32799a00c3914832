//! What the pages of stations and deputies say, kept by the office of each station, and by deputies for themselves; and
//! their pictures.

use super::docs::{Changing, Personal, Reading};
use super::messages::with_etag;
use crate::access;
use crate::actions::places as actions;
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::headers::CSP_SANDBOX;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::load::desk_places as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::uploads::Size;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{DeputyInput, DeputySettings, PlaceRow, StationInput, StationSettings};
use liaison_store::DEFAULT_TENANT;

/// One's own stations and their points; the head station has all.
#[utoipa::path(get, path = "/desk/stations", tag = "directory", security(("session" = [])), responses((status = 200, body = [PlaceRow]), Personal))]
pub async fn stations(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<PlaceRow>>> {
    let account = access::office(&viewer)?;
    load::stations(&state, account).await.map(Json)
}

/// What a station's page says, and who changed it last. The version is the `ETag`.
#[utoipa::path(get, path = "/desk/stations/{id}", tag = "directory", params(("id" = String, Path)), security(("session" = [])), responses((status = 200, body = StationSettings), Personal))]
pub async fn station(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Response> {
    let account = access::office(&viewer)?;
    let found = load::station(&state, account, &id).await?;
    let settings = load::station_settings(&state, found).await?;
    let version = settings.version;
    Ok(with_etag(Json(settings), version))
}

/// Changes what a station's page says. New pictures come from `POST /uploads`, with their token.
#[utoipa::path(
    put, path = "/desk/stations/{id}", tag = "directory", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = StationInput, security(("session" = [])), responses((status = 200, body = StationSettings), Changing)
)]
pub async fn change_station(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    input: Result<Json<StationInput>, ApiError>,
) -> ApiResult<Response> {
    let account = access::clerk(&viewer)?;
    load::station(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(input) = input?;
    let settings = Box::pin(actions::change_station(&state, account, &id, version, input)).await?;
    let version = settings.version;
    Ok(with_etag(Json(settings), version))
}

/// The deputies of one's own stations; a deputy finds themselves.
#[utoipa::path(get, path = "/desk/deputies", tag = "directory", security(("session" = [])), responses((status = 200, body = [PlaceRow]), Personal))]
pub async fn deputies(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<PlaceRow>>> {
    let account = load::reader(&viewer)?;
    load::deputies(&state, account).await.map(Json)
}

/// What a deputy's page says, and who changed it last. The version is the `ETag`.
#[utoipa::path(get, path = "/desk/deputies/{id}", tag = "directory", params(("id" = String, Path)), security(("session" = [])), responses((status = 200, body = DeputySettings), Personal))]
pub async fn deputy(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<Response> {
    let account = load::reader(&viewer)?;
    let found = load::deputy(&state, account, &id).await?;
    let settings = load::deputy_settings(&state, found).await?;
    let version = settings.version;
    Ok(with_etag(Json(settings), version))
}

/// Changes what a deputy's page says: by a clerk of their stations, or by themselves.
#[utoipa::path(
    put, path = "/desk/deputies/{id}", tag = "directory", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = DeputyInput, security(("session" = [])), responses((status = 200, body = DeputySettings), Changing)
)]
pub async fn change_deputy(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    version: Result<IfMatch, ApiError>,
    input: Result<Json<DeputyInput>, ApiError>,
) -> ApiResult<Response> {
    let account = load::writer(&viewer)?;
    load::deputy(&state, account, &id).await?;
    let IfMatch(version) = version?;
    let Json(input) = input?;
    let settings = Box::pin(actions::change_deputy(&state, account, &id, version, input)).await?;
    let version = settings.version;
    Ok(with_etag(Json(settings), version))
}

/// A picture of a station or deputy, for everybody. `size`: `full`, `middle` (for telephones), `thumb`. What is behind an
/// address never changes.
#[utoipa::path(
    get, path = "/photos/{id}/{size}", tag = "directory", params(("id" = String, Path), ("size" = String, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304, description = "Known already"), Reading)
)]
pub async fn photo(
    State(state): State<AppState>,
    Path((id, size)): Path<(String, String)>,
    asked: HeaderMap,
) -> ApiResult<Response> {
    let size = match size.as_str() {
        "full" => Size::Full,
        "middle" => Size::Middle,
        "thumb" => Size::Thumb,
        _ => return Err(ApiError::NotFound),
    };
    if !state.store.is_place_photo(&id).await? {
        return Err(ApiError::NotFound);
    }
    let tag = format!("\"{id}\"");
    let seen = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if seen.is_some_and(|seen| seen.split(',').any(|one| one.trim() == tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        state.files.get(DEFAULT_TENANT, &id, size).await?.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_SANDBOX));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline; filename=\"photo.jpg\""),
    );
    // A day: a picture that was taken down is gone from everywhere by the next.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}
