//! The rules told as stories: the rarer turns.

use crate::cast::*;
use liaison_domain::calendar::{DAY_MS, demo_calendar};
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;

fn decline() -> CaseEvent {
    CaseEvent::Decline {
        reason_code: id("litigation"),
        text: id("请向法院反映"),
    }
}

fn copy() -> CaseEvent {
    let copy = PublicCopy {
        title: id("路灯"),
        body: id("路灯不亮"),
        answer: id("已修"),
        attachments: vec![],
    };
    CaseEvent::ProposeCopy { copy }
}

#[test]
fn a_declined_letter_is_looked_at_by_another_officer() {
    let mut desk = Desk::new();
    let unknown = CaseEvent::Decline {
        reason_code: id("no_time"),
        text: id("没空"),
    };
    assert_eq!(
        desk.refused(officer(), &unknown),
        RefusalKind::ValueInvalid,
        "only reasons of the library"
    );
    desk.by(officer(), decline()).days(3);
    desk.by(
        resident(),
        CaseEvent::Appeal {
            text: id("不是诉讼")
        },
    );
    assert_eq!(
        (desk.state(), desk.case.holder.due),
        (CaseState::ScreeningHold, Some(end_of(2026, 3, 10)))
    );
    assert_eq!(
        desk.refused(officer(), &accept(CaseClass::Normal, Urgency::Normal)),
        RefusalKind::SamePerson
    );
    assert_eq!(desk.refused(officer(), &decline()), RefusalKind::SamePerson);
    desk.by(second_officer(), decline());
    let again = CaseEvent::Appeal {
        text: id("还是不服")
    };
    assert_eq!(
        desk.refused(resident(), &again),
        RefusalKind::LimitReached,
        "an appeal is possible once"
    );
}

#[test]
fn an_appeal_has_fifteen_days() {
    let mut desk = Desk::new();
    desk.by(officer(), decline()).days(16);
    assert_eq!(
        desk.refused(resident(), &CaseEvent::Appeal { text: id("申诉") }),
        RefusalKind::TooLate
    );
}

#[test]
fn an_urgent_letter_is_not_declined_by_one_person() {
    let mut desk = Desk::with(demo_calendar(), Limits::default(), Urgency::Urgent);
    assert_eq!(desk.refused(officer(), &decline()), RefusalKind::ValueInvalid);
    desk.accept();
    assert_eq!(desk.case.urgency, Urgency::Normal);
    assert_eq!(
        desk.refused(officer(), &decline()),
        RefusalKind::SamePerson,
        "who lowered it does not decline it"
    );
    desk.by(second_officer(), decline());
}

#[test]
fn a_restricted_sender_writes_urgent_letters_only() {
    let (calendar, limits) = (demo_calendar(), Limits::default());
    let ctx = Context::new(monday(), resident(), &calendar, &limits);
    let ordinary = NewCase {
        restricted: true,
        ..new_case(Urgency::Normal)
    };
    assert_eq!(
        open(ordinary, &ctx).err().map(|refusal| refusal.kind),
        Some(RefusalKind::Restricted)
    );
    let urgent = NewCase {
        restricted: true,
        ..new_case(Urgency::Urgent)
    };
    let effects = open(urgent, &ctx).expect("an urgent letter is always taken");
    assert_eq!(effects.then.len(), 1, "it is held for a person to look at");
}

#[test]
fn only_the_cases_own_people_may_do_anything() {
    let mut desk = Desk::assigned();
    assert_eq!(desk.may(stranger()), vec![], "another resident");
    assert_eq!(desk.may(foreign_officer()), vec![], "another station's leader");
    assert_eq!(desk.may(unit("Z")), vec![], "a unit without a task");
    assert_eq!(
        desk.may(Actor {
            deputy_id: Some(id("other")),
            ..deputy()
        }),
        vec![],
        "another deputy"
    );
    assert!(
        desk.may(admin()).contains(&EventKind::Dispute),
        "the head station sees all"
    );
    let sign = CaseEvent::Sign {
        task_id: desk.task_of("A"),
        section: id("科"),
        officer: id("人"),
    };
    assert_eq!(desk.refused(unit("Z"), &sign), RefusalKind::NotAllowed);
    let nothing = CaseEvent::Sign {
        task_id: id("nothing"),
        section: id("科"),
        officer: id("人"),
    };
    assert_eq!(desk.refused(unit("A"), &nothing), RefusalKind::TaskUnknown);
    desk.sign("A");
    assert_eq!(
        desk.refused(officer(), &assign("B", &[])),
        RefusalKind::WrongState,
        "two officers at once"
    );
}

