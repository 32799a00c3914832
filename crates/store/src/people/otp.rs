//! One-time codes.

use super::Phone;
use crate::entity::otp_challenge;
use crate::ids::{new_id, sha256_hex};
use crate::sql::{Query, execute, number};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::{EntityTrait as _, FromQueryResult, IntoActiveModel as _};

/// A code that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOtp {
    pub phone: Phone,
    pub code: String,
    pub expires_at: Millis,
}

/// What became of a code that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtpCheck {
    /// Right, and used up now.
    Right(Phone),
    /// Wrong; so many tries are left.
    Wrong { left: u32 },
    /// Unknown, expired, used, or tried too often: ask for a new one.
    Gone,
}

#[derive(FromQueryResult)]
struct Tried {
    attempts: i64,
    phone_hash: String,
    phone_masked: String,
    phone_enc: Option<String>,
    code_hash: String,
}

impl Store {
    /// Keeps a code that is sent; its id is the challenge's.
    pub async fn create_otp(&self, new: &NewOtp, now: Millis) -> Result<Id, StoreError> {
        let id = new_id();
        let row = otp_challenge::Model {
            tenant_id: self.tenant(),
            id: id.clone(),
            phone_hash: new.phone.hash.clone(),
            phone_masked: new.phone.masked.clone(),
            phone_enc: new.phone.encrypted.clone(),
            code_hash: code_hash(&id, &new.code),
            attempts: 0,
            created_at: now,
            expires_at: new.expires_at,
            used_at: None,
        };
        otp_challenge::Entity::insert(row.into_active_model())
            .exec_without_returning(self.writer())
            .await?;
        Ok(id)
    }

    /// Tries a code. Every try counts before it is looked at, so that parallel guesses gain nothing.
    pub async fn try_otp(
        &self,
        challenge_id: &str,
        code: &str,
        max_attempts: u32,
        now: Millis,
    ) -> Result<OtpCheck, StoreError> {
        let tried: Option<Tried> = Query::new(
            "UPDATE otp_challenge SET attempts = attempts + 1
             WHERE tenant_id = ? AND id = ? AND used_at IS NULL AND expires_at > ? AND attempts < ?
             RETURNING attempts, phone_hash, phone_masked, phone_enc, code_hash",
            [
                self.tenant().into(),
                challenge_id.into(),
                now.into(),
                i64::from(max_attempts).into(),
            ],
        )
        .row(self.writer())
        .await?;
        let Some(tried) = tried else { return Ok(OtpCheck::Gone) };
        if tried.code_hash != code_hash(challenge_id, code) {
            return Ok(OtpCheck::Wrong {
                left: u32::try_from(i64::from(max_attempts) - tried.attempts).unwrap_or(0),
            });
        }
        let used = execute(
            self.writer(),
            "UPDATE otp_challenge SET used_at = $1 WHERE tenant_id = $2 AND id = $3 AND used_at IS NULL",
            vec![now.into(), self.tenant().into(), challenge_id.into()],
        )
        .await?;
        if used != 1 {
            return Ok(OtpCheck::Gone);
        }
        Ok(OtpCheck::Right(Phone {
            hash: tried.phone_hash,
            masked: tried.phone_masked,
            encrypted: tried.phone_enc,
        }))
    }

    /// How many codes went to a number since then, and when the last one did: for limits per number that hold across
    /// servers.
    pub async fn otps_sent(&self, phone_hash: &str, since: Millis) -> Result<(u32, Option<Millis>), StoreError> {
        let values = || vec![self.tenant().into(), phone_hash.into(), since.into()];
        let from = "FROM otp_challenge WHERE tenant_id = $1 AND phone_hash = $2 AND created_at >= $3";
        let count = number(&self.read, &["SELECT COUNT(*) ", from].concat(), values()).await?;
        if count == 0 {
            return Ok((0, None));
        }
        let last = number(&self.read, &["SELECT MAX(created_at) ", from].concat(), values()).await?;
        Ok((count as u32, Some(last)))
    }

    /// Removes codes that expired before then; tells how many.
    pub async fn sweep_otps(&self, before: Millis) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM otp_challenge WHERE tenant_id = $1 AND expires_at < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }
}

fn code_hash(challenge_id: &str, code: &str) -> String {
    sha256_hex([challenge_id, "\n", code.trim()].concat().as_bytes())
}
