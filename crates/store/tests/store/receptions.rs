//! Receptions: what follows for those who booked when plans change, and how they are planned and ended.

use crate::hall::*;
use crate::*;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, MINUTE_MS, WorkCalendar};
use liaison_domain::limits::Limits;
use liaison_domain::reception::{BookingState, Mode, Refused, SessionKind, SessionState};
use liaison_domain::{Id, Millis};
use liaison_store::people::NewStaff;
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
        let settled = store.settle_booking(&booked.id, None, hall.now).await.expect("settled");
        assert_eq!(settled.choice, None);
        assert!(
            is_not_allowed(&store.settle_booking(&booked.id, None, hall.now).await),
            "once"
        );
    }
);

db_test!(
    async fn a_letter_instead_settles_the_booking_with_the_letter_or_not_at_all(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU])).await;
        let own = hall.booked(1, "s-1", (thursday(), None)).await;
        let others = hall.booked(2, "s-1", (thursday() + 20 * MINUTE_MS, None)).await;
        store
            .cancel_session("s-1", 1, "代表有会", hall.now)
            .await
            .expect("cancelled");
        let mut desk = Desk {
            store: &store.store,
            now: hall.now,
            calendar: WorkCalendar::default(),
            limits: Limits::default(),
        };
        let instead_of = |booking: &Appointment, attachments: Vec<Id>| NewLetter {
            instead_of: Some(booking.id.clone()),
            attachments,
            ..letter()
        };
        // A letter that is not kept settles nothing.
        let refused = desk.try_submit(&instead_of(&own, vec![id("no-such-upload")])).await;
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(hall.of(&own).await.choice.as_deref(), Some("alternatives"));

        let kept = desk.submit(&instead_of(&own, Vec::new())).await;
        let settled = hall.of(&own).await;
        assert_eq!((settled.choice, settled.letter_id.as_ref()), (None, Some(&kept.id)));
        // Another letter changes nothing any more, and nobody's letter settles another person's booking.
        desk.submit(&instead_of(&own, Vec::new())).await;
        assert_eq!(hall.of(&own).await.letter_id, Some(kept.id));
        desk.submit(&instead_of(&others, Vec::new())).await;
        assert_eq!(hall.of(&others).await.choice.as_deref(), Some("alternatives"));
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
    async fn the_office_hears_who_asks_to_be_excused_and_the_deputies_what_was_decided(store: TestStore) {
        let hall = Hall::open(&store).await;
        for (name, station_id, deputy_id) in [("gu", None, Some(id(GU))), ("qingyu", Some(id("station-qingyu")), None)]
        {
            let role = if deputy_id.is_some() {
                Role::Deputy
            } else {
                Role::StationOfficer
            };
            let new = NewStaff {
                station_id,
                deputy_id,
                ..staff(name, role)
            };
            store.put_staff(&new, hall.now).await.expect("an account");
        }
        for (session, at) in [("s-1", 0), ("s-2", DAY_MS), ("s-3", 2 * DAY_MS)] {
            hall.session(&session_at(session, thursday() + at, &[LU])).await;
        }
        store.ask_leave("s-1", LU, "出差", None, hall.now).await.expect("asked");
        store
            .ask_leave("s-1", LU, "出差三天", None, hall.now)
            .await
            .expect("in other words");
        for account in ["acc-officer", "acc-second"] {
            assert_eq!(
                hall.inbox(account).await,
                ["leave_asked reception:s-1"],
                "{account}: once"
            );
        }
        assert!(hall.inbox("acc-qingyu").await.is_empty(), "another station's office");
        let begun = store.ask_leave("s-1", LU, "出差", None, thursday()).await;
        assert!(is_not_allowed(&begun) && is_not_allowed(&store.ask_leave("s-1", GU, "出差", None, hall.now).await));

        let to = Leave::Substitute(GU.to_owned());
        let decided = store.decide_leave("s-1", LU, &to, &terms(), hall.now).await;
        decided.expect("decided");
        assert_eq!(hall.inbox("acc-lu").await, ["leave_granted reception:s-1"]);
        assert_eq!(hall.inbox("acc-gu").await, ["substitute_named reception:s-1"]);
        // Nobody asked: keeping a deputy is no news.
        for session in ["s-2", "s-3"] {
            if session == "s-3" {
                store
                    .ask_leave(session, LU, "出差", None, hall.now)
                    .await
                    .expect("asked");
            }
            let refused = store
                .decide_leave(session, LU, &Leave::Refused, &terms(), hall.now)
                .await;
            refused.expect("decided");
        }
        assert_eq!(
            hall.inbox("acc-lu").await,
            ["leave_refused reception:s-3", "leave_granted reception:s-1"]
        );
        assert_eq!(hall.inbox("acc-gu").await.len(), 1);
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

db_test!(
    async fn bookings_lose_whose_they_were_and_keep_what_was(store: TestStore) {
        let mut hall = Hall::open(&store).await;
        hall.session(&session_at("s-1", thursday(), &[LU])).await;
        hall.session(&session_at("s-2", thursday() + DAY_MS, &[LU])).await;
        let gone = hall.booked(2, "s-1", (thursday(), None)).await;
        let stays = hall.booked(2, "s-2", (thursday() + DAY_MS, None)).await;
        let after_first = thursday() + HOUR_MS + 1;
        assert_eq!(
            store.forget_bookings(after_first - 1, 10).await.expect("done"),
            0,
            "to its very end"
        );
        assert_eq!(store.forget_bookings(after_first, 10).await.expect("done"), 1);
        assert_eq!(store.forget_bookings(after_first, 10).await.expect("done"), 0, "once");
        let forgotten = hall.of(&gone).await;
        assert_eq!(
            (
                forgotten.account_id,
                forgotten.name,
                forgotten.phone_masked,
                forgotten.topic
            ),
            (None, String::new(), None, String::new())
        );
        assert_eq!(
            (forgotten.starts_at, forgotten.deputy_id, forgotten.people),
            (gone.starts_at, gone.deputy_id, gone.people)
        );
        assert_eq!(hall.of(&stays).await, stays);
        let own = store.appointments_of(&resident(2), 10).await.expect("a list");
        assert_eq!(own, std::slice::from_ref(&stays));
        // The account is somebody's as long as one of its bookings is.
        let later = hall.now + 1;
        let known = async || {
            store
                .account(&resident(2))
                .await
                .expect("an answer")
                .expect("the row")
                .name
        };
        store.forget_residents(later).await.expect("done");
        assert_eq!(known().await, "居民");
        store.forget_bookings(after_first + DAY_MS, 10).await.expect("done");
        store.forget_residents(later).await.expect("done");
        assert_eq!(known().await, "");

        assert_eq!(hall.told(2).await.len(), 2);
        assert_eq!(
            store.forget_meeting_notices(gone.created_at, 10).await.expect("done"),
            0
        );
        assert_eq!(
            store
                .forget_meeting_notices(gone.created_at + 1, 10)
                .await
                .expect("done"),
            1
        );
        assert_eq!(hall.told(2).await.len(), 1);
    }
);

db_test!(
    async fn turns_are_counted_from_where_the_rule_began(store: TestStore) {
        let hall = Hall::open(&store).await;
        let day = |text: &str| Date::parse(text).expect("a date");
        let rule = |id: &str, valid_from: Option<&str>| NewRule {
            id: id.to_owned(),
            station_id: "station-yunfan".to_owned(),
            title: String::new(),
            kind: SessionKind::Ordinary,
            place: String::new(),
            rule: liaison_domain::schedule::Rule {
                weekday: Some(3),
                valid_from: valid_from.map(day),
                ..liaison_domain::schedule::Rule::new(
                    liaison_domain::schedule::Mode::Weekly,
                    liaison_domain::schedule::Time(540),
                    liaison_domain::schedule::Time(600),
                )
            },
            deputies: vec![LU.to_owned(), GU.to_owned()],
            each: 1,
            slot_minutes: 20,
            seats: 1,
            modes: vec![Mode::OnSite],
        };
        let anchor = async |id: &str| {
            let kept = store.reception_rule(id).await.expect("an answer").expect("a rule");
            (kept.anchor.iso(), kept.rule.rule.valid_from.map(Date::iso))
        };
        store
            .put_rule(&rule("r-1", Some("2026-04-01")), None, hall.now)
            .await
            .expect("kept");
        store.put_rule(&rule("r-2", None), None, hall.now).await.expect("kept");
        let made = liaison_domain::calendar::date_of(hall.now).iso();
        assert_eq!(
            anchor("r-1").await,
            ("2026-04-01".to_owned(), Some("2026-04-01".to_owned()))
        );
        assert_eq!(anchor("r-2").await, (made.clone(), None));
        for (id, began) in [("r-1", "2026-04-01"), ("r-2", made.as_str())] {
            store
                .put_rule(&rule(id, Some("2026-05-01")), Some(1), hall.now + DAY_MS)
                .await
                .expect("changed");
            assert_eq!(anchor(id).await, (began.to_owned(), Some("2026-05-01".to_owned())));
        }
    }
);
