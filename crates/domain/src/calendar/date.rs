//! Civil dates of the proleptic Gregorian calendar, as seen in Asia/Shanghai.

use crate::Millis;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds of a minute.
pub const MINUTE_MS: Millis = 60_000;
/// Milliseconds of an hour.
pub const HOUR_MS: Millis = 60 * MINUTE_MS;
/// Milliseconds of a day.
pub const DAY_MS: Millis = 24 * HOUR_MS;
/// China Standard Time against UTC.
const OFFSET_MS: Millis = 8 * HOUR_MS;

/// A day. Ordered by time; travels as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// 1 for Monday to 7 for Sunday, as in ISO 8601.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Saturday or Sunday.
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

/// Days in a month of a year; `month` is taken into 1 to 12.
pub(crate) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl Date {
    /// A date that exists, or nothing.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || year < 1 || year > 9999 {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: &[u8]| {
            range.iter().try_fold(0_i32, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0'))
            })
        };
        Self::new(
            number(&bytes[..4])?,
            u8::try_from(number(&bytes[5..7])?).ok()?,
            u8::try_from(number(&bytes[8..])?).ok()?,
        )
    }

    /// `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        let mut text = String::with_capacity(10);
        push_padded(&mut text, self.year as u32, 4);
        text.push('-');
        push_padded(&mut text, u32::from(self.month), 2);
        text.push('-');
        push_padded(&mut text, u32::from(self.day), 2);
        text
    }

    /// Days since 1970-01-01. After Howard Hinnant's `days_from_civil`.
    pub const fn day_number(self) -> i32 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year - era * 400;
        let shifted = (self.month as i32 + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + self.day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The date of a day number; the inverse of [`Date::day_number`].
    pub const fn from_day_number(number: i32) -> Self {
        let z = number + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z - era * 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u8;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u8;
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        Self { year, month, day }
    }

    /// The day of the week.
    pub const fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(self.day_number() + 3).rem_euclid(7) as usize]
    }

    /// So many days later, or earlier when negative.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self::from_day_number(self.day_number() + days)
    }

    /// So many months later; a day the month lacks becomes its last day (31 August + 6 months = 28 or 29 February).
    #[must_use]
    pub const fn plus_months(self, months: i32) -> Self {
        let index = self.year * 12 + self.month as i32 - 1 + months;
        let year = index.div_euclid(12);
        let month = index.rem_euclid(12) as u8 + 1;
        let last = days_in_month(year, month);
        Self {
            year,
            month,
            day: if self.day > last { last } else { self.day },
        }
    }

    /// The first millisecond of the day.
    pub const fn start(self) -> Millis {
        self.day_number() as Millis * DAY_MS - OFFSET_MS
    }

    /// The last millisecond of the day: what "until that day" means.
    pub const fn end(self) -> Millis {
        self.start() + DAY_MS - 1
    }

    /// A moment of the day, by minutes since midnight.
    pub const fn at_minute(self, minute: u32) -> Millis {
        self.start() + minute as Millis * MINUTE_MS
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a date as YYYY-MM-DD"))
    }
}

/// The day a moment falls on.
pub const fn date_of(at: Millis) -> Date {
    Date::from_day_number((at + OFFSET_MS).div_euclid(DAY_MS) as i32)
}

/// Minutes since midnight, 0 to 1439.
pub const fn minute_of_day(at: Millis) -> u32 {
    ((at + OFFSET_MS).rem_euclid(DAY_MS) / MINUTE_MS) as u32
}

/// `YYYY-MM-DD HH:MM`.
pub fn stamp(at: Millis) -> String {
    let minute = minute_of_day(at);
    let mut text = date_of(at).iso();
    text.push(' ');
    push_padded(&mut text, minute / 60, 2);
    text.push(':');
    push_padded(&mut text, minute % 60, 2);
    text
}

/// Writes a number with leading zeros, without the formatting machinery (the browser's bundle pays for that).
pub(crate) fn push_padded(text: &mut String, number: u32, width: usize) {
    let digits = number.to_string();
    for _ in digits.len()..width {
        text.push('0');
    }
    text.push_str(&digits);
}
