//! A resident's inbox. The page needs no app: it is read, and its one button is a form.

use super::frame::Page;
use super::mine::login_in_front;
use super::posted::Posted;
use super::problem::PageResult;
use super::visit::Visit;
use crate::http::params::Query;
use crate::load::notices::{self, NoticeQuery};
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect};
use leptos::prelude::*;
use liaison_store::inbox::Seen;
use liaison_web::i18n::zh::notices as words;
use liaison_web::views::NoticesView;

/// The inbox, or the login in front of it.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<NoticeQuery>) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    let data = notices::page(&state, account, &query).await?;
    let unread = visit.unread();
    let now = state.now();
    let page = Page::new(words::TITLE).private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <NoticesView data=data unread=unread now=now /> }.into_any()
    }))
}

/// Everything was read.
pub async fn read(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = visit.resident().ok_or(ApiError::Unauthenticated)?;
    if posted.wish().0 != "read" {
        return Err(ApiError::NotFound.into());
    }
    // What came while the page was being read stays unread.
    let until = posted.get("until").parse().unwrap_or_else(|_| state.now());
    state
        .store
        .mark_read(&account.id, Seen::Until(until), state.now())
        .await
        .map_err(ApiError::from)?;
    Ok(Redirect::to("/mine/notices").into_response())
}
