//! What is kept about a resident: to see, to take along, to put right, to end. Plain forms.

use super::frame::Page;
use super::ledger::attachment;
use super::mine::login_in_front;
use super::own_data;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::{consent, privacy as actions};
use crate::auth::session;
use crate::load::privacy as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::takeout;
use crate::wechat::PROVIDER;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::{ConsentChange, NameChange};
use liaison_web::components::Errors;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::i18n::zh::{number, privacy as words, wechat};
use liaison_web::views::{ClosedView, MyDataView, PRIVACY, PrivacyForm, PrivacyView};
use serde::Deserialize;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PrivacyQuery {
    done: Option<String>,
}

/// The overview, or the login in front of it.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<PrivacyQuery>) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    let done = match query.done.as_deref() {
        Some("renamed") => Some(words::RENAMED),
        Some("ended") => Some(words::ENDED),
        Some("consent") => Some(words::CONSENT_CHANGED),
        Some("gone") => Some(words::ENDED_NONE),
        Some("number") => Some(number::DONE),
        Some("unbound") => Some(wechat::UNBOUND),
        _ => None,
    };
    let form = PrivacyForm {
        name: account.name.clone(),
    };
    Ok(page(&state, &visit, form, Errors::default(), done).await?)
}

/// One of the page's forms.
pub async fn act(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::resident(&visit.viewer)?;
    let mut form = PrivacyForm {
        name: account.name.clone(),
    };
    let viewer = &visit.viewer;
    let done = match posted.get("do") {
        "rename" => {
            form.name = posted.get("name").to_owned();
            let change = NameChange {
                name: form.name.clone(),
            };
            actions::rename(&state, viewer, &change).await.map(|()| "renamed")
        }
        "end-others" => actions::end_others(&state, viewer).await.map(|_| "ended"),
        // Pressed twice, it is unbound all the same.
        "unbind" => match actions::unbind(&state, viewer, PROVIDER).await {
            Err(ApiError::NotFound) => Ok("unbound"),
            unbound => unbound.map(|()| "unbound"),
        },
        "close" if posted.get("sure").is_empty() => Err(ApiError::field("sure", "required")),
        "close" => {
            actions::close(&state, viewer).await?;
            let to = [PRIVACY, "/closed"].concat();
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
            let cookie = session::forget(&state, &visit.headers);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            return Ok(response);
        }
        other if consent_wish(other).is_some() => match consent_wish(other) {
            Some((no, change)) => consent::change(&state, viewer, no, &change).await.map(|_| "consent"),
            None => Err(ApiError::NotFound),
        },
        other => match other.strip_prefix("end:") {
            Some(id) => match actions::end_session(&state, viewer, id).await {
                Err(ApiError::NotFound) => Ok("gone"),
                ended => ended.map(|()| "ended"),
            },
            None => Err(ApiError::NotFound),
        },
    };
    match done {
        Ok(done) => {
            let to = [PRIVACY, "?done=", done].concat();
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(error) if belongs_to_form(&error) => Ok(page(&state, &visit, form, form_errors(error), None).await?),
        Err(error) => Err(error.into()),
    }
}

/// `publish-off:TH-…`: which letter, and what changes.
fn consent_wish(wish: &str) -> Option<(&str, ConsentChange)> {
    let (what, no) = wish.split_once(':')?;
    let (publish, may_call) = match what {
        "publish-on" => (Some(true), None),
        "publish-off" => (Some(false), None),
        "call-on" => (None, Some(true)),
        "call-off" => (None, Some(false)),
        _ => return None,
    };
    Some((no, ConsentChange { publish, may_call }))
}

async fn page(
    state: &AppState,
    visit: &Visit,
    form: PrivacyForm,
    errors: Errors,
    done: Option<&'static str>,
) -> ApiResult<Response> {
    let data = load::overview(state, &visit.viewer).await?;
    let now = state.now();
    let mut page = Page::new(words::TITLE).private().without_app();
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::TITLE].concat())
            .private()
            .without_app()
            .status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    Ok(page.show(state, visit, move || {
        view! { <PrivacyView data=data form=form errors=errors done=done now=now /> }.into_any()
    }))
}

/// The account is closed; nobody is logged in any more.
pub async fn closed(State(state): State<AppState>, visit: Visit) -> PageResult {
    let page = Page::new(words::CLOSED).private().without_app();
    Ok(page.show(&state, &visit, || view! { <ClosedView /> }.into_any()))
}

/// Everything, to read here.
pub async fn data(State(state): State<AppState>, visit: Visit) -> PageResult {
    if visit.resident().is_none() {
        return Ok(login_in_front(&state, &visit));
    }
    let data = load::everything(&state, &visit.viewer).await?;
    let now = state.now();
    let page = Page::new(words::DATA_TITLE).private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <MyDataView data=data now=now /> }.into_any()
    }))
}

/// Everything as a page in a file of its own.
pub async fn data_html(State(state): State<AppState>, visit: Visit) -> PageResult {
    let mut data = load::everything(&state, &visit.viewer).await?;
    let now = state.now();
    own_data::without_files(&mut data);
    let text = own_data::offline(data, now);
    let name = format!("my-data-{}.html", date_of(now).iso());
    Ok(attachment(&name, text.into_bytes()))
}

/// Everything with its pictures, recordings and videos, in one file.
pub async fn data_zip(State(state): State<AppState>, visit: Visit) -> PageResult {
    let data = load::everything(&state, &visit.viewer).await?;
    Ok(takeout::archive(&state, data)?)
}

/// Everything as data.
pub async fn data_json(State(state): State<AppState>, visit: Visit) -> PageResult {
    let data = load::everything(&state, &visit.viewer).await?;
    let bytes = serde_json::to_vec_pretty(&data).map_err(|error| ApiError::internal("own data", error))?;
    let name = format!("my-data-{}.json", date_of(state.now()).iso());
    Ok(attachment(&name, bytes))
}
