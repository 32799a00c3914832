//! The counter of a reception: who is here, who is next.

use crate::auth::secret;
use crate::problem::{ApiError, ApiResult, Standing};
use crate::state::AppState;
use liaison_domain::dto::{FieldError, QueueEntry, WalkInRequest, check_text};
use liaison_domain::ledger::PEOPLE_MAX;
use liaison_domain::lifecycle::{Refusal, RefusalKind};
use liaison_domain::reception::{BookingState, Mode};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_store::receptions::{BookError, NewBooking, Queued, ReceptionError, Session};

/// Longest topic and name, in characters.
const TOPIC: usize = 60;
const NAME: usize = 40;

/// Everybody who booked a reception or came to it.
pub async fn queue(state: &AppState, session: &Session) -> ApiResult<Vec<QueueEntry>> {
    entries(state, state.store.queue_at(&session.id).await?).await
}

async fn entries(state: &AppState, queue: Vec<Queued>) -> ApiResult<Vec<QueueEntry>> {
    let directory = state.directory().await?;
    let entry = |Queued { appointment, called_at }| QueueEntry {
        deputy_name: appointment
            .deputy_id
            .as_deref()
            .and_then(|id| directory.deputy(id))
            .map(|deputy| deputy.card.name.clone()),
        id: appointment.id,
        queue_no: appointment.queue_no,
        name: appointment.name,
        people: appointment.people,
        topic: appointment.topic,
        access_needs: appointment.access_needs,
        mode: appointment.mode,
        state: appointment.state,
        starts_at: appointment.starts_at,
        called_at,
    };
    Ok(queue.into_iter().map(entry).collect())
}

/// One of them.
pub async fn entry(state: &AppState, session_id: &str, id: &str) -> ApiResult<QueueEntry> {
    let all = entries(state, state.store.queue_at(session_id).await?).await?;
    all.into_iter().find(|entry| entry.id == id).ok_or(ApiError::NotFound)
}

/// Whoever booked is here, and shows the code.
pub async fn check_in_by_code(state: &AppState, session: &Session, code: &str) -> ApiResult<QueueEntry> {
    let digits: String = code
        .chars()
        .map(liaison_domain::text::half_width)
        .filter(char::is_ascii_digit)
        .collect();
    if digits.is_empty() {
        return Err(ApiError::field("code", "required"));
    }
    let found = state.store.appointment_by_code(&session.id, &digits).await?;
    let found = found.ok_or_else(|| ApiError::field("code", "unknown"))?;
    check_in(state, session, &found.id).await
}

/// Whoever booked is here.
pub async fn check_in(state: &AppState, session: &Session, id: &str) -> ApiResult<QueueEntry> {
    let here = state.store.check_in(id, state.now()).await.map_err(refused)?;
    entry(state, &session.id, &here.id).await
}

/// Somebody comes without a booking.
pub async fn walk_in(
    state: &AppState,
    session: &Session,
    request: &WalkInRequest,
    press: Option<&IdempotencyKey>,
) -> ApiResult<QueueEntry> {
    let mut wrong: Vec<FieldError> = check_text("topic", &request.topic, TOPIC).into_iter().collect();
    let too_long = [
        ("name", &request.name, NAME),
        ("access_needs", &request.access_needs, TOPIC),
    ];
    wrong.extend(
        too_long
            .into_iter()
            .filter_map(|(field, text, most)| check_text(field, text, most).filter(|error| error.code == "too_long")),
    );
    if request.people == 0 || request.people > PEOPLE_MAX {
        wrong.push(FieldError {
            field: "people".to_owned(),
            code: "invalid".to_owned(),
            limit: Some(u64::from(PEOPLE_MAX)),
        });
    }
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let new = NewBooking {
        session_id: session.id.clone(),
        account_id: None,
        name: request.name.trim().to_owned(),
        phone_masked: None,
        phone_encrypted: None,
        mode: Mode::OnSite,
        topic: request.topic.trim().to_owned(),
        access_needs: request.access_needs.trim().to_owned(),
        people: request.people,
        slot: None,
        wish_deputy: None,
        instead_of: None,
    };
    let here = state.store.walk_in(&new, press, state.now()).await.map_err(not_done)?;
    entry(state, &session.id, &here.id).await
}

/// A press of a button of the counter, by the key that its form was drawn with; none without one.
pub fn press(account: &Account, session: &Session, what: &str, once: &str) -> Option<IdempotencyKey> {
    (!once.is_empty()).then(|| IdempotencyKey {
        scope: ["counter|", what, "|", &session.id, "|", &account.id].concat(),
        key: once.to_owned(),
        body_hash: secret::hash(what),
    })
}

/// The next in line; nobody when nobody waits.
pub async fn call_next(
    state: &AppState,
    session: &Session,
    press: Option<&IdempotencyKey>,
) -> ApiResult<Option<QueueEntry>> {
    let called = state.store.call_next(&session.id, press, state.now()).await;
    match called.map_err(not_done)? {
        Some(next) => entry(state, &session.id, &next.id).await.map(Some),
        None => Ok(None),
    }
}

/// Calls one of those who wait, or lets them wait again.
pub async fn call(state: &AppState, session: &Session, id: &str, is_called: bool) -> ApiResult<QueueEntry> {
    let found = state.store.call_booking(id, is_called, state.now()).await;
    entry(state, &session.id, &found.map_err(refused)?.id).await
}

/// The talk took place; nothing of it has to be written down.
pub async fn finish(state: &AppState, session: &Session, id: &str) -> ApiResult<QueueEntry> {
    let done = state.store.finish_booking(id, state.now()).await.map_err(refused)?;
    entry(state, &session.id, &done.id).await
}

fn not_done(error: BookError) -> ApiError {
    match error {
        BookError::Reception(error) => refused(error),
        BookError::Mismatch => ApiError::IdempotencyMismatch,
    }
}

/// What the store refused, as the API says it.
pub fn refused(error: ReceptionError) -> ApiError {
    match error {
        ReceptionError::NotFound => ApiError::NotFound,
        ReceptionError::Changed => ApiError::Conflict(Standing::default()),
        ReceptionError::NotAllowed | ReceptionError::Refused(_) => {
            ApiError::Refused(Refusal::of(RefusalKind::WrongState), Standing::default())
        }
        ReceptionError::Store(error) => error.into(),
    }
}

/// How many wait, before one of them or in all.
pub fn waiting_before(queue: &[QueueEntry], queue_no: Option<u32>) -> usize {
    queue
        .iter()
        .filter(|one| one.state == BookingState::CheckedIn && one.called_at.is_none())
        .filter(|one| queue_no.is_none_or(|no| one.queue_no.is_some_and(|other| other < no)))
        .count()
}
