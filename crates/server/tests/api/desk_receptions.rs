//! The office's side of receptions: rules with their preview, announcing, changing, cancelling, deputies who cannot come.

use crate::support::*;
use axum::http::Method;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{
    DeskReception, NoticeRow, OwnReception, Page, ReceptionBoard, ReceptionOutcome, RulePreview, ScheduleRule,
};
use liaison_domain::reception::{BookingState, DeputyState, Mode, SessionState};
use liaison_server::jobs::Runner;
use liaison_store::receptions::{NewBooking, SlotWish};
use serde_json::{Value, json};

/// Wednesdays 18:30–20:30 at songjing, with its one deputy.
fn wednesdays() -> Value {
    json!({
        "station_id": "s-songjing", "kind": "ordinary", "title": "代表夜聊",
        "rule": { "mode": "weekly", "weekday": 3, "start": "18:30", "end": "20:30" },
        "deputies": ["d-luzhiyao"], "each": 1, "slot_minutes": 20, "seats": 1, "modes": ["onsite", "online"]
    })
}

async fn put(client: &mut Client<'_>, method: Method, path: &str, version: i64, body: &Value) -> Reply {
    let version = format!("\"{version}\"");
    client
        .write(method, &format!("/api/v1{path}"), &[("if-match", &version)], body)
        .await
}

async fn keep_rule(client: &mut Client<'_>, body: &Value) -> ScheduleRule {
    let reply = client.post("/api/v1/schedule-rules", body).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.ok()
}

async fn lane(client: &mut Client<'_>, lane: &str) -> ReceptionBoard {
    client
        .get(&format!("/api/v1/desk/reception-sessions?lane={lane}"))
        .await
        .ok()
}

async fn detail(client: &mut Client<'_>, id: &str) -> DeskReception {
    client.get(&format!("/api/v1/desk/reception-sessions/{id}")).await.ok()
}

fn count(board: &ReceptionBoard, lane: &str) -> u64 {
    board.lanes.iter().find(|known| known.lane == lane).unwrap().count
}

/// Somebody books at the counter, the first time there is.
async fn book(app: &TestApp, id: &str) -> String {
    let session = app.state.store.session(id).await.unwrap().unwrap();
    let new = NewBooking {
        session_id: id.to_owned(),
        account_id: None,
        name: "周女士".to_owned(),
        phone_masked: None,
        phone_encrypted: None,
        mode: Mode::OnSite,
        topic: "托管".to_owned(),
        access_needs: String::new(),
        people: 1,
        slot: Some(SlotWish {
            starts_at: session.starts_at,
            deputy_id: None,
        }),
        wish_deputy: None,
        instead_of: None,
    };
    let terms = app.state.config.reception.terms();
    let kept = app.state.store.book(&new, terms, None, app.state.now()).await;
    kept.unwrap().id
}

