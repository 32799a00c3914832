//! The acceptance scenarios, through the API: what people who use the station must be able to rely on.

use crate::gateways::MailServer;
use crate::journey::*;
use crate::support::*;
use axum::http::Method;
use liaison_domain::calendar::{HOUR_MS, MINUTE_MS, date_of, demo_calendar};
use liaison_domain::dto::{
    CalendarImportResult, CaseView, Category, EventAccepted, Me, NoticeRow, Outbox, Page, Receipt, Unit,
};
use liaison_domain::guess::guess;
use liaison_domain::lifecycle::{Case, CaseState, EventKind, Role, TaskState, Urgency};
use liaison_domain::notify::{Pace, Preferences};
use liaison_store::people::{NewStaff, Phone};
use liaison_store::testing::TestStore;
use serde_json::{Value, json};

/// A server on this database, with a third unit and second people where the rules ask for another.
async fn begin(store: &TestStore) -> TestApp {
    begin_with(store, &[]).await
}

/// The same, with settings changed.
async fn begin_with(store: &TestStore, settings: &[(&'static str, &str)]) -> TestApp {
    let all = [&[("demo.enabled", "true"), ("rate.letters_per_day", "0")], settings].concat();
    let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &all).await;
    let water = Unit {
        id: "u-shuiwu".to_owned(),
        name: "听海区水务局".to_owned(),
        short_name: "区水务局".to_owned(),
        kind: "bureau".to_owned(),
        active: true,
        level: "district".to_owned(),
    };
    app.state.store.put_unit(&water, "shuiwu", None, 7).await.unwrap();
    let of = |username: &str, role: Role, unit: Option<&str>, station: Option<&str>| NewStaff {
        id: format!("p-{username}"),
        role,
        name: username.to_owned(),
        username: username.to_owned(),
        password_hash: None,
        unit_id: unit.map(str::to_owned),
        station_id: station.map(str::to_owned),
        deputy_id: None,
        note: Some("演示".to_owned()),
    };
    for new in [
        of("shuiwu", Role::UnitOfficer, Some("u-shuiwu"), None),
        of("songjing-2", Role::StationOfficer, None, Some("s-songjing")),
        of("songjing-ld", Role::StationLeader, None, Some("s-songjing")),
    ] {
        app.state.store.put_staff(&new, MONDAY).await.unwrap();
    }
    app
}

/// The n-th resident's browser.
async fn resident(app: &TestApp, n: usize) -> Client<'_> {
    let phone = Phone {
        hash: format!("hash-{n}"),
        masked: format!("199****{n:04}"),
        encrypted: None,
    };
    let store = &app.state.store;
    let account = store.resident(&phone, "居民", MONDAY).await.unwrap();
    let until = app.state.now() + 100 * DAY;
    let token = store
        .create_session(Some(&account.id), app.state.now(), until, until)
        .await
        .unwrap();
    let mut client = app.nobody();
    client.set_session(&token);
    client
}

/// Hands in a letter of its own words to the station; its id and number.
async fn hand_in(client: &mut Client<'_>, words: &str) -> (String, String) {
    let mut body = letter();
    (body["deputy"], body["station"]) = (Value::Null, json!("songjing"));
    body["body"] = json!(format!("{words}路灯坏了三个星期,晚上走路看不清,老人摔过两次,请来修。"));
    let key = liaison_store::sha256_hex(words.as_bytes());
    let reply = client
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", &key)], &body)
        .await;
    let receipt: Receipt = reply.ok();
    (receipt.id, receipt.no)
}

fn accept() -> Value {
    json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" })
}

async fn case(app: &TestApp, id: &str) -> Case {
    app.state.store.load(id).await.unwrap().unwrap().case
}

async fn lead(app: &TestApp, id: &str) -> String {
    case(app, id).await.lead_task().expect("a lead").id.clone()
}

async fn view(client: &mut Client<'_>, no: &str) -> CaseView {
    client.get(&format!("/api/v1/messages/{no}")).await.ok()
}

async fn refused(client: &mut Client<'_>, id: &str, event: Value) -> (u16, String) {
    let reply = client.act(id, event).await;
    (reply.status.as_u16(), reply.problem())
}

/// Signed by the unit with the lead.
async fn sign(app: &TestApp, unit: &str, id: &str) {
    let event = json!({ "type": "sign", "task_id": lead(app, id).await, "section": "设施科", "officer": "小武" });
    happens(&mut app.staff(unit).await, id, event).await;
}

/// Accepted, assigned and signed by 区交通局.
async fn working(app: &TestApp, id: &str) {
    let mut office = app.staff("songjing").await;
    happens(&mut office, id, accept()).await;
    happens(&mut office, id, json!({ "type": "assign", "lead": "u-jiaotong" })).await;
    sign(app, "jiaotong", id).await;
}

async fn reply(app: &TestApp, id: &str, outcome: &str, by: &str) {
    let event = reply_event(&lead(app, id).await, outcome, by);
    happens(&mut app.staff("jiaotong").await, id, event).await;
}

/// What has to be read is read, and the answer goes out.
async fn release(app: &TestApp, id: &str) {
    let mut office = app.staff("songjing").await;
    let read = json!([
        "boilerplate",
        "personal_data",
        "date_missing",
        "reason_missing",
        "passed_on"
    ]);
    happens(&mut office, id, json!({ "type": "release", "acknowledged": read })).await;
}

