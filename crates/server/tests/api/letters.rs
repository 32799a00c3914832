//! Handing letters in, looking them up, and two people at once.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{CaseView, MyCaseRow, Page, Receipt};
use serde_json::json;

const PHONE: &str = "199-0000-0001";

#[tokio::test]
async fn a_letter_is_handed_in_once_however_often_it_is_sent() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "key-1").await;
    assert!(
        receipt.no.starts_with("TH-2026-") && receipt.accept_by > MONDAY,
        "{receipt:?}"
    );
    assert_eq!(receipt.to_name, "陆知遥代表");
    assert_eq!(
        receipt.station_name, "songjing联络站",
        "the deputy's station answers for them"
    );
    let again = author
        .write(
            Method::POST,
            "/api/v1/messages",
            &[("idempotency-key", "key-1")],
            &letter(),
        )
        .await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.ok::<Receipt>(), receipt, "query code and all");
    let mut other = letter();
    other["body"] = json!("另一封信,说的是另一件事,不能用同一个键。");
    let reply = author
        .write(
            Method::POST,
            "/api/v1/messages",
            &[("idempotency-key", "key-1")],
            &other,
        )
        .await;
    assert_eq!(
        (reply.status.as_u16(), reply.problem().as_str()),
        (422, "idempotency_mismatch")
    );
    let mine: Page<MyCaseRow> = author.get("/api/v1/me/messages").await.ok();
    assert_eq!(mine.total, 1);
    let without = author.post("/api/v1/messages", &letter()).await;
    assert_eq!(
        (without.status.as_u16(), without.problem().as_str()),
        (400, "idempotency_key_required")
    );
    // Another person's key is another key.
    let second = submit(&mut app.resident("199-0000-0002").await, "key-1").await;
    assert_ne!(second.no, receipt.no);
}

#[tokio::test]
async fn what_is_wrong_with_a_letter_is_told_field_by_field() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let mut send = async |change: serde_json::Value| {
        let mut body = letter();
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        let reply = author
            .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "k")], &body)
            .await;
        assert_eq!(reply.status, 422, "{change}: {}", reply.text());
        reply.json()["fields"].clone()
    };
    assert_eq!(
        send(json!({ "body": "" })).await,
        json!([{ "field": "body", "code": "required" }])
    );
    assert_eq!(
        send(json!({ "body": "灯坏了" })).await,
        json!([{ "field": "body", "code": "too_short", "limit": 10 }])
    );
    assert_eq!(
        send(json!({ "body": "灯".repeat(2001) })).await,
        json!([{ "field": "body", "code": "too_long", "limit": 2000 }])
    );
    assert_eq!(
        send(json!({ "deputy": null })).await,
        json!([{ "field": "station", "code": "required" }])
    );
    assert_eq!(
        send(json!({ "deputy": "nobody" })).await[0],
        json!({ "field": "deputy", "code": "unknown" })
    );
    assert_eq!(
        send(json!({ "category": "no-such" })).await[0],
        json!({ "field": "category", "code": "unknown" })
    );
    assert_eq!(
        send(json!({ "area": "atlantis" })).await[0],
        json!({ "field": "area", "code": "unknown" })
    );
    assert_eq!(
        send(json!({ "attachments": ["x"] })).await[0],
        json!({ "field": "attachments.0", "code": "unknown" })
    );
    assert_eq!(
        send(json!({ "state": "closed" })).await[0],
        json!({ "field": "state", "code": "unknown" })
    );
    assert_eq!(
        send(json!({ "kind": "spam" })).await[0],
        json!({ "field": "kind", "code": "invalid" })
    );
}

