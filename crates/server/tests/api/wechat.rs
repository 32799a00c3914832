//! Signatures and logging in by `WeChat`, against a small platform of our own on loopback.

use crate::support::*;
use axum::extract::{Query, State};
use axum::http::{Method, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use liaison_domain::dto::{JsSignature, MyData, PrivacyOverview};
use liaison_server::state::AppState;
use liaison_server::wechat;
use liaison_store::platforms::PlatformToken;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PHONE: &str = "199-0000-0001";
const OTHER: &str = "199-0000-0002";
const IN_WECHAT: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 \
                         MicroMessenger/8.0.49(0x18003137)";

/// What the platform was asked, and what it says.
#[derive(Default)]
struct Said {
    tokens: u32,
    tickets: u32,
    /// Tickets refused by the platform for an access token that somebody else has ended.
    ended: bool,
    down: bool,
    codes: HashMap<&'static str, Value>,
}

/// The platform's HTTP API, as far as we use it.
struct Platform {
    address: String,
    said: Arc<Mutex<Said>>,
}

impl Platform {
    async fn start() -> Self {
        let said: Arc<Mutex<Said>> = Arc::default();
        let routes = Router::new()
            .route("/cgi-bin/token", get(token))
            .route("/cgi-bin/ticket/getticket", get(ticket))
            .route("/sns/oauth2/access_token", get(person))
            .with_state(Arc::clone(&said));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, said }
    }

    fn says(&self, change: impl FnOnce(&mut Said)) {
        change(&mut self.said.lock().unwrap());
    }

    /// How often it was asked for access tokens and for tickets.
    fn asked(&self) -> (u32, u32) {
        let said = self.said.lock().unwrap();
        (said.tokens, said.tickets)
    }

    fn settings(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("demo.enabled", "true"),
            ("server.public_url", "https://letters.example"),
            ("wechat.app_id", "wx-test"),
            ("wechat.app_secret", "a-secret"),
            ("wechat.login", "true"),
            ("wechat.hosts", "letters.example, letters.example:8443"),
            ("wechat.api", &self.address),
        ]
    }

    async fn app(&self) -> TestApp {
        TestApp::with(&self.settings()).await
    }
}

type Asked = Query<HashMap<String, String>>;
type Shared = State<Arc<Mutex<Said>>>;

fn knows_us(asked: &Asked) -> bool {
    asked["appid"] == "wx-test" && asked["secret"] == "a-secret"
}

async fn token(State(said): Shared, asked: Asked) -> Result<Json<Value>, StatusCode> {
    // Those who come at once have to be there at once.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let mut said = said.lock().unwrap();
    said.tokens += 1;
    if said.down {
        return Err(StatusCode::BAD_GATEWAY);
    }
    said.ended = false;
    if !knows_us(&asked) || asked["grant_type"] != "client_credential" {
        return Ok(Json(json!({ "errcode": 40013, "errmsg": "invalid appid" })));
    }
    Ok(Json(
        json!({ "access_token": format!("token-{}", said.tokens), "expires_in": 7200 }),
    ))
}

async fn ticket(State(said): Shared, asked: Asked) -> Result<Json<Value>, StatusCode> {
    let mut said = said.lock().unwrap();
    said.tickets += 1;
    if said.down {
        return Err(StatusCode::BAD_GATEWAY);
    }
    let is_good = asked["access_token"] == format!("token-{}", said.tokens) && !said.ended;
    if !is_good || asked["type"] != "jsapi" {
        return Ok(Json(json!({ "errcode": 40001, "errmsg": "invalid credential" })));
    }
    let ticket = format!("ticket-{}", said.tickets);
    Ok(Json(
        json!({ "errcode": 0, "errmsg": "ok", "ticket": ticket, "expires_in": 7200 }),
    ))
}

