//! The guards of the table: one function a rule, beyond state and person, which the table itself checks.

use super::case::{Refusal, RefusalKind, Task};
use super::event::{CaseEvent, EventKind, PublicCopy, Rating, ReplyText};
use super::rating::{classify_rating, is_valid};
use super::row::{Ask, By};
use super::state::{CaseState, Outcome, PublicationState, TaskRole, TaskState, Urgency};
use crate::calendar::{Date, date_of};
use crate::limits::listed;
use crate::{Id, Millis};

type Verdict = Result<(), Refusal>;

/// Refuses for a reason without a field, unless the condition holds.
fn need(condition: bool, kind: RefusalKind) -> Verdict {
    if condition { Ok(()) } else { Err(Refusal::of(kind)) }
}

/// Refuses because of a field, unless the condition holds.
fn need_at(condition: bool, kind: RefusalKind, field: &str) -> Verdict {
    if condition {
        Ok(())
    } else {
        Err(Refusal::at(kind, field))
    }
}

/// A mandatory text (✎).
fn text(words: &str, field: &str) -> Verdict {
    need_at(!words.trim().is_empty(), RefusalKind::TextMissing, field)
}

/// An id that must be there.
fn given(id: &Id, field: &str) -> Verdict {
    need_at(!id.trim().is_empty(), RefusalKind::ValueInvalid, field)
}

/// Nothing beyond state and person.
pub fn none(_: Ask<'_>) -> Verdict {
    Ok(())
}

/// The text that every version of the event carries, whatever its other rules.
pub fn words(ask: Ask<'_>) -> Verdict {
    match ask.event {
        CaseEvent::AutoHold { reason: words } | CaseEvent::RefusePublish { reason: words } => text(words, "reason"),
        CaseEvent::AskInfo { text: words }
        | CaseEvent::Appeal { text: words }
        | CaseEvent::DeputyPass { text: words }
        | CaseEvent::Dispute { text: words }
        | CaseEvent::SendBack { text: words }
        | CaseEvent::ReturnRefused { text: words, .. }
        | CaseEvent::ExtensionRefused { text: words, .. } => text(words, "text"),
        _ => Ok(()),
    }
}

/// 4. Category and, if set by hand, a day in the future and not beyond the longest answer. After an appeal: another
/// officer than the one who declined.
pub fn accept(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Accept {
        category_id, due_at, ..
    } = ask.event
    else {
        return Ok(());
    };
    given(category_id, "category_id")?;
    other_than_decliner(ask)?;
    due_by_hand(
        ask,
        *due_at,
        ask.ctx.limits.answer_longest.after(ask.ctx.now, ask.ctx.calendar),
    )
}

fn due_by_hand(ask: Ask<'_>, due: Option<Millis>, latest: Millis) -> Verdict {
    due.map_or(Ok(()), |due| {
        need_at(due > ask.ctx.now && due <= latest, RefusalKind::DateInvalid, "due_at")
    })
}

fn other_than_decliner(ask: Ask<'_>) -> Verdict {
    another_person(ask, ask.case.declined_by.as_ref())
}

fn another_person(ask: Ask<'_>, first: Option<&Id>) -> Verdict {
    need(
        first.is_none() || first != ask.ctx.actor.account_id.as_ref(),
        RefusalKind::SamePerson,
    )
}

/// 2. A category.
pub fn auto_accept(ask: Ask<'_>) -> Verdict {
    let CaseEvent::AutoAccept { category_id, .. } = ask.event else {
        return Ok(());
    };
    given(category_id, "category_id")
}

/// 5. Not more questions than a stage allows.
pub fn ask_info(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(
        u32::from(ask.case.info_asked) < ask.ctx.limits.questions_per_stage,
        RefusalKind::LimitReached,
    )?;
    need(!ask.case.return_pending(), RefusalKind::TooEarly)
}

/// 6. Something is said or shown.
pub fn info_given(ask: Ask<'_>) -> Verdict {
    said_or_shown(ask.event)
}

fn said_or_shown(event: &CaseEvent) -> Verdict {
    match event {
        CaseEvent::InfoGiven {
            text: words,
            attachments,
        }
        | CaseEvent::Supplement {
            text: words,
            attachments,
        } if attachments.is_empty() => text(words, "text"),
        _ => Ok(()),
    }
}

