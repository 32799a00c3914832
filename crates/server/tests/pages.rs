//! Pages as a browser without scripts gets them: complete, small, safe, and every form works.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

#[path = "api/support.rs"]
#[allow(dead_code, reason = "shared with the API's tests")]
mod support;

#[path = "pages/again.rs"]
mod again;
#[path = "pages/bookings.rs"]
mod bookings;
#[path = "pages/cards.rs"]
mod cards;
#[path = "pages/doors.rs"]
mod doors;
#[path = "pages/events.rs"]
mod events;
#[path = "pages/guidance.rs"]
mod guidance;
#[path = "pages/ledger.rs"]
mod ledger;
#[path = "pages/media.rs"]
mod media;
#[path = "pages/notes.rs"]
mod notes;
#[path = "pages/outlines.rs"]
mod outlines;
#[path = "pages/privacy.rs"]
mod privacy;

#[path = "pages/number.rs"]
mod number;
#[path = "pages/restrictions.rs"]
mod restrictions;

#[path = "pages/resident.rs"]
mod resident;
#[path = "pages/rules.rs"]
mod rules;
#[path = "pages/write.rs"]
mod write;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use liaison_server::app;
use liaison_server::clock::Clock;
use liaison_server::config::{Config, Layers};
use liaison_server::state::AppState;
use liaison_store::Store;
use serde_json::json;
use support::{Client, MONDAY, Reply, TestApp, letter, reply_text, submit};
use tempfile::TempDir;
use tower::ServiceExt as _;

const FORM: &str = "application/x-www-form-urlencoded";
/// What fits into the first round trip of a connection.
const FIRST_FLIGHT: usize = 14 * 1024;

fn encode(pairs: &[(String, String)]) -> String {
    let part = |text: &str| -> String {
        text.bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect()
    };
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", part(name), part(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].find('"').map(|end| unescape(&tag[start..start + end]))
}

/// The part of a page that is one form, by its action.
fn form_of(html: &str, action: &str) -> String {
    let mark = format!("action=\"{action}\"");
    let at = html.match_indices("<form").map(|(at, _)| at).find(|at| {
        let end = html[*at..].find('>').map_or(html.len(), |end| at + end);
        html[*at..end].contains(&mark) && html[*at..end].contains("method=\"post\"")
    });
    let at = at.unwrap_or_else(|| panic!("no form for {action} in {html}"));
    html[at..].split("</form>").next().unwrap_or_default().to_owned()
}

