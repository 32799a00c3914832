//! How long the desk waits when a district is big. Not run by default: `cargo test -p liaison-store -- --ignored scale`.

use crate::*;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{CaseFilter, DeputyFilter};
use liaison_store::queues::Slice;
use std::time::Instant;

pub(crate) const COLUMNS: &str =
    "query_code_hash, kind, title, body, station_id, deputy_id, addressed_deputy_id, area_id, category_id,
    category_guessed, place, state, holder_kind, holder_id, holder_since, holder_due, due_at, sort_due, paused, urgency,
    round, supervised, appealed, in_return, publication, to_publish, submitted_at, accepted_at, updated_at,
    first_answered_at, answered_at, closed_at, outcome, promise_date, wake_at, submitter_account_id, name, name_shown,
    consent_publish, merged_into, part_of, pictures, version, last_hash, snapshot, search_terms";

/// What a list may take, in milliseconds, with fifty thousand letters on a busy machine.
const PATIENCE: u128 = 1500;

db_test!(
    #[ignore = "takes a minute"]
    async fn lists_stay_quick_with_fifty_thousand_letters(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for _ in 0..3 {
            desk.submit(&letter()).await;
            desk.in_progress().await;
        }
        for _ in 0..14 {
            let case = desk.answered().await;
            desk.act(
                &case.id,
                author(),
                CaseEvent::RatedOk {
                    rating: rating(5, Solved::Yes),
                },
            )
            .await;
        }
        let copies = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
             INSERT INTO message (tenant_id, id, no, {COLUMNS})
             SELECT tenant_id, id || '-' || CAST(i AS TEXT), no || '-' || CAST(i AS TEXT), {COLUMNS} FROM message, n"
        );
        store.vandalise(&copies).await.expect("copies");
        store.vandalise("ANALYZE").await.expect("statistics");
        let now = desk.now + 30 * DAY_MS;
        let slice = |lane, q| Slice {
            lane,
            q,
            cursor: None,
            limit: 20,
            filter: liaison_store::queues::Filter::default(),
        };
        for (what, lane, q) in [
            ("lane new", "new", None),
            ("lane overdue", "overdue", None),
            ("lane closed", "closed", None),
            ("lane closed, searched", "closed", Some("电梯")),
        ] {
            let begun = Instant::now();
            let queue = store.office_queue(Some("station-yunfan"), slice(lane, q), now).await;
            let took = begun.elapsed().as_millis();
            let total = queue.expect("an answer").expect("a lane").total;
            println!("{:?} {what}: {total} letters, {took} ms", store.engine());
            assert!(took < PATIENCE, "{what} took {took} ms");
        }
        let begun = Instant::now();
        store
            .unit_queue("unit-a", slice("working", None), now)
            .await
            .expect("an answer");
        store.for_account("acc-resident", None, 20).await.expect("a page");
        store.due(&desk.ctx(Actor::system()), 100).await.expect("an answer");
        store.publications(&CaseFilter::default(), 20).await.expect("a page");
        println!(
            "{:?} four small lists: {} ms",
            store.engine(),
            begun.elapsed().as_millis()
        );
        let begun = Instant::now();
        store.deputies(&DeputyFilter::default(), 20).await.expect("a page");
        store.figures(now).await.expect("figures");
        println!(
            "{:?} deputies and figures: {} ms",
            store.engine(),
            begun.elapsed().as_millis()
        );
        let begun = Instant::now();
        desk.submit(&letter()).await;
        println!(
            "{:?} one more letter: {} ms",
            store.engine(),
            begun.elapsed().as_millis()
        );
    }
);
