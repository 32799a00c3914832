//! What is derived from a case so that lists and lanes can ask for it: the letter's columns, the units' assignments.

use crate::entity::{assignment, message};
use crate::sql::{Query, marks, to_json};
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::lifecycle::{Case, CaseState, Context, EventRecord, PublicationState, TaskState};
use liaison_domain::notify;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, EntityTrait as _, Set};

/// Stands for "no date" where rows are sorted by date: behind all others.
pub(crate) const NEVER: Millis = Millis::MAX;

impl Store {
    /// Brings everything derived from the case up to date with these new records; tells whether what everybody may read
    /// changed. `before`: the case as it was derived from last.
    pub(super) async fn project(
        &self,
        tx: &DatabaseTransaction,
        before: Option<&Case>,
        case: &Case,
        records: &[EventRecord],
        ctx: &Context<'_>,
    ) -> Result<bool, StoreError> {
        if before
            .is_none_or(|before| before.tasks != case.tasks || before.state != case.state || before.round != case.round)
        {
            self.project_tasks(tx, case).await?;
        }
        if records.iter().any(|record| record.facts.restored.is_some()) {
            self.drop_tasks_taken_back(tx, case).await?;
        }
        for record in records {
            self.project_answer(tx, case, record, ctx.limits).await?;
        }
        let never_shown = |case: &Case| case.publication == PublicationState::Private && case.copy.is_none();
        // How many letters somebody answered stands on public pages, whether the letter itself does or not.
        let is_answered = records
            .iter()
            .any(|record| record.to == CaseState::Answered && record.from != Some(CaseState::Answered));
        if never_shown(case) && before.is_none_or(never_shown) {
            return Ok(is_answered);
        }
        Ok(self.project_publication(tx, case, records).await? || is_answered)
    }

    async fn project_tasks(&self, tx: &DatabaseTransaction, case: &Case) -> Result<(), StoreError> {
        let lead = case.lead_task().map(|task| &task.id);
        for task in &case.tasks {
            let row = assignment::ActiveModel {
                tenant_id: Set(self.tenant()),
                id: Set(task.id.clone()),
                message_id: Set(case.id.clone()),
                unit_id: Set(task.unit_id.clone()),
                role: Set(task.role.code().to_owned()),
                round: Set(i64::from(task.round)),
                state: Set(task.state.code().to_owned()),
                dispatched_at: Set(task.dispatched_at),
                sign_due: Set(task.sign_due),
                due_at: Set(task.due_at),
                sort_due: Set(if task.state == TaskState::Dispatched {
                    task.sign_due
                } else {
                    task.due_at
                }),
                tracking: Set(case.state == CaseState::Tracking && Some(&task.id) == lead),
                draft_reply: Set(None),
                draft_saved_at: Set(None),
                delegate_id: Set(task.delegate.clone()),
            };
            // A reply being written stays: it is the unit's, not the case's.
            let conflict = OnConflict::columns([assignment::Column::TenantId, assignment::Column::Id])
                .update_columns([
                    assignment::Column::UnitId,
                    assignment::Column::State,
                    assignment::Column::SignDue,
                    assignment::Column::DueAt,
                    assignment::Column::SortDue,
                    assignment::Column::Tracking,
                    assignment::Column::DelegateId,
                ])
                .to_owned();
            assignment::Entity::insert(row)
                .on_conflict(conflict)
                .exec_without_returning(tx)
                .await?;
        }
        Ok(())
    }

    /// An assignment that was taken back at once was none.
    async fn drop_tasks_taken_back(&self, tx: &DatabaseTransaction, case: &Case) -> Result<(), StoreError> {
        let mut query = Query::new(
            "DELETE FROM assignment WHERE tenant_id = ? AND message_id = ?",
            [self.tenant().into(), case.id.as_str().into()],
        );
        if !case.tasks.is_empty() {
            let ids = case.tasks.iter().map(|task| task.id.as_str().into());
            query.push_all(&["AND id NOT IN ", &marks(case.tasks.len())].concat(), ids);
        }
        query.execute(tx).await?;
        Ok(())
    }
}

