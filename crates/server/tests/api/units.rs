//! Units: texts to begin with, the look over a reply, work handed one level down, and duties that move.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use liaison_domain::dto::{DeskCase, ReplyTemplate, Unit, UnitBoard};
use liaison_domain::lifecycle::Role;
use liaison_domain::reply::{Finding, LintCode};
use liaison_store::people::NewStaff;
use serde_json::{Value, json};

const PHONE: &str = "199-0000-0001";

/// A street below the bureaus, with somebody who works there.
async fn street(app: &TestApp) {
    let unit = Unit {
        id: "u-street".to_owned(),
        name: "松径街道办事处".to_owned(),
        short_name: "松径街道".to_owned(),
        kind: "street".to_owned(),
        active: true,
        level: "street".to_owned(),
    };
    app.state.store.put_unit(&unit, "street", None, 9).await.unwrap();
    let staff = NewStaff {
        id: "p-street".to_owned(),
        role: Role::UnitOfficer,
        name: "street".to_owned(),
        username: "street".to_owned(),
        password_hash: None,
        unit_id: Some("u-street".to_owned()),
        station_id: None,
        deputy_id: None,
        note: Some("演示".to_owned()),
    };
    app.state.store.put_staff(&staff, MONDAY).await.unwrap();
}

/// A letter that jiaotong has signed; its id and task.
async fn signed(app: &TestApp, key: &str) -> (String, String) {
    let mut body = letter();
    (body["deputy"], body["station"]) = (json!(null), json!("songjing"));
    let mut author = app.resident_again(PHONE).await;
    let receipt: liaison_domain::dto::Receipt = author
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", key)], &body)
        .await
        .ok();
    let mut office = app.staff("songjing").await;
    for event in [
        json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" }),
        json!({ "type": "assign", "lead": "u-jiaotong" }),
    ] {
        let reply = office.act(&receipt.id, event).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    let case = app.state.store.load(&receipt.id).await.unwrap().unwrap().case;
    let task = case.tasks[0].id.clone();
    let sign = json!({ "type": "sign", "task_id": task, "section": "设施科", "officer": "小武" });
    let reply = app.staff("jiaotong").await.act(&receipt.id, sign).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    (receipt.id, task)
}

async fn desk(client: &mut Client<'_>, id: &str) -> DeskCase {
    client.get(&format!("/api/v1/desk/cases/{id}")).await.ok()
}

fn codes(found: &[Finding]) -> Vec<LintCode> {
    found.iter().map(|finding| finding.code).collect()
}

#[tokio::test]
async fn work_handed_down_is_seen_and_written_there_and_answered_for_here() {
    let app = TestApp::start().await;
    street(&app).await;
    let (id, task) = signed(&app, "key-1").await;
    let mut unit = app.staff("jiaotong").await;
    let mut below = app.staff("street").await;
    let draft_path = format!("/api/v1/assignments/{task}/draft");
    let draft = json!({ "reply": reply_text("A") });
    assert_eq!(below.get(&format!("/api/v1/desk/cases/{id}")).await.status, 404);
    assert_eq!(below.write(Method::PUT, &draft_path, &[], &draft).await.status, 404);

    let sideways = json!({ "type": "delegate", "task_id": task, "unit_id": "u-chengguan" });
    let refused = unit.act(&id, sideways).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.json()["fields"][0]["field"], "unit_id", "{}", refused.text());
    let down = json!({ "type": "delegate", "task_id": task, "unit_id": "u-street", "text": "请先去看" });
    assert_eq!(unit.act(&id, down).await.status, 200);

    let seen = desk(&mut below, &id).await;
    assert!(seen.tasks[0].delegated_here && !seen.tasks[0].mine);
    assert_eq!(seen.tasks[0].delegate_name.as_deref(), Some("松径街道"));
    let lane = below.get("/api/v1/unit/tasks?lane=working").await.json();
    assert_eq!(lane["items"][0]["id"], json!(id));
    let board: UnitBoard = below.get("/api/v1/unit/board").await.ok();
    assert!(board.cells[0].items[0].delegated_here);

    let note = json!({ "type": "progress_note", "task_id": task, "text": "今天到现场。", "public": true });
    assert_eq!(below.act(&id, note).await.status, 200);
    assert_eq!(below.write(Method::PUT, &draft_path, &[], &draft).await.status, 204);
    let submit = json!({ "type": "submit_reply", "task_id": task, "reply": reply_text("A"), "signed_off_by": "街道" });
    let refused = below.act(&id, submit.clone()).await;
    assert_eq!(refused.status, 403, "the reply stays the unit's: {}", refused.text());
    let own = desk(&mut unit, &id).await;
    let body = own.tasks[0].draft.as_ref().map(|draft| draft.body.clone());
    assert_eq!(
        body.as_deref(),
        reply_text("A")["body"].as_str(),
        "the unit reads the draft"
    );
    assert_eq!(unit.act(&id, submit).await.status, 200);

    // Taken back, it is out of sight.
    let (id, task) = signed(&app, "key-2").await;
    for unit_id in [json!("u-street"), Value::Null] {
        let event = json!({ "type": "delegate", "task_id": task, "unit_id": unit_id });
        assert_eq!(unit.act(&id, event).await.status, 200);
    }
    assert_eq!(below.get(&format!("/api/v1/desk/cases/{id}")).await.status, 404);
}

