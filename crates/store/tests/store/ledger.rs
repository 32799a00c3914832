use crate::*;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, date_of};
use liaison_domain::ledger::{ReceivedBy, RecordContent, RecordOutcome};
use liaison_domain::reception::{BookingState, Mode, SessionKind};
use liaison_domain::{Id, Millis};
use liaison_store::Engine;
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::receptions::*;

pub fn content(topic: &str) -> RecordContent {
    RecordContent {
        visitor: id("王桂芳"),
        people: 2,
        topic: id(topic),
        category_id: Some(id("cat-traffic")),
        words: id("学府路的路灯坏了三个星期。"),
        notes: String::new(),
        visit_place: String::new(),
        visit_seen: String::new(),
        outcome: RecordOutcome::Noted,
        solved: String::new(),
        deputies: vec![ReceivedBy {
            id: Some(id("deputy-lu")),
            name: id("陆知遥"),
        }],
    }
}

pub fn record(record_id: &str, at: Millis, content: RecordContent) -> NewRecord {
    NewRecord {
        id: id(record_id),
        session_id: None,
        station_id: id("station-yunfan"),
        appointment_id: None,
        at,
        queue_no: None,
        phone: None,
        account_id: None,
        created_by: id("acc-officer"),
        content,
    }
}

async fn found(store: &Store, filter: RecordFilter) -> Vec<String> {
    let page = store.ledger_records(&filter, None, 50).await.expect("records");
    assert_eq!(page.total as usize, page.items.len(), "the count is of the filter");
    page.items.into_iter().map(|record| record.content.topic).collect()
}

/// A reception that is going on.
pub async fn session(store: &Store) -> Id {
    let new = NewSession {
        id: id("session-1"),
        station_id: id("station-yunfan"),
        title: id("代表接待日"),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at: monday(),
        ends_at: monday() + 2 * HOUR_MS,
        place: String::new(),
        online_link: None,
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite],
        notice: String::new(),
        deputies: vec![id("deputy-lu")],
    };
    store.add_session(&new, monday() - DAY_MS).await.expect("a reception");
    new.id
}

pub fn walk_in(session: &str, name: &str) -> NewBooking {
    NewBooking {
        session_id: id(session),
        account_id: None,
        name: id(name),
        phone_masked: None,
        phone_encrypted: None,
        mode: Mode::OnSite,
        topic: id("路灯"),
        access_needs: String::new(),
        people: 1,
        slot: None,
        wish_deputy: None,
        instead_of: None,
    }
}

db_test!(
    async fn records_are_numbered_by_their_year_without_gaps(store: TestStore) {
        settle(&store).await;
        let last_year = monday() - 100 * DAY_MS;
        for (name, at) in [("a", monday()), ("b", last_year), ("c", monday() + 1)] {
            store
                .add_record(&record(name, at, content(name)), monday())
                .await
                .expect("kept");
        }
        let mut wrong = record("d", monday(), content("d"));
        wrong.station_id = id("atlantis");
        store.add_record(&wrong, monday()).await.expect_err("no such station");
        let again = store
            .add_record(&record("a", monday(), content("something else")), monday())
            .await
            .expect("known");
        assert_eq!(
            (&*again.no, &*again.content.topic),
            ("JD-2026-000001", "a"),
            "the same form is one record"
        );
        let stranger = NewRecord {
            created_by: id("acc-second"),
            ..record("a", monday(), content("a"))
        };
        assert!(
            matches!(
                store.add_record(&stranger, monday()).await,
                Err(ReceptionError::NotFound)
            ),
            "nobody reads a record by guessing its id"
        );
        let next = store
            .add_record(&record("e", monday(), content("e")), monday())
            .await
            .expect("kept");
        assert_eq!(next.no, "JD-2026-000003", "what failed left no gap");
        let old = store.record("b").await.expect("a store").expect("the record");
        assert_eq!((&*old.no, &*old.date), ("JD-2025-000001", "2025-11-22"));
    }
);

