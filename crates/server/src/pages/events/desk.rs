//! The desk's list of events and the moderator's page.

use super::desk_act::DELETED;
use crate::access::{self, holds_events};
use crate::load::{events, notices, people};
use crate::pages::frame::{self, Page};
use crate::pages::problem::PageResult;
use crate::pages::render;
use crate::pages::visit::Visit;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::events::{EventState, QuestionState};
use liaison_domain::notify::Subject;
use liaison_web::i18n::desk::meetings as words;
use liaison_web::views::{DeskEvent, DeskEventView, DeskEventsView, Refused, desk_event_parts};
use serde::Deserialize;

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    cursor: Option<String>,
    said: Option<String>,
}

/// Events that this person prepares, leads, or sits at the table of; others are led to the login.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let Ok(account) = access::staff(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let data = events::desk_list(&state, &visit.viewer, query.cursor.as_deref()).await?;
    let me = people::me(&state, account).await?;
    let said = query.said.filter(|said| said == DELETED).map(|_| words::DELETED);
    let (may_create, now) = (holds_events(account.role), state.now());
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <DeskEventsView data=data may_create=may_create said=said now=now /> }.into_any()
    }))
}

/// Which part, which lane, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeskQuery {
    part: Option<String>,
    lane: Option<String>,
    cursor: Option<String>,
    said: Option<String>,
}

impl DeskQuery {
    /// The lane by its code; without one what waits for a decision, for those who decide.
    fn lane(&self, may_moderate: bool) -> Option<QuestionState> {
        match self.lane.as_deref() {
            None => may_moderate.then_some(QuestionState::Pending),
            Some(code) => QuestionState::from_code(code),
        }
    }

    /// Where the page of the lane begins.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref().filter(|cursor| !cursor.is_empty())
    }

    /// The lane as it stands in the address.
    pub fn lane_code(&self) -> &str {
        self.lane.as_deref().unwrap_or("pending")
    }
}

/// What the page says after something was done, by its code in the address.
fn said(code: &str) -> Option<String> {
    let (name, about) = code.split_once(':').unwrap_or((code, ""));
    Some(match name {
        "state" => words::went(EventState::from_code(about)?),
        "moved" => words::moved_up(about.parse().ok()?),
        "put" => words::put_done(QuestionState::from_code(about)?),
        // A number of ours and nothing else: what stands in an address is not ours to repeat.
        "letter" if about.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => words::letter_made(about),
        "answer" => words::DONE_ANSWER.to_owned(),
        "pin" => words::DONE_PIN.to_owned(),
        "host" => words::DONE_HOST.to_owned(),
        "poll" => words::DONE_POLL.to_owned(),
        "minutes" => words::DONE_MINUTES.to_owned(),
        "resolution" => words::DONE_RESOLUTION.to_owned(),
        "saved" => words::SAVED.to_owned(),
        _ => return None,
    })
}

/// The page, or its parts.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DeskQuery>,
) -> PageResult {
    if access::staff(&visit.viewer).is_err() {
        return Ok(Redirect::to("/desk").into_response());
    }
    let mut page = open(&state, &visit, &id, &query).await?;
    if query.part.is_none() {
        notices::seen(&state, &visit.viewer, &Subject::Event(id).key()).await;
    }
    page.said = query.said.as_deref().and_then(said);
    if query.part.is_some() {
        return Ok(parts(&visit, StatusCode::OK, page));
    }
    Ok(draw(&state, &visit, page, StatusCode::OK).await?)
}

/// The page as it is now for this person.
async fn open(state: &AppState, visit: &Visit, id: &str, query: &DeskQuery) -> ApiResult<DeskEvent> {
    let data = events::desk_view(state, &visit.viewer, id).await?;
    let lane = query.lane(data.may_moderate);
    let queue = events::queue(state, &visit.viewer, id, lane, query.cursor()).await?;
    let options = if data.may_file {
        Some(events::options(state, &visit.viewer).await?)
    } else {
        None
    };
    let asked = if data.may_moderate && data.view.card.state.takes_resolutions() {
        events::asked(state, id).await?
    } else {
        Vec::new()
    };
    let attendees = if data.may_moderate && data.draft.registration {
        Some(events::attendees(state, &visit.viewer, id).await?)
    } else {
        None
    };
    Ok(DeskEvent {
        data,
        queue,
        lane,
        options,
        asked,
        attendees,
        refused: None,
        said: None,
        now: state.now(),
    })
}

fn parts(visit: &Visit, status: StatusCode, page: DeskEvent) -> Response {
    let is_answer = page.said.is_some() || page.refused.is_some();
    let html = render::html(move || desk_event_parts(&page, is_answer));
    frame::parts(status, Some(visit), &html)
}

async fn draw(state: &AppState, visit: &Visit, page: DeskEvent, status: StatusCode) -> ApiResult<Response> {
    let account = access::staff(&visit.viewer)?;
    let me = people::me(state, account).await?;
    let frame = Page::new(&page.data.view.card.title).live().status(status);
    Ok(frame.show_desk(state, visit, me, move || {
        view! { <DeskEventView page=page /> }.into_any()
    }))
}

/// The page again, with the form that was refused as it was typed.
pub async fn refuse(
    state: &AppState,
    visit: &Visit,
    id: &str,
    query: &DeskQuery,
    refused: Refused,
    status: StatusCode,
) -> ApiResult<Response> {
    let mut page = open(state, visit, id, query).await?;
    page.refused = Some(refused);
    if super::is_script(visit) {
        Ok(parts(visit, status, page))
    } else {
        draw(state, visit, page, status).await
    }
}
