//! A station's rules of reception: the list, and the form of one with its preview. Drawn by the server alone.

mod fields;
mod form;
mod page;
mod preview;

pub use fields::{choice_row, deputy_options};
pub use form::{ExceptionLine, RuleForm};
pub use page::{RulePage, RuleView, ScheduleView};
pub use preview::{fitting_words, names};

/// Where the rules are.
pub const SCHEDULE: &str = "/desk/schedule";
