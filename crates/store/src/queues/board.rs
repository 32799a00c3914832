//! A unit's board: its tasks by stage and due date, in one question.

use crate::letters::NEVER;
use crate::sql::{Query, code};
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{BOARD_CELL, BOARD_DUES, BOARD_STAGES, BoardCell, BoardItem, UnitBoard};
use liaison_domain::lifecycle::{TaskRole, Urgency};
use sea_orm::FromQueryResult;

#[derive(FromQueryResult)]
struct Row {
    id: String,
    no: String,
    title: String,
    role: String,
    urgency: String,
    supervised: bool,
    sort_due: i64,
    lane: String,
    delegated_here: bool,
    stage: i64,
    due: i64,
    count: i64,
}

/// Lane and stage follow from the task's state; a promise is looked after beside it. The numbers are places in
/// [`BOARD_STAGES`] and [`BOARD_DUES`].
const TASKS: &str = "SELECT m.id, m.no, m.title, t.id AS task_id, t.role, m.urgency, m.supervised, t.sort_due,
    CASE WHEN t.delegate_id = ? AND t.unit_id <> ? THEN TRUE ELSE FALSE END AS delegated_here,
    CASE WHEN t.state = 'dispatched' THEN 'to_sign' WHEN t.state = 'sent_back' THEN 'sent_back'
      WHEN t.state IN ('submitted', 'return_requested') THEN 'in_review' ELSE 'working' END AS lane,
    CASE WHEN t.tracking = TRUE THEN 4 WHEN t.state = 'dispatched' THEN 0 WHEN t.state = 'internal_review' THEN 2
      WHEN t.state IN ('submitted', 'return_requested') THEN 3 ELSE 1 END AS stage,
    CASE WHEN m.paused = FALSE AND t.tracking = FALSE AND t.sort_due < ? THEN 0 WHEN t.sort_due <= ? THEN 1
      WHEN t.sort_due <= ? THEN 2 WHEN t.sort_due <= ? THEN 3 ELSE 4 END AS due
    FROM assignment t JOIN message m ON m.tenant_id = t.tenant_id AND m.id = t.message_id";

impl Store {
    /// `GET /unit/board`: everything a unit has not finished, its own and what is done here for others.
    pub async fn unit_board(&self, unit_id: &str, now: Millis) -> Result<UnitBoard, StoreError> {
        let today = date_of(now);
        let soon = today.plus_days(3);
        let mut query = Query::new(
            "SELECT id, no, title, role, urgency, supervised, sort_due, delegated_here, lane,
             CAST(stage AS BIGINT) AS stage, CAST(due AS BIGINT) AS due, count FROM (SELECT x.*,
             COUNT(*) OVER (PARTITION BY stage, due) AS count,
             ROW_NUMBER() OVER (PARTITION BY stage, due ORDER BY sort_due, task_id) AS place FROM (",
            [],
        );
        query.push(
            TASKS,
            [
                unit_id.into(),
                unit_id.into(),
                now.into(),
                today.end().into(),
                soon.end().into(),
                last_of_week(today).max(soon).end().into(),
            ],
        );
        query.push(
            "WHERE t.tenant_id = ? AND (t.unit_id = ? OR t.delegate_id = ?) AND (t.tracking = TRUE OR t.state NOT IN
             ('accepted_by_office', 'returned', 'cancelled'))) x) y WHERE place <= ? ORDER BY stage, due, place",
            [
                self.tenant().into(),
                unit_id.into(),
                unit_id.into(),
                (BOARD_CELL as i64).into(),
            ],
        );
        let rows: Vec<Row> = query.rows(&self.read).await?;
        let mut board = UnitBoard {
            cells: Vec::new(),
            total: 0,
        };
        for row in rows {
            let (stage, due) = (name(BOARD_STAGES, row.stage), name(BOARD_DUES, row.due));
            let is_new = board
                .cells
                .last()
                .is_none_or(|cell| cell.stage != stage || cell.due != due);
            if is_new {
                board.total += row.count as u32;
                board.cells.push(BoardCell {
                    stage: stage.to_owned(),
                    due: due.to_owned(),
                    count: row.count as u32,
                    items: Vec::new(),
                });
            }
            let item = row.item()?;
            if let Some(cell) = board.cells.last_mut() {
                cell.items.push(item);
            }
        }
        Ok(board)
    }
}

/// Weeks end on Sunday.
fn last_of_week(day: Date) -> Date {
    day.plus_days(7 - i32::from(day.weekday().number()))
}

fn name(codes: &'static [&'static str], at: i64) -> &'static str {
    usize::try_from(at)
        .ok()
        .and_then(|at| codes.get(at))
        .copied()
        .unwrap_or_default()
}

impl Row {
    fn item(self) -> Result<BoardItem, StoreError> {
        Ok(BoardItem {
            role: code(TaskRole::from_code, &self.role)?,
            urgency: code(Urgency::from_code, &self.urgency)?,
            due_at: Some(self.sort_due).filter(|due| *due != NEVER),
            id: self.id,
            no: self.no,
            title: self.title,
            supervised: self.supervised,
            lane: self.lane,
            delegated_here: self.delegated_here,
        })
    }
}
