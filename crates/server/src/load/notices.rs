//! Inboxes.

use crate::auth::session::Viewer;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::dto::{NoticeRow, Page};
use liaison_store::inbox::Seen;
use liaison_store::people::Account;
use serde::Deserialize;
use utoipa::IntoParams;

/// Entries of a page.
const ROWS: u64 = 20;

/// Which part of an inbox is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct NoticeQuery {
    /// Only what is unread.
    pub unread: bool,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// `GET /me/notices`.
pub async fn page(state: &AppState, account: &Account, query: &NoticeQuery) -> ApiResult<Page<NoticeRow>> {
    let found = state
        .store
        .inbox(&account.id, query.unread, query.cursor.as_deref(), ROWS)
        .await?;
    Ok(found)
}

/// Whoever opened a letter has seen what the inbox says about it. The letter is shown even if that cannot be noted.
pub async fn seen(state: &AppState, viewer: &Viewer, letter_id: &str) {
    let Some(account) = &viewer.account else { return };
    let marked = state.store.mark_read(&account.id, Seen::Letter(letter_id), state.now());
    if let Err(error) = marked.await {
        tracing::warn!("what was seen could not be noted: {error}");
    }
}
