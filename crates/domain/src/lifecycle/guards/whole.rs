//! Rows 35 to 41: what happens to the letter as a whole.

use super::{Verdict, need, need_at, said_or_shown, text, within};
use crate::Millis;
use crate::calendar::MINUTE_MS;
use crate::lifecycle::case::{Refusal, RefusalKind};
use crate::lifecycle::event::{CaseEvent, EventKind, MovedDates};
use crate::lifecycle::row::{Ask, By};

/// Row 35: Another case, a word why, and no parts of its own.
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

/// Row 36: The office at any time, the resident soon after; by itself when the letter that leads ends without an answer.
pub fn unmerge(ask: Ask<'_>) -> Verdict {
    if By::Office.admits(ask) || By::System.admits(ask) {
        Ok(())
    } else {
        within(ask, ask.case.merged_at, ask.ctx.limits.unmerge)
    }
}

/// Row 35: A whole reply; its promise was checked when it was given.
pub fn lead_answered(ask: Ask<'_>) -> Verdict {
    let CaseEvent::LeadAnswered { reply } = ask.event else {
        return Ok(());
    };
    text(&reply.body, "reply.body")
}

/// Row 37: Two parts or more, each its own case, and not twice.
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

/// Row 37: It was split, and its parts have something to say.
pub fn parts_answered(ask: Ask<'_>) -> Verdict {
    let CaseEvent::PartsAnswered { reply } = ask.event else {
        return Ok(());
    };
    need(!ask.case.parts.is_empty(), RefusalKind::ValueInvalid)?;
    text(&reply.body, "reply.body")
}

/// Row 35: Not known yet.
pub fn merged_in(ask: Ask<'_>) -> Verdict {
    let CaseEvent::MergedIn { letter_id } = ask.event else {
        return Ok(());
    };
    let fresh = !letter_id.is_empty() && *letter_id != ask.case.id && !ask.case.joined.contains(letter_id);
    need_at(fresh, RefusalKind::ValueInvalid, "letter_id")
}

/// Row 36: It had joined.
pub fn merged_out(ask: Ask<'_>) -> Verdict {
    let CaseEvent::MergedOut { letter_id } = ask.event else {
        return Ok(());
    };
    need_at(
        ask.case.joined.contains(letter_id),
        RefusalKind::ValueInvalid,
        "letter_id",
    )
}

/// A date moves.
pub fn recalculated(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Recalculated { dates, .. } = ask.event else {
        return Ok(());
    };
    need_at(*dates != MovedDates::default(), RefusalKind::ValueInvalid, "dates")
}

/// A reason the resident will read.
pub fn contact_revealed(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ContactRevealed { reason } = ask.event else {
        return Ok(());
    };
    text(reason, "reason")
}

/// What can be taken back: what has not reached a resident as an answer or the public as a copy, and has no way back of
/// its own.
const UNDOABLE: &[EventKind] = &[
    EventKind::Accept,
    EventKind::Decline,
    EventKind::Refer,
    EventKind::ToDeputy,
    EventKind::Assign,
    EventKind::ReturnApproved,
    EventKind::ReturnRefused,
    EventKind::ExtensionApproved,
    EventKind::ExtensionRefused,
    EventKind::SendBack,
    EventKind::Supervise,
    EventKind::RefusePublish,
];

/// One's own last step, soon after, with the case of before at hand.
pub fn undo(ask: Ask<'_>) -> Verdict {
    let (case, ctx) = (ask.case, ask.ctx);
    let Some(last) = &case.last_act else {
        return Err(Refusal::of(RefusalKind::WrongState));
    };
    need(UNDOABLE.contains(&last.kind), RefusalKind::WrongState)?;
    need(
        last.by.is_some() && last.by == ctx.actor.account_id,
        RefusalKind::NotAllowed,
    )?;
    need(
        ctx.now <= last.at + Millis::from(ctx.limits.undo_minutes) * MINUTE_MS,
        RefusalKind::TooLate,
    )?;
    let fits = ctx
        .before
        .is_none_or(|before| before.id == case.id && before.version + 1 == case.version);
    need(fits, RefusalKind::Stale)
}

/// Something is said or shown.
pub fn supplement(ask: Ask<'_>) -> Verdict {
    said_or_shown(ask.event)
}

/// Row 39: A leader, a day to come, and a word.
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

/// Row 40: Once the day has passed, and else every so often; not more than so many times.
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

/// Row 41: Kept as long as it has to be.
pub fn archive(ask: Ask<'_>) -> Verdict {
    let ended = ask.case.closed_at.or(ask.case.merged_at);
    let over = ended.is_some_and(|ended| ask.ctx.now > ask.ctx.limits.retention.after(ended, ask.ctx.calendar));
    need(over, RefusalKind::TooEarly)
}