db_test!(
    async fn the_ledger_is_searched_filtered_and_paged(store: TestStore) {
        settle(&store).await;
        let elsewhere = NewRecord {
            station_id: id("station-qingyu"),
            ..record("r1", monday() - DAY_MS, content("公交延伸"))
        };
        let mut solved = content("电梯加装");
        solved.outcome = RecordOutcome::OnSite;
        solved.solved = id("当场讲清了流程");
        solved.deputies = vec![
            ReceivedBy {
                id: Some(id("deputy-gu")),
                name: id("顾承远"),
            },
            ReceivedBy {
                id: None,
                name: id("宋老"),
            },
        ];
        for new in [
            elsewhere,
            record("r2", monday(), content("路灯不亮")),
            record("r3", monday() + 1, solved),
        ] {
            store.add_record(&new, monday()).await.expect("kept");
        }
        let all = || RecordFilter::default();
        let words = |text: &str| RecordFilter {
            words: Some(id(text)),
            ..all()
        };
        assert_eq!(found(&store, all()).await, ["电梯加装", "路灯不亮", "公交延伸"]);
        assert_eq!(found(&store, words("加装")).await, ["电梯加装"]);
        assert_eq!(
            found(&store, words("宋老")).await,
            ["电梯加装"],
            "deputies of the past too"
        );
        assert_eq!(found(&store, words("JD-2026-000001")).await, ["公交延伸"]);
        assert_eq!(found(&store, words("王桂芳 公交")).await, ["公交延伸"]);
        assert!(found(&store, words("!!!")).await.is_empty());
        let here = RecordFilter {
            stations: Some(vec![id("station-qingyu")]),
            ..all()
        };
        assert_eq!(found(&store, here).await, ["公交延伸"]);
        let nowhere = RecordFilter {
            stations: Some(Vec::new()),
            ..all()
        };
        assert!(
            found(&store, nowhere).await.is_empty(),
            "no station is not every station"
        );
        let lu = RecordFilter {
            deputies: vec![id("deputy-lu")],
            ..all()
        };
        assert_eq!(found(&store, lu).await, ["路灯不亮", "公交延伸"]);
        let both = RecordFilter {
            deputies: vec![id("deputy-lu"), id("deputy-gu")],
            ..all()
        };
        assert!(found(&store, both).await.is_empty());
        let part = RecordFilter {
            deputies: vec![id("deputy-l")],
            ..all()
        };
        assert!(found(&store, part).await.is_empty(), "part of an id is not an id");
        let on_site = RecordFilter {
            outcome: Some(RecordOutcome::OnSite),
            ..all()
        };
        assert_eq!(found(&store, on_site).await, ["电梯加装"]);
        let today = RecordFilter {
            from: Some(monday()),
            to: Some(monday()),
            ..all()
        };
        assert_eq!(found(&store, today).await, ["路灯不亮"]);

        let first = store.ledger_records(&all(), None, 2).await.expect("records");
        assert_eq!((first.items.len(), first.total), (2, 3));
        let rest = store
            .ledger_records(&all(), first.next_cursor.as_deref(), 2)
            .await
            .expect("records");
        assert_eq!(rest.items[0].content.topic, "公交延伸");
        assert_eq!(rest.next_cursor, None);

        // What is changed is found by its new words only.
        let known = store.record("r2").await.expect("a store").expect("the record");
        store
            .change_record("r2", known.version, &content("盲道被占"), None, monday())
            .await
            .expect("changed");
        assert_eq!(found(&store, words("盲道")).await, ["盲道被占"]);
        assert!(found(&store, words("不亮")).await.is_empty());
        let late = store
            .change_record("r2", known.version, &content("x"), None, monday())
            .await;
        assert!(matches!(late, Err(ReceptionError::Changed)), "{late:?}");
    }
);

