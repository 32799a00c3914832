//! Somebody hands in a recording, before the letter it will belong to; the office writes down what it says.

use crate::access;
use crate::assemble::media::media;
use crate::auth::secret;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult, Standing};
use crate::state::AppState;
use crate::uploads::Size;
use crate::uploads::media::{Known, MediaError, look_at_voice};
use axum::body::Bytes;
use liaison_domain::Id;
use liaison_domain::dto::{MediaUpload, NewTranscript, TRANSCRIPT_MAX, Transcript, VOICE, check_text};
use liaison_store::DEFAULT_TENANT;
use liaison_store::media::{Media, NewMedia, TranscriptRow};

/// Looks at a recording and keeps it. Whoever holds the answer's token may use and remove it until it belongs to a
/// letter.
pub async fn store_voice(state: &AppState, bytes: Bytes) -> ApiResult<MediaUpload> {
    let max = state.config.uploads.voice_bytes;
    if bytes.len() as u64 > max {
        return Err(ApiError::TooLarge { limit: max });
    }
    let voice = look_at_voice(bytes.into(), state.config.uploads.voice_seconds).map_err(MediaError::of_voice)?;
    let new = NewMedia {
        id: fresh_id(),
        token: secret::token(),
        kind: VOICE,
        mime: voice.known.mime.to_owned(),
        bytes: voice.bytes.len() as u64,
        duration: voice.known.duration,
        sha256: secret::hash_bytes(&voice.bytes),
    };
    // First the bytes, then the row: a row never points at nothing.
    state
        .files
        .put_one(DEFAULT_TENANT, &new.id, Size::Media, voice.bytes)
        .await?;
    keep(state, new).await
}

/// Until it belongs to a letter, knowing the id is what allows to attach it: 128 random bits, unlike a `UUIDv7`.
pub(super) fn fresh_id() -> Id {
    secret::token().chars().take(32).collect()
}

/// What a finished file is kept as.
pub(super) fn new_media(id: &str, token: &str, kind: &'static str, known: &Known, size: (u64, String)) -> NewMedia {
    NewMedia {
        id: id.to_owned(),
        token: token.to_owned(),
        kind,
        mime: known.mime.to_owned(),
        bytes: size.0,
        duration: known.duration,
        sha256: size.1,
    }
}

/// Keeps a file whose bytes are in their place.
pub(super) async fn keep(state: &AppState, new: NewMedia) -> ApiResult<MediaUpload> {
    state.store.add_media(&new, state.now()).await?;
    let shown = Media {
        id: new.id.clone(),
        letter_id: None,
        kind: new.kind.to_owned(),
        mime: new.mime,
        bytes: new.bytes,
        duration: new.duration,
        transcript: None,
    };
    Ok(MediaUpload {
        id: new.id,
        token: new.token,
        media: media(&shown),
    })
}

/// Writes down what a recording says, after the version that was read. Every version stays in the store.
pub async fn transcribe(state: &AppState, viewer: &Viewer, id: &str, new: &NewTranscript) -> ApiResult<Transcript> {
    let account = access::clerk(viewer)?;
    let found = access::media(state, viewer, id, None).await?;
    // Their own letter is open to a clerk as to any author; what is said in it another writes down.
    let letter_id = found.letter_id.as_deref().ok_or(ApiError::NotFound)?;
    access::desk_letter(state, viewer, letter_id).await?;
    if let Some(wrong) = check_text("text", &new.text, TRANSCRIPT_MAX as usize) {
        return Err(ApiError::Validation(vec![wrong]));
    }
    let row = TranscriptRow {
        upload_id: found.id,
        version: i64::from(new.after) + 1,
        body: new.text.trim().replace("\r\n", "\n"),
        by_machine: false,
        by_id: Some(account.id.clone()),
        at: state.now(),
    };
    if !state.store.write_transcript(&row).await? {
        return Err(ApiError::Conflict(Standing::default()));
    }
    Ok(Transcript {
        text: row.body,
        version: new.after + 1,
        by_machine: false,
        at: row.at,
    })
}
