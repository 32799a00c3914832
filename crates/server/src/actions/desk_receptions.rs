//! What the office does to a reception, and what a deputy asks for.

use super::desk_schedule::{PLACE, TITLE, check_deputies, check_talks, short};
use crate::load::desk_receptions::session;
use crate::load::desk_schedule::is_in_scope;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::calendar::{DAY_MS, Date, MINUTE_MS};
use liaison_domain::dto::{
    CancelReception, FieldError, LeaveDecision, LeaveRequest, NewReception, ReceptionChange, ReceptionOutcome,
    check_text,
};
use liaison_domain::schedule::Exception;
use liaison_store::people::Account;
use liaison_store::receptions::{Leave, NewSession, ReceptionError, Session, SessionChange};

/// Longest topic, in characters.
pub const TOPIC: usize = 60;
/// Longest notice.
pub const NOTICE: usize = 300;
/// Longest reason.
pub const REASON: usize = 200;
/// Longest address of an online meeting.
const LINK: usize = 300;
/// The shortest reception.
const SHORTEST: i64 = 15 * MINUTE_MS;
/// Times a rule is written again when somebody changes it at the same moment.
const TRIES: usize = 3;

fn wrong(field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: None,
    }
}

/// Title, topic, place, link, notice and hours of a reception.
fn check(state: &AppState, change: &SessionChange) -> Vec<FieldError> {
    let mut all = Vec::new();
    all.extend(short("title", &change.title, TITLE));
    all.extend(short("topic", &change.topic, TOPIC));
    let day = liaison_domain::calendar::date_of(change.starts_at);
    if change.starts_at <= state.now() {
        all.push(wrong("starts_at", "past"));
    }
    if change.ends_at <= change.starts_at {
        all.push(wrong("ends_at", "before_start"));
    } else if change.ends_at - change.starts_at < SHORTEST {
        all.push(wrong("ends_at", "too_short"));
    } else if change.ends_at > day.start() + DAY_MS {
        all.push(wrong("ends_at", "invalid"));
    }
    all.extend(short("place", &change.place, PLACE));
    if let Some(link) = &change.online_link {
        if link.chars().count() > LINK {
            all.extend(short("online_link", link, LINK));
        } else if !link.starts_with("https://") || link.chars().any(|c| c.is_whitespace() || c.is_control()) {
            all.push(wrong("online_link", "invalid"));
        }
    }
    all.extend(short("notice", &change.notice, NOTICE));
    all
}

fn or_wrong(all: Vec<FieldError>) -> ApiResult<()> {
    if all.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Validation(all))
    }
}

/// Keeps a reception made by hand; the same id twice is kept once.
///
/// # Errors
/// [`ApiError::Validation`] field by field.
pub async fn create(state: &AppState, account: &Account, id: &str, new: &NewReception) -> ApiResult<()> {
    let described = SessionChange {
        title: new.title.trim().to_owned(),
        topic: new.topic.trim().to_owned(),
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        place: new.place.trim().to_owned(),
        online_link: given(new.online_link.as_deref()),
        notice: new.notice.trim().to_owned(),
    };
    let mut all = Vec::new();
    let known = state.store.station(&new.station_id).await?.is_some();
    if !known || !is_in_scope(state, account, &new.station_id).await? {
        all.push(wrong("station_id", "unknown"));
    }
    all.extend(check(state, &described));
    let minutes = u32::try_from((new.ends_at - new.starts_at) / MINUTE_MS).unwrap_or(0);
    all.extend(check_talks(new.kind, new.slot_minutes, minutes, new.seats, &new.modes));
    all.extend(check_deputies(state, &new.deputies).await?);
    or_wrong(all)?;
    let session = NewSession {
        id: id.to_owned(),
        station_id: new.station_id.clone(),
        title: described.title,
        kind: new.kind,
        topic: described.topic,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        place: described.place,
        online_link: described.online_link,
        slot_minutes: new.slot_minutes,
        seats: new.seats,
        modes: new.modes.clone(),
        notice: described.notice,
        deputies: new.deputies.clone(),
    };
    Ok(state.store.add_session(&session, state.now()).await?)
}

fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Makes a reception known. Late is allowed: those who read it still know more than before.
///
/// # Errors
/// [`ApiError::Clash`] at another version, and once it began or was cancelled.
pub async fn announce(state: &AppState, account: &Account, id: &str, version: i64) -> ApiResult<ReceptionOutcome> {
    session(state, account, id).await?;
    let announced = state.store.announce_session(id, version, state.now()).await?;
    Ok(ReceptionOutcome {
        version: announced.version,
        ..ReceptionOutcome::default()
    })
}

