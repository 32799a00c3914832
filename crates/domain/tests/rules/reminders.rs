//! Who is reminded of what, when, and never twice.

use crate::cast::*;
use crate::walks::{Step, step, walk};
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, date_of};
use liaison_domain::lifecycle::*;
use liaison_domain::notify::{self, Reminder, ReminderKind};
use liaison_domain::{Id, Millis};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn due(desk: &Desk) -> Vec<Reminder> {
    notify::due(&desk.case, &desk.context(Actor::system(), 0))
}

fn kinds(desk: &Desk) -> Vec<ReminderKind> {
    let mut kinds: Vec<ReminderKind> = due(desk).iter().map(|reminder| reminder.kind).collect();
    kinds.dedup();
    kinds
}

fn at(month: u8, day: u8, hour: i64) -> Millis {
    Date::new(2026, month, day).expect("a date").start() + hour * HOUR_MS
}

/// Looks every hour until a moment, as the job does; what was told once is not told again.
fn watch(desk: &mut Desk, until: Millis, told: &mut BTreeSet<String>) -> Vec<(ReminderKind, Millis)> {
    let mut heard = Vec::new();
    while desk.now < until {
        desk.now += HOUR_MS;
        for reminder in due(desk) {
            if told.insert([format!("{:?}", reminder.to), reminder.once].concat()) {
                heard.push((reminder.kind, desk.now));
            }
        }
    }
    heard
}

#[test]
fn a_unit_hears_of_half_of_most_and_of_all_of_its_time_once_each() {
    let mut desk = Desk::in_progress();
    let task = desk.task("A").clone();
    let whole = desk.calendar.work_days_between(task.dispatched_at, task.due_at);
    assert_eq!(whole, 15);
    let mut told = BTreeSet::new();
    let heard = watch(&mut desk, task.due_at + 5 * DAY_MS, &mut told);
    let of_unit: Vec<ReminderKind> = heard.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        of_unit,
        [
            ReminderKind::HalfTime,
            ReminderKind::Silent,
            ReminderKind::Silent,
            ReminderKind::MostTime,
            ReminderKind::TimeUp,
            ReminderKind::TimeUp,
        ],
        "unit each time; the office, too, of silence and of the end"
    );
    assert_eq!(
        date_of(heard[0].1).iso(),
        "2026-03-12",
        "half of 15 work days and the rest of Monday"
    );
}

#[test]
fn who_looks_only_at_the_end_tells_only_the_end() {
    let mut desk = Desk::in_progress();
    desk.days(60);
    let told: Vec<ReminderKind> = due(&desk).iter().map(|reminder| reminder.kind).collect();
    assert_eq!(told.iter().filter(|kind| **kind == ReminderKind::TimeUp).count(), 2);
    assert!(!told.contains(&ReminderKind::HalfTime) && !told.contains(&ReminderKind::MostTime));
}

#[test]
fn a_date_that_moved_reminds_anew() {
    let mut desk = Desk::in_progress();
    desk.now = at(3, 12, 10);
    let first: Vec<String> = due(&desk).into_iter().map(|reminder| reminder.once).collect();
    assert_eq!(kinds(&desk), [ReminderKind::HalfTime]);
    desk.case.tasks[0].due_at = Date::new(2026, 4, 30).expect("a date").end();
    assert_eq!(kinds(&desk), [], "of the new time less than half is over");
    desk.now = at(4, 8, 10);
    let again = due(&desk)
        .into_iter()
        .find(|reminder| reminder.kind == ReminderKind::HalfTime);
    assert!(again.is_some_and(|again| !first.contains(&again.once)));
}

#[test]
fn while_the_resident_is_asked_no_unit_is_reminded() {
    let mut desk = Desk::in_progress();
    desk.by(unit("A"), CaseEvent::AskInfo { text: id("哪一层?") });
    desk.days(60);
    assert_eq!(kinds(&desk), []);
}

#[test]
fn a_signature_is_asked_for_in_the_morning_of_its_day() {
    let mut desk = Desk::assigned();
    let mut told = BTreeSet::new();
    let heard = watch(&mut desk, at(3, 4, 12), &mut told);
    let asked: Vec<(ReminderKind, String)> = heard.iter().map(|(kind, at)| (*kind, date_of(*at).iso())).collect();
    assert_eq!(asked, [(ReminderKind::SignDue, "2026-03-04".to_owned())]);
}

#[test]
fn a_deputy_hears_with_three_work_days_left() {
    let mut desk = Desk::new();
    desk.accept();
    desk.by(
        officer(),
        CaseEvent::ToDeputy {
            deputy_id: id("deputy"),
        },
    );
    desk.now = at(3, 4, 8);
    assert_eq!(kinds(&desk), []);
    desk.now = at(3, 4, 9);
    let told = due(&desk);
    assert_eq!(
        told.iter()
            .map(|reminder| (reminder.kind, &reminder.to))
            .collect::<Vec<_>>(),
        [(ReminderKind::DeputySoon, &NoticeTo::Deputy(id("deputy")))]
    );
}

