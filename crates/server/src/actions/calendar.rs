//! Changing the station's work calendar.

use crate::load::admin;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::{Date, import as read};
use liaison_domain::dto::{
    CalendarDay, CalendarDayChange, CalendarImportError, CalendarImportRequest, CalendarImportResult, CalendarImportRow,
};
use liaison_store::directory::SpecialDay;
use std::collections::HashMap;

/// Longest name of a day, in characters.
const NAME: usize = 40;
/// Years a calendar is about.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// Makes a day free, or worked.
pub async fn put(state: &AppState, date: &str, change: &CalendarDayChange) -> ApiResult<CalendarDay> {
    let day = Date::parse(date)
        .filter(|date| YEARS.contains(&date.year))
        .ok_or(ApiError::NotFound)?;
    let name = change.name.trim();
    if name.is_empty() {
        return Err(ApiError::field("name", "required"));
    }
    if name.chars().count() > NAME {
        return Err(ApiError::field_limit("name", "too_long", NAME as u64));
    }
    if change.is_workday && !day.weekday().is_weekend() {
        return Err(ApiError::field("is_workday", "weekday"));
    }
    let kept = SpecialDay {
        date: day.iso(),
        is_workday: change.is_workday,
        name: name.to_owned(),
    };
    apply(state, std::slice::from_ref(&kept), &[]).await?;
    Ok(admin::shown(kept))
}

/// Lets a day go.
pub async fn remove(state: &AppState, date: &str) -> ApiResult<()> {
    let known = admin::calendar_day(state, date).await?;
    apply(state, &[], &[known.date]).await
}

/// Reads a file; keeps its days unless only asked what it would do.
pub async fn import(state: &AppState, request: &CalendarImportRequest) -> ApiResult<CalendarImportResult> {
    let found = read(&request.text);
    let (_, days) = admin::special_days(state).await?;
    let known: HashMap<&str, &SpecialDay> = days.iter().map(|day| (day.date.as_str(), day)).collect();
    let mut rows = Vec::with_capacity(found.rows.len());
    let mut keep = Vec::new();
    for row in found.rows {
        let date = row.date.iso();
        let before = known.get(date.as_str());
        let name = match (row.name.is_empty(), before) {
            (false, _) => row.name,
            (true, Some(before)) => before.name.clone(),
            (true, None) => admin::plain_name(row.is_workday).to_owned(),
        };
        let change = match before {
            None => "new",
            Some(before) if before.is_workday == row.is_workday && before.name == name => "same",
            Some(_) => "changed",
        };
        if change != "same" {
            keep.push(SpecialDay {
                date: date.clone(),
                is_workday: row.is_workday,
                name: name.clone(),
            });
        }
        rows.push(CalendarImportRow {
            line: row.line,
            date,
            is_workday: row.is_workday,
            name,
            change: change.to_owned(),
        });
    }
    let errors = found
        .errors
        .into_iter()
        .map(|error| CalendarImportError {
            line: error.line,
            code: error.problem.code().to_owned(),
            text: error.text,
        })
        .collect();
    let kept = !request.dry_run && !rows.is_empty();
    if kept && !keep.is_empty() {
        apply(state, &keep, &[]).await?;
    }
    Ok(CalendarImportResult { kept, rows, errors })
}

async fn apply(state: &AppState, keep: &[SpecialDay], let_go: &[String]) -> ApiResult<()> {
    state.read_rules_if_changed().await?;
    let before = state.rules().calendar.clone();
    state.store.change_calendar(keep, let_go, &before).await?;
    state.read_rules_if_changed().await?;
    Ok(())
}
