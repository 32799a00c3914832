//! One event at the desk: the queue of questions, and everything the host has in hand.

use super::{Refused, queue, tools};
use crate::components::{back_link, icon, notice, page_head};
use crate::i18n::desk::meetings as words;
use crate::i18n::zh::meetings;
use crate::markup::view;
use crate::views::desk_pages::EVENTS;
use crate::views::events::cursor_in;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Attendees, EventDesk, EventOptions, QuestionQueue};
use liaison_domain::events::QuestionState;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct DeskEvent {
    /// The event, and what this person may do there.
    pub data: EventDesk,
    /// The questions of the lane.
    pub queue: QuestionQueue,
    /// The lane; none: all questions.
    pub lane: Option<QuestionState>,
    /// Units and categories, for whoever makes letters.
    pub options: Option<EventOptions>,
    /// Questions that something resolved may answer: id and words.
    pub asked: Vec<(String, String)>,
    /// Who comes, for the office.
    pub attendees: Option<Attendees>,
    /// A form that was refused just now.
    pub refused: Option<Refused>,
    /// What was just done, in words.
    pub said: Option<String>,
    /// When it is drawn.
    pub now: Millis,
}

impl DeskEvent {
    fn lane_code(&self) -> &'static str {
        self.lane.map_or("all", QuestionState::code)
    }

    /// Where forms post to, and where on the page a browser without scripts finds the answer.
    pub(super) fn post_to(&self, place: &str) -> String {
        let place = if place.starts_with("desk-") {
            place.to_owned()
        } else {
            ["dq-", place].concat()
        };
        [&self.here(), "#", &place].concat()
    }

    /// This page of this lane.
    fn here(&self) -> String {
        let cursor = cursor_in(self.queue.cursor.as_deref());
        [EVENTS, "/", &self.data.id, "?lane=", self.lane_code(), &cursor].concat()
    }

    /// Another page of this lane; none: the first.
    pub(super) fn page_href(&self, cursor: Option<&str>) -> String {
        [
            EVENTS,
            "/",
            &self.data.id,
            "?lane=",
            self.lane_code(),
            &cursor_in(cursor),
        ]
        .concat()
    }
}

/// What was done or refused just now; empty in what the script asks for by itself, which leaves the last one alone.
fn answer(page: &DeskEvent) -> AnyView {
    let refused = page.refused.as_ref().and_then(|refused| refused.errors.whole.clone());
    let inner = match (&refused, &page.said) {
        (Some(words), _) => notice("warn", words.clone()),
        (None, Some(words)) => notice("good", words.clone()),
        (None, None) => ().into_any(),
    };
    let told = refused.or_else(|| page.said.clone());
    view! {
        <div id="desk-answer" data-live="" data-told=told>
            {inner}
        </div>
    }
    .into_any()
}

/// The parts, for the script. `is_answer`: to a form that was sent.
pub fn desk_event_parts(page: &DeskEvent, is_answer: bool) -> AnyView {
    view! {
        {is_answer.then(|| answer(page))} {queue::lanes(page)} {queue::queue(page)} {queue::pages(page)}
        {page.data.may_moderate.then(|| tools::tools(page))}
    }
    .into_any()
}

/// The page.
#[component]
pub fn DeskEventView(page: DeskEvent) -> AnyView {
    let (data, view) = (&page.data, &page.data.view);
    let here = [EVENTS, "/", &data.id].concat();
    let is_public = view.card.state.is_public();
    let edit = (data.may_moderate && view.card.state.may_be_edited()).then(|| {
        view! {
            <a class="button button--second" href=[&here, "/edit"].concat()>
                {icon("#i-pen")}
                {words::EDIT}
            </a>
        }
    });
    let public = is_public.then(|| {
        let address = ["/events/", &data.id].concat();
        view! {
            <a class="button button--second" href=address.clone()>
                {words::SEE_PUBLIC}
            </a>
            <a class="button button--second" href=[&address, "/screen"].concat()>
                {words::SEE_SCREEN}
            </a>
        }
    });
    let tools = data.may_moderate.then(|| {
        view! { <div class="desk-event__tools">{tools::tools(&page)}</div> }
    });
    let at_table = (!data.may_moderate && data.may_answer).then(|| notice("info", words::AT_TABLE.to_owned()));
    let keys = data
        .may_moderate
        .then(|| view! { <p class="count desk-event__keys">{words::KEYS}</p> });
    let when = meetings::span(view.card.starts_at, view.card.ends_at, page.now);
    let lines = view! {
        <p class="live-line">
            <span
                id="live-line"
                data-now=words::LIVE_OK
                data-often=meetings::LIVE_POLL
                data-lost=meetings::LIVE_LOST
            ></span>
            <a class="live-line__again" href=page.here()>
                {meetings::REFRESH}
            </a>
        </p>
        <p class="toast" id="live-says" role="status" aria-live="polite"></p>
    };
    view! {
        <div
            data-live-page=""
            data-part=[&page.here(), "&part=live"].concat()
            data-stream=["/api/v1", &here, "/stream"].concat()
            data-net=meetings::NET
        >
            {back_link(EVENTS.into(), words::BACK)}
            {page_head(view.card.title.clone(), "")}
            <p class="row__meta">
                <span>{meetings::kind(view.card.kind)}</span> <span>{when}</span>
                <span>{view.card.station_name.clone()}</span>
            </p>
            <p class="buttons">{edit} {public}</p>
            {answer(&page)}
            {at_table}
            <div class="desk-event">
                <section class="desk-event__queue" aria-labelledby="desk-questions">
                    <h2 id="desk-questions">{words::QUEUE}</h2>
                    {queue::lanes(&page)}
                    {queue::queue(&page)}
                    {queue::pages(&page)}
                    {keys}
                </section>
                {tools}
            </div>
            {lines}
        </div>
    }
    .into_any()
}
