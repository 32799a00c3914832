//! What its author may still do to a letter: how often, from when, until when. Derived from the case, never stored.

use super::apply::allowed_events;
use super::case::Case;
use super::context::Context;
use super::event::EventKind as E;
use super::state::CaseState;
use crate::Millis;

/// The dates and counts beside an author's possibilities. A date is there only while the rules allow the thing itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorTerms {
    /// How often the matter may still be urged, while it is one that can be.
    pub urges_left: Option<u32>,
    /// The moment after which it may be urged again, where that is not yet.
    pub urge_from: Option<Millis>,
    /// Until when an appeal is taken.
    pub appeal_until: Option<Millis>,
    /// Until when an appeal made now is decided.
    pub appeal_by: Option<Millis>,
    /// Until when the author may say that it is another matter than the one it was joined to.
    pub unmerge_until: Option<Millis>,
    /// Until when the answer may be rated for the first time.
    pub rate_until: Option<Millis>,
    /// Until when the rating may be changed.
    pub change_until: Option<Millis>,
    /// Until when the author may say that it is still not solved, after the end.
    pub reopen_until: Option<Millis>,
    /// Until when a question about the answer asked now gets its words.
    pub follow_up_by: Option<Millis>,
    /// Others' letters are joined to this one: without its author the office goes on.
    pub joined: bool,
}

crate::wire!(AuthorTerms {
    urges_left,
    urge_from,
    appeal_until,
    appeal_by,
    unmerge_until,
    rate_until,
    change_until,
    reopen_until,
    follow_up_by,
    joined
});

/// The terms for the author; the context's actor is the author.
pub fn author_terms(case: &Case, ctx: &Context<'_>) -> AuthorTerms {
    let ctx = &ctx.of_category(case, None);
    let allowed = allowed_events(case, ctx);
    let can = |kind| allowed.contains(&kind);
    let (limits, calendar, now) = (ctx.limits, ctx.calendar, ctx.now);
    let closed = case.state == CaseState::Closed;
    let (urges_left, urge_from) = urging(case, ctx, can(E::Urge));
    let decided = if closed {
        limits.decide_dispute
    } else {
        limits.decide_appeal
    };
    AuthorTerms {
        urges_left,
        urge_from,
        appeal_until: case
            .closed_at
            .filter(|_| can(E::Appeal))
            .map(|since| limits.appeal.after(since, calendar)),
        appeal_by: can(E::Appeal).then(|| decided.after(now, calendar)),
        unmerge_until: case
            .merged_at
            .filter(|_| can(E::Unmerge))
            .map(|since| limits.unmerge.after(since, calendar)),
        rate_until: case
            .survey_until
            .filter(|_| case.state == CaseState::Answered && can(E::RatedOk)),
        change_until: case
            .rated_at
            .filter(|_| case.state != CaseState::Answered && can(E::RatedOk))
            .map(|since| limits.rating_change.after(since, calendar)),
        reopen_until: case
            .closed_at
            .filter(|_| closed && can(E::RatedBad))
            .map(|since| limits.reopen.after(since, calendar)),
        follow_up_by: can(E::FollowUp).then(|| limits.follow_up.after(now, calendar)),
        joined: !case.joined.is_empty(),
    }
}

/// How often it may still be urged, and the moment from which, where that lies ahead. Nothing where urging has no place.
fn urging(case: &Case, ctx: &Context<'_>, possible: bool) -> (Option<u32>, Option<Millis>) {
    let place = super::table::rows().any(|row| row.event == E::Urge && row.from.contains(&case.state));
    if !place || case.author_left || !ctx.actor.is_author {
        return (None, None);
    }
    let left = ctx.limits.urges.saturating_sub(u32::from(case.urge_count));
    if left == 0 || possible {
        return (Some(left), None);
    }
    let since = case.last_urge_at.unwrap_or(case.submitted_at);
    let again = ctx.limits.urge_every.after(since, ctx.calendar);
    // A due date that passes before then opens it too.
    let due = case.due_at.filter(|due| *due >= ctx.now);
    (Some(left), Some(due.map_or(again, |due| due.min(again))))
}
