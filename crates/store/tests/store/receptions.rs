//! Receptions: what follows for those who booked when plans change, and how they are planned and ended.

use crate::hall::*;
use crate::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, MINUTE_MS};
use liaison_domain::reception::{BookingState, Mode, Refused, SessionKind, SessionState};
use liaison_store::receptions::*;

db_test!(
    async fn a_cancelled_reception_offers_something_else_and_reminds_nobody(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let mut new = session_at("s-1", thursday(), &[LU]);
        new.ends_at = thursday() + 20 * MINUTE_MS;
        hall.session(&new).await;
        let booked = hall.booked(2, "s-1", (thursday(), None)).await;
        let waiting = hall.waits(3, "s-1").await;
        let day_before = thursday() - DAY_MS;
        assert_eq!(
            store.remind_bookings(&terms(), day_before - 1, 10).await.expect("done"),
            (0, 0)
        );
        let stale = store.cancel_session("s-1", 7, "代表有会", hall.now).await;
        assert!(matches!(stale, Err(ReceptionError::Changed)), "{stale:?}");
        let concerned = store
            .cancel_session("s-1", 1, "代表有会", hall.now)
            .await
            .expect("cancelled");
        assert_eq!(concerned.len(), 2);
        for one in [&booked, &waiting] {
            let now = hall.of(one).await;
            assert_eq!(
                (now.state, now.choice.as_deref()),
                (BookingState::Dropped, Some("alternatives"))
            );
        }
        for at in [day_before, thursday() - 2 * HOUR_MS, thursday()] {
            assert_eq!(
                store.remind_bookings(&terms(), at, 10).await.expect("done"),
                (0, 0),
                "nobody"
            );
        }
        assert_eq!(hall.told(2).await, ["booking_dropped", "booking_booked"]);
        assert_eq!(hall.told(3).await, ["booking_dropped", "booking_booked"]);
        let cancelled = hall.read("s-1").await;
        assert_eq!(
            (cancelled.state, cancelled.cancel_reason.as_deref()),
            (SessionState::Cancelled, Some("代表有会"))
        );
        assert!(
            is_not_allowed(&store.keep_booking(&booked.id, None, hall.now).await),
            "nothing to keep"
        );
        let settled = store
            .settle_booking(&booked.id, None, None, hall.now)
            .await
            .expect("settled");
        assert_eq!(settled.choice, None);
        assert!(
            is_not_allowed(&store.settle_booking(&booked.id, None, None, hall.now).await),
            "once"
        );
    }
);

db_test!(
    async fn a_substitute_takes_the_bookings_over(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let session = session_at("s-1", thursday(), &[LU]);
        hall.session(&session).await;
        let booked = hall.booked(2, "s-1", (thursday(), Some(LU))).await;
        for at in 1..3 {
            hall.booked(2 + at, "s-1", (thursday() + Millis::from(at) * 20 * MINUTE_MS, None))
                .await;
        }
        let mut wants = wish(6, "s-1", None);
        wants.wish_deputy = Some(LU.to_owned());
        let waiting = store.book(&wants, &terms(), None, hall.now + 1).await.expect("a place");
        store.ask_leave("s-1", LU, "出差", None, hall.now).await.expect("asked");
        assert!(
            hall.read("s-1").await.receiving().any(|deputy| deputy.deputy_id == LU),
            "until it is decided"
        );
        let to = Leave::Substitute(GU.to_owned());
        let moved = store
            .decide_leave("s-1", LU, &to, &terms(), hall.now)
            .await
            .expect("decided");
        assert_eq!((moved.substituted.len(), moved.dropped.len()), (3, 0));
        let now = hall.of(&booked).await;
        assert_eq!(
            (
                now.deputy_id.as_deref(),
                now.choice.as_deref(),
                now.starts_at,
                now.state
            ),
            (Some(GU), Some("substitute"), Some(thursday()), BookingState::Booked)
        );
        assert_eq!(
            hall.of(&waiting).await.wish_deputy.as_deref(),
            Some(GU),
            "who waits, waits for the substitute"
        );
        assert_eq!(hall.told(2).await, ["booking_substitute", "booking_booked"]);
        let stale = store.keep_booking(&booked.id, Some(booked.version), hall.now).await;
        assert!(matches!(stale, Err(ReceptionError::Changed)), "{stale:?}");
        let kept = store
            .keep_booking(&booked.id, Some(now.version), hall.now)
            .await
            .expect("kept");
        assert_eq!(kept.choice, None);
        assert!(
            is_not_allowed(&store.decide_leave("s-1", LU, &Leave::Excused, &terms(), hall.now).await),
            "gone already"
        );
    }
);