async fn person(State(said): Shared, asked: Asked) -> Json<Value> {
    let said = said.lock().unwrap();
    let known = said.codes.get(asked["code"].as_str()).filter(|_| knows_us(&asked));
    Json(
        known
            .cloned()
            .unwrap_or(json!({ "errcode": 40029, "errmsg": "invalid code" })),
    )
}

fn sha1(text: &str) -> String {
    liaison_server::auth::secret::hex(&Sha1::digest(text.as_bytes()))
}

fn asking(url: &str) -> String {
    let escaped = url.replace('%', "%25").replace('&', "%26").replace('#', "%23");
    format!("/api/v1/wechat/js-signature?url={escaped}")
}

const HERE: &str = "https://letters.example/cases/TH-1?a=1&b=2";

async fn ticket_of(state: &AppState, ticket: &str) -> bool {
    let signed = wechat::signature(state, HERE).await.unwrap();
    let JsSignature {
        nonce,
        timestamp,
        signature,
        ..
    } = signed;
    signature
        == sha1(&format!(
            "jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={HERE}"
        ))
}

#[tokio::test]
async fn only_our_own_addresses_are_signed() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    let mut nobody = app.nobody();
    let signed: JsSignature = nobody.get(&asking(&format!("{HERE}#part"))).await.ok();
    assert_eq!(signed.app_id, "wx-test");
    assert_eq!(signed.script, "https://res.wx.qq.com/open/js/jweixin-1.6.0.js");
    let text = format!(
        "jsapi_ticket=ticket-1&noncestr={}&timestamp={}&url={HERE}",
        signed.nonce, signed.timestamp
    );
    assert_eq!(signed.signature, sha1(&text));
    assert_eq!(nobody.get(&asking("https://LETTERS.example:8443")).await.status, 200);
    for foreign in [
        "",
        "letters.example",
        "http://letters.example/",
        "https://letters.example.evil.example/",
        "https://letters.example@evil.example/",
        "https://evil.example/letters.example",
        "https://evil.example\\letters.example/",
        "https://letters.example:444/",
        "//letters.example/",
        "https://127.0.0.1/",
    ] {
        let reply = nobody.get(&asking(foreign)).await;
        assert_eq!(
            (reply.status.as_u16(), reply.problem().as_str()),
            (422, "validation"),
            "{foreign}"
        );
    }
}

#[tokio::test]
async fn a_ticket_is_asked_for_once_early_and_for_all_servers() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    let many: Vec<_> = (0..20)
        .map(|_| {
            let state = app.state.clone();
            tokio::spawn(async move { ticket_of(&state, "ticket-1").await })
        })
        .collect();
    for one in many {
        assert!(one.await.unwrap());
    }
    assert_eq!(platform.asked(), (1, 1), "those who come at once ask once");
    let settings = platform.settings();
    let other = app.another(&settings);
    assert!(
        ticket_of(&other, "ticket-1").await,
        "another server takes it from the database"
    );
    assert_eq!(platform.asked(), (1, 1));
    let kept = app
        .state
        .store
        .platform_token("wechat/wx-test/jsapi")
        .await
        .unwrap()
        .unwrap();
    assert!(!kept.value.contains("ticket"), "sealed: {}", kept.value);

    app.pass(109 * 60_000);
    assert!(ticket_of(&app.state, "ticket-1").await);
    app.pass(2 * 60_000);
    assert!(ticket_of(&app.state, "ticket-2").await, "asked for anew before it ends");
    assert_eq!(platform.asked(), (2, 2));

    // The platform is away when it is time again: the old one is used to its end, and the platform is not stormed.
    platform.says(|said| said.down = true);
    app.pass(111 * 60_000);
    for _ in 0..5 {
        assert!(ticket_of(&app.state, "ticket-2").await);
    }
    assert_eq!(platform.asked(), (3, 3), "one try");
    platform.says(|said| said.down = false);
    app.pass(60_000);
    assert!(ticket_of(&app.state, "ticket-4").await);
}

