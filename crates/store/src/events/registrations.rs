//! Who comes, and who waits for a seat.

use super::{Concern, EventError};
use crate::sql::{Query, code, execute, rows, strings};
use crate::{Store, StoreError, new_id};
use liaison_domain::dto::Seats;
use liaison_domain::events::{RegistrationState, moving_up, seat};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// A resident's place at an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    pub id: Id,
    pub event_id: Id,
    pub account_id: Id,
    pub state: RegistrationState,
    /// Of those who wait: how many are before them, and they themselves.
    pub place_in_line: Option<u32>,
    pub registered_at: Millis,
    pub moved_up_at: Option<Millis>,
    /// The account's own.
    pub name: String,
    pub phone_masked: Option<String>,
}

/// What registering led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub registration: Registration,
    /// It was there before.
    pub replayed: bool,
}

#[derive(FromQueryResult)]
struct Stored {
    id: String,
    event_id: String,
    account_id: String,
    state: String,
    before: i64,
    registered_at: i64,
    moved_up_at: Option<i64>,
    name: String,
    phone_masked: Option<String>,
}

const COLUMNS: &str = "SELECT r.id, r.event_id, r.account_id, r.state, r.registered_at, r.moved_up_at,
    a.display_name AS name, a.phone_masked,
    (SELECT COUNT(*) FROM event_registration o WHERE o.tenant_id = r.tenant_id AND o.event_id = r.event_id
     AND o.state = 'waiting' AND o.place <= r.place) AS before
    FROM event_registration r JOIN account a ON a.tenant_id = r.tenant_id AND a.id = r.account_id WHERE r.tenant_id = ?";

impl Stored {
    fn registration(self) -> Result<Registration, StoreError> {
        let state = code(RegistrationState::from_code, &self.state)?;
        Ok(Registration {
            id: self.id,
            event_id: self.event_id,
            account_id: self.account_id,
            state,
            place_in_line: (state == RegistrationState::Waiting).then_some(self.before as u32),
            registered_at: self.registered_at,
            moved_up_at: self.moved_up_at,
            name: self.name,
            phone_masked: self.phone_masked,
        })
    }
}

impl Store {
    /// Gives a resident a seat, or a place in line. Whoever has one already keeps it.
    ///
    /// # Errors
    /// [`EventError`]: `State` where nobody can register now, `Limit` when it is full and nobody may wait.
    pub async fn register(&self, event_id: &str, account_id: &str, now: Millis) -> Result<Registered, EventError> {
        let tx = self.begin().await?;
        let done = self.register_in(&tx, event_id, account_id, now).await;
        self.finish(tx, event_id, done.map(|done| (done, Vec::new()))).await
    }

