//! Notes that are not finished, and looks at a visitor's number.

use crate::ledger::{content, record, session, walk_in};
use crate::*;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::{Id, Millis};
use liaison_store::receptions::*;

fn draft(draft_id: &str, account: &str, sealed: &str) -> NewDraft {
    NewDraft {
        id: id(draft_id),
        session_id: id("session-1"),
        account_id: id(account),
        sealed: id(sealed),
    }
}

db_test!(
    async fn a_draft_is_its_writers_own_and_goes_with_the_record(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let at = monday();
        let kept = |new: NewDraft, now: Millis| {
            let store = &store;
            async move { store.keep_note_draft(&new, now).await }
        };
        let texts = async |account: &str| -> Vec<(Id, String)> {
            let drafts = store.note_drafts(&session, account).await.expect("drafts");
            drafts.into_iter().map(|draft| (draft.id, draft.sealed)).collect()
        };
        assert!(kept(draft("a", "acc-officer", "一"), at).await.expect("kept"));
        assert!(kept(draft("b", "acc-officer", "别的"), at + 1).await.expect("kept"));
        assert!(kept(draft("a", "acc-officer", "一二"), at + 2).await.expect("kept"));
        assert_eq!(
            texts("acc-officer").await,
            [(id("a"), id("一二")), (id("b"), id("别的"))],
            "the later text in the place of the earlier"
        );
        assert!(texts("acc-second").await.is_empty());
        let stolen = kept(draft("a", "acc-second", "换掉"), at + 3).await;
        assert!(matches!(stolen, Err(ReceptionError::NotFound)), "{stolen:?}");
        assert!(!store.drop_note_draft("b", "acc-second").await.expect("an answer"));

        let new = NewRecord {
            session_id: Some(session.clone()),
            ..record("a", at, content("路灯"))
        };
        store.add_record(&new, at).await.expect("kept");
        assert_eq!(texts("acc-officer").await, [(id("b"), id("别的"))]);
        // What was typed a second before the record was kept arrives after it.
        assert!(
            !kept(draft("a", "acc-officer", "一二三"), at + 4)
                .await
                .expect("an answer")
        );
        assert_eq!(texts("acc-officer").await, [(id("b"), id("别的"))]);

        assert_eq!(store.sweep_note_drafts(at + 1).await.expect("swept"), 0);
        assert_eq!(store.sweep_note_drafts(at + 2).await.expect("swept"), 1);
        assert!(texts("acc-officer").await.is_empty());
    }
);

db_test!(
    async fn drafts_have_an_end(store: TestStore) {
        settle(&store).await;
        session(&store).await;
        for n in 0..50 {
            let new = draft(&format!("draft-{n}"), "acc-officer", "一");
            assert!(store.keep_note_draft(&new, monday()).await.expect("kept"));
        }
        let one_more = store
            .keep_note_draft(&draft("more", "acc-officer", "一"), monday())
            .await;
        assert!(matches!(one_more, Err(ReceptionError::NotAllowed)), "{one_more:?}");
        let again = store
            .keep_note_draft(&draft("draft-7", "acc-officer", "二"), monday())
            .await;
        assert!(again.expect("one of them"), "what is there goes on");
        let other = store
            .keep_note_draft(&draft("theirs", "acc-second", "一"), monday())
            .await;
        assert!(other.expect("somebody else's"));
    }
);

db_test!(
    async fn a_look_at_a_number_is_kept_and_told_to_whoever_booked(store: TestStore) {
        settle(&store).await;
        let session = session(&store).await;
        let booked = NewBooking {
            account_id: Some(id("acc-resident")),
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
        for (record_id, booking) in [("theirs", Some(booked.id.clone())), ("nobody", None)] {
            let new = NewRecord {
                appointment_id: booking,
                ..record(record_id, monday(), content("路灯"))
            };
            store.add_record(&new, monday()).await.expect("kept");
        }
        let look = |reason: &str, at: Millis| Look {
            account_id: id("acc-officer"),
            reason: id(reason),
            at,
        };
        let told = async || {
            let count = "SELECT CAST(COUNT(*) AS TEXT) FROM notice WHERE kind = 'booking_number_seen'";
            store.ask(count).await.expect("a count")
        };
        let (first, second) = (look("约上门时间", monday()), look("改时间", monday() + 1));
        store.look_at_number("theirs", &first).await.expect("kept");
        store.look_at_number("theirs", &second).await.expect("kept");
        assert_eq!(told().await, "2", "each look is told");
        let other = look("核对", monday());
        store.look_at_number("nobody", &other).await.expect("kept");
        assert_eq!(told().await, "2", "nobody to tell");
        let looks = store.looks_at_booking(&booked.id).await.expect("looks");
        assert_eq!(looks, [first.clone(), second.clone()]);
        assert_eq!(store.looks_at_record("theirs").await.expect("looks"), [first, second]);
        assert_eq!(
            store.looks_at_record("nobody").await.expect("looks"),
            std::slice::from_ref(&other)
        );
        let unknown = store.look_at_number("elsewhere", &other).await;
        assert!(matches!(unknown, Err(ReceptionError::NotFound)), "{unknown:?}");
    }
);
