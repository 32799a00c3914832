//! What goes out: planned once, sent by one, tried again, dead.

use crate::*;
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, date_of};
use liaison_domain::notify::{Kind, OutboxState, Preferences};
use liaison_domain::{Id, Millis};
use liaison_store::outbox::{Decision, Leased, NewMessage, Waiting};

const RESIDENT: &str = "acc-resident";

fn day(at: Millis) -> Millis {
    date_of(at).start()
}

/// Everything that waits becomes one message by mail.
fn all(waiting: &Waiting) -> Decision {
    let (void, told): (Vec<_>, Vec<_>) = waiting.open.iter().partition(|notice| notice.void);
    let ids =
        |notices: Vec<&liaison_domain::notify::OpenNotice>| notices.iter().map(|n| n.id.clone()).collect::<Vec<Id>>();
    Decision {
        messages: (!told.is_empty())
            .then(|| NewMessage {
                channel: "email".to_owned(),
                subject: "您的意见有新进展".to_owned(),
                body: "……".to_owned(),
                letter_id: None,
                notices: told.len() as u64,
                urgent: false,
            })
            .into_iter()
            .collect(),
        told: ids(told),
        silent: ids(void),
    }
}

async fn waiting(store: &Store, now: Millis) -> Waiting {
    store
        .waiting(RESIDENT, day(now))
        .await
        .expect("an answer")
        .expect("an account")
}

/// A message that waits to be sent.
async fn one_message(store: &Store) -> Millis {
    let mut desk = Desk::open(store).await;
    let letter = desk.submit(&letter()).await;
    desk.act(&letter.id, officer(), accept()).await;
    let now = desk.now;
    let planned = store
        .plan_messages(RESIDENT, day(now), now, all)
        .await
        .expect("planned");
    assert_eq!(planned, 1);
    now
}

async fn lease(store: &Store, now: Millis) -> Vec<Leased> {
    store
        .lease_messages(now, now + 5 * MINUTE_MS, 10)
        .await
        .expect("an answer")
}

async fn counts(store: &Store) -> Vec<u64> {
    store.outbox_counts().await.expect("counts")
}

db_test!(
    async fn what_waits_is_planned_once_however_many_plan(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let letter = desk.submit(&letter()).await;
        desk.act(&letter.id, officer(), accept()).await;
        let now = desk.now;
        let accounts = store.accounts_waiting("", 100).await.expect("accounts");
        assert!(accounts.contains(&id(RESIDENT)), "{accounts:?}");
        let before = waiting(&store, now).await;
        assert!(
            before
                .open
                .iter()
                .any(|n| n.kind == Kind::Event(EventKind::Accept) && !n.void)
        );
        assert_eq!(before.numbers.get(&letter.id), Some(&letter.no));
        assert!(before.told_today.is_empty());
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let store = store.store.clone();
                tokio::spawn(async move {
                    store
                        .plan_messages(RESIDENT, day(now), now, all)
                        .await
                        .expect("planned")
                })
            })
            .collect();
        let mut planned = 0;
        for task in tasks {
            planned += task.await.expect("no panic");
        }
        assert_eq!(planned, 1);
        let after = waiting(&store, now).await;
        assert!(after.open.is_empty());
        assert!(after.told_today.contains(&letter.id));
        assert!(
            waiting(&store, now + DAY_MS).await.told_today.is_empty(),
            "tomorrow is another day"
        );
    }
);

db_test!(
    async fn two_workers_send_a_message_once(store: TestStore) {
        let now = one_message(&store).await;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let store = store.store.clone();
                tokio::spawn(async move { lease(&store, now).await })
            })
            .collect();
        let mut taken = Vec::new();
        for task in tasks {
            taken.extend(task.await.expect("no panic"));
        }
        assert_eq!(taken.len(), 1);
        assert_eq!((taken[0].attempts, taken[0].to.account_id.as_str()), (1, RESIDENT));
        assert!(store.message_sent(&taken[0], now).await.expect("marked"));
        assert!(!store.message_sent(&taken[0], now).await.expect("an answer"), "once");
        assert_eq!(counts(&store).await, [0, 1, 0]);
    }
);

db_test!(
    async fn a_server_that_died_while_sending_leaves_the_message_to_the_next(store: TestStore) {
        let now = one_message(&store).await;
        let first = lease(&store, now).await.remove(0);
        assert!(
            lease(&store, now + 4 * MINUTE_MS).await.is_empty(),
            "the lease still holds"
        );
        let second = lease(&store, now + 5 * MINUTE_MS).await.remove(0);
        assert_eq!(
            (&second.id, second.attempts),
            (&first.id, 2),
            "the same key: at least once"
        );
        assert!(
            !store.message_dead(&first, "too late").await.expect("an answer"),
            "the first has no say any more"
        );
        assert!(store.message_sent(&second, now + 5 * MINUTE_MS).await.expect("marked"));
    }
);

