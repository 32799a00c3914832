//! Creating once, however often it is asked: the same key and body get the same answer.
//!
//! The key itself is not kept, only its hash; the answer is kept encrypted under the key, because it can hold a query
//! code. Whoever reads the database learns neither.

use crate::entity::idempotency_key;
use crate::ids::sha256_hex;
use crate::sql::execute;
use crate::{Store, StoreError};
use liaison_domain::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use sha2::{Digest as _, Sha256};

/// How long a request may take before another with its key may try: its server has died.
const LEASE: Millis = 60_000;

/// A client's `Idempotency-Key` with what it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Route and person (`POST /messages`, account or session): keys of different people never meet.
    pub scope: String,
    /// As the client sent it.
    pub key: String,
    /// SHA-256 of the request's body ([`crate::sha256_hex`]).
    pub body_hash: String,
}

/// What is known about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It came for the first time, and is now taken: do the work, then [`Store::idempotency_finish`].
    New,
    /// The work is done; this was the answer.
    Answered { status: u16, response: String },
    /// It came with another body before (422).
    Mismatch,
    /// Another request with it is at work (409 with `Retry-After`).
    InProgress,
}

impl Store {
    /// Takes a key, or tells what became of it. For work that is not kept in one transaction with its answer;
    /// [`Store::submit`] does both itself.
    pub async fn idempotency_begin(&self, key: &IdempotencyKey, now: Millis) -> Result<Kept, StoreError> {
        let tx = self.begin().await?;
        let kept = self.keep_key(&tx, key, now).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Keeps the answer to a key that was taken.
    pub async fn idempotency_finish(
        &self,
        key: &IdempotencyKey,
        status: u16,
        response: &str,
    ) -> Result<(), StoreError> {
        self.answer_key(self.writer(), key, status, response).await
    }

    /// Gives a key back when the work failed, so that it can be tried again.
    pub async fn idempotency_abandon(&self, key: &IdempotencyKey) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "DELETE FROM idempotency_key WHERE tenant_id = $1 AND scope = $2 AND key_hash = $3 AND status IS NULL",
            vec![self.tenant().into(), key.scope.as_str().into(), key.hash().into()],
        )
        .await?;
        Ok(())
    }

    /// Forgets keys older than `before`; tells how many.
    pub async fn idempotency_sweep(&self, before: Millis) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM idempotency_key WHERE tenant_id = $1 AND created_at < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }

    pub(crate) async fn keep_key<C: ConnectionTrait>(
        &self,
        db: &C,
        key: &IdempotencyKey,
        now: Millis,
    ) -> Result<Kept, StoreError> {
        use idempotency_key::Column as K;
        let row = idempotency_key::Model {
            tenant_id: self.tenant(),
            scope: key.scope.clone(),
            key_hash: key.hash(),
            body_hash: key.body_hash.clone(),
            status: None,
            response: None,
            lease_until: now + LEASE,
            created_at: now,
        };
        // Waits for a transaction that holds the same key, so that below there is always something to read.
        let conflict = OnConflict::columns([K::TenantId, K::Scope, K::KeyHash])
            .do_nothing()
            .to_owned();
        let taken = idempotency_key::Entity::insert(row.into_active_model())
            .on_conflict(conflict)
            .exec_without_returning(db)
            .await?;
        if taken == 1 {
            return Ok(Kept::New);
        }
        match self.look_up(db, key).await? {
            Some(Kept::InProgress) | None => {}
            Some(known) => return Ok(known),
        }
        // Somebody is at work on it, or was when their server died.
        let taken_over = execute(
            db,
            "UPDATE idempotency_key SET lease_until = $1 WHERE tenant_id = $2 AND scope = $3 AND key_hash = $4
             AND status IS NULL AND lease_until < $5",
            vec![
                (now + LEASE).into(),
                self.tenant().into(),
                key.scope.as_str().into(),
                key.hash().into(),
                now.into(),
            ],
        )
        .await?;
        Ok(if taken_over == 1 { Kept::New } else { Kept::InProgress })
    }

    /// What became of a key; none when it never came.
    pub(crate) async fn look_up<C: ConnectionTrait>(
        &self,
        db: &C,
        key: &IdempotencyKey,
    ) -> Result<Option<Kept>, StoreError> {
        let id = (self.tenant(), key.scope.clone(), key.hash());
        let Some(row) = idempotency_key::Entity::find_by_id(id).one(db).await? else {
            return Ok(None);
        };
        if row.body_hash != key.body_hash {
            return Ok(Some(Kept::Mismatch));
        }
        let (Some(status), Some(sealed)) = (row.status, row.response) else {
            return Ok(Some(Kept::InProgress));
        };
        let response = key
            .open(&sealed)
            .ok_or_else(|| StoreError::Corrupt("idempotency answer".into()))?;
        Ok(Some(Kept::Answered {
            status: status as u16,
            response,
        }))
    }

    /// Keeps keys together with their answers. Tells how many; those that are there already stay as they are.
    pub(crate) async fn put_answered<C: ConnectionTrait>(
        &self,
        db: &C,
        answers: &[(&IdempotencyKey, String)],
        status: u16,
        now: Millis,
    ) -> Result<u64, StoreError> {
        use idempotency_key::Column as K;
        if answers.is_empty() {
            return Ok(0);
        }
        let rows = answers.iter().map(|(key, response)| {
            idempotency_key::Model {
                tenant_id: self.tenant(),
                scope: key.scope.clone(),
                key_hash: key.hash(),
                body_hash: key.body_hash.clone(),
                status: Some(status.into()),
                response: Some(key.seal(response)),
                lease_until: now,
                created_at: now,
            }
            .into_active_model()
        });
        let conflict = OnConflict::columns([K::TenantId, K::Scope, K::KeyHash])
            .do_nothing()
            .to_owned();
        Ok(idempotency_key::Entity::insert_many(rows)
            .on_conflict(conflict)
            .exec_without_returning(db)
            .await?)
    }

    pub(crate) async fn answer_key<C: ConnectionTrait>(
        &self,
        db: &C,
        key: &IdempotencyKey,
        status: u16,
        response: &str,
    ) -> Result<(), StoreError> {
        execute(
            db,
            "UPDATE idempotency_key SET status = $1, response = $2 WHERE tenant_id = $3 AND scope = $4 AND key_hash = $5",
            vec![
                i64::from(status).into(),
                key.seal(response).into(),
                self.tenant().into(),
                key.scope.as_str().into(),
                key.hash().into(),
            ],
        )
        .await?;
        Ok(())
    }
}