#[tokio::test]
async fn a_rule_is_kept_planned_changed_and_ended() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let rule = keep_rule(&mut clerk, &wednesdays()).await;
    assert_eq!(rule.words, "每周三 18:30–20:30");
    assert_eq!(rule.next[0], "2026-11-25");
    let board = lane(&mut clerk, "coming").await;
    assert!(count(&board, "coming") > 45, "a year of Wednesdays: {:?}", board.lanes);
    assert_eq!(count(&board, "to_announce"), 1, "this week's");
    assert_eq!(board.items[0].deputies[0].deputy.name, "陆知遥");

    let path = format!("/schedule-rules/{}", rule.id);
    let mut other = app.staff("yunfan").await;
    assert_eq!(other.get(&format!("/api/v1{path}")).await.status, 404);
    assert_eq!(other.post("/api/v1/schedule-rules", &wednesdays()).await.status, 422);
    assert_eq!(count(&lane(&mut other, "coming").await, "coming"), 0);
    let narrowed = other.get("/api/v1/desk/reception-sessions?station=s-songjing").await;
    assert_eq!(narrowed.status, 404, "another station's receptions do not exist");

    let mut thursdays = wednesdays();
    thursdays["rule"]["weekday"] = json!(4);
    let changed = put(&mut clerk, Method::PUT, &path, rule.version, &thursdays).await;
    let changed: ScheduleRule = changed.ok();
    assert_eq!(changed.next[0], "2026-11-26");
    let stale = put(&mut clerk, Method::PUT, &path, rule.version, &wednesdays()).await;
    assert_eq!((stale.status.as_u16(), &*stale.problem()), (409, "reception_changed"));
    let board = lane(&mut clerk, "coming").await;
    let days: Vec<u8> = board
        .items
        .iter()
        .map(|row| liaison_domain::calendar::date_of(row.starts_at).weekday().number())
        .collect();
    assert!(days.iter().all(|day| *day == 4), "{days:?}");

    assert_eq!(
        put(&mut clerk, Method::DELETE, &path, changed.version, &json!({}))
            .await
            .status,
        204
    );
    assert_eq!(count(&lane(&mut clerk, "coming").await, "coming"), 0);
    let again = put(&mut clerk, Method::PUT, &path, changed.version + 1, &wednesdays()).await;
    assert_eq!(again.status, 409, "an ended rule is not changed");
    let rules: Vec<ScheduleRule> = clerk.get("/api/v1/schedule-rules").await.ok();
    assert!(rules.is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_stands_at_its_field() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let mut all_wrong = wednesdays();
    all_wrong["rule"] = json!({
        "mode": "nth_weekday", "nth": [9], "start": "18:30", "end": "18:35",
        "exceptions": [{ "date": "2026-12-01", "reason": "" }]
    });
    all_wrong["slot_minutes"] = json!(30);
    all_wrong["seats"] = json!(0);
    all_wrong["modes"] = json!([]);
    all_wrong["each"] = json!(2);
    all_wrong["deputies"] = json!(["d-luzhiyao", "d-nobody"]);
    let expected = [
        ("nth", "invalid"),
        ("weekday", "required"),
        ("end", "too_short"),
        ("slot_minutes", "longer_than_all"),
        ("seats", "invalid"),
        ("modes", "required"),
        ("deputies", "unknown"),
        ("exceptions.0", "not_named"),
    ];
    for (path, body) in [
        ("/api/v1/schedule-rules", all_wrong.clone()),
        ("/api/v1/schedule-rules/preview", json!({ "rule": all_wrong })),
    ] {
        let reply = clerk.post(path, &body).await;
        assert_eq!(reply.status, 422, "{}", reply.text());
        let found = reply.json();
        let found: Vec<(&str, &str)> = found["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| (field["field"].as_str().unwrap(), field["code"].as_str().unwrap()))
            .collect();
        assert_eq!(found, expected, "{path}");
    }
}

#[tokio::test]
async fn a_preview_says_what_saving_then_does() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let rule = keep_rule(&mut clerk, &wednesdays()).await;
    let before = count(&lane(&mut clerk, "coming").await, "coming");
    let first = lane(&mut clerk, "coming").await.items[0].clone();
    let announce = format!("/reception-sessions/{}/announce", first.id);
    assert_eq!(
        put(&mut clerk, Method::POST, &announce, first.version, &json!({}))
            .await
            .status,
        200
    );

    // From December on, and the 9th falls on the 10th.
    let mut later = wednesdays();
    later["rule"]["valid_from"] = json!("2026-12-01");
    later["rule"]["valid_to"] = json!("2026-12-31");
    later["rule"]["exceptions"] = json!([{ "date": "2026-12-09", "to": "2026-12-10", "reason": "会议" }]);
    let asked = json!({ "id": rule.id, "rule": later });
    let preview: RulePreview = clerk.post("/api/v1/schedule-rules/preview", &asked).await.ok();
    assert_eq!((preview.added, preview.moved, preview.left), (0, 1, 1), "{preview:?}");
    assert_eq!(
        u64::from(preview.removed),
        before - 1 - 5,
        "five Wednesdays in December stay, one was announced"
    );
    let moved = preview.days.iter().find(|day| day.rule_date == "2026-12-09").unwrap();
    assert_eq!((moved.fate.as_str(), moved.why.as_str()), ("exception", "会议"));
    assert_eq!(
        (moved.date.as_deref(), moved.before.as_deref()),
        (Some("2026-12-10"), Some("2026-12-09"))
    );
    let left = preview.days.iter().find(|day| day.change == "left").unwrap();
    assert_eq!(left.session_id.as_ref(), Some(&first.id));
    assert_eq!(
        count(&lane(&mut clerk, "coming").await, "coming"),
        before,
        "a preview keeps nothing"
    );

    let path = format!("/schedule-rules/{}", rule.id);
    let saved = put(&mut clerk, Method::PUT, &path, rule.version, &later).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let board = lane(&mut clerk, "left").await;
    assert_eq!(count(&board, "coming"), 6);
    assert_eq!((count(&board, "left"), &board.items[0].id), (1, &first.id));

    // Kept, it stands by itself and is asked about no more; planning again changes nothing.
    let open = detail(&mut clerk, &first.id).await;
    assert!(open.rule.as_ref().unwrap().differs && open.may.contains(&"keep".to_owned()));
    let keep = format!("/reception-sessions/{}/keep", first.id);
    let kept = put(&mut clerk, Method::POST, &keep, open.row.version, &json!({})).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    let preview: RulePreview = clerk.post("/api/v1/schedule-rules/preview", &asked).await.ok();
    assert_eq!(
        (preview.added, preview.moved, preview.removed, preview.left),
        (0, 0, 0, 0)
    );
    let board = lane(&mut clerk, "left").await;
    assert_eq!((count(&board, "left"), count(&board, "coming")), (0, 6));
    // The rule names that day again: there is one already, and the preview knows it. What was cancelled is shown so.
    let cancel = lane(&mut clerk, "coming").await.items[3].clone();
    let path_of = format!("/reception-sessions/{}/cancel", cancel.id);
    let reason = json!({ "reason": "停电" });
    let off = put(&mut clerk, Method::POST, &path_of, cancel.version, &reason).await;
    assert_eq!(off.status, 200, "{}", off.text());
    let asked = json!({ "id": rule.id, "rule": wednesdays() });
    let preview: RulePreview = clerk.post("/api/v1/schedule-rules/preview", &asked).await.ok();
    let of = |id: &str| {
        let day = preview.days.iter().find(|day| day.session_id.as_deref() == Some(id));
        day.unwrap_or_else(|| panic!("{id} in {preview:?}"))
    };
    let alone = of(&first.id);
    assert_eq!(
        (alone.change.as_str(), alone.deputies[0].name.as_str()),
        ("by_hand", "陆知遥")
    );
    let off = of(&cancel.id);
    assert_eq!((off.change.as_str(), &off.date), ("cancelled", &None));
    assert_eq!(u64::from(preview.added), before - 1 - 5, "what is there is not new");
    let back: ScheduleRule = clerk.get(&format!("/api/v1{path}")).await.ok();
    let again = put(&mut clerk, Method::PUT, &path, back.version, &wednesdays()).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(count(&lane(&mut clerk, "coming").await, "coming"), before - 1);
}

