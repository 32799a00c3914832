//! The dates an event sets: due dates of case and tasks, surveys, and who has the ball until when.

use super::case::{Case, Facts, Holder, MovedTask, NewTask, Task};
use super::context::Context;
use super::event::CaseEvent;
use super::row::Ask;
use super::state::{CaseClass, CaseState, HolderKind, TaskRole, TaskState};
use crate::calendar::{Date, WorkCalendar};
use crate::limits::Span;
use crate::{Id, Millis};

/// A case's class; a matter that never got one (taken out of a merge) counts as normal.
fn class_of(case: &Case) -> CaseClass {
    case.class.unwrap_or(CaseClass::Normal)
}

/// When the lead's task is due if assigned now: the resident's date; where that has passed, a fresh period for the
/// unit, while the case stays overdue for the resident.
pub(super) fn unit_due(case: &Case, ctx: &Context<'_>) -> Millis {
    let fresh = ctx.limits.answer(class_of(case)).after(ctx.now, ctx.calendar);
    case.due_at.filter(|due| *due > ctx.now).unwrap_or(fresh)
}

/// The latest day an extension may reach: the share allowed of the work days from dispatch to due date.
pub(super) fn extension_latest(task: &Task, ctx: &Context<'_>) -> Millis {
    let period = ctx.calendar.work_days_between(task.dispatched_at, task.due_at);
    let more = (period * ctx.limits.extension_percent / 100).max(1);
    ctx.calendar.add_work_days(task.due_at, more)
}

/// When a co-unit's opinion is due: a share (half) of the lead's period, counted in work days and rounded up.
fn co_due(lead_due: Millis, ctx: &Context<'_>) -> Millis {
    let period = ctx.calendar.work_days_between(ctx.now, lead_due);
    let share = (period * ctx.limits.co_share_percent).div_ceil(100);
    ctx.calendar.add_work_days(ctx.now, share).min(lead_due)
}

/// Everything an event leads to that needs calendar, limits or ids; the holder comes last, see [`holder_after`].
pub(super) fn facts(ask: Ask<'_>, to: CaseState) -> Facts {
    let Ask { case, event, ctx } = ask;
    let mut facts = Facts::default();
    match event {
        CaseEvent::AutoAccept { class, .. } => {
            facts.due_at = Some(ctx.limits.answer(*class).after(ctx.now, ctx.calendar));
        }
        CaseEvent::Accept { class, due_at, .. } => {
            facts.due_at = Some(due_at.unwrap_or_else(|| ctx.limits.answer(*class).after(ctx.now, ctx.calendar)));
        }
        CaseEvent::Unmerge {} => facts.due_at = Some(ctx.limits.answer(class_of(case)).after(ctx.now, ctx.calendar)),
        CaseEvent::Assign { due_at, .. } => {
            let due = due_at.unwrap_or_else(|| unit_due(case, ctx));
            facts.tasks = new_tasks(ask, due);
        }
        CaseEvent::Award { .. } => facts.tasks = new_tasks(ask, unit_due(case, ctx)),
        CaseEvent::Reopen { .. } | CaseEvent::PromiseBroken {} => {
            let due = ctx.limits.second_handling.after(ctx.now, ctx.calendar);
            facts.due_at = Some(due);
            facts.tasks = new_tasks(ask, due);
        }
        CaseEvent::ExtensionApproved { .. } => {
            if let Some((task, until)) = ask
                .task()
                .and_then(|task| task.extension_until.map(|until| (task, until)))
            {
                facts.moved = vec![MovedTask {
                    id: task.id.clone(),
                    sign_due: task.sign_due,
                    due_at: until,
                    extension_until: None,
                }];
                facts.due_at = Some(case.due_at.map_or(until, |due| due.max(until)));
            }
        }
        CaseEvent::FollowUp { .. } => {
            let due = ctx.limits.follow_up.after(ctx.now, ctx.calendar);
            facts.follow_up_due = Some(due);
            // Nobody has to rate an answer while a question about it is open.
            if case.state == CaseState::Answered {
                let later = ctx.limits.survey.after(due, ctx.calendar);
                facts.survey_until = Some(case.survey_until.map_or(later, |until| until.max(later)));
            }
        }
        CaseEvent::Recalculated { dates, .. } => {
            facts.due_at = dates.due_at;
            facts.survey_until = dates.survey_until;
            facts.held_due = dates.held_due;
            facts.follow_up_due = dates.follow_up_due;
            facts.moved.clone_from(&dates.tasks);
        }
        CaseEvent::Undo {} => facts.restored = ctx.before.cloned().map(Box::new),
        _ => {}
    }
    if case.state == CaseState::NeedInfo && to != CaseState::NeedInfo && to.is_open() {
        shift_by_pause(ask, &mut facts);
    }
    if to == CaseState::Answered && case.state != CaseState::Answered {
        facts.survey_until = Some(ctx.limits.survey.after(ctx.now, ctx.calendar));
    }
    facts
}

fn new_tasks(ask: Ask<'_>, lead_due: Millis) -> Vec<NewTask> {
    let Ask { case, event, ctx } = ask;
    let broken_by = matches!(event, CaseEvent::PromiseBroken {})
        .then(|| case.lead_task().map(|task| &task.unit_id))
        .flatten();
    let Some((lead, co)) = event.new_units().or_else(|| broken_by.map(|unit| (unit, &[][..]))) else {
        return Vec::new();
    };
    let sign_due = ctx
        .limits
        .sign(class_of(case))
        .after(ctx.now, ctx.calendar)
        .min(lead_due);
    let units = std::iter::once((lead, TaskRole::Lead)).chain(co.iter().map(|unit| (unit, TaskRole::Co)));
    units
        .zip(&ctx.new_ids)
        .map(|((unit, role), id)| {
            let due_at = if role == TaskRole::Lead {
                lead_due
            } else {
                co_due(lead_due, ctx)
            };
            NewTask {
                id: id.clone(),
                unit_id: unit.clone(),
                role,
                sign_due: sign_due.min(due_at),
                due_at,
            }
        })
        .collect()
}

