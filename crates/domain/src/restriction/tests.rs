use super::*;
use crate::Millis;
use crate::calendar::{DAY_MS, Date, WorkCalendar};
use crate::lifecycle::Role;
use crate::limits::Limits;
use proptest::prelude::*;

fn monday() -> Millis {
    Date::new(2026, 3, 2).expect("a date").at_minute(600)
}

fn past(step: Step, state: MeasureState) -> Past {
    Past {
        step,
        state,
        at: monday() - DAY_MS,
    }
}

fn next(history: &[Past]) -> (Step, Option<u32>) {
    let sanction = next_step(history, &Limits::default(), monday());
    (sanction.step, sanction.days)
}

fn person(id: &str, role: Role) -> Person {
    Person { id: id.into(), role }
}

fn proposed() -> Measure {
    Measure {
        state: MeasureState::Proposed,
        proposed_by: "officer".into(),
        decided_by: None,
        appeal_until: None,
        appeal: None,
    }
}

fn in_force(until: Millis) -> Measure {
    Measure {
        state: MeasureState::InForce,
        decided_by: Some("leader".into()),
        appeal_until: Some(until),
        ..proposed()
    }
}

#[test]
fn steps_go_up_one_by_one_and_stay_at_the_longest() {
    use MeasureState::Ended;
    let mut history = Vec::new();
    let expected = [
        (Step::Warning, None),
        (Step::RateLimit, Some(30)),
        (Step::Restriction, Some(30)),
        (Step::Restriction, Some(60)),
        (Step::Restriction, Some(90)),
        (Step::Restriction, Some(90)),
    ];
    for step in expected {
        assert_eq!(next(&history), step, "after {}", history.len());
        history.push(past(step.0, Ended));
    }
}

#[test]
fn what_is_a_year_old_is_forgotten() {
    let old = Past {
        at: monday() - 366 * DAY_MS,
        ..past(Step::Restriction, MeasureState::Ended)
    };
    assert_eq!(next(&[old]), (Step::Warning, None));
}

#[test]
fn two_letters_show_it_and_one_shows_harassment() {
    assert_eq!(
        may_propose(Ground::RepeatInvalid, 1, false),
        Err(Refused::TooFewLetters)
    );
    assert_eq!(may_propose(Ground::RepeatInvalid, 2, false), Ok(()));
    assert_eq!(may_propose(Ground::Harassment, 1, false), Ok(()));
    assert_eq!(may_propose(Ground::Harassment, 0, false), Err(Refused::TooFewLetters));
    assert_eq!(may_propose(Ground::Harassment, 1, true), Err(Refused::AlreadyProposed));
}

#[test]
fn a_leader_who_did_not_propose_it_decides() {
    let limits = Limits::default();
    let calendar = WorkCalendar::default();
    let sanction = next_step(&[past(Step::RateLimit, MeasureState::Ended)], &limits, monday());
    let approve = |by: &Person| proposed().approve(by, sanction, &limits, &calendar, monday());
    assert_eq!(approve(&person("other", Role::StationOfficer)), Err(Refused::NotLeader));
    assert_eq!(
        approve(&person("officer", Role::StationLeader)),
        Err(Refused::SamePerson)
    );
    let granted = approve(&person("leader", Role::StationLeader)).expect("approved");
    assert_eq!(granted.starts_at, monday());
    assert_eq!(
        granted.ends_at,
        crate::limits::Span::days(30).after(monday(), &calendar)
    );
    assert!(granted.appeal_until < granted.ends_at);
    let again = in_force(granted.appeal_until);
    assert_eq!(
        again.approve(
            &person("leader", Role::StationLeader),
            sanction,
            &limits,
            &calendar,
            monday()
        ),
        Err(Refused::WrongState)
    );
}