async fn answered(app: &TestApp, id: &str) {
    working(app, id).await;
    reply(app, id, "A", "崔副局长").await;
    release(app, id).await;
}

async fn rate(client: &mut Client<'_>, no: &str, levels: [u8; 3], solved: &str) -> CaseState {
    let token = view(client, no).await.rate_token.expect("a link to rate");
    let [attitude, process, result] = levels;
    let rating = json!({ "attitude": attitude, "process": process, "result": result, "solved": solved, "reasons": ["no_effect"] });
    let reply = client
        .write(Method::PUT, &format!("/api/v1/surveys/{token}"), &[], &rating)
        .await;
    reply.ok::<liaison_domain::dto::SurveyResult>().state
}

liaison_store::db_test!(
    async fn scenario_1_an_elders_words_get_a_day_by_the_stations_own_calendar(store: TestStore) {
        let app = begin(&store).await;
        let lights = Category {
            id: "c-transport.street-light".to_owned(),
            slug: "transport.street-light".to_owned(),
            name: "路灯照明".to_owned(),
            parent_id: Some("c-transport".to_owned()),
            stopper: None,
            emergency: None,
        };
        app.state.store.put_category(&lights, 2).await.unwrap();
        let days = "2026-12-01,holiday,庙会\n2026-12-02,holiday,庙会\n2026-12-05,workday,调休上班\n";
        let import = json!({ "text": days, "dry_run": false });
        let mut admin = app.staff("admin").await;
        let kept: CalendarImportResult = admin.post("/api/v1/admin/calendar/import", &import).await.ok();
        assert!(kept.kept && kept.errors.is_empty());

        // Told in one breath; kind and category are guessed as the page does, and nobody corrects them.
        let words = "我今年七十六了,菜场门口那一段路灯不亮,晚上太黑,我走得很慢,请你们来修一修。";
        let guessed = guess(words);
        let category = guessed.categories[0].slug;
        assert_eq!(category, lights.slug);
        let told = json!({
            "body": words, "kind": guessed.kind.expect("a kind"), "category": category, "category_by_resident": false,
            "area": "songjing-xuefu", "place": "学府路菜场门口", "station": "songjing", "name_shown": "hidden",
            "consent_publish": false
        });
        let mut elder = app.resident(PHONE).await;
        let receipt: Receipt = elder
            .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "key-1")], &told)
            .await
            .ok();
        assert_eq!((receipt.state, receipt.code.is_empty()), (CaseState::Submitted, false));
        assert_eq!(
            date_of(receipt.accept_by).iso(),
            "2026-11-25",
            "taken on within two work days"
        );

        // A grandchild types number and code as they were read out.
        let mut grandchild = app.nobody();
        let read_out =
            json!({ "no": receipt.no.to_lowercase(), "code": receipt.code.replace('-', " ").to_lowercase() });
        let seen: CaseView = grandchild.post("/api/v1/track", &read_out).await.ok();
        let kinds: Vec<EventKind> = seen.timeline.iter().map(|entry| entry.kind).collect();
        assert_eq!(
            (seen.state, kinds.as_slice()),
            (CaseState::Submitted, &[EventKind::Submit][..])
        );
        assert_eq!(
            (seen.body.as_str(), seen.place.as_deref()),
            (words, Some("学府路菜场门口"))
        );
        assert_eq!((seen.area_name.as_deref(), seen.due_at), (Some("songjing-xuefu"), None));

        // The office sees the elder's own words, what was guessed, who answers for it and by when.
        let mut office = app.staff("songjing").await;
        let new = lane(&mut office, "/api/v1/office/queue?lane=new").await;
        assert_eq!(new, [receipt.no.as_str()]);
        let letter = desk(&mut office, &receipt.id).await;
        assert_eq!((letter.body.as_str(), letter.category_guessed), (words, true));
        let category = letter.category.expect("the guess");
        assert_eq!(category.slug, lights.slug);
        assert_eq!(letter.suggested.units[0].unit.id, "u-jiaotong");
        let accept =
            json!({ "type": "accept", "category_id": category.id, "class": "normal", "urgency": letter.urgency });
        happens(&mut office, &receipt.id, accept).await;

        let seen = view(&mut elder, &receipt.no).await;
        let due = seen.due_at.expect("a day");
        assert_eq!(due, letter.suggested.due_normal, "as the form had said");
        assert_eq!(seen.state, CaseState::Accepted);
        assert_eq!(
            date_of(due).iso(),
            "2026-12-15",
            "fifteen work days: two off, one Saturday worked"
        );
        let nation = demo_calendar().add_work_days(app.state.now(), 15);
        assert_eq!(
            date_of(nation).iso(),
            "2026-12-14",
            "and not as if nothing had been in the calendar"
        );
        let inbox: Page<NoticeRow> = elder.get("/api/v1/me/notices").await.ok();
        assert!(
            inbox
                .items
                .iter()
                .any(|row| row.kind == "accept" && row.no == receipt.no)
        );
    }
);

