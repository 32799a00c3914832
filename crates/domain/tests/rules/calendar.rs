//! Civil dates and due dates.

use liaison_domain::calendar::*;
use liaison_domain::limits::Span;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"))
}

#[test]
fn months_end_where_they_end() {
    let cases = [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ];
    for (from, months, to) in cases {
        assert_eq!(date(from).plus_months(months).iso(), to, "{from} and {months} months");
    }
    for wrong in [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-1-1",
        "20260101",
        "2026-01-0a",
        "",
    ] {
        assert_eq!(Date::parse(wrong), None, "{wrong} is no date");
    }
}

#[test]
fn the_day_begins_at_midnight_in_shanghai() {
    let moment = 1_767_196_800_000; // 2025-12-31T16:00:00Z
    assert_eq!(stamp(moment), "2026-01-01 00:00");
    assert_eq!(date_of(moment - 1).iso(), "2025-12-31");
    assert_eq!(date("2026-01-01").weekday(), Weekday::Thursday);
    assert_eq!(date("1970-01-01").day_number(), 0);
}

#[test]
fn the_state_councils_calendar_of_2026() {
    let calendar = demo_calendar();
    for off in [
        "2026-01-01",
        "2026-02-15",
        "2026-02-23",
        "2026-10-07",
        "2026-09-25",
        "2026-06-19",
        "2026-03-07",
    ] {
        assert!(!calendar.is_work_day(date(off)), "{off} is off");
    }
    for worked in [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
        "2026-02-24",
    ] {
        assert!(calendar.is_work_day(date(worked)), "{worked} is worked");
    }
    for year in [2025, 2026] {
        let days = (0..365)
            .filter(|n| calendar.is_work_day(Date::new(year, 1, 1).expect("a date").plus_days(*n)))
            .count();
        assert_eq!(days, 248, "{year} has 248 work days");
    }
}

#[test]
fn a_due_date_skips_the_holiday_and_counts_the_saturday_worked() {
    let calendar = demo_calendar();
    let friday = date("2026-02-13").at_minute(900);
    assert_eq!(
        stamp(calendar.add_work_days(friday, 1)),
        "2026-02-14 23:59",
        "the Saturday before the holiday is worked"
    );
    assert_eq!(
        stamp(calendar.add_work_days(friday, 2)),
        "2026-02-24 23:59",
        "then nine days off"
    );
    assert_eq!(
        stamp(calendar.add_work_hours(friday, 4)),
        "2026-02-14 10:00",
        "three hours on Friday, one on Saturday"
    );
    assert_eq!(
        stamp(calendar.add_work_hours(date("2026-03-02").at_minute(660), 4)),
        "2026-03-02 17:00",
        "over the noon break"
    );
    assert_eq!(stamp(WorkCalendar::add_calendar_days(friday, 5)), "2026-02-18 23:59");
}

#[test]
fn spans_are_read_as_they_are_written() {
    for text in ["2wd", "14d", "4wh", "4h", "3mo"] {
        assert_eq!(Span::parse(text).map(Span::text).as_deref(), Some(text));
    }
    assert_eq!(Span::parse(" 15 wd "), Some(Span::work_days(15)));
    for wrong in ["", "wd", "2", "2 weeks", "-1d", "99999999999d"] {
        assert_eq!(Span::parse(wrong), None, "{wrong} is no length of time");
    }
}

fn moment() -> impl Strategy<Value = i64> {
    date("2024-06-01").start()..date("2028-06-01").start()
}

fn holidays() -> impl Strategy<Value = Vec<i32>> {
    prop::collection::vec(date("2024-06-01").day_number()..date("2028-12-31").day_number(), 0..60)
}

fn with_more(mut calendar: WorkCalendar, more: &[i32]) -> WorkCalendar {
    calendar
        .holidays
        .extend(more.iter().map(|number| Date::from_day_number(*number)));
    calendar
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        (0_u32..60).prop_map(Span::work_days),
        (0_u32..60).prop_map(Span::days),
        (0_u32..60).prop_map(Span::work_hours),
        (0_u32..600).prop_map(Span::hours),
        (0_u32..14).prop_map(Span::months),
    ]
}

proptest! {
    #[test]
    fn dates_survive_the_round_trip(number in -700_000_i32..2_900_000) {
        let there = Date::from_day_number(number);
        prop_assert_eq!(there.day_number(), number);
        if (1..=9999).contains(&there.year) {
            prop_assert_eq!(Date::parse(&there.iso()), Some(there));
        }
        prop_assert_eq!(date_of(there.start()), there);
        prop_assert_eq!(date_of(there.end()), there);
        prop_assert_eq!(there.plus_days(1).start(), there.end() + 1);
    }

    #[test]
    fn months_there_and_back_lose_at_most_the_days_a_month_lacks(number in 0_i32..40_000, months in -60_i32..60) {
        let day = Date::from_day_number(number);
        let back = day.plus_months(months).plus_months(-months);
        prop_assert!(back <= day && day.day_number() - back.day_number() <= 3, "{} became {}", day.iso(), back.iso());
    }

    #[test]
    fn work_days_added_are_work_days_between(at in moment(), days in 1_u32..120, more in holidays()) {
        let calendar = with_more(demo_calendar(), &more);
        let due = calendar.add_work_days(at, days);
        prop_assert!(calendar.is_work_day(date_of(due)), "{} is no work day", stamp(due));
        prop_assert_eq!(calendar.work_days_between(at, due), days);
        let back = calendar.subtract_work_days(due, days);
        prop_assert!(back < due && calendar.work_days_between(back, due) == days);
    }

    #[test]
    fn work_hours_added_are_work_hours_between(at in moment(), hours in 0_u32..200) {
        let calendar = demo_calendar();
        let due = calendar.add_work_hours(at, hours);
        prop_assert_eq!(calendar.work_millis_between(at, due), i64::from(hours) * HOUR_MS);
    }

    #[test]
    fn more_holidays_never_bring_a_deadline_nearer(at in moment(), span in span(), more in holidays()) {
        let calendar = demo_calendar();
        let fewer = span.after(at, &calendar);
        let later = span.after(at, &with_more(calendar, &more));
        prop_assert!(fewer <= later, "{} from {}: {} became {}", span.text(), stamp(at), stamp(fewer), stamp(later));
    }

    #[test]
    fn a_pause_never_brings_a_deadline_nearer_and_holidays_in_it_neither(
        at in moment(), span in span(), into in 0_i64..40 * DAY_MS, pause in 0_i64..30 * DAY_MS, more in holidays(),
    ) {
        let shifted = |calendar: &WorkCalendar| {
            let due = span.after(at, calendar);
            let paused = (at + into).min(due);
            (due, span.shift(due, paused, paused + pause, calendar))
        };
        let calendar = demo_calendar();
        let (due, moved) = shifted(&calendar);
        prop_assert!(due <= moved, "{} became {}", stamp(due), stamp(moved));
        let paused = (at + into).min(due);
        let more = with_more(calendar.clone(), &more);
        let later_due = span.after(at, &more);
        let later = span.shift(later_due, paused, paused + pause, &more);
        prop_assert!(moved <= later, "with more holidays {} became {}", stamp(moved), stamp(later));
    }
}
