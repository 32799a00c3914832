//! The ways back and the small steps of the closed loop: questions, appeals, delegation, conversations, taking back,
//! new dates.

use crate::cast::*;
use liaison_domain::calendar::{DAY_MS, MINUTE_MS, date_of};
use liaison_domain::lifecycle::*;
use liaison_domain::limits::{Limits, Span};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn kept_closed(by: Actor) -> (Actor, CaseEvent) {
    let event = CaseEvent::KeepClosed {
        reason_code: Limits::default().keep_closed_reasons[0].clone(),
        text: id("已到上限"),
    };
    (by, event)
}

fn second_leader() -> Actor {
    Actor {
        account_id: Some(id("leader-2")),
        ..leader()
    }
}

/// A return was asked for and refused: the unit goes on.
pub fn return_refused() -> Desk {
    let mut desk = Desk::assigned();
    let task_id = desk.task_of("A");
    desk.by(unit("A"), return_to(task_id.clone(), "B"));
    desk.by(
        officer(),
        CaseEvent::ReturnRefused {
            task_id,
            text: id("由贵单位办"),
        },
    );
    desk
}

/// A promise was kept before its day.
pub fn promise_kept() -> Desk {
    let day = date_of(monday()).plus_days(60).iso();
    let mut desk = Desk::answered(Outcome::B, Some(&day));
    assert_eq!(desk.state(), CaseState::Tracking);
    let task_id = desk.task_of("A");
    desk.days(30).by(
        unit("A"),
        CaseEvent::PromiseKept {
            task_id,
            evidence: id("照片"),
        },
    );
    desk
}

/// Another letter is joined; then the author of this one leaves.
pub fn author_left() -> Desk {
    let mut desk = Desk::assigned();
    desk.by(Actor::system(), CaseEvent::MergedIn { letter_id: id("other") });
    desk.by(resident(), CaseEvent::Withdraw { text: None });
    desk
}

#[test]
fn with_others_joined_a_withdrawal_leaves_the_matter_to_the_office() {
    let mut desk = author_left();
    assert_eq!(desk.state(), CaseState::Assigned, "the matter goes on");
    assert!(
        desk.case.author_left && desk.may(resident()).is_empty(),
        "its author is out"
    );
    desk.by(Actor::system(), CaseEvent::MergedOut { letter_id: id("other") });
    assert_eq!(desk.case.joined, Vec::<String>::new());
    desk.sign("A");
    assert_eq!(desk.state(), CaseState::InProgress);
}

#[test]
fn one_question_about_an_answer_and_the_rating_waits_for_it() {
    let mut desk = Desk::answered(Outcome::A, None);
    let survey = desk.case.survey_until.expect("a survey");
    desk.days(13).by(
        resident(),
        CaseEvent::FollowUp {
            text: id("电梯几号能用?"),
        },
    );
    let due = desk.case.follow_up_due.expect("a date for the words");
    assert!(desk.case.survey_until > Some(survey) && desk.case.survey_until > Some(due));
    assert_eq!(
        desk.refused(resident(), &CaseEvent::FollowUp { text: id("还有") }),
        RefusalKind::LimitReached
    );
    assert_eq!(
        desk.refused(stranger(), &CaseEvent::FollowUpAnswered { text: id("9月1日") }),
        RefusalKind::NotAllowed
    );
    desk.by(
        unit("A"),
        CaseEvent::FollowUpAnswered {
            text: id("9月1日起可用。"),
        },
    );
    assert_eq!(desk.case.follow_up_due, None);
    assert!(
        desk.told
            .iter()
            .any(|notice| notice.to == NoticeTo::Resident && notice.kind == EventKind::FollowUpAnswered)
    );
    desk.by(resident(), rated(5, Solved::Yes));
    assert_eq!(desk.state(), CaseState::Closed);
}