liaison_store::db_test!(
    async fn scenario_2_a_deputy_answers_and_the_profile_counts_it(store: TestStore) {
        let app = begin(&store).await;
        let mut anybody = app.nobody();
        let before = anybody.get("/api/v1/deputies/luzhiyao").await.json()["card"]["answered"]
            .as_u64()
            .unwrap();
        let receipt = submit(&mut resident(&app, 1).await, "key-1").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &receipt.id, accept()).await;
        let to_deputy = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
        happens(&mut office, &receipt.id, to_deputy).await;
        let mut deputy = app.staff("luzhiyao").await;
        assert_eq!(
            lane(&mut deputy, "/api/v1/deputy/inbox?lane=to_answer").await,
            [receipt.no.as_str()]
        );
        let answer = json!({ "type": "deputy_answer", "reply": reply_text("A") });
        assert_eq!(
            happens(&mut deputy, &receipt.id, answer).await.state,
            CaseState::Answered
        );
        let mut author = resident(&app, 1).await;
        assert_eq!(
            rate(&mut author, &receipt.no, [5, 5, 4], "yes").await,
            CaseState::Closed
        );
        let after = anybody.get("/api/v1/deputies/luzhiyao").await.json()["card"]["answered"]
            .as_u64()
            .unwrap();
        assert_eq!(after, before + 1);
    }
);

liaison_store::db_test!(
    async fn scenario_3_two_co_units_a_boilerplate_reply_and_a_second_handling(store: TestStore) {
        let app = begin(&store).await;
        // Another letter that the unit answered with the same words before.
        let mut other = resident(&app, 2).await;
        let (earlier, _) = hand_in(&mut other, "先前的").await;
        answered(&app, &earlier).await;

        let mut author = resident(&app, 1).await;
        let (id, no) = hand_in(&mut author, "菜场门口的").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &id, accept()).await;
        let assign = json!({ "type": "assign", "lead": "u-jiaotong", "co": ["u-chengguan", "u-shuiwu"] });
        happens(&mut office, &id, assign).await;
        let tasks = case(&app, &id).await.tasks;
        let now = app.state.now();
        let calendar = &app.state.rules().calendar;
        let days = |task: &liaison_domain::lifecycle::Task| calendar.work_days_between(now, task.due_at);
        let (whole, co) = (days(&tasks[0]), days(&tasks[1]));
        assert!(
            co * 2 >= whole - 1 && co * 2 <= whole + 1,
            "half the time: {co} of {whole}"
        );
        sign(&app, "jiaotong", &id).await;
        let mut co_unit = app.staff("chengguan").await;
        let task = own_task(&desk(&mut co_unit, &id).await);
        let opinion = json!({ "type": "co_opinion", "task_id": task, "text": "沿线的树枝已经修剪。" });
        happens(&mut co_unit, &id, opinion).await;
        let words = serde_json::to_string(&view(&mut author, &no).await).unwrap();
        assert!(
            !words.contains("树枝"),
            "an opinion goes to the lead, not to the resident"
        );

        reply(&app, &id, "A", "崔副局长").await;
        let warned = desk(&mut office, &id).await;
        let codes: Vec<&str> = warned.warnings.iter().map(|finding| finding.code.code()).collect();
        assert!(codes.contains(&"boilerplate"), "{codes:?}");
        let unread = refused(&mut office, &id, json!({ "type": "release" })).await;
        assert_eq!(unread, (422, "unread".to_owned()), "not before the warning was read");
        release(&app, &id).await;

        assert_eq!(rate(&mut author, &no, [4, 4, 2], "partly").await, CaseState::Disputed);
        let reopen = json!({ "type": "reopen", "lead": "u-jiaotong", "leader": "武局长", "text": "请重新查。" });
        assert_eq!(happens(&mut office, &id, reopen).await.state, CaseState::SecondHandling);
        sign(&app, "jiaotong", &id).await;
        let same = reply_event(&lead(&app, &id).await, "A", "崔副局长");
        let same = refused(&mut app.staff("jiaotong").await, &id, same).await;
        assert_eq!(same, (409, "same_person".to_owned()));
        reply(&app, &id, "A", "武局长").await;
        release(&app, &id).await;
        assert_eq!(view(&mut author, &no).await.answers.len(), 2);
        assert_eq!(rate(&mut author, &no, [5, 5, 4], "yes").await, CaseState::Closed);
    }
);

liaison_store::db_test!(
    async fn scenario_4_after_two_returns_the_final_owner_cannot_return(store: TestStore) {
        let app = begin(&store).await;
        let (id, _) = hand_in(&mut resident(&app, 1).await, "桥头的").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &id, accept()).await;
        happens(&mut office, &id, json!({ "type": "assign", "lead": "u-jiaotong" })).await;
        let back = async |unit: &str, to: &str| {
            let event = json!({
                "type": "return_request", "task_id": lead(&app, &id).await, "legal_basis": "按三定规定不属我局",
                "proposed_unit": to
            });
            app.staff(unit).await.act(&id, event).await
        };
        assert_eq!(back("jiaotong", "u-chengguan").await.status, 200);
        let approved = json!({ "type": "return_approved", "task_id": lead(&app, &id).await });
        assert_eq!(happens(&mut office, &id, approved).await.state, CaseState::Accepted);
        happens(&mut office, &id, json!({ "type": "assign", "lead": "u-chengguan" })).await;
        let second: EventAccepted = back("chengguan", "u-shuiwu").await.ok();
        assert_eq!(
            second.state,
            CaseState::Arbitration,
            "the second return goes there by itself"
        );
        let award = json!({ "type": "award", "unit_id": "u-shuiwu", "text": "协商会议定" });
        assert_eq!(
            refused(&mut office, &id, award.clone()).await,
            (403, "not_allowed".to_owned())
        );
        happens(&mut app.staff("songjing-ld").await, &id, award).await;
        let third = back("shuiwu", "u-jiaotong").await;
        assert_eq!((third.status.as_u16(), third.problem().as_str()), (409, "final_owner"));
    }
);

