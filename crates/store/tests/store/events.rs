#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use crate::*;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::dto::{
    AgendaItem, EventDraft, EventFilter, EventStateChange, MinutesDraft, NewResolution, PartyRef, ResolutionChange,
};
use liaison_domain::events::*;
use liaison_domain::{Id, Millis};
use liaison_store::events::*;
use liaison_store::new_id;
use std::collections::BTreeSet;

pub(crate) fn draft(capacity: Option<u32>) -> EventDraft {
    EventDraft {
        kind: EventType::ThemeReception,
        title: id("老旧小区加装电梯"),
        intro: String::new(),
        station_id: id("station-yunfan"),
        organiser: id("云帆街道联络站"),
        starts_at: monday() + HOUR_MS,
        ends_at: monday() + 3 * HOUR_MS,
        place: id("居委会二楼"),
        online_url: None,
        agenda: vec![AgendaItem {
            at: None,
            text: id("介绍政策"),
        }],
        moderators: vec![id("acc-officer")],
        deputies: vec![id("deputy-lu")],
        units: vec![id("unit-a"), id("unit-b")],
        registration: true,
        capacity,
        waiting_list: true,
        premoderated: true,
        category_id: Some(id("cat-housing.lift")),
        rules: String::new(),
    }
}

/// An event in this state, straight from a draft.
pub(crate) async fn event(store: &Store, draft: &EventDraft, path: &[EventState]) -> Id {
    let id = store
        .create_event(draft, "acc-officer", monday())
        .await
        .expect("an event");
    for to in path {
        go(store, &id, *to).await;
    }
    id
}

pub(crate) async fn go(store: &Store, id: &str, to: EventState) -> Changed {
    let version = store.event(id).await.expect("an answer").expect("the event").version;
    let change = EventStateChange {
        to,
        reason: (to == EventState::Cancelled).then(|| "台风".to_owned()),
    };
    store
        .step_event(id, version, &change, monday())
        .await
        .unwrap_or_else(|error| panic!("to {to:?}: {error}"))
}

pub(crate) const OPEN: &[EventState] = &[EventState::Announced, EventState::Open];
pub(crate) const LIVE: &[EventState] = &[EventState::Announced, EventState::Open, EventState::Live];

pub(crate) async fn people(store: &Store, count: u32) -> Vec<Id> {
    let mut all = Vec::new();
    for n in 0..count {
        let account = store
            .resident_as(&format!("acc-p{n:03}"), &phone(1000 + n), "王女士", None, monday())
            .await
            .expect("a resident");
        all.push(account.id);
    }
    all
}

pub(crate) async fn ask(store: &Store, event: &str, account: &str, text: &str) -> Result<Question, EventError> {
    let ask = Asking {
        id: new_id(),
        event_id: id(event),
        account_id: id(account),
        text: id(text),
        shown: None,
        name: None,
    };
    store.ask_question(&ask, monday()).await
}

pub(crate) async fn put(store: &Store, question: &Question, state: QuestionState) -> Result<Question, EventError> {
    let version = store
        .question(&question.id)
        .await
        .unwrap()
        .expect("it is there")
        .version;
    let patch = QuestionPatch {
        state: Some(state),
        reason: (state == QuestionState::Hidden).then(|| "与主题无关".to_owned()),
        ..QuestionPatch::default()
    };
    store.change_question(&question.id, version, &patch, monday()).await
}

async fn revision(store: &Store, event: &str) -> i64 {
    store.event_revision(event).await.unwrap().expect("a public event")
}

fn states(all: &[Registration]) -> Vec<RegistrationState> {
    all.iter().map(|one| one.state).collect()
}

db_test!(
    async fn what_the_desk_wrote_is_read_back_and_changed_on_its_version_only(store: TestStore) {
        settle(&store).await;
        let id = event(&store, &draft(Some(3)), &[]).await;
        let kept = store.event(&id).await.unwrap().unwrap();
        assert_eq!(
            (&kept.draft, kept.state, kept.version),
            (&draft(Some(3)), EventState::Draft, 1)
        );
        assert_eq!(
            store.event_revision(&id).await.unwrap(),
            None,
            "a draft is nobody's business"
        );
        let edited = EventDraft {
            title: "加装电梯二次协商".to_owned(),
            ..draft(None)
        };
        assert!(matches!(
            store.edit_event(&id, 7, &edited, monday()).await,
            Err(EventError::Conflict)
        ));
        assert_eq!(store.edit_event(&id, 1, &edited, monday()).await.unwrap().version, 2);
        assert_eq!(store.event(&id).await.unwrap().unwrap().draft, edited);
        let skip = EventStateChange {
            to: EventState::Live,
            reason: None,
        };
        assert!(matches!(
            store.step_event(&id, 2, &skip, monday()).await,
            Err(EventError::State)
        ));
    }
);

