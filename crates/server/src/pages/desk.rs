//! The staff's app is an app only: its page says so, and starts it.

use super::frame::Page;
use super::problem::PageResult;
use super::render;
use super::visit::Visit;
use crate::state::AppState;
use axum::extract::State;
use leptos::prelude::*;
use liaison_web::i18n::zh::common as words;

/// `/desk` and everything below.
pub async fn show(State(state): State<AppState>, visit: Visit) -> PageResult {
    let (name, phone) = (state.config.station.name.clone(), state.config.station.phone.clone());
    let body = render::html(move || {
        view! {
            <main class="main" id="main">
                <h1>{words::DESK}</h1>
                <p>{name}</p>
                <p>{words::DESK_WAIT}</p>
                <noscript>{words::DESK_SCRIPT}</noscript>
                <p>
                    <a href=format!("tel:{phone}")>{words::call(&phone)}</a>
                </p>
                <p>
                    <a href="/">{words::GO_HOME}</a>
                </p>
            </main>
        }
        .into_any()
    });
    Ok(Page::new(words::DESK).private().desk().fill(&state, &visit, &body))
}
