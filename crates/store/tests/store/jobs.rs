use crate::*;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, WorkCalendar, demo_calendar};
use liaison_store::directory::SpecialDay;
use liaison_store::jobs::JobState;
use liaison_store::settings::Changed;

const MINUTE: i64 = 60_000;

async fn job(store: &Store) -> JobState {
    store.job("clock").await.expect("an answer").expect("the job is known")
}

db_test!(
    async fn of_two_servers_one_runs_a_job(store: TestStore) {
        let now = monday();
        for _ in 0..2 {
            store.enter_job("clock", now).await.expect("entered once");
        }
        assert_eq!(store.jobs().await.expect("a list").len(), 1);
        let (one, other) = tokio::join!(
            store.lease_job("clock", "one", now, now + MINUTE),
            store.lease_job("clock", "other", now, now + MINUTE)
        );
        let (one, other) = (one.expect("an answer"), other.expect("an answer"));
        assert!(one != other, "exactly one has it");
        let (winner, loser) = if one { ("one", "other") } else { ("other", "one") };
        assert!(job(&store).await.is_running(now));
        let keep = |by: &'static str| store.keep_job("clock", by, now + 2 * MINUTE, None);
        assert!(!keep(loser).await.expect("an answer"));
        assert!(keep(winner).await.expect("an answer"));
        assert!(
            !store
                .end_job("clock", loser, now, now + MINUTE, None)
                .await
                .expect("an answer"),
            "who does not have it cannot end it"
        );
        assert!(
            store
                .end_job("clock", winner, now, now + MINUTE, None)
                .await
                .expect("an answer")
        );
        assert!(!job(&store).await.is_due(now));
        assert!(
            !store
                .lease_job("clock", loser, now, now + MINUTE)
                .await
                .expect("an answer"),
            "done for now"
        );
        assert!(
            store
                .lease_job("clock", loser, now + MINUTE, now + 2 * MINUTE)
                .await
                .expect("an answer")
        );
    }
);

db_test!(
    async fn a_server_that_died_loses_the_job_when_its_lease_ends(store: TestStore) {
        let now = monday();
        store.enter_job("clock", now).await.expect("entered");
        assert!(
            store
                .lease_job("clock", "dead", now, now + MINUTE)
                .await
                .expect("an answer")
        );
        assert!(
            store
                .keep_job("clock", "dead", now + MINUTE, Some("half"))
                .await
                .expect("an answer")
        );
        assert!(
            !store
                .lease_job("clock", "next", now + MINUTE - 1, now + DAY_MS)
                .await
                .expect("an answer")
        );
        assert!(
            store
                .lease_job("clock", "next", now + MINUTE, now + DAY_MS)
                .await
                .expect("an answer")
        );
        assert_eq!(
            store.job_progress("clock").await.expect("an answer").as_deref(),
            Some("half"),
            "the next one goes on where it stopped"
        );
        assert!(
            !store
                .keep_job("clock", "dead", now + DAY_MS, Some("back"))
                .await
                .expect("an answer"),
            "who comes back from the dead learns it"
        );
        store.let_jobs_go("next").await.expect("given back");
        assert!(job(&store).await.is_due(now + MINUTE));
    }
);

db_test!(
    async fn what_went_wrong_is_kept_until_it_went_well(store: TestStore) {
        let now = monday();
        store.enter_job("clock", now).await.expect("entered");
        let mut at = now;
        for error in [Some("the disk is full"), Some("still"), None] {
            assert!(
                store
                    .lease_job("clock", "one", at, at + MINUTE)
                    .await
                    .expect("an answer")
            );
            assert!(
                store
                    .end_job("clock", "one", at, at + MINUTE, error)
                    .await
                    .expect("an answer")
            );
            let after = job(&store).await;
            assert_eq!(after.last_error.as_deref(), error);
            assert_eq!(after.last_done_at, error.is_none().then_some(at));
            assert_eq!(after.leased_by, None);
            at += MINUTE;
        }
        assert_eq!(job(&store).await.runs, 3);
    }
);

/// Looks as the job does; tells how many entries came.
async fn remind(desk: &Desk<'_>) -> u64 {
    let mut told = 0;
    loop {
        let ctx = desk.ctx(Actor::system());
        let done = desk.store.remind_due(&ctx, 2).await.expect("a look");
        told += done.told;
        if done.letters < 2 {
            return told;
        }
    }
}

async fn told(store: &TestStore, kind: &str) -> String {
    let sql = format!(
        "SELECT CAST(COUNT(*) AS TEXT) || ' ' || COALESCE(MIN(account_id), '') FROM notice WHERE kind = '{kind}'"
    );
    store.ask(&sql).await.expect("a count")
}

