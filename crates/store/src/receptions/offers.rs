//! What becomes free goes to the next in line, for a while.

use super::bookings::{Appointment, BookTerms, Row, Slot, TakenSeats, next_reminder};
use super::sessions::Session;
use super::told::Telling;
use super::{ReceptionError, sessions};
use crate::sql::{execute, row, rows};
use crate::{Store, StoreError};
use liaison_domain::calendar::MINUTE_MS;
use liaison_domain::notify::MeetingKind;
use liaison_domain::reception::{Booking, BookingAct, OfferTerms, SessionAct, offer_until};
use liaison_domain::{Id, Millis};
use sea_orm::DatabaseTransaction;

/// Offers looked at in one round.
const BATCH: i64 = 50;

impl Store {
    /// Offers every time that is free to those who wait, the longest waiting first. Tells whom.
    pub(super) async fn offer_free(
        &self,
        tx: &DatabaseTransaction,
        session: &Session,
        telling: &mut Telling,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Appointment>, StoreError> {
        let closes_at = Booking {
            kind: session.kind,
            state: session.state,
            starts_at: session.starts_at,
            closes_hours: terms.closes_hours,
        }
        .closes_at();
        let offer = OfferTerms {
            hours: terms.offer_hours,
            closes_at,
        };
        let mut offered = Vec::new();
        if !session.state.is_open() {
            return Ok(offered);
        }
        let Some(until) = offer_until(offer, now) else {
            return Ok(offered);
        };
        let free: Vec<Slot> = TakenSeats::of(self, tx, &session.id)
            .await?
            .slots(session)
            .into_iter()
            .filter(|slot| slot.is_free && slot.starts_at > now)
            .collect();
        for slot in free {
            let deputy = slot.deputy_id.clone().unwrap_or_default();
            let next: Option<Row> = row(
                tx,
                // Whoever has another reception at that time is passed over: they could not come.
                "SELECT w.* FROM appointment w WHERE w.tenant_id = $1 AND w.session_id = $2 AND w.state = 'waiting'
                 AND (w.wish_deputy_id IS NULL OR w.wish_deputy_id = $3)
                 AND NOT EXISTS (SELECT 1 FROM appointment a JOIN reception_session s ON s.tenant_id = a.tenant_id
                    AND s.id = a.session_id WHERE a.tenant_id = w.tenant_id AND a.account_id = w.account_id
                    AND a.state IN ('booked', 'offered') AND a.starts_at < $4
                    AND a.starts_at + s.slot_minutes * 60000 > $5)
                 ORDER BY w.created_at, w.id LIMIT 1",
                vec![
                    self.tenant().into(),
                    session.id.as_str().into(),
                    deputy.as_str().into(),
                    (slot.starts_at + Millis::from(session.slot_minutes) * MINUTE_MS).into(),
                    slot.starts_at.into(),
                ],
            )
            .await?;
            let Some(next) = next else { continue };
            execute(
                tx,
                "UPDATE appointment SET state = 'offered', deputy_id = $1, starts_at = $2, seat_no = $3, offer_until = $4,
                 updated_at = $5, version = version + 1 WHERE tenant_id = $6 AND id = $7",
                vec![
                    deputy.into(),
                    slot.starts_at.into(),
                    i64::from(slot.seat_no).into(),
                    until.into(),
                    now.into(),
                    self.tenant().into(),
                    next.id.as_str().into(),
                ],
            )
            .await?;
            let Some(appointment) = self.appointment_on(tx, &next.id).await? else {
                continue;
            };
            self.tell_booking(tx, telling, &appointment, MeetingKind::BookingOffered, None, now)
                .await?;
            offered.push(appointment);
        }
        Ok(offered)
    }

    /// Whoever booked, or waits, does not come. What becomes free is offered to the next in line; those are told of.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] for a booking at an end, [`ReceptionError::Changed`] at another version.
    pub async fn cancel_booking(
        &self,
        id: &str,
        version: Option<i64>,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Appointment>, ReceptionError> {
        self.release(id, version, BookingAct::Cancel, terms, now).await
    }

    /// An offer is not wanted.
    ///
    /// # Errors
    /// As [`Self::cancel_booking`].
    pub async fn decline_offer(
        &self,
        id: &str,
        version: Option<i64>,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Appointment>, ReceptionError> {
        self.release(id, version, BookingAct::Lapse, terms, now).await
    }

    async fn release(
        &self,
        id: &str,
        version: Option<i64>,
        act: BookingAct,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Appointment>, ReceptionError> {
        let tx = self.begin().await?;
        let (known, session) = self.appointment_held(&tx, id, version).await?;
        let Some(state) = known.state.after(act) else {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        };
        // Whoever says no knows it.
        let is_late = act == BookingAct::Lapse && known.offer_until.is_some_and(|until| until <= now);
        execute(
            &tx,
            "UPDATE appointment SET state = $1, offer_until = NULL, remind_at = NULL, choice = NULL, updated_at = $2,
             version = version + 1 WHERE tenant_id = $3 AND id = $4",
            vec![state.code().into(), now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        let mut telling = self.telling(&tx, &session).await?;
        if is_late {
            self.tell_booking(&tx, &mut telling, &known, MeetingKind::BookingLapsed, None, now)
                .await?;
        }
        let offered = self.offer_free(&tx, &session, &mut telling, terms, now).await?;
        tx.commit().await?;
        self.tell(&telling.told);
        Ok(offered)
    }

    /// An offer is taken.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once its time is over.
    pub async fn accept_offer(
        &self,
        id: &str,
        version: Option<i64>,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Appointment, ReceptionError> {
        let tx = self.begin().await?;
        let (known, _) = self.appointment_held(&tx, id, version).await?;
        let is_late = known.offer_until.is_none_or(|until| until <= now);
        if known.state.after(BookingAct::Accept).is_none() || is_late {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        }
        let remind = known.starts_at.and_then(|at| next_reminder(at, terms, now));
        execute(
            &tx,
            "UPDATE appointment SET state = 'booked', offer_until = NULL, remind_at = $1, updated_at = $2,
             version = version + 1 WHERE tenant_id = $3 AND id = $4",
            vec![remind.into(), now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        tx.commit().await?;
        self.appointment(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// A booking with its reception, which nobody else touches until the transaction ends.
    pub(super) async fn appointment_held(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        version: Option<i64>,
    ) -> Result<(Appointment, Session), ReceptionError> {
        let known = self.appointment_on(tx, id).await?.ok_or(ReceptionError::NotFound)?;
        let session = self.session_held(tx, &known.session_id).await?;
        let known = self.appointment_on(tx, id).await?.ok_or(ReceptionError::NotFound)?;
        if version.is_some_and(|version| version != known.version) {
            return Err(ReceptionError::Changed);
        }
        Ok((known, session))
    }

    /// Offers whose time is over lapse, and the next in line get them. Gives those that lapsed and those that got an offer.
    pub async fn lapse_offers(
        &self,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<(Vec<Appointment>, Vec<Appointment>), ReceptionError> {
        let over: Vec<Row> = rows(
            &self.read,
            "SELECT * FROM appointment WHERE tenant_id = $1 AND state = 'offered' AND offer_until <= $2
             ORDER BY offer_until, id LIMIT $3",
            vec![self.tenant().into(), now.into(), BATCH.into()],
        )
        .await?;
        let (mut lapsed, mut offered) = (Vec::new(), Vec::new());
        for over in over {
            match self
                .release(&over.id, Some(over.version), BookingAct::Lapse, terms, now)
                .await
            {
                Ok(next) => {
                    offered.extend(next);
                    lapsed.extend(self.appointment(&over.id).await?);
                }
                // Taken or cancelled at this very moment.
                Err(ReceptionError::Changed | ReceptionError::NotAllowed) => {}
                Err(error) => return Err(error),
            }
        }
        Ok((lapsed, offered))
    }

    /// Cancels a reception. Everybody who booked or waits is offered something else; nobody is reminded of it any more.
    /// Gives the bookings concerned.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once it is at an end, [`ReceptionError::Changed`] at another version.
    pub async fn cancel_session(
        &self,
        id: &str,
        version: i64,
        reason: &str,
        now: Millis,
    ) -> Result<Vec<Appointment>, ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, id).await?;
        let state = sessions::allowed(&session, Some(version), SessionAct::Cancel, now)?;
        let concerned: Vec<Id> = crate::sql::strings(
            &tx,
            "SELECT id FROM appointment WHERE tenant_id = $1 AND session_id = $2
             AND state IN ('booked', 'waiting', 'offered', 'checked_in') ORDER BY created_at, id",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        execute(
            &tx,
            "UPDATE appointment SET state = 'dropped', choice = 'alternatives', offer_until = NULL, remind_at = NULL,
             updated_at = $1, version = version + 1 WHERE tenant_id = $2 AND session_id = $3
             AND state IN ('booked', 'waiting', 'offered', 'checked_in')",
            vec![now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        self.set_state(
            &tx,
            id,
            (state, now),
            "cancelled_at = ?, cancel_reason = ?",
            [now.into(), reason.into()],
        )
        .await?;
        let mut telling = self.telling(&tx, &session).await?;
        for id in &concerned {
            if let Some(dropped) = self.appointment_on(&tx, id).await? {
                self.tell_booking(&tx, &mut telling, &dropped, MeetingKind::BookingDropped, None, now)
                    .await?;
            }
        }
        tx.commit().await?;
        self.tell(&telling.told);
        self.public_changed();
        self.appointments(&concerned).await
    }

    /// These bookings, in this order.
    pub(super) async fn appointments(&self, ids: &[Id]) -> Result<Vec<Appointment>, ReceptionError> {
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            all.extend(self.appointment(id).await?);
        }
        Ok(all)
    }
}
