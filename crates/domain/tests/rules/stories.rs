//! The rules told as stories: the way of most letters.

use crate::cast::*;
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;

fn release() -> CaseEvent {
    CaseEvent::Release {
        forwarded_by_deputy: None,
        words: None,
        acknowledged: Vec::new(),
    }
}

fn told_resident(desk: &Desk, kind: EventKind) -> bool {
    desk.told
        .iter()
        .any(|notice| notice.to == NoticeTo::Resident && notice.kind == kind)
}

/// A returns, B returns, the meeting names C.
pub fn bounced_to_arbitration() -> Desk {
    let mut desk = Desk::assigned();
    desk.by(unit("A"), return_to(desk.task_of("A"), "B"));
    desk.by(
        officer(),
        CaseEvent::ReturnApproved {
            task_id: desk.task_of("A"),
        },
    );
    desk.days(1).by(officer(), assign("B", &["A"]));
    desk.by(unit("B"), return_to(desk.task_of("B"), "C"));
    desk
}

/// Half the period more, asked for in time; the first wish was refused.
pub fn extended() -> Desk {
    let mut desk = Desk::in_progress();
    let task = desk.task("A").clone();
    let until = desk.calendar.add_work_days(task.due_at, 7);
    let wish = CaseEvent::ExtensionRequest {
        task_id: task.id.clone(),
        until,
        text: id("需要招标"),
    };
    desk.by(unit("A"), wish.clone());
    desk.by(
        officer(),
        CaseEvent::ExtensionRefused {
            task_id: task.id.clone(),
            text: id("请附招标公告"),
        },
    );
    desk.by(unit("A"), wish);
    desk.days(1)
        .by(officer(), CaseEvent::ExtensionApproved { task_id: task.id });
    desk
}

/// The promised day and its grace passed without evidence.
pub fn promise_broken() -> Desk {
    let mut desk = Desk::answered(Outcome::B, Some("2026-04-30"));
    desk.now = end_of(2026, 5, 6) + 1;
    desk.by(Actor::system(), CaseEvent::PromiseBroken {});
    desk
}

/// Dissatisfied with the first, the second and the final answer.
pub fn dissatisfied_to_the_end() -> Desk {
    let mut desk = Desk::answered(Outcome::A, None);
    desk.by(resident(), rated(2, Solved::No)).by(officer(), reopen("A"));
    desk.sign("A");
    desk.submit("A", reply(Outcome::A, None), "赵副局长");
    desk.by(officer(), release()).by(resident(), rated(1, Solved::No));
    let order = CaseEvent::Supervise {
        leader: id("孙主任"),
        due_at: desk.now + 1,
        text: id("限期办结"),
    };
    desk.by(leader(), order).by(leader(), reopen("B"));
    desk.sign("B");
    desk.submit("B", reply(Outcome::C, None), "周局长");
    desk.by(officer(), release()).by(resident(), rated(2, Solved::No));
    desk
}

#[test]
fn a_letter_is_accepted_assigned_signed_answered_and_rated() {
    let mut desk = Desk::new();
    assert_eq!(desk.state(), CaseState::Submitted);
    assert_eq!(
        desk.case.holder.due,
        Some(end_of(2026, 3, 4)),
        "two work days to take it on"
    );
    desk.accept();
    assert_eq!(
        desk.case.due_at,
        Some(end_of(2026, 3, 23)),
        "fifteen work days to answer"
    );
    desk.by(officer(), assign("A", &["B", "C"]));
    let (lead, co) = (desk.task("A").clone(), desk.task("B").clone());
    assert_eq!(lead.due_at, end_of(2026, 3, 23), "the lead has the resident's date");
    assert_eq!(
        co.due_at,
        end_of(2026, 3, 12),
        "a co-unit has half of it: eight work days of fifteen"
    );
    assert_eq!(
        (desk.case.holder.kind, desk.case.holder.due),
        (HolderKind::Unit, Some(end_of(2026, 3, 4)))
    );
    desk.days(1).sign("A");
    assert_eq!(desk.state(), CaseState::InProgress);
    assert_eq!(
        desk.case.holder.due,
        Some(lead.due_at),
        "signed, the unit holds it until the answer is due"
    );
    desk.sign("B");
    let opinion = CaseEvent::CoOpinion {
        task_id: co.id,
        text: id("同意主办意见"),
    };
    desk.days(2).by(unit("B"), opinion);
    let note = CaseEvent::ProgressNote {
        task_id: lead.id,
        text: id("已进场"),
        public: true,
        attachments: vec![],
    };
    desk.by(unit("A"), note);
    assert!(
        told_resident(&desk, EventKind::ProgressNote),
        "the resident reads of progress"
    );
    desk.submit("A", reply(Outcome::A, None), "王科长");
    assert_eq!(desk.state(), CaseState::ReplyReview);
    desk.by(officer(), release());
    assert_eq!(desk.state(), CaseState::Answered);
    assert_eq!(
        desk.case.survey_until,
        Some(end_of(2026, 3, 19)),
        "fourteen days to rate"
    );
    assert!(
        desk.task("C").state == TaskState::Cancelled,
        "a co-unit without an opinion is relieved by the answer"
    );
    desk.by(resident(), rated(4, Solved::Yes));
    assert_eq!(desk.state(), CaseState::Closed);
    assert_eq!(next_step(&desk.case).kind, NextStepKind::None);
}

