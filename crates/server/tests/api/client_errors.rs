//! What breaks in browsers is counted, and nothing of anybody is.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::ClientErrorRow;
use serde_json::{Value, json};

const WECHAT: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 \
                      MicroMessenger/8.0.49(0x18003137)";

async fn report(app: &TestApp, body: &Value) -> Reply {
    let agent = [("user-agent", WECHAT)];
    app.nobody()
        .write(Method::POST, "/api/v1/client-errors", &agent, body)
        .await
}

fn crash() -> Value {
    json!({
        "kind": "crashed", "build": "made-up-by-somebody", "path": "/mine/TH-2026-004213",
        "message": "RuntimeError at https://station.example/mine/TH-2026-004213?code=ABCD of 199-0000-0001 李听澜"
    })
}

#[tokio::test]
async fn a_report_becomes_a_count_without_anybodys_number_or_words() {
    let app = TestApp::start().await;
    for _ in 0..2 {
        let reply = report(&app, &crash()).await;
        assert_eq!(reply.status, 204, "{}", reply.text());
        assert!(reply.header("set-cookie").is_empty(), "nobody is remembered");
    }
    let rows: Vec<ClientErrorRow> = app.staff("auditor").await.get("/api/v1/admin/client-errors").await.ok();
    let expected = ClientErrorRow {
        day: "2026-11-23".to_owned(),
        kind: "crashed".to_owned(),
        build: "other".to_owned(),
        host: "wechat".to_owned(),
        system: "ios".to_owned(),
        route: "/mine/*".to_owned(),
        message: "RuntimeError at (url) of ###-####-#### ***".to_owned(),
        count: 2,
    };
    assert_eq!(rows, [expected]);
    let page = app.staff("auditor").await.get("/desk/admin/errors").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("微信 · 苹果手机或平板"), "{}", page.text());
    let refused = app.staff("songjing").await.get("/desk/admin/errors").await;
    assert_eq!(refused.status, 303, "for whoever runs the station");
}

#[tokio::test]
async fn only_builds_that_are_kept_are_counted_by_name() {
    let app = TestApp::start().await;
    std::fs::create_dir_all(app.state.config.web.join("a/abc123")).unwrap();
    let mut known = crash();
    known["build"] = json!("abc123");
    assert_eq!(report(&app, &known).await.status, 204);
    for build in ["../a", "a/abc123", "", "..", "zzz"] {
        let mut other = crash();
        other["build"] = json!(build);
        assert_eq!(report(&app, &other).await.status, 204);
    }
    let rows: Vec<ClientErrorRow> = app.staff("auditor").await.get("/api/v1/admin/client-errors").await.ok();
    let builds: Vec<_> = rows.iter().map(|row| (&*row.build, row.count)).collect();
    assert_eq!(builds, [("other", 5), ("abc123", 1)]);
}

#[tokio::test]
async fn what_is_no_report_is_refused_and_too_many_are_too_many() {
    let app = TestApp::start().await;
    let mut unknown = crash();
    unknown["kind"] = json!("phishing");
    assert_eq!(report(&app, &unknown).await.status, 422);
    let mut long = crash();
    long["message"] = json!("x".repeat(3000));
    assert_eq!(report(&app, &long).await.status, 413);
    let forged = app
        .nobody()
        .send(
            Method::POST,
            "/api/v1/client-errors",
            &[("content-type", "application/json")],
            axum::body::Body::from(crash().to_string()),
        )
        .await;
    assert_eq!(forged.status, 403, "only our own pages report");
    let mut last = 204;
    for _ in 0..100 {
        last = report(&app, &crash()).await.status.as_u16();
    }
    assert_eq!(last, 429);
    app.pass(61_000);
    assert_eq!(report(&app, &crash()).await.status, 204);
}

#[tokio::test]
async fn counts_go_after_three_months() {
    let app = TestApp::start().await;
    assert_eq!(report(&app, &crash()).await.status, 204);
    let list = "/api/v1/admin/client-errors";
    for (days, left) in [(90, 1), (1, 0)] {
        app.pass(days * DAY);
        liaison_server::jobs::Runner::new(app.state.clone())
            .run_due()
            .await
            .unwrap();
        let rows: Vec<ClientErrorRow> = app.staff("auditor").await.get(list).await.ok();
        assert_eq!(rows.len(), left, "after {days} more days");
    }
}
