//! Rows 13 to 22 and 31: what units are given and what they ask for.

use super::{Verdict, due_by_hand, need, need_at, reply_whole, task_in, text, units, within, words};
use crate::lifecycle::case::{Refusal, RefusalKind};
use crate::lifecycle::due::{extension_latest, unit_due};
use crate::lifecycle::event::CaseEvent;
use crate::lifecycle::row::Ask;
use crate::lifecycle::state::{CaseState, TaskRole, TaskState};

/// Row 13: A lead, co-units that differ from it and from each other, a day within the rule's.
pub fn assign(ask: Ask<'_>) -> Verdict {
    units(ask)?;
    let CaseEvent::Assign { due_at, .. } = ask.event else {
        return Ok(());
    };
    due_by_hand(ask, *due_at, unit_due(ask.case, ask.ctx))
}

/// Row 18: A unit and a word.
pub fn award(ask: Ask<'_>) -> Verdict {
    units(ask)?;
    let CaseEvent::Award { text: words, .. } = ask.event else {
        return Ok(());
    };
    text(words, "text")
}

/// Row 14: Not signed yet, and named people.
pub fn sign(ask: Ask<'_>) -> Verdict {
    task_in(ask, |task| task.state == TaskState::Dispatched)?;
    let CaseEvent::Sign { section, officer, .. } = ask.event else {
        return Ok(());
    };
    text(section, "section")?;
    text(officer, "officer")
}

/// Row 14: Not signed yet, and the time to sign is over.
pub fn auto_sign(ask: Ask<'_>) -> Verdict {
    task_in(ask, |task| task.state == TaskState::Dispatched)?;
    need(
        ask.task().is_some_and(|task| ask.ctx.now > task.sign_due),
        RefusalKind::TooEarly,
    )
}

/// Row 15: In time, not the final owner, not twice by one unit, not beyond the case's count; a legal basis and another unit.
pub fn return_request(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ReturnRequest {
        legal_basis,
        proposed_unit,
        ..
    } = ask.event
    else {
        return Ok(());
    };
    let Some(task) = ask.task() else {
        return Err(Refusal::at(RefusalKind::TaskUnknown, "task_id"));
    };
    let limits = ask.ctx.limits;
    need(!task.final_owner, RefusalKind::FinalOwner)?;
    task_in(ask, |task| {
        task.state == TaskState::Dispatched || task.state.is_working()
    })?;
    let times = ask
        .case
        .returned_by
        .iter()
        .filter(|unit| **unit == task.unit_id)
        .count();
    need(times < limits.returns_per_unit as usize, RefusalKind::LimitReached)?;
    need(
        u32::from(ask.case.bounce_count) < limits.returns_per_case,
        RefusalKind::LimitReached,
    )?;
    within(ask, Some(task.dispatched_at), limits.return_request)?;
    text(legal_basis, "legal_basis")?;
    need_at(
        !proposed_unit.is_empty() && *proposed_unit != task.unit_id,
        RefusalKind::ValueInvalid,
        "proposed_unit",
    )
}

/// Rows 15, 16: A return waits for a decision.
pub fn return_decision(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    task_in(ask, |task| task.state == TaskState::ReturnRequested)
}

/// Row 17: A return waits, and it is one too many to decide by the office alone.
pub fn bounce_limit(ask: Ask<'_>) -> Verdict {
    need(ask.case.return_pending(), RefusalKind::TooEarly)?;
    need(
        u32::from(ask.case.bounce_count) >= ask.ctx.limits.returns_per_case,
        RefusalKind::TooEarly,
    )
}

/// Row 17: There is a unit to disagree with.
pub fn dispute(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(
        ask.case.lead_task().is_some_and(|task| !task.final_owner),
        RefusalKind::FinalOwner,
    )
}

/// Row 19: The task is open and something is said.
pub fn progress_note(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ProgressNote { text: words, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| {
        task.state.is_working() || (ask.case.state == CaseState::Tracking && task.state.is_current())
    })?;
    text(words, "text")
}

