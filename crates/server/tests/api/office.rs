//! What the office does beside single events.

use crate::journey::{at_work, cut, desk, happens, own_task, reply_event};
use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{
    BulkResult, CallBack, CaseView, DeskOptions, LibraryEntry, MyCaseRow, Page, Queue, Receipt, RelatedLetter,
    Revealed, SavedFilter,
};
use liaison_domain::lifecycle::{CaseState, EventKind, FiledVia};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PHONE: &str = "199-0000-0001";

fn accept() -> Value {
    json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" })
}

/// Letters of different people about the same lamps.
async fn letters(app: &TestApp, count: usize) -> Vec<Receipt> {
    let mut all = Vec::new();
    for at in 0..count {
        let mut resident = app.resident(&format!("199-0000-01{at:02}")).await;
        let mut body = letter();
        body["body"] = json!(format!("学府路的路灯坏了很久,第{at}次看到老人摔倒,请来修路灯。"));
        let key = format!("key-{at}");
        let reply = resident
            .write(Method::POST, "/api/v1/messages", &[("idempotency-key", &key)], &body)
            .await;
        all.push(reply.ok());
    }
    all
}

async fn item(app: &TestApp, id: &str) -> Value {
    let version = app.state.store.load(id).await.unwrap().unwrap().case.version;
    json!({ "id": id, "version": version })
}

liaison_store::db_test!(
    async fn one_step_for_many_is_decided_letter_by_letter(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let all = letters(&app, 3).await;
        let mut office = app.staff("songjing").await;
        let stale = json!({ "id": all[2].id, "version": 99 });
        let items = json!([item(&app, &all[0].id).await, item(&app, &all[1].id).await, stale]);
        let reply = office
            .post("/api/v1/office/bulk", &json!({ "items": items, "event": accept() }))
            .await;
        let result: BulkResult = reply.ok();
        assert_eq!(result.done, 2, "{result:?}");
        assert_eq!(result.items[2].code, "conflict", "who was quicker keeps the last word");
        let state = |id: &str| {
            let (store, id) = (app.state.store.clone(), id.to_owned());
            async move { store.load(&id).await.unwrap().unwrap().case.state }
        };
        assert_eq!(state(&all[0].id).await, CaseState::Accepted);
        assert_eq!(state(&all[2].id).await, CaseState::Submitted);
        let release = json!({ "items": [item(&app, &all[0].id).await], "event": { "type": "release" } });
        let refused = office.post("/api/v1/office/bulk", &release).await;
        assert_eq!(refused.status, 422, "words to one resident are not sent to many");
    }
);

liaison_store::db_test!(
    async fn eight_letters_join_a_ninth_and_one_is_taken_apart_again(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let all = letters(&app, 9).await;
        let mut office = app.staff("songjing").await;
        let mut items = Vec::new();
        for receipt in &all[1..] {
            items.push(item(&app, &receipt.id).await);
        }
        let event = json!({ "type": "merge", "into": all[0].id, "text": "同一段路的路灯" });
        let result: BulkResult = office
            .post("/api/v1/office/bulk", &json!({ "items": items, "event": event }))
            .await
            .ok();
        assert_eq!(result.done, 8);
        let lead = desk(&mut office, &all[0].id).await;
        assert_eq!(lead.joined.len(), 8);
        // 「不是同一件事」
        let mut other = app.resident_again("199-0000-0103").await;
        happens(&mut other, &all[3].id, json!({ "type": "unmerge" })).await;
        assert_eq!(desk(&mut office, &all[0].id).await.joined.len(), 7);

        // The lead's author leaves; the matter goes on for the others.
        let mut author = app.resident_again("199-0000-0100").await;
        happens(&mut author, &all[0].id, json!({ "type": "withdraw" })).await;
        let lead = desk(&mut office, &all[0].id).await;
        assert!(lead.author_left && lead.state == CaseState::Submitted);

        happens(&mut office, &all[0].id, accept()).await;
        happens(
            &mut office,
            &all[0].id,
            json!({ "type": "assign", "lead": "u-jiaotong" }),
        )
        .await;
        let mut unit = app.staff("jiaotong").await;
        let task = own_task(&desk(&mut unit, &all[0].id).await);
        happens(
            &mut unit,
            &all[0].id,
            json!({ "type": "sign", "task_id": task, "section": "设施科", "officer": "小武" }),
        )
        .await;
        happens(&mut unit, &all[0].id, reply_event(&task, "A", "王科长")).await;
        happens(&mut office, &all[0].id, json!({ "type": "release" })).await;
        let mut tokens = BTreeSet::new();
        for (at, receipt) in all.iter().enumerate().filter(|(at, _)| *at != 0 && *at != 3) {
            let mut resident = app.resident_again(&format!("199-0000-01{at:02}")).await;
            let view: CaseView = resident.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
            assert_eq!(view.state, CaseState::Answered, "everybody gets the answer");
            tokens.insert(view.rate_token.expect("and a survey of their own"));
        }
        assert_eq!(tokens.len(), 7);
    }
);

