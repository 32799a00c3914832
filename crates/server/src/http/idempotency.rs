//! Doing once, however often it is asked: the same key with the same body gets the first answer.

use super::json;
use crate::auth::secret;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use liaison_store::idempotency::{IdempotencyKey, Kept};
use serde::Serialize;
use tokio::runtime::Handle;

/// The request header.
pub static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const LONGEST: usize = 128;

/// A finished answer, ready to be kept.
pub struct Answer {
    status: StatusCode,
    body: String,
}

/// An answer to keep.
pub fn answer(status: StatusCode, body: &impl Serialize) -> ApiResult<Answer> {
    let body = serde_json::to_string(body).map_err(|e| ApiError::internal("serialising an answer", e))?;
    Ok(Answer { status, body })
}

impl Answer {
    fn response(self, replayed: bool) -> Response {
        let mut response = json::response(self.status, self.body);
        if replayed {
            response
                .headers_mut()
                .insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// The key of a request, if it has one.
pub fn key(headers: &HeaderMap, route: &str, who: &str, body: &[u8]) -> ApiResult<Option<IdempotencyKey>> {
    let Some(value) = headers.get(&IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value
        .to_str()
        .ok()
        .map(str::trim)
        .filter(|key| !key.is_empty() && key.len() <= LONGEST)
        .ok_or(ApiError::BadRequest {
            code: "idempotency_key_invalid",
            detail: "Idempotency-Key 应当是 1–128 个可见字符。",
        })?;
    Ok(Some(IdempotencyKey {
        scope: format!("{route}|{who}"),
        key: key.to_owned(),
        body_hash: secret::hash_bytes(body),
    }))
}

/// Does the work, or repeats its answer. Without a key it is simply done. Refusals are not kept: what was refused
/// changed nothing and may be tried again.
pub async fn once(
    state: &AppState,
    headers: &HeaderMap,
    route: &str,
    who: &str,
    body: &[u8],
    work: impl Future<Output = ApiResult<Answer>>,
) -> ApiResult<Response> {
    match key(headers, route, who, body)? {
        Some(key) => under(state, &key, work).await,
        None => Ok(work.await?.response(false)),
    }
}

/// The same for what may be done twice without harm, an upload that nobody has claimed: when the line breaks in the middle,
/// the key is given back at once. Anything else may have been done when that happens, and keeps its key until it is known.
pub async fn once_or_anew(
    state: &AppState,
    headers: &HeaderMap,
    route: &str,
    who: &str,
    body: &[u8],
    work: impl Future<Output = ApiResult<Answer>>,
) -> ApiResult<Response> {
    let Some(key) = key(headers, route, who, body)? else {
        return Ok(work.await?.response(false));
    };
    let mut held = Held { state, key: None };
    let work = async {
        held.key = Some(key.clone());
        let outcome = work.await;
        held.key = None;
        outcome
    };
    under(state, &key, work).await
}

async fn under(
    state: &AppState,
    key: &IdempotencyKey,
    work: impl Future<Output = ApiResult<Answer>>,
) -> ApiResult<Response> {
    match state.store.idempotency_begin(key, state.now()).await? {
        Kept::New => {}
        Kept::Answered { status, response } => {
            let status = StatusCode::from_u16(status).map_err(|e| ApiError::internal("a kept status", e))?;
            return Ok(Answer { status, body: response }.response(true));
        }
        Kept::Mismatch => return Err(ApiError::IdempotencyMismatch),
        Kept::InProgress => return Err(ApiError::IdempotencyBusy),
    }
    match work.await {
        Ok(answer) => {
            state
                .store
                .idempotency_finish(key, answer.status.as_u16(), &answer.body)
                .await?;
            Ok(answer.response(false))
        }
        Err(error) => {
            state.store.idempotency_abandon(key).await?;
            Err(error)
        }
    }
}

/// Gives the key back when the request ends in the middle of its work: a tab was killed, a line broke. Whoever tries
/// again is not told to wait for somebody who is gone.
struct Held<'a> {
    state: &'a AppState,
    key: Option<IdempotencyKey>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let (Some(key), Ok(runtime)) = (self.key.take(), Handle::try_current()) else {
            return;
        };
        let store = self.state.store.clone();
        runtime.spawn(async move {
            if let Err(error) = store.idempotency_abandon(&key).await {
                tracing::warn!(%error, "a key of a request that was given up stays until its lease ends");
            }
        });
    }
}