liaison_store::db_test!(
    async fn scenario_5_a_unit_that_does_not_sign_does_not_stop_the_clock(store: TestStore) {
        let app = begin(&store).await;
        let mut author = resident(&app, 1).await;
        let (id, no) = hand_in(&mut author, "河边的").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &id, accept()).await;
        happens(&mut office, &id, json!({ "type": "assign", "lead": "u-jiaotong" })).await;
        let due = case(&app, &id).await.due_at;
        app.pass(2 * DAY);
        liaison_server::jobs::clock::tick(&app.state).await.unwrap();
        assert_eq!(
            case(&app, &id).await.state,
            CaseState::Assigned,
            "two work days are the unit's"
        );
        app.pass(DAY);
        liaison_server::jobs::clock::tick(&app.state).await.unwrap();
        let signed = case(&app, &id).await;
        assert_eq!(
            (signed.state, signed.tasks[0].auto_signed),
            (CaseState::InProgress, true)
        );
        assert_eq!(
            (signed.due_at, signed.tasks[0].due_at),
            (due, due.unwrap()),
            "the day stands"
        );
        let shown = resident(&app, 1)
            .await
            .get(&format!("/api/v1/messages/{no}"))
            .await
            .ok::<CaseView>();
        assert!(shown.timeline.iter().any(|entry| entry.kind == EventKind::AutoSign));
    }
);

liaison_store::db_test!(
    async fn scenario_6_of_two_officers_who_assign_at_once_one_learns_of_the_other(store: TestStore) {
        let app = begin(&store).await;
        let (id, _) = hand_in(&mut resident(&app, 1).await, "巷口的").await;
        happens(&mut app.staff("songjing").await, &id, accept()).await;
        let version = case(&app, &id).await.version;
        let (mut one, mut two) = (app.staff("songjing").await, app.staff("songjing-2").await);
        let assign = |unit: &str| json!({ "type": "assign", "lead": unit });
        let (first, second) = tokio::join!(
            one.act_on(&id, version, assign("u-jiaotong")),
            two.act_on(&id, version, assign("u-chengguan"))
        );
        let (won, lost) = if first.status == 200 {
            (first, second)
        } else {
            (second, first)
        };
        assert_eq!(
            (won.status.as_u16(), lost.status.as_u16()),
            (200, 409),
            "{}",
            lost.text()
        );
        let problem = lost.json();
        assert_eq!(problem["code"], "conflict");
        assert_eq!(problem["current_state"], "assigned");
        assert_eq!(problem["current_version"], json!(version + 1));
        assert!(
            problem["allowed_events"]
                .as_array()
                .is_some_and(|events| !events.is_empty())
        );
        assert_eq!(case(&app, &id).await.tasks.len(), 1, "one unit has it");
    }
);

liaison_store::db_test!(
    async fn scenario_9_nine_letters_joined_one_leaves_and_eight_rate_for_themselves(store: TestStore) {
        let app = begin(&store).await;
        let (main, _) = hand_in(&mut resident(&app, 0).await, "第零户门口的").await;
        let mut office = app.staff("songjing").await;
        let mut joined = Vec::new();
        for n in 1..=9 {
            let (id, no) = hand_in(&mut resident(&app, n).await, &format!("第{n}户门口的")).await;
            let merge = json!({ "type": "merge", "into": main, "text": "同一条路" });
            happens(&mut office, &id, merge).await;
            joined.push((n, id, no));
        }
        assert_eq!(case(&app, &main).await.joined.len(), 9);
        let (n, other, _) = joined.remove(4);
        let left = happens(&mut resident(&app, n).await, &other, json!({ "type": "unmerge" })).await;
        assert_eq!(left.state, CaseState::Accepted, "not the same matter");
        assert_eq!(case(&app, &main).await.joined.len(), 8);
        answered(&app, &main).await;
        assert_eq!(
            case(&app, &other).await.state,
            CaseState::Accepted,
            "it goes its own way"
        );
        let mut links = std::collections::BTreeSet::new();
        for (n, _, no) in &joined {
            let mut author = resident(&app, *n).await;
            let shown = view(&mut author, no).await;
            assert_eq!((shown.state, shown.answers.len()), (CaseState::Answered, 1), "{no}");
            links.insert(shown.rate_token.expect("a survey of its own"));
        }
        assert_eq!(links.len(), 8);
        let (n, _, no) = &joined[0];
        assert_eq!(
            rate(&mut resident(&app, *n).await, no, [5, 5, 5], "yes").await,
            CaseState::Closed
        );
        assert_eq!(
            case(&app, &joined[1].1).await.state,
            CaseState::Answered,
            "one rating is one person's"
        );
    }
);

liaison_store::db_test!(
    async fn scenario_10_a_letter_cut_in_three_is_answered_after_all_three(store: TestStore) {
        let app = begin(&store).await;
        let mut author = resident(&app, 1).await;
        let (whole, no) = hand_in(&mut author, "路灯、井盖和公交站,").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &whole, accept()).await;
        let parts = cut(&mut office, &whole, &["路灯", "井盖", "公交站"]).await;
        for (at, part) in parts.iter().enumerate() {
            assert_eq!(
                view(&mut author, &no).await.state,
                CaseState::InProgress,
                "{at} of three are answered"
            );
            happens(&mut office, part, json!({ "type": "assign", "lead": "u-jiaotong" })).await;
            sign(&app, "jiaotong", part).await;
            reply(&app, part, "A", "崔副局长").await;
            release(&app, part).await;
        }
        assert_eq!(view(&mut author, &no).await.state, CaseState::Answered);
    }
);