#[tokio::test]
async fn when_the_calendar_changes_rules_are_planned_anew_and_the_preview_names_the_holiday() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let rule = keep_rule(&mut clerk, &wednesdays()).await;
    let day = Date::parse("2026-12-16").unwrap();
    let is_there = async |client: &mut Client<'_>| {
        let board = lane(client, "coming").await;
        board
            .items
            .iter()
            .any(|row| liaison_domain::calendar::date_of(row.starts_at) == day)
    };
    assert!(is_there(&mut clerk).await);
    let free = json!({ "is_workday": false, "name": "听海节" });
    let mut admin = app.staff("admin").await;
    let reply = admin
        .write(Method::PUT, "/api/v1/admin/calendar/2026-12-16", &[], &free)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let asked = json!({ "id": rule.id, "rule": wednesdays() });
    let preview: RulePreview = clerk.post("/api/v1/schedule-rules/preview", &asked).await.ok();
    let found = preview.days.iter().find(|day| day.rule_date == "2026-12-16").unwrap();
    assert_eq!(
        (found.fate.as_str(), found.why.as_str(), found.change.as_str()),
        ("holiday", "听海节", "removed")
    );
    app.pass(61_000);
    Runner::new(app.state.clone()).run_due().await.unwrap();
    assert!(!is_there(&mut clerk).await);
}

