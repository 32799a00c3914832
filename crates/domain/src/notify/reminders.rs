//! Which reminders a case asks for, at which moments. Pure: the clock, the calendar and the limits are handed in.
//!
//! A reminder belongs to a *series* about one thing (one task's time, one survey). Of a series only the last step that
//! is due is told: whoever was away for three weeks learns that the time is up, not also that half of it was once over.

use super::ReminderKind;
use crate::calendar::{Date, WorkCalendar, date_of};
use crate::lifecycle::{Case, CaseState, Context, NoticeTo, PublicationState, Task, TaskRole, TaskState};
use crate::{Id, Millis};

/// When people read what concerns the whole day: at nine in the morning, in minutes since midnight.
const MORNING: u32 = 9 * 60;
/// From this share of its time on, in percent, a unit hears that most of it is over.
const MOST: u32 = 66;
/// Work days before a deputy's time is over.
const DEPUTY_SOON: u32 = 3;

/// Something to tell somebody from a moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub kind: ReminderKind,
    pub to: NoticeTo,
    pub at: Millis,
    /// The same words never reach the same person twice. They hold the date it is about: a date that moved reminds anew.
    pub once: String,
}

/// What a case asks for now: of each series the last step that is due, and every step to come. Earliest first.
pub fn reminders(case: &Case, ctx: &Context<'_>) -> Vec<Reminder> {
    let ctx = &ctx.of_category(case, None);
    let mut all = Vec::new();
    for series in every_series(case, ctx) {
        let over = series.steps.iter().filter(|step| step.at <= ctx.now).count();
        for step in series.steps.iter().skip(over.saturating_sub(1)) {
            all.extend(series.to.iter().map(|to| Reminder {
                kind: step.kind,
                to: to.clone(),
                at: step.at,
                once: [step.kind.code(), ":", &series.about, ":", &step.mark].concat(),
            }));
        }
    }
    all.sort_by_key(|reminder| reminder.at);
    all
}

/// Those that are due.
pub fn due(case: &Case, ctx: &Context<'_>) -> Vec<Reminder> {
    let mut all = reminders(case, ctx);
    all.retain(|reminder| reminder.at <= ctx.now);
    all
}

/// When the case has to be looked at: the first reminder that is due or to come.
pub fn first_at(case: &Case, ctx: &Context<'_>) -> Option<Millis> {
    reminders(case, ctx).first().map(|reminder| reminder.at)
}

/// When it has to be looked at again once everything due was told.
pub fn next_at(case: &Case, ctx: &Context<'_>) -> Option<Millis> {
    let to_come = |reminder: &Reminder| (reminder.at > ctx.now).then_some(reminder.at);
    reminders(case, ctx).iter().find_map(to_come)
}

/// From when on the resident has read nothing for too long while a unit works.
pub fn silent_at(case: &Case, ctx: &Context<'_>) -> Option<Millis> {
    let works = matches!(case.state, CaseState::InProgress | CaseState::SecondHandling) && case.parts.is_empty();
    let begun = case
        .lead_task()
        .map(|task| task.signed_at.unwrap_or(task.dispatched_at));
    let heard = case.last_note_at.into_iter().chain(begun).max();
    let limits = ctx.of_category(case, None).limits;
    heard
        .filter(|_| works)
        .map(|heard| limits.note_silence.after(heard, ctx.calendar))
}

/// One thing with its steps, earliest first.
struct Series {
    /// Case or task.
    about: Id,
    to: Vec<NoticeTo>,
    steps: Vec<Step>,
}

struct Step {
    kind: ReminderKind,
    at: Millis,
    mark: String,
}

impl Series {
    fn once(case: &Case, kind: ReminderKind, at: Millis, date: Millis, to: Vec<NoticeTo>) -> Self {
        Self {
            about: case.id.clone(),
            to,
            steps: vec![Step {
                kind,
                at,
                mark: date.to_string(),
            }],
        }
    }
}

