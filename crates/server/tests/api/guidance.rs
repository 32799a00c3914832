//! Beside a letter: matters like it, joining one, where it is, whom the author lets call, who helps.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{CasePage, CaseView, DeskCase, HelperConsent, Receipt, SimilarCases};
use liaison_domain::lifecycle::{CaseState, FiledVia};
use serde_json::{Value, json};

const AUTHOR: &str = "199-0000-0001";
const OTHER: &str = "199-0000-0002";

async fn happens(client: &mut Client<'_>, id: &str, event: Value) {
    let reply = client.act(id, event).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
}

/// A letter that a unit works on, whose copy everybody reads.
async fn published(app: &TestApp) -> Receipt {
    let receipt = submit(&mut app.resident(AUTHOR).await, "lead").await;
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    happens(&mut office, &receipt.id, accept).await;
    happens(
        &mut office,
        &receipt.id,
        json!({ "type": "assign", "lead": "u-jiaotong" }),
    )
    .await;
    let copy = json!({ "title": "学府路路灯不亮", "body": "菜场到小学这一段的路灯坏了三个星期。", "answer": "", "attachments": [] });
    happens(
        &mut office,
        &receipt.id,
        json!({ "type": "propose_copy", "copy": copy }),
    )
    .await;
    happens(
        &mut app.resident_again(AUTHOR).await,
        &receipt.id,
        json!({ "type": "copy_approved" }),
    )
    .await;
    happens(&mut office, &receipt.id, json!({ "type": "publish" })).await;
    receipt
}

async fn send(client: &mut Client<'_>, key: &str, letter: &Value) -> Reply {
    let headers = [("idempotency-key", key)];
    client.write(Method::POST, "/api/v1/messages", &headers, letter).await
}

fn joining(no: &str) -> Value {
    json!({
        "body": "我家门口也是", "kind": "help", "name_shown": "hidden", "consent_publish": false,
        "extra": { "join": no }
    })
}

#[tokio::test]
async fn matters_like_a_letter_are_shown_to_everybody_and_only_public_ones() {
    let app = TestApp::start().await;
    let lead = published(&app).await;
    let mut anybody = app.nobody();
    let asked = json!({ "text": "学府路菜场门口的路灯又坏了", "area": "songjing-xuefu" });
    let found: SimilarCases = anybody.post("/api/v1/cases/similar", &asked).await.ok();
    let nos: Vec<&str> = found.items.iter().map(|card| &*card.no).collect();
    assert_eq!(nos, [&*lead.no]);
    assert!(found.items[0].takes_others());
    let unlike: SimilarCases = anybody
        .post(
            "/api/v1/cases/similar",
            &json!({ "text": "小学门口堵车，早高峰过不去" }),
        )
        .await
        .ok();
    assert!(unlike.items.is_empty(), "{unlike:?}");
    let strange = json!({ "text": "路灯", "phone": "199-0000-0001" });
    let refused = anybody.post("/api/v1/cases/similar", &strange).await;
    assert_eq!(refused.status, 422, "nothing but words and an area is taken");
}

#[tokio::test]
async fn asking_for_similar_matters_is_limited_and_leaves_sending_alone() {
    let app = TestApp::start().await;
    let mut anybody = app.nobody();
    let asked = json!({ "text": "学府路菜场门口的路灯又坏了" });
    for _ in 0..120 {
        assert_eq!(anybody.post("/api/v1/cases/similar", &asked).await.status, 200);
    }
    let refused = anybody.post("/api/v1/cases/similar", &asked).await;
    assert_eq!((refused.status.as_u16(), refused.problem().as_str()), (429, "too_many"));
    let mut author = app.resident(AUTHOR).await;
    submit(&mut author, "key").await;
}

