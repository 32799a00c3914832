//! Restrictions as the person reads them, as the desk does, and the half-yearly report.

use crate::access;
use crate::actions::restrictions::{held, notice};
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{
    DeskRestriction, NamedRef, OwnRestriction, RESTRICTION_LANES, RestrictionAppeal, RestrictionBoard,
    RestrictionCount, RestrictionHalf, RestrictionLane, RestrictionLogRow,
};
use liaison_domain::lifecycle::Role;
use liaison_domain::restriction::{Ground, MeasureState, Person, Step, Use};
use liaison_domain::{Id, Millis};
use liaison_store::people::Account;
use liaison_store::restrictions::{Appeal, KeptMeasure, Lane, Terms};
use liaison_web::i18n::zh::restrictions as words;
use std::collections::BTreeMap;

/// Half-years that the report goes back.
const YEARS: i32 = 3;

/// One sentence for whoever is held back now; none for everybody else.
pub async fn standing(state: &AppState, account: &Account) -> ApiResult<Option<String>> {
    if account.role != Role::Resident {
        return Ok(None);
    }
    match held(state, account, Use::Letter).await? {
        None => Ok(None),
        Some(held) => Ok(Some(words::standing(&notice(state, &held).await?, state.now()))),
    }
}

fn appeal(appeal: &Appeal) -> RestrictionAppeal {
    let decided = appeal.decided.as_ref();
    RestrictionAppeal {
        text: appeal.text.clone(),
        at: appeal.at,
        due: appeal.due,
        decided_at: decided.map(|decided| decided.at),
        won: decided.map(|decided| decided.won),
        words: decided.map(|decided| decided.words.clone()),
    }
}

/// `GET /me/restriction`: what was decided about somebody, the latest first. What is only proposed is not theirs yet.
pub async fn own(state: &AppState, account: &Account) -> ApiResult<Vec<OwnRestriction>> {
    let now = state.now();
    let rules = state.rules();
    let last = state.store.last_letter_at(&account.id).await?;
    let measures = state.store.restrictions_of(&account.id).await?;
    let own = measures.into_iter().filter_map(|measure| {
        let (starts_at, ends_at, appeal_until) = (measure.starts_at?, measure.ends_at?, measure.appeal_until?);
        let holds = measure.state == MeasureState::InForce && now < ends_at;
        let refused = |one: &Use| one.is_refused(measure.step);
        let force = liaison_domain::restriction::Force {
            id: measure.id.clone(),
            step: measure.step,
            ends_at,
        };
        let next = (measure.step == Step::RateLimit && holds)
            .then(|| liaison_domain::restriction::hold(&[force], Use::Letter, last, &rules.limits, now))
            .flatten();
        Some(OwnRestriction {
            holds,
            next_letter_at: next.map(|held| held.until),
            refused: Use::ALL.iter().copied().filter(refused).collect(),
            possible: Use::ALL.iter().copied().filter(|one| !refused(one)).collect(),
            may_appeal: measure.measure().object(&rules.limits, &rules.calendar, now).is_ok(),
            appeal: measure.appeal.as_ref().map(appeal),
            id: measure.id,
            ground: measure.ground,
            step: measure.step,
            days: measure.days,
            state: measure.state,
            reason: measure.reason,
            starts_at,
            ends_at,
            ended_at: measure.ended_at,
            ended_reason: measure.ended_reason,
            appeal_until,
        })
    });
    Ok(own.collect())
}

/// Names of staff, each asked once.
#[derive(Default)]
struct Staff(BTreeMap<Id, Option<String>>);

impl Staff {
    /// None for residents: they have no name at the desk.
    async fn name(&mut self, state: &AppState, id: Option<&Id>) -> ApiResult<Option<String>> {
        let Some(id) = id else { return Ok(None) };
        if let Some(known) = self.0.get(id) {
            return Ok(known.clone());
        }
        let found = state.store.account(id).await?;
        let name = found
            .filter(|account| account.role != Role::Resident)
            .map(|account| account.name);
        self.0.insert(id.clone(), name.clone());
        Ok(name)
    }
}

async fn row(
    state: &AppState,
    viewer: &Account,
    measure: KeptMeasure,
    staff: &mut Staff,
) -> ApiResult<DeskRestriction> {
    let directory = state.directory().await?;
    let person = state.store.account(&measure.account_id).await?;
    let before = state.store.restrictions_of(&measure.account_id).await?;
    let before = before.iter().filter(|other| {
        other.id != measure.id
            && other.state.stands()
            && other
                .decided_at
                .is_some_and(|at| at < measure.decided_at.unwrap_or(Millis::MAX))
    });
    let rules = state.rules();
    let terms = Terms {
        limits: &rules.limits,
        calendar: &rules.calendar,
        now: state.now(),
    };
    let (step, days) = if measure.state == MeasureState::Proposed {
        let next = state.store.next_restriction(&measure.account_id, terms).await?;
        (next.step, next.days)
    } else {
        (measure.step, measure.days)
    };
    let decided = measure.appeal.as_ref().and_then(|appeal| appeal.decided.as_ref());
    Ok(DeskRestriction {
        version: measure.version,
        person: person.and_then(|account| account.phone_masked).unwrap_or_default(),
        station: NamedRef {
            name: directory
                .station(&measure.station_id)
                .map(|station| station.card.name.clone())
                .unwrap_or_default(),
            id: measure.station_id.clone(),
        },
        ground: measure.ground,
        step,
        days,
        state: measure.state,
        reason: measure.reason.clone(),
        letters: state.store.restriction_letters(&measure.id).await?,
        before: before.count() as u32,
        proposed_by: staff.name(state, Some(&measure.proposed_by)).await?.unwrap_or_default(),
        proposed_at: measure.proposed_at,
        decided_by: staff.name(state, measure.decided_by.as_ref()).await?,
        decided_at: measure.decided_at,
        decision: measure.decision.clone(),
        starts_at: measure.starts_at,
        ends_at: measure.ends_at,
        ended_at: measure.ended_at,
        ended_reason: measure.ended_reason.clone(),
        appeal_until: measure.appeal_until,
        appeal: measure.appeal.as_ref().map(appeal),
        appeal_by: staff.name(state, decided.map(|decided| &decided.by)).await?,
        allowed: allowed(viewer, &measure),
        log: Vec::new(),
        id: measure.id,
    })
}

