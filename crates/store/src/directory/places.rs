//! What the desk changes of the pages of stations and deputies: only what was read is changed, and who changed what is
//! kept.

use super::photos::Place;
use super::put::haystack;
use crate::sql::{Query, execute, from_json, to_json};
use crate::{Store, StoreError};
use liaison_domain::dto::{DeputyInput, StationInput};
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// Why a page was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    #[error("not found")]
    NotFound,
    /// It changed meanwhile; look again.
    #[error("changed meanwhile")]
    Changed,
    /// The picture at this place is neither kept nor handed in.
    #[error("no picture {0}")]
    Photo(usize),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for PlaceError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceChanged {
    pub version: i64,
    /// Names of what differs now; none: it was like this before.
    pub fields: Vec<String>,
    /// Pictures that went: their bytes can go.
    pub removed: Vec<Id>,
}

/// A change as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedChange {
    pub version: i64,
    pub at: Millis,
    /// Who did it, by name.
    pub by: String,
    pub fields: Vec<String>,
}

#[derive(FromQueryResult)]
struct Logged {
    version: i64,
    at: i64,
    name: String,
    fields: String,
}

/// The names of what differs.
fn names(differing: &[(&str, bool)]) -> Vec<String> {
    let differing = differing.iter().filter(|(_, differs)| *differs);
    differing.map(|(name, _)| (*name).to_owned()).collect()
}

impl Store {
    /// Changes what a station's page says. What `input` does not hold stays as it is; the same again changes nothing.
    ///
    /// # Errors
    /// [`PlaceError`]; nothing changed then.
    pub async fn change_station(
        &self,
        id: &str,
        version: i64,
        input: &StationInput,
        by: &str,
        now: Millis,
    ) -> Result<PlaceChanged, PlaceError> {
        let before = self.station(id).await?.ok_or(PlaceError::NotFound)?;
        if before.version != version {
            return Err(PlaceError::Changed);
        }
        let place = Place::Station(id);
        let tx = self.begin().await?;
        let photos = self.photos_on(&tx, place).await?;
        let card = &before.card;
        let shown = photos.iter().map(|photo| (&*photo.id, &*photo.alt));
        let wanted = input.photos.iter().map(|photo| (&*photo.id, photo.alt.trim()));
        let fields = names(&[
            ("address", card.address != input.address),
            ("phone", card.phone != input.phone),
            ("opening", card.opening != input.opening),
            ("contacts", before.contacts != input.contacts),
            ("directions", before.directions != input.directions),
            (
                "position",
                card.lng.to_bits() != input.lng.to_bits() || card.lat.to_bits() != input.lat.to_bits(),
            ),
            ("scope", before.scope != input.scope),
            ("charter", before.charter != input.charter),
            ("principles", before.principles != input.principles),
            ("photos", !shown.eq(wanted)),
        ]);
        if fields.is_empty() {
            return Ok(PlaceChanged {
                version,
                ..PlaceChanged::default()
            });
        }
        let mut update = Query::new("UPDATE station SET", []);
        update.push(
            "address = ?, phone = ?, opening = ?, contacts = ?, directions = ?, lng = ?, lat = ?, scope = ?, charter = ?,
             principles = ?, version = version + 1",
            [
                input.address.as_str().into(),
                input.phone.as_str().into(),
                input.opening.as_str().into(),
                to_json(&input.contacts)?.into(),
                to_json(&input.directions)?.into(),
                input.lng.into(),
                input.lat.into(),
                to_json(&input.scope)?.into(),
                to_json(&input.charter)?.into(),
                to_json(&input.principles)?.into(),
            ],
        );
        update.push(
            "WHERE tenant_id = ? AND id = ? AND version = ?",
            [self.tenant().into(), id.into(), version.into()],
        );
        if update.execute(&tx).await? == 0 {
            return Err(PlaceError::Changed);
        }
        let removed = self.set_photos(&tx, place, (&photos, &input.photos), now).await?;
        self.log_change(tx, place, version + 1, fields, (by, now), removed)
            .await
    }