db_test!(
    async fn fifty_at_once_get_exactly_as_many_seats_as_there_are(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 50).await;
        let event = event(&store, &draft(Some(7)), OPEN).await;
        let tries = people.iter().map(|account| {
            let (store, event, account) = (store.store.clone(), event.clone(), account.clone());
            tokio::spawn(async move { store.register(&event, &account, monday()).await })
        });
        let mut given = Vec::new();
        for done in tries.collect::<Vec<_>>() {
            given.push(
                done.await
                    .unwrap()
                    .expect("a seat or a place in line")
                    .registration
                    .state,
            );
        }
        let count = |state| given.iter().filter(|one| **one == state).count();
        assert_eq!(count(RegistrationState::Confirmed), 7);
        assert_eq!(count(RegistrationState::Waiting), 43);
        let all = store.registrations(&event).await.unwrap();
        let line: Vec<_> = all.iter().filter_map(|one| one.place_in_line).collect();
        assert_eq!(line, (1..=43).collect::<Vec<_>>(), "one line, without gaps");
    }
);

db_test!(
    async fn who_gives_up_a_seat_lets_the_next_in_line_move_up(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 5).await;
        let event = event(&store, &draft(Some(2)), OPEN).await;
        for account in &people[..4] {
            store.register(&event, account, monday()).await.unwrap();
        }
        let before = revision(&store, &event).await;
        let again = store.register(&event, &people[0], monday() + 1).await.unwrap();
        assert!(again.replayed);
        assert_eq!(again.registration.registered_at, monday());
        assert_eq!(revision(&store, &event).await, before, "asked again, nothing changed");

        let mut line = store.listen(&people[2], 1).expect("a line");
        let moved = store
            .withdraw_registration(&event, &people[0], monday() + 5)
            .await
            .unwrap();
        assert_eq!(moved, [people[2].clone()]);
        assert!(line.news().await, "told after the commit");
        let up = store.registration(&event, &people[2]).await.unwrap().unwrap();
        assert_eq!(
            (up.state, up.moved_up_at),
            (RegistrationState::Confirmed, Some(monday() + 5))
        );
        let next = store.registration(&event, &people[3]).await.unwrap().unwrap();
        assert_eq!(next.place_in_line, Some(1));
        // Giving up twice frees no second seat; coming again means the end of the line.
        assert!(
            store
                .withdraw_registration(&event, &people[0], monday())
                .await
                .unwrap()
                .is_empty()
        );
        store.register(&event, &people[4], monday()).await.unwrap();
        let back = store.register(&event, &people[0], monday()).await.unwrap();
        assert_eq!(back.registration.place_in_line, Some(3));
        // Whoever waits and gives up leaves nobody a seat.
        assert!(
            store
                .withdraw_registration(&event, &people[3], monday())
                .await
                .unwrap()
                .is_empty()
        );

        // A larger room takes the first of those who wait.
        let version = store.event(&event).await.unwrap().unwrap().version;
        let wider = store
            .edit_event(&event, version, &draft(Some(3)), monday())
            .await
            .unwrap();
        assert_eq!(wider.moved_up, [people[4].clone()]);
        assert_eq!(
            states(&store.registrations(&event).await.unwrap()),
            [
                RegistrationState::Confirmed,
                RegistrationState::Confirmed,
                RegistrationState::Confirmed,
                RegistrationState::Waiting
            ]
        );
    }
);

db_test!(
    async fn a_full_event_without_a_waiting_list_says_so(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 2).await;
        let narrow = EventDraft {
            waiting_list: false,
            ..draft(Some(1))
        };
        let event = event(&store, &narrow, &[EventState::Announced]).await;
        assert!(matches!(
            store.register(&event, &people[0], monday()).await,
            Err(EventError::State)
        ));
        go(&store, &event, EventState::Open).await;
        store.register(&event, &people[0], monday()).await.unwrap();
        assert!(matches!(
            store.register(&event, &people[1], monday()).await,
            Err(EventError::Limit)
        ));
        assert!(matches!(
            store.register(&event, &people[1], monday() + 9 * HOUR_MS).await,
            Err(EventError::State)
        ));
    }
);