#[tokio::test]
async fn number_and_code_open_a_letter_without_a_login() {
    let app = TestApp::start().await;
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let mut stranger = app.nobody();
    let path = format!("/api/v1/messages/{}", receipt.no);
    assert_eq!(stranger.get(&path).await.status, 401);
    for (no, code) in [
        (receipt.no.as_str(), "0000-0000-0000"),
        ("TH-2026-999999", receipt.code.as_str()),
    ] {
        let reply = stranger.post("/api/v1/track", &json!({ "no": no, "code": code })).await;
        assert_eq!(
            (reply.status.as_u16(), reply.problem().as_str()),
            (404, "not_found"),
            "which one is wrong is not told"
        );
    }
    let typed = json!({ "no": receipt.no.to_lowercase().replace('-', ""), "code": receipt.code.to_lowercase() });
    let reply = stranger.post("/api/v1/track", &typed).await;
    let view: CaseView = reply.ok();
    assert_eq!(reply.header("etag"), format!("\"{}\"", view.version));
    assert!(view.body.contains("李听澜"), "the author reads every word");
    assert_eq!(stranger.get(&path).await.status, 200, "and the browser remembers");
    let acted = stranger
        .act(&view.id, json!({ "type": "supplement", "text": "昨晚又有人摔倒。" }))
        .await;
    assert_eq!(acted.status, 200, "acting needs no login either: {}", acted.text());
    let other = submit(&mut app.resident("199-0000-0002").await, "key-2").await;
    assert_eq!(
        stranger.get(&format!("/api/v1/messages/{}", other.no)).await.status,
        404,
        "this letter only"
    );
}

#[tokio::test]
async fn two_officers_at_once_the_second_is_told_where_it_stands() {
    let app = TestApp::start().await;
    let mut body = letter();
    (body["deputy"], body["station"]) = (json!(null), json!("songjing"));
    let mut author = app.resident(PHONE).await;
    let receipt: Receipt = author
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "key-1")], &body)
        .await
        .ok();
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    let (mut first, mut second) = (app.staff("songjing").await, app.staff("chief").await);
    let version = second.get(&format!("/api/v1/desk/cases/{}", receipt.no)).await.json()["version"]
        .as_i64()
        .unwrap();
    assert_eq!(first.act_on(&receipt.id, version, accept.clone()).await.status, 200);
    let reply = second.act_on(&receipt.id, version, accept.clone()).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (409, "conflict"));
    let problem = reply.json();
    assert_eq!(problem["current_state"], "accepted");
    assert_eq!(problem["current_version"], version + 1);
    let allowed = problem["allowed_events"].as_array().unwrap();
    assert!(allowed.contains(&json!("assign")), "{allowed:?}");

    let without = second
        .write(
            Method::POST,
            &format!("/api/v1/messages/{}/events", receipt.id),
            &[],
            &json!({ "event": accept }),
        )
        .await;
    assert_eq!(
        (without.status.as_u16(), without.problem().as_str()),
        (428, "version_required")
    );
    let wrong_state = second.act(&receipt.id, accept).await;
    assert_eq!(
        (wrong_state.status.as_u16(), wrong_state.problem().as_str()),
        (409, "wrong_state")
    );
    let unknown_unit = second
        .act(&receipt.id, json!({ "type": "assign", "lead": "u-nobody" }))
        .await;
    assert_eq!(unknown_unit.status, 422, "{}", unknown_unit.text());
    let path = format!("/api/v1/messages/{}/events", receipt.id);
    let beside = json!({ "event": { "type": "archive" }, "role": "admin" });
    let reply = second
        .write(Method::POST, &path, &[("if-match", "\"2\"")], &beside)
        .await;
    assert_eq!(reply.json()["fields"][0], json!({ "field": "role", "code": "unknown" }));
    let extra = second
        .act(&receipt.id, json!({ "type": "urge", "state": "closed" }))
        .await;
    assert_eq!((extra.status.as_u16(), extra.problem().as_str()), (422, "validation"));
}

#[tokio::test]
async fn an_event_sent_twice_with_its_key_happens_once() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "key-1").await;
    let path = format!("/api/v1/messages/{}/events", receipt.no);
    let body = json!({ "event": { "type": "supplement", "text": "昨晚又有人摔倒。" } });
    let headers = [("if-match", "\"1\""), ("idempotency-key", "event-1")];
    let first = author.write(Method::POST, &path, &headers, &body).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let again = author.write(Method::POST, &path, &headers, &body).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, first.json()));
    let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(view.version, 2);
}

#[tokio::test]
async fn nobody_writes_more_than_a_days_worth() {
    let app = TestApp::with(&[("demo.enabled", "true"), ("rate.letters_per_day", "2")]).await;
    let mut author = app.resident(PHONE).await;
    submit(&mut author, "key-1").await;
    submit(&mut author, "key-2").await;
    let third = author
        .write(
            Method::POST,
            "/api/v1/messages",
            &[("idempotency-key", "key-3")],
            &letter(),
        )
        .await;
    assert_eq!(
        (third.status.as_u16(), third.problem().as_str()),
        (429, "letters_too_many")
    );
    app.pass(DAY);
    submit(&mut author, "key-3").await;
}
