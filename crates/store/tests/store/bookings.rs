//! Bookings: one time for one person, and the line behind it.

use crate::hall::*;
use crate::*;
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS};
use liaison_domain::reception::{BookingState, Refused, SessionKind};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::receptions::*;

db_test!(
    async fn of_fifty_who_want_one_time_one_gets_it_and_the_others_stand_in_line(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let mut new = session_at("s-1", thursday(), &[LU]);
        new.ends_at = thursday() + 20 * MINUTE_MS;
        hall.session(&new).await;
        let now = hall.now;
        let racing: Vec<_> = (2..52)
            .map(|n| {
                let store = store.store.clone();
                tokio::spawn(async move {
                    store
                        .book(&wish(n, "s-1", Some((thursday(), Some(LU)))), &terms(), None, now)
                        .await
                })
            })
            .collect();
        let (mut booked, mut taken) = (Vec::new(), 0);
        for race in racing {
            match race.await.expect("no panic") {
                Ok(appointment) => booked.push(appointment),
                Err(error) => {
                    assert_eq!(why::<Appointment>(Err(error)), Refused::Taken);
                    taken += 1;
                }
            }
        }
        assert_eq!((booked.len(), taken), (1, 49));
        let winner: u32 = booked[0].name.trim_start_matches("居民").parse().expect("a number");
        let mut line = Vec::new();
        for n in (2..52).filter(|n| *n != winner).take(3) {
            line.push(hall.waits(n, "s-1").await);
        }
        for (at, waiting) in (1..).zip(&line) {
            assert_eq!(waiting.state, BookingState::Waiting);
            assert_eq!(store.place_in_line(waiting).await.expect("a place"), at);
        }
        assert_eq!(store.line_length("s-1").await.expect("a length"), 3);
        let offered = hall.cancel(&booked[0]).await;
        assert_eq!(
            offered.iter().map(|a| &a.id).collect::<Vec<_>>(),
            [&line[0].id],
            "the first in line"
        );
    }
);

db_test!(
    async fn the_same_key_gives_the_same_booking(store: TestStore) {
        let hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU])).await;
        let key = |body: &str| IdempotencyKey {
            scope: "POST /x|acc-r2".to_owned(),
            key: "k".to_owned(),
            body_hash: body.to_owned(),
        };
        let new = wish(2, "s-1", Some((thursday(), None)));
        let first = store
            .book(&new, &terms(), Some(&key("a")), hall.now)
            .await
            .expect("booked");
        let again = store
            .book(&new, &terms(), Some(&key("a")), hall.now + 1)
            .await
            .expect("the same");
        assert_eq!(first, again);
        let other = store.book(&new, &terms(), Some(&key("b")), hall.now).await;
        assert!(matches!(other, Err(BookError::Mismatch)), "{other:?}");
        assert_eq!(hall.told(2).await, ["booking_booked"]);
        // A refusal leaves the key free.
        let taken = wish(3, "s-1", Some((thursday(), None)));
        let own = IdempotencyKey {
            scope: "POST /x|acc-r3".to_owned(),
            ..key("c")
        };
        assert_eq!(
            why(store.book(&taken, &terms(), Some(&own), hall.now).await),
            Refused::Taken
        );
        let later = wish(3, "s-1", Some((thursday() + 20 * MINUTE_MS, None)));
        store
            .book(
                &later,
                &terms(),
                Some(&IdempotencyKey {
                    body_hash: "d".to_owned(),
                    ..own
                }),
                hall.now,
            )
            .await
            .expect("another time under the same key");
    }
);

