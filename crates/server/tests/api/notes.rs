//! Notes that are not finished, talks at no reception, and looks at a visitor's number.

use crate::ledger::{SESSION, book, content, open_session, write_down};
use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{
    AppointmentDetail, KeptNoteDraft, LedgerRecord, NoteDraftSaved, NoticeRow, NumberLook, Page, QueueEntry,
    RecordKept, RevealedNumber,
};
use liaison_server::jobs::Runner;
use serde_json::{Value, json};

fn drafts(once: &str) -> String {
    format!("/api/v1/reception-sessions/{SESSION}/drafts/{once}")
}

fn typed(words: &str) -> Value {
    json!({ "fields": [{ "name": "visitor", "value": "王桂芳" }, { "name": "words", "value": words }] })
}

async fn own(client: &mut Client<'_>) -> Vec<KeptNoteDraft> {
    let path = format!("/api/v1/reception-sessions/{SESSION}/drafts");
    client.get(&path).await.ok()
}

#[tokio::test]
async fn a_draft_is_read_by_its_writer_alone_until_it_is_a_record() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao", "d-guchengyuan"]).await;
    let mut deputy = app.staff("luzhiyao").await;
    for words in ["路灯", "路灯坏了三个星期"] {
        let saved: NoteDraftSaved = deputy.write(Method::PUT, &drafts("one"), &[], &typed(words)).await.ok();
        assert_eq!(saved.saved_at, Some(MONDAY));
    }
    let kept = own(&mut deputy).await;
    assert_eq!((kept.len(), kept[0].once.as_str()), (1, "one"));
    assert_eq!(kept[0].fields[1].value, "路灯坏了三个星期", "the later text");
    assert!(own(&mut app.staff("guchengyuan").await).await.is_empty());
    assert!(own(&mut app.staff("songjing").await).await.is_empty());
    let elsewhere = app.staff("yunfan").await.get(&drafts("one")).await;
    assert_eq!(elsewhere.status, 405, "nothing is read one by one");
    // A page that was drawn for another one keeps nothing in this one's name.
    let mut drawn_for = typed("陆知遥的");
    drawn_for["who"] = json!("00112233445566778899aabbccddeeff");
    let others = deputy.write(Method::PUT, &drafts("two"), &[], &drawn_for).await;
    assert_eq!((others.status.as_u16(), own(&mut deputy).await.len()), (401, 1));
    // The same key by another one is another draft.
    let mut other = app.staff("guchengyuan").await;
    other
        .write(Method::PUT, &drafts("one"), &[], &typed("别的"))
        .await
        .ok::<NoteDraftSaved>();
    assert_eq!(own(&mut deputy).await[0].fields[1].value, "路灯坏了三个星期");

    let record: RecordKept = write_down(&mut deputy, "one", &json!({ "content": content("noted") }))
        .await
        .ok();
    assert_eq!(record.record.no, "JD-2026-000001");
    assert!(own(&mut deputy).await.is_empty(), "it is a record now");
    let late: NoteDraftSaved = deputy
        .write(Method::PUT, &drafts("one"), &[], &typed("晚到的"))
        .await
        .ok();
    assert_eq!(late.saved_at, None);
    assert!(own(&mut deputy).await.is_empty());
    assert_eq!(own(&mut other).await.len(), 1);
    assert_eq!(
        other
            .write(Method::DELETE, &drafts("one"), &[], &Value::Null)
            .await
            .status,
        204
    );
    assert!(own(&mut other).await.is_empty());
    assert_eq!(
        other
            .write(Method::DELETE, &drafts("one"), &[], &Value::Null)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_draft_is_sealed_limited_and_gone_after_a_week() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao"]).await;
    let mut deputy = app.staff("luzhiyao").await;
    deputy
        .write(Method::PUT, &drafts("one"), &[], &typed("路灯坏了三个星期"))
        .await
        .ok::<NoteDraftSaved>();
    let sealed = app.state.store.note_drafts(SESSION, "p-luzhiyao").await.unwrap();
    let sealed = sealed.first().map(|draft| draft.sealed.clone()).unwrap_or_default();
    assert!(sealed.starts_with("1.") && sealed.is_ascii(), "in plain text: {sealed}");
    let crooked = deputy.write(Method::PUT, &drafts("a%20b"), &[], &typed("x")).await;
    assert_eq!(crooked.json()["fields"][0]["field"], "once");
    let long = deputy
        .write(Method::PUT, &drafts("two"), &[], &typed(&"长".repeat(30_000)))
        .await;
    assert_eq!(long.status, 413);
    // The job is due for the first time a while after it was first seen.
    Runner::new(app.state.clone()).run_due().await.unwrap();
    app.pass(7 * DAY - 1000);
    sweep(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    assert_eq!(own(&mut deputy).await.len(), 1);
    app.pass(DAY / 24);
    sweep(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    assert!(own(&mut deputy).await.is_empty());
}

async fn sweep(app: &TestApp) {
    let ran = Runner::new(app.state.clone()).run_due().await.unwrap();
    assert!(ran.iter().any(|(name, _)| *name == "sweep"), "{ran:?}");
}

#[tokio::test]
async fn a_talk_at_no_reception_is_written_down_once() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let body = |station: &str, date: &str| json!({ "station": station, "date": date, "content": content("noted") });
    let without = office.post("/api/v1/records", &body("songjing", "2026-11-20")).await;
    assert_eq!(without.status, 400, "without a key");
    for (station, date, field) in [
        ("yunfan", "2026-11-20", "station"),
        ("atlantis", "2026-11-20", "station"),
        ("songjing", "2026-11-30", "date"),
        ("songjing", "gestern", "date"),
    ] {
        let wrong = office
            .write(
                Method::POST,
                "/api/v1/records",
                &[("idempotency-key", "k")],
                &body(station, date),
            )
            .await;
        assert_eq!(wrong.json()["fields"][0]["field"], field, "{}", wrong.text());
    }
    let mut kept = Vec::new();
    for _ in 0..2 {
        let reply = office
            .write(
                Method::POST,
                "/api/v1/records",
                &[("idempotency-key", "k")],
                &body("songjing", "2026-11-20"),
            )
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        kept.push(reply.ok::<RecordKept>().record);
    }
    assert_eq!(kept[0].id, kept[1].id, "the same key is the same talk");
    assert_eq!(
        (kept[0].date.as_str(), &kept[0].session_id),
        ("2026-11-20", &None::<String>)
    );
    // A deputy writes for their own station.
    let mut deputy = app.staff("luzhiyao").await;
    let station = app
        .state
        .store
        .deputy("d-luzhiyao")
        .await
        .unwrap()
        .unwrap()
        .card
        .station_slug;
    let mut with_letter = body(&station, "2026-11-23");
    with_letter["content"]["outcome"] = json!("letter");
    with_letter["consent"] = json!({ "how": "当面同意" });
    let reply = deputy
        .write(
            Method::POST,
            "/api/v1/records",
            &[("idempotency-key", "k")],
            &with_letter,
        )
        .await;
    let letter: RecordKept = reply.ok();
    assert_ne!(letter.record.id, kept[0].id, "another one's key");
    assert!(letter.receipt.is_some());
}

#[tokio::test]
async fn a_number_in_the_ledger_is_shown_for_a_reason_and_its_owner_reads_it() {
    let app = TestApp::start().await;
    open_session(&app, &["d-luzhiyao"]).await;
    let code = book(&app, "199-0000-0007", "王桂芳").await;
    let mut office = app.staff("songjing").await;
    let check_in = format!("/api/v1/reception-sessions/{SESSION}/check-in");
    let here: QueueEntry = office.post(&check_in, &json!({ "code": code })).await.ok();
    let body = json!({ "content": content("noted"), "appointment_id": here.id });
    let kept: RecordKept = write_down(&mut office, "one", &body).await.ok();
    let path = format!("/api/v1/records/{}", kept.record.id);
    let contact = format!("{path}/contact");
    let blank = office.post(&contact, &json!({ "reason": " " })).await;
    assert_eq!(blank.json()["fields"][0]["field"], "reason");
    let shown: RevealedNumber = office.post(&contact, &json!({ "reason": "约时间上门查看" })).await.ok();
    assert_eq!(shown.phone, "19900000007");
    let mut deputy = app.staff("luzhiyao").await;
    deputy
        .post(&contact, &json!({ "reason": "回电话" }))
        .await
        .ok::<RevealedNumber>();
    let stranger = app
        .staff("yunfan")
        .await
        .post(&contact, &json!({ "reason": "看看" }))
        .await;
    assert_eq!(stranger.status, 404);
    let shown: LedgerRecord = office.get(&path).await.ok();
    assert_eq!(
        shown.phone_masked.as_deref(),
        Some("199****0007"),
        "everywhere else it stays masked"
    );

    let mut resident = app.resident_again("199-0000-0007").await;
    let own: AppointmentDetail = resident.get(&format!("/api/v1/me/appointments/{}", here.id)).await.ok();
    let told: Vec<(&str, &str)> = own.looks.iter().map(|look| (&*look.who, &*look.reason)).collect();
    assert_eq!(told.len(), 2, "nobody else's try is among them: {told:?}");
    assert_eq!(told[0], (kept.record.station.name.as_str(), "约时间上门查看"));
    assert_eq!(told[1], ("陆知遥代表", "回电话"));
    let inbox: Page<NoticeRow> = resident.get("/api/v1/me/notices").await.ok();
    let count = inbox
        .items
        .iter()
        .filter(|notice| notice.kind == "booking_number_seen")
        .count();
    assert_eq!(count, 2);
    let looks: Vec<NumberLook> = office.get(&format!("{path}/looks")).await.ok();
    assert_eq!(looks, own.looks);

    // Nothing to show is no reason to keep a look.
    let without = write_down(&mut office, "two", &json!({ "content": content("noted") })).await;
    let without: RecordKept = without.ok();
    let path = format!("/api/v1/records/{}", without.record.id);
    let refused = office
        .post(&format!("{path}/contact"), &json!({ "reason": "回电话" }))
        .await;
    assert_eq!(refused.status, 422);
    let looks: Vec<NumberLook> = office.get(&format!("{path}/looks")).await.ok();
    assert!(looks.is_empty());
}
