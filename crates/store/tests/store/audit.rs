//! A vandal at the database, and what a check finds of it. The guard has to be taken off first, and that is found too.

use crate::*;
use liaison_store::Engine;

async fn unguard(store: &TestStore) {
    let drop = match store.engine() {
        Engine::Sqlite => {
            "PRAGMA foreign_keys = OFF; DROP TRIGGER message_event_no_update; DROP TRIGGER message_event_no_delete"
        }
        Engine::Postgres => {
            "ALTER TABLE message_event DISABLE TRIGGER ALL; ALTER TABLE message DISABLE TRIGGER ALL;
             ALTER TABLE assignment DISABLE TRIGGER ALL; ALTER TABLE notice DISABLE TRIGGER ALL"
        }
    };
    store.vandalise(drop).await.expect("the guard is gone");
}

async fn spoil(store: &TestStore, sql: &str) {
    store
        .vandalise(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// What a check of everything finds, besides the guard that is off: number, place, kind.
async fn found(store: &TestStore) -> Vec<(Option<String>, Option<i64>, FaultKind)> {
    let all = store.verify_all_chains().await.expect("a check");
    let (guard, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|fault| fault.kind == FaultKind::Guard);
    assert_eq!(guard.len(), 1, "that the guard is off is found");
    others
        .into_iter()
        .map(|fault| (fault.no, fault.seq, fault.kind))
        .collect()
}

/// Three letters in progress; the middle one's number and id.
async fn three(store: &TestStore) -> (String, String) {
    let mut desk = Desk::open(store).await;
    desk.in_progress().await;
    let case = desk.in_progress().await;
    desk.in_progress().await;
    let no = desk.load(&case.id).await.no;
    assert_eq!(
        store.verify_all_chains().await.expect("a check"),
        vec![],
        "before the vandal comes"
    );
    unguard(store).await;
    (no, case.id)
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
    async fn a_changed_text_is_named(store: TestStore) {
        let (no, id) = three(&store).await;
        let change = format!(
            "UPDATE message_event SET data = REPLACE(data, '王工', '李工') WHERE message_id = '{id}' AND seq = 4"
        );
        assert_eq!(store.vandalise(&change).await, Ok(1));
        assert_eq!(found(&store).await, [(Some(no), Some(4), FaultKind::Altered)]);
    }
);

db_test!(
    async fn a_changed_actor_is_named(store: TestStore) {
        let (no, id) = three(&store).await;
        let of = format!("WHERE message_id = '{id}'");
        spoil(
            &store,
            &format!("UPDATE message_event SET actor_role = 'admin' {of} AND seq = 2"),
        )
        .await;
        let in_record = format!(
            "UPDATE message_event SET data = REPLACE(data, '\"role\":\"unit_officer\"', '\"role\":\"admin\"') {of} AND seq = 4"
        );
        assert_eq!(store.vandalise(&in_record).await, Ok(1));
        let no = Some(no);
        assert_eq!(
            found(&store).await,
            [
                (no.clone(), Some(2), FaultKind::Column("actor_role")),
                (no, Some(4), FaultKind::Altered)
            ]
        );
    }
);

db_test!(
    async fn events_that_changed_places_are_named_with_their_own(store: TestStore) {
        let (no, id) = three(&store).await;
        for (from, to) in [(3, -3), (2, 3), (-3, 2)] {
            spoil(
                &store,
                &format!("UPDATE message_event SET seq = {to} WHERE message_id = '{id}' AND seq = {from}"),
            )
            .await;
        }
        let no = Some(no);
        assert_eq!(
            found(&store).await,
            [
                (no.clone(), Some(2), FaultKind::Moved(3)),
                (no, Some(3), FaultKind::Moved(2))
            ]
        );
    }
);

db_test!(
    async fn an_event_taken_out_is_named_even_when_the_gap_is_closed(store: TestStore) {
        let (no, id) = three(&store).await;
        let of = format!("WHERE message_id = '{id}' AND seq =");
        spoil(&store, &format!("DELETE FROM message_event {of} 3")).await;
        let no = Some(no);
        assert_eq!(found(&store).await, [(no.clone(), Some(3), FaultKind::Missing)]);
        spoil(&store, &format!("UPDATE message_event SET seq = 3 {of} 4")).await;
        assert_eq!(
            found(&store).await,
            [
                (no.clone(), Some(3), FaultKind::Moved(4)),
                (no, Some(3), FaultKind::Missing)
            ]
        );
    }
);

db_test!(
    async fn the_last_event_cannot_go_unnoticed_either(store: TestStore) {
        let (no, id) = three(&store).await;
        spoil(
            &store,
            &format!("DELETE FROM message_event WHERE message_id = '{id}' AND seq = 4"),
        )
        .await;
        assert_eq!(found(&store).await, [(Some(no), Some(4), FaultKind::Missing)]);
    }
);

db_test!(
    async fn an_event_put_in_is_named_wherever_it_stands(store: TestStore) {
        let (no, id) = three(&store).await;
        let columns =
            "tenant_id, message_id, seq, at, actor_account_id, actor_role, type, from_state, to_state, visibility,
             data, prev_hash, hash";
        let copied = columns.replace("seq,", "5,");
        let copy = format!(
            "INSERT INTO message_event ({columns}) SELECT {copied} FROM message_event WHERE message_id = '{id}' AND seq = 2"
        );
        spoil(&store, &copy).await;
        let no = Some(no);
        assert_eq!(
            found(&store).await,
            [
                (no.clone(), Some(5), FaultKind::Moved(2)),
                (no, Some(5), FaultKind::Inserted)
            ],
            "a copy of the second event at the end"
        );
    }
);

db_test!(
    async fn an_event_replaced_by_another_with_a_hash_of_its_own_is_named(store: TestStore) {
        let (no, id) = three(&store).await;
        let read = |column: &str| format!("SELECT {column} FROM message_event WHERE message_id = '{id}' AND seq = 3");
        let forged = store
            .ask(&read("data"))
            .await
            .expect("a record")
            .replace("unit-a", "unit-b");
        let before = store.ask(&read("prev_hash")).await.expect("a hash");
        let hash = liaison_store::sha256_hex(format!("{before}\n{id}\n{forged}").as_bytes());
        let change = format!(
            "UPDATE message_event SET data = '{forged}', hash = '{hash}' WHERE message_id = '{id}' AND seq = 3"
        );
        assert_eq!(store.vandalise(&change).await, Ok(1));
        assert_eq!(found(&store).await, [(Some(no), Some(3), FaultKind::Replaced)]);
    }
);

db_test!(
    async fn a_letter_that_is_gone_is_named_by_its_number(store: TestStore) {
        let (no, id) = three(&store).await;
        for table in ["message_event", "assignment", "notice"] {
            spoil(&store, &format!("DELETE FROM {table} WHERE message_id = '{id}'")).await;
        }
        let log_gone: Vec<_> = (1..=4)
            .map(|seq| (Some(no.clone()), Some(seq), FaultKind::Missing))
            .collect();
        assert_eq!(found(&store).await, log_gone, "its log alone");
        spoil(&store, &format!("DELETE FROM message WHERE id = '{id}'")).await;
        assert_eq!(found(&store).await, [(Some(no), None, FaultKind::LetterMissing)]);
    }
);

db_test!(
    async fn a_letter_gone_without_its_log_is_named_twice(store: TestStore) {
        let (no, id) = three(&store).await;
        spoil(&store, &format!("DELETE FROM message WHERE id = '{id}'")).await;
        assert_eq!(
            found(&store).await,
            [
                (Some(no), None, FaultKind::LetterMissing),
                (None, Some(4), FaultKind::LogOnly)
            ]
        );
    }
);

db_test!(
    async fn a_number_that_was_never_given_is_named(store: TestStore) {
        let (no, id) = three(&store).await;
        spoil(
            &store,
            &format!("UPDATE message SET no = 'TH-2026-000099' WHERE id = '{id}'"),
        )
        .await;
        let told = found(&store).await;
        assert!(told.contains(&(Some(no), None, FaultKind::LetterMissing)), "{told:?}");
        let forged = Some(crate::id("TH-2026-000099"));
        assert!(
            told.contains(&(forged.clone(), None, FaultKind::LetterUnknown)),
            "{told:?}"
        );
        assert!(told.contains(&(forged, None, FaultKind::Words)), "{told:?}");
    }
);

db_test!(
    async fn changed_words_are_noticed(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        spoil(&store, "UPDATE message SET body = 'nothing happened'").await;
        let faults = store.verify_chain(&case.id).await.expect("a check");
        assert_eq!(faults.iter().map(|f| f.kind).collect::<Vec<_>>(), [FaultKind::Words]);
    }
);

db_test!(
    async fn a_case_that_is_not_its_log_is_noticed(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        let kinds = async || {
            let faults = store.verify_chain(&case.id).await.expect("a check");
            faults.iter().map(|f| f.kind).collect::<Vec<_>>()
        };
        spoil(&store, "UPDATE message SET state = 'closed'").await;
        assert_eq!(kinds().await, [FaultKind::LetterColumn("state")]);
        spoil(
            &store,
            "UPDATE message SET snapshot = REPLACE(snapshot, 'in_progress', 'closed')",
        )
        .await;
        assert_eq!(kinds().await, [FaultKind::Snapshot]);
    }
);

db_test!(
    async fn a_check_only_looks(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        desk.in_progress().await;
        let looking = Store::connect_read_only(&store.url).await.expect("a connection");
        assert_eq!(looking.verify_all_chains().await.expect("a check"), vec![]);
        let refused = looking.ensure_tenant("other", "other", "another", "XX", 0).await;
        assert!(refused.is_err(), "whatever writes is refused");
    }
);

#[tokio::test]
async fn looking_at_a_file_that_is_not_there_makes_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("none.db");
    let url = format!("sqlite:{}", file.display());
    assert!(Store::connect_read_only(&url).await.is_err());
    assert!(!file.exists());
}