liaison_store::db_test!(
    async fn scenario_13_a_promise_that_passes_without_evidence_is_handled_again(store: TestStore) {
        let app = begin(&store).await;
        let mut author = resident(&app, 1).await;
        let (id, no) = hand_in(&mut author, "坡上的").await;
        working(&app, &id).await;
        let mut text = reply_text("B");
        text["promise_date"] = json!("2026-12-04");
        let task = lead(&app, &id).await;
        let event = json!({ "type": "submit_reply", "task_id": task, "reply": text, "signed_off_by": "崔副局长" });
        happens(&mut app.staff("jiaotong").await, &id, event).await;
        release(&app, &id).await;
        let shown = view(&mut author, &no).await;
        assert_eq!(
            (shown.state, shown.holder.due),
            (CaseState::Tracking, case(&app, &id).await.holder.due)
        );
        assert_eq!(
            lane(&mut app.staff("songjing").await, "/api/v1/office/queue?lane=lookback").await,
            [no.as_str()]
        );
        // Friday the 4th and its work day of grace, Monday the 7th.
        app.pass(14 * DAY);
        liaison_server::jobs::clock::tick(&app.state).await.unwrap();
        assert_eq!(
            case(&app, &id).await.state,
            CaseState::Tracking,
            "the work day after is still the unit's"
        );
        app.pass(DAY);
        liaison_server::jobs::clock::tick(&app.state).await.unwrap();
        let again = case(&app, &id).await;
        assert_eq!((again.state, again.round), (CaseState::SecondHandling, 2));
        assert_eq!(again.lead_task().unwrap().unit_id, "u-jiaotong", "the same unit again");
        let shown = view(&mut resident(&app, 1).await, &no).await;
        assert!(
            shown
                .timeline
                .iter()
                .any(|entry| entry.kind == EventKind::PromiseBroken),
            "and it is told"
        );
    }
);

liaison_store::db_test!(
    async fn scenario_16_looking_at_a_number_is_logged_and_shown_to_the_resident(store: TestStore) {
        let app = begin(&store).await;
        let mut author = resident(&app, 1).await;
        let (id, no) = hand_in(&mut author, "校门口的").await;
        let mut office = app.staff("songjing").await;
        let reveal = |reason: &str| json!({ "type": "contact_revealed", "reason": reason });
        assert_eq!(
            refused(&mut office, &id, reveal(" ")).await,
            (422, "text_missing".to_owned())
        );
        happens(&mut office, &id, reveal("约现场查看的时间")).await;
        let shown = view(&mut author, &no).await;
        let entry = shown
            .timeline
            .iter()
            .find(|entry| entry.kind == EventKind::ContactRevealed);
        let reason = entry.and_then(|entry| entry.text.as_deref()).unwrap_or_default();
        assert!(reason.ends_with("约现场查看的时间"), "{reason}");
        let told = store
            .ask(&format!(
                "SELECT kind FROM notice WHERE message_id = '{id}' AND kind = 'contact_revealed'"
            ))
            .await;
        assert_eq!(told.as_deref(), Ok("contact_revealed"), "the resident is told");
        let stranger = refused(&mut app.staff("auditor").await, &id, reveal("看看")).await;
        assert_eq!(stranger, (403, "not_allowed".to_owned()));
    }
);

liaison_store::db_test!(
    async fn scenario_17_a_change_by_hand_in_the_database_is_found_and_named(store: TestStore) {
        let app = begin(&store).await;
        let (id, no) = hand_in(&mut resident(&app, 1).await, "井边的").await;
        working(&app, &id).await;
        assert_eq!(app.state.store.verify_all_chains().await.unwrap(), vec![]);
        let off = match store.engine() {
            liaison_store::Engine::Sqlite => "DROP TRIGGER message_event_no_update",
            liaison_store::Engine::Postgres => "ALTER TABLE message_event DISABLE TRIGGER message_event_no_change",
        };
        store.vandalise(off).await.unwrap();
        let change = "UPDATE message_event SET data = REPLACE(data, '小武', '小文') WHERE type = 'sign'";
        assert_eq!(store.vandalise(change).await, Ok(1));
        let faults = app.state.store.verify_all_chains().await.unwrap();
        let named: Vec<_> = faults
            .iter()
            .map(|fault| (fault.no.as_deref(), fault.seq, fault.kind.code()))
            .collect();
        assert_eq!(named, [(Some(no.as_str()), Some(4), "altered"), (None, None, "guard")]);
    }
);

liaison_store::db_test!(
    async fn scenario_19_a_matter_goes_on_for_the_others_when_its_author_withdraws(store: TestStore) {
        let app = begin(&store).await;
        let (mut first, mut second) = (resident(&app, 1).await, resident(&app, 2).await);
        let (main, _) = hand_in(&mut first, "东头的").await;
        let (joined, no) = hand_in(&mut second, "西头的").await;
        let merge = json!({ "type": "merge", "into": main, "text": "同一条路" });
        happens(&mut app.staff("songjing").await, &joined, merge).await;
        let withdrawn = happens(&mut first, &main, json!({ "type": "withdraw" })).await;
        assert_eq!(withdrawn.state, CaseState::Submitted, "it goes on under the office");
        assert_eq!(withdrawn.allowed_events, vec![], "without its author");
        answered(&app, &main).await;
        assert_eq!(view(&mut second, &no).await.state, CaseState::Answered);
        let alone = hand_in(&mut first, "南头的").await.0;
        assert_eq!(
            happens(&mut first, &alone, json!({ "type": "withdraw" })).await.state,
            CaseState::Withdrawn
        );
    }
);

