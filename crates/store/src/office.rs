//! What a desk keeps for itself: filters by name, letters drawn by lot for a call.

use crate::sql::{Query, code, execute, rows};
use crate::{Store, StoreError, new_id};
use liaison_domain::dto::{CallBack, CallReport, SavedFilter};
use liaison_domain::lifecycle::CaseState;
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

#[derive(FromQueryResult)]
struct Only {
    id: String,
}

#[derive(FromQueryResult)]
struct FilterRow {
    id: String,
    name: String,
    query: String,
}

#[derive(FromQueryResult)]
struct CallRow {
    id: String,
    letter_id: String,
    no: String,
    title: String,
    state: String,
    unit_name: Option<String>,
    score: Option<i64>,
    drawn_at: i64,
    outcome: Option<String>,
    note: Option<String>,
    called_at: Option<i64>,
}

impl CallRow {
    fn view(self) -> Result<CallBack, StoreError> {
        Ok(CallBack {
            state: code(CaseState::from_code, &self.state)?,
            id: self.id,
            letter_id: self.letter_id,
            no: self.no,
            title: self.title,
            unit_name: self.unit_name,
            score: self.score.map(|score| score as u8),
            drawn_at: self.drawn_at,
            outcome: self.outcome,
            note: self.note,
            called_at: self.called_at,
        })
    }
}

const CALLS: &str = "SELECT c.id, c.message_id AS letter_id, m.no, m.title, m.state, u.short_name AS unit_name,
    (SELECT s.score FROM survey s WHERE s.tenant_id = c.tenant_id AND s.message_id = c.message_id
     AND s.score IS NOT NULL ORDER BY s.opened_at DESC LIMIT 1) AS score,
    c.drawn_at, c.outcome, c.note, c.called_at
    FROM call_back c JOIN message m ON m.tenant_id = c.tenant_id AND m.id = c.message_id
    LEFT JOIN org_unit u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id WHERE c.tenant_id = ?";

impl Store {
    /// An account's filters, by name.
    pub async fn filters(&self, account_id: &str) -> Result<Vec<SavedFilter>, StoreError> {
        let found: Vec<FilterRow> = rows(
            &self.read,
            "SELECT id, name, query FROM saved_filter WHERE tenant_id = $1 AND account_id = $2 ORDER BY name, id",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        Ok(found
            .into_iter()
            .map(|row| SavedFilter {
                id: row.id,
                name: row.name,
                query: row.query,
            })
            .collect())
    }

    /// Keeps a filter; one of the same name is replaced.
    pub async fn keep_filter(&self, account_id: &str, name: &str, query: &str, now: Millis) -> Result<Id, StoreError> {
        let tx = self.begin().await?;
        execute(
            &tx,
            "DELETE FROM saved_filter WHERE tenant_id = $1 AND account_id = $2 AND name = $3",
            vec![self.tenant().into(), account_id.into(), name.into()],
        )
        .await?;
        let id = new_id();
        execute(
            &tx,
            "INSERT INTO saved_filter (tenant_id, id, account_id, name, query, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                self.tenant().into(),
                id.as_str().into(),
                account_id.into(),
                name.into(),
                query.into(),
                now.into(),
            ],
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Removes an account's own filter; false when there is none.
    pub async fn drop_filter(&self, account_id: &str, id: &str) -> Result<bool, StoreError> {
        let gone = execute(
            self.writer(),
            "DELETE FROM saved_filter WHERE tenant_id = $1 AND account_id = $2 AND id = $3",
            vec![self.tenant().into(), account_id.into(), id.into()],
        )
        .await?;
        Ok(gone == 1)
    }

    /// Letters answered since a moment that nobody has drawn yet: what a lot is drawn from. By station with its points,
    /// or all.
    pub async fn callable(&self, station_id: Option<&str>, since: Millis) -> Result<Vec<Id>, StoreError> {
        let mut query = Query::new(
            "SELECT m.id FROM message m WHERE m.tenant_id = ? AND m.answered_at >= ? AND m.part_of IS NULL
             AND m.submitter_account_id IS NOT NULL AND m.state IN ('answered', 'closed', 'tracking')
             AND NOT EXISTS (SELECT 1 FROM call_back c WHERE c.tenant_id = m.tenant_id AND c.message_id = m.id)",
            [self.tenant().into(), since.into()],
        );
        of_station(&mut query, station_id, &self.tenant());
        query.push("ORDER BY m.id", []);
        let found: Vec<Only> = query.rows(&self.read).await?;
        Ok(found.into_iter().map(|row| row.id).collect())
    }

    /// Notes letters as drawn; one that somebody else drew meanwhile is passed over. Tells how many are new.
    pub async fn draw(&self, letters: &[Id], by: &str, now: Millis) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        let mut drawn = 0;
        for letter in letters {
            drawn += execute(
                &tx,
                "INSERT INTO call_back (tenant_id, id, message_id, drawn_at, drawn_by) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (tenant_id, message_id) DO NOTHING",
                vec![
                    self.tenant().into(),
                    new_id().into(),
                    letter.as_str().into(),
                    now.into(),
                    by.into(),
                ],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(drawn)
    }

    /// Letters drawn, those still to be called first, then the newest.
    pub async fn call_backs(&self, station_id: Option<&str>, limit: u64) -> Result<Vec<CallBack>, StoreError> {
        let mut query = Query::new(CALLS, [self.tenant().into()]);
        of_station(&mut query, station_id, &self.tenant());
        query.push(
            "ORDER BY CASE WHEN c.called_at IS NULL THEN 0 ELSE 1 END, c.drawn_at DESC, c.id LIMIT ?",
            [(limit as i64).into()],
        );
        let found: Vec<CallRow> = query.rows(&self.read).await?;
        found.into_iter().map(CallRow::view).collect()
    }

    /// One of them, when it is the station's.
    pub async fn call_back(&self, station_id: Option<&str>, id: &str) -> Result<Option<CallBack>, StoreError> {
        let mut query = Query::new(CALLS, [self.tenant().into()]);
        query.push("AND c.id = ?", [id.into()]);
        of_station(&mut query, station_id, &self.tenant());
        let found: Option<CallRow> = query.row(&self.read).await?;
        found.map(CallRow::view).transpose()
    }

    /// Keeps how a call went.
    pub async fn report_call(&self, id: &str, report: &CallReport, by: &str, now: Millis) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE call_back SET outcome = $1, note = $2, called_at = $3, called_by = $4
             WHERE tenant_id = $5 AND id = $6",
            vec![
                report.outcome.as_str().into(),
                report.note.trim().into(),
                now.into(),
                by.into(),
                self.tenant().into(),
                id.into(),
            ],
        )
        .await?;
        Ok(())
    }
}

/// A station answers for its points (一站多点).
fn of_station(query: &mut Query, station_id: Option<&str>, tenant: &str) {
    if let Some(id) = station_id {
        query.push(
            "AND m.station_id IN (SELECT x.id FROM station x WHERE x.tenant_id = ? AND (x.id = ? OR x.parent_id = ?))",
            [tenant.into(), id.into(), id.into()],
        );
    }
}
