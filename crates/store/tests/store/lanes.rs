use crate::*;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{OFFICE_LANES, Queue};
use liaison_store::queues::Slice;
use std::collections::BTreeSet;

fn lane(name: &str) -> Slice<'_> {
    Slice {
        lane: name,
        q: None,
        cursor: None,
        limit: 50,
        filter: liaison_store::queues::Filter::default(),
    }
}

async fn office(desk: &Desk<'_>, name: &str) -> Queue {
    desk.store
        .office_queue(Some("station-yunfan"), lane(name), desk.now)
        .await
        .expect("the store answers")
        .expect("a lane")
}

fn ids(queue: &Queue) -> BTreeSet<String> {
    queue.items.iter().map(|row| row.id.clone()).collect()
}

db_test!(
    async fn each_letter_waits_in_its_lane(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await.id;
        let running = desk.in_progress().await.id;
        let review = desk.in_progress().await;
        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(&review),
            reply: reply("已修好。"),
            signed_off_by: id("周科长"),
        };
        desk.act(&review.id, unit_officer("unit-a"), submit).await;
        let disputed = desk.answered().await.id;
        desk.act(
            &disputed,
            author(),
            CaseEvent::RatedBad {
                rating: rating(1, Solved::No),
            },
        )
        .await;
        let returned = desk.submit(&letter()).await.id;
        desk.act(&returned, officer(), accept()).await;
        let case = desk.act(&returned, officer(), assign()).await;
        let request = CaseEvent::ReturnRequest {
            task_id: lead_task(&case),
            legal_basis: id("三定方案"),
            proposed_unit: id("unit-b"),
        };
        desk.act(&returned, unit_officer("unit-a"), request).await;
        let urgent = NewCase {
            urgency: Urgency::Urgent,
            ..letter().case
        };
        let urgent = desk
            .submit(&NewLetter {
                case: urgent,
                ..letter()
            })
            .await
            .id;
        let published = desk.published().await.id;
        let to_publish = desk.answered().await.id;
        let declined = desk.submit(&letter()).await.id;
        let decline = CaseEvent::Decline {
            reason_code: desk.limits.decline_reasons[0].clone(),
            text: id("诉讼中的事项请到法院"),
        };
        desk.act(&declined, officer(), decline).await;

        for (name, expected) in [
            ("new", vec![&new]),
            ("held", vec![&urgent]),
            ("urgent", vec![&urgent]),
            ("review", vec![&review.id]),
            ("disputed", vec![&disputed]),
            ("returned", vec![&returned]),
            ("to_publish", vec![&to_publish]),
            ("running", vec![&running, &returned, &published, &to_publish]),
            ("closed", vec![&declined]),
            ("overdue", vec![]),
            ("appeals", vec![]),
            ("lookback", vec![]),
        ] {
            let queue = office(&desk, name).await;
            assert_eq!(
                ids(&queue),
                expected.iter().map(|id| (*id).clone()).collect(),
                "lane {name}"
            );
            assert_eq!(queue.total, expected.len() as u64, "total of {name}");
            let count = queue.lanes.iter().find(|l| l.lane == name).expect("its count");
            assert_eq!((count.count, count.late), (expected.len() as u32, 0), "count of {name}");
        }
        let lanes = office(&desk, "new").await.lanes;
        assert_eq!(lanes.iter().map(|l| l.lane.as_str()).collect::<Vec<_>>(), OFFICE_LANES);
        let row = office(&desk, "running")
            .await
            .items
            .into_iter()
            .find(|row| row.id == running)
            .expect("the row");
        assert_eq!(row.holder.name.as_deref(), Some("区住建局"));
        assert_eq!(
            (row.category_name.as_deref(), row.area_name.as_deref()),
            (Some("电梯"), Some("船坞里社区"))
        );
        assert_eq!(row.station_name, "云帆街道联络站");
        assert!(row.due.is_some() && !row.late);

        desk.now += 60 * DAY_MS;
        let overdue = office(&desk, "overdue").await;
        assert!(
            ids(&overdue).contains(&running) && ids(&overdue).contains(&new),
            "time has passed"
        );
        assert!(overdue.items.iter().all(|row| row.late));
        assert!(!ids(&overdue).contains(&published), "the ball is the resident's");
        assert_eq!(
            office(&desk, "new").await.lanes.first().map(|l| (l.count, l.late)),
            Some((1, 1))
        );
    }
);