liaison_store::db_test!(
    async fn a_letter_filed_for_a_resident_is_theirs(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let mut office = app.staff("songjing").await;
        let filed =
            json!({ "letter": letter(), "phone": "199 0000 0077", "via": "phone", "consent": "电话里口头同意" });
        let send = |key: &'static str| [("idempotency-key", key)];
        let reply = office
            .write(Method::POST, "/api/v1/office/messages", &send("k1"), &filed)
            .await;
        let receipt: Receipt = reply.ok();
        let again: Receipt = office
            .write(Method::POST, "/api/v1/office/messages", &send("k1"), &filed)
            .await
            .ok();
        assert_eq!(receipt.no, again.no, "the same key files once");
        let seen = desk(&mut office, &receipt.id).await;
        assert_eq!(seen.filed_via.map(FiledVia::code), Some("phone"));
        let first = seen
            .timeline
            .iter()
            .find(|event| event.kind == EventKind::Submit)
            .unwrap();
        assert_eq!(
            first.text.as_deref(),
            Some("打电话提出，由工作人员登记。怎样同意的：电话里口头同意")
        );
        let mut resident = app.resident_again("199-0000-0077").await;
        let mine: Page<MyCaseRow> = resident.get("/api/v1/me/messages").await.ok();
        assert_eq!(mine.items.len(), 1, "found again by phone alone");

        let mut broken = filed.clone();
        (broken["phone"], broken["consent"]) = (json!("12"), json!(" "));
        broken["letter"]["body"] = json!("太短");
        let reply = office
            .write(Method::POST, "/api/v1/office/messages", &send("k2"), &broken)
            .await;
        assert_eq!(reply.status, 422);
        let fields: BTreeSet<String> = reply.json()["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["field"].as_str().unwrap().to_owned())
            .collect();
        let all = ["body", "consent", "phone"].map(str::to_owned);
        assert_eq!(fields, BTreeSet::from(all), "everything at once");
    }
);

liaison_store::db_test!(
    async fn a_letter_in_parts_has_one_voice(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
        let (mut office, mut unit) = (app.staff("songjing").await, app.staff("jiaotong").await);
        happens(&mut office, &receipt.id, accept()).await;
        let path = format!("/api/v1/office/messages/{}/split", receipt.id);
        let part = |title: &str, category: &str| json!({ "title": title, "body": "请处理。", "category_id": category });
        let version = |case: &liaison_domain::dto::DeskCase| format!("\"{}\"", case.version);
        let case = desk(&mut office, &receipt.id).await;
        let wrong = json!({ "parts": [part("路灯", "c-transport.lamp"), part(" ", "c-none")] });
        let reply = office
            .write(Method::POST, &path, &[("if-match", &version(&case))], &wrong)
            .await;
        assert_eq!(reply.status, 422, "{}", reply.text());
        assert!(reply.text().contains("parts.1.title") && reply.text().contains("parts.1.category_id"));
        let parts = json!({ "parts": [
            part("路灯", "c-transport.lamp"), part("电缆", "c-transport.lamp"), part("人行道", "c-transport.lamp")
        ] });
        let reply = office
            .write(Method::POST, &path, &[("if-match", &version(&case))], &parts)
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let whole = desk(&mut office, &receipt.id).await;
        assert_eq!((whole.state, whole.parts.len()), (CaseState::InProgress, 3));

        let mut author = app.resident_again(PHONE).await;
        let mine: Page<MyCaseRow> = author.get("/api/v1/me/messages").await.ok();
        assert_eq!(mine.items.len(), 1, "the author has one letter");
        for (at, part) in whole.parts.iter().enumerate() {
            let seen: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
            assert_eq!(seen.state, CaseState::InProgress, "after {at} of three answers");
            happens(&mut office, &part.id, json!({ "type": "assign", "lead": "u-jiaotong" })).await;
            let task = own_task(&desk(&mut unit, &part.id).await);
            happens(
                &mut unit,
                &part.id,
                json!({ "type": "sign", "task_id": task, "section": "科", "officer": "小武" }),
            )
            .await;
            happens(&mut unit, &part.id, reply_event(&task, "A", "王科长")).await;
            let codes: Vec<String> = desk(&mut office, &part.id)
                .await
                .warnings
                .iter()
                .map(|finding| finding.code.code().to_owned())
                .collect();
            let release = json!({ "type": "release", "acknowledged": codes });
            happens(&mut office, &part.id, release).await;
        }
        let seen: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
        assert_eq!(seen.state, CaseState::Answered);
        assert!(seen.rate_token.is_some() && seen.parts.len() == 3);
        assert!(seen.answers[0].body.contains("【电缆】"), "{}", seen.answers[0].body);
    }
);

liaison_store::db_test!(
    async fn letters_of_their_own_cannot_be_named_as_parts_of_another(store: TestStore) {
        let settings = [("demo.enabled", "true")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        let whole = submit(&mut app.resident(PHONE).await, "key-1").await;
        let mine = submit(&mut app.resident_again(PHONE).await, "key-2").await;
        let mut neighbour = app.resident("199-0000-0002").await;
        let theirs = submit(&mut neighbour, "key-3").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &whole.id, accept()).await;
        for parts in [[&mine.id, &theirs.id], [&mine.id, &mine.no]] {
            let reply = office.act(&whole.id, json!({ "type": "split", "parts": parts })).await;
            assert_eq!(
                (reply.status.as_u16(), reply.problem().as_str()),
                (422, "value_invalid")
            );
            assert_eq!(reply.json()["fields"][0]["field"], "parts", "{}", reply.text());
        }
        let bulk = json!({ "items": [{ "id": whole.id, "version": 2 }], "event": { "type": "split", "parts": [mine.id, theirs.id] } });
        assert_eq!(office.post("/api/v1/office/bulk", &bulk).await.status, 422);
        let case = desk(&mut office, &whole.id).await;
        assert_eq!((case.state, case.parts.len()), (CaseState::Accepted, 0));
        // The neighbour still has a letter that stands for itself.
        let own: Page<MyCaseRow> = neighbour.get("/api/v1/me/messages").await.ok();
        assert_eq!(own.total, 1);

        // What was cut from one letter is no part of another, nor of the same one twice.
        let parts = cut(&mut office, &whole.id, &["路灯", "电缆"]).await;
        happens(&mut office, &mine.id, accept()).await;
        for (id, expected) in [(&mine.id, (422, "value_invalid")), (&whole.id, (409, "limit_reached"))] {
            let reply = office.act(id, json!({ "type": "split", "parts": parts })).await;
            assert_eq!((reply.status.as_u16(), reply.problem().as_str()), expected);
        }
    }
);

#[tokio::test]
async fn a_number_is_shown_for_a_reason_and_its_owner_reads_it() {
    let app = TestApp::start().await;
    let (receipt, _) = at_work(&app).await;
    let path = format!("/api/v1/desk/cases/{}/contact", receipt.id);
    let mut unit = app.staff("jiaotong").await;
    assert_eq!(unit.post(&path, &json!({ "reason": " " })).await.status, 422);
    let shown: Revealed = unit.post(&path, &json!({ "reason": "约时间上门查看" })).await.ok();
    assert_eq!(shown.phone.replace(['-', ' '], ""), "19900000001");
    assert_eq!(
        app.staff("chengguan")
            .await
            .post(&path, &json!({ "reason": "看看" }))
            .await
            .status,
        403
    );
    let mut author = app.resident_again(PHONE).await;
    let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    let entry = view
        .timeline
        .iter()
        .find(|entry| entry.kind == EventKind::ContactRevealed)
        .expect("the look is in the timeline");
    assert_eq!(entry.text.as_deref(), Some("原因：约时间上门查看"));
}

#[tokio::test]
async fn a_step_is_taken_back_by_whoever_took_it() {
    let app = TestApp::start().await;
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let (mut office, mut chief) = (app.staff("songjing").await, app.staff("chief").await);
    happens(&mut office, &receipt.id, accept()).await;
    happens(
        &mut office,
        &receipt.id,
        json!({ "type": "assign", "lead": "u-jiaotong" }),
    )
    .await;
    assert_eq!(chief.act(&receipt.id, json!({ "type": "undo" })).await.status, 403);
    happens(&mut office, &receipt.id, json!({ "type": "undo" })).await;
    let case = desk(&mut office, &receipt.id).await;
    assert_eq!((case.state, case.tasks.len()), (CaseState::Accepted, 0));
    let queue: Queue = app
        .staff("jiaotong")
        .await
        .get("/api/v1/unit/tasks?lane=to_sign")
        .await
        .ok();
    assert_eq!(queue.total, 0, "the unit has nothing to sign");
    happens(
        &mut office,
        &receipt.id,
        json!({ "type": "assign", "lead": "u-chengguan" }),
    )
    .await;
    app.pass(11 * 60_000);
    assert_eq!(office.act(&receipt.id, json!({ "type": "undo" })).await.status, 409);
    assert_eq!(app.state.store.verify_all_chains().await.unwrap(), vec![]);
}

#[tokio::test]
async fn doubles_are_found_by_their_words() {
    let app = TestApp::start().await;
    let all = letters(&app, 3).await;
    let mut office = app.staff("songjing").await;
    let path = format!("/api/v1/desk/cases/{}/doubles", all[0].no);
    let found: Vec<RelatedLetter> = office.get(&path).await.ok();
    let numbers: BTreeSet<&str> = found.iter().map(|letter| letter.no.as_str()).collect();
    assert_eq!(numbers, BTreeSet::from([all[1].no.as_str(), all[2].no.as_str()]));
    assert!(found.iter().all(|letter| letter.likeness > Some(60)), "{found:?}");
}

liaison_store::db_test!(
    async fn calls_are_drawn_once_and_reported(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let (receipt, case) = at_work(&app).await;
        let mut office = app.staff("songjing").await;
        let draw = json!({ "count": 5, "days": 30 });
        let none: Vec<CallBack> = office.post("/api/v1/office/call-backs", &draw).await.ok();
        assert_eq!(none, vec![], "nothing is answered yet");
        let task = own_task(&case);
        happens(
            &mut app.staff("jiaotong").await,
            &receipt.id,
            reply_event(&task, "A", "王科长"),
        )
        .await;
        happens(&mut office, &receipt.id, json!({ "type": "release" })).await;
        let drawn: Vec<CallBack> = office.post("/api/v1/office/call-backs", &draw).await.ok();
        assert_eq!(drawn.len(), 1);
        let again: Vec<CallBack> = office.post("/api/v1/office/call-backs", &draw).await.ok();
        assert_eq!(again.len(), 1, "nobody is drawn twice");
        let path = format!("/api/v1/office/call-backs/{}", drawn[0].id);
        let report = json!({ "outcome": "confirmed", "note": "说已经修好" });
        let kept: CallBack = office.write(Method::PUT, &path, &[], &report).await.ok();
        assert_eq!(kept.outcome.as_deref(), Some("confirmed"));
        assert_eq!(
            app.staff("yunfan")
                .await
                .write(Method::PUT, &path, &[], &report)
                .await
                .status,
            404
        );
        let wrong = json!({ "outcome": "great", "note": "" });
        assert_eq!(office.write(Method::PUT, &path, &[], &wrong).await.status, 422);
    }
);

#[tokio::test]
async fn filters_narrow_a_lane_and_are_kept_by_name() {
    let app = TestApp::start().await;
    letters(&app, 2).await;
    let mut office = app.staff("songjing").await;
    let total = |reply: Reply| reply.ok::<Queue>().total;
    assert_eq!(
        total(office.get("/api/v1/office/queue?lane=new&area=songjing").await),
        2
    );
    assert_eq!(total(office.get("/api/v1/office/queue?lane=new&area=yunfan").await), 0);
    assert_eq!(
        total(office.get("/api/v1/office/queue?lane=new&category=transport").await),
        2
    );
    assert_eq!(total(office.get("/api/v1/office/queue?lane=new&supervised=1").await), 0);
    assert_eq!(
        total(office.get("/api/v1/office/queue?lane=new&from=2030-01-01").await),
        0
    );
    let new = json!({ "name": "松径的新信", "query": "?lane=new&area=songjing" });
    let kept: Vec<SavedFilter> = office.post("/api/v1/desk/filters", &new).await.ok();
    assert_eq!(kept[0].query, "lane=new&area=songjing");
    let same: Vec<SavedFilter> = office.post("/api/v1/desk/filters", &new).await.ok();
    assert_eq!(same.len(), 1, "a name is there once");
    let path = format!("/api/v1/desk/filters/{}", same[0].id);
    assert_eq!(
        app.staff("yunfan")
            .await
            .write(Method::DELETE, &path, &[], &json!({}))
            .await
            .status,
        404
    );
    assert_eq!(office.write(Method::DELETE, &path, &[], &json!({})).await.status, 204);
}

#[tokio::test]
async fn a_reason_that_was_edited_can_be_chosen_at_once() {
    let app = TestApp::start().await;
    let mut admin = app.staff("admin").await;
    let entry = json!({ "text": "已有专门渠道", "way_out": "请拨 12345", "active": true });
    let path = "/api/v1/admin/library/decline/own_channel";
    let all: Vec<LibraryEntry> = admin.write(Method::PUT, path, &[], &entry).await.ok();
    assert!(all.iter().any(|entry| entry.code == "own_channel" && entry.active));
    let options: DeskOptions = app.staff("songjing").await.get("/api/v1/desk/options").await.ok();
    assert!(
        options
            .decline_reasons
            .iter()
            .any(|reason| reason.code == "own_channel")
    );
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let decline = json!({ "type": "decline", "reason_code": "own_channel", "text": "这件事请打热线。" });
    happens(&mut app.staff("songjing").await, &receipt.id, decline).await;
    let without_way_out = json!({ "text": "不受理", "way_out": " ", "active": true });
    assert_eq!(admin.write(Method::PUT, path, &[], &without_way_out).await.status, 422);
    let off = json!({ "text": "已有专门渠道", "way_out": "请拨 12345", "active": false });
    assert_eq!(admin.write(Method::PUT, path, &[], &off).await.status, 200);
    let options: DeskOptions = app.staff("songjing").await.get("/api/v1/desk/options").await.ok();
    assert!(
        options
            .decline_reasons
            .iter()
            .all(|reason| reason.code != "own_channel")
    );
}
