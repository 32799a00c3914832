//! Events and their questions: the tables as properties.

use liaison_domain::dto::*;
use liaison_domain::events::*;
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000_000;

fn facts(state: EventState) -> EventFacts<'static> {
    EventFacts {
        state,
        starts_at: NOW + 1,
        place: "居委会二楼",
        online_url: None,
        minutes: Some("到会四十人。"),
    }
}

fn event_state() -> impl Strategy<Value = EventState> {
    proptest::sample::select(EventState::ALL)
}

fn question_state() -> impl Strategy<Value = QuestionState> {
    proptest::sample::select(QuestionState::ALL)
}

proptest! {
    #[test]
    fn a_step_is_taken_exactly_where_the_table_has_a_line(from in event_state(), to in event_state()) {
        let result = step(&facts(from), to, Some("台风"), NOW);
        prop_assert_eq!(result.is_ok(), from.next().contains(&to), "{:?} to {:?}: {:?}", from, to, result);
        if result.is_err() {
            prop_assert_eq!(result, Err(EventRefusal::WrongState));
        }
    }

    #[test]
    fn whatever_happens_the_end_stays_the_end(steps in proptest::collection::vec(event_state(), 0..40)) {
        let mut state = EventState::Draft;
        for to in steps {
            let was = state;
            if step(&facts(state), to, Some("停电"), NOW).is_ok() {
                state = to;
            }
            if matches!(was, EventState::Finished | EventState::Cancelled) {
                prop_assert_eq!(state, was);
            }
            // What was public once is never secret again.
            prop_assert!(!was.is_public() || state.is_public());
            // What took place is not cancelled.
            prop_assert!(!(was.takes_minutes() && state == EventState::Cancelled));
        }
    }

    #[test]
    fn a_question_goes_where_the_table_says_and_a_letter_is_never_forgotten(
        state in question_state(), to in question_state(), event in event_state(), has_letter: bool
    ) {
        let facts = QuestionFacts { state, event, has_letter };
        let result = question_step(facts, to, Some("无关"));
        prop_assert_eq!(result.is_ok(), question_next(facts).contains(&to));
        if result.is_ok() {
            prop_assert!(state != to, "staying is no step");
            prop_assert!(to != QuestionState::Pending, "nobody unsees a question");
            prop_assert!(to != QuestionState::Live || event == EventState::Live);
            prop_assert!(!has_letter || matches!(to, QuestionState::FollowUp | QuestionState::Hidden));
        }
        prop_assert_eq!(
            question_step(facts, QuestionState::Hidden, Some("  ")).is_ok(), false,
            "hiding without a reason"
        );
    }

    #[test]
    fn a_letter_is_made_once_and_shows_nothing_that_was_hidden(state in question_state(), has_letter: bool) {
        let facts = QuestionFacts { state, event: EventState::Live, has_letter };
        match to_letter(facts) {
            Ok(after) => {
                prop_assert!(!has_letter && state != QuestionState::Pending);
                prop_assert_eq!(after.is_public(), state.is_public());
            }
            Err(QuestionRefusal::HasLetter) => prop_assert!(has_letter),
            Err(other) => prop_assert_eq!((state, other), (QuestionState::Pending, QuestionRefusal::WrongState)),
        }
    }

    #[test]
    fn seats_are_given_until_there_are_none_and_nobody_waits_beside_a_free_one(
        capacity in proptest::option::of(1_u32..20), waiting_list: bool, comes in 1_u32..60, goes in 0_u32..20
    ) {
        let (mut confirmed, mut waiting) = (0, 0);
        for _ in 0..comes {
            match seat(capacity, confirmed, waiting_list) {
                Some(RegistrationState::Confirmed) => confirmed += 1,
                Some(RegistrationState::Waiting) => waiting += 1,
                Some(_) => prop_assert!(false, "neither a seat nor a place in line"),
                None => prop_assert!(!waiting_list),
            }
        }
        let most = capacity.unwrap_or(u32::MAX);
        prop_assert!(confirmed <= most);
        confirmed = confirmed.saturating_sub(goes);
        let up = moving_up(capacity, confirmed, waiting);
        confirmed += up;
        waiting -= up;
        prop_assert!(confirmed <= most);
        prop_assert!(waiting == 0 || confirmed == most);
    }

    #[test]
    fn figures_count_what_is_public_and_nothing_else(
        all in proptest::collection::vec((question_state(), any::<bool>(), any::<bool>()), 0..60)
    ) {
        let asked = |(state, answered_live, done): &(QuestionState, bool, bool)| Asked {
            state: *state,
            answered_live: *answered_live,
            done: *done,
        };
        let counted = figures(all.iter().map(asked));
        let public: Vec<_> = all.iter().filter(|one| one.0.is_public()).collect();
        prop_assert_eq!(counted.asked as usize, public.len());
        prop_assert_eq!(counted, figures(public.into_iter().map(asked)));
        prop_assert!(counted.done <= counted.followed_up);
        prop_assert!(counted.followed_up + counted.answered <= counted.asked);
        prop_assert!(counted.answered_live <= counted.asked);
    }
}

