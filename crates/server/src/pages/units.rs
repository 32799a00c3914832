//! Duties that move from one unit to another, by whoever runs the installation. The page needs no app.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, field};
use super::visit::Visit;
use crate::access;
use crate::actions::duties;
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::FieldError;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::units as words;
use liaison_web::views::{UnitsForm, UnitsStep, UnitsView};
use serde::Deserialize;

/// The units that were chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UnitsQuery {
    from: Option<String>,
    to: Option<String>,
}

/// The choice, or what it would move.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<UnitsQuery>) -> PageResult {
    let Ok(account) = access::admin(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let is_asked = query.from.is_some() || query.to.is_some();
    let form = UnitsForm {
        from: query.from.unwrap_or_default(),
        to: query.to.unwrap_or_default(),
    };
    let wrong = if is_asked {
        check(&state, &form).await?
    } else {
        Vec::new()
    };
    let step = if is_asked && wrong.is_empty() {
        UnitsStep::Confirm(state.store.duties(&form.from).await.map_err(ApiError::from)?)
    } else {
        UnitsStep::Choose
    };
    Ok(page(&state, &visit, account, form, step, wrong).await?)
}

/// It was confirmed.
pub async fn merge(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::admin(&visit.viewer)?;
    let form = UnitsForm {
        from: posted.get("from").to_owned(),
        to: posted.get("to").to_owned(),
    };
    let wrong = check(&state, &form).await?;
    if !wrong.is_empty() {
        return Ok(page(&state, &visit, account, form, UnitsStep::Choose, wrong).await?);
    }
    let moved = Box::pin(duties::move_duties(&state, account, &form.from, &form.to)).await?;
    let rest = state.store.duties(&form.from).await.map_err(ApiError::from)?;
    Ok(page(&state, &visit, account, form, UnitsStep::Moved(moved, rest), Vec::new()).await?)
}

/// Two units, different ones, of which the second is there to take over. The store looks once more when they move.
async fn check(state: &AppState, form: &UnitsForm) -> ApiResult<Vec<FieldError>> {
    let mut wrong = Vec::new();
    let from = state.store.unit(&form.from).await?;
    match &from {
        None => wrong.push(field("from", "required")),
        Some(unit) if !unit.active && state.store.unit_successor(&unit.id).await?.as_deref() != Some(&form.to) => {
            wrong.push(field("from", "unknown"));
        }
        Some(_) => {}
    }
    let to = state.store.unit(&form.to).await?;
    if form.to.is_empty() {
        wrong.push(field("to", "required"));
    } else if form.to == form.from || !to.is_some_and(|unit| unit.active) {
        wrong.push(field("to", "invalid"));
    }
    Ok(wrong)
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: UnitsForm,
    step: UnitsStep,
    wrong: Vec<FieldError>,
) -> ApiResult<Response> {
    let units = state.store.units().await?;
    let me = people::me(state, account).await?;
    let mut page = Page::new(words::TITLE);
    if !wrong.is_empty() {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let errors = Errors::of(wrong);
    Ok(page.show_desk(state, visit, me, move || {
        view! { <UnitsView units=units form=form step=step errors=errors /> }.into_any()
    }))
}