liaison_store::db_test!(
    async fn scenario_20_when_units_are_merged_open_tasks_move_and_none_is_orphaned(store: TestStore) {
        let app = begin(&store).await;
        let mut author = resident(&app, 1).await;
        let mut ids = Vec::new();
        for words in ["一号", "二号", "三号"] {
            ids.push(hand_in(&mut author, words).await.0);
        }
        working(&app, &ids[0]).await;
        working(&app, &ids[1]).await;
        reply(&app, &ids[1], "A", "崔副局长").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &ids[2], accept()).await;
        happens(
            &mut office,
            &ids[2],
            json!({ "type": "assign", "lead": "u-chengguan", "co": ["u-jiaotong"] }),
        )
        .await;
        let open = app.state.store.open_tasks("u-jiaotong").await.unwrap();
        assert_eq!(open.len(), 3);
        let mut admin = app.staff("admin").await;
        for task in &open {
            let before = case(&app, &task.message_id).await;
            let event = json!({ "type": "reassign_unit", "task_id": task.id, "unit_id": "u-shuiwu" });
            assert_eq!(
                refused(&mut office, &task.message_id, event.clone()).await.0,
                403,
                "an admin's to do"
            );
            happens(&mut admin, &task.message_id, event).await;
            let after = case(&app, &task.message_id).await;
            let dates = |case: &Case| case.task(&task.id).map(|task| (task.sign_due, task.due_at, task.state));
            assert_eq!(
                (dates(&after), after.due_at),
                (dates(&before), before.due_at),
                "dates and state stand"
            );
        }
        assert_eq!(
            app.state.store.open_tasks("u-jiaotong").await.unwrap(),
            vec![],
            "nothing is left behind"
        );
        assert_eq!(app.state.store.open_tasks("u-shuiwu").await.unwrap().len(), 3);
        let mut heir = app.staff("shuiwu").await;
        assert_eq!(lane(&mut heir, "/api/v1/unit/tasks?lane=to_sign").await.len(), 1);
        let task = lead(&app, &ids[0]).await;
        happens(&mut heir, &ids[0], reply_event(&task, "A", "水局长")).await;
        let gone = app
            .staff("jiaotong")
            .await
            .get(&format!("/api/v1/desk/cases/{}", ids[0]))
            .await;
        assert_eq!(gone.status, 404);
    }
);

/// Brings a new letter of this resident into each open state in turn; id and number.
async fn in_state(app: &TestApp, state: CaseState, n: usize) -> (String, String) {
    use CaseState as S;
    let mut author = resident(app, n).await;
    let (id, no) = hand_in(&mut author, &format!("{}路口的", state.code())).await;
    let id = id.as_str();
    let (mut office, mut leader) = (app.staff("songjing").await, app.staff("songjing-ld").await);
    let assign = json!({ "type": "assign", "lead": "u-jiaotong" });
    match state {
        S::Submitted => {}
        S::ScreeningHold => {
            let reason = app.state.rules().limits.decline_reasons[0].clone();
            let decline = json!({ "type": "decline", "reason_code": reason, "text": "请向法院起诉。" });
            happens(&mut office, id, decline).await;
            happens(&mut author, id, json!({ "type": "appeal", "text": "不是这样的" })).await;
        }
        S::NeedInfo => {
            happens(&mut office, id, json!({ "type": "ask_info", "text": "哪一根?" })).await;
        }
        S::Accepted => {
            happens(&mut office, id, accept()).await;
        }
        S::WithDeputy => {
            happens(&mut office, id, accept()).await;
            happens(
                &mut office,
                id,
                json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" }),
            )
            .await;
        }
        S::Assigned => {
            happens(&mut office, id, accept()).await;
            happens(&mut office, id, assign).await;
        }
        S::InProgress => working(app, id).await,
        S::Arbitration => {
            working(app, id).await;
            happens(
                &mut office,
                id,
                json!({ "type": "dispute", "text": "两家都说不归自己" }),
            )
            .await;
        }
        S::ReplyReview => {
            working(app, id).await;
            reply(app, id, "A", "崔副局长").await;
        }
        S::Answered => answered(app, id).await,
        S::Tracking => {
            working(app, id).await;
            let mut text = reply_text("B");
            text["promise_date"] = json!("2026-12-04");
            let task = lead(app, id).await;
            let event = json!({ "type": "submit_reply", "task_id": task, "reply": text, "signed_off_by": "崔副局长" });
            happens(&mut app.staff("jiaotong").await, id, event).await;
            release(app, id).await;
        }
        S::Disputed | S::SecondHandling => {
            answered(app, id).await;
            rate(&mut author, &no, [1, 1, 1], "no").await;
            if state == S::SecondHandling {
                let reopen = json!({ "type": "reopen", "lead": "u-jiaotong", "leader": "武局长", "text": "重办" });
                happens(&mut leader, id, reopen).await;
            }
        }
        other => panic!("{} is not open", other.code()),
    }
    assert_eq!(case(app, id).await.state, state);
    (id.to_owned(), no)
}

