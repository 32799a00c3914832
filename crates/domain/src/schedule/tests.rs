use super::*;
use crate::calendar::{Date, WorkCalendar};
use proptest::prelude::*;
use rrule::RRuleSet;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn rule(text: &str) -> Rule {
    serde_json::from_str(text).expect("a rule")
}

fn without(holidays: &[&str]) -> WorkCalendar {
    let mut calendar = WorkCalendar::default();
    calendar.holidays.extend(holidays.iter().map(|text| day(text)));
    calendar
}

fn held(rule: &Rule, from: &str, to: &str, holidays: &[&str]) -> Vec<String> {
    let days = rule.held(day(from), day(to), &without(holidays));
    days.into_iter().map(Date::iso).collect()
}

const THURSDAYS: &str = r#"{"mode":"nth_weekday","nth":[2,4],"weekday":4,"start":"14:30","end":"17:00"}"#;

/// The rules of the made-up district, and an RRULE that says the same of the days.
const DEMO: &[(&str, &str, &str)] = &[
    (
        THURSDAYS,
        "FREQ=MONTHLY;BYDAY=2TH,4TH",
        "每月第二、第四个星期四 14:30–17:00",
    ),
    (
        r#"{"mode":"monthly_day","days":[9,19],"start":"09:00","end":"11:30"}"#,
        "FREQ=MONTHLY;BYMONTHDAY=9,19",
        "每月 9 日、19 日 09:00–11:30",
    ),
    (
        r#"{"mode":"weekly","weekday":3,"start":"18:30","end":"20:30"}"#,
        "FREQ=WEEKLY;BYDAY=WE",
        "每周三 18:30–20:30",
    ),
    (
        // The Friday of the week with the first Monday lies on the 5th to the 11th.
        r#"{"mode":"week_of_month","nth":[1],"weekday":5,"start":"15:00","end":"16:00"}"#,
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=5,6,7,8,9,10,11",
        "每月第一周的星期五 15:00–16:00",
    ),
    (
        r#"{"mode":"monthly_day","days":[15],"months":[1,3,5,7,9,11],"start":"09:00","end":"11:00"}"#,
        "FREQ=MONTHLY;BYMONTH=1,3,5,7,9,11;BYMONTHDAY=15",
        "单月 15 日 09:00–11:00",
    ),
    (
        r#"{"mode":"monthly_day","days":[15],"months":[2,4,6,8,10,12],"start":"09:00","end":"11:00"}"#,
        "FREQ=MONTHLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=15",
        "双月 15 日 09:00–11:00",
    ),
    (
        r#"{"mode":"nth_weekday","nth":[-1],"weekday":2,"start":"14:00","end":"16:30"}"#,
        "FREQ=MONTHLY;BYDAY=-1TU",
        "每月最后一个星期二 14:00–16:30",
    ),
    (
        r#"{"mode":"week_of_month","nth":[1],"weekday":1,"start":"09:00","end":"11:00"}"#,
        "FREQ=MONTHLY;BYDAY=1MO",
        "每月第一周的星期一 09:00–11:00",
    ),
];

/// The days that a calendar library makes of an RRULE.
fn by_library(text: &str, from: Date, to: Date) -> Vec<String> {
    let begin = from.iso().replace('-', "");
    let set: RRuleSet = format!("DTSTART:{begin}T000000Z\nRRULE:{text}")
        .parse()
        .expect("an RRULE");
    let days = set.all(2_000).dates;
    days.into_iter()
        .map(|at| at.format("%Y-%m-%d").to_string())
        .take_while(|text| *text <= to.iso())
        .collect()
}

#[test]
fn every_rule_of_the_made_up_district_agrees_with_a_calendar_library_for_ten_years() {
    let (from, to) = (day("2025-01-01"), day("2034-12-31"));
    for (text, rrule, words) in DEMO {
        let rule = rule(text);
        let own: Vec<String> = rule
            .days(from, to, &WorkCalendar::default())
            .into_iter()
            .map(|day| day.rule_date.iso())
            .collect();
        assert_eq!(own, by_library(rrule, from, to), "{words}");
        assert_eq!(rule.words(), *words);
        assert_eq!(rule.check(), []);
    }
}

