//! Answers as they reached the resident, their surveys, and replies still being written.

use crate::entity::{assignment, reply, survey};
use crate::ids::{new_id, new_token};
use crate::sql::{Query, code, from_json, to_json};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{Case, CaseEvent, CaseState, EventRecord, HolderKind, Rating, ReplyText, Role, score};
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _,
};

/// An answer as it reached the resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub id: Id,
    /// The log entry that released it.
    pub seq: i64,
    pub round: u8,
    pub at: Millis,
    pub text: ReplyText,
    /// Whose words: a unit's, a deputy's, or the office's (a letter joined to another or answered in parts).
    pub by_kind: HolderKind,
    pub by_id: Option<Id>,
    /// The deputy through whom it came, and that deputy's own words.
    pub forwarded_by: Option<Id>,
    pub words: Option<String>,
    /// How the deputy rated the handling, beside the resident.
    pub deputy_rating: Option<Rating>,
    pub survey: Survey,
}

/// The survey of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Opens `/rate/{token}`.
    pub token: String,
    pub letter_id: Id,
    pub answer_id: Id,
    pub opened_at: Millis,
    pub open_until: Option<Millis>,
    pub rating: Option<Rating>,
    /// 0–100, once rated.
    pub score: Option<u8>,
}

/// A unit's reply while it is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub task_id: Id,
    pub reply: ReplyText,
    pub saved_at: Millis,
}

impl Store {
    /// A letter's answers, oldest first.
    pub async fn answers(&self, letter_id: &str) -> Result<Vec<Answer>, StoreError> {
        let rows: Vec<Row> = self
            .answer_query("reply r CROSS JOIN survey s", "r.message_id = ?", letter_id)
            .rows(&self.read)
            .await?;
        rows.into_iter().map(Row::answer).collect()
    }

    /// The answer a survey's token belongs to.
    pub async fn answer_by_survey(&self, token: &str) -> Result<Option<Answer>, StoreError> {
        let row: Option<Row> = self
            .answer_query("survey s CROSS JOIN reply r", "s.token = ?", token)
            .row(&self.read)
            .await?;
        row.map(Row::answer).transpose()
    }

    /// `tables` in the order in which they are looked at: left to itself, SQLite walks through every survey there is.
    fn answer_query(&self, tables: &str, condition: &str, value: &str) -> Query {
        let mut query = Query::new(
            "SELECT r.id, r.message_id, r.seq, r.round, r.released_at, r.by_kind, r.by_id, r.forwarded_by, r.words, r.text,
             r.deputy_rating, s.token, s.opened_at, s.open_until, s.rating, s.score FROM",
            [],
        );
        query
            .push(tables, [])
            .push(
                "WHERE s.tenant_id = r.tenant_id AND s.reply_id = r.id AND r.tenant_id = ? AND s.tenant_id = ? AND",
                [self.tenant().into(), self.tenant().into()],
            )
            .push(condition, [value.into()])
            .push("ORDER BY r.seq", []);
        query
    }

    /// The reply a unit is writing for one of its tasks.
    pub async fn draft(&self, task_id: &str) -> Result<Option<Draft>, StoreError> {
        let found = assignment::Entity::find_by_id((self.tenant(), task_id.to_owned()))
            .one(&self.read)
            .await?;
        found.and_then(draft_of).transpose()
    }

    /// The replies being written for a letter's tasks.
    pub async fn drafts(&self, letter_id: &str) -> Result<Vec<Draft>, StoreError> {
        let found = assignment::Entity::find()
            .filter(assignment::Column::TenantId.eq(self.tenant()))
            .filter(assignment::Column::MessageId.eq(letter_id))
            .all(&self.read)
            .await?;
        found.into_iter().filter_map(draft_of).collect()
    }

    /// Keeps a reply while it is being written; false when there is no such task.
    pub async fn save_draft(&self, task_id: &str, reply: &ReplyText, now: Millis) -> Result<bool, StoreError> {
        let kept = crate::sql::execute(
            self.writer(),
            "UPDATE assignment SET draft_reply = $1, draft_saved_at = $2 WHERE tenant_id = $3 AND id = $4",
            vec![to_json(reply)?.into(), now.into(), self.tenant().into(), task_id.into()],
        )
        .await?;
        Ok(kept == 1)
    }

