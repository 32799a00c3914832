//! Links that log somebody in once: a token in the address, its hash here.

use crate::ids::{new_token, sha256_hex};
use crate::sql::{Query, execute, number};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// Hexadecimal digits of a token: 128 bits, short enough for a text message.
pub const LINK_TOKEN: usize = 32;

/// Where a link leads, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct UsedLink {
    pub account_id: Id,
    pub path: String,
}

impl Store {
    /// Makes a link and gives its token: the only time it can be read. `made_by`: who had it made by hand.
    pub async fn create_login_link(
        &self,
        account_id: &str,
        path: &str,
        made_by: Option<&str>,
        now: Millis,
        expires_at: Millis,
    ) -> Result<String, StoreError> {
        let mut token = new_token()?;
        token.truncate(LINK_TOKEN);
        execute(
            self.writer(),
            "INSERT INTO login_link (tenant_id, token_hash, account_id, path, made_by, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            vec![
                self.tenant().into(),
                sha256_hex(token.as_bytes()).into(),
                account_id.into(),
                path.into(),
                made_by.map(str::to_owned).into(),
                now.into(),
                expires_at.into(),
            ],
        )
        .await?;
        Ok(token)
    }

    /// Whether a link can still be used. Changes nothing: previews of chat apps open links, too.
    pub async fn login_link_is_open(&self, token: &str, now: Millis) -> Result<bool, StoreError> {
        let found = number(
            &self.read,
            "SELECT COUNT(*) FROM login_link l JOIN account a ON a.tenant_id = l.tenant_id AND a.id = l.account_id
             WHERE l.tenant_id = $1 AND l.token_hash = $2 AND l.used_at IS NULL AND l.expires_at > $3 AND a.active = TRUE",
            vec![self.tenant().into(), sha256_hex(token.as_bytes()).into(), now.into()],
        )
        .await?;
        Ok(found == 1)
    }

    /// Uses a link up. None when it is unknown, used or too old; of two at once one gets it.
    pub async fn use_login_link(&self, token: &str, now: Millis) -> Result<Option<UsedLink>, StoreError> {
        Query::new(
            "UPDATE login_link SET used_at = ? WHERE tenant_id = ? AND token_hash = ? AND used_at IS NULL
             AND expires_at > ? RETURNING account_id, path",
            [
                now.into(),
                self.tenant().into(),
                sha256_hex(token.as_bytes()).into(),
                now.into(),
            ],
        )
        .row(self.writer())
        .await
    }

    /// Removes links that expired before then; tells how many.
    pub async fn sweep_login_links(&self, before: Millis) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM login_link WHERE tenant_id = $1 AND expires_at < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }

    /// The active account of a deputy, the oldest if there are several.
    pub async fn account_of_deputy(&self, deputy_id: &str) -> Result<Option<Id>, StoreError> {
        let found = crate::sql::strings(
            &self.read,
            "SELECT id FROM account WHERE tenant_id = $1 AND deputy_id = $2 AND active = TRUE AND role = 'deputy'
             ORDER BY created_at, id LIMIT 1",
            vec![self.tenant().into(), deputy_id.into()],
        )
        .await?;
        Ok(found.into_iter().next())
    }
}
