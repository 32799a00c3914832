//! The fold: a case is what its records made of it. The only place where a case changes.

use super::case::{Case, EventRecord, Holder, NewTask, Task};
use super::event::{CaseEvent, ReplyText};
use super::state::{CaseState, HolderKind, PublicationState, TaskRole, TaskState, Urgency};

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
    })
}

fn advanced(mut case: Case, record: &EventRecord) -> Case {
    case.version = record.seq;
    pause(&mut case, record);
    content(&mut case, record);
    handling(&mut case, record);
    task_axis(&mut case, record);
    publication(&mut case, record);
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

/// What the event says about the case itself.
fn content(case: &mut Case, record: &EventRecord) {
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
            case.appealed = true;
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
        CaseEvent::KeepClosed { .. } => case.closed_final |= case.round > 1 || case.reopened_after_close,
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
            case.class.get_or_insert(super::state::CaseClass::Normal);
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
        _ => {}
    }
}

/// Replies, answers, promises and rounds.
fn handling(case: &mut Case, record: &EventRecord) {
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
        CaseEvent::LeadAnswered { reply } => {
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
    case.last_signatory = case.signatory.take().or_else(|| case.last_signatory.take());
    case.first_answered_at.get_or_insert(record.at);
    case.answered_at = Some(record.at);
}

/// The units' pieces of work.
fn task_axis(case: &mut Case, record: &EventRecord) {
    if let Some(id) = record.event.task_id() {
        let index = case.tasks.iter().position(|task| task.id == *id);
        if let Some(task) = index.and_then(|at| case.tasks.get_mut(at)) {
            if let CaseEvent::ReturnRequest { .. } = &record.event {
                case.bounce_count = case.bounce_count.saturating_add(1);
                case.returned_by.push(task.unit_id.clone());
            }
            one_task(task, record);
        }
    }
    let lead_id = case.lead_task().map(|task| task.id.clone());
    let lead = case.tasks.iter_mut().find(|task| Some(&task.id) == lead_id.as_ref());
    match (&record.event, lead) {
        (CaseEvent::SendBack { .. }, Some(task)) => task.state = TaskState::SentBack,
        (CaseEvent::Release { .. }, Some(task)) => task.state = TaskState::AcceptedByOffice,
        (CaseEvent::BounceLimit {}, Some(task)) => task.state = TaskState::Returned,
        _ => {}
    }
    if ends_handling(record) {
        for task in case.tasks.iter_mut().filter(|task| task.state.is_open()) {
            task.state = TaskState::Cancelled;
            task.extension_until = None;
            task.proposed_unit = None;
            task.before_side = None;
        }
    }
    for new in &record.facts.tasks {
        let task = dispatched(new, record, case.round);
        case.tasks.push(task);
    }
}

/// What is still open ends with it: the units are relieved or others come.
fn ends_handling(record: &EventRecord) -> bool {
    !record.to.is_open()
        || matches!(
            record.to,
            CaseState::Accepted | CaseState::Arbitration | CaseState::Answered
        )
        || matches!(
            record.event,
            CaseEvent::Split { .. } | CaseEvent::Reopen { .. } | CaseEvent::PromiseBroken {}
        )
}

fn one_task(task: &mut Task, record: &EventRecord) {
    match &record.event {
        CaseEvent::Sign { section, officer, .. } => {
            task.state = TaskState::Signed;
            task.signed_at = Some(record.at);
            task.section = Some(section.clone());
            task.officer = Some(officer.clone());
        }
        CaseEvent::AutoSign { .. } => {
            task.state = TaskState::Signed;
            task.signed_at = Some(record.at);
            task.auto_signed = true;
        }
        CaseEvent::ReturnRequest { proposed_unit, .. } => {
            task.before_side = Some(task.state);
            task.state = TaskState::ReturnRequested;
            task.proposed_unit = Some(proposed_unit.clone());
            task.extension_until = None;
        }
        CaseEvent::ReturnApproved { .. } => task.state = TaskState::Returned,
        CaseEvent::ReturnRefused { .. } => {
            task.proposed_unit = None;
            task.state = match task.before_side.take() {
                None | Some(TaskState::Dispatched | TaskState::ExtensionRequested) => TaskState::Signed,
                Some(state) => state,
            };
            if task.signed_at.is_none() {
                task.signed_at = Some(record.at);
                task.auto_signed = true;
            }
        }
        CaseEvent::ProgressNote { .. } if task.state == TaskState::Signed => task.state = TaskState::Working,
        CaseEvent::CoOpinion { .. } => {
            task.state = TaskState::Submitted;
            task.signed_at.get_or_insert(record.at);
        }
        CaseEvent::ExtensionRequest { until, .. } => {
            task.before_side = Some(task.state);
            task.state = TaskState::ExtensionRequested;
            task.extension_until = Some(*until);
        }
        CaseEvent::ExtensionApproved { .. } | CaseEvent::ExtensionRefused { .. } => {
            task.state = task.before_side.take().unwrap_or(TaskState::Working);
            task.extension_until = None;
            task.extended |= matches!(record.event, CaseEvent::ExtensionApproved { .. });
        }
        CaseEvent::ReassignUnit { unit_id, .. } => task.unit_id.clone_from(unit_id),
        CaseEvent::DraftBegun { .. } | CaseEvent::InternalRejected { .. } => leave_side(task, TaskState::DraftReply),
        CaseEvent::ToInternalReview { .. } => task.state = TaskState::InternalReview,
        CaseEvent::SubmitReply { .. } => leave_side(task, TaskState::Submitted),
        CaseEvent::PromiseKept { .. } => task.state = TaskState::AcceptedByOffice,
        _ => {}
    }
}

/// Whatever was being asked for is no longer needed.
fn leave_side(task: &mut Task, state: TaskState) {
    task.state = state;
    task.before_side = None;
    task.extension_until = None;
}

fn dispatched(new: &NewTask, record: &EventRecord, round: u8) -> Task {
    let leader = match &record.event {
        CaseEvent::Assign { leader, .. } if new.role == TaskRole::Lead => leader.clone(),
        CaseEvent::Reopen { leader, .. } => Some(leader.clone()),
        _ => None,
    };
    Task {
        id: new.id.clone(),
        round,
        unit_id: new.unit_id.clone(),
        role: new.role,
        state: TaskState::Dispatched,
        dispatched_at: record.at,
        sign_due: new.sign_due,
        signed_at: None,
        auto_signed: false,
        due_at: new.due_at,
        leader,
        section: None,
        officer: None,
        final_owner: new.role == TaskRole::Lead && matches!(record.event, CaseEvent::Award { .. }),
        extended: false,
        extension_until: None,
        proposed_unit: None,
        before_side: None,
    }
}

/// What the public may see.
fn publication(case: &mut Case, record: &EventRecord) {
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

/// The new state, and what is over with it.
fn enter(case: &mut Case, record: &EventRecord) {
    let left = case.state;
    case.state = record.to;
    if left == record.to {
        return;
    }
    match record.to {
        CaseState::Closed | CaseState::Declined | CaseState::Referred | CaseState::Withdrawn => {
            case.closed_at = Some(record.at)
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
    if let Some(holder) = &record.facts.holder {
        case.holder = holder.clone();
    }
}
