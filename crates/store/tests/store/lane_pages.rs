//! A lane is put together from the first rows of each station and each state: it has to be the lane all the same.

use crate::scale::COLUMNS;
use crate::*;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::dto::{DEPUTY_LANES, LaneCount, OFFICE_LANES, Queue};
use liaison_store::queues::{Filter, Slice};

const LETTERS: usize = 152;

/// Letters in every state at two stations and a point of the first, with days on both sides of now and many of them
/// equal.
async fn crowd(store: &TestStore, desk: &mut Desk<'_>) {
    let point = "INSERT INTO station (tenant_id, id, slug, name, kind, area_id, parent_id, address, phone, opening,
        reception_text, reception_rule, lng, lat, scope, principles, sort) SELECT tenant_id, 'station-point', 'point', name, kind, area_id, 'station-yunfan', address,
        phone, opening, reception_text, reception_rule, lng, lat, scope, principles, 9 FROM station WHERE id = 'station-yunfan'";
    store.vandalise(point).await.expect("a point of the first station");
    desk.submit(&letter()).await;
    let copies = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {LETTERS})
         INSERT INTO message (tenant_id, id, no, {COLUMNS})
         SELECT tenant_id, 'copy-' || CAST(i AS TEXT), no || '-' || CAST(i AS TEXT), {COLUMNS} FROM message, n"
    );
    store.vandalise(&copies).await.expect("copies");
    let mut changes = Vec::new();
    for nth in 1..=LETTERS {
        let states = CaseState::ALL;
        let state = states[nth % states.len()].code();
        let station = ["station-yunfan", "station-point", "station-qingyu"][nth / states.len() % 3];
        let due = desk.now + ((nth * 7 % 11) as i64 - 5) * HOUR_MS;
        let at = desk.now - (nth * 5 % 13) as i64 * HOUR_MS;
        let is = |of: usize| if nth % of == 0 { "TRUE" } else { "FALSE" };
        let some = |of: usize| {
            if nth % of == 0 {
                at.to_string()
            } else {
                "NULL".to_owned()
            }
        };
        let deputy = if nth % 4 == 0 { "'deputy-lu'" } else { "NULL" };
        let urgency = if nth % 3 == 0 { "urgent" } else { "normal" };
        changes.push(format!(
            "UPDATE message SET state = '{state}', station_id = '{station}', sort_due = {due}, updated_at = {at}, paused = {},
             appealed = {}, in_return = {}, in_extension = {}, to_publish = {}, silent_at = {}, follow_up_due = {},
             deputy_id = {deputy}, urgency = '{urgency}' WHERE id = 'copy-{nth}'",
            is(7), is(2), is(5), is(6), is(3), some(4), some(9),
        ));
    }
    store.vandalise(&changes.join(";")).await.expect("changes");
}

fn slice(lane: &str) -> Slice<'_> {
    Slice {
        lane,
        limit: 500,
        ..Slice::default()
    }
}

/// The same lane, asked for with a condition that all letters meet: from its rows, not from the first of each state.
fn plain(lane: &str) -> Slice<'_> {
    Slice {
        filter: Filter {
            from: Some(0),
            ..Filter::default()
        },
        ..slice(lane)
    }
}

fn count_of<'a>(queue: &'a Queue, lane: &str) -> &'a LaneCount {
    queue.lanes.iter().find(|count| count.lane == lane).expect("its count")
}

/// Ids of all pages.
async fn paged<F>(lane: &str, ask: impl Fn(Slice<'static>, Option<String>) -> F) -> Vec<String>
where
    F: Future<Output = Queue>,
{
    let lane: &'static str = OFFICE_LANES
        .iter()
        .chain(DEPUTY_LANES)
        .find(|name| **name == lane)
        .expect("a lane");
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = ask(
            Slice {
                limit: 7,
                ..slice(lane)
            },
            cursor,
        )
        .await;
        ids.extend(page.items.into_iter().map(|row| row.id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return ids;
        }
        assert!(ids.len() <= LETTERS, "pages have an end");
    }
}

fn check(lane: &str, paged: &[String], whole: &Queue, expected: &Queue) {
    let ids: Vec<&str> = expected.items.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(paged, ids, "pages of {lane}");
    assert_eq!(whole.items, expected.items, "all of {lane} at once");
    let past_time = expected.items.iter().filter(|row| row.late).count();
    let count = count_of(whole, lane);
    assert_eq!(
        (count.count as usize, count.late as usize),
        (ids.len(), past_time),
        "counts of {lane}"
    );
    assert_eq!(whole.total as usize, ids.len(), "total of {lane}");
}

db_test!(
    async fn an_office_sees_the_same_lane_however_it_is_put_together(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        crowd(&store, &mut desk).await;
        let (store, now) = (&store, desk.now);
        let mut filled = 0;
        for station in [
            Some("station-yunfan"),
            Some("station-qingyu"),
            Some("station-point"),
            None,
        ] {
            let ask = |slice| async move { store.office_queue(station, slice, now).await };
            for lane in OFFICE_LANES {
                let (whole, expected) = (ask(slice(lane)).await, ask(plain(lane)).await);
                let (whole, expected) = (whole.expect("an answer"), expected.expect("an answer"));
                let ids = paged(lane, |slice, cursor| async move {
                    let slice = Slice {
                        cursor: cursor.as_deref(),
                        ..slice
                    };
                    let page = store.office_queue(station, slice, now).await;
                    page.expect("an answer").expect("a lane")
                })
                .await;
                filled += usize::from(!ids.is_empty());
                check(lane, &ids, &whole.expect("a lane"), &expected.expect("a lane"));
            }
        }
        assert!(filled > 45, "of sixty lanes only {filled} have letters");
    }
);

db_test!(
    async fn what_is_late_is_what_waits_for_nobody_else(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        crowd(&store, &mut desk).await;
        for (station, whose) in [
            (
                Some("station-yunfan"),
                "station_id IN ('station-yunfan', 'station-point')",
            ),
            (None, "TRUE"),
        ] {
            let late = format!(
                "SELECT id FROM message WHERE {whose} AND sort_due < {} AND NOT (paused = TRUE OR state IN ('need_info', 'answered',
                 'tracking')) AND NOT (state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))
                 ORDER BY sort_due, id",
                desk.now
            );
            let expected = store.ask_all(&late).await.expect("ids");
            assert!(!expected.is_empty());
            let overdue = store.office_queue(station, slice("overdue"), desk.now).await;
            let overdue = overdue.expect("an answer").expect("a lane");
            let ids: Vec<&str> = overdue.items.iter().map(|row| row.id.as_str()).collect();
            assert_eq!(ids, expected);
            assert!(overdue.items.iter().all(|row| row.late));
        }
    }
);

db_test!(
    async fn a_deputy_sees_the_same_lane_however_it_is_put_together(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        crowd(&store, &mut desk).await;
        let (store, now) = (&store, desk.now);
        for lane in DEPUTY_LANES {
            let whole = store.deputy_queue("deputy-lu", slice(lane), now).await;
            let expected = store.deputy_queue("deputy-lu", plain(lane), now).await;
            let ids = paged(lane, |slice, cursor| async move {
                let slice = Slice {
                    cursor: cursor.as_deref(),
                    ..slice
                };
                let page = store.deputy_queue("deputy-lu", slice, now).await;
                page.expect("an answer").expect("a lane")
            })
            .await;
            assert!(!ids.is_empty(), "{lane}");
            let (whole, expected) = (whole.expect("an answer"), expected.expect("an answer"));
            check(lane, &ids, &whole.expect("a lane"), &expected.expect("a lane"));
        }
    }
);
