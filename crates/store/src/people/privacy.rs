//! What somebody may see and end about themselves: where they are logged in, who looked at their number, their account.

use crate::ids::sha256_hex;
use crate::sql::{execute, from_json, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::EventRecord;
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct OwnSession {
    /// The beginning of the token's hash: enough to name it, worth nothing as a token.
    pub handle: String,
    /// What [`Store::note_device`] noted.
    pub device: String,
    pub created_at: Millis,
    pub seen_at: Millis,
}

/// A look at the number behind a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub letter_id: Id,
    /// The entry in the letter's log.
    pub record: EventRecord,
}

/// Digits of a token's hash that name a session; the statements below say so too.
const HANDLE: usize = 16;

/// What an account leaves behind elsewhere, and what becomes of it when its person goes. Letters and records themselves
/// stay: they are the station's work, and their numbers have no gaps.
const GOES: &[&str] = &[
    "DELETE FROM session WHERE tenant_id = $1 AND account_id = $2",
    "DELETE FROM login_link WHERE tenant_id = $1 AND account_id = $2",
    "DELETE FROM platform_account WHERE tenant_id = $1 AND account_id = $2",
    "DELETE FROM notice WHERE tenant_id = $1 AND account_id = $2",
    // A word to a number that was theirs still goes out: it warns of exactly this.
    "DELETE FROM outbox WHERE tenant_id = $1 AND account_id = $2 AND to_enc IS NULL",
    "UPDATE account_event SET was = NULL, became = NULL WHERE tenant_id = $1 AND account_id = $2",
    "UPDATE publication SET author_name = NULL WHERE tenant_id = $1 AND message_id IN
     (SELECT m.id FROM message m WHERE m.tenant_id = $1 AND m.submitter_account_id = $2)",
    "UPDATE message SET name = NULL WHERE tenant_id = $1 AND submitter_account_id = $2",
    "UPDATE appointment SET name = '', phone_masked = NULL, phone_enc = NULL WHERE tenant_id = $1 AND account_id = $2",
    "UPDATE reception_record SET visitor = '', phone_masked = NULL, phone_enc = NULL
     WHERE tenant_id = $1 AND account_id = $2",
    "UPDATE event_question SET name = NULL WHERE tenant_id = $1 AND account_id = $2",
    "UPDATE account SET active = FALSE, display_name = '', email = NULL, notify = NULL, phone_hash = NULL,
     phone_masked = NULL, phone_enc = NULL WHERE tenant_id = $1 AND id = $2 AND role = 'resident'",
];

impl Store {
    /// The name of a token's session in [`Self::sessions_of`].
    pub fn session_handle(token: &str) -> String {
        sha256_hex(token.as_bytes()).chars().take(HANDLE).collect()
    }

    /// Notes what a session was opened in.
    pub async fn note_device(&self, token: &str, device: &str) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE session SET device = $1 WHERE tenant_id = $2 AND token_hash = $3",
            vec![device.into(), self.tenant().into(), sha256_hex(token.as_bytes()).into()],
        )
        .await?;
        Ok(())
    }

    /// Where somebody is logged in, the last used first.
    pub async fn sessions_of(&self, account_id: &str, now: Millis) -> Result<Vec<OwnSession>, StoreError> {
        rows(
            &self.read,
            "SELECT SUBSTR(token_hash, 1, 16) AS handle, device, created_at, seen_at FROM session
             WHERE tenant_id = $1 AND account_id = $2 AND idle_until > $3 AND absolute_until > $3
             ORDER BY seen_at DESC, token_hash",
            vec![self.tenant().into(), account_id.into(), now.into()],
        )
        .await
    }

    /// Ends one of somebody's sessions by its handle; tells whether there was one.
    pub async fn revoke_own_session(&self, account_id: &str, handle: &str) -> Result<bool, StoreError> {
        let gone = execute(
            self.writer(),
            "DELETE FROM session WHERE tenant_id = $1 AND account_id = $2 AND SUBSTR(token_hash, 1, 16) = $3",
            vec![self.tenant().into(), account_id.into(), handle.into()],
        )
        .await?;
        self.tell(&[account_id.to_owned()]);
        Ok(gone > 0)
    }

    /// Who looked at the number behind somebody's letters, the latest first.
    pub async fn looks_at_contact(&self, account_id: &str) -> Result<Vec<Look>, StoreError> {
        #[derive(FromQueryResult)]
        struct Logged {
            message_id: String,
            data: String,
        }
        let found: Vec<Logged> = rows(
            &self.read,
            "SELECT e.message_id, e.data FROM message m
             JOIN message_event e ON e.tenant_id = m.tenant_id AND e.message_id = m.id
             WHERE m.tenant_id = $1 AND m.submitter_account_id = $2 AND e.type = 'contact_revealed'
             ORDER BY e.at DESC, e.message_id, e.seq DESC",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        let look = |row: Logged| {
            Ok(Look {
                record: from_json(&row.data)?,
                letter_id: row.message_id,
            })
        };
        found.into_iter().map(look).collect()
    }

    /// Puts somebody's name right.
    pub async fn rename_account(&self, account_id: &str, name: &str) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE account SET display_name = $1 WHERE tenant_id = $2 AND id = $3",
            vec![name.into(), self.tenant().into(), account_id.into()],
        )
        .await?;
        Ok(())
    }

    /// Closes a resident's account for good: number, name and addresses go from everywhere but the letters' logs
    /// (decision 20), nobody is logged in any more, nothing is sent. Letters go on and are found by number and query
    /// code. Whoever comes back by the same number gets a new account.
    ///
    /// Bookings and registrations are given back before, by what knows who moves up.
    ///
    /// # Errors
    /// What the database refused; nothing has gone then.
    pub async fn close_account(&self, account_id: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let phones = strings(
            &tx,
            "SELECT phone_hash FROM account WHERE tenant_id = $1 AND id = $2 AND phone_hash IS NOT NULL",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        for hash in phones {
            execute(
                &tx,
                "DELETE FROM otp_challenge WHERE tenant_id = $1 AND phone_hash = $2",
                vec![self.tenant().into(), hash.into()],
            )
            .await?;
        }
        for sql in GOES {
            execute(&tx, sql, vec![self.tenant().into(), account_id.into()]).await?;
        }
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        self.tell(&[account_id.to_owned()]);
        Ok(())
    }
}
