//! Letters around a letter: joined, cut off, alike; and what a unit wrote before.

use crate::sql::{Query, code, marks};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{CaseState, ReplyText};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// A letter in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub id: Id,
    pub no: String,
    pub title: String,
    pub body: String,
    pub state: CaseState,
    pub submitted_at: Millis,
}

/// A task that is not at an end.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct OpenTask {
    pub id: Id,
    pub message_id: Id,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    no: String,
    title: String,
    body: String,
    state: String,
    submitted_at: i64,
}

impl Row {
    fn brief(self) -> Result<Brief, StoreError> {
        Ok(Brief {
            state: code(CaseState::from_code, &self.state)?,
            id: self.id,
            no: self.no,
            title: self.title,
            body: self.body,
            submitted_at: self.submitted_at,
        })
    }
}

const COLUMNS: &str =
    "SELECT m.id, m.no, m.title, m.body, m.state, m.submitted_at FROM message m WHERE m.tenant_id = ?";

impl Store {
    /// The letters with these ids, by number.
    pub async fn briefs(&self, ids: &[Id]) -> Result<Vec<Brief>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Query::new(COLUMNS, [self.tenant().into()]);
        query
            .push_all(
                &["AND m.id IN ", &marks(ids.len())].concat(),
                ids.iter().map(|id| id.as_str().into()),
            )
            .push("ORDER BY m.no", []);
        self.brief_rows(&query).await
    }

    /// Open, unanswered letters of the same category since a moment, newest first: what a letter may be a double of.
    pub async fn possible_doubles(
        &self,
        letter_id: &str,
        category_id: Option<&str>,
        since: Millis,
        limit: u64,
    ) -> Result<Vec<Brief>, StoreError> {
        let mut query = Query::new(COLUMNS, [self.tenant().into()]);
        query.push(
            "AND m.id <> ? AND m.submitted_at >= ? AND m.merged_into IS NULL AND m.part_of IS NULL AND m.state IN
             ('submitted', 'screening_hold', 'need_info', 'accepted', 'with_deputy', 'assigned', 'in_progress',
              'arbitration', 'reply_review', 'second_handling')",
            [letter_id.into(), since.into()],
        );
        if let Some(category) = category_id {
            // Whole branches belong together: 路灯 and 道路破损 are both 交通出行.
            query.push(
                "AND m.category_id IN (SELECT c.id FROM category c JOIN category own ON own.tenant_id = c.tenant_id
                 AND own.id = ? WHERE c.tenant_id = ? AND (c.id = own.id OR c.parent_id = own.parent_id))",
                [category.into(), self.tenant().into()],
            );
        }
        query.push("ORDER BY m.submitted_at DESC, m.id LIMIT ?", [(limit as i64).into()]);
        self.brief_rows(&query).await
    }

    async fn brief_rows(&self, query: &Query) -> Result<Vec<Brief>, StoreError> {
        let rows: Vec<Row> = query.rows(&self.read).await?;
        rows.into_iter().map(Row::brief).collect()
    }

    /// A unit's released replies to other letters, newest first, as (number, text).
    pub async fn recent_replies(
        &self,
        unit_id: &str,
        without_letter: &str,
        limit: u64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Reply {
            no: String,
            text: String,
        }
        let mut query = Query::new(
            "SELECT m.no, r.text FROM reply r JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
             WHERE r.tenant_id = ? AND r.by_id = ? AND r.message_id <> ? AND r.by_kind = 'unit'",
            [self.tenant().into(), unit_id.into(), without_letter.into()],
        );
        query.push(
            "ORDER BY r.released_at DESC, r.id DESC LIMIT ?",
            [(limit as i64).into()],
        );
        let rows: Vec<Reply> = query.rows(&self.read).await?;
        rows.into_iter()
            .map(|row| {
                let text: ReplyText = crate::sql::from_json(&row.text)?;
                Ok((row.no, text.body))
            })
            .collect()
    }

    /// How many letters of a category each unit answered since a moment.
    pub async fn answered_by_units(&self, category_id: &str, since: Millis) -> Result<Vec<(Id, u32)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            unit_id: String,
            count: i64,
        }
        let rows: Vec<Count> = Query::new(
            "SELECT r.by_id AS unit_id, COUNT(*) AS count FROM reply r
             JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
             WHERE r.tenant_id = ? AND m.category_id = ? AND r.released_at >= ? AND r.by_kind = 'unit'
             AND r.by_id IS NOT NULL GROUP BY r.by_id ORDER BY count DESC, r.by_id",
            [self.tenant().into(), category_id.into(), since.into()],
        )
        .rows(&self.read)
        .await?;
        Ok(rows.into_iter().map(|row| (row.unit_id, row.count as u32)).collect())
    }

    /// A unit's tasks that are not at an end, and those it still has a promise to keep for.
    pub async fn open_tasks(&self, unit_id: &str) -> Result<Vec<OpenTask>, StoreError> {
        Query::new(
            "SELECT id, message_id FROM assignment WHERE tenant_id = ? AND unit_id = ? AND (tracking = TRUE OR state NOT IN
             ('accepted_by_office', 'returned', 'cancelled'))",
            [self.tenant().into(), unit_id.into()],
        )
        .rows(&self.read)
        .await
    }
}
