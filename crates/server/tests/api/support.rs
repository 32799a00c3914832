//! A whole server in process, a small district, and people who click.

// By path, because other test programs take this file in by path too.
#[path = "support/district.rs"]
mod district;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use liaison_domain::Millis;
use liaison_domain::dto::{OtpChallenge, Receipt};
use liaison_server::app;
use liaison_server::clock::Clock;
use liaison_server::config::{Config, Layers, Overrides};
use liaison_server::state::AppState;
use liaison_store::{DEFAULT_TENANT, Store};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Monday, 2026-11-23, 10:00 in Shanghai.
pub const MONDAY: Millis = 1_795_399_200_000;
pub const DAY: Millis = 86_400_000;
pub const PASSWORD: &str = "一个不短的口令";

/// A server with its folder, alive as long as this is.
pub struct TestApp {
    pub state: AppState,
    router: Router,
    data: TempDir,
}

fn configured(data: &TempDir, settings: &[(&'static str, &str)]) -> Config {
    let mut flags: Overrides = vec![
        ("server.data", "test", data.path().display().to_string()),
        ("server.web", "test", data.path().join("web").display().to_string()),
        ("rate.writes_per_minute", "test", "0".to_owned()),
    ];
    flags.extend(settings.iter().map(|(key, value)| (*key, "test", (*value).to_owned())));
    let layers = Layers::read(None, &|_| None, &flags).expect("settings");
    Config::from_layers(&layers).expect("a configuration")
}

impl TestApp {
    /// The demo's switch is on: codes are shown, one tap logs in.
    pub async fn start() -> Self {
        Self::with(&[("demo.enabled", "true")]).await
    }

    /// On `SQLite`, with settings changed.
    pub async fn with(settings: &[(&'static str, &str)]) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", data.path().join("test.db").display());
        let store = Store::connect(&url).await.expect("a database");
        Self::on(store, data, settings).await
    }

    /// On a given database.
    pub async fn on(store: Store, data: TempDir, settings: &[(&'static str, &str)]) -> Self {
        let config = configured(&data, settings);
        store.migrate().await.expect("a schema");
        store
            .ensure_tenant(DEFAULT_TENANT, "default", "听海区", "TH", MONDAY)
            .await
            .expect("a district");
        district::load(&store).await;
        let state = AppState::new(config, Clock::fixed(MONDAY), store).expect("a state");
        Self {
            router: app::router(&state),
            state,
            data,
        }
    }

    /// These settings, with this server's folder.
    pub fn configuration(&self, settings: &[(&'static str, &str)]) -> Config {
        configured(&self.data, settings)
    }

    /// What another server works with: its own configuration, the same database, folder and time.
    pub fn another(&self, settings: &[(&'static str, &str)]) -> AppState {
        let config = self.configuration(settings);
        AppState::new(config, self.state.clock.clone(), self.state.store.clone()).expect("a state")
    }

    /// Somebody who is nobody yet.
    pub fn nobody(&self) -> Client<'_> {
        Client {
            app: self,
            cookies: Vec::new(),
            host: "localhost",
        }
    }

    /// Staff or deputy, logged in by one tap.
    pub async fn staff(&self, username: &str) -> Client<'_> {
        let mut client = self.nobody();
        let reply = client.post("/api/v1/auth/demo", &json!({ "username": username })).await;
        assert_eq!(reply.status, 200, "{username} logs in: {}", reply.text());
        client
    }

    /// A resident, logged in by code.
    pub async fn resident(&self, phone: &str) -> Client<'_> {
        let mut client = self.nobody();
        let challenge: OtpChallenge = client.post("/api/v1/auth/otp", &json!({ "phone": phone })).await.ok();
        let code = challenge.demo_code.expect("the demo shows the code");
        let given = json!({ "challenge_id": challenge.challenge_id, "code": code });
        let reply = client.post("/api/v1/auth/otp/verify", &given).await;
        assert_eq!(reply.status, 200, "{phone} logs in: {}", reply.text());
        client
    }

    /// The same resident at another time: codes may be asked for once a minute.
    pub async fn resident_again(&self, phone: &str) -> Client<'_> {
        self.pass(61_000);
        self.resident(phone).await
    }

    pub fn pass(&self, time: Millis) {
        self.state.clock.advance(time);
    }
}

/// A browser.
pub struct Client<'a> {
    app: &'a TestApp,
    cookies: Vec<(String, String)>,
    pub host: &'static str,
}

impl Client<'_> {
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, body: &Value) -> Reply {
        self.write(Method::POST, path, &[], body).await
    }

    pub async fn write(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        let mut all = vec![("content-type", "application/json"), ("x-requested-with", "liaison")];
        all.extend_from_slice(headers);
        self.send(method, path, &all, Body::from(body.to_string())).await
    }

    /// An event on a letter, decided on the version there is now.
    pub async fn act(&mut self, id: &str, event: Value) -> Reply {
        let version = self
            .app
            .state
            .store
            .load(id)
            .await
            .expect("a database")
            .expect("the letter")
            .case
            .version;
        self.act_on(id, version, event).await
    }

    pub async fn act_on(&mut self, id: &str, version: i64, event: Value) -> Reply {
        let path = format!("/api/v1/messages/{id}/events");
        let version = format!("\"{version}\"");
        self.write(
            Method::POST,
            &path,
            &[("if-match", &version)],
            &json!({ "event": event }),
        )
        .await
    }

    /// An answer whose body is still coming, as it begins.
    pub async fn open(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        self.ask(Method::GET, path, headers, Body::empty()).await
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Response {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, all.join("; "));
        }
        self.app
            .router
            .clone()
            .oneshot(request.body(body).expect("a request"))
            .await
            .expect("an answer")
    }

    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Reply {
        let response = self.ask(method, path, headers, body).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().expect("text");
            let (name, rest) = text.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The session's cookie, as sent.
    pub fn session(&self) -> Option<&str> {
        self.cookies
            .iter()
            .find(|(name, _)| name == "sid" || name == "__Host-sid")
            .map(|(_, value)| value.as_str())
    }

    pub fn set_session(&mut self, token: &str) {
        self.cookies = vec![("sid".to_owned(), token.to_owned())];
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("not JSON ({e}): {}", self.text()))
    }

    /// The body of an answer that must be a good one.
    pub fn ok<T: serde::de::DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The code of an answer that must be a problem.
    pub fn problem(&self) -> String {
        let kind = self.header("content-type");
        assert!(
            kind.starts_with("application/problem+json"),
            "{} is {kind}: {}",
            self.status,
            self.text()
        );
        self.json()["code"].as_str().expect("a code").to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// The body of a letter that passes every check.
pub fn letter() -> Value {
    json!({
        "body": "学府路从菜场到小学这一段的路灯坏了三个星期,晚上接孩子的老人摔过两次。电话199-0000-0001,我叫李听澜。",
        "kind": "help", "category": "transport.lamp", "category_by_resident": true, "area": "songjing-xuefu",
        "place": "学府路菜场门口", "deputy": "luzhiyao", "name": "李听澜",
        "name_shown": "to_handlers", "consent_publish": true
    })
}

/// Hands a letter in.
pub async fn submit(client: &mut Client<'_>, key: &str) -> Receipt {
    client
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", key)], &letter())
        .await
        .ok()
}

pub fn reply_text(outcome: &str) -> Value {
    json!({
        "body": "十一盏路灯已经全部换好,电缆也重新做了防水,11月20日晚复查全部亮灯。",
        "outcome": outcome, "contact": "区交通局 小武 0199-2003"
    })
}
