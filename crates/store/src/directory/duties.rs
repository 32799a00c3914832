//! A unit's duties move to another (机构改革): everything but its open tasks, which only move by an event each.

use crate::letters::OpenTask;
use crate::sql::{Query, execute, number};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::dto::UnitDuties;
use std::collections::BTreeSet;

/// What moved with the unit itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub categories: u32,
    pub accounts: u32,
    pub templates: u32,
}

/// Why duties did not move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("no such unit")]
    NotFound,
    /// The successor is not there, has itself moved, or is the unit itself; or the duties went elsewhere before.
    #[error("not a unit that can take them over")]
    Successor,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Closes a unit and hands its categories, people and texts to its successor, all of it or nothing. Nothing new can
    /// be assigned to it afterwards; asked again with the same successor it moves what was left over.
    ///
    /// # Errors
    /// [`MoveError`]; nothing moved then.
    pub async fn move_duties(&self, from: &str, to: &str) -> Result<Moved, MoveError> {
        let unit = self.unit(from).await?.ok_or(MoveError::NotFound)?;
        let before = self.unit_successor(from).await?;
        let is_taken = !unit.active && before.as_deref() != Some(to);
        let target = self.unit(to).await?.filter(|target| target.active && target.id != from);
        if is_taken || target.is_none() {
            return Err(MoveError::Successor);
        }
        let tx = self.begin().await?;
        let ids = || vec![self.tenant().into(), from.into(), to.into()];
        execute(
            &tx,
            "UPDATE org_unit SET active = FALSE, successor_id = $3 WHERE tenant_id = $1 AND id = $2",
            ids(),
        )
        .await?;
        // Where both answered for a category, the weightier part stays.
        execute(
            &tx,
            "UPDATE unit_responsibility SET role = 'lead' WHERE tenant_id = $1 AND unit_id = $3 AND EXISTS
             (SELECT 1 FROM unit_responsibility o WHERE o.tenant_id = $1 AND o.unit_id = $2 AND o.role = 'lead'
              AND o.category_id = unit_responsibility.category_id)",
            ids(),
        )
        .await?;
        let both = execute(
            &tx,
            "DELETE FROM unit_responsibility WHERE tenant_id = $1 AND unit_id = $2 AND category_id IN
             (SELECT o.category_id FROM unit_responsibility o WHERE o.tenant_id = $1 AND o.unit_id = $3)",
            ids(),
        )
        .await?;
        let alone = execute(
            &tx,
            "UPDATE unit_responsibility SET unit_id = $3 WHERE tenant_id = $1 AND unit_id = $2",
            ids(),
        )
        .await?;
        let accounts = execute(
            &tx,
            "UPDATE account SET unit_id = $3 WHERE tenant_id = $1 AND unit_id = $2",
            ids(),
        )
        .await?;
        let templates = execute(
            &tx,
            "UPDATE reply_template SET unit_id = $3 WHERE tenant_id = $1 AND unit_id = $2",
            ids(),
        )
        .await?;
        self.raise_public_revision(&tx).await?;
        tx.commit().await.map_err(StoreError::from)?;
        self.public_changed();
        Ok(Moved {
            categories: (both + alone) as u32,
            accounts: accounts as u32,
            templates: templates as u32,
        })
    }

    /// How much a unit answers for now: what [`Self::move_duties`] and its tasks' events would move.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn duties(&self, unit_id: &str) -> Result<UnitDuties, StoreError> {
        let count = async |table: &str| {
            let sql = ["SELECT COUNT(*) FROM ", table, " WHERE tenant_id = $1 AND unit_id = $2"].concat();
            number(&self.read, &sql, vec![self.tenant().into(), unit_id.into()]).await
        };
        let own: BTreeSet<Id> = self
            .open_tasks(unit_id)
            .await?
            .into_iter()
            .map(|task| task.message_id)
            .collect();
        Ok(UnitDuties {
            matters: own.len() as u32,
            handed_down: self.handed_down_to(unit_id).await?.len() as u32,
            categories: count("unit_responsibility").await? as u32,
            accounts: count("account").await? as u32,
            templates: count("reply_template").await? as u32,
            successor_id: self.unit_successor(unit_id).await?,
        })
    }

    /// Open tasks of other units that this unit does the work for.
    pub async fn handed_down_to(&self, unit_id: &str) -> Result<Vec<OpenTask>, StoreError> {
        Query::new(
            "SELECT id, message_id FROM assignment WHERE tenant_id = ? AND delegate_id = ? AND (tracking = TRUE OR state
             NOT IN ('accepted_by_office', 'returned', 'cancelled')) ORDER BY id",
            [self.tenant().into(), unit_id.into()],
        )
        .rows(&self.read)
        .await
    }

    /// The units whose duties this one took over, and theirs before them.
    pub async fn predecessors(&self, unit_id: &str) -> Result<Vec<Id>, StoreError> {
        crate::sql::strings(
            &self.read,
            "WITH RECURSIVE before (id) AS (
               SELECT id FROM org_unit WHERE tenant_id = $1 AND successor_id = $2
               UNION SELECT u.id FROM org_unit u JOIN before b ON u.successor_id = b.id WHERE u.tenant_id = $1)
             SELECT id FROM before ORDER BY id",
            vec![self.tenant().into(), unit_id.into()],
        )
        .await
    }
}
