use crate::*;
use liaison_domain::dto::{NewTemplate, Unit, UnitDuties};
use liaison_domain::reply::SHIPPED_TEMPLATES;
use liaison_store::directory::MoveError;
use liaison_store::queues::Slice;
use liaison_store::templates::Kept;

async fn unit_at(store: &Store, slug: &str, level: &str) {
    let unit = Unit {
        id: ["unit-", slug].concat(),
        name: id(slug),
        short_name: id(slug),
        kind: id("street"),
        active: true,
        level: id(level),
    };
    store.put_unit(&unit, &unit.id, None, 9).await.expect("a unit");
}

fn delegate(case: &Case, to: Option<&str>) -> CaseEvent {
    CaseEvent::Delegate {
        task_id: lead_task(case),
        unit_id: to.map(id),
        text: String::new(),
    }
}

/// The rows of a unit's lane.
async fn lane(desk: &Desk<'_>, unit: &str, lane: &str) -> Vec<String> {
    let slice = Slice {
        lane,
        limit: 30,
        ..Slice::default()
    };
    let queue = desk.store.unit_queue(unit, slice, desk.now).await;
    let queue = queue.expect("the store answers").expect("a lane");
    queue.items.into_iter().map(|row| row.id).collect()
}

db_test!(
    async fn work_is_handed_one_level_down_and_no_further(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        unit_at(&store, "street", "street").await;
        unit_at(&store, "community", "community").await;
        let case = desk.in_progress().await;
        for wrong in ["unit-b", "unit-community", "unit-nobody"] {
            let tried = desk
                .try_act(&case.id, unit_officer("unit-a"), &delegate(&case, Some(wrong)))
                .await;
            let Err(ActError::Refused { refusal, .. }) = tried else {
                panic!("{wrong} took it: {tried:?}");
            };
            assert_eq!(refusal.field.as_deref(), Some("unit_id"), "{wrong}");
        }
        assert_eq!(lane(&desk, "unit-street", "working").await, Vec::<String>::new());
        desk.act(&case.id, unit_officer("unit-a"), delegate(&case, Some("unit-street")))
            .await;
        assert_eq!(
            lane(&desk, "unit-street", "working").await,
            std::slice::from_ref(&case.id)
        );
        assert_eq!(
            lane(&desk, "unit-a", "working").await,
            std::slice::from_ref(&case.id),
            "and it stays the unit's own"
        );
        desk.act(&case.id, unit_officer("unit-a"), delegate(&case, None)).await;
        assert_eq!(lane(&desk, "unit-street", "working").await, Vec::<String>::new());
    }
);

db_test!(
    async fn a_unit_has_its_own_texts_and_everybodys(store: TestStore) {
        settle(&store).await;
        let shared = store.templates("unit-a").await.expect("templates");
        assert_eq!(shared.len(), SHIPPED_TEMPLATES.len(), "a new district has them");
        assert!(shared.iter().all(|one| !one.own && !one.parts.is_empty()));
        let new = NewTemplate {
            name: id("路灯"),
            parts: ReplyParts {
                done: id("灯已换好。"),
                ..ReplyParts::default()
            },
        };
        let put = async |unit: &str, key: &str, most: u64| {
            let kept = store.put_template(unit, key, &new, most, monday()).await;
            kept.expect("the store answers")
        };
        assert_eq!(put("unit-a", "t1", 1).await, Kept::Yes);
        assert_eq!(
            put("unit-a", "t1", 1).await,
            Kept::Yes,
            "the same again is no second one"
        );
        assert_eq!(put("unit-a", "t2", 1).await, Kept::TooMany);
        assert_eq!(put("unit-b", "t1", 1).await, Kept::NotOwn);
        assert_eq!(put("unit-b", "shared-a", 1).await, Kept::NotOwn);
        let first = store.templates("unit-a").await.expect("templates").remove(0);
        assert_eq!((first.own, first.name.as_str()), (true, "路灯"));
        assert_eq!(first.parts, new.parts);
        assert_eq!(
            store.templates("unit-b").await.expect("templates").len(),
            SHIPPED_TEMPLATES.len(),
            "another unit's are its own"
        );
        let gone = async |unit: &str, key: &str| store.delete_template(unit, key).await.expect("the store answers");
        assert!(!gone("unit-a", "shared-a").await && !gone("unit-b", "t1").await);
        assert!(gone("unit-a", "t1").await && !gone("unit-a", "t1").await);
    }
);

db_test!(
    async fn the_board_shows_every_task_once_at_its_stage_and_date(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let works = desk.in_progress().await;
        let new = desk.submit(&letter()).await;
        desk.act(&new.id, officer(), accept()).await;
        desk.act(&new.id, officer(), assign()).await;
        let review = desk.in_progress().await;
        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(&review),
            reply: reply("已修好。"),
            signed_off_by: id("周科长"),
        };
        desk.act(&review.id, unit_officer("unit-a"), submit).await;
        desk.answered().await;
        let board = store.unit_board("unit-a", desk.now).await.expect("a board");
        let cells: Vec<(&str, &str, u32, &str)> = board
            .cells
            .iter()
            .map(|cell| {
                (
                    cell.stage.as_str(),
                    cell.due.as_str(),
                    cell.count,
                    cell.items[0].id.as_str(),
                )
            })
            .collect();
        assert_eq!(
            cells,
            [
                ("to_sign", "soon", 1, new.id.as_str()),
                ("working", "later", 1, works.id.as_str()),
                ("in_review", "later", 1, review.id.as_str()),
            ]
        );
        assert_eq!(board.total, 3, "what is answered is done");
        let later = desk.now + 60 * liaison_domain::calendar::DAY_MS;
        let board = store.unit_board("unit-a", later).await.expect("a board");
        assert!(board.cells.iter().all(|cell| cell.due == "overdue"), "{board:?}");
    }
);

