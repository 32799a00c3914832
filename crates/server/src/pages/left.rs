//! Logged out on a telephone that others use: what is left of unfinished letters is said, and removed where that is wanted.

use super::frame::Page;
use super::mine::see_other;
use super::posted::Posted;
use super::problem::PageResult;
use super::visit::Visit;
use crate::actions::letter_drafts;
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Redirect};
use leptos::prelude::*;
use liaison_web::i18n::zh::drafts as words;
use liaison_web::views::{LEFT, LeftGoneView, LeftView};
use serde::Deserialize;

/// Characters of a letter by which its writer knows it again.
const BEGINNING: usize = 24;

/// Whether they were just removed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LeftQuery {
    gone: Option<String>,
}

/// What is left, or that nothing is.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<LeftQuery>) -> PageResult {
    let kept = letter_drafts::all(&state, &visit.headers).await?.items;
    let now = state.now();
    let page = Page::new(words::LEFT_TITLE).private().without_app();
    if kept.is_empty() {
        return Ok(match query.gone {
            Some(_) => page.show(&state, &visit, || view! { <LeftGoneView /> }.into_any()),
            None => Redirect::to("/mine").into_response(),
        });
    }
    let letters = kept
        .into_iter()
        .map(|kept| (kept.draft.body.chars().take(BEGINNING).collect(), kept.saved_at))
        .collect();
    Ok(page.show(&state, &visit, move || {
        view! { <LeftView letters=letters now=now /> }.into_any()
    }))
}

/// Removes them.
pub async fn act(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    if posted.get("do") == "drop" {
        for kept in letter_drafts::all(&state, &visit.headers).await?.items {
            letter_drafts::discard(&state, &visit.headers, &kept.id).await?;
        }
    }
    Ok(see_other(&[LEFT, "?gone=1"].concat(), None))
}