#[test]
fn what_a_leader_kept_closed_another_leader_looks_at_once_more() {
    let mut desk = Desk::answered(Outcome::C, None);
    desk.by(resident(), rated(1, Solved::No));
    let (by, keep) = kept_closed(leader());
    desk.by(by, keep.clone());
    assert!(!desk.case.closed_final);
    desk.days(3).by(
        resident(),
        CaseEvent::Appeal {
            text: id("请再看看")
        },
    );
    assert_eq!(desk.state(), CaseState::Disputed);
    assert_eq!(desk.refused(leader(), &keep), RefusalKind::SamePerson);
    desk.by(second_leader(), keep);
    assert!(desk.case.closed_final, "the second word is the last");
    assert_eq!(
        desk.refused(resident(), &CaseEvent::Appeal { text: id("再看") }),
        RefusalKind::LimitReached
    );
}

#[test]
fn a_deputy_rates_the_handling_once_and_never_their_own_words() {
    let mut desk = Desk::answered(Outcome::A, None);
    let rate = CaseEvent::DeputyRated {
        rating: rating(4, Solved::Yes),
    };
    desk.by(deputy(), rate.clone());
    assert_eq!(desk.state(), CaseState::Answered, "the resident's rating is still open");
    assert_eq!(desk.refused(deputy(), &rate), RefusalKind::LimitReached);

    let mut own = Desk::new();
    own.accept();
    own.by(
        officer(),
        CaseEvent::ToDeputy {
            deputy_id: id("deputy"),
        },
    );
    own.by(
        deputy(),
        CaseEvent::DeputyAnswer {
            reply: reply(Outcome::A, None),
        },
    );
    assert_eq!(own.refused(deputy(), &rate), RefusalKind::SamePerson);
}

#[test]
fn work_goes_one_level_down_and_the_duty_stays() {
    let mut desk = Desk::in_progress();
    let task_id = desk.task_of("A");
    let hand_down = |unit_id| CaseEvent::Delegate {
        task_id: task_id.clone(),
        unit_id,
        text: id("请街道现场处置"),
    };
    desk.by(unit("A"), hand_down(Some(id("street"))));
    desk.by(
        unit("street"),
        CaseEvent::ProgressNote {
            task_id: task_id.clone(),
            text: id("已到现场"),
            public: true,
            attachments: Vec::new(),
        },
    );
    desk.by(
        unit("street"),
        CaseEvent::DraftBegun {
            task_id: task_id.clone(),
        },
    );
    desk.by(
        unit("street"),
        CaseEvent::ToInternalReview {
            task_id: task_id.clone(),
        },
    );
    let submit = CaseEvent::SubmitReply {
        task_id: task_id.clone(),
        reply: reply(Outcome::A, None),
        signed_off_by: id("街道"),
    };
    assert_eq!(desk.refused(unit("street"), &submit), RefusalKind::NotAllowed);
    assert_eq!(desk.case.holder.id, Some(id("A")), "the ball stays with the unit");
    desk.by(unit("A"), hand_down(None));
    assert_eq!(desk.task("A").delegate, None);
    assert_eq!(desk.refused(unit("A"), &hand_down(None)), RefusalKind::ValueInvalid);
}

#[test]
fn conversations_are_counted_and_their_words_stay_inside() {
    let mut desk = Desk::in_progress();
    let task_id = Some(desk.task_of("A"));
    for stage in [ContactStage::Before, ContactStage::During, ContactStage::After] {
        let event = CaseEvent::Contacted {
            task_id: task_id.clone(),
            stage,
            means: ContactMeans::Phone,
            text: id("说了进度"),
        };
        desk.by(unit("A"), event);
    }
    assert_eq!(desk.case.contacts.len(), 3);
    let event = CaseEvent::Contacted {
        task_id: None,
        stage: ContactStage::During,
        means: ContactMeans::Visit,
        text: id(" "),
    };
    assert_eq!(desk.refused(officer(), &event), RefusalKind::TextMissing);
}

