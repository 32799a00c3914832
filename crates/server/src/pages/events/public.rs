//! What everybody may read of events.

use crate::load::{events, notices};
use crate::pages::files;
use crate::pages::frame::{self, Page};
use crate::pages::problem::PageResult;
use crate::pages::render;
use crate::pages::visit::Visit;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use liaison_domain::dto::{EventFilter, EventView, QuestionList};
use liaison_domain::events::QuestionSort;
use liaison_domain::notify::Subject;
use liaison_web::i18n::zh::meetings as words;
use liaison_web::views::{
    EventPage, EventPageView, EventScreen, EventScreenView, EventsView, own_parts, public_parts, screen_parts,
};
use serde::Deserialize;

/// All events, by what is asked for in the address.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(filter): Query<EventFilter>) -> PageResult {
    let data = events::list(&state, filter).await?;
    let now = state.now();
    let page = Page::new(words::TITLE).description(words::LEAD).without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <EventsView data=data now=now /> }.into_any()
    }))
}

/// Which part of an event's page, in which order, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EventQuery {
    part: Option<String>,
    sort: Option<String>,
    cursor: Option<String>,
    ask: Option<String>,
    said: Option<String>,
}

impl EventQuery {
    /// The order of the questions.
    pub fn sort(&self) -> QuestionSort {
        let known = self.sort.as_deref().and_then(QuestionSort::from_code);
        known.unwrap_or(QuestionSort::Votes)
    }

    /// Where the page of questions begins.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref().filter(|cursor| !cursor.is_empty())
    }
}

/// What the page says after something was done, by its code in the address.
fn said(code: &str, premoderated: bool) -> Option<&'static str> {
    Some(match code {
        "ask" if premoderated => words::ASKED_PENDING,
        "ask" => words::ASKED,
        "up" => words::DONE_UP,
        "down" => words::DONE_DOWN,
        "vote" => words::DONE_VOTE,
        "register" => words::DONE_REGISTER,
        "withdraw" => words::DONE_WITHDRAW,
        _ => return None,
    })
}

/// One event, or the part that was asked for.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<EventQuery>,
) -> PageResult {
    if query.part.as_deref() == Some("live") {
        return Ok(live(&state, &id, &query).await?);
    }
    let visit = if visit.unread() == 0 {
        visit
    } else {
        notices::seen(&state, &visit.viewer, &Subject::Event(id.clone()).key()).await;
        visit.counted_anew(&state).await?
    };
    let is_own = query.part.as_deref() == Some("mine");
    let mut page = open(&state, &visit, &id, &query, !is_own).await?;
    page.said = query
        .said
        .as_deref()
        .and_then(|code| said(code, page.view.premoderated));
    if is_own {
        let (is_answer, asks) = (page.said.is_some(), query.ask.is_some());
        let html = render::html(move || own_parts(&page, is_answer, asks));
        return Ok(frame::parts(StatusCode::OK, Some(&visit), &html));
    }
    Ok(draw(&state, &visit, page))
}

/// What everybody gets alike, kept in memory for a revision ([`crate::http::kept`]).
async fn live(state: &AppState, id: &str, query: &EventQuery) -> ApiResult<Response> {
    let (view, questions) = (
        events::view(state, id).await?,
        events::questions(state, id, query.sort(), query.cursor()).await?,
    );
    let (district, now) = (state.config.station.district.clone(), state.now());
    let html = render::html(move || public_parts(&view, &questions, &district, now));
    Ok(frame::parts(StatusCode::OK, None, &html))
}

/// The page as it opens for this reader. `whole`: with everybody's questions.
pub async fn open(state: &AppState, visit: &Visit, id: &str, query: &EventQuery, whole: bool) -> ApiResult<EventPage> {
    let (sort, cursor) = (query.sort(), query.cursor());
    let view: EventView = events::view(state, id).await?;
    let questions = if whole {
        events::questions(state, id, sort, cursor).await?
    } else {
        QuestionList {
            revision: view.revision,
            sort,
            items: Vec::new(),
            cursor: cursor.map(str::to_owned),
            next_cursor: None,
            total: 0,
        }
    };
    let mut page = EventPage::new(view, questions, state.config.station.district.clone(), state.now());
    if let Some(account) = visit.resident() {
        page.mine = Some(events::mine(state, account, id).await?);
    }
    Ok(page)
}

/// Draws the whole page.
pub fn draw(state: &AppState, visit: &Visit, page: EventPage) -> Response {
    let card = &page.view.card;
    let about = words::card(card.kind, card.starts_at, card.ends_at, &card.place, page.now);
    let frame = Page::new(&card.title).description(&about).live();
    frame.show(state, visit, move || view! { <EventPageView page=page /> }.into_any())
}

/// The hall's big screen, or the part of it that changes.
pub async fn screen(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<EventQuery>,
) -> PageResult {
    let view = events::view(&state, &id).await?;
    let questions = events::questions(&state, &id, QuestionSort::Votes, None).await?;
    let base = files::base(&state, &visit.headers);
    let address = base.split_once("://").map_or(&*base, |(_, rest)| rest);
    let title = view.card.title.clone();
    let screen = EventScreen {
        // What goes on now stands first in the list, and its address can be typed.
        address: format!("{address}/events"),
        qr: Some(format!("/qr/e/{}.svg", view.card.id)),
        district: state.config.station.district.clone(),
        view,
        questions,
    };
    if query.part.is_some() {
        let html = render::html(move || screen_parts(&screen));
        return Ok(frame::parts(StatusCode::OK, None, &html));
    }
    let body = render::html(move || view! { <EventScreenView screen=screen /> }.into_any());
    Ok(Page::new(title).private().live().fill(&state, &visit, &body))
}
