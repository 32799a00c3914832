//! How the station is set up: calendar, limits, jobs.

use crate::jobs::JOBS;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{CalendarDay, CalendarYear, ClientErrorRow, JobRow, LimitOfCategory, LimitSetting};
use liaison_domain::limits::Limits;
use liaison_store::calendar::{HOLIDAY, MAKE_UP_DAY, named_days};
use liaison_store::directory::SpecialDay;
use std::collections::{BTreeSet, HashMap};

/// Lists that the library keeps; they are no limits to set.
const OF_LIBRARY: [&str; 2] = ["decline_reasons", "keep_closed_reasons"];

/// Rows of client errors shown at once.
const MOST_ERRORS: u64 = 500;

/// The days that differ from their weekday, and whether they are the station's own.
pub async fn special_days(state: &AppState) -> ApiResult<(bool, Vec<SpecialDay>)> {
    let own = state.store.special_days().await?;
    if !own.is_empty() {
        return Ok((true, own));
    }
    state.read_rules_if_changed().await?;
    Ok((false, named_days(&state.rules().calendar)))
}

/// A day as it travels.
pub fn shown(day: SpecialDay) -> CalendarDay {
    CalendarDay {
        date: day.date,
        is_workday: day.is_workday,
        name: day.name,
    }
}

/// What a day is called that came without a name.
pub const fn plain_name(is_workday: bool) -> &'static str {
    if is_workday { MAKE_UP_DAY } else { HOLIDAY }
}

/// `GET /admin/calendar`.
pub async fn calendar_year(state: &AppState, year: i32) -> ApiResult<CalendarYear> {
    let (own, days) = special_days(state).await?;
    let year_of = |day: &SpecialDay| Date::parse(&day.date).map_or(0, |date| date.year);
    let years: BTreeSet<i32> = days.iter().map(year_of).collect();
    Ok(CalendarYear {
        year,
        own,
        years: years.into_iter().collect(),
        days: days.into_iter().filter(|day| year_of(day) == year).map(shown).collect(),
    })
}

/// One day, if it differs from its weekday.
pub async fn calendar_day(state: &AppState, date: &str) -> ApiResult<CalendarDay> {
    let (_, days) = special_days(state).await?;
    days.into_iter()
        .find(|day| day.date == date)
        .map(shown)
        .ok_or(ApiError::NotFound)
}

/// Whether it is a limit that a station sets here.
pub fn may_be_set(key: &str) -> bool {
    !OF_LIBRARY.contains(&key) && Limits::default().shown(key).is_some()
}

/// `GET /admin/limits`.
pub async fn limits(state: &AppState) -> ApiResult<Vec<LimitSetting>> {
    state.read_rules_if_changed().await?;
    let rules = state.rules();
    let defaults = Limits::default();
    let overrides = state.store.limit_overrides().await?;
    let categories: HashMap<Id, String> = state
        .store
        .categories()
        .await?
        .into_iter()
        .map(|category| (category.id, category.name))
        .collect();
    let people: HashMap<Id, String> = state
        .store
        .named_accounts()
        .await?
        .into_iter()
        .map(|account| (account.id, account.name))
        .collect();
    let name_of = |id: &Option<Id>| id.as_ref().and_then(|id| people.get(id)).cloned();
    let rows = defaults.rows().into_iter().filter(|row| may_be_set(row.key));
    Ok(rows
        .map(|row| {
            let of_key = || overrides.iter().filter(|own| own.name == row.key);
            let own = of_key().find(|own| own.category_id.is_empty());
            let of_categories = of_key().filter_map(|own| {
                Some(LimitOfCategory {
                    category_name: categories.get(&own.category_id)?.clone(),
                    category_id: own.category_id.clone(),
                    value: own.value.clone(),
                    changed_at: own.changed_at,
                    changed_by: name_of(&own.changed_by),
                })
            });
            LimitSetting {
                key: row.key.to_owned(),
                meaning: row.meaning.to_owned(),
                origin: row.origin.to_owned(),
                default: row.value,
                configured: state.config.limits.shown(row.key).unwrap_or_default(),
                effective: rules.limits.shown(row.key).unwrap_or_default(),
                own: own.is_some(),
                changed_at: own.map(|own| own.changed_at),
                changed_by: own.and_then(|own| name_of(&own.changed_by)),
                categories: of_categories.collect(),
            }
        })
        .collect())
}

/// `GET /admin/jobs`: in the order they are declared; those that never ran yet, too.
pub async fn jobs(state: &AppState) -> ApiResult<Vec<JobRow>> {
    let now = state.now();
    let mut known: HashMap<String, _> = state
        .store
        .jobs()
        .await?
        .into_iter()
        .map(|job| (job.name.clone(), job))
        .collect();
    let row = |job: &crate::jobs::Job| match known.remove(job.name) {
        Some(kept) => JobRow {
            running: kept.is_running(now),
            name: kept.name,
            next_at: kept.next_at,
            last_begun_at: kept.last_begun_at,
            last_done_at: kept.last_done_at,
            last_error: kept.last_error,
            runs: u64::try_from(kept.runs).unwrap_or_default(),
        },
        None => JobRow {
            name: job.name.to_owned(),
            next_at: now,
            running: false,
            last_begun_at: None,
            last_done_at: None,
            last_error: None,
            runs: 0,
        },
    };
    Ok(JOBS.iter().map(row).collect())
}

/// `GET /admin/client-errors`.
pub async fn client_errors(state: &AppState) -> ApiResult<Vec<ClientErrorRow>> {
    let rows = state.store.client_errors(MOST_ERRORS).await?;
    let row = |row: liaison_store::client_errors::ClientErrors| ClientErrorRow {
        day: row.day,
        kind: row.kind,
        build: row.build,
        host: row.host,
        system: row.system,
        route: row.route,
        message: row.message,
        count: u64::try_from(row.times).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(row).collect())
}
