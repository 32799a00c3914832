//! Sessions: an opaque token in the browser, its hash here.

use super::accounts::{Account, of_row};
use crate::entity::{account, session, session_grant};
use crate::ids::{new_token, sha256_hex};
use crate::sql::{execute, statement, strings};
use crate::{Store, StoreError};
use liaison_domain::{Id, Millis};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait as _, EntityTrait as _, FromQueryResult, IntoActiveModel as _};

/// A browser that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is logged in; none for a browser that only looked letters up by number and code.
    pub account_id: Option<Id>,
    /// The same with all that is known of them, active or not.
    pub account: Option<Account>,
    /// Letters it may read and act on as their author, by number and code.
    pub granted: Vec<Id>,
    pub created_at: Millis,
    /// When it was last used, as precisely as [`Store::touch_session`] was called.
    pub seen_at: Millis,
    /// Over when not used until then.
    pub idle_until: Millis,
    /// Over then in any case.
    pub absolute_until: Millis,
}

#[derive(FromQueryResult)]
struct Found {
    account_id: Option<String>,
    created_at: i64,
    seen_at: i64,
    idle_until: i64,
    absolute_until: i64,
    message_id: Option<String>,
}

impl Store {
    /// Opens a session and gives its token: the only time it can be read.
    pub async fn create_session(
        &self,
        account_id: Option<&str>,
        now: Millis,
        idle_until: Millis,
        absolute_until: Millis,
    ) -> Result<String, StoreError> {
        let token = new_token()?;
        let row = session::Model {
            tenant_id: self.tenant(),
            token_hash: sha256_hex(token.as_bytes()),
            account_id: account_id.map(str::to_owned),
            created_at: now,
            seen_at: now,
            idle_until: idle_until.min(absolute_until),
            absolute_until,
        };
        session::Entity::insert(row.into_active_model())
            .exec_without_returning(self.writer())
            .await?;
        Ok(token)
    }

    /// The session of a token, unless its time is over.
    pub async fn find_session(&self, token: &str, now: Millis) -> Result<Option<Session>, StoreError> {
        // One row for each letter granted, or one without. Nearly every request asks this: once is enough.
        let found = self
            .read
            .query_all_raw(statement(
                &self.read,
                "SELECT s.account_id AS s_account_id, s.created_at AS s_created_at, s.seen_at AS s_seen_at,
                 s.idle_until AS s_idle_until, s.absolute_until AS s_absolute_until, g.message_id AS s_message_id, a.*
                 FROM session s
                 LEFT JOIN session_grant g ON g.tenant_id = s.tenant_id AND g.token_hash = s.token_hash
                 LEFT JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id
                 WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.idle_until > $3 AND s.absolute_until > $3
                 ORDER BY g.granted_at, g.message_id",
                vec![self.tenant().into(), sha256_hex(token.as_bytes()).into(), now.into()],
            ))
            .await?;
        let Some(first) = found.first() else {
            return Ok(None);
        };
        let account = match account::Model::from_query_result_optional(first, "")? {
            Some(row) => Some(of_row(row)?),
            None => None,
        };
        let mut granted = Vec::new();
        for row in &found {
            granted.extend(Found::from_query_result(row, "s_")?.message_id);
        }
        let row = Found::from_query_result(first, "s_")?;
        Ok(Some(Session {
            account_id: row.account_id,
            account,
            granted,
            created_at: row.created_at,
            seen_at: row.seen_at,
            idle_until: row.idle_until,
            absolute_until: row.absolute_until,
        }))
    }

    /// Notes that a session was used: it lasts until `idle_until`, never beyond its absolute end. Call it now and then,
    /// not on every request: it writes.
    pub async fn touch_session(&self, token: &str, now: Millis, idle_until: Millis) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE session SET seen_at = $1, idle_until = CASE WHEN $2 < absolute_until THEN $2 ELSE absolute_until END
             WHERE tenant_id = $3 AND token_hash = $4",
            vec![now.into(), idle_until.into(), self.tenant().into(), sha256_hex(token.as_bytes()).into()],
        )
        .await?;
        Ok(())
    }

    /// Lets this session read and act on a letter as its author.
    pub async fn grant_letter(&self, token: &str, letter_id: &str, now: Millis) -> Result<(), StoreError> {
        use session_grant::Column as G;
        let row = session_grant::Model {
            tenant_id: self.tenant(),
            token_hash: sha256_hex(token.as_bytes()),
            message_id: letter_id.to_owned(),
            granted_at: now,
        };
        let conflict = OnConflict::columns([G::TenantId, G::TokenHash, G::MessageId])
            .do_nothing()
            .to_owned();
        session_grant::Entity::insert(row.into_active_model())
            .on_conflict(conflict)
            .exec_without_returning(self.writer())
            .await?;
        Ok(())
    }

    /// Ends a session; its token is worth nothing any more. Open lines of its person look and find that out.
    pub async fn revoke_session(&self, token: &str) -> Result<(), StoreError> {
        let owner = strings(
            self.writer(),
            "DELETE FROM session WHERE tenant_id = $1 AND token_hash = $2 RETURNING COALESCE(account_id, '')",
            vec![self.tenant().into(), sha256_hex(token.as_bytes()).into()],
        )
        .await?;
        self.tell(&owner);
        Ok(())
    }

    /// Ends all sessions of an account (password changed, account closed).
    pub async fn revoke_sessions_of(&self, account_id: &str) -> Result<u64, StoreError> {
        let count = execute(
            self.writer(),
            "DELETE FROM session WHERE tenant_id = $1 AND account_id = $2",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        self.tell(&[account_id.to_owned()]);
        Ok(count)
    }

    /// Removes sessions whose time is over; tells how many.
    pub async fn sweep_sessions(&self, now: Millis) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM session WHERE tenant_id = $1 AND idle_until <= $2",
            vec![self.tenant().into(), now.into()],
        )
        .await
    }
}
