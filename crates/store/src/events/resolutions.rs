//! What was resolved at an event, and whether it was done.

use super::EventError;
use crate::sql::{Query, code, execute, strings};
use crate::{Engine, Store, StoreError, new_id};
use liaison_domain::dto::{NewResolution, PartyRef, ResolutionChange};
use liaison_domain::events::{PartyKind, QuestionState, RESOLUTIONS, ResolutionState};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// Something resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub id: Id,
    pub event_id: Id,
    pub text: String,
    pub owner: PartyRef,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
    pub state: ResolutionState,
    pub note: Option<String>,
    pub question_id: Option<Id>,
    /// Its words, as everybody may read them.
    pub question: Option<String>,
    /// Everybody may know of that question.
    pub question_is_public: bool,
    pub letter_id: Option<Id>,
    /// The number of the letter's public copy, once that is published.
    pub case_no: Option<String>,
    pub version: i64,
}

#[derive(FromQueryResult)]
struct Stored {
    id: String,
    event_id: String,
    text: String,
    owner_kind: String,
    owner_id: String,
    due: Option<String>,
    state: String,
    note: Option<String>,
    question_id: Option<String>,
    question: Option<String>,
    question_state: Option<String>,
    message_id: Option<String>,
    case_no: Option<String>,
    version: i64,
}

const COLUMNS: &str =
    "SELECT r.id, r.event_id, r.text, r.owner_kind, r.owner_id, r.due, r.state, r.note, r.question_id,
    COALESCE(q.shown, q.text) AS question, q.state AS question_state, r.message_id, r.version, p.no AS case_no
    FROM event_resolution r LEFT JOIN event_question q ON q.tenant_id = r.tenant_id AND q.id = r.question_id
    LEFT JOIN publication p ON p.tenant_id = r.tenant_id AND p.message_id = r.message_id
    AND p.hidden = FALSE WHERE r.tenant_id = ?";

impl Stored {
    fn resolution(self) -> Result<Resolution, StoreError> {
        Ok(Resolution {
            owner: PartyRef {
                kind: code(PartyKind::from_code, &self.owner_kind)?,
                id: self.owner_id,
            },
            state: code(ResolutionState::from_code, &self.state)?,
            question_is_public: self
                .question_state
                .as_deref()
                .and_then(QuestionState::from_code)
                .is_some_and(QuestionState::is_public),
            id: self.id,
            event_id: self.event_id,
            text: self.text,
            due: self.due,
            note: self.note,
            question_id: self.question_id,
            question: self.question,
            letter_id: self.message_id,
            case_no: self.case_no,
            version: self.version,
        })
    }
}

