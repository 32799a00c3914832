//! A resident's ways back, through the API: what the page says about them is what then happens.

use crate::journey::{PHONE, at_work, cut, happens, own_task, reply_event};
use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{CaseView, SurveyResult, SurveyView};
use liaison_domain::lifecycle::{CaseState, EventKind};
use serde_json::json;

async fn mine(client: &mut Client<'_>, no: &str) -> CaseView {
    client.get(&format!("/api/v1/messages/{no}")).await.ok()
}

async fn rate(client: &mut Client<'_>, token: &str, level: u8, solved: &str, reasons: &[&str]) -> Reply {
    let rating = json!({
        "attitude": level, "process": level, "result": level, "solved": solved, "reasons": reasons, "text": ""
    });
    client
        .write(Method::PUT, &format!("/api/v1/surveys/{token}"), &[], &rating)
        .await
}

/// Answered by the unit, released by the office.
async fn answered(app: &TestApp) -> (String, String) {
    let (receipt, case) = at_work(app).await;
    happens(
        &mut app.staff("jiaotong").await,
        &receipt.id,
        reply_event(&own_task(&case), "A", "周局长"),
    )
    .await;
    happens(
        &mut app.staff("songjing").await,
        &receipt.id,
        json!({ "type": "release" }),
    )
    .await;
    (receipt.id, receipt.no)
}

#[tokio::test]
async fn one_question_about_an_answer_stands_with_it() {
    let app = TestApp::start().await;
    let (id, no) = answered(&app).await;
    let mut author = app.resident_again(PHONE).await;
    let view = mine(&mut author, &no).await;
    let by = view.terms.follow_up_by.expect("a question may be asked");
    happens(
        &mut author,
        &id,
        json!({ "type": "follow_up", "text": "电缆保修几年？" }),
    )
    .await;
    let view = mine(&mut author, &no).await;
    let [asked] = view.follow_ups.as_slice() else {
        panic!("one question: {:?}", view.follow_ups)
    };
    assert_eq!((asked.answer, asked.due, asked.reply.as_deref()), (0, Some(by), None));
    assert_eq!((view.next.code.as_str(), view.next.by), ("follow_up", Some(by)));
    assert!(view.terms.rate_until > Some(by), "the rating waits for the words");
    assert!(!view.allowed_events.contains(&EventKind::FollowUp), "one question");
    let again = author.act(&id, json!({ "type": "follow_up", "text": "还有" })).await;
    assert_eq!(
        (again.status.as_u16(), again.problem().as_str()),
        (409, "limit_reached")
    );

    let words = json!({ "type": "follow_up_answered", "text": "两年。" });
    happens(&mut app.staff("jiaotong").await, &id, words).await;
    let view = mine(&mut author, &no).await;
    assert_eq!(view.follow_ups[0].reply.as_deref(), Some("两年。"));
    assert_eq!(view.follow_ups[0].reply_by.as_deref(), Some("区交通局"));
    assert_eq!(view.next.code, "rate");
}

#[tokio::test]
async fn a_rating_is_changed_and_an_end_is_objected_to() {
    let app = TestApp::start().await;
    let (id, no) = answered(&app).await;
    let mut author = app.resident_again(PHONE).await;
    let token = mine(&mut author, &no).await.rate_token.expect("a survey");
    assert_eq!(rate(&mut author, &token, 4, "yes", &[]).await.status, 200);
    let view = mine(&mut author, &no).await;
    let until = view.terms.change_until.expect("may be changed");
    let changed: SurveyResult = rate(&mut author, &token, 5, "yes", &[]).await.ok();
    assert_eq!((changed.state, changed.score), (CaseState::Closed, 100));

    // After that only "still not solved" is open, also long after the survey's own end.
    app.pass(until - app.state.now() + 8 * DAY);
    let survey: SurveyView = author.get(&format!("/api/v1/surveys/{token}")).await.ok();
    assert_eq!(survey.terms.change_until, None);
    assert_eq!(Some(survey.open_until), survey.terms.reopen_until);
    let mut author = app.resident_again(PHONE).await;
    let silent = rate(&mut author, &token, 1, "no", &[]).await;
    assert_eq!(silent.status, 422, "a reason stands with it: {}", silent.text());
    assert_eq!(silent.json()["fields"][0]["field"], "reasons");
    let bad: SurveyResult = rate(&mut author, &token, 1, "no", &["no_effect"]).await.ok();
    assert_eq!(bad.state, CaseState::Disputed);

    let keep = json!({ "type": "keep_closed", "reason_code": "at_the_limit", "text": "已换到顶配。" });
    happens(&mut app.staff("chief").await, &id, keep).await;
    let view = mine(&mut author, &no).await;
    assert!(view.terms.appeal_until.is_none(), "the way back after the end was used");
    assert_eq!(view.next.code, "none");
}

