//! Letters that are not finished: sealed by the caller, each the browser's that holds the token.

use crate::ids::sha256_hex;
use crate::sql::{execute, number, rows};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// What is written so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLetterDraft {
    /// The token of the browser; only its hash is kept.
    pub owner: String,
    pub id: String,
    /// Sealed by the caller.
    pub sealed: String,
    /// Its pictures, each with its own token: they wait as long as the draft does.
    pub uploads: Vec<(Id, String)>,
    /// When it goes, if nobody touches it again.
    pub expires_at: Millis,
}

/// A draft that is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct KeptLetter {
    pub id: String,
    pub sealed: String,
    pub saved_at: Millis,
}

impl Store {
    /// Keeps what is written in the place of what was there. False: this browser has `most` others already.
    pub async fn keep_letter_draft(&self, new: &NewLetterDraft, most: u32, now: Millis) -> Result<bool, StoreError> {
        let owner = sha256_hex(new.owner.as_bytes());
        let tx = self.begin().await?;
        let others = number(
            &tx,
            "SELECT COUNT(*) FROM letter_draft WHERE tenant_id = $1 AND owner_hash = $2 AND id <> $3",
            vec![self.tenant().into(), owner.as_str().into(), new.id.as_str().into()],
        )
        .await?;
        if others >= i64::from(most) {
            tx.rollback().await?;
            return Ok(false);
        }
        execute(
            &tx,
            "INSERT INTO letter_draft (tenant_id, owner_hash, id, sealed, saved_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant_id, owner_hash, id) DO UPDATE SET sealed = $4, saved_at = $5, expires_at = $6",
            vec![
                self.tenant().into(),
                owner.into(),
                new.id.as_str().into(),
                new.sealed.as_str().into(),
                now.into(),
                new.expires_at.into(),
            ],
        )
        .await?;
        for (id, token) in &new.uploads {
            execute(
                &tx,
                "UPDATE upload SET keep_until = $1 WHERE tenant_id = $2 AND id = $3 AND token_hash = $4
                 AND message_id IS NULL",
                vec![
                    new.expires_at.into(),
                    self.tenant().into(),
                    id.as_str().into(),
                    sha256_hex(token.as_bytes()).into(),
                ],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// What a browser has not finished, the latest first. What is over is not there.
    pub async fn letter_drafts(&self, owner: &str, now: Millis) -> Result<Vec<KeptLetter>, StoreError> {
        rows(
            &self.read,
            "SELECT id, sealed, saved_at FROM letter_draft WHERE tenant_id = $1 AND owner_hash = $2 AND expires_at > $3
             ORDER BY saved_at DESC, id",
            vec![self.tenant().into(), sha256_hex(owner.as_bytes()).into(), now.into()],
        )
        .await
    }

    /// Throws one away; false when there is none.
    pub async fn drop_letter_draft(&self, owner: &str, id: &str) -> Result<bool, StoreError> {
        let gone = execute(
            self.writer(),
            "DELETE FROM letter_draft WHERE tenant_id = $1 AND owner_hash = $2 AND id = $3",
            vec![self.tenant().into(), sha256_hex(owner.as_bytes()).into(), id.into()],
        )
        .await?;
        Ok(gone > 0)
    }

    /// Forgets drafts that are over. Tells how many.
    pub async fn sweep_letter_drafts(&self, now: Millis) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM letter_draft WHERE tenant_id = $1 AND expires_at <= $2",
            vec![self.tenant().into(), now.into()],
        )
        .await
    }
}
