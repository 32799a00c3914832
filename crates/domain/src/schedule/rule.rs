//! A rule as data.

use crate::calendar::{Date, HOUR_MS, MINUTE_MS};
use crate::dto::FieldError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which days a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = DayRuleMode))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 每月第几个星期几: the n-th such weekday of a month.
    NthWeekday,
    /// 每月第几周的星期几: that weekday of the n-th week of a month. Weeks begin on Monday, and the first is the one with the
    /// month's first Monday: it is not the same day as the n-th weekday in most months.
    WeekOfMonth,
    /// 每周星期几.
    Weekly,
    /// 每月几日.
    MonthlyDay,
    /// 只此一次.
    Once,
}

impl Mode {
    /// Every mode, in the order a form offers them.
    pub const ALL: [Self; 5] = [
        Self::NthWeekday,
        Self::WeekOfMonth,
        Self::Weekly,
        Self::MonthlyDay,
        Self::Once,
    ];

    /// As it stands in data: `nth_weekday`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NthWeekday => "nth_weekday",
            Self::WeekOfMonth => "week_of_month",
            Self::Weekly => "weekly",
            Self::MonthlyDay => "monthly_day",
            Self::Once => "once",
        }
    }

    /// The mode of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// What happens when a day falls on a public holiday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HolidayPolicy {
    /// 当天不接待.
    #[default]
    Skip,
    /// 顺延至下一工作日; a day of the month that falls on a weekend moves too.
    NextWorkday,
    /// 顺延一周: to the same weekday of the next week that is no holiday.
    NextWeek,
}

impl HolidayPolicy {
    /// Every policy, in the order a form offers them.
    pub const ALL: [Self; 3] = [Self::Skip, Self::NextWorkday, Self::NextWeek];

    /// As it stands in data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::NextWorkday => "next_workday",
            Self::NextWeek => "next_week",
        }
    }

    /// The policy of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.code() == code)
    }
}

/// A time of day, in minutes since midnight. Travels as text: `14:30`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(pub u32);

impl Time {
    /// Reads `14:30`, `9:00`, also with the colon of a Chinese keyboard.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('：', ":");
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(Self(hour * 60 + minute))
    }

    /// `14:30`.
    pub fn text(self) -> String {
        let two = |number: u32| {
            let digits = number.to_string();
            if number < 10 { ["0", &digits].concat() } else { digits }
        };
        [&*two(self.0 / 60), ":", &two(self.0 % 60)].concat()
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a time like 14:30"))
    }
}

/// One day that is otherwise than the rule says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(as = ScheduleException))]
pub struct Exception {
    /// The day that the rule names.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: Date,
    /// Where it goes; none: it falls away.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Why, for whoever looks at the schedule.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// On which days there is a reception, and from when to when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(as = DayRule))]
pub struct Rule {
    pub mode: Mode,
    /// For `nth_weekday` and `week_of_month`: 1 for the first … −1 for the last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nth: Vec<i8>,
    /// 1 for Monday to 7 for Sunday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<u8>,
    /// For `monthly_day`: days of the month. A month without such a day has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<u8>,
    /// Months it holds in; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u8>,
    /// For `once`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// `14:30`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub start: Time,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub end: Time,
    #[serde(default)]
    pub holiday: HolidayPolicy,
    /// The first day that it can name.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day that it can name.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
}

/// The shortest reception.
const SHORTEST: u32 = (HOUR_MS / MINUTE_MS / 4) as u32;

impl Rule {
    /// A rule of a mode that names no day yet.
    pub const fn new(mode: Mode, start: Time, end: Time) -> Self {
        Self {
            mode,
            nth: Vec::new(),
            weekday: None,
            days: Vec::new(),
            months: Vec::new(),
            date: None,
            start,
            end,
            holiday: HolidayPolicy::Skip,
            valid_from: None,
            valid_to: None,
            exceptions: Vec::new(),
        }
    }

    /// What is wrong with it, field by field; nothing when it can be kept.
    pub fn check(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let mut add = |field: &str, code: &str, limit: Option<u64>| {
            wrong.push(FieldError {
                field: field.to_owned(),
                code: code.to_owned(),
                limit,
            });
        };
        let by_week = matches!(self.mode, Mode::NthWeekday | Mode::WeekOfMonth);
        if by_week && self.nth.is_empty() {
            add("nth", "required", None);
        }
        let is_place = |n: &i8| (1..=5).contains(n) || *n == -1;
        if !self.nth.iter().all(is_place) {
            add("nth", "invalid", None);
        }
        if by_week || self.mode == Mode::Weekly {
            match self.weekday {
                None => add("weekday", "required", None),
                Some(day) if !(1..=7).contains(&day) => add("weekday", "invalid", None),
                Some(_) => {}
            }
        }
        if self.mode == Mode::MonthlyDay && self.days.is_empty() {
            add("days", "required", None);
        }
        if !self.days.iter().all(|day| (1..=31).contains(day)) {
            add("days", "invalid", None);
        }
        if !self.months.iter().all(|month| (1..=12).contains(month)) {
            add("months", "invalid", None);
        }
        if self.mode == Mode::Once && self.date.is_none() {
            add("date", "required", None);
        }
        if self.end < self.start {
            add("end", "before_start", None);
        } else if self.end.0 - self.start.0 < SHORTEST {
            add("end", "too_short", Some(SHORTEST.into()));
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to < from
        {
            add("valid_to", "before_start", None);
        }
        wrong
    }

    /// The times at which somebody can come, `minutes` each; a rest that is too short for one more is a break.
    pub fn slots(&self, minutes: u32) -> Vec<Time> {
        let mut slots = Vec::new();
        let mut at = self.start.0;
        while minutes > 0 && at + minutes <= self.end.0 {
            slots.push(Time(at));
            at += minutes;
        }
        slots
    }
}
