//! How often what everybody may read was changed: by it, answers kept in memory are known to be old.
//!
//! The count stands in the database and is raised in the transaction of the change, as its last statement: it is one row
//! for the whole district, and whoever holds it should need nothing else any more. Beside it, changes made through this
//! very store are told at once, without asking the database.

use crate::sql::{execute, number};
use crate::{Store, StoreError};
use sea_orm::ConnectionTrait;
use std::sync::atomic::Ordering;

/// The counter's name.
const REVISION: &str = "public";

impl Store {
    /// Changes of published copies and of the directory, by every server.
    pub async fn public_revision(&self) -> Result<i64, StoreError> {
        number(
            &self.read,
            "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2",
            vec![self.tenant().into(), REVISION.into()],
        )
        .await
    }

    /// Changes made through this store since it was opened.
    pub fn public_changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// Tells everybody in this process. Call it once the change is on disk, and before anybody is told that it is.
    pub(crate) fn public_changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Tells every other server, when the transaction ends.
    pub(crate) async fn raise_public_revision<C: ConnectionTrait>(&self, db: &C) -> Result<(), StoreError> {
        execute(
            db,
            "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1)
             ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1",
            vec![self.tenant().into(), REVISION.into()],
        )
        .await?;
        Ok(())
    }
}