db_test!(
    async fn totals_tell_what_is_still_open(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for (name, outcome) in [
            ("solved", RecordOutcome::OnSite),
            ("noted", RecordOutcome::Noted),
            ("letter", RecordOutcome::Letter),
            ("to-be-filed", RecordOutcome::Letter),
        ] {
            let content = RecordContent {
                outcome,
                ..content(name)
            };
            store
                .add_record(&record(name, monday(), content), monday())
                .await
                .expect("kept");
        }
        let filed = desk.submit(&letter()).await;
        let became = store
            .record_became("letter", &filed.id, monday())
            .await
            .expect("linked");
        assert_eq!(became.letter_id.as_ref(), Some(&filed.id));
        let of_letter = store.record_of_letter(&filed.id).await.expect("a store");
        assert_eq!(of_letter.map(|record| record.no), Some(became.no));
        let totals = store.record_totals(&RecordFilter::default()).await.expect("totals");
        let expected = RecordTotals {
            all: 4,
            people: 8,
            on_site: 1,
            letters: 2,
            noted: 1,
            open: 2,
        };
        assert_eq!(totals, expected);
        let taken_back = store
            .change_record("letter", became.version, &content("letter"), None, monday())
            .await;
        assert!(
            matches!(taken_back, Err(ReceptionError::NotAllowed)),
            "a letter is not unmade"
        );
        desk.act(&filed.id, author(), CaseEvent::Withdraw { text: None }).await;
        let totals = store.record_totals(&RecordFilter::default()).await.expect("totals");
        assert_eq!((totals.letters, totals.open), (2, 1), "what ended is not open");
    }
);

db_test!(
    async fn a_paper_ledger_is_taken_over_once(store: TestStore) {
        settle(&store).await;
        let new = |digest: &str| NewImport {
            station_id: id("station-yunfan"),
            file_name: id("2019.xlsx"),
            digest: id(digest),
            passed_over: 1,
            account_id: id("acc-officer"),
        };
        let rows: Vec<ImportRow> = (0..30)
            .map(|n| ImportRow {
                row: n + 2,
                at: Date::new(2018 + (n as i32) % 2, 5, 6).expect("a date").start(),
                phone: Some(SealedPhone {
                    masked: id("199****0001"),
                    encrypted: id("1.sealed"),
                }),
                content: content(&format!("旧事{n}")),
            })
            .collect();
        let Imported::Kept(kept) = store
            .import_records(&new("digest-1"), &rows, monday())
            .await
            .expect("kept")
        else {
            panic!("the file is new");
        };
        assert_eq!((kept.kept, kept.passed_over), (30, 1));
        let again = store
            .import_records(&new("digest-1"), &rows, monday() + 1)
            .await
            .expect("an answer");
        assert_eq!(again, Imported::Known(kept));
        let historic = RecordFilter {
            historic: Some(true),
            ..RecordFilter::default()
        };
        assert_eq!(found(&store, historic).await.len(), 30);
        let own = RecordFilter {
            historic: Some(false),
            ..RecordFilter::default()
        };
        assert!(found(&store, own).await.is_empty());
        // One row that cannot be kept, and none is; the numbers go on where they were.
        let mut broken = rows.clone();
        broken[29].content.category_id = Some(id("cat-unknown"));
        store
            .import_records(&new("digest-2"), &broken, monday())
            .await
            .expect_err("a row is refused");
        assert_eq!(
            store
                .ledger_import("station-yunfan", "digest-2")
                .await
                .expect("an answer"),
            None
        );
        let next = record("next", Date::new(2018, 6, 1).expect("a date").start(), content("接着"));
        let next = store.add_record(&next, monday()).await.expect("kept");
        assert_eq!(next.no, "JD-2018-000016");
        let elsewhere = NewImport {
            station_id: id("station-qingyu"),
            ..new("digest-1")
        };
        assert!(
            matches!(
                store
                    .import_records(&elsewhere, &rows[..1], monday())
                    .await
                    .expect("kept"),
                Imported::Kept(_)
            ),
            "another station may have the same file"
        );
    }
);