fn allowed(viewer: &Account, measure: &KeptMeasure) -> Vec<String> {
    let by = Person {
        id: viewer.id.clone(),
        role: viewer.role,
    };
    let as_decided = measure.measure();
    [
        ("decide", as_decided.refuse(&by)),
        ("hear", as_decided.hear(&by)),
        ("lift", as_decided.lift(&by)),
    ]
    .into_iter()
    .filter(|(_, may)| may.is_ok())
    .map(|(what, _)| what.to_owned())
    .collect()
}

/// The lane of a code; the first for anything else.
pub fn lane(code: &str) -> Lane {
    let at = RESTRICTION_LANES.iter().position(|known| *known == code);
    Lane::ALL[at.unwrap_or(0)]
}

/// `GET /restrictions`.
pub async fn board(state: &AppState, account: &Account, code: &str) -> ApiResult<RestrictionBoard> {
    let own = access::stations_of(state, account).await?;
    let counts = state.store.restriction_counts(own.as_deref()).await?;
    let mut items = Vec::new();
    let mut staff = Staff::default();
    for measure in state.store.restrictions(lane(code), own.as_deref()).await? {
        items.push(row(state, account, measure, &mut staff).await?);
    }
    let lanes = RESTRICTION_LANES
        .iter()
        .zip(Lane::ALL)
        .map(|(code, lane)| RestrictionLane {
            lane: (*code).to_owned(),
            count: counts.of(lane),
        });
    Ok(RestrictionBoard {
        lanes: lanes.collect(),
        items,
    })
}

/// One measure with what happened to it.
pub async fn one(state: &AppState, account: &Account, measure: KeptMeasure) -> ApiResult<DeskRestriction> {
    let mut staff = Staff::default();
    let log = state.store.restriction_log(&measure.id).await?;
    let mut view = row(state, account, measure, &mut staff).await?;
    for entry in log {
        view.log.push(RestrictionLogRow {
            at: entry.at,
            by: staff.name(state, entry.actor_id.as_ref()).await?,
            act: entry.act,
            words: entry.words,
        });
    }
    Ok(view)
}

fn half_of(at: Millis) -> (i32, u32) {
    let date = date_of(at);
    (date.year, if date.month <= 6 { 1 } else { 2 })
}

/// `GET /restrictions/report`: the latest half-year first.
pub async fn report(state: &AppState, account: &Account) -> ApiResult<Vec<RestrictionHalf>> {
    let own = access::stations_of(state, account).await?;
    let since = Date::new(state.today().year - YEARS, 1, 1).map_or(0, |day| day.at_minute(0));
    let mut halves: BTreeMap<(i32, u32), RestrictionHalf> = BTreeMap::new();
    let empty = |(year, half): (i32, u32)| RestrictionHalf {
        year,
        half,
        measures: 0,
        steps: counts(Step::ALL.iter().map(|one| one.code())),
        grounds: counts(Ground::ALL.iter().map(|one| one.code())),
        again: 0,
        appeals: 0,
        appeals_won: 0,
        urgent: 0,
        urgent_granted: 0,
    };
    for measure in state.store.restrictions_decided(since, own.as_deref()).await? {
        let Some(at) = measure.decided_at else { continue };
        let half = halves.entry(half_of(at)).or_insert_with(|| empty(half_of(at)));
        half.measures += 1;
        count(&mut half.steps, measure.step.code());
        count(&mut half.grounds, measure.ground.code());
        // The first measure of a year is a warning, and no other is.
        half.again += u32::from(measure.step != Step::Warning);
        if let Some(appeal) = &measure.appeal {
            half.appeals += 1;
            half.appeals_won += u32::from(appeal.decided.as_ref().is_some_and(|decided| decided.won));
        }
    }
    for urgent in state.store.urgent_of_restricted(since, own.as_deref()).await? {
        let half = halves
            .entry(half_of(urgent.at))
            .or_insert_with(|| empty(half_of(urgent.at)));
        half.urgent += 1;
        half.urgent_granted += u32::from(urgent.granted);
    }
    Ok(halves.into_values().rev().collect())
}

fn counts<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<RestrictionCount> {
    codes
        .map(|code| RestrictionCount {
            code: code.to_owned(),
            count: 0,
        })
        .collect()
}

fn count(counts: &mut [RestrictionCount], code: &str) {
    if let Some(found) = counts.iter_mut().find(|one| one.code == code) {
        found.count += 1;
    }
}
