//! `/desk/admin/errors`: what went wrong in browsers. The page needs no app.

use super::frame::Page;
use super::problem::PageResult;
use super::visit::Visit;
use crate::access;
use crate::load::{admin, people};
use crate::state::AppState;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use leptos::prelude::*;
use liaison_web::i18n::desk::client_errors as words;
use liaison_web::views::ClientErrorsView;

/// The counts.
pub async fn show(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = access::overseer(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let rows = admin::client_errors(&state).await?;
    let me = people::me(&state, account).await?;
    let (build, now) = (state.site().build.clone(), state.now());
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <ClientErrorsView rows=rows current=build now=now /> }.into_any()
    }))
}
