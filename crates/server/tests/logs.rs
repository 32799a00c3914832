//! What a log holds, and what it must not. A program of its own, because its logger listens to the whole process.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests fail loudly and document themselves by name"
)]

#[allow(dead_code, reason = "shared with the API's tests, which need more of it")]
#[path = "api/support.rs"]
mod support;

use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use support::*;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn logs_hold_routes_and_times_and_nobodys_data() {
    let sink = Sink::default();
    let logger = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(sink.clone())
        .finish();
    tracing::subscriber::set_global_default(logger).unwrap();
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "a-secret-key").await;
    author.get(&format!("/api/v1/messages/{}", receipt.no)).await;
    author.get("/api/v1/cases?q=secretword").await;
    let typed = json!({ "no": receipt.no, "code": receipt.code });
    app.nobody().post("/api/v1/track", &typed).await;
    app.nobody()
        .post(
            "/api/v1/auth/login",
            &json!({ "username": "jiaotong", "password": "hunter2" }),
        )
        .await;
    app.staff("songjing")
        .await
        .act(&receipt.id, json!({ "type": "ask_info", "text": "是哪一根灯杆?" }))
        .await;
    let session = author.session().unwrap().to_owned();

    let log = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("\"route\":\"/api/v1/messages/{no}\""), "{log}");
    assert!(log.contains("\"status\":201") && log.contains("request_id"), "{log}");
    for secret in [
        "9900000001",
        "199-0000",
        "李听澜",
        "路灯",
        "灯杆",
        "secretword",
        "hunter2",
        "a-secret-key",
        "127.0.0.1",
        &receipt.no,
        &receipt.code,
        &session,
    ] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}
