//! The counter of a reception, records of talks, the ledger, paper ledgers, through the API.

use crate::support::*;
use axum::http::Method;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::dto::{Ledger, LedgerImportResult, LedgerRecord, QueueEntry, RecordKept};
use liaison_domain::lifecycle::CaseState;
use liaison_domain::reception::{BookingState, Mode, SessionKind};
use liaison_store::receptions::{BookTerms, NewBooking, NewSession, SlotWish};
use serde_json::{Value, json};

pub const SESSION: &str = "session-1";

/// A reception that is going on at songjing, with one deputy or two.
pub async fn open_session(app: &TestApp, deputies: &[&str]) {
    let new = NewSession {
        id: SESSION.to_owned(),
        station_id: "s-songjing".to_owned(),
        title: "代表接待日".to_owned(),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at: MONDAY - HOUR_MS,
        ends_at: MONDAY + 2 * HOUR_MS,
        place: String::new(),
        online_link: None,
        slot_minutes: 30,
        seats: 1,
        modes: vec![Mode::OnSite],
        notice: String::new(),
        deputies: deputies.iter().map(|id| (*id).to_owned()).collect(),
    };
    app.state
        .store
        .add_session(&new, MONDAY - DAY)
        .await
        .expect("a reception");
}

/// Somebody booked a time of it, days before; their check-in code.
pub async fn book(app: &TestApp, phone: &str, name: &str) -> String {
    let mut resident = app.resident(phone).await;
    let me = resident.get("/api/v1/me").await.json();
    let new = NewBooking {
        session_id: SESSION.to_owned(),
        account_id: me["account_id"].as_str().map(str::to_owned),
        name: name.to_owned(),
        phone_masked: me["phone_masked"].as_str().map(str::to_owned),
        phone_encrypted: None,
        mode: Mode::OnSite,
        topic: "学府路的路灯".to_owned(),
        access_needs: "坐轮椅".to_owned(),
        people: 2,
        slot: Some(SlotWish {
            starts_at: MONDAY - HOUR_MS,
            deputy_id: None,
        }),
        wish_deputy: None,
        instead_of: None,
    };
    let terms = BookTerms {
        closes_hours: 2,
        offer_hours: 12,
        remind_hours: Vec::new(),
        misses: 2,
        miss_days: 90,
    };
    app.state
        .store
        .book(&new, &terms, None, MONDAY - DAY)
        .await
        .expect("a booking")
        .code
}

pub fn content(outcome: &str) -> Value {
    json!({
        "visitor": "王桂芳", "people": 2, "topic": "学府路的路灯", "category_id": "c-transport.lamp",
        "words": "学府路从菜场到小学这一段的路灯坏了三个星期,晚上接孩子的老人摔过两次。", "notes": "去年也坏过一次。",
        "visit_place": "学府路菜场门口", "visit_seen": "十一盏不亮。", "outcome": outcome, "solved": "",
        "deputies": [{ "id": "d-luzhiyao", "name": "" }, { "id": "d-guchengyuan", "name": "" }]
    })
}

pub async fn write_down(client: &mut Client<'_>, key: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/reception-sessions/{SESSION}/records");
    client
        .write(Method::POST, &path, &[("idempotency-key", key)], body)
        .await
}

