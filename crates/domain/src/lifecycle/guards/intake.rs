//! Rows 2 to 12: from the letter's arrival to the office's or the deputy's decision.

use super::{
    Verdict, another_person, due_by_hand, given, need, need_at, reply_whole, said_or_shown, text, within, words,
};
use crate::lifecycle::case::RefusalKind;
use crate::lifecycle::event::CaseEvent;
use crate::lifecycle::row::Ask;
use crate::lifecycle::state::Outcome;
use crate::lifecycle::state::Urgency;
use crate::limits::listed;

/// Row 4: Category and, if set by hand, a day in the future and not beyond the longest answer. After an appeal: another
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

fn other_than_decliner(ask: Ask<'_>) -> Verdict {
    another_person(ask, ask.case.declined_by.as_ref())
}

/// Row 2: A category.
pub fn auto_accept(ask: Ask<'_>) -> Verdict {
    let CaseEvent::AutoAccept { category_id, .. } = ask.event else {
        return Ok(());
    };
    given(category_id, "category_id")
}

/// Row 5: Not more questions than a stage allows.
pub fn ask_info(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(
        u32::from(ask.case.info_asked) < ask.ctx.limits.questions_per_stage,
        RefusalKind::LimitReached,
    )?;
    need(!ask.case.return_pending(), RefusalKind::TooEarly)
}

/// Row 6: Something is said or shown.
pub fn info_given(ask: Ask<'_>) -> Verdict {
    said_or_shown(ask.event)
}

/// The holder's time is over.
pub fn holder_overdue(ask: Ask<'_>) -> Verdict {
    need(
        ask.case.holder.due.is_some_and(|due| ask.ctx.now > due),
        RefusalKind::TooEarly,
    )
}

/// Row 7: A reason of the library and a way out; not for urgent matters; a second person where one spoke already.
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

/// Row 8: Once, and in time.
pub fn appeal(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(!ask.case.appealed, RefusalKind::LimitReached)?;
    within(ask, ask.case.closed_at, ask.ctx.limits.appeal)
}

/// Row 9: A channel and a word.
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

/// Row 10: A deputy is named.
pub fn to_deputy(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ToDeputy { deputy_id } = ask.event else {
        return Ok(());
    };
    given(deputy_id, "deputy_id")
}

/// Row 11: A substantive answer. A deputy answers, explains or notes, but cannot promise for a unit: outcome B is the
/// unit's to give (代表法: 反映、转交、督促).
pub fn deputy_answer(ask: Ask<'_>) -> Verdict {
    let CaseEvent::DeputyAnswer { reply } = ask.event else {
        return Ok(());
    };
    need_at(reply.outcome != Outcome::B, RefusalKind::ValueInvalid, "reply.outcome")?;
    reply_whole(ask, reply)
}
