use crate::*;
use liaison_store::testing::{postgres_empty, sqlite_empty};

async fn from_empty(store: TestStore) {
    store.migrate().await.expect("migrations run from empty");
    store.migrate().await.expect("and do nothing the second time");
    settle(&store).await;
    assert_eq!(store.stations(None, None).await.expect("stations").len(), 2);
    store.reset().await.expect("a reset empties it");
    assert!(store.stations(None, None).await.expect("stations").is_empty());
    settle(&store).await;
}

#[tokio::test]
async fn the_schema_grows_from_empty_on_sqlite() {
    from_empty(sqlite_empty().await).await;
}

#[tokio::test]
async fn the_schema_grows_from_empty_on_postgres() {
    from_empty(postgres_empty().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_may_start_at_once() {
    let first = postgres_empty().await;
    let second = Store::connect(&first.url).await.expect("a second server connects");
    let (one, other) = tokio::join!(first.migrate(), second.migrate());
    one.expect("the first migrates");
    other.expect("the second waits and finds nothing to do");
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    let error = Store::connect("mysql://localhost/x")
        .await
        .expect_err("not one of ours");
    assert!(error.to_string().contains("sqlite: or postgres:"), "{error}");
}

db_test!(
    async fn districts_do_not_see_each_other(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let kept = desk.submit(&letter()).await;
        store
            .ensure_tenant("t2", "other", "他区", "TQ", 0)
            .await
            .expect("another district");
        let other = store.for_tenant("t2");
        assert_eq!(other.load(&kept.id).await.expect("an answer"), None);
        assert_eq!(other.by_no(&kept.no).await.expect("an answer"), None);
        settle(&other).await;
        let there = Desk {
            store: &other,
            now: desk.now,
            calendar: desk.calendar.clone(),
            limits: desk.limits.clone(),
        };
        assert_eq!(
            there.try_submit(&letter()).await.expect("kept").no,
            "TQ-2026-000001",
            "each district counts for itself"
        );
    }
);

#[tokio::test]
async fn what_is_acknowledged_is_on_disk() {
    let sqlite = liaison_store::testing::sqlite().await;
    let ask = |sql: &'static str| sqlite.ask(sql);
    assert_eq!(
        ask("SELECT journal_mode FROM pragma_journal_mode")
            .await
            .expect("an answer"),
        "wal"
    );
    assert_eq!(
        ask("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous")
            .await
            .expect("an answer"),
        "2",
        "FULL"
    );
    assert_eq!(
        ask("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys")
            .await
            .expect("an answer"),
        "1"
    );
    // The tests' own cluster is started with `synchronous_commit=off`: the store must not accept that.
    let postgres = liaison_store::testing::postgres().await;
    assert_eq!(
        postgres
            .ask("SELECT current_setting('synchronous_commit')")
            .await
            .expect("an answer"),
        "on"
    );
    sqlite.ping().await.expect("it answers");
    postgres.ping().await.expect("it answers");
}
