//! What stands in a share card: of every public page its own title, words and picture, of private ones nothing.

use crate::support::{TestApp, letter, submit};
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

const IN_WECHAT: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 \
                         MicroMessenger/8.0.49(0x18003137)";

fn said(page: &str, property: &str) -> String {
    let mark = format!("<meta property=\"og:{property}\" content=\"");
    let rest = page.split(&mark).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn page(app: &TestApp, path: &str, agent: &str) -> String {
    let headers = [("user-agent", agent)];
    let reply = app.nobody().send(Method::GET, path, &headers, Body::empty()).await;
    assert_eq!(reply.status, 200, "{path}");
    reply.text()
}

async fn app() -> TestApp {
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("server.public_url", "https://letters.example"),
    ])
    .await;
    let web = &app.state.config.web;
    std::fs::create_dir_all(web).unwrap();
    let manifest = json!({ "build": "abc", "icons": { "512": "/a/abc/icon-512.png" } });
    std::fs::write(web.join("manifest.json"), manifest.to_string()).unwrap();
    app
}

#[tokio::test]
async fn every_public_page_has_a_card_of_its_own() {
    let app = app().await;
    let mut titles = Vec::new();
    for path in [
        "/",
        "/stations",
        "/stations/songjing",
        "/deputies",
        "/deputies/luzhiyao",
        "/receptions",
        "/events",
        "/cases",
        "/help",
    ] {
        let html = page(&app, path, "curl/8").await;
        let title = said(&html, "title");
        assert!(html.contains(&format!("<title>{title}</title>")), "{path}: {title}");
        assert!(
            said(&html, "description").chars().count() > 3,
            "{path} says what it is about"
        );
        assert_eq!(
            said(&html, "image"),
            "https://letters.example/a/abc/icon-512.png",
            "{path}"
        );
        assert_eq!(said(&html, "url"), format!("https://letters.example{path}"));
        assert!(
            !html.contains("<div hidden><img"),
            "{path}: only chat apps look for a picture in the page"
        );
        titles.push(title);
    }
    titles.sort();
    let all = titles.len();
    titles.dedup();
    assert_eq!(titles.len(), all, "each page has a title of its own: {titles:?}");
}

#[tokio::test]
async fn inside_of_wechat_the_first_picture_of_a_public_page_is_large_and_private_pages_have_none() {
    let app = app().await;
    let html = page(&app, "/stations/songjing", IN_WECHAT).await;
    let first = html.split("<img ").nth(1).unwrap();
    assert!(first.starts_with("src=\"/a/abc/icon-512.png\" alt=\"\""), "{first}");
    for path in ["/mine", "/mine/notices"] {
        let html = page(&app, path, IN_WECHAT).await;
        assert!(!html.contains("icon-512.png") && !html.contains("og:title"), "{path}");
        assert!(html.contains("noindex"), "{path}");
    }
}

#[tokio::test]
async fn nothing_of_a_letter_that_is_not_published_stands_in_a_card() {
    let app = app().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;
    let own = author.get(&format!("/mine/{}", receipt.no)).await.text();
    let words: String = letter()["body"].as_str().unwrap().chars().take(8).collect();
    assert!(own.contains(&words), "its author reads it");
    assert!(!own.contains("og:title") && !own.contains("og:description"));
    let public = app.nobody().get(&format!("/cases/{}", receipt.no)).await;
    assert_eq!(public.status, 404);
    assert!(!public.text().contains(&words));
}
