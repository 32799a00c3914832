//! Themed receptions, councils and other events: what the desk prepares, who comes, what is asked, what was resolved.
//!
//! Every change locks the event's row first, so that changes of one event come one after the other: seats are given
//! exactly as often as there are any, a question becomes one letter, and the revision grows with each change that
//! everybody may see, in that change's own transaction. After the commit those who follow the event are told
//! ([`Store::follow_event`]).

mod change;
mod forget;
mod letter;
mod questions;
mod read;
mod registrations;
mod resolutions;
mod room;
mod told;

pub use forget::PastEvent;
pub use letter::NewQuestionLetter;
pub use questions::{Asking, LetterOf, Question, QuestionPage, QuestionPatch, Which};
pub use read::{EventPage, EventRow, EventScope};
pub use registrations::{Registered, Registration};
pub use resolutions::Resolution;
pub use room::{Broadcast, Poll};
pub use told::Concern;

use crate::live::Listening;
use crate::sql::{code, execute, from_json, row, rows};
use crate::{Engine, Store, StoreError};
use liaison_domain::dto::{AgendaItem, EventDraft};
use liaison_domain::events::{EventRefusal, EventState, EventType, QuestionRefusal};
use liaison_domain::lifecycle::Refusal;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: Id,
    /// What the desk wrote.
    pub draft: EventDraft,
    pub state: EventState,
    pub cancel_reason: Option<String>,
    pub minutes: Option<String>,
    pub minutes_at: Option<Millis>,
    pub attendance: Option<u32>,
    /// Counts changes of the event itself; the optimistic lock.
    pub version: i64,
    /// Counts everything about it that everybody may see.
    pub revision: i64,
}

/// A change of an event that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub version: i64,
    pub revision: i64,
    pub state: EventState,
    /// Who moved up from the waiting list with it.
    pub moved_up: Vec<Id>,
    /// The accounts it concerns, each once; see [`Concern`].
    pub told: Vec<Id>,
}

/// Why a change was not kept; nothing was then.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// There is no such thing, or not for everybody.
    #[error("no such event, question, poll or resolution")]
    NotFound,
    /// Somebody else was quicker.
    #[error("changed meanwhile")]
    Conflict,
    /// Not in this state.
    #[error("not in this state")]
    State,
    /// No more of these.
    #[error("as many as there may be")]
    Limit,
    /// One's own question cannot be supported.
    #[error("one's own question")]
    Own,
    /// A field is wrong: its name and what is wrong with it.
    #[error("{0}: {1}")]
    Field(&'static str, &'static str),
    /// The rules of letters refuse it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for EventError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl From<EventRefusal> for EventError {
    fn from(refusal: EventRefusal) -> Self {
        match refusal {
            EventRefusal::WrongState => Self::State,
            EventRefusal::Field(field, code) => Self::Field(field, code),
        }
    }
}

impl From<QuestionRefusal> for EventError {
    fn from(refusal: QuestionRefusal) -> Self {
        match refusal {
            QuestionRefusal::WrongState | QuestionRefusal::NotLive | QuestionRefusal::HasLetter => Self::State,
            QuestionRefusal::Reason => Self::Field("reason", "required"),
        }
    }
}

/// The columns of an event.
const COLUMNS: &str = "e.id, e.kind, e.title, e.intro, e.station_id, e.organiser, e.starts_at, e.ends_at, e.place,
    e.online_url, e.agenda, e.rules, e.registration, e.capacity, e.waiting_list, e.premoderated, e.category_id, e.state,
    e.cancel_reason, e.minutes, e.minutes_at, e.attendance, e.version, e.revision";

#[derive(FromQueryResult)]
struct Stored {
    id: String,
    kind: String,
    title: String,
    intro: String,
    station_id: String,
    organiser: String,
    starts_at: i64,
    ends_at: i64,
    place: String,
    online_url: Option<String>,
    agenda: String,
    rules: String,
    registration: bool,
    capacity: Option<i64>,
    waiting_list: bool,
    premoderated: bool,
    category_id: Option<String>,
    state: String,
    cancel_reason: Option<String>,
    minutes: Option<String>,
    minutes_at: Option<i64>,
    attendance: Option<i64>,
    version: i64,
    revision: i64,
}

impl Stored {
    /// Without those at the table.
    fn event(self) -> Result<Event, StoreError> {
        let agenda: Vec<AgendaItem> = from_json(&self.agenda)?;
        Ok(Event {
            state: code(EventState::from_code, &self.state)?,
            draft: EventDraft {
                kind: code(EventType::from_code, &self.kind)?,
                title: self.title,
                intro: self.intro,
                station_id: self.station_id,
                organiser: self.organiser,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
                place: self.place,
                online_url: self.online_url,
                agenda,
                moderators: Vec::new(),
                deputies: Vec::new(),
                units: Vec::new(),
                registration: self.registration,
                capacity: self.capacity.map(|capacity| capacity as u32),
                waiting_list: self.waiting_list,
                premoderated: self.premoderated,
                category_id: self.category_id,
                rules: self.rules,
            },
            id: self.id,
            cancel_reason: self.cancel_reason,
            minutes: self.minutes,
            minutes_at: self.minutes_at,
            attendance: self.attendance.map(|count| count as u32),
            version: self.version,
            revision: self.revision,
        })
    }
}

