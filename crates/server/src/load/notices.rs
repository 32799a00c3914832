//! Inboxes, and how somebody is told outside of them.

use crate::auth::session::Viewer;
use crate::notify::{AddressKind, Channel};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{NoticeRow, NotifyChange, NotifySettings, Page};
use liaison_store::inbox::Seen;
use liaison_store::people::Account;
use serde::Deserialize;
use utoipa::IntoParams;

/// Entries of a page.
const ROWS: u64 = 20;

/// Which part of an inbox is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
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

/// `GET /me/notifications`.
pub async fn settings(state: &AppState, account: &Account) -> ApiResult<NotifySettings> {
    let to = state
        .store
        .contact(&account.id)
        .await?
        .ok_or(ApiError::Unauthenticated)?;
    let reaches = |channel: &dyn Channel| match channel.needs() {
        AddressKind::Phone => to.phone_encrypted.is_some(),
        // An address can be given on the spot.
        AddressKind::Email | AddressKind::Account => true,
    };
    let timing = &state.config.notify.timing;
    Ok(NotifySettings {
        channels: state
            .channels
            .iter()
            .filter(|channel| reaches(channel.as_ref()))
            .map(|channel| channel.kind())
            .collect(),
        phone_masked: account.phone_masked.clone(),
        email: to.email,
        preferences: to.preferences,
        quiet: timing.quiet,
        digests: timing.digests.clone(),
    })
}

/// Keeps what somebody chose. The last word counts: the settings are one person's own.
pub async fn change_settings(state: &AppState, account: &Account, change: &NotifyChange) -> ApiResult<()> {
    let wrong = change.check();
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let address = change.address();
    state
        .store
        .put_contact(&account.id, address.as_deref(), &change.preferences)
        .await?;
    Ok(())
}

/// Whoever opened a letter has seen what the inbox says about it. The letter is shown even if that cannot be noted.
pub async fn seen(state: &AppState, viewer: &Viewer, letter_id: &str) {
    let Some(account) = &viewer.account else { return };
    let marked = state.store.mark_read(&account.id, Seen::About(letter_id), state.now());
    if let Err(error) = marked.await {
        tracing::warn!("what was seen could not be noted: {error}");
    }
}