#[test]
fn a_look_at_the_number_is_logged_and_told() {
    let mut desk = Desk::in_progress();
    let look = CaseEvent::ContactRevealed {
        reason: id("约时间上门查看"),
    };
    for actor in [officer(), unit("A")] {
        desk.by(actor, look.clone());
    }
    assert_eq!(desk.refused(unit("B"), &look), RefusalKind::NotAllowed);
    let told = desk
        .told
        .iter()
        .filter(|notice| notice.to == NoticeTo::Resident && notice.kind == EventKind::ContactRevealed);
    assert_eq!(told.count(), 2);
}

#[test]
fn a_clerk_takes_back_their_own_last_step_at_once() {
    let mut desk = Desk::new();
    desk.accept();
    let before = desk.case.clone();
    desk.by(officer(), assign("A", &["B"]));
    assert_eq!(
        desk.refused(second_officer(), &CaseEvent::Undo {}),
        RefusalKind::NotAllowed
    );
    desk.now += 9 * MINUTE_MS;
    desk.by(officer(), CaseEvent::Undo {});
    let same = Case {
        version: before.version,
        last_act: before.last_act.clone(),
        ..desk.case.clone()
    };
    assert_eq!(same, before, "nothing of the step remains");
    assert!(desk.may(officer()).contains(&EventKind::Assign));
    assert_eq!(
        desk.refused(officer(), &CaseEvent::Undo {}),
        RefusalKind::WrongState,
        "once is enough"
    );
    desk.by(officer(), assign("B", &[]));
    desk.now += 11 * MINUTE_MS;
    assert_eq!(desk.refused(officer(), &CaseEvent::Undo {}), RefusalKind::TooLate);
}

#[test]
fn an_answer_that_went_out_is_not_taken_back() {
    let desk = Desk::answered(Outcome::A, None);
    assert!(!desk.may(officer()).contains(&EventKind::Undo));
}

#[test]
fn a_reply_goes_out_when_each_warning_was_read() {
    let mut desk = Desk::in_progress();
    desk.submit("A", reply(Outcome::A, None), "王科长");
    let warnings = [id("boilerplate"), id("vague")];
    let ctx = Context {
        warnings: &warnings,
        ..desk.context(officer(), 0)
    };
    let release = |acknowledged: &[String]| CaseEvent::Release {
        forwarded_by_deputy: None,
        words: None,
        acknowledged: acknowledged.to_vec(),
    };
    let refused = apply(&desk.case, &release(&warnings[..1]), &ctx)
        .map(|_| ())
        .expect_err("one is unread");
    assert_eq!(
        (refused.kind, refused.field.as_deref()),
        (RefusalKind::Unread, Some("acknowledged"))
    );
    assert!(apply(&desk.case, &release(&warnings), &ctx).is_ok());
    assert!(
        allowed_events(&desk.case, &ctx).contains(&EventKind::Release),
        "it can be released after reading"
    );
}

#[test]
fn a_category_with_its_own_limits_is_counted_by_them() {
    let (calendar, limits) = (liaison_domain::calendar::demo_calendar(), Limits::default());
    let own = Limits {
        answer_normal: Span::work_days(2),
        ..Limits::default()
    };
    let categories = BTreeMap::from([(id("housing.lift"), own)]);
    let desk = Desk::new();
    let due = |categories| {
        let ctx = Context {
            categories,
            ..Context::new(desk.now, officer(), &calendar, &limits)
        };
        apply(&desk.case, &accept(CaseClass::Normal, Urgency::Normal), &ctx)
            .expect("accepted")
            .case
            .due_at
    };
    assert_eq!(due(Some(&categories)), Some(calendar.add_work_days(desk.now, 2)));
    assert_eq!(due(None), Some(calendar.add_work_days(desk.now, 15)));
}

