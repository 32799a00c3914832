//! What happened to a measure: rows are added and never changed. Each row's hash covers the one before, the measure's id and
//! the row itself, so that what was changed later does not fit any more.

use crate::ids::sha256_hex;
use crate::sql::{execute, rows};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Something that happened to a measure.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct LogEntry {
    pub seq: i64,
    pub at: Millis,
    /// `proposed`, `approved`, `refused`, `objected`, `upheld`, `overturned`, `lifted`, `ended`.
    pub act: String,
    /// None: by itself.
    pub actor_id: Option<Id>,
    pub words: String,
    hash: String,
}

/// A measure whose log is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRestriction {
    pub id: Id,
    /// The first row that does not fit.
    pub seq: i64,
}

fn hash(before: &str, id: &str, entry: &LogEntry) -> String {
    let (seq, at) = (entry.seq.to_string(), entry.at.to_string());
    let actor = entry.actor_id.as_deref().unwrap_or_default();
    sha256_hex(
        [before, id, &seq, &at, &entry.act, actor, &entry.words]
            .join("\n")
            .as_bytes(),
    )
}

impl Store {
    /// Adds a row. The measure's own row is held by the same transaction: nobody adds one at the same time.
    pub(super) async fn log_restriction<C: ConnectionTrait>(
        &self,
        db: &C,
        id: &str,
        act: &str,
        actor_id: Option<&str>,
        words: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        let last = self.restriction_log_on(db, id).await?.pop();
        let mut entry = LogEntry {
            seq: last.as_ref().map_or(0, |last| last.seq) + 1,
            at: now,
            act: act.to_owned(),
            actor_id: actor_id.map(str::to_owned),
            words: words.to_owned(),
            hash: String::new(),
        };
        entry.hash = hash(last.as_ref().map_or("", |last| &last.hash), id, &entry);
        execute(
            db,
            "INSERT INTO restriction_event (tenant_id, restriction_id, seq, at, act, actor_id, words, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            vec![
                self.tenant().into(),
                id.into(),
                entry.seq.into(),
                entry.at.into(),
                entry.act.into(),
                entry.actor_id.into(),
                entry.words.into(),
                entry.hash.into(),
            ],
        )
        .await?;
        Ok(())
    }

    async fn restriction_log_on<C: ConnectionTrait>(&self, db: &C, id: &str) -> Result<Vec<LogEntry>, StoreError> {
        rows(
            db,
            "SELECT seq, at, act, actor_id, words, hash FROM restriction_event
             WHERE tenant_id = $1 AND restriction_id = $2 ORDER BY seq",
            vec![self.tenant().into(), id.into()],
        )
        .await
    }

    /// What happened to a measure, oldest first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restriction_log(&self, id: &str) -> Result<Vec<LogEntry>, StoreError> {
        self.restriction_log_on(&self.read, id).await
    }

    /// Every measure whose log is not as it was written, with the first row that does not fit.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn broken_restrictions(&self) -> Result<Vec<BrokenRestriction>, StoreError> {
        let ids = crate::sql::strings(
            &self.read,
            "SELECT id FROM restriction WHERE tenant_id = $1 ORDER BY id",
            vec![self.tenant().into()],
        )
        .await?;
        let mut broken = Vec::new();
        for id in ids {
            let mut before = String::new();
            let log = self.restriction_log(&id).await?;
            // A measure begins with its proposal; a log without it lost its beginning.
            let missing = log.is_empty().then_some(1);
            let wrong = log.iter().zip(1..).find_map(|(entry, seq)| {
                let fits = entry.seq == seq && entry.hash == hash(&before, &id, entry);
                before.clone_from(&entry.hash);
                (!fits).then_some(seq)
            });
            broken.extend(missing.or(wrong).map(|seq| BrokenRestriction { id: id.clone(), seq }));
        }
        Ok(broken)
    }
}