/// The holder's time is over.
pub fn holder_overdue(ask: Ask<'_>) -> Verdict {
    need(
        ask.case.holder.due.is_some_and(|due| ask.ctx.now > due),
        RefusalKind::TooEarly,
    )
}

/// 7. A reason of the library and a way out; not for urgent matters; a second person where one spoke already.
pub fn decline(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Decline {
        reason_code,
        text: words,
    } = ask.event
    else {
        return Ok(());
    };
    need_at(
        listed(&ask.ctx.limits.decline_reasons, reason_code),
        RefusalKind::ValueInvalid,
        "reason_code",
    )?;
    text(words, "text")?;
    need(ask.case.urgency == Urgency::Normal, RefusalKind::ValueInvalid)?;
    other_than_decliner(ask)?;
    another_person(ask, ask.case.lowered_by.as_ref())
}

/// 8. Once, and in time.
pub fn appeal(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(!ask.case.appealed, RefusalKind::LimitReached)?;
    within(ask, ask.case.closed_at, ask.ctx.limits.appeal)
}

fn within(ask: Ask<'_>, since: Option<Millis>, span: crate::limits::Span) -> Verdict {
    need(
        since.is_some_and(|since| ask.ctx.now <= span.after(since, ask.ctx.calendar)),
        RefusalKind::TooLate,
    )
}

/// 9. A channel and a word.
pub fn refer(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Refer {
        channel, text: words, ..
    } = ask.event
    else {
        return Ok(());
    };
    given(channel, "channel")?;
    text(words, "text")
}

/// 10. A deputy is named.
pub fn to_deputy(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ToDeputy { deputy_id } = ask.event else {
        return Ok(());
    };
    given(deputy_id, "deputy_id")
}

/// 11. A substantive answer. A deputy answers, explains or notes, but cannot promise for a unit: outcome B is the
/// unit's to give (代表法: 反映、转交、督促).
pub fn deputy_answer(ask: Ask<'_>) -> Verdict {
    let CaseEvent::DeputyAnswer { reply } = ask.event else {
        return Ok(());
    };
    need_at(reply.outcome != Outcome::B, RefusalKind::ValueInvalid, "reply.outcome")?;
    reply_whole(ask, reply)
}

fn reply_whole(ask: Ask<'_>, reply: &ReplyText) -> Verdict {
    text(&reply.body, "reply.body")?;
    match reply.outcome {
        Outcome::B => {
            let today = date_of(ask.ctx.now);
            let last = date_of(ask.ctx.limits.promise_longest.after(ask.ctx.now, ask.ctx.calendar));
            let promised = reply.promise_date.as_deref().and_then(Date::parse);
            need_at(
                promised.is_some_and(|day| day > today && day <= last),
                RefusalKind::DateInvalid,
                "reply.promise_date",
            )
        }
        Outcome::C => text(reply.reason.as_deref().unwrap_or_default(), "reply.reason"),
        Outcome::A | Outcome::D => Ok(()),
    }
}

/// 13. A lead, co-units that differ from it and from each other, a day within the rule's.
pub fn assign(ask: Ask<'_>) -> Verdict {
    units(ask)?;
    let CaseEvent::Assign { due_at, .. } = ask.event else {
        return Ok(());
    };
    due_by_hand(ask, *due_at, super::due::unit_due(ask.case, ask.ctx))
}

fn units(ask: Ask<'_>) -> Verdict {
    let Some((lead, co)) = ask.event.new_units() else {
        return Ok(());
    };
    given(
        lead,
        if matches!(ask.event, CaseEvent::Award { .. }) {
            "unit_id"
        } else {
            "lead"
        },
    )?;
    let distinct = co
        .iter()
        .enumerate()
        .all(|(at, unit)| !unit.is_empty() && unit != lead && !co[..at].contains(unit));
    need_at(distinct, RefusalKind::ValueInvalid, "co")
}

/// 18. A unit and a word.
pub fn award(ask: Ask<'_>) -> Verdict {
    units(ask)?;
    let CaseEvent::Award { text: words, .. } = ask.event else {
        return Ok(());
    };
    text(words, "text")
}

