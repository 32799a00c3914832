//! Time passes and nobody acts but the clock: a year with two long holidays, three weeks without a server, a calendar
//! that changes meanwhile.

use crate::journey::*;
use crate::support::*;
use axum::http::Method;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, HOUR_MS, date_of};
use liaison_domain::dto::{CalendarImportResult, CaseView};
use liaison_domain::lifecycle::{CaseState, EventKind};
use liaison_server::jobs::Runner;
use liaison_store::testing::TestStore;
use serde_json::json;

/// 春节 and 国庆节 of 2027 as a phone's calendar has them.
const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270205\r\nDTEND;VALUE=DATE:20270213\r\nSUMMARY:春节（休）\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270131\r\nSUMMARY:春节（班）\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270220\r\nSUMMARY:春节（班）\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20271001\r\nDTEND;VALUE=DATE:20271008\r\nSUMMARY:国庆节（休）\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

async fn open(store: &TestStore) -> TestApp {
    let settings = [("demo.enabled", "true"), ("rate.letters_per_day", "0")];
    TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await
}

fn moment(year: i32, month: u8, day: u8) -> Millis {
    Date::new(year, month, day).unwrap().at_minute(600)
}

/// Lets time pass, half a day at once, with the jobs at work.
async fn travel(app: &TestApp, until: Millis) {
    let runner = Runner::new(app.state.clone());
    while app.state.now() < until {
        app.pass((until - app.state.now()).min(12 * HOUR_MS));
        runner.run_due().await.unwrap();
    }
}

/// The day an event happened to a letter; it happened once.
async fn day_of(app: &TestApp, id: &str, kind: EventKind) -> String {
    let records = app.state.store.events(id).await.unwrap();
    let mut days = records.iter().filter(|record| record.event.kind() == kind);
    let day = days.next().map(|record| date_of(record.at).iso());
    assert_eq!(days.next(), None, "{} happened twice", kind.code());
    day.unwrap_or_else(|| panic!("{} never happened", kind.code()))
}

async fn state_of(app: &TestApp, id: &str) -> CaseState {
    app.state.store.load(id).await.unwrap().unwrap().case.state
}

/// How many inboxes heard something about a letter.
async fn heard(store: &TestStore, id: &str, kind: &str) -> String {
    let sql = format!("SELECT CAST(COUNT(*) AS TEXT) FROM notice WHERE message_id = '{id}' AND kind = '{kind}'");
    store.ask(&sql).await.unwrap()
}

async fn accepted(app: &TestApp, id: &str) {
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    happens(&mut app.staff("songjing").await, id, accept).await;
}

async fn assigned(app: &TestApp, id: &str) {
    accepted(app, id).await;
    let assign = json!({ "type": "assign", "lead": "u-jiaotong" });
    happens(&mut app.staff("songjing").await, id, assign).await;
}

/// Signed, replied, released: the resident has the answer.
async fn answered(app: &TestApp, id: &str, reply: serde_json::Value) {
    assigned(app, id).await;
    let mut unit = app.staff("jiaotong").await;
    let task = own_task(&desk(&mut unit, id).await);
    let sign = json!({ "type": "sign", "task_id": task, "section": "设施科", "officer": "小武" });
    happens(&mut unit, id, sign).await;
    let submit = json!({ "type": "submit_reply", "task_id": task, "reply": reply, "signed_off_by": "崔副局长" });
    happens(&mut unit, id, submit).await;
    happens(&mut app.staff("songjing").await, id, json!({ "type": "release" })).await;
}

