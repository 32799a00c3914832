//! Another telephone number for an account. Whether it is its owner who asks was made sure of before.

use super::Phone;
use crate::ids::{new_id, sha256_hex};
use crate::outbox::NewMessage;
use crate::sql::{Query, execute, number, row};
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::dto::AccountAct;
use sea_orm::FromQueryResult;

/// A change of number.
#[derive(Clone, Copy, Debug)]
pub struct NumberChange<'a> {
    pub account_id: &'a str,
    pub to: &'a Phone,
    /// The session that stays; all others end.
    pub keep: Option<&'a str>,
    /// Goes out to the old number.
    pub farewell: Option<&'a NewMessage>,
    pub act: AccountAct,
    /// How it was made sure of, where an office did.
    pub what: &'a str,
    pub by: &'a str,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberChanged {
    Done,
    /// It is the number already.
    Same,
    /// Another account has it; nothing changed.
    Taken,
    /// There is no such resident.
    Nobody,
}

#[derive(FromQueryResult)]
struct Before {
    hash: Option<String>,
    masked: Option<String>,
    sealed: Option<String>,
}

/// Copies of the number that lie with what it was left for: `$3` and `$4` the new one, `$5` the old one as shown.
const COPIES: &[&str] = &[
    "UPDATE appointment SET phone_masked = $3, phone_enc = $4 WHERE tenant_id = $1 AND account_id = $2
     AND phone_masked = $5",
    "UPDATE reception_record SET phone_masked = $3, phone_enc = $4 WHERE tenant_id = $1 AND account_id = $2
     AND phone_masked = $5",
];

impl Store {
    /// Gives an account another number. Letters, bookings, events and bound platforms hang on the account and come along;
    /// copies of the number change with it; what restricts the person holds for the new number too, and still for the old
    /// one. All other sessions end, links and codes for the old number are void.
    ///
    /// # Errors
    /// What the database refused; nothing has changed then.
    pub async fn change_number(&self, change: NumberChange<'_>, now: Millis) -> Result<NumberChanged, StoreError> {
        match self.try_change_number(change, now).await {
            // Two at once for one number: the second finds the first's.
            Err(StoreError::Constraint(_)) => Ok(NumberChanged::Taken),
            other => other,
        }
    }

    async fn try_change_number(&self, change: NumberChange<'_>, now: Millis) -> Result<NumberChanged, StoreError> {
        let tx = self.begin().await?;
        let account = || vec![self.tenant().into(), change.account_id.into()];
        // Two changes of one account do not pass each other by.
        execute(
            &tx,
            "UPDATE account SET notify = notify WHERE tenant_id = $1 AND id = $2",
            account(),
        )
        .await?;
        let before: Option<Before> = row(
            &tx,
            "SELECT phone_hash AS hash, phone_masked AS masked, phone_enc AS sealed FROM account WHERE tenant_id = $1 AND id = $2 AND active = TRUE
             AND role = 'resident'",
            account(),
        )
        .await?;
        let Some(before) = before else {
            return Ok(NumberChanged::Nobody);
        };
        if before.hash.as_ref() == Some(&change.to.hash) {
            return Ok(NumberChanged::Same);
        }
        let taken = number(
            &tx,
            "SELECT COUNT(*) FROM account WHERE tenant_id = $1 AND phone_hash = $2",
            vec![self.tenant().into(), change.to.hash.as_str().into()],
        )
        .await?;
        if taken > 0 {
            return Ok(NumberChanged::Taken);
        }
        self.restrictions_follow(&tx, change.account_id, &change.to.hash)
            .await?;
        execute(
            &tx,
            "UPDATE account SET phone_hash = $3, phone_masked = $4, phone_enc = $5 WHERE tenant_id = $1 AND id = $2",
            vec![
                self.tenant().into(),
                change.account_id.into(),
                change.to.hash.as_str().into(),
                change.to.masked.as_str().into(),
                change.to.encrypted.clone().into(),
            ],
        )
        .await?;
        if let Some(masked) = &before.masked {
            for sql in COPIES {
                let mut values = account();
                values.push(change.to.masked.as_str().into());
                values.push(change.to.encrypted.clone().into());
                values.push(masked.as_str().into());
                execute(&tx, sql, values).await?;
            }
        }
        if let Some(hash) = &before.hash {
            execute(
                &tx,
                "UPDATE otp_challenge SET used_at = $3 WHERE tenant_id = $1 AND phone_hash = $2 AND used_at IS NULL",
                vec![self.tenant().into(), hash.as_str().into(), now.into()],
            )
            .await?;
        }
        let keep = change
            .keep
            .map(|token| sha256_hex(token.as_bytes()))
            .unwrap_or_default();
        let mut sessions = account();
        sessions.push(keep.into());
        execute(
            &tx,
            "DELETE FROM session WHERE tenant_id = $1 AND account_id = $2 AND token_hash <> $3",
            sessions,
        )
        .await?;
        execute(
            &tx,
            "DELETE FROM login_link WHERE tenant_id = $1 AND account_id = $2",
            account(),
        )
        .await?;
        if let (Some(message), Some(sealed)) = (change.farewell, &before.sealed) {
            self.farewell(&tx, change.account_id, message, sealed, now).await?;
        }
        let seq = self
            .log_account(&tx, change.account_id, change.act, change.what, Some(change.by), now)
            .await?;
        execute(
            &tx,
            "UPDATE account_event SET was = $4, became = $5 WHERE tenant_id = $1 AND account_id = $2 AND seq = $3",
            vec![
                self.tenant().into(),
                change.account_id.into(),
                seq.into(),
                before.masked.into(),
                change.to.masked.as_str().into(),
            ],
        )
        .await?;
        tx.commit().await?;
        self.tell(&[change.account_id.to_owned()]);
        Ok(NumberChanged::Done)
    }

    /// A message to the number that an account had.
    async fn farewell<C: sea_orm::ConnectionTrait>(
        &self,
        db: &C,
        account_id: &str,
        message: &NewMessage,
        sealed: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        Query::new(
            "INSERT INTO outbox (tenant_id, id, account_id, channel, subject, body, notices, urgent, state, attempts,
             next_at, created_at, to_enc) VALUES (?, ?, ?, ?, ?, ?, 0, ?, 'waiting', 0, ?, ?, ?)",
            [
                self.tenant().into(),
                new_id().into(),
                account_id.into(),
                message.channel.as_str().into(),
                message.subject.as_str().into(),
                message.body.as_str().into(),
                message.urgent.into(),
                now.into(),
                now.into(),
                sealed.into(),
            ],
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
