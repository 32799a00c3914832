//! What an event names must be there: categories, units, deputies, letters, pictures.

use super::act::ActError;
use crate::sql::{Query, execute, marks};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::lifecycle::{CaseEvent, Refusal, RefusalKind};
use sea_orm::{DatabaseTransaction, Value};
use std::collections::BTreeSet;

impl Store {
    /// The field of the event that names something that is not there.
    pub(super) async fn unknown_reference(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        event: &CaseEvent,
    ) -> Result<Option<&'static str>, StoreError> {
        const UNIT: &str = "SELECT COUNT(*) FROM org_unit WHERE active = TRUE AND tenant_id = ? AND id IN";
        let (source, ids, field): (_, Vec<&Id>, _) = match event {
            CaseEvent::Accept { category_id, .. } | CaseEvent::AutoAccept { category_id, .. } => (
                "SELECT COUNT(*) FROM category WHERE tenant_id = ? AND id IN",
                vec![category_id],
                "category_id",
            ),
            CaseEvent::ToDeputy { deputy_id } => (
                "SELECT COUNT(*) FROM deputy WHERE status <> 'left' AND tenant_id = ? AND id IN",
                vec![deputy_id],
                "deputy_id",
            ),
            CaseEvent::Release {
                forwarded_by_deputy: Some(id),
                ..
            } => (
                "SELECT COUNT(*) FROM deputy WHERE tenant_id = ? AND id IN",
                vec![id],
                "forwarded_by_deputy",
            ),
            CaseEvent::Assign { lead, co, .. } => {
                (UNIT, [&[lead][..], &co.iter().collect::<Vec<_>>()].concat(), "lead")
            }
            CaseEvent::Award { unit_id, co, .. } => (
                UNIT,
                [&[unit_id][..], &co.iter().collect::<Vec<_>>()].concat(),
                "unit_id",
            ),
            CaseEvent::Reopen { lead, .. } => (UNIT, vec![lead], "lead"),
            CaseEvent::ReassignUnit { unit_id, .. } => (UNIT, vec![unit_id], "unit_id"),
            CaseEvent::Delegate {
                task_id,
                unit_id: Some(unit_id),
                ..
            } => {
                let fits = self.is_one_level_down(tx, task_id, unit_id).await?;
                return Ok((!fits).then_some("unit_id"));
            }
            CaseEvent::ReturnRequest { proposed_unit, .. } => (UNIT, vec![proposed_unit], "proposed_unit"),
            CaseEvent::Merge { into, .. } => (
                // One that is answered already has nothing left to say to others.
                "SELECT COUNT(*) FROM message WHERE merged_into IS NULL AND state NOT IN ('answered', 'tracking', 'closed',
                 'declined', 'referred', 'withdrawn', 'archived') AND tenant_id = ? AND id IN",
                vec![into],
                "into",
            ),
            CaseEvent::Split { parts } => {
                let fits = self.are_its_parts(tx, letter_id, parts).await?;
                return Ok((!fits).then_some("parts"));
            }
            CaseEvent::Supplement { media, .. }
                if !media.is_empty() && !self.may_follow(tx, letter_id, media).await? =>
            {
                return Ok(Some("media"));
            }
            _ => return self.unknown_attachment(tx, letter_id, event).await,
        };
        let distinct: BTreeSet<&Id> = ids.into_iter().collect();
        let mut query = Query::new(source, [self.tenant().into()]);
        query.push_all(
            &marks(distinct.len()),
            distinct.iter().map(|id| Value::from(id.as_str())),
        );
        Ok((query.number(tx).await? != distinct.len() as i64).then_some(field))
    }

    /// Whether these letters were made as parts of this one. Only [`Store::split`] makes parts, and in the transaction
    /// that cuts the whole: no other letter, of whomever, can be named a part afterwards.
    async fn are_its_parts(&self, tx: &DatabaseTransaction, whole: &str, parts: &[Id]) -> Result<bool, StoreError> {
        let mut query = Query::new(
            "SELECT COUNT(*) FROM message WHERE tenant_id = ? AND part_of = ? AND id IN",
            [self.tenant().into(), whole.into()],
        );
        query.push_all(&marks(parts.len()), parts.iter().map(|id| Value::from(id.as_str())));
        Ok(query.number(tx).await? == parts.len() as i64)
    }

    /// Whether a unit stands exactly one level below the one that answers for the task: what is pushed further down
    /// is nobody's any more.
    async fn is_one_level_down(
        &self,
        tx: &DatabaseTransaction,
        task_id: &str,
        unit_id: &str,
    ) -> Result<bool, StoreError> {
        let level = "CASE level WHEN 'city' THEN 0 WHEN 'district' THEN 1 WHEN 'street' THEN 2 ELSE 3 END";
        let mut query = Query::new(
            &format!(
                "SELECT COUNT(*) FROM (SELECT {level} AS at FROM org_unit WHERE active = TRUE AND tenant_id = ? AND id = ?) below"
            ),
            [self.tenant().into(), unit_id.into()],
        );
        query.push(
            &format!(
                "JOIN (SELECT {level} AS at FROM org_unit WHERE tenant_id = ? AND id =
                 (SELECT t.unit_id FROM assignment t WHERE t.tenant_id = ? AND t.id = ?)) own ON below.at = own.at + 1"
            ),
            [self.tenant().into(), self.tenant().into(), task_id.into()],
        );
        Ok(query.number(tx).await? == 1)
    }

    async fn unknown_attachment(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        event: &CaseEvent,
    ) -> Result<Option<&'static str>, StoreError> {
        let (ids, field) = match event {
            // A public copy shows pictures the letter already has.
            CaseEvent::ProposeCopy { copy } => (copy.attachments.as_slice(), "copy.attachments"),
            _ => match attachments(event) {
                Some(ids) => (ids, "attachments"),
                None => return Ok(None),
            },
        };
        let own = matches!(event, CaseEvent::ProposeCopy { .. });
        let mut query = Query::new(
            if own {
                "SELECT COUNT(*) FROM upload WHERE kind = 'picture' AND message_id = ? AND tenant_id = ? AND id IN"
            } else {
                "SELECT COUNT(*) FROM upload WHERE kind = 'picture' AND (message_id IS NULL OR message_id = ?)
                 AND tenant_id = ? AND id IN"
            },
            [letter_id.into(), self.tenant().into()],
        );
        query.push_all(&marks(ids.len()), ids.iter().map(|id| Value::from(id.as_str())));
        Ok((query.number(tx).await? != ids.len() as i64).then_some(field))
    }

    /// Whether all of these wait for a letter, and the letter has none of their kind yet.
    async fn may_follow(&self, tx: &DatabaseTransaction, letter_id: &str, ids: &[Id]) -> Result<bool, StoreError> {
        let mut query = Query::new(
            "SELECT COUNT(DISTINCT u.kind) FROM upload u WHERE u.kind <> 'picture' AND u.message_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM upload o WHERE o.tenant_id = u.tenant_id AND o.message_id = ? AND o.kind = u.kind)
             AND u.tenant_id = ? AND u.id IN",
            [letter_id.into(), self.tenant().into()],
        );
        query.push_all(&marks(ids.len()), ids.iter().map(|id| Value::from(id.as_str())));
        Ok(query.number(tx).await? == ids.len() as i64)
    }

    /// Joins a recording and a video to a letter: with it, or after it.
    pub(super) async fn claim_media(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        ids: &[Id],
    ) -> Result<(), ClaimError> {
        for id in ids {
            let claimed = execute(
                tx,
                "UPDATE upload SET message_id = $1
                 WHERE tenant_id = $2 AND id = $3 AND message_id IS NULL AND kind <> 'picture'",
                vec![letter_id.into(), self.tenant().into(), id.as_str().into()],
            )
            .await?;
            if claimed != 1 {
                return Err(ClaimError::UnknownMedia);
            }
        }
        Ok(())
    }

    /// Joins finished pictures to a letter; those that are its own already stay.
    pub(super) async fn claim_uploads(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        ids: &[Id],
        first_position: i64,
    ) -> Result<(), ClaimError> {
        for (at, id) in ids.iter().enumerate() {
            let claimed = execute(
                tx,
                "UPDATE upload SET message_id = $1, position = $2
                 WHERE tenant_id = $3 AND id = $4 AND kind = 'picture' AND (message_id IS NULL OR message_id = $1)",
                vec![
                    letter_id.into(),
                    (first_position + at as i64).into(),
                    self.tenant().into(),
                    id.as_str().into(),
                ],
            )
            .await?;
            if claimed != 1 {
                return Err(ClaimError::Unknown);
            }
        }
        Ok(())
    }
}