db_test!(
    async fn a_cancellation_ends_every_registration_and_tells_who_it_concerns(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 4).await;
        let event = event(&store, &draft(Some(1)), OPEN).await;
        for account in &people[..3] {
            store.register(&event, account, monday()).await.unwrap();
        }
        store.withdraw_registration(&event, &people[2], monday()).await.unwrap();
        ask(&store, &event, &people[3], "底楼的补偿怎么算?").await.unwrap();
        let mut line = store.listen(&people[1], 1).expect("a line");
        let done = go(&store, &event, EventState::Cancelled).await;
        let asked_or_came = [&people[0], &people[1], &people[3]].map(Clone::clone);
        let at_the_table = [id("acc-lu"), id("acc-unit-a"), id("acc-unit-b")];
        assert_eq!(
            done.told.iter().collect::<BTreeSet<_>>(),
            asked_or_came.iter().chain(&at_the_table).collect(),
            "not who gave the seat up"
        );
        assert!(line.news().await);
        let all = store.registrations(&event).await.unwrap();
        assert_eq!(states(&all), [RegistrationState::Cancelled; 2]);
        assert_eq!(
            store.event(&event).await.unwrap().unwrap().cancel_reason.as_deref(),
            Some("台风")
        );
        assert!(matches!(
            store.register(&event, &people[2], monday()).await,
            Err(EventError::State)
        ));
    }
);

db_test!(
    async fn a_question_is_seen_by_others_only_when_somebody_looked_and_counts_as_a_change_only_then(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 2).await;
        let event = event(&store, &draft(None), LIVE).await;
        let begin = revision(&store, &event).await;
        let question = ask(&store, &event, &people[0], "底楼的补偿怎么算?").await.unwrap();
        assert_eq!(question.state, QuestionState::Pending);
        assert_eq!(revision(&store, &event).await, begin, "nobody else may notice it");
        let public = Which::Public(QuestionSort::Votes);
        assert!(store.questions(&event, public, 10).await.unwrap().is_empty());
        assert!(matches!(
            store.upvote(&question.id, &people[1], true, monday()).await,
            Err(EventError::NotFound)
        ));
        put(&store, &question, QuestionState::Hidden).await.unwrap();
        assert_eq!(revision(&store, &event).await, begin);
        let own = store.questions(&event, Which::Of(&people[0]), 10).await.unwrap();
        assert_eq!(own[0].hidden_reason.as_deref(), Some("与主题无关"));

        put(&store, &question, QuestionState::Visible).await.unwrap();
        assert_eq!(revision(&store, &event).await, begin + 1);
        assert_eq!(store.questions(&event, public, 10).await.unwrap().len(), 1);
        put(&store, &question, QuestionState::Hidden).await.unwrap();
        assert_eq!(
            revision(&store, &event).await,
            begin + 2,
            "what is gone is gone for those who follow"
        );
        assert!(store.asked(&event).await.unwrap().is_empty());
    }
);

db_test!(
    async fn one_person_supports_once_and_may_change_their_mind(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 21).await;
        let event = event(&store, &draft(None), OPEN).await;
        let question = ask(&store, &event, &people[20], "底楼的补偿怎么算?").await.unwrap();
        put(&store, &question, QuestionState::Visible).await.unwrap();
        // Twenty people twice each, all at once.
        let tries = people[..20].iter().chain(&people[..20]).map(|account| {
            let (store, question, account) = (store.store.clone(), question.id.clone(), account.clone());
            tokio::spawn(async move { store.upvote(&question, &account, true, monday()).await })
        });
        for done in tries.collect::<Vec<_>>() {
            done.await.unwrap().expect("counted");
        }
        assert_eq!(store.question(&question.id).await.unwrap().unwrap().votes, 20);
        for _ in 0..2 {
            assert_eq!(
                store.upvote(&question.id, &people[0], false, monday()).await.unwrap(),
                19
            );
        }
        assert!(matches!(
            store.upvote(&question.id, &people[20], true, monday()).await,
            Err(EventError::Own)
        ));
        assert_eq!(store.upvoted(&event, &people[1]).await.unwrap(), [question.id]);
    }
);

