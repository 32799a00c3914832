use crate::*;
use liaison_store::idempotency::{IdempotencyKey, Kept};
use std::collections::BTreeSet;

fn key(key: &str, body: &str) -> IdempotencyKey {
    IdempotencyKey {
        scope: id("letters/acc-resident"),
        key: id(key),
        body_hash: liaison_store::sha256_hex(body.as_bytes()),
    }
}

db_test!(
    async fn the_same_letter_is_kept_once_and_answered_alike(store: TestStore) {
        let desk = Desk::open(&store).await;
        let ctx = desk.ctx(author());
        let first = store
            .submit(&letter(), &ctx, Some(&key("k1", "a")))
            .await
            .expect("kept");
        let again = store
            .submit(&letter(), &ctx, Some(&key("k1", "a")))
            .await
            .expect("answered");
        assert!(!first.replayed && again.replayed);
        assert_eq!(
            (again.id, again.no, again.code, again.case),
            (first.id, first.no, first.code, first.case)
        );
        let other = store
            .submit(&letter(), &ctx, Some(&key("k1", "b")))
            .await
            .expect_err("another letter");
        assert!(matches!(other, SubmitError::Mismatch), "{other:?}");
        store
            .submit(&letter(), &ctx, Some(&key("k2", "a")))
            .await
            .expect("another key is another letter");
        assert_eq!(
            store.for_account("acc-resident", None, 10).await.expect("a page").total,
            2
        );
    }
);

db_test!(
    async fn fifty_impatient_clicks_make_one_letter(store: TestStore) {
        let desk = Desk::open(&store).await;
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let (store, calendar, limits, now) = (
                    store.store.clone(),
                    desk.calendar.clone(),
                    desk.limits.clone(),
                    desk.now,
                );
                tokio::spawn(async move {
                    let ctx = Context::new(now, author(), &calendar, &limits);
                    store
                        .submit(&letter(), &ctx, Some(&key("k", "a")))
                        .await
                        .expect("answered")
                })
            })
            .collect();
        let mut answers = BTreeSet::new();
        let mut fresh = 0;
        for task in tasks {
            let answer = task.await.expect("no panic");
            fresh += usize::from(!answer.replayed);
            answers.insert((answer.no, answer.code));
        }
        assert_eq!((answers.len(), fresh), (1, 1), "the same receipt fifty times");
        assert_eq!(
            store.for_account("acc-resident", None, 10).await.expect("a page").total,
            1
        );
    }
);

db_test!(
    async fn a_refused_letter_does_not_use_the_key_up(store: TestStore) {
        let desk = Desk::open(&store).await;
        let mut bad = letter();
        bad.attachments = vec![id("no-such-upload")];
        store
            .submit(&bad, &desk.ctx(author()), Some(&key("k", "a")))
            .await
            .expect_err("refused");
        store
            .submit(&letter(), &desk.ctx(author()), Some(&key("k", "a")))
            .await
            .expect("the key is still good");
    }
);

db_test!(
    async fn other_work_takes_a_key_and_gives_its_answer(store: TestStore) {
        let now = monday();
        let key_a = key("k", "a");
        assert_eq!(
            store.idempotency_begin(&key_a, now).await.expect("an answer"),
            Kept::New
        );
        assert_eq!(
            store.idempotency_begin(&key_a, now).await.expect("an answer"),
            Kept::InProgress
        );
        assert_eq!(
            store.idempotency_begin(&key("k", "b"), now).await.expect("an answer"),
            Kept::Mismatch
        );
        store.idempotency_finish(&key_a, 201, "{\"id\":1}").await.expect("kept");
        let answered = Kept::Answered {
            status: 201,
            response: id("{\"id\":1}"),
        };
        assert_eq!(store.idempotency_begin(&key_a, now).await.expect("an answer"), answered);

        let failed = key("other", "a");
        store.idempotency_begin(&failed, now).await.expect("taken");
        store.idempotency_abandon(&failed).await.expect("given back");
        assert_eq!(
            store.idempotency_begin(&failed, now).await.expect("an answer"),
            Kept::New
        );
        assert_eq!(
            store.idempotency_begin(&failed, now + 61_000).await.expect("an answer"),
            Kept::New,
            "its server died"
        );
        assert_eq!(store.idempotency_sweep(now + 1).await.expect("swept"), 2);
    }
);

db_test!(
    async fn the_database_does_not_know_the_query_code(store: TestStore) {
        let desk = Desk::open(&store).await;
        let kept = store
            .submit(&letter(), &desk.ctx(author()), Some(&key("secret-key", "a")))
            .await
            .expect("kept");
        for table in [
            "idempotency_key WHERE response LIKE",
            "idempotency_key WHERE key_hash LIKE",
            "message WHERE query_code_hash LIKE",
        ] {
            for secret in [kept.code.as_str(), "secret-key", kept.no.as_str()] {
                let sql = format!("UPDATE tenant SET name = name WHERE EXISTS (SELECT 1 FROM {table} '%{secret}%')");
                assert_eq!(store.vandalise(&sql).await.expect("an answer"), 0, "{table} {secret}");
            }
        }
    }
);
