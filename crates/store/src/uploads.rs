//! Finished uploads: what is known about a picture; its bytes lie in the object store.

use crate::entity::upload;
use crate::ids::sha256_hex;
use crate::sql::{execute, strings};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _};

/// The kind of uploads that are pictures; recordings and videos stand in [`crate::media`].
const PICTURE: &str = "picture";

/// A picture to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpload {
    pub id: Id,
    /// The secret its sender holds; only its hash is kept.
    pub token: String,
    pub mime: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    /// Of the stored bytes, hexadecimal.
    pub sha256: String,
    pub alt: String,
}

/// A picture that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub id: Id,
    /// The letter it belongs to; none before.
    pub letter_id: Option<Id>,
    pub mime: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub sha256: String,
    pub alt: String,
    pub created_at: Millis,
}

impl Store {
    /// Keeps a finished upload that belongs to no letter yet.
    pub async fn add_upload(&self, new: &NewUpload, now: Millis) -> Result<(), StoreError> {
        let row = upload::Model {
            tenant_id: self.tenant(),
            id: new.id.clone(),
            token_hash: sha256_hex(new.token.as_bytes()),
            message_id: None,
            position: 0,
            mime: new.mime.clone(),
            bytes: new.bytes as i64,
            width: i64::from(new.width),
            height: i64::from(new.height),
            sha256: new.sha256.clone(),
            alt: new.alt.clone(),
            created_at: now,
            kind: PICTURE.to_owned(),
            duration: None,
        };
        upload::Entity::insert(row.into_active_model())
            .exec_without_returning(self.writer())
            .await?;
        Ok(())
    }

    /// The picture with this id.
    pub async fn upload(&self, id: &str) -> Result<Option<Picture>, StoreError> {
        let found = upload::Entity::find_by_id((self.tenant(), id.to_owned()))
            .filter(upload::Column::Kind.eq(PICTURE))
            .one(&self.read)
            .await?;
        Ok(found.map(picture))
    }

    /// The picture with this id, if the token is its own and it belongs to no letter yet.
    pub async fn unclaimed_upload(&self, id: &str, token: &str) -> Result<Option<Picture>, StoreError> {
        let found = upload::Entity::find_by_id((self.tenant(), id.to_owned()))
            .filter(upload::Column::TokenHash.eq(sha256_hex(token.as_bytes())))
            .filter(upload::Column::MessageId.is_null())
            .filter(upload::Column::Kind.eq(PICTURE))
            .one(&self.read)
            .await?;
        Ok(found.map(picture))
    }

    /// A letter's pictures, in the order to show.
    pub async fn pictures(&self, letter_id: &str) -> Result<Vec<Picture>, StoreError> {
        let rows = upload::Entity::find()
            .filter(upload::Column::TenantId.eq(self.tenant()))
            .filter(upload::Column::MessageId.eq(letter_id))
            .filter(upload::Column::Kind.eq(PICTURE))
            .order_by_asc(upload::Column::Position)
            .order_by_asc(upload::Column::Id)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(picture).collect())
    }

    /// Whether everybody may see a picture: it stands in a published copy that is not hidden.
    pub async fn is_public_picture(&self, id: &str) -> Result<bool, StoreError> {
        let lists = strings(
            &self.read,
            "SELECT p.pictures FROM publication p JOIN upload u ON u.tenant_id = p.tenant_id AND u.message_id = p.message_id
             WHERE p.tenant_id = $1 AND u.id = $2 AND p.hidden = FALSE",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        for list in lists {
            if crate::sql::from_json::<Vec<Id>>(&list)?.iter().any(|shown| shown == id) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Removes an upload, whatever its kind, that belongs to no letter yet, for whoever holds its token; false when there is none such.
    pub async fn remove_upload(&self, id: &str, token: &str) -> Result<bool, StoreError> {
        let removed = execute(
            self.writer(),
            "DELETE FROM upload WHERE tenant_id = $1 AND id = $2 AND token_hash = $3 AND message_id IS NULL",
            vec![self.tenant().into(), id.into(), sha256_hex(token.as_bytes()).into()],
        )
        .await?;
        Ok(removed == 1)
    }

    /// Removes uploads older than `before` that never came to belong to a letter, and to no draft that is still kept;
    /// their ids, so that the bytes can go.
    pub async fn sweep_uploads(&self, before: Millis, now: Millis) -> Result<Vec<Id>, StoreError> {
        strings(
            self.writer(),
            "DELETE FROM upload WHERE tenant_id = $1 AND message_id IS NULL AND created_at < $2 AND keep_until <= $3
             RETURNING id",
            vec![self.tenant().into(), before.into(), now.into()],
        )
        .await
    }
}

fn picture(row: upload::Model) -> Picture {
    Picture {
        id: row.id,
        letter_id: row.message_id,
        mime: row.mime,
        bytes: row.bytes as u64,
        width: row.width as u32,
        height: row.height as u32,
        sha256: row.sha256,
        alt: row.alt,
        created_at: row.created_at,
    }
}
