//! Unfinished notes on the page, and a visitor's number shown on a record's.

use super::ledger::{NOTES, open_session};
use super::*;
use support::PASSWORD;

fn is_kept(page: &Reply, name: &str, value: &str) -> bool {
    let given = fields(&form_of(&page.text(), NOTES));
    given.iter().any(|(known, text)| known == name && text == value)
}

#[tokio::test]
async fn unfinished_notes_are_there_again_without_a_script() {
    let app = TestApp::start().await;
    open_session(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    let form = deputy.get(NOTES).await;
    let typed = [
        ("visitor", "王桂芳"),
        ("words", "路灯坏了\n三个星期"),
        ("outcome", "noted"),
    ];
    let kept = press(&mut deputy, &form, NOTES, "draft", &typed).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let page = follow(&mut deputy, &kept).await;
    assert!(page.text().contains("已暂存 10:00"), "{}", page.text());
    assert!(is_kept(&page, "visitor", "王桂芳") && is_kept(&page, "words", "路灯坏了\n三个星期"));
    // Whoever comes back finds it without its address; somebody new has a page of their own, with the way back.
    assert!(is_kept(&deputy.get(NOTES).await, "visitor", "王桂芳"));
    let new = deputy.get(&format!("{NOTES}?new=1")).await;
    assert!(!is_kept(&new, "visitor", "王桂芳"));
    assert!(new.text().contains("王桂芳（10:00 暂存）"), "{}", new.text());
    assert!(
        !app.staff("guchengyuan")
            .await
            .get(NOTES)
            .await
            .text()
            .contains("王桂芳")
    );
    // It is one record in the end, and the draft is gone.
    let done = press(&mut deputy, &page, NOTES, "", &[("topic", "路灯")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(!deputy.get(NOTES).await.text().contains("王桂芳"));
}

#[tokio::test]
async fn a_draft_is_thrown_away_when_it_is_not_wanted() {
    let app = TestApp::start().await;
    open_session(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    let form = deputy.get(NOTES).await;
    assert!(
        !form.text().contains("value=\"discard\""),
        "there is nothing to throw away yet"
    );
    let kept = press(&mut deputy, &form, NOTES, "draft", &[("visitor", "王桂芳")]).await;
    let page = follow(&mut deputy, &kept).await;
    let gone = press(&mut deputy, &page, NOTES, "discard", &[]).await;
    let page = follow(&mut deputy, &gone).await;
    assert!(
        page.text().contains("删掉了") && !page.text().contains("王桂芳"),
        "{}",
        page.text()
    );
    assert!(!deputy.get(NOTES).await.text().contains("王桂芳"));
}

#[tokio::test]
async fn an_expired_login_loses_no_draft() {
    let app = TestApp::start().await;
    open_session(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    let form = deputy.get(NOTES).await;
    let kept = press(&mut deputy, &form, NOTES, "draft", &[("visitor", "王桂芳")]).await;
    let page = follow(&mut deputy, &kept).await;
    app.pass(3 * 3_600_000);
    // Pressed too late, it goes on within the login.
    let late = press(&mut deputy, &page, NOTES, "draft", &[("notes", "去年也坏过。")]).await;
    assert_eq!(late.status, 401);
    let right = [("username", "luzhiyao"), ("password", PASSWORD)];
    let action = [NOTES, "?again=1"].concat();
    let kept = press(&mut deputy, &late, &action, "login", &right).await;
    let page = follow(&mut deputy, &kept).await;
    assert!(page.text().contains("已暂存 13:00"), "{}", page.text());
    assert!(is_kept(&page, "visitor", "王桂芳") && is_kept(&page, "notes", "去年也坏过。"));
    // And another login, by the way that everybody goes, finds it too.
    assert!(is_kept(
        &app.staff("luzhiyao").await.get(NOTES).await,
        "notes",
        "去年也坏过。"
    ));
}

#[tokio::test]
async fn a_number_is_shown_for_a_reason_and_in_one_answer_only() {
    let app = TestApp::start().await;
    open_session(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    let form = deputy.get(NOTES).await;
    let typed = [("topic", "路灯"), ("phone", "199-0000-0005"), ("outcome", "noted")];
    let done = press(&mut deputy, &form, NOTES, "", &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let list = deputy.get("/desk/ledger").await.text();
    let id = list.split("/desk/ledger/").find_map(|part| {
        let id = part.split('"').next().unwrap_or_default();
        (id.len() == 36).then(|| id.to_owned())
    });
    let path = format!("/desk/ledger/{}", id.expect("a record"));
    let number = format!("{path}/number");
    let page = deputy.get(&path).await;
    assert!(page.text().contains("199****0005") && page.text().contains("查看号码"));
    let wrong = press(&mut deputy, &page, &number, "", &[("reason", " ")]).await;
    assert!(
        wrong.status == 422 && wrong.text().contains("请写为什么要看号码"),
        "{}",
        wrong.text()
    );
    assert!(!wrong.text().contains("19900000005"));
    let shown = press(&mut deputy, &wrong, &number, "", &[("reason", "约时间上门查看")]).await;
    assert!(
        shown.status == 200 && shown.text().contains("19900000005"),
        "{}",
        shown.text()
    );
    assert!(shown.text().contains("谁看过号码") && shown.text().contains("约时间上门查看"));
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(deputy.get(&number).await.header("location"), path);
    let page = deputy.get(&path).await.text();
    assert!(
        !page.contains("19900000005") && page.contains("陆知遥代表：约时间上门查看"),
        "{page}"
    );
    // Who only reads the ledger reads who looked, and looks at nothing.
    let mut auditor = app.staff("auditor").await;
    let page = auditor.get(&path).await.text();
    assert!(page.contains("约时间上门查看") && !page.contains("查看号码"), "{page}");
}