/// What a browser would send of a form that nobody touched: hidden fields, texts, what is checked and selected.
fn fields(form: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for piece in form.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or_default();
        let plain = matches!(kind.as_str(), "hidden" | "text" | "tel" | "search" | "email" | "time");
        let chosen = matches!(kind.as_str(), "radio" | "checkbox") && tag.contains(" checked");
        if let Some(name) = attribute(tag, "name").filter(|_| tag.starts_with("input") && (plain || chosen)) {
            out.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    for (tag, close) in [("select", "</select>"), ("textarea", "</textarea>")] {
        for part in form.split(&format!("<{tag} ")).skip(1) {
            let head = format!(" {}", part.split('>').next().unwrap_or_default());
            let inner = part.split(close).next().unwrap_or_default();
            let value = if tag == "select" {
                let option = inner
                    .split("<option")
                    .find(|option| option.split('>').next().unwrap_or_default().contains(" selected"));
                option.and_then(|option| attribute(option, "value")).unwrap_or_default()
            } else {
                unescape(inner.split_once('>').map_or("", |(_, text)| text))
            };
            out.extend(attribute(&head, "name").map(|name| (name, value)));
        }
    }
    out
}

/// Fills a form of the last page and presses one of its buttons.
async fn press(client: &mut Client<'_>, page: &Reply, action: &str, wish: &str, typed: &[(&str, &str)]) -> Reply {
    let mut pairs = fields(&form_of(&page.text(), action));
    for (name, value) in typed {
        pairs.retain(|(known, _)| known != name);
        pairs.push(((*name).to_owned(), (*value).to_owned()));
    }
    pairs.push(("do".to_owned(), wish.to_owned()));
    client
        .send(
            Method::POST,
            action,
            &[("content-type", FORM)],
            Body::from(encode(&pairs)),
        )
        .await
}

fn heading(page: &Reply) -> String {
    let html = page.text();
    let inner = html
        .split("<h1")
        .nth(1)
        .and_then(|rest| rest.split("</h1>").next())
        .unwrap_or_default()
        .to_owned();
    let mut out = String::new();
    let mut inside = true;
    for c in inner.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn title(page: &Reply) -> String {
    page.text()
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split("</title>").next())
        .unwrap_or_default()
        .to_owned()
}

/// Follows a redirect after a post.
async fn follow(client: &mut Client<'_>, reply: &Reply) -> Reply {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let to = reply.header("location").to_owned();
    client.get(&to).await
}

fn shown_code(page: &Reply) -> String {
    let html = page.text();
    let at = html.find("验证码是").expect("the demo shows the code");
    html[at..]
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect()
}

#[tokio::test]
async fn every_public_page_is_complete_and_says_what_it_is() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    for path in [
        "/",
        "/stations",
        "/stations/songjing",
        "/deputies",
        "/deputies/luzhiyao",
        "/receptions",
        "/receptions?view=calendar",
        "/deputies?tag=%E6%95%99%E8%82%B2",
        "/cases",
        "/write",
        "/write?deputy=luzhiyao",
        "/write?step=done",
        "/track",
        "/mine",
        "/help",
        "/privacy",
        "/desk",
        "/desk/office",
    ] {
        let page = client.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(page.header("content-language"), "zh-CN", "{path}");
        // Never used again without asking; what is personal is not kept at all.
        let kept = page.header("cache-control");
        assert!(kept == "no-store" || kept == "no-cache", "{path}: {kept}");
        let html = page.text();
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert!(title(&page).contains("联络站"), "{path}: {}", title(&page));
        assert!(!html.contains("{{"), "{path}: a placeholder was left");
        assert!(!html.contains(" style="), "{path}: the policy forbids inline styles");
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(
                tag.contains(" src=") || tag.contains("application/json"),
                "{path}: an inline script"
            );
        }
    }
    let home = client.get("/").await.text();
    for tag in ["name=\"description\"", "og:title", "og:description", "og:site_name"] {
        assert!(home.contains(tag), "{tag}");
    }
}

