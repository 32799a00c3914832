//! Holidays from files, as calendars and spreadsheets write them.

use liaison_domain::calendar::{Date, Import, ImportProblem, import};
use proptest::prelude::*;

fn days(import: &Import) -> Vec<(String, bool)> {
    import.rows.iter().map(|row| (row.date.iso(), row.is_workday)).collect()
}

fn problems(import: &Import) -> Vec<(u32, ImportProblem)> {
    import.errors.iter().map(|error| (error.line, error.problem)).collect()
}

fn day(text: &str, is_workday: bool) -> (String, bool) {
    (text.to_owned(), is_workday)
}

#[test]
fn a_holiday_calendar_is_read_as_phones_subscribe_to_it() {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//CN//Holidays//ZH\r\n\
        BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261004\r\nSUMMARY:国庆\r\n 节\\, 放假\r\n\
        BEGIN:VALARM\r\nTRIGGER:-PT9H\r\nSUMMARY:提醒上班\r\nEND:VALARM\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261010\r\nSUMMARY:国庆节（班）\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20260920\r\nDURATION:P1D\r\nSUMMARY;LANGUAGE=\"zh:CN\":国庆节补班\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let read = import(text);
    assert_eq!(problems(&read), []);
    assert_eq!(
        days(&read),
        [
            day("2026-09-20", true),
            day("2026-10-01", false),
            day("2026-10-02", false),
            day("2026-10-03", false),
            day("2026-10-10", true),
        ]
    );
    assert_eq!(
        read.rows[1].name, "国庆节, 放假",
        "a folded line goes on where it ended"
    );
}

#[test]
fn events_that_are_no_days_off_are_named_with_their_line() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261001T090000Z\nSUMMARY:开会\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY\nSUMMARY:劳动节\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260231\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260302\nSUMMARY:调休上班\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\n";
    let read = import(text);
    assert_eq!(days(&read), []);
    assert_eq!(
        problems(&read),
        [
            (2, ImportProblem::Timed),
            (6, ImportProblem::Repeats),
            (11, ImportProblem::Day),
            (14, ImportProblem::Length),
            (22, ImportProblem::Weekday),
            (26, ImportProblem::Unfinished),
        ]
    );
}

#[test]
fn a_spreadsheet_is_read_with_its_mark_and_its_header() {
    let text = "\u{feff}日期,类别,名称\r\n2026-02-17,holiday,春节\r\n\r\n2026/2/28,workday,\"春节,补班\"\r\n2026年5月1日，放假，劳动节\r\n";
    let read = import(text);
    assert_eq!(problems(&read), []);
    assert_eq!(
        days(&read),
        [
            day("2026-02-17", false),
            day("2026-02-28", true),
            day("2026-05-01", false)
        ]
    );
    assert_eq!(read.rows[1].name, "春节,补班");
}

#[test]
fn what_a_spreadsheet_has_wrong_is_named_and_the_rest_is_read() {
    let text = "2026-13-01,holiday,a\n2026-02-17,maybe,b\n2026-02-17,holiday,c\n2026-02-28,workday,d\n2026-02-28,holiday,e\n2026-03-02,workday,f\n2026-02-17,holiday,c";
    let read = import(text);
    assert_eq!(days(&read), [day("2026-02-17", false), day("2026-02-28", true)]);
    assert_eq!(
        problems(&read),
        [
            (1, ImportProblem::Day),
            (2, ImportProblem::Kind),
            (5, ImportProblem::Twice),
            (6, ImportProblem::Weekday),
        ]
    );
    assert_eq!(problems(&import("日期,类别\n")), [(0, ImportProblem::Empty)]);
    assert_eq!(problems(&import("")), [(0, ImportProblem::Empty)]);
}

proptest! {
    #[test]
    fn no_text_makes_it_stumble(text in "\\PC*", ics in any::<bool>()) {
        let whole = if ics { ["BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:", &text].concat() } else { text };
        let read = import(&whole);
        prop_assert!(!read.rows.is_empty() || !read.errors.is_empty());
    }

    #[test]
    fn what_was_written_is_read_again(number in 11_000_i32..40_000, length in 1_i32..20) {
        let first = Date::from_day_number(number);
        let compact = |date: Date| date.iso().replace('-', "");
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\nSUMMARY:假\r\nEND:VEVENT\r\nEND:VCALENDAR",
            compact(first), compact(first.plus_days(length))
        );
        let csv = (0..length).fold(String::new(), |text, at| text + &first.plus_days(at).iso() + ",holiday,假\n");
        let (ics, csv) = (import(&text), import(&csv));
        prop_assert_eq!(days(&ics), days(&csv));
        prop_assert_eq!(ics.rows.len(), length as usize);
    }
}
