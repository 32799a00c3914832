//! Days, work days and due dates, all in Asia/Shanghai (UTC+8, no summer time since 1991).
//!
//! What lives here: civil-date arithmetic and the work calendar. What does not: the limits themselves
//! ([`crate::limits`]) and the clock, which only the server has.

mod china;
mod date;
mod import;
mod work;

pub use china::demo_calendar;
pub(crate) use date::push_padded;
pub use date::{DAY_MS, Date, HOUR_MS, MINUTE_MS, Weekday, date_of, minute_of_day, stamp};
pub use import::{Import, ImportError, ImportProblem, ImportRow, import};
pub use work::WorkCalendar;