db_test!(
    async fn a_failed_message_comes_again_and_dies_and_is_revived(store: TestStore) {
        let now = one_message(&store).await;
        let leased = lease(&store, now).await.remove(0);
        let again = now + HOUR_MS;
        assert!(store.message_again(&leased, again, "busy").await.expect("marked"));
        assert!(lease(&store, again - 1).await.is_empty());
        let leased = lease(&store, again).await.remove(0);
        assert_eq!(leased.attempts, 2);
        assert!(store.message_later(&leased, again + 1).await.expect("marked"));
        let leased = lease(&store, again + 1).await.remove(0);
        assert_eq!(leased.attempts, 2, "waiting was no try");
        assert!(store.message_dead(&leased, "no such mailbox").await.expect("marked"));
        assert!(lease(&store, again + DAY_MS).await.is_empty());
        assert_eq!(counts(&store).await, [0, 0, 1]);
        let rows = store.outbox(OutboxState::Dead, 10).await.expect("rows");
        assert_eq!(
            (rows[0].last_error.as_deref(), rows[0].attempts, rows[0].role),
            (Some("no such mailbox"), 2, Role::Resident)
        );
        assert!(store.retry_message(&rows[0].id, again).await.expect("revived"));
        assert!(
            !store.retry_message(&rows[0].id, again).await.expect("an answer"),
            "it is not dead"
        );
        assert_eq!(lease(&store, again).await.remove(0).attempts, 1);
    }
);

db_test!(
    async fn what_was_taken_back_before_it_went_out_is_void_on_both_sides(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let letter = desk.submit(&letter()).await;
        let now = desk.now;
        store
            .plan_messages(RESIDENT, day(now), now, all)
            .await
            .expect("planned");
        desk.act(&letter.id, officer(), accept()).await;
        desk.now += MINUTE_MS;
        desk.act(&letter.id, officer(), CaseEvent::Undo {}).await;
        let open = waiting(&store, desk.now).await.open;
        assert!(open.len() == 2 && open.iter().all(|notice| notice.void), "{open:?}");

        store
            .plan_messages(RESIDENT, day(now), now, all)
            .await
            .expect("planned");
        desk.now += MINUTE_MS;
        desk.act(&letter.id, officer(), accept()).await;
        store
            .plan_messages(RESIDENT, day(now), now, all)
            .await
            .expect("planned");
        desk.now += MINUTE_MS;
        desk.act(&letter.id, officer(), CaseEvent::Undo {}).await;
        let open = waiting(&store, desk.now).await.open;
        assert_eq!(open.len(), 1);
        assert!(!open[0].void, "who was told of the step is told that it was taken back");
    }
);

db_test!(
    async fn a_person_keeps_where_and_how_to_be_told(store: TestStore) {
        settle(&store).await;
        let own = Preferences {
            sms: false,
            ..Preferences::default()
        };
        store
            .put_contact("acc-officer", Some("clerk@station.example"), &own)
            .await
            .expect("kept");
        let to = store
            .waiting("acc-officer", 0)
            .await
            .expect("an answer")
            .expect("an account")
            .to;
        assert_eq!(
            (to.email.as_deref(), to.preferences),
            (Some("clerk@station.example"), own)
        );
        assert_eq!(store.waiting("nobody", 0).await.expect("an answer"), None);
        let contact = store.contact("acc-officer").await.expect("an answer");
        assert_eq!(
            contact.and_then(|to| to.email).as_deref(),
            Some("clerk@station.example")
        );
        assert_eq!(store.contact("nobody").await.expect("an answer"), None);
    }
);

db_test!(
    async fn without_a_channel_nothing_waits(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        desk.submit(&letter()).await;
        assert!(store.silence().await.expect("an answer") > 0);
        assert!(store.accounts_waiting("", 100).await.expect("accounts").is_empty());
        assert_eq!(counts(&store).await, [0, 0, 0]);
    }
);

db_test!(
    async fn what_was_sent_long_ago_goes_and_what_could_not_be_sent_stays(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut leased = Vec::new();
        for _ in 0..5 {
            let letter = desk.submit(&letter()).await;
            desk.act(&letter.id, officer(), accept()).await;
            let planned = store.plan_messages(RESIDENT, day(desk.now), desk.now, all).await;
            assert_eq!(planned.expect("planned"), 1);
            if leased.len() < 4 {
                let taken = store.lease_messages(desk.now, desk.now + DAY_MS, 10).await;
                leased.extend(taken.expect("an answer"));
            }
        }
        let now = desk.now;
        let [early, second, dead, late] = leased.as_slice() else {
            panic!("four were taken: {leased:?}")
        };
        for (message, sent_at) in [(early, now), (second, now + 1), (late, now + DAY_MS)] {
            assert!(store.message_sent(message, sent_at).await.expect("an answer"));
        }
        assert!(store.message_dead(dead, "smtp_550").await.expect("an answer"));
        assert_eq!(counts(&store).await, [1, 3, 1]);
        let gone = async |before: Millis, most: u64| store.remove_sent(before, most).await.expect("removed");
        assert_eq!(gone(now, 10).await, 0, "sent at that very moment");
        assert_eq!(gone(now + DAY_MS, 1).await, 1, "one at a time");
        assert_eq!(gone(now + DAY_MS, 10).await, 1);
        assert_eq!(gone(now + DAY_MS, 10).await, 0);
        assert_eq!(counts(&store).await, [1, 1, 1]);
        assert_eq!(gone(now + 365 * DAY_MS, 10).await, 1);
        assert_eq!(
            counts(&store).await,
            [1, 0, 1],
            "who waits and who is dead stay for ever"
        );
    }
);