/// Changes a reception. Another day is written into its rule as an exception, so that the schedule tells the same.
///
/// # Errors
/// [`ApiError::Validation`] field by field; as [`announce`].
pub async fn change(
    state: &AppState,
    account: &Account,
    id: &str,
    version: i64,
    wanted: &ReceptionChange,
) -> ApiResult<ReceptionOutcome> {
    let before = session(state, account, id).await?;
    let text = |new: &Option<String>, old: &str| new.as_deref().unwrap_or(old).trim().to_owned();
    let change = SessionChange {
        title: text(&wanted.title, &before.title),
        topic: text(&wanted.topic, &before.topic),
        starts_at: wanted.starts_at.unwrap_or(before.starts_at),
        ends_at: wanted.ends_at.unwrap_or(before.ends_at),
        place: text(&wanted.place, &before.place),
        online_link: match &wanted.online_link {
            Some(link) => given(Some(link)),
            None => before.online_link.clone(),
        },
        notice: text(&wanted.notice, &before.notice),
    };
    let mut all = check(state, &change);
    let shift = change.starts_at - before.starts_at;
    let length = i64::from(before.slot_minutes) * MINUTE_MS;
    let bookings = state.store.appointments_at(id).await?;
    let is_cut = bookings
        .iter()
        .filter(|booking| booking.state.is_open())
        .filter_map(|booking| booking.starts_at)
        .any(|at| at + shift + length > change.ends_at);
    if all.is_empty() && is_cut {
        all.push(wrong("ends_at", "booked_after"));
    }
    or_wrong(all)?;
    let terms = state.config.reception.terms();
    let concerned = state
        .store
        .change_session(id, version, &change, terms, state.now())
        .await?;
    follow(state, &before, liaison_domain::calendar::date_of(change.starts_at)).await?;
    Ok(ReceptionOutcome {
        to_confirm: concerned.len() as u32,
        ..outcome(state, id).await?
    })
}

/// The version of a reception now.
async fn outcome(state: &AppState, id: &str) -> ApiResult<ReceptionOutcome> {
    let found = state.store.session(id).await?.ok_or(ApiError::NotFound)?;
    Ok(ReceptionOutcome {
        version: found.version,
        ..ReceptionOutcome::default()
    })
}

