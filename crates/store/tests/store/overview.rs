use crate::*;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::reception::{Mode, SessionKind};
use liaison_store::receptions::{BookTerms, NewBooking, NewSession, NextDays, SessionFilter, SlotWish};

/// A reception of `station-yunfan`, an hour long with two talks, `hours` from now.
fn reception(name: &str, hours: i64, now: i64, deputies: &[&str]) -> NewSession {
    NewSession {
        id: id(name),
        station_id: id("station-yunfan"),
        title: String::new(),
        kind: SessionKind::Ordinary,
        topic: id("养老"),
        starts_at: now + hours * HOUR_MS,
        ends_at: now + (hours + 1) * HOUR_MS,
        place: String::new(),
        online_link: None,
        slot_minutes: 30,
        seats: 1,
        modes: vec![Mode::OnSite],
        notice: String::new(),
        deputies: deputies.iter().map(|slug| id(&["deputy-", slug].concat())).collect(),
    }
}

const TERMS: BookTerms = BookTerms {
    closes_hours: 2,
    offer_hours: 12,
    remind_hours: Vec::new(),
    misses: 0,
    miss_days: 90,
};

db_test!(
    async fn everybodys_next_reception_is_the_first_that_residents_come_to(store: TestStore) {
        let desk = Desk::open(&store).await;
        let now = desk.now;
        let study = NewSession {
            kind: SessionKind::StudyDay,
            ..reception("study", 4, now, &["lu"])
        };
        for new in [
            reception("over", -2, now, &["lu"]),
            study,
            reception("first", 30, now, &["lu"]),
            reception("second", 60, now, &["lu", "gu"]),
            reception("off", 5, now, &["gu"]),
        ] {
            desk.store.add_session(&new, now).await.expect("a reception");
        }
        desk.store
            .cancel_session("off", 1, "台风", now)
            .await
            .expect("cancelled");
        let date = |hours: i64| liaison_domain::calendar::date_of(now + hours * HOUR_MS).iso();
        let expected = NextDays {
            stations: [(id("station-yunfan"), date(30))].into(),
            deputies: [(id("deputy-lu"), date(30)), (id("deputy-gu"), date(60))].into(),
            until: Some(now + 31 * HOUR_MS),
        };
        assert_eq!(desk.store.next_days(now).await.expect("days"), expected);
        let later = desk.store.next_days(now + 31 * HOUR_MS).await.expect("days");
        assert_eq!(later.stations[&id("station-yunfan")], date(60), "the first one is over");
    }
);

db_test!(
    async fn pages_of_a_list_follow_each_other_and_count_the_whole(store: TestStore) {
        let desk = Desk::open(&store).await;
        let now = desk.now;
        // Two begin at the same moment: the id tells their order.
        for (name, hours) in [("c", 20), ("a", 10), ("b", 10), ("d", 30)] {
            let new = reception(name, hours, now, &[]);
            desk.store.add_session(&new, now).await.expect("a reception");
        }
        let filter = SessionFilter {
            from: Some(now),
            words: Some(id("养老")),
            ..SessionFilter::default()
        };
        let mut seen = Vec::new();
        let mut cursor: Option<String> = None;
        for _ in 0..4 {
            let page = desk
                .store
                .session_page(&filter, cursor.as_deref(), 1)
                .await
                .expect("a page");
            assert_eq!(page.total, 4);
            seen.extend(page.items.into_iter().map(|session| session.id));
            cursor = page.next_cursor;
        }
        assert_eq!(seen, ["a", "b", "c", "d"]);
        assert_eq!(cursor, None);
    }
);

db_test!(
    async fn times_taken_are_counted_for_each_reception(store: TestStore) {
        let desk = Desk::open(&store).await;
        let now = desk.now;
        for name in ["a", "b"] {
            let new = reception(name, 30, now, &["lu"]);
            desk.store.add_session(&new, now).await.expect("a reception");
        }
        let booking = NewBooking {
            session_id: id("a"),
            account_id: None,
            name: id("李听澜"),
            phone_masked: None,
            phone_encrypted: None,
            mode: Mode::OnSite,
            topic: id("路灯"),
            access_needs: String::new(),
            people: 1,
            slot: Some(SlotWish {
                starts_at: now + 30 * HOUR_MS,
                deputy_id: None,
            }),
            wish_deputy: None,
            instead_of: None,
        };
        desk.store.book(&booking, &TERMS, None, now).await.expect("a booking");
        let sessions = desk
            .store
            .sessions(&SessionFilter::default())
            .await
            .expect("receptions");
        let taken = desk.store.times_taken(&sessions).await.expect("counts");
        assert_eq!(taken, [(id("a"), 1)].into());
    }
);
