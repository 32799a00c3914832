//! The administration: calendar, limits, jobs.

use gloo_net::http::Method;
use liaison_domain::dto::{
    CalendarDay, CalendarDayChange, CalendarImportRequest, CalendarImportResult, LimitChange, LimitSetting,
};

use super::{ApiError, http, keys};

/// [`liaison_domain::dto::LimitSetting`], all of them.
pub const LIMITS: &str = "/admin/limits";
/// [`liaison_domain::dto::JobRow`], all of them.
pub const JOBS: &str = "/admin/jobs";

/// [`liaison_domain::dto::CalendarYear`]; this year when none is named.
pub fn calendar_path(year: &str) -> String {
    [
        "/admin/calendar",
        &keys::query(&[("year", (!year.is_empty()).then_some(year))]),
    ]
    .concat()
}

fn day_path(date: &str) -> String {
    ["/admin/calendar/", &keys::escape(date)].concat()
}

/// Makes a day free, or worked.
pub async fn put_day(date: &str, change: &CalendarDayChange) -> Result<CalendarDay, ApiError> {
    http::send(Method::PUT, &day_path(date), change, &[]).await
}

/// Lets a day be what its weekday says.
pub async fn remove_day(date: &str) -> Result<(), ApiError> {
    http::send_quiet(Method::DELETE, &day_path(date), None, &[]).await
}

/// Tells what a file would do, or does it.
pub async fn import(text: String, dry_run: bool) -> Result<CalendarImportResult, ApiError> {
    let request = CalendarImportRequest { text, dry_run };
    http::send(Method::POST, "/admin/calendar/import", &request, &[]).await
}

/// Sets a limit, or takes the setting back.
pub async fn change_limit(key: &str, change: &LimitChange) -> Result<LimitSetting, ApiError> {
    let path = [LIMITS, "/", &keys::escape(key)].concat();
    http::send(Method::PUT, &path, change, &[]).await
}