#[test]
fn the_version_read_is_the_version_changed() {
    let desk = Desk::new();
    let ctx = Context {
        expected_version: Some(7),
        ..desk.context(officer(), 0)
    };
    let refusal = apply(&desk.case, &accept(CaseClass::Normal, Urgency::Normal), &ctx).err();
    assert_eq!(refusal.map(|refusal| refusal.kind), Some(RefusalKind::Stale));
}

#[test]
fn a_resident_urges_after_the_date_and_every_five_work_days_but_three_times() {
    let mut desk = Desk::assigned();
    assert_eq!(desk.refused(resident(), &CaseEvent::Urge {}), RefusalKind::TooEarly);
    desk.days(8).by(resident(), CaseEvent::Urge {});
    assert_eq!(desk.refused(resident(), &CaseEvent::Urge {}), RefusalKind::TooEarly);
    desk.now = end_of(2026, 3, 24);
    desk.by(resident(), CaseEvent::Urge {})
        .days(10)
        .by(resident(), CaseEvent::Urge {});
    assert_eq!(
        desk.days(30).refused(resident(), &CaseEvent::Urge {}),
        RefusalKind::LimitReached
    );
    assert!(
        desk.told
            .iter()
            .any(|n| n.kind == EventKind::Urge && n.to == NoticeTo::Unit(id("A"))),
        "the unit hears it"
    );
}

#[test]
fn a_letter_is_withdrawn_from_any_open_state() {
    let mut desk = Desk::assigned();
    desk.by(resident(), CaseEvent::Withdraw { text: None });
    assert_eq!(desk.state(), CaseState::Withdrawn);
    assert_eq!(desk.task("A").state, TaskState::Cancelled, "the unit is relieved");
    let mut answered = Desk::answered(Outcome::A, None);
    answered.by(resident(), CaseEvent::Withdraw { text: None });
    assert_eq!(answered.state(), CaseState::Withdrawn);
    let mut closed = Desk::answered(Outcome::A, None);
    closed.by(resident(), rated(5, Solved::Yes));
    assert_eq!(
        closed.refused(resident(), &CaseEvent::Withdraw { text: None }),
        RefusalKind::WrongState,
        "what has ended is not withdrawn"
    );
}

#[test]
fn a_merged_letter_can_be_taken_apart_or_gets_the_answer_of_its_lead() {
    let mut desk = Desk::assigned();
    desk.by(
        officer(),
        CaseEvent::Merge {
            into: id("lead-case"),
            text: id("同一件事"),
        },
    );
    assert_eq!(
        (desk.state(), desk.case.holder.kind),
        (CaseState::Merged, HolderKind::Nobody)
    );
    let mut apart = desk.clone();
    apart.days(7).by(resident(), CaseEvent::Unmerge {});
    assert_eq!(apart.state(), CaseState::Accepted);
    desk.days(9);
    assert_eq!(
        desk.refused(resident(), &CaseEvent::Unmerge {}),
        RefusalKind::TooLate,
        "seven days for the resident"
    );
    assert!(
        desk.may(officer()).contains(&EventKind::Unmerge),
        "the office at any time"
    );
    desk.by(
        Actor::system(),
        CaseEvent::LeadAnswered {
            reply: reply(Outcome::B, Some("2026-06-01")),
        },
    );
    assert_eq!(
        desk.state(),
        CaseState::Answered,
        "a survey of its own; the promise stays with the lead"
    );
    desk.by(resident(), rated(5, Solved::Yes));
}

#[test]
fn a_letter_split_in_parts_is_answered_when_they_are() {
    let mut desk = Desk::new();
    desk.accept();
    let one = CaseEvent::Split { parts: vec![id("p1")] };
    assert_eq!(desk.refused(officer(), &one), RefusalKind::ValueInvalid);
    desk.by(
        officer(),
        CaseEvent::Split {
            parts: vec![id("p1"), id("p2"), id("p3")],
        },
    );
    assert_eq!(
        (desk.state(), desk.case.holder.kind),
        (CaseState::InProgress, HolderKind::Office)
    );
    desk.by(
        Actor::system(),
        CaseEvent::PartsAnswered {
            reply: reply(Outcome::A, None),
        },
    )
    .by(resident(), rated(5, Solved::Yes));
}

#[test]
fn a_reform_moves_the_task_and_keeps_the_date() {
    let mut desk = Desk::in_progress();
    let before = desk.task("A").clone();
    let moved = CaseEvent::ReassignUnit {
        task_id: before.id.clone(),
        unit_id: id("N"),
    };
    assert_eq!(desk.refused(officer(), &moved), RefusalKind::NotAllowed);
    desk.by(admin(), moved);
    assert_eq!(
        (desk.task("N").id.clone(), desk.task("N").due_at),
        (before.id, before.due_at)
    );
    assert_eq!(desk.case.holder.id.as_deref(), Some("N"));
}

