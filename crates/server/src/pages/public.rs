//! What anybody may read. The data comes from the same functions as the API's.

use super::frame::Page;
use super::problem::PageResult;
use super::visit::Visit;
use crate::load::{directory, home as homes, places, published, rules_page};
use crate::state::AppState;
use axum::extract::{Path, Query, State};
use leptos::prelude::*;
use liaison_domain::dto::{CaseFilter, DeputyFilter};
use liaison_web::i18n::zh;
use liaison_web::views::{
    CasesView, DeputiesView, DeputyView, HelpView, HomeView, PublicCaseView, RulesView, StationView, StationsView,
    cases_href, deputies_href, public_title, stations_href,
};
use serde::Deserialize;

pub async fn home(State(state): State<AppState>, visit: Visit) -> PageResult {
    let data = homes::home(&state).await?;
    let (config, now) = (directory::app_config(&state), state.now());
    let page = Page::new("").preload("/home", &data);
    Ok(page.show(&state, &visit, move || {
        view! { <HomeView data=data config=config now=now /> }.into_any()
    }))
}

/// Query of the list of stations.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StationQuery {
    area: Option<String>,
    q: Option<String>,
}

pub async fn stations(State(state): State<AppState>, visit: Visit, Query(query): Query<StationQuery>) -> PageResult {
    let path = stations_href(query.area.as_ref(), query.q.as_ref());
    let data = directory::stations(&state, query.area, query.q).await?;
    let now = state.now();
    let page = Page::new(zh::directory::STATIONS)
        .description(zh::directory::STATIONS_LEAD)
        .preload(&path, &data);
    Ok(page.show(&state, &visit, move || {
        view! { <StationsView data=data now=now /> }.into_any()
    }))
}

/// One station. The app knows no such page: nothing of it is needed in the browser.
pub async fn station(State(state): State<AppState>, visit: Visit, Path(slug): Path<String>) -> PageResult {
    let data = places::station(&state, &slug).await?;
    let now = state.now();
    let card = &data.detail.card;
    let page = Page::new(&card.name)
        .description(&format!("{} {}", card.address, card.reception_text))
        .picture(data.detail.photos.first().map(|photo| &*photo.middle_url))
        .without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <StationView data=data now=now /> }.into_any()
    }))
}

pub async fn deputies(State(state): State<AppState>, visit: Visit, Query(filter): Query<DeputyFilter>) -> PageResult {
    let path = deputies_href(&filter);
    let data = directory::deputies(&state, filter).await?;
    let now = state.now();
    let page = Page::new(zh::directory::DEPUTIES)
        .description(zh::directory::DEPUTIES_LEAD)
        .preload(&path, &data);
    Ok(page.show(&state, &visit, move || {
        view! { <DeputiesView data=data now=now /> }.into_any()
    }))
}

/// The larger copy of a photo that lists show small: cards want 300 pixels each way.
fn large(photo: Option<&str>) -> Option<String> {
    let folder = photo?.strip_suffix("/thumb")?;
    Some([folder, "/middle"].concat())
}

/// One deputy, the same way.
pub async fn deputy(State(state): State<AppState>, visit: Visit, Path(slug): Path<String>) -> PageResult {
    let data = places::deputy(&state, &slug).await?;
    let now = state.now();
    let card = &data.detail.card;
    let level = zh::directory::levels(&card.levels, &card.kind);
    let page = Page::new(format!("{} {level}", card.name))
        .description(&format!("{} {}", card.occupation, data.detail.bio))
        .picture(large(card.photo.as_deref()).as_deref())
        .without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <DeputyView data=data now=now /> }.into_any()
    }))
}

pub async fn cases(State(state): State<AppState>, visit: Visit, Query(filter): Query<CaseFilter>) -> PageResult {
    let path = cases_href(&filter);
    let data = published::cases(&state, filter).await?;
    let now = state.now();
    let page = Page::new(zh::case::CASES)
        .description(zh::case::CASES_LEAD)
        .preload(&path, &data);
    Ok(page.show(&state, &visit, move || {
        view! { <CasesView data=data now=now /> }.into_any()
    }))
}

pub async fn case(State(state): State<AppState>, visit: Visit, Path(no): Path<String>) -> PageResult {
    let data = published::case(&state, &no).await?;
    let now = state.now();
    let page = Page::new(public_title(&data))
        .description(&data.card.answer_excerpt)
        .picture(data.pictures.first().map(|picture| &*picture.url))
        .preload(&format!("/cases/{no}"), &data);
    Ok(page.show(&state, &visit, move || {
        view! { <PublicCaseView data=data now=now /> }.into_any()
    }))
}

pub async fn help(State(state): State<AppState>, visit: Visit) -> PageResult {
    let config = directory::app_config(&state);
    let page = Page::new(zh::help::TITLE).description(zh::help::LEAD);
    Ok(page.show(&state, &visit, move || view! { <HelpView config=config /> }.into_any()))
}

/// How personal data is handled.
pub async fn rules(State(state): State<AppState>, visit: Visit) -> PageResult {
    let data = rules_page::rules(&state);
    let page = Page::new(zh::rules::TITLE).description(zh::rules::LEAD).without_app();
    Ok(page.show(&state, &visit, move || view! { <RulesView data=data /> }.into_any()))
}