#[test]
fn a_deputy_answers_in_person() {
    let mut desk = Desk::new();
    desk.accept();
    desk.by(
        officer(),
        CaseEvent::ToDeputy {
            deputy_id: id("deputy"),
        },
    );
    assert_eq!(desk.case.holder.due, Some(end_of(2026, 3, 9)), "five work days to act");
    let promise = CaseEvent::DeputyAnswer {
        reply: reply(Outcome::B, Some("2026-04-01")),
    };
    assert_eq!(
        desk.refused(deputy(), &promise),
        RefusalKind::ValueInvalid,
        "a deputy cannot promise for a unit"
    );
    desk.by(
        deputy(),
        CaseEvent::DeputyAnswer {
            reply: reply(Outcome::A, None),
        },
    );
    assert_eq!(
        (desk.state(), desk.case.reply_by.as_deref()),
        (CaseState::Answered, Some("deputy"))
    );
    assert_eq!(
        desk.refused(deputy(), &rated(1, Solved::No)),
        RefusalKind::SamePerson,
        "not on their own answer"
    );
}

#[test]
fn where_the_station_wants_it_the_office_reads_a_deputys_answer_first() {
    let limits = Limits {
        deputy_answer_reviewed: true,
        ..Limits::default()
    };
    let mut desk = Desk::with(liaison_domain::calendar::demo_calendar(), limits, Urgency::Normal);
    desk.accept();
    desk.by(
        officer(),
        CaseEvent::ToDeputy {
            deputy_id: id("deputy"),
        },
    );
    desk.by(
        deputy(),
        CaseEvent::DeputyAnswer {
            reply: reply(Outcome::A, None),
        },
    );
    assert_eq!(desk.state(), CaseState::ReplyReview);
    desk.by(
        officer(),
        CaseEvent::SendBack {
            text: id("请写明时间")
        },
    );
    assert_eq!(desk.state(), CaseState::WithDeputy, "it goes back to whoever wrote it");
}

#[test]
fn a_silent_deputy_loses_the_matter_to_the_office() {
    let mut desk = Desk::new();
    desk.accept();
    desk.by(
        officer(),
        CaseEvent::ToDeputy {
            deputy_id: id("deputy"),
        },
    );
    assert_eq!(
        desk.refused(Actor::system(), &CaseEvent::DeputyTimeout {}),
        RefusalKind::TooEarly
    );
    desk.days(8).by(Actor::system(), CaseEvent::DeputyTimeout {});
    assert_eq!(
        (desk.state(), desk.case.holder.kind),
        (CaseState::Accepted, HolderKind::Office)
    );
}

#[test]
fn an_automatic_acceptance_hands_an_addressed_letter_to_its_deputy() {
    let mut desk = Desk::new();
    desk.by(
        Actor::system(),
        CaseEvent::AutoAccept {
            category_id: id("transport.bus"),
            class: CaseClass::Simple,
        },
    );
    assert_eq!(desk.state(), CaseState::WithDeputy);
}

