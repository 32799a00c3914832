//! A letter from receipt to rating, on both engines, through the API alone.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{
    CaseList, CasePage, CaseView, DeskCase, DeskOptions, EventAccepted, Queue, Receipt, SurveyResult, SurveyView,
};
use liaison_domain::lifecycle::{CaseState, HolderKind, LetterKind, PublicationState};
use serde_json::{Value, json};

pub const PHONE: &str = "199-0000-0001";

pub async fn lane(client: &mut Client<'_>, path: &str) -> Vec<String> {
    let queue: Queue = client.get(path).await.ok();
    let shown = queue
        .lanes
        .iter()
        .find(|lane| lane.lane == queue.lane)
        .expect("the lane is counted")
        .count;
    assert_eq!(u64::from(shown), queue.total, "{path}: the count says what is there");
    queue.items.into_iter().map(|row| row.no).collect()
}

pub async fn desk(client: &mut Client<'_>, id: &str) -> DeskCase {
    client.get(&format!("/api/v1/desk/cases/{id}")).await.ok()
}

pub async fn happens(client: &mut Client<'_>, id: &str, event: Value) -> EventAccepted {
    let reply = client.act(id, event.clone()).await;
    assert_eq!(reply.status, 200, "{event}: {}", reply.text());
    reply.ok()
}

/// Cuts a letter into parts with these titles, and tells their ids in this order.
pub async fn cut(office: &mut Client<'_>, id: &str, titles: &[&str]) -> Vec<String> {
    let version = format!("\"{}\"", desk(office, id).await.version);
    let part = |title: &&str| json!({ "title": title, "body": "请处理。", "category_id": "c-transport.lamp" });
    let parts = json!({ "parts": titles.iter().map(part).collect::<Vec<_>>() });
    let path = format!("/api/v1/office/messages/{id}/split");
    let headers = [("if-match", version.as_str())];
    let reply = office.write(Method::POST, &path, &headers, &parts).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    desk(office, id).await.parts.into_iter().map(|part| part.id).collect()
}

/// Handed in, accepted, passed on by the deputy, assigned and signed: the unit works on it.
pub async fn at_work(app: &TestApp) -> (Receipt, DeskCase) {
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let id = receipt.id.as_str();
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    happens(&mut office, id, accept).await;
    happens(
        &mut office,
        id,
        json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" }),
    )
    .await;
    happens(
        &mut app.staff("luzhiyao").await,
        id,
        json!({ "type": "deputy_pass", "text": "请交通局来办。" }),
    )
    .await;
    happens(
        &mut office,
        id,
        json!({ "type": "assign", "lead": "u-jiaotong", "co": ["u-chengguan"], "note": "抓紧" }),
    )
    .await;
    let mut unit = app.staff("jiaotong").await;
    let task = desk(&mut unit, id)
        .await
        .tasks
        .into_iter()
        .find(|task| task.mine)
        .expect("a task");
    let sign = json!({ "type": "sign", "task_id": task.task.id, "section": "设施科", "officer": "小武" });
    happens(&mut unit, id, sign).await;
    let case = desk(&mut unit, id).await;
    (receipt, case)
}

pub fn own_task(case: &DeskCase) -> String {
    case.tasks
        .iter()
        .find(|task| task.mine)
        .expect("a task of one's own")
        .task
        .id
        .clone()
}

pub fn reply_event(task: &str, outcome: &str, by: &str) -> Value {
    json!({ "type": "submit_reply", "task_id": task, "reply": reply_text(outcome), "signed_off_by": by })
}