db_test!(
    async fn a_station_sees_its_own_letters_and_the_head_station_all(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut there = letter();
        there.case.station_id = id("station-qingyu");
        desk.submit(&there).await;
        desk.submit(&letter()).await;
        let ask = |station: Option<&'static str>| store.office_queue(station, lane("new"), desk.now);
        assert_eq!(
            ask(Some("station-qingyu"))
                .await
                .expect("an answer")
                .expect("a lane")
                .total,
            1
        );
        assert_eq!(ask(None).await.expect("an answer").expect("a lane").total, 2);
        assert_eq!(
            store
                .office_queue(None, lane("no-such-lane"), desk.now)
                .await
                .expect("an answer"),
            None
        );
    }
);

db_test!(
    async fn a_count_is_never_older_than_a_moment(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let count = async |now| {
            let asked = store.office_queue(Some("station-yunfan"), lane("new"), now).await;
            let lanes = asked.expect("the store answers").expect("a lane").lanes;
            lanes.into_iter().find(|lane| lane.lane == "new").map(|lane| lane.count)
        };
        assert_eq!(count(desk.now).await, Some(0));
        let id = desk.submit(&letter()).await.id;
        assert_eq!(count(desk.now).await, Some(1), "one's own change is seen at once");
        assert_eq!(count(desk.now).await, Some(1));
        // Another server, which tells nobody.
        let other = Store::connect(&store.url).await.expect("the same database");
        let elsewhere = TestStore::of(other, store.url.clone());
        let decline = format!("UPDATE message SET state = 'declined' WHERE id = '{id}'");
        assert_eq!(elsewhere.vandalise(&decline).await, Ok(1));
        assert_eq!(count(desk.now + 2_000).await, Some(0));
    }
);

db_test!(
    async fn a_unit_sees_its_tasks_and_nobody_elses(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let working = desk.in_progress().await;
        let unsigned = desk.submit(&letter()).await.id;
        desk.act(&unsigned, officer(), accept()).await;
        desk.act(&unsigned, officer(), assign()).await;
        let unit = |unit: &'static str, name: &'static str| store.unit_queue(unit, lane(name), desk.now);
        let to_sign = unit("unit-a", "to_sign").await.expect("an answer").expect("a lane");
        assert_eq!(ids(&to_sign), BTreeSet::from([unsigned.clone()]));
        let lanes: Vec<(String, u32)> = to_sign.lanes.into_iter().map(|l| (l.lane, l.count)).collect();
        let expected = [
            ("to_sign", 1),
            ("working", 1),
            ("sent_back", 0),
            ("follow_up", 0),
            ("in_review", 0),
            ("overdue", 0),
            ("done", 0),
        ];
        assert_eq!(lanes, expected.map(|(name, n)| (id(name), n)));
        let co = unit("unit-b", "to_sign").await.expect("an answer").expect("a lane");
        assert_eq!(
            ids(&co),
            BTreeSet::from([unsigned, working.id.clone()]),
            "the co-unit signed neither"
        );

        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(&working),
            reply: reply("已修好。"),
            signed_off_by: id("周科长"),
        };
        desk.act(&working.id, unit_officer("unit-a"), submit).await;
        let in_review = store
            .unit_queue("unit-a", lane("in_review"), desk.now)
            .await
            .expect("an answer")
            .expect("a lane");
        assert_eq!(ids(&in_review), BTreeSet::from([working.id.clone()]));
        desk.act(
            &working.id,
            officer(),
            CaseEvent::SendBack {
                text: id("请写清哪天修好"),
            },
        )
        .await;
        let back = store
            .unit_queue("unit-a", lane("sent_back"), desk.now)
            .await
            .expect("an answer")
            .expect("a lane");
        assert_eq!(ids(&back), BTreeSet::from([working.id]));
    }
);

