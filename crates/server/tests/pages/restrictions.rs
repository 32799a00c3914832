//! Restrictions by plain forms: a clear answer that keeps what was typed, the urgent channel, the desk.

use super::*;

const WANG: &str = "199-0000-0077";
const URGENT: &str = "/write/urgent";
const OWN: &str = "/mine/restriction";

/// Proposes and approves one measure through the desk's pages; the page of the measure.
async fn measure(app: &TestApp, numbers: &str) -> String {
    let mut clerk = app.staff("songjing").await;
    let new = "/desk/restrictions/new";
    let page = clerk
        .get(&format!("{new}?letter={}", numbers.split('\n').next().unwrap()))
        .await;
    let typed = [("ground", "repeat_invalid"), ("reason", "同一盏路灯写了四封。")];
    let few = press(&mut clerk, &page, new, "", &typed).await;
    assert_eq!(few.status, 422, "one letter is too few");
    assert!(few.text().contains("至少 2 封") && few.text().contains("同一盏路灯写了四封。"));
    let done = press(&mut clerk, &few, new, "", &[("letters", numbers)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let path = done.header("location").split('?').next().unwrap().to_owned();
    let own = follow(&mut clerk, &done).await.text();
    assert!(
        own.contains("已提交，等负责人审批") && own.contains("没有经手过的同事") && !own.contains("value=\"approve\"")
    );
    let mut chief = app.staff("chief").await;
    let page = chief.get(&path).await;
    let silent = press(&mut chief, &page, &path, "refuse", &[("words", " ")]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.text().contains("id=\"decide-error\""), "{}", silent.text());
    let done = press(&mut chief, &silent, &path, "approve", &[("words", "同意")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    path
}

/// Warned, limited, restricted; the page of the last measure.
async fn restricted(app: &TestApp, wang: &mut Client<'_>) -> String {
    let numbers = [submit(wang, "one").await.no, submit(wang, "two").await.no].join("\n");
    measure(app, &numbers).await;
    measure(app, &numbers).await;
    measure(app, &numbers).await
}

#[tokio::test]
async fn a_restricted_person_reads_why_keeps_the_words_and_appeals() {
    let app = TestApp::start().await;
    let mut wang = app.resident(WANG).await;
    let path = restricted(&app, &mut wang).await;

    // Told before anything is typed, on one's own list and above the first question.
    for page in ["/mine", "/write"] {
        let html = wang.get(page).await.text();
        assert!(
            html.contains("您暂时不能提交新的意见") && html.contains(OWN) && html.contains(URGENT),
            "{page}"
        );
    }
    let page = wang.get("/write").await;
    let body = "学府路的路灯还是不亮,请再来看一次。晚上有老人摔倒。";
    let at = press(&mut wang, &page, "/write", "next", &[("body", body)]).await;
    let at = press(&mut wang, &at, "/write", "goto:check", &[("station", "songjing")]).await;
    let refused = press(&mut wang, &at, "/write", "submit", &[("station", "songjing")]).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    let html = refused.text();
    for part in [
        "同一盏路灯写了四封",
        "自动解除",
        "申诉",
        "您填的内容都还在",
        body,
        OWN,
        URGENT,
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }

    let own = wang.get(OWN).await;
    let html = own.text();
    for part in [
        "限制提交 30 天",
        "同一盏路灯写了四封",
        "暂时不能",
        "预约接待",
        "仍然可以",
        "给答复打分",
        "走紧急通道",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let empty = press(&mut wang, &own, OWN, "", &[("text", " ")]).await;
    assert_eq!(empty.status, 422);
    let sent = press(&mut wang, &empty, OWN, "", &[("text", "说的是两条路。")]).await;
    let html = follow(&mut wang, &sent).await.text();
    assert!(html.contains("申诉已收到") && html.contains("说的是两条路。") && html.contains("最晚"));

    // The third person decides at the desk; songjing proposed and the leader approved.
    let mut admin = app.staff("admin").await;
    let lane = admin.get("/desk/restrictions?lane=appeals").await.text();
    assert!(lane.contains(&path) && lane.contains("199****0077"), "{lane}");
    let page = admin.get(&path).await;
    let done = press(&mut admin, &page, &path, "uphold", &[("words", "两封是同一条路。")]).await;
    assert!(follow(&mut admin, &done).await.text().contains("已维持"));
    let html = wang.get(OWN).await.text();
    assert!(html.contains("申诉不成立") && html.contains("两封是同一条路。"));
    let page = admin.get(&path).await;
    let done = press(&mut admin, &page, &path, "lift", &[("words", "来信人已说明情况")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(wang.get(OWN).await.text().contains("来信人已说明情况"));
    let report = admin.get("/desk/restrictions/report").await.text();
    assert!(
        report.contains("2026 年下半年") && report.contains("1（0）"),
        "{report}"
    );
}

#[tokio::test]
async fn the_urgent_channel_asks_little_and_verifies_the_phone_in_one_form() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    let page = client.get(URGENT).await;
    let html = page.text();
    let (call, form) = (
        html.find("tel:110").unwrap(),
        html.find("action=\"/write/urgent\"").unwrap(),
    );
    assert!(call < form, "numbers to call stand on top");
    assert!(!html.contains("boot.js"), "no app");
    let typed = [("body", "楼道里有很重的燃气味"), ("phone", "19900000088")];
    let wrong = press(&mut client, &page, URGENT, "code", &typed).await;
    assert_eq!(wrong.status, 422);
    let html = wrong.text();
    for part in [
        "请选是哪一类急事",
        "请写为什么没有别的办法",
        "请选写给哪个联络站",
        "楼道里有很重的燃气味",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let typed = [
        ("urgent_kind", "utilities"),
        ("why", "燃气公司占线"),
        ("station", "songjing"),
    ];
    let asked = press(&mut client, &wrong, URGENT, "code", &typed).await;
    let code = shown_code(&asked);
    let sent = press(&mut client, &asked, URGENT, "verify", &[("code", &code)]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let receipt = follow(&mut client, &sent).await;
    assert_eq!(receipt.status, 200);
    let list = client.get("/mine").await.text();
    assert!(list.contains("楼道里有很重的燃气味"), "{list}");
}

#[tokio::test]
async fn bookings_and_events_give_the_same_answer_with_the_ways_on() {
    let app = TestApp::start().await;
    let mut wang = app.resident(WANG).await;
    super::bookings::reception(&app, "r-1", super::bookings::thursday(), 2).await;
    restricted(&app, &mut wang).await;
    let book = "/receptions/r-1/book";
    let page = wang.get(book).await;
    let slot = format!("{}.d-luzhiyao", super::bookings::thursday());
    let typed = [("slot", slot.as_str()), ("topic", "路灯一直不亮"), ("called", "王先生")];
    let refused = press(&mut wang, &page, book, "book", &typed).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    let html = refused.text();
    assert!(html.contains("您暂时不能预约接待") && html.contains("路灯一直不亮") && html.contains(URGENT));
}
