//! Something happens to a letter.

use super::references::attachments;
use super::{log, project};
use crate::entity::message;
use crate::ids::new_id;
use crate::sql::{from_json, strings};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::events::FollowState;
use liaison_domain::lifecycle::{
    Case, CaseEvent, CaseState, Context, Effects, EventRecord, Notice, Outcome, Refusal, RefusalKind, ReplyText, apply,
    rebuild,
};
use liaison_domain::reply::compose_parts;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};
use std::collections::VecDeque;

/// An event that was kept, with what followed from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// The case afterwards.
    pub case: Case,
    /// The event's record, then those of the events that followed by themselves.
    pub records: Vec<EventRecord>,
    pub notices: Vec<Notice>,
    /// The letter it was joined to before, when it no longer is.
    pub left: Option<Id>,
    /// The accounts whose inboxes got something.
    pub told: Vec<Id>,
    /// What everybody may read changed with it.
    pub public_changed: bool,
}

/// Why an event was not kept.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such letter in this district.
    #[error("no such letter")]
    NotFound,
    /// Somebody else was quicker: the case as it is now.
    #[error("changed meanwhile")]
    Conflict(Box<Case>),
    /// The rules say no; with the case as it is.
    #[error("refused: {refusal:?}")]
    Refused { refusal: Refusal, case: Box<Case> },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A decision with everything that follows from it.
pub(super) struct Unfolded {
    pub case: Case,
    pub records: Vec<EventRecord>,
    pub notices: Vec<Notice>,
}

/// Applies the events that follow by themselves.
pub(super) fn unfold(first: Effects, ctx: &Context<'_>) -> Result<Unfolded, Refusal> {
    let mut all = Unfolded {
        case: first.case,
        records: vec![first.record],
        notices: first.notices,
    };
    let mut then = VecDeque::from(first.then);
    while let Some(event) = then.pop_front() {
        let effects = apply(&all.case, &event, &with_ids(ctx.as_system(), &event))?;
        all.case = effects.case;
        all.records.push(effects.record);
        all.notices.extend(effects.notices);
        then.extend(effects.then);
    }
    Ok(all)
}

/// The context with as many fresh ids as the event needs.
pub(super) fn with_ids<'a>(ctx: Context<'a>, event: &CaseEvent) -> Context<'a> {
    Context {
        new_ids: (0..event.ids_needed()).map(|_| new_id()).collect(),
        ..ctx
    }
}

impl Store {
    /// Lets an event happen: the rules decide, then log, case and projections are kept together. Set
    /// [`Context::expected_version`] to what the person saw; fresh ids are made here.
    ///
    /// Letters joined to this one and the letter it is a part of follow in the same transaction.
    ///
    /// # Errors
    /// [`ActError`]; nothing is kept then.
    pub async fn act(&self, letter_id: &str, event: &CaseEvent, ctx: &Context<'_>) -> Result<Acted, ActError> {
        let tx = self.begin().await?;
        // Boxed: whoever awaits this should not carry the whole of it.
        match Box::pin(self.act_in(&tx, letter_id, event, ctx)).await {
            Ok(acted) => {
                if acted.public_changed {
                    self.raise_public_revision(&tx).await?;
                }
                tx.commit().await.map_err(StoreError::from)?;
                self.tell(&acted.told);
                if acted.public_changed {
                    self.public_changed();
                }
                Ok(acted)
            }
            Err(error) => {
                tx.rollback().await.map_err(StoreError::from)?;
                Err(error)
            }
        }
    }

