//! What stands beside letters: matters like one, those who join, a place on the map, a helper.

use crate::*;
use liaison_domain::dto::{Helper, HelperConsent, Spot};
use liaison_domain::geo::Coordinates;

fn shown(title: &str, body: &str) -> PublicCopy {
    PublicCopy {
        title: id(title),
        body: id(body),
        answer: String::new(),
        attachments: Vec::new(),
    }
}

/// A letter on its way whose copy everybody can read.
async fn published(desk: &mut Desk<'_>, copy: PublicCopy) -> Case {
    let case = desk.in_progress().await;
    desk.act(&case.id, officer(), CaseEvent::ProposeCopy { copy }).await;
    desk.act(&case.id, author(), CaseEvent::CopyApproved {}).await;
    desk.act(&case.id, officer(), CaseEvent::Publish {}).await
}

fn joins(lead: &Case) -> CaseEvent {
    CaseEvent::Merge {
        into: lead.id.clone(),
        text: id("附议"),
    }
}

db_test!(
    async fn matters_like_a_text_are_found_the_likest_first(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lamps = published(&mut desk, shown("学府路路灯不亮", "菜场到小学的路灯坏了三个星期。")).await;
        let lift = published(&mut desk, shown("望楼电梯停运", "三号楼的电梯坏了。")).await;
        published(&mut desk, shown("河道发黑", "西溪桥下河道发臭。")).await;
        let found = |text: &'static str| async { store.similar(text, None, None, 3).await.expect("an answer") };

        let like = found("学府路菜场门口路灯又坏了，晚上很黑").await;
        let (lamps_no, lift_no) = (desk_no(&store, &lamps.id).await, desk_no(&store, &lift.id).await);
        assert_eq!(like.first().map(|card| card.no.clone()), Some(lamps_no.clone()));
        let like = found("我们这里电梯坏了三天，是望楼三号楼").await;
        assert_eq!(like.first().map(|card| card.no.clone()), Some(lift_no.clone()));
        assert!(found("想给孩子报假期托管班").await.is_empty(), "nothing is like it");
        assert!(
            found("\" OR * ' | :*").await.is_empty(),
            "search syntax is nobody's word"
        );

        desk.act(&lamps.id, officer(), CaseEvent::Hide { reason: id("有误") })
            .await;
        assert!(
            found("学府路菜场路灯坏了").await.is_empty(),
            "a hidden copy is not shown"
        );
        assert_eq!(store.published_letter(&lamps_no).await.expect("an answer"), None);
        assert_eq!(
            store.published_letter(&lift_no).await.expect("an answer"),
            Some(lift.id.clone())
        );
    }
);

async fn desk_no(store: &Store, id: &str) -> String {
    store.load(id).await.expect("the store answers").expect("a letter").no
}

db_test!(
    async fn who_joins_by_themselves_is_counted_on_the_public_copy_and_leaves_again(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lead = published(&mut desk, copy()).await;
        let no = desk_no(&store, &lead.id).await;
        let count = || async {
            let found = store.publication(&no).await.expect("an answer").expect("a copy");
            found.card.joined
        };
        assert_eq!(count().await, 0);
        let joined = desk.submit(&letter()).await;
        let account = letter().account_id.expect("an author");
        assert!(!store.has_joined(&account, &lead.id).await.expect("an answer"));
        desk.act(&joined.id, Actor::system(), joins(&lead)).await;
        assert_eq!(count().await, 1);
        assert!(store.has_joined(&account, &lead.id).await.expect("an answer"));
        desk.act(&joined.id, author(), CaseEvent::Unmerge {}).await;
        assert_eq!(count().await, 0, "whoever takes it back is not counted");
    }
);

db_test!(
    async fn what_a_letter_brings_along_comes_back_bit_for_bit_and_goes_with_its_author(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let extra = Extra {
            spot: Some(Spot {
                lng: 123.412_345_678_901_23,
                lat: 27.561_000_000_000_003,
                coordinates: Coordinates::Gcj02,
            }),
            may_call: Some(false),
            helper: Some(Helper {
                name: id("小陈"),
                relation: id("网格员"),
                phone: Some(id("199****0001")),
                consent: HelperConsent::Phone,
            }),
        };
        let new = desk
            .submit(&NewLetter {
                extra: extra.clone(),
                ..letter()
            })
            .await;
        let kept = store.extra(&new.id).await.expect("an answer");
        assert_eq!(kept, extra);
        let bits = |extra: &Extra| extra.spot.as_ref().map(|spot| (spot.lng.to_bits(), spot.lat.to_bits()));
        assert_eq!(bits(&kept), bits(&extra));
        let plain = desk.submit(&letter()).await;
        assert_eq!(store.extra(&plain.id).await.expect("an answer"), Extra::default());

        desk.act(&new.id, author(), CaseEvent::Withdraw { text: None }).await;
        desk.now += 800 * liaison_domain::calendar::DAY_MS;
        desk.act(&new.id, Actor::system(), CaseEvent::Archive {}).await;
        assert_eq!(store.extra(&new.id).await.expect("an answer"), Extra::default());
    }
);

db_test!(
    async fn outlines_are_kept_with_their_areas(store: TestStore) {
        let desk = Desk::open(&store).await;
        assert!(desk.store.area_shapes().await.expect("an answer").is_empty());
        let areas = store.areas().await.expect("areas");
        let outline = "123.40,27.50 123.41,27.50 123.41,27.51";
        store.put_area_outline(&areas[0].id, outline).await.expect("kept");
        assert!(
            store.put_area_outline(&areas[0].id, "here").await.is_err(),
            "no outline"
        );
        let shapes = store.area_shapes().await.expect("an answer");
        assert_eq!((shapes.len(), &*shapes[0].outline), (1, outline));
        assert_eq!(shapes[0].code, areas[0].code);
    }
);
