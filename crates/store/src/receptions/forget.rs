//! Bookings that were kept as long as they have to be: whose they were goes, what was when stays for the figures.

use crate::sql::execute;
use crate::{Store, StoreError};
use liaison_domain::Millis;

impl Store {
    /// Takes from bookings of receptions that ended before a moment whose they were: account, name, number, what was to
    /// be talked about, what was needed. When, with whom, how many came and what became of it stay. Tells how many
    /// bookings, at most `limit` at once.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn forget_bookings(&self, before: Millis, limit: u64) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "UPDATE appointment SET account_id = NULL, name = '', phone_masked = NULL, phone_enc = NULL, topic = '',
             access_needs = '', choice = NULL, offer_until = NULL, remind_at = NULL, forgotten = TRUE,
             version = version + 1
             WHERE tenant_id = $1 AND id IN (SELECT a.id FROM appointment a JOIN reception_session s
             ON s.tenant_id = a.tenant_id AND s.id = a.session_id WHERE a.tenant_id = $1 AND a.forgotten = FALSE
             AND s.starts_at < $2 AND s.ends_at < $2 LIMIT $3)",
            vec![self.tenant().into(), before.into(), (limit as i64).into()],
        )
        .await
    }

    /// Removes what inboxes and the way out still hold about bookings, receptions and events from before a moment. Tells
    /// how many lines, at most `limit` at once.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn forget_meeting_notices(&self, before: Millis, limit: u64) -> Result<u64, StoreError> {
        let mut gone = 0;
        for sql in [
            "DELETE FROM notice WHERE tenant_id = $1 AND id IN (SELECT id FROM notice WHERE tenant_id = $1
             AND subject IS NOT NULL AND at < $2 LIMIT $3)",
            // Those of letters go with their letter.
            "DELETE FROM outbox WHERE tenant_id = $1 AND id IN (SELECT id FROM outbox WHERE tenant_id = $1
             AND message_id IS NULL AND state <> 'waiting' AND created_at < $2 LIMIT $3)",
        ] {
            let values = vec![self.tenant().into(), before.into(), (limit as i64).into()];
            gone += execute(self.writer(), sql, values).await?;
        }
        Ok(gone)
    }
}
