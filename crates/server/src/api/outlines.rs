//! Outlines of the district's communities, kept by the head station: the map on the letter's form.

use super::docs::{Changing, Personal, Sending};
use super::messages::with_etag;
use crate::access;
use crate::actions::outlines as actions;
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::json::{self, Json};
use crate::http::params::Path;
use crate::load::outlines as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use liaison_domain::dto::{OutlineImport, OutlineLook, Outlines};

/// Every community and its outline, and who changed them last. The version is the `ETag`.
#[utoipa::path(get, path = "/desk/outlines", tag = "directory", security(("session" = [])), responses((status = 200, body = Outlines), Personal))]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Response> {
    access::head_office(&viewer)?;
    let found = load::outlines(&state).await?;
    let version = found.version;
    Ok(with_etag(Json(found), version))
}

/// Takes outlines over from a GeoJSON file, or tells what it would give: which outline is which community's, by how much
/// lines were simplified, the map as it would be. Up to 2 MB. What the file does not hold stays as it is.
#[utoipa::path(
    post, path = "/imports/outlines", tag = "directory", request_body = OutlineImport, security(("session" = [])),
    responses((status = 200, body = OutlineLook), Sending, Changing)
)]
pub async fn import(State(state): State<AppState>, viewer: Viewer, body: Bytes) -> ApiResult<Json<OutlineLook>> {
    let account = access::head_clerk(&viewer)?;
    let request: OutlineImport = json::parse(&body)?;
    Box::pin(actions::import(&state, account, &request)).await.map(Json)
}

/// Takes a community's outline away; `all` stands for every one.
#[utoipa::path(
    delete, path = "/desk/outlines/{area}", tag = "directory",
    params(("area" = String, Path), ("If-Match" = String, Header)), security(("session" = [])),
    responses((status = 200, body = Outlines), Changing)
)]
pub async fn remove(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(area): Path<String>,
    version: Result<IfMatch, ApiError>,
) -> ApiResult<Response> {
    let account = access::head_clerk(&viewer)?;
    let IfMatch(version) = version?;
    let area = (area != "all").then_some(area.as_str());
    let left = actions::remove(&state, account, version, area).await?;
    let version = left.version;
    Ok(with_etag(Json(left), version))
}
