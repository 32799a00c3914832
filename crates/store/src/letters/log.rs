//! The append-only log and its chain of hashes.
//!
//! Each row's hash covers the hash before it, the letter's id and the record exactly as stored. The first row's
//! predecessor is a digest of the letter's own words, so that these cannot be changed unnoticed either.

use crate::entity::{message, message_event};
use crate::ids::sha256_hex;
use crate::sql::{from_json, to_json};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::lifecycle::{BrokenLog, Case, CaseState, EventRecord, rebuild};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

/// Something that does not fit in a letter's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainFault {
    pub letter_id: Id,
    pub no: String,
    /// The row; none when it is about the letter itself.
    pub seq: Option<i64>,
    pub kind: FaultKind,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The row's contents do not match its hash.
    Altered,
    /// The row before it is another one than when it was written.
    Unlinked,
    /// A row is missing at this place.
    Missing,
    /// The letter's words are not those that were submitted.
    Words,
    /// The log ends before or after where the letter says it does.
    End,
    /// The stored case is not the fold of its log.
    Snapshot,
}

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

    /// Checks one letter's log from its first row to its last.
    pub async fn verify_chain(&self, letter_id: &str) -> Result<Vec<ChainFault>, StoreError> {
        let found = message::Entity::find_by_id((self.tenant(), letter_id.to_owned()))
            .one(&self.read)
            .await?;
        let Some(letter) = found else { return Ok(Vec::new()) };
        Ok(faults(&letter, &self.event_rows(&self.read, letter_id).await?))
    }

    /// Checks every letter's log (`verify-audit`).
    pub async fn verify_all_chains(&self) -> Result<Vec<ChainFault>, StoreError> {
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let ids = crate::sql::strings(
                &self.read,
                "SELECT id FROM message WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT 500",
                vec![self.tenant().into(), after.into()],
            )
            .await?;
            let Some(last) = ids.last() else { return Ok(all) };
            after = last.clone();
            for id in &ids {
                all.extend(self.verify_chain(id).await?);
            }
        }
    }

    async fn event_rows<C: ConnectionTrait>(
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
        let row = row(tenant, letter_id, last_hash, record)?;
        last_hash = row.hash.clone();
        rows.push(row);
    }
    Ok((rows, last_hash))
}

/// Appends rows to a letter's log.
pub(super) async fn append<C: ConnectionTrait>(db: &C, rows: Vec<message_event::Model>) -> Result<(), StoreError> {
    for row in rows {
        message_event::Entity::insert(row.into_active_model())
            .exec_without_returning(db)
            .await?;
    }
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

fn link(prev_hash: &str, letter_id: &str, data: &str) -> String {
    sha256_hex([prev_hash, "\n", letter_id, "\n", data].concat().as_bytes())
}

/// A row that says what its own record says.
fn is_whole(row: &message_event::Model) -> bool {
    from_json::<EventRecord>(&row.data).is_ok_and(|record| {
        row.hash == link(&row.prev_hash, &row.message_id, &row.data)
            && row.seq == record.seq
            && row.at == record.at
            && row.actor_account_id == record.actor.account_id
            && row.actor_role == record.actor.role.code()
            && row.kind == record.event.kind().code()
            && row.from_state.as_deref() == record.from.map(CaseState::code)
            && row.to_state == record.to.code()
            && row.visibility == record.visibility.code()
    })
}

fn faults(letter: &message::Model, rows: &[message_event::Model]) -> Vec<ChainFault> {
    let mut found = Vec::new();
    let mut fault = |seq: Option<i64>, kind| {
        found.push(ChainFault {
            letter_id: letter.id.clone(),
            no: letter.no.clone(),
            seq,
            kind,
        });
    };
    let mut expected_seq = 1;
    let mut last_hash = words_hash(&letter.no, &letter.kind, &letter.title, &letter.body);
    let archived = letter.state == CaseState::Archived.code();
    for row in rows {
        if row.seq != expected_seq {
            fault(Some(expected_seq), FaultKind::Missing);
        } else if row.prev_hash != last_hash {
            match row.seq {
                // Archiving removes the words; the log keeps their digest.
                1 if archived => {}
                1 => fault(None, FaultKind::Words),
                _ => fault(Some(row.seq), FaultKind::Unlinked),
            }
        }
        if !is_whole(row) {
            fault(Some(row.seq), FaultKind::Altered);
        }
        expected_seq = row.seq + 1;
        last_hash.clone_from(&row.hash);
    }
    if letter.version != expected_seq - 1 || letter.last_hash != last_hash {
        fault(None, FaultKind::End);
    }
    let records: Option<Vec<EventRecord>> = rows.iter().map(|row| from_json(&row.data).ok()).collect();
    let folded = records.and_then(|records| rebuild(&records).ok());
    if folded.is_none() || folded != from_json::<Case>(&letter.snapshot).ok() {
        fault(None, FaultKind::Snapshot);
    }
    found
}