/// The rule of a reception learns that its day is held on another. Tells whether the rule names that day at all.
async fn follow(state: &AppState, before: &Session, day: Date) -> ApiResult<bool> {
    let (Some(rule_id), Some(named)) = (&before.rule_id, before.rule_date.as_deref().and_then(Date::parse)) else {
        return Ok(false);
    };
    for _ in 0..TRIES {
        let Some(mut kept) = state.store.reception_rule(rule_id).await? else {
            return Ok(false);
        };
        let rule = &mut kept.rule.rule;
        if !kept.active || !rule.falls_on(named) {
            return Ok(false);
        }
        let calendar = state.rules().calendar.clone();
        let now_held = rule.days(named, named, &calendar).first().and_then(|known| known.date);
        if now_held == Some(day) {
            return Ok(true);
        }
        rule.exceptions.retain(|exception| exception.date != named);
        rule.exceptions.push(Exception {
            date: named,
            to: Some(day),
            reason: MOVED_BY_HAND.to_owned(),
        });
        match state.store.put_rule(&kept.rule, Some(kept.version), state.now()).await {
            Ok(_) => return Ok(true),
            // Somebody saved the rule at this very moment.
            Err(ReceptionError::Changed) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ReceptionError::Changed.into())
}

/// Why a day of a rule is another, when nobody wrote a reason down.
const MOVED_BY_HAND: &str = "单独改期";

/// A reception stays as it is though its rule says otherwise now.
///
/// # Errors
/// As [`announce`].
pub async fn keep(state: &AppState, account: &Account, id: &str, version: i64) -> ApiResult<ReceptionOutcome> {
    let before = session(state, account, id).await?;
    if !before.state.is_open() || before.rule_id.is_none() {
        return Err(ReceptionError::NotAllowed.into());
    }
    if before.version != version {
        return Err(ReceptionError::Changed.into());
    }
    let day = liaison_domain::calendar::date_of(before.starts_at);
    let is_named = follow(state, &before, day).await?;
    state.store.keep_session(id, version, !is_named, state.now()).await?;
    outcome(state, id).await
}

/// Cancels a reception; whoever booked is offered something else.
///
/// # Errors
/// A reason is needed; as [`announce`].
pub async fn cancel(
    state: &AppState,
    account: &Account,
    id: &str,
    version: i64,
    wanted: &CancelReception,
) -> ApiResult<ReceptionOutcome> {
    session(state, account, id).await?;
    or_wrong(check_text("reason", &wanted.reason, REASON).into_iter().collect())?;
    let reason = wanted.reason.trim();
    let dropped = state.store.cancel_session(id, version, reason, state.now()).await?;
    Ok(ReceptionOutcome {
        dropped: dropped.len() as u32,
        ..outcome(state, id).await?
    })
}

/// Ends a reception that took place.
///
/// # Errors
/// Before its beginning; as [`announce`].
pub async fn close(state: &AppState, account: &Account, id: &str, version: i64) -> ApiResult<ReceptionOutcome> {
    session(state, account, id).await?;
    let closed = state.store.close_session(id, version, state.now()).await?;
    Ok(ReceptionOutcome {
        version: closed.version,
        ..ReceptionOutcome::default()
    })
}

/// Names one more deputy.
///
/// # Errors
/// Somebody unknown or there already; once it began or was cancelled.
pub async fn name_deputy(state: &AppState, account: &Account, id: &str, deputy: &str) -> ApiResult<ReceptionOutcome> {
    let before = session(state, account, id).await?;
    or_wrong(check_named(state, &before, "deputy_id", deputy).await?)?;
    let terms = state.config.reception.terms();
    let offered = state.store.add_deputy(id, deputy, terms, state.now()).await?;
    Ok(ReceptionOutcome {
        offered: offered.len() as u32,
        ..outcome(state, id).await?
    })
}

/// Whether somebody can be named for a reception.
async fn check_named(state: &AppState, session: &Session, field: &str, deputy: &str) -> ApiResult<Vec<FieldError>> {
    if deputy.is_empty() {
        return Ok(vec![wrong(field, "required")]);
    }
    let directory = state.directory().await?;
    let is_active = directory
        .deputy(deputy)
        .is_some_and(|found| found.card.status == "active");
    Ok(if !is_active {
        vec![wrong(field, "unknown")]
    } else if session.receiving().any(|place| place.deputy_id == deputy) {
        vec![wrong(field, "twice")]
    } else {
        Vec::new()
    })
}

/// Decides about a deputy's place, asked or not.
///
/// # Errors
/// Nobody such receives there; a substitute who is unknown or there already; once it began or was cancelled.
pub async fn decide(
    state: &AppState,
    account: &Account,
    id: &str,
    deputy: &str,
    wanted: &LeaveDecision,
) -> ApiResult<ReceptionOutcome> {
    let before = session(state, account, id).await?;
    if !before.deputies.iter().any(|place| place.deputy_id == deputy) {
        return Err(ApiError::NotFound);
    }
    let leave = match wanted.decision.as_str() {
        "substitute" => {
            let substitute = wanted.substitute.clone().unwrap_or_default();
            or_wrong(check_named(state, &before, "substitute", &substitute).await?)?;
            Leave::Substitute(substitute)
        }
        "excused" => Leave::Excused,
        "refused" => Leave::Refused,
        "" => return Err(ApiError::field("decision", "required")),
        _ => return Err(ApiError::field("decision", "unknown")),
    };
    let terms = state.config.reception.terms();
    let moved = state.store.decide_leave(id, deputy, &leave, terms, state.now()).await?;
    Ok(ReceptionOutcome {
        to_confirm: moved.substituted.len() as u32,
        dropped: moved.dropped.len() as u32,
        offered: moved.offered.len() as u32,
        ..outcome(state, id).await?
    })
}

/// A deputy asks to be excused.
///
/// # Errors
/// A reason is needed; for a reception that is not theirs, began or was cancelled.
pub async fn ask_leave(state: &AppState, deputy: &Id, id: &str, wanted: &LeaveRequest) -> ApiResult<()> {
    let before = state.store.session(id).await?.ok_or(ApiError::NotFound)?;
    if !before.deputies.iter().any(|place| place.deputy_id == *deputy) {
        return Err(ApiError::NotFound);
    }
    let mut all: Vec<FieldError> = check_text("reason", &wanted.reason, REASON).into_iter().collect();
    let proposed = given(wanted.proposed.as_deref());
    if let Some(proposed) = &proposed {
        all.extend(check_named(state, &before, "proposed", proposed).await?);
    }
    or_wrong(all)?;
    let reason = wanted.reason.trim();
    Ok(state
        .store
        .ask_leave(id, deputy, reason, proposed.as_deref(), state.now())
        .await?)
}
