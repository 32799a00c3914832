use crate::*;
use liaison_store::uploads::NewUpload;

fn picture(name: &str) -> NewUpload {
    NewUpload {
        id: id(name),
        token: format!("token-{name}"),
        mime: id("image/jpeg"),
        bytes: 12_345,
        width: 800,
        height: 600,
        sha256: liaison_store::sha256_hex(name.as_bytes()),
        alt: String::new(),
    }
}

db_test!(
    async fn a_picture_belongs_to_its_sender_then_to_its_letter(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for name in ["p1", "p2", "p3"] {
            store.add_upload(&picture(name), desk.now).await.expect("kept");
        }
        assert!(
            store
                .unclaimed_upload("p1", "token-p1")
                .await
                .expect("an answer")
                .is_some()
        );
        assert_eq!(store.unclaimed_upload("p1", "token-p2").await.expect("an answer"), None);
        assert!(!store.remove_upload("p3", "wrong").await.expect("an answer"));
        assert!(store.remove_upload("p3", "token-p3").await.expect("an answer"));

        let mut with_pictures = letter();
        with_pictures.attachments = vec![id("p2"), id("p1")];
        let new = desk.submit(&with_pictures).await;
        let names = |list: Vec<liaison_store::uploads::Picture>| list.into_iter().map(|p| p.id).collect::<Vec<_>>();
        assert_eq!(
            names(store.pictures(&new.id).await.expect("pictures")),
            ["p2", "p1"],
            "in the order they were sent"
        );
        assert_eq!(
            store.unclaimed_upload("p1", "token-p1").await.expect("an answer"),
            None,
            "the token is spent"
        );
        assert!(!store.remove_upload("p1", "token-p1").await.expect("an answer"));

        let mut thief = letter();
        thief.attachments = vec![id("p1")];
        desk.try_submit(&thief).await.expect_err("another letter's picture");

        store.add_upload(&picture("p4"), desk.now).await.expect("kept");
        let more = CaseEvent::Supplement {
            text: id("又拍了一张"),
            attachments: vec![id("p4")],
            media: Vec::new(),
        };
        desk.act(&new.id, author(), more).await;
        assert_eq!(
            names(store.pictures(&new.id).await.expect("pictures")),
            ["p2", "p1", "p4"]
        );
        let row = store.office_queue(
            None,
            liaison_store::queues::Slice {
                lane: "new",
                limit: 9,
                ..Default::default()
            },
            desk.now,
        );
        assert_eq!(row.await.expect("an answer").expect("a lane").items[0].pictures, 3);
    }
);

db_test!(
    async fn a_picture_is_public_only_in_a_shown_copy(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for name in ["shown", "kept"] {
            store.add_upload(&picture(name), desk.now).await.expect("kept");
        }
        let mut with_pictures = letter();
        with_pictures.attachments = vec![id("shown"), id("kept")];
        let new = desk.submit(&with_pictures).await;
        desk.act(&new.id, officer(), accept()).await;
        let foreign = PublicCopy {
            attachments: vec![id("elsewhere")],
            ..copy()
        };
        let refused = desk
            .try_act(&new.id, officer(), &CaseEvent::ProposeCopy { copy: foreign })
            .await;
        assert!(matches!(refused, Err(ActError::Refused { .. })), "{refused:?}");
        let copy = PublicCopy {
            attachments: vec![id("shown")],
            ..copy()
        };
        desk.act(&new.id, officer(), CaseEvent::ProposeCopy { copy }).await;
        desk.act(&new.id, author(), CaseEvent::CopyApproved {}).await;
        assert!(
            !store.is_public_picture("shown").await.expect("an answer"),
            "not before it is published"
        );
        desk.act(&new.id, officer(), CaseEvent::Publish {}).await;
        assert!(store.is_public_picture("shown").await.expect("an answer"));
        assert!(!store.is_public_picture("kept").await.expect("an answer"));
        assert_eq!(
            store
                .publication(&new.no)
                .await
                .expect("an answer")
                .expect("the copy")
                .pictures
                .len(),
            1
        );
        desk.act(
            &new.id,
            officer(),
            CaseEvent::Hide {
                reason: id("有人脸")
            },
        )
        .await;
        assert!(
            !store.is_public_picture("shown").await.expect("an answer"),
            "hiding takes the picture along"
        );
    }
);

db_test!(
    async fn pictures_nobody_sent_are_swept(store: TestStore) {
        store.add_upload(&picture("old"), monday()).await.expect("kept");
        store.add_upload(&picture("young"), monday() + 10).await.expect("kept");
        assert_eq!(
            store.sweep_uploads(monday() + 5, monday() + 5).await.expect("swept"),
            ["old"]
        );
        assert!(store.upload("young").await.expect("an answer").is_some());
    }
);