#[tokio::test]
async fn an_access_token_that_somebody_else_ended_is_replaced() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    assert!(ticket_of(&app.state, "ticket-1").await);
    // The ticket is gone, the access token is good by the clock and yet not good.
    let other = app.another(&platform.settings());
    app.pass(30 * 60_000);
    let gone = PlatformToken {
        value: String::new(),
        expires_at: 0,
    };
    app.state
        .store
        .keep_platform_token("wechat/wx-test/jsapi", &gone)
        .await
        .unwrap();
    platform.says(|said| said.ended = true);
    assert!(ticket_of(&other, "ticket-3").await);
    assert_eq!(
        platform.asked(),
        (2, 3),
        "refused once, asked for anew, and then it went well"
    );
}

#[tokio::test]
async fn nothing_of_it_is_there_without_an_account() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    assert_eq!(nobody.get(&asking(HERE)).await.status, 404);
    for path in ["/auth/wechat", "/auth/wechat/back?code=a&state=b", "/auth/wechat/bind"] {
        assert_eq!(nobody.get(path).await.status, 404, "{path}");
    }
    let agent = [("user-agent", IN_WECHAT)];
    let page = nobody.send(Method::GET, "/", &agent, axum::body::Body::empty()).await;
    assert!(!page.header("content-security-policy").contains("wx.qq.com"));
    assert!(
        page.text()
            .contains("data-host=\"wechat\" data-cannot=\"download print\" data-login=\"\"")
    );
}

#[tokio::test]
async fn the_platforms_script_may_run_inside_of_it_alone() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    let mut nobody = app.nobody();
    let agent = [("user-agent", IN_WECHAT)];
    let inside = nobody.send(Method::GET, "/", &agent, axum::body::Body::empty()).await;
    let policy = inside.header("content-security-policy").to_owned();
    assert!(
        policy.contains("script-src 'self' https://res.wx.qq.com 'wasm-unsafe-eval';"),
        "{policy}"
    );
    assert!(
        !nobody
            .get("/")
            .await
            .header("content-security-policy")
            .contains("wx.qq.com")
    );
}

