//! Random events by random people at random times: whatever happens, the log and the case tell the same.

use crate::cast::*;
use liaison_domain::calendar::{DAY_MS, date_of};
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;
use proptest::prelude::*;
use std::collections::HashSet;

/// Forms of an event to try: the rules' own samples and some that a careless or cunning person might send.
pub fn forms(kind: EventKind, desk: &Desk) -> Vec<CaseEvent> {
    let mut forms = samples(kind, &desk.case, &desk.context(Actor::system(), 0));
    let promise = date_of(desk.now).plus_days(10).iso();
    for event in forms.clone() {
        match event {
            CaseEvent::Assign { .. } => {
                forms.extend([
                    assign("A", &["B"]),
                    assign("B", &[]),
                    assign("A", &["A"]),
                    assign("A", &["B", "C"]),
                ]);
            }
            CaseEvent::Award { .. } => {
                forms.push(CaseEvent::Award {
                    unit_id: id("A"),
                    co: vec![id("B")],
                    text: id("定"),
                });
            }
            CaseEvent::Reopen { .. } => forms.extend([reopen("A"), reopen("B")]),
            CaseEvent::Accept { .. } => {
                forms.extend([
                    accept(CaseClass::Urgent, Urgency::Urgent),
                    accept(CaseClass::Simple, Urgency::Normal),
                    CaseEvent::Accept {
                        category_id: id("x"),
                        class: CaseClass::Normal,
                        urgency: Urgency::Normal,
                        due_at: Some(desk.now - 1),
                    },
                ]);
            }
            CaseEvent::ToDeputy { .. } => forms.push(CaseEvent::ToDeputy {
                deputy_id: id("deputy"),
            }),
            CaseEvent::SubmitReply {
                task_id, signed_off_by, ..
            } => {
                for (outcome, day) in [
                    (Outcome::B, Some(promise.as_str())),
                    (Outcome::B, None),
                    (Outcome::C, None),
                ] {
                    forms.push(CaseEvent::SubmitReply {
                        task_id: task_id.clone(),
                        reply: reply(outcome, day),
                        signed_off_by: signed_off_by.clone(),
                    });
                }
            }
            CaseEvent::LeadAnswered { .. } => {
                forms.push(CaseEvent::LeadAnswered {
                    reply: reply(Outcome::B, Some(&promise)),
                });
            }
            CaseEvent::RatedOk { .. } => forms.push(CaseEvent::RatedOk {
                rating: rating(1, Solved::No),
            }),
            CaseEvent::RatedBad { .. } => forms.push(CaseEvent::RatedBad {
                rating: rating(5, Solved::Yes),
            }),
            CaseEvent::ProgressNote { task_id, text, .. } => {
                forms.push(CaseEvent::ProgressNote {
                    task_id,
                    text,
                    public: false,
                    attachments: Vec::new(),
                });
            }
            CaseEvent::AskInfo { .. } => forms.push(CaseEvent::AskInfo { text: id("  ") }),
            _ => {}
        }
    }
    forms
}

#[derive(Clone, Debug)]
struct Step {
    actor: usize,
    event: usize,
    form: usize,
    wait: i64,
}

fn step() -> impl Strategy<Value = Step> {
    let wait = prop_oneof![6 => 0..DAY_MS, 3 => 0..10 * DAY_MS, 1 => 0..400 * DAY_MS];
    (any::<usize>(), any::<usize>(), any::<usize>(), wait).prop_map(|(actor, event, form, wait)| Step {
        actor,
        event,
        form,
        wait,
    })
}

/// Takes a step if the rules allow it; mostly events that fit the state, sometimes any.
fn walk(desk: &mut Desk, step: &Step) -> bool {
    let actors = everybody();
    let actor = actors[step.actor % actors.len()].clone();
    let mut kinds: Vec<EventKind> = desk.may(actor.clone());
    kinds.extend(
        rows()
            .filter(|row| row.from.contains(&desk.state()))
            .map(|row| row.event),
    );
    kinds.extend(EventKind::ALL);
    // Allowed ones come up more often.
    let within = if step.event.is_multiple_of(4) {
        kinds.len()
    } else {
        desk.may(actor.clone()).len().max(1)
    };
    let forms = forms(kinds[(step.event / 4) % within], desk);
    let Some(event) = forms.get(step.form % forms.len().max(1)) else {
        return false;
    };
    desk.now += step.wait + 1;
    let seen = desk.case.version;
    if desk.try_by(actor.clone(), event.clone()).is_err() {
        return false;
    }
    let again = Context {
        expected_version: Some(seen),
        ..desk.context(actor, event.ids_needed())
    };
    let refused = apply(&desk.case, event, &again);
    assert_eq!(
        refused.err().map(|refusal| refusal.kind),
        Some(RefusalKind::Stale),
        "{} was accepted twice for the same version",
        event.kind().code()
    );
    true
}