#[test]
fn a_question_stops_the_clock() {
    let mut desk = Desk::in_progress();
    desk.days(1).by(unit("A"), CaseEvent::AskInfo { text: id("哪一栋?") });
    assert_eq!(
        (desk.state(), desk.case.holder.kind),
        (CaseState::NeedInfo, HolderKind::Resident)
    );
    assert_eq!(desk.case.holder.due, Some(end_of(2026, 3, 8)), "five calendar days");
    desk.days(2).by(
        resident(),
        CaseEvent::InfoGiven {
            text: id("3栋"),
            attachments: vec![],
        },
    );
    assert_eq!(desk.state(), CaseState::InProgress);
    assert_eq!(
        desk.case.due_at,
        Some(end_of(2026, 3, 25)),
        "two work days of pause, two work days later"
    );
    assert_eq!(desk.task("A").due_at, end_of(2026, 3, 25), "the unit's date moves too");
    assert_eq!(desk.case.paused_total, 2 * liaison_domain::calendar::DAY_MS);
    desk.by(
        officer(),
        CaseEvent::AskInfo {
            text: id("哪一单元?")
        },
    );
    desk.days(6).by(Actor::system(), CaseEvent::InfoTimeout {});
    assert_eq!(desk.state(), CaseState::InProgress, "silence does not close a matter");
    let third = CaseEvent::AskInfo { text: id("哪一层?") };
    assert_eq!(
        desk.refused(unit("A"), &third),
        RefusalKind::LimitReached,
        "two questions in one stage"
    );
}

#[test]
fn a_question_before_the_assignment_moves_the_offices_own_date() {
    let mut desk = Desk::new();
    desk.accept();
    assert_eq!(desk.case.holder.due, Some(end_of(2026, 3, 4)));
    desk.by(officer(), CaseEvent::AskInfo { text: id("在哪里?") });
    desk.days(3).by(
        resident(),
        CaseEvent::InfoGiven {
            text: id("学府路"),
            attachments: vec![],
        },
    );
    assert_eq!(
        desk.case.holder.due,
        Some(end_of(2026, 3, 9)),
        "three work days later, over the weekend"
    );
}

#[test]
fn a_unit_that_does_not_sign_is_signed_for() {
    let mut desk = Desk::assigned();
    let task_id = desk.task_of("A");
    let auto = CaseEvent::AutoSign { task_id };
    assert_eq!(desk.refused(Actor::system(), &auto), RefusalKind::TooEarly);
    desk.days(3).by(Actor::system(), auto);
    assert_eq!(desk.state(), CaseState::InProgress);
    assert!(desk.task("A").auto_signed);
}

#[test]
fn an_urgent_matter_is_signed_in_four_working_hours() {
    let mut desk = Desk::with(
        liaison_domain::calendar::demo_calendar(),
        Limits::default(),
        Urgency::Urgent,
    );
    assert_eq!(desk.state(), CaseState::ScreeningHold, "a person looks at it");
    assert_eq!(
        desk.case.holder.due,
        Some(monday() + 4 * 3_600_000),
        "within four hours"
    );
    desk.by(officer(), accept(CaseClass::Urgent, Urgency::Urgent));
    desk.by(officer(), assign("A", &[]));
    assert_eq!(
        liaison_domain::calendar::stamp(desk.task("A").sign_due),
        "2026-03-02 16:00",
        "over the noon break"
    );
    assert_eq!(desk.case.due_at, Some(end_of(2026, 3, 5)));
}

#[test]
fn two_returns_lead_to_arbitration_and_the_final_owner_keeps_it() {
    let mut desk = bounced_to_arbitration();
    assert_eq!(
        desk.state(),
        CaseState::Arbitration,
        "the second return goes to the meeting by itself"
    );
    let award = CaseEvent::Award {
        unit_id: id("C"),
        co: vec![id("A")],
        text: id("由丙单位主办"),
    };
    assert_eq!(
        desk.refused(officer(), &award),
        RefusalKind::NotAllowed,
        "a leader decides"
    );
    desk.by(leader(), award);
    assert_eq!(desk.state(), CaseState::Assigned);
    let back = return_to(desk.task_of("C"), "A");
    assert_eq!(desk.refused(unit("C"), &back), RefusalKind::FinalOwner);
    assert!(
        !desk.may(unit("C")).contains(&EventKind::ReturnRequest),
        "nor is it offered"
    );
}

