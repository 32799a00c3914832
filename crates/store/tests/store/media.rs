use crate::*;
use liaison_domain::Millis;
use liaison_domain::calendar::DAY_MS;
use liaison_store::incoming::Part;
use liaison_store::media::{Media, NewMedia, TranscriptRow};
use liaison_store::queues::Slice;

fn recording(name: &str, kind: &'static str) -> NewMedia {
    NewMedia {
        id: id(name),
        token: format!("token-{name}"),
        kind,
        mime: id("audio/wav"),
        bytes: 32_044,
        duration: Some(1_000),
        sha256: liaison_store::sha256_hex(name.as_bytes()),
    }
}

fn version(of: &str, version: i64, body: &str, at: Millis) -> TranscriptRow {
    TranscriptRow {
        upload_id: id(of),
        version,
        body: id(body),
        by_machine: version == 1,
        by_id: (version > 1).then(|| id("acc-officer")),
        at,
    }
}

async fn found(store: &Store, q: &str, now: Millis) -> usize {
    let slice = Slice {
        lane: "new",
        q: Some(q),
        limit: 9,
        ..Slice::default()
    };
    let queue = store.office_queue(None, slice, now).await.expect("an answer");
    queue.expect("a lane").items.len()
}

fn ids(list: &[Media]) -> Vec<&str> {
    list.iter().map(|media| media.id.as_str()).collect()
}

db_test!(
    async fn a_voice_belongs_to_its_sender_then_to_its_letter(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for (name, kind) in [("said", "voice"), ("filmed", "video"), ("other", "voice")] {
            store.add_media(&recording(name, kind), desk.now).await.expect("kept");
        }
        assert_eq!(store.upload("said").await.expect("an answer"), None, "it is no picture");
        let unclaimed = store.unclaimed_media("said", "token-said").await.expect("an answer");
        assert_eq!(unclaimed.map(|media| media.duration), Some(Some(1_000)));
        assert_eq!(
            store.unclaimed_media("said", "token-other").await.expect("an answer"),
            None
        );

        let mut spoken = letter();
        spoken.body = String::new();
        spoken.media = vec![id("filmed"), id("said")];
        let kept = desk.submit(&spoken).await;
        let media = store.media(&kept.id).await.expect("media");
        assert_eq!(ids(&media), ["said", "filmed"], "the voice first");
        assert_eq!(store.pictures(&kept.id).await.expect("pictures"), []);
        assert_eq!(
            store.unclaimed_media("said", "token-said").await.expect("an answer"),
            None
        );

        let mut thief = letter();
        thief.media = vec![id("said")];
        desk.try_submit(&thief).await.expect_err("another letter's voice");
        let mut mistaken = letter();
        mistaken.attachments = vec![id("other")];
        desk.try_submit(&mistaken).await.expect_err("a voice is no picture");
        let later = CaseEvent::Supplement {
            text: id("再说一句"),
            attachments: vec![id("other")],
            media: Vec::new(),
        };
        desk.try_act(&kept.id, author(), &later)
            .await
            .expect_err("not later either");
        assert_eq!(
            store.sweep_uploads(desk.now + 1, desk.now + 1).await.expect("swept"),
            ["other"]
        );
    }
);

db_test!(
    async fn what_was_still_on_its_way_follows_its_letter(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for (name, kind) in [
            ("said", "voice"),
            ("again", "voice"),
            ("filmed", "video"),
            ("theirs", "video"),
        ] {
            store.add_media(&recording(name, kind), desk.now).await.expect("kept");
        }
        let mut others = letter();
        others.media = vec![id("theirs")];
        desk.submit(&others).await;
        let kept = desk.submit(&letter()).await;
        let follow = |media: &[&str]| CaseEvent::Supplement {
            text: id("补上录音和视频。"),
            attachments: Vec::new(),
            media: media.iter().copied().map(id).collect(),
        };
        for wrong in [&["theirs"][..], &["said", "again"], &["said", "said"], &["nowhere"]] {
            match desk.try_act(&kept.id, author(), &follow(wrong)).await {
                Err(ActError::Refused { refusal, .. }) => {
                    assert_eq!(refusal.field.as_deref(), Some("media"), "{wrong:?}");
                }
                other => panic!("{wrong:?}: {other:?}"),
            }
        }
        desk.act(&kept.id, author(), follow(&["said"])).await;
        desk.try_act(&kept.id, author(), &follow(&["again"]))
            .await
            .expect_err("it has a voice already");
        let wordless = CaseEvent::Supplement {
            text: String::new(),
            attachments: Vec::new(),
            media: vec![id("filmed")],
        };
        desk.act(&kept.id, author(), wordless).await;
        assert_eq!(ids(&store.media(&kept.id).await.expect("media")), ["said", "filmed"]);
        assert_eq!(
            ids(&store.voices_to_write_down(2, 9).await.expect("waiting")),
            ["said"],
            "it is written down like one that came with its letter"
        );
        assert_eq!(store.verify_chain(&kept.id).await.expect("checked"), []);
    }
);

