//! A question becomes a letter, and a letter knows where it came from.

use super::{Concern, EventError};
use crate::letters::{ActError, NewLetter, SubmitError};
use crate::sql::{code, execute, row};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::dto::{LetterMade, LetterOrigin};
use liaison_domain::events::{EventType, QuestionRefusal, to_letter};
use liaison_domain::lifecycle::{CaseEvent, Context};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// The letter that is to be made of a question.
#[derive(Clone, Debug)]
pub struct NewQuestionLetter {
    pub letter: NewLetter,
    /// What happens to it at once: taken on, assigned.
    pub then: Vec<CaseEvent>,
}

impl From<SubmitError> for EventError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => Self::Refused(refusal),
            SubmitError::Store(error) => Self::Store(error),
            SubmitError::Mismatch => Self::Store(StoreError::Constraint("no key was given".into())),
        }
    }
}

impl From<ActError> for EventError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused { refusal, .. } => Self::Refused(refusal),
            ActError::Store(error) => Self::Store(error),
            ActError::NotFound => Self::NotFound,
            ActError::Conflict(_) => Self::Conflict,
        }
    }
}

/// What came of it.
struct Done {
    letter: LetterMade,
    public_changed: bool,
    replayed: bool,
}

impl Store {
    /// Makes a letter of a question: it arrives, is taken on and assigned in one transaction with the question, which
    /// knows it from then on. However often and however parallel it is asked for, there is one letter; those who come
    /// later get the same answer. True: it was there before.
    ///
    /// `ctx` is whoever does it: the rules of letters decide, as for any other letter.
    ///
    /// # Errors
    /// [`EventError`]; nothing is kept then.
    pub async fn question_to_letter(
        &self,
        question_id: &str,
        new: &NewQuestionLetter,
        ctx: &Context<'_>,
    ) -> Result<(LetterMade, bool), EventError> {
        let event_id = self.event_of_question(question_id).await?;
        let tx = self.begin().await?;
        // Boxed: whoever awaits this should not carry the whole of it.
        let done = Box::pin(self.to_letter_in(&tx, &event_id, question_id, new, ctx)).await;
        let done = self.finish(tx, &event_id, done).await?;
        if done.public_changed {
            self.public_changed();
        }
        Ok((done.letter, done.replayed))
    }

    async fn to_letter_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        question_id: &str,
        new: &NewQuestionLetter,
        ctx: &Context<'_>,
    ) -> Result<(Done, Vec<Id>), EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        let question = self.question_in(tx, question_id).await?.ok_or(EventError::NotFound)?;
        // A letter is somebody's.
        if question.letter.is_none() && question.account_id.is_none() {
            return Err(EventError::State);
        }
        let after = match to_letter(question.facts(event.state)) {
            Ok(after) => after,
            Err(QuestionRefusal::HasLetter) => {
                let letter = question.letter.ok_or(EventError::NotFound)?;
                let made = LetterMade {
                    question_id: question.id,
                    letter_id: letter.id,
                    no: letter.no,
                    due_at: letter.due_at,
                };
                let before = Done {
                    letter: made,
                    public_changed: false,
                    replayed: true,
                };
                return Ok((before, Vec::new()));
            }
            Err(refusal) => return Err(refusal.into()),
        };
        let kept = self.submit_in(tx, &new.letter, ctx).await?;
        let mut told = kept.told;
        let mut public_changed = false;
        let mut due_at = None;
        for event in &new.then {
            let acted = self.act_in(tx, &kept.id, event, ctx).await?;
            told.extend(acted.told);
            public_changed |= acted.public_changed;
            due_at = acted.case.due_at;
        }
        execute(
            tx,
            "UPDATE event_question SET message_id = $3, state = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2",
            vec![
                self.tenant().into(),
                question_id.into(),
                kept.id.as_str().into(),
                after.code().into(),
            ],
        )
        .await?;
        self.raise(tx, event_id, after.is_public()).await?;
        if let Some(author) = &question.account_id {
            let handed_on = Concern::ToLetter(author);
            told.extend(self.tell_concerned(tx, &event, handed_on, ctx.now).await?);
        }
        told.sort_unstable();
        told.dedup();
        if public_changed {
            self.raise_public_revision(tx).await?;
        }
        let made = LetterMade {
            question_id: question.id,
            letter_id: kept.id,
            no: kept.no,
            due_at,
        };
        let done = Done {
            letter: made,
            public_changed,
            replayed: false,
        };
        Ok((done, told))
    }

    /// The event that a letter came from: as a question asked there, or as something resolved there.
    pub async fn origin_of(&self, letter_id: &str) -> Result<Option<LetterOrigin>, StoreError> {
        #[derive(FromQueryResult)]
        struct Origin {
            event_id: String,
            title: String,
            kind: String,
            starts_at: i64,
            question_id: Option<String>,
        }
        let found: Option<Origin> = row(
            &self.read,
            "SELECT e.id AS event_id, e.title, e.kind, e.starts_at, o.question_id FROM
             (SELECT q.tenant_id, q.event_id, q.id AS question_id, 0 AS sort FROM event_question q
              WHERE q.tenant_id = $1 AND q.message_id = $2
              UNION ALL SELECT r.tenant_id, r.event_id, r.question_id, 1 AS sort FROM event_resolution r
              WHERE r.tenant_id = $1 AND r.message_id = $2) o
             JOIN event e ON e.tenant_id = o.tenant_id AND e.id = o.event_id ORDER BY o.sort LIMIT 1",
            vec![self.tenant().into(), letter_id.into()],
        )
        .await?;
        found
            .map(|origin| {
                Ok(LetterOrigin {
                    event_kind: code(EventType::from_code, &origin.kind)?,
                    event_id: origin.event_id,
                    event_title: origin.title,
                    starts_at: origin.starts_at,
                    question_id: origin.question_id,
                })
            })
            .transpose()
    }
}
