//! Receptions as everybody sees them: the rule, the year, the list, the page, the poster, the calendar file, the code.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarStatus, ICalendarValue};
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{AppointmentView, DeputyDetail, HomePage, ReceptionDetail, ReceptionList, StationDetail};
use liaison_domain::reception::{Mode, SessionKind, SessionState};
use liaison_domain::schedule::{HolidayPolicy, Mode as RuleMode, Rule, Time};
use liaison_store::directory::SpecialDay;
use liaison_store::receptions::{NewBooking, NewRule, NewSession, PlannedDay, SessionChange, SlotWish};
use serde_json::json;
use std::collections::BTreeSet;

const HOUR: i64 = 3_600_000;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// A reception of songjing with luzhiyao, `hours` after Monday 10:00, two hours long.
fn reception(id: &str, hours: i64) -> NewSession {
    NewSession {
        id: id.to_owned(),
        station_id: "s-songjing".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at: MONDAY + hours * HOUR,
        ends_at: MONDAY + (hours + 2) * HOUR,
        place: String::new(),
        online_link: None,
        slot_minutes: 30,
        seats: 2,
        modes: vec![Mode::OnSite],
        notice: String::new(),
        deputies: vec!["d-luzhiyao".to_owned()],
    }
}

async fn add(app: &TestApp, new: NewSession) -> String {
    app.state.store.add_session(&new, app.state.now()).await.unwrap();
    new.id
}

async fn listed(app: &TestApp, query: &str) -> Vec<String> {
    let list: ReceptionList = app
        .nobody()
        .get(&format!("/api/v1/reception-sessions{query}"))
        .await
        .ok();
    list.items.into_iter().map(|card| card.id).collect()
}

/// 每月第二、第四个星期四 14:30–17:00, 遇节假日顺延一周, planned for a year.
async fn thursdays(app: &TestApp) {
    let store = &app.state.store;
    for date in ["2026-12-10", "2027-02-11"] {
        let holiday = SpecialDay {
            date: date.to_owned(),
            is_workday: false,
            name: "节日".to_owned(),
        };
        store.put_special_day(&holiday).await.unwrap();
    }
    app.state.read_rules().await.unwrap();
    let rule = Rule {
        nth: vec![2, 4],
        weekday: Some(4),
        holiday: HolidayPolicy::NextWeek,
        ..Rule::new(RuleMode::NthWeekday, Time(14 * 60 + 30), Time(17 * 60))
    };
    let (from, until) = (date_of(MONDAY), day("2027-11-22"));
    let days: Vec<_> = rule
        .days(from, until, &app.state.rules().calendar)
        .into_iter()
        .map(|day| PlannedDay {
            rule_date: day.rule_date,
            date: day.date,
            deputies: vec!["d-luzhiyao".to_owned()],
        })
        .collect();
    let new = NewRule {
        id: "rule".to_owned(),
        station_id: "s-songjing".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        place: String::new(),
        rule,
        deputies: vec!["d-luzhiyao".to_owned()],
        each: 1,
        slot_minutes: 30,
        seats: 1,
        modes: vec![Mode::OnSite],
    };
    store.put_rule(&new, None, MONDAY).await.unwrap();
    store.plan_receptions("rule", &days, from, until, MONDAY).await.unwrap();
}

/// The events of a calendar file, read by a library that did not write it.
fn events(text: &str) -> Vec<Vec<(ICalendarProperty, ICalendarValue)>> {
    let calendar = ICalendar::parse(text).unwrap_or_else(|_| panic!("not a calendar: {text}"));
    let of_event = calendar
        .components
        .into_iter()
        .filter(|component| component.component_type == ICalendarComponentType::VEvent);
    of_event
        .map(|component| {
            let entries = component.entries.into_iter();
            entries.map(|entry| (entry.name, entry.values[0].clone())).collect()
        })
        .collect()
}

fn value<'a>(event: &'a [(ICalendarProperty, ICalendarValue)], name: &ICalendarProperty) -> &'a ICalendarValue {
    let found = event.iter().find(|(known, _)| known == name);
    &found.unwrap_or_else(|| panic!("no {name:?} in {event:?}")).1
}

