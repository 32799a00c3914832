//! What somebody changes and ends about themselves.

use crate::access;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{NameChange, OWN_NAME_MAX};
use liaison_domain::form::char_count;
use liaison_domain::reception::BookingState;
use liaison_store::events::EventError;
use liaison_store::receptions::ReceptionError;

/// More than anybody has.
const MOST: u64 = 500;

/// Puts one's own name right; none is a name too.
pub async fn rename(state: &AppState, viewer: &Viewer, change: &NameChange) -> ApiResult<()> {
    let account = access::resident(viewer)?;
    let name = change.name.trim();
    if char_count(name) > OWN_NAME_MAX {
        return Err(ApiError::field_limit("name", "too_long", OWN_NAME_MAX as u64));
    }
    state.store.rename_account(&account.id, name).await?;
    Ok(())
}

/// Ends one of one's own sessions.
pub async fn end_session(state: &AppState, viewer: &Viewer, id: &str) -> ApiResult<()> {
    let account = viewer.logged_in()?;
    if !state.store.revoke_own_session(&account.id, id).await? {
        return Err(ApiError::NotFound);
    }
    Ok(())
}

/// Ends all of one's own sessions but this one; tells how many.
pub async fn end_others(state: &AppState, viewer: &Viewer) -> ApiResult<u32> {
    let account = viewer.logged_in()?;
    let this = viewer.session_handle();
    let mut ended = 0;
    for session in state.store.sessions_of(&account.id, state.now()).await? {
        if session.handle != this && state.store.revoke_own_session(&account.id, &session.handle).await? {
            ended += 1;
        }
    }
    Ok(ended)
}

/// Unbinds a platform's accounts from one's own: nobody logs in by them any more.
pub async fn unbind(state: &AppState, viewer: &Viewer, provider: &str) -> ApiResult<()> {
    let account = access::resident(viewer)?;
    if state.store.unbind_platform(&account.id, provider, state.now()).await? == 0 {
        return Err(ApiError::NotFound);
    }
    tracing::info!(
        account = account.id,
        provider,
        "a resident unbound a platform's account"
    );
    Ok(())
}

/// Closes one's own account: places and seats are given back to who waits for them, then number, name and addresses go.
/// Asked again after it stopped on the way, it goes on where it stopped.
pub async fn close(state: &AppState, viewer: &Viewer) -> ApiResult<()> {
    let account = access::resident(viewer)?;
    let (store, now) = (&state.store, state.now());
    for booking in store.appointments_of(&account.id, MOST).await? {
        let is_open = matches!(
            booking.state,
            BookingState::Booked | BookingState::Waiting | BookingState::Offered
        );
        if !is_open {
            continue;
        }
        let given_back = store.cancel_booking(&booking.id, None, state.config.reception.terms(), now);
        // Any other error: over or cancelled meanwhile, and there is nothing to give back.
        if let Err(ReceptionError::Store(error)) = given_back.await {
            return Err(error.into());
        }
    }
    for (event, _) in store.events_of_account(&account.id, MOST).await? {
        // Any other error: not registered, or over.
        if let Err(EventError::Store(error)) = store.withdraw_registration(&event, &account.id, now).await {
            return Err(error.into());
        }
    }
    store.close_account(&account.id).await?;
    tracing::info!(account = account.id, "a resident closed their account");
    Ok(())
}
