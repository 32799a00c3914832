//! What everybody gets alike: made once a revision, see [`crate::http::kept`].

use crate::assemble::events::{self as parts, Around};
use crate::assemble::names::Names;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{EventFilter, EventList, EventNews, EventView, NamedRef, QuestionList};
use liaison_domain::events::{QUESTIONS_SHOWN, QuestionSort, QuestionState, figures};
use liaison_store::events::{Event, Which};
use serde::Deserialize;

/// Events on one page of the list.
const EVENTS: u64 = 20;

/// Query parameters of `GET /events/{id}/questions`.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct EventsQuery {
    /// `votes` (as it is without) or `newest`.
    pub sort: Option<String>,
    /// `next_cursor` of the page before, asked for in the same order.
    pub cursor: Option<String>,
}

impl EventsQuery {
    /// The order asked for; an unknown one is the usual.
    pub fn sort(&self) -> QuestionSort {
        let known = self.sort.as_deref().and_then(QuestionSort::from_code);
        known.unwrap_or(QuestionSort::Votes)
    }
}

/// `GET /events`.
pub async fn list(state: &AppState, filter: EventFilter) -> ApiResult<EventList> {
    let page = state.store.public_events(&filter, state.now(), EVENTS).await?;
    let names = Names::load(state).await?;
    let stations = names.directory.stations.iter().map(|station| NamedRef {
        id: station.card.slug.clone(),
        name: station.card.name.clone(),
    });
    Ok(EventList {
        items: page.items.iter().map(|row| parts::card(row, &names)).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
        stations: stations.collect(),
        filter,
    })
}

/// A public event, or none.
async fn public(state: &AppState, id: &str) -> ApiResult<Event> {
    let found = state.store.event(id).await?.filter(|event| event.state.is_public());
    found.ok_or(ApiError::NotFound)
}

/// `GET /events/{id}`.
pub async fn view(state: &AppState, id: &str) -> ApiResult<EventView> {
    // Read first: what follows is at least as new as its revision.
    let event = public(state, id).await?;
    view_of(state, &event, false).await
}

/// The public page of an event, drafts included.
pub async fn view_of(state: &AppState, event: &Event, for_desk: bool) -> ApiResult<EventView> {
    let store = &state.store;
    let id = &event.id;
    let mut moderators = Vec::new();
    for account in &event.draft.moderators {
        moderators.extend(store.account(account).await?.map(|account| account.name));
    }
    let first = store.questions(id, Which::Public(QuestionSort::Votes), 1).await?;
    let around = Around {
        row: store.event_row(id, state.now()).await?.ok_or(ApiError::NotFound)?,
        asked: store.asked(id).await?,
        live: first.into_iter().find(|first| first.state == QuestionState::Live),
        broadcasts: store.broadcasts(id).await?,
        polls: store.polls(id).await?,
        resolutions: store.resolutions(id).await?,
        moderators,
    };
    let mut names = Names::load(state).await?;
    names.add_deputies(event.draft.deputies.iter().cloned());
    parts::view(state, event, around, &names, for_desk)
}

/// `GET /events/{id}/questions`.
pub async fn questions(
    state: &AppState,
    id: &str,
    sort: QuestionSort,
    cursor: Option<&str>,
) -> ApiResult<QuestionList> {
    let event = public(state, id).await?;
    let which = Which::Public(sort);
    let page = state.store.questions_page(id, which, cursor, QUESTIONS_SHOWN).await?;
    let total = state.store.asked(id).await?.len();
    let mut names = Names::load(state).await?;
    names.add_deputies(event.draft.deputies.iter().cloned());
    Ok(QuestionList {
        revision: event.revision,
        sort,
        items: page
            .items
            .iter()
            .filter_map(|question| parts::question(question, &names))
            .collect(),
        cursor: cursor.map(str::to_owned),
        next_cursor: page.next_cursor,
        total: total as u32,
    })
}

/// What those who follow an event are told when it changed; none for one that is not public.
pub async fn news(state: &AppState, id: &str) -> ApiResult<Option<EventNews>> {
    let Some(event) = state.store.event(id).await?.filter(|event| event.state.is_public()) else {
        return Ok(None);
    };
    let first = state.store.questions(id, Which::Public(QuestionSort::Votes), 1).await?;
    let live = first.into_iter().find(|first| first.state == QuestionState::Live);
    Ok(Some(EventNews {
        revision: event.revision,
        state: event.state,
        figures: figures(state.store.asked(id).await?),
        live_id: live.map(|live| live.id),
    }))
}