fn text<'a>(event: &'a [(ICalendarProperty, ICalendarValue)], name: &ICalendarProperty) -> &'a str {
    value(event, name)
        .as_text()
        .unwrap_or_else(|| panic!("{name:?} is no text in {event:?}"))
}

/// The day in China on which an event begins, with its time.
fn begins(event: &[(ICalendarProperty, ICalendarValue)]) -> String {
    let ICalendarValue::PartialDateTime(at) = value(event, &ICalendarProperty::Dtstart) else {
        panic!("no time: {event:?}");
    };
    assert_eq!((at.tz_hour, at.tz_minute), (Some(0), Some(0)), "UTC");
    let date = Date::new(at.year.unwrap().into(), at.month.unwrap(), at.day.unwrap()).unwrap();
    let minutes = u32::from(at.hour.unwrap() + 8) * 60 + u32::from(at.minute.unwrap());
    assert!(minutes < 24 * 60, "afternoon in China is the same day in UTC");
    format!("{} {}", date.iso(), Time(minutes).text())
}

#[tokio::test]
async fn the_rule_of_a_year_with_two_holidays_gives_the_same_days_on_page_poster_and_in_calendars() {
    let app = TestApp::start().await;
    thursdays(&app).await;
    let expected = [
        "2026-11-26",
        "2026-12-17",
        "2026-12-24",
        "2027-01-14",
        "2027-01-28",
        "2027-02-18",
        "2027-02-25",
        "2027-03-11",
        "2027-03-25",
        "2027-04-08",
        "2027-04-22",
        "2027-05-13",
        "2027-05-27",
        "2027-06-10",
        "2027-06-24",
        "2027-07-08",
        "2027-07-22",
        "2027-08-12",
        "2027-08-26",
        "2027-09-09",
        "2027-09-23",
        "2027-10-14",
        "2027-10-28",
        "2027-11-11",
    ];
    let mut anybody = app.nobody();

    let mut dates = Vec::new();
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        let after = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let list: ReceptionList = anybody.get(&format!("/api/v1/reception-sessions{after}")).await.ok();
        assert_eq!(list.total, expected.len() as u64);
        for card in list.items {
            dates.push(card.date);
            ids.push(card.id);
        }
        match list.next_cursor {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(dates, expected, "the list");

    for (id, date) in ids.iter().zip(&expected) {
        let poster = anybody.get(&format!("/receptions/{id}/poster")).await.text();
        let sheet = poster.split("class=\"poster\"").nth(1).expect("a poster");
        assert!(
            sheet.contains(&format!("<time datetime=\"{date}\">")),
            "the poster of {date}: {sheet}"
        );
        let spoken = day(date);
        let spoken = format!("{}年{}月{}日 星期四 14:30–17:00", spoken.year, spoken.month, spoken.day);
        let read: String = sheet
            .split('<')
            .filter_map(|piece| piece.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        assert!(read.contains(&spoken), "the poster of {date} says {spoken}: {read}");
        let one = events(&anybody.get(&format!("/receptions/{id}.ics")).await.text());
        assert_eq!(one.len(), 1);
        assert_eq!(begins(&one[0]), format!("{date} 14:30"), "its own calendar file");
    }

    for address in ["/stations/songjing/calendar.ics", "/deputies/luzhiyao/calendar.ics"] {
        let file = anybody.get(address).await;
        let all: Vec<String> = events(&file.text()).iter().map(|event| begins(event)).collect();
        let wanted: Vec<String> = expected.iter().map(|date| format!("{date} 14:30")).collect();
        assert_eq!(all, wanted, "{address}");
    }

    let station = anybody.get("/stations/songjing").await.text();
    assert!(station.contains("每月第二、第四个星期四 14:30–17:00，遇节假日顺延一周"));
    for date in expected {
        assert!(
            station.contains(&format!("datetime=\"{date}\"")),
            "the year's table has {date}"
        );
    }
}

/// When songjing and luzhiyao receive next, as their cards say.
async fn next(client: &mut Client<'_>) -> (Option<String>, Option<String>) {
    let station: StationDetail = client.get("/api/v1/stations/songjing").await.ok();
    let deputy: DeputyDetail = client.get("/api/v1/deputies/luzhiyao").await.ok();
    (station.card.next_reception, deputy.card.next_reception)
}

#[tokio::test]
async fn cards_name_the_next_reception_and_another_one_once_it_is_over() {
    let app = TestApp::start().await;
    let mut anybody = app.nobody();
    assert_eq!(next(&mut anybody).await, (None, None), "nothing is planned");

    // In two hours, and in a week.
    add(&app, reception("today", 2)).await;
    add(&app, reception("later", 7 * 24)).await;
    let today = (Some("2026-11-23".to_owned()), Some("2026-11-23".to_owned()));
    let later = (Some("2026-11-30".to_owned()), Some("2026-11-30".to_owned()));
    assert_eq!(next(&mut anybody).await, today);
    let home: HomePage = anybody.get("/api/v1/home").await.ok();
    let hints: Vec<_> = home
        .next_receptions
        .iter()
        .map(|hint| (&*hint.id, &*hint.time))
        .collect();
    assert_eq!(hints, [("today", "12:00–14:00"), ("later", "10:00–12:00")]);

    app.pass(3 * HOUR);
    assert_eq!(next(&mut anybody).await, today, "it is going on");
    app.pass(2 * HOUR);
    assert_eq!(next(&mut anybody).await, later, "it is over");

    let session = app.state.store.session("later").await.unwrap().unwrap();
    let cancelled = app
        .state
        .store
        .cancel_session("later", session.version, "台风", app.state.now())
        .await;
    cancelled.unwrap();
    assert_eq!(next(&mut anybody).await, (None, None), "it was cancelled");
}

#[tokio::test]
async fn a_list_is_narrowed_by_place_person_kind_day_and_words() {
    let app = TestApp::start().await;
    add(&app, reception("a", 2)).await;
    add(
        &app,
        NewSession {
            kind: SessionKind::Themed,
            topic: "加装电梯".to_owned(),
            ..reception("b", 26)
        },
    )
    .await;
    add(
        &app,
        NewSession {
            station_id: "s-yunfan".to_owned(),
            kind: SessionKind::Mobile,
            place: "东礁村文化礼堂".to_owned(),
            deputies: vec!["d-guchengyuan".to_owned()],
            ..reception("c", 50)
        },
    )
    .await;
    for (query, expected) in [
        ("", &["a", "b", "c"][..]),
        ("?station=yunfan", &["c"]),
        ("?area=songjing", &["a", "b"]),
        ("?area=songjing&station=yunfan", &[]),
        ("?deputy=luzhiyao", &["a", "b"]),
        ("?deputy=nobody", &[]),
        ("?kind=themed", &["b"]),
        ("?q=%E7%94%B5%E6%A2%AF", &["b"]),
        ("?q=%E4%B8%9C%E7%A4%81", &["c"]),
        ("?from=2026-11-24", &["b", "c"]),
        ("?from=2026-11-24&to=2026-11-24", &["b"]),
        ("?from=&kind=&q=", &["a", "b", "c"]),
    ] {
        assert_eq!(listed(&app, query).await, expected, "{query}");
    }
    for wrong in ["?kind=party", "?from=tomorrow", "?to=2026-13-01"] {
        let reply = app.nobody().get(&format!("/api/v1/reception-sessions{wrong}")).await;
        assert_eq!(reply.status, 422, "{wrong}");
    }
    app.pass(5 * HOUR);
    assert_eq!(listed(&app, "").await, ["b", "c"], "what is over is left out");
    assert_eq!(
        listed(&app, "?from=2026-11-23").await,
        ["a", "b", "c"],
        "unless its day is asked for"
    );
}

#[tokio::test]
async fn a_reception_tells_which_times_are_free_and_until_when() {
    let app = TestApp::start().await;
    add(&app, reception("a", 24)).await;
    let path = "/api/v1/reception-sessions/a";
    let before: ReceptionDetail = app.nobody().get(path).await.ok();
    assert_eq!(
        (before.card.bookable, before.card.free, before.slots.len()),
        (true, 4, 4)
    );
    assert!(
        before
            .slots
            .iter()
            .all(|slot| slot.deputy.as_deref() == Some("luzhiyao") && slot.free == 1)
    );

    let terms = app.state.config.reception.terms().clone();
    let booking = NewBooking {
        session_id: "a".to_owned(),
        account_id: None,
        name: "李听澜".to_owned(),
        phone_masked: None,
        phone_encrypted: None,
        mode: Mode::OnSite,
        topic: "路灯".to_owned(),
        access_needs: String::new(),
        people: 1,
        slot: Some(SlotWish {
            starts_at: before.slots[1].starts_at,
            deputy_id: Some("d-luzhiyao".to_owned()),
        }),
        wish_deputy: None,
        instead_of: None,
    };
    app.state
        .store
        .book(&booking, &terms, None, app.state.now())
        .await
        .unwrap();
    let after: ReceptionDetail = app.nobody().get(path).await.ok();
    assert_eq!(after.card.free, 3);
    assert_eq!(
        after.slots.iter().map(|slot| slot.free).collect::<Vec<_>>(),
        [1, 0, 1, 1]
    );
    let page = app.nobody().get("/receptions/a").await.text();
    let link = |at: i64| format!("/receptions/a/book?at={at}&amp;deputy=luzhiyao");
    assert!(page.contains(&link(before.slots[0].starts_at)), "{page}");
    assert!(
        !page.contains(&link(before.slots[1].starts_at)),
        "a time that is taken is not offered: {page}"
    );
    assert!(
        !page.contains("李听澜") && !page.contains("路灯"),
        "who booked is nobody's business: {page}"
    );

    app.pass(24 * HOUR - i64::from(terms.closes_hours) * HOUR);
    let late: ReceptionDetail = app.nobody().get(path).await.ok();
    assert_eq!((late.card.bookable, late.slots.len()), (false, 0), "booking has ended");
    let page = app.nobody().get("/receptions/a").await.text();
    assert!(
        !page.contains("/receptions/a/book") && page.contains("网上预约已经截止"),
        "{page}"
    );
    assert_eq!(app.nobody().get("/receptions/nowhere").await.status, 404);
}

#[tokio::test]
async fn every_state_is_said_in_words_with_its_reason() {
    let app = TestApp::start().await;
    for id in ["planned", "announced", "cancelled"] {
        add(&app, reception(id, 24)).await;
    }
    let store = &app.state.store;
    store.announce_session("announced", 1, app.state.now()).await.unwrap();
    store
        .cancel_session("cancelled", 1, "台风停工", app.state.now())
        .await
        .unwrap();
    let mut anybody = app.nobody();
    for (id, words) in [("planned", "已排期"), ("announced", "已公告"), ("cancelled", "已取消")] {
        assert!(
            anybody.get(&format!("/receptions/{id}")).await.text().contains(words),
            "{id}"
        );
    }
    for address in [
        "/receptions",
        "/receptions/cancelled",
        "/receptions/cancelled/notice",
        "/receptions/cancelled/poster",
    ] {
        assert!(
            anybody.get(address).await.text().contains("原因：台风停工。"),
            "{address}"
        );
    }
    let cancelled: ReceptionDetail = anybody.get("/api/v1/reception-sessions/cancelled").await.ok();
    assert_eq!(cancelled.card.state, SessionState::Cancelled);
    assert!(!cancelled.card.bookable);
    app.pass(30 * HOUR);
    assert!(anybody.get("/receptions/announced").await.text().contains("已结束"));
}

#[tokio::test]
async fn the_month_is_a_table_of_days_and_both_views_keep_the_filter() {
    let app = TestApp::start().await;
    add(
        &app,
        NewSession {
            topic: "养老".to_owned(),
            ..reception("a", 48)
        },
    )
    .await;
    add(&app, reception("b", 24 * 20)).await;
    let mut anybody = app.nobody();
    let month = anybody
        .get("/receptions?view=calendar&q=%E5%85%BB%E8%80%81")
        .await
        .text();
    assert_eq!(month.matches("<th scope=\"col\">").count(), 7);
    assert!(
        month.contains("href=\"#d-2026-11-25\"") && month.contains("id=\"d-2026-11-25\""),
        "{month}"
    );
    assert!(month.contains("aria-current=\"date\""), "today is marked");
    for link in [
        "/receptions?view=calendar&amp;month=2026-12&amp;q=%E5%85%BB%E8%80%81",
        "/receptions?view=calendar&amp;month=2026-10&amp;q=%E5%85%BB%E8%80%81",
        "/receptions?q=%E5%85%BB%E8%80%81",
    ] {
        assert!(month.contains(link), "{link} in {month}");
    }
    let next = anybody.get("/receptions?view=calendar&month=2026-12").await.text();
    assert!(
        next.contains("/receptions/b\"") && !next.contains("/receptions/a\""),
        "{next}"
    );
    let nothing = anybody.get("/receptions?q=%E6%B2%A1%E6%9C%89").await.text();
    assert!(nothing.contains("没有符合条件的接待"), "{nothing}");
    let odd = anybody
        .get("/receptions?kind=party&from=someday&view=calendar&month=x")
        .await;
    assert_eq!(odd.status, 200, "an address changed by hand still shows something");
}

#[tokio::test]
async fn a_calendar_file_names_every_change_and_is_not_sent_twice() {
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("server.public_url", "https://station.example"),
    ])
    .await;
    let notice = "请带身份证；到了先签到, 谢谢\n第二行\\完";
    add(
        &app,
        NewSession {
            topic: "物业, 停车".to_owned(),
            notice: notice.to_owned(),
            ..reception("a", 24)
        },
    )
    .await;
    let mut anybody = app.nobody();
    let address = "/stations/songjing/calendar.ics";
    let file = anybody.get(address).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let raw = file.text();
    assert!(raw.contains("REFRESH-INTERVAL;VALUE=DURATION:"), "{raw}");
    assert!(raw.lines().all(|line| line.len() <= 75), "folded: {raw}");
    assert!(
        raw.split('\n').all(|line| line.is_empty() || line.ends_with('\r')),
        "CRLF"
    );
    let event = events(&raw).remove(0);
    assert_eq!(text(&event, &ICalendarProperty::Uid), "reception-a@liaison-station");
    assert_eq!(value(&event, &ICalendarProperty::Sequence), &ICalendarValue::Integer(1));
    assert!(
        text(&event, &ICalendarProperty::Description).ends_with(notice),
        "{event:?}"
    );
    assert!(
        text(&event, &ICalendarProperty::Summary).contains("物业, 停车"),
        "{event:?}"
    );
    assert_eq!(text(&event, &ICalendarProperty::Location), "songjing联络站 学府路 9 号");
    assert!(raw.contains("URL:https://station.example/receptions/a\r\n"), "{raw}");

    let tag = file.header("etag").to_owned();
    let again = anybody
        .send(Method::GET, address, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));

    // Time alone changes nothing; another place or another beginning does, and says when.
    let stamp = |raw: &str| {
        let line = raw.lines().find(|line| line.starts_with("DTSTAMP:"));
        line.expect("a stamp").to_owned()
    };
    app.pass(HOUR);
    let later = anybody
        .send(Method::GET, address, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert_eq!(later.status, 304);
    let moved = SessionChange {
        title: String::new(),
        topic: "物业, 停车".to_owned(),
        starts_at: MONDAY + 25 * HOUR,
        ends_at: MONDAY + 27 * HOUR,
        place: "学府社区书房".to_owned(),
        online_link: None,
        notice: notice.to_owned(),
    };
    let terms = app.state.config.reception.terms().clone();
    app.state
        .store
        .change_session("a", 1, &moved, &terms, app.state.now())
        .await
        .unwrap();
    let after = anybody
        .send(Method::GET, address, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert_eq!(after.status, 200);
    assert!(
        stamp(&after.text()) > stamp(&raw),
        "{} after {}",
        stamp(&after.text()),
        stamp(&raw)
    );
    assert_eq!(
        stamp(&after.text()).replace("DTSTAMP", "LAST-MODIFIED"),
        after
            .text()
            .lines()
            .find(|line| line.starts_with("LAST-MODIFIED"))
            .unwrap_or_default()
    );
    let event = events(&after.text()).remove(0);
    assert_eq!(value(&event, &ICalendarProperty::Sequence), &ICalendarValue::Integer(2));

    app.pass(HOUR);
    app.state
        .store
        .cancel_session("a", 2, "台风", app.state.now())
        .await
        .unwrap();
    let changed = anybody
        .send(Method::GET, address, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert_eq!(changed.status, 200);
    let event = events(&changed.text()).remove(0);
    assert_eq!(
        text(&event, &ICalendarProperty::Uid),
        "reception-a@liaison-station",
        "the same entry"
    );
    assert_eq!(
        value(&event, &ICalendarProperty::Status),
        &ICalendarValue::Status(ICalendarStatus::Cancelled)
    );
    assert_eq!(
        value(&event, &ICalendarProperty::Sequence),
        &ICalendarValue::Integer(3),
        "newer"
    );
    assert!(stamp(&changed.text()) > stamp(&after.text()));
    for nowhere in [
        "/stations/atlantis/calendar.ics",
        "/deputies/nobody/calendar.ics",
        "/receptions/x.ics",
    ] {
        assert_eq!(anybody.get(nowhere).await.status, 404, "{nowhere}");
    }
}

#[tokio::test]
async fn ones_own_booking_is_an_entry_of_its_own_time_and_is_taken_out_when_it_is_cancelled() {
    let app = TestApp::start().await;
    add(&app, reception("a", 24)).await;
    let mut own = app.resident("199-0000-0001").await;
    let slot = MONDAY + 24 * HOUR + HOUR / 2;
    let wanted = json!({
        "slot": { "starts_at": slot }, "mode": "onsite", "name": "李女士", "topic": "邻居家暴", "access_needs": "坐轮椅", "people": 2
    });
    let key = [("idempotency-key", "k")];
    let path = "/api/v1/reception-sessions/a/appointments";
    let booked: AppointmentView = own.write(Method::POST, path, &key, &wanted).await.ok();
    let address = format!("/mine/bookings/{}.ics", booked.id);
    let page = own.get(&format!("/mine/bookings/{}", booked.id)).await;
    assert!(
        page.text().contains(&format!("href=\"{address}\"")),
        "offered on its page"
    );
    let file = own.get(&address).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert!(file.header("cache-control").contains("private"));
    let raw = file.text();
    let event = events(&raw).remove(0);
    assert_eq!(
        text(&event, &ICalendarProperty::Summary),
        "约见陆知遥：代表接待日",
        "the reception, and no word of what it is about"
    );
    assert!(
        !raw.replace("\r\n ", "").contains("家暴") && !raw.contains("轮椅"),
        "{raw}"
    );
    assert_eq!(text(&event, &ICalendarProperty::Location), "songjing联络站 学府路 9 号");
    let code = booked.code.split_at(4);
    assert!(text(&event, &ICalendarProperty::Description).contains(&format!("签到码 {} {}。", code.0, code.1)));
    // Monday 10:00 in China and a day and a half hour later, half an hour long.
    assert!(
        raw.contains("DTSTART:20261124T023000Z\r\n") && raw.contains("DTEND:20261124T030000Z\r\n"),
        "{raw}"
    );
    let confirmed = ICalendarValue::Status(ICalendarStatus::Confirmed);
    assert_eq!(value(&event, &ICalendarProperty::Status), &confirmed);
    let tag = file.header("etag").to_owned();
    app.pass(HOUR);
    let same = own
        .send(Method::GET, &address, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert_eq!(same.status, 304, "time alone changes nothing");

    let version = format!("\"{}\"", booked.version);
    let cancel = format!("/api/v1/appointments/{}/cancel", booked.id);
    let done = own
        .write(Method::POST, &cancel, &[("if-match", &version)], &json!({}))
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    let after = events(&own.get(&address).await.text()).remove(0);
    assert_eq!(
        text(&after, &ICalendarProperty::Uid),
        text(&event, &ICalendarProperty::Uid)
    );
    let cancelled = ICalendarValue::Status(ICalendarStatus::Cancelled);
    assert_eq!(value(&after, &ICalendarProperty::Status), &cancelled);
    let sequence = |event: &[(ICalendarProperty, ICalendarValue)]| match value(event, &ICalendarProperty::Sequence) {
        ICalendarValue::Integer(number) => *number,
        other => panic!("no number: {other:?}"),
    };
    assert!(sequence(&after) > sequence(&event));
    let page = own.get(&format!("/mine/bookings/{}", booked.id)).await;
    assert!(page.text().contains("从手机日历里划掉"));

    let mut other = app.resident("199-0000-0002").await;
    assert_eq!(other.get(&address).await.status, 404, "nobody else's");
    let login = app.nobody().get(&address).await;
    assert_eq!(login.status, 401, "{}", login.text());
}

/// What a camera reads from the picture of a code.
fn read(svg: &str) -> String {
    let number = |name: &str| -> usize {
        let rest = svg.split(&format!(" {name}=\"")).nth(1).expect("a size");
        rest.split('"')
            .next()
            .and_then(|text| text.parse().ok())
            .expect("a number")
    };
    let (width, height) = (number("width"), number("height"));
    let path = svg
        .split(" d=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a path");
    let mut dark = BTreeSet::new();
    for square in path.split('M').skip(1) {
        let numbers: Vec<usize> = square
            .split(|c: char| !c.is_ascii_digit())
            .filter(|text| !text.is_empty())
            .map(|text| text.parse().expect("a number"))
            .collect();
        let (left, top, across, down) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        for y in top..top + down {
            for x in left..left + across {
                dark.insert((x, y));
            }
        }
    }
    let mut picture = rqrr::PreparedImage::prepare_from_bitmap(width, height, |x, y| dark.contains(&(x, y)));
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1, "one code");
    codes[0].decode().expect("readable").1
}

#[tokio::test]
async fn codes_lead_a_camera_to_the_page() {
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("server.public_url", "https://station.example"),
    ])
    .await;
    add(&app, reception("a", 24)).await;
    let mut anybody = app.nobody();
    for (code, address, page) in [
        ("/qr/d/luzhiyao.svg", "/d/luzhiyao", "/deputies/luzhiyao"),
        ("/qr/s/songjing.svg", "/s/songjing", "/stations/songjing"),
        ("/qr/r/a.svg", "/receptions/a", "/receptions/a"),
    ] {
        let picture = anybody.get(code).await;
        assert_eq!(picture.header("content-type"), "image/svg+xml");
        assert_eq!(read(&picture.text()), format!("https://station.example{address}"));
        let there = anybody.get(address).await;
        let to = there.header("location");
        assert_eq!(if to.is_empty() { address } else { to }, page, "{address} leads on");
    }
    for nowhere in [
        "/qr/d/nobody.svg",
        "/qr/s/atlantis.svg",
        "/qr/r/none.svg",
        "/qr/x/a.svg",
        "/qr/d/luzhiyao.png",
    ] {
        assert_eq!(anybody.get(nowhere).await.status, 404, "{nowhere}");
    }
    let plain = TestApp::start().await;
    let picture = plain.nobody().get("/qr/s/songjing.svg").await.text();
    assert_eq!(
        read(&picture),
        "http://localhost/s/songjing",
        "as this request reached it"
    );
}
