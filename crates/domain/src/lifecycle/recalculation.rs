//! Working out open dates anew after the work calendar or a limit changed.
//!
//! The log is played once more as if the new calendar and limits had always held; what differs in the end moves. Dates
//! set by hand and days promised stay: they were somebody's word.

use super::case::{Case, EventRecord, Facts, MovedTask};
use super::context::Context;
use super::due;
use super::event::{CaseEvent, MovedDates};
use super::evolve::evolve;
use super::row::Ask;
use crate::Millis;

/// The event that moves an open case's dates, or none when nothing differs. `reason`: `calendar` or `limits`.
pub fn recalculation(case: &Case, records: &[EventRecord], reason: &str, ctx: &Context<'_>) -> Option<CaseEvent> {
    if !case.is_open() {
        return None;
    }
    let replayed = replay(records, ctx)?;
    let dates = differences(case, &replayed, ctx);
    (dates != MovedDates::default()).then(|| CaseEvent::Recalculated {
        reason: reason.to_owned(),
        dates,
    })
}

/// The case as it would be had this calendar and these limits always held. States and events are as they were.
fn replay(records: &[EventRecord], ctx: &Context<'_>) -> Option<Case> {
    let mut history: Vec<Case> = Vec::with_capacity(records.len());
    for record in records {
        let before = history.last();
        let at = Context {
            now: record.at,
            actor: record.actor.clone(),
            new_ids: record.facts.tasks.iter().map(|task| task.id.clone()).collect(),
            expected_version: None,
            before: None,
            ..before.map_or_else(|| ctx.clone(), |case| ctx.of_category(case, Some(&record.event)))
        };
        let mut facts = match (before, &record.event) {
            (None, _) => record.facts.clone(),
            // What it moved is worked out here anyway.
            (Some(_), CaseEvent::Recalculated { .. }) => Facts::default(),
            (Some(_), CaseEvent::Undo {}) => Facts {
                restored: history
                    .len()
                    .checked_sub(2)
                    .and_then(|at| history.get(at))
                    .cloned()
                    .map(Box::new),
                ..Facts::default()
            },
            (Some(case), event) => due::facts(Ask { case, event, ctx: &at }, record.to),
        };
        facts.holder = None;
        let again = |facts: Facts| EventRecord {
            facts,
            ..record.clone()
        };
        let draft = evolve(before.cloned(), &again(facts.clone())).ok()?;
        facts.holder = Some(match (&record.event, before) {
            (CaseEvent::Recalculated { .. }, Some(case)) => case.holder.clone(),
            _ => due::holder_after(before, &draft, &record.event, &at),
        });
        let next = evolve(before.cloned(), &again(facts)).ok()?;
        history.push(next);
    }
    history.pop()
}

fn differences(case: &Case, replayed: &Case, ctx: &Context<'_>) -> MovedDates {
    let moved = |old: Option<Millis>, new: Option<Millis>| match (old, new) {
        (Some(old), Some(new)) => settled(old, new, ctx),
        _ => None,
    };
    let tasks = case
        .tasks
        .iter()
        .filter(|task| task.state.is_open())
        .filter_map(|task| {
            let new = replayed.task(&task.id)?;
            let (sign_due, due_at) = (
                settled(task.sign_due, new.sign_due, ctx),
                settled(task.due_at, new.due_at, ctx),
            );
            (sign_due.is_some() || due_at.is_some()).then(|| MovedTask {
                id: task.id.clone(),
                sign_due: sign_due.unwrap_or(task.sign_due),
                due_at: due_at.unwrap_or(task.due_at),
                extension_until: task.extension_until,
            })
        });
    MovedDates {
        due_at: moved(case.due_at, replayed.due_at),
        survey_until: moved(case.survey_until, replayed.survey_until),
        holder_due: moved(case.holder.due, replayed.holder.due),
        held_due: moved(case.held_due, replayed.held_due),
        follow_up_due: moved(case.follow_up_due, replayed.follow_up_due),
        tasks: tasks.collect(),
    }
}

/// The new date, when there is one. Nobody becomes late by a change of rules: a date that would lie in the past becomes
/// the end of the present work day, and one that had passed already moves only into the future.
fn settled(old: Millis, new: Millis, ctx: &Context<'_>) -> Option<Millis> {
    let new = if new > ctx.now {
        new
    } else if old > ctx.now {
        ctx.calendar.add_work_days(ctx.now, 0)
    } else {
        return None;
    };
    (new != old).then_some(new)
}
