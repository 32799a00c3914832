//! Letters that are not finished: a browser's own, without a login, until they are sent or over.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{AppConfig, LetterDrafts, Receipt};
use liaison_server::jobs::Runner;
use serde_json::{Value, json};

fn draft(body: &str) -> Value {
    json!({ "step": "where", "body": body, "kind": "help", "place": "三号楼", "photos": [] })
}

async fn keep(browser: &mut Client<'_>, id: &str, draft: &Value) -> Reply {
    browser
        .write(Method::PUT, &format!("/api/v1/drafts/{id}"), &[], draft)
        .await
}

async fn bodies(browser: &mut Client<'_>) -> Vec<String> {
    let kept: LetterDrafts = browser.get("/api/v1/drafts").await.ok();
    kept.items.into_iter().map(|kept| kept.draft.body).collect()
}

#[tokio::test]
async fn a_browser_finds_again_what_it_has_not_finished() {
    let app = TestApp::start().await;
    let mut here = app.nobody();
    assert!(bodies(&mut here).await.is_empty(), "nothing yet, and that is no error");
    let reply = keep(&mut here, "a-1", &draft("路灯坏了")).await;
    assert_eq!(reply.status, 204);
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(cookie.contains("Max-Age=2592000"), "thirty days: {cookie}");
    app.pass(1000);
    assert_eq!(keep(&mut here, "b-2", &draft("电梯停了")).await.status, 204);
    app.pass(1000);
    assert_eq!(keep(&mut here, "a-1", &draft("路灯坏了三天")).await.status, 204);
    assert_eq!(
        bodies(&mut here).await,
        ["路灯坏了三天", "电梯停了"],
        "the latest first"
    );
    assert!(
        bodies(&mut app.nobody()).await.is_empty(),
        "another browser's is nobody else's"
    );

    let other = app
        .nobody()
        .write(Method::DELETE, "/api/v1/drafts/a-1", &[], &json!({}))
        .await;
    assert_eq!(other.status, 204, "nothing of theirs: nothing to do");
    assert_eq!(bodies(&mut here).await.len(), 2, "and nothing of others goes");
    let own = here.write(Method::DELETE, "/api/v1/drafts/a-1", &[], &json!({})).await;
    assert_eq!(own.status, 204);
    assert_eq!(bodies(&mut here).await, ["电梯停了"]);
}

#[tokio::test]
async fn the_database_holds_neither_the_words_nor_the_token() {
    let app = TestApp::start().await;
    let mut here = app.nobody();
    let reply = keep(&mut here, "a", &draft("一句只有我知道的话")).await;
    let token = reply.header("set-cookie").split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 64);
    let kept = app.state.store.letter_drafts(&token, MONDAY).await.unwrap();
    assert_eq!(kept.len(), 1, "found by the token's hash");
    assert!(!kept[0].sealed.contains("知道"), "sealed");
    assert!(app.state.store.letter_drafts("", MONDAY).await.unwrap().is_empty());
}

#[tokio::test]
async fn name_and_number_have_no_place_in_it() {
    let app = TestApp::start().await;
    let mut here = app.nobody();
    for field in ["name", "phone", "code", "challenge"] {
        let mut with = draft("路灯坏了");
        with[field] = json!("x");
        let reply = keep(&mut here, "a", &with).await;
        assert_eq!(reply.status, 422, "{field}");
        assert_eq!(reply.json()["fields"][0], json!({ "field": field, "code": "unknown" }));
    }
}

#[tokio::test]
async fn a_letter_that_was_sent_takes_its_draft_with_it() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    for id in ["sent", "other"] {
        assert_eq!(keep(&mut author, id, &draft(id)).await.status, 204);
    }
    let headers = [("idempotency-key", "key-1"), ("x-draft", "sent")];
    let reply = author
        .write(Method::POST, "/api/v1/messages", &headers, &letter())
        .await;
    let _: Receipt = reply.ok();
    assert_eq!(bodies(&mut author).await, ["other"]);
    let again = author
        .write(Method::POST, "/api/v1/messages", &headers, &letter())
        .await;
    assert_eq!(
        again.header("idempotency-replayed"),
        "true",
        "a draft that is gone is no obstacle"
    );
}

#[tokio::test]
async fn drafts_end_by_themselves_and_the_form_says_when() {
    let app = TestApp::with(&[("drafts.keep_days", "3"), ("demo.enabled", "true")]).await;
    let mut here = app.nobody();
    let config: AppConfig = here.get("/api/v1/config").await.ok();
    assert_eq!(config.limits.draft_days, 3);
    assert_eq!(keep(&mut here, "a", &draft("路灯坏了")).await.status, 204);
    app.pass(2 * DAY);
    assert_eq!(
        keep(&mut here, "a", &draft("路灯还坏着")).await.status,
        204,
        "touched: three more days"
    );
    app.pass(2 * DAY);
    Runner::new(app.state.clone()).run_due().await.unwrap();
    assert_eq!(bodies(&mut here).await, ["路灯还坏着"]);
    app.pass(DAY);
    assert!(bodies(&mut here).await.is_empty());
    Runner::new(app.state.clone()).run_due().await.unwrap();
    assert_eq!(
        app.state.store.sweep_letter_drafts(MONDAY + 90 * DAY).await.unwrap(),
        0,
        "swept already"
    );
}

#[tokio::test]
async fn nobody_fills_the_disk_with_drafts() {
    let app = TestApp::with(&[("rate.writes_per_minute", "60"), ("demo.enabled", "true")]).await;
    let mut here = app.nobody();
    for n in 0..20 {
        assert_eq!(keep(&mut here, &format!("d-{n}"), &draft("一")).await.status, 204);
    }
    let more = keep(&mut here, "more", &draft("一")).await;
    assert_eq!(
        (more.status.as_u16(), more.problem().as_str()),
        (409, "too_many_drafts")
    );
    assert_eq!(
        keep(&mut here, "d-3", &draft("二")).await.status,
        204,
        "what is there goes on"
    );
    let long = keep(&mut here, "d-3", &draft(&"长".repeat(30_000))).await;
    assert_eq!(long.status, 413);
    for bad in ["a.b", "%20", &"x".repeat(65)] {
        assert_eq!(keep(&mut here, bad, &draft("一")).await.status, 422, "{bad}");
    }
    let mut photos = draft("一");
    photos["photos"] = (0..10).map(|n| json!({ "id": n.to_string(), "token": "t" })).collect();
    assert_eq!(keep(&mut here, "d-3", &photos).await.status, 422);
    // Half of what an address may write in a minute is left to those who send.
    let mut last = 204;
    for _ in 0..31 {
        last = keep(&mut here, "d-3", &draft("三")).await.status.as_u16();
    }
    assert_eq!(last, 429);
    let tracked = here
        .post("/api/v1/track", &json!({ "no": "TH-2026-000001", "code": "x" }))
        .await;
    assert_eq!(tracked.status, 404, "other writing goes on");
}
