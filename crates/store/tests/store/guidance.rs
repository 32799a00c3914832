//! What stands beside letters: matters like one, those who join, a place on the map, a helper.

use crate::*;
use liaison_domain::dto::{DoorInput, Helper, HelperConsent, Spot};
use liaison_domain::geo::Coordinates;
use liaison_store::directory::{NewOutlines, PlaceError};
use liaison_store::doors::{DoorLog, DoorSetting};
use liaison_store::idempotency::IdempotencyKey;

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
    async fn who_joins_when_a_letter_arrives_is_joined_when_it_is_there(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lead = published(&mut desk, copy()).await;
        let no = desk_no(&store, &lead.id).await;
        let joining = Joining {
            lead: lead.id.clone(),
            text: id("作者附议"),
        };
        let key = |body: &str| IdempotencyKey {
            scope: id("letters/acc-resident"),
            key: id("join"),
            body_hash: liaison_store::sha256_hex(body.as_bytes()),
        };
        let before = store.public_revision().await.expect("a count");
        let ctx = desk.ctx(author());
        let kept = store
            .submit_joining(&letter(), &joining, &ctx, Some(&key("a letter")))
            .await
            .expect("kept");
        assert_eq!(
            (kept.case.state, kept.case.merged_into.as_deref()),
            (CaseState::Merged, Some(&*lead.id))
        );
        let stored = store.load(&kept.id).await.expect("an answer").expect("a letter");
        assert_eq!(stored.case, kept.case, "what is told is what is kept");
        let leads = store.load(&lead.id).await.expect("an answer").expect("a letter");
        assert_eq!(leads.case.joined, std::slice::from_ref(&kept.id));
        let found = store.publication(&no).await.expect("an answer").expect("a copy");
        assert_eq!(found.card.joined, 1);
        assert!(
            store.public_revision().await.expect("a count") > before,
            "every server notices"
        );

        let again = store
            .submit_joining(&letter(), &joining, &ctx, Some(&key("a letter")))
            .await
            .expect("an answer");
        assert!(again.replayed);
        assert_eq!(
            (&again.no, &again.code, again.case),
            (&kept.no, &kept.code, kept.case.clone())
        );
        let leads = store.load(&lead.id).await.expect("an answer").expect("a letter");
        assert_eq!(leads.case.joined.len(), 1, "sent twice, joined once");
        let mismatch = store
            .submit_joining(&letter(), &joining, &ctx, Some(&key("another")))
            .await;
        assert!(matches!(mismatch, Err(SubmitError::Mismatch)), "{mismatch:?}");
        for one in [&kept.id, &lead.id] {
            let faults = store.verify_chain(one).await.expect("an answer");
            assert!(faults.is_empty(), "the logs are whole: {faults:?}");
        }
    }
);

db_test!(
    async fn a_letter_whose_matter_takes_nobody_goes_on_by_itself(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lead = published(&mut desk, copy()).await;
        desk.act(&lead.id, author(), CaseEvent::Withdraw { text: None }).await;
        for lead in [lead.id.as_str(), "nowhere"] {
            let joining = Joining {
                lead: id(lead),
                text: id("作者附议"),
            };
            let ctx = desk.ctx(author());
            let kept = store
                .submit_joining(&letter(), &joining, &ctx, None)
                .await
                .expect("kept");
            assert_eq!(
                (kept.case.state, kept.case.merged_into.clone()),
                (CaseState::Submitted, None)
            );
            let stored = store.load(&kept.id).await.expect("an answer").expect("a letter");
            assert_eq!(stored.case, kept.case);
        }
    }
);

