//! A rule in words, as it hangs on the station's wall.

use super::rule::{HolidayPolicy, Mode, Rule};
use crate::calendar::Date;

const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const ODD: [u8; 6] = [1, 3, 5, 7, 9, 11];
const EVEN: [u8; 6] = [2, 4, 6, 8, 10, 12];

/// 「11月26日（星期四）」.
pub fn day(date: Date) -> String {
    [
        &date.month.to_string(),
        "月",
        &date.day.to_string(),
        "日（星期",
        weekday(date.weekday().number()),
        "）",
    ]
    .concat()
}

fn weekday(number: u8) -> &'static str {
    WEEKDAYS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("")
}

fn nth(n: i8) -> &'static str {
    match n {
        1 => "第一",
        2 => "第二",
        3 => "第三",
        4 => "第四",
        5 => "第五",
        _ => "最后一",
    }
}

fn list<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join("、")
}

impl Rule {
    /// 「每月第二、第四个星期四 14:30–17:00，遇节假日顺延一周」.
    pub fn words(&self) -> String {
        let weekday = self.weekday.map(weekday).unwrap_or_default();
        let days = match self.mode {
            Mode::NthWeekday => [
                &*self.when(),
                &list(&self.nth, |n| nth(*n).to_owned()),
                "个星期",
                weekday,
            ]
            .concat(),
            Mode::WeekOfMonth => [
                &*self.when(),
                &list(&self.nth, |n| nth(*n).to_owned()),
                "周的星期",
                weekday,
            ]
            .concat(),
            Mode::Weekly if self.months.is_empty() => ["每周", weekday].concat(),
            Mode::Weekly => [&*self.when(), "每周", weekday].concat(),
            Mode::MonthlyDay => [&*self.when(), " ", &list(&self.days, |day| format!("{day} 日"))].concat(),
            Mode::Once => self
                .date
                .map(|date| [&date.year.to_string(), "年", &day(date)].concat())
                .unwrap_or_default(),
        };
        let holiday = match (self.mode, self.holiday) {
            (Mode::Once, _) | (_, HolidayPolicy::Skip) => "",
            (_, HolidayPolicy::NextWorkday) => "，遇节假日顺延至下一工作日",
            (_, HolidayPolicy::NextWeek) => "，遇节假日顺延一周",
        };
        [&*days, " ", &self.start.text(), "–", &self.end.text(), holiday].concat()
    }

    /// How the rule counts, where 「第二个星期四」 and 「第二周的星期四」 are easily taken for each other: with the next
    /// month from `from` on in which they are two days.
    pub fn reading(&self, from: Date) -> Option<String> {
        let other = match self.mode {
            Mode::NthWeekday => Mode::WeekOfMonth,
            Mode::WeekOfMonth => Mode::NthWeekday,
            _ => return None,
        };
        let (n, weekday) = (*self.nth.first()?, weekday(self.weekday?));
        let in_month = |mode: Mode, first: Date| {
            let alone = Self {
                nth: vec![n],
                weekday: self.weekday,
                ..Self::new(mode, self.start, self.end)
            };
            // The last week of a month may reach into the next one.
            (0..37)
                .map(|days| first.plus_days(days))
                .find(|day| alone.month_of(*day) == first.month && alone.falls_on(*day))
        };
        (0..12).find_map(|months| {
            let first = Date { day: 1, ..from }.plus_months(months);
            let (held, not) = (in_month(self.mode, first)?, in_month(other, first)?);
            (held != not).then(|| {
                let (as_weekday, as_week) = (
                    [nth(n), "个星期", weekday].concat(),
                    [nth(n), "周的星期", weekday].concat(),
                );
                let month = [&first.year.to_string(), "年", &first.month.to_string(), "月"].concat();
                if self.mode == Mode::NthWeekday {
                    [
                        "这里说的是当月",
                        &as_weekday,
                        "，不是",
                        &as_week,
                        "。比如",
                        &month,
                        "，接待日是",
                        &day(held),
                        "，不是",
                        &day(not),
                        "。",
                    ]
                    .concat()
                } else {
                    [
                        "这里按周数算：当月第一个星期一所在的那一周是第一周，所以",
                        &as_week,
                        "和",
                        &as_weekday,
                        "常常不是同一天。比如",
                        &month,
                        "，接待日是",
                        &day(held),
                        "，不是",
                        &day(not),
                        "。",
                    ]
                    .concat()
                }
            })
        })
    }

    /// 「每月」, 「单月」, 「双月」, 「3月、9月」.
    fn when(&self) -> String {
        let mut months = self.months.clone();
        months.sort_unstable();
        months.dedup();
        match months.as_slice() {
            [] => "每月".to_owned(),
            months if months == ODD => "单月".to_owned(),
            months if months == EVEN => "双月".to_owned(),
            months => list(months, |month| format!("{month}月")),
        }
    }
}