    /// Changes what a deputy's page says. What `input` does not hold stays as it is; the same again changes nothing.
    ///
    /// # Errors
    /// [`PlaceError`]; nothing changed then.
    pub async fn change_deputy(
        &self,
        id: &str,
        version: i64,
        input: &DeputyInput,
        by: &str,
        now: Millis,
    ) -> Result<PlaceChanged, PlaceError> {
        let before = self.deputy(id).await?.ok_or(PlaceError::NotFound)?;
        if before.version != version {
            return Err(PlaceError::Changed);
        }
        let place = Place::Deputy(id);
        let tx = self.begin().await?;
        let photos = self.photos_on(&tx, place).await?;
        let card = &before.card;
        let is_same_photo = photos
            .iter()
            .map(|photo| &photo.id)
            .eq(input.photo.iter().map(|photo| &photo.id));
        let knows = card.expertise != input.expertise;
        let fields = names(&[
            ("bio", before.bio != input.bio),
            ("expertise", knows),
            ("photos", !is_same_photo),
        ]);
        if fields.is_empty() {
            return Ok(PlaceChanged {
                version,
                ..PlaceChanged::default()
            });
        }
        let words = haystack([&card.name, &card.occupation, &card.constituency], &input.expertise);
        let done = execute(
            &tx,
            "UPDATE deputy SET bio = $4, expertise = $5, haystack = $6, version = version + 1
             WHERE tenant_id = $1 AND id = $2 AND version = $3",
            vec![
                self.tenant().into(),
                id.into(),
                version.into(),
                input.bio.as_str().into(),
                to_json(&input.expertise)?.into(),
                words.into(),
            ],
        )
        .await?;
        if done == 0 {
            return Err(PlaceError::Changed);
        }
        if knows {
            self.set_tags(&tx, id, &input.expertise).await?;
        }
        let mut removed = Vec::new();
        if !is_same_photo {
            let wanted: Vec<_> = input.photo.iter().cloned().collect();
            removed = self.set_photos(&tx, place, (&photos, &wanted), now).await?;
            let shown = input.photo.as_ref().map(|photo| photo.id.as_str());
            self.show_photo(&tx, id, shown).await?;
        }
        self.log_change(tx, place, version + 1, fields, (by, now), removed)
            .await
    }

    async fn set_tags(&self, tx: &DatabaseTransaction, deputy_id: &str, tags: &[String]) -> Result<(), StoreError> {
        execute(
            tx,
            "DELETE FROM deputy_tag WHERE tenant_id = $1 AND deputy_id = $2",
            vec![self.tenant().into(), deputy_id.into()],
        )
        .await?;
        for tag in tags {
            execute(
                tx,
                "INSERT INTO deputy_tag (tenant_id, deputy_id, tag) VALUES ($1, $2, $3)",
                vec![self.tenant().into(), deputy_id.into(), tag.as_str().into()],
            )
            .await?;
        }
        Ok(())
    }

    /// Keeps who changed what, and ends the transaction.
    async fn log_change(
        &self,
        tx: DatabaseTransaction,
        place: Place<'_>,
        version: i64,
        fields: Vec<String>,
        (by, now): (&str, Millis),
        removed: Vec<Id>,
    ) -> Result<PlaceChanged, PlaceError> {
        let (column, id) = place.column();
        let sql = [
            "INSERT INTO place_change (tenant_id, id, ",
            column,
            ", version, fields, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        ]
        .concat();
        execute(
            &tx,
            &sql,
            vec![
                self.tenant().into(),
                crate::new_id().into(),
                id.into(),
                version.into(),
                to_json(&fields)?.into(),
                by.into(),
                now.into(),
            ],
        )
        .await?;
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(PlaceChanged {
            version,
            fields,
            removed,
        })
    }

    /// The changes of a page, the latest first.
    pub async fn place_changes(&self, place: Place<'_>, most: u64) -> Result<Vec<LoggedChange>, StoreError> {
        let (column, id) = place.column();
        let mut query = Query::new(
            "SELECT c.version, c.at, c.fields, a.display_name AS name FROM place_change c
             JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.by_id WHERE c.tenant_id = ?",
            [self.tenant().into()],
        );
        query.push(&["AND c.", column, " = ?"].concat(), [id.into()]);
        query.push("ORDER BY c.version DESC LIMIT ?", [(most as i64).into()]);
        let logged: Vec<Logged> = query.rows(&self.read).await?;
        logged
            .into_iter()
            .map(|row| {
                Ok(LoggedChange {
                    version: row.version,
                    at: row.at,
                    by: row.name,
                    fields: from_json(&row.fields)?,
                })
            })
            .collect()
    }
}
