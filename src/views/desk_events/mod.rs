//! The desk's pages of events, drawn by the server alone: the list, the form, and the moderator's page, whose parts
//! `public/live.js` keeps fresh. Names of buttons (`do`): `put:STATE`, `pin`, `unpin`, `answer`, `answered`, `hide`,
//! `letter`, `state:STATE`, `host`, `poll`, `poll-close:ID`, `poll-open:ID`, `minutes`, `resolve`, `follow:STATE`.

mod fields;
mod form;
mod list;
mod page;
mod queue;
mod tools;

pub use form::{EventForm, EventFormView};
pub use list::DeskEventsView;
pub use page::{DeskEvent, DeskEventView, desk_event_parts};

use crate::components::Errors;

/// A form of the page that was refused: which one, what was typed, what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    /// Its name: `answer-QUESTION`, `poll`.
    pub form: String,
    /// Names and values as posted.
    pub pairs: Vec<(String, String)>,
    /// What is wrong.
    pub errors: Errors,
}