fn story(desk: &Desk) -> String {
    let line = |record: &EventRecord| {
        format!(
            "{} {} → {}",
            record.facts.row,
            record.event.kind().code(),
            record.to.code()
        )
    };
    desk.log.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check_invariants(desk: &Desk) {
    let case = &desk.case;
    let told = || story(desk);
    for record in &desk.log[1..] {
        let row = rows()
            .find(|row| row.no == record.facts.row)
            .expect("the record names its row");
        let from = record.from.expect("only the first record begins nowhere");
        assert!(
            row.event == record.event.kind() && row.from.contains(&from),
            "row {} was misused:\n{}",
            row.no,
            told()
        );
        let fits = match row.to {
            To::State(state) => record.to == state,
            To::Same => record.to == from,
            To::BeforeInfo => record.to != CaseState::NeedInfo,
            To::OneOf(states, _) => states.contains(&record.to),
            To::Undone => record
                .facts
                .restored
                .as_ref()
                .is_some_and(|before| before.state == record.to),
        };
        assert!(
            fits,
            "row {} does not lead to {}:\n{}",
            row.no,
            record.to.code(),
            told()
        );
    }
    assert_eq!(
        case.is_open(),
        case.holder.kind != HolderKind::Nobody,
        "an open case has a holder:\n{}",
        told()
    );
    assert!(
        !case.is_open() || case.holder.due.is_some(),
        "{} has no date:\n{}",
        case.state.code(),
        told()
    );
    assert!(
        !case.is_open() || next_step(case).kind != NextStepKind::None,
        "an open case has a next step:\n{}",
        told()
    );
    let ids: HashSet<&String> = case.tasks.iter().map(|task| &task.id).collect();
    assert_eq!(ids.len(), case.tasks.len(), "a task's id came twice:\n{}", told());
    let leads = case
        .tasks
        .iter()
        .filter(|task| task.role == TaskRole::Lead && task.state.is_open())
        .count();
    assert!(leads <= 1, "two units lead at once:\n{}", told());
    if !case.is_open()
        || matches!(
            case.state,
            CaseState::Answered | CaseState::Tracking | CaseState::Disputed
        )
    {
        assert!(
            case.tasks.iter().all(|task| !task.state.is_open()),
            "a unit still works in {}:\n{}",
            case.state.code(),
            told()
        );
    }
    if case.publication == PublicationState::Published {
        assert!(
            case.consent_publish && case.copy.is_some(),
            "published without consent:\n{}",
            told()
        );
    }
    let inside = matches!(case.state, CaseState::NeedInfo);
    assert_eq!(
        case.paused_since.is_some(),
        inside,
        "the clock stands exactly while the resident is asked:\n{}",
        told()
    );
    let elapsed: i64 = elapsed_by_holder(&desk.log, desk.now)
        .iter()
        .map(|(_, _, held)| held)
        .sum();
    if case.is_open() && !desk.log.iter().any(|record| !record.to.is_open()) {
        assert_eq!(
            elapsed,
            desk.now - case.submitted_at,
            "the holders' times add up to the whole:\n{}",
            told()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_case_rebuilt_from_its_log_is_the_stored_one(steps in prop::collection::vec(step(), 1..60), urgent in any::<bool>()) {
        let urgency = if urgent { Urgency::Urgent } else { Urgency::Normal };
        let mut desk = Desk::with(liaison_domain::calendar::demo_calendar(), Limits::default(), urgency);
        for step in &steps {
            if walk(&mut desk, step) {
                check_invariants(&desk);
            }
        }
        let rebuilt = rebuild(&desk.log).expect("the log is whole");
        prop_assert_eq!(&rebuilt, &desk.case, "rebuilt differs:\n{}", story(&desk));
        let json = serde_json::to_string(&desk.log).expect("a log can be written");
        let read: Vec<EventRecord> = serde_json::from_str(&json).expect("a log can be read");
        prop_assert_eq!(&rebuild(&read).expect("the log is whole"), &desk.case, "changed by JSON:\n{}", story(&desk));
    }

    #[test]
    fn an_open_case_is_never_stuck(steps in prop::collection::vec(step(), 1..40)) {
        let mut desk = Desk::new();
        for step in &steps {
            walk(&mut desk, step);
        }
        if desk.case.is_open() {
            desk.now += 30 * DAY_MS;
            let moves = |actor: Actor| desk.may(actor).into_iter().any(|kind| {
                forms(kind, &desk).iter().any(|event| everybody().into_iter().any(|actor| {
                    let mut next = desk.clone();
                    next.try_by(actor, event.clone()).is_ok() && next.state() != desk.state()
                }))
            });
            prop_assert!(everybody().into_iter().any(moves), "nobody can move it on:\n{}", story(&desk));
        }
    }

    #[test]
    fn a_torn_log_is_noticed(steps in prop::collection::vec(step(), 10..40), cut in any::<prop::sample::Index>()) {
        let mut desk = Desk::new();
        for step in &steps {
            walk(&mut desk, step);
        }
        let mut log = desk.log.clone();
        if log.len() > 2 {
            log.remove(1 + cut.index(log.len() - 2));
            prop_assert_eq!(rebuild(&log), Err(BrokenLog::Gap), "a missing record went unnoticed");
        }
    }
}
