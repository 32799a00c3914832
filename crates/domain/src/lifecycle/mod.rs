//! The life of a letter: states, events and the one function that decides what may happen.
//!
//! Three axes that never imply each other: the case's state, each task's state, the publication's state.
//! Every change is an event; a case is the fold of its events.

mod apply;
mod case;
mod context;
mod due;
mod event;
mod evolve;
mod guards;
mod holder;
mod of_case;
mod of_event;
mod rating;
mod recalculation;
mod row;
mod samples;
mod state;
mod table;
mod terms;

pub use apply::{NewCase, Screening, allowed_events, apply, open};
pub use case::*;
pub use context::Context;
pub use due::reply_in_by;
pub use event::*;
pub use evolve::{BrokenLog, evolve, rebuild};
pub use holder::{NextStep, NextStepKind, elapsed_by_holder, next_step, unit_reply_by};
pub use rating::{classify_rating, is_valid as rating_is_valid, score};
pub use recalculation::recalculation;
pub use row::{Ask, By, Party, Row, To};
pub use samples::samples;
pub(crate) use state::coded_enum;
pub use state::*;
pub use table::{OPEN, SUBMIT, rows};
pub use terms::{AuthorTerms, author_terms};
