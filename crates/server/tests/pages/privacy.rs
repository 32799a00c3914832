//! What is kept about a resident, by plain forms.

use super::*;

const PATH: &str = "/mine/privacy";

#[tokio::test]
async fn what_is_kept_is_seen_taken_along_put_right_and_ended_without_scripts() {
    let app = TestApp::start().await;
    assert!(
        app.nobody().get(PATH).await.text().contains("获取验证码"),
        "the login first"
    );
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;
    let page = author.get(PATH).await;
    let html = page.text();
    for said in ["1 件，1 件还在办", "没有人看过完整的号码", "就是现在这里", "不能恢复"] {
        assert!(html.contains(said), "{said} in {html}");
    }

    let name = "王".repeat(30);
    let long = press(&mut author, &page, PATH, "rename", &[("name", &name)]).await;
    assert_eq!(long.status, 422);
    assert!(
        long.text().contains(&format!("value=\"{name}\"")),
        "what was typed is still there"
    );
    let done = press(&mut author, &long, PATH, "rename", &[("name", "王阿姨")]).await;
    let page = follow(&mut author, &done).await;
    assert!(page.text().contains("称呼已改好") && page.text().contains("王阿姨"));

    for (path, kind) in [
        ("/mine/privacy/data", "text/html"),
        ("/mine/privacy/data.html", "text/html"),
        ("/mine/privacy/data.json", "application/json"),
    ] {
        let reply = author.get(path).await;
        assert!(reply.header("content-type").starts_with(kind), "{path}");
        assert!(
            reply.text().contains(&receipt.no) && reply.text().contains("王阿姨"),
            "{path}"
        );
        assert!(
            !app.nobody().get(path).await.text().contains(&receipt.no),
            "{path} is one's own"
        );
    }
    let saved = author.get("/mine/privacy/data.html").await;
    assert!(saved.header("content-disposition").contains("my-data-") && saved.text().starts_with("<!doctype html>"));

    let unsure = press(&mut author, &page, PATH, "close", &[]).await;
    assert_eq!(unsure.status, 422);
    assert!(unsure.text().contains("请先在这里打勾"));
    let gone = press(&mut author, &unsure, PATH, "close", &[("sure", "yes")]).await;
    let page = follow(&mut author, &gone).await;
    assert!(page.text().contains("已经注销"), "{}", page.text());
    assert!(author.get("/mine").await.text().contains("获取验证码"), "logged out");
}