/// The event's task is in one of these states.
fn task_in(ask: Ask<'_>, fits: impl Fn(&Task) -> bool) -> Verdict {
    need_at(ask.task().is_some_and(fits), RefusalKind::WrongState, "task_id")
}

/// 14. Not signed yet, and named people.
pub fn sign(ask: Ask<'_>) -> Verdict {
    task_in(ask, |task| task.state == TaskState::Dispatched)?;
    let CaseEvent::Sign { section, officer, .. } = ask.event else {
        return Ok(());
    };
    text(section, "section")?;
    text(officer, "officer")
}

/// 14. Not signed yet, and the time to sign is over.
pub fn auto_sign(ask: Ask<'_>) -> Verdict {
    task_in(ask, |task| task.state == TaskState::Dispatched)?;
    need(
        ask.task().is_some_and(|task| ask.ctx.now > task.sign_due),
        RefusalKind::TooEarly,
    )
}

/// 15. In time, not the final owner, not twice by one unit, not beyond the case's count; a legal basis and another unit.
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

/// 15, 16. A return waits for a decision.
pub fn return_decision(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    task_in(ask, |task| task.state == TaskState::ReturnRequested)
}

/// 17. A return waits, and it is one too many to decide by the office alone.
pub fn bounce_limit(ask: Ask<'_>) -> Verdict {
    need(ask.case.return_pending(), RefusalKind::TooEarly)?;
    need(
        u32::from(ask.case.bounce_count) >= ask.ctx.limits.returns_per_case,
        RefusalKind::TooEarly,
    )
}

/// 17. There is a unit to disagree with.
pub fn dispute(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(
        ask.case.lead_task().is_some_and(|task| !task.final_owner),
        RefusalKind::FinalOwner,
    )
}

/// 19. The task is open and something is said.
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

/// 20. Once, before the day, not longer than the share allowed, with a reason.
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
    let latest = super::due::extension_latest(task, ask.ctx);
    need_at(
        *until > task.due_at && *until <= latest,
        RefusalKind::DateInvalid,
        "until",
    )?;
    text(words, "text")
}

/// 20. An extension waits for a decision.
pub fn extension_decision(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    task_in(ask, |task| {
        task.state == TaskState::ExtensionRequested && task.extension_until.is_some()
    })
}

/// 21. An open task, and another unit.
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

/// 22, 31. The lead's own task, signed off by a named person; in a later round by another than the last time.
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

/// 24. A reply lies there; a forwarding deputy is the case's own.
pub fn release(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Release {
        forwarded_by_deputy, ..
    } = ask.event
    else {
        return Ok(());
    };
    need(ask.case.reply.is_some(), RefusalKind::TextMissing)?;
    let own = forwarded_by_deputy.is_none() || *forwarded_by_deputy == ask.case.deputy_id;
    need_at(own, RefusalKind::ValueInvalid, "forwarded_by_deputy")
}

fn rating_is(ask: Ask<'_>, rating: &Rating, kind: EventKind) -> Verdict {
    need_at(is_valid(rating), RefusalKind::ValueInvalid, "rating")?;
    need_at(
        classify_rating(rating, ask.ctx.limits) == kind,
        RefusalKind::ValueInvalid,
        "rating",
    )
}

/// 25. In time, and at or above the threshold.
pub fn rated_ok(ask: Ask<'_>) -> Verdict {
    let CaseEvent::RatedOk { rating } = ask.event else {
        return Ok(());
    };
    rating_is(ask, rating, EventKind::RatedOk)?;
    need(
        ask.case.survey_until.is_none_or(|until| ask.ctx.now <= until),
        RefusalKind::TooLate,
    )
}

/// A change of mind for the better, soon after.
pub fn rating_changed(ask: Ask<'_>) -> Verdict {
    let CaseEvent::RatedOk { rating } = ask.event else {
        return Ok(());
    };
    rating_is(ask, rating, EventKind::RatedOk)?;
    within(ask, ask.case.rated_at, ask.ctx.limits.rating_change)
}

/// 26. The window is over.
pub fn survey_expired(ask: Ask<'_>) -> Verdict {
    need(
        ask.case.survey_until.is_none_or(|until| ask.ctx.now > until),
        RefusalKind::TooEarly,
    )
}