#[tokio::test]
async fn texts_are_the_units_own_or_everybodys() {
    let app = TestApp::start().await;
    let mut unit = app.staff("jiaotong").await;
    let path = "/api/v1/unit/templates/t-1";
    let new = json!({ "name": "路灯", "parts": { "done": "灯已换好。" } });
    let count = unit
        .get("/api/v1/unit/templates")
        .await
        .ok::<Vec<ReplyTemplate>>()
        .len();
    assert!(count >= 4, "one for each outcome at least");
    assert_eq!(unit.write(Method::PUT, path, &[], &new).await.status, 204);
    let all: Vec<ReplyTemplate> = unit.get("/api/v1/unit/templates").await.ok();
    assert_eq!((all.len(), all[0].own, all[0].name.as_str()), (count + 1, true, "路灯"));
    let shared = unit
        .write(Method::PUT, "/api/v1/unit/templates/shared-a", &[], &new)
        .await;
    assert_eq!(shared.status, 404, "everybody's are read only");
    for (wrong, field) in [
        (json!({ "name": " ", "parts": { "done": "x" } }), "name"),
        (json!({ "name": "长".repeat(31), "parts": { "done": "x" } }), "name"),
        (json!({ "name": "空", "parts": {} }), "parts"),
    ] {
        let reply = unit.write(Method::PUT, path, &[], &wrong).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.json()["fields"][0]["field"]),
            (422, &json!(field))
        );
    }
    let mut other = app.staff("chengguan").await;
    assert_eq!(other.write(Method::PUT, path, &[], &new).await.status, 404);
    let headers = [("x-requested-with", "liaison")];
    assert_eq!(
        other.send(Method::DELETE, path, &headers, Body::empty()).await.status,
        404
    );
    assert_eq!(
        unit.send(Method::DELETE, path, &headers, Body::empty()).await.status,
        204
    );
}