db_test!(
    async fn duties_move_and_nothing_is_orphaned(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        unit_at(&store, "street", "street").await;
        let works = desk.in_progress().await;
        desk.act(&works.id, unit_officer("unit-a"), delegate(&works, Some("unit-street")))
            .await;
        let asked = desk.in_progress().await;
        desk.act(&asked.id, officer(), CaseEvent::AskInfo { text: id("几单元?") })
            .await;
        let unsigned = desk.submit(&letter()).await;
        desk.act(&unsigned.id, officer(), accept()).await;
        desk.act(&unsigned.id, officer(), assign()).await;
        let open = store.open_tasks("unit-a").await.expect("tasks");
        assert_eq!(open.len(), 3);
        let due = desk.load(&works.id).await.case.due_at;

        let all = store.duties("unit-a").await.expect("counts");
        assert_eq!((all.matters, all.categories, all.accounts), (3, 1, 1));
        assert_eq!(all.successor_id, None);

        let refused = store.move_duties("unit-a", "unit-a").await;
        assert!(
            matches!(refused, Err(MoveError::Successor)),
            "not to itself: {refused:?}"
        );
        let moved = store.move_duties("unit-a", "unit-b").await.expect("they move");
        assert_eq!((moved.categories, moved.accounts), (1, 1));
        let elsewhere = store.move_duties("unit-a", "unit-street").await;
        assert!(
            matches!(elsewhere, Err(MoveError::Successor)),
            "not twice: {elsewhere:?}"
        );
        let none = desk
            .try_act(&works.id, officer(), &CaseEvent::Dispute { text: id("x") })
            .await;
        assert!(none.is_ok(), "the case itself goes on: {none:?}");
        // The first call broke off here; the same again goes on.
        store.move_duties("unit-a", "unit-b").await.expect("again");
        let admin = Actor {
            role: Role::Admin,
            ..Actor::system()
        };
        for task in store.open_tasks("unit-a").await.expect("tasks") {
            let event = CaseEvent::ReassignUnit {
                task_id: task.id,
                unit_id: id("unit-b"),
            };
            desk.act(&task.message_id, admin.clone(), event).await;
        }
        assert_eq!(store.open_tasks("unit-a").await.expect("tasks"), vec![]);
        let none = UnitDuties {
            matters: 0,
            handed_down: 0,
            categories: 0,
            accounts: 0,
            templates: 0,
            successor_id: Some(id("unit-b")),
        };
        assert_eq!(
            store.duties("unit-a").await.expect("counts"),
            none,
            "nothing is left behind"
        );
        assert_eq!(desk.load(&asked.id).await.case.due_at.is_some(), due.is_some());
        assert_eq!(store.predecessors("unit-b").await.expect("units"), ["unit-a"]);
        let duties = store.category_units("cat-housing").await.expect("duties");
        let left: Vec<(&str, TaskRole)> = duties.iter().map(|d| (d.unit.id.as_str(), d.role)).collect();
        assert_eq!(left, [("unit-b", TaskRole::Lead)], "the weightier part stays");
        let (account, _) = store
            .staff_by_username("unit-a")
            .await
            .expect("the store answers")
            .expect("the account");
        assert_eq!(account.unit_id.as_deref(), Some("unit-b"));
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn work_handed_down_to_a_unit_that_goes_is_handed_on_or_back(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        unit_at(&store, "street", "street").await;
        unit_at(&store, "other-street", "street").await;
        let case = desk.in_progress().await;
        desk.act(&case.id, unit_officer("unit-a"), delegate(&case, Some("unit-street")))
            .await;
        store
            .move_duties("unit-street", "unit-other-street")
            .await
            .expect("they move");
        let handed = store.handed_down_to("unit-street").await.expect("tasks");
        assert_eq!(handed.len(), 1);
        let left = store.duties("unit-street").await.expect("counts");
        assert_eq!(
            (left.matters, left.handed_down),
            (0, 1),
            "what it did for others is counted too"
        );
        let admin = Actor {
            role: Role::Admin,
            ..Actor::system()
        };
        let case = desk
            .act(&case.id, admin.clone(), delegate(&case, Some("unit-other-street")))
            .await;
        assert_eq!(case.tasks[0].delegate.as_deref(), Some("unit-other-street"));
        assert_eq!(store.handed_down_to("unit-street").await.expect("tasks"), vec![]);
        let back = desk.act(&case.id, admin, delegate(&case, None)).await;
        assert_eq!(back.tasks[0].delegate, None);
    }
);