/// Goes to the platform and comes back with a code.
async fn come_back(client: &mut Client<'_>, code: &str, back: &str) -> Reply {
    let start = client.get(&format!("/auth/wechat?back={back}")).await;
    assert_eq!(start.status, 303, "{}", start.text());
    let cookie = start.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-asked=")
            && cookie.contains("SameSite=Lax")
            && cookie.contains("HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    let to = start.header("location").to_owned();
    let (address, query) = to.split_once('?').unwrap();
    assert_eq!(address, "https://open.weixin.qq.com/connect/oauth2/authorize");
    for part in [
        "appid=wx-test",
        "redirect_uri=https%3A%2F%2Fletters.example%2Fauth%2Fwechat%2Fback",
        "scope=snsapi_base",
    ] {
        assert!(query.contains(part), "{query}");
    }
    assert!(query.ends_with("#wechat_redirect"));
    let state = query.split("state=").nth(1).unwrap().split('#').next().unwrap();
    client
        .get(&format!("/auth/wechat/back?code={code}&state={state}"))
        .await
}

fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.split(&mark).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn post(client: &mut Client<'_>, path: &str, pairs: &[(&str, &str)]) -> Reply {
    let body = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&");
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    client
        .send(Method::POST, path, &headers, axum::body::Body::from(body))
        .await
}

/// Fills in the form that binds.
async fn bind(client: &mut Client<'_>, phone: &str) -> Reply {
    let path = "/auth/wechat/bind";
    let form = client.get(path).await;
    assert_eq!(form.status, 200);
    let csrf = hidden(&form.text(), "csrf");
    let sent = post(client, path, &[("csrf", &csrf), ("do", "code"), ("phone", phone)]).await;
    let page = sent.text();
    let challenge = hidden(&page, "challenge");
    let code: String = page
        .split("验证码是")
        .skip(1)
        .flat_map(|part| part.split(|c: char| !c.is_ascii_digit()))
        .find(|digits| digits.len() == 6)
        .unwrap()
        .to_owned();
    let wrong = post(
        client,
        path,
        &[
            ("csrf", &csrf),
            ("do", "verify"),
            ("phone", phone),
            ("challenge", &challenge),
            ("code", "1"),
        ],
    )
    .await;
    assert_eq!(wrong.status, 422, "a wrong code binds nothing");
    post(
        client,
        path,
        &[
            ("csrf", &csrf),
            ("do", "verify"),
            ("phone", phone),
            ("challenge", &challenge),
            ("code", &code),
        ],
    )
    .await
}

fn person_of(openid: &str) -> Value {
    json!({ "access_token": "x", "expires_in": 7200, "openid": openid, "scope": "snsapi_base" })
}

#[tokio::test]
async fn the_first_time_takes_a_code_and_later_none() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    platform.says(|said| said.codes = [("one", person_of("openid-1")), ("two", person_of("openid-2"))].into());
    let mut phone = app.nobody();
    let first = come_back(&mut phone, "one", "/mine/notices").await;
    assert_eq!(
        (first.status.as_u16(), first.header("location")),
        (303, "/auth/wechat/bind")
    );
    assert_eq!(
        phone.get("/api/v1/me").await.status,
        401,
        "the platform's word alone logs nobody in"
    );
    for value in first.headers.get_all("set-cookie") {
        assert!(!value.to_str().unwrap().contains("openid"), "{value:?}");
    }
    let bound = bind(&mut phone, PHONE).await;
    assert_eq!(
        (bound.status.as_u16(), bound.header("location")),
        (303, "/mine/notices")
    );
    let overview: PrivacyOverview = phone.get("/api/v1/me/privacy").await.ok();
    assert_eq!(
        (overview.platforms.len(), &*overview.platforms[0].provider),
        (1, "wechat")
    );
    let data = phone.get("/api/v1/me/data").await;
    assert!(!data.text().contains("openid"));
    assert_eq!(data.ok::<MyData>().platforms.len(), 1);

    let mut again = app.nobody();
    let second = come_back(&mut again, "one", "/mine").await;
    assert_eq!((second.status.as_u16(), second.header("location")), (303, "/mine"));
    let me = again.get("/api/v1/me").await;
    assert_eq!(me.status, 200, "{}", me.text());

    // Another WeChat on the same phone takes a code of its own.
    let mut other = app.nobody();
    let third = come_back(&mut other, "two", "/mine").await;
    assert_eq!(third.header("location"), "/auth/wechat/bind");
    app.pass(61_000);
    assert_eq!(bind(&mut other, PHONE).await.status, 303);
    let overview: PrivacyOverview = other.get("/api/v1/me/privacy").await.ok();
    assert_eq!(overview.platforms.len(), 2);

    // Unbound by the page's form: both are gone, and the platform logs nobody in.
    let page = other.get("/mine/privacy").await.text();
    let (csrf, who) = (hidden(&page, "csrf"), hidden(&page, "who"));
    let unbound = post(
        &mut other,
        "/mine/privacy",
        &[("csrf", &csrf), ("who", &who), ("do", "unbind")],
    )
    .await;
    assert_eq!(unbound.header("location"), "/mine/privacy?done=unbound");
    let fourth = come_back(&mut app.nobody(), "one", "/mine").await;
    assert_eq!(fourth.header("location"), "/auth/wechat/bind");
}

