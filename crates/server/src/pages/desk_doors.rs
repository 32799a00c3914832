//! Doors outside, kept by plain forms. The pages need no app.

use super::desk_schedule::see;
use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::doors as actions;
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::DoorEntry;
use liaison_store::people::Account;
use liaison_web::i18n::desk::doors as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_doors::{DoorForm, DoorFormView, DoorPage, DoorsView};
use liaison_web::views::desk_pages::DOORS;
use serde::Deserialize;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: Option<String>,
}

/// The list.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(query): Query<DoneQuery>) -> PageResult {
    let Ok(account) = access::rules_reader(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let done = match query.done.as_deref() {
        Some("saved") => words::SAVED,
        Some("back") => words::TAKEN_BACK,
        _ => "",
    };
    let may_change = access::admin(&visit.viewer).is_ok();
    let doors = actions::all(&state).await?;
    let me = people::me(&state, account).await?;
    let now = state.now();
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <DoorsView doors=doors may_change=may_change done=done now=now /> }.into_any()
    }))
}

/// The form of a new one.
pub async fn new(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = access::admin(&visit.viewer) else {
        return Ok(Redirect::to(DOORS).into_response());
    };
    let form = DoorForm {
        active: true,
        ..DoorForm::default()
    };
    Ok(show(&state, &visit, account, form, DoorPage::default()).await?)
}

/// The form of one.
pub async fn one(State(state): State<AppState>, visit: Visit, Path(code): Path<String>) -> PageResult {
    let Ok(account) = access::admin(&visit.viewer) else {
        return Ok(Redirect::to(DOORS).into_response());
    };
    let entry = find(&state, &code).await?;
    Ok(show(&state, &visit, account, DoorForm::of(&entry), beside(&entry)).await?)
}

/// A new one is kept.
pub async fn post_new(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::admin(&visit.viewer)?;
    let form = typed(&posted);
    let code = liaison_store::new_id();
    match actions::put(&state, account, &code, 0, &form.input()).await {
        Ok(()) => Ok(see([DOORS, "?done=saved"].concat())),
        Err(error) => Ok(refused(&state, &visit, account, form, DoorPage::default(), error).await?),
    }
}

/// One is kept, or taken back after it was asked.
pub async fn post(
    State(state): State<AppState>,
    visit: Visit,
    Path(code): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::admin(&visit.viewer)?;
    let entry = find(&state, &code).await?;
    let form = typed(&posted);
    let mut page = beside(&entry);
    let version = form.version.parse().unwrap_or(0);
    match posted.wish().0 {
        wish @ ("ask" | "stay") => {
            page.asking = wish == "ask" && entry.set;
            Ok(show(&state, &visit, account, form, page).await?)
        }
        "sure" => match actions::take_back(&state, account, &code, version).await {
            Ok(()) => Ok(see([DOORS, "?done=back"].concat())),
            Err(error) => Ok(refused(&state, &visit, account, form, page, error).await?),
        },
        _ => match actions::put(&state, account, &code, version, &form.input()).await {
            Ok(()) => Ok(see([DOORS, "?done=saved"].concat())),
            Err(error) => Ok(refused(&state, &visit, account, form, page, error).await?),
        },
    }
}

fn typed(posted: &Posted) -> DoorForm {
    let text = |name: &str| posted.get(name).to_owned();
    DoorForm {
        name: text("name"),
        text: text("text"),
        number: text("number"),
        hours: text("hours"),
        words: text("words"),
        active: posted.get("active") == "yes",
        version: text("version"),
    }
}

async fn find(state: &AppState, code: &str) -> ApiResult<DoorEntry> {
    let all = actions::all(state).await?.doors;
    all.into_iter()
        .find(|entry| entry.door.code == code)
        .ok_or(ApiError::NotFound)
}

fn beside(entry: &DoorEntry) -> DoorPage {
    DoorPage {
        code: entry.door.code.clone(),
        set: entry.set,
        own: entry.own,
        ..DoorPage::default()
    }
}

async fn refused(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    mut form: DoorForm,
    mut page: DoorPage,
    error: ApiError,
) -> ApiResult<Response> {
    if !belongs_to_form(&error) {
        return Err(error);
    }
    if matches!(error, ApiError::Clash { .. }) {
        let doors = actions::all(state).await?;
        let mut since = doors.changes.iter().filter(|change| change.code == page.code);
        page.clash = Some(words::clash(since.next()));
        let now = doors.doors.iter().find(|entry| entry.door.code == page.code);
        form.version = now.map_or(0, |entry| entry.version).to_string();
    } else {
        page.errors = form_errors(error);
    }
    show(state, visit, account, form, page).await
}

async fn show(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: DoorForm,
    shown: DoorPage,
) -> ApiResult<Response> {
    let me = people::me(state, account).await?;
    let mut page = Page::new(words::TITLE);
    if shown.clash.is_some() {
        page = page.status(StatusCode::CONFLICT);
    } else if !shown.errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::TITLE].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    Ok(page.show_desk(state, visit, me, move || {
        view! { <DoorFormView form=form page=shown /> }.into_any()
    }))
}