db_test!(
    async fn the_counter_calls_each_once_and_a_record_ends_the_talk(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let mut here = Vec::new();
        for name in ["甲", "乙", "丙"] {
            here.push(
                store
                    .walk_in(&walk_in(&session, name), None, monday())
                    .await
                    .expect("a number"),
            );
        }
        assert_eq!(
            here.iter().filter_map(|one| one.queue_no).collect::<Vec<_>>(),
            [1, 2, 3]
        );
        let (one, other) = tokio::join!(
            store.call_next(&session, None, monday()),
            store.call_next(&session, None, monday())
        );
        let mut called: Vec<_> = [one, other]
            .into_iter()
            .map(|next| next.expect("an answer").expect("somebody").name)
            .collect();
        called.sort();
        assert_eq!(called, ["乙", "甲"], "two desks get two people");
        // Who does not answer waits again, and is the next once more.
        store.call_booking(&here[0].id, false, monday()).await.expect("back");
        let next = store
            .call_next(&session, None, monday())
            .await
            .expect("an answer")
            .expect("somebody");
        assert_eq!(next.name, "甲");
        assert_eq!(
            store
                .call_next(&session, None, monday())
                .await
                .expect("an answer")
                .map(|next| next.name),
            Some(id("丙"))
        );
        assert_eq!(
            store.call_next(&session, None, monday()).await.expect("an answer"),
            None
        );

        let new = NewRecord {
            session_id: Some(session.clone()),
            appointment_id: Some(here[0].id.clone()),
            ..record("talk", monday(), content("路灯"))
        };
        store.add_record(&new, monday()).await.expect("kept");
        let queue = store.queue_at(&session).await.expect("a queue");
        let of = |name: &str| {
            queue
                .iter()
                .find(|one| one.appointment.name == name)
                .expect("in the queue")
        };
        assert_eq!(of("甲").appointment.state, BookingState::Done);
        assert_eq!(of("乙").appointment.state, BookingState::CheckedIn);
        assert_eq!(of("乙").called_at, Some(monday()));
        let refused = store.call_booking(&here[0].id, true, monday()).await;
        assert!(matches!(refused, Err(ReceptionError::NotAllowed)), "{refused:?}");
        // A talk that nobody checked in for ends the booking all the same.
        let booked = NewBooking {
            slot: Some(SlotWish {
                starts_at: monday(),
                deputy_id: None,
            }),
            ..walk_in(&session, "丁")
        };
        let terms = BookTerms {
            closes_hours: 0,
            offer_hours: 1,
            remind_hours: Vec::new(),
            misses: 0,
            miss_days: 0,
        };
        let booked = store
            .book(&booked, &terms, None, monday() - HOUR_MS)
            .await
            .expect("booked");
        let new = NewRecord {
            appointment_id: Some(booked.id.clone()),
            ..record("talk-2", monday(), content("公交"))
        };
        store.add_record(&new, monday()).await.expect("kept");
        let done = store
            .appointment(&booked.id)
            .await
            .expect("a store")
            .expect("the booking");
        assert_eq!(done.state, BookingState::Done);
    }
);

