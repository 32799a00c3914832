//! Recordings and videos: handing in a recording before its letter, hearing and seeing them where one may, writing down
//! what they say.

use super::docs::{Changing, Personal, Sending};
use super::uploads::{TokenQuery, body_bytes};
use crate::access;
use crate::actions::media;
use crate::auth::session::Viewer;
use crate::http::client_ip::ClientIp;
use crate::http::headers::CSP_SANDBOX;
use crate::http::idempotency;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::http::range;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use liaison_domain::dto::{MediaUpload, NewTranscript, Transcript};
use liaison_store::DEFAULT_TENANT;

/// Hands in a recording: its bytes as the body, or a multipart field `file`. What it is is told by its content.
#[utoipa::path(
    post, path = "/media/voices", tag = "uploads",
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body(content_type = "application/octet-stream", content = Vec<u8>, description = "WAV, M4A, 3GP, AAC, MP3, AMR or WebM; or multipart/form-data with the field `file`"),
    responses((status = 201, body = MediaUpload), (status = 413, description = "Too large"), Sending)
)]
pub async fn voice(
    State(state): State<AppState>,
    viewer: Viewer,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    request: Request,
) -> ApiResult<Response> {
    let bytes = body_bytes(&state, request, state.config.uploads.voice_bytes).await?;
    let who = format!("{}|{ip}", viewer.scope());
    let body = bytes.clone();
    idempotency::once_or_anew(&state, &headers, "POST /media/voices", &who, &body, async {
        let upload = Box::pin(media::store_voice(&state, bytes)).await?;
        idempotency::answer(StatusCode::CREATED, &upload)
    })
    .await
}

/// A recording or video, for the letter's author and those who work on it. Never public.
#[utoipa::path(
    get, path = "/media/{id}", tag = "uploads", security((), ("session" = [])),
    params(("id" = String, Path), TokenQuery, ("Range" = Option<String>, Header, description = "One range of bytes")),
    responses(
        (status = 200, content_type = "audio/wav", body = Vec<u8>),
        (status = 206, content_type = "audio/wav", body = Vec<u8>, description = "The bytes asked for"),
        (status = 416, description = "No such bytes"), Personal
    )
)]
pub async fn file(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(query): Query<TokenQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let found = access::media(&state, &viewer, &id, query.token.as_deref()).await?;
    let asked = range::of(&headers, found.bytes);
    let Ok(asked) = asked else {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        put(
            response.headers_mut(),
            header::CONTENT_RANGE,
            &format!("bytes */{}", found.bytes),
        )?;
        return Ok(response);
    };
    let bytes = asked.clone().unwrap_or(0..found.bytes);
    let length = bytes.end - bytes.start;
    let mut response = Response::new(state.files.stream(DEFAULT_TENANT, &id, bytes.clone()).await?);
    let headers = response.headers_mut();
    if asked.is_some() {
        let of = format!("bytes {}-{}/{}", bytes.start, bytes.end - 1, found.bytes);
        put(headers, header::CONTENT_RANGE, &of)?;
    }
    put(headers, header::CONTENT_LENGTH, &length.to_string())?;
    put(headers, header::CONTENT_TYPE, &found.mime)?;
    put(
        headers,
        header::CONTENT_DISPOSITION,
        &format!("inline; filename=\"{}.{}\"", found.kind, extension(&found.mime)),
    )?;
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_SANDBOX));
    // In this browser only, and asked again: access may end with the letter's way.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    if asked.is_some() {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) -> ApiResult<()> {
    let value = HeaderValue::from_str(value).map_err(|e| ApiError::internal("a header", e))?;
    headers.insert(name, value);
    Ok(())
}

/// What players of their own expect a file of this kind to be called.
pub fn extension(mime: &str) -> &'static str {
    match mime {
        "audio/wav" => "wav",
        "audio/mp4" => "m4a",
        "audio/3gpp" => "3gp",
        "audio/aac" => "aac",
        "audio/mpeg" => "mp3",
        "audio/amr" => "amr",
        "audio/amr-wb" => "awb",
        "video/mp4" => "mp4",
        _ => "webm",
    }
}

/// Writes down what a recording says, or corrects it; a machine's text is confirmed by it. 409 when somebody else wrote
/// in between.
#[utoipa::path(
    put, path = "/desk/media/{id}/transcript", tag = "desk", request_body = NewTranscript, security(("session" = [])),
    params(("id" = String, Path)), responses((status = 200, body = Transcript), Changing)
)]
pub async fn transcribe(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
    Json(new): Json<NewTranscript>,
) -> ApiResult<Json<Transcript>> {
    Ok(Json(media::transcribe(&state, &viewer, &id, &new).await?))
}
