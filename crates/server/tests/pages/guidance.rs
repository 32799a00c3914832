//! What stands beside a letter where no scripts run.

use crate::press;
use crate::support::TestApp;

const BODY: &str = "法院判决以后楼道灯没人修，我叫周慧兰，电话19900000012，请帮忙看看。";

#[tokio::test]
async fn doors_are_told_words_are_covered_and_the_rest_is_skipped() {
    let app = TestApp::start().await;
    let mut resident = app.resident("199-0000-0001").await;
    let page = resident.get("/write").await;
    let at = press(&mut resident, &page, "/write", "next", &[("body", BODY)]).await;
    assert!(at.text().contains("12368"), "the court's door is told");
    assert!(at.text().contains("事情在哪里"), "and nothing stands in the way");
    let check = press(&mut resident, &at, "/write", "quick", &[]).await;
    let text = check.text();
    assert!(text.contains("检查一下再提交"), "{text}");
    assert!(text.contains("我叫×××，电话〔号码〕"), "others see nobody");
    assert!(text.contains("我叫周慧兰"), "the letter itself is as it was written");
    let covered = press(&mut resident, &check, "/write", "cover:all", &[]).await;
    assert!(!covered.text().contains("周慧兰"), "covered in the letter itself");
    let sent = press(&mut resident, &covered, "/write", "submit", &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
}

#[tokio::test]
async fn a_helper_has_to_say_who_they_are() {
    let app = TestApp::start().await;
    let mut resident = app.resident("199-0000-0001").await;
    let page = resident.get("/write").await;
    let helping = [("body", "楼道扶手松了，老人不敢扶着上下楼。"), ("helping", "yes")];
    let refused = press(&mut resident, &page, "/write", "next", &helping).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("请写您怎么称呼"));
    let told = [
        ("helper_name", "小陈"),
        ("helper_relation", "网格员"),
        ("helper_consent", "phone"),
    ];
    let more: Vec<(&str, &str)> = helping.iter().chain(&told).copied().collect();
    let at = press(&mut resident, &refused, "/write", "next", &more).await;
    let check = press(&mut resident, &at, "/write", "quick", &[]).await;
    assert!(
        check.text().contains("小陈（网格员）代填，本人在电话里同意"),
        "{}",
        check.text()
    );
}
