//! The counter on the day: who is here, who is being received, who is next.

use super::ReceptionError;
use super::bookings::{Appointment, BookError, Row};
use crate::idempotency::IdempotencyKey;
use crate::sql::{execute, row, rows, to_json};
use crate::{Store, StoreError};
use liaison_domain::reception::{BookingAct, BookingState};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};
use std::collections::BTreeMap;

/// Somebody at a reception, with the moment they were called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    pub appointment: Appointment,
    /// None: not called yet.
    pub called_at: Option<Millis>,
}

#[derive(FromQueryResult)]
struct Called {
    id: String,
    called_at: i64,
}

impl Store {
    /// Everybody who booked a reception or came to it: by time, then those without one.
    pub async fn queue_at(&self, session_id: &str) -> Result<Vec<Queued>, StoreError> {
        let called: Vec<Called> = rows(
            &self.read,
            "SELECT id, called_at FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND called_at IS NOT NULL",
            vec![self.tenant().into(), session_id.into()],
        )
        .await?;
        let called: BTreeMap<Id, Millis> = called.into_iter().map(|row| (row.id, row.called_at)).collect();
        let all = self.appointments_at(session_id).await?;
        Ok(all
            .into_iter()
            .map(|appointment| Queued {
                called_at: called.get(&appointment.id).copied(),
                appointment,
            })
            .collect())
    }

    /// Calls whoever waits with the smallest number. None: nobody waits. Two desks that call at once get different people;
    /// the same key gets the same one again: a double tap calls once.
    ///
    /// # Errors
    /// [`ReceptionError::NotFound`] for an unknown reception.
    pub async fn call_next(
        &self,
        session_id: &str,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Option<Appointment>, BookError> {
        let tx = self.begin().await?;
        match self.call_next_within(&tx, session_id, key, now).await {
            Ok(called) => {
                tx.commit().await?;
                Ok(called)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn call_next_within(
        &self,
        tx: &DatabaseTransaction,
        session_id: &str,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Option<Appointment>, BookError> {
        if let Some(known) = self.booked_before(tx, key, now).await? {
            return Ok(known);
        }
        self.session_held(tx, session_id).await?;
        let next: Option<Row> = row(
            tx,
            "SELECT * FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND state = 'checked_in'
             AND called_at IS NULL ORDER BY queue_no, id LIMIT 1",
            vec![self.tenant().into(), session_id.into()],
        )
        .await?;
        let id = next.map(|next| next.id).unwrap_or_default();
        if let Some(key) = key {
            self.answer_key(tx, key, 200, &to_json(&id)?).await?;
        }
        if id.is_empty() {
            return Ok(None);
        }
        set_called(self, tx, &id, Some(now), now).await?;
        Ok(self.appointment_on(tx, &id).await?)
    }

    /// Calls one of those who wait, or lets them wait again when they did not answer.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] for somebody who is not here.
    pub async fn call_booking(&self, id: &str, is_called: bool, now: Millis) -> Result<Appointment, ReceptionError> {
        let known = self.appointment(id).await?.ok_or(ReceptionError::NotFound)?;
        let touched = set_called(self, self.writer(), id, is_called.then_some(now), now).await?;
        if touched == 0 {
            return Err(ReceptionError::NotAllowed);
        }
        Ok(self.appointment(id).await?.unwrap_or(known))
    }

    /// What somebody came for is written down: the talk took place, whether or not anybody had checked them in.
    pub(super) async fn talked(&self, tx: &DatabaseTransaction, id: &str, now: Millis) -> Result<(), StoreError> {
        let Some(known) = self.appointment_on(tx, id).await? else {
            return Ok(());
        };
        let here = known.state.after(BookingAct::CheckIn).unwrap_or(known.state);
        if here != BookingState::CheckedIn {
            return Ok(());
        }
        execute(
            tx,
            "UPDATE appointment SET state = 'done', called_at = COALESCE(called_at, $1), offer_until = NULL,
             remind_at = NULL, choice = NULL, updated_at = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3",
            vec![now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }
}

async fn set_called<C: ConnectionTrait>(
    store: &Store,
    db: &C,
    id: &str,
    called_at: Option<Millis>,
    now: Millis,
) -> Result<u64, StoreError> {
    execute(
        db,
        "UPDATE appointment SET called_at = $1, updated_at = $2, version = version + 1
         WHERE tenant_id = $3 AND id = $4 AND state = 'checked_in'",
        vec![called_at.into(), now.into(), store.tenant().into(), id.into()],
    )
    .await
}