db_test!(
    async fn a_deputy_sees_what_lies_with_them(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = NewCase {
            deputy_id: Some(id("deputy-lu")),
            ..letter().case
        };
        let waiting = desk
            .submit(&NewLetter {
                case: case.clone(),
                ..letter()
            })
            .await
            .id;
        let to_answer = desk
            .submit(&NewLetter {
                case: NewCase {
                    id: liaison_store::new_id(),
                    ..case
                },
                ..letter()
            })
            .await
            .id;
        desk.submit(&letter()).await;
        desk.act(&to_answer, officer(), accept()).await;
        desk.act(
            &to_answer,
            officer(),
            CaseEvent::ToDeputy {
                deputy_id: id("deputy-lu"),
            },
        )
        .await;
        let inbox = |name: &'static str| store.deputy_queue("deputy-lu", lane(name), desk.now);
        assert_eq!(
            ids(&inbox("to_answer").await.expect("an answer").expect("a lane")),
            BTreeSet::from([to_answer.clone()])
        );
        assert_eq!(
            ids(&inbox("running").await.expect("an answer").expect("a lane")),
            BTreeSet::from([waiting])
        );
        desk.act(
            &to_answer,
            deputy(),
            CaseEvent::DeputyAnswer {
                reply: reply("我去看过了。"),
            },
        )
        .await;
        let done = store
            .deputy_queue("deputy-lu", lane("done"), desk.now)
            .await
            .expect("an answer")
            .expect("a lane");
        assert_eq!(ids(&done), BTreeSet::from([to_answer]));
    }
);

db_test!(
    async fn paging_shows_each_letter_once_while_others_come(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut expected = BTreeSet::new();
        for _ in 0..23 {
            // All in the same minute: the due dates are equal and only the ids tell them apart.
            expected.insert(desk.try_submit(&letter()).await.expect("kept").id);
        }
        let mut seen = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let slice = Slice {
                cursor: cursor.as_deref(),
                limit: 5,
                ..lane("new")
            };
            let page = store
                .office_queue(None, slice, desk.now)
                .await
                .expect("an answer")
                .expect("a lane");
            seen.extend(page.items.iter().map(|row| row.id.clone()));
            // One that was shown goes, a new one comes.
            desk.act(&page.items[0].id, officer(), CaseEvent::AskInfo { text: id("哪一部?") })
                .await;
            desk.now += 10 * DAY_MS;
            desk.try_submit(&letter()).await.expect("kept");
            cursor = page.next_cursor;
            if cursor.is_none() || seen.len() > 60 {
                break;
            }
        }
        assert_eq!(seen.len(), seen.iter().collect::<BTreeSet<_>>().len(), "none twice");
        assert!(expected.iter().all(|id| seen.contains(id)), "none missing");
    }
);

db_test!(
    async fn the_office_finds_letters_by_words_and_number(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lift = desk.submit(&letter()).await;
        let mut road = letter();
        (road.title, road.body, road.place) = (id("路灯不亮"), id("学府路的路灯三周不亮。"), None);
        let road = desk.submit(&road).await;
        let find = |q: &'static str| {
            store.office_queue(
                None,
                Slice {
                    q: Some(q),
                    ..lane("new")
                },
                desk.now,
            )
        };
        for (q, expected) in [
            ("电梯", Some(&lift.id)),
            ("学府路", Some(&road.id)),
            ("船坞里", Some(&lift.id)),
            ("2026-2", Some(&road.id)),
            ("车位", None),
        ] {
            let found = find(q).await.expect("an answer").expect("a lane");
            assert_eq!(ids(&found), expected.into_iter().cloned().collect(), "{q}");
            assert_eq!(found.total, u64::from(expected.is_some()), "{q}");
        }
    }
);