#[test]
fn a_survey_is_remembered_on_its_days_and_not_once_it_is_rated() {
    let mut desk = Desk::answered(Outcome::A, None);
    let mut told = BTreeSet::new();
    let until = desk.now + 13 * DAY_MS;
    let heard: Vec<i64> = watch(&mut desk.clone(), until, &mut told)
        .into_iter()
        .map(|(_, at)| i64::from(date_of(at).day_number() - date_of(desk.now).day_number()))
        .collect();
    assert_eq!(heard, [3, 10]);
    desk.by(resident(), rated(5, Solved::Yes));
    desk.days(5);
    assert_eq!(kinds(&desk), [], "closed");
}

#[test]
fn a_promise_is_looked_at_every_quarter_and_on_its_day() {
    let mut desk = Desk::answered(Outcome::B, Some("2026-10-20"));
    assert_eq!(desk.state(), CaseState::Tracking);
    let mut told = BTreeSet::new();
    let until = at(10, 20, 12);
    let heard = watch(&mut desk, until, &mut told);
    let days: Vec<(ReminderKind, String)> = heard.iter().map(|(kind, at)| (*kind, date_of(*at).iso())).collect();
    let looked = |day: &str| (ReminderKind::LookBack, day.to_owned());
    let promised = |day: &str| (ReminderKind::PromiseDue, day.to_owned());
    assert_eq!(
        days,
        [
            looked("2026-05-31"),
            looked("2026-05-31"),
            looked("2026-08-29"),
            looked("2026-08-29"),
            promised("2026-10-20"),
            promised("2026-10-20"),
        ]
    );
}

#[test]
fn supervision_questions_and_copies_have_their_own_days() {
    let mut desk = Desk::in_progress();
    let until = at(3, 10, 18);
    desk.by(
        leader(),
        CaseEvent::Supervise {
            leader: id("李主任"),
            due_at: until,
            text: id("请抓紧"),
        },
    );
    desk.now = at(3, 10, 9);
    assert_eq!(kinds(&desk), [ReminderKind::SuperviseDue]);

    let mut desk = Desk::answered(Outcome::A, None);
    desk.by(
        resident(),
        CaseEvent::FollowUp {
            text: id("还有一层呢?"),
        },
    );
    let due_at = desk.case.follow_up_due.expect("a date");
    desk.now = due_at + 1;
    assert_eq!(kinds(&desk), [ReminderKind::FollowUpLate]);

    let mut desk = Desk::answered(Outcome::A, None);
    let copy = PublicCopy {
        title: id("电梯"),
        body: id("停了"),
        answer: id("修好"),
        attachments: Vec::new(),
    };
    desk.by(officer(), CaseEvent::ProposeCopy { copy });
    desk.by(resident(), rated(5, Solved::Yes));
    desk.days(3);
    assert_eq!(
        kinds(&desk),
        [ReminderKind::CopyWaits],
        "the copy waits although the matter is closed"
    );
}

/// Looks as the job does: tells what is due, and comes back at the moment it was given.
struct Teller {
    told: BTreeSet<(String, String)>,
    look_at: Option<Millis>,
}

impl Teller {
    /// After an event, or when the moment has come.
    fn look(&mut self, desk: &Desk) -> Vec<Reminder> {
        let ctx = desk.context(Actor::system(), 0);
        let fresh = notify::due(&desk.case, &ctx)
            .into_iter()
            .filter(|reminder| self.told.insert((format!("{:?}", reminder.to), reminder.once.clone())))
            .collect();
        self.look_at = notify::next_at(&desk.case, &ctx);
        fresh
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn nobody_hears_the_same_twice_and_nothing_of_what_is_over(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut desk = Desk::new();
        let mut teller = Teller { told: BTreeSet::new(), look_at: None };
        let mut once: BTreeSet<(Id, String)> = BTreeSet::new();
        let steps: Vec<Step> = steps;
        for step in &steps {
            walk(&mut desk, step);
            let ctx = desk.context(Actor::system(), 0);
            let first = notify::first_at(&desk.case, &ctx);
            let due_now = notify::due(&desk.case, &ctx);
            prop_assert_eq!(first.is_some_and(|at| at <= desk.now), !due_now.is_empty());
            for reminder in teller.look(&desk) {
                prop_assert!(reminder.at <= desk.now);
                let is_new = once.insert((format!("{:?}", reminder.to), reminder.once.clone()));
                prop_assert!(is_new, "{} came twice", reminder.once);
                let outlives = matches!(reminder.kind, ReminderKind::CopyWaits | ReminderKind::FollowUpLate);
                prop_assert!(outlives || desk.case.is_open(), "{:?} of a matter that is over", reminder.kind);
                let of_units = matches!(
                    reminder.kind,
                    ReminderKind::HalfTime | ReminderKind::MostTime | ReminderKind::TimeUp | ReminderKind::SignDue
                );
                prop_assert!(!of_units || desk.case.paused_since.is_none());
            }
            prop_assert!(teller.look_at.is_none_or(|at| at > desk.now));
            prop_assert_eq!(teller.look(&desk), vec![], "at the same moment there is nothing more");
        }
    }
}