db_test!(
    async fn questions_stand_by_votes_or_age_with_what_is_answered_and_pinned_first(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 5).await;
        let event = event(&store, &draft(None), LIVE).await;
        let mut all = Vec::new();
        for (at, account) in people[..4].iter().enumerate() {
            let ask = Asking {
                id: new_id(),
                event_id: event.clone(),
                account_id: account.clone(),
                text: format!("第{at}个问题"),
                shown: None,
                name: None,
            };
            let question = store.ask_question(&ask, monday() + at as Millis).await.unwrap();
            put(&store, &question, QuestionState::Visible).await.unwrap();
            all.push(question);
        }
        store.upvote(&all[1].id, &people[4], true, monday()).await.unwrap();
        let order = |sort| {
            let (store, event, all) = (store.store.clone(), event.clone(), all.clone());
            async move {
                let found = store.questions(&event, Which::Public(sort), 10).await.unwrap();
                let place = |question: &Question| all.iter().position(|one| one.id == question.id).unwrap();
                found.iter().map(place).collect::<Vec<_>>()
            }
        };
        assert_eq!(order(QuestionSort::Votes).await, [1, 0, 2, 3]);
        assert_eq!(order(QuestionSort::Newest).await, [3, 2, 1, 0]);
        let pin = QuestionPatch {
            pinned: Some(true),
            ..QuestionPatch::default()
        };
        store.change_question(&all[2].id, 2, &pin, monday()).await.unwrap();
        put(&store, &all[3], QuestionState::Live).await.unwrap();
        assert_eq!(order(QuestionSort::Votes).await, [3, 2, 1, 0]);
        // One at a time: the one before goes back to those waiting.
        put(&store, &all[0], QuestionState::Live).await.unwrap();
        let state = |at: usize| {
            let (store, id) = (store.store.clone(), all[at].id.clone());
            async move { store.question(&id).await.unwrap().unwrap().state }
        };
        assert_eq!(
            (state(0).await, state(3).await),
            (QuestionState::Live, QuestionState::Shortlisted)
        );
        // When the meeting ends, nothing is being answered any more.
        go(&store, &event, EventState::Closed).await;
        assert_eq!(state(0).await, QuestionState::Shortlisted);
        assert!(matches!(
            put(&store, &all[0], QuestionState::Live).await,
            Err(EventError::State)
        ));
    }
);

db_test!(
    async fn nobody_has_more_open_questions_than_may_be_and_answers_make_room(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 1).await;
        let event = event(&store, &draft(None), LIVE).await;
        let mut all = Vec::new();
        for at in 0..OPEN_QUESTIONS {
            all.push(ask(&store, &event, &people[0], &format!("第{at}个问题")).await.unwrap());
        }
        assert!(matches!(
            ask(&store, &event, &people[0], "再问一个").await,
            Err(EventError::Limit)
        ));
        put(&store, &all[0], QuestionState::Visible).await.unwrap();
        let answered = put(&store, &all[0], QuestionState::Answered).await.unwrap();
        assert!(answered.answered_live);
        ask(&store, &event, &people[0], "再问一个").await.unwrap();
        assert!(matches!(
            store
                .change_question(&all[1].id, 9, &QuestionPatch::default(), monday())
                .await,
            Err(EventError::Conflict)
        ));
    }
);

/// A letter as the server makes it of a question.
pub(crate) fn letter_of(question: &Question, lead: &str) -> NewQuestionLetter {
    let plain = letter();
    NewQuestionLetter {
        letter: NewLetter {
            case: NewCase {
                on_behalf: Some(OnBehalf {
                    via: FiledVia::Event,
                    consent: id("在活动上提出"),
                }),
                ..plain.case
            },
            body: question.text.clone(),
            account_id: question.account_id.clone(),
            ..plain
        },
        then: vec![
            accept(),
            CaseEvent::Assign {
                lead: id(lead),
                co: Vec::new(),
                due_at: None,
                leader: None,
                note: None,
            },
        ],
    }
}

