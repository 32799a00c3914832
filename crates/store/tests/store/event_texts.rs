#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use crate::events::{LIVE, ask, draft, event, go, people, put};
use crate::*;
use liaison_domain::Id;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::EventDraft;
use liaison_domain::events::{EventState, QuestionSort, QuestionState};
use liaison_store::events::{Asking, EventError, QuestionPage, QuestionPatch, Which};
use liaison_store::new_id;
use std::collections::BTreeSet;

async fn page(store: &Store, event: &str, which: Which<'_>, cursor: Option<&str>) -> QuestionPage {
    store.questions_page(event, which, cursor, 100).await.unwrap()
}

/// The ids of all pages; `between` happens after the second.
async fn read_through(store: &Store, event: &str, which: Which<'_>, between: impl AsyncFnOnce()) -> Vec<Id> {
    let (mut ids, mut cursor, mut pages) = (Vec::new(), None, 0);
    let mut between = Some(between);
    loop {
        let read = page(store, event, which, cursor.as_deref()).await;
        ids.extend(read.items.into_iter().map(|one| one.id));
        pages += 1;
        if pages == 2
            && let Some(between) = between.take()
        {
            between().await;
        }
        cursor = read.next_cursor;
        if cursor.is_none() {
            return ids;
        }
        assert!(pages < 20, "the pages do not end");
    }
}

db_test!(
    async fn seven_hundred_questions_are_read_page_by_page_whatever_happens_meanwhile(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 150).await;
        let plan = EventDraft {
            premoderated: false,
            ..draft(None)
        };
        let event = event(&store, &plan, LIVE).await;
        let mut all = Vec::new();
        for nth in 0..700_usize {
            let text = format!("第 {nth} 个问题");
            all.push(ask(&store, &event, &people[nth / 5], &text).await.unwrap());
        }
        for nth in 0..60 {
            for fan in 0..=nth % 4 {
                store
                    .upvote(&all[nth * 11].id, &people[145 + fan], true, monday())
                    .await
                    .unwrap();
            }
        }
        put(&store, &all[500], QuestionState::Live).await.unwrap();
        let nothing = async || {};
        for sort in [QuestionSort::Votes, QuestionSort::Newest] {
            let which = Which::Public(sort);
            let ids = read_through(&store, &event, which, nothing).await;
            let whole = store.questions(&event, which, 2_000).await.unwrap();
            assert_eq!(
                ids,
                whole.iter().map(|one| one.id.clone()).collect::<Vec<_>>(),
                "{sort:?}"
            );
            assert_eq!((ids.len(), &ids[0]), (700, &all[500].id), "{sort:?}");
        }
        let desk = read_through(&store, &event, Which::Desk(None), nothing).await;
        assert_eq!(desk, all.iter().map(|one| one.id.clone()).collect::<Vec<_>>());

        // Between two pages somebody asks, one that was read rises, one that was not rises above where the reader is.
        let which = Which::Public(QuestionSort::Votes);
        let before = store.questions(&event, which, 2_000).await.unwrap();
        let (read, unread) = (before[150].id.clone(), before[600].id.clone());
        let ids = read_through(&store, &event, which, async || {
            ask(&store, &event, &people[149], "半路来的问题").await.unwrap();
            for fan in [146, 147, 148] {
                store.upvote(&read, &people[fan], true, monday()).await.unwrap();
                store.upvote(&unread, &people[fan], true, monday()).await.unwrap();
            }
        })
        .await;
        let once: BTreeSet<&Id> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "nothing twice");
        let missed: Vec<_> = all.iter().filter(|one| !once.contains(&one.id)).collect();
        assert_eq!(missed.len(), 1, "only what rose past the reader");
        assert_eq!(missed[0].id, unread);
        // What is no cursor means the first page.
        let first = page(&store, &event, which, Some("-")).await;
        assert_eq!(first.items[0].id, all[500].id);
    }
);

db_test!(
    async fn a_draft_is_deleted_and_nothing_that_others_know_of(store: TestStore) {
        settle(&store).await;
        let known = event(&store, &draft(None), &[EventState::Announced]).await;
        let version = store.event(&known).await.unwrap().unwrap().version;
        let refused = store.delete_draft(&known, version).await;
        assert!(matches!(refused, Err(EventError::State)), "{refused:?}");
        let mine = event(&store, &draft(None), &[]).await;
        assert!(matches!(store.delete_draft(&mine, 7).await, Err(EventError::Conflict)));
        store.delete_draft(&mine, 1).await.unwrap();
        assert_eq!(store.event(&mine).await.unwrap(), None);
        assert!(matches!(store.delete_draft(&mine, 1).await, Err(EventError::NotFound)));
        assert!(store.event(&known).await.unwrap().is_some());
    }
);

