//! The work calendar: weekends, public holidays (法定节假日) and make-up work days (调休上班).

use super::date::{DAY_MS, Date, HOUR_MS, date_of};
use crate::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Office hours as minutes since midnight: 9–12 and 14–18, seven hours a work day. An assumption: stations differ
/// and the summer's hours differ; limits in hours are few and short.
const OFFICE_HOURS: [(u32, u32); 2] = [(9 * 60, 12 * 60), (14 * 60, 18 * 60)];

/// Which days are worked. Saturdays and Sundays are free but for the make-up days; holidays are free.
///
/// A day that stands in both lists counts as a holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkCalendar {
    /// Days off besides the weekends.
    pub holidays: BTreeSet<Date>,
    /// Weekend days that are worked.
    pub make_up_days: BTreeSet<Date>,
}

impl WorkCalendar {
    /// Whether people work that day.
    pub fn is_work_day(&self, date: Date) -> bool {
        !self.holidays.contains(&date) && (!date.weekday().is_weekend() || self.make_up_days.contains(&date))
    }

    /// The first work day on or after a day.
    pub fn work_day_from(&self, date: Date) -> Date {
        let mut day = date;
        // A calendar without any work day for ten years is a mistake; better a wrong day than no answer.
        for _ in 0..3_660 {
            if self.is_work_day(day) {
                return day;
            }
            day = day.plus_days(1);
        }
        date
    }

    /// The end of the `days`-th work day after the day of `from`. The day itself does not count; with 0 it is the end
    /// of that day if it is worked, else of the next work day.
    pub fn add_work_days(&self, from: Millis, days: u32) -> Millis {
        let mut day = date_of(from);
        for _ in 0..days {
            day = self.work_day_from(day.plus_days(1));
        }
        self.work_day_from(day).end()
    }

    /// The end of the `days`-th work day before the day of `from`.
    pub fn subtract_work_days(&self, from: Millis, days: u32) -> Millis {
        let mut day = date_of(from);
        let mut left = days;
        for _ in 0..3_660 {
            if left == 0 {
                break;
            }
            day = day.plus_days(-1);
            left -= u32::from(self.is_work_day(day));
        }
        day.end()
    }

    /// The end of the `days`-th calendar day after the day of `from`.
    pub fn add_calendar_days(from: Millis, days: u32) -> Millis {
        date_of(from).plus_days(days as i32).end()
    }

    /// The end of the same day so many months later, or of the month's last day.
    pub fn add_months(from: Millis, months: u32) -> Millis {
        date_of(from).plus_months(months as i32).end()
    }

    /// The moment after so many hours of office time (9–12 and 14–18 of work days).
    pub fn add_work_hours(&self, from: Millis, hours: u32) -> Millis {
        self.add_work_millis(from, Millis::from(hours) * HOUR_MS)
    }

    /// The moment after so many milliseconds of office time.
    pub fn add_work_millis(&self, from: Millis, millis: Millis) -> Millis {
        let mut left = millis;
        let mut day = date_of(from);
        for _ in 0..36_600 {
            if self.is_work_day(day) {
                for (open, close) in OFFICE_HOURS {
                    let begin = day.at_minute(open).max(from);
                    let end = day.at_minute(close);
                    if begin < end {
                        if left <= end - begin {
                            return begin + left;
                        }
                        left -= end - begin;
                    }
                }
            }
            day = day.plus_days(1);
        }
        from + millis
    }

    /// Work days after the day of `from` up to and with the day of `until`; 0 when `until` is not later.
    pub fn work_days_between(&self, from: Millis, until: Millis) -> u32 {
        let (first, last) = (date_of(from).day_number(), date_of(until).day_number());
        (first + 1..=last)
            .filter(|number| self.is_work_day(Date::from_day_number(*number)))
            .count() as u32
    }

    /// Milliseconds of office time between two moments; 0 when `until` is not later.
    pub fn work_millis_between(&self, from: Millis, until: Millis) -> Millis {
        let (first, last) = (date_of(from).day_number(), date_of(until).day_number());
        let mut sum = 0;
        for number in first..=last {
            let day = Date::from_day_number(number);
            if self.is_work_day(day) {
                for (open, close) in OFFICE_HOURS {
                    sum += (day.at_minute(close).min(until) - day.at_minute(open).max(from)).max(0);
                }
            }
        }
        sum
    }

    /// Calendar days between the days of two moments; 0 when `until` is not later.
    pub fn calendar_days_between(from: Millis, until: Millis) -> u32 {
        u32::try_from(date_of(until).day_number() - date_of(from).day_number()).unwrap_or(0)
    }

    /// Whole days of a length of time, for showing.
    pub const fn whole_days(length: Millis) -> Millis {
        length / DAY_MS
    }
}
