//! Receptions and bookings: one time for one person, the line behind it, and what follows when plans change.

use crate::*;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, MINUTE_MS};
use liaison_domain::reception::{BookingState, Mode, Refused, SessionKind, SessionState};
use liaison_domain::{Id, Millis};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::receptions::*;

const LU: &str = "deputy-lu";
const GU: &str = "deputy-gu";

fn terms() -> BookTerms {
    BookTerms {
        closes_hours: 2,
        offer_hours: 12,
        remind_hours: vec![24, 2],
        misses: 2,
        miss_days: 90,
    }
}

/// Thursday, 12 March 2026, 14:00.
fn thursday() -> Millis {
    Date::new(2026, 3, 12).expect("a date").at_minute(14 * 60)
}

fn session_at(id: &str, starts_at: Millis, deputies: &[&str]) -> NewSession {
    NewSession {
        id: id.to_owned(),
        station_id: "station-yunfan".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at,
        ends_at: starts_at + HOUR_MS,
        place: String::new(),
        online_link: None,
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite, Mode::Phone],
        notice: String::new(),
        deputies: deputies.iter().map(|id| (*id).to_owned()).collect(),
    }
}

/// A district where people meet deputies.
struct Hall<'a> {
    store: &'a TestStore,
    now: Millis,
}

impl<'a> Hall<'a> {
    async fn open(store: &'a TestStore) -> Self {
        settle(store).await;
        for n in 2..60_u32 {
            let id = resident(n);
            store
                .resident_as(&id, &phone(n), "居民", None, monday())
                .await
                .expect("a resident");
        }
        Self { store, now: monday() }
    }

    async fn session(&self, new: &NewSession) -> Session {
        self.store.add_session(new, self.now).await.expect("a reception");
        self.read(&new.id).await
    }

    async fn read(&self, id: &str) -> Session {
        self.store.session(id).await.expect("an answer").expect("a reception")
    }

    async fn book(
        &mut self,
        n: u32,
        session: &str,
        slot: Option<(Millis, Option<&str>)>,
    ) -> Result<Appointment, BookError> {
        // One after the other, so that the line has an order.
        self.now += 1;
        self.store.book(&wish(n, session, slot), &terms(), None, self.now).await
    }

    async fn booked(&mut self, n: u32, session: &str, slot: (Millis, Option<&str>)) -> Appointment {
        self.book(n, session, Some(slot)).await.expect("a booking")
    }

    async fn waits(&mut self, n: u32, session: &str) -> Appointment {
        self.book(n, session, None).await.expect("a place in the line")
    }

    async fn of(&self, appointment: &Appointment) -> Appointment {
        let found = self.store.appointment(&appointment.id).await.expect("an answer");
        found.expect("the booking")
    }

    async fn told(&self, n: u32) -> Vec<String> {
        let page = self.store.inbox(&resident(n), false, None, 50).await.expect("an inbox");
        page.items.into_iter().map(|row| row.kind).collect()
    }

    async fn cancel(&self, appointment: &Appointment) -> Vec<Appointment> {
        let version = Some(appointment.version);
        self.store
            .cancel_booking(&appointment.id, version, &terms(), self.now)
            .await
            .expect("cancelled")
    }
}

fn resident(n: u32) -> Id {
    if n == 1 {
        "acc-resident".to_owned()
    } else {
        format!("acc-r{n}")
    }
}

fn wish(n: u32, session: &str, slot: Option<(Millis, Option<&str>)>) -> NewBooking {
    NewBooking {
        session_id: session.to_owned(),
        account_id: Some(resident(n)),
        name: format!("居民{n}"),
        phone_masked: Some("199****0001".to_owned()),
        phone_encrypted: Some("sealed".to_owned()),
        mode: Mode::OnSite,
        topic: "电梯".to_owned(),
        access_needs: String::new(),
        people: 1,
        slot: slot.map(|(starts_at, deputy)| SlotWish {
            starts_at,
            deputy_id: deputy.map(str::to_owned),
        }),
        wish_deputy: None,
    }
}

fn why<T: std::fmt::Debug>(outcome: Result<T, BookError>) -> Refused {
    match outcome {
        Err(BookError::Reception(ReceptionError::Refused(why))) => why,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

fn is_not_allowed<T: std::fmt::Debug>(outcome: Result<T, ReceptionError>) -> bool {
    matches!(outcome, Err(ReceptionError::NotAllowed))
}

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
        elsewhere.station_id = "station-qingyu".to_owned();
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
        assert!(is_not_allowed(late), "its end is over");
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
            is_not_allowed(store.accept_offer(&second.id, None, &terms(), until + 1).await),
            "lapsed"
        );
        let declined = store.decline_offer(&third.id, None, &terms(), until + 2).await;
        assert!(is_not_allowed(declined), "no offer any more");
    }
);

db_test!(
    async fn an_offer_passes_over_whoever_is_elsewhere_then(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        let mut new = session_at("s-1", thursday(), &[LU]);
        new.ends_at = thursday() + 20 * MINUTE_MS;
        hall.session(&new).await;
        let mut other = session_at("s-2", thursday(), &[GU]);
        other.station_id = "station-qingyu".to_owned();
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
            is_not_allowed(store.keep_booking(&booked.id, None, hall.now).await),
            "nothing to keep"
        );
        let settled = store
            .settle_booking(&booked.id, None, None, hall.now)
            .await
            .expect("settled");
        assert_eq!(settled.choice, None);
        assert!(
            is_not_allowed(store.settle_booking(&booked.id, None, None, hall.now).await),
            "once"
        );
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
        store.ask_leave("s-1", LU, "出差", hall.now).await.expect("asked");
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
            is_not_allowed(store.decide_leave("s-1", LU, &Leave::Excused, &terms(), hall.now).await),
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
        assert!(is_not_allowed(begun), "it began");
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
        assert!(is_not_allowed(store.check_in(&cancelled.id, at).await));
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
        assert!(is_not_allowed(store.finish_booking(&first.id, at).await), "once");
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