#[test]
fn the_second_week_s_thursday_is_not_the_second_thursday() {
    // October 2026 begins on a Thursday: its first Monday is the 5th.
    let by_weekday = rule(r#"{"mode":"nth_weekday","nth":[2],"weekday":4,"start":"14:30","end":"17:00"}"#);
    let by_week = rule(r#"{"mode":"week_of_month","nth":[2],"weekday":4,"start":"14:30","end":"17:00"}"#);
    assert_eq!(held(&by_weekday, "2026-10-01", "2026-10-31", &[]), ["2026-10-08"]);
    assert_eq!(held(&by_week, "2026-10-01", "2026-10-31", &[]), ["2026-10-15"]);
    assert_eq!(by_weekday.words(), "每月第二个星期四 14:30–17:00");
    assert_eq!(by_week.words(), "每月第二周的星期四 14:30–17:00");
}

/// 每月第二、第四个星期四下午 over twelve months with the Spring Festival and the National Day in them.
#[test]
fn a_year_of_thursdays_passes_over_two_long_holidays() {
    let rule = rule(THURSDAYS);
    let new_year = [
        "2026-02-12",
        "2026-02-15",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-02-19",
        "2026-02-20",
    ];
    let october = [
        "2026-10-01",
        "2026-10-02",
        "2026-10-05",
        "2026-10-06",
        "2026-10-07",
        "2026-10-08",
    ];
    let holidays = [&new_year[..], &october[..]].concat();
    let days = held(&rule, "2026-01-01", "2026-12-31", &holidays);
    assert_eq!(
        days,
        [
            "2026-01-08",
            "2026-01-22",
            "2026-02-26",
            "2026-03-12",
            "2026-03-26",
            "2026-04-09",
            "2026-04-23",
            "2026-05-14",
            "2026-05-28",
            "2026-06-11",
            "2026-06-25",
            "2026-07-09",
            "2026-07-23",
            "2026-08-13",
            "2026-08-27",
            "2026-09-10",
            "2026-09-24",
            "2026-10-22",
            "2026-11-12",
            "2026-11-26",
            "2026-12-10",
            "2026-12-24",
        ]
    );
    let named = rule.days(day("2026-02-01"), day("2026-02-28"), &without(&holidays));
    assert_eq!(named[0].fate, Fate::Holiday);
    assert_eq!(named[0].rule_date, day("2026-02-12"));
}

#[test]
fn holidays_move_a_day_as_the_station_chose() {
    let moved = r#"{"mode":"monthly_day","days":[9],"start":"9:00","end":"11:30","holiday":"next_workday"}"#;
    // The 9th is a holiday, the 10th a Thursday.
    assert_eq!(
        held(&rule(moved), "2026-12-01", "2026-12-31", &["2026-12-09"]),
        ["2026-12-10"]
    );
    // 9 May 2026 is a Saturday.
    assert_eq!(held(&rule(moved), "2026-05-01", "2026-05-31", &[]), ["2026-05-11"]);
    let week = r#"{"mode":"week_of_month","nth":[1],"weekday":5,"start":"15:00","end":"16:00","holiday":"next_week"}"#;
    assert_eq!(
        held(&rule(week), "2026-10-01", "2026-10-31", &["2026-10-09"]),
        ["2026-10-16"]
    );
    let both = ["2026-10-09", "2026-10-16"];
    assert_eq!(held(&rule(week), "2026-10-01", "2026-10-31", &both), ["2026-10-23"]);
}

#[test]
fn a_day_that_moves_onto_another_is_held_once() {
    let weekly = rule(r#"{"mode":"weekly","weekday":3,"start":"18:30","end":"20:30","holiday":"next_week"}"#);
    assert_eq!(
        held(&weekly, "2026-11-01", "2026-11-30", &["2026-11-11"]),
        ["2026-11-04", "2026-11-18", "2026-11-25"]
    );
    let named = weekly.days(day("2026-11-11"), day("2026-11-18"), &without(&["2026-11-11"]));
    assert_eq!(named[0].fate, Fate::Joined);
    assert_eq!(named[1].fate, Fate::Kept);
}

#[test]
fn an_exception_goes_before_the_holiday_and_the_rule() {
    let mut rule = rule(THURSDAYS);
    rule.exceptions = vec![
        Exception {
            date: day("2026-11-12"),
            to: Some(day("2026-11-13")),
            reason: "会场检修".to_owned(),
        },
        Exception {
            date: day("2026-11-26"),
            to: None,
            reason: "人代会会期".to_owned(),
        },
    ];
    assert_eq!(held(&rule, "2026-11-01", "2026-11-30", &["2026-11-12"]), ["2026-11-13"]);
    let named = rule.days(day("2026-11-01"), day("2026-11-30"), &WorkCalendar::default());
    assert_eq!(named[1].fate, Fate::Exception("人代会会期".to_owned()));
}

#[test]
fn a_day_chosen_by_itself_is_held_on_a_holiday_too() {
    let once = rule(r#"{"mode":"once","date":"2026-10-01","start":"09:00","end":"11:00"}"#);
    assert_eq!(held(&once, "2026-09-01", "2026-12-31", &["2026-10-01"]), ["2026-10-01"]);
    assert_eq!(once.words(), "2026年10月1日（星期四） 09:00–11:00");
}

#[test]
fn a_rule_that_names_no_day_is_refused_field_by_field() {
    let fields = |text: &str| -> Vec<(String, String)> {
        let found = rule(text).check();
        found.into_iter().map(|wrong| (wrong.field, wrong.code)).collect()
    };
    let pair = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    assert_eq!(
        fields(r#"{"mode":"nth_weekday","start":"15:00","end":"14:00"}"#),
        [
            pair("nth", "required"),
            pair("weekday", "required"),
            pair("end", "before_start")
        ]
    );
    assert_eq!(
        fields(r#"{"mode":"monthly_day","days":[32],"months":[13],"start":"14:00","end":"14:10"}"#),
        [
            pair("days", "invalid"),
            pair("months", "invalid"),
            pair("end", "too_short")
        ]
    );
    assert_eq!(
        fields(r#"{"mode":"once","start":"14:00","end":"15:00"}"#),
        [pair("date", "required")]
    );
}

#[test]
fn slots_fill_the_time_and_leave_the_rest() {
    let rule = rule(r#"{"mode":"weekly","weekday":3,"start":"18:30","end":"20:30"}"#);
    let texts: Vec<String> = rule.slots(50).into_iter().map(Time::text).collect();
    assert_eq!(texts, ["18:30", "19:20"]);
    assert_eq!(rule.slots(15).len(), 8);
    assert_eq!(rule.slots(0), []);
    assert_eq!(rule.slots(121), []);
}

#[test]
fn times_are_read_as_people_type_them() {
    assert_eq!(Time::parse(" 9：05 "), Some(Time(545)));
    assert_eq!(Time::parse("24:00"), None);
    assert_eq!(Time::parse("9"), None);
}

fn any_rule() -> impl Strategy<Value = Rule> {
    (
        0..4_usize,
        prop::collection::vec(prop_oneof![1..=5_i8, Just(-1)], 1..3),
        1..=7_u8,
        prop::collection::vec(1..=31_u8, 1..3),
        prop::collection::vec(1..=12_u8, 0..4),
        0..3_usize,
    )
        .prop_map(|(mode, nth, weekday, days, months, holiday)| Rule {
            nth,
            weekday: Some(weekday),
            days,
            months,
            holiday: HolidayPolicy::ALL[holiday],
            ..Rule::new(Mode::ALL[mode], Time(540), Time(600))
        })
}

fn any_calendar() -> impl Strategy<Value = WorkCalendar> {
    prop::collection::vec((0..730_i32, 1..9_i32), 0..6).prop_map(|runs| {
        let mut calendar = WorkCalendar::default();
        for (from, length) in runs {
            calendar
                .holidays
                .extend((from..from + length).map(|days| day("2026-01-01").plus_days(days)));
        }
        calendar
    })
}

proptest! {
    #[test]
    fn nothing_is_held_on_a_holiday_and_nothing_twice(rule in any_rule(), calendar in any_calendar()) {
        let held = rule.held(day("2026-01-01"), day("2027-12-31"), &calendar);
        prop_assert!(held.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(held.iter().all(|date| !calendar.holidays.contains(date)));
    }

    /// Looking at a year is looking at its halves.
    #[test]
    fn a_span_is_its_parts(rule in any_rule(), calendar in any_calendar(), cut in 1..364_i32) {
        let (from, to) = (day("2026-01-01"), day("2026-12-31"));
        let middle = from.plus_days(cut);
        let whole = rule.days(from, to, &calendar);
        let mut parts = rule.days(from, middle.plus_days(-1), &calendar);
        parts.extend(rule.days(middle, to, &calendar));
        prop_assert_eq!(whole, parts);
    }

    /// A day never moves back, and what moves says so.
    #[test]
    fn a_moved_day_comes_later(rule in any_rule(), calendar in any_calendar()) {
        for found in rule.days(day("2026-01-01"), day("2026-12-31"), &calendar) {
            prop_assert!(rule.falls_on(found.rule_date));
            match found.fate {
                Fate::Kept => prop_assert_eq!(found.date, Some(found.rule_date)),
                Fate::Moved => prop_assert!(found.date.is_some_and(|date| date > found.rule_date)),
                Fate::Holiday | Fate::Joined => prop_assert_eq!(found.date, None),
                Fate::Exception(_) => prop_assert!(false, "no exception was made"),
            }
        }
    }

    #[test]
    fn a_rule_survives_its_json(rule in any_rule()) {
        let text = serde_json::to_string(&rule).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Rule>(&text).expect("a rule"), rule);
    }
}

#[test]
fn what_the_second_thursday_means_is_said_with_a_month_in_which_it_matters() {
    let by_weekday = rule(THURSDAYS);
    // The second Thursday of both is the same day until a month begins on a Tuesday to Thursday.
    assert_eq!(
        by_weekday.reading(day("2026-10-01")).as_deref(),
        Some(
            "这里说的是当月第二个星期四，不是第二周的星期四。比如2026年10月，接待日是10月8日（星期四），\
             不是10月15日（星期四）。"
        )
    );
    let by_week = Rule {
        mode: Mode::WeekOfMonth,
        ..by_weekday
    };
    assert_eq!(
        by_week.reading(day("2026-10-01")).as_deref(),
        Some(
            "这里按周数算：当月第一个星期一所在的那一周是第一周，所以第二周的星期四和第二个星期四常常不是同一天。\
             比如2026年10月，接待日是10月15日（星期四），不是10月8日（星期四）。"
        )
    );
    for other in [Mode::Weekly, Mode::MonthlyDay, Mode::Once] {
        let rule = Rule {
            mode: other,
            ..by_week.clone()
        };
        assert_eq!(rule.reading(day("2026-10-01")), None, "{other:?}");
    }
}
