//! What an author is told about "how often, from when, until when" is what the rules then do, to the millisecond.

use crate::cast::*;
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};

fn terms(desk: &Desk) -> AuthorTerms {
    author_terms(&desk.case, &desk.context(resident(), 0))
}

/// At the moment itself it may still be done, right after it no more.
fn ends_at(desk: &Desk, until: Millis, kind: EventKind) {
    let mut then = desk.clone();
    then.now = until;
    assert!(then.may(resident()).contains(&kind), "{} until then", kind.code());
    then.now = until + 1;
    assert!(!then.may(resident()).contains(&kind), "{} no more", kind.code());
}

fn declined() -> Desk {
    let mut desk = Desk::new();
    desk.by(
        officer(),
        CaseEvent::Decline {
            reason_code: Limits::default().decline_reasons[0].clone(),
            text: id("请找12345"),
        },
    );
    desk
}

#[test]
fn an_urge_is_possible_right_after_the_moment_that_is_named_and_so_many_times() {
    let mut desk = Desk::in_progress();
    for left in [3, 2, 1] {
        let told = terms(&desk);
        assert_eq!(told.urges_left, Some(left));
        let from = told.urge_from.expect("not yet");
        desk.now = from;
        assert_eq!(desk.refused(resident(), &CaseEvent::Urge {}), RefusalKind::TooEarly);
        desk.now = from + 1;
        assert_eq!(terms(&desk).urge_from, None, "now it may be");
        desk.by(resident(), CaseEvent::Urge {});
    }
    let told = terms(&desk);
    assert_eq!((told.urges_left, told.urge_from), (Some(0), None));
    assert_eq!(terms(&declined()).urges_left, None, "nothing to urge");
}

#[test]
fn every_last_day_is_the_last() {
    let desk = declined();
    let told = terms(&desk);
    ends_at(&desk, told.appeal_until.expect("an appeal"), EventKind::Appeal);
    assert!(told.appeal_by > Some(desk.now));

    let mut desk = Desk::new();
    desk.by(
        officer(),
        CaseEvent::Merge {
            into: id("other"),
            text: id("同一处"),
        },
    );
    ends_at(
        &desk,
        terms(&desk).unmerge_until.expect("a way out"),
        EventKind::Unmerge,
    );

    let mut desk = Desk::answered(Outcome::A, None);
    let told = terms(&desk);
    ends_at(&desk, told.rate_until.expect("a survey"), EventKind::RatedOk);
    assert_eq!((told.change_until, told.reopen_until), (None, None));
    desk.by(resident(), rated(5, Solved::Yes));
    let told = terms(&desk);
    assert_eq!(told.rate_until, None);
    ends_at(&desk, told.change_until.expect("a change"), EventKind::RatedOk);
    ends_at(&desk, told.reopen_until.expect("a way back"), EventKind::RatedBad);
    desk.by(resident(), rated(1, Solved::No));
    assert!(
        terms(&desk).change_until.is_some(),
        "while it is looked at, it may be changed for the better"
    );
    desk.by(
        leader(),
        CaseEvent::KeepClosed {
            reason_code: Limits::default().keep_closed_reasons[0].clone(),
            text: id("已到上限"),
        },
    );
    let told = terms(&desk);
    assert_eq!(told.reopen_until, None, "once");
    assert_eq!(told.appeal_until, None, "the second word was the last");
}

#[test]
fn a_question_asked_now_gets_its_words_by_the_day_named() {
    let mut desk = Desk::answered(Outcome::A, None);
    let by = terms(&desk).follow_up_by;
    desk.by(
        resident(),
        CaseEvent::FollowUp {
            text: id("哪天能用?")
        },
    );
    assert_eq!(desk.case.follow_up_due, by);
    assert_eq!(terms(&desk).follow_up_by, None, "one question");
    let next = next_step(&desk.case);
    assert_eq!((next.kind, next.by), (NextStepKind::FollowUp, by));
}

#[test]
fn nobody_else_is_told_an_author_s_terms_as_theirs() {
    let desk = Desk::answered(Outcome::A, None);
    let told = author_terms(&desk.case, &desk.context(stranger(), 0));
    let nothing = AuthorTerms::default();
    assert_eq!(told, nothing);
    let joined: Vec<Id> = vec![id("other")];
    let mut desk = Desk::assigned();
    for letter_id in joined {
        desk.by(Actor::system(), CaseEvent::MergedIn { letter_id });
    }
    assert!(terms(&desk).joined);
}
