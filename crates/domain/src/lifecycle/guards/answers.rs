//! Rows 24 to 34: answers, ratings, second handling and promises.

use super::{Verdict, another_person, need, need_at, task_in, text, units, within, words};
use crate::calendar::Date;
use crate::lifecycle::case::RefusalKind;
use crate::lifecycle::event::CaseEvent;
use crate::lifecycle::event::{EventKind, Rating};
use crate::lifecycle::rating::{classify_rating, is_valid};
use crate::lifecycle::row::Ask;
use crate::lifecycle::state::TaskRole;
use crate::limits::listed;

/// Row 24: A reply lies there; a forwarding deputy is the case's own.
pub fn release(ask: Ask<'_>) -> Verdict {
    let CaseEvent::Release {
        forwarded_by_deputy,
        acknowledged,
        ..
    } = ask.event
    else {
        return Ok(());
    };
    need(ask.case.reply.is_some(), RefusalKind::TextMissing)?;
    let read = ask.ctx.warnings.iter().all(|warning| acknowledged.contains(warning));
    need_at(read, RefusalKind::Unread, "acknowledged")?;
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

/// Row 25: In time, and at or above the threshold.
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

/// Row 26: The window is over.
pub fn survey_expired(ask: Ask<'_>) -> Verdict {
    need(
        ask.case.survey_until.is_none_or(|until| ask.ctx.now > until),
        RefusalKind::TooEarly,
    )
}

/// Row 27: An answer with a day nobody has kept yet, and a unit to keep it.
pub fn has_promise(ask: Ask<'_>) -> Verdict {
    need(
        ask.case.promise_open() && ask.case.lead_task().is_some(),
        RefusalKind::ValueInvalid,
    )
}

/// Row 28: Below the threshold, with a reason. A deputy does not rate their own answer.
pub fn rated_bad(ask: Ask<'_>) -> Verdict {
    let CaseEvent::RatedBad { rating } = ask.event else {
        return Ok(());
    };
    let own_words = !ask.ctx.actor.is_author && ask.case.reply_by == ask.case.deputy_id;
    need(!own_words, RefusalKind::SamePerson)?;
    rating_is(ask, rating, EventKind::RatedBad)?;
    need_at(
        !rating.reasons.is_empty() || !rating.text.trim().is_empty(),
        RefusalKind::TextMissing,
        "rating.reasons",
    )
}

/// Row 28: After closing: once, in time, and not when closed for good.
pub fn rated_bad_late(ask: Ask<'_>) -> Verdict {
    rated_bad(ask)?;
    need(
        !ask.case.closed_final && !ask.case.reopened_after_close,
        RefusalKind::LimitReached,
    )?;
    within(ask, ask.case.closed_at, ask.ctx.limits.reopen)
}

/// Row 29: A lead and a named leader.
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

/// Row 32: As 29, after the leader put it under supervision.
pub fn reopen_final(ask: Ask<'_>) -> Verdict {
    reopen(ask)?;
    need(ask.case.supervised, RefusalKind::TooEarly)
}

/// Row 30: A reason of the list, and words the resident will read.
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
    if ask.case.closing_appealed {
        another_person(ask, ask.case.kept_closed_by.as_ref())?;
    }
    text(words, "text")
}

/// Row 30: A leader kept it closed, and not for good.
pub fn appeal_closing(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    need(ask.case.kept_closed_by.is_some(), RefusalKind::WrongState)?;
    need(
        !ask.case.closing_appealed && !ask.case.closed_final,
        RefusalKind::LimitReached,
    )?;
    within(ask, ask.case.closed_at, ask.ctx.limits.appeal)
}

/// One question an answer, while it can still matter.
pub fn follow_up(ask: Ask<'_>) -> Verdict {
    let CaseEvent::FollowUp { text: words } = ask.event else {
        return Ok(());
    };
    text(words, "text")?;
    need(ask.case.answered_at.is_some(), RefusalKind::TooEarly)?;
    need(
        u32::from(ask.case.follow_ups) < ask.ctx.limits.follow_ups,
        RefusalKind::LimitReached,
    )?;
    match ask.case.closed_at {
        Some(_) => within(ask, ask.case.closed_at, ask.ctx.limits.reopen),
        None => Ok(()),
    }
}

/// A question waits for its words.
pub fn follow_up_answered(ask: Ask<'_>) -> Verdict {
    let CaseEvent::FollowUpAnswered { text: words } = ask.event else {
        return Ok(());
    };
    need(ask.case.follow_up_due.is_some(), RefusalKind::WrongState)?;
    text(words, "text")
}

/// Three dimensions, once an answer, and not about one's own words.
pub fn deputy_rated(ask: Ask<'_>) -> Verdict {
    let CaseEvent::DeputyRated { rating } = ask.event else {
        return Ok(());
    };
    need(ask.case.reply_by != ask.case.deputy_id, RefusalKind::SamePerson)?;
    need(!ask.case.deputy_rated, RefusalKind::LimitReached)?;
    need_at(is_valid(rating), RefusalKind::ValueInvalid, "rating")
}

/// Row 33: The promise's own task, and what shows it.
pub fn promise_kept(ask: Ask<'_>) -> Verdict {
    let CaseEvent::PromiseKept { evidence, .. } = ask.event else {
        return Ok(());
    };
    task_in(ask, |task| task.role == TaskRole::Lead && task.round == ask.case.round)?;
    text(evidence, "evidence")
}

/// Row 34: The day and its grace are over.
pub fn promise_broken(ask: Ask<'_>) -> Verdict {
    let promised = ask.case.promise_date.as_deref().and_then(Date::parse).map(Date::end);
    let over = promised.is_some_and(|day| ask.ctx.now > ask.ctx.limits.promise_grace.after(day, ask.ctx.calendar));
    need(over, RefusalKind::TooEarly)
}
