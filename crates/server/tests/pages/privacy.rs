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

#[tokio::test]
async fn logging_out_says_which_unfinished_letters_stay_and_removes_them_on_wish() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let page = author.get("/mine").await;
    let draft = json!({ "step": "where", "body": "小区的滑梯裂了一道口子，孩子天天在上面玩，请尽快来看看。" });
    for id in ["one", "two"] {
        let kept = author
            .write(Method::PUT, &format!("/api/v1/drafts/{id}"), &[], &draft)
            .await;
        assert!(kept.status.is_success(), "{}", kept.text());
    }
    let out = press(&mut author, &page, "/mine", "logout", &[]).await;
    assert_eq!(out.header("location"), "/mine/left");
    let said = follow(&mut author, &out).await;
    let html = said.text();
    for words in ["还有2份没写完的意见", "小区的滑梯裂了一道口子", "留着，下次接着写"] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(author.get("/mine").await.text().contains("获取验证码"), "logged out");
    let other = app.nobody().get("/mine/left").await;
    assert_eq!(other.header("location"), "/mine", "another browser hears nothing of it");
    assert!(
        author.get("/mine/left").await.text().contains("2份"),
        "nothing is lost by looking"
    );

    let dropped = press(&mut author, &said, "/mine/left", "drop", &[]).await;
    let gone = follow(&mut author, &dropped).await;
    assert!(gone.text().contains("都删掉了"), "{}", gone.text());
    let left = author.get("/api/v1/drafts").await.json();
    assert_eq!(left["items"], json!([]));

    // Without any, there is nothing to say.
    app.pass(61_000);
    let mut again = app.resident("199-0000-0001").await;
    let page = again.get("/mine").await;
    let out = press(&mut again, &page, "/mine", "logout", &[]).await;
    assert_eq!(out.header("location"), "/mine");
}
