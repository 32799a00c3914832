//! The life of a letter: states, events and the one function that decides what may happen.
//!
//! Three axes that never imply each other: the case's state, each task's state, the publication's state.
//! Every change is an event; a case is the fold of its events.

mod case;
mod event;
mod state;

pub use case::*;
pub use event::*;
pub use state::*;