liaison_store::db_test!(
    async fn a_letter_is_answered_rated_and_published(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let (receipt, case) = at_work(&app).await;
        let id = receipt.id.as_str();
        let (mut office, mut unit) = (app.staff("songjing").await, app.staff("jiaotong").await);
        let mut author = app.resident_again(PHONE).await;

        // The unit sees a masked person and its own lane.
        assert_eq!(
            (case.author_masked.as_str(), case.phone_masked.as_str()),
            ("李**", "199****0001")
        );
        assert_eq!(case.state, CaseState::InProgress);
        assert_eq!(case.holder.name.as_deref(), Some("听海区交通局"));
        assert_eq!(
            lane(&mut unit, "/api/v1/unit/tasks?lane=working").await,
            [receipt.no.as_str()]
        );
        let options: DeskOptions = unit.get("/api/v1/desk/options").await.ok();
        assert!(options.units.len() == 2 && !options.decline_reasons.is_empty());

        // A draft is kept for the unit's own eyes.
        let task = own_task(&case);
        let draft = json!({ "reply": reply_text("A") });
        let path = format!("/api/v1/assignments/{task}/draft");
        assert_eq!(unit.write(Method::PUT, &path, &[], &draft).await.status, 204);
        assert!(
            desk(&mut unit, id)
                .await
                .tasks
                .iter()
                .any(|task| task.mine && task.draft.is_some())
        );
        assert!(
            desk(&mut office, id)
                .await
                .tasks
                .iter()
                .all(|task| task.draft.is_none())
        );

        // A public note reaches the resident, an internal one does not.
        let note = |text: &str, public: bool| json!({ "type": "progress_note", "task_id": task, "text": text, "public": public });
        happens(&mut unit, id, note("已到现场查看,是电缆进水。", true)).await;
        happens(&mut unit, id, note("施工队说要加钱。", false)).await;
        let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
        let words: Vec<&str> = view.timeline.iter().filter_map(|entry| entry.text.as_deref()).collect();
        assert!(
            words.contains(&"已到现场查看,是电缆进水。") && !words.join("").contains("加钱"),
            "{words:?}"
        );
        assert!(
            !words.join("").contains("抓紧"),
            "what the office wrote to the unit stays between them"
        );
        assert_eq!(view.holder.kind, HolderKind::Unit);
        assert_eq!(view.timeline[0].by_name, None, "a resident has no name in a timeline");

        // Replied, sent back, replied again, released.
        happens(&mut unit, id, reply_event(&task, "A", "崔副局长")).await;
        assert_eq!(
            lane(&mut office, "/api/v1/office/queue?lane=review").await,
            [receipt.no.as_str()]
        );
        assert!(desk(&mut office, id).await.reply_in_review.is_some());
        happens(
            &mut office,
            id,
            json!({ "type": "send_back", "text": "请写明哪天修好的。" }),
        )
        .await;
        happens(&mut unit, id, reply_event(&task, "A", "崔副局长")).await;
        happens(&mut office, id, json!({ "type": "release" })).await;
        let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
        assert_eq!((view.state, view.answers.len()), (CaseState::Answered, 1));
        assert_eq!(view.answers[0].by_name, "区交通局");
        let words = serde_json::to_string(&view.timeline).unwrap();
        assert!(
            !words.contains("哪天修好"),
            "the office's words to the unit are not the resident's to read"
        );

        // Rated by link, without a login.
        let token = view.rate_token.expect("a link to rate");
        let mut anybody = app.nobody();
        let survey: SurveyView = anybody.get(&format!("/api/v1/surveys/{token}")).await.ok();
        assert_eq!((survey.no.as_str(), survey.rated), (receipt.no.as_str(), None));
        let rating = json!({ "attitude": 5, "process": 4, "result": 5, "solved": "yes" });
        let path = format!("/api/v1/surveys/{token}");
        let bad = json!({ "attitude": 0, "process": 4, "result": 5, "solved": "yes" });
        assert_eq!(
            anybody.write(Method::PUT, &path, &[], &bad).await.json()["fields"][0]["field"],
            "attitude"
        );
        let result: SurveyResult = anybody.write(Method::PUT, &path, &[], &rating).await.ok();
        assert_eq!((result.state, result.score), (CaseState::Closed, 94));
        let again: SurveyResult = anybody.write(Method::PUT, &path, &[], &rating).await.ok();
        assert_eq!(again.state, CaseState::Closed, "the same rating twice is one");

        publish(&app, &receipt).await;
        assert!(
            app.state.store.verify_chain(id).await.unwrap().is_empty(),
            "the log's chain holds"
        );
        assert_eq!(
            app.state.store.rebuild(id).await.unwrap().unwrap(),
            app.state.store.load(id).await.unwrap().unwrap().case
        );
    }
);

