//! Files on their way, piece by piece: how far each has come. The pieces' bytes lie in the object store.

use crate::ids::sha256_hex;
use crate::sql::{execute, number, row, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// A file on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Incoming {
    /// Bytes it will have.
    pub size: i64,
    /// Bytes that are here.
    pub received: i64,
}

/// A piece that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Part {
    /// Where it begins.
    pub at: i64,
    pub bytes: i64,
}

impl Store {
    /// Expects a file of so many bytes from whoever holds the token.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn expect_file(&self, id: &str, token: &str, size: u64, now: Millis) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "INSERT INTO incoming (tenant_id, id, token_hash, size, received, touched_at) VALUES ($1, $2, $3, $4, 0, $5)",
            vec![
                self.tenant().into(),
                id.into(),
                sha256_hex(token.as_bytes()).into(),
                (size as i64).into(),
                now.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// How many files are on their way.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn incoming_count(&self) -> Result<i64, StoreError> {
        number(
            &self.read,
            "SELECT COUNT(*) FROM incoming WHERE tenant_id = $1",
            vec![self.tenant().into()],
        )
        .await
    }

    /// How far a file has come, for whoever holds its token.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn incoming(&self, id: &str, token: &str) -> Result<Option<Incoming>, StoreError> {
        row(
            // What was just written has to be seen.
            self.writer(),
            "SELECT size, received FROM incoming WHERE tenant_id = $1 AND id = $2 AND token_hash = $3",
            vec![self.tenant().into(), id.into(), sha256_hex(token.as_bytes()).into()],
        )
        .await
    }

    /// Takes note of a piece; false when it does not go on where the file stands, or would make it too long.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn note_part(&self, id: &str, token: &str, part: Part, now: Millis) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        let fits = execute(
            &tx,
            "UPDATE incoming SET received = received + $1, touched_at = $2 WHERE tenant_id = $3 AND id = $4
             AND token_hash = $5 AND received = $6 AND received + $1 <= size",
            vec![
                part.bytes.into(),
                now.into(),
                self.tenant().into(),
                id.into(),
                sha256_hex(token.as_bytes()).into(),
                part.at.into(),
            ],
        )
        .await?;
        if fits == 1 {
            execute(
                &tx,
                "INSERT INTO incoming_part (tenant_id, incoming_id, at, bytes) VALUES ($1, $2, $3, $4)",
                vec![self.tenant().into(), id.into(), part.at.into(), part.bytes.into()],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(fits == 1)
    }

    /// What is here of a file is all of it.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn end_incoming(&self, id: &str) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE incoming SET size = received WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The pieces of a file, in order.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn incoming_parts(&self, id: &str) -> Result<Vec<Part>, StoreError> {
        rows(
            self.writer(),
            "SELECT at, bytes FROM incoming_part WHERE tenant_id = $1 AND incoming_id = $2 ORDER BY at",
            vec![self.tenant().into(), id.into()],
        )
        .await
    }

    /// Expects a file no longer; its pieces' bytes are the caller's to remove.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn forget_incoming(&self, id: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        for sql in [
            "DELETE FROM incoming_part WHERE tenant_id = $1 AND incoming_id = $2",
            "DELETE FROM incoming WHERE tenant_id = $1 AND id = $2",
        ] {
            execute(&tx, sql, vec![self.tenant().into(), id.into()]).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Files of which no piece came since `before`.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn stuck_incoming(&self, before: Millis) -> Result<Vec<Id>, StoreError> {
        strings(
            &self.read,
            "SELECT id FROM incoming WHERE tenant_id = $1 AND touched_at < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }
}
