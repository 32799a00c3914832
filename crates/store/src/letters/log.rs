//! The append-only log and its chain of hashes.
//!
//! Each row's hash covers the hash before it, the letter's id and the record exactly as stored. The first row's
//! predecessor is a digest of the letter's own words, so that these cannot be changed unnoticed either. [`super::audit`]
//! checks all of it.

use crate::entity::message_event;
use crate::ids::sha256_hex;
use crate::sql::{from_json, to_json};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{BrokenLog, Case, EventRecord, rebuild};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel, QueryFilter as _, QueryOrder as _,
};

impl Store {
    /// What happened to a letter, oldest first.
    pub async fn events(&self, letter_id: &str) -> Result<Vec<EventRecord>, StoreError> {
        self.records(&self.read, letter_id).await
    }

    /// The same inside a transaction.
    pub(super) async fn records<C: ConnectionTrait>(
        &self,
        db: &C,
        letter_id: &str,
    ) -> Result<Vec<EventRecord>, StoreError> {
        self.event_rows(db, letter_id)
            .await?
            .iter()
            .map(|row| from_json(&row.data))
            .collect()
    }

    /// The case as its log tells it, without looking at the stored one; none without a log.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the log is not one case's.
    pub async fn rebuild(&self, letter_id: &str) -> Result<Option<Case>, StoreError> {
        match rebuild(&self.events(letter_id).await?) {
            Ok(case) => Ok(Some(case)),
            Err(BrokenLog::Empty) => Ok(None),
            Err(_) => Err(StoreError::Corrupt(["log of ", letter_id].concat())),
        }
    }

    pub(super) async fn event_rows<C: ConnectionTrait>(
        &self,
        db: &C,
        letter_id: &str,
    ) -> Result<Vec<message_event::Model>, StoreError> {
        Ok(message_event::Entity::find()
            .filter(message_event::Column::TenantId.eq(self.tenant()))
            .filter(message_event::Column::MessageId.eq(letter_id))
            .order_by_asc(message_event::Column::Seq)
            .all(db)
            .await?)
    }
}

/// Records as rows that follow on each other, and the last one's hash.
pub(super) fn rows(
    tenant: &str,
    letter_id: &str,
    mut last_hash: String,
    records: &[EventRecord],
) -> Result<(Vec<message_event::Model>, String), StoreError> {
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let row = row(tenant, letter_id, last_hash.clone(), record)?;
        last_hash.clone_from(&row.hash);
        rows.push(row);
    }
    Ok((rows, last_hash))
}

/// Appends rows to a letter's log.
pub(super) async fn append<C: ConnectionTrait>(db: &C, rows: Vec<message_event::Model>) -> Result<(), StoreError> {
    message_event::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The digest a letter's log begins with.
pub(super) fn words_hash(no: &str, kind: &str, title: &str, body: &str) -> String {
    // Lengths keep the fields apart.
    let text = format!("{no}\n{kind}\n{}\n{title}\n{}\n{body}", title.len(), body.len());
    sha256_hex(text.as_bytes())
}

fn row(
    tenant: &str,
    letter_id: &str,
    prev_hash: String,
    record: &EventRecord,
) -> Result<message_event::Model, StoreError> {
    let data = to_json(record)?;
    Ok(message_event::Model {
        tenant_id: tenant.to_owned(),
        message_id: letter_id.to_owned(),
        seq: record.seq,
        at: record.at,
        actor_account_id: record.actor.account_id.clone(),
        actor_role: record.actor.role.code().to_owned(),
        kind: record.event.kind().code().to_owned(),
        from_state: record.from.map(|state| state.code().to_owned()),
        to_state: record.to.code().to_owned(),
        visibility: record.visibility.code().to_owned(),
        hash: link(&prev_hash, letter_id, &data),
        data,
        prev_hash,
    })
}

pub(super) fn link(prev_hash: &str, letter_id: &str, data: &str) -> String {
    sha256_hex([prev_hash, "\n", letter_id, "\n", data].concat().as_bytes())
}
