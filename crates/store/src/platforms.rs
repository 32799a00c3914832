//! Accounts of other platforms by which somebody logs in, and the tokens that platforms give to the station.
//!
//! Who somebody is to a platform arrives here as a hash and is never anything else.

use crate::sql::{Query, execute, row, rows};
use crate::{Store, StoreError};
use liaison_domain::dto::AccountAct;
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// Who somebody is to a platform: unique together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// `wechat`.
    pub provider: &'a str,
    /// The station's own name with the platform.
    pub app_id: &'a str,
    /// A hash under the station's key.
    pub hash: &'a str,
}

/// A platform's account that somebody logs in by.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct BoundPlatform {
    pub provider: String,
    pub bound_at: Millis,
    pub used_at: Millis,
}

/// A platform's token as it is kept, sealed.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PlatformToken {
    pub value: String,
    pub expires_at: Millis,
}

impl Store {
    /// Whose it is, and notes the use; none where it belongs to nobody, or to an account that was closed.
    pub async fn account_of_subject(&self, subject: Subject<'_>, now: Millis) -> Result<Option<Id>, StoreError> {
        let found: Option<Owner> = Query::new(
            "UPDATE platform_account SET used_at = ? WHERE tenant_id = ? AND provider = ? AND app_id = ?
             AND subject_hash = ? AND EXISTS (SELECT 1 FROM account a WHERE a.tenant_id = platform_account.tenant_id
             AND a.id = platform_account.account_id AND a.active = TRUE) RETURNING account_id",
            [
                now.into(),
                self.tenant().into(),
                subject.provider.into(),
                subject.app_id.into(),
                subject.hash.into(),
            ],
        )
        .row(self.writer())
        .await?;
        Ok(found.map(|owner| owner.account_id))
    }

    /// Binds it to an account; what was bound to another one before is bound to this one now.
    pub async fn bind_subject(&self, subject: Subject<'_>, account_id: &str, now: Millis) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let before: Option<Owner> = row(
            &tx,
            "SELECT account_id FROM platform_account WHERE tenant_id = $1 AND provider = $2 AND app_id = $3
             AND subject_hash = $4",
            vec![
                self.tenant().into(),
                subject.provider.into(),
                subject.app_id.into(),
                subject.hash.into(),
            ],
        )
        .await?;
        execute(
            &tx,
            "INSERT INTO platform_account (tenant_id, provider, app_id, subject_hash, account_id, bound_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6)
             ON CONFLICT (tenant_id, provider, app_id, subject_hash) DO UPDATE SET account_id = excluded.account_id,
             bound_at = excluded.bound_at, used_at = excluded.used_at",
            vec![
                self.tenant().into(),
                subject.provider.into(),
                subject.app_id.into(),
                subject.hash.into(),
                account_id.into(),
                now.into(),
            ],
        )
        .await?;
        let before = before.map(|owner| owner.account_id);
        if before.as_deref() != Some(account_id) {
            if let Some(other) = &before {
                self.log_account(&tx, other, AccountAct::Unbound, subject.provider, None, now)
                    .await?;
            }
            self.log_account(
                &tx,
                account_id,
                AccountAct::Bound,
                subject.provider,
                Some(account_id),
                now,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// By which platforms somebody logs in, the oldest first.
    pub async fn platforms_of(&self, account_id: &str) -> Result<Vec<BoundPlatform>, StoreError> {
        rows(
            &self.read,
            "SELECT provider, bound_at, used_at FROM platform_account WHERE tenant_id = $1 AND account_id = $2
             ORDER BY bound_at, subject_hash",
            vec![self.tenant().into(), account_id.into()],
        )
        .await
    }

    /// Unbinds all of a platform's accounts from one of ours; tells how many.
    pub async fn unbind_platform(&self, account_id: &str, provider: &str, now: Millis) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        let gone = execute(
            &tx,
            "DELETE FROM platform_account WHERE tenant_id = $1 AND account_id = $2 AND provider = $3",
            vec![self.tenant().into(), account_id.into(), provider.into()],
        )
        .await?;
        if gone > 0 {
            self.log_account(&tx, account_id, AccountAct::Unbound, provider, Some(account_id), now)
                .await?;
        }
        tx.commit().await?;
        Ok(gone)
    }

    /// A token as it is kept, good or not.
    pub async fn platform_token(&self, name: &str) -> Result<Option<PlatformToken>, StoreError> {
        row(
            &self.read,
            "SELECT value, expires_at FROM platform_token WHERE tenant_id = $1 AND name = $2",
            vec![self.tenant().into(), name.into()],
        )
        .await
    }

    /// Whether it is this server that asks for a new one: of several at once one is told so, and until `until` no other.
    pub async fn claim_platform_token(&self, name: &str, now: Millis, until: Millis) -> Result<bool, StoreError> {
        let claimed = execute(
            self.writer(),
            "INSERT INTO platform_token (tenant_id, name, value, expires_at, asked_until) VALUES ($1, $2, '', 0, $4)
             ON CONFLICT (tenant_id, name) DO UPDATE SET asked_until = excluded.asked_until
             WHERE platform_token.asked_until <= $3",
            vec![self.tenant().into(), name.into(), now.into(), until.into()],
        )
        .await?;
        Ok(claimed > 0)
    }

    /// Keeps a new one, sealed; the claim is over.
    pub async fn keep_platform_token(&self, name: &str, token: &PlatformToken) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE platform_token SET value = $3, expires_at = $4, asked_until = 0 WHERE tenant_id = $1 AND name = $2",
            vec![
                self.tenant().into(),
                name.into(),
                token.value.as_str().into(),
                token.expires_at.into(),
            ],
        )
        .await?;
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct Owner {
    account_id: String,
}