#[test]
fn a_unit_may_return_a_case_once() {
    let mut desk = Desk::assigned();
    desk.by(unit("A"), return_to(desk.task_of("A"), "B"));
    let sign = CaseEvent::Sign {
        task_id: desk.task_of("A"),
        section: id("科"),
        officer: id("人"),
    };
    assert_eq!(
        desk.refused(unit("A"), &sign),
        RefusalKind::WrongState,
        "a return is being decided"
    );
    assert_eq!(next_step(&desk.case).kind, NextStepKind::DecideReturn);
    desk.by(
        officer(),
        CaseEvent::ReturnRefused {
            task_id: desk.task_of("A"),
            text: id("属于职责范围"),
        },
    );
    assert_eq!(desk.state(), CaseState::InProgress, "refused counts as signed");
    let again = return_to(desk.task_of("A"), "B");
    assert_eq!(desk.refused(unit("A"), &again), RefusalKind::LimitReached);
}

#[test]
fn a_late_return_is_refused() {
    let mut desk = Desk::assigned();
    desk.days(4);
    assert_eq!(
        desk.refused(unit("A"), &return_to(desk.task_of("A"), "B")),
        RefusalKind::TooLate
    );
}

#[test]
fn an_extension_is_granted_once_and_not_beyond_half() {
    let mut desk = extended();
    assert_eq!(desk.case.due_at, Some(end_of(2026, 4, 1)), "seven work days more");
    assert_eq!(desk.case.holder.due, desk.case.due_at);
    let task = desk.task("A").clone();
    let more = CaseEvent::ExtensionRequest {
        task_id: task.id,
        until: task.due_at + 1,
        text: id("再延"),
    };
    assert_eq!(desk.refused(unit("A"), &more), RefusalKind::LimitReached);

    desk = Desk::in_progress();
    let task = desk.task("A").clone();
    let until = desk.calendar.add_work_days(task.due_at, 8);
    let long = CaseEvent::ExtensionRequest {
        task_id: task.id.clone(),
        until,
        text: id("延期"),
    };
    assert_eq!(
        desk.refused(unit("A"), &long),
        RefusalKind::DateInvalid,
        "eight days are more than half of fifteen"
    );
    desk.now = task.due_at + 1;
    let late = CaseEvent::ExtensionRequest {
        task_id: task.id,
        until: task.due_at + 2,
        text: id("延期"),
    };
    assert_eq!(
        desk.refused(unit("A"), &late),
        RefusalKind::TooLate,
        "asked for after the day"
    );
}

#[test]
fn a_promise_is_followed_until_it_is_kept() {
    let mut desk = Desk::answered(Outcome::B, Some("2026-04-30"));
    assert_eq!(desk.state(), CaseState::Tracking, "a promise is followed at once");
    assert_eq!(desk.case.holder.due, Some(end_of(2026, 4, 30)));
    desk.days(30);
    let kept = CaseEvent::PromiseKept {
        task_id: desk.task_of("A"),
        evidence: id("照片与验收单"),
    };
    desk.by(unit("A"), kept);
    assert_eq!(
        desk.state(),
        CaseState::Answered,
        "the resident is asked whether it is so"
    );
    assert_eq!(
        desk.refused(Actor::system(), &CaseEvent::HasPromise {}),
        RefusalKind::ValueInvalid,
        "it is kept now"
    );
    desk.by(resident(), rated(5, Solved::Yes));
    assert_eq!(desk.state(), CaseState::Closed);
}

#[test]
fn a_broken_promise_becomes_a_second_handling() {
    let mut desk = Desk::answered(Outcome::B, Some("2026-04-30"));
    desk.now = end_of(2026, 5, 1);
    assert_eq!(
        desk.refused(Actor::system(), &CaseEvent::PromiseBroken {}),
        RefusalKind::TooEarly,
        "a work day of grace"
    );
    let desk = promise_broken();
    assert_eq!((desk.state(), desk.case.round), (CaseState::SecondHandling, 2));
    assert_eq!(desk.task("A").round, 2, "the same unit again");
}

#[test]
fn a_second_handling_has_another_signatory() {
    let mut desk = Desk::answered(Outcome::A, None);
    desk.by(resident(), rated(2, Solved::No));
    assert_eq!(desk.state(), CaseState::Disputed);
    desk.by(officer(), reopen("A"));
    assert_eq!(
        (desk.state(), desk.case.due_at),
        (CaseState::SecondHandling, Some(end_of(2026, 3, 16)))
    );
    desk.sign("A");
    let task_id = desk.task_of("A");
    let same = CaseEvent::SubmitReply {
        task_id,
        reply: reply(Outcome::A, None),
        signed_off_by: id(" 王科长 "),
    };
    assert_eq!(desk.refused(unit("A"), &same), RefusalKind::SamePerson);
    desk.submit("A", reply(Outcome::A, None), "赵副局长");
    desk.by(officer(), CaseEvent::SendBack { text: id("补照片") });
    assert_eq!(desk.state(), CaseState::SecondHandling);
    desk.submit("A", reply(Outcome::A, None), "赵副局长");
    desk.by(officer(), release()).by(resident(), rated(4, Solved::Yes));
    assert_eq!(desk.state(), CaseState::Closed);
}

