//! The guards of the table: one function a rule, beyond state and person, which the table itself checks.
//!
//! Here: what several rules share. A guard answers `Ok` or the reason a person can be told.

mod answers;
mod intake;
mod publication;
mod units;
mod whole;

pub use answers::*;
pub use intake::*;
pub use publication::*;
pub use units::*;
pub use whole::*;

use super::case::{Refusal, RefusalKind, Task};
use super::event::{CaseEvent, ReplyText};
use super::row::Ask;
use super::state::Outcome;
use crate::calendar::{Date, date_of};
use crate::limits::Span;
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
#[expect(clippy::unnecessary_wraps, reason = "every row has a guard of the same shape")]
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

fn within(ask: Ask<'_>, since: Option<Millis>, span: Span) -> Verdict {
    need(
        since.is_some_and(|since| ask.ctx.now <= span.after(since, ask.ctx.calendar)),
        RefusalKind::TooLate,
    )
}

/// The event's task is in one of these states.
fn task_in(ask: Ask<'_>, fits: impl Fn(&Task) -> bool) -> Verdict {
    need_at(ask.task().is_some_and(fits), RefusalKind::WrongState, "task_id")
}

fn another_person(ask: Ask<'_>, first: Option<&Id>) -> Verdict {
    need(
        first.is_none() || first != ask.ctx.actor.account_id.as_ref(),
        RefusalKind::SamePerson,
    )
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

fn due_by_hand(ask: Ask<'_>, due: Option<Millis>, latest: Millis) -> Verdict {
    due.map_or(Ok(()), |due| {
        need_at(due > ask.ctx.now && due <= latest, RefusalKind::DateInvalid, "due_at")
    })
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

fn said_or_shown(event: &CaseEvent) -> Verdict {
    match event {
        CaseEvent::InfoGiven {
            text: words,
            attachments,
        } if attachments.is_empty() => text(words, "text"),
        CaseEvent::Supplement {
            text: words,
            attachments,
            media,
        } if attachments.is_empty() && media.is_empty() => text(words, "text"),
        _ => Ok(()),
    }
}
