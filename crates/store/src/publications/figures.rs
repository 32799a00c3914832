//! Counts over all letters, each with its base. Sums only: nothing of a single letter comes out.

use crate::sql::Query;
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::Figures;

/// Below it a median says nothing.
const FEWEST: i64 = 5;

impl Store {
    /// The figures of the last twelve months.
    pub async fn figures(&self, now: Millis) -> Result<Figures, StoreError> {
        let since = now - 365 * DAY_MS;
        let letters = Query::new(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE due_at < ?),
             COUNT(*) FILTER (WHERE due_at < ? AND first_answered_at IS NOT NULL)
             FROM message WHERE tenant_id = ? AND accepted_at >= ?",
            [now.into(), now.into(), self.tenant().into(), since.into()],
        )
        .numbers(&self.read, 3)
        .await?;
        // Satisfied: at least 60 points and no dimension at or below 不满意 (specification B).
        let ratings = Query::new(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE score >= 60 AND attitude > 2 AND process > 2 AND result > 2),
             COUNT(*) FILTER (WHERE solved <> 'na'), COUNT(*) FILTER (WHERE solved = 'yes'),
             COUNT(*) FILTER (WHERE solved = 'partly')
             FROM survey WHERE tenant_id = ? AND rated_at >= ?",
            [self.tenant().into(), since.into()],
        )
        .numbers(&self.read, 5)
        .await?;
        let of = |list: &[i64], at: usize| list.get(at).copied().unwrap_or(0);
        Ok(Figures {
            accepted: of(&letters, 0) as u32,
            answer_due: of(&letters, 1) as u32,
            answered: of(&letters, 2) as u32,
            rated: of(&ratings, 0) as u32,
            satisfied: of(&ratings, 1) as u32,
            solved_asked: of(&ratings, 2) as u32,
            solved: of(&ratings, 3) as f64 + of(&ratings, 4) as f64 / 2.0,
            median_days: self.median_days(since).await?,
        })
    }

    /// Median days from letter to first substantive answer.
    async fn median_days(&self, since: Millis) -> Result<Option<f64>, StoreError> {
        let answered = Query::new(
            "FROM message WHERE tenant_id = ? AND accepted_at >= ? AND first_answered_at IS NOT NULL",
            [self.tenant().into(), since.into()],
        );
        let n = answered.after("SELECT COUNT(*)").number(&self.read).await?;
        if n < FEWEST {
            return Ok(None);
        }
        let mut middle = answered.after("SELECT first_answered_at - submitted_at AS took");
        middle.push("ORDER BY took LIMIT 1 OFFSET ?", [(n / 2).into()]);
        let took = middle.number(&self.read).await?;
        Ok(Some((took as f64 / DAY_MS as f64 * 10.0).round() / 10.0))
    }
}
