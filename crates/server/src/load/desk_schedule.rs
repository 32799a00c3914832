//! A station's rules of reception, and what one would do before it is saved.

use super::admin;
use crate::access;
use crate::actions::plan;
use crate::directory::Directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{FittingDeputy, NamedRef, PreviewDay, RuleInput, RulePreview, ScheduleRule};
use liaison_domain::reception::SessionState;
use liaison_domain::schedule::{Day, Fate, suggest};
use liaison_store::people::Account;
use liaison_store::receptions::{Alone, Change, KeptRule, Known, NewRule, anchor_of, times};
use std::collections::BTreeMap;

/// Days shown beside a rule.
const NEXT: usize = 3;
/// Days ahead in which they are looked for.
const AHEAD: i32 = 400;

/// Whether an office account has to do with a station.
pub async fn is_in_scope(state: &AppState, account: &Account, station_id: &str) -> ApiResult<bool> {
    let stations = access::stations_of(state, account).await?;
    Ok(stations.is_none_or(|own| own.iter().any(|id| id == station_id)))
}

/// The rule with this id, if it is one of the account's stations.
pub async fn kept(state: &AppState, account: &Account, id: &str) -> ApiResult<KeptRule> {
    let found = state.store.reception_rule(id).await?.ok_or(ApiError::NotFound)?;
    if is_in_scope(state, account, &found.rule.station_id).await? {
        Ok(found)
    } else {
        Err(ApiError::NotFound)
    }
}

/// `GET /schedule-rules`: the rules in force of the account's stations.
pub async fn rules(state: &AppState, account: &Account) -> ApiResult<Vec<ScheduleRule>> {
    let stations = access::stations_of(state, account).await?;
    let found = state.store.reception_rules(stations.as_deref()).await?;
    let directory = state.directory().await?;
    Ok(found.into_iter().map(|rule| shown(state, &directory, rule)).collect())
}

/// A rule as it travels.
pub fn shown(state: &AppState, directory: &Directory, kept: KeptRule) -> ScheduleRule {
    let today = state.today();
    let id = kept.rule.id.clone();
    let settings = settings(kept.rule);
    let next = if kept.active {
        let calendar = &state.rules().calendar;
        let held = settings.rule.held(today, today.plus_days(AHEAD), calendar);
        held.into_iter().take(NEXT).map(Date::iso).collect()
    } else {
        Vec::new()
    };
    ScheduleRule {
        id,
        version: kept.version,
        active: kept.active,
        station: station_ref(directory, &settings.station_id),
        words: settings.rule.words(),
        next,
        deputies: deputy_refs(directory, &settings.deputies),
        settings,
    }
}

fn settings(rule: NewRule) -> RuleInput {
    RuleInput {
        station_id: rule.station_id,
        kind: rule.kind,
        title: rule.title,
        place: rule.place,
        rule: rule.rule,
        deputies: rule.deputies,
        each: rule.each,
        slot_minutes: rule.slot_minutes,
        seats: rule.seats,
        modes: rule.modes,
    }
}

/// A station with its name.
pub fn station_ref(directory: &Directory, id: &str) -> NamedRef {
    let found = directory.station(id);
    NamedRef {
        id: id.to_owned(),
        name: found.map(|station| station.card.name.clone()).unwrap_or_default(),
    }
}

/// A deputy with their name.
pub fn deputy_ref(directory: &Directory, id: &str) -> NamedRef {
    let found = directory.deputy(id);
    NamedRef {
        id: id.to_owned(),
        name: found.map(|deputy| deputy.card.name.clone()).unwrap_or_default(),
    }
}

fn deputy_refs(directory: &Directory, ids: &[Id]) -> Vec<NamedRef> {
    ids.iter().map(|id| deputy_ref(directory, id)).collect()
}

/// Whose knowledge fits a day: of the station's own deputies first, then of all others.
pub fn fitting(directory: &Directory, station_id: &str, day: Date, receiving: &[Id]) -> Vec<FittingDeputy> {
    let slug = directory.station(station_id).map(|station| station.card.slug.as_str());
    let known: Vec<&[String]> = receiving
        .iter()
        .filter_map(|id| directory.deputy(id))
        .map(|deputy| deputy.card.expertise.as_slice())
        .collect();
    let mut could: Vec<_> = directory
        .deputies
        .iter()
        .map(|deputy| &deputy.card)
        .filter(|card| card.status == "active" && !receiving.contains(&card.id))
        .collect();
    could.sort_by_key(|card| slug != Some(card.station_slug.as_str()));
    let expertise: Vec<&[String]> = could.iter().map(|card| card.expertise.as_slice()).collect();
    suggest(day, &known, &expertise)
        .into_iter()
        .filter_map(|found| {
            let card = could.get(found.who)?;
            Some(FittingDeputy {
                deputy: NamedRef {
                    id: card.id.clone(),
                    name: card.name.clone(),
                },
                season: found.season.code().to_owned(),
                area: found.area,
            })
        })
        .collect()
}