#[tokio::test]
async fn a_page_carries_the_data_its_app_would_ask_for() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    for (path, urls) in [
        ("/", vec!["/config", "/home"]),
        (
            "/deputies?tag=%E6%95%99%E8%82%B2",
            vec!["/deputies?tag=%E6%95%99%E8%82%B2"],
        ),
        ("/cases", vec!["/cases"]),
        ("/write", vec!["/write-options"]),
    ] {
        let html = client.get(path).await.text();
        for url in urls {
            let mark = format!("data-url=\"/api/v1{url}\">");
            let at = html.find(&mark).unwrap_or_else(|| panic!("{path} without {url}"));
            let inside = html[at + mark.len()..].split("</script>").next().unwrap_or_default();
            let asked = client.get(&format!("/api/v1{url}")).await.json();
            let found: serde_json::Value = serde_json::from_str(inside).expect("JSON");
            assert_eq!(found, asked, "{path}: {url}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_with_the_right_status() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    for path in [
        "/nothing",
        "/deputies/nobody",
        "/stations/none",
        "/cases/TH-2026-999999",
        "/rate/none",
        "/d/nobody",
    ] {
        let page = client.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(heading(&page), "没有找到这个页面", "{path}");
    }
    assert_eq!(client.get("/d/luzhiyao").await.header("location"), "/deputies/luzhiyao");
    assert_eq!(client.get("/s/songjing").await.header("location"), "/stations/songjing");
}

#[tokio::test]
async fn a_letter_is_written_without_scripts() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    let mut page = client.get("/write?deputy=luzhiyao").await;
    page = press(&mut client, &page, "/write", "next", &[]).await;
    assert_eq!(page.status, 422);
    assert!(title(&page).starts_with("错误："), "{}", title(&page));
    assert!(
        page.text().contains("href=\"#body\">请写下发生了什么事"),
        "the summary leads to the field"
    );

    let body = "学府路的路灯坏了三个星期。</textarea><script>alert(1)</script>";
    page = press(&mut client, &page, "/write", "next", &[("body", body)]).await;
    assert_eq!(heading(&page), "事情在哪里");
    page = press(
        &mut client,
        &page,
        "/write",
        "next",
        &[("area", "songjing-xuefu"), ("place", "菜场门口")],
    )
    .await;
    assert_eq!(heading(&page), "想写给谁");
    page = press(&mut client, &page, "/write", "next", &[]).await;
    assert_eq!(heading(&page), "有照片吗");
    page = press(&mut client, &page, "/write", "next", &[]).await;
    assert_eq!(heading(&page), "再确认几样");
    assert!(
        page.text().contains("value=\"transport.lamp\" selected"),
        "the category is guessed"
    );
    page = press(&mut client, &page, "/write", "next", &[("consent", "no")]).await;
    assert_eq!(heading(&page), "检查一下再提交");
    assert!(!page.text().contains("<script>alert"), "what was typed is text");

    page = press(&mut client, &page, "/write", "goto:where", &[]).await;
    page = press(&mut client, &page, "/write", "next", &[("place", "小学门口")]).await;
    assert_eq!(heading(&page), "检查一下再提交", "one change leads straight back");
    assert!(page.text().contains("小学门口"));

    page = press(&mut client, &page, "/write", "next", &[]).await;
    assert_eq!(heading(&page), "留一个手机号");
    page = press(&mut client, &page, "/write", "code", &[("phone", "12")]).await;
    assert!(page.text().contains("手机号不对"));
    page = press(&mut client, &page, "/write", "code", &[("phone", "199 0000 0077")]).await;
    let code = shown_code(&page);
    page = press(&mut client, &page, "/write", "verify", &[("code", "000001")]).await;
    assert!(page.text().contains("验证码不对"), "{}", heading(&page));
    let sent = press(&mut client, &page, "/write", "verify", &[("code", &code)]).await;
    page = follow(&mut client, &sent).await;
    assert_eq!(heading(&page), "意见已经提交");
    assert!(page.text().contains("receipt__code"));
    let again = client.get("/write?step=done").await;
    assert_eq!(
        heading(&again),
        "意见已经提交",
        "a reload shows it again and sends nothing"
    );

    let mine = client.get("/mine").await;
    assert_eq!(
        mine.text().matches("class=\"row__title\"").count(),
        1,
        "one letter, and it is theirs"
    );
}

#[tokio::test]
async fn pressing_twice_makes_one_letter() {
    let app = TestApp::start().await;
    let mut client = app.resident("199-0000-0001").await;
    let page = client.get("/write?deputy=luzhiyao").await;
    let typed = [
        ("body", "学府路的路灯坏了三个星期。"),
        ("kind", "help"),
        ("step", "check"),
    ];
    let first = press(&mut client, &page, "/write", "submit", &typed).await;
    let second = press(&mut client, &page, "/write", "submit", &typed).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    assert_eq!(second.status, StatusCode::SEE_OTHER);
    let mine = client.get("/mine").await.text();
    assert_eq!(mine.matches("class=\"row__title\"").count(), 1);
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let app = TestApp::start().await;
    let mut client = app.resident("199-0000-0001").await;
    let page = client.get("/write").await;
    let pairs: Vec<_> = fields(&form_of(&page.text(), "/write"))
        .into_iter()
        .filter(|(name, _)| name != "csrf")
        .collect();
    let body = encode(&pairs);
    let reply = client
        .send(
            Method::POST,
            "/write",
            &[("content-type", FORM)],
            Body::from(body.clone()),
        )
        .await;
    assert_eq!(reply.status, 403, "without the token");
    let with_token = encode(&fields(&form_of(&page.text(), "/write")));
    let headers = [("content-type", FORM), ("origin", "https://evil.example")];
    let reply = client
        .send(Method::POST, "/write", &headers, Body::from(with_token))
        .await;
    assert_eq!(reply.status, 403, "from another origin");
    assert!(
        reply.header("content-type").starts_with("text/html"),
        "told to a person"
    );
}

fn part(boundary: &str, name: &str, file: Option<&str>, value: &[u8]) -> Vec<u8> {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    let mut out = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes();
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
    out
}

