//! Views of the staff app: rows of a queue, a letter with everything around it, tasks.

mod admin;
mod letter;
mod queue;
mod spotlight;
mod tasks;

pub use admin::{calendar_days, import_preview, job_list, limit_facts};
pub use letter::{answers, elapsed, facts, history, holder, letter_text, publication, reply_in_review};
pub use queue::{queue_row, state_chip};
pub use spotlight::spotlight;
pub use tasks::task_list;
