//! What is asked, who asks the same, and what became of it.

use super::{Concern, EventError};
use crate::page::{Cursor, cut};
use crate::sql::{Query, code, execute, number, strings};
use crate::{Store, StoreError};
use liaison_domain::dto::{PartyRef, QuestionCount};
use liaison_domain::events::{
    Asked, EventState, FollowState, OPEN_QUESTIONS, PartyKind, QUESTIONS, QuestionFacts, QuestionSort, QuestionState,
    question_step,
};
use liaison_domain::lifecycle::CaseState;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, QueryResult};

/// A question to keep. It passed `check_question`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// A fresh one ([`crate::new_id`]).
    pub id: Id,
    pub event_id: Id,
    pub account_id: Id,
    pub text: String,
    /// As others read it, where personal data was covered.
    pub shown: Option<String>,
    /// The name to show.
    pub name: Option<String>,
}

/// A question as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: Id,
    pub event_id: Id,
    /// Its author; none once that is forgotten.
    pub account_id: Option<Id>,
    /// In its author's words.
    pub text: String,
    /// As others read it, where that differs.
    pub shown: Option<String>,
    pub name: Option<String>,
    pub asked_at: Millis,
    pub state: QuestionState,
    pub hidden_reason: Option<String>,
    pub pinned: bool,
    pub votes: u32,
    pub answer: Option<String>,
    pub answered_by: Option<PartyRef>,
    pub answered_at: Option<Millis>,
    pub answered_live: bool,
    pub version: i64,
    pub letter: Option<LetterOf>,
    /// A resolution that came from it is done.
    pub resolved: bool,
    /// The author's telephone, masked.
    pub phone_masked: Option<String>,
}

/// The letter made of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterOf {
    pub id: Id,
    pub no: String,
    pub state: CaseState,
    pub unit_id: Option<Id>,
    pub due_at: Option<Millis>,
    /// Its public copy is published.
    pub is_published: bool,
}

impl Question {
    /// What a step of it is decided on.
    pub const fn facts(&self, event: EventState) -> QuestionFacts {
        QuestionFacts {
            state: self.state,
            event,
            has_letter: self.letter.is_some(),
        }
    }

    /// Its letter is closed or its resolution done.
    pub fn is_done(&self) -> bool {
        let closed = |letter: &LetterOf| FollowState::from(letter.state) == FollowState::Done;
        self.resolved || self.letter.as_ref().is_some_and(closed)
    }
}

/// What a moderator, or somebody at the table, changes; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionPatch {
    pub state: Option<QuestionState>,
    /// For hiding.
    pub reason: Option<String>,
    pub pinned: Option<bool>,
    pub answer: Option<String>,
    pub answered_by: Option<PartyRef>,
}

/// Whose questions are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// Those that everybody may read.
    Public(QuestionSort),
    /// One person's own, newest first.
    Of(&'a str),
    /// Those in one state, or in any: for the desk, the oldest first.
    Desk(Option<QuestionState>),
}

/// A page of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionPage {
    pub items: Vec<Question>,
    pub next_cursor: Option<String>,
}

impl Which<'_> {
    /// A question's place in the order as one number, and which of two ids at one place stands behind. What is being
    /// answered and what is pinned stands first in public: above 60 bits, of which the lower 44 hold a moment.
    const fn order(self) -> (&'static str, &'static str) {
        match self {
            Self::Public(QuestionSort::Votes) => (
                "((CASE WHEN q.state = 'live' THEN 0 WHEN q.pinned_at IS NOT NULL THEN 1 ELSE 2 END) * 1152921504606846976
                 + (CASE WHEN q.votes > 65535 THEN 0 ELSE 65535 - q.votes END) * 17592186044416 + q.asked_at)",
                ">",
            ),
            Self::Public(QuestionSort::Newest) => (
                "((CASE WHEN q.state = 'live' THEN 0 WHEN q.pinned_at IS NOT NULL THEN 1 ELSE 2 END) * 1152921504606846976
                 + 17592186044416 - q.asked_at)",
                "<",
            ),
            Self::Of(_) => ("(0 - q.asked_at)", "<"),
            Self::Desk(_) => ("q.asked_at", ">"),
        }
    }
}

