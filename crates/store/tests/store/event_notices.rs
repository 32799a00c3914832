#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use crate::events::{LIVE, OPEN, ask, draft, event, go, letter_of, people, put};
use crate::*;
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS};
use liaison_domain::dto::EventDraft;
use liaison_domain::events::{EventState, QuestionState};
use liaison_domain::{Id, Millis};
use liaison_store::events::QuestionPatch;
use std::collections::BTreeSet;

/// The kinds in somebody's inbox about an event, oldest first.
async fn inbox(store: &Store, account: &str) -> Vec<String> {
    let page = store.inbox(account, false, None, 50).await.unwrap();
    let mut kinds: Vec<String> = page
        .items
        .into_iter()
        .filter(|row| row.subject.is_some())
        .map(|row| row.kind)
        .collect();
    kinds.reverse();
    kinds
}

async fn who_was_told(store: &Store, all: &[Id], kind: &str) -> BTreeSet<Id> {
    let mut told = BTreeSet::new();
    for account in all {
        if inbox(store, account).await.iter().any(|one| one == kind) {
            told.insert(account.clone());
        }
    }
    told
}

async fn edit(store: &Store, event: &str, change: impl FnOnce(&mut EventDraft)) {
    let known = store.event(event).await.unwrap().unwrap();
    let mut draft = known.draft;
    change(&mut draft);
    store
        .edit_event(event, known.version, &draft, monday() + MINUTE_MS)
        .await
        .unwrap();
}

/// Whether a message about the event may still go out to somebody, and whether it is of today.
async fn outside(store: &Store, account: &str, event: &str) -> Vec<(bool, bool)> {
    let waiting = store.waiting(account, monday()).await.unwrap();
    let open = waiting.map(|waiting| waiting.open).unwrap_or_default();
    open.into_iter()
        .filter(|one| one.about == ["event:", event].concat())
        .map(|one| (!one.void, one.urgent))
        .collect()
}

db_test!(
    async fn a_moved_or_cancelled_event_is_told_to_all_it_concerns_and_to_nobody_who_gave_up(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 5).await;
        let [comes, waits, gave_up, asks, stranger] = [0, 1, 2, 3, 4].map(|n| people[n].clone());
        let event = event(&store, &draft(Some(1)), OPEN).await;
        for account in [&comes, &waits, &gave_up] {
            store.register(&event, account, monday()).await.unwrap();
        }
        ask(&store, &event, &asks, "底楼的补偿怎么算?").await.unwrap();
        ask(&store, &event, &gave_up, "施工要多久?").await.unwrap();
        store.withdraw_registration(&event, &gave_up, monday()).await.unwrap();
        let at_the_table = ["acc-lu", "acc-unit-a", "acc-unit-b"].map(id);
        let all: Vec<Id> = people.iter().chain(&at_the_table).cloned().collect();
        let concerned: BTreeSet<Id> = [&comes, &waits, &asks]
            .into_iter()
            .chain(&at_the_table)
            .cloned()
            .collect();

        edit(&store, &event, |draft| draft.title = id("另一个名字")).await;
        assert_eq!(who_was_told(&store, &all, "event_changed").await, BTreeSet::new());
        edit(&store, &event, |draft| draft.place = id("居委会三楼")).await;
        assert_eq!(who_was_told(&store, &all, "event_changed").await, concerned);
        assert_eq!(inbox(&store, &stranger).await, Vec::<String>::new());
        let page = store.inbox(&comes, false, None, 5).await.unwrap();
        assert!(
            page.items[0].title.ends_with("云帆街道联络站活动"),
            "{}",
            page.items[0].title
        );
        assert_eq!(page.items[0].subject.as_deref(), Some(&*["event:", &event].concat()));
        assert_eq!(
            outside(&store, &comes, &event).await,
            [(true, true)],
            "it is today: nobody is to come in vain"
        );

        go(&store, &event, EventState::Cancelled).await;
        assert_eq!(inbox(&store, &comes).await, ["event_changed", "event_changed"]);
        assert_eq!(inbox(&store, "acc-lu").await, ["event_changed", "event_changed"]);
        assert_eq!(inbox(&store, &gave_up).await, Vec::<String>::new());
    }
);