liaison_store::db_test!(
    async fn bug_10_a_resident_can_withdraw_from_every_open_state(store: TestStore) {
        let app = begin(&store).await;
        let open = CaseState::ALL.iter().filter(|state| state.is_open());
        for (n, state) in open.enumerate() {
            let (id, no) = in_state(&app, *state, n).await;
            let mut author = resident(&app, n).await;
            let shown = view(&mut author, &no).await;
            assert!(
                shown.allowed_events.contains(&EventKind::Withdraw),
                "offered in {}",
                state.code()
            );
            let after = happens(&mut author, &id, json!({ "type": "withdraw" })).await;
            assert_eq!(after.state, CaseState::Withdrawn, "from {}", state.code());
            let left = case(&app, &id).await;
            let works = left
                .tasks
                .iter()
                .any(|task| task.state.is_open() && task.state != TaskState::Cancelled);
            assert!(!works, "no unit goes on working after {}", state.code());
        }
    }
);

liaison_store::db_test!(
    async fn bug_6_nobody_is_reminded_of_what_was_withdrawn_or_hidden_away(store: TestStore) {
        let app = begin(&store).await;
        let waiting = [
            CaseState::NeedInfo,
            CaseState::WithDeputy,
            CaseState::Assigned,
            CaseState::Answered,
            CaseState::Tracking,
        ];
        let mut ids = Vec::new();
        for (n, state) in waiting.into_iter().enumerate() {
            let (id, _) = in_state(&app, state, n).await;
            happens(&mut resident(&app, n).await, &id, json!({ "type": "withdraw" })).await;
            ids.push(id);
        }
        let told = async || {
            let mut counts = Vec::new();
            for id in &ids {
                let sql = format!("SELECT CAST(COUNT(*) AS TEXT) FROM notice WHERE message_id = '{id}'");
                counts.push(store.ask(&sql).await.unwrap());
            }
            counts
        };
        let (before, versions) = (told().await, app.state.store.verify_all_chains().await.unwrap());
        assert_eq!(versions, vec![]);
        for _ in 0..20 {
            app.pass(3 * DAY);
            liaison_server::jobs::clock::tick(&app.state).await.unwrap();
        }
        assert_eq!(told().await, before, "time alone says nothing any more");
        for id in &ids {
            assert_eq!(case(&app, id).await.state, CaseState::Withdrawn);
        }
    }
);

liaison_store::db_test!(
    async fn bug_7_what_stands_in_the_app_goes_out_and_until_then_staff_see_where_it_is(store: TestStore) {
        let server = MailServer::start().await;
        let port = server.port.to_string();
        let settings = [
            ("notify.smtp.host", "127.0.0.1"),
            ("notify.smtp.port", port.as_str()),
            ("notify.smtp.tls", "none"),
            ("notify.smtp.from", "station@letters.example.org"),
        ];
        let app = begin_with(&store, &settings).await;
        let mut author = app.resident(PHONE).await;
        let me: Me = author.get("/api/v1/me").await.ok();
        let at_once = Preferences {
            pace: Pace::AtOnce,
            ..Preferences::default()
        };
        let mailbox = Some("resident@mail.example");
        app.state
            .store
            .put_contact(&me.account_id, mailbox, &at_once)
            .await
            .unwrap();
        let (id, no) = hand_in(&mut author, "桥边的").await;
        happens(&mut app.staff("songjing").await, &id, accept()).await;
        let question = json!({ "type": "ask_info", "text": "是桥的哪一头?" });
        happens(&mut app.staff("songjing").await, &id, question).await;
        let inbox: Page<NoticeRow> = author.get("/api/v1/me/notices").await.ok();
        let in_app: Vec<&str> = inbox.items.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(in_app, ["ask_info", "accept", "submit"]);

        // The mail server is there and takes nothing: nothing is lost, and nothing is called sent.
        server.answers("451 busy");
        app.pass(2 * MINUTE_MS);
        let tell = async || liaison_server::notify::tell(&app.state).await.unwrap();
        assert_eq!(tell().await, 0);
        let outside = |state: &str| {
            let sql = format!(
                "SELECT kind FROM notice WHERE account_id = '{}' AND outside = '{state}' ORDER BY kind",
                me.account_id
            );
            let store = &store;
            async move { store.ask_all(&sql).await.unwrap() }
        };
        assert_eq!(
            outside("planned").await,
            ["accept", "ask_info"],
            "in the app and on their way"
        );
        assert_eq!(outside("none").await, ["submit"], "the receipt was on the screen");
        let mut admin = app.staff("admin").await;
        let stuck: Outbox = admin.get("/api/v1/admin/outbox?state=waiting").await.ok();
        assert_eq!((stuck.waiting, stuck.sent, stuck.dead), (1, 0, 0));
        let row = &stuck.rows[0];
        assert_eq!(
            (row.error.as_deref(), row.attempts, row.sent_at),
            (Some("smtp_451"), 1, None)
        );
        assert!(server.mails().is_empty());

        // Reading it in the app does not take back the mail: it may be read on another day, on another screen.
        assert_eq!(author.get(&format!("/api/v1/messages/{no}")).await.status, 200);
        server.answers("250 fine");
        app.pass(2 * MINUTE_MS);
        assert_eq!(tell().await, 1);
        app.pass(HOUR_MS);
        assert_eq!(tell().await, 0, "once");
        let gone: Outbox = app
            .staff("admin")
            .await
            .get("/api/v1/admin/outbox?state=sent")
            .await
            .ok();
        assert_eq!((gone.waiting, gone.sent, gone.dead), (0, 1, 0));
        assert!(gone.rows[0].sent_at.is_some());
        let mails = server.mails();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].to.contains("resident@mail.example"));

        // And the reverse: what the mail speaks of stands in the app.
        let text = mails[0].text();
        let inbox: Page<NoticeRow> = app.resident_again(PHONE).await.get("/api/v1/me/notices").await.ok();
        let told = inbox.items.iter().filter(|row| row.kind != "submit");
        assert_eq!(told.filter(|row| text.contains(&row.no)).count(), 2, "{text}");
        assert!(text.contains(&no) && text.contains("请您补充情况"), "{text}");
    }
);