#[tokio::test]
async fn who_joins_a_public_matter_has_a_letter_an_answer_and_a_rating_of_their_own() {
    let app = TestApp::start().await;
    let lead = published(&app).await;
    let mut other = app.resident(OTHER).await;
    let receipt: Receipt = send(&mut other, "join", &joining(&lead.no)).await.ok();
    assert_eq!(receipt.state, CaseState::Merged);
    assert_ne!(receipt.no, lead.no, "a number of its own");
    let again: Receipt = send(&mut other, "join", &joining(&lead.no)).await.ok();
    assert_eq!(
        (again.no, again.state),
        (receipt.no.clone(), CaseState::Merged),
        "sent twice, joined once"
    );

    let view: CaseView = other.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(view.merged_into.as_deref(), Some(&*lead.no));
    assert_eq!(view.body, "我家门口也是");
    assert_eq!(view.station_name, "songjing联络站", "it went where the matter is");
    let page: CasePage = app.nobody().get(&format!("/api/v1/cases/{}", lead.no)).await.ok();
    assert_eq!(page.card.joined, 1);

    let twice = send(&mut other, "join-2", &joining(&lead.no)).await;
    assert_eq!(
        (twice.status.as_u16(), twice.json()["fields"][0]["code"].as_str()),
        (422, Some("already"))
    );
    let own = send(&mut app.resident_again(AUTHOR).await, "own", &joining(&lead.no)).await;
    assert_eq!(
        (own.status.as_u16(), own.json()["fields"][0]["code"].as_str()),
        (422, Some("own"))
    );

    let mut unit = app.staff("jiaotong").await;
    let task = app.state.store.load(&lead.id).await.unwrap().unwrap().case.tasks[0]
        .id
        .clone();
    let sign = json!({ "type": "sign", "task_id": task, "section": "照明科", "officer": "小武" });
    happens(&mut unit, &lead.id, sign).await;
    let reply = json!({ "type": "submit_reply", "task_id": task, "reply": reply_text("A"), "signed_off_by": "周科长" });
    happens(&mut unit, &lead.id, reply).await;
    let release = json!({ "type": "release", "acknowledged": [] });
    happens(&mut app.staff("songjing").await, &lead.id, release).await;
    let view: CaseView = other.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(view.state, CaseState::Answered);
    assert_eq!(view.answers.len(), 1, "the answer reached them as well");
    assert!(view.rate_token.is_some(), "and they are asked by themselves");

    let late = send(&mut app.resident("199-0000-0003").await, "late", &joining(&lead.no)).await;
    assert_eq!(
        late.json()["fields"][0]["code"].as_str(),
        Some("unknown"),
        "what is answered takes nobody on"
    );
}

#[tokio::test]
async fn many_who_join_with_the_same_words_are_no_wave() {
    let app = TestApp::start().await;
    let lead = published(&app).await;
    for n in 10..22 {
        let mut person = app.resident(&format!("199-0000-00{n}")).await;
        let receipt: Receipt = send(&mut person, "join", &joining(&lead.no)).await.ok();
        assert_eq!(receipt.state, CaseState::Merged, "person {n}");
    }
}

#[tokio::test]
async fn a_letter_that_is_not_public_cannot_be_joined() {
    let app = TestApp::start().await;
    let hidden = submit(&mut app.resident(AUTHOR).await, "private").await;
    let refused = send(&mut app.resident(OTHER).await, "join", &joining(&hidden.no)).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["fields"][0]["field"].as_str(), Some("join"));
}

#[tokio::test]
async fn the_place_on_the_map_comes_back_as_it_was_given_and_is_never_public() {
    let app = TestApp::start().await;
    let mut letter = letter();
    let spot = r#"{"lng":123.41234567890123,"lat":27.561000000000003,"coordinates":"gcj02"}"#;
    letter["extra"] = json!({ "spot": serde_json::from_str::<Value>(spot).unwrap() });
    let receipt: Receipt = send(&mut app.resident(AUTHOR).await, "spot", &letter).await.ok();
    let case = app
        .staff("songjing")
        .await
        .get(&format!("/api/v1/desk/cases/{}", receipt.id))
        .await;
    assert!(case.text().contains("\"lng\":123.41234567890123"), "bit for bit");
    let seen: DeskCase = case.ok();
    let given = seen.beside.and_then(|beside| beside.spot).unwrap();
    assert_eq!(given.lng.to_bits(), 123.412_345_678_901_23_f64.to_bits());
    assert_eq!(given.lat.to_bits(), 27.561_000_000_000_003_f64.to_bits());

    letter["extra"] = json!({ "spot": { "lng": 200.0, "lat": 27.5, "coordinates": "wgs84" } });
    let refused = send(&mut app.resident_again(AUTHOR).await, "spot-2", &letter).await;
    assert_eq!(refused.json()["fields"][0]["field"].as_str(), Some("spot"));
}

