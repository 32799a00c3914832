use crate::*;
use liaison_store::inbox::Seen;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Whether something is there now, without waiting for it.
fn is_ready(future: impl Future) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    !matches!(pin!(future).poll(&mut context), Poll::Pending)
}

db_test!(
    async fn whoever_waits_hears_after_the_commit_and_others_do_not(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut office = store.listen("acc-officer", 2).expect("a line");
        let mut unit = store.listen("acc-unit-a", 2).expect("a line");
        assert!(!is_ready(office.news()), "silence");
        let new = desk.submit(&letter()).await;
        assert!(office.news().await);
        assert_eq!(store.notice_count("acc-officer").await.expect("a count").unread, 1);
        assert!(!is_ready(unit.news()), "not their letter");
        let refused = desk.try_act(&new.id, officer(), &assign()).await;
        assert!(refused.is_err());
        assert!(!is_ready(unit.news()), "what was not kept is not told");
        store
            .mark_read("acc-officer", Seen::About(&new.id), desk.now)
            .await
            .expect("read");
        assert!(office.news().await, "another screen of the same clerk counts down");
    }
);

db_test!(
    async fn lines_of_an_account_are_counted_and_end_together(store: TestStore) {
        let first = store.listen("acc-officer", 2).expect("a line");
        let mut second = store.listen("acc-officer", 2).expect("a line");
        assert!(store.listen("acc-officer", 2).is_none(), "no third one");
        assert!(store.listen("acc-second", 2).is_some(), "others have their own");
        drop(first);
        let mut third = store.listen("acc-officer", 2).expect("there is room again");
        store.hang_up();
        assert!(!second.news().await && !third.news().await, "the server stops");
    }
);

db_test!(
    async fn a_session_that_ends_makes_its_lines_look(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let token = store
            .create_session(Some("acc-lu"), now, now + 1000, now + 1000)
            .await
            .expect("a session");
        let mut line = store.listen("acc-lu", 2).expect("a line");
        store.revoke_session(&token).await.expect("revoked");
        assert!(line.news().await);
        store.revoke_sessions_of("acc-lu").await.expect("revoked");
        assert!(line.news().await);
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn one_server_hears_what_happens_in_another_on_postgres() {
    let one = liaison_store::testing::postgres().await;
    let other = Store::connect(&one.url).await.expect("a second server connects");
    let mut desk = Desk::open(&one).await;
    let mut here = one.listen("acc-officer", 2).expect("a line");
    let mut there = other.listen("acc-officer", 2).expect("a line");
    let exchanges = [one.store.clone(), other.clone()].map(|store| {
        tokio::spawn(async move {
            store.exchange_news().await;
        })
    });
    // Everybody is told to look once the servers hear each other.
    assert!(here.news().await && there.news().await);
    desk.submit(&letter()).await;
    assert!(here.news().await && there.news().await);
    assert_eq!(other.notice_count("acc-officer").await.expect("a count").unread, 1);

    // The line is cut: it comes back by itself, and everybody looks.
    one.vandalise("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%' AND pid <> pg_backend_pid()")
        .await
        .expect("the lines are cut");
    assert!(there.news().await);
    desk.submit(&letter()).await;
    assert!(there.news().await);
    for exchange in exchanges {
        exchange.abort();
    }
}