db_test!(
    async fn what_cannot_be_kept_leaves_neither_a_letter_nor_somebody_who_joined(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lead = published(&mut desk, copy()).await;
        let joining = Joining {
            lead: lead.id.clone(),
            text: id("作者附议"),
        };
        let new = NewLetter {
            attachments: vec![id("no-upload")],
            ..letter()
        };
        let refused = store.submit_joining(&new, &joining, &desk.ctx(author()), None).await;
        assert!(refused.is_err(), "{refused:?}");
        assert!(store.load(&new.case.id).await.expect("an answer").is_none());
        let leads = store.load(&lead.id).await.expect("an answer").expect("a letter");
        assert!(leads.case.joined.is_empty());
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

db_test!(
    async fn outlines_change_together_or_not_at_all(store: TestStore) {
        let desk = Desk::open(&store).await;
        let (store, now) = (&desk.store, desk.now);
        let areas = store.areas().await.expect("areas");
        let (one, other) = (areas[0].id.clone(), areas[1].id.clone());
        let by = "acc-officer";
        let outline = |east: &str| format!("123.40,27.50 {east},27.50 {east},27.51");
        let new = |keep: &[(&str, &str)], remove: &[&str]| NewOutlines {
            keep: keep
                .iter()
                .map(|(id, east)| ((*id).to_owned(), outline(east)))
                .collect(),
            remove: remove.iter().map(|id| (*id).to_owned()).collect(),
            file_name: "社区.geojson".to_owned(),
        };
        let both = new(&[(&one, "123.41"), (&other, "123.42")], &[]);
        let done = store.change_outlines(0, &both, by, now).await.expect("kept");
        assert_eq!((done.version, done.same), (1, false));
        let same = store.change_outlines(1, &both, by, now).await.expect("an answer");
        assert_eq!((same.version, same.same), (1, true), "no change is counted");
        let late = store.change_outlines(0, &new(&[], &[&one]), by, now).await;
        assert!(matches!(late, Err(PlaceError::Changed)), "{late:?}");
        let unknown = new(&[(&one, "123.45"), ("nowhere", "123.46")], &[]);
        let refused = store.change_outlines(1, &unknown, by, now).await;
        assert!(matches!(refused, Err(PlaceError::NotFound)), "{refused:?}");
        let shapes = store.area_shapes().await.expect("an answer");
        assert_eq!(
            (shapes.len(), &*shapes[0].outline),
            (2, &*outline("123.41")),
            "nothing of it was kept"
        );
        let before = store.public_revision().await.expect("a count");
        let swap = store
            .change_outlines(1, &new(&[(&one, "123.45")], &[&other]), by, now + 1)
            .await;
        assert_eq!(swap.expect("kept").version, 2);
        assert!(
            store.public_revision().await.expect("a count") > before,
            "every server notices"
        );
        let changes = store.outline_changes(10).await.expect("a log");
        let told: Vec<_> = changes
            .iter()
            .map(|one| (one.version, one.kept.len(), one.removed.len()))
            .collect();
        assert_eq!(told, [(2, 1, 1), (1, 2, 0)]);
        assert_eq!(store.outlines_version().await.expect("a count"), 2);
    }
);

db_test!(
    async fn doors_are_set_and_taken_back_with_who_did_it(store: TestStore) {
        let desk = Desk::open(&store).await;
        let (store, now) = (&desk.store, desk.now);
        let by = "acc-officer";
        let log = |fields: &'static [&'static str], now| DoorLog {
            name: "法院",
            fields,
            by,
            now,
        };
        let mut door = DoorInput {
            name: "法院".into(),
            text: "找法院。".into(),
            number: "12368".into(),
            hours: String::new(),
            words: vec!["判决".into()],
            active: true,
        };
        let before = store.rules_revision().await.expect("a count");
        let put =
            async |version, door: &DoorInput, fields, at| store.put_door("court", version, door, log(fields, at)).await;
        put(0, &door, &["new"], now).await.expect("kept");
        assert!(
            store.rules_revision().await.expect("a count") > before,
            "every server notices"
        );
        door.active = false;
        put(1, &door, &["off"], now + 1).await.expect("kept");
        let late = put(1, &DoorInput::default(), &["name"], now + 2).await;
        assert!(matches!(late, Err(PlaceError::Changed)), "somebody was quicker");
        let set = store.door_settings().await.expect("an answer");
        assert_eq!(
            set,
            [DoorSetting {
                code: "court".into(),
                input: door
            }]
        );
        let back = async |version, at| store.take_door_back("court", version, log(&["taken_back"], at)).await;
        assert!(matches!(back(1, now + 2).await, Err(PlaceError::Changed)));
        back(2, now + 2).await.expect("gone");
        assert!(matches!(back(3, now + 3).await, Err(PlaceError::NotFound)), "once");
        assert!(store.door_settings().await.expect("an answer").is_empty());
        let versions = store.door_versions().await.expect("an answer");
        assert_eq!(versions.len(), 1);
        assert_eq!(
            (&*versions[0].code, versions[0].version),
            ("court", 3),
            "going back is a change too"
        );
        let changes = store.door_changes(10).await.expect("a log");
        let fields: Vec<&str> = changes.iter().map(|one| one.fields[0].as_str()).collect();
        assert_eq!(fields, ["taken_back", "off", "new"], "what did nothing is not told");
    }
);
