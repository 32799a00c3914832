//! Outlines of communities as the head station changes them: all of one file together, with who did it.

use super::places::PlaceError;
use crate::sql::{Query, execute, from_json, number, to_json};
use crate::{Store, StoreError};
use liaison_domain::dto::OutlineChange;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// What is to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOutlines {
    /// Areas with their outlines, as [`liaison_domain::geo::outline`] reads them.
    pub keep: Vec<(Id, String)>,
    /// Areas that shall have none.
    pub remove: Vec<Id>,
    /// Where the outlines came from; empty where none came.
    pub file_name: String,
}

/// What a change did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlinesChanged {
    pub version: i64,
    /// Nothing was different before: no change is counted.
    pub same: bool,
}

#[derive(FromQueryResult)]
struct Logged {
    version: i64,
    at: i64,
    name: String,
    kept: String,
    removed: String,
    file_name: String,
}

#[derive(FromQueryResult)]
struct Known {
    name: String,
    outline: Option<String>,
}

impl Store {
    /// How often outlines were changed at the desk.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn outlines_version(&self) -> Result<i64, StoreError> {
        self.outlines_version_in(&self.read).await
    }

    async fn outlines_version_in<C: ConnectionTrait>(&self, db: &C) -> Result<i64, StoreError> {
        number(
            db,
            "SELECT COALESCE(MAX(version), 0) FROM outline_change WHERE tenant_id = $1",
            vec![self.tenant().into()],
        )
        .await
    }

    /// Keeps outlines and lets others go, all or nothing, if they are still as they were read.
    ///
    /// # Errors
    /// [`PlaceError`]; nothing changed then.
    pub async fn change_outlines(
        &self,
        version: i64,
        new: &NewOutlines,
        by: &str,
        now: Millis,
    ) -> Result<OutlinesChanged, PlaceError> {
        if new
            .keep
            .iter()
            .any(|(_, text)| liaison_domain::geo::outline(text).is_none())
        {
            return Err(StoreError::Constraint("not an outline".into()).into());
        }
        let tx = self.begin().await?;
        if self.outlines_version_in(&tx).await? != version {
            return Err(PlaceError::Changed);
        }
        let (mut kept, mut removed) = (Vec::new(), Vec::new());
        let kept_texts = new.keep.iter().map(|(id, text)| (id, Some(text.as_str())));
        for (id, text) in kept_texts.chain(new.remove.iter().map(|id| (id, None))) {
            let mut query = Query::new("SELECT name, outline FROM area", []);
            query.push(
                "WHERE tenant_id = ? AND id = ?",
                [self.tenant().into(), id.as_str().into()],
            );
            let known: Vec<Known> = query.rows(&tx).await?;
            let known = known.into_iter().next().ok_or(PlaceError::NotFound)?;
            if known.outline.as_deref() == text {
                continue;
            }
            execute(
                &tx,
                "UPDATE area SET outline = $1 WHERE tenant_id = $2 AND id = $3",
                vec![text.into(), self.tenant().into(), id.as_str().into()],
            )
            .await?;
            if text.is_some() { &mut kept } else { &mut removed }.push(known.name);
        }
        if kept.is_empty() && removed.is_empty() {
            return Ok(OutlinesChanged { version, same: true });
        }
        let noted = execute(
            &tx,
            "INSERT INTO outline_change (tenant_id, version, kept, removed, file_name, by_id, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, version) DO NOTHING",
            vec![
                self.tenant().into(),
                (version + 1).into(),
                to_json(&kept)?.into(),
                to_json(&removed)?.into(),
                new.file_name.as_str().into(),
                by.into(),
                now.into(),
            ],
        )
        .await?;
        if noted == 0 {
            return Err(PlaceError::Changed);
        }
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(OutlinesChanged {
            version: version + 1,
            same: false,
        })
    }

    /// The changes of outlines, the latest first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn outline_changes(&self, most: u64) -> Result<Vec<OutlineChange>, StoreError> {
        let mut query = Query::new(
            "SELECT c.version, c.at, c.kept, c.removed, c.file_name, a.display_name AS name FROM outline_change c
             JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.by_id WHERE c.tenant_id = ?",
            [self.tenant().into()],
        );
        query.push("ORDER BY c.version DESC LIMIT ?", [(most as i64).into()]);
        let logged: Vec<Logged> = query.rows(&self.read).await?;
        let told = logged.into_iter().map(|row| {
            Ok(OutlineChange {
                version: row.version,
                at: row.at,
                by: row.name,
                kept: from_json(&row.kept)?,
                removed: from_json(&row.removed)?,
                file_name: row.file_name,
            })
        });
        told.collect()
    }
}
