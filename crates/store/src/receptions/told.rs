//! Whoever booked is told of what happens to the booking, in the transaction in which it happens.

use super::bookings::{Appointment, BookTerms, Row, next_reminder};
use super::sessions::Session;
use super::{ReceptionError, bookings};
use crate::notices::MeetingNotice;
use crate::sql::{execute, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::calendar::date_of;
use liaison_domain::notify::{MeetingKind, Subject};
use liaison_domain::reception::booking_title;
use liaison_domain::{Id, Millis};
use sea_orm::DatabaseTransaction;

/// Who was told, to be woken once the transaction is kept.
#[derive(Debug)]
pub(super) struct Telling {
    station: String,
    session_starts_at: Millis,
    pub told: Vec<Id>,
}

impl Store {
    /// Begins telling of a reception's bookings.
    pub(super) async fn telling(&self, tx: &DatabaseTransaction, session: &Session) -> Result<Telling, StoreError> {
        let name = strings(
            tx,
            "SELECT name FROM station WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), session.station_id.as_str().into()],
        )
        .await?;
        Ok(Telling {
            station: name.into_iter().next().unwrap_or_default(),
            session_starts_at: session.starts_at,
            told: Vec::new(),
        })
    }

    /// Tells whoever booked. `was`: when the talk was to begin before.
    pub(super) async fn tell_booking(
        &self,
        tx: &DatabaseTransaction,
        telling: &mut Telling,
        appointment: &Appointment,
        kind: MeetingKind,
        was: Option<Millis>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let Some(account) = &appointment.account_id else {
            return Ok(());
        };
        let day = was.or(appointment.starts_at).unwrap_or(telling.session_starts_at);
        let over_at = match kind {
            MeetingKind::BookingReminder => appointment.starts_at,
            MeetingKind::BookingOffered => appointment.offer_until,
            _ => None,
        };
        let notice = MeetingNotice {
            subject: Subject::Booking(appointment.id.clone()),
            title: booking_title(
                appointment.starts_at.unwrap_or(telling.session_starts_at),
                appointment.starts_at.is_some(),
                &telling.station,
            ),
            kind,
            urgent: date_of(day) == date_of(now),
            over_at,
            once: None,
        };
        self.keep_meeting_notice(tx, std::slice::from_ref(account), &notice, now)
            .await?;
        telling.told.push(account.clone());
        Ok(())
    }

    /// Tells the office of the reception's station that a deputy asks to be excused.
    pub(super) async fn tell_office_of_leave(
        &self,
        tx: &DatabaseTransaction,
        telling: &mut Telling,
        session: &Session,
        now: Millis,
    ) -> Result<(), StoreError> {
        let office = self.office_of(tx, &session.station_id).await?;
        self.tell_of_session(tx, telling, session, office, MeetingKind::LeaveAsked, now)
            .await
    }

    /// Tells a deputy whether they are to come to a reception.
    pub(super) async fn tell_deputy(
        &self,
        tx: &DatabaseTransaction,
        telling: &mut Telling,
        session: &Session,
        (deputy_id, kind): (&str, MeetingKind),
        now: Millis,
    ) -> Result<(), StoreError> {
        let accounts = self.accounts_of_deputy(tx, deputy_id).await?;
        self.tell_of_session(tx, telling, session, accounts, kind, now).await
    }

    async fn tell_of_session(
        &self,
        tx: &DatabaseTransaction,
        telling: &mut Telling,
        session: &Session,
        accounts: Vec<Id>,
        kind: MeetingKind,
        now: Millis,
    ) -> Result<(), StoreError> {
        let notice = MeetingNotice {
            subject: Subject::Reception(session.id.clone()),
            title: booking_title(session.starts_at, true, &telling.station),
            kind,
            urgent: date_of(session.starts_at) == date_of(now),
            over_at: Some(session.starts_at),
            once: None,
        };
        self.keep_meeting_notice(tx, &accounts, &notice, now).await?;
        telling.told.extend(accounts);
        Ok(())
    }

    /// Reminds those whose moment has come, of receptions that still take place; each moment once, however many servers
    /// look. Tells how many bookings were looked at, and how many people were reminded.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn remind_bookings(
        &self,
        terms: &BookTerms,
        now: Millis,
        limit: u64,
    ) -> Result<(u64, u64), ReceptionError> {
        let due: Vec<Row> = rows(
            &self.read,
            "SELECT a.* FROM appointment a WHERE a.tenant_id = $1 AND a.remind_at <= $2 ORDER BY a.remind_at, a.id LIMIT $3",
            vec![self.tenant().into(), now.into(), (limit as i64).into()],
        )
        .await?;
        let (looked, mut reminded) = (due.len() as u64, 0);
        for row in due {
            let tx = self.begin().await?;
            let (known, session) = self.appointment_held(&tx, &row.id, None).await?;
            let next = known.starts_at.and_then(|at| next_reminder(at, terms, now));
            let moved = execute(
                &tx,
                "UPDATE appointment SET remind_at = $1, reminded = reminded + 1 WHERE tenant_id = $2 AND id = $3
                 AND remind_at <= $4",
                vec![next.into(), self.tenant().into(), known.id.as_str().into(), now.into()],
            )
            .await?;
            let is_coming = known.starts_at.is_some_and(|at| at > now);
            let mut telling = self.telling(&tx, &session).await?;
            if moved == 1 && is_coming && session.state.is_open() && bookings::is_booked(&known) {
                self.tell_booking(&tx, &mut telling, &known, MeetingKind::BookingReminder, None, now)
                    .await?;
                reminded += 1;
            }
            tx.commit().await?;
            self.tell(&telling.told);
        }
        Ok((looked, reminded))
    }
}
