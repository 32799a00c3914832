//! Recordings and videos of letters, and what is written down of them. Their bytes lie in the object store.

use crate::entity::upload;
use crate::ids::sha256_hex;
use crate::sql::{execute, row, rows, strings};
use crate::{Store, StoreError, search};
use liaison_domain::{Id, Millis};
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};

/// A recording or video to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMedia {
    pub id: Id,
    /// The secret its sender holds; only its hash is kept.
    pub token: String,
    /// `voice` or `video`.
    pub kind: &'static str,
    pub mime: String,
    pub bytes: u64,
    /// Milliseconds, where the file says it.
    pub duration: Option<Millis>,
    /// Of the stored bytes, hexadecimal.
    pub sha256: String,
}

/// A recording or video that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    pub id: Id,
    /// The letter it belongs to; none before.
    pub letter_id: Option<Id>,
    pub kind: String,
    pub mime: String,
    pub bytes: u64,
    pub duration: Option<Millis>,
    /// What was written down of it, as it stands now.
    pub transcript: Option<TranscriptRow>,
}

/// A version of what was written down.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct TranscriptRow {
    pub upload_id: Id,
    pub version: i64,
    pub body: String,
    pub by_machine: bool,
    pub by_id: Option<Id>,
    pub at: Millis,
}

const TRANSCRIPT: &str = "SELECT t.upload_id, t.version, t.body, t.by_machine, t.by_id, t.at FROM transcript t";

