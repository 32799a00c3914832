//! Forms that are posted after the login ended: one logs in within the answer, and nothing typed is lost.

use super::*;
use support::PASSWORD;

const SETTINGS: &str = "/desk/notifications";
const NEW: &str = "/desk/ledger/new";

fn marked(path: &str) -> String {
    [path, "?again=1"].concat()
}

fn is_login(reply: &Reply) -> bool {
    reply.status == 401 && reply.text().contains("请重新登录") && reply.text().contains("autocomplete=\"username\"")
}

#[tokio::test]
async fn a_record_posted_too_late_is_kept_once_the_clerk_logs_in_again() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let page = office.get("/desk/ledger/new?station=songjing").await;
    let words = "27路能不能开到橘林村,\r\n村里老人<看病>要走\"四里\"路。";
    app.pass(3 * 3_600_000);
    let typed = [
        ("topic", "公交延伸"),
        ("outcome", "noted"),
        ("date", "2026-11-20"),
        ("words", words),
        ("deputies", "d-luzhiyao"),
    ];
    let late = press(&mut office, &page, NEW, "", &typed).await;
    assert!(is_login(&late), "{}", late.text());
    let html = late.text();
    assert!(html.contains("您刚才写的都还在"), "{html}");
    assert!(!html.contains("<看病>"), "what was typed is no markup");
    assert_eq!(late.header("cache-control"), "no-store");
    // Wrong words once: nothing is lost by it.
    let wrong = [("username", "songjing"), ("password", "not it")];
    let wrong = press(&mut office, &late, &marked(NEW), "login", &wrong).await;
    assert!(
        is_login(&wrong) && wrong.text().contains("用户名或密码不对"),
        "{}",
        wrong.text()
    );
    assert!(!wrong.text().contains("not it"), "no password comes back");
    // Another one's login sends nothing in that one's name.
    let other = [("username", "chief"), ("password", PASSWORD)];
    let other = press(&mut office, &wrong, &marked(NEW), "login", &other).await;
    assert!(
        is_login(&other) && other.text().contains("这不是原来的账号"),
        "{}",
        other.text()
    );
    assert_eq!(office.get("/api/v1/me").await.status, 401, "and opens no session");
    let right = [("username", "songjing"), ("password", PASSWORD)];
    let done = press(&mut office, &other, &marked(NEW), "login", &right).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let record = follow(&mut office, &done).await.text();
    assert!(
        record.contains("已保存") && record.contains("公交延伸") && record.contains("11月20日"),
        "{record}"
    );
    assert!(record.contains("&lt;看病&gt;") && record.contains("陆知遥"), "{record}");
    // The same answer once more: the form's own key makes it the same record.
    let again = press(&mut office, &other, &marked(NEW), "login", &right).await;
    assert_eq!(again.header("location"), done.header("location"));
}

#[tokio::test]
async fn what_is_wrong_with_a_late_form_is_told_after_the_login() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let page = office.get("/desk/ledger/new?station=songjing").await;
    app.pass(3 * 3_600_000);
    let typed = [
        ("topic", ""),
        ("notes", "去年也坏过。"),
        ("date", "2026-11-20"),
        ("outcome", "noted"),
    ];
    let late = press(&mut office, &page, NEW, "", &typed).await;
    let right = [("username", "songjing"), ("password", PASSWORD)];
    let wrong = press(&mut office, &late, &marked(NEW), "login", &right).await;
    let html = wrong.text();
    assert_eq!(wrong.status, 422, "{html}");
    assert!(html.contains("请写是什么事") && html.contains("去年也坏过。"), "{html}");
    // From here on it is a form like any other.
    let done = press(
        &mut office,
        &wrong,
        NEW,
        "",
        &[("topic", "路灯"), ("date", "2026-11-20")],
    )
    .await;
    assert_eq!(done.status, 303, "{}", done.text());
}