/// The clock stood still while the resident was asked: every due date that was still to come moves by the pause, in
/// the unit it was counted in.
fn shift_by_pause(ask: Ask<'_>, facts: &mut Facts) {
    let Ask { case, ctx, .. } = ask;
    let Some(paused) = case.paused_since else { return };
    let class = class_of(case);
    let shift = |span: Span, due: Millis| span.shift(due, paused, ctx.now, ctx.calendar);
    let answer = ctx.limits.answer(class);
    facts.due_at = case.due_at.map(|due| shift(answer, due));
    facts.moved = case
        .tasks
        .iter()
        .filter(|task| task.state.is_open())
        .map(|task| MovedTask {
            id: task.id.clone(),
            sign_due: shift(ctx.limits.sign(class), task.sign_due),
            due_at: shift(answer, task.due_at),
            extension_until: task.extension_until.map(|until| shift(answer, until)),
        })
        .collect();
}

/// Who has the ball in a state, without the date.
fn holder_of(case: &Case) -> (HolderKind, Option<Id>) {
    use CaseState as S;
    let office = || (HolderKind::Office, Some(case.station_id.clone()));
    match case.state {
        S::Submitted | S::ScreeningHold | S::Accepted | S::Arbitration | S::ReplyReview | S::Disputed => office(),
        S::NeedInfo | S::Answered => (HolderKind::Resident, None),
        S::WithDeputy => (HolderKind::Deputy, case.deputy_id.clone()),
        S::Assigned | S::InProgress | S::SecondHandling | S::Tracking => match case.lead_task() {
            Some(task) if task.state != TaskState::ReturnRequested => (HolderKind::Unit, Some(task.unit_id.clone())),
            _ => office(),
        },
        S::Closed | S::Declined | S::Referred | S::Merged | S::Withdrawn | S::Archived => (HolderKind::Nobody, None),
    }
}

/// The limit a state's holder has, for the states that have one of their own.
fn holder_limit(case: &Case, ctx: &Context<'_>) -> Option<Span> {
    use CaseState as S;
    let limits = ctx.limits;
    match case.state {
        S::Submitted => Some(if case.urgency == super::state::Urgency::Normal {
            limits.accept
        } else {
            limits.screening_urgent
        }),
        S::ScreeningHold if case.appealed => Some(limits.decide_appeal),
        S::ScreeningHold => Some(limits.hold(case.urgency)),
        S::NeedInfo => Some(limits.need_info),
        S::Accepted => Some(limits.assign),
        S::WithDeputy => Some(limits.deputy_action),
        S::Arbitration => Some(limits.arbitration),
        S::ReplyReview => Some(limits.review),
        S::Disputed => Some(limits.decide_dispute),
        S::Assigned | S::InProgress if case.return_pending() => Some(limits.decide_return),
        _ => None,
    }
}

/// The holder after an event: the case as it is then, with the holder of before.
pub(super) fn holder_after(before: Option<&Case>, case: &Case, event: &CaseEvent, ctx: &Context<'_>) -> Holder {
    match event {
        CaseEvent::Undo {} => return case.holder.clone(),
        CaseEvent::Recalculated { dates, .. } => {
            return Holder {
                due: dates.holder_due.or(case.holder.due),
                ..case.holder.clone()
            };
        }
        _ => {}
    }
    let (kind, id) = holder_of(case);
    let same = before.filter(|b| b.holder.kind == kind && b.holder.id == id);
    let since = same.map_or(ctx.now, |b| b.holder.since);
    let lead = case.lead_task();
    let resumed = before.filter(|b| b.state == CaseState::NeedInfo && case.state.is_open());
    let due = match (case.state, holder_limit(case, ctx)) {
        // Nothing moved: the date stands.
        (state, Some(_)) if same.is_some_and(|b| b.state == state) => same.and_then(|b| b.holder.due),
        // Back from a question: the date of before, moved by the pause.
        (_, Some(span)) if resumed.is_some_and(|b| b.before_info == Some(case.state)) => resumed.and_then(|b| {
            let paused = b.paused_since?;
            b.held_due.map(|due| span.shift(due, paused, ctx.now, ctx.calendar))
        }),
        (_, Some(span)) => Some(span.after(ctx.now, ctx.calendar)),
        (CaseState::Assigned, None) => lead.map(|task| task.sign_due),
        (CaseState::InProgress | CaseState::SecondHandling, None) => lead.map(|task| task.due_at).or(case.due_at),
        (CaseState::Answered, None) => case.survey_until,
        (CaseState::Tracking, None) => case.promise_date.as_deref().and_then(Date::parse).map(Date::end),
        _ => None,
    };
    Holder { kind, id, since, due }
}

/// The unit's own deadline inside the period: its reply is in the office's hands so long before the due date.
pub fn reply_in_by(task_due: Millis, internal_review: Span, calendar: &WorkCalendar) -> Millis {
    match internal_review.unit {
        crate::limits::Unit::WorkDays => calendar.subtract_work_days(task_due, internal_review.amount),
        _ => task_due,
    }
}
