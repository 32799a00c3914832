//! Restrictions: a clear answer to whoever is restricted, the urgent channel, the appeal, the end by itself.

use crate::support::*;
use axum::http::Method;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::dto::{CaseView, DeskRestriction, OwnRestriction, Receipt, RestrictionBoard, RestrictionHalf};
use liaison_domain::lifecycle::{CaseState, Urgency};
use liaison_domain::restriction::{MeasureState, Step, Use};
use liaison_server::jobs::Runner;
use liaison_store::testing::TestStore;
use serde_json::{Value, json};

const WANG: &str = "199-0000-0077";

async fn begin(store: &TestStore) -> TestApp {
    let settings = [("demo.enabled", "true"), ("rate.letters_per_day", "0")];
    let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
    let second = liaison_store::people::NewStaff {
        id: "p-songjing-2".to_owned(),
        role: liaison_domain::lifecycle::Role::StationOfficer,
        name: "songjing-2".to_owned(),
        username: "songjing-2".to_owned(),
        password_hash: None,
        unit_id: None,
        station_id: Some("s-songjing".to_owned()),
        deputy_id: None,
        note: Some("演示".to_owned()),
    };
    app.state.store.put_staff(&second, MONDAY).await.unwrap();
    app
}

async fn write(client: &mut Client<'_>, key: &str) -> Reply {
    client
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", key)], &letter())
        .await
}

fn proposal(letters: &[String]) -> Value {
    json!({ "ground": "repeat_invalid", "letters": letters, "reason": "同一盏路灯已经答复两次,又写了两封。" })
}

async fn propose(app: &TestApp, letters: &[String]) -> DeskRestriction {
    let reply = app
        .staff("songjing")
        .await
        .post("/api/v1/restrictions", &proposal(letters))
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.ok()
}

async fn decided(client: &mut Client<'_>, measure: &DeskRestriction, act: &str, body: &Value) -> Reply {
    let version = format!("\"{}\"", measure.version);
    let path = format!("/api/v1/restrictions/{}/{act}", measure.id);
    client.write(Method::POST, &path, &[("if-match", &version)], body).await
}

async fn approved(app: &TestApp, letters: &[String]) -> DeskRestriction {
    let proposed = propose(app, letters).await;
    let reply = decided(
        &mut app.staff("chief").await,
        &proposed,
        "decision",
        &json!({ "approve": true }),
    )
    .await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.ok()
}

/// Two letters, a warning, a limit, and a restriction of thirty days.
async fn restricted(app: &TestApp, client: &mut Client<'_>) -> (Vec<Receipt>, DeskRestriction) {
    let mut receipts = Vec::new();
    for n in 0..2 {
        receipts.push(write(client, &format!("first-{n}")).await.ok::<Receipt>());
    }
    let numbers: Vec<String> = receipts.iter().map(|receipt| receipt.no.clone()).collect();
    let mut last = None;
    for step in [Step::Warning, Step::RateLimit, Step::Restriction] {
        let measure = approved(app, &numbers).await;
        assert_eq!(measure.step, step);
        last = Some(measure);
    }
    (receipts, last.unwrap())
}

fn urgent(body: &str) -> Value {
    json!({
        "kind": "utilities", "why": "燃气公司电话打不通,物业没人。", "body": body, "station": "songjing",
        "place": "学府路 12 号"
    })
}

async fn send_urgent(client: &mut Client<'_>, key: &str, body: &str) -> Reply {
    client
        .write(
            Method::POST,
            "/api/v1/messages/urgent",
            &[("idempotency-key", key)],
            &urgent(body),
        )
        .await
}

async fn kinds(client: &mut Client<'_>) -> Vec<String> {
    let page = client.get("/api/v1/me/notices").await.json();
    let rows = page["items"].as_array().unwrap().iter();
    let kinds = rows.map(|row| row["kind"].as_str().unwrap().to_owned());
    kinds.filter(|kind| kind.starts_with("restriction")).collect()
}