db_test!(
    async fn what_is_said_is_written_down_corrected_found_and_forgotten(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        store
            .add_media(&recording("said", "voice"), desk.now)
            .await
            .expect("kept");
        let mut spoken = letter();
        spoken.body = String::new();
        spoken.media = vec![id("said")];
        let kept = desk.submit(&spoken).await;
        assert_eq!(found(&store, "水泵", desk.now).await, 0);

        let waiting = store.voices_to_write_down(2, 9).await.expect("waiting");
        assert_eq!(ids(&waiting), ["said"]);
        store.count_speech_try("said").await.expect("counted");
        assert_eq!(
            store.voices_to_write_down(1, 9).await.expect("waiting"),
            [],
            "tried often enough"
        );

        let first = version("said", 1, "三号楼的水磅坏了", desk.now);
        assert!(store.write_transcript(&first).await.expect("an answer"));
        let late = version("said", 1, "别的", desk.now);
        assert!(
            !store.write_transcript(&late).await.expect("an answer"),
            "somebody was quicker"
        );
        let far = version("said", 3, "别的", desk.now);
        assert!(
            !store.write_transcript(&far).await.expect("an answer"),
            "none was left out"
        );
        let second = version("said", 2, "三号楼的水泵坏了", desk.now + 1);
        assert!(store.write_transcript(&second).await.expect("an answer"));

        assert_eq!(store.transcripts("said").await.expect("all"), [first, second.clone()]);
        let media = store.media(&kept.id).await.expect("media");
        assert_eq!(media[0].transcript.as_ref(), Some(&second), "the last one counts");
        assert_eq!(
            store.voices_to_write_down(2, 9).await.expect("waiting"),
            [],
            "it is written down"
        );
        assert_eq!(found(&store, "水泵", desk.now).await, 1);
        assert_eq!(found(&store, "水磅", desk.now).await, 0, "what was corrected does not");
        assert_eq!(
            found(&store, "电梯", desk.now).await,
            1,
            "nor are the letter's own words lost"
        );

        let withdraw = CaseEvent::Withdraw {
            text: Some(id("解决了")),
        };
        desk.act(&kept.id, author(), withdraw).await;
        desk.now += 3 * 366 * DAY_MS;
        desk.act(&kept.id, Actor::system(), CaseEvent::Archive {}).await;
        assert_eq!(store.transcripts("said").await.expect("all"), []);
        assert_eq!(
            store.sweep_uploads(1, 1).await.expect("swept"),
            ["said"],
            "its file can go"
        );
    }
);

db_test!(
    async fn a_file_comes_piece_by_piece_and_never_out_of_order(store: TestStore) {
        let now = monday();
        settle(&store).await;
        store.expect_file("film", "token", 250, now).await.expect("expected");
        let part = |at: i64, bytes: i64| Part { at, bytes };
        let note =
            async |token: &str, part: Part| store.note_part("film", token, part, now + 5).await.expect("an answer");
        assert!(note("token", part(0, 100)).await);
        assert!(!note("token", part(0, 100)).await, "it is here");
        assert!(!note("token", part(150, 100)).await, "a piece is missing");
        assert!(!note("wrong", part(100, 100)).await, "another's");
        assert!(note("token", part(100, 100)).await);
        assert!(!note("token", part(200, 51)).await, "longer than announced");
        assert!(note("token", part(200, 50)).await);
        let standing = store
            .incoming("film", "token")
            .await
            .expect("an answer")
            .expect("the file");
        assert_eq!((standing.size, standing.received), (250, 250));
        assert_eq!(store.incoming("film", "wrong").await.expect("an answer"), None);
        let parts = store.incoming_parts("film").await.expect("parts");
        assert_eq!(parts, [part(0, 100), part(100, 100), part(200, 50)]);

        store.expect_file("cut", "token", 250, now).await.expect("expected");
        assert!(
            store
                .note_part("cut", "token", part(0, 7), now)
                .await
                .expect("an answer")
        );
        store.end_incoming("cut").await.expect("ended");
        let standing = store
            .incoming("cut", "token")
            .await
            .expect("an answer")
            .expect("the file");
        assert_eq!((standing.size, standing.received), (7, 7));

        assert_eq!(store.incoming_count().await.expect("a count"), 2);
        assert_eq!(store.stuck_incoming(now + 1).await.expect("stuck"), ["cut"]);
        store.forget_incoming("film").await.expect("forgotten");
        assert_eq!(store.incoming_parts("film").await.expect("parts"), []);
        assert_eq!(store.incoming_count().await.expect("a count"), 1);
    }
);