/// A co-unit's open task and its words.
pub fn co_opinion(ask: Ask<'_>) -> Verdict {
    let CaseEvent::CoOpinion { text: words, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| {
        task.role == TaskRole::Co && (task.state == TaskState::Dispatched || task.state.is_working())
    })?;
    text(words, "text")
}

/// Row 20: Once, before the day, not longer than the share allowed, with a reason.
pub fn extension_request(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ExtensionRequest { until, text: words, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| {
        task.state.is_working() && task.state != TaskState::ExtensionRequested
    })?;
    let Some(task) = ask.task() else { return Ok(()) };
    need(!task.extended, RefusalKind::LimitReached)?;
    need(ask.ctx.now <= task.due_at, RefusalKind::TooLate)?;
    let latest = extension_latest(task, ask.ctx);
    need_at(
        *until > task.due_at && *until <= latest,
        RefusalKind::DateInvalid,
        "until",
    )?;
    text(words, "text")
}

/// Row 20: An extension waits for a decision.
pub fn extension_decision(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    task_in(ask, |task| {
        task.state == TaskState::ExtensionRequested && task.extension_until.is_some()
    })
}

/// Row 21: An open task, and another unit.
pub fn reassign_unit(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ReassignUnit { unit_id, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| {
        task.state.is_open() || (ask.case.state == CaseState::Tracking && task.state.is_current())
    })?;
    let differs = ask
        .task()
        .is_some_and(|task| !unit_id.is_empty() && task.unit_id != *unit_id);
    need_at(differs, RefusalKind::ValueInvalid, "unit_id")
}

/// A task at work, and another unit; or one that was handed down, to take it back.
pub fn delegate(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Delegate { unit_id, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| task.state.is_working())?;
    let fits = ask.task().is_some_and(|task| match unit_id {
        Some(unit) => !unit.is_empty() && *unit != task.unit_id && task.delegate.as_ref() != Some(unit),
        None => task.delegate.is_some(),
    });
    need_at(fits, RefusalKind::ValueInvalid, "unit_id")
}

/// Row +6a: An open task that was handed down, and another unit to do the work, or none.
pub fn delegate_moved(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Delegate { unit_id, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| {
        task.delegate.is_some()
            && (task.state.is_open() || (ask.case.state == CaseState::Tracking && task.state.is_current()))
    })?;
    let fits = ask.task().is_some_and(|task| match unit_id {
        Some(unit) => !unit.is_empty() && *unit != task.unit_id && task.delegate.as_ref() != Some(unit),
        None => true,
    });
    need_at(fits, RefusalKind::ValueInvalid, "unit_id")
}

/// Something was said, about an open task where a unit says it.
pub fn contacted(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Contacted { text: words, .. } = ask.event else {
        return Ok(());
    };
    if ask.task().is_some() {
        task_in(ask, |task| task.state.is_current())?;
    }
    text(words, "text")
}

/// The unit works on the task and has not begun to write.
pub fn draft_begun(ask: Ask<'_>) -> Verdict {
    task_in(ask, |task| {
        task.state.is_working() && task.state != TaskState::DraftReply && task.state != TaskState::InternalReview
    })
}

/// A draft is there.
pub fn to_internal_review(ask: Ask<'_>) -> Verdict {
    task_in(ask, |task| task.state == TaskState::DraftReply)
}

/// A draft is under the unit's own review.
pub fn internal_rejected(ask: Ask<'_>) -> Verdict {
    let CaseEvent::InternalRejected { text: words, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| task.state == TaskState::InternalReview)?;
    text(words, "text")
}

/// Rows 22, 31: The lead's own task, signed off by a named person; in a later round by another than the last time.
pub fn submit_reply(ask: Ask<'_>) -> Verdict {
    let CaseEvent::SubmitReply {
        reply, signed_off_by, ..
    } = ask.event
    else {
        return Ok(());
    };
    task_in(ask, |task| {
        task.role == TaskRole::Lead && task.round == ask.case.round && task.state.is_working()
    })?;
    reply_whole(ask, reply)?;
    text(signed_off_by, "signed_off_by")?;
    let same = ask.case.last_signatory.as_deref().map(str::trim) == Some(signed_off_by.trim());
    need_at(ask.case.round == 1 || !same, RefusalKind::SamePerson, "signed_off_by")
}
