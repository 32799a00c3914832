//! Booking a reception, and what becomes of a booking.

use super::restrictions;
use crate::access;
use crate::auth::session::Viewer;
use crate::load::bookings;
use crate::problem::{ApiError, ApiResult, Standing};
use crate::state::AppState;
use liaison_domain::dto::NewAppointment;
use liaison_domain::restriction::Use;
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_store::receptions::{Appointment, BookError, NewBooking, ReceptionError, SlotWish};
use liaison_web::i18n::zh::bookings as words;

/// What somebody does with a booking of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Cancel,
    /// Takes the time that became free.
    Accept,
    /// Leaves it to the next in line.
    Decline,
    /// Comes all the same: to another deputy, at another time.
    Keep,
    /// Wants nothing instead of what was cancelled.
    Settle,
}

/// Books a time or a place in the line. When this answers, it is kept; the same key and body answer the same.
pub async fn book(
    state: &AppState,
    account: &Account,
    session_id: &str,
    wanted: &NewAppointment,
    key: Option<&IdempotencyKey>,
) -> ApiResult<Appointment> {
    restrictions::check(state, account, Use::Booking).await?;
    let session = bookings::session(state, session_id).await?;
    let wrong = wanted.check(&session.modes);
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let contact = state
        .store
        .contact(&account.id)
        .await?
        .ok_or(ApiError::Unauthenticated)?;
    let new = NewBooking {
        session_id: session.id,
        account_id: Some(account.id.clone()),
        name: wanted.name.trim().to_owned(),
        phone_masked: account.phone_masked.clone(),
        phone_encrypted: contact.phone_encrypted,
        mode: wanted.mode,
        topic: wanted.topic.trim().to_owned(),
        access_needs: wanted.access_needs.trim().to_owned(),
        people: wanted.people,
        slot: wanted.slot.as_ref().map(|slot| SlotWish {
            starts_at: slot.starts_at,
            deputy_id: slot.deputy_id.clone(),
        }),
        wish_deputy: wanted.wish_deputy.clone(),
        instead_of: wanted.instead_of.clone(),
    };
    state
        .store
        .book(&new, state.config.reception.terms(), key, state.now())
        .await
        .map_err(book_error)
}

/// Does something with a booking of the viewer's own, decided on a version of it.
pub async fn act(state: &AppState, viewer: &Viewer, id: &str, version: i64, act: Act) -> ApiResult<Appointment> {
    access::resident(viewer)?;
    let known = bookings::own(state, viewer, id).await?;
    let (store, terms, now) = (&state.store, state.config.reception.terms(), state.now());
    let version = Some(version);
    match act {
        Act::Cancel => store.cancel_booking(&known.id, version, terms, now).await.map(|_| ()),
        Act::Decline => store.decline_offer(&known.id, version, terms, now).await.map(|_| ()),
        Act::Accept => store.accept_offer(&known.id, version, terms, now).await.map(|_| ()),
        Act::Keep => store.keep_booking(&known.id, version, now).await.map(|_| ()),
        Act::Settle => store.settle_booking(&known.id, version, now).await.map(|_| ()),
    }
    .map_err(reception_error)?;
    bookings::own(state, viewer, id).await
}

fn book_error(error: BookError) -> ApiError {
    match error {
        BookError::Reception(error) => reception_error(error),
        BookError::Mismatch => ApiError::IdempotencyMismatch,
    }
}

fn reception_error(error: ReceptionError) -> ApiError {
    match error {
        ReceptionError::NotFound => ApiError::NotFound,
        ReceptionError::Changed => ApiError::Conflict(Standing::default()),
        ReceptionError::NotAllowed => ApiError::Clash {
            code: "booking_state",
            detail: words::NOT_NOW,
        },
        ReceptionError::Refused(why) => ApiError::Clash {
            code: why.code(),
            detail: words::refused(why),
        },
        ReceptionError::Store(error) => error.into(),
    }
}
