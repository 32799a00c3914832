//! Pictures: handing them in before the letter, reading them where one may.

use super::docs::{Personal, Sending};
use crate::access;
use crate::actions::picture;
use crate::auth::session::Viewer;
use crate::http::client_ip::ClientIp;
use crate::http::headers::CSP_SANDBOX;
use crate::http::idempotency;
use crate::http::params::{Path, Query};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::uploads::Size;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::Upload;
use liaison_store::DEFAULT_TENANT;
use serde::Deserialize;
use utoipa::IntoParams;

/// Room for the frame of a multipart body.
const FRAME: usize = 64 * 1024;

/// Hands in a picture: its bytes as the body, or a multipart field `file`. It is turned upright, made smaller and
/// stripped of everything the camera wrote.
#[utoipa::path(
    post, path = "/uploads", tag = "uploads",
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body(content_type = "application/octet-stream", content = Vec<u8>, description = "JPEG, PNG or WebP; or multipart/form-data with the field `file`"),
    responses((status = 201, body = Upload), (status = 413, description = "Too large"), Sending)
)]
pub async fn create(
    State(state): State<AppState>,
    viewer: Viewer,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    request: Request,
) -> ApiResult<Response> {
    let bytes = body_bytes(&state, request, state.config.uploads.max_bytes).await?;
    let who = format!("{}|{ip}", viewer.scope());
    let body = bytes.clone();
    idempotency::once_or_anew(&state, &headers, "POST /uploads", &who, &body, async {
        let upload = Box::pin(picture::store(&state, bytes)).await?;
        idempotency::answer(StatusCode::CREATED, &upload)
    })
    .await
}

/// A file of `max` bytes at most: the body, or the multipart field `file`.
pub(super) async fn body_bytes(state: &AppState, request: Request, max: u64) -> ApiResult<Bytes> {
    let too_large = || ApiError::TooLarge { limit: max };
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        return axum::body::to_bytes(request.into_body(), max as usize)
            .await
            .map_err(|_| too_large());
    }
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, max as usize + FRAME)
        .await
        .map_err(|_| too_large())?;
    let request = Request::from_parts(parts, body.into());
    let mut form = Multipart::from_request(request, state).await.map_err(|_| bad_form())?;
    while let Some(field) = form.next_field().await.map_err(|e| bad_part(&e))? {
        if field.name() == Some("file") {
            return field.bytes().await.map_err(|e| bad_part(&e));
        }
    }
    Err(ApiError::field("file", "required"))
}

fn bad_form() -> ApiError {
    ApiError::BadRequest {
        code: "bad_form",
        detail: "提交的内容格式不对。",
    }
}

fn bad_part(_: &MultipartError) -> ApiError {
    bad_form()
}

/// Removes a picture, recording or video that belongs to no letter yet.
#[utoipa::path(
    delete, path = "/uploads/{id}", tag = "uploads",
    params(("id" = String, Path), ("X-Upload-Token" = String, Header)),
    responses((status = 204, description = "Removed"), (status = 404, description = "Not there, or not with this token"), Sending)
)]
pub async fn remove(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let token = headers
        .get("x-upload-token")
        .and_then(|value| value.to_str().ok())
        .ok_or(ApiError::NotFound)?;
    picture::remove(&state, &id, token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The token of an unclaimed upload.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct TokenQuery {
    /// Needed only before the picture belongs to a letter.
    pub token: Option<String>,
}

/// A picture: those of published copies for everybody, others for the letter's author and staff.
#[utoipa::path(
    get, path = "/files/{id}", tag = "uploads", params(("id" = String, Path), TokenQuery), security((), ("session" = [])),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), Personal)
)]
pub async fn file(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(query): Query<TokenQuery>,
) -> ApiResult<Response> {
    send(&state, &viewer, &id, query.token.as_deref(), Size::Full).await
}

/// The small copy of a picture.
#[utoipa::path(
    get, path = "/files/{id}/thumb", tag = "uploads", params(("id" = String, Path), TokenQuery), security((), ("session" = [])),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), Personal)
)]
pub async fn thumb(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(query): Query<TokenQuery>,
) -> ApiResult<Response> {
    send(&state, &viewer, &id, query.token.as_deref(), Size::Thumb).await
}

async fn send(state: &AppState, viewer: &Viewer, id: &str, token: Option<&str>, size: Size) -> ApiResult<Response> {
    if !access::may_see_picture(state, viewer, id, token).await? {
        return Err(ApiError::NotFound);
    }
    let bytes = state.files.get(DEFAULT_TENANT, id, size).await?;
    let mut response = (StatusCode::OK, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_SANDBOX));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline; filename=\"photo.jpg\""),
    );
    // In this browser only, and asked again: access may end when a copy is hidden.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    Ok(response)
}
