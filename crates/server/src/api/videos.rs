//! Videos, piece by piece: announced, sent from wherever it stands, finished or given up. A lost line costs one piece.

use super::docs::Sending;
use crate::actions::video;
use crate::auth::session::Viewer;
use crate::http::idempotency;
use crate::http::json::Json;
use crate::http::params::Path;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{IncomingVideo, MediaUpload, NewVideo, VIDEO_PIECE};

/// Announces a video with its size.
#[utoipa::path(
    post, path = "/media/videos", tag = "uploads", request_body = NewVideo,
    responses((status = 201, body = IncomingVideo), (status = 413, description = "Too large, or no videos are taken"), Sending)
)]
pub async fn announce(State(state): State<AppState>, Json(new): Json<NewVideo>) -> ApiResult<Response> {
    let expected = video::announce(&state, new.bytes).await?;
    Ok((StatusCode::CREATED, Json(expected)).into_response())
}

/// How far it has come: where the next piece begins.
#[utoipa::path(
    get, path = "/media/videos/{id}", tag = "uploads",
    params(("id" = String, Path), ("X-Upload-Token" = String, Header)),
    responses((status = 200, body = IncomingVideo), (status = 404, description = "Not there, or not with this token"))
)]
pub async fn standing(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Json<IncomingVideo>> {
    Ok(Json(video::standing(&state, &id, token(&headers)?).await?))
}

/// Sends the piece that begins at `Upload-Offset`, of one megabyte at most.
#[utoipa::path(
    patch, path = "/media/videos/{id}", tag = "uploads",
    params(("id" = String, Path), ("X-Upload-Token" = String, Header), ("Upload-Offset" = u64, Header)),
    request_body(content_type = "application/octet-stream", content = Vec<u8>),
    responses(
        (status = 200, body = IncomingVideo), (status = 404, description = "Not there, or not with this token"),
        (status = 409, description = "`upload_offset`: it does not go on there"), Sending
    )
)]
pub async fn piece(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> ApiResult<Json<IncomingVideo>> {
    let token = token(&headers)?;
    let offset = headers
        .get("upload-offset")
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .ok_or_else(|| ApiError::field("Upload-Offset", "required"))?;
    let bytes = axum::body::to_bytes(request.into_body(), VIDEO_PIECE as usize)
        .await
        .map_err(|_| ApiError::TooLarge {
            limit: u64::from(VIDEO_PIECE),
        })?;
    Ok(Json(video::take(&state, &id, token, offset, bytes).await?))
}

/// Finishes a video that is all here: it is looked at and kept, or refused and thrown away.
#[utoipa::path(
    post, path = "/media/videos/{id}/complete", tag = "uploads",
    params(("id" = String, Path), ("X-Upload-Token" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, body = MediaUpload), (status = 404, description = "Not there, or not with this token"),
        (status = 409, description = "`upload_offset`: there is more to come"), Sending
    )
)]
pub async fn complete(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let token = token(&headers)?;
    let who = format!("{}|{id}", viewer.scope());
    idempotency::once(
        &state,
        &headers,
        "POST /media/videos/complete",
        &who,
        token.as_bytes(),
        async {
            let upload = Box::pin(video::complete(&state, &id, token)).await?;
            idempotency::answer(StatusCode::CREATED, &upload)
        },
    )
    .await
}

/// Gives a video up that is on its way.
#[utoipa::path(
    delete, path = "/media/videos/{id}", tag = "uploads",
    params(("id" = String, Path), ("X-Upload-Token" = String, Header)),
    responses((status = 204, description = "Removed"), (status = 404, description = "Not there, or not with this token"), Sending)
)]
pub async fn cancel(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    video::cancel(&state, &id, token(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn token(headers: &HeaderMap) -> ApiResult<&str> {
    let token = headers.get("x-upload-token").and_then(|value| value.to_str().ok());
    token.ok_or(ApiError::NotFound)
}