fn every_series(case: &Case, ctx: &Context<'_>) -> Vec<Series> {
    let mut all = Vec::new();
    all.extend(copy_waits(case, ctx));
    all.extend(follow_up_late(case));
    if !case.is_open() {
        return all;
    }
    if case.paused_since.is_none() {
        for task in case.tasks.iter().filter(|task| is_at_work(case, task)) {
            all.push(time_of(case, task, ctx));
            all.extend(signature_of(task, ctx.calendar));
        }
        all.extend(silence(case, ctx));
    }
    all.extend(deputy_soon(case, ctx.calendar));
    all.extend(survey_waits(case, ctx));
    all.extend(promise_due(case));
    all.extend(look_back(case, ctx));
    all.extend(supervision(case));
    all
}

fn office(case: &Case) -> NoticeTo {
    NoticeTo::Office(case.station_id.clone())
}

fn lead(case: &Case) -> Option<NoticeTo> {
    case.lead_task().map(|task| NoticeTo::Unit(task.unit_id.clone()))
}

/// The unit, and the one below that does the work.
fn units(task: &Task) -> Vec<NoticeTo> {
    std::iter::once(&task.unit_id)
        .chain(&task.delegate)
        .map(|id| NoticeTo::Unit(id.clone()))
        .collect()
}

/// The ball lies with the unit of this task.
fn is_at_work(case: &Case, task: &Task) -> bool {
    matches!(
        case.state,
        CaseState::Assigned | CaseState::InProgress | CaseState::SecondHandling
    ) && task.round == case.round
        && (task.state == TaskState::Dispatched || task.state.is_working())
}

/// Shares of a unit's time: office time between dispatch and due date. Of the lead's the office learns when it is up.
fn time_of(case: &Case, task: &Task, ctx: &Context<'_>) -> Series {
    let whole = ctx.calendar.work_millis_between(task.dispatched_at, task.due_at);
    let mut percents: Vec<u32> = ctx.limits.warn_percents.iter().copied().filter(|p| *p > 0).collect();
    percents.sort_unstable();
    percents.dedup();
    let step = |percent: u32| {
        let share = whole.saturating_mul(Millis::from(percent)) / 100;
        let at = match whole {
            0 => task.due_at,
            _ => ctx.calendar.add_work_millis(task.dispatched_at, share),
        };
        let kind = match percent {
            100.. => ReminderKind::TimeUp,
            MOST..100 => ReminderKind::MostTime,
            _ => ReminderKind::HalfTime,
        };
        let mark = [&percent.to_string(), ":", &task.due_at.to_string()].concat();
        Step { kind, at, mark }
    };
    let steps: Vec<Step> = percents.into_iter().map(step).collect();
    let mut to = units(task);
    let is_up = steps
        .iter()
        .any(|step| step.kind == ReminderKind::TimeUp && step.at <= ctx.now);
    if is_up && task.role == TaskRole::Lead {
        to.push(office(case));
    }
    Series {
        about: task.id.clone(),
        to,
        steps,
    }
}

/// In the morning of the last day; of a signature due within hours, when half of them are over.
fn signature_of(task: &Task, calendar: &WorkCalendar) -> Option<Series> {
    if task.state != TaskState::Dispatched {
        return None;
    }
    let hours = calendar.work_millis_between(task.dispatched_at, task.sign_due);
    let half = calendar.add_work_millis(task.dispatched_at, hours / 2);
    let at = date_of(task.sign_due).at_minute(MORNING).max(half).min(task.sign_due);
    Some(Series {
        about: task.id.clone(),
        to: units(task),
        steps: vec![Step {
            kind: ReminderKind::SignDue,
            at,
            mark: task.sign_due.to_string(),
        }],
    })
}

fn silence(case: &Case, ctx: &Context<'_>) -> Option<Series> {
    let at = silent_at(case, ctx)?;
    let to = std::iter::once(office(case)).chain(lead(case)).collect();
    Some(Series::once(case, ReminderKind::Silent, at, at, to))
}

