//! What the office does with receptions that a rule planned: what planning leaves alone, and the lanes.

use crate::*;
use liaison_domain::calendar::{DAY_MS, Date};
use liaison_domain::reception::{Mode, SessionKind};
use liaison_domain::schedule::{self, Rule, Time};
use liaison_domain::{Id, Millis};
use liaison_store::receptions::{
    BookTerms, Change, Lane, LaneFilter, Leave, NewBooking, NewRule, Planned, PlannedDay, SlotWish, times,
};

const TERMS: BookTerms = BookTerms {
    closes_hours: 2,
    offer_hours: 12,
    remind_hours: Vec::new(),
    misses: 0,
    miss_days: 0,
};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// Wednesdays in March 2026: the 4th, 11th, 18th, 25th.
fn rule() -> NewRule {
    NewRule {
        id: id("rule"),
        station_id: id("station-yunfan"),
        title: String::new(),
        kind: SessionKind::Ordinary,
        place: String::new(),
        rule: Rule {
            weekday: Some(3),
            ..Rule::new(schedule::Mode::Weekly, Time(18 * 60), Time(20 * 60))
        },
        deputies: vec![id("deputy-lu")],
        each: 1,
        slot_minutes: 30,
        seats: 1,
        modes: vec![Mode::OnSite],
    }
}

async fn plan(store: &Store, days: &[(&str, Option<&str>)], deputy: &str) -> Planned {
    let days: Vec<PlannedDay> = days
        .iter()
        .map(|(named, held)| PlannedDay {
            rule_date: day(named),
            date: held.map(day),
            deputies: vec![id(deputy)],
        })
        .collect();
    store
        .plan_receptions("rule", &days, day("2026-03-02"), day("2026-03-31"), monday())
        .await
        .expect("planned")
}

async fn ids(store: &Store, lane: &Lane, now: Millis) -> Vec<Id> {
    let page = store
        .lane(lane, &LaneFilter::default(), None, 30, now)
        .await
        .expect("a lane");
    let counted = store
        .lane_count(lane, &LaneFilter::default(), now)
        .await
        .expect("a count");
    assert_eq!((page.items.len() as u64, page.total), (counted, counted));
    page.items.into_iter().map(|row| row.session.id).collect()
}

const ALL: [(&str, Option<&str>); 4] = [
    ("2026-03-04", Some("2026-03-04")),
    ("2026-03-11", Some("2026-03-11")),
    ("2026-03-18", Some("2026-03-18")),
    ("2026-03-25", Some("2026-03-25")),
];

db_test!(
    async fn planning_again_leaves_alone_what_somebody_counts_on(store: TestStore) {
        settle(&store).await;
        let now = monday();
        store.put_rule(&rule(), None, now).await.expect("a rule");
        assert_eq!(plan(&store, &ALL, "deputy-lu").await.added, 4);
        let coming = ids(&store, &Lane::Coming, now).await;
        let [announced, asked, booked, free] = &coming[..] else {
            panic!("four: {coming:?}");
        };
        store.announce_session(announced, 1, now).await.expect("announced");
        let proposed = Some("deputy-gu");
        store
            .ask_leave(asked, "deputy-lu", "出差", proposed, now)
            .await
            .expect("asked");
        let booking = NewBooking {
            session_id: booked.clone(),
            account_id: None,
            name: id("周女士"),
            phone_masked: None,
            phone_encrypted: None,
            mode: Mode::OnSite,
            topic: String::new(),
            access_needs: String::new(),
            people: 1,
            slot: Some(SlotWish {
                starts_at: day("2026-03-18").at_minute(18 * 60),
                deputy_id: None,
            }),
            wish_deputy: None,
            instead_of: None,
        };
        store.book(&booking, &TERMS, None, now).await.expect("booked");

        // Another deputy's turn: only the reception nobody counts on follows.
        assert_eq!(plan(&store, &ALL, "deputy-gu").await, Planned::default());
        for (session, deputy) in [(announced, "lu"), (asked, "lu"), (booked, "lu"), (free, "gu")] {
            let found = store.session(session).await.expect("read").expect("there");
            assert_eq!(found.deputies[0].deputy_id, ["deputy-", deputy].concat());
        }
        let place = store.session(asked).await.expect("read").expect("there").deputies[0].clone();
        assert_eq!(
            (place.reason.as_deref(), place.proposed.as_deref()),
            (Some("出差"), proposed)
        );

        // Everything falls away, or moves: the same three are left, what stands free goes.
        let gone = plan(
            &store,
            &[("2026-03-04", Some("2026-03-05")), ("2026-03-18", None)],
            "deputy-lu",
        )
        .await;
        let mut left = gone.left;
        left.sort();
        let mut expected = vec![announced.clone(), asked.clone(), booked.clone()];
        expected.sort();
        assert_eq!((gone.removed, gone.moved, left), (1, 0, expected));
        let known = store
            .known_of_rule("rule", day("2026-03-02"), now)
            .await
            .expect("known");
        assert_eq!(known.len(), 3);
        let (from, to) = times(&rule().rule, day("2026-03-05"));
        assert_eq!(known[0].change(Some((day("2026-03-05"), from, to))), Change::Left);
        let fixed = store
            .fixed_receptions(Some(&[id("station-yunfan")]), now)
            .await
            .expect("fixed");
        assert_eq!(
            fixed.iter().map(|known| known.booked).collect::<Vec<_>>(),
            [0, 1],
            "leave alone is no promise"
        );
        let elsewhere = store
            .fixed_receptions(Some(&[id("station-qingyu")]), now)
            .await
            .expect("fixed");
        assert!(elsewhere.is_empty());

        // Kept by itself, its day can be named again without a second one.
        store.keep_session(announced, 2, true, now).await.expect("kept");
        assert!(
            store.keep_session(announced, 2, true, now).await.is_err(),
            "an old version"
        );
        let again = plan(&store, &ALL, "deputy-lu").await;
        assert_eq!(
            (again.added, again.left.len()),
            (1, 0),
            "only what was removed comes back"
        );
        assert_eq!(ids(&store, &Lane::Coming, now).await.len(), 4);
    }
);

