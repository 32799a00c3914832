//! What a station sets itself: limits that differ from the configuration, and the library of reasons and doors.
//!
//! Every change raises [`Store::rules_revision`], so that each server notices and reads them anew.

use crate::sql::{execute, number, rows};
use crate::{Store, StoreError};
use liaison_domain::dto::LibraryEntry;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// The counter that every change of the rules raises.
const REVISION: &str = "rules";

/// What part of the rules changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Holidays and make-up days: open dates move.
    Calendar,
    /// Limits: open dates move.
    Limits,
    /// Reasons and channels: no date moves.
    Library,
}

impl Changed {
    /// Its own counter, beside the one of all changes.
    const fn counter(self) -> &'static str {
        match self {
            Self::Calendar => "rules.calendar",
            Self::Limits => "rules.limits",
            Self::Library => "rules.library",
        }
    }

    /// Where the digest of what the servers bring along is kept.
    const fn brought(self) -> &'static str {
        match self {
            Self::Calendar => "brought.calendar",
            Self::Limits => "brought.limits",
            Self::Library => "brought.library",
        }
    }
}

/// A limit that differs from the configuration's.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct LimitOverride {
    /// Empty: the whole district.
    pub category_id: Id,
    /// A field of `liaison_domain::limits::Limits`.
    pub name: String,
    pub value: String,
    pub changed_at: Millis,
    pub changed_by: Option<Id>,
}

#[derive(FromQueryResult)]
struct Entry {
    kind: String,
    code: String,
    text: String,
    way_out: String,
    active: bool,
}

impl Store {
    /// How often calendar, limits or library were changed.
    pub async fn rules_revision(&self) -> Result<i64, StoreError> {
        self.counted(REVISION).await
    }

    /// How often one part was.
    pub async fn revision_of(&self, part: Changed) -> Result<i64, StoreError> {
        self.counted(part.counter()).await
    }

    /// Notes what a server that starts brings along of a part of the rules (its configuration's limits, its program's
    /// calendar), as a digest. Another one than the last server's counts as a change of that part, in the same
    /// transaction: of several servers that start with the same, the first makes one change. Tells whether it was one.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn bring_rules(&self, part: Changed, digest: i64) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        let noted = execute(
            &tx,
            "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, name)
             DO UPDATE SET value = excluded.value WHERE counter.value <> excluded.value",
            vec![self.tenant().into(), part.brought().into(), digest.into()],
        )
        .await?;
        if noted == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        self.raise_revision(&tx, part).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// What the server that started last brought along; 0 when none has said yet.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn rules_brought(&self, part: Changed) -> Result<i64, StoreError> {
        self.counted(part.brought()).await
    }

    async fn counted(&self, name: &str) -> Result<i64, StoreError> {
        number(
            &self.read,
            "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2",
            vec![self.tenant().into(), name.into()],
        )
        .await
    }

    /// Tells every server that the rules changed, in the transaction that changed them.
    pub(crate) async fn raise_revision<C: ConnectionTrait>(&self, db: &C, part: Changed) -> Result<(), StoreError> {
        for name in [part.counter(), REVISION] {
            execute(
                db,
                "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1)
                 ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1",
                vec![self.tenant().into(), name.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// The limits that differ, the district's first.
    pub async fn limit_overrides(&self) -> Result<Vec<LimitOverride>, StoreError> {
        rows(
            &self.read,
            "SELECT category_id, name, value, changed_at, changed_by FROM limit_override WHERE tenant_id = $1
             ORDER BY category_id, name",
            vec![self.tenant().into()],
        )
        .await
    }

    /// Sets a limit, or with none takes the configuration's again. An empty category means the whole district.
    pub async fn set_limit(
        &self,
        category_id: &str,
        name: &str,
        value: Option<&str>,
        by: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        match value {
            Some(value) => {
                execute(
                    &tx,
                    "INSERT INTO limit_override (tenant_id, category_id, name, value, changed_at, changed_by)
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, category_id, name)
                     DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at,
                     changed_by = excluded.changed_by",
                    vec![
                        self.tenant().into(),
                        category_id.into(),
                        name.into(),
                        value.into(),
                        now.into(),
                        by.into(),
                    ],
                )
                .await?
            }
            None => {
                execute(
                    &tx,
                    "DELETE FROM limit_override WHERE tenant_id = $1 AND category_id = $2 AND name = $3",
                    vec![self.tenant().into(), category_id.into(), name.into()],
                )
                .await?
            }
        };
        self.raise_revision(&tx, Changed::Limits).await?;
        Ok(tx.commit().await?)
    }

    /// The station's own reasons and channels, in their order; those not here are as shipped.
    pub async fn library(&self) -> Result<Vec<LibraryEntry>, StoreError> {
        let entries: Vec<Entry> = rows(
            &self.read,
            "SELECT kind, code, text, way_out, active FROM reason WHERE tenant_id = $1 ORDER BY kind, sort, code",
            vec![self.tenant().into()],
        )
        .await?;
        Ok(entries
            .into_iter()
            .map(|entry| LibraryEntry {
                kind: entry.kind,
                code: entry.code,
                text: entry.text,
                way_out: entry.way_out,
                active: entry.active,
            })
            .collect())
    }

    /// Keeps a reason or channel.
    pub async fn put_library_entry(&self, entry: &LibraryEntry, sort: i64) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        execute(
            &tx,
            "INSERT INTO reason (tenant_id, kind, code, text, way_out, active, sort) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, kind, code) DO UPDATE SET text = excluded.text, way_out = excluded.way_out,
             active = excluded.active",
            vec![
                self.tenant().into(),
                entry.kind.as_str().into(),
                entry.code.as_str().into(),
                entry.text.as_str().into(),
                entry.way_out.as_str().into(),
                entry.active.into(),
                sort.into(),
            ],
        )
        .await?;
        self.raise_revision(&tx, Changed::Library).await?;
        Ok(tx.commit().await?)
    }
}