#[test]
fn an_appeal_comes_in_time_and_once_and_a_third_person_hears_it() {
    let limits = Limits::default();
    let calendar = WorkCalendar::default();
    let until = monday() + 15 * DAY_MS;
    let measure = in_force(until);
    let due = measure.object(&limits, &calendar, until).expect("in time");
    assert_eq!(due, calendar.add_work_days(until, 5));
    assert_eq!(measure.object(&limits, &calendar, until + 1), Err(Refused::TooLate));
    let waiting = Measure {
        appeal: Some(Appealed { decided: false }),
        ..measure.clone()
    };
    assert_eq!(
        waiting.object(&limits, &calendar, monday()),
        Err(Refused::AppealedBefore)
    );
    assert_eq!(
        measure.hear(&person("third", Role::StationOfficer)),
        Err(Refused::WrongState),
        "nobody objected"
    );
    for involved in ["officer", "leader"] {
        assert_eq!(
            waiting.hear(&person(involved, Role::StationLeader)),
            Err(Refused::SamePerson)
        );
    }
    assert_eq!(waiting.hear(&person("third", Role::Moderator)), Err(Refused::NotLeader));
    assert_eq!(waiting.hear(&person("third", Role::StationOfficer)), Ok(()));
    let decided = Measure {
        appeal: Some(Appealed { decided: true }),
        ..waiting
    };
    assert_eq!(
        decided.hear(&person("third", Role::StationOfficer)),
        Err(Refused::WrongState)
    );
}

#[test]
fn a_rate_limit_lets_one_letter_through_and_then_names_the_day() {
    let limits = Limits::default();
    let force = Force {
        id: "m".into(),
        step: Step::RateLimit,
        ends_at: monday() + 30 * DAY_MS,
    };
    let held = |last: Option<Millis>, now: Millis| {
        hold(std::slice::from_ref(&force), Use::Letter, last, &limits, now).map(|held| held.until)
    };
    assert_eq!(held(None, monday()), None);
    assert_eq!(held(Some(monday()), monday() + 1), Some(monday() + 7 * DAY_MS));
    assert_eq!(held(Some(monday()), monday() + 7 * DAY_MS), None);
    let last = monday() + 28 * DAY_MS;
    assert_eq!(held(Some(last), last + 1), Some(force.ends_at), "never beyond its end");
    assert_eq!(
        hold(
            std::slice::from_ref(&force),
            Use::Booking,
            Some(monday()),
            &limits,
            monday() + 1
        ),
        None
    );
}

fn steps() -> impl Strategy<Value = Step> {
    proptest::sample::select(Step::ALL)
}

fn states() -> impl Strategy<Value = MeasureState> {
    proptest::sample::select(MeasureState::ALL)
}

proptest! {
    /// Another offence never leads to less, and never beyond the longest length.
    #[test]
    fn the_next_step_never_goes_down(history in proptest::collection::vec((steps(), states()), 0..8), more in steps()) {
        let limits = Limits::default();
        let mut all: Vec<Past> = history.into_iter().map(|(step, state)| past(step, state)).collect();
        let before = next_step(&all, &limits, monday());
        all.push(past(more, MeasureState::Ended));
        let after = next_step(&all, &limits, monday());
        prop_assert!(after.step >= before.step && after.days >= before.days);
        prop_assert!(after.days.is_none_or(|days| days <= 90));
    }

    /// What was overturned or refused leaves no trace.
    #[test]
    fn what_did_not_stand_does_not_count(history in proptest::collection::vec((steps(), states()), 0..8)) {
        let limits = Limits::default();
        let all: Vec<Past> = history.into_iter().map(|(step, state)| past(step, state)).collect();
        let standing: Vec<Past> = all.iter().copied().filter(|past| past.state.stands()).collect();
        prop_assert_eq!(next_step(&all, &limits, monday()), next_step(&standing, &limits, monday()));
    }

    /// Whatever is in force, what was begun goes on, and the urgent channel and the appeal stay open.
    #[test]
    fn only_something_new_is_ever_refused(
        forces in proptest::collection::vec((steps(), 0..200_i64), 0..5),
        wanted in proptest::sample::select(Use::ALL),
        last in proptest::option::of(0..200_i64),
        day in 0..200_i64,
    ) {
        let limits = Limits::default();
        let forces: Vec<Force> = forces
            .into_iter()
            .map(|(step, days)| Force { id: step.code().into(), step, ends_at: days * DAY_MS })
            .collect();
        let now = day * DAY_MS;
        if let Some(held) = hold(&forces, wanted, last.map(|days| days * DAY_MS), &limits, now) {
            prop_assert!(wanted.is_new());
            prop_assert!(held.step > Step::Warning && held.until > now);
            prop_assert!(forces.iter().any(|force| force.step == held.step && held.until <= force.ends_at));
            prop_assert_eq!(hold(&forces, wanted, None, &limits, 200 * DAY_MS), None, "every measure ends");
        } else {
            let shut = forces.iter().any(|force| force.holds(now) && force.step == Step::Restriction);
            prop_assert!(!wanted.is_new() || !shut);
        }
    }
}
