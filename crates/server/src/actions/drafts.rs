//! Notes of a talk that are not finished: kept for whoever writes them, until they are a record or a week has passed.
//! They may hold names and numbers, so they lie here, sealed, and not in a browser.

use super::counter::refused;
use super::record;
use crate::auth::owner;
use crate::auth::seal::{self, Sealed};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{NoteDraft, NoteDraftSaved};
use liaison_domain::{Id, Millis};
use liaison_store::people::Account;
use liaison_store::receptions::{KeptDraft, NewDraft, ReceptionError, Session};

/// For how long one is kept after it was last saved.
pub const KEPT: Millis = 7 * DAY_MS;
/// Longest text of all fields together, in bytes: the longest record, and room for what is too long so far.
pub const BYTES: usize = 64 * 1024;
/// Longest key of a form, in bytes.
const ONCE: usize = 100;

/// A form's key: what its record will be known by.
fn check_once(once: &str) -> ApiResult<()> {
    let fits = !once.is_empty()
        && once.len() <= ONCE
        && once
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if fits {
        Ok(())
    } else {
        Err(ApiError::field("once", "invalid"))
    }
}

/// Keeps what is typed so far. None: it is a record already.
pub async fn keep(
    state: &AppState,
    account: &Account,
    session: &Session,
    once: &str,
    fields: &[(String, String)],
) -> ApiResult<Option<Millis>> {
    check_once(once)?;
    let length: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    if length > BYTES {
        return Err(ApiError::TooLarge { limit: BYTES as u64 });
    }
    let text = serde_json::to_string(&(once, fields)).map_err(|error| ApiError::internal("a draft", error))?;
    let new = NewDraft {
        id: record::id_of(account, once),
        session_id: session.id.clone(),
        account_id: account.id.clone(),
        sealed: seal::seal(&state.phone_key, Sealed::Notes, &text)?,
    };
    let now = state.now();
    match state.store.keep_note_draft(&new, now).await {
        Ok(kept) => Ok(kept.then_some(now)),
        Err(ReceptionError::NotAllowed) => Err(ApiError::Clash {
            code: "too_many_drafts",
            detail: "这场接待里没写完的记录太多了，请先写完或删掉几份。",
        }),
        Err(error) => Err(refused(error)),
    }
}

/// The same for the API.
pub async fn save(
    state: &AppState,
    account: &Account,
    session: &Session,
    once: &str,
    draft: NoteDraft,
) -> ApiResult<NoteDraftSaved> {
    if owner::is_others(state, account, &draft.who) {
        return Err(ApiError::Unauthenticated);
    }
    let fields: Vec<_> = draft
        .fields
        .into_iter()
        .map(|field| (field.name, field.value))
        .collect();
    let saved_at = keep(state, account, session, once, &fields).await?;
    Ok(NoteDraftSaved { saved_at })
}

/// What somebody has not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: Id,
    pub once: String,
    pub fields: Vec<(String, String)>,
    pub saved_at: Millis,
}

impl Draft {
    /// A field as typed; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

/// One's own at a reception, the latest first. What does not open under the server's key is not there.
pub async fn own(state: &AppState, account: &Account, session: &Session) -> ApiResult<Vec<Draft>> {
    let kept = state.store.note_drafts(&session.id, &account.id).await?;
    let opened = |KeptDraft { id, sealed, saved_at }| {
        let text = seal::open(&state.phone_key, Sealed::Notes, &sealed)?;
        let (once, fields) = serde_json::from_str(&text).ok()?;
        Some(Draft {
            id,
            once,
            fields,
            saved_at,
        })
    };
    Ok(kept.into_iter().filter_map(opened).collect())
}

/// Throws one's own away.
pub async fn discard(state: &AppState, account: &Account, once: &str) -> ApiResult<()> {
    check_once(once)?;
    let gone = state
        .store
        .drop_note_draft(&record::id_of(account, once), &account.id)
        .await?;
    if gone { Ok(()) } else { Err(ApiError::NotFound) }
}
