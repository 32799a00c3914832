//! The days a rule gives.

use super::rule::{HolidayPolicy, Mode, Rule};
use crate::calendar::{Date, WorkCalendar};
use std::collections::BTreeSet;

/// A moved day never goes further than this. The longest run of holidays with the weekends around it is shorter.
const FARTHEST: i32 = 35;

/// What became of a day that a rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is as the rule says.
    Kept,
    /// A holiday moved it.
    Moved,
    /// It falls away because of a holiday.
    Holiday,
    /// The station moved it, or let it fall away, for this reason.
    Exception(String),
    /// Another day of the same rule moved here already: one reception stands for both.
    Joined,
}

/// A day that a rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// As the rule says; the same for good, whatever the calendar becomes.
    pub rule_date: Date,
    /// When it is held; none: not at all.
    pub date: Option<Date>,
    pub fate: Fate,
}

impl Rule {
    /// The days it names from `from` to `to` (both included, by the rule's own dates), in their order, with what becomes
    /// of each.
    pub fn days(&self, from: Date, to: Date, calendar: &WorkCalendar) -> Vec<Day> {
        // Wide enough for what moved here from before, and for what is there already where a day moves to.
        let mut all = Vec::new();
        let mut day = from.plus_days(-2 * FARTHEST);
        let end = to.plus_days(FARTHEST);
        while day <= end {
            if self.falls_on(day) {
                all.push(self.fate_of(day, calendar));
            }
            day = day.plus_days(1);
        }
        // A day that stays where it is goes before one that moves to it.
        let mut taken: BTreeSet<Date> = all
            .iter()
            .filter(|day| day.fate == Fate::Kept)
            .map(|day| day.rule_date)
            .collect();
        for day in &mut all {
            if day.fate != Fate::Kept && day.date.is_some_and(|date| !taken.insert(date)) {
                day.date = None;
                day.fate = Fate::Joined;
            }
        }
        all.retain(|day| (from..=to).contains(&day.rule_date));
        all
    }

    /// The days receptions are held on from `from` to `to` (both included), in order.
    pub fn held(&self, from: Date, to: Date, calendar: &WorkCalendar) -> Vec<Date> {
        let mut held: Vec<Date> = self
            .days(from.plus_days(-FARTHEST), to.plus_days(FARTHEST), calendar)
            .into_iter()
            .filter_map(|day| day.date)
            .filter(|date| (from..=to).contains(date))
            .collect();
        held.sort_unstable();
        held
    }

    fn fate_of(&self, rule_date: Date, calendar: &WorkCalendar) -> Day {
        let exception = self.exceptions.iter().find(|exception| exception.date == rule_date);
        let (date, fate) = match exception {
            Some(exception) => (exception.to, Fate::Exception(exception.reason.clone())),
            None => match self.held_on(rule_date, calendar) {
                None => (None, Fate::Holiday),
                Some(date) if date == rule_date => (Some(date), Fate::Kept),
                Some(date) => (Some(date), Fate::Moved),
            },
        };
        Day { rule_date, date, fate }
    }

    /// Whether the rule itself names a day.
    pub fn falls_on(&self, day: Date) -> bool {
        let is_valid = self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to);
        if !is_valid || !(self.months.is_empty() || self.months.contains(&self.month_of(day))) {
            return false;
        }
        let is_weekday = self.weekday == Some(day.weekday().number());
        match self.mode {
            Mode::Once => self.date == Some(day),
            Mode::Weekly => is_weekday,
            Mode::MonthlyDay => self.days.contains(&day.day),
            Mode::NthWeekday => is_weekday && self.is_nth(day),
            Mode::WeekOfMonth => is_weekday && self.is_nth(monday_of(day)),
        }
    }

    /// The month a day belongs to: a week belongs to the month of its Monday.
    pub(super) fn month_of(&self, day: Date) -> u8 {
        match self.mode {
            Mode::WeekOfMonth => monday_of(day).month,
            _ => day.month,
        }
    }

    fn is_nth(&self, day: Date) -> bool {
        let nth = (day.day as i8 - 1) / 7 + 1;
        let is_last = day.plus_days(7).month != day.month;
        self.nth.contains(&nth) || (is_last && self.nth.contains(&-1))
    }

    /// Weekends are fine for a rule that names a weekday; only public holidays move or cancel such a day. A day that was
    /// chosen by itself stays.
    fn held_on(&self, day: Date, calendar: &WorkCalendar) -> Option<Date> {
        let is_holiday = self.mode != Mode::Once && calendar.holidays.contains(&day);
        match self.holiday {
            HolidayPolicy::NextWorkday if is_holiday || self.mode == Mode::MonthlyDay => {
                Some(calendar.work_day_from(day)).filter(|date| date.day_number() - day.day_number() <= FARTHEST)
            }
            _ if !is_holiday => Some(day),
            HolidayPolicy::NextWeek => (1..=FARTHEST / 7)
                .map(|weeks| day.plus_days(7 * weeks))
                .find(|date| !calendar.holidays.contains(date)),
            _ => None,
        }
    }
}

fn monday_of(day: Date) -> Date {
    day.plus_days(1 - i32::from(day.weekday().number()))
}