impl IdempotencyKey {
    /// Under which it is kept: the same for any body.
    pub(crate) fn hash(&self) -> String {
        sha256_hex(["lookup\n", &self.scope, "\n", &self.key].concat().as_bytes())
    }

    /// A key stream from SHA-256 in counter mode. Each key seals one answer, so the stream is never used twice.
    fn stream(&self, bytes: &mut [u8]) {
        for (block, chunk) in bytes.chunks_mut(32).enumerate() {
            let pad = Sha256::digest(
                ["answer\n", &self.scope, "\n", &block.to_string(), "\n", &self.key]
                    .concat()
                    .as_bytes(),
            );
            for (byte, mask) in chunk.iter_mut().zip(pad) {
                *byte ^= mask;
            }
        }
    }

    fn seal(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        self.stream(&mut bytes);
        crate::ids::hex(&bytes)
    }

    fn open(&self, sealed: &str) -> Option<String> {
        let mut bytes: Vec<u8> = (0..sealed.len() / 2)
            .map(|at| u8::from_str_radix(sealed.get(at * 2..at * 2 + 2)?, 16).ok())
            .collect::<Option<_>>()?;
        self.stream(&mut bytes);
        String::from_utf8(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_opens_with_its_key_and_shows_nothing_without() {
        let key = IdempotencyKey {
            scope: "letters".into(),
            key: "3f9a".into(),
            body_hash: String::new(),
        };
        let answer = "{\"code\":\"1A0B-CDEF-23\",\"title\":\"电梯\"}".repeat(9);
        let sealed = key.seal(&answer);
        assert_eq!(key.open(&sealed).as_deref(), Some(answer.as_str()));
        let other = IdempotencyKey {
            key: "3f9b".into(),
            ..key
        };
        assert_ne!(other.open(&sealed).as_deref(), Some(answer.as_str()));
        assert_ne!(
            other.hash(),
            sha256_hex(b"3f9b"),
            "the lookup hash is not the bare key's"
        );
    }
}