#[tokio::test]
async fn against_a_no_and_against_a_kept_end_one_may_appeal() {
    let app = TestApp::start().await;
    let receipt = submit(&mut app.resident(PHONE).await, "one").await;
    let mut office = app.staff("songjing").await;
    let decline = json!({ "type": "decline", "reason_code": "out_of_scope", "text": "请找12345。" });
    happens(&mut office, &receipt.id, decline).await;
    let mut author = app.resident_again(PHONE).await;
    let view = mine(&mut author, &receipt.no).await;
    assert!(view.terms.appeal_until > Some(app.state.now()) && view.terms.appeal_by > Some(app.state.now()));
    happens(
        &mut author,
        &receipt.id,
        json!({ "type": "appeal", "text": "就是这条路。" }),
    )
    .await;
    let view = mine(&mut author, &receipt.no).await;
    assert_eq!((view.state, view.terms.appeal_until), (CaseState::ScreeningHold, None));
    assert_eq!(view.next.code, "accept");

    let app = TestApp::start().await;
    let (id, no) = answered(&app).await;
    let mut author = app.resident_again(PHONE).await;
    let token = mine(&mut author, &no).await.rate_token.expect("a survey");
    let bad = rate(&mut author, &token, 1, "no", &["off_point"]).await;
    assert_eq!(bad.status, 200, "{}", bad.text());
    let keep = json!({ "type": "keep_closed", "reason_code": "at_the_limit", "text": "已换到顶配。" });
    happens(&mut app.staff("chief").await, &id, keep).await;
    let view = mine(&mut author, &no).await;
    assert!(view.terms.appeal_until.is_some());
    happens(
        &mut author,
        &id,
        json!({ "type": "appeal", "text": "第三盏还是不亮。" }),
    )
    .await;
    assert_eq!(mine(&mut author, &no).await.state, CaseState::Disputed);
}

#[tokio::test]
async fn an_answered_letter_can_be_withdrawn_and_a_joined_one_goes_on() {
    let app = TestApp::start().await;
    let (id, no) = answered(&app).await;
    let mut author = app.resident_again(PHONE).await;
    happens(&mut author, &id, json!({ "type": "withdraw", "text": "已经好了" })).await;
    assert_eq!(mine(&mut author, &no).await.state, CaseState::Withdrawn);

    let lead = submit(&mut app.resident_again(PHONE).await, "two").await;
    let other = submit(&mut app.resident_again("199-0000-0002").await, "three").await;
    let merge = json!({ "type": "merge", "into": lead.id, "text": "同一条路" });
    happens(&mut app.staff("songjing").await, &other.id, merge).await;
    let mut neighbour = app.resident_again("199-0000-0002").await;
    let view = mine(&mut neighbour, &other.no).await;
    assert_eq!(view.merged_into.as_deref(), Some(lead.no.as_str()));
    assert_eq!(view.next.code, "lead");
    assert!(view.terms.unmerge_until.is_some());

    let mut author = app.resident_again(PHONE).await;
    assert!(mine(&mut author, &lead.no).await.terms.joined);
    happens(&mut author, &lead.id, json!({ "type": "withdraw" })).await;
    let view = mine(&mut author, &lead.no).await;
    assert!(view.author_left && view.state == CaseState::Submitted && view.allowed_events.is_empty());

    happens(&mut neighbour, &other.id, json!({ "type": "unmerge" })).await;
    let view = mine(&mut neighbour, &other.no).await;
    assert_eq!((view.state, view.merged_into), (CaseState::Accepted, None));
}

liaison_store::db_test!(
    async fn a_letter_cut_into_parts_has_one_answer_and_one_rating(store: TestStore) {
        let settings = [("demo.enabled", "true")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        let mut author = app.resident(PHONE).await;
        let whole = submit(&mut author, "whole").await;
        let mut office = app.staff("songjing").await;
        let accept =
            json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
        happens(&mut office, &whole.id, accept).await;
        let parts = cut(&mut office, &whole.id, &["路灯", "电缆"]).await;
        let view = mine(&mut author, &whole.no).await;
        assert_eq!((view.parts.len(), view.next.code.as_str()), (2, "parts"));
        let mut deputy = app.staff("luzhiyao").await;
        for (part, outcome) in parts.iter().zip(["A", "D"]) {
            let to_deputy = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
            happens(&mut office, part, to_deputy).await;
            let answer = json!({ "type": "deputy_answer", "reply": reply_text(outcome) });
            happens(&mut deputy, part, answer).await;
        }
        let view = mine(&mut author, &whole.no).await;
        assert_eq!(view.state, CaseState::Answered);
        assert!(view.parts.iter().all(|part| part.answer.is_some()));
        let [answer] = view.answers.as_slice() else {
            panic!("one voice: {:?}", view.answers)
        };
        assert_eq!(answer.body.matches("十一盏路灯").count(), 2, "{}", answer.body);
        assert_eq!(answer.outcome.code(), "D", "not all of it is solved");
        let token = view.rate_token.expect("one rating for the whole");
        assert_eq!(rate(&mut author, &token, 5, "yes", &[]).await.status, 200);
        assert_eq!(mine(&mut author, &whole.no).await.state, CaseState::Closed);
    }
);

#[tokio::test]
async fn a_look_at_the_number_and_new_dates_are_told_in_the_timeline() {
    let app = TestApp::start().await;
    let (receipt, _) = at_work(&app).await;
    let reveal = json!({ "type": "contact_revealed", "reason": "约上门时间" });
    happens(&mut app.staff("songjing").await, &receipt.id, reveal).await;
    let mut author = app.resident_again(PHONE).await;
    let view = mine(&mut author, &receipt.no).await;
    let told = view
        .timeline
        .iter()
        .find(|entry| entry.kind == EventKind::ContactRevealed)
        .expect("told");
    assert_eq!(told.text.as_deref(), Some("原因：约上门时间"));
    let urging = (view.terms.urges_left, view.terms.urge_from.is_some());
    assert_eq!(urging, (Some(3), true), "from when, and how often");
}