db_test!(
    async fn a_question_becomes_one_letter_however_often_it_is_asked_for(store: TestStore) {
        let desk = Desk::open(&store).await;
        let people = people(&store, 1).await;
        let event = event(&store, &draft(None), LIVE).await;
        let question = ask(&store, &event, &people[0], "3 号楼的电梯什么时候能装?")
            .await
            .unwrap();
        let ctx = desk.ctx(officer());
        assert!(matches!(
            store
                .question_to_letter(&question.id, &letter_of(&question, "unit-a"), &ctx)
                .await,
            Err(EventError::State)
        ));
        put(&store, &question, QuestionState::Visible).await.unwrap();
        // Refused by the letters' own rules: nothing is kept.
        let refused = store
            .question_to_letter(&question.id, &letter_of(&question, "unit-x"), &ctx)
            .await;
        assert!(matches!(refused, Err(EventError::Refused(_))), "{refused:?}");
        assert_eq!(store.for_account(&people[0], None, 5).await.unwrap().total, 0);

        let before = revision(&store, &event).await;
        let tries = (0..8).map(|_| {
            let (store, question) = (store.store.clone(), question.clone());
            let (calendar, limits) = (desk.calendar.clone(), desk.limits.clone());
            tokio::spawn(async move {
                let ctx = Context::new(monday(), officer(), &calendar, &limits);
                store
                    .question_to_letter(&question.id, &letter_of(&question, "unit-a"), &ctx)
                    .await
            })
        });
        let mut numbers = BTreeSet::new();
        let mut fresh = 0;
        for done in tries.collect::<Vec<_>>() {
            let (made, replayed) = done.await.unwrap().expect("a letter");
            fresh += usize::from(!replayed);
            numbers.insert(made.no);
        }
        assert_eq!((numbers.len(), fresh), (1, 1));
        assert_eq!(revision(&store, &event).await, before + 1);
        let letters = store.for_account(&people[0], None, 5).await.unwrap();
        assert_eq!(letters.total, 1);
        let made = &letters.items[0];
        assert_eq!(made.case.state, CaseState::Assigned);
        assert_eq!(made.filed_via, Some(FiledVia::Event));
        assert!(made.case.due_at.is_some());

        let after = store.question(&question.id).await.unwrap().unwrap();
        assert_eq!(after.state, QuestionState::FollowUp);
        let own = after.letter.as_ref().expect("its letter");
        assert_eq!((&own.id, &own.no), (&made.id, &made.no));
        let origin = store.origin_of(&made.id).await.unwrap().expect("an origin");
        assert_eq!((origin.event_id, origin.question_id), (event, Some(question.id)));
        let plain = desk.try_submit(&letter()).await.unwrap();
        assert_eq!(store.origin_of(&plain.id).await.unwrap(), None);
    }
);

db_test!(
    async fn a_followed_up_question_is_done_when_its_letter_is_closed_and_those_who_follow_see_it(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let people = people(&store, 1).await;
        let event = event(&store, &draft(None), LIVE).await;
        let question = ask(&store, &event, &people[0], "3 号楼的电梯什么时候能装?")
            .await
            .unwrap();
        put(&store, &question, QuestionState::Visible).await.unwrap();
        let ctx = desk.ctx(officer());
        let made = store
            .question_to_letter(&question.id, &letter_of(&question, "unit-a"), &ctx)
            .await
            .unwrap()
            .0;
        let counted = |store: &Store| {
            let (store, event) = (store.clone(), event.clone());
            async move { figures(store.asked(&event).await.unwrap()) }
        };
        assert_eq!((counted(&store).await.followed_up, counted(&store).await.done), (1, 0));
        let before = revision(&store, &event).await;
        let case = desk.load(&made.letter_id).await.case;
        let sign = CaseEvent::Sign {
            task_id: lead_task(&case),
            section: id("物业科"),
            officer: id("王工"),
        };
        desk.act(&made.letter_id, unit_officer("unit-a"), sign).await;
        let reply = CaseEvent::SubmitReply {
            task_id: lead_task(&case),
            reply: reply("下月开工。"),
            signed_off_by: id("周科长"),
        };
        desk.act(&made.letter_id, unit_officer("unit-a"), reply).await;
        let release = CaseEvent::Release {
            forwarded_by_deputy: None,
            words: None,
            acknowledged: Vec::new(),
        };
        desk.act(&made.letter_id, officer(), release).await;
        let author = Actor {
            account_id: Some(people[0].clone()),
            ..author()
        };
        let rated = CaseEvent::RatedOk {
            rating: rating(5, Solved::Yes),
        };
        desk.act(&made.letter_id, author, rated).await;
        assert_eq!(counted(&store).await.done, 1);
        assert!(revision(&store, &event).await > before);
    }
);