db_test!(
    async fn each_lane_holds_what_is_to_be_done(store: TestStore) {
        settle(&store).await;
        let now = monday();
        store.put_rule(&rule(), None, now).await.expect("a rule");
        plan(&store, &ALL, "deputy-lu").await;
        let coming = ids(&store, &Lane::Coming, now).await;
        assert_eq!(ids(&store, &Lane::ToAnnounce, now).await, coming[..1], "within a week");
        store.announce_session(&coming[0], 1, now).await.expect("announced");
        assert!(ids(&store, &Lane::ToAnnounce, now).await.is_empty());
        store
            .ask_leave(&coming[1], "deputy-lu", "出差", None, now)
            .await
            .expect("asked");
        assert_eq!(ids(&store, &Lane::Leave, now).await, coming[1..2]);
        let excused = store
            .decide_leave(&coming[1], "deputy-lu", &Leave::Excused, &TERMS, now)
            .await;
        excused.expect("decided");
        assert!(ids(&store, &Lane::Leave, now).await.is_empty());
        store
            .cancel_session(&coming[2], 1, "停电", now)
            .await
            .expect("cancelled");
        assert_eq!(ids(&store, &Lane::Cancelled, now).await, coming[2..3]);
        assert_eq!(ids(&store, &Lane::Left(coming[3..].to_vec()), now).await, coming[3..]);
        assert!(ids(&store, &Lane::Left(Vec::new()), now).await.is_empty());
        let later = now + 11 * DAY_MS;
        assert_eq!(
            ids(&store, &Lane::Past, later).await,
            [coming[1].clone(), coming[0].clone()],
            "the latest first"
        );
        assert_eq!(ids(&store, &Lane::Coming, later).await, coming[3..]);

        let filter = |kind, deputy: Option<&str>, station: &str| LaneFilter {
            stations: Some(vec![id(station)]),
            kind,
            deputy: deputy.map(id),
        };
        for (filter, expected) in [
            (filter(None, None, "station-yunfan"), 3),
            (filter(None, None, "station-qingyu"), 0),
            (filter(Some(SessionKind::Leader), None, "station-yunfan"), 0),
            (
                filter(Some(SessionKind::Ordinary), Some("deputy-lu"), "station-yunfan"),
                3,
            ),
            (filter(None, Some("deputy-gu"), "station-yunfan"), 0),
        ] {
            assert_eq!(
                store.lane_count(&Lane::Coming, &filter, now).await.expect("a count"),
                expected,
                "{filter:?}"
            );
        }
        let first = store
            .lane(&Lane::Coming, &LaneFilter::default(), None, 2, now)
            .await
            .expect("a page");
        assert_eq!((first.items.len(), first.total), (2, 3));
        let cursor = first.next_cursor.as_deref();
        let rest = store
            .lane(&Lane::Coming, &LaneFilter::default(), cursor, 2, now)
            .await
            .expect("a page");
        assert_eq!((rest.items.len(), rest.next_cursor), (1, None));
    }
);
