//! Notes of talks that are not finished yet: sealed by the caller, each its writer's own, gone once it is a record.

use super::ReceptionError;
use crate::sql::{execute, number, rows};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// Unfinished notes that one person may have at one reception.
const MOST: i64 = 50;

/// What is typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// That of the record it will become.
    pub id: Id,
    pub session_id: Id,
    pub account_id: Id,
    /// Sealed by the caller.
    pub sealed: String,
}

/// A draft that is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct KeptDraft {
    pub id: Id,
    pub sealed: String,
    pub saved_at: Millis,
}

impl Store {
    /// Keeps what is typed in the place of what was there. False: it is a record already, and nothing is kept.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] for one draft too many; [`ReceptionError::NotFound`] for somebody else's.
    pub async fn keep_note_draft(&self, new: &NewDraft, now: Millis) -> Result<bool, ReceptionError> {
        let tx = self.begin().await?;
        match self.keep_note_draft_within(&tx, new, now).await {
            Ok(kept) => {
                tx.commit().await?;
                Ok(kept)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn keep_note_draft_within(
        &self,
        tx: &DatabaseTransaction,
        new: &NewDraft,
        now: Millis,
    ) -> Result<bool, ReceptionError> {
        // Whoever keeps the record of this draft waits, or has kept it.
        self.session_held(tx, &new.session_id).await?;
        if self.record_on(tx, &new.id).await?.is_some() {
            return Ok(false);
        }
        let own = number(
            tx,
            "SELECT COUNT(*) FROM record_draft WHERE tenant_id = $1 AND account_id = $2 AND session_id = $3 AND id <> $4",
            vec![
                self.tenant().into(),
                new.account_id.as_str().into(),
                new.session_id.as_str().into(),
                new.id.as_str().into(),
            ],
        )
        .await?;
        if own >= MOST {
            return Err(ReceptionError::NotAllowed);
        }
        let kept = execute(
            tx,
            "INSERT INTO record_draft (tenant_id, id, session_id, account_id, sealed, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, id) DO UPDATE SET sealed = $5, saved_at = $6
             WHERE record_draft.account_id = $4 AND record_draft.session_id = $3",
            vec![
                self.tenant().into(),
                new.id.as_str().into(),
                new.session_id.as_str().into(),
                new.account_id.as_str().into(),
                new.sealed.as_str().into(),
                now.into(),
            ],
        )
        .await?;
        if kept == 1 {
            Ok(true)
        } else {
            Err(ReceptionError::NotFound)
        }
    }

    /// What somebody has not finished at a reception, the latest first.
    pub async fn note_drafts(&self, session_id: &str, account_id: &str) -> Result<Vec<KeptDraft>, StoreError> {
        rows(
            &self.read,
            "SELECT id, sealed, saved_at FROM record_draft WHERE tenant_id = $1 AND account_id = $2 AND session_id = $3
             ORDER BY saved_at DESC, id",
            vec![self.tenant().into(), account_id.into(), session_id.into()],
        )
        .await
    }

    /// Throws one's own draft away; false when there is none.
    pub async fn drop_note_draft(&self, id: &str, account_id: &str) -> Result<bool, StoreError> {
        let gone = execute(
            self.writer(),
            "DELETE FROM record_draft WHERE tenant_id = $1 AND id = $2 AND account_id = $3",
            vec![self.tenant().into(), id.into(), account_id.into()],
        )
        .await?;
        Ok(gone > 0)
    }

    /// The talk is written down: its draft goes with that.
    pub(super) async fn draft_became_record(&self, tx: &DatabaseTransaction, id: &str) -> Result<(), StoreError> {
        execute(
            tx,
            "DELETE FROM record_draft WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Forgets drafts that were saved before this moment. Tells how many.
    pub async fn sweep_note_drafts(&self, before: Millis) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM record_draft WHERE tenant_id = $1 AND saved_at < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }
}