db_test!(
    async fn tablets_that_press_at_once_give_different_numbers(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let presses: Vec<_> = (1..=8)
            .map(|n| {
                let (store, new) = (Store::clone(&store), walk_in(&session, &format!("来访 {n}")));
                tokio::spawn(async move { store.walk_in(&new, None, monday()).await.expect("a number") })
            })
            .collect();
        let mut numbers = Vec::new();
        for press in presses {
            let here = press.await.expect("the press ends");
            assert_eq!(here.state, BookingState::CheckedIn);
            numbers.extend(here.queue_no);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    }
);

db_test!(
    async fn a_double_tap_gives_one_number_and_calls_one(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let key = |what: &str, once: &str| IdempotencyKey {
            scope: id(what),
            key: id(once),
            body_hash: id("x"),
        };
        let (first, other) = (key("walkin", "a"), key("walkin", "b"));
        let taps = [&first, &first, &other].map(|key| {
            let (store, new, key) = (Store::clone(&store), walk_in(&session, "甲"), key.clone());
            tokio::spawn(async move { store.walk_in(&new, Some(&key), monday()).await.expect("a number") })
        });
        let mut numbers = Vec::new();
        for tap in taps {
            numbers.extend(tap.await.expect("the tap ends").queue_no);
        }
        assert_eq!(numbers[0], numbers[1], "one tap, twice: {numbers:?}");
        assert_ne!(numbers[0], numbers[2]);
        let mut called = Vec::new();
        for once in ["a", "a", "b", "c", "c"] {
            let next = store.call_next(&session, Some(&key("next", once)), monday()).await;
            called.push(next.expect("an answer").and_then(|next| next.queue_no));
        }
        assert_eq!(called, [Some(1), Some(1), Some(2), None, None]);
        // Somebody came after the button was pressed: the old press still means nobody.
        store
            .walk_in(&walk_in(&session, "丙"), None, monday())
            .await
            .expect("a number");
        let next = store.call_next(&session, Some(&key("next", "c")), monday()).await;
        assert_eq!(next.expect("an answer"), None);
    }
);

db_test!(
    async fn a_visitor_is_kept_with_a_number_or_not_at_all(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let (fault, mended) = match store.engine() {
            Engine::Sqlite => (
                "CREATE TRIGGER no_number BEFORE UPDATE OF queue_no ON appointment
                 BEGIN SELECT RAISE(ABORT, 'no number'); END",
                "DROP TRIGGER no_number",
            ),
            Engine::Postgres => (
                "ALTER TABLE appointment ADD CONSTRAINT no_number CHECK (queue_no IS NULL)",
                "ALTER TABLE appointment DROP CONSTRAINT no_number",
            ),
        };
        store.vandalise(fault).await.expect("a fault");
        let failed = store.walk_in(&walk_in(&session, "甲"), None, monday()).await;
        assert!(failed.is_err(), "{failed:?}");
        let queue = store.queue_at(&session).await.expect("a queue");
        assert!(queue.is_empty(), "a visitor without a number: {queue:?}");
        store.vandalise(mended).await.expect("mended");
        let here = store.walk_in(&walk_in(&session, "甲"), None, monday()).await;
        assert_eq!(here.expect("a number").queue_no, Some(1));
    }
);

db_test!(
    async fn the_year_of_a_station_counts_what_took_place_and_who_came(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let year = date_of(monday()).year;
        assert!(
            store.year_figures(year).await.expect("figures").is_empty(),
            "nothing took place yet"
        );
        let others = [
            (id("study"), SessionKind::StudyDay, monday()),
            (id("before"), SessionKind::Ordinary, monday() - 366 * DAY_MS),
        ]
        .map(|(id, kind, starts_at)| (id, kind, starts_at, starts_at + HOUR_MS));
        for (other, kind, starts_at, ends_at) in &others {
            let new = NewSession {
                id: other.clone(),
                station_id: id("station-yunfan"),
                title: String::new(),
                kind: *kind,
                topic: String::new(),
                starts_at: *starts_at,
                ends_at: *ends_at,
                place: String::new(),
                online_link: None,
                slot_minutes: 20,
                seats: 1,
                modes: vec![Mode::OnSite],
                notice: String::new(),
                deputies: Vec::new(),
            };
            store.add_session(&new, *starts_at - DAY_MS).await.expect("a reception");
            store.close_session(other, 1, *ends_at).await.expect("closed");
        }
        store
            .close_session(&session, 1, monday() + 3 * HOUR_MS)
            .await
            .expect("closed");
        for (name, at, people, outcome) in [
            ("a", monday(), 3, RecordOutcome::OnSite),
            ("b", monday(), 1, RecordOutcome::Letter),
            ("c", monday(), 2, RecordOutcome::Noted),
            ("d", monday() - 366 * DAY_MS, 9, RecordOutcome::OnSite),
        ] {
            let content = RecordContent {
                people,
                outcome,
                ..content(name)
            };
            store
                .add_record(&record(name, at, content), at)
                .await
                .expect("a record");
        }
        let figures = store.year_figures(year).await.expect("figures");
        let expected = YearFigures {
            held: 1,
            people: 6,
            on_site: 1,
            letters: 1,
        };
        assert_eq!(figures, [(id("station-yunfan"), expected)].into());
        let before = store.year_figures(year - 1).await.expect("figures");
        assert_eq!(before[&id("station-yunfan")].people, 9);
    }
);
