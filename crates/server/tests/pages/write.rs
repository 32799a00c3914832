//! Letters that are begun on plain forms and go on in the app.

use crate::support::TestApp;
use crate::{attribute, fields, form_of, press, shown_code};
use axum::http::Method;
use liaison_domain::dto::{MyCaseRow, Page, Receipt};
use liaison_web::views::form::LetterForm;
use serde_json::json;

const BODY: &str = "楼道里的灯坏了一个月，晚上老人上下楼看不清，请派人来修。";

/// The address at which the app goes on from a page; none where it is left alone.
fn goes_on_at(html: &str) -> Option<String> {
    let mark = html.split('<').find(|tag| tag.contains("name=\"app_at\""))?;
    attribute(mark, "value")
}

#[tokio::test]
async fn the_app_goes_on_from_every_question_but_those_it_would_lose_something_of() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let first = nobody.get("/write").await;
    assert_eq!(goes_on_at(&first.text()), None, "nothing was posted");
    let wrong = press(&mut nobody, &first, "/write", "next", &[("body", "灯")]).await;
    assert_eq!(
        (wrong.status.as_u16(), goes_on_at(&wrong.text())),
        (422, None),
        "what is wrong stays"
    );
    let mut page = press(&mut nobody, &wrong, "/write", "next", &[("body", BODY)]).await;
    for step in ["where", "who", "photos", "more", "check"] {
        let at = goes_on_at(&page.text());
        assert_eq!(at.as_deref(), Some(format!("/write?step={step}").as_str()));
        assert!(
            page.text().contains("data-url=\"/api/v1/write-options\""),
            "{step} asks for nothing"
        );
        if step == "check" {
            let changing = press(&mut nobody, &page, "/write", "goto:where", &[]).await;
            assert_eq!(goes_on_at(&changing.text()), None, "from there it is back to the check");
            page = press(&mut nobody, &changing, "/write", "next", &[]).await;
            assert_eq!(goes_on_at(&page.text()).as_deref(), Some("/write?step=check"));
        }
        page = press(&mut nobody, &page, "/write", "next", &[]).await;
    }
    assert_eq!(goes_on_at(&page.text()).as_deref(), Some("/write?step=phone"));
    let code = press(&mut nobody, &page, "/write", "code", &[("phone", "199-0000-0001")]).await;
    assert!(!shown_code(&code).is_empty());
    assert_eq!(goes_on_at(&code.text()), None, "the code on the way would be lost");
}

#[tokio::test]
async fn a_letter_sent_by_a_form_and_once_more_by_the_app_is_one() {
    let app = TestApp::start().await;
    let mut resident = app.resident("199-0000-0001").await;
    let first = resident.get("/write").await;
    let at = press(&mut resident, &first, "/write", "next", &[("body", BODY)]).await;
    let check = press(&mut resident, &at, "/write", "quick", &[]).await;
    let pairs = fields(&form_of(&check.text(), "/write"));
    let sent = press(&mut resident, &check, "/write", "submit", &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());

    // Its answer was lost: back at the check, the app goes on with the fields and sends it under the form's key.
    let mut form = LetterForm::default();
    form.take(&pairs);
    let once = pairs
        .iter()
        .find(|(name, _)| name == "once")
        .map(|(_, value)| value.as_str());
    let key = [("idempotency-key", once.expect("the letter's name"))];
    let letter = json!(form.letter());
    let again = resident.write(Method::POST, "/api/v1/messages", &key, &letter).await;
    assert_eq!(again.header("idempotency-replayed"), "true", "{}", again.text());
    let receipt: Receipt = again.ok();
    let mine: Page<MyCaseRow> = resident.get("/api/v1/me/messages").await.ok();
    assert_eq!((mine.total, mine.items[0].no.as_str()), (1, receipt.no.as_str()));

    // Changed meanwhile, it is not the one that was sent.
    let mut other = letter;
    other["body"] = json!("另一封信，说的是另一件事，不能用同一个键。");
    let refused = resident.write(Method::POST, "/api/v1/messages", &key, &other).await;
    assert_eq!(refused.problem(), "idempotency_mismatch");
}
