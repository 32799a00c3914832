//! Somebody hands in a picture, before the letter it will belong to.

use crate::assemble::pictures;
use crate::auth::secret;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::uploads::{self, PictureError};
use axum::body::Bytes;
use liaison_domain::dto::Upload;
use liaison_store::DEFAULT_TENANT;
use liaison_store::uploads::NewUpload;

/// Cleans and keeps a picture. Whoever holds the answer's token may use and remove it until it belongs to a letter.
pub async fn store(state: &AppState, bytes: Bytes) -> ApiResult<Upload> {
    let max = state.config.uploads.max_bytes;
    if bytes.len() as u64 > max {
        return Err(ApiError::TooLarge { limit: max });
    }
    if bytes.is_empty() {
        return Err(PictureError::Empty.into());
    }
    let picture = decode(state, bytes).await?;
    // Until it belongs to a letter, knowing the id is what allows to attach it: 128 random bits, unlike a UUIDv7.
    let id: String = secret::token().chars().take(32).collect();
    let new = NewUpload {
        id: id.clone(),
        token: secret::token(),
        mime: "image/jpeg".to_owned(),
        bytes: picture.full.len() as u64,
        width: picture.width,
        height: picture.height,
        sha256: secret::hash_bytes(&picture.full),
        alt: String::new(),
    };
    // First the bytes, then the row: a row never points at nothing.
    state
        .files
        .put(DEFAULT_TENANT, &id, picture.full, picture.thumb)
        .await?;
    state.store.add_upload(&new, state.now()).await?;
    Ok(Upload {
        picture: pictures::of(&id, new.width, new.height, &new.alt),
        id,
        token: new.token,
        bytes: new.bytes,
    })
}

async fn decode(state: &AppState, bytes: Bytes) -> ApiResult<uploads::Picture> {
    let _turn = state
        .decoding
        .acquire()
        .await
        .map_err(|e| ApiError::internal("waiting for a turn", e))?;
    let max_pixels = state.config.uploads.max_pixels;
    let decoded = tokio::task::spawn_blocking(move || uploads::decode(&bytes, max_pixels)).await;
    // A decoder that panics was given a picture made to break it.
    Ok(decoded.unwrap_or(Err(PictureError::Broken))?)
}

/// Removes a picture that belongs to no letter yet, for whoever holds its token.
pub async fn remove(state: &AppState, id: &str, token: &str) -> ApiResult<()> {
    if !state.store.remove_upload(id, token).await? {
        return Err(ApiError::NotFound);
    }
    state.files.remove(DEFAULT_TENANT, id).await
}
