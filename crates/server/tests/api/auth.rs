//! Codes, passwords, sessions.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use liaison_domain::dto::{Me, OtpChallenge};
use serde_json::json;

const PHONE: &str = "199-0000-0001";

#[tokio::test]
async fn a_resident_logs_in_by_code_and_out_again() {
    let app = TestApp::start().await;
    let mut resident = app.resident(PHONE).await;
    let me: Me = resident.get("/api/v1/me").await.ok();
    assert_eq!(
        (me.home.as_str(), me.phone_masked.as_deref()),
        ("/mine", Some("199****0001"))
    );
    let token = resident.session().unwrap().to_owned();
    assert_eq!(resident.post("/api/v1/auth/logout", &json!({})).await.status, 204);
    assert!(resident.session().is_none(), "the cookie is gone");
    resident.set_session(&token);
    assert_eq!(
        resident.get("/api/v1/me").await.status,
        401,
        "and the token is worth nothing"
    );
    let again: Me = app.resident_again("+86 19900000001").await.get("/api/v1/me").await.ok();
    assert_eq!(again.account_id, me.account_id, "the same phone is the same account");
}

#[tokio::test]
async fn a_code_works_once_and_five_tries_long() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let challenge: OtpChallenge = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await.ok();
    let code = challenge.demo_code.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let given = |code: &str| json!({ "challenge_id": challenge.challenge_id, "code": code });
    for _ in 0..4 {
        let reply = nobody.post("/api/v1/auth/otp/verify", &given(wrong)).await;
        assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (401, "otp_wrong"));
    }
    let reply = nobody.post("/api/v1/auth/otp/verify", &given(wrong)).await;
    assert_eq!(
        (reply.status.as_u16(), reply.problem().as_str()),
        (401, "otp_gone"),
        "the fifth wrong try voids it"
    );
    assert_eq!(
        nobody.post("/api/v1/auth/otp/verify", &given(&code)).await.problem(),
        "otp_gone"
    );

    app.pass(61_000);
    let challenge: OtpChallenge = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await.ok();
    let given = json!({ "challenge_id": challenge.challenge_id, "code": challenge.demo_code.unwrap() });
    assert_eq!(nobody.post("/api/v1/auth/otp/verify", &given).await.status, 200);
    assert_eq!(
        app.nobody().post("/api/v1/auth/otp/verify", &given).await.problem(),
        "otp_gone",
        "used up"
    );
}

#[tokio::test]
async fn a_number_is_kept_sealed_and_only_this_installation_opens_it() {
    let app = TestApp::start().await;
    let me: Me = app.resident(PHONE).await.get("/api/v1/me").await.ok();
    let account = app.state.store.account(&me.account_id).await.unwrap().unwrap();
    let sealed = account.phone_encrypted.expect("a sealed number");
    assert!(!sealed.contains("19900000001"));
    assert_eq!(
        liaison_server::auth::phone::decrypt(&app.state, &sealed).as_deref(),
        Some("19900000001")
    );
    let other = TestApp::start().await;
    assert_eq!(liaison_server::auth::phone::decrypt(&other.state, &sealed), None);
}

#[tokio::test]
async fn a_code_is_void_after_ten_minutes() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let challenge: OtpChallenge = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await.ok();
    app.pass(10 * 60_000 + 1);
    let given = json!({ "challenge_id": challenge.challenge_id, "code": challenge.demo_code.unwrap() });
    assert_eq!(
        nobody.post("/api/v1/auth/otp/verify", &given).await.problem(),
        "otp_gone"
    );
}

#[tokio::test]
async fn codes_to_one_phone_are_limited_by_minute_hour_and_day() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let mut sent = 0;
    let mut refused = 0;
    for _ in 0..10 {
        if nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await.status == 200 {
            sent += 1;
        }
        let early = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await;
        assert_eq!(early.problem(), "otp_too_many", "two within a minute");
        assert!(early.json()["retry_after"].as_u64().unwrap() > 0);
        refused += 1;
        app.pass(61_000);
    }
    assert_eq!((sent, refused), (5, 10), "five an hour");
    for _ in 0..12 {
        app.pass(60 * 60_000);
        if nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await.status == 200 {
            sent += 1;
        }
    }
    assert_eq!(sent, 10, "ten a day");
    let other = nobody
        .post("/api/v1/auth/otp", &json!({ "phone": "199-0000-0002" }))
        .await;
    assert_eq!(other.status, 200, "another phone is another matter");
}

#[tokio::test]
async fn known_and_unknown_phones_get_the_same_answer() {
    let app = TestApp::start().await;
    app.resident(PHONE).await;
    app.pass(61_000);
    let mut nobody = app.nobody();
    let known = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await;
    let unknown = nobody
        .post("/api/v1/auth/otp", &json!({ "phone": "199-0000-0009" }))
        .await;
    let keys = |reply: &Reply| reply.json().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((known.status, keys(&known)), (unknown.status, keys(&unknown)));
    for phone in ["", "12345", "0571-88888888"] {
        let reply = nobody.post("/api/v1/auth/otp", &json!({ "phone": phone })).await;
        assert_eq!(reply.status, 422, "{phone}");
    }
}

