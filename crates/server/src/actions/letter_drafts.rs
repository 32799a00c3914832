//! Letters that are not finished, kept for the browser they are written in: web views empty their own stores after a week
//! and are killed while the camera is open. Who writes is not known and not asked; a cookie that scripts cannot read is
//! the only way to them.

use crate::auth::cookie;
use crate::auth::seal::{self, Sealed};
use crate::auth::secret;
use crate::load::directory::letter_limits;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::http::{HeaderMap, HeaderValue};
use liaison_domain::dto::{KeptLetterDraft, LETTER_DRAFTS_MAX, LetterDraft, LetterDrafts};
use liaison_domain::{Id, Millis};
use liaison_store::letter_drafts::{KeptLetter, NewLetterDraft};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Longest id of a draft, in bytes.
const ID: usize = 64;
/// Browsers of one address that may begin to keep drafts within an hour.
const NEW_PER_HOUR: u32 = 200;

/// How long a form waits for a login elsewhere.
const FORM_KEPT: Millis = 15 * 60_000;

/// A plain form's fields, and the uploads it carries with their secrets.
#[derive(Serialize, Deserialize)]
pub struct PostedForm {
    pub fields: Vec<(String, String)>,
    pub uploads: Vec<(Id, String)>,
}

/// The token of this browser, if it keeps drafts.
fn owner<'a>(state: &AppState, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie::Name::Drafts.on(state, headers);
    cookie::read(headers, name.text).filter(|token| token.len() == secret::HEX_LEN)
}

fn check_id(id: &str) -> ApiResult<()> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !id.is_empty() && id.len() <= ID && id.bytes().all(plain) {
        Ok(())
    } else {
        Err(ApiError::field("id", "invalid"))
    }
}

/// Keeps a draft as it is now. Returns the `Set-Cookie` that lets this browser find it again.
pub async fn keep(
    state: &AppState,
    headers: &HeaderMap,
    ip: IpAddr,
    id: &str,
    draft: &LetterDraft,
) -> ApiResult<HeaderValue> {
    check_id(id)?;
    let most = letter_limits(state).photos_max;
    if draft.photos.len() > most as usize {
        return Err(ApiError::field_limit("photos", "too_many", most.into()));
    }
    let text = serde_json::to_string(draft).map_err(|error| ApiError::internal("a draft", error))?;
    let uploads = draft.photos.iter().map(|photo| (photo.id.clone(), photo.token.clone()));
    let until = state.now() + state.config.drafts_keep;
    seal_and_keep(state, headers, ip, id, &text, uploads.collect(), until).await
}

/// Keeps a form as it was posted, whole, while its person logs in elsewhere. Not for longer: it holds more than a draft does.
pub async fn keep_form(
    state: &AppState,
    headers: &HeaderMap,
    ip: IpAddr,
    id: &str,
    form: &PostedForm,
) -> ApiResult<HeaderValue> {
    check_id(id)?;
    let text = serde_json::to_string(form).map_err(|error| ApiError::internal("a form", error))?;
    seal_and_keep(
        state,
        headers,
        ip,
        id,
        &text,
        form.uploads.clone(),
        state.now() + FORM_KEPT,
    )
    .await
}

/// A form that was kept by this browser; none once its time is over.
pub async fn form(state: &AppState, headers: &HeaderMap, id: &str) -> ApiResult<Option<PostedForm>> {
    let Some(owner) = owner(state, headers) else {
        return Ok(None);
    };
    let kept = state.store.letter_drafts(owner, state.now()).await?;
    let found = kept.into_iter().find(|kept| kept.id == id);
    Ok(found
        .and_then(|kept| seal::open(&state.phone_key, Sealed::Letter, &kept.sealed))
        .and_then(|text| serde_json::from_str(&text).ok()))
}

async fn seal_and_keep(
    state: &AppState,
    headers: &HeaderMap,
    ip: IpAddr,
    id: &str,
    text: &str,
    uploads: Vec<(Id, String)>,
    expires_at: Millis,
) -> ApiResult<HeaderValue> {
    let now = state.now();
    let too_many = |retry_after| ApiError::TooMany {
        code: "too_many",
        retry_after,
    };
    // Drafts give way first: half of what an address may write is left to those who send.
    let limit = state.config.writes_per_minute / 2;
    if limit > 0 {
        state.drafts.count(ip, now, limit).map_err(too_many)?;
    }
    let owner = if let Some(known) = owner(state, headers) {
        known.to_owned()
    } else {
        state.drafters.count(ip, now, NEW_PER_HOUR).map_err(too_many)?;
        secret::token()
    };
    let new = NewLetterDraft {
        id: id.to_owned(),
        sealed: seal::seal(&state.phone_key, Sealed::Letter, text)?,
        uploads,
        expires_at,
        owner,
    };
    if !state.store.keep_letter_draft(&new, LETTER_DRAFTS_MAX, now).await? {
        return Err(ApiError::Clash {
            code: "too_many_drafts",
            detail: "没写完的意见太多了，请先写完或删掉几份。",
        });
    }
    let name = cookie::Name::Drafts.on(state, headers);
    Ok(cookie::set(name, &new.owner, Some(state.config.drafts_keep / 1000)))
}

/// This browser's drafts, the latest first. What does not open under the server's key is not there.
pub async fn all(state: &AppState, headers: &HeaderMap) -> ApiResult<LetterDrafts> {
    let Some(owner) = owner(state, headers) else {
        return Ok(LetterDrafts { items: Vec::new() });
    };
    let kept = state.store.letter_drafts(owner, state.now()).await?;
    let opened = |KeptLetter { id, sealed, saved_at }| {
        let text = seal::open(&state.phone_key, Sealed::Letter, &sealed)?;
        let draft = serde_json::from_str(&text).ok()?;
        Some(KeptLetterDraft { id, saved_at, draft })
    };
    Ok(LetterDrafts {
        items: kept.into_iter().filter_map(opened).collect(),
    })
}

/// Throws one away. That it is gone already is what was asked for.
pub async fn discard(state: &AppState, headers: &HeaderMap, id: &str) -> ApiResult<()> {
    if let Some(owner) = owner(state, headers) {
        state.store.drop_letter_draft(owner, id).await?;
    }
    Ok(())
}

/// The letter is filed: its draft goes. That it could not must not look as if the letter had not arrived.
pub async fn sent(state: &AppState, headers: &HeaderMap) {
    let id = headers.get("x-draft").and_then(|value| value.to_str().ok());
    let (Some(id), Some(owner)) = (id, owner(state, headers)) else {
        return;
    };
    if let Err(error) = state.store.drop_letter_draft(owner, id).await {
        tracing::warn!(%error, "the draft of a letter that was sent stays until it is over");
    }
}
