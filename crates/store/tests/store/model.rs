//! R17: the same walk through the rules on both engines ends in the same place.

use crate::*;
use liaison_domain::calendar::{HOUR_MS, WorkCalendar};
use liaison_domain::dto::CaseFilter;
use liaison_domain::limits::Limits;
use liaison_store::testing;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Takes steps chosen by number among what is allowed; tells what happened, without fresh ids and tokens.
async fn walk(store: &Store, steps: &[(u8, u8)]) -> Vec<String> {
    let mut desk = Desk {
        store,
        now: monday(),
        calendar: WorkCalendar::default(),
        limits: Limits::default(),
    };
    let new = desk.submit(&letter()).await;
    let mut told = Vec::new();
    for (who, which) in steps {
        desk.now += HOUR_MS * i64::from(*which) / 4;
        let actors = [
            author(),
            officer(),
            leader(),
            unit_officer("unit-a"),
            unit_officer("unit-b"),
            deputy(),
            Actor::system(),
        ];
        let actor = actors[usize::from(*who) % actors.len()].clone();
        let case = desk.load(&new.id).await.case;
        let ctx = Context {
            new_ids: vec![id("x"); 9],
            ..desk.ctx(actor.clone())
        };
        let allowed = allowed_events(&case, &ctx);
        if allowed.is_empty() {
            continue;
        }
        let kind = allowed[usize::from(*which) % allowed.len()];
        let Some(event) = samples(kind, &case, &ctx)
            .into_iter()
            .find(|event| apply(&case, event, &ctx).is_ok())
        else {
            continue;
        };
        let done = desk.try_act(&new.id, actor, &event).await;
        told.push(match done {
            Ok(acted) => format!("{} → {} v{}", kind.code(), acted.case.state.code(), acted.case.version),
            Err(ActError::Refused { refusal, .. }) => format!("{} refused {:?}", kind.code(), refusal),
            Err(other) => panic!("{}: {other:?}", kind.code()),
        });
    }
    assert_eq!(
        store.verify_chain(&new.id).await.expect("a check"),
        vec![],
        "after {told:?}"
    );
    assert_eq!(
        store.rebuild(&new.id).await.expect("a fold"),
        Some(desk.load(&new.id).await.case)
    );
    let lanes = store
        .office_queue(
            None,
            liaison_store::queues::Slice {
                lane: "new",
                limit: 1,
                ..Default::default()
            },
            desk.now,
        )
        .await;
    told.push(format!("{:?}", lanes.expect("an answer").expect("a lane").lanes));
    told.push(format!(
        "{}",
        store
            .publications(&CaseFilter::default(), 100)
            .await
            .expect("a list")
            .total
    ));
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_go_the_same_way() {
    let (sqlite, postgres) = (testing::sqlite().await, testing::postgres().await);
    settle(&sqlite).await;
    settle(&postgres).await;
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let steps = prop::collection::vec((any::<u8>(), any::<u8>()), 5..40);
        let mut runner = TestRunner::new(Config {
            cases: 25,
            failure_persistence: None,
            max_shrink_iters: 40,
            ..Config::default()
        });
        let agreed = runner.run(&steps, |steps| {
            let one = runtime.block_on(walk(&sqlite, &steps));
            let other = runtime.block_on(walk(&postgres, &steps));
            prop_assert_eq!(one, other);
            Ok(())
        });
        agreed.expect("the engines agree");
    });
}
