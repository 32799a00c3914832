//! What the administration of a station sees and sets: calendar, limits, jobs.

use super::dto;
use crate::{Id, Millis};

dto! {
    /// A day that differs from its weekday.
    pub struct CalendarDay {
        /// `YYYY-MM-DD`.
        pub date: String,
        /// A make-up work day (调休上班); else a day off.
        pub is_workday: bool,
        /// 「国庆节」.
        pub name: String,
    }

    /// A year of the work calendar. `GET /admin/calendar?year=`.
    pub struct CalendarYear {
        pub year: i32,
        /// The station keeps its own days. While it has none, the nation's announced ones hold; the first change
        /// makes them its own.
        pub own: bool,
        /// Years with any such day, ascending.
        pub years: Vec<i32>,
        /// Of this year, by date.
        pub days: Vec<CalendarDay>,
    }

    /// `PUT /admin/calendar/{date}`.
    #[serde(deny_unknown_fields)]
    pub struct CalendarDayChange {
        pub is_workday: bool,
        pub name: String,
    }

    /// `POST /admin/calendar/import`: the text of an `.ics` or CSV file.
    #[serde(deny_unknown_fields)]
    pub struct CalendarImportRequest {
        pub text: String,
        /// Only tell what it would do.
        pub dry_run: bool,
    }

    /// A day of the file.
    pub struct CalendarImportRow {
        pub line: u32,
        pub date: String,
        pub is_workday: bool,
        pub name: String,
        /// `new`, `changed` or `same`.
        pub change: String,
    }

    /// A line of the file that was passed over.
    pub struct CalendarImportError {
        /// From 1; 0 for the whole file.
        pub line: u32,
        /// One of `liaison_domain::calendar::ImportProblem`.
        pub code: String,
        pub text: String,
    }

    /// What the import did, or would do.
    pub struct CalendarImportResult {
        pub kept: bool,
        pub rows: Vec<CalendarImportRow>,
        pub errors: Vec<CalendarImportError>,
    }

    /// A category's own value of a limit.
    pub struct LimitOfCategory {
        pub category_id: Id,
        pub category_name: String,
        pub value: String,
        pub changed_at: Millis,
        /// Who set it.
        pub changed_by: Option<String>,
    }

    /// A limit with everything that is known about it. `GET /admin/limits`.
    pub struct LimitSetting {
        pub key: String,
        /// What it is for.
        pub meaning: String,
        /// Where the default comes from.
        pub origin: String,
        pub default: String,
        /// As the configuration has it.
        pub configured: String,
        /// As it holds now, where no category has its own.
        pub effective: String,
        /// The station set it here.
        pub own: bool,
        pub changed_at: Option<Millis>,
        /// Who set it.
        pub changed_by: Option<String>,
        pub categories: Vec<LimitOfCategory>,
    }

    /// `PUT /admin/limits/{key}`.
    #[serde(deny_unknown_fields)]
    pub struct LimitChange {
        /// None: the whole district.
        pub category: Option<Id>,
        /// None: back to the configuration's, or for a category to the district's.
        pub value: Option<String>,
    }

    /// `POST /client-errors`: the app could not start, or broke.
    #[serde(deny_unknown_fields)]
    pub struct ClientErrorReport {
        /// Code of [`crate::client_error::ClientErrorKind`].
        pub kind: String,
        /// The build whose page it is.
        pub build: String,
        /// Where; ids are taken out before it is kept.
        pub path: String,
        /// What the engine said; cut and cleaned before it is kept.
        pub message: String,
    }

    /// How often something went wrong in browsers on one day. `GET /admin/client-errors`.
    pub struct ClientErrorRow {
        /// `YYYY-MM-DD`.
        pub day: String,
        /// Code of [`crate::client_error::ClientErrorKind`].
        pub kind: String,
        /// Name of the build; `other` for one that is not kept here.
        pub build: String,
        /// Code of [`crate::host::Host`].
        pub host: String,
        /// Code of [`crate::host::System`].
        pub system: String,
        /// The address without its ids.
        pub route: String,
        /// Of the first that day, without anything of a person.
        pub message: String,
        pub count: u64,
    }

    /// A job that runs by itself. `GET /admin/jobs`.
    pub struct JobRow {
        pub name: String,
        pub next_at: Millis,
        /// A server is at it.
        pub running: bool,
        pub last_begun_at: Option<Millis>,
        /// When it last ended well.
        pub last_done_at: Option<Millis>,
        /// What went wrong the last time; none since it went well.
        pub last_error: Option<String>,
        pub runs: u64,
    }
}
