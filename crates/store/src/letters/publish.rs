//! The published copy of a letter: the only thing public reads ever see.

use super::Letter;
use crate::directory::Names;
use crate::entity::{message, publication};
use crate::sql::{Query, from_json, to_json};
use crate::{Store, StoreError, search};
use liaison_domain::dto::{CaseEventView, PublicAnswer};
use liaison_domain::lifecycle::{
    Case, CaseEvent, EventRecord, NameShown, PublicCopy, PublicationState, Role, TaskRole, Visibility,
};
use liaison_domain::{Id, Millis};
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use std::collections::BTreeSet;

impl Store {
    /// Makes the published copy what the case says: there, blank with a reason, or gone. Tells whether there is or was
    /// one.
    pub(super) async fn project_publication(
        &self,
        tx: &DatabaseTransaction,
        case: &Case,
        records: &[EventRecord],
    ) -> Result<bool, StoreError> {
        let kept = publication::Entity::find_by_id((self.tenant(), case.id.clone()))
            .one(tx)
            .await?;
        let now = records.last().map_or(case.submitted_at, |record| record.at);
        let published_at = kept.as_ref().map_or(now, |row| row.published_at);
        match (case.publication, &case.copy) {
            (PublicationState::Published, Some(copy)) => {
                self.keep_copy(tx, case, copy, published_at, false).await?;
                Ok(true)
            }
            // What was public once keeps its number and state, whatever is decided about a new copy.
            (PublicationState::Hidden | PublicationState::Pending | PublicationState::Refused, Some(copy))
                if kept.is_some() =>
            {
                self.keep_copy(tx, case, copy, published_at, true).await?;
                Ok(true)
            }
            _ if kept.is_some() => {
                let gone = "DELETE FROM publication WHERE tenant_id = ? AND message_id = ?";
                Query::new(gone, [self.tenant().into(), case.id.as_str().into()])
                    .execute(tx)
                    .await?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    async fn keep_copy(
        &self,
        tx: &DatabaseTransaction,
        case: &Case,
        copy: &PublicCopy,
        published_at: Millis,
        hidden: bool,
    ) -> Result<(), StoreError> {
        use publication::Column as C;
        let found = message::Entity::find_by_id((self.tenant(), case.id.clone()))
            .one(tx)
            .await?;
        let Some(letter) = found.as_ref().map(Letter::of).transpose()? else {
            return Ok(());
        };
        let log = self.log_in(tx, &case.id).await?;
        let unit_id = case
            .tasks
            .iter()
            .rev()
            .find(|task| task.role == TaskRole::Lead && task.state.is_current())
            .map(|t| t.unit_id.clone());
        let names = Names::of(tx, &self.tenant, ids(case, &log)).await?;
        let shown_words = (copy.title.as_str(), copy.body.as_str(), copy.answer.as_str());
        // Hidden: number and state stay, every word is gone from the table itself.
        let (title, body, answer) = if hidden { ("", "", "") } else { shown_words };
        let answers = if hidden || answer.is_empty() {
            Vec::new()
        } else {
            vec![public_answer(case, answer, &names)]
        };
        let author = letter.name.filter(|_| case.name_shown == NameShown::Public && !hidden);
        let row = publication::Model {
            tenant_id: self.tenant(),
            message_id: case.id.clone(),
            no: letter.no,
            kind: letter.kind.code().to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            answers: to_json(&answers)?,
            pictures: to_json(if hidden { &[][..] } else { &copy.attachments })?,
            author_name: author,
            category_id: case.category_id.clone(),
            area_id: letter.area_id,
            station_id: case.station_id.clone(),
            deputy_id: case.deputy_id.clone(),
            unit_id,
            state: case.state.code().to_owned(),
            outcome: case.outcome.map(|outcome| outcome.code().to_owned()),
            promise_date: case.promise_date.clone(),
            timeline: to_json(&if hidden { Vec::new() } else { timeline(&log, &names) })?,
            submitted_at: case.submitted_at,
            answered_at: case.answered_at,
            published_at,
            hidden,
            hidden_reason: hidden.then(|| hidden_reason(&log)).flatten(),
            search_terms: search::terms(&[title, body, answer]),
            joined: case.joined.len() as i64,
        };
        let conflict = OnConflict::columns([C::TenantId, C::MessageId])
            .update_columns([
                C::Joined,
                C::Title,
                C::Body,
                C::Answers,
                C::Pictures,
                C::AuthorName,
                C::CategoryId,
                C::AreaId,
                C::StationId,
                C::DeputyId,
                C::UnitId,
                C::State,
                C::Outcome,
                C::PromiseDate,
                C::Timeline,
                C::AnsweredAt,
                C::Hidden,
                C::HiddenReason,
                C::SearchTerms,
            ])
            .to_owned();
        publication::Entity::insert(row.into_active_model())
            .on_conflict(conflict)
            .exec_without_returning(tx)
            .await?;
        Ok(())
    }

    async fn log_in(&self, tx: &DatabaseTransaction, id: &str) -> Result<Vec<EventRecord>, StoreError> {
        let data = crate::sql::strings(
            tx,
            "SELECT data FROM message_event WHERE tenant_id = $1 AND message_id = $2 ORDER BY seq",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        data.iter().map(|text| from_json(text)).collect()
    }
}

fn public_answer(case: &Case, words: &str, names: &Names) -> PublicAnswer {
    let by = case.reply_by.as_deref().or(Some(&case.station_id));
    PublicAnswer {
        body: words.to_owned(),
        by: names.get(by).unwrap_or_default(),
        outcome: case.outcome,
        promise_date: case.promise_date.clone(),
        at: case.answered_at.unwrap_or(case.submitted_at),
    }
}

/// Steps only: who, when, to which state. Words written on the way may hold personal data and stay private; what others
/// may read of them stands in the copy.
fn timeline(log: &[EventRecord], names: &Names) -> Vec<CaseEventView> {
    let shown = log
        .iter()
        .filter(|record| record.visibility == Visibility::Public || matches!(record.event, CaseEvent::Submit { .. }));
    shown
        .map(|record| CaseEventView {
            seq: record.seq,
            at: record.at,
            kind: record.event.kind(),
            by_role: record.actor.role,
            by_name: names.get(actor_id(record).map(String::as_str)),
            to_state: record.to,
            text: None,
            date: record.facts.due_at,
            about: names.get(about_id(&record.event).map(String::as_str)),
            internal: false,
            pictures: Vec::new(),
        })
        .collect()
}

fn actor_id(record: &EventRecord) -> Option<&Id> {
    let actor = &record.actor;
    match actor.role {
        Role::Deputy => actor.deputy_id.as_ref(),
        Role::UnitOfficer | Role::UnitLeader => actor.unit_id.as_ref(),
        Role::StationOfficer | Role::StationLeader | Role::Moderator => actor.station_id.as_ref(),
        _ => None,
    }
}

fn about_id(event: &CaseEvent) -> Option<&Id> {
    match event {
        CaseEvent::ToDeputy { deputy_id } => Some(deputy_id),
        _ => event.new_units().map(|(lead, _)| lead),
    }
}

fn ids(case: &Case, log: &[EventRecord]) -> BTreeSet<Id> {
    let of_log = log
        .iter()
        .flat_map(|record| [actor_id(record), about_id(&record.event)])
        .flatten();
    of_log
        .chain(&case.reply_by)
        .chain([&case.station_id])
        .cloned()
        .collect()
}

/// The office's reason; none when the resident took the consent back.
fn hidden_reason(log: &[EventRecord]) -> Option<String> {
    let last = log.iter().rev().find_map(|record| match &record.event {
        CaseEvent::Hide { reason } => Some(Some(reason.clone())),
        CaseEvent::ConsentChanged { consent: false } | CaseEvent::Withdraw { .. } => Some(None),
        _ => None,
    });
    last.flatten()
}
