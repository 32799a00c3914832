//! Bookings. Exactly one of those who want the same time at the same moment gets it: the unique indexes of the table
//! say so, on both engines, whatever the servers do.

use super::ReceptionError;
use super::sessions::Session;
use crate::idempotency::{IdempotencyKey, Kept};
use crate::ids::new_id;
use crate::sql::{Query, code, execute, from_json, number, row, rows, to_json};
use crate::{Store, StoreError};
use liaison_domain::calendar::{DAY_MS, HOUR_MS};
use liaison_domain::notify::MeetingKind;
use liaison_domain::reception::{Booking, BookingAct, BookingState, Mode, Refused};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// A time one would like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotWish {
    pub starts_at: Millis,
    /// None: whoever is free then.
    pub deputy_id: Option<Id>,
}

/// A booking to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBooking {
    pub session_id: Id,
    /// None: put down at the counter for somebody without a phone.
    pub account_id: Option<Id>,
    pub name: String,
    pub phone_masked: Option<String>,
    /// Sealed by the caller.
    pub phone_encrypted: Option<String>,
    pub mode: Mode,
    pub topic: String,
    pub access_needs: String,
    pub people: u32,
    /// None: the waiting list.
    pub slot: Option<SlotWish>,
    /// For the waiting list: this deputy only.
    pub wish_deputy: Option<Id>,
    /// The same person's booking of a reception that was cancelled, which this one settles.
    pub instead_of: Option<Id>,
}

/// What the station set for bookings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookTerms {
    /// Hours before the beginning at which booking ends.
    pub closes_hours: u32,
    /// Hours an offer of the waiting list stands.
    pub offer_hours: u32,
    /// Hours before the talk at which people are reminded, the longest first.
    pub remind_hours: Vec<u32>,
    /// Receptions missed within `miss_days` after which one books by telephone only; 0: never.
    pub misses: u32,
    pub miss_days: u32,
}

/// A booking that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub id: Id,
    pub session_id: Id,
    /// Who is met; none: whoever is there.
    pub deputy_id: Option<Id>,
    pub wish_deputy: Option<Id>,
    /// When the talk begins; none on the waiting list.
    pub starts_at: Option<Millis>,
    pub account_id: Option<Id>,
    pub name: String,
    pub phone_masked: Option<String>,
    pub mode: Mode,
    pub topic: String,
    pub access_needs: String,
    pub people: u32,
    pub state: BookingState,
    /// What the station has to be answered to: `substitute`, `moved`, `alternatives`.
    pub choice: Option<String>,
    /// Shown at the counter: six digits, unlike any other of the same reception.
    pub code: String,
    pub queue_no: Option<u32>,
    pub offer_until: Option<Millis>,
    pub letter_id: Option<Id>,
    pub created_at: Millis,
    /// When something about it was last made different.
    pub updated_at: Millis,
    pub version: i64,
}

/// A time of a reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub starts_at: Millis,
    /// Who is met; none: whoever is there.
    pub deputy_id: Option<Id>,
    pub seat_no: u32,
    pub is_free: bool,
}

/// Why a booking was not kept.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error(transparent)]
    Reception(#[from] ReceptionError),
    /// The same idempotency key came with another body.
    #[error("idempotency key used for another booking")]
    Mismatch,
}

impl From<StoreError> for BookError {
    fn from(error: StoreError) -> Self {
        Self::Reception(error.into())
    }
}

impl From<sea_orm::DbErr> for BookError {
    fn from(error: sea_orm::DbErr) -> Self {
        StoreError::from(error).into()
    }
}

impl From<Refused> for BookError {
    fn from(why: Refused) -> Self {
        Self::Reception(ReceptionError::Refused(why))
    }
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: String,
    pub session_id: String,
    pub deputy_id: String,
    pub wish_deputy_id: Option<String>,
    pub starts_at: Option<i64>,
    pub account_id: Option<String>,
    name: String,
    phone_masked: Option<String>,
    mode: String,
    topic: String,
    access_needs: String,
    people: i64,
    pub state: String,
    choice: Option<String>,
    code: String,
    queue_no: Option<i64>,
    offer_until: Option<i64>,
    letter_id: Option<String>,
    created_at: i64,
    updated_at: i64,
    pub version: i64,
}

