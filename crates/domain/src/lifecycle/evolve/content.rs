//! What an event says about the case itself: its category, its rating, its replies, what the public may see.

use crate::lifecycle::case::{Case, EventRecord};
use crate::lifecycle::event::{CaseEvent, ReplyText};
use crate::lifecycle::state::{CaseClass, CaseState, PublicationState, Urgency};

/// What the event says about the case itself.
pub(super) fn content(case: &mut Case, record: &EventRecord) {
    match &record.event {
        CaseEvent::AutoAccept { category_id, class } => {
            case.category_id = Some(category_id.clone());
            case.class = Some(*class);
            case.accepted_at = Some(record.at);
        }
        CaseEvent::Accept {
            category_id,
            class,
            urgency,
            ..
        } => {
            case.category_id = Some(category_id.clone());
            case.class = Some(*class);
            if case.urgency != Urgency::Normal && *urgency == Urgency::Normal {
                case.lowered_by.clone_from(&record.actor.account_id);
            }
            case.urgency = *urgency;
            case.accepted_at = Some(record.at);
        }
        CaseEvent::Decline { .. } => case.declined_by.clone_from(&record.actor.account_id),
        CaseEvent::Appeal { .. } => {
            if case.state == CaseState::Closed {
                case.closing_appealed = true;
            } else {
                case.appealed = true;
            }
            case.closed_at = None;
        }
        CaseEvent::ToDeputy { deputy_id } => case.deputy_id = Some(deputy_id.clone()),
        CaseEvent::RatedOk { .. } => {
            case.rated = true;
            case.rated_at = Some(record.at);
        }
        CaseEvent::RatedBad { .. } => {
            case.rated = true;
            case.rated_at = Some(record.at);
            if case.state == CaseState::Closed {
                case.reopened_after_close = true;
                case.closed_at = None;
            }
            case.closed_final |= record.to == CaseState::Closed;
        }
        CaseEvent::KeepClosed { .. } => {
            case.closed_final |= case.round > 1 || case.reopened_after_close || case.closing_appealed;
            case.kept_closed_by.clone_from(&record.actor.account_id);
        }
        CaseEvent::SurveyExpired {} => case.closed_final |= case.round > 2,
        CaseEvent::Merge { into, .. } => {
            case.before_merge = Some(case.state);
            case.merged_into = Some(into.clone());
            case.merged_at = Some(record.at);
        }
        CaseEvent::Unmerge {} => {
            case.before_merge = None;
            case.merged_into = None;
            case.merged_at = None;
            case.class.get_or_insert(CaseClass::Normal);
            case.accepted_at.get_or_insert(record.at);
        }
        CaseEvent::Split { parts } => case.parts.clone_from(parts),
        CaseEvent::Supervise { due_at, .. } => {
            case.supervised = true;
            case.supervise_due = Some(*due_at);
        }
        CaseEvent::Urge {} => {
            case.urge_count = case.urge_count.saturating_add(1);
            case.last_urge_at = Some(record.at);
        }
        CaseEvent::ProgressNote { public: true, .. } => case.last_note_at = Some(record.at),
        CaseEvent::MergedIn { letter_id } => case.joined.push(letter_id.clone()),
        CaseEvent::MergedOut { letter_id } => case.joined.retain(|joined| joined != letter_id),
        // Others' letters hang on this one: it stays, without its author.
        CaseEvent::Withdraw { .. } if record.to.is_open() => case.author_left = true,
        CaseEvent::Contacted { stage, .. } => case.contacts.push(*stage),
        CaseEvent::FollowUp { .. } => case.follow_ups = case.follow_ups.saturating_add(1),
        CaseEvent::FollowUpAnswered { .. } => case.follow_up_due = None,
        CaseEvent::DeputyRated { .. } => case.deputy_rated = true,
        _ => {}
    }
}

/// Replies, answers, promises and rounds.
pub(super) fn handling(case: &mut Case, record: &EventRecord) {
    match &record.event {
        CaseEvent::SubmitReply {
            task_id,
            reply,
            signed_off_by,
        } => {
            case.reply = Some(reply.clone());
            case.reply_by = case.task(task_id).map(|task| task.unit_id.clone());
            case.signatory = Some(signed_off_by.clone());
        }
        CaseEvent::DeputyAnswer { reply } => {
            case.reply = Some(reply.clone());
            case.reply_by.clone_from(&case.deputy_id);
            case.signatory = None;
        }
        CaseEvent::LeadAnswered { reply } | CaseEvent::PartsAnswered { reply } => {
            case.reply = Some(reply.clone());
            case.reply_by = None;
            case.signatory = None;
        }
        CaseEvent::PromiseKept { .. } => case.promise_kept = true,
        CaseEvent::Reopen { .. } | CaseEvent::PromiseBroken {} => case.round = (case.round + 1).min(3),
        _ => {}
    }
    if record.to == CaseState::Answered
        && case.state != CaseState::Answered
        && !matches!(record.event, CaseEvent::PromiseKept { .. })
    {
        answered(case, record);
    }
}

/// An answer reached the resident.
fn answered(case: &mut Case, record: &EventRecord) {
    let (outcome, promise) = match &case.reply {
        Some(ReplyText {
            outcome, promise_date, ..
        }) => (Some(*outcome), promise_date.clone()),
        None => (None, None),
    };
    case.outcome = outcome;
    case.promise_date = promise;
    case.promise_kept = false;
    case.follow_ups = 0;
    case.follow_up_due = None;
    case.deputy_rated = false;
    case.last_signatory = case.signatory.take().or_else(|| case.last_signatory.take());
    case.first_answered_at.get_or_insert(record.at);
    case.answered_at = Some(record.at);
}

/// What the public may see.
pub(super) fn publication(case: &mut Case, record: &EventRecord) {
    use PublicationState as P;
    match &record.event {
        CaseEvent::ConsentChanged { consent } => {
            case.consent_publish = *consent;
            if !*consent {
                withdraw_copy(case);
            }
        }
        CaseEvent::Withdraw { .. } => withdraw_copy(case),
        CaseEvent::ProposeCopy { copy } => {
            case.copy = Some(copy.clone());
            case.copy_proposed_at = Some(record.at);
            case.copy_approved = false;
            case.publication = P::Pending;
        }
        CaseEvent::CopyApproved {} => case.copy_approved = true,
        CaseEvent::Publish {} | CaseEvent::Unhide {} => case.publication = P::Published,
        CaseEvent::RefusePublish { .. } => case.publication = P::Refused,
        CaseEvent::Hide { .. } => case.publication = P::Hidden,
        _ => {}
    }
}

fn withdraw_copy(case: &mut Case) {
    case.copy_approved = false;
    case.publication = match case.publication {
        PublicationState::Published => PublicationState::Hidden,
        PublicationState::Pending => PublicationState::Private,
        other => other,
    };
}
