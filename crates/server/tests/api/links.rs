//! Links that log in once.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use liaison_domain::dto::{LoginLink, Me};
use liaison_server::auth::link;
use serde_json::json;

const FORM: &str = "application/x-www-form-urlencoded";

/// Presses the button of the page, as a browser without scripts does.
pub async fn press(client: &mut Client<'_>, page: &Reply, path: &str) -> Reply {
    let html = page.text();
    let token = html
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .unwrap_or_else(|| panic!("no form in {html}"))
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let form = Body::from(format!("csrf={token}"));
    client.send(Method::POST, path, &[("content-type", FORM)], form).await
}

#[tokio::test]
async fn a_link_opens_the_desk_once_and_previews_do_not_count() {
    let app = TestApp::start().await;
    let path = link::make(&app.state, "p-luzhiyao", "/desk/deputy?case=1")
        .await
        .unwrap();
    let mut preview = app.nobody();
    for _ in 0..3 {
        let seen = preview.get(&path).await;
        assert_eq!(seen.status, 200);
        assert!(
            seen.text().contains("打开") && !seen.text().contains("luzhiyao"),
            "nothing about whose it is"
        );
        assert_eq!(seen.header("cache-control"), "no-store");
    }
    assert_eq!(preview.get("/api/v1/me").await.status, 401, "looking logs nobody in");

    let mut phone = app.nobody();
    let page = phone.get(&path).await;
    let sent = press(&mut phone, &page, &path).await;
    assert_eq!(
        (sent.status.as_u16(), sent.header("location")),
        (303, "/desk/deputy?case=1")
    );
    let me: Me = phone.get("/api/v1/me").await.ok();
    assert_eq!(me.home, "/desk/deputy");

    let mut thief = app.nobody();
    let again = press(&mut thief, &page, &path).await;
    assert_eq!(again.status, 403, "a form of another browser");
    let gone = preview.get(&path).await;
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains("不能用了") && !gone.text().contains("luzhiyao"));
    let second = press(&mut phone, &page, &path).await;
    assert_eq!(second.status, 410, "pressed twice");
}

#[tokio::test]
async fn a_login_by_link_ends_the_old_session_and_lasts_twelve_hours() {
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("session.staff_hours", "48"),
        ("session.staff_idle_minutes", "1440"),
    ])
    .await;
    let mut phone = app.staff("guchengyuan").await;
    let planted = phone.session().unwrap().to_owned();
    let path = link::make(&app.state, "p-luzhiyao", "/desk/deputy").await.unwrap();
    let page = phone.get(&path).await;
    let sent = press(&mut phone, &page, &path).await;
    assert!(sent.header("set-cookie").contains("HttpOnly"), "{:?}", sent.headers);
    assert_ne!(phone.session().unwrap(), planted);
    let mut thief = app.nobody();
    thief.set_session(&planted);
    assert_eq!(thief.get("/api/v1/me").await.status, 401);
    app.pass(12 * 60 * 60_000 - 1);
    assert_eq!(phone.get("/api/v1/me").await.ok::<Me>().home, "/desk/deputy");
    app.pass(1);
    assert_eq!(phone.get("/api/v1/me").await.status, 401);
}

#[tokio::test]
async fn a_link_ends_after_seven_days_and_says_the_same_as_one_that_never_was() {
    let app = TestApp::start().await;
    let path = link::make(&app.state, "p-luzhiyao", "/desk/deputy").await.unwrap();
    let mut phone = app.nobody();
    let page = phone.get(&path).await;
    app.pass(7 * DAY);
    let late = press(&mut phone, &page, &path).await;
    let made_up = format!("/l/{}", "0".repeat(32));
    let never = press(&mut phone, &page, &made_up).await;
    assert_eq!((late.status.as_u16(), never.status.as_u16()), (410, 410));
    assert_eq!(phone.get(&path).await.status, 410);
    assert!(phone.session().is_none(), "nobody is logged in");
    assert!(
        late.text().contains("href=\"/desk\""),
        "the way to the login stands there"
    );
}

#[tokio::test]
async fn links_lead_nowhere_else_and_only_those_who_work_with_letters_get_one() {
    let app = TestApp::start().await;
    for foreign in [
        "https://example.com",
        "//example.com",
        "/\\example.com",
        "/a\r\nb",
        "/api/v1/me",
        "",
    ] {
        assert!(
            link::make(&app.state, "p-luzhiyao", foreign).await.is_err(),
            "{foreign:?}"
        );
    }
    assert_eq!(
        link::make(&app.state, "p-admin", "/desk/office").await.unwrap(),
        "/desk/office",
        "who administers logs in by password"
    );
    assert!(
        link::make(&app.state, "p-jiaotong", "/desk/unit")
            .await
            .unwrap()
            .starts_with("/l/")
    );
    assert!(link::make(&app.state, "nobody", "/desk").await.is_err());
    let path = app
        .state
        .store
        .create_login_link("p-luzhiyao", "https://example.com", None, MONDAY, MONDAY + DAY)
        .await
        .unwrap();
    let path = format!("/l/{path}");
    let mut phone = app.nobody();
    let page = phone.get(&path).await;
    let sent = press(&mut phone, &page, &path).await;
    assert_eq!(sent.header("location"), "/", "not even if one stood in the database");
}

#[tokio::test]
async fn guessing_links_is_slowed_down() {
    let app = TestApp::start().await;
    let mut machine = app.nobody();
    let mut refused = 0;
    for at in 0..60 {
        let reply = machine.get(&format!("/l/{at:032}")).await;
        refused += usize::from(reply.status == 429);
    }
    assert!(refused > 0, "after a number of misses nothing is looked up");
}

#[tokio::test]
async fn the_office_hands_a_link_over_by_hand() {
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("server.public_url", "https://letters.example.org"),
    ])
    .await;
    let receipt = submit(&mut app.resident("199-0000-0001").await, "key-1").await;
    let mut chief = app.staff("chief").await;
    let route = "/api/v1/office/deputies/d-luzhiyao/link";
    let made: LoginLink = chief.post(route, &json!({ "letter": receipt.no })).await.ok();
    assert_eq!(made.expires_at, MONDAY + 7 * DAY);
    let path = made.url.strip_prefix("https://letters.example.org").unwrap();
    let mut phone = app.nobody();
    let page = phone.get(path).await;
    let sent = press(&mut phone, &page, path).await;
    assert_eq!(sent.header("location"), format!("/desk/deputy?case={}", receipt.id));
    let other = "/api/v1/office/deputies/d-guchengyuan/link";
    let foreign = chief.post(other, &json!({ "letter": receipt.no })).await;
    assert_eq!(foreign.status, 422, "not his letter");
    assert_eq!(
        chief
            .post("/api/v1/office/deputies/d-nobody/link", &json!({}))
            .await
            .status,
        404
    );
}
