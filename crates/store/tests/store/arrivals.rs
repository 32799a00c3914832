//! Letters that arrive at the same time.

use crate::*;
use liaison_domain::Millis;
use liaison_store::idempotency::IdempotencyKey;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

fn key(key: &str, body: &str) -> IdempotencyKey {
    IdempotencyKey {
        scope: id("letters/acc-resident"),
        key: id(key),
        body_hash: liaison_store::sha256_hex(body.as_bytes()),
    }
}

/// Somebody at work, whom all others wait for: they have the year's first number.
async fn at_work(store: &TestStore, desk: &Desk<'_>) -> Batch {
    let batch = store.batch().await.expect("a turn");
    let first = batch.submit(&letter(), &desk.ctx(author())).await.expect("kept");
    assert_eq!(first.no, "TH-2026-000001");
    batch
}

/// Hands all of them in while somebody else is writing, so that they gather.
async fn at_once(
    store: &TestStore,
    desk: &Desk<'_>,
    letters: Vec<(NewLetter, Millis, Option<IdempotencyKey>)>,
) -> Vec<Result<Submitted, SubmitError>> {
    let writing = at_work(store, desk).await;
    let tasks: Vec<_> = letters
        .into_iter()
        .map(|(letter, now, key)| {
            let (store, calendar, limits) = (store.store.clone(), desk.calendar.clone(), desk.limits.clone());
            tokio::spawn(async move {
                let ctx = Context::new(now, author(), &calendar, &limits);
                store.submit(&letter, &ctx, key.as_ref()).await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    writing.commit().await.expect("kept");
    let mut results = Vec::with_capacity(tasks.len());
    for task in tasks {
        results.push(task.await.expect("no panic"));
    }
    results
}

db_test!(
    async fn each_of_those_who_come_together_gets_an_answer_of_its_own(store: TestStore) {
        let desk = Desk::open(&store).await;
        let next_year = liaison_domain::calendar::Date::new(2027, 1, 1)
            .expect("a date")
            .at_minute(0);
        let letters = (0..60)
            .map(|nth| match nth % 6 {
                // Names a picture that is not there.
                0 => {
                    let attachments = vec![id("no-such-upload")];
                    (
                        NewLetter {
                            attachments,
                            ..letter()
                        },
                        desk.now,
                        Some(key(&format!("bad-{nth}"), "a")),
                    )
                }
                // The same letter sent again and again, one of them changed.
                1 => (letter(), desk.now, Some(key("same", "a"))),
                2 if nth == 32 => (letter(), desk.now, Some(key("same", "b"))),
                3 => (letter(), next_year, Some(key(&format!("next-{nth}"), "a"))),
                _ => (letter(), desk.now, None),
            })
            .collect();
        let results = at_once(&store, &desk, letters).await;

        let mut numbers = BTreeMap::from([("2026", BTreeSet::from(["TH-2026-000001"]))]);
        let mut repeated = BTreeSet::new();
        let (mut first_of_same, mut refused, mut mismatches) = (0, 0, 0);
        for (nth, result) in results.iter().enumerate() {
            match result {
                Ok(kept) => {
                    let year = &kept.no[3..7];
                    let is_same = nth % 6 == 1 || nth == 32;
                    if kept.replayed {
                        assert!(is_same, "{nth} is nobody's repetition");
                        repeated.insert(&*kept.no);
                    } else {
                        let is_new = numbers.entry(year).or_default().insert(&kept.no);
                        assert!(is_new, "{nth}: {} twice", kept.no);
                        first_of_same += usize::from(is_same);
                    }
                    assert_eq!(year, if nth % 6 == 3 { "2027" } else { "2026" });
                }
                Err(SubmitError::Refused(Refusal { field, .. })) => {
                    assert_eq!((nth % 6, field.as_deref()), (0, Some("attachments")));
                    refused += 1;
                }
                Err(SubmitError::Mismatch) => mismatches += 1,
                Err(SubmitError::Store(error)) => panic!("{nth}: {error}"),
            }
        }
        assert_eq!((first_of_same, refused), (1, 10));
        let one = repeated.first().copied().unwrap_or_default();
        assert!(
            repeated.len() <= 1 && (one.is_empty() || numbers["2026"].contains(one)),
            "{repeated:?}"
        );
        // Which of the two bodies came first is open; the other one is told.
        assert!(matches!(mismatches, 1 | 10), "{mismatches}");
        for (year, numbers) in numbers {
            let all: BTreeSet<String> = (1..=numbers.len()).map(|no| format!("TH-{year}-{no:06}")).collect();
            assert!(
                numbers.iter().copied().eq(all.iter().map(String::as_str)),
                "{year}: a gap in {numbers:?}"
            );
        }
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn everybody_concerned_is_told_of_each_letter(store: TestStore) {
        let desk = Desk::open(&store).await;
        let closed = NewLetter {
            account_id: None,
            ..letter()
        };
        let letters = vec![
            (letter(), desk.now, None),
            (closed, desk.now, None),
            (letter(), desk.now, None),
        ];
        let told: Vec<Vec<String>> = at_once(&store, &desk, letters)
            .await
            .into_iter()
            .map(|result| result.expect("kept").told)
            .collect();
        let alone = desk.try_submit(&letter()).await.expect("kept");
        assert!(alone.told.len() > 1, "author and office");
        let others: Vec<String> = alone
            .told
            .iter()
            .filter(|who| *who != "acc-resident")
            .cloned()
            .collect();
        assert_eq!(told, [alone.told.clone(), others, alone.told]);
    }
);

db_test!(
    async fn a_letter_is_kept_when_its_sender_hangs_up(store: TestStore) {
        let desk = Desk::open(&store).await;
        let ctx = desk.ctx(author());
        let sent = letter();
        let writing = at_work(&store, &desk).await;
        let hung_up = tokio::time::timeout(Duration::ZERO, store.submit(&sent, &ctx, Some(&key("k", "a")))).await;
        assert!(hung_up.is_err(), "nobody waits any more");
        writing.commit().await.expect("kept");
        // The next one comes after it.
        let later = desk.try_submit(&letter()).await.expect("kept");
        assert!(store.load(&sent.case.id).await.expect("an answer").is_some());
        assert_eq!(later.no, "TH-2026-000003");
        let again = store
            .submit(&letter(), &ctx, Some(&key("k", "a")))
            .await
            .expect("answered");
        assert!(again.replayed && again.id == sent.case.id);
    }
);

db_test!(
    async fn what_was_taken_once_is_answered_even_if_it_would_be_refused_now(store: TestStore) {
        let desk = Desk::open(&store).await;
        let kept = store
            .submit(&letter(), &desk.ctx(author()), Some(&key("k", "a")))
            .await
            .expect("kept");
        let auditor = desk.ctx(Actor {
            role: Role::Auditor,
            ..Actor::system()
        });
        let fresh = store.submit(&letter(), &auditor, Some(&key("other", "a"))).await;
        assert!(matches!(fresh, Err(SubmitError::Refused(_))), "{fresh:?}");
        let again = store
            .submit(&letter(), &auditor, Some(&key("k", "a")))
            .await
            .expect("answered");
        assert_eq!((again.replayed, again.no), (true, kept.no));
    }
);
