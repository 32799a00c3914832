//! Who receives: naming them, asking to be excused, and who comes instead.

use super::ReceptionError;
use super::bookings::{Appointment, BookTerms, TakenSeats, next_reminder};
use super::sessions::{Session, SessionChange, allowed};
use super::told::Telling;
use crate::sql::{Query, execute, strings};
use crate::{Store, StoreError};
use liaison_domain::calendar::date_of;
use liaison_domain::notify::MeetingKind;
use liaison_domain::reception::{BookingState, DeputyState, SessionAct};
use liaison_domain::{Id, Millis};
use sea_orm::DatabaseTransaction;

/// What the office decides about a deputy's wish to be excused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Excused; this deputy comes instead.
    Substitute(Id),
    /// Excused; nobody comes instead.
    Excused,
    /// Is to come all the same.
    Refused,
}

/// Bookings that something happened to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// They keep their time, with somebody else.
    pub substituted: Vec<Appointment>,
    /// Nobody is left to meet them.
    pub dropped: Vec<Appointment>,
    /// Those who waited and got a time.
    pub offered: Vec<Appointment>,
}

impl Store {
    /// Names one more deputy for a reception.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once it began or was cancelled, or when they receive there already.
    pub async fn add_deputy(
        &self,
        session_id: &str,
        deputy_id: &str,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Appointment>, ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, session_id).await?;
        let is_there = session.receiving().any(|deputy| deputy.deputy_id == deputy_id);
        if is_there || allowed(&session, None, SessionAct::Change, now).is_err() {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        }
        self.put_deputy_at(&tx, &session, deputy_id, None).await?;
        // Who booked while nobody was named is met by whoever is named then, one at a time: the lowest place first.
        execute(
            &tx,
            "UPDATE appointment SET deputy_id = $1, seat_no = 1 WHERE tenant_id = $2 AND session_id = $3 AND deputy_id = ''
             AND starts_at IS NOT NULL AND state IN ('booked', 'offered', 'checked_in')
             AND seat_no = (SELECT MIN(b.seat_no) FROM appointment b WHERE b.tenant_id = $2 AND b.session_id = $3
             AND b.deputy_id = '' AND b.starts_at = appointment.starts_at AND b.state IN ('booked', 'offered', 'checked_in'))
             AND NOT EXISTS (SELECT 1 FROM appointment c WHERE c.tenant_id = $2 AND c.session_id = $3 AND c.deputy_id = $1
             AND c.starts_at = appointment.starts_at AND c.state IN ('booked', 'offered', 'checked_in', 'done', 'no_show'))",
            vec![deputy_id.into(), self.tenant().into(), session_id.into()],
        )
        .await?;
        self.touch(&tx, session_id, now).await?;
        let session = self.session_held(&tx, session_id).await?;
        let mut telling = self.telling(&tx, &session).await?;
        let offered = self.offer_free(&tx, &session, &mut telling, terms, now).await?;
        tx.commit().await?;
        self.tell(&telling.told);
        self.public_changed();
        Ok(offered)
    }

    async fn put_deputy_at(
        &self,
        tx: &DatabaseTransaction,
        session: &Session,
        deputy_id: &str,
        instead_of: Option<&str>,
    ) -> Result<(), StoreError> {
        execute(
            tx,
            "INSERT INTO session_deputy (tenant_id, session_id, deputy_id, state, instead_of, sort)
             VALUES ($1, $2, $3, 'confirmed', $4, $5)
             ON CONFLICT (tenant_id, session_id, deputy_id) DO UPDATE SET state = 'confirmed', instead_of = $4, reason = NULL",
            vec![
                self.tenant().into(),
                session.id.as_str().into(),
                deputy_id.into(),
                instead_of.map(str::to_owned).into(),
                (session.deputies.len() as i64 + 1).into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// A change that everybody may see.
    async fn touch(&self, tx: &DatabaseTransaction, session_id: &str, now: Millis) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE reception_session SET edited = TRUE, changed_at = $1, version = version + 1
             WHERE tenant_id = $2 AND id = $3",
            vec![now.into(), self.tenant().into(), session_id.into()],
        )
        .await?;
        self.raise_public_revision(tx).await
    }

    /// A deputy asks to be excused from a reception, and may propose who comes instead. Nothing changes for anybody until the office decides.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once it began, or without a place there.
    pub async fn ask_leave(
        &self,
        session_id: &str,
        deputy_id: &str,
        reason: &str,
        proposed: Option<&str>,
        now: Millis,
    ) -> Result<(), ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, session_id).await?;
        let place = session.receiving().find(|deputy| deputy.deputy_id == deputy_id);
        let Some(place) = place.filter(|_| allowed(&session, None, SessionAct::Change, now).is_ok()) else {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        };
        execute(
            &tx,
            "UPDATE session_deputy SET state = 'leave_asked', reason = $1, asked_at = $2, proposed_id = $3
             WHERE tenant_id = $4 AND session_id = $5 AND deputy_id = $6",
            vec![
                reason.into(),
                now.into(),
                proposed.map(str::to_owned).into(),
                self.tenant().into(),
                session_id.into(),
                deputy_id.into(),
            ],
        )
        .await?;
        let mut telling = self.telling(&tx, &session).await?;
        // Other words for the same wish: the office knows already.
        if place.state != DeputyState::LeaveAsked {
            self.tell_office_of_leave(&tx, &mut telling, &session, now).await?;
        }
        tx.commit().await?;
        self.tell(&telling.told);
        Ok(())
    }

    /// The office decides about a deputy's place at a reception, asked or not. Whoever booked with them keeps their time
    /// with the substitute or another deputy who is free then; if nobody is, the booking is dropped and something else
    /// is offered.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once it began, for a deputy without a place there, or a substitute who has one.
    pub async fn decide_leave(
        &self,
        session_id: &str,
        deputy_id: &str,
        decision: &Leave,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Moved, ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, session_id).await?;
        let place = session.receiving().find(|deputy| deputy.deputy_id == deputy_id);
        let has_asked = place.is_some_and(|place| place.state == DeputyState::LeaveAsked);
        let is_there = |id: &str| session.receiving().any(|deputy| deputy.deputy_id == id);
        let is_double = matches!(decision, Leave::Substitute(id) if is_there(id));
        if place.is_none() || is_double || allowed(&session, None, SessionAct::Change, now).is_err() {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        }
        let (state, substitute) = match decision {
            Leave::Refused => (DeputyState::Confirmed, None),
            Leave::Excused => (DeputyState::Excused, None),
            Leave::Substitute(id) => (DeputyState::Substituted, Some(id.as_str())),
        };
        execute(
            &tx,
            "UPDATE session_deputy SET state = $1 WHERE tenant_id = $2 AND session_id = $3 AND deputy_id = $4",
            vec![
                state.code().into(),
                self.tenant().into(),
                session_id.into(),
                deputy_id.into(),
            ],
        )
        .await?;
        if let Some(substitute) = substitute {
            self.put_deputy_at(&tx, &session, substitute, Some(deputy_id)).await?;
        }
        let mut ids = (Vec::new(), Vec::new());
        let mut telling = self.telling(&tx, &session).await?;
        let told = match decision {
            // Nobody asked, nothing changes: nothing to tell.
            Leave::Refused => has_asked.then_some(MeetingKind::LeaveRefused),
            Leave::Excused | Leave::Substitute(_) => Some(MeetingKind::LeaveGranted),
        };
        let substituted = substitute.map(|id| (id, MeetingKind::SubstituteNamed));
        for told in told.map(|kind| (deputy_id, kind)).into_iter().chain(substituted) {
            self.tell_deputy(&tx, &mut telling, &session, told, now).await?;
        }
        if state != DeputyState::Confirmed {
            ids = self.move_bookings(&tx, session_id, deputy_id, substitute, now).await?;
            for (concerned, kind) in [
                (&ids.0, MeetingKind::BookingSubstitute),
                (&ids.1, MeetingKind::BookingDropped),
            ] {
                for id in concerned {
                    if let Some(appointment) = self.appointment_on(&tx, id).await? {
                        self.tell_booking(&tx, &mut telling, &appointment, kind, None, now)
                            .await?;
                    }
                }
            }
        }
        self.touch(&tx, session_id, now).await?;
        let session = self.session_held(&tx, session_id).await?;
        let offered = self.offer_free(&tx, &session, &mut telling, terms, now).await?;
        tx.commit().await?;
        self.tell(&telling.told);
        self.public_changed();
        Ok(Moved {
            substituted: self.appointments(&ids.0).await?,
            dropped: self.appointments(&ids.1).await?,
            offered,
        })
    }

    /// Gives an excused deputy's bookings to the substitute, or to whoever is free at the same time.
    async fn move_bookings(
        &self,
        tx: &DatabaseTransaction,
        session_id: &str,
        deputy_id: &str,
        substitute: Option<&str>,
        now: Millis,
    ) -> Result<(Vec<Id>, Vec<Id>), ReceptionError> {
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        // Whoever waits for somebody who does not come waits for the substitute, or for anybody.
        execute(
            tx,
            "UPDATE appointment SET wish_deputy_id = $1 WHERE tenant_id = $2 AND session_id = $3 AND wish_deputy_id = $4
             AND state = 'waiting'",
            vec![
                substitute.map(str::to_owned).into(),
                self.tenant().into(),
                session_id.into(),
                deputy_id.into(),
            ],
        )
        .await?;
        let held = strings(
            tx,
            "SELECT id FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND deputy_id = $3
             AND state IN ('booked', 'offered', 'checked_in') ORDER BY starts_at, id",
            vec![self.tenant().into(), session_id.into(), deputy_id.into()],
        )
        .await?;
        for id in held {
            let Some(appointment) = self.appointment_on(tx, &id).await? else {
                continue;
            };
            // Read anew: the excused deputy's times are not among them any more.
            let session = self.session_held(tx, session_id).await?;
            let slots = TakenSeats::of(self, tx, session_id).await?.slots(&session);
            let free = slots.iter().find(|slot| {
                slot.is_free
                    && Some(slot.starts_at) == appointment.starts_at
                    && substitute.is_none_or(|substitute| slot.deputy_id.as_deref() == Some(substitute))
            });
            let mut query = Query::new("UPDATE appointment SET updated_at = ?,", [now.into()]);
            if let Some(slot) = free {
                query.push(
                    "deputy_id = ?, seat_no = ?, choice = 'substitute', version = version + 1",
                    [
                        slot.deputy_id.clone().unwrap_or_default().into(),
                        i64::from(slot.seat_no).into(),
                    ],
                );
                kept.push(id.clone());
            } else {
                query.push(
                    "state = 'dropped', choice = 'alternatives', offer_until = NULL, remind_at = NULL, version = version + 1",
                    [],
                );
                dropped.push(id.clone());
            }
            query.push(
                "WHERE tenant_id = ? AND id = ?",
                [self.tenant().into(), id.as_str().into()],
            );
            query.execute(tx).await?;
        }
        Ok((kept, dropped))
    }

    /// Changes a reception. When its time or place changes, everybody who booked is to say whether they still come: their
    /// bookings move along, those that it became too short for are dropped, and those who wait are told. Gives the bookings
    /// concerned. What it became longer by is offered to those who wait.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once it began or was cancelled, [`ReceptionError::Changed`] at another version.
    pub async fn change_session(
        &self,
        id: &str,
        version: i64,
        change: &SessionChange,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Appointment>, ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, id).await?;
        let state = allowed(&session, Some(version), SessionAct::Change, now)?;
        let shift = change.starts_at - session.starts_at;
        let is_moved = shift != 0 || change.place != session.place;
        self.set_state(
            &tx,
            id,
            (state, now),
            "title = ?, topic = ?, date = ?, starts_at = ?, ends_at = ?, place = ?, online_link = ?, notice = ?, edited = TRUE",
            [
                change.title.as_str().into(),
                change.topic.as_str().into(),
                date_of(change.starts_at).iso().into(),
                change.starts_at.into(),
                change.ends_at.into(),
                change.place.as_str().into(),
                change.online_link.clone().into(),
                change.notice.as_str().into(),
            ],
        )
        .await?;
        let session = self.session_held(&tx, id).await?;
        let mut telling = self.telling(&tx, &session).await?;
        let concerned = self
            .move_along(&tx, &session, &mut telling, is_moved.then_some(shift), terms, now)
            .await?;
        self.offer_free(&tx, &session, &mut telling, terms, now).await?;
        tx.commit().await?;
        self.tell(&telling.told);
        self.public_changed();
        self.appointments(&concerned).await
    }

    /// Moves the bookings of a reception that was changed. `shift`: by how much, when its time or place is another.
    async fn move_along(
        &self,
        tx: &DatabaseTransaction,
        session: &Session,
        telling: &mut Telling,
        shift: Option<Millis>,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Vec<Id>, ReceptionError> {
        // From the far end, so that nobody is moved onto a time that another has not left yet.
        let order = if shift.unwrap_or_default() > 0 { "DESC" } else { "ASC" };
        let sql = [
            "SELECT id FROM appointment WHERE tenant_id = $1 AND session_id = $2
             AND state IN ('booked', 'offered', 'checked_in', 'waiting') ORDER BY starts_at ",
            order,
            ", created_at, id",
        ]
        .concat();
        let open = strings(tx, &sql, vec![self.tenant().into(), session.id.as_str().into()]).await?;
        let mut concerned = Vec::new();
        for id in open {
            let Some(known) = self.appointment_on(tx, &id).await? else {
                continue;
            };
            let starts_at = known.starts_at.map(|at| at + shift.unwrap_or_default());
            let fits = starts_at.is_none_or(|at| session.times().contains(&at));
            let kind = if fits {
                MeetingKind::BookingMoved
            } else {
                MeetingKind::BookingDropped
            };
            if fits && shift.is_none() {
                continue;
            }
            let mut query = Query::new(
                "UPDATE appointment SET updated_at = ?, version = version + 1,",
                [now.into()],
            );
            if !fits {
                query.push(
                    "state = 'dropped', choice = 'alternatives', offer_until = NULL, remind_at = NULL",
                    [],
                );
            } else if known.state == BookingState::Waiting {
                query.push("choice = choice", []);
            } else {
                let remind = starts_at
                    .filter(|_| known.state == BookingState::Booked)
                    .and_then(|at| next_reminder(at, terms, now));
                query.push(
                    "starts_at = ?, remind_at = ?, choice = 'moved'",
                    [starts_at.into(), remind.into()],
                );
            }
            query.push(
                "WHERE tenant_id = ? AND id = ?",
                [self.tenant().into(), id.as_str().into()],
            );
            query.execute(tx).await?;
            if let Some(after) = self.appointment_on(tx, &id).await? {
                let was = known.starts_at.or(Some(session.starts_at - shift.unwrap_or_default()));
                self.tell_booking(tx, telling, &after, kind, was, now).await?;
            }
            if known.state != BookingState::Waiting {
                concerned.push(id);
            }
        }
        Ok(concerned)
    }

    /// Whoever booked agrees to the substitute or to the new time.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] when nothing is asked, [`ReceptionError::Changed`] at another version.
    pub async fn keep_booking(
        &self,
        id: &str,
        version: Option<i64>,
        now: Millis,
    ) -> Result<Appointment, ReceptionError> {
        let tx = self.begin().await?;
        let (known, _) = self.appointment_held(&tx, id, version).await?;
        let is_asked = matches!(known.choice.as_deref(), Some("substitute" | "moved"));
        if !is_asked || !known.state.is_open() {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        }
        self.set_choice_done(&tx, id, now).await?;
        tx.commit().await?;
        self.appointment(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// Nothing is wanted instead of a dropped booking.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] when nothing is offered, [`ReceptionError::Changed`] at another version.
    pub async fn settle_booking(
        &self,
        id: &str,
        version: Option<i64>,
        now: Millis,
    ) -> Result<Appointment, ReceptionError> {
        let tx = self.begin().await?;
        let (known, _) = self.appointment_held(&tx, id, version).await?;
        if known.choice.as_deref() != Some("alternatives") {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        }
        self.set_choice_done(&tx, id, now).await?;
        tx.commit().await?;
        self.appointment(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// Another booking or a letter takes the place of somebody's own dropped booking, in the transaction that keeps it.
    /// Nothing happens to a booking that waits for no such answer.
    pub(crate) async fn settle_instead(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        account_id: &str,
        letter_id: Option<&str>,
        now: Millis,
    ) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE appointment SET choice = NULL, letter_id = COALESCE($1, letter_id), updated_at = $2,
             version = version + 1
             WHERE tenant_id = $3 AND id = $4 AND account_id = $5 AND choice = 'alternatives'",
            vec![
                letter_id.map(str::to_owned).into(),
                now.into(),
                self.tenant().into(),
                id.into(),
                account_id.into(),
            ],
        )
        .await?;
        Ok(())
    }

    async fn set_choice_done(&self, tx: &DatabaseTransaction, id: &str, now: Millis) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE appointment SET choice = NULL, updated_at = $1, version = version + 1
             WHERE tenant_id = $2 AND id = $3",
            vec![now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }
}