/// The letter's columns that follow from its case.
pub(super) fn columns(
    case: &Case,
    records: &[EventRecord],
    ctx: &Context<'_>,
) -> Result<message::ActiveModel, StoreError> {
    let some_task = |state: TaskState| case.tasks.iter().any(|task| task.state == state);
    Ok(message::ActiveModel {
        station_id: Set(case.station_id.clone()),
        deputy_id: Set(case.deputy_id.clone()),
        category_id: Set(case.category_id.clone()),
        state: Set(case.state.code().to_owned()),
        holder_kind: Set(case.holder.kind.code().to_owned()),
        holder_id: Set(case.holder.id.clone()),
        holder_since: Set(case.holder.since),
        holder_due: Set(case.holder.due),
        due_at: Set(case.due_at),
        sort_due: Set(lane_due(case).unwrap_or(NEVER)),
        paused: Set(case.paused_since.is_some()),
        urgency: Set(case.urgency.code().to_owned()),
        round: Set(i64::from(case.round)),
        supervised: Set(case.supervised),
        appealed: Set(case.appealed),
        in_return: Set(some_task(TaskState::ReturnRequested)),
        in_extension: Set(some_task(TaskState::ExtensionRequested)),
        unit_id: Set(case.lead_task().map(|task| task.unit_id.clone())),
        silent_at: Set(notify::silent_at(case, ctx)),
        remind_at: Set(notify::first_at(case, ctx)),
        follow_up_due: Set(case.follow_up_due),
        publication: Set(case.publication.code().to_owned()),
        to_publish: Set(to_publish(case)),
        submitted_at: Set(case.submitted_at),
        accepted_at: Set(case.accepted_at),
        updated_at: Set(records.last().map_or(case.submitted_at, |record| record.at)),
        first_answered_at: Set(case.first_answered_at),
        answered_at: Set(case.answered_at),
        closed_at: Set(case.closed_at),
        outcome: Set(case.outcome.map(|outcome| outcome.code().to_owned())),
        promise_date: Set(case.promise_date.clone()),
        wake_at: Set(wake_at(case)),
        name_shown: Set(case.name_shown.code().to_owned()),
        consent_publish: Set(case.consent_publish),
        merged_into: Set(case.merged_into.clone()),
        version: Set(case.version),
        snapshot: Set(to_json(case)?),
        ..message::ActiveModel::default()
    })
}

/// The day that counts in a lane: the earlier of the holder's and the resident's; none once it is at an end.
fn lane_due(case: &Case) -> Option<Millis> {
    match case.state {
        state if !state.is_open() => None,
        // The ball lies with the resident, or with the future.
        CaseState::NeedInfo | CaseState::Answered | CaseState::Tracking => case.holder.due,
        _ => [case.holder.due, case.due_at, case.supervise_due]
            .into_iter()
            .flatten()
            .min(),
    }
}

/// Somebody has to look at the public copy: agreed to and answered, or drawn up and not yet decided.
fn to_publish(case: &Case) -> bool {
    match case.publication {
        PublicationState::Pending => true,
        PublicationState::Private => {
            case.consent_publish
                && case.first_answered_at.is_some()
                && matches!(
                    case.state,
                    CaseState::Answered | CaseState::Tracking | CaseState::Closed
                )
        }
        _ => false,
    }
}

/// When the first automatic event could be due.
fn wake_at(case: &Case) -> Option<Millis> {
    let own = match case.state {
        CaseState::NeedInfo | CaseState::WithDeputy | CaseState::Tracking => case.holder.due,
        CaseState::Answered => case.survey_until,
        _ => None,
    };
    let unsigned = case
        .tasks
        .iter()
        .filter(|task| task.state == TaskState::Dispatched)
        .map(|task| task.sign_due);
    // While the resident is asked, the units' clocks stand still.
    if case.paused_since.is_some() {
        own
    } else {
        own.into_iter().chain(unsigned).min()
    }
}
