//! Another telephone number, by plain forms.

use super::*;

const PATH: &str = "/mine/privacy/number";

#[tokio::test]
async fn the_number_is_changed_without_scripts_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    assert!(
        app.nobody().get(PATH).await.text().contains("获取验证码"),
        "the login first"
    );
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;
    app.pass(61_000);
    assert!(
        author
            .get("/mine/privacy")
            .await
            .text()
            .contains(&format!("href=\"{PATH}\""))
    );

    let page = author.get(PATH).await;
    assert!(page.text().contains("199****0001") && page.text().contains("收不到短信了"));
    let asked = press(&mut author, &page, PATH, "code", &[]).await;
    let wrong = press(&mut author, &asked, PATH, "verify", &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("验证码不对"), "{}", wrong.text());
    let second = press(&mut author, &wrong, PATH, "verify", &[("code", &shown_code(&asked))]).await;
    assert_eq!(second.status, 200, "{}", second.text());
    assert!(second.text().contains("第二步"));

    let same = press(&mut author, &second, PATH, "code", &[("phone", "199 0000 0001")]).await;
    assert!(same.text().contains("这就是现在的号码"), "{}", same.text());
    assert!(
        same.text().contains("value=\"199 0000 0001\""),
        "what was typed is still there"
    );
    let sent = press(&mut author, &same, PATH, "code", &[("phone", "19900000009")]).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let done = press(&mut author, &sent, PATH, "verify", &[("code", &shown_code(&sent))]).await;
    let page = follow(&mut author, &done).await;
    let html = page.text();
    for said in [
        "手机号换好了",
        "199****0009",
        "手机号从 199****0001 换成 199****0009",
        "您自己办的",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
    assert!(author.get("/mine").await.text().contains(&receipt.no));
}

#[tokio::test]
async fn a_number_in_use_and_a_proof_gone_old_lead_on_in_clear_words() {
    let app = TestApp::start().await;
    drop(app.resident("199-0000-0009").await);
    let mut author = app.resident("199-0000-0001").await;
    app.pass(61_000);
    let page = author.get(PATH).await;
    let asked = press(&mut author, &page, PATH, "code", &[]).await;
    let second = press(&mut author, &asked, PATH, "verify", &[("code", &shown_code(&asked))]).await;
    let sent = press(&mut author, &second, PATH, "code", &[("phone", "19900000009")]).await;
    let taken = press(&mut author, &sent, PATH, "verify", &[("code", &shown_code(&sent))]).await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.text().contains("没有合并") && taken.text().contains("value=\"19900000009\""),
        "{}",
        taken.text()
    );

    app.pass(16 * 60_000);
    let late = press(&mut author, &taken, PATH, "code", &[("phone", "19900000008")]).await;
    assert_eq!(late.status, 422);
    assert!(
        late.text().contains("从第一步再来一次") && late.text().contains("第一步"),
        "{}",
        late.text()
    );
    assert!(
        late.text().contains("value=\"19900000008\""),
        "what was typed comes along"
    );
}