/// The redacted copy: drawn up, shown to its author, published, hidden.
async fn publish(app: &TestApp, receipt: &Receipt) {
    let id = receipt.id.as_str();
    let (mut office, mut author) = (app.staff("songjing").await, app.resident_again(PHONE).await);
    let mut anybody = app.nobody();
    assert_eq!(
        lane(&mut office, "/api/v1/office/queue?lane=to_publish").await,
        [receipt.no.as_str()]
    );
    let draft = desk(&mut office, id).await.copy_draft.expect("a first draft");
    assert!(
        !draft.body.contains("李听澜") && !draft.body.contains("0001"),
        "{}",
        draft.body
    );
    assert!(
        desk(&mut app.staff("jiaotong").await, id).await.copy_draft.is_none(),
        "only the office publishes"
    );
    happens(&mut office, id, json!({ "type": "propose_copy", "copy": draft })).await;
    let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(view.publication, PublicationState::Pending);
    assert!(view.copy.is_some(), "the author sees it first");
    assert_eq!(
        anybody.get(&format!("/api/v1/cases/{}", receipt.no)).await.status,
        404,
        "nobody else does"
    );
    let early = office.act(id, json!({ "type": "publish" })).await;
    assert_eq!(early.status, 409, "not before the author agreed: {}", early.text());
    happens(&mut author, id, json!({ "type": "copy_approved" })).await;
    happens(&mut office, id, json!({ "type": "publish" })).await;

    let list: CaseList = anybody.get("/api/v1/cases?q=路灯").await.ok();
    assert_eq!((list.total, list.items[0].kind), (1, LetterKind::Help));
    let page: CasePage = anybody.get(&format!("/api/v1/cases/{}", receipt.no)).await.ok();
    let all = serde_json::to_string(&page).unwrap();
    assert!(!all.contains("李听澜") && !all.contains("199-0000-0001"), "{all}");
    assert_eq!(page.author_shown, "听海区居民");
    let deputy = anybody.get("/api/v1/deputies/luzhiyao").await.json();
    assert_eq!(deputy["answered_cases"].as_array().unwrap().len(), 1);

    happens(&mut office, id, json!({ "type": "hide", "reason": "正在核实" })).await;
    let page: CasePage = anybody.get(&format!("/api/v1/cases/{}", receipt.no)).await.ok();
    assert_eq!(
        (page.hidden_reason.as_deref(), page.body.as_str(), page.answers.len()),
        (Some("正在核实"), "", 0)
    );
    let list: CaseList = anybody.get("/api/v1/cases").await.ok();
    assert_eq!(list.total, 0);
    let deputy = anybody.get("/api/v1/deputies/luzhiyao").await.json();
    assert!(
        deputy["answered_cases"].as_array().unwrap().is_empty(),
        "hidden everywhere"
    );
}

liaison_store::db_test!(
    async fn an_unhappy_resident_gets_a_second_handling(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let (receipt, case) = at_work(&app).await;
        let id = receipt.id.as_str();
        let (mut office, mut unit) = (app.staff("songjing").await, app.staff("jiaotong").await);
        let mut author = app.resident_again(PHONE).await;
        happens(&mut unit, id, reply_event(&own_task(&case), "A", "崔副局长")).await;
        happens(&mut office, id, json!({ "type": "release" })).await;
        let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
        let token = view.rate_token.unwrap();
        let bad = json!({ "attitude": 4, "process": 2, "result": 1, "solved": "no", "reasons": ["no_effect"], "text": "还是不亮。" });
        let path = format!("/api/v1/surveys/{token}");
        let result: SurveyResult = author.write(Method::PUT, &path, &[], &bad).await.ok();
        assert_eq!(result.state, CaseState::Disputed);
        assert!(result.decide_by.is_some(), "and a day by which the office decides");
        assert_eq!(
            lane(&mut office, "/api/v1/office/queue?lane=disputed").await,
            [receipt.no.as_str()]
        );
        let reopen =
            json!({ "type": "reopen", "lead": "u-jiaotong", "leader": "武局长", "text": "请重新查,写明原因。" });
        let accepted = happens(&mut office, id, reopen).await;
        assert_eq!(accepted.state, CaseState::SecondHandling);
        let case = desk(&mut unit, id).await;
        let task = case
            .tasks
            .iter()
            .find(|task| task.mine && task.task.round == 2)
            .unwrap()
            .task
            .id
            .clone();
        let sign = json!({ "type": "sign", "task_id": task, "section": "设施科", "officer": "小武" });
        happens(&mut unit, id, sign).await;
        let same = unit.act(id, reply_event(&task, "A", "崔副局长")).await;
        assert_eq!(
            (same.status.as_u16(), same.problem().as_str()),
            (409, "same_person"),
            "another person signs off"
        );
        happens(&mut unit, id, reply_event(&task, "A", "武局长")).await;
        happens(&mut office, id, json!({ "type": "release" })).await;
        let old = author
            .write(
                Method::PUT,
                &path,
                &[],
                &json!({ "attitude": 5, "process": 5, "result": 5, "solved": "yes" }),
            )
            .await;
        assert_eq!(old.status, 403, "the first answer's survey is over: {}", old.text());
        let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
        assert_eq!((view.answers.len(), view.answers[1].round), (2, 2));
    }
);