/// The pictures an event brings along.
pub(super) fn attachments(event: &CaseEvent) -> Option<&[Id]> {
    let ids = match event {
        CaseEvent::InfoGiven { attachments, .. }
        | CaseEvent::ProgressNote { attachments, .. }
        | CaseEvent::Supplement { attachments, .. } => attachments,
        CaseEvent::DeputyAnswer { reply } | CaseEvent::SubmitReply { reply, .. } => &reply.attachments,
        _ => return None,
    };
    (!ids.is_empty()).then_some(ids)
}

/// Why an upload could not be joined to a letter.
pub(super) enum ClaimError {
    /// It is not there, or another letter's.
    Unknown,
    /// The same of a recording or a video.
    UnknownMedia,
    Store(StoreError),
}

impl From<StoreError> for ClaimError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ClaimError> for super::SubmitError {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Unknown => Self::Refused(Refusal::at(RefusalKind::ValueInvalid, "attachments")),
            ClaimError::UnknownMedia => Self::Refused(Refusal::at(RefusalKind::ValueInvalid, "media")),
            ClaimError::Store(error) => Self::Store(error),
        }
    }
}

impl From<ClaimError> for ActError {
    fn from(error: ClaimError) -> Self {
        match error {
            // Checked before anything was written; gone in between means the sweep took it.
            ClaimError::Unknown | ClaimError::UnknownMedia => {
                Self::Store(StoreError::Constraint("upload is gone".into()))
            }
            ClaimError::Store(error) => Self::Store(error),
        }
    }
}