    async fn register_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        account_id: &str,
        now: Millis,
    ) -> Result<Registered, EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        let before = self.registration_in(tx, event_id, account_id).await?;
        if let Some(registration) = before.as_ref().filter(|one| one.state.is_active()) {
            return Ok(Registered {
                registration: registration.clone(),
                replayed: true,
            });
        }
        if !event.draft.registration || !event.state.is_open() || now >= event.draft.ends_at {
            return Err(EventError::State);
        }
        let (confirmed, _) = self.taken(tx, event_id).await?;
        let state = seat(event.draft.capacity, confirmed, event.draft.waiting_list).ok_or(EventError::Limit)?;
        execute(
            tx,
            "UPDATE event SET line = line + 1 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), event_id.into()],
        )
        .await?;
        execute(
            tx,
            "INSERT INTO event_registration (tenant_id, id, event_id, account_id, state, place, registered_at)
             VALUES ($1, $2, $3, $4, $5, (SELECT line FROM event WHERE tenant_id = $1 AND id = $3), $6)
             ON CONFLICT (tenant_id, event_id, account_id) DO UPDATE SET state = excluded.state, place = excluded.place,
             registered_at = excluded.registered_at, moved_up_at = NULL, ended_at = NULL",
            vec![
                self.tenant().into(),
                new_id().into(),
                event_id.into(),
                account_id.into(),
                state.code().into(),
                now.into(),
            ],
        )
        .await?;
        self.raise_event(tx, event_id).await?;
        let registration = self.registration_in(tx, event_id, account_id).await?;
        Ok(Registered {
            registration: registration.ok_or(EventError::NotFound)?,
            replayed: false,
        })
    }

    /// Gives a seat or a place in line back; the next in line moves up in the same transaction. Tells who did; somebody
    /// without a place gives nothing back.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn withdraw_registration(
        &self,
        event_id: &str,
        account_id: &str,
        now: Millis,
    ) -> Result<Vec<Id>, EventError> {
        let tx = self.begin().await?;
        let done = self.withdraw_in(&tx, event_id, account_id, now).await;
        self.finish(tx, event_id, done).await
    }

    async fn withdraw_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        account_id: &str,
        now: Millis,
    ) -> Result<(Vec<Id>, Vec<Id>), EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        let gone = execute(
            tx,
            "UPDATE event_registration SET state = 'withdrawn', ended_at = $4
             WHERE tenant_id = $1 AND event_id = $2 AND account_id = $3 AND state IN ('confirmed', 'waiting')",
            vec![self.tenant().into(), event_id.into(), account_id.into(), now.into()],
        )
        .await?;
        if gone == 0 {
            return Ok((Vec::new(), Vec::new()));
        }
        let moved_up = if now < event.draft.ends_at {
            self.move_up(tx, event_id, event.draft.capacity, now).await?
        } else {
            Vec::new()
        };
        self.raise_event(tx, event_id).await?;
        let seated = Concern::MovedUp(&moved_up);
        let told = self.tell_concerned(tx, &event, seated, now).await?;
        Ok((moved_up, told))
    }

    /// Gives free seats to those who wait, in order; tells who got one.
    pub(super) async fn move_up(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        capacity: Option<u32>,
        now: Millis,
    ) -> Result<Vec<Id>, StoreError> {
        let (confirmed, waiting) = self.taken(tx, event_id).await?;
        let free = moving_up(capacity, confirmed, waiting);
        if free == 0 {
            return Ok(Vec::new());
        }
        let next = strings(
            tx,
            "SELECT account_id FROM event_registration WHERE tenant_id = $1 AND event_id = $2 AND state = 'waiting'
             ORDER BY place LIMIT $3",
            vec![self.tenant().into(), event_id.into(), i64::from(free).into()],
        )
        .await?;
        for account in &next {
            execute(
                tx,
                "UPDATE event_registration SET state = 'confirmed', moved_up_at = $4
                 WHERE tenant_id = $1 AND event_id = $2 AND account_id = $3",
                vec![
                    self.tenant().into(),
                    event_id.into(),
                    account.as_str().into(),
                    now.into(),
                ],
            )
            .await?;
        }
        Ok(next)
    }

    /// How many have a seat, and how many wait.
    async fn taken<C: ConnectionTrait>(&self, db: &C, event_id: &str) -> Result<(u32, u32), StoreError> {
        let query = Query::new(
            "SELECT COUNT(*) FILTER (WHERE state = 'confirmed'), COUNT(*) FILTER (WHERE state = 'waiting')
             FROM event_registration WHERE tenant_id = ? AND event_id = ?",
            [self.tenant().into(), event_id.into()],
        );
        let counts = query.numbers(db, 2).await?;
        Ok((counts[0] as u32, counts[1] as u32))
    }

    /// How full an event is.
    pub async fn seats(&self, event: &super::Event) -> Result<Seats, StoreError> {
        let (confirmed, waiting) = self.taken(&self.read, &event.id).await?;
        Ok(Seats {
            needed: event.draft.registration,
            capacity: event.draft.capacity,
            confirmed,
            waiting,
            waiting_list: event.draft.waiting_list,
        })
    }

    /// A resident's place at an event, whatever became of it.
    pub async fn registration(&self, event_id: &str, account_id: &str) -> Result<Option<Registration>, StoreError> {
        self.registration_in(&self.read, event_id, account_id).await
    }

    async fn registration_in<C: ConnectionTrait>(
        &self,
        db: &C,
        event_id: &str,
        account_id: &str,
    ) -> Result<Option<Registration>, StoreError> {
        let mut query = Query::new(COLUMNS, [self.tenant().into()]);
        query.push(
            "AND r.event_id = ? AND r.account_id = ?",
            [event_id.into(), account_id.into()],
        );
        query.row::<C, Stored>(db).await?.map(Stored::registration).transpose()
    }

    /// Those who come, then those who wait, each in the order of the line.
    pub async fn registrations(&self, event_id: &str) -> Result<Vec<Registration>, StoreError> {
        let mut query = Query::new(COLUMNS, [self.tenant().into()]);
        query.push(
            "AND r.event_id = ? AND r.state IN ('confirmed', 'waiting', 'cancelled')
             ORDER BY CASE r.state WHEN 'waiting' THEN 1 ELSE 0 END, r.place",
            [event_id.into()],
        );
        let found: Vec<Stored> = query.rows(&self.read).await?;
        found.into_iter().map(Stored::registration).collect()
    }

    /// What an account has to do with events: those it registered for or asked at, the next first. With each, how many
    /// questions it asked there.
    pub async fn events_of_account(&self, account_id: &str, limit: u64) -> Result<Vec<(Id, u32)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Mine {
            id: String,
            questions: i64,
        }
        let found: Vec<Mine> = rows(
            &self.read,
            "SELECT e.id, (SELECT COUNT(*) FROM event_question q WHERE q.tenant_id = e.tenant_id AND q.event_id = e.id
              AND q.account_id = $2) AS questions
             FROM event e WHERE e.tenant_id = $1 AND e.state <> 'draft' AND e.id IN
             (SELECT event_id FROM event_registration WHERE tenant_id = $1 AND account_id = $2
              UNION SELECT event_id FROM event_question WHERE tenant_id = $1 AND account_id = $2)
             ORDER BY e.starts_at DESC, e.id LIMIT $3",
            vec![self.tenant().into(), account_id.into(), (limit as i64).into()],
        )
        .await?;
        Ok(found.into_iter().map(|one| (one.id, one.questions as u32)).collect())
    }
}
