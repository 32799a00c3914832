//! A unit's work at a glance.

use super::dto;
use crate::lifecycle::{TaskRole, Urgency};
use crate::{Id, Millis};

/// Stages of the board, in the order of the work: to sign, at work, under the unit's own review, with the office, a
/// promise to keep.
pub const BOARD_STAGES: &[&str] = &["to_sign", "working", "signing", "in_review", "promise"];

/// When a task of the board is due: past, today, in three days, this week, later.
pub const BOARD_DUES: &[&str] = &["overdue", "today", "soon", "week", "later"];

/// Tasks shown of one cell of the board; the count tells of all.
pub const BOARD_CELL: u64 = 12;

dto! {
    /// `GET /unit/board`: a unit's tasks by stage and due date.
    pub struct UnitBoard {
        /// Cells with something in them, by stage, then by date.
        pub cells: Vec<BoardCell>,
        pub total: u32,
    }

    /// One stage and date.
    pub struct BoardCell {
        /// One of [`BOARD_STAGES`].
        pub stage: String,
        /// One of [`BOARD_DUES`].
        pub due: String,
        pub count: u32,
        /// The nearest dates first, [`BOARD_CELL`] at most.
        pub items: Vec<BoardItem>,
    }

    /// One task.
    pub struct BoardItem {
        /// The letter.
        pub id: Id,
        pub no: String,
        pub title: String,
        pub role: TaskRole,
        pub urgency: Urgency,
        pub supervised: bool,
        pub due_at: Option<Millis>,
        /// The lane of `GET /unit/tasks` where it stands.
        pub lane: String,
        /// It is another unit's, which had the work done here.
        pub delegated_here: bool,
    }
}