const COLUMNS: &str = "q.id, q.event_id, q.account_id, q.text, q.shown, q.name, q.asked_at, q.state,
    q.hidden_reason, q.pinned_at, q.votes, q.answer, q.answer_kind, q.answer_by, q.answered_at, q.answered_live, q.version,
    q.message_id, m.no, m.state AS letter_state, m.unit_id, m.due_at, a.phone_masked,
    (SELECT COUNT(*) FROM publication p WHERE p.tenant_id = q.tenant_id AND p.message_id = q.message_id
     AND p.hidden = FALSE) AS published,
    (SELECT COUNT(*) FROM event_resolution r WHERE r.tenant_id = q.tenant_id AND r.question_id = q.id
     AND r.state = 'done') AS resolved";

const TABLES: &str = " FROM event_question q LEFT JOIN account a ON a.tenant_id = q.tenant_id AND a.id = q.account_id
    LEFT JOIN message m ON m.tenant_id = q.tenant_id AND m.id = q.message_id WHERE q.tenant_id = ?";

/// Those that others than their author and the desk may know of.
const PUBLIC: &str = "q.state IN ('visible', 'shortlisted', 'live', 'answered', 'follow_up')";

#[derive(FromQueryResult)]
struct Stored {
    id: String,
    event_id: String,
    account_id: Option<String>,
    text: String,
    shown: Option<String>,
    name: Option<String>,
    asked_at: i64,
    state: String,
    hidden_reason: Option<String>,
    pinned_at: Option<i64>,
    votes: i64,
    answer: Option<String>,
    answer_kind: Option<String>,
    answer_by: Option<String>,
    answered_at: Option<i64>,
    answered_live: bool,
    version: i64,
    message_id: Option<String>,
    no: Option<String>,
    letter_state: Option<String>,
    unit_id: Option<String>,
    due_at: Option<i64>,
    phone_masked: Option<String>,
    published: i64,
    resolved: i64,
}

struct Placed {
    stored: Stored,
    place: i64,
}

impl FromQueryResult for Placed {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, sea_orm::DbErr> {
        Ok(Self {
            stored: Stored::from_query_result(row, prefix)?,
            place: row.try_get(prefix, "place")?,
        })
    }
}

impl Stored {
    fn question(self) -> Result<Question, StoreError> {
        let letter = match (self.message_id, self.no, self.letter_state) {
            (Some(id), Some(no), Some(state)) => Some(LetterOf {
                id,
                no,
                state: code(CaseState::from_code, &state)?,
                unit_id: self.unit_id,
                due_at: self.due_at,
                is_published: self.published > 0,
            }),
            _ => None,
        };
        let answered_by = match (self.answer_kind, self.answer_by) {
            (Some(kind), Some(id)) => Some(PartyRef {
                kind: code(PartyKind::from_code, &kind)?,
                id,
            }),
            _ => None,
        };
        Ok(Question {
            id: self.id,
            event_id: self.event_id,
            account_id: self.account_id,
            text: self.text,
            shown: self.shown,
            name: self.name,
            asked_at: self.asked_at,
            state: code(QuestionState::from_code, &self.state)?,
            hidden_reason: self.hidden_reason,
            pinned: self.pinned_at.is_some(),
            votes: self.votes as u32,
            answer: self.answer,
            answered_by,
            answered_at: self.answered_at,
            answered_live: self.answered_live,
            version: self.version,
            letter,
            resolved: self.resolved > 0,
            phone_masked: self.phone_masked,
        })
    }
}

impl Store {
    /// Keeps a question. Where the event wants it so, only its author and the desk know of it until somebody looked.
    ///
    /// # Errors
    /// [`EventError`]: `State` where nobody can ask now, `Limit` when the author or the event has as many as it may.
    pub async fn ask_question(&self, ask: &Asking, now: Millis) -> Result<Question, EventError> {
        let tx = self.begin().await?;
        let done = self.ask_in(&tx, ask, now).await;
        self.finish(tx, &ask.event_id, done.map(|question| (question, Vec::new())))
            .await
    }

