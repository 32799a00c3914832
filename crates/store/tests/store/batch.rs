//! Many letters in one transaction, and what is told about public changes.

use crate::*;
use liaison_domain::dto::CaseFilter;
use liaison_domain::lifecycle::{CaseEvent, CaseState};

db_test!(
    async fn a_batch_keeps_what_single_calls_keep_once_it_is_committed(store: TestStore) {
        let desk = Desk::open(&store).await;
        let batch = store.batch().await.expect("a transaction");
        let one = batch.submit(&letter(), &desk.ctx(author())).await.expect("a letter");
        let other = batch.submit(&letter(), &desk.ctx(author())).await.expect("a letter");
        let acted = batch
            .act(&one.id, &accept(), &desk.ctx(officer()))
            .await
            .expect("an event");
        assert_eq!(acted.case.state, CaseState::Accepted);
        assert_ne!(one.no, other.no);
        batch.commit().await.expect("everything at once");

        let kept = desk.load(&one.id).await;
        assert_eq!(kept.case, acted.case);
        assert_eq!(store.verify_all_chains().await.expect("an answer"), []);
    }
);

db_test!(
    async fn of_a_batch_that_is_dropped_nothing_stays(store: TestStore) {
        let desk = Desk::open(&store).await;
        let batch = store.batch().await.expect("a transaction");
        let lost = batch.submit(&letter(), &desk.ctx(author())).await.expect("a letter");
        drop(batch);
        let next = desk.try_submit(&letter()).await.expect("a letter");
        assert_eq!(next.no, lost.no, "its number is free again");
        assert!(store.load(&lost.id).await.expect("an answer").is_none());
    }
);

db_test!(
    async fn only_what_everybody_reads_raises_the_public_revision(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let elsewhere = liaison_store::Store::connect(&store.url).await.expect("another server");
        let case = desk.answered().await;
        let quiet = (store.public_revision().await.expect("a count"), store.public_changes());
        desk.act(&case.id, officer(), CaseEvent::ProposeCopy { copy: copy() })
            .await;
        desk.act(&case.id, author(), CaseEvent::CopyApproved {}).await;
        assert_eq!(
            (store.public_revision().await.expect("a count"), store.public_changes()),
            quiet,
            "a copy that waits is nobody's business yet"
        );

        desk.act(&case.id, officer(), CaseEvent::Publish {}).await;
        let public = store.public_revision().await.expect("a count");
        assert!(public > quiet.0 && store.public_changes() > quiet.1);
        assert_eq!(elsewhere.public_revision().await.expect("a count"), public);

        let reason = id("写到了别人的姓名");
        desk.act(&case.id, officer(), CaseEvent::Hide { reason }).await;
        assert!(elsewhere.public_revision().await.expect("a count") > public);
        let page = store.publications(&CaseFilter::default(), 20).await.expect("a page");
        assert!(page.items.is_empty());

        store
            .put_area(&area("1003", "street", "松径街道", Some("10")), 9)
            .await
            .expect("an area");
        assert!(
            elsewhere.public_revision().await.expect("a count") > public + 1,
            "the directory too"
        );
    }
);

db_test!(
    async fn counts_end_where_nobody_counts_any_more(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        desk.submit(&letter()).await;
        desk.published().await;
        // One letter a thousand times: what is counted is rows.
        for (table, key) in [("message", "id"), ("publication", "message_id")] {
            let columns = columns(&store, table).await;
            let selected = columns.iter().map(|name| match name.as_str() {
                n if n == key || n == "no" => format!("{n} || '-' || CAST(i AS TEXT)"),
                n => n.to_owned(),
            });
            let copies = format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1005)
                 INSERT INTO {table} ({}) SELECT {} FROM {table}, n",
                columns.join(", "),
                selected.collect::<Vec<_>>().join(", ")
            );
            store.vandalise(&copies).await.expect("copies");
        }
        let slice = |q| liaison_store::queues::Slice {
            lane: "new",
            q,
            cursor: None,
            limit: 20,
            filter: liaison_store::queues::Filter::default(),
        };
        for q in [None, Some("电梯")] {
            let queue = store
                .office_queue(None, slice(q), desk.now)
                .await
                .expect("an answer")
                .expect("a lane");
            assert_eq!((queue.total, queue.items.len()), (1000, 20), "{q:?}");
        }
        let queue = store
            .office_queue(None, slice(None), desk.now)
            .await
            .expect("an answer")
            .expect("a lane");
        let new = queue.lanes.iter().find(|lane| lane.lane == "new").expect("the lane");
        assert_eq!(new.count, 1000);
        let mut filter = CaseFilter {
            q: Some(id("电梯")),
            ..CaseFilter::default()
        };
        let found = store.publications(&filter, 20).await.expect("a page");
        assert_eq!((found.total, found.items.len()), (1000, 20));
        // Counting ends; paging does not.
        let mut seen = found.items.len();
        filter.cursor = found.next_cursor;
        while filter.cursor.is_some() {
            let page = store.publications(&filter, 200).await.expect("a page");
            seen += page.items.len();
            filter.cursor = page.next_cursor;
        }
        assert_eq!(seen, 1006);
        let all = store.publications(&CaseFilter::default(), 20).await.expect("a page");
        assert_eq!(all.total, 1006, "the whole list is counted to its end");
    }
);

/// Columns that can be written.
async fn columns(store: &TestStore, table: &str) -> Vec<String> {
    let sql = match store.engine() {
        liaison_store::Engine::Sqlite => format!("SELECT group_concat(name) FROM pragma_table_info('{table}')"),
        liaison_store::Engine::Postgres => format!(
            "SELECT string_agg(column_name, ',') FROM information_schema.columns
             WHERE table_name = '{table}' AND is_generated = 'NEVER'"
        ),
    };
    let names = store.ask(&sql).await.expect("columns");
    names.split(',').map(str::to_owned).collect()
}
