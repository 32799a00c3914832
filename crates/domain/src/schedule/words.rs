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