    /// The letter and the unit of a task.
    pub async fn task_owner(&self, task_id: &str) -> Result<Option<(Id, Id)>, StoreError> {
        let found = assignment::Entity::find_by_id((self.tenant(), task_id.to_owned()))
            .one(&self.read)
            .await?;
        Ok(found.map(|task| (task.message_id, task.unit_id)))
    }

    /// Keeps the answer, survey or rating a record brings.
    pub(super) async fn project_answer(
        &self,
        tx: &DatabaseTransaction,
        case: &Case,
        record: &EventRecord,
        limits: &Limits,
    ) -> Result<(), StoreError> {
        match &record.event {
            CaseEvent::RatedOk { rating } | CaseEvent::RatedBad { rating } => {
                self.keep_rating(tx, case, record, rating, limits).await
            }
            CaseEvent::PromiseKept { .. } => self.reopen_survey(tx, case, record).await,
            CaseEvent::FollowUp { .. } | CaseEvent::Recalculated { .. } if record.facts.survey_until.is_some() => {
                self.move_survey(tx, case, record).await
            }
            CaseEvent::DeputyRated { rating } => self.keep_deputy_rating(tx, case, record.at, rating).await,
            _ if record.to == CaseState::Answered && record.from != Some(CaseState::Answered) => {
                self.keep_answer(tx, case, record).await
            }
            _ => Ok(()),
        }
    }

    async fn keep_answer(&self, tx: &DatabaseTransaction, case: &Case, record: &EventRecord) -> Result<(), StoreError> {
        let text = match &record.event {
            CaseEvent::DeputyAnswer { reply }
            | CaseEvent::LeadAnswered { reply }
            | CaseEvent::PartsAnswered { reply } => Some(reply),
            _ => case.reply.as_ref(),
        };
        let Some(text) = text else { return Ok(()) };
        let (forwarded_by, words) = match &record.event {
            CaseEvent::Release {
                forwarded_by_deputy,
                words,
                ..
            } => (forwarded_by_deputy.clone(), words.clone()),
            _ => (None, None),
        };
        let by_kind = match &record.event {
            CaseEvent::DeputyAnswer { .. } => HolderKind::Deputy,
            CaseEvent::Release { .. } => HolderKind::Unit,
            _ => HolderKind::Office,
        };
        let answer = reply::Model {
            tenant_id: self.tenant(),
            id: new_id(),
            message_id: case.id.clone(),
            seq: record.seq,
            round: i64::from(case.round),
            released_at: record.at,
            by_kind: by_kind.code().to_owned(),
            by_id: if by_kind == HolderKind::Office {
                Some(case.station_id.clone())
            } else {
                case.reply_by.clone()
            },
            forwarded_by,
            words,
            text: to_json(text)?,
            deputy_rating: None,
            deputy_rated_at: None,
        };
        let survey = survey::Model {
            tenant_id: self.tenant(),
            token: new_token()?,
            message_id: case.id.clone(),
            reply_id: answer.id.clone(),
            opened_at: record.at,
            open_until: record.facts.survey_until,
            rated_at: None,
            rating: None,
            score: None,
            attitude: None,
            process: None,
            result: None,
            solved: None,
        };
        reply::Entity::insert(answer.into_active_model())
            .exec_without_returning(tx)
            .await?;
        survey::Entity::insert(survey.into_active_model())
            .exec_without_returning(tx)
            .await?;
        Ok(())
    }

    /// The same survey stays open longer, or ends earlier.
    async fn move_survey(&self, tx: &DatabaseTransaction, case: &Case, record: &EventRecord) -> Result<(), StoreError> {
        let mut query = Query::new("UPDATE survey SET open_until = ?", [record.facts.survey_until.into()]);
        self.of_last_answer(&mut query, &case.id);
        query.execute(tx).await?;
        Ok(())
    }