db_test!(
    async fn what_cannot_be_booked_is_refused_with_its_reason(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU])).await;
        let mut elsewhere = session_at("s-2", thursday() + 10 * MINUTE_MS, &[GU]);
        "station-qingyu".clone_into(&mut elsewhere.station_id);
        hall.session(&elsewhere).await;
        let mut study = session_at("s-study", thursday(), &[LU]);
        study.kind = SessionKind::StudyDay;
        hall.session(&study).await;
        hall.session(&session_at("s-cancelled", thursday() + DAY_MS, &[LU]))
            .await;
        store
            .cancel_session("s-cancelled", 1, "代表有会", hall.now)
            .await
            .expect("cancelled");
        let (slot, later) = (thursday(), thursday() + 20 * MINUTE_MS);
        hall.booked(2, "s-1", (slot, Some(LU))).await;
        assert_eq!(
            why(hall.book(2, "s-1", Some((later, Some(LU)))).await),
            Refused::Already
        );
        assert_eq!(why(hall.book(2, "s-1", None).await), Refused::Already);
        assert_eq!(
            why(hall.book(2, "s-2", Some((slot + 10 * MINUTE_MS, None))).await),
            Refused::Overlaps
        );
        assert_eq!(why(hall.book(3, "s-1", Some((slot, Some(LU)))).await), Refused::Taken);
        assert_eq!(
            why(hall.book(3, "s-1", Some((slot, Some(GU)))).await),
            Refused::NoSuchSlot
        );
        assert_eq!(
            why(hall.book(3, "s-1", Some((slot + MINUTE_MS, None))).await),
            Refused::NoSuchSlot
        );
        assert_eq!(why(hall.book(3, "s-1", None).await), Refused::NotFull);
        assert_eq!(
            why(hall.book(3, "s-study", Some((slot, None))).await),
            Refused::NotBookable
        );
        assert_eq!(
            why(hall.book(3, "s-cancelled", Some((slot + DAY_MS, None))).await),
            Refused::Cancelled
        );
        hall.now = thursday() - 2 * HOUR_MS;
        assert_eq!(why(hall.book(3, "s-1", Some((later, None))).await), Refused::TooLate);
        hall.now = thursday() + HOUR_MS;
        assert_eq!(
            why(hall.book(3, "s-1", Some((slot, None))).await),
            Refused::TooLate,
            "in the past"
        );
        let unknown = hall.book(3, "s-unknown", None).await;
        assert!(
            matches!(unknown, Err(BookError::Reception(ReceptionError::NotFound))),
            "{unknown:?}"
        );
    }
);

db_test!(
    async fn a_time_that_becomes_free_goes_down_the_line(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let mut new = session_at("s-1", thursday(), &[LU]);
        new.ends_at = thursday() + 20 * MINUTE_MS;
        hall.session(&new).await;
        let first = hall.booked(2, "s-1", (thursday(), None)).await;
        let (second, third) = (hall.waits(3, "s-1").await, hall.waits(4, "s-1").await);
        let offered = hall.cancel(&first).await;
        assert_eq!(
            (offered.len(), &offered[0].id, offered[0].state),
            (1, &second.id, BookingState::Offered)
        );
        let until = offered[0].offer_until.expect("an end");
        assert_eq!(until, hall.now + 12 * HOUR_MS);
        assert_eq!(hall.told(3).await, ["booking_offered", "booking_booked"]);
        // An offer keeps the time from everybody else.
        assert_eq!(why(hall.book(5, "s-1", Some((thursday(), None))).await), Refused::Taken);
        assert_eq!(
            store.lapse_offers(&terms(), until - 1).await.expect("done"),
            (vec![], vec![])
        );
        let (lapsed, next) = store.lapse_offers(&terms(), until).await.expect("done");
        assert_eq!((&lapsed[0].id, lapsed[0].state), (&second.id, BookingState::Lapsed));
        assert_eq!((&next[0].id, next[0].state), (&third.id, BookingState::Offered));
        assert_eq!(
            hall.told(3).await,
            ["booking_lapsed", "booking_offered", "booking_booked"]
        );
        let late = store
            .accept_offer(&third.id, None, &terms(), next[0].offer_until.expect("an end"))
            .await;
        assert!(is_not_allowed(&late), "its end is over");
        let stale = store
            .accept_offer(&third.id, Some(third.version), &terms(), until + 1)
            .await;
        assert!(matches!(stale, Err(ReceptionError::Changed)), "{stale:?}");
        let taken = store
            .accept_offer(&third.id, Some(next[0].version), &terms(), until + 1)
            .await
            .expect("taken");
        assert_eq!((taken.state, taken.starts_at), (BookingState::Booked, Some(thursday())));
        assert!(
            is_not_allowed(&store.accept_offer(&second.id, None, &terms(), until + 1).await),
            "lapsed"
        );
        let declined = store.decline_offer(&third.id, None, &terms(), until + 2).await;
        assert!(is_not_allowed(&declined), "no offer any more");
    }
);

db_test!(
    async fn an_offer_passes_over_whoever_is_elsewhere_then(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let mut new = session_at("s-1", thursday(), &[LU]);
        new.ends_at = thursday() + 20 * MINUTE_MS;
        hall.session(&new).await;
        let mut other = session_at("s-2", thursday(), &[GU]);
        "station-qingyu".clone_into(&mut other.station_id);
        hall.session(&other).await;
        let first = hall.booked(2, "s-1", (thursday(), None)).await;
        hall.waits(3, "s-1").await;
        let free = hall.waits(4, "s-1").await;
        hall.booked(3, "s-2", (thursday(), None)).await;
        let offered = hall.cancel(&first).await;
        assert_eq!(offered.iter().map(|a| &a.id).collect::<Vec<_>>(), [&free.id]);
    }
);

