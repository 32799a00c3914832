//! The fold: a case is what its records made of it. The only place where a case changes.

mod content;
mod tasks;

use super::case::{Case, EventRecord, Holder, LastAct};
use super::event::CaseEvent;
use super::state::{CaseState, HolderKind, PublicationState};

/// A log that cannot be a case's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenLog {
    /// No records.
    Empty,
    /// The first record is no submission, or a later one is.
    NotOpened,
    /// A number is missing or comes twice.
    Gap,
    /// A record does not begin where the one before it ended.
    Torn,
}

/// The case after one more record.
pub fn evolve(case: Option<Case>, record: &EventRecord) -> Result<Case, BrokenLog> {
    match case {
        None if record.seq != 1 => Err(BrokenLog::Gap),
        None => opened(record).ok_or(BrokenLog::NotOpened),
        Some(_) if matches!(record.event, CaseEvent::Submit { .. }) => Err(BrokenLog::NotOpened),
        Some(case) if record.seq != case.version + 1 => Err(BrokenLog::Gap),
        Some(case) if record.from != Some(case.state) => Err(BrokenLog::Torn),
        Some(case) => Ok(advanced(case, record)),
    }
}

/// The case of a whole log, oldest record first.
pub fn rebuild<'a>(records: impl IntoIterator<Item = &'a EventRecord>) -> Result<Case, BrokenLog> {
    let mut case = None;
    for record in records {
        case = Some(evolve(case, record)?);
    }
    case.ok_or(BrokenLog::Empty)
}

fn opened(record: &EventRecord) -> Option<Case> {
    let CaseEvent::Submit {
        station_id,
        deputy_id,
        category_id,
        urgency,
        consent_publish,
        name_shown,
        on_behalf,
    } = &record.event
    else {
        return None;
    };
    let nobody = Holder {
        kind: HolderKind::Nobody,
        id: None,
        since: record.at,
        due: None,
    };
    Some(Case {
        id: record.facts.case_id.clone()?,
        state: record.to,
        version: 1,
        station_id: station_id.clone(),
        deputy_id: deputy_id.clone(),
        category_id: category_id.clone(),
        class: None,
        urgency: *urgency,
        submitted_at: record.at,
        accepted_at: None,
        due_at: None,
        holder: record.facts.holder.clone().unwrap_or(nobody),
        round: 1,
        tasks: Vec::new(),
        before_info: None,
        info_asked: 0,
        held_due: None,
        paused_since: None,
        paused_total: 0,
        bounce_count: 0,
        returned_by: Vec::new(),
        reply: None,
        reply_by: None,
        outcome: None,
        promise_date: None,
        promise_kept: false,
        first_answered_at: None,
        answered_at: None,
        survey_until: None,
        rated: false,
        rated_at: None,
        closed_at: None,
        closed_final: false,
        reopened_after_close: false,
        appealed: false,
        declined_by: None,
        lowered_by: None,
        urge_count: 0,
        last_urge_at: None,
        supervised: false,
        supervise_due: None,
        last_note_at: None,
        merged_into: None,
        before_merge: None,
        merged_at: None,
        parts: Vec::new(),
        publication: PublicationState::Private,
        consent_publish: *consent_publish,
        name_shown: *name_shown,
        copy: None,
        copy_proposed_at: None,
        copy_approved: false,
        signatory: None,
        last_signatory: None,
        joined: Vec::new(),
        author_left: false,
        follow_ups: 0,
        follow_up_due: None,
        deputy_rated: false,
        contacts: Vec::new(),
        kept_closed_by: None,
        closing_appealed: false,
        on_behalf: on_behalf.is_some(),
        last_act: Some(act_of(record)),
    })
}

fn act_of(record: &EventRecord) -> LastAct {
    LastAct {
        by: record.actor.account_id.clone(),
        kind: record.event.kind(),
        at: record.at,
    }
}

fn advanced(mut case: Case, record: &EventRecord) -> Case {
    if let Some(before) = &record.facts.restored {
        // A step taken back leaves no trace but in the log.
        return Case {
            version: record.seq,
            last_act: Some(act_of(record)),
            ..Case::clone(before)
        };
    }
    case.version = record.seq;
    case.last_act = Some(act_of(record));
    pause(&mut case, record);
    content::content(&mut case, record);
    content::handling(&mut case, record);
    tasks::task_axis(&mut case, record);
    content::publication(&mut case, record);
    enter(&mut case, record);
    dates(&mut case, record);
    case
}

/// The clock stops and goes on.
fn pause(case: &mut Case, record: &EventRecord) {
    let (from, to) = (case.state, record.to);
    if to == CaseState::NeedInfo && from != CaseState::NeedInfo {
        case.before_info = Some(from);
        case.held_due = case.holder.due;
        case.paused_since = Some(record.at);
        case.info_asked = case.info_asked.saturating_add(1);
    } else if from == CaseState::NeedInfo && to != CaseState::NeedInfo {
        if let Some(since) = case.paused_since.take() {
            case.paused_total += (record.at - since).max(0);
        }
        if Some(to) != case.before_info {
            case.info_asked = 0;
        }
        case.before_info = None;
        case.held_due = None;
    } else if from != to {
        case.info_asked = 0;
    }
}

/// The new state, and what is over with it.
fn enter(case: &mut Case, record: &EventRecord) {
    let left = case.state;
    case.state = record.to;
    if left == record.to {
        return;
    }
    match record.to {
        CaseState::Closed | CaseState::Declined | CaseState::Referred | CaseState::Withdrawn => {
            case.closed_at = Some(record.at);
        }
        CaseState::Answered => case.rated = false,
        CaseState::Tracking => case.survey_until = None,
        _ => {}
    }
}

/// What the rules worked out at the time.
fn dates(case: &mut Case, record: &EventRecord) {
    for moved in &record.facts.moved {
        if let Some(task) = case.tasks.iter_mut().find(|task| task.id == moved.id) {
            task.sign_due = moved.sign_due;
            task.due_at = moved.due_at;
            task.extension_until = moved.extension_until;
        }
    }
    case.due_at = record.facts.due_at.or(case.due_at);
    case.survey_until = record.facts.survey_until.or(case.survey_until);
    case.follow_up_due = record.facts.follow_up_due.or(case.follow_up_due);
    case.held_due = record.facts.held_due.or(case.held_due);
    if let Some(holder) = &record.facts.holder {
        case.holder = holder.clone();
    }
}