#[test]
fn after_the_final_answer_it_is_closed_for_good() {
    let desk = dissatisfied_to_the_end();
    assert_eq!(
        (desk.state(), desk.case.round, desk.case.closed_final),
        (CaseState::Closed, 3, true)
    );
    assert_eq!(desk.refused(resident(), &rated(1, Solved::No)), RefusalKind::WrongState);
}

#[test]
fn the_second_time_only_a_supervising_leader_reopens() {
    let mut desk = Desk::answered(Outcome::A, None);
    desk.by(resident(), rated(2, Solved::No)).by(officer(), reopen("A"));
    desk.sign("A");
    desk.submit("A", reply(Outcome::A, None), "赵副局长");
    desk.by(officer(), release()).by(resident(), rated(2, Solved::No));
    assert_eq!(desk.refused(officer(), &reopen("A")), RefusalKind::NotAllowed);
    assert_eq!(
        desk.refused(leader(), &reopen("A")),
        RefusalKind::TooEarly,
        "put under supervision first"
    );
    desk.by(
        leader(),
        CaseEvent::KeepClosed {
            reason_code: id("at_the_limit"),
            text: id("已尽最大努力"),
        },
    );
    assert!(
        desk.case.closed_final,
        "kept closed after the second answer, it is closed for good"
    );
}

#[test]
fn silence_is_not_satisfaction() {
    let mut desk = Desk::answered(Outcome::A, None);
    assert_eq!(
        desk.refused(Actor::system(), &CaseEvent::SurveyExpired {}),
        RefusalKind::TooEarly
    );
    desk.days(15).by(Actor::system(), CaseEvent::SurveyExpired {});
    assert_eq!(
        (desk.state(), desk.case.rated),
        (CaseState::Closed, false),
        "closed, but not rated"
    );
    desk.days(20).by(resident(), rated(1, Solved::No));
    assert_eq!(desk.state(), CaseState::Disputed, "once within thirty days");
    desk.by(
        leader(),
        CaseEvent::KeepClosed {
            reason_code: id("verified_solved"),
            text: id("已核实"),
        },
    );
    assert_eq!(
        desk.refused(resident(), &rated(1, Solved::No)),
        RefusalKind::LimitReached
    );
}

#[test]
fn a_rating_decides_by_the_published_rule() {
    let limits = Limits::default();
    let classify = |attitude, process, result, solved| {
        let rating = Rating {
            attitude,
            process,
            result,
            solved,
            reasons: vec![],
            text: String::new(),
        };
        (score(&rating, &limits), classify_rating(&rating, &limits))
    };
    assert_eq!(classify(5, 5, 5, Solved::Yes), (100, EventKind::RatedOk));
    assert_eq!(
        classify(3, 3, 3, Solved::Partly),
        (60, EventKind::RatedOk),
        "基本满意 is satisfied"
    );
    assert_eq!(classify(5, 5, 4, Solved::Yes), (90, EventKind::RatedOk));
    assert_eq!(
        classify(2, 5, 5, Solved::Yes),
        (88, EventKind::RatedBad),
        "one dimension at two"
    );
    assert_eq!(classify(5, 5, 5, Solved::No), (100, EventKind::RatedBad), "not solved");
    let mut desk = Desk::answered(Outcome::A, None);
    let wrong = CaseEvent::RatedOk {
        rating: rating(2, Solved::Yes),
    };
    assert_eq!(
        desk.refused(resident(), &wrong),
        RefusalKind::ValueInvalid,
        "a bad rating under a good name"
    );
    let six = CaseEvent::RatedOk {
        rating: rating(6, Solved::Yes),
    };
    assert_eq!(desk.refused(resident(), &six), RefusalKind::ValueInvalid);
    desk.by(resident(), rated(1, Solved::No))
        .days(2)
        .by(resident(), rated(4, Solved::Yes));
    assert_eq!(
        desk.state(),
        CaseState::Closed,
        "a rating can be changed for seven days"
    );
}