db_test!(
    async fn polls_count_one_vote_a_person_and_only_while_they_are_open(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 3).await;
        let event = event(&store, &draft(None), LIVE).await;
        let options = ["一单元".to_owned(), "二单元".to_owned()];
        let poll = store
            .open_poll(&event, "先装哪个单元?", &options, monday())
            .await
            .unwrap();
        for (account, choice) in [(0, 0), (1, 1), (2, 1), (1, 0), (1, 0)] {
            store.vote(&poll, &people[account], choice, monday()).await.unwrap();
        }
        let kept = store.poll(&poll).await.unwrap().unwrap();
        let votes: Vec<u32> = kept.options.iter().map(|(_, votes)| *votes).collect();
        assert_eq!(votes, [2, 1]);
        assert_eq!(store.votes_of(&event, &people[1]).await.unwrap(), [(poll.clone(), 0)]);
        assert!(matches!(
            store.vote(&poll, &people[0], 2, monday()).await,
            Err(EventError::Field("option", "invalid"))
        ));
        store.set_poll_open(&poll, false).await.unwrap();
        assert!(matches!(
            store.vote(&poll, &people[0], 1, monday()).await,
            Err(EventError::State)
        ));
        store.set_poll_open(&poll, true).await.unwrap();
        go(&store, &event, EventState::Closed).await;
        assert!(matches!(
            store.vote(&poll, &people[0], 1, monday()).await,
            Err(EventError::State)
        ));
    }
);

db_test!(
    async fn minutes_come_before_the_end_and_resolutions_are_followed_up(store: TestStore) {
        settle(&store).await;
        let people = people(&store, 1).await;
        let event = event(&store, &draft(None), LIVE).await;
        let question = ask(&store, &event, &people[0], "谁来协调一楼?").await.unwrap();
        put(&store, &question, QuestionState::Visible).await.unwrap();
        put(&store, &question, QuestionState::FollowUp).await.unwrap();
        store
            .broadcast(&event, " 十五点开始 ", "acc-officer", monday())
            .await
            .unwrap();
        assert_eq!(store.broadcasts(&event).await.unwrap()[0].text, "十五点开始");
        go(&store, &event, EventState::Closed).await;
        let version = store.event(&event).await.unwrap().unwrap().version;
        let finish = EventStateChange {
            to: EventState::Finished,
            reason: None,
        };
        assert!(matches!(
            store.step_event(&event, version, &finish, monday()).await,
            Err(EventError::Field("minutes", "required"))
        ));
        let minutes = MinutesDraft {
            text: "到会四十一人。".to_owned(),
            attendance: Some(41),
        };
        store.write_minutes(&event, version, &minutes, monday()).await.unwrap();
        go(&store, &event, EventState::Finished).await;

        let new = NewResolution {
            text: "两周内与一楼住户面谈".to_owned(),
            owner: PartyRef {
                kind: PartyKind::Unit,
                id: id("unit-a"),
            },
            due: Some("2026-03-20".to_owned()),
            question_id: Some(question.id.clone()),
            letter: None,
        };
        let kept = store.resolve(&event, &new, None, monday()).await.unwrap();
        let foreign = NewResolution {
            question_id: Some("elsewhere".to_owned()),
            ..new
        };
        assert!(matches!(
            store.resolve(&event, &foreign, None, monday()).await,
            Err(EventError::Field("question_id", "unknown"))
        ));
        let drop = ResolutionChange {
            state: Some(ResolutionState::Dropped),
            ..ResolutionChange::default()
        };
        assert!(matches!(
            store.change_resolution(&kept.id, kept.version, &drop, None).await,
            Err(EventError::Field("note", "required"))
        ));
        let done = ResolutionChange {
            state: Some(ResolutionState::Done),
            note: Some("已面谈三户,均同意。".to_owned()),
            ..ResolutionChange::default()
        };
        store
            .change_resolution(&kept.id, kept.version, &done, None)
            .await
            .unwrap();
        assert!(matches!(
            store.change_resolution(&kept.id, kept.version, &done, None).await,
            Err(EventError::Conflict)
        ));
        let counted = figures(store.asked(&event).await.unwrap());
        assert_eq!((counted.followed_up, counted.done), (1, 1));
        let row = store.event_row(&event, monday()).await.unwrap().unwrap();
        assert_eq!((row.open_resolutions, row.late_resolutions), (0, 0));
    }
);