db_test!(
    async fn an_excused_deputys_bookings_go_to_whoever_is_free_or_fall_out(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU, GU])).await;
        let (one, other) = (thursday(), thursday() + 20 * MINUTE_MS);
        let moves = hall.booked(2, "s-1", (one, Some(LU))).await;
        let falls = hall.booked(3, "s-1", (other, Some(LU))).await;
        hall.booked(4, "s-1", (other, Some(GU))).await;
        let moved = store
            .decide_leave("s-1", LU, &Leave::Excused, &terms(), hall.now)
            .await
            .expect("decided");
        assert_eq!((moved.substituted.len(), moved.dropped.len()), (1, 1));
        assert_eq!(hall.of(&moves).await.deputy_id.as_deref(), Some(GU));
        let fallen = hall.of(&falls).await;
        assert_eq!(
            (fallen.state, fallen.choice.as_deref()),
            (BookingState::Dropped, Some("alternatives"))
        );
        assert_eq!(hall.told(3).await, ["booking_dropped", "booking_booked"]);
        // When the last one is excused nobody is there to be met, however many seats the room has.
        let moved = store
            .decide_leave("s-1", GU, &Leave::Excused, &terms(), hall.now)
            .await
            .expect("decided");
        assert_eq!(moved.dropped.len(), 2);
        assert_eq!(why(hall.book(5, "s-1", Some((one, None))).await), Refused::NoSuchSlot);
    }
);

db_test!(
    async fn deputies_named_later_take_over_the_times_of_nobody(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let mut new = session_at("s-1", thursday(), &[]);
        new.seats = 2;
        hall.session(&new).await;
        let first = hall.booked(2, "s-1", (thursday(), None)).await;
        let second = hall.booked(3, "s-1", (thursday(), None)).await;
        assert_eq!(
            why(hall.book(4, "s-1", Some((thursday(), None))).await),
            Refused::Taken,
            "two seats"
        );
        store.add_deputy("s-1", LU, &terms(), hall.now).await.expect("named");
        store.add_deputy("s-1", GU, &terms(), hall.now).await.expect("named");
        let hosts = [hall.of(&first).await.deputy_id, hall.of(&second).await.deputy_id];
        assert_eq!(hosts, [Some(LU.to_owned()), Some(GU.to_owned())]);
    }
);

db_test!(
    async fn bookings_move_with_their_reception(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let session = hall.session(&session_at("s-1", thursday(), &[LU])).await;
        let mut all = Vec::new();
        for n in 0..3 {
            all.push(
                hall.booked(2 + n, "s-1", (thursday() + Millis::from(n) * 20 * MINUTE_MS, None))
                    .await,
            );
        }
        let waiting = hall.waits(9, "s-1").await;
        let change = |starts_at: Millis, ends_at: Millis| SessionChange {
            title: session.title.clone(),
            topic: session.topic.clone(),
            starts_at,
            ends_at,
            place: session.place.clone(),
            online_link: None,
            notice: String::new(),
        };
        // By one time: everybody moves onto the place of the next.
        let by = 20 * MINUTE_MS;
        let later = change(thursday() + by, thursday() + by + HOUR_MS);
        let concerned = store
            .change_session("s-1", 1, &later, &terms(), hall.now)
            .await
            .expect("moved");
        assert_eq!(concerned.len(), 3);
        for (at, one) in (0..).zip(&all) {
            let now = hall.of(one).await;
            assert_eq!(now.starts_at, Some(thursday() + by + at * by));
            assert_eq!(
                (now.choice.as_deref(), now.state),
                (Some("moved"), BookingState::Booked)
            );
        }
        assert_eq!(
            hall.told(9).await,
            ["booking_moved", "booking_booked"],
            "who waits is told too"
        );
        assert_eq!(hall.of(&waiting).await.state, BookingState::Waiting);
        // The reminder follows the new time, not the old one.
        assert_eq!(
            store
                .remind_bookings(&terms(), thursday() - DAY_MS, 10)
                .await
                .expect("done"),
            (0, 0)
        );
        assert_eq!(
            store
                .remind_bookings(&terms(), thursday() + by - DAY_MS, 10)
                .await
                .expect("done"),
            (1, 1)
        );
        // Shorter by one time: the last one falls out. Longer by one: who waits gets it.
        let shorter = change(thursday() + by, thursday() + by + 40 * MINUTE_MS);
        let fallen = store
            .change_session("s-1", 2, &shorter, &terms(), hall.now)
            .await
            .expect("shorter");
        assert_eq!(fallen.iter().map(|a| &a.id).collect::<Vec<_>>(), [&all[2].id]);
        assert_eq!(hall.of(&all[2]).await.state, BookingState::Dropped);
        let longer = change(thursday() + by, thursday() + by + HOUR_MS);
        store
            .change_session("s-1", 3, &longer, &terms(), hall.now)
            .await
            .expect("longer");
        assert_eq!(hall.of(&waiting).await.state, BookingState::Offered);
        let stale = store.change_session("s-1", 2, &longer, &terms(), hall.now).await;
        assert!(matches!(stale, Err(ReceptionError::Changed)), "{stale:?}");
        let begun = store.change_session("s-1", 4, &longer, &terms(), thursday() + by).await;
        assert!(is_not_allowed(&begun), "it began");
    }
);

