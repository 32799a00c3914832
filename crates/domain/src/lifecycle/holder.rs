//! Who held the matter for how long, and what comes next. Derived from the log and the case, never stored.

use super::case::{Case, EventRecord};
use super::context::Context;
use super::due::reply_in_by;
use super::state::{CaseState, HolderKind, coded_enum};
use crate::{Id, Millis};

/// The time since the letter arrived, split by who had the ball, in the order they first had it. Ends with the case;
/// an open case counts up to `now`. Records oldest first.
pub fn elapsed_by_holder(records: &[EventRecord], now: Millis) -> Vec<(HolderKind, Option<Id>, Millis)> {
    let mut split: Vec<(HolderKind, Option<Id>, Millis)> = Vec::new();
    let mut holder = None;
    for (at, record) in records.iter().enumerate() {
        holder = record.facts.holder.as_ref().or(holder);
        let Some(held) = holder.filter(|holder| holder.kind != HolderKind::Nobody) else {
            continue;
        };
        let until = records.get(at + 1).map_or(now, |next| next.at);
        let length = (until - record.at).max(0);
        match split
            .iter_mut()
            .find(|(kind, id, _)| *kind == held.kind && *id == held.id)
        {
            Some((_, _, sum)) => *sum += length,
            None => split.push((held.kind, held.id.clone(), length)),
        }
    }
    split
}

coded_enum! {
    /// What comes next; the words for it are made elsewhere.
    NextStepKind {
        /// The office takes the matter on or says why not.
        Accept = "accept",
        /// The deputy answers or passes it on.
        DeputyAct = "deputy_act",
        /// The office names a unit.
        Assign = "assign",
        /// The unit signs.
        Sign = "sign",
        /// The unit replies.
        Reply = "reply",
        /// The office reads the reply.
        Review = "review",
        /// The resident rates the answer.
        Rate = "rate",
        /// The office decides on a dissatisfaction.
        Decide = "decide",
        /// The office decides on a unit's return.
        DecideReturn = "decide_return",
        /// The promised day comes.
        KeepPromise = "keep_promise",
        /// The resident answers a question.
        ResidentAnswers = "resident_answers",
        /// The joint meeting names the owner.
        Arbitrate = "arbitrate",
        /// The question about the answer gets its words.
        FollowUp = "follow_up",
        /// The parts are answered.
        Parts = "parts",
        /// The letter it was joined to is answered.
        Lead = "lead",
        /// Nothing; it has ended.
        None = "none",
    }
}

/// The next step and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep {
    pub kind: NextStepKind,
    pub by: Option<Millis>,
}

/// What comes next. For a resident the reply's date is the answer's date; a unit sees [`unit_reply_by`].
pub fn next_step(case: &Case) -> NextStep {
    use CaseState as S;
    use NextStepKind as N;
    // The rating waits for the words to an open question.
    let asked = matches!(case.state, S::Answered | S::Tracking | S::Closed);
    if let Some(by) = case.follow_up_due.filter(|_| asked) {
        return NextStep {
            kind: N::FollowUp,
            by: Some(by),
        };
    }
    let kind = match case.state {
        S::Submitted | S::ScreeningHold => N::Accept,
        S::NeedInfo => N::ResidentAnswers,
        S::Accepted => N::Assign,
        S::WithDeputy => N::DeputyAct,
        S::Assigned | S::InProgress if case.return_pending() => N::DecideReturn,
        S::InProgress if !case.parts.is_empty() => N::Parts,
        S::Assigned => N::Sign,
        S::InProgress | S::SecondHandling => N::Reply,
        S::Arbitration => N::Arbitrate,
        S::ReplyReview => N::Review,
        S::Answered => N::Rate,
        S::Disputed => N::Decide,
        S::Tracking => N::KeepPromise,
        S::Merged => N::Lead,
        S::Closed | S::Declined | S::Referred | S::Withdrawn | S::Archived => N::None,
    };
    NextStep {
        kind,
        by: case.holder.due,
    }
}

/// By when the unit's reply has to be in the office's hands: its due date less the internal review (two work days).
pub fn unit_reply_by(task_due: Millis, ctx: &Context<'_>) -> Millis {
    reply_in_by(task_due, ctx.limits.internal_review, ctx.calendar)
}
