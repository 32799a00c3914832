//! One's own events.

use crate::load::events;
use crate::pages::frame::Page;
use crate::pages::mine::{login_in_front, see_other};
use crate::pages::posted::Posted;
use crate::pages::problem::PageResult;
use crate::pages::visit::Visit;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use leptos::prelude::*;
use liaison_web::i18n::zh::meetings as words;
use liaison_web::views::MyEventsView;
use serde::Deserialize;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SaidQuery {
    said: String,
}

/// Where one comes and what one asked, or the login in front of it.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(query): Query<SaidQuery>) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    let events = events::mine_page(&state, account).await?;
    let now = state.now();
    let said = (query.said == "withdraw").then_some(words::DONE_WITHDRAW);
    let page = Page::new(words::MINE).private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <MyEventsView events=events said=said now=now /> }.into_any()
    }))
}

/// A seat, or a place in line, is given up.
pub async fn give_up(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = visit.resident().ok_or(ApiError::Unauthenticated)?;
    if posted.wish().0 != "withdraw" {
        return Err(ApiError::NotFound.into());
    }
    let given_up = state
        .store
        .withdraw_registration(posted.get("event"), &account.id, state.now());
    given_up.await.map_err(ApiError::from)?;
    Ok(see_other("/mine/events?said=withdraw", None))
}