#[tokio::test]
async fn settings_posted_too_late_are_saved_by_one_tap_in_the_demo() {
    let app = resident::that_tells().await;
    let mut unit = app.staff("jiaotong").await;
    let page = unit.get(SETTINGS).await;
    app.pass(3 * 3_600_000);
    let late = press(&mut unit, &page, SETTINGS, "", &[("email", "jiaotong@example.org")]).await;
    assert!(is_login(&late), "{}", late.text());
    let done = press(&mut unit, &late, &marked(SETTINGS), "demo", &[]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(follow(&mut unit, &done).await.text().contains("jiaotong@example.org"));
}

#[tokio::test]
async fn a_page_drawn_for_one_person_is_not_posted_by_another() {
    let app = resident::that_tells().await;
    let mut browser = app.staff("jiaotong").await;
    let page = browser.get(SETTINGS).await;
    // Somebody else logs in at the same computer, in another tab.
    let login = json!({ "username": "chief" });
    assert_eq!(browser.post("/api/v1/auth/demo", &login).await.status, 200);
    let refused = press(&mut browser, &page, SETTINGS, "", &[("email", "jiaotong@example.org")]).await;
    assert!(
        is_login(&refused) && refused.text().contains("另一个账号"),
        "{}",
        refused.text()
    );
    assert!(!browser.get(SETTINGS).await.text().contains("jiaotong@example.org"));
}

#[tokio::test]
async fn a_late_form_comes_from_our_own_page_or_not_at_all() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let page = office.get("/desk/ledger/new?station=songjing").await;
    app.pass(3 * 3_600_000);
    let foreign = press(&mut office, &page, NEW, "", &[("topic", "路灯"), ("csrf", "0")]).await;
    assert_eq!(foreign.status, 403);
    assert!(!foreign.text().contains("路灯"), "nothing of a foreign form is shown");
    let late = press(&mut office, &page, NEW, "", &[("topic", "路灯")]).await;
    let right = [("username", "songjing"), ("password", PASSWORD), ("csrf", "0")];
    let foreign = press(&mut office, &late, &marked(NEW), "login", &right).await;
    assert_eq!(foreign.status, 403);
    assert_eq!(office.get("/api/v1/me").await.status, 401);
    let torn = [("username", "songjing"), ("password", PASSWORD), ("typed", "{")];
    let torn = press(&mut office, &late, &marked(NEW), "login", &torn).await;
    assert_eq!(torn.status, 400);
}

#[tokio::test]
async fn too_much_to_be_carried_along_is_said_and_not_lost_silently() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let page = office.get("/desk/ledger/new?station=songjing").await;
    app.pass(3 * 3_600_000);
    let long = "长".repeat(100_000);
    let late = press(&mut office, &page, NEW, "", &[("words", &long)]).await;
    assert_eq!(late.status, 401);
    let html = late.text();
    assert!(
        html.contains("没能带过来") && !html.contains("autocomplete=\"username\""),
        "{html}"
    );
    assert!(html.len() < 60_000);
}

#[tokio::test]
async fn a_table_has_to_be_chosen_again_and_the_page_says_so() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let page = office.get("/desk/ledger/import").await;
    app.pass(3 * 3_600_000);
    let late = ledger::upload(
        &mut office,
        &page,
        "台账.csv",
        "接待日期,事由\r\n2019-03-05,路灯\r\n".as_bytes(),
    )
    .await;
    assert!(is_login(&late) && late.text().contains("请再选一次"), "{}", late.text());
    let right = [("username", "songjing"), ("password", PASSWORD)];
    let asked = press(&mut office, &late, &marked("/desk/ledger/import"), "login", &right).await;
    assert!(
        asked.status == 422 && asked.text().contains("请选台账文件"),
        "{}",
        asked.text()
    );
}

#[tokio::test]
async fn a_resident_goes_on_with_a_code() {
    const MINE: &str = "/mine/notifications";
    let app = resident::that_tells().await;
    let mut resident = app.resident("199-0000-0003").await;
    let page = resident.get(MINE).await;
    app.pass(60 * support::DAY);
    let late = press(&mut resident, &page, MINE, "", &[("email", "li@example.org")]).await;
    assert_eq!(late.status, 401, "{}", late.text());
    assert!(late.text().contains("您刚才写的都还在") && late.text().contains("name=\"phone\""));
    // Another number is another person.
    for (phone, is_own) in [("199-0000-0004", false), ("199-0000-0003", true)] {
        let asked = press(&mut resident, &late, &marked(MINE), "code", &[("phone", phone)]).await;
        let code = shown_code(&asked);
        let done = press(&mut resident, &asked, &marked(MINE), "verify", &[("code", &code)]).await;
        if is_own {
            assert_eq!(done.status, 303, "{code}: {}", done.text());
            assert!(follow(&mut resident, &done).await.text().contains("li@example.org"));
        } else {
            assert!(
                done.status == 401 && done.text().contains("这不是原来的账号"),
                "{code}: {}",
                done.text()
            );
        }
    }
}