#[test]
fn a_copy_is_published_with_consent_after_it_was_shown() {
    let mut desk = Desk::answered(Outcome::A, None);
    desk.by(officer(), copy());
    assert_eq!(
        desk.refused(officer(), &CaseEvent::Publish {}),
        RefusalKind::NoConsent,
        "three days to object"
    );
    let mut agreed = desk.clone();
    agreed
        .by(resident(), CaseEvent::CopyApproved {})
        .by(officer(), CaseEvent::Publish {});
    desk.days(4).by(officer(), CaseEvent::Publish {});
    assert_eq!(desk.case.publication, PublicationState::Published);
    assert_eq!(
        desk.refused(officer(), &copy()),
        RefusalKind::WrongState,
        "hide it first"
    );
    desk.by(resident(), CaseEvent::ConsentChanged { consent: false });
    assert_eq!(
        desk.case.publication,
        PublicationState::Hidden,
        "taking consent back hides it at once"
    );
    assert_eq!(desk.refused(officer(), &CaseEvent::Unhide {}), RefusalKind::NoConsent);
    assert_eq!(desk.refused(officer(), &copy()), RefusalKind::NoConsent);
    desk.by(resident(), CaseEvent::ConsentChanged { consent: true })
        .by(officer(), CaseEvent::Unhide {});
    assert_eq!(desk.case.publication, PublicationState::Published);
    assert_eq!(desk.state(), CaseState::Answered, "none of it touches the case's state");
}

#[test]
fn the_units_own_review_goes_through_draft_and_leader() {
    let mut desk = Desk::in_progress();
    let task_id = desk.task_of("A");
    desk.by(
        unit("A"),
        CaseEvent::DraftBegun {
            task_id: task_id.clone(),
        },
    );
    desk.by(
        unit("A"),
        CaseEvent::ToInternalReview {
            task_id: task_id.clone(),
        },
    );
    let better = CaseEvent::InternalRejected {
        task_id,
        text: id("写清时间"),
    };
    assert_eq!(
        desk.refused(unit("A"), &better),
        RefusalKind::NotAllowed,
        "the leader reviews"
    );
    desk.by(unit_leader("A"), better);
    assert_eq!(desk.task("A").state, TaskState::DraftReply);
    desk.submit("A", reply(Outcome::A, None), "王科长");
    assert_eq!(desk.task("A").state, TaskState::Submitted);
}

#[test]
fn a_reply_keeps_what_its_outcome_claims() {
    let desk = Desk::in_progress();
    let submit = |outcome, promise: Option<&str>, reason: Option<&str>| CaseEvent::SubmitReply {
        task_id: desk.task_of("A"),
        reply: ReplyText {
            reason: reason.map(id),
            ..reply(outcome, promise)
        },
        signed_off_by: id("王科长"),
    };
    assert_eq!(
        desk.refused(unit("A"), &submit(Outcome::B, None, None)),
        RefusalKind::DateInvalid
    );
    assert_eq!(
        desk.refused(unit("A"), &submit(Outcome::B, Some("2026-03-02"), None)),
        RefusalKind::DateInvalid,
        "today"
    );
    assert_eq!(
        desk.refused(unit("A"), &submit(Outcome::B, Some("2029-01-01"), None)),
        RefusalKind::DateInvalid,
        "too far"
    );
    assert_eq!(
        desk.refused(unit("A"), &submit(Outcome::C, None, Some("  "))),
        RefusalKind::TextMissing
    );
}

#[test]
fn the_elapsed_time_is_split_by_holder() {
    let mut desk = Desk::new();
    desk.days(1).accept();
    desk.days(1).by(officer(), assign("A", &[]));
    desk.days(1).sign("A");
    desk.days(2).by(unit("A"), CaseEvent::AskInfo { text: id("哪里?") });
    desk.days(3).by(
        resident(),
        CaseEvent::InfoGiven {
            text: id("这里"),
            attachments: vec![],
        },
    );
    desk.days(4);
    let split = elapsed_by_holder(&desk.log, desk.now);
    let expected = vec![
        (HolderKind::Office, Some(id("station")), 2 * DAY_MS),
        (HolderKind::Unit, Some(id("A")), 7 * DAY_MS),
        (HolderKind::Resident, None, 3 * DAY_MS),
    ];
    assert_eq!(split, expected);
}

#[test]
fn personal_data_goes_after_twelve_months() {
    let mut desk = Desk::new();
    desk.by(officer(), decline()).days(300);
    assert_eq!(
        desk.refused(Actor::system(), &CaseEvent::Archive {}),
        RefusalKind::TooEarly
    );
    desk.days(70).by(Actor::system(), CaseEvent::Archive {});
    assert_eq!(desk.state(), CaseState::Archived);
    assert_eq!(desk.may(resident()), vec![]);
}
