//! Receptions: list and month, one of them, its poster and the words for a group. No app starts over them.

use super::files;
use super::frame::Page;
use super::problem::PageResult;
use super::visit::Visit;
use crate::assemble::deputy_card;
use crate::load::directory::{streets, tidy};
use crate::load::receptions as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, State};
use leptos::prelude::*;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{ReceptionDetail, ReceptionFilter};
use liaison_domain::reception::SessionKind;
use liaison_web::i18n::zh::receptions as words;
use liaison_web::views::{CalendarData, GroupNoticeView, ListData, PosterView, ReceptionView, ReceptionsView, Shown};
use serde::Deserialize;

/// Query of the list; the filter stands beside these.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    view: String,
    month: String,
}

pub async fn list(
    State(state): State<AppState>,
    visit: Visit,
    Query(look): Query<Look>,
    Query(filter): Query<ReceptionFilter>,
) -> PageResult {
    let now = state.now();
    let filter = readable(load::tidy_filter(filter));
    let month = (look.view == "calendar").then(|| first_of(&look.month).unwrap_or(Date { day: 1, ..date_of(now) }));
    let shown = match month {
        Some(first) => Shown::Calendar(CalendarData {
            first,
            items: load::all(&state, &of_month(&filter, first)).await?,
        }),
        None => Shown::List(load::list(&state, filter.clone(), load::PAGE).await?),
    };
    let directory = state.directory().await.map_err(ApiError::from)?;
    let receiving = directory
        .deputies
        .iter()
        .filter(|deputy| deputy.card.status == "active");
    let data = ListData {
        filter,
        areas: streets(directory.areas.clone()),
        deputies: receiving
            .map(|deputy| deputy_card(&directory, deputy.clone()))
            .collect(),
        shown,
    };
    let page = Page::new(words::TITLE).description(words::LEAD).without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <ReceptionsView data=data now=now /> }.into_any()
    }))
}

/// What cannot be read in an address that somebody changed by hand is left out.
fn readable(filter: ReceptionFilter) -> ReceptionFilter {
    ReceptionFilter {
        from: filter.from.filter(|day| Date::parse(day).is_some()),
        to: None,
        kind: filter.kind.filter(|code| SessionKind::from_code(code).is_some()),
        ..filter
    }
}

/// The first day of `2026-12`.
fn first_of(month: &str) -> Option<Date> {
    Date::parse(&tidy(Some([month, "-01"].concat()))?)
}

fn of_month(filter: &ReceptionFilter, first: Date) -> ReceptionFilter {
    ReceptionFilter {
        from: Some(first.iso()),
        to: Some(first.plus_months(1).plus_days(-1).iso()),
        cursor: None,
        ..filter.clone()
    }
}

fn titled(detail: &ReceptionDetail) -> Page {
    let card = &detail.card;
    let description = format!(
        "{} {} {}",
        words::full_when(card),
        card.station_name,
        words::names(card)
    );
    Page::new(words::page_title(card)).description(&description).tools()
}

/// One reception, or its calendar file: `/receptions/{id}.ics`.
pub async fn show(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    if let Some(id) = id.strip_suffix(".ics") {
        return Ok(files::reception_calendar(&state, &visit.headers, id).await?);
    }
    let (data, now) = (load::detail(&state, &id).await?, state.now());
    Ok(titled(&data).show(&state, &visit, move || {
        view! { <ReceptionView data=data now=now /> }.into_any()
    }))
}

/// The address of a reception's page, as people can type it.
async fn detail_and_address(state: &AppState, visit: &Visit, id: &str) -> ApiResult<(ReceptionDetail, String)> {
    let data = load::detail(state, id).await?;
    let address = format!("{}/receptions/{id}", files::base(state, &visit.headers));
    Ok((data, address))
}

pub async fn poster(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    let (data, address) = detail_and_address(&state, &visit, &id).await?;
    Ok(titled(&data).show(&state, &visit, move || {
        view! { <PosterView data=data address=address /> }.into_any()
    }))
}

pub async fn notice(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    let (data, address) = detail_and_address(&state, &visit, &id).await?;
    Ok(titled(&data).show(&state, &visit, move || {
        view! { <GroupNoticeView data=data address=address /> }.into_any()
    }))
}
