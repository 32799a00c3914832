//! What a restriction refuses, and what is decided about one. Everything that begins something new for a resident asks
//! [`check`] first; there is no other place where a restriction is felt.

use crate::access;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{
    AppealDecision, FieldError, NewRestriction, NewRestrictionAppeal, RestrictionDecision, RestrictionLift,
    RestrictionNotice, check_text,
};
use liaison_domain::restriction::{Ground, Held, Person, Refused, Use, WORDS_MAX, hold};
use liaison_store::people::Account;
use liaison_store::restrictions::{KeptMeasure, NewMeasure, Terms};
use liaison_web::i18n::zh::restrictions as words;

/// The page with everything about one's own restriction, and the urgent channel.
pub const OWN: &str = "/mine/restriction";
pub const URGENT: &str = "/write/urgent";

/// What holds a person back from something now.
pub async fn held(state: &AppState, account: &Account, wanted: Use) -> ApiResult<Option<Held>> {
    let now = state.now();
    let forces = state.store.restriction_forces(&account.id, now).await?;
    if forces.is_empty() {
        return Ok(None);
    }
    let last = state.store.last_letter_at(&account.id).await?;
    Ok(hold(&forces, wanted, last, &state.rules().limits, now))
}

/// What somebody is told who is held back.
pub async fn notice(state: &AppState, held: &Held) -> ApiResult<RestrictionNotice> {
    let measure = state.store.restriction(&held.id).await?.ok_or(ApiError::NotFound)?;
    let rules = state.rules();
    let may_object = measure
        .measure()
        .object(&rules.limits, &rules.calendar, state.now())
        .is_ok();
    let possible = Use::ALL.iter().copied().filter(|one| !one.is_refused(held.step));
    Ok(RestrictionNotice {
        step: held.step,
        reason: measure.reason,
        until: held.until,
        possible: possible.collect(),
        appeal_until: measure.appeal_until.filter(|_| may_object),
        own_url: OWN.to_owned(),
        urgent_url: URGENT.to_owned(),
    })
}

/// Lets somebody begin something new, unless they are restricted.
///
/// # Errors
/// [`ApiError::Restricted`] tells all of it.
pub async fn check(state: &AppState, account: &Account, wanted: Use) -> ApiResult<()> {
    let Some(held) = held(state, account, wanted).await? else {
        return Ok(());
    };
    let notice = notice(state, &held).await?;
    Err(ApiError::Restricted {
        detail: words::refusal(wanted, &notice, state.now()),
        notice: Box::new(notice),
    })
}

fn person(account: &Account) -> Person {
    Person {
        id: account.id.clone(),
        role: account.role,
    }
}

/// A measure that the account's office may see.
pub async fn of_office(state: &AppState, account: &Account, id: &str) -> ApiResult<KeptMeasure> {
    let measure = state.store.restriction(id).await?.ok_or(ApiError::NotFound)?;
    match access::stations_of(state, account).await? {
        Some(own) if !own.contains(&measure.station_id) => Err(ApiError::NotFound),
        _ => Ok(measure),
    }
}

fn checked(wrong: Vec<FieldError>) -> ApiResult<()> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Validation(wrong))
    }
}

/// An officer proposes a measure against whoever wrote these letters.
pub async fn propose(state: &AppState, viewer: &Viewer, new: &NewRestriction) -> ApiResult<KeptMeasure> {
    let clerk = access::clerk(viewer)?;
    checked(new.check())?;
    let ground = Ground::from_code(&new.ground).ok_or_else(|| ApiError::field("ground", "required"))?;
    let (mut letters, mut people, mut station) = (Vec::new(), Vec::new(), None);
    for no in &new.letters {
        let letter = match access::desk_letter(state, viewer, no.trim()).await {
            Ok((letter, _)) => letter,
            Err(ApiError::NotFound) => return Err(ApiError::field("letters", "unknown")),
            Err(error) => return Err(error),
        };
        people.push(letter.account_id);
        station.get_or_insert(letter.case.station_id);
        letters.push(letter.id);
    }
    let (Some(Some(account_id)), Some(of_letter)) = (people.first().cloned(), station) else {
        return Err(liaison_store::restrictions::MeasureError::from(Refused::NotOnePerson).into());
    };
    if people.iter().any(|other| other.as_ref() != Some(&account_id)) {
        return Err(liaison_store::restrictions::MeasureError::from(Refused::NotOnePerson).into());
    }
    let measure = NewMeasure {
        account_id,
        // The head station acts for the station that the first letter came to.
        station_id: clerk.station_id.clone().unwrap_or(of_letter),
        ground,
        letters,
        reason: new.reason.trim().to_owned(),
    };
    let rules = state.rules();
    let terms = Terms {
        limits: &rules.limits,
        calendar: &rules.calendar,
        now: state.now(),
    };
    let kept = state.store.propose_restriction(&measure, &person(clerk), terms).await?;
    tracing::info!(restriction = kept.id, "a restriction was proposed");
    Ok(kept)
}

/// A leader decides about a proposal.
pub async fn decide(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    version: i64,
    decision: &RestrictionDecision,
) -> ApiResult<KeptMeasure> {
    let account = access::clerk(viewer)?;
    of_office(state, account, id).await?;
    if !decision.approve || !decision.words.trim().is_empty() {
        checked(check_text("words", &decision.words, WORDS_MAX).into_iter().collect())?;
    }
    let rules = state.rules();
    let terms = Terms {
        limits: &rules.limits,
        calendar: &rules.calendar,
        now: state.now(),
    };
    let (by, text) = (person(account), decision.words.trim());
    let kept = state
        .store
        .decide_restriction(id, version, &by, decision.approve, text, terms)
        .await?;
    tracing::info!(
        restriction = kept.id,
        state = kept.state.code(),
        "a restriction was decided"
    );
    Ok(kept)
}

/// The person objects.
pub async fn object(state: &AppState, account: &Account, appeal: &NewRestrictionAppeal) -> ApiResult<KeptMeasure> {
    checked(check_text("text", &appeal.text, WORDS_MAX).into_iter().collect())?;
    let rules = state.rules();
    let terms = Terms {
        limits: &rules.limits,
        calendar: &rules.calendar,
        now: state.now(),
    };
    let text = appeal.text.trim();
    Ok(state
        .store
        .object_to_restriction(&appeal.id, &account.id, text, terms)
        .await?)
}

/// Somebody who had no part in it decides about the appeal.
pub async fn hear(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    version: i64,
    decision: &AppealDecision,
) -> ApiResult<KeptMeasure> {
    let account = access::clerk(viewer)?;
    of_office(state, account, id).await?;
    checked(check_text("words", &decision.words, WORDS_MAX).into_iter().collect())?;
    let (by, text) = (person(account), decision.words.trim());
    Ok(state
        .store
        .hear_appeal(id, version, &by, decision.won, text, state.now())
        .await?)
}

/// A leader ends it before its time.
pub async fn lift(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    version: i64,
    lift: &RestrictionLift,
) -> ApiResult<KeptMeasure> {
    let account = access::clerk(viewer)?;
    of_office(state, account, id).await?;
    checked(check_text("reason", &lift.reason, WORDS_MAX).into_iter().collect())?;
    let (by, text) = (person(account), lift.reason.trim());
    Ok(state
        .store
        .lift_restriction(id, version, &by, text, state.now())
        .await?)
}