#[test]
fn every_state_can_be_reached_and_every_line_leads_somewhere_else() {
    let mut reached = vec![EventState::Draft];
    let mut at = 0;
    while let Some(state) = reached.get(at).copied() {
        at += 1;
        for to in state.next() {
            assert_ne!(to, state);
            if !reached.contains(&to) {
                reached.push(to);
            }
        }
    }
    assert_eq!(reached.len(), EventState::ALL.len());
    for (from, to) in QUESTION_MOVES {
        assert!(!from.contains(to), "{to:?}");
    }
}

#[test]
fn what_a_step_needs_is_named_by_its_field() {
    let needs = |state: EventState, change: fn(&mut EventFacts<'static>), to: EventState, reason: Option<&str>| {
        let mut facts = facts(state);
        change(&mut facts);
        step(&facts, to, reason, NOW)
    };
    let field = |field, code| Err(EventRefusal::Field(field, code));
    assert_eq!(
        needs(EventState::Draft, |f| f.starts_at = NOW, EventState::Announced, None),
        field("starts_at", "invalid")
    );
    assert_eq!(
        needs(EventState::Draft, |f| f.place = " ", EventState::Announced, None),
        field("place", "required")
    );
    assert_eq!(
        needs(
            EventState::Draft,
            |f| (f.place, f.online_url) = ("", Some("https://meet.example/1")),
            EventState::Announced,
            None
        ),
        Ok(())
    );
    assert_eq!(
        needs(EventState::Open, |_| {}, EventState::Cancelled, Some(" ")),
        field("reason", "required")
    );
    let long = "停".repeat(REASON_MAX + 1);
    assert_eq!(
        needs(EventState::Open, |_| {}, EventState::Cancelled, Some(&long)),
        field("reason", "too_long")
    );
    assert_eq!(
        needs(EventState::Closed, |f| f.minutes = None, EventState::Finished, None),
        field("minutes", "required")
    );
}

fn draft() -> EventDraft {
    EventDraft {
        kind: EventType::ThemeReception,
        title: "老旧小区加装电梯".to_owned(),
        intro: String::new(),
        station_id: "s".to_owned(),
        organiser: "云帆街道联络站".to_owned(),
        starts_at: NOW,
        ends_at: NOW + 7_200_000,
        place: "居委会二楼".to_owned(),
        online_url: None,
        agenda: vec![AgendaItem {
            at: Some(NOW),
            text: "介绍政策".to_owned(),
        }],
        moderators: Vec::new(),
        deputies: vec!["d".to_owned()],
        units: vec!["u".to_owned()],
        registration: true,
        capacity: Some(40),
        waiting_list: true,
        premoderated: true,
        category_id: None,
        rules: String::new(),
    }
}

fn codes(wrong: &[FieldError]) -> Vec<(&str, &str)> {
    wrong.iter().map(|e| (&*e.field, &*e.code)).collect()
}

#[test]
fn the_event_form_names_every_field_that_is_wrong() {
    assert_eq!(check_event(&draft()), []);
    let wrong = check_event(&EventDraft {
        title: " ".to_owned(),
        ends_at: NOW,
        online_url: Some("javascript:alert(1)".to_owned()),
        agenda: vec![AgendaItem {
            at: Some(NOW - 1),
            text: String::new(),
        }],
        units: vec!["u".to_owned(), "u".to_owned()],
        capacity: Some(0),
        ..draft()
    });
    assert_eq!(
        codes(&wrong),
        [
            ("title", "required"),
            ("ends_at", "invalid"),
            ("online_url", "invalid"),
            ("agenda.0.text", "required"),
            ("agenda.0.at", "invalid"),
            ("units", "invalid"),
            ("capacity", "invalid"),
        ]
    );
}

#[test]
fn a_question_has_words_enough_and_not_too_many() {
    let asked = |text: &str| {
        let new = NewQuestion {
            text: text.to_owned(),
            name: None,
        };
        check_question(&new).first().map(|wrong| wrong.code.clone())
    };
    assert_eq!(asked("  "), Some("required".to_owned()));
    assert_eq!(asked("电梯?"), Some("too_short".to_owned()));
    assert_eq!(asked("电梯何时装"), None);
    assert_eq!(asked(&"梯".repeat(QUESTION_MAX)), None);
    assert_eq!(asked(&"梯".repeat(QUESTION_MAX + 1)), Some("too_long".to_owned()));
}

#[test]
fn a_poll_has_two_to_six_different_options() {
    let poll = |options: &[&str]| {
        let new = NewPoll {
            question: "先装哪一栋?".to_owned(),
            options: options.iter().map(|text| (*text).to_owned()).collect(),
        };
        check_poll(&new).into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
    };
    assert_eq!(poll(&["一栋"]), ["too_few"]);
    assert_eq!(poll(&["一栋", "一栋 "]), ["invalid"]);
    assert!(poll(&["一栋", "二栋"]).is_empty());
    assert_eq!(poll(&["1", "2", "3", "4", "5", "6", "7"]), ["too_many"]);
}