liaison_store::db_test!(
    async fn a_year_with_two_long_holidays_passes_and_only_the_clock_acts(store: TestStore) {
        let app = open(&store).await;
        let mut admin = app.staff("admin").await;
        let body = json!({ "text": HOLIDAYS, "dry_run": false });
        let kept: CalendarImportResult = admin.post("/api/v1/admin/calendar/import", &body).await.ok();
        assert!(kept.kept && kept.errors.is_empty() && kept.rows.len() == 17);

        let mut author = app.resident(PHONE).await;
        let mut ids = Vec::new();
        for key in ["deputy", "asked", "answered", "promised", "unsigned"] {
            ids.push(submit(&mut author, key).await.id);
        }
        let [with_deputy, asked, rated, promised, unsigned] = &ids[..] else {
            unreachable!()
        };
        accepted(&app, with_deputy).await;
        let to_deputy = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
        happens(&mut app.staff("songjing").await, with_deputy, to_deputy).await;
        let ask = json!({ "type": "ask_info", "text": "是哪一根灯杆?" });
        happens(&mut app.staff("songjing").await, asked, ask).await;
        answered(&app, rated, reply_text("D")).await;
        let mut promise = reply_text("B");
        promise["promise_date"] = json!("2027-10-04");
        promise["body"] = json!("菜场这一段要整体更换,材料已经订购,分两段埋设,国庆期间完工,请居民代表一起验收。");
        answered(&app, promised, promise).await;

        travel(&app, moment(2027, 2, 3)).await;
        assert_eq!(day_of(&app, asked, EventKind::InfoTimeout).await, "2026-11-29");
        assert_eq!(state_of(&app, asked).await, CaseState::Submitted);
        assert_eq!(day_of(&app, with_deputy, EventKind::DeputyTimeout).await, "2026-12-01");
        assert_eq!(
            heard(&store, with_deputy, "deputy_soon").await,
            "1",
            "on Wednesday, with three work days left"
        );
        assert_eq!(day_of(&app, rated, EventKind::SurveyExpired).await, "2026-12-08");
        assert_eq!(heard(&store, rated, "survey_waits").await, "2", "on day 3 and day 10");
        assert_eq!(state_of(&app, rated).await, CaseState::Closed);
        assert_eq!(state_of(&app, promised).await, CaseState::Tracking);

        // Two work days from the third of February: the fourth, and the first day after the holiday.
        assigned(&app, unsigned).await;
        travel(&app, moment(2027, 10, 20)).await;
        assert_eq!(day_of(&app, unsigned, EventKind::AutoSign).await, "2027-02-16");
        // The unit has two people; of the end the station's clerk hears too.
        for (kind, inboxes) in [
            ("sign_due", "2"),
            ("half_time", "2"),
            ("most_time", "2"),
            ("time_up", "3"),
            ("silent", "3"),
        ] {
            assert_eq!(heard(&store, unsigned, kind).await, inboxes, "{kind}");
        }
        assert_eq!(
            heard(&store, promised, "look_back").await,
            "9",
            "three quarters, three people"
        );
        assert_eq!(
            heard(&store, promised, "promise_due").await,
            "3",
            "the author and the unit"
        );
        // Promised for a day of the holiday: the day of grace is the first work day after it.
        assert_eq!(day_of(&app, promised, EventKind::PromiseBroken).await, "2027-10-09");
        let case = app.state.store.load(promised).await.unwrap().unwrap().case;
        assert_eq!((case.state, case.round), (CaseState::SecondHandling, 2));
        assert_eq!(store.verify_all_chains().await.unwrap(), vec![]);
    }
);

liaison_store::db_test!(
    async fn three_weeks_without_a_server_are_caught_up_in_one_run(store: TestStore) {
        let app = open(&store).await;
        let mut author = app.resident(PHONE).await;
        let mut ids = Vec::new();
        for key in ["asked", "answered", "unsigned"] {
            ids.push(submit(&mut author, key).await.id);
        }
        let ask = json!({ "type": "ask_info", "text": "是哪一根灯杆?" });
        happens(&mut app.staff("songjing").await, &ids[0], ask).await;
        answered(&app, &ids[1], reply_text("D")).await;
        assigned(&app, &ids[2]).await;
        let runner = Runner::new(app.state.clone());
        runner.run_due().await.unwrap();
        // A server dies at its work and holds the lease.
        let now = app.state.now() + HOUR_MS;
        assert!(store.lease_job("clock", "dead", now, now + HOUR_MS).await.unwrap());
        app.pass(21 * DAY);
        let ran = runner.run_due().await.unwrap();
        assert_eq!(ran[0], ("clock", 3), "each letter's event");
        assert_eq!(state_of(&app, &ids[0]).await, CaseState::Submitted);
        assert_eq!(state_of(&app, &ids[1]).await, CaseState::Closed);
        assert_eq!(state_of(&app, &ids[2]).await, CaseState::InProgress);
        assert_eq!(
            heard(&store, &ids[2], "half_time").await,
            "0",
            "what is long over is not told"
        );
        assert_eq!(
            heard(&store, &ids[2], "most_time").await,
            "2",
            "15 of 15 work days are not yet over"
        );
        assert_eq!(runner.run_due().await.unwrap().first(), Some(&("clock", 0)));
        assert_eq!(store.verify_all_chains().await.unwrap(), vec![]);
    }
);

liaison_store::db_test!(
    async fn two_servers_do_nothing_twice(store: TestStore) {
        let app = open(&store).await;
        let mut author = app.resident(PHONE).await;
        let mut ids = Vec::new();
        for key in ["one", "two", "three", "four"] {
            let id = submit(&mut author, key).await.id;
            assigned(&app, &id).await;
            ids.push(id);
        }
        app.pass(10 * DAY);
        let (one, other) = (Runner::new(app.state.clone()), Runner::new(app.state.clone()));
        let (first, second) = tokio::join!(one.run_due(), other.run_due());
        let signed: u64 = [first.unwrap(), second.unwrap()]
            .concat()
            .into_iter()
            .filter(|(name, _)| *name == "clock")
            .map(|(_, done)| done)
            .sum();
        assert_eq!(signed, 4);
        for id in &ids {
            assert_eq!(day_of(&app, id, EventKind::AutoSign).await, "2026-12-03");
            assert_eq!(heard(&store, id, "half_time").await, "2");
        }
    }
);

