//! Scope beyond the table: auditors, points of a station, and what nobody may set.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

const PHONE: &str = "199-0000-0001";

#[tokio::test]
async fn an_auditor_reads_and_changes_nothing() {
    let app = TestApp::start().await;
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let mut auditor = app.staff("auditor").await;
    let case = auditor.get(&format!("/api/v1/desk/cases/{}", receipt.no)).await.json();
    assert_eq!(case["allowed_events"], json!([]));
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    let reply = auditor.act(&receipt.id, accept).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (403, "not_allowed"));
}

#[tokio::test]
async fn a_station_answers_for_its_points() {
    let app = TestApp::start().await;
    let mut body = letter();
    (body["deputy"], body["station"]) = (json!(null), json!("xuefu"));
    let mut author = app.resident(PHONE).await;
    let receipt: liaison_domain::dto::Receipt = author
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "k")], &body)
        .await
        .ok();
    let mut office = app.staff("songjing").await;
    let queue = office.get("/api/v1/office/queue?lane=new").await.json();
    assert_eq!(
        queue["items"][0]["no"], receipt.no,
        "its lane shows the point's letters"
    );
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    assert_eq!(office.act(&receipt.id, accept).await.status, 200);
    assert_eq!(
        app.staff("yunfan")
            .await
            .get(&format!("/api/v1/desk/cases/{}", receipt.no))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn nothing_of_a_letter_can_be_set_from_outside() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    for extra in ["state", "tenant_id", "account_id", "urgency", "role", "no"] {
        let mut body = letter();
        body[extra] = json!("x");
        let reply = author
            .write(Method::POST, "/api/v1/messages", &[("idempotency-key", extra)], &body)
            .await;
        assert_eq!(reply.json()["fields"][0], json!({ "field": extra, "code": "unknown" }));
    }
    let receipt = submit(&mut author, "key-1").await;
    for forged in [
        json!({ "type": "auto_accept", "category_id": "c-transport", "class": "simple" }),
        json!({ "type": "survey_expired" }),
    ] {
        let reply = author.act(&receipt.id, forged.clone()).await;
        assert!(
            [403, 409].contains(&reply.status.as_u16()),
            "{forged}: {}",
            reply.text()
        );
    }
    let reply = author
        .send(
            Method::GET,
            &format!("/api/v1/messages/{}", receipt.no),
            &[("x-role", "admin")],
            Body::empty(),
        )
        .await;
    assert_eq!(reply.status, 200);
    let text = reply.text();
    assert!(!text.contains("account_id") && !text.contains("query_code"), "{text}");
}

#[tokio::test]
async fn a_clerk_opens_a_letter_of_their_own_by_its_code_and_gets_no_desk_by_it() {
    let app = TestApp::start().await;
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let mut clerk = app.staff("yunfan").await;
    let path = format!("/api/v1/messages/{}", receipt.no);
    assert_eq!(clerk.get(&path).await.status, 404);
    let typed = json!({ "no": receipt.no, "code": receipt.code });
    assert_eq!(clerk.post("/api/v1/track", &typed).await.status, 200);
    assert_eq!(clerk.get(&path).await.status, 200);
    let desk = clerk.get(&format!("/api/v1/desk/cases/{}", receipt.no)).await;
    assert_eq!(desk.status, 404, "another station's desk stays another station's");
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    assert_eq!(
        clerk.act(&receipt.id, accept).await.problem(),
        "not_allowed",
        "as its author, not as an officer"
    );
    let words = json!({ "type": "supplement", "text": "昨晚又有人摔倒。" });
    assert_eq!(clerk.act(&receipt.id, words).await.status, 200);
}

#[tokio::test]
async fn a_unit_that_does_another_units_work_has_the_letter_on_its_desk() {
    let app = TestApp::start().await;
    let street = liaison_domain::dto::Unit {
        id: "u-jiedao".to_owned(),
        name: "松荆街道办事处".to_owned(),
        short_name: "松荆街道".to_owned(),
        kind: "street".to_owned(),
        active: true,
        level: "street".to_owned(),
    };
    let store = &app.state.store;
    store.put_unit(&street, "jiedao", None, 9).await.unwrap();
    let clerk = liaison_store::people::NewStaff {
        id: "p-jiedao".to_owned(),
        role: liaison_domain::lifecycle::Role::UnitOfficer,
        name: "街道办".to_owned(),
        username: "jiedao".to_owned(),
        password_hash: None,
        unit_id: Some(street.id.clone()),
        station_id: None,
        deputy_id: None,
        note: Some("演示".to_owned()),
    };
    store.put_staff(&clerk, MONDAY).await.unwrap();
    let (receipt, case) = crate::journey::at_work(&app).await;
    let path = format!("/api/v1/desk/cases/{}", receipt.no);
    let (mut lead, task) = (app.staff("jiaotong").await, crate::journey::own_task(&case));
    let mut other = app.staff("jiedao").await;
    assert_eq!(other.get(&path).await.status, 404, "not its own");
    let handed = json!({ "type": "delegate", "task_id": task, "unit_id": "u-jiedao", "text": "请到现场看看" });
    crate::journey::happens(&mut lead, &receipt.id, handed).await;
    assert_eq!(other.get(&path).await.status, 200, "its work now");
    let note = json!({ "type": "progress_note", "task_id": task, "text": "已到现场", "public": true });
    crate::journey::happens(&mut other, &receipt.id, note).await;
    let back = json!({ "type": "delegate", "task_id": task, "unit_id": null });
    crate::journey::happens(&mut lead, &receipt.id, back).await;
    assert_eq!(other.get(&path).await.status, 404, "no longer");
}