    async fn ask_in(&self, tx: &DatabaseTransaction, ask: &Asking, now: Millis) -> Result<Question, EventError> {
        let event = self.lock_public_event(tx, &ask.event_id).await?;
        if !event.state.is_open() {
            return Err(EventError::State);
        }
        if self.open_questions_in(tx, &ask.event_id, &ask.account_id).await? >= OPEN_QUESTIONS {
            return Err(EventError::Limit);
        }
        let all = number(
            tx,
            "SELECT COUNT(*) FROM event_question WHERE tenant_id = $1 AND event_id = $2",
            vec![self.tenant().into(), ask.event_id.as_str().into()],
        )
        .await?;
        if all >= i64::from(QUESTIONS) {
            return Err(EventError::Limit);
        }
        let state = if event.draft.premoderated {
            QuestionState::Pending
        } else {
            QuestionState::Visible
        };
        execute(
            tx,
            "INSERT INTO event_question (tenant_id, id, event_id, account_id, text, shown, name, asked_at, state, votes,
             answered_live, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, FALSE, 1)",
            vec![
                self.tenant().into(),
                ask.id.as_str().into(),
                ask.event_id.as_str().into(),
                ask.account_id.as_str().into(),
                ask.text.as_str().into(),
                ask.shown.clone().into(),
                ask.name.clone().into(),
                now.into(),
                state.code().into(),
            ],
        )
        .await?;
        self.raise(tx, &ask.event_id, state.is_public()).await?;
        self.question_in(tx, &ask.id).await?.ok_or(EventError::NotFound)
    }

    /// How many of an account's questions still wait for an answer at an event.
    pub async fn open_questions(&self, event_id: &str, account_id: &str) -> Result<u32, StoreError> {
        self.open_questions_in(&self.read, event_id, account_id).await
    }

    async fn open_questions_in<C: ConnectionTrait>(
        &self,
        db: &C,
        event_id: &str,
        account_id: &str,
    ) -> Result<u32, StoreError> {
        let count = number(
            db,
            "SELECT COUNT(*) FROM event_question WHERE tenant_id = $1 AND event_id = $2 AND account_id = $3
             AND state IN ('pending', 'visible', 'shortlisted', 'live')",
            vec![self.tenant().into(), event_id.into(), account_id.into()],
        )
        .await?;
        Ok(count as u32)
    }

    /// An account supports a question, or does not any more; tells how many do now. Twice is as once.
    ///
    /// # Errors
    /// [`EventError`]: `NotFound` also for what only others may not know of, `Own` for one's own.
    pub async fn upvote(&self, question_id: &str, account_id: &str, on: bool, now: Millis) -> Result<u32, EventError> {
        let event_id = self.event_of_question(question_id).await?;
        let tx = self.begin().await?;
        let done = self.upvote_in(&tx, &event_id, question_id, account_id, on, now).await;
        self.finish(tx, &event_id, done.map(|votes| (votes, Vec::new()))).await
    }

    async fn upvote_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        question_id: &str,
        account_id: &str,
        on: bool,
        now: Millis,
    ) -> Result<u32, EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        let question = self.question_in(tx, question_id).await?.ok_or(EventError::NotFound)?;
        if question.account_id.as_deref() == Some(account_id) {
            return Err(EventError::Own);
        }
        if !question.state.is_public() {
            return Err(EventError::NotFound);
        }
        if !event.state.is_open() || !question.state.takes_votes() {
            return Err(EventError::State);
        }
        let (change, values, step) = if on {
            (
                "INSERT INTO event_upvote (tenant_id, question_id, account_id, at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (tenant_id, question_id, account_id) DO NOTHING",
                vec![now.into()],
                1_i64,
            )
        } else {
            (
                "DELETE FROM event_upvote WHERE tenant_id = $1 AND question_id = $2 AND account_id = $3",
                vec![],
                -1,
            )
        };
        let mut all = vec![self.tenant().into(), question_id.into(), account_id.into()];
        all.extend(values);
        if execute(tx, change, all).await? == 0 {
            return Ok(question.votes);
        }
        execute(
            tx,
            "UPDATE event_question SET votes = votes + $3 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), question_id.into(), step.into()],
        )
        .await?;
        self.raise_event(tx, event_id).await?;
        Ok((i64::from(question.votes) + step) as u32)
    }

    /// Changes a question, decided on the version that was read. One question is being answered at a time: the one
    /// before goes back to those waiting.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn change_question(
        &self,
        question_id: &str,
        version: i64,
        patch: &QuestionPatch,
        now: Millis,
    ) -> Result<Question, EventError> {
        let event_id = self.event_of_question(question_id).await?;
        let tx = self.begin().await?;
        let done = self.change_in(&tx, &event_id, question_id, version, patch, now).await;
        self.finish(tx, &event_id, done).await
    }

    async fn change_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        question_id: &str,
        version: i64,
        patch: &QuestionPatch,
        now: Millis,
    ) -> Result<(Question, Vec<Id>), EventError> {
        let event = self.lock_event(tx, event_id).await?;
        let before = self.question_in(tx, question_id).await?.ok_or(EventError::NotFound)?;
        if before.version != version {
            return Err(EventError::Conflict);
        }
        let mut after = before.clone();
        if let Some(to) = patch.state.filter(|to| *to != before.state) {
            question_step(before.facts(event.state), to, patch.reason.as_deref())?;
            if to == QuestionState::Live {
                self.put_live_back(tx, event_id).await?;
            }
            after.state = to;
            after.hidden_reason = patch.reason.clone().filter(|_| to == QuestionState::Hidden);
            match to {
                QuestionState::Answered => {
                    after.answered_live |= event.state == EventState::Live;
                    after.answered_at = after.answered_at.or(Some(now));
                }
                // Taken back: it was not answered after all.
                QuestionState::Visible | QuestionState::Shortlisted | QuestionState::Live => {
                    after.answered_live = false;
                }
                _ => {}
            }
        }
        if let Some(pinned) = patch.pinned {
            after.pinned = pinned;
        }
        if let Some(answer) = &patch.answer {
            after.answer = Some(answer.trim().replace("\r\n", "\n"));
            after.answered_by.clone_from(&patch.answered_by);
            after.answered_at = Some(now);
        }
        if !after.state.is_public() {
            after.pinned = false;
        }
        self.write_question(tx, &after, now).await?;
        let is_public = before.state.is_public() || after.state.is_public();
        self.raise(tx, event_id, is_public).await?;
        let is_answered = after.state == QuestionState::Answered && before.state != QuestionState::Answered
            || patch.answer.is_some() && before.answer.is_none();
        let concern = before.account_id.as_ref().and_then(|author| {
            if is_answered {
                Some(Concern::Answered(author, question_id))
            } else {
                (before.state != after.state).then_some(Concern::Question(author))
            }
        });
        let told = match concern {
            Some(concern) => self.tell_concerned(tx, &event, concern, now).await?,
            None => Vec::new(),
        };
        let kept = self.question_in(tx, question_id).await?.ok_or(EventError::NotFound)?;
        Ok((kept, told))
    }

    async fn write_question(&self, tx: &DatabaseTransaction, after: &Question, now: Millis) -> Result<(), StoreError> {
        let by = after.answered_by.as_ref();
        execute(
            tx,
            "UPDATE event_question SET state = $3, hidden_reason = $4,
             pinned_at = CASE WHEN $5 THEN COALESCE(pinned_at, $6) ELSE NULL END, answer = $7, answer_kind = $8,
             answer_by = $9, answered_at = $10, answered_live = $11, version = version + 1
             WHERE tenant_id = $1 AND id = $2",
            vec![
                self.tenant().into(),
                after.id.as_str().into(),
                after.state.code().into(),
                after.hidden_reason.clone().into(),
                after.pinned.into(),
                now.into(),
                after.answer.clone().into(),
                by.map(|by| by.kind.code()).into(),
                by.map(|by| by.id.clone()).into(),
                after.answered_at.into(),
                after.answered_live.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// What was being answered waits again.
    pub(super) async fn put_live_back(&self, tx: &DatabaseTransaction, event_id: &str) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE event_question SET state = 'shortlisted', version = version + 1
             WHERE tenant_id = $1 AND event_id = $2 AND state = 'live'",
            vec![self.tenant().into(), event_id.into()],
        )
        .await?;
        Ok(())
    }

    /// The question with this id, in whatever state.
    pub async fn question(&self, id: &str) -> Result<Option<Question>, StoreError> {
        self.question_in(&self.read, id).await
    }

    pub(super) async fn question_in<C: ConnectionTrait>(
        &self,
        db: &C,
        id: &str,
    ) -> Result<Option<Question>, StoreError> {
        let mut query = Query::new(&["SELECT ", COLUMNS, TABLES].concat(), [self.tenant().into()]);
        query.push("AND q.id = ?", [id.into()]);
        query.row::<C, Stored>(db).await?.map(Stored::question).transpose()
    }

    pub(super) async fn event_of_question(&self, id: &str) -> Result<Id, EventError> {
        let found = strings(
            &self.read,
            "SELECT event_id FROM event_question WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        found.into_iter().next().ok_or(EventError::NotFound)
    }

    /// Questions of an event, `limit` at most, from the first on.
    pub async fn questions(&self, event_id: &str, which: Which<'_>, limit: u32) -> Result<Vec<Question>, StoreError> {
        let page = self.questions_page(event_id, which, None, limit).await?;
        Ok(page.items)
    }

    /// Questions of an event behind a cursor, `limit` at most. The cursor is the last question's place in the order and not
    /// a count: what is asked, supported or hidden meanwhile neither repeats nor hides others.
    pub async fn questions_page(
        &self,
        event_id: &str,
        which: Which<'_>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<QuestionPage, StoreError> {
        let (place, later) = which.order();
        let mut query = Query::new(
            &["SELECT ", COLUMNS, ", ", place, " AS place", TABLES].concat(),
            [self.tenant().into()],
        );
        query.push("AND q.event_id = ?", [event_id.into()]);
        match which {
            Which::Public(_) => {
                query.push(&["AND ", PUBLIC].concat(), []);
            }
            Which::Of(account) => {
                query.push("AND q.account_id = ?", [account.into()]);
            }
            Which::Desk(Some(state)) => {
                query.push("AND q.state = ?", [state.code().into()]);
            }
            Which::Desk(None) => {}
        }
        if let Some(Cursor { key, id }) = Cursor::parse(cursor) {
            let behind = ["AND (", place, " > ? OR (", place, " = ? AND q.id ", later, " ?))"].concat();
            query.push(&behind, [key.into(), key.into(), id.into()]);
        }
        let direction = if later == ">" { "" } else { " DESC" };
        query.push(
            &["ORDER BY place, q.id", direction, " LIMIT ?"].concat(),
            [(i64::from(limit) + 1).into()],
        );
        let mut found: Vec<Placed> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut found, u64::from(limit), |placed| Cursor {
            key: placed.place,
            id: placed.stored.id.clone(),
        });
        let items = found.into_iter().map(|placed| placed.stored.question());
        Ok(QuestionPage {
            items: items.collect::<Result<_, _>>()?,
            next_cursor,
        })
    }

    /// How many questions of an event stand in each state; states without any are left out.
    pub async fn question_counts(&self, event_id: &str) -> Result<Vec<QuestionCount>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            state: String,
            count: i64,
        }
        let query = Query::new(
            "SELECT state, COUNT(*) AS count FROM event_question WHERE tenant_id = ? AND event_id = ? GROUP BY state",
            [self.tenant().into(), event_id.into()],
        );
        let found: Vec<Count> = query.rows(&self.read).await?;
        let mut counts = Vec::with_capacity(found.len());
        for one in found {
            counts.push(QuestionCount {
                state: code(QuestionState::from_code, &one.state)?,
                count: one.count as u32,
            });
        }
        counts.sort_unstable_by_key(|count| count.state);
        Ok(counts)
    }

    /// What the figures of an event are counted from: its public questions.
    pub async fn asked(&self, event_id: &str) -> Result<Vec<Asked>, StoreError> {
        #[derive(FromQueryResult)]
        struct Counted {
            state: String,
            answered_live: bool,
            letter_state: Option<String>,
            resolved: i64,
        }
        let mut query = Query::new(
            "SELECT q.state, q.answered_live, m.state AS letter_state,
             (SELECT COUNT(*) FROM event_resolution r WHERE r.tenant_id = q.tenant_id AND r.question_id = q.id
              AND r.state = 'done') AS resolved
             FROM event_question q LEFT JOIN message m ON m.tenant_id = q.tenant_id AND m.id = q.message_id
             WHERE q.tenant_id = ? AND q.event_id = ? AND",
            [self.tenant().into(), event_id.into()],
        );
        query.push(PUBLIC, []);
        let found: Vec<Counted> = query.rows(&self.read).await?;
        let mut all = Vec::with_capacity(found.len());
        for one in found {
            let letter = one
                .letter_state
                .as_deref()
                .map(|state| code(CaseState::from_code, state))
                .transpose()?;
            all.push(Asked {
                state: code(QuestionState::from_code, &one.state)?,
                answered_live: one.answered_live,
                done: one.resolved > 0 || letter.is_some_and(|state| FollowState::from(state) == FollowState::Done),
            });
        }
        Ok(all)
    }

    /// The questions of an event that an account supports.
    pub async fn upvoted(&self, event_id: &str, account_id: &str) -> Result<Vec<Id>, StoreError> {
        strings(
            &self.read,
            "SELECT v.question_id FROM event_upvote v JOIN event_question q ON q.tenant_id = v.tenant_id
             AND q.id = v.question_id WHERE v.tenant_id = $1 AND v.account_id = $2 AND q.event_id = $3
             AND q.state NOT IN ('pending', 'hidden') ORDER BY v.at, v.question_id",
            vec![self.tenant().into(), account_id.into(), event_id.into()],
        )
        .await
    }
}