impl Store {
    /// Keeps a finished recording or video that belongs to no letter yet.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn add_media(&self, new: &NewMedia, now: Millis) -> Result<(), StoreError> {
        let row = upload::Model {
            tenant_id: self.tenant(),
            id: new.id.clone(),
            token_hash: sha256_hex(new.token.as_bytes()),
            message_id: None,
            position: 0,
            mime: new.mime.clone(),
            bytes: new.bytes as i64,
            width: 0,
            height: 0,
            sha256: new.sha256.clone(),
            alt: String::new(),
            created_at: now,
            kind: new.kind.to_owned(),
            duration: new.duration,
        };
        upload::Entity::insert(row.into_active_model())
            .exec_without_returning(self.writer())
            .await?;
        Ok(())
    }

    /// The recording or video with this id, with what was written down of it.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn media_file(&self, id: &str) -> Result<Option<Media>, StoreError> {
        let found = upload::Entity::find_by_id((self.tenant(), id.to_owned()))
            .filter(upload::Column::Kind.ne("picture"))
            .one(&self.read)
            .await?;
        let Some(found) = found else { return Ok(None) };
        let mut media = media(found);
        media.transcript = self.transcripts(id).await?.pop();
        Ok(Some(media))
    }

    /// The same, if the token is its own and it belongs to no letter yet.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn unclaimed_media(&self, id: &str, token: &str) -> Result<Option<Media>, StoreError> {
        let found = upload::Entity::find_by_id((self.tenant(), id.to_owned()))
            .filter(upload::Column::TokenHash.eq(sha256_hex(token.as_bytes())))
            .filter(upload::Column::MessageId.is_null())
            .filter(upload::Column::Kind.ne("picture"))
            .one(&self.read)
            .await?;
        Ok(found.map(media))
    }

    /// A letter's recording and video, the voice first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn media(&self, letter_id: &str) -> Result<Vec<Media>, StoreError> {
        let found = upload::Entity::find()
            .filter(upload::Column::TenantId.eq(self.tenant()))
            .filter(upload::Column::MessageId.eq(letter_id))
            .filter(upload::Column::Kind.ne("picture"))
            .order_by_desc(upload::Column::Kind)
            .order_by_asc(upload::Column::Id)
            .all(&self.read)
            .await?;
        let mut all: Vec<Media> = found.into_iter().map(media).collect();
        if all.is_empty() {
            return Ok(all);
        }
        let written: Vec<TranscriptRow> = rows(
            &self.read,
            &[
                TRANSCRIPT,
                " JOIN upload u ON u.tenant_id = t.tenant_id AND u.id = t.upload_id
                 WHERE t.tenant_id = $1 AND u.message_id = $2 ORDER BY t.version",
            ]
            .concat(),
            vec![self.tenant().into(), letter_id.into()],
        )
        .await?;
        for version in written {
            if let Some(media) = all.iter_mut().find(|media| media.id == version.upload_id) {
                media.transcript = Some(version);
            }
        }
        Ok(all)
    }

    /// Everything that was written down of a recording, oldest first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn transcripts(&self, media_id: &str) -> Result<Vec<TranscriptRow>, StoreError> {
        rows(
            &self.read,
            &[
                TRANSCRIPT,
                " WHERE t.tenant_id = $1 AND t.upload_id = $2 ORDER BY t.version",
            ]
            .concat(),
            vec![self.tenant().into(), media_id.into()],
        )
        .await
    }

    /// Writes down what a recording says, after the version that was read (0: the first), and lets the letter be found
    /// by it. False when somebody else wrote in between.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn write_transcript(&self, new: &TranscriptRow) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        let written = execute(
            &tx,
            "INSERT INTO transcript (tenant_id, upload_id, version, body, by_machine, by_id, at)
             SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BOOLEAN),
             CAST($6 AS TEXT), CAST($7 AS BIGINT) WHERE COALESCE((SELECT MAX(t.version) FROM transcript t
             WHERE t.tenant_id = CAST($1 AS TEXT) AND t.upload_id = CAST($2 AS TEXT)), 0) = CAST($3 AS BIGINT) - 1
             ON CONFLICT (tenant_id, upload_id, version) DO NOTHING",
            vec![
                self.tenant().into(),
                new.upload_id.as_str().into(),
                new.version.into(),
                new.body.as_str().into(),
                new.by_machine.into(),
                new.by_id.clone().into(),
                new.at.into(),
            ],
        )
        .await?;
        if written == 1 {
            self.find_by_transcript(&tx, &new.upload_id).await?;
        }
        tx.commit().await?;
        Ok(written == 1)
    }

    /// Recordings of letters of which nothing is written down yet, oldest first, that were tried less often than that.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn voices_to_write_down(&self, tries: i64, limit: u64) -> Result<Vec<Media>, StoreError> {
        let ids = strings(
            &self.read,
            "SELECT u.id FROM upload u WHERE u.tenant_id = $1 AND u.kind = 'voice' AND u.message_id IS NOT NULL
             AND u.speech_tries < $2 AND NOT EXISTS (SELECT 1 FROM transcript t WHERE t.tenant_id = u.tenant_id
             AND t.upload_id = u.id) ORDER BY u.created_at, u.id LIMIT $3",
            vec![self.tenant().into(), tries.into(), (limit as i64).into()],
        )
        .await?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            all.extend(self.media_file(&id).await?);
        }
        Ok(all)
    }

    /// A recording is sent to be written down once more.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn count_speech_try(&self, id: &str) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE upload SET speech_tries = speech_tries + 1 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Puts a letter's words and those of its recordings into its search terms.
    async fn find_by_transcript(&self, tx: &DatabaseTransaction, media_id: &str) -> Result<(), StoreError> {
        #[derive(FromQueryResult)]
        struct Words {
            id: Id,
            title: String,
            body: String,
            place: Option<String>,
        }
        let words: Option<Words> = row(
            tx,
            "SELECT m.id, m.title, m.body, m.place FROM message m JOIN upload u ON u.tenant_id = m.tenant_id
             AND u.message_id = m.id WHERE u.tenant_id = $1 AND u.id = $2",
            vec![self.tenant().into(), media_id.into()],
        )
        .await?;
        let Some(words) = words else { return Ok(()) };
        let spoken = strings(
            tx,
            "SELECT t.body FROM transcript t JOIN upload u ON u.tenant_id = t.tenant_id AND u.id = t.upload_id
             WHERE t.tenant_id = $1 AND u.message_id = $2 AND t.version = (SELECT MAX(l.version) FROM transcript l
             WHERE l.tenant_id = t.tenant_id AND l.upload_id = t.upload_id) ORDER BY t.upload_id",
            vec![self.tenant().into(), words.id.as_str().into()],
        )
        .await?;
        let mut texts = vec![
            words.title.as_str(),
            words.body.as_str(),
            words.place.as_deref().unwrap_or_default(),
        ];
        texts.extend(spoken.iter().map(String::as_str));
        execute(
            tx,
            "UPDATE message SET search_terms = $1 WHERE tenant_id = $2 AND id = $3",
            vec![
                search::terms(&texts).into(),
                self.tenant().into(),
                words.id.as_str().into(),
            ],
        )
        .await?;
        Ok(())
    }
}

fn media(row: upload::Model) -> Media {
    Media {
        id: row.id,
        letter_id: row.message_id,
        kind: row.kind,
        mime: row.mime,
        bytes: row.bytes as u64,
        duration: row.duration,
        transcript: None,
    }
}