#[tokio::test]
async fn whoever_wants_no_calls_is_not_called_by_those_it_was_handed_on_to() {
    let app = TestApp::start().await;
    let mut letter = letter();
    letter["extra"] = json!({ "may_call": false });
    let receipt: Receipt = send(&mut app.resident(AUTHOR).await, "calls", &letter).await.ok();
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    happens(&mut office, &receipt.id, accept).await;
    happens(
        &mut office,
        &receipt.id,
        json!({ "type": "assign", "lead": "u-jiaotong" }),
    )
    .await;
    let reveal = format!("/api/v1/desk/cases/{}/contact", receipt.id);
    let why = json!({ "reason": "约时间上门" });
    let refused = app.staff("jiaotong").await.post(&reveal, &why).await;
    assert_eq!((refused.status.as_u16(), refused.problem().as_str()), (403, "no_calls"));
    assert_eq!(
        office.post(&reveal, &why).await.status,
        200,
        "the station keeps the way to them"
    );
}

#[tokio::test]
async fn what_was_agreed_to_is_taken_back_each_by_itself() {
    let app = TestApp::start().await;
    let lead = published(&app).await;
    let mut author = app.resident_again(AUTHOR).await;
    let path = format!("/api/v1/messages/{}/consent", lead.no);
    let consents = |reply: Reply| {
        let reply = reply.json();
        (reply["publish"].as_bool(), reply["may_call"].as_bool())
    };
    let no_calls = author
        .write(Method::PUT, &path, &[], &json!({ "may_call": false }))
        .await;
    assert_eq!(consents(no_calls), (Some(true), Some(false)));
    let public = format!("/api/v1/cases/{}", lead.no);
    let page: CasePage = app.nobody().get(&public).await.ok();
    assert!(page.hidden_reason.is_none(), "the other consent stands");
    let private = author
        .write(Method::PUT, &path, &[], &json!({ "publish": false }))
        .await;
    assert_eq!(consents(private), (Some(false), Some(false)));
    let page: CasePage = app.nobody().get(&public).await.ok();
    assert!(page.body.is_empty(), "taken back at once");
    let overview = author.get("/api/v1/me/privacy").await.json();
    assert_eq!(overview["consents"][0]["publish"].as_bool(), Some(false));
    let twice = author
        .write(Method::PUT, &path, &[], &json!({ "publish": false, "may_call": true }))
        .await;
    assert_eq!(
        consents(twice),
        (Some(false), Some(true)),
        "what stands already is fine"
    );
}

#[tokio::test]
async fn a_helper_is_known_to_the_station_and_the_letter_is_its_authors() {
    let app = TestApp::start().await;
    let mut letter = letter();
    letter["extra"] =
        json!({ "helper": { "name": "小陈", "relation": "网格员", "phone": "199-0000-0009", "consent": "present" } });
    let mut author = app.resident(AUTHOR).await;
    let receipt: Receipt = send(&mut author, "helped", &letter).await.ok();
    let path = format!("/api/v1/desk/cases/{}", receipt.id);
    let seen: DeskCase = app.staff("songjing").await.get(&path).await.ok();
    assert_eq!(seen.filed_via, Some(FiledVia::Helper));
    let helper = seen.beside.and_then(|beside| beside.helper).unwrap();
    assert_eq!(
        (&*helper.name, &*helper.relation, helper.consent),
        ("小陈", "网格员", HelperConsent::Present)
    );
    assert_eq!(helper.phone.as_deref(), Some("199****0009"), "masked like everybody's");
    let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    let text = view
        .timeline
        .iter()
        .find_map(|event| event.text.clone())
        .unwrap_or_default();
    assert!(text.contains("本人当面同意"), "{text}");
    let told = serde_json::to_string(&seen.timeline).unwrap();
    assert!(
        !told.contains("小陈"),
        "who helped does not stand in the log, which is never changed: {told}"
    );
}
