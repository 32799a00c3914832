//! Views of the staff app: rows of a queue, a letter with everything around it, tasks.

mod admin;
mod beside;
mod board;
mod letter;
mod office;
mod outbox;
mod queue;
mod spotlight;
mod tasks;

pub use admin::{calendar_days, import_preview, job_list, limit_facts};
pub use board::unit_board;
pub use letter::{
    answers, elapsed, facts, history, holder, letter_text, publication, reply_in_review, suggested_units,
};
pub use office::{call_facts, filed_receipt, library_entry, library_summary};
pub use outbox::outbox;
pub use queue::{queue_row, state_chip};
pub use spotlight::{follow_up, spotlight};
pub use tasks::task_list;