#[tokio::test]
async fn bug_8_a_stricter_setting_is_heeded() {
    for (reviewed, expected) in [("true", CaseState::ReplyReview), ("false", CaseState::Answered)] {
        let app = TestApp::with(&[("demo.enabled", "true"), ("limits.deputy_answer_reviewed", reviewed)]).await;
        let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
        let mut office = app.staff("songjing").await;
        happens(&mut office, &receipt.id, accept()).await;
        happens(
            &mut office,
            &receipt.id,
            json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" }),
        )
        .await;
        let mut deputy = app.staff("luzhiyao").await;
        let answer = json!({ "type": "deputy_answer", "reply": reply_text("A") });
        assert_eq!(happens(&mut deputy, &receipt.id, answer).await.state, expected);
        let shown = view(&mut app.resident_again(PHONE).await, &receipt.no).await;
        let seen = usize::from(reviewed == "false");
        assert_eq!(shown.answers.len(), seen, "reviewed: {reviewed}");
    }
    for (setting, expected) in [("false", CaseState::Submitted), ("true", CaseState::Accepted)] {
        let app = TestApp::with(&[("demo.enabled", "true"), ("limits.auto_accept", setting)]).await;
        let mut body = letter();
        body["deputy"] = Value::Null;
        body["station"] = json!("songjing");
        let mut author = app.resident(PHONE).await;
        let reply = author
            .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "k")], &body)
            .await;
        let receipt: Receipt = reply.ok();
        assert_eq!(
            receipt.state, expected,
            "nothing is taken on by itself unless the station wants it"
        );
    }
}

liaison_store::db_test!(
    async fn bug_9_a_holiday_announced_later_moves_the_day_and_the_log_says_so(store: TestStore) {
        let app = begin(&store).await;
        let mut author = resident(&app, 1).await;
        let (id, no) = hand_in(&mut author, "站前的").await;
        working(&app, &id).await;
        let before = view(&mut author, &no).await.due_at.unwrap();
        let calendar = app.state.rules().calendar.clone();
        for day in calendar
            .holidays
            .iter()
            .map(|day| (day.iso(), false))
            .chain(calendar.make_up_days.iter().map(|day| (day.iso(), true)))
            .chain([("2026-12-01".to_owned(), false), ("2026-12-02".to_owned(), false)])
        {
            let special = liaison_store::directory::SpecialDay {
                date: day.0,
                is_workday: day.1,
                name: String::new(),
            };
            app.state.store.put_special_day(&special).await.unwrap();
        }
        app.state.read_rules().await.unwrap();
        let rules = app.state.rules();
        let ctx = rules.context(app.state.now(), liaison_domain::lifecycle::Actor::system());
        let log = app.state.store.events(&id).await.unwrap();
        let event = liaison_domain::lifecycle::recalculation(&case(&app, &id).await, &log, "calendar", &ctx).unwrap();
        app.state.store.act(&id, &event, &ctx).await.unwrap();
        let shown = view(&mut author, &no).await;
        assert_eq!(
            rules.calendar.work_days_between(before, shown.due_at.unwrap()),
            2,
            "two days later"
        );
        assert_eq!(shown.holder.due, shown.due_at, "the unit's day too");
        assert!(shown.timeline.iter().any(|entry| entry.kind == EventKind::Recalculated));
    }
);

liaison_store::db_test!(
    async fn bug_12_what_was_read_before_somebody_else_wrote_overwrites_nothing(store: TestStore) {
        let app = begin(&store).await;
        let (id, _) = hand_in(&mut resident(&app, 1).await, "厂门口的").await;
        let stale = case(&app, &id).await.version;
        let urgent =
            json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "urgent", "urgency": "urgent" });
        happens(&mut app.staff("songjing").await, &id, urgent).await;
        let mut slow = app.staff("songjing-2").await;
        let late = slow
            .act_on(&id, stale, json!({ "type": "ask_info", "text": "哪一根?" }))
            .await;
        assert_eq!((late.status.as_u16(), late.problem().as_str()), (409, "conflict"));
        let path = format!("/api/v1/messages/{id}/events");
        let blind = slow
            .write(
                Method::POST,
                &path,
                &[],
                &json!({ "event": { "type": "ask_info", "text": "哪一根?" } }),
            )
            .await;
        assert_eq!(
            (blind.status.as_u16(), blind.problem().as_str()),
            (428, "version_required")
        );
        let kept = case(&app, &id).await;
        assert_eq!((kept.state, kept.urgency), (CaseState::Accepted, Urgency::Urgent));
    }
);
