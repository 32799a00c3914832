//! When residents can meet deputies: the next days of a reception rule, holidays considered.

use liaison_domain::calendar::{Date, WorkCalendar};
use serde::Deserialize;

/// How far ahead a next day is looked for.
const HORIZON_DAYS: i32 = 200;

/// One rule of a station: on which days, from when to when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rule {
    mode: Mode,
    /// 1 for the first … −1 for the last.
    #[serde(default)]
    nth: Vec<i32>,
    /// 1 for Monday to 7 for Sunday.
    #[serde(default)]
    weekday: u8,
    /// Days of the month.
    #[serde(default)]
    days: Vec<u8>,
    /// Months it holds in; empty: all.
    #[serde(default)]
    months: Vec<u8>,
    /// `14:30`.
    pub start: String,
    /// `17:00`.
    pub end: String,
    #[serde(default)]
    holiday: Holiday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    /// The n-th such weekday of a month.
    NthWeekday,
    /// That weekday of the n-th week of a month; weeks begin on Monday, the first is the one with the first Monday.
    WeekOfMonth,
    /// Every week.
    Weekly,
    /// Days by their number.
    MonthlyDay,
}

/// What happens on a public holiday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Holiday {
    /// No reception that day.
    #[default]
    Skip,
    NextWorkday,
    NextWeek,
}

/// A coming reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub date: Date,
    /// 「14:30–17:00」.
    pub time: String,
}

/// Reads the rules a station keeps: one as an object, several as a list. A rule nobody can read yields no day.
pub fn parse(text: &str) -> Vec<Rule> {
    serde_json::from_str::<Vec<Rule>>(text)
        .or_else(|_| serde_json::from_str::<Rule>(text).map(|rule| vec![rule]))
        .unwrap_or_default()
}

/// The next reception on `today` or later.
pub fn next(rules: &[Rule], today: Date, calendar: &WorkCalendar) -> Option<Next> {
    rules
        .iter()
        .filter_map(|rule| rule.next(today, calendar))
        .min_by(|a, b| (a.date, &a.time).cmp(&(b.date, &b.time)))
}

impl Rule {
    fn next(&self, today: Date, calendar: &WorkCalendar) -> Option<Next> {
        // A day moved by a holiday may come from the week before.
        (-10..HORIZON_DAYS)
            .map(|days| today.plus_days(days))
            .filter(|day| self.falls_on(*day))
            .filter_map(|day| self.held_on(day, calendar))
            .find(|day| *day >= today)
            .map(|date| Next {
                date,
                time: format!("{}–{}", self.start, self.end),
            })
    }

    fn falls_on(&self, day: Date) -> bool {
        if !self.months.is_empty() && !self.months.contains(&day.month) {
            return false;
        }
        let weekday = day.weekday().number() == self.weekday;
        match self.mode {
            Mode::Weekly => weekday,
            Mode::MonthlyDay => self.days.contains(&day.day),
            Mode::NthWeekday => {
                let nth = i32::from((day.day - 1) / 7) + 1;
                let is_last = day.plus_days(7).month != day.month;
                weekday && (self.nth.contains(&nth) || (is_last && self.nth.contains(&-1)))
            }
            Mode::WeekOfMonth => {
                let monday = day.plus_days(1 - i32::from(day.weekday().number()));
                let nth = i32::from((monday.day - 1) / 7) + 1;
                weekday && self.nth.contains(&nth)
            }
        }
    }

    /// Weekends are fine for a rule that names them; only public holidays move or cancel a reception.
    fn held_on(&self, day: Date, calendar: &WorkCalendar) -> Option<Date> {
        if !calendar.holidays.contains(&day) {
            // 「顺延至下一工作日」 also means a day of the month that falls on a weekend.
            return Some(match self.holiday {
                Holiday::NextWorkday => calendar.work_day_from(day),
                _ => day,
            });
        }
        match self.holiday {
            Holiday::Skip => None,
            Holiday::NextWorkday => Some(calendar.work_day_from(day)),
            Holiday::NextWeek => Some(day.plus_days(7)).filter(|day| !calendar.holidays.contains(day)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    fn next_of(rule: &str, today: &str, holidays: &[&str]) -> Option<String> {
        let mut calendar = WorkCalendar::default();
        calendar.holidays.extend(holidays.iter().map(|h| day(h)));
        next(&parse(rule), day(today), &calendar).map(|next| format!("{} {}", next.date.iso(), next.time))
    }

    #[test]
    fn every_kind_of_rule_finds_its_next_day() {
        let second_and_fourth = r#"[{"mode":"nth_weekday","nth":[2,4],"weekday":4,"start":"14:30","end":"17:00"}]"#;
        assert_eq!(
            next_of(second_and_fourth, "2026-11-13", &[]).as_deref(),
            Some("2026-11-26 14:30–17:00")
        );
        assert_eq!(
            next_of(second_and_fourth, "2026-11-26", &[]).as_deref(),
            Some("2026-11-26 14:30–17:00"),
            "today counts"
        );
        let last = r#"{"mode":"nth_weekday","nth":[-1],"weekday":2,"start":"14:00","end":"16:30"}"#;
        assert_eq!(
            next_of(last, "2026-11-22", &[]).as_deref(),
            Some("2026-11-24 14:00–16:30")
        );
        let weekly = r#"[{"mode":"weekly","weekday":3,"start":"18:30","end":"20:30"}]"#;
        assert_eq!(
            next_of(weekly, "2026-11-22", &[]).as_deref(),
            Some("2026-11-25 18:30–20:30")
        );
        let even_months = r#"[{"mode":"monthly_day","days":[15],"months":[2,6,10],"start":"9:00","end":"11:00"}]"#;
        assert_eq!(
            next_of(even_months, "2026-11-22", &[]).as_deref(),
            Some("2027-02-15 9:00–11:00")
        );
        let first_week = r#"[{"mode":"week_of_month","nth":[1],"weekday":5,"start":"15:00","end":"16:00"}]"#;
        assert_eq!(
            next_of(first_week, "2026-11-22", &[]).as_deref(),
            Some("2026-12-11 15:00–16:00")
        );
    }

    #[test]
    fn holidays_move_or_cancel_a_day() {
        let moved = r#"[{"mode":"monthly_day","days":[9],"start":"9:00","end":"11:30","holiday":"next_workday"}]"#;
        assert_eq!(
            next_of(moved, "2026-12-01", &["2026-12-09"]).as_deref(),
            Some("2026-12-10 9:00–11:30")
        );
        assert_eq!(
            next_of(moved, "2026-12-10", &["2026-12-09"]).as_deref(),
            Some("2026-12-10 9:00–11:30")
        );
        let skipped = r#"[{"mode":"weekly","weekday":3,"start":"18:30","end":"20:30"}]"#;
        assert_eq!(
            next_of(skipped, "2026-11-22", &["2026-11-25"]).as_deref(),
            Some("2026-12-02 18:30–20:30")
        );
    }

    #[test]
    fn a_rule_nobody_can_read_yields_no_day() {
        assert_eq!(next_of("every blue moon", "2026-11-22", &[]), None);
    }
}