#[tokio::test]
async fn one_wechat_belongs_to_one_number_at_a_time_and_goes_with_the_account() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    platform.says(|said| said.codes = [("one", person_of("openid-1"))].into());
    let mut phone = app.nobody();
    come_back(&mut phone, "one", "/mine").await;
    assert_eq!(bind(&mut phone, PHONE).await.status, 303);
    let unbound = phone
        .write(Method::DELETE, "/api/v1/me/platforms/wechat", &[], &Value::Null)
        .await;
    assert_eq!(unbound.status, 204);
    come_back(&mut phone, "one", "/mine").await;
    assert_eq!(bind(&mut phone, OTHER).await.status, 303);
    let closed = phone.post("/api/v1/me/close", &json!({ "sure": true })).await;
    assert_eq!(closed.status, 204);
    let after = come_back(&mut app.nobody(), "one", "/mine").await;
    assert_eq!(after.header("location"), "/auth/wechat/bind", "nobody's any more");
}

#[tokio::test]
async fn a_visitor_who_only_looks_and_a_stranger_word_bind_nothing() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    let mut snapshot = person_of("openid-of-nobody");
    snapshot["is_snapshotuser"] = json!(1);
    platform.says(|said| said.codes = [("one", person_of("openid-1")), ("look", snapshot)].into());
    let mut phone = app.nobody();
    let looks = come_back(&mut phone, "look", "/mine").await;
    assert_eq!(looks.status, 400);
    assert!(looks.text().contains("请点右下角“使用完整服务”"), "{}", looks.text());
    assert_eq!(phone.get("/auth/wechat/bind").await.status, 400);

    // A word from elsewhere, none at all, one used before, a refusal, a code the platform does not know.
    let start = phone.get("/auth/wechat?back=/mine").await;
    let word = start
        .header("location")
        .split("state=")
        .nth(1)
        .unwrap()
        .split('#')
        .next()
        .unwrap()
        .to_owned();
    let mut stranger = app.nobody();
    for path in [
        format!("/auth/wechat/back?code=one&state={word}"),
        "/auth/wechat/back?code=one".to_owned(),
        "/auth/wechat/back".to_owned(),
    ] {
        assert_eq!(stranger.get(&path).await.status, 400, "{path}");
    }
    assert_eq!(
        phone.get(&format!("/auth/wechat/back?state={word}")).await.status,
        400,
        "refused"
    );
    let unknown = phone.get(&format!("/auth/wechat/back?code=made-up&state={word}")).await;
    assert_eq!(unknown.status, 503);
    let used = phone.get(&format!("/auth/wechat/back?code=one&state={word}")).await;
    assert_eq!(used.status, 303, "a code that failed leaves the word");
    let twice = phone.get(&format!("/auth/wechat/back?code=one&state={word}")).await;
    assert_eq!(twice.status, 400, "a word is good once");

    // Nobody is led elsewhere.
    let mut led = app.nobody();
    let back = come_back(&mut led, "one", "https://evil.example/").await;
    assert_eq!(back.header("location"), "/auth/wechat/bind");
    assert_eq!(bind(&mut led, PHONE).await.header("location"), "/");

    // What waits for a number waits a quarter of an hour.
    let mut slow = app.nobody();
    let unbind = led
        .write(Method::DELETE, "/api/v1/me/platforms/wechat", &[], &Value::Null)
        .await;
    assert_eq!(unbind.status, 204);
    come_back(&mut slow, "one", "/mine").await;
    assert_eq!(slow.get("/auth/wechat/bind").await.status, 200);
    app.pass(16 * 60_000);
    assert_eq!(slow.get("/auth/wechat/bind").await.status, 400);
}