/// In the morning of the day with three work days left after it; a shorter limit needs no reminder.
fn deputy_soon(case: &Case, calendar: &WorkCalendar) -> Option<Series> {
    if case.state != CaseState::WithDeputy {
        return None;
    }
    let (deputy, due) = (case.deputy_id.clone()?, case.holder.due?);
    let day = date_of(calendar.subtract_work_days(due, DEPUTY_SOON));
    (day > date_of(case.holder.since)).then(|| {
        let to = vec![NoticeTo::Deputy(deputy)];
        Series::once(case, ReminderKind::DeputySoon, day.at_minute(MORNING), due, to)
    })
}

fn survey_waits(case: &Case, ctx: &Context<'_>) -> Option<Series> {
    let asked = case.state == CaseState::Answered && !case.rated && case.follow_up_due.is_none();
    let (answered, until) = (case.answered_at.filter(|_| asked)?, case.survey_until?);
    let mut days = ctx.limits.survey_reminder_days.clone();
    days.sort_unstable();
    days.dedup();
    let steps = days.into_iter().filter_map(|day| {
        let at = date_of(answered).plus_days(i32::try_from(day).ok()?).at_minute(MORNING);
        let mark = [&day.to_string(), ":", &answered.to_string()].concat();
        let kind = ReminderKind::SurveyWaits;
        (at > answered && at < until).then_some(Step { kind, at, mark })
    });
    Some(Series {
        about: case.id.clone(),
        to: vec![NoticeTo::Resident],
        steps: steps.collect(),
    })
}

/// The promised day of a matter that is only waiting for it.
fn promised(case: &Case) -> Option<Date> {
    let waits = case.state == CaseState::Tracking && !case.promise_kept;
    case.promise_date.as_deref().filter(|_| waits).and_then(Date::parse)
}

fn promise_due(case: &Case) -> Option<Series> {
    let day = promised(case)?;
    let to = std::iter::once(NoticeTo::Resident).chain(lead(case)).collect();
    Some(Series::once(
        case,
        ReminderKind::PromiseDue,
        day.at_minute(MORNING),
        day.end(),
        to,
    ))
}

/// So often until the promised day.
fn look_back(case: &Case, ctx: &Context<'_>) -> Option<Series> {
    let (day, answered) = (promised(case)?, case.answered_at?);
    let every = i32::try_from(ctx.limits.look_back_days).ok().filter(|days| *days > 0)?;
    let between = day.day_number() - date_of(answered).day_number();
    let steps = (1..=between / every).map(|count| date_of(answered).plus_days(count * every));
    let steps = steps.filter(|looked| *looked < day).map(|looked| Step {
        kind: ReminderKind::LookBack,
        at: looked.at_minute(MORNING),
        mark: [looked.iso(), ":".to_owned(), day.iso()].concat(),
    });
    Some(Series {
        about: case.id.clone(),
        to: std::iter::once(office(case)).chain(lead(case)).collect(),
        steps: steps.collect(),
    })
}

fn supervision(case: &Case) -> Option<Series> {
    let due = case.supervise_due.filter(|_| case.supervised)?;
    let to = std::iter::once(office(case)).chain(lead(case)).collect();
    let at = date_of(due).at_minute(MORNING);
    Some(Series::once(case, ReminderKind::SuperviseDue, at, due, to))
}

/// A copy is decided on whether or not the matter itself is at an end.
fn copy_waits(case: &Case, ctx: &Context<'_>) -> Option<Series> {
    let waits = case.publication == PublicationState::Pending && case.state != CaseState::Archived;
    let proposed = case.copy_proposed_at.filter(|_| waits)?;
    let at = ctx.limits.pending_publication.after(proposed, ctx.calendar);
    let kind = ReminderKind::CopyWaits;
    Some(Series::once(case, kind, at, proposed, vec![office(case)]))
}

/// A question about an answer may come after the matter was closed; it is owed words all the same.
fn follow_up_late(case: &Case) -> Option<Series> {
    let owed = case.is_open() || case.state == CaseState::Closed;
    let due = case.follow_up_due.filter(|_| owed)?;
    let answerer = lead(case).or_else(|| case.deputy_id.clone().map(NoticeTo::Deputy));
    let to = std::iter::once(office(case)).chain(answerer).collect();
    Some(Series::once(case, ReminderKind::FollowUpLate, due, due, to))
}
