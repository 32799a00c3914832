//! Letters that are not finished, and the pictures that wait with them.

use crate::*;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::{Id, Millis};
use liaison_store::letter_drafts::NewLetterDraft;
use liaison_store::uploads::NewUpload;

fn draft(owner: &str, id: &str, sealed: &str, expires_at: Millis) -> NewLetterDraft {
    NewLetterDraft {
        owner: owner.to_owned(),
        id: id.to_owned(),
        sealed: sealed.to_owned(),
        uploads: Vec::new(),
        expires_at,
    }
}

async fn texts(store: &TestStore, owner: &str, now: Millis) -> Vec<(String, String)> {
    let kept = store.letter_drafts(owner, now).await.expect("drafts");
    kept.into_iter().map(|draft| (draft.id, draft.sealed)).collect()
}

db_test!(
    async fn an_unfinished_letter_is_its_browsers_own_and_has_an_end(store: TestStore) {
        let now = monday();
        let end = now + 30 * DAY_MS;
        for (owner, id, sealed, at) in [
            ("here", "a", "一", now),
            ("here", "b", "别的", now + 1),
            ("there", "a", "他们的", now + 2),
            ("here", "a", "一二", now + 3),
        ] {
            let new = draft(owner, id, sealed, end);
            assert!(store.keep_letter_draft(&new, 20, at).await.expect("kept"));
        }
        let pair = |id: &str, text: &str| (id.to_owned(), text.to_owned());
        assert_eq!(
            texts(&store, "here", now).await,
            [pair("a", "一二"), pair("b", "别的")],
            "the later text in the place of the earlier, the latest first"
        );
        assert_eq!(texts(&store, "there", now).await, [pair("a", "他们的")]);
        assert!(texts(&store, "nowhere", now).await.is_empty());

        assert!(!store.drop_letter_draft("nowhere", "a").await.expect("an answer"));
        assert!(store.drop_letter_draft("there", "a").await.expect("an answer"));
        assert_eq!(texts(&store, "here", now).await.len(), 2, "only one's own goes");

        assert!(
            texts(&store, "here", end).await.is_empty(),
            "over, though nothing swept yet"
        );
        assert_eq!(store.sweep_letter_drafts(end - 1).await.expect("swept"), 0);
        assert_eq!(store.sweep_letter_drafts(end).await.expect("swept"), 2);
    }
);

db_test!(
    async fn a_browser_keeps_so_many_and_may_go_on_with_those(store: TestStore) {
        let now = monday();
        for n in 0..3 {
            let new = draft("here", &format!("d-{n}"), "一", now + DAY_MS);
            assert!(store.keep_letter_draft(&new, 3, now).await.expect("kept"));
        }
        let more = draft("here", "more", "一", now + DAY_MS);
        assert!(!store.keep_letter_draft(&more, 3, now).await.expect("an answer"));
        let again = draft("here", "d-1", "二", now + DAY_MS);
        assert!(store.keep_letter_draft(&again, 3, now).await.expect("kept"));
        let other = draft("there", "more", "一", now + DAY_MS);
        assert!(store.keep_letter_draft(&other, 3, now).await.expect("kept"));
    }
);

db_test!(
    async fn a_picture_waits_as_long_as_its_draft(store: TestStore) {
        let now = monday();
        for name in ["with", "without", "stolen"] {
            let new = NewUpload {
                id: Id::from(name),
                token: format!("token of {name}"),
                mime: "image/jpeg".into(),
                bytes: 1,
                width: 1,
                height: 1,
                sha256: String::new(),
                alt: String::new(),
            };
            store.add_upload(&new, now).await.expect("kept");
        }
        let new = NewLetterDraft {
            uploads: vec![
                (Id::from("with"), "token of with".to_owned()),
                (Id::from("stolen"), "not its token".to_owned()),
            ],
            ..draft("here", "a", "一", now + 30 * DAY_MS)
        };
        assert!(store.keep_letter_draft(&new, 20, now).await.expect("kept"));
        let mut gone = store
            .sweep_uploads(now + DAY_MS, now + 3 * DAY_MS)
            .await
            .expect("swept");
        gone.sort();
        assert_eq!(gone, ["stolen", "without"]);
        let gone = store
            .sweep_uploads(now + 30 * DAY_MS, now + 31 * DAY_MS)
            .await
            .expect("swept");
        assert_eq!(gone, ["with"], "the draft is over, and its picture with it");
    }
);