/// What saving this rule would do to the days of the span that planning covers. Nothing is kept.
///
/// # Errors
/// What the database refused; the rule must have passed its check.
pub async fn preview(state: &AppState, before: Option<KeptRule>, rule: NewRule) -> ApiResult<RulePreview> {
    let now = state.now();
    let (from, until) = (plan::first_day(state, &rule.rule), plan::horizon(state));
    let known = match &before {
        Some(before) => state.store.known_of_rule(&before.rule.id, from, now).await?,
        None => Vec::new(),
    };
    let is_new = before.is_none();
    let rule = match before {
        Some(before) => KeptRule { rule, ..before },
        None => KeptRule {
            anchor: anchor_of(&rule.rule, now),
            rule,
            active: true,
            version: 1,
            created_at: now,
            planned_until: None,
        },
    };
    let directory = state.directory().await?;
    let (_, special) = admin::special_days(state).await?;
    let holidays: BTreeMap<&str, &str> = special
        .iter()
        .filter(|day| !day.is_workday)
        .map(|day| (day.date.as_str(), day.name.as_str()))
        .collect();
    let turns = plan::turns_of(state, &rule, from).await?;
    let rule = &rule.rule;
    let unknown = turns.iter().filter(|turn| {
        let rule_date = turn.day.rule_date.iso();
        turn.day.date.is_some() && !known.iter().any(|known| known.rule_date == rule_date)
    });
    let alone = if is_new {
        Vec::new()
    } else {
        let unknown: Vec<Date> = unknown.map(|turn| turn.day.rule_date).collect();
        state.store.alone_on(rule, &unknown).await?
    };
    let mut preview = RulePreview {
        words: rule.rule.words(),
        ..RulePreview::default()
    };
    for plan::Turn { day, deputies } in &turns {
        let rule_date = day.rule_date.iso();
        let before = known.iter().find(|known| known.rule_date == rule_date);
        if let Some(alone) = alone.iter().find(|alone| alone.rule_date == day.rule_date) {
            preview.push(by_hand(state, &directory, rule_date, alone).await?);
            continue;
        }
        let change = match before {
            Some(before) => before.change(day.date.map(|date| {
                let (from, to) = times(&rule.rule, date);
                (date, from, to)
            })),
            None if day.date.is_some() => Change::Added,
            None => Change::Nothing,
        };
        if let Some(kept) = before.filter(|known| change == Change::Kept && (known.edited || !known.open)) {
            let alone = Alone {
                id: kept.id.clone(),
                rule_date: day.rule_date,
                date: kept.date.clone(),
            };
            preview.push(PreviewDay {
                fate: fate_code(day).to_owned(),
                why: why(day, &holidays),
                booked: kept.booked as u32,
                ..by_hand(state, &directory, rule_date, &alone).await?
            });
            continue;
        }
        let fitting = match day.date {
            Some(date) => fitting(&directory, &rule.station_id, date, deputies),
            None => Vec::new(),
        };
        preview.push(PreviewDay {
            date: day.date.map(Date::iso),
            fate: fate_code(day).to_owned(),
            why: why(day, &holidays),
            deputies: deputy_refs(&directory, deputies),
            fitting,
            ..row(rule_date, change, before)
        });
    }
    for gone in &known {
        let is_named = turns.iter().any(|turn| turn.day.rule_date.iso() == gone.rule_date);
        if !is_named && gone.rule_date <= until.iso() {
            preview.push(row(gone.rule_date.clone(), gone.change(None), Some(gone)));
        }
    }
    preview.days.sort_by(|a, b| a.rule_date.cmp(&b.rule_date));
    Ok(preview)
}

/// Why a day is not as its rule says: what somebody wrote down, or the holiday's name.
fn why(day: &Day, holidays: &BTreeMap<&str, &str>) -> String {
    if let Fate::Exception(reason) = &day.fate {
        return reason.clone();
    }
    let name = holidays.get(&*day.rule_date.iso());
    name.map(|name| (*name).to_owned()).unwrap_or_default()
}

/// A day on which the office decided by hand: cancelled, or held as somebody arranged it. Saving changes nothing about it.
async fn by_hand(state: &AppState, directory: &Directory, rule_date: String, alone: &Alone) -> ApiResult<PreviewDay> {
    let session = state.store.session(&alone.id).await?.ok_or(ApiError::NotFound)?;
    let is_off = session.state == SessionState::Cancelled;
    let receiving: Vec<Id> = session.receiving().map(|place| place.deputy_id.clone()).collect();
    Ok(PreviewDay {
        date: (!is_off).then(|| alone.date.clone()),
        fate: "kept".to_owned(),
        why: String::new(),
        deputies: if is_off {
            Vec::new()
        } else {
            deputy_refs(directory, &receiving)
        },
        change: if is_off { "cancelled" } else { "by_hand" }.to_owned(),
        before: Some(alone.date.clone()),
        booked: 0,
        session_id: Some(alone.id.clone()),
        fitting: Vec::new(),
        rule_date,
    })
}

fn row(rule_date: String, change: Change, before: Option<&Known>) -> PreviewDay {
    PreviewDay {
        rule_date,
        date: None,
        fate: "gone".to_owned(),
        why: String::new(),
        deputies: Vec::new(),
        change: match change {
            Change::Nothing => "none",
            Change::Kept if before.is_some_and(|known| !known.open) => "cancelled",
            Change::Kept => "same",
            Change::Added => "added",
            Change::Moved => "moved",
            Change::Removed => "removed",
            Change::Left => "left",
        }
        .to_owned(),
        before: before.map(|known| known.date.clone()),
        booked: before.map_or(0, |known| known.booked as u32),
        session_id: before.map(|known| known.id.clone()),
        fitting: Vec::new(),
    }
}

const fn fate_code(day: &Day) -> &'static str {
    match day.fate {
        Fate::Kept => "kept",
        Fate::Moved => "moved",
        Fate::Holiday => "holiday",
        Fate::Exception(_) => "exception",
        Fate::Joined => "joined",
    }
}