db_test!(
    async fn a_reception_that_nobody_ended_ends_by_itself_and_blames_nobody(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        for id in ["s-used", "s-unused"] {
            let start = if id == "s-used" {
                thursday()
            } else {
                thursday() + 2 * HOUR_MS
            };
            let mut new = session_at(id, start, &[LU]);
            new.ends_at = start + 40 * MINUTE_MS;
            hall.session(&new).await;
        }
        let absent = hall.booked(2, "s-used", (thursday(), None)).await;
        let here = hall.booked(3, "s-used", (thursday() + 20 * MINUTE_MS, None)).await;
        let waiting = hall.waits(4, "s-used").await;
        let unknown = hall.booked(5, "s-unused", (thursday() + 2 * HOUR_MS, None)).await;
        store.check_in(&here.id, thursday()).await.expect("here");
        let end = thursday() + 40 * MINUTE_MS;
        assert_eq!(
            store.close_forgotten(end, end + DAY_MS, 10).await.expect("done"),
            0,
            "not yet"
        );
        let after = thursday() + 4 * HOUR_MS;
        assert_eq!(store.close_forgotten(after, after + DAY_MS, 10).await.expect("done"), 2);
        assert_eq!(
            store.close_forgotten(after, after + DAY_MS, 10).await.expect("done"),
            0,
            "once"
        );
        let states = [
            hall.of(&absent).await.state,
            hall.of(&here).await.state,
            hall.of(&waiting).await.state,
            hall.of(&unknown).await.state,
        ];
        assert_eq!(
            states,
            [
                BookingState::NoShow,
                BookingState::Done,
                BookingState::Lapsed,
                BookingState::Done
            ]
        );
    }
);

fn rule() -> NewRule {
    let rule = serde_json::json!({
        "mode": "weekly", "weekday": 4, "start": "14:00", "end": "15:00", "holiday": "skip"
    });
    NewRule {
        id: "rule-1".to_owned(),
        station_id: "station-yunfan".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        place: String::new(),
        rule: serde_json::from_value(rule).expect("a rule"),
        deputies: vec![LU.to_owned()],
        each: 1,
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite],
    }
}

fn days(moved_by: i32) -> Vec<PlannedDay> {
    (0..4)
        .map(|week| {
            let rule_date = Date::new(2026, 3, 12).expect("a date").plus_days(7 * week);
            PlannedDay {
                rule_date,
                date: Some(rule_date.plus_days(moved_by)),
                deputies: vec![LU.to_owned()],
            }
        })
        .collect()
}

db_test!(
    async fn planning_twice_changes_nothing_and_a_holiday_moves_what_nobody_touched(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        store.put_rule(&rule(), None, hall.now).await.expect("a rule");
        let (from, until) = (
            Date::new(2026, 3, 1).expect("a date"),
            Date::new(2026, 4, 5).expect("a date"),
        );
        let plan = |days: Vec<PlannedDay>, now: Millis| {
            let store = store.store.clone();
            async move {
                store
                    .plan_receptions("rule-1", &days, from, until, now)
                    .await
                    .expect("planned")
            }
        };
        let first = plan(days(0), hall.now).await;
        assert_eq!((first.added, first.moved, first.removed), (4, 0, 0));
        let everything = SessionFilter::default();
        let all = || store.sessions(&everything);
        let before = all().await.expect("receptions");
        assert_eq!(plan(days(0), hall.now).await, Planned::default());
        assert_eq!(all().await.expect("receptions"), before, "nothing changed");
        let booked = hall.booked(2, &before[1].id, (before[1].starts_at, None)).await;
        let moved = plan(days(1), hall.now).await;
        assert_eq!((moved.added, moved.moved, moved.removed), (0, 3, 0));
        assert_eq!(
            moved.left,
            [before[1].id.clone()],
            "the office decides about what was booked"
        );
        let after = all().await.expect("receptions");
        assert_eq!(after[1].starts_at, before[1].starts_at);
        assert_eq!(after[0].starts_at, before[0].starts_at + DAY_MS);
        assert_eq!(hall.of(&booked).await.state, BookingState::Booked);
        // A day that falls away goes, unless somebody booked it.
        let fallen = days(0)
            .into_iter()
            .map(|day| PlannedDay { date: None, ..day })
            .collect();
        let gone = plan(fallen, hall.now).await;
        assert_eq!((gone.removed, gone.left), (3, vec![before[1].id.clone()]));
    }
);