db_test!(
    async fn a_reminder_comes_once_at_each_of_its_moments(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU])).await;
        hall.booked(2, "s-1", (thursday(), None)).await;
        let day_before = thursday() - DAY_MS;
        let racing: Vec<_> = (0..4)
            .map(|_| {
                let store = store.store.clone();
                tokio::spawn(async move { store.remind_bookings(&terms(), day_before, 10).await.expect("done").1 })
            })
            .collect();
        let mut told = 0;
        for race in racing {
            told += race.await.expect("no panic");
        }
        assert_eq!(told, 1, "however many look");
        assert_eq!(
            store
                .remind_bookings(&terms(), thursday() - 2 * HOUR_MS, 10)
                .await
                .expect("done"),
            (1, 1)
        );
        assert_eq!(
            store
                .remind_bookings(&terms(), thursday() - HOUR_MS, 10)
                .await
                .expect("done"),
            (0, 0)
        );
        // A server that slept through it all has nobody to remind.
        hall.booked(3, "s-1", (thursday() + 20 * MINUTE_MS, None)).await;
        assert_eq!(
            store
                .remind_bookings(&terms(), thursday() + HOUR_MS, 10)
                .await
                .expect("done"),
            (1, 0)
        );
        assert_eq!(hall.told(3).await, ["booking_booked"]);
    }
);

db_test!(
    async fn whoever_comes_gets_the_next_number_once(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU])).await;
        let first = hall.booked(2, "s-1", (thursday(), None)).await;
        let second = hall.booked(3, "s-1", (thursday() + 20 * MINUTE_MS, None)).await;
        let cancelled = hall.booked(4, "s-1", (thursday() + 40 * MINUTE_MS, None)).await;
        hall.cancel(&cancelled).await;
        let at = thursday() - 10 * MINUTE_MS;
        assert_eq!(store.check_in(&second.id, at).await.expect("here").queue_no, Some(1));
        let walked_in = store
            .walk_in(
                &NewBooking {
                    account_id: None,
                    ..wish(8, "s-1", None)
                },
                None,
                at,
            )
            .await
            .expect("here");
        assert_eq!(
            (walked_in.queue_no, walked_in.state),
            (Some(2), BookingState::CheckedIn)
        );
        assert_eq!(store.check_in(&first.id, at).await.expect("here").queue_no, Some(3));
        assert_eq!(
            store.check_in(&second.id, at).await.expect("again").queue_no,
            Some(1),
            "the same number"
        );
        assert!(is_not_allowed(&store.check_in(&cancelled.id, at).await));
        let by_code = store
            .appointment_by_code("s-1", &first.code)
            .await
            .expect("an answer")
            .expect("found");
        assert_eq!(by_code.id, first.id);
        assert_eq!(
            store.finish_booking(&first.id, at).await.expect("done").state,
            BookingState::Done
        );
        assert!(is_not_allowed(&store.finish_booking(&first.id, at).await), "once");
    }
);

db_test!(
    async fn who_missed_two_receptions_books_by_telephone_for_a_while(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        for (id, day) in [("s-1", 0), ("s-2", 7)] {
            let start = thursday() + day * DAY_MS;
            hall.session(&session_at(id, start, &[LU])).await;
            hall.booked(2, id, (start, None)).await;
            let here = hall.booked(3, id, (start + 20 * MINUTE_MS, None)).await;
            store.check_in(&here.id, start).await.expect("here");
            let version = hall.read(id).await.version;
            store.close_session(id, version, start + HOUR_MS).await.expect("closed");
            assert_eq!(hall.of(&here).await.state, BookingState::Done);
        }
        hall.now = thursday() + 8 * DAY_MS;
        let next = thursday() + 60 * DAY_MS;
        hall.session(&session_at("s-3", next, &[LU])).await;
        assert_eq!(
            why(hall.book(2, "s-3", Some((next, None))).await),
            Refused::MissedTooOften
        );
        hall.booked(3, "s-3", (next, None)).await;
        // Ninety days after the first, one of the two counts no more.
        hall.now = thursday() + 91 * DAY_MS;
        let later = thursday() + 100 * DAY_MS;
        hall.session(&session_at("s-4", later, &[LU])).await;
        hall.booked(2, "s-4", (later, None)).await;
    }
);
