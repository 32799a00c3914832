//! One's own restriction: why, until when, what is possible, and the form to object.

use super::frame::Page;
use super::mine::login_in_front;
use super::posted::Posted;
use super::problem::{PageResult, form_errors};
use super::visit::Visit;
use crate::actions::restrictions as actions;
use crate::load::{notices, restrictions as load};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::dto::NewRestrictionAppeal;
use liaison_domain::notify::Subject;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::i18n::zh::restrictions as words;
use liaison_web::views::restrictions::OwnRestrictionsView;
use serde::Deserialize;

/// Whether an appeal was just sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SentQuery {
    sent: Option<String>,
}

/// The page, or the login in front of it.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<SentQuery>) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    let typed = NewRestrictionAppeal::default();
    let sent = query.sent.is_some();
    Ok(page(&state, &visit, account, typed, Errors::default(), sent).await?)
}

/// An appeal.
pub async fn object(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = visit.resident().ok_or(ApiError::Unauthenticated)?;
    let appeal = NewRestrictionAppeal {
        id: posted.get("id").to_owned(),
        text: posted.get("text").to_owned(),
    };
    match actions::object(&state, account, &appeal).await {
        Ok(_) => {
            let to = [actions::OWN, "?sent=1"].concat();
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(error @ (ApiError::Validation(_) | ApiError::Clash { .. })) => {
            Ok(page(&state, &visit, account, appeal, form_errors(error), false).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    typed: NewRestrictionAppeal,
    errors: Errors,
    sent: bool,
) -> ApiResult<Response> {
    let all = load::own(state, account).await?;
    for one in &all {
        notices::seen(state, &visit.viewer, &Subject::Restriction(one.id.clone()).key()).await;
    }
    let visit = visit.clone().counted_anew(state).await?;
    let (title, status) = if errors.is_empty() {
        (words::TITLE.to_owned(), StatusCode::OK)
    } else {
        ([ERROR_PREFIX, words::TITLE].concat(), StatusCode::UNPROCESSABLE_ENTITY)
    };
    let now = state.now();
    let page = Page::new(title).private().without_app().status(status);
    Ok(page.show(state, &visit, move || {
        view! { <OwnRestrictionsView all=all typed=(typed.id, typed.text) errors=errors sent=sent now=now /> }
            .into_any()
    }))
}
