//! Every action of the desk as a form: which fields it asks for and which event they make.
//!
//! Whether an action is possible is the server's to say (`allowed_events`); here is only what it needs.

mod copy;
mod deputies;
mod intake;
mod office;
mod replies;
#[cfg(test)]
mod tests;
mod units;

use liaison_domain::Millis;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::{DeputyCard, DeskCase, DeskOptions, ReasonCode, TaskView, Unit};
use liaison_domain::lifecycle::{CaseEvent, EventKind, TaskState};

use super::form::{Choice, Field, Form, Input, Values};
use crate::i18n::desk::forms as words;

/// Actions in the order of their buttons. The first that is possible is the primary one.
pub const ORDER: &[EventKind] = &[
    EventKind::FollowUpAnswered,
    EventKind::Release,
    EventKind::Reopen,
    EventKind::Award,
    EventKind::ReturnApproved,
    EventKind::ExtensionApproved,
    EventKind::Sign,
    EventKind::DeputyAnswer,
    EventKind::SubmitReply,
    EventKind::Accept,
    EventKind::Assign,
    EventKind::Publish,
    EventKind::PromiseKept,
    EventKind::CoOpinion,
    EventKind::DraftBegun,
    EventKind::SendBack,
    EventKind::KeepClosed,
    EventKind::ReturnRefused,
    EventKind::ExtensionRefused,
    EventKind::ProgressNote,
    EventKind::Contacted,
    EventKind::Delegate,
    EventKind::ToInternalReview,
    EventKind::InternalRejected,
    EventKind::DeputyRated,
    EventKind::RatedBad,
    EventKind::ToDeputy,
    EventKind::DeputyPass,
    EventKind::AskInfo,
    EventKind::ProposeCopy,
    EventKind::Unhide,
    EventKind::ReturnRequest,
    EventKind::ExtensionRequest,
    EventKind::RefusePublish,
    EventKind::Hide,
    EventKind::Supervise,
    EventKind::Merge,
    EventKind::Unmerge,
    EventKind::Refer,
    EventKind::Dispute,
    EventKind::ReassignUnit,
    EventKind::Decline,
];

/// Whether an action may be the page's primary one: what is rare, or takes something away, never is.
pub const fn is_main(kind: EventKind) -> bool {
    use EventKind as E;
    !matches!(
        kind,
        E::Hide
            | E::RefusePublish
            | E::Supervise
            | E::Merge
            | E::Unmerge
            | E::Refer
            | E::Dispute
            | E::ReassignUnit
            | E::Decline
            | E::Contacted
            | E::Delegate
            | E::RatedBad
    )
}

/// How many buttons stand in the open; the others are under 「其他操作」.
pub const IN_THE_OPEN: usize = 4;

/// What this person can do with the case here and now, in the order of the buttons.
pub fn possible(case: &DeskCase) -> Vec<EventKind> {
    let is_possible = |kind: &EventKind| case.allowed_events.contains(kind) && has_task(*kind, case);
    let mut possible: Vec<EventKind> = ORDER.iter().copied().filter(is_possible).collect();
    // The public copy may be prepared early, and rarely is.
    possible.sort_by_key(|kind| case.answers.is_empty() && is_about_copy(*kind));
    possible
}

const fn is_about_copy(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::ProposeCopy | EventKind::Publish | EventKind::RefusePublish | EventKind::Hide | EventKind::Unhide
    )
}

/// Actions on a task need one; the server's list tells only the event's name.
fn has_task(kind: EventKind, case: &DeskCase) -> bool {
    !asks_for_task(kind) || !tasks_for(kind, case).is_empty()
}

const fn asks_for_task(kind: EventKind) -> bool {
    use EventKind as E;
    matches!(
        kind,
        E::Sign
            | E::ProgressNote
            | E::CoOpinion
            | E::ReturnRequest
            | E::ReturnApproved
            | E::ReturnRefused
            | E::ExtensionRequest
            | E::ExtensionApproved
            | E::ExtensionRefused
            | E::ReassignUnit
            | E::ToInternalReview
            | E::InternalRejected
            | E::SubmitReply
            | E::PromiseKept
            | E::Delegate
            | E::DraftBegun
    )
}

/// The tasks an action may be about: units act on their own, the office on what waits for it.
pub fn tasks_for(kind: EventKind, case: &DeskCase) -> Vec<&TaskView> {
    use EventKind as E;
    let over = |task: &TaskView| matches!(task.task.state, TaskState::Returned | TaskState::Cancelled);
    let now = |view: &TaskView| !over(view) && view.task.round == case.round;
    let fits = |view: &&TaskView| match kind {
        E::Sign => view.mine && view.task.state == TaskState::Dispatched,
        E::ReturnApproved | E::ReturnRefused => view.task.state == TaskState::ReturnRequested,
        E::ExtensionApproved | E::ExtensionRefused => view.task.state == TaskState::ExtensionRequested,
        E::ReassignUnit => now(view),
        E::Delegate => view.mine && now(view) && view.task.state.is_working(),
        // Whoever does the work for another unit says so, and writes for it.
        E::ProgressNote | E::Contacted | E::ToInternalReview => (view.mine || view.delegated_here) && now(view),
        // One's own reply is begun by writing it.
        E::DraftBegun => view.delegated_here && now(view),
        _ => view.mine && now(view),
    };
    case.tasks.iter().filter(fits).collect()
}