#[tokio::test]
async fn pictures_travel_with_the_form_and_a_bad_one_loses_nothing() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    let page = client.get("/write").await;
    let mut body = Vec::new();
    for (name, value) in fields(&form_of(&page.text(), "/write")) {
        let value = if name == "step" { "photos".to_owned() } else { value };
        body.extend(part("x", &name, None, value.as_bytes()));
    }
    let picture = include_bytes!("../../../public/icon-192.png");
    body.extend(part("x", "file", Some("灯.png"), picture));
    body.extend(part("x", "file", Some("notes.txt"), b"not a picture at all"));
    body.extend(part("x", "file", Some(""), b""));
    body.extend(part("x", "do", None, b"upload"));
    body.extend_from_slice(b"--x--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=x")];
    let page = client.send(Method::POST, "/write", &headers, Body::from(body)).await;
    assert_eq!(page.status, 422, "{}", page.text());
    assert!(
        page.text().contains("这个文件不是照片"),
        "the second is refused in words"
    );
    let photos: Vec<_> = fields(&form_of(&page.text(), "/write"))
        .into_iter()
        .filter(|(name, _)| name == "photo")
        .collect();
    assert_eq!(photos.len(), 1, "the first is kept");
    let (id, token) = photos[0].1.split_once('.').expect("id and token");
    assert_eq!(
        client
            .get(&format!("/api/v1/files/{id}/thumb?token={token}"))
            .await
            .status,
        200
    );

    let page = press(&mut client, &page, "/write", "next", &[]).await;
    assert!(page.text().contains(&photos[0].1), "and travels on");
    let page = press(&mut client, &page, "/write", &format!("remove:{id}"), &[]).await;
    assert!(!page.text().contains(&photos[0].1), "until it is removed");
    assert_eq!(
        client
            .get(&format!("/api/v1/files/{id}/thumb?token={token}"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn number_and_code_open_a_letter_and_its_actions() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;

    let mut client = app.nobody();
    let path = format!("/mine/{}", receipt.no);
    let page = client.get(&path).await;
    assert_eq!(heading(&page), "用手机号登录", "strangers are asked who they are");
    let page = client.get("/track").await;
    let page = press(&mut client, &page, "/track", "", &[("no", &receipt.no), ("code", "")]).await;
    assert!(page.text().contains("请填查询码"), "{}", page.text());
    let page = press(&mut client, &page, "/track", "", &[("code", "0000-000-000")]).await;
    assert!(page.text().contains("没有找到。请核对编号和查询码"));
    let opened = press(
        &mut client,
        &page,
        "/track",
        "",
        &[("code", &receipt.code.to_lowercase().replace('-', " "))],
    )
    .await;
    let page = follow(&mut client, &opened).await;
    assert_eq!(page.status, 200, "{}", page.text());

    let page = press(&mut client, &page, &path, "supplement", &[("text", " ")]).await;
    assert!(page.text().contains("请写几个字再发送"), "{}", heading(&page));
    let done = press(&mut client, &page, &path, "supplement", &[("text", "昨晚又有人摔了")]).await;
    let page = follow(&mut client, &done).await;
    assert!(page.text().contains("您的补充已经收到") && page.text().contains("昨晚又有人摔了"));

    let old = page;
    let done = press(&mut client, &old, &path, "consent_off", &[]).await;
    follow(&mut client, &done).await;
    let late = press(&mut client, &old, &path, "withdraw", &[]).await;
    assert_eq!(late.status, 422, "decided on a page that is old by now");
    let page = client.get(&path).await;
    let done = press(&mut client, &page, &path, "withdraw", &[]).await;
    let page = follow(&mut client, &done).await;
    assert!(page.text().contains("您已撤回这件意见"));
}

#[tokio::test]
async fn an_answer_is_rated_without_scripts() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    assert_eq!(office.act(&receipt.id, accept).await.status, 200);
    assert_eq!(
        office
            .act(&receipt.id, json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" }))
            .await
            .status,
        200
    );
    let mut deputy = app.staff("luzhiyao").await;
    let answered = deputy
        .act(
            &receipt.id,
            json!({ "type": "deputy_answer", "reply": reply_text("A") }),
        )
        .await;
    assert_eq!(answered.status, 200, "{}", answered.text());

    let page = author.get(&format!("/mine/{}", receipt.no)).await.text();
    assert!(
        page.contains("class=\"answer\"") && page.contains("陆知遥"),
        "the answer in its card"
    );
    let rate = page
        .split("href=\"/rate/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a link to rate");
    let path = format!("/rate/{rate}");
    let mut client = app.nobody();
    let page = client.get(&path).await;
    assert!(page.text().contains("十一盏路灯"), "what is rated stands there");
    let page = press(&mut client, &page, &path, "", &[("attitude", "5"), ("process", "4")]).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("请选办理成效怎么样") && page.text().contains("请选问题解决了没有"));
    let done = press(&mut client, &page, &path, "", &[("result", "5"), ("solved", "yes")]).await;
    let page = follow(&mut client, &done).await;
    assert_eq!(heading(&page), "谢谢您的评价");
    let case = author.get(&format!("/mine/{}", receipt.no)).await.text();
    assert!(case.contains("已办结"), "and the case closes");
}

#[tokio::test]
async fn nothing_private_is_in_public_pages() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;
    let words = letter()["body"].as_str().expect("a body").to_owned();
    let mut client = app.nobody();
    for path in [
        "/",
        "/cases",
        "/deputies/luzhiyao",
        "/stations/songjing",
        &format!("/cases/{}", receipt.no),
    ] {
        let html = client.get(path).await.text();
        assert!(!html.contains(&words[..30]) && !html.contains("李听澜"), "{path}");
    }
    let own = author.get(&format!("/mine/{}", receipt.no)).await;
    assert!(
        own.text().contains("noindex") && !own.text().contains("og:title"),
        "no share card of a private page"
    );
    let mut other = app.resident("199-0000-0002").await;
    assert_eq!(other.get(&format!("/mine/{}", receipt.no)).await.status, 404);
}

