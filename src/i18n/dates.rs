//! Dates as people say them, in China's one time zone (UTC+8, no summer time since 1991).
//!
//! Pure functions over [`Millis`]; "now" is always handed in.

use liaison_domain::Millis;

const DAY: Millis = 86_400_000;
/// In milliseconds.
pub const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;
/// China Standard Time is eight hours ahead of UTC.
const OFFSET: Millis = 8 * HOUR;

/// A calendar day in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Of the common era.
    pub year: i32,
    /// 1–12.
    pub month: u32,
    /// 1–31.
    pub day: u32,
}

/// Days since 1970-01-01 of a moment, in China.
pub fn day_number(at: Millis) -> i64 {
    (at + OFFSET).div_euclid(DAY)
}

/// The calendar day of a day number (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> Day {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
    let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
    let year = (yoe + era * 400 + i64::from(month <= 2)) as i32;
    Day { year, month, day }
}

/// The day number of a calendar day (Howard Hinnant's `days_from_civil`).
fn number(day: Day) -> i64 {
    let y = i64::from(day.year) - i64::from(day.month <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let m = i64::from(day.month);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + i64::from(day.day) - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Reads `YYYY-MM-DD`. None for anything else.
pub fn parse_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    let ok = (1..=12).contains(&month) && (1..=31).contains(&day);
    ok.then_some(Day { year, month, day })
}

fn weekday(days: i64) -> &'static str {
    // 1970-01-01 was a Thursday.
    ["星期四", "星期五", "星期六", "星期日", "星期一", "星期二", "星期三"][days.rem_euclid(7) as usize]
}

/// 「上午」「下午」「晚上」 of a moment.
fn part_of_day(at: Millis) -> &'static str {
    match (at + OFFSET).rem_euclid(DAY) / HOUR {
        0..=5 => "凌晨",
        6..=11 => "上午",
        12..=17 => "下午",
        _ => "晚上",
    }
}

fn month_day(day: Day, today: Day) -> String {
    if day.year == today.year {
        format!("{}月{}日", day.month, day.day)
    } else {
        format!("{}年{}月{}日", day.year, day.month, day.day)
    }
}

fn day_of_number(days: i64, now: Millis) -> String {
    let today = civil(day_number(now));
    format!("{} {}", month_day(civil(days), today), weekday(days))
}

/// 「9月12日」, with the year when it is another one.
pub fn date(at: Millis, now: Millis) -> String {
    month_day(civil(day_number(at)), civil(day_number(now)))
}

/// 「9月12日 星期五」.
pub fn long_date(at: Millis, now: Millis) -> String {
    day_of_number(day_number(at), now)
}

/// 「9月12日 星期五 下午」.
pub fn spoken(at: Millis, now: Millis) -> String {
    format!("{} {}", long_date(at, now), part_of_day(at))
}

/// 「9月12日 14:05」: for timelines, where the minute may matter.
pub fn date_time(at: Millis, now: Millis) -> String {
    format!("{} {}", date(at, now), time(at))
}

/// 「9月12日 下午2:05」: as people say when something was.
pub fn moment(at: Millis, now: Millis) -> String {
    let minutes = (at + OFFSET).rem_euclid(DAY) / MINUTE;
    let hour = minutes / 60;
    let hour = if hour > 12 { hour - 12 } else { hour };
    format!("{} {}{hour}:{:02}", date(at, now), part_of_day(at), minutes % 60)
}

/// 「14:05」.
pub fn time(at: Millis) -> String {
    let minutes = (at + OFFSET).rem_euclid(DAY) / MINUTE;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// 「9月12日 星期五」 of `YYYY-MM-DD`; the text itself if it is no date.
pub fn spoken_day(text: &str, now: Millis) -> String {
    parse_day(text).map_or_else(|| text.to_owned(), |day| day_of_number(number(day), now))
}

/// Whole days from today to a moment: 0 today, negative in the past.
pub fn days_until(at: Millis, now: Millis) -> i64 {
    day_number(at) - day_number(now)
}

/// Whole days from today to `YYYY-MM-DD`.
pub fn days_until_day(text: &str, now: Millis) -> Option<i64> {
    parse_day(text).map(|day| number(day) - day_number(now))
}

/// 「还有3天」「今天到期」「已超过2天」: how far a due moment is.
pub fn due_in(at: Millis, now: Millis) -> String {
    match days_until(at, now) {
        0 if at < now => "今天已到期".into(),
        0 => "今天到期".into(),
        1 => "明天到期".into(),
        n if n > 0 => format!("还有{n}天"),
        n => format!("已超过{}天", -n),
    }
}

/// 「今天」「明天」「还有3天」「3天前」: how far a day is.
pub fn how_far(days: i64) -> String {
    match days {
        0 => "今天".into(),
        1 => "明天".into(),
        2 => "后天".into(),
        -1 => "昨天".into(),
        n if n > 0 => format!("还有{n}天"),
        n => format!("{}天前", -n),
    }
}

/// 「3天」「5小时」「不到1小时」: a span of time.
pub fn span(length: Millis) -> String {
    if length >= DAY {
        format!("{}天", (length + DAY / 2) / DAY)
    } else if length >= HOUR {
        format!("{}小时", length / HOUR)
    } else {
        "不到1小时".into()
    }
}

/// `2026-09-12`, for `<time datetime>`.
pub fn iso(at: Millis) -> String {
    let day = civil(day_number(at));
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-09-11T06:05:00Z, a Friday, five past two in the afternoon in China.
    const FRIDAY: Millis = 1_789_106_700_000;

    #[test]
    fn a_moment_is_said_with_weekday_and_part_of_the_day() {
        assert_eq!(spoken(FRIDAY, FRIDAY), "9月11日 星期五 下午");
        assert_eq!(date_time(FRIDAY, FRIDAY), "9月11日 14:05");
        assert_eq!(moment(FRIDAY, FRIDAY), "9月11日 下午2:05");
        assert_eq!(moment(FRIDAY - 5 * HOUR, FRIDAY), "9月11日 上午9:05");
        assert_eq!(moment(FRIDAY - 2 * HOUR, FRIDAY), "9月11日 下午12:05");
        assert_eq!(iso(FRIDAY), "2026-09-11");
    }

    #[test]
    fn another_year_is_named() {
        assert_eq!(date(FRIDAY, FRIDAY + 200 * DAY), "2026年9月11日");
    }

    #[test]
    fn the_day_changes_at_midnight_in_china() {
        let last_minute = FRIDAY - FRIDAY.rem_euclid(DAY) + 16 * HOUR - MINUTE;
        assert_eq!(date(last_minute, FRIDAY), "9月11日");
        assert_eq!(date(last_minute + MINUTE, FRIDAY), "9月12日");
    }

    #[test]
    fn due_days_are_counted_by_the_calendar() {
        assert_eq!(due_in(FRIDAY + 3 * DAY, FRIDAY), "还有3天");
        assert_eq!(due_in(FRIDAY + HOUR, FRIDAY), "今天到期");
        assert_eq!(due_in(FRIDAY - 2 * DAY, FRIDAY), "已超过2天");
    }

    #[test]
    fn every_day_of_four_centuries_goes_there_and_back() {
        for days in -146_097..146_097 {
            assert_eq!(number(civil(days)), days);
        }
    }

    #[test]
    fn only_dates_are_read_as_dates() {
        assert_eq!(spoken_day("2026-09-12", FRIDAY), "9月12日 星期六");
        assert_eq!(spoken_day("另行通知", FRIDAY), "另行通知");
        assert_eq!(parse_day("2026-13-01"), None);
    }
}