/// The form of an action; none when the case offers nothing it could be about.
pub fn form(kind: EventKind, case: &DeskCase, options: &DeskOptions, now: Millis) -> Option<Form> {
    office::form(kind, case, options, now)
        .or_else(|| units::form(kind, case, options, now))
        .or_else(|| replies::form(kind, case, now))
        .or_else(|| deputies::form(kind))
        .or_else(|| copy::form(kind, case))
}

/// The reply under review, as the resident will read it.
pub fn review_card(case: &DeskCase) -> leptos::prelude::AnyView {
    replies::reply_in_review(&Values::default(), case)
}

/// A form that asks for nothing: its button says it all.
fn bare(kind: EventKind, event: CaseEvent) -> Form {
    Form::new(kind, Vec::new(), move |_| Ok(event.clone()))
}

/// A form that asks for one text.
fn one_text(kind: EventKind, make: impl Fn(String) -> CaseEvent + Send + Sync + 'static) -> Form {
    Form::new(kind, vec![Field::new("text", Input::Lines(4))], move |values| {
        Ok(make(values.trimmed("text")))
    })
}

/// A form whose one text the resident will read.
fn one_note(kind: EventKind, make: impl Fn(String) -> CaseEvent + Send + Sync + 'static) -> Form {
    one_text(kind, make).preview(replies::as_note)
}

/// The choice of the task an action is about: nothing to see when there is only one.
fn task_field(kind: EventKind, case: &DeskCase) -> Option<Field> {
    let tasks = tasks_for(kind, case);
    let first = tasks.first()?.task.id.clone();
    let choices = tasks
        .iter()
        .map(|task| Choice::new(task.task.id.clone(), task.unit_name.clone()))
        .collect();
    let field = Field::new("task_id", Input::Pick(choices)).initial(first);
    Some(if tasks.len() == 1 {
        field.when("task_id", &["-"])
    } else {
        field
    })
}

/// Units, the category's usual ones first.
fn unit_choices(case: &DeskCase, options: &DeskOptions, without: Option<&str>) -> Vec<Choice> {
    let usual = &case.suggested.units;
    let is_usual = |unit: &Unit| usual.iter().any(|known| known.unit.id == unit.id);
    let choice = |unit: &Unit, group: &'static str| {
        Choice::new(unit.id.clone(), unit.name.clone()).group(if usual.is_empty() { "" } else { group })
    };
    let first = usual
        .iter()
        .map(|known| choice(&known.unit, words::USUAL_UNITS).hint(known.why.clone()));
    let others = options.units.iter().filter(|unit| unit.active && !is_usual(unit));
    first
        .chain(others.map(|unit| choice(unit, words::OTHER_UNITS)))
        .filter(|choice| without != Some(choice.value.as_str()))
        .collect()
}

/// Deputies by station, the letter's own first.
fn deputy_choices(case: &DeskCase, options: &DeskOptions) -> Vec<Choice> {
    let own = case.deputy.as_ref().map(|deputy| deputy.id.as_str());
    let choice = |deputy: &DeputyCard, group: &str| {
        let known_for = deputy.expertise.join("、");
        let label = if known_for.is_empty() {
            deputy.name.clone()
        } else {
            [&deputy.name, "（", &known_for, "）"].concat()
        };
        Choice::new(deputy.id.clone(), label).group(group)
    };
    let mut others: Vec<&DeputyCard> = options
        .deputies
        .iter()
        .filter(|deputy| deputy.status == "active" && own != Some(deputy.id.as_str()))
        .collect();
    // Those of the letter's own station before the others'.
    others.sort_by_key(|deputy| (deputy.station_name != case.station.name, deputy.station_name.clone()));
    let first = case.deputy.iter().map(|deputy| choice(deputy, words::THEIR_DEPUTY));
    first
        .chain(others.into_iter().map(|deputy| choice(deputy, &deputy.station_name)))
        .collect()
}

/// Reasons of the library, each with its way out.
fn reason_choices(reasons: &[ReasonCode]) -> Vec<Choice> {
    reasons
        .iter()
        .map(|reason| {
            let way_out = if reason.way_out.is_empty() {
                String::new()
            } else {
                [words::WAY_OUT, &reason.way_out].concat()
            };
            Choice::new(reason.code.clone(), reason.text.clone()).hint(way_out)
        })
        .collect()
}

/// A moment's day, as a date field has it.
fn iso(at: Millis) -> String {
    date_of(at).iso()
}

/// The end of a typed day that must lie ahead; the words of what is wrong otherwise.
fn day_ahead(values: &super::form::Values, name: &'static str, now: Millis) -> Result<Millis, Vec<super::form::Wrong>> {
    match values.until(name) {
        None => Err(vec![(name.to_owned(), words::DATE_WRONG.to_owned())]),
        Some(at) if date_of(at) <= date_of(now) => Err(vec![(name.to_owned(), words::DATE_PAST.to_owned())]),
        Some(at) => Ok(at),
    }
}