#[tokio::test]
async fn proofs_are_served_by_their_exact_names_and_nothing_else_of_the_folder() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    assert_eq!(nobody.get("/MP_verify_aB3.txt").await.status, 404, "no folder");
    let folder = app.state.config.proofs.clone();
    std::fs::create_dir_all(folder.join("deeper")).unwrap();
    std::fs::write(folder.join("MP_verify_aB3.txt"), "aB3").unwrap();
    std::fs::write(folder.join("notes.md"), "x").unwrap();
    std::fs::write(folder.join("deeper/a.txt"), "x").unwrap();
    std::fs::write(folder.join("large.txt"), "x".repeat(5000)).unwrap();
    std::fs::write(folder.parent().unwrap().join("outside.txt"), "x").unwrap();
    let proof = nobody.get("/MP_verify_aB3.txt").await;
    assert_eq!((proof.status.as_u16(), proof.text().as_str()), (200, "aB3"));
    assert_eq!(proof.header("content-type"), "text/plain; charset=utf-8");
    for path in [
        "/mp_verify_ab3.txt",
        "/MP_verify_aB4.txt",
        "/notes.md",
        "/deeper/a.txt",
        "/large.txt",
        "/../outside.txt",
        "/..%2foutside.txt",
        "/deeper%2fa.txt",
        "/phone.key",
    ] {
        assert_eq!(nobody.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_letter_waits_while_its_writer_logs_in_by_the_platform() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    platform.says(|said| said.codes = [("one", person_of("openid-1"))].into());
    let mut phone = app.nobody();
    let first = phone.get("/write").await.text();
    let (csrf, once) = (hidden(&first, "csrf"), hidden(&first, "once"));
    let written = [
        ("csrf", &*csrf),
        ("once", &*once),
        ("step", "phone"),
        (
            "body",
            "%E5%AD%A6%E5%BA%9C%E8%B7%AF%E7%9A%84%E8%B7%AF%E7%81%AF%E5%9D%8F%E4%BA%86%E4%B8%89%E4%B8%AA%E6%98%9F%E6%9C%9F%E3%80%82",
        ),
        ("kind", "help"),
        ("station", "songjing"),
        ("name", "%E7%8E%8B%E9%98%BF%E5%A7%A8"),
        ("phone", "19900000001"),
        ("do", "wechat"),
    ];
    let gone = post(&mut phone, "/write", &written).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    let back = format!("%2Fwrite%3Fkept%3D{once}");
    assert_eq!(gone.header("location"), format!("/auth/wechat?back={back}"));

    assert_eq!(
        come_back(&mut phone, "one", &back).await.header("location"),
        "/auth/wechat/bind"
    );
    let bound = bind(&mut phone, PHONE).await;
    assert_eq!(bound.header("location"), format!("/write?kept={once}"));
    let page = phone.get(bound.header("location")).await;
    let html = page.text();
    for there in ["学府路的路灯坏了三个星期。", "王阿姨", "value=\"submit\""] {
        assert!(html.contains(there), "{there} in {html}");
    }
    assert!(!html.contains("19900000001"), "the number stays where it was typed");
    let other = app.nobody().get(bound.header("location")).await;
    assert_eq!(other.header("location"), "/write", "nobody else's browser finds it");
    app.pass(16 * 60_000);
    let late = phone.get(bound.header("location")).await;
    assert_eq!(
        late.header("location"),
        "/write",
        "it is kept for the login and no longer"
    );
}

#[tokio::test]
async fn binding_and_unbinding_stand_in_ones_own_list_and_in_the_chain() {
    let platform = Platform::start().await;
    let app = platform.app().await;
    platform.says(|said| said.codes = [("one", person_of("openid-1"))].into());
    let mut phone = app.nobody();
    come_back(&mut phone, "one", "/mine").await;
    bind(&mut phone, PHONE).await;
    let unbound = phone
        .write(Method::DELETE, "/api/v1/me/platforms/wechat", &[], &Value::Null)
        .await;
    assert_eq!(unbound.status, 204);
    let overview: PrivacyOverview = phone.get("/api/v1/me/privacy").await.ok();
    let acts: Vec<(&str, &str)> = overview
        .changes
        .iter()
        .map(|one| (one.act.code(), &*one.what))
        .collect();
    assert_eq!(acts, [("unbound", "wechat"), ("bound", "wechat")]);
    assert!(app.state.store.broken_accounts().await.unwrap().is_empty());
}