impl Row {
    pub fn appointment(self) -> Result<Appointment, StoreError> {
        Ok(Appointment {
            id: self.id,
            session_id: self.session_id,
            deputy_id: Some(self.deputy_id).filter(|id| !id.is_empty()),
            wish_deputy: self.wish_deputy_id,
            starts_at: self.starts_at,
            account_id: self.account_id,
            name: self.name,
            phone_masked: self.phone_masked,
            mode: code(Mode::from_code, &self.mode)?,
            topic: self.topic,
            access_needs: self.access_needs,
            people: self.people as u32,
            state: code(BookingState::from_code, &self.state)?,
            choice: self.choice,
            code: self.code,
            queue_no: self.queue_no.map(|no| no as u32),
            offer_until: self.offer_until,
            letter_id: self.letter_id,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
        })
    }
}

/// Which places are taken: who hosts, when, the seat.
pub(super) struct TakenSeats(Vec<(String, i64, i64)>);

#[derive(FromQueryResult)]
struct SeatRow {
    deputy_id: String,
    starts_at: i64,
    seat_no: i64,
}

impl TakenSeats {
    pub async fn of<C: ConnectionTrait>(store: &Store, db: &C, session_id: &str) -> Result<Self, StoreError> {
        let found: Vec<SeatRow> = rows(
            db,
            "SELECT deputy_id, starts_at, seat_no FROM appointment WHERE tenant_id = $1 AND session_id = $2
             AND state IN ('booked', 'offered', 'checked_in', 'done', 'no_show') AND starts_at IS NOT NULL",
            vec![store.tenant().into(), session_id.into()],
        )
        .await?;
        let seats = found.into_iter().map(|row| (row.deputy_id, row.starts_at, row.seat_no));
        Ok(Self(seats.collect()))
    }

    fn has(&self, deputy: &str, starts_at: Millis, seat: u32) -> bool {
        self.0
            .iter()
            .any(|(d, at, no)| d == deputy && *at == starts_at && *no == i64::from(seat))
    }

    /// Every time of a reception, in order.
    pub fn slots(&self, session: &Session) -> Vec<Slot> {
        let hosts = session.hosts();
        let mut slots = Vec::new();
        for starts_at in session.times() {
            for (deputy, seat_no) in &hosts {
                let name = deputy.map_or("", String::as_str);
                slots.push(Slot {
                    starts_at,
                    deputy_id: deputy.cloned(),
                    seat_no: *seat_no,
                    is_free: !self.has(name, starts_at, *seat_no),
                });
            }
        }
        slots
    }
}

impl Store {
    /// Every time of a reception, in order, free or taken.
    pub async fn slots(&self, session: &Session) -> Result<Vec<Slot>, StoreError> {
        Ok(TakenSeats::of(self, &self.read, &session.id).await?.slots(session))
    }

