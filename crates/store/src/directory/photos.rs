//! Pictures of stations and deputies: what is known about them; their bytes lie in the object store.

use super::places::PlaceError;
use crate::ids::sha256_hex;
use crate::sql::{Query, execute, row, rows};
use crate::uploads::NewUpload;
use crate::{Store, StoreError};
use liaison_domain::dto::PhotoInput;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// A station, by id.
    Station(&'a str),
    /// A deputy, by id.
    Deputy(&'a str),
}

impl<'a> Place<'a> {
    /// The column that names it, and its id.
    pub(super) const fn column(self) -> (&'static str, &'a str) {
        match self {
            Self::Station(id) => ("station_id", id),
            Self::Deputy(id) => ("deputy_id", id),
        }
    }
}

/// A picture of a station or of a deputy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub id: Id,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    width: i64,
    height: i64,
    alt: String,
}

#[derive(FromQueryResult)]
struct HandedIn {
    width: i64,
    height: i64,
    bytes: i64,
    sha256: String,
}

impl Store {
    /// The pictures of a station or deputy, in the order to show.
    pub async fn photos_of(&self, place: Place<'_>) -> Result<Vec<Photo>, StoreError> {
        self.photos_on(&self.read, place).await
    }

    /// How many pictures each station and each deputy has, by id; those without any are not there.
    pub async fn photo_counts(&self) -> Result<std::collections::HashMap<Id, u32>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            place: String,
            held: i64,
        }
        let counts: Vec<Count> = rows(
            &self.read,
            "SELECT COALESCE(station_id, deputy_id) AS place, COUNT(*) AS held FROM place_photo WHERE tenant_id = $1
             GROUP BY COALESCE(station_id, deputy_id)",
            vec![self.tenant().into()],
        )
        .await?;
        Ok(counts
            .into_iter()
            .map(|count| (count.place, count.held as u32))
            .collect())
    }

    /// Whether this is a picture of a station or deputy, which everybody may see.
    pub async fn is_place_photo(&self, id: &str) -> Result<bool, StoreError> {
        let found: Option<Row> = row(
            &self.read,
            "SELECT id, width, height, alt FROM place_photo WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(found.is_some())
    }

    /// Keeps a picture whose bytes are kept already, for whoever fills a district.
    pub async fn add_photo(
        &self,
        place: Place<'_>,
        photo: &NewUpload,
        position: usize,
        now: Millis,
    ) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let known = HandedIn {
            width: i64::from(photo.width),
            height: i64::from(photo.height),
            bytes: photo.bytes as i64,
            sha256: photo.sha256.clone(),
        };
        self.insert_photo(&tx, place, &photo.id, &photo.alt, position, known, now)
            .await?;
        if let Place::Deputy(id) = place {
            self.show_photo(&tx, id, Some(&photo.id)).await?;
        }
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(())
    }

    pub(super) async fn photos_on<C: ConnectionTrait>(
        &self,
        db: &C,
        place: Place<'_>,
    ) -> Result<Vec<Photo>, StoreError> {
        let (column, id) = place.column();
        let mut query = Query::new(
            "SELECT id, width, height, alt FROM place_photo WHERE tenant_id = ? AND",
            [self.tenant().into()],
        );
        query.push(column, []);
        query.push("= ? ORDER BY position, id", [id.into()]);
        let found: Vec<Row> = query.rows(db).await?;
        Ok(found
            .into_iter()
            .map(|row| Photo {
                id: row.id,
                width: row.width as u32,
                height: row.height as u32,
                alt: row.alt,
            })
            .collect())
    }

    /// Brings the pictures of a station or deputy in line with what is wanted; the ids of those that went, so that their
    /// bytes can go.
    pub(super) async fn set_photos(
        &self,
        tx: &DatabaseTransaction,
        place: Place<'_>,
        (before, wanted): (&[Photo], &[PhotoInput]),
        now: Millis,
    ) -> Result<Vec<Id>, PlaceError> {
        let gone: Vec<Id> = before
            .iter()
            .filter(|old| wanted.iter().all(|photo| photo.id != old.id))
            .map(|old| old.id.clone())
            .collect();
        for id in &gone {
            execute(
                tx,
                "DELETE FROM place_photo WHERE tenant_id = $1 AND id = $2",
                vec![self.tenant().into(), id.as_str().into()],
            )
            .await?;
        }
        for (at, photo) in wanted.iter().enumerate() {
            if before.iter().any(|old| old.id == photo.id) {
                execute(
                    tx,
                    "UPDATE place_photo SET position = $3, alt = $4 WHERE tenant_id = $1 AND id = $2",
                    vec![
                        self.tenant().into(),
                        photo.id.as_str().into(),
                        (at as i64).into(),
                        photo.alt.trim().into(),
                    ],
                )
                .await?;
                continue;
            }
            let known = self.take_upload(tx, photo).await?.ok_or(PlaceError::Photo(at))?;
            self.insert_photo(tx, place, &photo.id, photo.alt.trim(), at, known, now)
                .await?;
        }
        Ok(gone)
    }

    /// A picture that was handed in ceases to be anybody's upload.
    async fn take_upload(&self, tx: &DatabaseTransaction, photo: &PhotoInput) -> Result<Option<HandedIn>, StoreError> {
        let Some(token) = &photo.token else { return Ok(None) };
        row(
            tx,
            "DELETE FROM upload WHERE tenant_id = $1 AND id = $2 AND token_hash = $3 AND message_id IS NULL
             RETURNING width, height, bytes, sha256",
            vec![
                self.tenant().into(),
                photo.id.as_str().into(),
                sha256_hex(token.as_bytes()).into(),
            ],
        )
        .await
    }

    #[allow(clippy::too_many_arguments, reason = "a row's columns")]
    async fn insert_photo(
        &self,
        tx: &DatabaseTransaction,
        place: Place<'_>,
        id: &str,
        alt: &str,
        position: usize,
        known: HandedIn,
        now: Millis,
    ) -> Result<(), StoreError> {
        let (station, deputy) = match place {
            Place::Station(station) => (Some(station), None),
            Place::Deputy(deputy) => (None, Some(deputy)),
        };
        execute(
            tx,
            "INSERT INTO place_photo (tenant_id, id, station_id, deputy_id, position, width, height, bytes, sha256, alt,
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            vec![
                self.tenant().into(),
                id.into(),
                station.into(),
                deputy.into(),
                (position as i64).into(),
                known.width.into(),
                known.height.into(),
                known.bytes.into(),
                known.sha256.into(),
                alt.into(),
                now.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The picture beside a deputy's name, wherever that stands.
    pub(super) async fn show_photo(
        &self,
        tx: &DatabaseTransaction,
        deputy_id: &str,
        photo_id: Option<&str>,
    ) -> Result<(), StoreError> {
        let address = photo_id.map(|id| liaison_domain::places::photo_address(id, "thumb"));
        execute(
            tx,
            "UPDATE deputy SET photo = $3 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), deputy_id.into(), address.into()],
        )
        .await?;
        Ok(())
    }
}