db_test!(
    async fn a_unit_is_reminded_once_at_each_share_of_its_time(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        desk.calendar = demo_calendar();
        let mut letters = Vec::new();
        for _ in 0..3 {
            letters.push(desk.in_progress().await);
        }
        assert_eq!(remind(&desk).await, 0, "nothing at once");
        let due = letters[0].lead_task().expect("a task").due_at;
        while desk.now < due + DAY_MS {
            desk.now += 6 * HOUR_MS;
            remind(&desk).await;
        }
        assert_eq!(
            told(&store, "half_time").await,
            "6 acc-unit-a",
            "lead and co-unit, three letters"
        );
        assert_eq!(told(&store, "most_time").await, "6 acc-unit-a");
        assert_eq!(
            told(&store, "time_up").await,
            "12 acc-officer",
            "of the lead's, the two officers hear too"
        );
        desk.now += 30 * DAY_MS;
        remind(&desk).await;
        assert_eq!(told(&store, "time_up").await, "12 acc-officer", "never twice");
        let left = store
            .ask("SELECT CAST(COUNT(*) AS TEXT) FROM message WHERE remind_at IS NOT NULL")
            .await;
        assert_eq!(left.expect("a count"), "0", "nothing more is to come");
    }
);

fn off(date: &str) -> SpecialDay {
    SpecialDay {
        date: id(date),
        is_workday: false,
        name: id("放假"),
    }
}

db_test!(
    async fn a_changed_calendar_is_counted_and_takes_the_nations_days_over(store: TestStore) {
        let before = WorkCalendar {
            holidays: [Date::new(2026, 10, 1).expect("a date")].into(),
            make_up_days: [Date::new(2026, 10, 10).expect("a date")].into(),
        };
        let revision = store.rules_revision().await.expect("a count");
        store
            .change_calendar(&[off("2026-03-09")], &[], &before)
            .await
            .expect("kept");
        let days = store.special_days().await.expect("days");
        let dates: Vec<&str> = days.iter().map(|day| day.date.as_str()).collect();
        assert_eq!(dates, ["2026-03-09", "2026-10-01", "2026-10-10"]);
        store
            .change_calendar(&[], &[id("2026-10-01")], &before)
            .await
            .expect("kept");
        assert_eq!(store.special_days().await.expect("days").len(), 2, "it has its own now");
        assert_eq!(store.rules_revision().await.expect("a count"), revision + 2);
        assert_eq!(store.revision_of(Changed::Calendar).await.expect("a count"), 2);
        store
            .set_limit("", "sign", Some("3wd"), "acc-officer", monday())
            .await
            .expect("kept");
        assert_eq!(store.revision_of(Changed::Calendar).await.expect("a count"), 2);
        assert_eq!(store.revision_of(Changed::Limits).await.expect("a count"), 1);
    }
);

db_test!(
    async fn open_letters_move_with_the_calendar_and_their_log_says_so(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let moved = desk.in_progress().await;
        let closed = desk.answered().await;
        desk.act(
            &closed.id,
            author(),
            CaseEvent::RatedOk {
                rating: rating(5, Solved::Yes),
            },
        )
        .await;
        let other = desk.in_progress().await;
        let open = store.open_letters("", 10).await.expect("ids");
        assert_eq!(open.len(), 2, "what is closed stays as it is");
        assert_eq!(store.open_letters(&open[0], 10).await.expect("ids"), open[1..]);
        assert!(
            !store
                .recalculate(&moved.id, "calendar", &desk.ctx(Actor::system()))
                .await
                .expect("an answer")
        );
        desk.calendar.holidays.insert(Date::new(2026, 3, 9).expect("a date"));
        for letter in [&moved.id, &other.id] {
            assert!(
                store
                    .recalculate(letter, "calendar", &desk.ctx(Actor::system()))
                    .await
                    .expect("an answer")
            );
            assert!(
                !store
                    .recalculate(letter, "calendar", &desk.ctx(Actor::system()))
                    .await
                    .expect("an answer")
            );
        }
        let after = desk.load(&moved.id).await.case;
        assert!(after.due_at > moved.due_at && after.tasks[0].due_at > moved.tasks[0].due_at);
        let last = store.events(&moved.id).await.expect("events").pop().expect("an event");
        assert_eq!(last.event.kind(), EventKind::Recalculated);
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn letters_that_wait_for_their_grace_hide_no_others(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let unsigned = desk.submit(&letter()).await;
        desk.act(&unsigned.id, officer(), accept()).await;
        desk.act(&unsigned.id, officer(), assign()).await;
        // As if their moment had come long before, without anything that may happen yet.
        for _ in 0..3 {
            desk.answered().await;
        }
        store
            .vandalise("UPDATE message SET wake_at = 1 WHERE state = 'answered'")
            .await
            .expect("done");
        desk.now += 4 * DAY_MS;
        let due = store.due(&desk.ctx(Actor::system()), 1).await.expect("an answer");
        assert_eq!(
            due.first().map(|due| due.letter_id.as_str()),
            Some(unsigned.id.as_str())
        );
    }
);
