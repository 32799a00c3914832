use crate::*;
use liaison_store::Engine;

async fn unguard(store: &TestStore) {
    let drop = match store.engine() {
        Engine::Sqlite => "DROP TRIGGER message_event_no_update; DROP TRIGGER message_event_no_delete",
        Engine::Postgres => "ALTER TABLE message_event DISABLE TRIGGER ALL",
    };
    store.vandalise(drop).await.expect("the guard is gone");
}

db_test!(
    async fn the_log_can_only_grow(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        desk.in_progress().await;
        for sql in [
            "UPDATE message_event SET at = 0",
            "DELETE FROM message_event",
            "UPDATE message_event SET hash = hash",
        ] {
            let error = store.vandalise(sql).await.expect_err("the trigger refuses");
            assert!(error.contains("append-only"), "{error}");
        }
        if store.engine() == Engine::Postgres {
            store
                .vandalise("TRUNCATE message_event")
                .await
                .expect_err("nor all at once");
        }
    }
);

db_test!(
    async fn a_flipped_byte_is_named(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        let other = desk.in_progress().await;
        unguard(&store).await;
        let touched = store
            .vandalise(&format!(
                "UPDATE message_event SET data = REPLACE(data, '王工', '李工') WHERE message_id = '{}' AND seq = 4",
                case.id
            ))
            .await
            .expect("a row is changed");
        assert_eq!(touched, 1);
        let faults = store.verify_all_chains().await.expect("a check");
        let named = faults
            .iter()
            .find(|f| f.kind == FaultKind::Altered)
            .expect("the row is named");
        assert_eq!((named.letter_id.as_str(), named.seq), (case.id.as_str(), Some(4)));
        assert!(faults.iter().all(|f| f.letter_id != other.id), "and only it");
    }
);

db_test!(
    async fn a_column_that_lies_about_its_record_is_named(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        unguard(&store).await;
        store
            .vandalise("UPDATE message_event SET actor_role = 'admin' WHERE seq = 2")
            .await
            .expect("changed");
        let faults = store.verify_chain(&case.id).await.expect("a check");
        assert_eq!(
            faults.iter().map(|f| (f.seq, f.kind)).collect::<Vec<_>>(),
            [(Some(2), FaultKind::Altered)]
        );
    }
);

db_test!(
    async fn a_missing_row_is_named_wherever_it_stood(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let (middle, end) = (desk.in_progress().await, desk.in_progress().await);
        unguard(&store).await;
        store
            .vandalise(&format!(
                "DELETE FROM message_event WHERE message_id = '{}' AND seq = 3",
                middle.id
            ))
            .await
            .expect("gone");
        store
            .vandalise(&format!(
                "DELETE FROM message_event WHERE message_id = '{}' AND seq = 4",
                end.id
            ))
            .await
            .expect("gone");
        let faults = store.verify_chain(&middle.id).await.expect("a check");
        assert!(
            faults.iter().any(|f| f.kind == FaultKind::Missing && f.seq == Some(3)),
            "{faults:?}"
        );
        let faults = store.verify_chain(&end.id).await.expect("a check");
        assert!(
            faults.iter().any(|f| f.kind == FaultKind::End),
            "the last row cannot go unnoticed either: {faults:?}"
        );
    }
);

db_test!(
    async fn changed_words_are_noticed(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        store
            .vandalise("UPDATE message SET body = 'nothing happened'")
            .await
            .expect("changed");
        let faults = store.verify_chain(&case.id).await.expect("a check");
        assert_eq!(faults.iter().map(|f| f.kind).collect::<Vec<_>>(), [FaultKind::Words]);
    }
);

db_test!(
    async fn a_case_that_is_not_its_log_is_noticed(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        store
            .vandalise("UPDATE message SET snapshot = REPLACE(snapshot, 'in_progress', 'closed')")
            .await
            .expect("changed");
        let faults = store.verify_chain(&case.id).await.expect("a check");
        assert_eq!(faults.iter().map(|f| f.kind).collect::<Vec<_>>(), [FaultKind::Snapshot]);
    }
);