#[tokio::test]
async fn outside_the_demo_no_code_is_shown_and_nobody_taps_in() {
    let app = TestApp::with(&[]).await;
    let mut nobody = app.nobody();
    let reply = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await;
    assert_eq!(
        (reply.status.as_u16(), reply.problem().as_str()),
        (503, "sms_unavailable")
    );
    assert_eq!(nobody.get("/api/v1/auth/demo").await.status, 404);
    assert_eq!(
        nobody
            .post("/api/v1/auth/demo", &json!({ "username": "admin" }))
            .await
            .status,
        404
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_installations_own_program_sends_the_code() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (program, sent) = (folder.path().join("send"), folder.path().join("sent"));
    std::fs::write(&program, format!("#!/bin/sh\ncat > '{}'\n", sent.display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let settings = [
        ("sms.command", &*program.display().to_string()),
        ("otp.per_address_per_hour", "5"),
    ];
    let app = TestApp::with(&settings).await;
    let mut nobody = app.nobody();
    let challenge: OtpChallenge = nobody.post("/api/v1/auth/otp", &json!({ "phone": PHONE })).await.ok();
    assert_eq!(challenge.demo_code, None, "the code is for the phone alone");
    let line: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&sent).unwrap()).unwrap();
    assert_eq!(line["phone"], "19900000001");
    for last in 0..4 {
        let other = json!({ "phone": format!("199-0000-010{last}") });
        assert_eq!(nobody.post("/api/v1/auth/otp", &other).await.status, 200);
    }
    let flood = nobody
        .post("/api/v1/auth/otp", &json!({ "phone": "199-0000-0200" }))
        .await;
    assert_eq!(
        flood.problem(),
        "otp_too_many",
        "one address may not have messages sent to everybody"
    );
    let given = json!({ "challenge_id": challenge.challenge_id, "code": line["code"] });
    assert_eq!(nobody.post("/api/v1/auth/otp/verify", &given).await.status, 200);
}

#[tokio::test]
async fn staff_log_in_by_password_with_growing_delays() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let login = |password: &str| json!({ "username": "jiaotong", "password": password });
    for _ in 0..3 {
        let reply = nobody.post("/api/v1/auth/login", &login("falsch")).await;
        assert_eq!(
            (reply.status.as_u16(), reply.problem().as_str()),
            (401, "bad_credentials")
        );
    }
    let reply = nobody.post("/api/v1/auth/login", &login(PASSWORD)).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (429, "login_locked"));
    app.pass(3_000);
    let me: Me = nobody.post("/api/v1/auth/login", &login(PASSWORD)).await.ok();
    assert_eq!(
        (me.home.as_str(), me.unit.unwrap().name.as_str()),
        ("/desk/unit", "听海区交通局")
    );
    let unknown = json!({ "username": "nobody", "password": "x" });
    assert_eq!(
        nobody.post("/api/v1/auth/login", &unknown).await.problem(),
        "bad_credentials",
        "the same words"
    );
}

#[tokio::test]
async fn a_login_gives_a_fresh_token_and_ends_the_old_one() {
    let app = TestApp::start().await;
    let mut browser = app.staff("songjing").await;
    let planted = browser.session().unwrap().to_owned();
    browser.post("/api/v1/auth/demo", &json!({ "username": "chief" })).await;
    assert_ne!(browser.session().unwrap(), planted);
    let mut thief = app.nobody();
    thief.set_session(&planted);
    assert_eq!(thief.get("/api/v1/me").await.status, 401);
}

#[tokio::test]
async fn sessions_end_when_idle_and_in_any_case() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    for _ in 0..5 {
        app.pass(119 * 60_000);
        assert_eq!(clerk.get("/api/v1/me").await.status, 200, "in use, it goes on");
    }
    app.pass(121 * 60_000);
    assert_eq!(clerk.get("/api/v1/me").await.status, 401, "idle for two hours");
    let mut clerk = app.staff("songjing").await;
    for _ in 0..13 {
        app.pass(60 * 60_000);
        clerk.get("/api/v1/me").await;
    }
    assert_eq!(
        clerk.get("/api/v1/me").await.status,
        401,
        "twelve hours are a day's work"
    );
    let mut resident = app.resident(PHONE).await;
    app.pass(29 * DAY);
    assert_eq!(
        resident.get("/api/v1/me").await.status,
        200,
        "a phone stays logged in for weeks"
    );
}

#[tokio::test]
async fn cookies_are_strict_everywhere_but_on_this_very_machine() {
    let app = TestApp::start().await;
    let set_cookie = async |host: &'static str, extra: &[(&str, &str)]| {
        let mut browser = app.nobody();
        browser.host = host;
        let mut headers = vec![("content-type", "application/json"), ("x-requested-with", "liaison")];
        headers.extend_from_slice(extra);
        let body = Body::from(r#"{"username":"chief"}"#);
        browser
            .send(Method::POST, "/api/v1/auth/demo", &headers, body)
            .await
            .header("set-cookie")
            .to_owned()
    };
    let local = set_cookie("127.0.0.1:8080", &[]).await;
    assert!(local.starts_with("sid=") && !local.contains("Secure"), "{local}");
    for (host, extra) in [
        ("letters.example.org", &[][..]),
        ("localhost", &[("x-forwarded-proto", "https")][..]),
    ] {
        let strict = set_cookie(host, extra).await;
        assert!(strict.starts_with("__Host-sid="), "{strict}");
        for part in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age="] {
            assert!(strict.contains(part), "{part} in {strict}");
        }
    }
}