    /// "Was it done?": the same answer is asked about again.
    async fn reopen_survey(
        &self,
        tx: &DatabaseTransaction,
        case: &Case,
        record: &EventRecord,
    ) -> Result<(), StoreError> {
        let mut query = Query::new(
            "UPDATE survey SET opened_at = ?, open_until = ?",
            [record.at.into(), record.facts.survey_until.into()],
        );
        self.of_last_answer(&mut query, &case.id);
        query.execute(tx).await?;
        Ok(())
    }

    async fn keep_rating(
        &self,
        tx: &DatabaseTransaction,
        case: &Case,
        record: &EventRecord,
        rating: &Rating,
        limits: &Limits,
    ) -> Result<(), StoreError> {
        // A deputy rates beside the resident; the survey is the resident's.
        if record.actor.role == Role::Deputy && !record.actor.is_author {
            return self.keep_deputy_rating(tx, case, record.at, rating).await;
        }
        let mut query = Query::new(
            "UPDATE survey SET rated_at = ?, rating = ?, score = ?, attitude = ?, process = ?, result = ?, solved = ?",
            [
                record.at.into(),
                to_json(rating)?.into(),
                i64::from(score(rating, limits)).into(),
                i64::from(rating.attitude).into(),
                i64::from(rating.process).into(),
                i64::from(rating.result).into(),
                rating.solved.code().into(),
            ],
        );
        self.of_last_answer(&mut query, &case.id);
        query.execute(tx).await?;
        Ok(())
    }

    async fn keep_deputy_rating(
        &self,
        tx: &DatabaseTransaction,
        case: &Case,
        at: Millis,
        rating: &Rating,
    ) -> Result<(), StoreError> {
        let mut query = Query::new(
            "UPDATE reply SET deputy_rating = ?, deputy_rated_at = ?",
            [to_json(rating)?.into(), at.into()],
        );
        query.push(
            "WHERE tenant_id = ? AND id =
             (SELECT r.id FROM reply r WHERE r.tenant_id = ? AND r.message_id = ? ORDER BY r.seq DESC LIMIT 1)",
            [self.tenant().into(), self.tenant().into(), case.id.as_str().into()],
        );
        query.execute(tx).await?;
        Ok(())
    }

    fn of_last_answer(&self, query: &mut Query, letter_id: &str) {
        query.push(
            "WHERE tenant_id = ? AND reply_id =
             (SELECT r.id FROM reply r WHERE r.tenant_id = ? AND r.message_id = ? ORDER BY r.seq DESC LIMIT 1)",
            [self.tenant().into(), self.tenant().into(), letter_id.into()],
        );
    }
}

fn draft_of(row: assignment::Model) -> Option<Result<Draft, StoreError>> {
    let (text, saved_at) = (row.draft_reply?, row.draft_saved_at?);
    Some(from_json(&text).map(|reply| Draft {
        task_id: row.id,
        reply,
        saved_at,
    }))
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    message_id: String,
    seq: i64,
    round: i64,
    released_at: i64,
    by_kind: String,
    by_id: Option<String>,
    forwarded_by: Option<String>,
    words: Option<String>,
    text: String,
    deputy_rating: Option<String>,
    token: String,
    opened_at: i64,
    open_until: Option<i64>,
    rating: Option<String>,
    score: Option<i64>,
}

impl Row {
    fn answer(self) -> Result<Answer, StoreError> {
        Ok(Answer {
            survey: Survey {
                token: self.token,
                letter_id: self.message_id,
                answer_id: self.id.clone(),
                opened_at: self.opened_at,
                open_until: self.open_until,
                rating: self.rating.as_deref().map(from_json).transpose()?,
                score: self.score.map(|score| score as u8),
            },
            id: self.id,
            seq: self.seq,
            round: self.round as u8,
            at: self.released_at,
            text: from_json(&self.text)?,
            by_kind: code(HolderKind::from_code, &self.by_kind)?,
            by_id: self.by_id,
            forwarded_by: self.forwarded_by,
            words: self.words,
            deputy_rating: self.deputy_rating.as_deref().map(from_json).transpose()?,
        })
    }
}