liaison_store::db_test!(
    async fn scenario_11_a_restricted_account_keeps_the_urgent_channel_and_may_appeal(store: TestStore) {
        let app = begin(&store).await;
        let mut wang = app.resident(WANG).await;
        crate::bookings::reception(&app, "r-1", crate::bookings::thursday(), 3).await;
        let [event, question, ..] = crate::events::in_full(&app).await;
        let (receipts, measure) = restricted(&app, &mut wang).await;
        let ends = measure.ends_at.unwrap();

        // An ordinary letter: refused, and everything about it said.
        let refused = write(&mut wang, "ordinary").await;
        assert_eq!(refused.status, 403);
        assert_eq!(refused.problem(), "restricted");
        let told = refused.json();
        let words = told["detail"].as_str().unwrap();
        for part in ["同一盏路灯", "自动解除", "申诉", "紧急通道", "都还在"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let notice = &told["restriction"];
        assert_eq!(notice["until"], json!(ends));
        assert_eq!(notice["urgent_url"], "/write/urgent");
        assert_eq!(notice["own_url"], "/mine/restriction");
        assert!(notice["possible"].as_array().unwrap().contains(&json!("urgent")));
        // What was taken before is still the same letter, whatever holds now.
        let again: Receipt = write(&mut wang, "first-0").await.ok();
        assert_eq!(again.no, receipts[0].no);

        // A booking, a place at an event, a question: the same clear answer.
        let wish = json!({
            "slot": { "starts_at": crate::bookings::thursday() }, "mode": "onsite", "name": "王先生", "topic": "路灯",
            "people": 1
        });
        let booked = wang
            .write(
                Method::POST,
                "/api/v1/reception-sessions/r-1/appointments",
                &[("idempotency-key", "b")],
                &wish,
            )
            .await;
        let place = wang
            .post(&format!("/api/v1/events/{event}/registrations"), &json!({}))
            .await;
        let asked = wang
            .post(
                &format!("/api/v1/events/{event}/questions"),
                &json!({ "text": "路灯什么时候修?" }),
            )
            .await;
        for reply in [booked, place, asked] {
            assert_eq!(reply.status, 403, "{}", reply.text());
            assert_eq!(reply.json()["restriction"]["until"], json!(ends));
        }

        // What was begun goes on.
        let upvote = format!("/api/v1/questions/{question}/upvote");
        assert_eq!(wang.write(Method::PUT, &upvote, &[], &json!({})).await.status, 200);
        assert_eq!(
            wang.get(&format!("/api/v1/messages/{}", receipts[0].no)).await.status,
            200
        );
        let gone = wang.act(&receipts[1].id, json!({ "type": "withdraw" })).await;
        assert_eq!(gone.status, 200, "{}", gone.text());

        // The urgent channel: held for four hours at most, and granted.
        let sent = send_urgent(&mut wang, "u-1", "楼道里有很重的燃气味。").await;
        assert_eq!(sent.status, 201, "{}", sent.text());
        let sent: Receipt = sent.ok();
        let again: Receipt = send_urgent(&mut wang, "u-1", "楼道里有很重的燃气味。").await.ok();
        assert_eq!(again.no, sent.no);
        let case = app.state.store.load(&sent.id).await.unwrap().unwrap();
        assert_eq!(case.case.state, CaseState::ScreeningHold);
        assert_eq!(case.case.holder.due, Some(app.state.now() + 4 * HOUR_MS));
        assert!(
            case.body.contains("燃气公司电话打不通") && case.body.contains("紧急类别：燃气、水、电"),
            "{}",
            case.body
        );
        let mut clerk = app.staff("songjing").await;
        let grant = json!({
            "type": "accept", "category_id": "c-transport.lamp", "class": "urgent", "urgency": "urgent"
        });
        assert_eq!(clerk.act(&sent.id, grant).await.status, 200);
        let case = app.state.store.load(&sent.id).await.unwrap().unwrap().case;
        assert_eq!((case.state, case.urgency), (CaseState::Accepted, Urgency::Urgent));

        // One that is not urgent: refused by two people only.
        let sent: Receipt = send_urgent(&mut wang, "u-2", "路灯还是没有修好,请快一点。").await.ok();
        let decline = json!({ "type": "decline", "reason_code": "already_answered", "text": "上一封已答复,见编号。" });
        let at_once = clerk.act(&sent.id, decline.clone()).await;
        assert_eq!(at_once.status, 422, "an urgent letter is not declined by one person");
        let lower = json!({
            "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal"
        });
        assert_eq!(clerk.act(&sent.id, lower).await.status, 200);
        assert_eq!(clerk.act(&sent.id, decline.clone()).await.problem(), "same_person");
        assert_eq!(app.staff("songjing-2").await.act(&sent.id, decline).await.status, 200);

        // The appeal: heard by a third person, and won.
        let own: Vec<OwnRestriction> = wang.get("/api/v1/me/restriction").await.ok();
        assert_eq!(own.len(), 3);
        assert!(own[0].holds && own[0].may_appeal && own[0].possible.contains(&Use::Supplement));
        assert!(
            !wang.get("/api/v1/me").await.json()["restricted"].is_null(),
            "the app says so before anything is typed"
        );
        let appeal = json!({ "id": measure.id, "text": "两封信说的是两条路上的灯。" });
        let sent = wang.post("/api/v1/me/restriction/appeal", &appeal).await;
        assert_eq!(sent.status, 201, "{}", sent.text());
        let twice = wang.post("/api/v1/me/restriction/appeal", &appeal).await;
        assert_eq!((twice.status.as_u16(), &*twice.problem()), (409, "appealed_before"));
        let lane: RestrictionBoard = clerk.get("/api/v1/restrictions?lane=appeals").await.ok();
        assert_eq!(lane.items.len(), 1);
        let waiting = lane.items[0].clone();
        let verdict = json!({ "won": true, "words": "确实是两条路,撤销。" });
        for involved in ["songjing", "chief"] {
            let reply = decided(&mut app.staff(involved).await, &waiting, "appeal-decision", &verdict).await;
            assert_eq!(reply.problem(), "same_person", "{involved}");
        }
        let heard = decided(
            &mut app.staff("songjing-2").await,
            &waiting,
            "appeal-decision",
            &verdict,
        )
        .await;
        assert_eq!(heard.status, 200, "{}", heard.text());
        assert_eq!(heard.ok::<DeskRestriction>().state, MeasureState::Overturned);
        assert_eq!(kinds(&mut wang).await[0], "restriction_heard");

        // The limit from before still holds: one letter in seven days, with the day named.
        let soon = write(&mut wang, "soon").await;
        assert_eq!(soon.json()["restriction"]["step"], "rate_limit", "{}", soon.text());
        app.pass(7 * DAY);
        let mut wang = app.resident(WANG).await;
        assert_eq!(write(&mut wang, "after").await.status, 201);

        let report: Vec<RestrictionHalf> = app.staff("auditor").await.get("/api/v1/restrictions/report").await.ok();
        let half = &report[0];
        assert_eq!(
            (
                half.year,
                half.half,
                half.measures,
                half.again,
                half.appeals,
                half.appeals_won
            ),
            (2026, 2, 3, 2, 1, 1)
        );
        assert_eq!((half.urgent, half.urgent_granted), (2, 1));
        assert!(app.state.store.broken_restrictions().await.unwrap().is_empty());
    }
);

liaison_store::db_test!(
    async fn the_job_lifts_what_is_over_and_tells(store: TestStore) {
        let app = begin(&store).await;
        let mut wang = app.resident(WANG).await;
        let (_, measure) = restricted(&app, &mut wang).await;
        let left = measure.ends_at.unwrap() - app.state.now();
        app.pass(left - 60_000);
        let mut wang = app.resident(WANG).await;
        assert_eq!(write(&mut wang, "too-soon").await.status, 403);
        app.pass(60_000);
        Runner::new(app.state.clone()).run_due().await.unwrap();
        let told = kinds(&mut wang).await;
        assert_eq!(
            told.iter().filter(|kind| *kind == "restriction_lifted").count(),
            2,
            "{told:?}"
        );
        assert_eq!(write(&mut wang, "again").await.status, 201);
        let own: Vec<OwnRestriction> = wang.get("/api/v1/me/restriction").await.ok();
        assert!(own.iter().all(|one| !one.holds && one.state == MeasureState::Ended));
        assert!(wang.get("/api/v1/me").await.json()["restricted"].is_null());
    }
);

#[tokio::test]
async fn a_station_sees_and_decides_its_own_alone() {
    let app = TestApp::start().await;
    let mut wang = app.resident(WANG).await;
    let mut numbers = Vec::new();
    for n in 0..2 {
        numbers.push(write(&mut wang, &format!("k-{n}")).await.ok::<Receipt>().no);
    }
    let elsewhere = app
        .staff("yunfan")
        .await
        .post("/api/v1/restrictions", &proposal(&numbers))
        .await;
    assert_eq!(elsewhere.status, 422, "letters of another station do not exist");
    let few = app
        .staff("songjing")
        .await
        .post("/api/v1/restrictions", &proposal(&numbers[..1]))
        .await;
    assert_eq!(few.json()["fields"][0]["code"], "too_few");
    let other = submit(&mut app.resident("199-0000-0078").await, "other").await;
    let mixed = app
        .staff("songjing")
        .await
        .post("/api/v1/restrictions", &proposal(&[numbers[0].clone(), other.no]))
        .await;
    assert_eq!(mixed.problem(), "not_one_person");
    let measure = propose(&app, &numbers).await;
    let path = format!("/api/v1/restrictions/{}", measure.id);
    assert_eq!(app.staff("yunfan").await.get(&path).await.status, 404);
    assert_eq!(app.staff("chief").await.get(&path).await.status, 200);
    assert!(measure.person.contains("****"), "{}", measure.person);
    // A proposal is nothing yet to the person.
    assert_eq!(wang.get("/api/v1/me/restriction").await.json(), json!([]));
    let refuse = json!({ "approve": false });
    let silent = decided(&mut app.staff("chief").await, &measure, "decision", &refuse).await;
    assert_eq!(silent.status, 422, "a refusal has a reason");
    let stale = decided(
        &mut app.staff("chief").await,
        &DeskRestriction {
            version: measure.version + 1,
            ..measure.clone()
        },
        "decision",
        &json!({ "approve": true }),
    )
    .await;
    assert_eq!(stale.problem(), "conflict");
    let early = json!({ "reason": "说清楚了" });
    assert_eq!(
        decided(&mut app.staff("chief").await, &measure, "lift", &early)
            .await
            .problem(),
        "wrong_state"
    );
}

#[tokio::test]
async fn an_urgent_letter_is_checked_field_by_field() {
    let app = TestApp::start().await;
    let mut wang = app.resident(WANG).await;
    let empty = wang
        .write(
            Method::POST,
            "/api/v1/messages/urgent",
            &[("idempotency-key", "e")],
            &json!({}),
        )
        .await;
    assert_eq!(empty.status, 422);
    let body = empty.json();
    let fields = body["fields"].as_array().unwrap().iter();
    let fields: Vec<_> = fields.map(|field| field["field"].as_str().unwrap()).collect();
    for field in ["urgent_kind", "why", "body", "station"] {
        assert!(fields.contains(&field), "{field} is missing: {fields:?}");
    }
    let sent: Receipt = send_urgent(&mut wang, "u", "楼上掉下来一块玻璃。").await.ok();
    let view: CaseView = wang.get(&format!("/api/v1/messages/{}", sent.no)).await.ok();
    assert_eq!(view.state, CaseState::ScreeningHold);
}