#[tokio::test]
async fn from_the_code_at_the_counter_to_a_letter_in_the_visitors_words() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao", "d-guchengyuan"]).await;
    let code = book(&app, "199-0000-0007", "王桂芳").await;
    let mut office = app.staff("songjing").await;
    let path = |act: &str| format!("/api/v1/reception-sessions/{SESSION}/{act}");
    let wrong = office.post(&path("check-in"), &json!({ "code": "000" })).await;
    assert_eq!((wrong.status.as_u16(), wrong.problem().as_str()), (422, "validation"));
    let spaced = format!("{} {}", &code[..4], &code[4..]);
    let here: QueueEntry = office.post(&path("check-in"), &json!({ "code": spaced })).await.ok();
    assert_eq!((here.queue_no, here.state), (Some(1), BookingState::CheckedIn));
    let again: QueueEntry = office.post(&path("check-in"), &json!({ "code": code })).await.ok();
    assert_eq!(again.queue_no, Some(1), "twice is the same number");
    let walk_in = json!({ "topic": "公交延伸", "people": 1 });
    let second = office.post(&path("walk-ins"), &walk_in).await;
    assert_eq!(second.status, 201);
    assert_eq!(second.ok::<QueueEntry>().queue_no, Some(2));
    let mut deputy = app.staff("luzhiyao").await;
    let called: QueueEntry = deputy.post(&path("call"), &json!({})).await.ok();
    assert_eq!((called.name.as_str(), called.called_at), ("王桂芳", Some(MONDAY)));

    // Two deputies listened; what the visitor said becomes a letter.
    let mut body = json!({ "content": content("letter"), "appointment_id": here.id });
    let refused = write_down(&mut deputy, "one", &body).await;
    assert_eq!(refused.json()["fields"][0]["field"], "consent", "{}", refused.text());
    body["consent"] = json!({ "how": "念给她听过，口头同意", "publish": true });
    let kept: RecordKept = write_down(&mut deputy, "one", &body).await.ok();
    let receipt = kept.receipt.expect("a receipt");
    assert_eq!(kept.record.no, "JD-2026-000001");
    let names: Vec<_> = kept
        .record
        .content
        .deputies
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["陆知遥", "顾承远"]);
    assert_eq!(
        kept.record.phone_masked.as_deref(),
        Some("199****0007"),
        "of whoever booked"
    );
    let replayed: RecordKept = write_down(&mut deputy, "one", &body).await.ok();
    let same = replayed.receipt.expect("a receipt");
    assert_eq!(
        (same.no, same.code),
        (receipt.no.clone(), receipt.code),
        "the same key is the same letter"
    );

    // The visitor finds it with their own letters, in their own words, and whence it came.
    let mut resident = app.resident_again("199-0000-0007").await;
    let own = resident.get(&format!("/api/v1/messages/{}", receipt.no)).await.json();
    assert!(own["body"].as_str().unwrap().contains("摔过两次"));
    let came = own["timeline"].to_string();
    assert!(
        came.contains("接待记录 JD-2026-000001") && came.contains("口头同意"),
        "{came}"
    );
    let queue: Vec<QueueEntry> = office.get(&path("queue")).await.ok();
    let state = |name: &str| queue.iter().find(|one| one.name == name).map(|one| one.state);
    assert_eq!(state("王桂芳"), Some(BookingState::Done));

    let ledger: Ledger = office.get("/api/v1/records?q=路灯&outcome=letter").await.ok();
    let letter = ledger.items[0].letter.as_ref().expect("the letter");
    assert_eq!((&letter.no, letter.state), (&receipt.no, CaseState::Submitted));
    assert_eq!(
        (ledger.totals.all, ledger.totals.letters, ledger.totals.open),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_visitor_without_a_telephone_has_number_and_code() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao"]).await;
    let mut office = app.staff("songjing").await;
    let consent = json!({ "how": "当面同意" });
    let body = json!({ "content": content("letter"), "consent": consent });
    let kept: RecordKept = write_down(&mut office, "k", &body).await.ok();
    let receipt = kept.receipt.expect("a receipt");
    let mut visitor = app.nobody();
    let opened = json!({ "no": receipt.no, "code": receipt.code });
    assert_eq!(visitor.post("/api/v1/track", &opened).await.status, 200);
    assert_eq!(
        visitor.get(&format!("/api/v1/messages/{}", receipt.no)).await.status,
        200
    );
}