db_test!(
    async fn an_event_long_past_keeps_what_was_said_and_forgets_who_said_it(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 3).await;
        let event = event(&store, &draft(None), LIVE).await;
        store.register(&event, &people[0], monday()).await.unwrap();
        let asking = Asking {
            id: new_id(),
            event_id: event.clone(),
            account_id: people[0].clone(),
            text: id("请打 19900001000 找我,电梯什么时候装?"),
            shown: Some(id("请打 *** 找我,电梯什么时候装?")),
            name: Some(id("三号楼王女士")),
        };
        let question = store.ask_question(&asking, monday()).await.unwrap();
        put(&store, &question, QuestionState::Visible).await.unwrap();
        store.upvote(&question.id, &people[1], true, monday()).await.unwrap();
        let visible = store.question(&question.id).await.unwrap().unwrap();
        let answer = QuestionPatch {
            state: Some(QuestionState::Answered),
            answer: Some(id("明年三月开工。")),
            ..QuestionPatch::default()
        };
        store
            .change_question(&question.id, visible.version, &answer, monday())
            .await
            .unwrap();
        let hidden = ask(&store, &event, &people[1], "隔壁老王家的事").await.unwrap();
        put(&store, &hidden, QuestionState::Hidden).await.unwrap();
        let options = [id("东边"), id("西边")];
        let poll = store.open_poll(&event, "先修哪边?", &options, monday()).await.unwrap();
        store.vote(&poll, &people[1], 1, monday()).await.unwrap();
        store.vote(&poll, &people[2], 1, monday()).await.unwrap();
        go(&store, &event, EventState::Closed).await;
        let other = event_of(&store, &people[0]).await;

        let ended = store.event(&event).await.unwrap().unwrap().draft.ends_at;
        assert_eq!(store.past_events(ended, "", 10).await.unwrap(), vec![]);
        let past = store.past_events(ended + DAY_MS, "", 10).await.unwrap();
        assert!(past.iter().any(|one| one.id == event));
        let revision = store.event_revision(&event).await.unwrap();
        store.forget_event(&event, monday() + 400 * DAY_MS).await.unwrap();
        assert!(store.event_revision(&event).await.unwrap() > revision);
        let past = store.past_events(ended + DAY_MS, "", 10).await.unwrap();
        assert!(past.iter().all(|one| one.id != event), "once");

        let kept = store.question(&question.id).await.unwrap().unwrap();
        assert_eq!(kept.text, "请打 *** 找我,电梯什么时候装?");
        assert_eq!(
            (kept.account_id, kept.name, kept.shown, kept.phone_masked),
            (None, None, None, None)
        );
        assert_eq!((kept.votes, kept.answer.as_deref()), (1, Some("明年三月开工。")));
        let gone = store.question(&hidden.id).await.unwrap().unwrap();
        assert_eq!((gone.text.as_str(), gone.account_id), ("", None));
        let poll = store.poll(&poll).await.unwrap().unwrap();
        assert_eq!(poll.options, [(id("东边"), 0), (id("西边"), 2)]);
        for account in &people {
            assert_eq!(store.votes_of(&event, account).await.unwrap(), vec![]);
            assert_eq!(store.upvoted(&event, account).await.unwrap(), Vec::<Id>::new());
            let inbox = store.inbox(account, false, None, 10).await.unwrap();
            let about = ["event:", &event].concat();
            assert!(inbox.items.iter().all(|row| row.subject.as_deref() != Some(&*about)));
        }
        assert_eq!(store.registration(&event, &people[0]).await.unwrap(), None);
        let own = store.events_of_account(&people[0], 10).await.unwrap();
        assert_eq!(own, [(other, 1)], "another event is not touched");

        // Whoever still has a question somewhere keeps the way back to it.
        store.forget_residents(monday() + DAY_MS).await.unwrap();
        assert!(store.account(&people[0]).await.unwrap().unwrap().phone_masked.is_some());
        assert!(store.account(&people[1]).await.unwrap().unwrap().phone_masked.is_none());
    }
);

/// Another event, with a question of this person.
async fn event_of(store: &Store, account: &str) -> Id {
    let id = event(store, &draft(None), LIVE).await;
    ask(store, &id, account, "那边的路灯呢?").await.unwrap();
    id
}