/// An optional text as it is kept: none when it is blank.
fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl Store {
    /// Keeps something resolved; it passed `check_resolution`. `letter_id`: the letter that handles it.
    ///
    /// # Errors
    /// [`EventError`]; a question of another event is a wrong field.
    pub async fn resolve(
        &self,
        event_id: &str,
        new: &NewResolution,
        letter_id: Option<&str>,
        now: Millis,
    ) -> Result<Resolution, EventError> {
        let tx = self.begin().await?;
        let done = self.resolve_in(&tx, event_id, new, letter_id, now).await;
        self.finish(tx, event_id, done.map(|kept| (kept, Vec::new()))).await
    }

    async fn resolve_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        new: &NewResolution,
        letter_id: Option<&str>,
        now: Millis,
    ) -> Result<Resolution, EventError> {
        self.hold_letter(tx, letter_id).await?;
        let event = self.lock_public_event(tx, event_id).await?;
        if !event.state.takes_resolutions() {
            return Err(EventError::State);
        }
        self.room_for(
            tx,
            "SELECT COUNT(*) FROM event_resolution WHERE tenant_id = $1 AND event_id = $2",
            event_id,
            RESOLUTIONS,
        )
        .await?;
        let question = given(new.question_id.as_deref());
        if let Some(question) = &question {
            let known = self.question_in(tx, question).await?;
            if known.is_none_or(|known| known.event_id != event_id) {
                return Err(EventError::Field("question_id", "unknown"));
            }
        }
        let id = new_id();
        execute(
            tx,
            "INSERT INTO event_resolution (tenant_id, id, event_id, text, owner_kind, owner_id, due, state, question_id,
             message_id, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, 1)",
            vec![
                self.tenant().into(),
                id.as_str().into(),
                event_id.into(),
                new.text.trim().into(),
                new.owner.kind.code().into(),
                new.owner.id.as_str().into(),
                given(new.due.as_deref()).into(),
                question.into(),
                letter_id.into(),
                now.into(),
            ],
        )
        .await?;
        self.raise_event(tx, event_id).await?;
        self.resolution_in(tx, &id).await?.ok_or(EventError::NotFound)
    }

    /// Follows something resolved up, decided on the version that was read.
    ///
    /// # Errors
    /// [`EventError`]; what is dropped needs a note why.
    pub async fn change_resolution(
        &self,
        id: &str,
        version: i64,
        change: &ResolutionChange,
        letter_id: Option<&str>,
    ) -> Result<Resolution, EventError> {
        let found = self.resolution(id).await?.ok_or(EventError::NotFound)?;
        let tx = self.begin().await?;
        let done = self
            .change_resolution_in(&tx, &found.event_id, id, version, change, letter_id)
            .await;
        self.finish(tx, &found.event_id, done.map(|kept| (kept, Vec::new())))
            .await
    }

    async fn change_resolution_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        id: &str,
        version: i64,
        change: &ResolutionChange,
        letter_id: Option<&str>,
    ) -> Result<Resolution, EventError> {
        self.hold_letter(tx, letter_id).await?;
        self.lock_public_event(tx, event_id).await?;
        let before = self.resolution_in(tx, id).await?.ok_or(EventError::NotFound)?;
        if before.version != version {
            return Err(EventError::Conflict);
        }
        let state = change.state.unwrap_or(before.state);
        let note = given(change.note.as_deref()).or(before.note);
        if state == ResolutionState::Dropped && note.is_none() {
            return Err(EventError::Field("note", "required"));
        }
        execute(
            tx,
            "UPDATE event_resolution SET state = $3, note = $4, due = $5, message_id = $6, version = version + 1
             WHERE tenant_id = $1 AND id = $2",
            vec![
                self.tenant().into(),
                id.into(),
                state.code().into(),
                note.into(),
                given(change.due.as_deref()).or(before.due).into(),
                letter_id.map(str::to_owned).or(before.letter_id).into(),
            ],
        )
        .await?;
        self.raise_event(tx, event_id).await?;
        self.resolution_in(tx, id).await?.ok_or(EventError::NotFound)
    }

    /// Letters are locked before events, here as where something happens to a letter: else two who hold one each would
    /// wait for the other.
    async fn hold_letter(&self, tx: &DatabaseTransaction, letter_id: Option<&str>) -> Result<(), StoreError> {
        if let Some(letter) = letter_id
            && self.engine() == Engine::Postgres
        {
            strings(
                tx,
                "SELECT id FROM message WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE",
                vec![self.tenant().into(), letter.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// Something resolved, by its id.
    pub async fn resolution(&self, id: &str) -> Result<Option<Resolution>, StoreError> {
        self.resolution_in(&self.read, id).await
    }

    async fn resolution_in<C: ConnectionTrait>(&self, db: &C, id: &str) -> Result<Option<Resolution>, StoreError> {
        let mut query = Query::new(COLUMNS, [self.tenant().into()]);
        query.push("AND r.id = ?", [id.into()]);
        query.row::<C, Stored>(db).await?.map(Stored::resolution).transpose()
    }

    /// What was resolved at an event, in order.
    pub async fn resolutions(&self, event_id: &str) -> Result<Vec<Resolution>, StoreError> {
        let mut query = Query::new(COLUMNS, [self.tenant().into()]);
        query.push("AND r.event_id = ? ORDER BY r.created_at, r.id", [event_id.into()]);
        let found: Vec<Stored> = query.rows(&self.read).await?;
        found.into_iter().map(Stored::resolution).collect()
    }
}