#[test]
fn the_first_look_holds_or_takes_on() {
    let calendar = liaison_domain::calendar::demo_calendar();
    let limits = Limits {
        auto_accept: true,
        ..Limits::default()
    };
    let arrives = |screening: Screening, limits: &Limits| {
        let new = NewCase {
            screening,
            ..new_case(Urgency::Normal)
        };
        open(new, &Context::new(monday(), resident(), &calendar, limits))
            .expect("a letter arrives")
            .then
    };
    let held = Screening {
        hold: Some(id("commercial_ad")),
        certain: None,
    };
    assert_eq!(
        arrives(held, &limits),
        [CaseEvent::AutoHold {
            reason: id("commercial_ad")
        }]
    );
    let certain = Screening {
        hold: None,
        certain: Some((id("housing.lift"), CaseClass::Normal)),
    };
    let accepted = CaseEvent::AutoAccept {
        category_id: id("housing.lift"),
        class: CaseClass::Normal,
    };
    assert_eq!(arrives(certain.clone(), &limits), [accepted]);
    assert_eq!(
        arrives(certain, &Limits::default()),
        [],
        "only where the station wants it so"
    );
}

fn new_dates(desk: &Desk) -> Option<CaseEvent> {
    recalculation(&desk.case, &desk.log, "calendar", &desk.context(Actor::system(), 0))
}

#[test]
fn a_new_holiday_moves_what_is_open_and_says_so() {
    let mut desk = Desk::in_progress();
    let (due, holder) = (desk.case.due_at, desk.case.holder.due);
    assert_eq!(new_dates(&desk), None, "nothing changed yet");
    let day = (1..20)
        .map(|n| date_of(desk.now).plus_days(n))
        .find(|day| desk.calendar.is_work_day(*day));
    desk.calendar.holidays.insert(day.expect("a work day"));
    let event = new_dates(&desk).expect("dates move");
    desk.by(Actor::system(), event);
    assert!(desk.case.due_at > due && desk.case.holder.due > holder);
    assert_eq!(desk.task("A").due_at, desk.case.due_at.expect("a date"));
    assert!(
        desk.told
            .iter()
            .any(|notice| notice.to == NoticeTo::Resident && notice.kind == EventKind::Recalculated)
    );
    assert_eq!(new_dates(&desk), None, "once is enough");
}

#[test]
fn a_day_set_by_hand_and_a_promise_stay() {
    let mut desk = Desk::new();
    let by_hand = desk.now + 4 * DAY_MS;
    desk.by(
        officer(),
        CaseEvent::Accept {
            category_id: id("housing.lift"),
            class: CaseClass::Normal,
            urgency: Urgency::Normal,
            due_at: Some(by_hand),
        },
    );
    desk.limits.answer_normal = Span::work_days(30);
    assert_eq!(new_dates(&desk), None);
    assert_eq!(desk.case.due_at, Some(by_hand));
}

#[test]
fn nobody_becomes_late_by_a_change_of_rules() {
    let mut desk = Desk::in_progress();
    desk.days(10);
    desk.limits.answer_normal = Span::work_days(1);
    let event = new_dates(&desk).expect("shorter dates");
    desk.by(Actor::system(), event);
    assert!(desk.case.due_at > Some(desk.now), "due today at the earliest");
    let mut late = Desk::in_progress();
    late.days(60);
    late.limits.answer_normal = Span::work_days(1);
    assert_eq!(new_dates(&late), None, "what was late stays late, and no later");
}

proptest! {
    #[test]
    fn new_dates_settle_at_once(days in 0i64..40, length in 1u32..40, holidays in prop::collection::btree_set(1i32..60, 0..12)) {
        let mut desk = Desk::in_progress();
        desk.days(days);
        desk.limits.answer_normal = Span::work_days(length);
        desk.calendar.holidays.extend(holidays.into_iter().map(|n| date_of(monday()).plus_days(n)));
        if let Some(event) = new_dates(&desk) {
            desk.by(Actor::system(), event);
            prop_assert_eq!(new_dates(&desk), None);
        }
        let rebuilt = rebuild(&desk.log);
        prop_assert_eq!(rebuilt.as_ref(), Ok(&desk.case));
    }
}