#[derive(FromQueryResult)]
struct Party {
    role: String,
    ref_id: String,
}

/// A signal's name: those who follow an event wait as accounts do, under a name that no account has.
fn signal(event_id: &str) -> Id {
    ["event:", event_id].concat()
}

impl Store {
    /// The event with this id, drafts included.
    pub async fn event(&self, id: &str) -> Result<Option<Event>, StoreError> {
        self.event_in(&self.read, id, "").await
    }

    async fn event_in<C: ConnectionTrait>(&self, db: &C, id: &str, lock: &str) -> Result<Option<Event>, StoreError> {
        let sql = [
            "SELECT ",
            COLUMNS,
            " FROM event e WHERE e.tenant_id = $1 AND e.id = $2",
            lock,
        ]
        .concat();
        let found: Option<Stored> = row(db, &sql, vec![self.tenant().into(), id.into()]).await?;
        let Some(mut event) = found.map(Stored::event).transpose()? else {
            return Ok(None);
        };
        let parties: Vec<Party> = rows(
            db,
            "SELECT role, ref_id FROM event_party WHERE tenant_id = $1 AND event_id = $2 ORDER BY role, sort",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        for party in parties {
            let list = match party.role.as_str() {
                "deputy" => &mut event.draft.deputies,
                "unit" => &mut event.draft.units,
                _ => &mut event.draft.moderators,
            };
            list.push(party.ref_id);
        }
        Ok(Some(event))
    }

    /// The event, and nobody else changes it until the transaction ends.
    async fn lock_event(&self, tx: &DatabaseTransaction, id: &str) -> Result<Event, EventError> {
        // On SQLite this transaction is the only one that writes.
        let lock = if self.engine() == Engine::Postgres {
            " FOR UPDATE"
        } else {
            ""
        };
        self.event_in(tx, id, lock).await?.ok_or(EventError::NotFound)
    }

    /// The same, when everybody may know of it.
    async fn lock_public_event(&self, tx: &DatabaseTransaction, id: &str) -> Result<Event, EventError> {
        let event = self.lock_event(tx, id).await?;
        if event.state.is_public() {
            Ok(event)
        } else {
            Err(EventError::NotFound)
        }
    }

    /// Everybody may see something new.
    async fn raise_event(&self, tx: &DatabaseTransaction, id: &str) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE event SET revision = revision + 1, desk_revision = desk_revision + 1 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The desk may see something new that nobody else may know of.
    async fn raise_for_desk(&self, tx: &DatabaseTransaction, id: &str) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE event SET desk_revision = desk_revision + 1 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Everybody, or the desk alone, may see something new.
    async fn raise(&self, tx: &DatabaseTransaction, id: &str, is_public: bool) -> Result<(), StoreError> {
        if is_public {
            self.raise_event(tx, id).await
        } else {
            self.raise_for_desk(tx, id).await
        }
    }

    /// Everybody may see something new about the events that a letter came from: how far it is, or its public copy. In
    /// the letter's own transaction; those who follow learn of it when they look the next time.
    pub(crate) async fn raise_events_of_letter(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
    ) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE event SET revision = revision + 1, desk_revision = desk_revision + 1 WHERE tenant_id = $1 AND id IN
             (SELECT q.event_id FROM event_question q WHERE q.tenant_id = $1 AND q.message_id = $2
              UNION SELECT r.event_id FROM event_resolution r WHERE r.tenant_id = $1 AND r.message_id = $2)",
            vec![self.tenant().into(), letter_id.into()],
        )
        .await?;
        Ok(())
    }

    /// How far an event has come, without the rest of it; none for one that is not public.
    pub async fn event_revision(&self, id: &str) -> Result<Option<i64>, StoreError> {
        #[derive(FromQueryResult)]
        struct At {
            revision: i64,
        }
        let found: Option<At> = row(
            &self.read,
            "SELECT revision FROM event WHERE tenant_id = $1 AND id = $2 AND state <> 'draft'",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(found.map(|at| at.revision))
    }

    /// How far an event has come for the desk, drafts included.
    pub async fn desk_revision(&self, id: &str) -> Result<Option<i64>, StoreError> {
        #[derive(FromQueryResult)]
        struct At {
            desk_revision: i64,
        }
        let found: Option<At> = row(
            &self.read,
            "SELECT desk_revision FROM event WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        Ok(found.map(|at| at.desk_revision))
    }

    /// Opens a line on which news of an event are heard, by whichever server they come. One a server is enough, however
    /// many followers it has.
    pub fn follow_event(&self, id: &str) -> Option<Listening> {
        self.listen(&signal(id), usize::MAX)
    }

    /// Those who follow should look again. Called after the commit.
    fn tell_followers(&self, event_id: &str) {
        self.tell(&[signal(event_id)]);
    }

    /// Ends a transaction as its work went, and tells those who follow and those concerned.
    async fn finish<T>(
        &self,
        tx: DatabaseTransaction,
        event_id: &str,
        done: Result<(T, Vec<Id>), EventError>,
    ) -> Result<T, EventError> {
        match done {
            Ok((value, told)) => {
                tx.commit().await?;
                self.tell_followers(event_id);
                self.tell(&told);
                Ok(value)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }
}