    pub(crate) async fn act_in(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        event: &CaseEvent,
        ctx: &Context<'_>,
    ) -> Result<Acted, ActError> {
        let mut acted = self.one(tx, letter_id, event, ctx).await?;
        let mut related: VecDeque<(Id, CaseEvent)> = self.followers(tx, &acted).await?.into();
        while let Some((id, event)) = related.pop_front() {
            match self.one(tx, &id, &event, &ctx.as_system()).await {
                Ok(other) => {
                    related.extend(self.followers(tx, &other).await?);
                    acted.notices.extend(other.notices);
                    acted.told.extend(other.told);
                    acted.public_changed |= other.public_changed;
                }
                // It has moved on by itself and does not follow any more.
                Err(ActError::Refused { .. } | ActError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(acted)
    }

    async fn one(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        event: &CaseEvent,
        ctx: &Context<'_>,
    ) -> Result<Acted, ActError> {
        // On PostgreSQL the row stays locked until the end; on SQLite this transaction is the only one that writes.
        let row = message::Entity::find_by_id((self.tenant(), id.to_owned()))
            .lock_exclusive()
            .one(tx)
            .await
            .map_err(StoreError::from)?
            .ok_or(ActError::NotFound)?;
        let case: Case = from_json(&row.snapshot)?;
        let refused = |refusal: Refusal| match refusal.kind {
            RefusalKind::Stale => ActError::Conflict(Box::new(case.clone())),
            _ => ActError::Refused {
                refusal,
                case: Box::new(case.clone()),
            },
        };
        let before = match event {
            CaseEvent::Undo {} => self.before_last(tx, id).await?,
            _ => None,
        };
        let with_before = Context {
            before: before.as_ref(),
            ..ctx.clone()
        };
        let first = apply(&case, event, &with_ids(with_before, event)).map_err(refused)?;
        if let Some(field) = self.unknown_reference(tx, id, event).await? {
            return Err(refused(Refusal::at(RefusalKind::ValueInvalid, field)));
        }
        let Unfolded {
            case: after,
            records,
            notices,
        } = unfold(first, ctx).map_err(refused)?;

        let (rows, last_hash) = log::rows(&self.tenant, id, row.last_hash.clone(), &records)?;
        log::append(tx, rows).await?;
        let pictures = row.pictures + attachments(event).map_or(0, |ids| ids.len() as i64);
        let change = message::ActiveModel {
            last_hash: Set(last_hash),
            pictures: Set(pictures),
            ..project::columns(&after, &records, ctx)?
        };
        let changed = message::Entity::update_many()
            .set(change)
            .filter(message::Column::TenantId.eq(self.tenant()))
            .filter(message::Column::Id.eq(id))
            .filter(message::Column::Version.eq(case.version))
            .exec(tx)
            .await
            .map_err(StoreError::from)?;
        if changed.rows_affected != 1 {
            return Err(ActError::Conflict(Box::new(case)));
        }
        if let Some(ids) = attachments(event) {
            self.claim_uploads(tx, id, ids, row.pictures).await?;
        }
        if let CaseEvent::Supplement { media, .. } = event {
            self.claim_media(tx, id, media).await?;
        }
        let public_changed = self.project(tx, Some(&case), &after, &records, ctx).await?;
        // Where it came from an event, that shows how far it is.
        let shown = |case: &Case| (FollowState::from(case.state), case.publication);
        if shown(&after) != shown(&case) {
            self.raise_events_of_letter(tx, id).await?;
        }
        let told = self.keep_notices(tx, id, &notices, ctx.now).await?;
        if after.state == CaseState::Archived && case.state != CaseState::Archived {
            self.forget_author(tx, id).await?;
        }
        Ok(Acted {
            public_changed,
            left: case.merged_into.filter(|_| after.merged_into.is_none()),
            case: after,
            records,
            notices,
            told,
        })
    }

    /// The answers of a letter's parts, as one.
    async fn parts_reply(&self, tx: &DatabaseTransaction, whole: &str) -> Result<ReplyText, StoreError> {
        let mut rows = message::Entity::find()
            .filter(message::Column::TenantId.eq(self.tenant()))
            .filter(message::Column::PartOf.eq(whole))
            .all(tx)
            .await?;
        rows.sort_unstable_by(|a, b| a.no.cmp(&b.no));
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            let case: Case = from_json(&row.snapshot)?;
            // One that was withdrawn has no words.
            let words = match case.reply.filter(|_| case.first_answered_at.is_some()) {
                Some(reply) => Some(reply),
                None => self.last_word(tx, &row.id).await?,
            };
            parts.extend(words.map(|reply| (row.title, reply)));
        }
        Ok(compose_parts(&parts))
    }

    /// What the office said when it did not take a part on, or sent it elsewhere.
    async fn last_word(&self, tx: &DatabaseTransaction, part: &str) -> Result<Option<ReplyText>, StoreError> {
        let said = self
            .records(tx, part)
            .await?
            .into_iter()
            .rev()
            .find_map(|record| match record.event {
                CaseEvent::Decline { text, .. } | CaseEvent::Refer { text, .. } => Some(text),
                _ => None,
            });
        Ok(said.map(|body| ReplyText {
            body,
            outcome: Outcome::D,
            promise_date: None,
            reason: None,
            contact: None,
            attachments: Vec::new(),
            parts: None,
        }))
    }

    /// The case as it was before its last event.
    async fn before_last(&self, tx: &DatabaseTransaction, id: &str) -> Result<Option<Case>, StoreError> {
        let mut records = self.records(tx, id).await?;
        records.pop();
        Ok(rebuild(&records).ok())
    }

    /// What an event of one letter makes happen to others: answers reach the letters joined to it, and the letter it is
    /// a part of once all its parts are answered; the letter that leads counts who joins and leaves.
    async fn followers(&self, tx: &DatabaseTransaction, acted: &Acted) -> Result<Vec<(Id, CaseEvent)>, StoreError> {
        let mut events = Vec::new();
        let letter_id = || acted.case.id.clone();
        for record in &acted.records {
            match &record.event {
                CaseEvent::Merge { into, .. } => {
                    let letter_id = letter_id();
                    events.push((into.clone(), CaseEvent::MergedIn { letter_id }));
                }
                CaseEvent::Unmerge {} => {
                    let lead = acted.left.iter().cloned();
                    events.extend(lead.map(|lead| {
                        let letter_id = letter_id();
                        (lead, CaseEvent::MergedOut { letter_id })
                    }));
                }
                _ => {}
            }
        }
        let enters = |fits: fn(CaseState) -> bool| {
            let mut records = acted.records.iter();
            records.any(|record| fits(record.to) && !record.from.is_some_and(fits))
        };
        let is_answered = enters(|state| state == CaseState::Answered);
        // A part that ends without an answer may be the last one the whole waits for.
        if !is_answered && !enters(|state| !state.is_open()) {
            return Ok(events);
        }
        // A lead that ends without an answer leaves those joined to it with matters of their own.
        if enters(|state| matches!(state, CaseState::Declined | CaseState::Referred)) {
            let left = acted.case.joined.iter().cloned();
            events.extend(left.map(|joined| (joined, CaseEvent::Unmerge {})));
        }
        if let Some(reply) = acted.case.reply.as_ref().filter(|_| is_answered) {
            // Put in order here: asked for one, SQLite walks through all letters in that order.
            let mut joined = strings(
                tx,
                "SELECT id FROM message WHERE tenant_id = $1 AND merged_into = $2",
                vec![self.tenant().into(), acted.case.id.as_str().into()],
            )
            .await?;
            joined.sort_unstable();
            events.extend(
                joined
                    .into_iter()
                    .map(|id| (id, CaseEvent::LeadAnswered { reply: reply.clone() })),
            );
        }
        let whole = strings(
            tx,
            "SELECT p.part_of FROM message p WHERE p.tenant_id = $1 AND p.id = $2 AND p.part_of IS NOT NULL AND NOT EXISTS
             (SELECT 1 FROM message o WHERE o.tenant_id = p.tenant_id AND o.part_of = p.part_of
              AND o.first_answered_at IS NULL AND o.closed_at IS NULL)",
            vec![self.tenant().into(), acted.case.id.as_str().into()],
        )
        .await?;
        for id in whole {
            let reply = self.parts_reply(tx, &id).await?;
            events.push((id, CaseEvent::PartsAnswered { reply }));
        }
        Ok(events)
    }
}
