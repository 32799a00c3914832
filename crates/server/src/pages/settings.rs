//! How one is told outside the app, for residents and for staff. The page needs no app: it is one plain form.

use super::frame::Page;
use super::mine::login_in_front;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::load::{notices, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::i18n::zh::settings as words;
use liaison_web::views::{NotifyForm, NotifySettingsView};
use serde::Deserialize;

/// Whether it was just saved.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettingsQuery {
    saved: Option<String>,
}

/// What the page shows: as kept, or as posted with what is wrong.
#[derive(Default)]
struct Shown {
    posted: Option<(NotifyForm, Errors)>,
    saved: bool,
}

/// A resident's page, or the login in front of it.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<SettingsQuery>) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    let shown = Shown {
        saved: query.saved.is_some(),
        ..Shown::default()
    };
    Ok(page(&state, &visit, account, shown).await?)
}

/// A resident saves.
pub async fn save(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = visit.resident().ok_or(ApiError::Unauthenticated)?;
    Ok(keep(&state, &visit, account, &posted).await?)
}

/// A page of whoever works at the desk; others are led to its login.
pub async fn show_desk(State(state): State<AppState>, visit: Visit, Query(query): Query<SettingsQuery>) -> PageResult {
    let Ok(account) = access::staff(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let shown = Shown {
        saved: query.saved.is_some(),
        ..Shown::default()
    };
    Ok(page(&state, &visit, account, shown).await?)
}

/// Somebody at the desk saves.
pub async fn save_desk(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::staff(&visit.viewer)?;
    Ok(keep(&state, &visit, account, &posted).await?)
}

async fn keep(state: &AppState, visit: &Visit, account: &Account, posted: &Posted) -> ApiResult<Response> {
    let form = NotifyForm::read(&posted.pairs);
    let kept = notices::settings(state, account).await?;
    let outcome = match form.change(&kept) {
        Ok(change) => notices::change_settings(state, account, &change).await,
        Err(wrong) => Err(ApiError::Validation(wrong)),
    };
    match outcome {
        Ok(()) => {
            let to = [&visit.path, "?saved=1"].concat();
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(error) if belongs_to_form(&error) => {
            let shown = Shown {
                posted: Some((form, form_errors(error))),
                saved: false,
            };
            page(state, visit, account, shown).await
        }
        Err(error) => Err(error),
    }
}

async fn page(state: &AppState, visit: &Visit, account: &Account, shown: Shown) -> ApiResult<Response> {
    let data = notices::settings(state, account).await?;
    let staff = visit.resident().is_none();
    let mut page = Page::new(words::TITLE).private().without_app();
    let (form, errors) = match shown.posted {
        Some(posted) => {
            let title = [ERROR_PREFIX, words::TITLE].concat();
            page = Page::new(title)
                .private()
                .without_app()
                .status(StatusCode::UNPROCESSABLE_ENTITY);
            posted
        }
        None => (NotifyForm::of(&data), Errors::default()),
    };
    let saved = shown.saved;
    let view =
        move || view! { <NotifySettingsView data=data form=form errors=errors saved=saved staff=staff /> }.into_any();
    Ok(if staff {
        let me = people::me(state, account).await?;
        page.show_desk(state, visit, me, view)
    } else {
        page.show(state, visit, view)
    })
}