/// 27. An answer with a day nobody has kept yet, and a unit to keep it.
pub fn has_promise(ask: Ask<'_>) -> Verdict {
    need(
        ask.case.promise_open() && ask.case.lead_task().is_some(),
        RefusalKind::ValueInvalid,
    )
}

/// 28. Below the threshold, with a reason.
pub fn rated_bad(ask: Ask<'_>) -> Verdict {
    let CaseEvent::RatedBad { rating } = ask.event else {
        return Ok(());
    };
    rating_is(ask, rating, EventKind::RatedBad)?;
    need_at(
        !rating.reasons.is_empty() || !rating.text.trim().is_empty(),
        RefusalKind::TextMissing,
        "rating.reasons",
    )
}

/// 28. After closing: once, in time, and not when closed for good.
pub fn rated_bad_late(ask: Ask<'_>) -> Verdict {
    rated_bad(ask)?;
    need(
        !ask.case.closed_final && !ask.case.reopened_after_close,
        RefusalKind::LimitReached,
    )?;
    within(ask, ask.case.closed_at, ask.ctx.limits.reopen)
}

/// 29. A lead and a named leader.
pub fn reopen(ask: Ask<'_>) -> Verdict {
    units(ask)?;
    let CaseEvent::Reopen {
        leader, text: words, ..
    } = ask.event
    else {
        return Ok(());
    };
    text(leader, "leader")?;
    text(words, "text")
}

/// 32. As 29, after the leader put it under supervision.
pub fn reopen_final(ask: Ask<'_>) -> Verdict {
    reopen(ask)?;
    need(ask.case.supervised, RefusalKind::TooEarly)
}

/// 30. A reason of the list, and words the resident will read.
pub fn keep_closed(ask: Ask<'_>) -> Verdict {
    let CaseEvent::KeepClosed {
        reason_code,
        text: words,
    } = ask.event
    else {
        return Ok(());
    };
    need_at(
        listed(&ask.ctx.limits.keep_closed_reasons, reason_code),
        RefusalKind::ValueInvalid,
        "reason_code",
    )?;
    text(words, "text")
}

/// 33. The promise's own task, and what shows it.
pub fn promise_kept(ask: Ask<'_>) -> Verdict {
    let CaseEvent::PromiseKept { evidence, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| task.role == TaskRole::Lead && task.round == ask.case.round)?;
    text(evidence, "evidence")
}

/// 34. The day and its grace are over.
pub fn promise_broken(ask: Ask<'_>) -> Verdict {
    let promised = ask.case.promise_date.as_deref().and_then(Date::parse).map(Date::end);
    let over = promised.is_some_and(|day| ask.ctx.now > ask.ctx.limits.promise_grace.after(day, ask.ctx.calendar));
    need(over, RefusalKind::TooEarly)
}

/// 35. Another case, a word why, and no parts of its own.
pub fn merge(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Merge { into, text: words } = ask.event else {
        return Ok(());
    };
    need_at(
        !into.is_empty() && *into != ask.case.id,
        RefusalKind::ValueInvalid,
        "into",
    )?;
    need(ask.case.parts.is_empty(), RefusalKind::ValueInvalid)?;
    text(words, "text")
}

/// 36. The office at any time, the resident soon after.
pub fn unmerge(ask: Ask<'_>) -> Verdict {
    if By::Office.admits(ask) {
        Ok(())
    } else {
        within(ask, ask.case.merged_at, ask.ctx.limits.unmerge)
    }
}

/// 35. A whole reply; its promise was checked when it was given.
pub fn lead_answered(ask: Ask<'_>) -> Verdict {
    let CaseEvent::LeadAnswered { reply } = ask.event else {
        return Ok(());
    };
    text(&reply.body, "reply.body")
}

/// 37. Two parts or more, each its own case, and not twice.
pub fn split(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Split { parts } = ask.event else {
        return Ok(());
    };
    need(ask.case.parts.is_empty(), RefusalKind::LimitReached)?;
    let enough = parts.len() >= 2 && parts.len() <= ask.ctx.limits.split_parts as usize;
    let distinct = parts
        .iter()
        .enumerate()
        .all(|(at, id)| !id.is_empty() && *id != ask.case.id && !parts[..at].contains(id));
    need_at(enough && distinct, RefusalKind::ValueInvalid, "parts")
}