#[tokio::test]
async fn a_reception_is_announced_changed_and_cancelled_with_those_who_booked_in_mind() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let rule = keep_rule(&mut clerk, &wednesdays()).await;
    let second = lane(&mut clerk, "coming").await.items[1].clone();
    let path = format!("/reception-sessions/{}", second.id);
    let booking = book(&app, &second.id).await;
    let shown = detail(&mut clerk, &second.id).await;
    assert_eq!(shown.bookings[0].name, "周女士");
    assert_eq!((shown.row.booked, shown.row.waiting), (1, 0));

    let announced: ReceptionOutcome = put(
        &mut clerk,
        Method::POST,
        &format!("{path}/announce"),
        shown.row.version,
        &json!({}),
    )
    .await
    .ok();
    let twice = put(
        &mut clerk,
        Method::POST,
        &format!("{path}/announce"),
        announced.version,
        &json!({}),
    )
    .await;
    assert_eq!(
        (twice.status.as_u16(), &*twice.problem()),
        (409, "reception_not_allowed")
    );

    // An hour later the next day: whoever booked is asked.
    let thursday = second.starts_at + DAY;
    let too_short = json!({ "starts_at": thursday, "ends_at": thursday + 600_000 });
    let refused = put(&mut clerk, Method::PATCH, &path, announced.version, &too_short).await;
    assert_eq!(refused.json()["fields"][0]["code"], "too_short", "{}", refused.text());
    let change = json!({ "starts_at": thursday, "ends_at": second.ends_at + DAY });
    let changed: ReceptionOutcome = put(&mut clerk, Method::PATCH, &path, announced.version, &change)
        .await
        .ok();
    assert_eq!(changed.to_confirm, 1);
    let stale = put(&mut clerk, Method::PATCH, &path, announced.version, &change).await;
    assert_eq!(&*stale.problem(), "reception_changed");
    let moved = detail(&mut clerk, &second.id).await;
    assert_eq!(moved.bookings[0].choice.as_deref(), Some("moved"));
    assert!(!moved.rule.unwrap().differs, "the rule learned of it");
    let kept: ScheduleRule = clerk.get(&format!("/api/v1/schedule-rules/{}", rule.id)).await.ok();
    assert_eq!(kept.settings.rule.exceptions.len(), 1);
    assert_eq!(count(&lane(&mut clerk, "left").await, "left"), 0);

    let cancel = format!("{path}/cancel");
    let no_reason = put(
        &mut clerk,
        Method::POST,
        &cancel,
        changed.version,
        &json!({ "reason": " " }),
    )
    .await;
    assert_eq!(no_reason.json()["fields"][0]["field"], "reason");
    let reason = json!({ "reason": "台风" });
    let cancelled: ReceptionOutcome = put(&mut clerk, Method::POST, &cancel, changed.version, &reason)
        .await
        .ok();
    assert_eq!(cancelled.dropped, 1);
    let board = lane(&mut clerk, "cancelled").await;
    assert_eq!((board.items.len(), board.items[0].state), (1, SessionState::Cancelled));
    let dropped = app.state.store.appointment(&booking).await.unwrap().unwrap();
    assert_eq!(dropped.state, BookingState::Dropped);

    let early = lane(&mut clerk, "coming").await.items[0].clone();
    let close = format!("/reception-sessions/{}/close", early.id);
    assert_eq!(
        put(&mut clerk, Method::POST, &close, early.version, &json!({}))
            .await
            .status,
        409
    );
    app.pass(3 * DAY);
    let mut clerk = app.staff("songjing").await;
    assert_eq!(count(&lane(&mut clerk, "past").await, "past"), 1);
    assert_eq!(
        put(&mut clerk, Method::POST, &close, early.version, &json!({}))
            .await
            .status,
        200
    );
    assert_eq!(count(&lane(&mut clerk, "past").await, "past"), 0);
}

/// Unread entries of an inbox about meetings: kind and subject.
async fn unread(client: &mut Client<'_>) -> Vec<(String, String)> {
    let page: Page<NoticeRow> = client.get("/api/v1/me/notices?unread=true").await.ok();
    let meetings = page.items.into_iter().filter_map(|row| Some((row.kind, row.subject?)));
    meetings.collect()
}

