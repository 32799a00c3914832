//! Pages of events, drawn by the server alone; `public/live.js` keeps their parts fresh. A part is an element with an
//! id and `data-live`. Those that everybody gets alike ([`public_parts`]) hold no form and nothing of the reader, so
//! that they are made once a change; what is the reader's own stands in [`own_parts`]. docs/decisions/0023.

mod after;
mod ask;
mod list;
mod mine;
mod page;
mod questions;
mod room;
mod screen;

pub use ask::{AskForm, EventGate};
pub use list::{EventsView, events_href};
pub use mine::{EventOfMine, MyEventsView};
pub use page::{EventPage, EventPageView, own_parts, public_parts};
pub use questions::cursor_in;
pub use screen::{EventScreen, EventScreenView, screen_parts};

pub(super) use after::resolution_chip;
pub(super) use questions::question_chip;
pub(super) use room::poll_results;

use crate::components::tone_chip;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::events::EventState;

/// Where an event stands, as a chip.
pub(super) fn state_chip(state: EventState) -> AnyView {
    let (tone, sign) = words::state_look(state);
    tone_chip(tone, sign, words::state(state)).into_any()
}

/// The lines at the end of a live page: how fresh it is, with the way to refresh it by hand, and what changed last.
pub(super) fn live_lines(again: String) -> AnyView {
    view! {
        <p class="live-line">
            <span id="live-line" data-now=words::LIVE_OK data-often=words::LIVE_POLL data-lost=words::LIVE_LOST></span>
            <a class="live-line__again" href=again>
                {words::REFRESH}
            </a>
        </p>
        <p class="toast" id="live-says" role="status" aria-live="polite"></p>
    }
    .into_any()
}
