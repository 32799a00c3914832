//! The task axis: what an event makes of the units' pieces of work.

use crate::lifecycle::case::{Case, EventRecord, NewTask, Task};
use crate::lifecycle::event::CaseEvent;
use crate::lifecycle::state::{CaseState, TaskRole, TaskState};

/// The units' pieces of work.
pub(super) fn task_axis(case: &mut Case, record: &EventRecord) {
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
        CaseEvent::ReassignUnit { unit_id, .. } => {
            task.unit_id.clone_from(unit_id);
            task.delegate = None;
        }
        CaseEvent::Delegate { unit_id, .. } => task.delegate.clone_from(unit_id),
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
        delegate: None,
    }
}