#[tokio::test]
async fn a_deputy_asks_to_be_excused_and_the_office_sends_another() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let rule = keep_rule(&mut clerk, &wednesdays()).await;
    let mut deputy = app.staff("luzhiyao").await;
    let own: Vec<OwnReception> = deputy.get("/api/v1/deputy/receptions").await.ok();
    let second = own[1].row.id.clone();
    assert!(own.len() > 45 && own[1].may_leave);
    book(&app, &second).await;

    let leave = format!("/api/v1/reception-sessions/{second}/leave");
    let wanted = json!({ "reason": "出差", "proposed": "d-guchengyuan" });
    assert_eq!(deputy.post(&leave, &json!({ "reason": "" })).await.status, 422);
    assert_eq!(app.staff("guchengyuan").await.post(&leave, &wanted).await.status, 404);
    let asked: OwnReception = deputy.post(&leave, &wanted).await.ok();
    assert_eq!(asked.row.deputies[0].state, DeputyState::LeaveAsked);
    let told = unread(&mut clerk).await;
    assert_eq!(told, [("leave_asked".to_owned(), format!("reception:{second}"))]);
    let page = clerk.get(&format!("/desk/receptions/{second}")).await;
    assert_eq!(
        (page.status.as_u16(), unread(&mut clerk).await.len()),
        (200, 0),
        "seen on its page"
    );
    // The rule is planned again meanwhile: what was asked for is not forgotten.
    let path = format!("/schedule-rules/{}", rule.id);
    assert_eq!(
        put(&mut clerk, Method::PUT, &path, rule.version, &wednesdays())
            .await
            .status,
        200
    );
    let board = lane(&mut clerk, "leave").await;
    let place = &board.items[0].deputies[0];
    assert_eq!((count(&board, "leave"), place.reason.as_deref()), (1, Some("出差")));
    assert_eq!(place.proposed.as_ref().map(|one| one.name.as_str()), Some("顾承远"));

    let decide = format!("/api/v1/reception-sessions/{second}/deputies/d-luzhiyao/decide");
    let nobody = json!({ "decision": "substitute" });
    assert_eq!(
        clerk.post(&decide, &nobody).await.json()["fields"][0]["field"],
        "substitute"
    );
    let substitute = json!({ "decision": "substitute", "substitute": "d-guchengyuan" });
    assert_eq!(app.staff("yunfan").await.post(&decide, &substitute).await.status, 404);
    let decided: ReceptionOutcome = clerk.post(&decide, &substitute).await.ok();
    assert_eq!((decided.to_confirm, decided.dropped), (1, 0));
    let again = clerk.post(&decide, &substitute).await;
    assert_eq!(again.status, 422, "decided once: {}", again.text());
    assert_eq!(unread(&mut deputy).await[0].0, "leave_granted");
    let mut substitute = app.staff("guchengyuan").await;
    assert_eq!(unread(&mut substitute).await[0].0, "substitute_named");
    for told in [&mut deputy, &mut substitute] {
        let page = told.get(&format!("/desk/my-receptions/{second}")).await;
        assert_eq!((page.status.as_u16(), unread(told).await.len()), (200, 0));
    }
    let own: Vec<OwnReception> = deputy.get("/api/v1/deputy/receptions").await.ok();
    assert!(own.iter().all(|one| one.row.id != second));
    let theirs: Vec<OwnReception> = app
        .staff("guchengyuan")
        .await
        .get("/api/v1/deputy/receptions")
        .await
        .ok();
    assert_eq!(theirs.len(), 1);
    assert_eq!(theirs[0].bookings.len(), 1);
    assert_eq!(theirs[0].row.deputies[1].instead_of.as_deref(), Some("陆知遥"));
}

#[tokio::test]
async fn a_reception_made_by_hand_names_its_deputies_one_by_one() {
    let app = TestApp::start().await;
    let mut chief = app.staff("chief").await;
    let starts_at = Date::parse("2026-12-05").unwrap().at_minute(9 * 60);
    let new = json!({
        "station_id": "s-yunfan", "kind": "themed", "topic": "小学入学", "starts_at": starts_at,
        "ends_at": starts_at + 7_200_000, "slot_minutes": 20, "seats": 2, "modes": ["onsite"]
    });
    let mut past = new.clone();
    (past["starts_at"], past["ends_at"]) = (json!(MONDAY - DAY), json!(MONDAY - DAY + 7_200_000));
    let reply = chief.post("/api/v1/reception-sessions", &past).await;
    assert_eq!(reply.json()["fields"][0]["code"], "past", "{}", reply.text());
    let made = chief.post("/api/v1/reception-sessions", &new).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let made: DeskReception = made.ok();
    assert!(made.row.deputies.is_empty() && made.rule.is_none());
    let booked = [book(&app, &made.row.id).await, book(&app, &made.row.id).await];
    let name = format!("/api/v1/reception-sessions/{}/deputies", made.row.id);
    for deputy in ["d-luzhiyao", "d-guchengyuan"] {
        let reply = chief.post(&name, &json!({ "deputy_id": deputy })).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    let twice = chief.post(&name, &json!({ "deputy_id": "d-luzhiyao" })).await;
    assert_eq!(twice.json()["fields"][0]["code"], "twice", "{}", twice.text());
    // Two who booked the same time without knowing with whom: each is met by one.
    let mut met = Vec::new();
    for id in booked {
        met.extend(app.state.store.appointment(&id).await.unwrap().unwrap().deputy_id);
    }
    assert_eq!(met, ["d-luzhiyao", "d-guchengyuan"]);
}
