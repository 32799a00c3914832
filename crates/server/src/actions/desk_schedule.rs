//! Rules of reception: checked, kept, planned at once.

use super::plan;
use crate::load::desk_schedule::{is_in_scope, kept, shown};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::{FieldError, RuleInput, ScheduleRule};
use liaison_domain::reception::SessionKind;
use liaison_domain::schedule::{Mode, Rule};
use liaison_store::people::Account;
use liaison_store::receptions::{NewRule, Planned, ReceptionError};
use std::collections::BTreeSet;

/// Longest title, in characters.
pub const TITLE: usize = 30;
/// Longest place.
pub const PLACE: usize = 60;
/// Longest reason of an exception.
pub const REASON: usize = 40;
/// Minutes a talk.
pub const TALK: std::ops::RangeInclusive<u32> = 5..=120;
/// Talks at the same time.
pub const SEATS: u32 = 20;
/// Deputies who take turns.
pub const TURNS: usize = 30;
/// Days that are otherwise than the rule says.
pub const EXCEPTIONS: usize = 60;

fn wrong(field: impl Into<String>, code: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        field: field.into(),
        code: code.to_owned(),
        limit,
    }
}

/// A text that may be empty but not too long.
pub(super) fn short(field: &str, text: &str, max: usize) -> Option<FieldError> {
    (text.trim().chars().count() > max).then(|| wrong(field, "too_long", Some(max as u64)))
}

/// How many talk where, and how: the same for rules and for receptions made by hand.
pub(super) fn check_talks(
    kind: SessionKind,
    slot_minutes: u32,
    minutes: u32,
    seats: u32,
    modes: &[liaison_domain::reception::Mode],
) -> Vec<FieldError> {
    let mut all = Vec::new();
    if !kind.is_bookable() {
        return all;
    }
    if !TALK.contains(&slot_minutes) {
        all.push(wrong("slot_minutes", "invalid", None));
    } else if slot_minutes > minutes {
        all.push(wrong("slot_minutes", "longer_than_all", None));
    }
    if seats == 0 || seats > SEATS {
        all.push(wrong("seats", "invalid", Some(SEATS.into())));
    }
    if modes.is_empty() {
        all.push(wrong("modes", "required", None));
    }
    all
}

/// Deputies that are there and named once.
pub(super) async fn check_deputies(state: &AppState, ids: &[Id]) -> ApiResult<Option<FieldError>> {
    let directory = state.directory().await?;
    let is_known = |id: &Id| directory.deputy(id).is_some_and(|deputy| deputy.card.status != "left");
    Ok(if ids.len() > TURNS {
        Some(wrong("deputies", "too_many", Some(TURNS as u64)))
    } else if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        Some(wrong("deputies", "twice", None))
    } else if !ids.iter().all(is_known) {
        Some(wrong("deputies", "unknown", None))
    } else {
        None
    })
}

/// What is wrong with a rule, in the order of the form.
pub async fn check(state: &AppState, account: &Account, input: &RuleInput) -> ApiResult<Vec<FieldError>> {
    let mut all = Vec::new();
    let known = state.store.station(&input.station_id).await?.is_some();
    if !known || !is_in_scope(state, account, &input.station_id).await? {
        all.push(wrong("station_id", "unknown", None));
    }
    all.extend(short("title", &input.title, TITLE));
    all.extend(input.rule.check());
    all.extend(short("place", &input.place, PLACE));
    let minutes = input.rule.end.0.saturating_sub(input.rule.start.0);
    all.extend(check_talks(
        input.kind,
        input.slot_minutes,
        minutes,
        input.seats,
        &input.modes,
    ));
    all.extend(check_deputies(state, &input.deputies).await?);
    if !input.deputies.is_empty() && !(1..=input.deputies.len()).contains(&(input.each as usize)) {
        all.push(wrong("each", "invalid", Some(input.deputies.len() as u64)));
    }
    all.extend(check_exceptions(&input.rule));
    Ok(all)
}

fn check_exceptions(rule: &Rule) -> Vec<FieldError> {
    if rule.exceptions.len() > EXCEPTIONS {
        return vec![wrong("exceptions", "too_many", Some(EXCEPTIONS as u64))];
    }
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (at, exception) in rule.exceptions.iter().enumerate() {
        let field = format!("exceptions.{at}");
        if !seen.insert(exception.date) {
            all.push(wrong(field, "twice", None));
        } else if rule.mode != Mode::Once && !rule.falls_on(exception.date) {
            all.push(wrong(field, "not_named", None));
        } else if exception.reason.trim().is_empty() {
            all.push(wrong(field, "reason", None));
        } else if exception.reason.chars().count() > REASON {
            all.push(wrong(field, "too_long", Some(REASON as u64)));
        }
    }
    all
}

/// The rule as it is kept, its texts trimmed.
pub fn to_keep(id: Id, input: &RuleInput) -> NewRule {
    let mut rule = input.rule.clone();
    for exception in &mut rule.exceptions {
        exception.reason = exception.reason.trim().to_owned();
    }
    NewRule {
        id,
        station_id: input.station_id.clone(),
        title: input.title.trim().to_owned(),
        kind: input.kind,
        place: input.place.trim().to_owned(),
        rule,
        deputies: input.deputies.clone(),
        each: input.each,
        slot_minutes: input.slot_minutes,
        seats: input.seats,
        modes: input.modes.clone(),
    }
}

/// A rule to save.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A new one; the same id twice is kept once.
    New(&'a str),
    /// One that was read at this version.
    Known(&'a str, i64),
}

/// Keeps a rule, a new one or at the version that was read, and plans its receptions.
///
/// # Errors
/// [`ApiError::Validation`] field by field; [`ApiError::Clash`] when somebody changed or ended it meanwhile.
pub async fn save(
    state: &AppState,
    account: &Account,
    target: Target<'_>,
    input: &RuleInput,
) -> ApiResult<(ScheduleRule, Planned)> {
    let (id, version) = match target {
        Target::Known(id, version) => {
            if !kept(state, account, id).await?.active {
                return Err(ReceptionError::NotAllowed.into());
            }
            (id.to_owned(), Some(version))
        }
        Target::New(id) => (id.to_owned(), None),
    };
    let all = check(state, account, input).await?;
    if !all.is_empty() {
        return Err(ApiError::Validation(all));
    }
    let rule = to_keep(id.clone(), input);
    state.store.put_rule(&rule, version, state.now()).await?;
    let now_kept = state.store.reception_rule(&id).await?.ok_or(ApiError::NotFound)?;
    let from = plan::first_day(state, &now_kept.rule.rule);
    let planned = plan::plan_from(state, &now_kept, from).await?;
    let directory = state.directory().await?;
    Ok((shown(state, &directory, now_kept), planned))
}

/// Ends a rule. What it planned and nobody touched goes; tells how many.
///
/// # Errors
/// [`ApiError::Clash`] when somebody changed or ended it meanwhile.
pub async fn end(state: &AppState, account: &Account, id: &str, version: i64) -> ApiResult<u64> {
    kept(state, account, id).await?;
    Ok(state.store.end_rule(id, version, state.now()).await?)
}