liaison_store::db_test!(
    async fn a_changed_calendar_moves_open_dates_and_the_author_reads_why(store: TestStore) {
        let app = open(&store).await;
        let mut author = app.resident(PHONE).await;
        let receipt = submit(&mut author, "one").await;
        assigned(&app, &receipt.id).await;
        let path = format!("/api/v1/messages/{}", receipt.no);
        let before: CaseView = author.get(&path).await.ok();
        let runner = Runner::new(app.state.clone());
        runner.run_due().await.unwrap();
        let same: CaseView = author.get(&path).await.ok();
        assert_eq!(
            (same.version, same.due_at),
            (before.version, before.due_at),
            "nothing changed, nothing moves"
        );

        let free = json!({ "is_workday": false, "name": "停电放假" });
        let put = app
            .staff("admin")
            .await
            .write(Method::PUT, "/api/v1/admin/calendar/2026-11-25", &[], &free)
            .await;
        assert_eq!(put.status, 200, "{}", put.text());
        let ran = runner.run_due().await.unwrap();
        assert!(ran.contains(&("recalculate", 1)), "{ran:?}");
        let after: CaseView = author.get(&path).await.ok();
        assert_eq!(
            after.due_at,
            before.due_at.map(|due| due + DAY),
            "one work day less, one day later"
        );
        let entry = after
            .timeline
            .iter()
            .find(|entry| entry.kind == EventKind::Recalculated);
        assert!(entry.is_some(), "the author sees that the date moved");

        // A limit of the category: what is open follows, and a second run finds nothing more.
        let longer = json!({ "category": "c-transport.lamp", "value": "20wd" });
        let put = app
            .staff("admin")
            .await
            .write(Method::PUT, "/api/v1/admin/limits/answer_normal", &[], &longer)
            .await;
        assert_eq!(put.status, 200, "{}", put.text());
        assert!(runner.run_due().await.unwrap().contains(&("recalculate", 1)));
        assert!(runner.run_due().await.unwrap().contains(&("recalculate", 0)));
        let last: CaseView = author.get(&path).await.ok();
        assert_eq!(
            last.due_at,
            after.due_at.map(|due| due + 7 * DAY),
            "five work days more"
        );
        assert_eq!(store.verify_all_chains().await.unwrap(), vec![]);
    }
);

liaison_store::db_test!(
    async fn a_limit_changed_in_the_configuration_file_moves_open_dates_once(store: TestStore) {
        let app = open(&store).await;
        let mut author = app.resident(PHONE).await;
        let receipt = submit(&mut author, "one").await;
        assigned(&app, &receipt.id).await;
        let path = format!("/api/v1/messages/{}", receipt.no);
        let recalculated = async |runner: &Runner| {
            let ran = runner.run_due().await.unwrap();
            let job = ran.into_iter().find(|(name, _)| *name == "recalculate");
            job.expect("the job ran").1
        };
        let old = Runner::new(app.state.clone());
        app.state.bring_rules().await.unwrap();
        assert_eq!(recalculated(&old).await, 0, "the first start changes nothing");
        let before: CaseView = author.get(&path).await.ok();

        // One server after the other is replaced; the file now says five work days more.
        let file = [("demo.enabled", "true"), ("limits.answer_normal", "20wd")];
        let (new, newer) = (app.another(&file), app.another(&file));
        new.read_rules().await.unwrap();
        newer.read_rules().await.unwrap();
        let (one, two) = tokio::join!(new.bring_rules(), newer.bring_rules());
        (one.unwrap(), two.unwrap());
        assert_eq!(
            recalculated(&old).await,
            0,
            "the old configuration does not count any more"
        );
        let same: CaseView = author.get(&path).await.ok();
        assert_eq!((same.version, same.due_at), (before.version, before.due_at));
        let (one, two) = (Runner::new(new.clone()), Runner::new(newer));
        assert_eq!(recalculated(&one).await, 1);
        assert_eq!(recalculated(&two).await, 0, "of several servers one does it");
        let after: CaseView = author.get(&path).await.ok();
        assert_eq!(after.due_at, before.due_at.map(|due| due + 7 * DAY));
        let moved = |view: &CaseView| {
            let entries = view.timeline.iter();
            entries.filter(|entry| entry.kind == EventKind::Recalculated).count()
        };
        assert_eq!(moved(&after), 1, "the author reads it once");

        // The same file at the next start is no change.
        let again = app.another(&file);
        again.read_rules().await.unwrap();
        again.bring_rules().await.unwrap();
        let counted = store
            .revision_of(liaison_store::settings::Changed::Limits)
            .await
            .unwrap();
        assert_eq!(recalculated(&Runner::new(again)).await, 0);
        new.bring_rules().await.unwrap();
        let unchanged = store
            .revision_of(liaison_store::settings::Changed::Limits)
            .await
            .unwrap();
        assert_eq!(counted, unchanged);

        // The way back is a change too.
        app.state.bring_rules().await.unwrap();
        assert_eq!(recalculated(&old).await, 1);
        let back: CaseView = author.get(&path).await.ok();
        assert_eq!((back.due_at, moved(&back)), (before.due_at, 2));
        assert_eq!(store.verify_all_chains().await.unwrap(), vec![]);
    }
);