    /// Books a time, or a place on the waiting list of a reception that is full. The same key and body give the same
    /// booking again.
    ///
    /// # Errors
    /// [`Refused`] in [`ReceptionError`] tells why not; nothing is kept then.
    pub async fn book(
        &self,
        new: &NewBooking,
        terms: &BookTerms,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Appointment, BookError> {
        let tx = self.begin().await?;
        match self.book_in(&tx, new, terms, key, now).await {
            Ok(appointment) => {
                tx.commit().await?;
                self.tell(&appointment.account_id.iter().cloned().collect::<Vec<_>>());
                Ok(appointment)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn book_in(
        &self,
        tx: &DatabaseTransaction,
        new: &NewBooking,
        terms: &BookTerms,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Appointment, BookError> {
        if let Some(known) = self.booked_before(tx, key, now).await? {
            return known.ok_or(ReceptionError::NotFound.into());
        }
        let session = self.session_held(tx, &new.session_id).await?;
        let booking = Booking {
            kind: session.kind,
            state: session.state,
            starts_at: session.starts_at,
            closes_hours: terms.closes_hours,
        };
        booking.check(now)?;
        if let Some(account) = &new.account_id {
            self.check_person(tx, account, &session, new.slot.as_ref(), terms, now)
                .await?;
        }
        let slots = TakenSeats::of(self, tx, &session.id).await?.slots(&session);
        let (seat, state) = if let Some(wish) = &new.slot {
            (Some(chosen(&slots, wish, now)?), BookingState::Booked)
        } else {
            let would_do = |slot: &Slot| {
                slot.is_free && slot.starts_at > now && (new.wish_deputy.is_none() || new.wish_deputy == slot.deputy_id)
            };
            if slots.iter().any(would_do) {
                return Err(Refused::NotFull.into());
            }
            (None, BookingState::Waiting)
        };
        let id = self.insert_booking(tx, new, seat, state, terms, now).await?;
        if let (Some(before), Some(account)) = (&new.instead_of, &new.account_id) {
            self.settle_instead(tx, before, account, None, now).await?;
        }
        if let Some(key) = key {
            self.answer_key(tx, key, 201, &to_json(&id)?).await?;
        }
        let kept = self.appointment_on(tx, &id).await?.ok_or(ReceptionError::NotFound)?;
        let mut telling = self.telling(tx, &session).await?;
        self.tell_booking(tx, &mut telling, &kept, MeetingKind::BookingBooked, None, now)
            .await?;
        Ok(kept)
    }

    /// What the same key did before: the booking it was about, or that there was none. None: it is new, or there is no key.
    pub(super) async fn booked_before(
        &self,
        tx: &DatabaseTransaction,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Option<Option<Appointment>>, BookError> {
        let Some(key) = key else { return Ok(None) };
        match self.keep_key(tx, key, now).await? {
            Kept::New => Ok(None),
            Kept::Answered { response, .. } => {
                let id: Id = from_json(&response)?;
                Ok(Some(self.appointment_on(tx, &id).await?))
            }
            Kept::Mismatch => Err(BookError::Mismatch),
            Kept::InProgress => Err(StoreError::Unavailable("key in use".into()).into()),
        }
    }

    /// Whether this person may book here and then.
    async fn check_person(
        &self,
        tx: &DatabaseTransaction,
        account: &str,
        session: &Session,
        wish: Option<&SlotWish>,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<(), BookError> {
        // The account's row is its turn: two receptions booked at once do not pass each other by.
        execute(
            tx,
            "UPDATE account SET notify = notify WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), account.into()],
        )
        .await?;
        let here = number(
            tx,
            "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND account_id = $2 AND session_id = $3
             AND state IN ('booked', 'waiting', 'offered', 'checked_in')",
            vec![self.tenant().into(), account.into(), session.id.as_str().into()],
        )
        .await?;
        if here > 0 {
            return Err(Refused::Already.into());
        }
        if let Some(wish) = wish {
            let length = Millis::from(session.slot_minutes) * liaison_domain::calendar::MINUTE_MS;
            let there = number(
                tx,
                "SELECT COUNT(*) FROM appointment a JOIN reception_session s ON s.tenant_id = a.tenant_id
                 AND s.id = a.session_id WHERE a.tenant_id = $1 AND a.account_id = $2 AND a.state IN ('booked', 'offered')
                 AND a.starts_at < $3 AND a.starts_at + s.slot_minutes * 60000 > $4",
                vec![
                    self.tenant().into(),
                    account.into(),
                    (wish.starts_at + length).into(),
                    wish.starts_at.into(),
                ],
            )
            .await?;
            if there > 0 {
                return Err(Refused::Overlaps.into());
            }
        }
        if terms.misses > 0 {
            let missed = number(
                tx,
                "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND account_id = $2 AND state = 'no_show'
                 AND starts_at > $3",
                vec![
                    self.tenant().into(),
                    account.into(),
                    (now - Millis::from(terms.miss_days) * DAY_MS).into(),
                ],
            )
            .await?;
            if missed >= i64::from(terms.misses) {
                return Err(Refused::MissedTooOften.into());
            }
        }
        Ok(())
    }

    async fn insert_booking(
        &self,
        tx: &DatabaseTransaction,
        new: &NewBooking,
        seat: Option<&Slot>,
        state: BookingState,
        terms: &BookTerms,
        now: Millis,
    ) -> Result<Id, BookError> {
        let id = new_id();
        let starts_at = seat.map(|seat| seat.starts_at);
        // Among a hundred bookings two may draw the same digits: then another draw.
        for _ in 0..8 {
            let code = crate::ids::digits(6)?;
            let added = Query::new(
                "INSERT INTO appointment (tenant_id, id, session_id, deputy_id, wish_deputy_id, starts_at, seat_no, account_id,
                 name, phone_masked, phone_enc, mode, topic, access_needs, people, state, code, remind_at, reminded,
                 created_at, updated_at, version)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 1) ON CONFLICT DO NOTHING",
                [
                    self.tenant().into(),
                    id.as_str().into(),
                    new.session_id.as_str().into(),
                    seat.and_then(|seat| seat.deputy_id.clone()).unwrap_or_default().into(),
                    new.wish_deputy.clone().into(),
                    starts_at.into(),
                    seat.map_or(0, |seat| i64::from(seat.seat_no)).into(),
                    new.account_id.clone().into(),
                    new.name.as_str().into(),
                    new.phone_masked.clone().into(),
                    new.phone_encrypted.clone().into(),
                    new.mode.code().into(),
                    new.topic.as_str().into(),
                    new.access_needs.as_str().into(),
                    i64::from(new.people.max(1)).into(),
                    state.code().into(),
                    code.as_str().into(),
                    starts_at.and_then(|at| next_reminder(at, terms, now)).into(),
                    now.into(),
                    now.into(),
                ],
            )
            .execute(tx)
            .await?;
            if added == 1 {
                return Ok(id);
            }
            let codes = number(
                tx,
                "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND code = $3",
                vec![self.tenant().into(), new.session_id.as_str().into(), code.into()],
            )
            .await?;
            if codes == 0 {
                return Err(Refused::Taken.into());
            }
        }
        Err(StoreError::Constraint("no code is left".into()).into())
    }

    pub(super) async fn appointment_on<C: ConnectionTrait>(
        &self,
        db: &C,
        id: &str,
    ) -> Result<Option<Appointment>, StoreError> {
        let found: Option<Row> = row(
            db,
            "SELECT * FROM appointment WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        found.map(Row::appointment).transpose()
    }

    /// The booking with this id.
    pub async fn appointment(&self, id: &str) -> Result<Option<Appointment>, StoreError> {
        self.appointment_on(&self.read, id).await
    }

    /// Somebody's bookings, the latest first.
    pub async fn appointments_of(&self, account_id: &str, limit: u64) -> Result<Vec<Appointment>, StoreError> {
        let found: Vec<Row> = rows(
            &self.read,
            "SELECT * FROM appointment WHERE tenant_id = $1 AND account_id = $2
             ORDER BY COALESCE(starts_at, created_at) DESC, id DESC LIMIT $3",
            vec![self.tenant().into(), account_id.into(), (limit as i64).into()],
        )
        .await?;
        found.into_iter().map(Row::appointment).collect()
    }

    /// The bookings of a reception: by time, then those waiting in their order.
    pub async fn appointments_at(&self, session_id: &str) -> Result<Vec<Appointment>, StoreError> {
        let found: Vec<Row> = rows(
            &self.read,
            "SELECT * FROM appointment WHERE tenant_id = $1 AND session_id = $2
             ORDER BY (CASE WHEN starts_at IS NULL THEN 1 ELSE 0 END), starts_at, created_at, id",
            vec![self.tenant().into(), session_id.into()],
        )
        .await?;
        found.into_iter().map(Row::appointment).collect()
    }

    /// The booking of a reception with this check-in code.
    pub async fn appointment_by_code(&self, session_id: &str, code: &str) -> Result<Option<Appointment>, StoreError> {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let found: Option<Row> = row(
            &self.read,
            "SELECT * FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND code = $3",
            vec![self.tenant().into(), session_id.into(), digits.into()],
        )
        .await?;
        found.map(Row::appointment).transpose()
    }

    /// What somebody waiting has before them: their place in the line, 1 for the next.
    pub async fn place_in_line(&self, appointment: &Appointment) -> Result<u32, StoreError> {
        let before = number(
            &self.read,
            "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND state = 'waiting'
             AND (created_at < $3 OR (created_at = $3 AND id < $4))",
            vec![
                self.tenant().into(),
                appointment.session_id.as_str().into(),
                appointment.created_at.into(),
                appointment.id.as_str().into(),
            ],
        )
        .await?;
        Ok(before as u32 + 1)
    }

    /// How many wait for a time of a reception.
    pub async fn line_length(&self, session_id: &str) -> Result<u32, StoreError> {
        let waiting = number(
            &self.read,
            "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND state = 'waiting'",
            vec![self.tenant().into(), session_id.into()],
        )
        .await?;
        Ok(waiting as u32)
    }

    /// Whoever booked comes to the counter. The queue number is the next of the reception; coming twice gives the same one.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] for a booking that is at an end.
    pub async fn check_in(&self, id: &str, now: Millis) -> Result<Appointment, ReceptionError> {
        let tx = self.begin().await?;
        match self.check_in_within(&tx, id, now).await {
            Ok(here) => {
                tx.commit().await?;
                Ok(here)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn check_in_within(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        now: Millis,
    ) -> Result<Appointment, ReceptionError> {
        let known = self.appointment_on(tx, id).await?.ok_or(ReceptionError::NotFound)?;
        let session = self.session_held(tx, &known.session_id).await?;
        let known = self.appointment_on(tx, id).await?.ok_or(ReceptionError::NotFound)?;
        if known.state == BookingState::CheckedIn {
            return Ok(known);
        }
        if known.state.after(BookingAct::CheckIn).is_none() || !session.state.is_open() {
            return Err(ReceptionError::NotAllowed);
        }
        execute(
            tx,
            "UPDATE appointment SET state = 'checked_in', queue_no = (SELECT COALESCE(MAX(queue_no), 0) + 1 FROM appointment
             WHERE tenant_id = $1 AND session_id = $2), offer_until = NULL, remind_at = NULL, choice = NULL, updated_at = $3,
             version = version + 1 WHERE tenant_id = $1 AND id = $4",
            vec![
                self.tenant().into(),
                known.session_id.as_str().into(),
                now.into(),
                id.into(),
            ],
        )
        .await?;
        self.appointment_on(tx, id).await?.ok_or(ReceptionError::NotFound)
    }

    /// Somebody comes without having booked: a queue number, after all who are here already. They are kept with their
    /// number or not at all. The same key gives the same visitor again: a double tap is one.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] when the reception is over or cancelled.
    pub async fn walk_in(
        &self,
        new: &NewBooking,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Appointment, BookError> {
        let tx = self.begin().await?;
        match self.walk_in_within(&tx, new, key, now).await {
            Ok(here) => {
                tx.commit().await?;
                Ok(here)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn walk_in_within(
        &self,
        tx: &DatabaseTransaction,
        new: &NewBooking,
        key: Option<&IdempotencyKey>,
        now: Millis,
    ) -> Result<Appointment, BookError> {
        if let Some(known) = self.booked_before(tx, key, now).await? {
            return known.ok_or(ReceptionError::NotFound.into());
        }
        let session = self.session_held(tx, &new.session_id).await?;
        if !session.state.is_open() || !session.kind.is_bookable() {
            return Err(ReceptionError::NotAllowed.into());
        }
        let no_terms = BookTerms {
            closes_hours: 0,
            offer_hours: 0,
            remind_hours: Vec::new(),
            misses: 0,
            miss_days: 0,
        };
        let id = self
            .insert_booking(tx, new, None, BookingState::Waiting, &no_terms, now)
            .await?;
        if let Some(key) = key {
            self.answer_key(tx, key, 201, &to_json(&id)?).await?;
        }
        Ok(self.check_in_within(tx, &id, now).await?)
    }

    /// The talk took place.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] for somebody who did not check in.
    pub async fn finish_booking(&self, id: &str, now: Millis) -> Result<Appointment, ReceptionError> {
        let done = execute(
            self.writer(),
            "UPDATE appointment SET state = 'done', updated_at = $1, version = version + 1
             WHERE tenant_id = $2 AND id = $3 AND state = 'checked_in'",
            vec![now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        let known = self.appointment(id).await?.ok_or(ReceptionError::NotFound)?;
        if done == 1 {
            Ok(known)
        } else {
            Err(ReceptionError::NotAllowed)
        }
    }
}

/// Whether a time is kept and taken.
pub(super) fn is_booked(appointment: &Appointment) -> bool {
    appointment.state == BookingState::Booked
}

/// The next moment to remind of a talk; none once all have passed. A moment that passed while nobody had booked is left out.
pub(super) fn next_reminder(starts_at: Millis, terms: &BookTerms, now: Millis) -> Option<Millis> {
    terms
        .remind_hours
        .iter()
        .map(|hours| starts_at - Millis::from(*hours) * HOUR_MS)
        .filter(|at| *at > now)
        .min()
}

/// The place that fits a wish.
fn chosen<'a>(slots: &'a [Slot], wish: &SlotWish, now: Millis) -> Result<&'a Slot, BookError> {
    let fits: Vec<&Slot> = slots
        .iter()
        .filter(|slot| slot.starts_at == wish.starts_at)
        .filter(|slot| wish.deputy_id.is_none() || wish.deputy_id == slot.deputy_id)
        .collect();
    if fits.is_empty() {
        return Err(Refused::NoSuchSlot.into());
    }
    if wish.starts_at <= now {
        return Err(Refused::TooLate.into());
    }
    fits.into_iter().find(|slot| slot.is_free).ok_or(Refused::Taken.into())
}
