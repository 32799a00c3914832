//! Doors outside as the station tells them: those that differ from the program's and the configuration's, and who changed
//! them. Every change raises [`Store::rules_revision`] in its own transaction.

use crate::directory::PlaceError;
use crate::settings::Changed;
use crate::sql::{Query, execute, from_json, number, rows, to_json};
use crate::{Store, StoreError, new_id};
use liaison_domain::Millis;
use liaison_domain::dto::{DoorChange, DoorInput};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// A door that was set at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorSetting {
    pub code: String,
    pub input: DoorInput,
}

/// A door's version.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct DoorVersion {
    pub code: String,
    pub version: i64,
}

/// Who changes a door, when, and what of it.
#[derive(Clone, Copy, Debug)]
pub struct DoorLog<'a> {
    /// What the door is called.
    pub name: &'a str,
    pub fields: &'a [&'a str],
    pub by: &'a str,
    pub now: Millis,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    text: String,
    number: String,
    hours: String,
    words: String,
    active: bool,
}

#[derive(FromQueryResult)]
struct Logged {
    code: String,
    name: String,
    fields: String,
    at: i64,
    by_name: String,
}

impl Store {
    /// The doors set at the desk, in the order of their codes.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn door_settings(&self) -> Result<Vec<DoorSetting>, StoreError> {
        let all: Vec<Row> = rows(
            &self.read,
            "SELECT code, name, text, number, hours, words, active FROM door WHERE tenant_id = $1 ORDER BY code",
            vec![self.tenant().into()],
        )
        .await?;
        let setting = |row: Row| {
            Ok(DoorSetting {
                code: row.code,
                input: DoorInput {
                    name: row.name,
                    text: row.text,
                    number: row.number,
                    hours: row.hours,
                    words: from_json(&row.words)?,
                    active: row.active,
                },
            })
        };
        all.into_iter().map(setting).collect()
    }

    /// How often each door was changed at the desk: its version. Those not here are at 0.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn door_versions(&self) -> Result<Vec<DoorVersion>, StoreError> {
        rows(
            &self.read,
            "SELECT code, COUNT(*) AS version FROM door_change WHERE tenant_id = $1 GROUP BY code",
            vec![self.tenant().into()],
        )
        .await
    }

    /// Sets a door that was read at `version`.
    ///
    /// # Errors
    /// [`PlaceError::Changed`] at another version; what the database refused.
    pub async fn put_door(
        &self,
        code: &str,
        version: i64,
        door: &DoorInput,
        log: DoorLog<'_>,
    ) -> Result<(), PlaceError> {
        let tx = self.begin().await?;
        self.count_door(&tx, code, version).await?;
        execute(
            &tx,
            "INSERT INTO door (tenant_id, code, name, text, number, hours, words, active)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, code) DO UPDATE SET name = excluded.name,
             text = excluded.text, number = excluded.number, hours = excluded.hours, words = excluded.words,
             active = excluded.active",
            vec![
                self.tenant().into(),
                code.into(),
                door.name.as_str().into(),
                door.text.as_str().into(),
                door.number.as_str().into(),
                door.hours.as_str().into(),
                to_json(&door.words)?.into(),
                door.active.into(),
            ],
        )
        .await?;
        self.log_door(&tx, code, log).await?;
        Ok(tx.commit().await?)
    }

    /// Takes what was set of a door back that was read at `version`.
    ///
    /// # Errors
    /// [`PlaceError::NotFound`] where nothing was set, [`PlaceError::Changed`] at another version; what the database refused.
    pub async fn take_door_back(&self, code: &str, version: i64, log: DoorLog<'_>) -> Result<(), PlaceError> {
        let tx = self.begin().await?;
        let gone = execute(
            &tx,
            "DELETE FROM door WHERE tenant_id = $1 AND code = $2",
            vec![self.tenant().into(), code.into()],
        )
        .await?;
        if gone == 0 {
            return Err(PlaceError::NotFound);
        }
        self.count_door(&tx, code, version).await?;
        self.log_door(&tx, code, log).await?;
        Ok(tx.commit().await?)
    }

    /// Looks whether nobody was quicker. Two that come at once are counted one after the other, as each raises the same
    /// counter first.
    async fn count_door<C: ConnectionTrait>(&self, db: &C, code: &str, version: i64) -> Result<(), PlaceError> {
        self.raise_revision(db, Changed::Library).await?;
        let now = number(
            db,
            "SELECT COUNT(*) FROM door_change WHERE tenant_id = $1 AND code = $2",
            vec![self.tenant().into(), code.into()],
        )
        .await?;
        if now == version {
            Ok(())
        } else {
            Err(PlaceError::Changed)
        }
    }

    async fn log_door<C: ConnectionTrait>(&self, db: &C, code: &str, log: DoorLog<'_>) -> Result<(), StoreError> {
        execute(
            db,
            "INSERT INTO door_change (tenant_id, id, code, name, fields, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            vec![
                self.tenant().into(),
                new_id().into(),
                code.into(),
                log.name.into(),
                to_json(&log.fields)?.into(),
                log.by.into(),
                log.now.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The changes of doors, the latest first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn door_changes(&self, most: u64) -> Result<Vec<DoorChange>, StoreError> {
        let mut query = Query::new(
            "SELECT c.code, c.name, c.fields, c.at, a.display_name AS by_name FROM door_change c
             JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.by_id WHERE c.tenant_id = ?",
            [self.tenant().into()],
        );
        // Ids are made in the order of time.
        query.push("ORDER BY c.at DESC, c.id DESC LIMIT ?", [(most as i64).into()]);
        let logged: Vec<Logged> = query.rows(&self.read).await?;
        let told = logged.into_iter().map(|row| {
            Ok(DoorChange {
                code: row.code,
                name: row.name,
                at: row.at,
                by: row.by_name,
                fields: from_json(&row.fields)?,
            })
        });
        told.collect()
    }
}