#[tokio::test]
async fn the_elder_mode_is_a_link_away() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    let page = client.get("/help").await.text();
    assert!(page.contains("href=\"/mode?m=elder&amp;back=/help\""));
    let reply = client.get("/mode?m=elder&back=/help").await;
    assert_eq!(reply.header("location"), "/help");
    assert!(client.get("/help").await.text().contains("data-mode=\"elder\""));
    assert_eq!(
        client
            .get("/mode?m=normal&back=//evil.example")
            .await
            .header("location"),
        "/"
    );
    assert!(client.get("/help").await.text().contains("data-mode=\"normal\""));
}

/// The demo district, which fills every list.
async fn demo_district() -> (Router, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let flags = vec![
        ("server.data", "test", folder.path().display().to_string()),
        ("server.web", "test", folder.path().join("web").display().to_string()),
        ("demo.enabled", "test", "true".to_owned()),
    ];
    let layers = Layers::read(None, &|_| None, &flags).expect("settings");
    let config = Config::from_layers(&layers).expect("a configuration");
    let store = Store::connect(&config.database()).await.expect("a database");
    store.migrate().await.expect("tables");
    let state = AppState::new(config, Clock::fixed(MONDAY), store).expect("a state");
    liaison_server::demo::seed(&state).await.expect("a demo district");
    (app::router(&state), folder)
}

#[tokio::test]
async fn the_first_view_fits_the_first_flight() {
    let (router, _folder) = demo_district().await;
    let get = async |path: &str, coding: &str| {
        let request = Request::get(path)
            .header("host", "localhost")
            .header("accept-encoding", coding);
        let response = router
            .clone()
            .oneshot(request.body(Body::empty()).expect("a request"))
            .await
            .expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body")
    };
    let cases = String::from_utf8(get("/cases", "identity").await.to_vec()).expect("text");
    let case = cases
        .split("href=\"/cases/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a published case");
    let case = format!("/cases/{case}");
    for path in [
        "/",
        "/stations",
        "/stations/yunfan",
        "/deputies",
        "/deputies/luzhiyao",
        "/receptions",
        "/receptions?view=calendar",
        "/write",
        "/cases",
        &case,
        "/track",
        "/help",
    ] {
        for coding in ["br", "gzip"] {
            let size = get(path, coding).await.len();
            assert!(size <= FIRST_FLIGHT, "{path} is {size} bytes ({coding})");
        }
    }
}