#[tokio::test]
async fn a_reply_is_looked_over_with_the_units_other_replies_and_warnings_must_be_read() {
    let app = TestApp::start().await;
    let (first, task) = signed(&app, "key-1").await;
    let mut unit = app.staff("jiaotong").await;
    let mut office = app.staff("songjing").await;
    let submit = |task: &str| json!({ "type": "submit_reply", "task_id": task, "reply": reply_text("A"), "signed_off_by": "武局" });
    assert_eq!(unit.act(&first, submit(&task)).await.status, 200);
    let release = office.act(&first, json!({ "type": "release" })).await;
    assert_eq!(release.status, 200, "{}", release.text());

    let (second, task) = signed(&app, "key-2").await;
    let path = format!("/api/v1/assignments/{task}/lint");
    let found: Vec<Finding> = unit.post(&path, &json!({ "reply": reply_text("A") })).await.ok();
    assert_eq!(found[0].code, LintCode::Boilerplate, "{found:?}");
    let no = desk(&mut office, &first).await.no;
    assert_eq!(found[0].other.as_deref(), Some(no.as_str()));
    let mut promise = reply_text("B");
    promise["body"] = json!("下周二开始换电缆,换好以后再到现场看一次夜里亮不亮。");
    let found: Vec<Finding> = unit.post(&path, &json!({ "reply": promise })).await.ok();
    assert_eq!(codes(&found), [LintCode::DateMissing, LintCode::NotContacted]);
    assert_eq!(
        app.staff("chengguan")
            .await
            .post(&path, &json!({ "reply": promise }))
            .await
            .status,
        404
    );

    assert_eq!(unit.act(&second, submit(&task)).await.status, 200);
    let unread = office.act(&second, json!({ "type": "release" })).await;
    assert_eq!(unread.status, 422, "{}", unread.text());
    assert_eq!(unread.json()["fields"][0]["field"], "acknowledged");
    let read = office
        .act(&second, json!({ "type": "release", "acknowledged": ["boilerplate"] }))
        .await;
    assert_eq!(read.status, 200, "{}", read.text());
}

#[tokio::test]
async fn duties_move_to_another_unit_with_everything_that_is_open() {
    let app = TestApp::start().await;
    street(&app).await;
    let (open, task) = signed(&app, "key-1").await;
    let down = json!({ "type": "delegate", "task_id": task, "unit_id": "u-street" });
    assert_eq!(app.staff("jiaotong").await.act(&open, down).await.status, 200);
    let mut admin = app.staff("admin").await;
    let path = "/api/v1/admin/units/u-jiaotong/merge";
    for wrong in ["u-jiaotong", "u-nobody"] {
        let reply = admin.post(path, &json!({ "successor_id": wrong })).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.json()["fields"][0]["field"]),
            (422, &json!("successor_id"))
        );
    }
    let duties = "/api/v1/admin/units/u-jiaotong/duties";
    let before = admin.get(duties).await.json();
    assert_eq!(
        (&before["matters"], &before["categories"], &before["accounts"]),
        (&json!(1), &json!(1), &json!(2)),
        "{before}"
    );
    assert_eq!(admin.get("/api/v1/admin/units/u-nobody/duties").await.status, 404);
    let moved = admin.post(path, &json!({ "successor_id": "u-chengguan" })).await;
    assert_eq!(
        moved.json(),
        json!({ "tasks": 1, "categories": 1, "accounts": 2 }),
        "{}",
        moved.text()
    );
    let after = admin.get(duties).await.json();
    assert_eq!(
        (&after["matters"], &after["accounts"], &after["successor_id"]),
        (&json!(0), &json!(0), &json!("u-chengguan"))
    );
    let again = admin.post(path, &json!({ "successor_id": "u-chengguan" })).await;
    assert_eq!(again.json(), json!({ "tasks": 0, "categories": 0, "accounts": 0 }));
    let elsewhere = admin.post(path, &json!({ "successor_id": "u-street" })).await;
    assert_eq!(elsewhere.status, 422, "duties move once");

    let case = desk(&mut app.staff("jiaotong").await, &open).await;
    assert!(case.tasks[0].mine, "its people work for the successor now");
    assert_eq!(case.tasks[0].task.unit_id, "u-chengguan");
    assert!(app.state.store.open_tasks("u-jiaotong").await.unwrap().is_empty());
    let assign = json!({ "type": "assign", "lead": "u-jiaotong" });
    let mut body = letter();
    (body["deputy"], body["station"]) = (json!(null), json!("songjing"));
    let mut author = app.resident_again(PHONE).await;
    let receipt: liaison_domain::dto::Receipt = author
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "key-9")], &body)
        .await
        .ok();
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    assert_eq!(office.act(&receipt.id, accept).await.status, 200);
    assert_eq!(
        office.act(&receipt.id, assign).await.status,
        422,
        "nothing new reaches it"
    );
}