#[tokio::test]
async fn a_record_is_changed_by_those_whose_it_is() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao"]).await;
    let mut office = app.staff("songjing").await;
    let missing = write_down(&mut office, "a", &json!({ "content": content("on_site") })).await;
    assert_eq!(missing.json()["fields"][0]["field"], "solved");
    let kept: RecordKept = write_down(&mut office, "a", &json!({ "content": content("noted") }))
        .await
        .ok();
    let path = format!("/api/v1/records/{}", kept.record.id);
    assert_eq!(
        app.staff("yunfan").await.get(&path).await.status,
        404,
        "another station's is not there"
    );
    assert_eq!(
        app.staff("guchengyuan").await.get(&path).await.status,
        200,
        "who received reads it"
    );
    let mut change = json!({ "content": content("on_site"), "phone": "199 0000 0009" });
    change["content"]["solved"] = json!("当场打电话，今晚来修");
    let without = office.write(Method::PATCH, &path, &[], &change).await;
    assert_eq!(without.status, 428);
    let changed: LedgerRecord = office
        .write(Method::PATCH, &path, &[("if-match", "\"1\"")], &change)
        .await
        .ok();
    assert_eq!(
        (changed.version, changed.phone_masked.as_deref()),
        (2, Some("199****0009"))
    );
    let late = office
        .write(Method::PATCH, &path, &[("if-match", "\"1\"")], &change)
        .await;
    assert_eq!(late.status, 409);
    change["content"]["outcome"] = json!("letter");
    let refused = office
        .write(Method::PATCH, &path, &[("if-match", "\"2\"")], &change)
        .await;
    assert_eq!(
        refused.json()["fields"][0]["field"],
        "outcome",
        "a letter needs consent: a step of its own"
    );
    // The number is sealed: nothing of it stands in the database.
    let found = app.state.store.record(&kept.record.id).await.unwrap().unwrap();
    assert!(!format!("{found:?}").contains("19900000009"));
}

#[tokio::test]
async fn a_deputy_reads_what_they_received_and_nothing_else() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao"]).await;
    let mut office = app.staff("songjing").await;
    let mut alone = content("noted");
    alone["deputies"] = json!([{ "id": "d-luzhiyao", "name": "" }]);
    for (key, content) in [("1", alone), ("2", content("noted"))] {
        let kept = write_down(&mut office, key, &json!({ "content": content })).await;
        assert_eq!(kept.status, 201, "{}", kept.text());
    }
    for (who, count) in [
        ("luzhiyao", 2),
        ("guchengyuan", 1),
        ("songjing", 2),
        ("yunfan", 0),
        ("chief", 2),
    ] {
        let ledger: Ledger = app.staff(who).await.get("/api/v1/records").await.ok();
        assert_eq!((ledger.items.len(), ledger.totals.all), (count, count as u64), "{who}");
    }
    let other: Ledger = app
        .staff("yunfan")
        .await
        .get("/api/v1/records?station=songjing")
        .await
        .ok();
    assert!(other.items.is_empty(), "a filter opens nothing");
    let other: Ledger = app
        .staff("guchengyuan")
        .await
        .get("/api/v1/records?deputy=luzhiyao")
        .await
        .ok();
    assert_eq!(other.items.len(), 1, "what both received");
}

#[tokio::test]
async fn a_paper_ledger_is_looked_at_first_and_taken_over_once() {
    use base64::Engine as _;
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let text = "接待日期,来访人,事由,类别,处理方式\r\n2019-03-05,王桂芳,=路灯,路灯,仅记录\r\n明天,李,公交,天气,\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let data = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&gb);
    let request = |keep: bool| json!({ "station": "songjing", "file_name": "2019.csv", "data": data, "keep": keep });
    let look: LedgerImportResult = office.post("/api/v1/imports/ledger", &request(false)).await.ok();
    assert_eq!((look.good, look.bad, look.kept), (1, 1, None));
    let told: Vec<_> = look
        .faults
        .iter()
        .map(|f| (f.row, f.column.as_str(), f.code.as_str()))
        .collect();
    assert_eq!(told, [(3, "接待日期", "invalid"), (3, "类别", "unknown")]);
    let nothing: Ledger = office.get("/api/v1/records").await.ok();
    assert_eq!(nothing.totals.all, 0, "nothing is kept before it is wanted");
    let kept: LedgerImportResult = office.post("/api/v1/imports/ledger", &request(true)).await.ok();
    assert_eq!(kept.kept, Some(1));
    let again: LedgerImportResult = office.post("/api/v1/imports/ledger", &request(true)).await.ok();
    assert_eq!((again.kept, again.known_since), (None, Some(MONDAY)));
    let ledger: Ledger = office.get("/api/v1/records?historic=yes").await.ok();
    assert_eq!(
        (ledger.items[0].date.as_str(), ledger.items[0].historic),
        ("2019-03-05", true)
    );
    assert_eq!(ledger.items[0].content.topic, "=路灯");
    let elsewhere = json!({ "station": "yunfan", "file_name": "x", "data": data, "keep": true });
    let refused = office.post("/api/v1/imports/ledger", &elsewhere).await;
    assert_eq!(refused.json()["fields"][0]["field"], "station");
}
