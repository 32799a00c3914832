//! Looks at a visitor's number in the ledger: each is kept with its reason before the number is shown.

use super::ReceptionError;
use crate::ids::new_id;
use crate::sql::{execute, rows};
use crate::{Store, StoreError};
use liaison_domain::notify::MeetingKind;
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// Somebody looked at a number.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Look {
    /// Who looked.
    pub account_id: Id,
    pub reason: String,
    pub at: Millis,
}

impl Store {
    /// Somebody is about to see the number of a record's visitor. Whoever booked is told, and reads the reason with their
    /// booking.
    ///
    /// # Errors
    /// [`ReceptionError::NotFound`] for an unknown record.
    pub async fn look_at_number(&self, record_id: &str, look: &Look) -> Result<(), ReceptionError> {
        let tx = self.begin().await?;
        match self.look_within(&tx, record_id, look).await {
            Ok(told) => {
                tx.commit().await?;
                self.tell(&told);
                Ok(())
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn look_within(
        &self,
        tx: &DatabaseTransaction,
        record_id: &str,
        look: &Look,
    ) -> Result<Vec<Id>, ReceptionError> {
        let record = self.record_on(tx, record_id).await?.ok_or(ReceptionError::NotFound)?;
        execute(
            tx,
            "INSERT INTO record_look (tenant_id, id, record_id, account_id, reason, at) VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                self.tenant().into(),
                new_id().into(),
                record_id.into(),
                look.account_id.as_str().into(),
                look.reason.as_str().into(),
                look.at.into(),
            ],
        )
        .await?;
        let Some(booking) = &record.appointment_id else {
            return Ok(Vec::new());
        };
        let Some(appointment) = self.appointment_on(tx, booking).await? else {
            return Ok(Vec::new());
        };
        let session = self.session_on(tx, &appointment.session_id).await?;
        let session = session.ok_or(ReceptionError::NotFound)?;
        let mut telling = self.telling(tx, &session).await?;
        self.tell_booking(
            tx,
            &mut telling,
            &appointment,
            MeetingKind::BookingNumberSeen,
            None,
            look.at,
        )
        .await?;
        Ok(telling.told)
    }

    /// Who looked at a record's number, the first look first.
    pub async fn looks_at_record(&self, record_id: &str) -> Result<Vec<Look>, StoreError> {
        rows(
            &self.read,
            "SELECT account_id, reason, at FROM record_look WHERE tenant_id = $1 AND record_id = $2 ORDER BY at, id",
            vec![self.tenant().into(), record_id.into()],
        )
        .await
    }

    /// Who looked at the number that somebody left with a booking, the first look first.
    pub async fn looks_at_booking(&self, appointment_id: &str) -> Result<Vec<Look>, StoreError> {
        rows(
            &self.read,
            "SELECT l.account_id, l.reason, l.at FROM record_look l
             JOIN reception_record r ON r.tenant_id = l.tenant_id AND r.id = l.record_id
             WHERE l.tenant_id = $1 AND r.appointment_id = $2 ORDER BY l.at, l.id",
            vec![self.tenant().into(), appointment_id.into()],
        )
        .await
    }
}