/// 37. It was split.
pub fn parts_answered(ask: Ask<'_>) -> Verdict {
    need(!ask.case.parts.is_empty(), RefusalKind::ValueInvalid)
}

/// 38. Before the first answer.
pub fn withdraw(ask: Ask<'_>) -> Verdict {
    need(ask.case.first_answered_at.is_none(), RefusalKind::TooLate)
}

/// Something is said or shown.
pub fn supplement(ask: Ask<'_>) -> Verdict {
    said_or_shown(ask.event)
}

/// 39. A leader, a day to come, and a word.
pub fn supervise(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Supervise {
        leader,
        due_at,
        text: words,
    } = ask.event
    else {
        return Ok(());
    };
    text(leader, "leader")?;
    need_at(*due_at > ask.ctx.now, RefusalKind::DateInvalid, "due_at")?;
    text(words, "text")
}

/// 40. Once the day has passed, and else every so often; not more than so many times.
pub fn urge(ask: Ask<'_>) -> Verdict {
    let (case, ctx) = (ask.case, ask.ctx);
    need(u32::from(case.urge_count) < ctx.limits.urges, RefusalKind::LimitReached)?;
    let first_since_due = case
        .due_at
        .is_some_and(|due| ctx.now > due && case.last_urge_at.is_none_or(|last| last <= due));
    let since = case.last_urge_at.unwrap_or(case.submitted_at);
    need(
        first_since_due || ctx.now > ctx.limits.urge_every.after(since, ctx.calendar),
        RefusalKind::TooEarly,
    )
}

/// 41. Kept as long as it has to be.
pub fn archive(ask: Ask<'_>) -> Verdict {
    let ended = ask.case.closed_at.or(ask.case.merged_at);
    let over = ended.is_some_and(|ended| ask.ctx.now > ask.ctx.limits.retention.after(ended, ask.ctx.calendar));
    need(over, RefusalKind::TooEarly)
}

/// It is a change.
pub fn consent_changed(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ConsentChanged { consent } = ask.event else {
        return Ok(());
    };
    need_at(
        *consent != ask.case.consent_publish,
        RefusalKind::ValueInvalid,
        "consent",
    )
}

fn publication_in(ask: Ask<'_>, states: &[PublicationState]) -> Verdict {
    need(states.contains(&ask.case.publication), RefusalKind::WrongState)
}

/// With consent, whole, and not while another copy is public (hide that first).
pub fn propose_copy(ask: Ask<'_>) -> Verdict {
    use PublicationState::{Hidden, Pending, Private, Refused};
    publication_in(ask, &[Private, Pending, Refused, Hidden])?;
    need(ask.case.consent_publish, RefusalKind::NoConsent)?;
    let CaseEvent::ProposeCopy {
        copy: PublicCopy { title, body, .. },
    } = ask.event
    else {
        return Ok(());
    };
    text(title, "copy.title")?;
    text(body, "copy.body")
}

/// Pending and not yet approved.
pub fn copy_approved(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Pending])?;
    need(!ask.case.copy_approved, RefusalKind::LimitReached)
}

/// Consent, and the resident agreed with the copy or had time to object.
pub fn publish(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Pending])?;
    let (case, ctx) = (ask.case, ask.ctx);
    let time_over = case
        .copy_proposed_at
        .is_some_and(|at| ctx.now > ctx.limits.publish_objection.after(at, ctx.calendar));
    need(
        case.consent_publish && case.copy.is_some() && (case.copy_approved || time_over),
        RefusalKind::NoConsent,
    )
}

/// Not public.
pub fn refuse_publish(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    publication_in(ask, &[PublicationState::Private, PublicationState::Pending])
}

/// Public, and why not any more.
pub fn hide(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Published])?;
    let CaseEvent::Hide { reason } = ask.event else {
        return Ok(());
    };
    text(reason, "reason")
}

/// Hidden, and the resident still agrees.
pub fn unhide(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Hidden])?;
    need(
        ask.case.consent_publish && ask.case.copy.is_some(),
        RefusalKind::NoConsent,
    )
}