db_test!(
    async fn who_moves_up_is_told_and_an_author_of_the_answer_and_of_the_letter(store: TestStore) {
        let desk = Desk::open(&store).await;
        let people = people(&store, 3).await;
        let event = event(&store, &draft(Some(1)), LIVE).await;
        for account in &people[..2] {
            store.register(&event, account, monday()).await.unwrap();
        }
        store.withdraw_registration(&event, &people[0], monday()).await.unwrap();
        assert_eq!(inbox(&store, &people[1]).await, ["event_seat"]);
        assert_eq!(inbox(&store, &people[0]).await, Vec::<String>::new());

        let first = ask(&store, &event, &people[2], "3 号楼的电梯什么时候能装?")
            .await
            .unwrap();
        put(&store, &first, QuestionState::Visible).await.unwrap();
        assert_eq!(inbox(&store, &people[2]).await, Vec::<String>::new());
        let answered = put(&store, &first, QuestionState::Answered).await.unwrap();
        assert_eq!(inbox(&store, &people[2]).await, ["event_answered"]);
        // Written down afterwards: the same answer.
        let patch = QuestionPatch {
            answer: Some(id("明年三月开工。")),
            ..QuestionPatch::default()
        };
        store
            .change_question(&first.id, answered.version, &patch, monday())
            .await
            .unwrap();
        assert_eq!(inbox(&store, &people[2]).await, ["event_answered"]);

        let second = ask(&store, &event, &people[2], "底楼的补偿怎么算?").await.unwrap();
        put(&store, &second, QuestionState::Hidden).await.unwrap();
        let ctx = desk.ctx(officer());
        store
            .question_to_letter(&second.id, &letter_of(&second, "unit-a"), &ctx)
            .await
            .unwrap();
        assert_eq!(inbox(&store, &people[2]).await, ["event_answered", "event_to_letter"]);
    }
);

db_test!(
    async fn a_beginning_is_told_once_to_those_who_come_and_never_of_what_was_cancelled(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 4).await;
        let [comes, waits, asks, gives_up] = [0, 1, 2, 3].map(|n| people[n].clone());
        let ahead = 2 * HOUR_MS;
        let event = event(&store, &draft(Some(2)), OPEN).await;
        for account in [&comes, &gives_up, &waits] {
            store.register(&event, account, monday()).await.unwrap();
        }
        ask(&store, &event, &asks, "底楼的补偿怎么算?").await.unwrap();
        let remind = async |now: Millis| store.remind_of_events(ahead, now, 10).await.unwrap();
        assert_eq!(remind(monday() - 2 * HOUR_MS).await, (0, 0), "too early");
        // Those with a seat, the asker, a deputy and two units.
        assert_eq!(remind(monday()).await, (1, 6));
        assert_eq!(remind(monday() + MINUTE_MS).await, (0, 0), "once");
        assert_eq!(
            inbox(&store, &waits).await,
            Vec::<String>::new(),
            "there is no seat to come for"
        );
        assert_eq!(outside(&store, &gives_up, &event).await, [(true, false)]);
        store.withdraw_registration(&event, &gives_up, monday()).await.unwrap();
        assert_eq!(
            outside(&store, &gives_up, &event).await,
            [(false, false)],
            "not to whoever gave up meanwhile"
        );

        // Another time: of that one people are reminded too, and no more of the first.
        edit(&store, &event, |draft| {
            draft.starts_at += DAY_MS;
            draft.ends_at += DAY_MS;
        })
        .await;
        assert_eq!(outside(&store, &comes, &event).await, [(false, false), (true, true)]);
        assert_eq!(remind(monday() + DAY_MS).await.0, 1);
        assert_eq!(
            inbox(&store, &comes).await,
            ["event_starts", "event_changed", "event_starts"]
        );

        let cancelled = event_at(&store, monday() + 3 * DAY_MS, &comes).await;
        go(&store, &cancelled, EventState::Cancelled).await;
        assert_eq!(remind(monday() + 3 * DAY_MS - HOUR_MS).await, (0, 0));
        let late = event_at(&store, monday() + 4 * DAY_MS, &comes).await;
        assert_eq!(remind(monday() + 4 * DAY_MS - HOUR_MS).await.0, 1);
        assert_eq!(outside(&store, &comes, &late).await, [(true, false)]);
        go(&store, &late, EventState::Cancelled).await;
        // The test's clock puts the cancellation first.
        // The test's clock puts the cancellation first.
        let on_their_way = outside(&store, &comes, &late).await;
        assert_eq!(
            on_their_way,
            [(true, false), (false, false)],
            "the reminder is taken back"
        );
    }
);

/// An event open to all at this time, and somebody who comes.
async fn event_at(store: &Store, starts_at: Millis, who: &str) -> Id {
    let draft = EventDraft {
        starts_at,
        ends_at: starts_at + HOUR_MS,
        ..draft(None)
    };
    let id = event(store, &draft, OPEN).await;
    store.register(&id, who, monday()).await.unwrap();
    id
}