db_test!(
    async fn lists_show_what_goes_on_then_what_comes_then_what_was(store: TestStore) {
        settle(&store).await;
        let at = |days: i64| EventDraft {
            starts_at: monday() + days * 24 * HOUR_MS + HOUR_MS,
            ends_at: monday() + days * 24 * HOUR_MS + 2 * HOUR_MS,
            title: format!("{days}"),
            ..draft(None)
        };
        let past = [
            EventState::Announced,
            EventState::Open,
            EventState::Live,
            EventState::Closed,
        ];
        event(&store, &at(0), &past).await;
        event(&store, &at(1), &past).await;
        event(&store, &at(2), LIVE).await;
        event(&store, &at(4), OPEN).await;
        event(&store, &at(3), &[EventState::Announced]).await;
        event(&store, &at(5), &[EventState::Announced, EventState::Cancelled]).await;
        event(&store, &at(6), &[]).await;
        let now = monday() + 2 * 24 * HOUR_MS;
        let titles = |filter: EventFilter, limit: u64| {
            let store = store.store.clone();
            async move {
                let (mut titles, mut filter) = (Vec::new(), filter);
                loop {
                    let page = store.public_events(&filter, now, limit).await.unwrap();
                    titles.extend(page.items.into_iter().map(|row| row.event.draft.title));
                    match page.next_cursor {
                        Some(cursor) => filter.cursor = Some(cursor),
                        None => return titles.join(" "),
                    }
                }
            }
        };
        let of = |when: &str| EventFilter {
            when: Some(when.to_owned()),
            ..EventFilter::default()
        };
        assert_eq!(titles(EventFilter::default(), 20).await, "2 3 4 5 1 0");
        assert_eq!(
            titles(EventFilter::default(), 2).await,
            "2 3 4 5 1 0",
            "page by page the same"
        );
        assert_eq!(titles(of("upcoming"), 20).await, "3 4 5");
        assert_eq!(titles(of("live"), 20).await, "2");
        assert_eq!(titles(of("past"), 20).await, "1 0");
        assert_eq!(titles(of("never"), 20).await, "");
        let elsewhere = EventFilter {
            station: Some("qingyu".to_owned()),
            ..EventFilter::default()
        };
        assert_eq!(titles(elsewhere, 20).await, "");
        let desk = store.desk_events(EventScope::All, None, now, 20).await.unwrap();
        assert_eq!(desk.total, 7, "drafts are the desk's");
        let table = store
            .desk_events(EventScope::Unit("unit-a"), None, now, 20)
            .await
            .unwrap();
        assert_eq!(
            table.total, 6,
            "whoever sits at the table sees them once they are announced"
        );
        let none = store
            .desk_events(EventScope::Deputy("deputy-gu"), None, now, 20)
            .await
            .unwrap();
        assert_eq!(none.total, 0);
        let none = store
            .desk_events(EventScope::Stations(&[id("station-qingyu")]), None, now, 20)
            .await
            .unwrap();
        assert_eq!(none.total, 0);
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn followers_on_another_server_hear_of_a_change_on_postgres() {
    let one = liaison_store::testing::postgres().await;
    let other = Store::connect(&one.url).await.expect("a second server connects");
    settle(&one).await;
    let people = people(&one, 1).await;
    let event = event(&one, &draft(None), OPEN).await;
    let mut there = other.follow_event(&event).expect("a line");
    let exchanges = [one.store.clone(), other.clone()].map(|store| {
        tokio::spawn(async move {
            store.exchange_news().await;
        })
    });
    assert!(there.news().await, "everybody looks once the servers hear each other");
    let before = revision(&other, &event).await;
    one.register(&event, &people[0], monday()).await.expect("a seat");
    while revision(&other, &event).await == before {
        assert!(there.news().await);
    }
    for exchange in exchanges {
        exchange.abort();
    }
}
