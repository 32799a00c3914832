//! The form of an event: new, or changed.

use crate::access;
use crate::actions;
use crate::load::{events, people};
use crate::pages::frame::Page;
use crate::pages::posted::Posted;
use crate::pages::problem::{PageResult, belongs_to_form, form_errors};
use crate::pages::visit::Visit;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::meetings as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::{EventForm, EventFormView};

/// An empty form.
pub async fn new(State(state): State<AppState>, visit: Visit) -> PageResult {
    if actions::events::host(&visit.viewer).is_err() {
        return Ok(Redirect::to("/desk").into_response());
    }
    let form = EventForm::new(&events::options(&state, &visit.viewer).await?);
    Ok(draw(&state, &visit, form, Errors::default()).await?)
}

/// The form of an event that is there.
pub async fn edit(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    if access::staff(&visit.viewer).is_err() {
        return Ok(Redirect::to("/desk").into_response());
    }
    let (event, at) = access::desk_event(&state, &visit.viewer, &id).await?;
    at.moderator()?;
    let form = EventForm::of(&event.id, event.version, &event.draft);
    Ok(draw(&state, &visit, form, Errors::default()).await?)
}

/// A new event is kept.
pub async fn create(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    actions::events::host(&visit.viewer)?;
    let form = EventForm {
        id: String::new(),
        ..EventForm::read(&posted.pairs)
    };
    match actions::events::create(&state, &visit.viewer, &form.draft()).await {
        Ok(made) => Ok(see(&made.id)),
        Err(error) => Ok(again(&state, &visit, form, error).await?),
    }
}

/// A changed one is kept.
pub async fn save(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let (event, at) = access::desk_event(&state, &visit.viewer, &id).await?;
    let at = at.moderator()?;
    let form = EventForm {
        id: event.id.clone(),
        ..EventForm::read(&posted.pairs)
    };
    let version = form.version.parse().unwrap_or(0);
    match actions::events::edit(&state, &at, &event, version, &form.draft()).await {
        Ok(made) => Ok(see(&made.id)),
        Err(ApiError::Conflict(_)) => {
            // Whoever has read this may send it again: it then counts as having seen the other change.
            let form = EventForm {
                version: event.version.to_string(),
                ..form
            };
            Ok(page(
                &state,
                &visit,
                form,
                Errors::whole(words::CONFLICT),
                StatusCode::CONFLICT,
            )
            .await?)
        }
        Err(error) => Ok(again(&state, &visit, form, error).await?),
    }
}

fn see(id: &str) -> Response {
    Redirect::to(&format!("/desk/events/{id}?said=saved")).into_response()
}

async fn again(state: &AppState, visit: &Visit, form: EventForm, error: ApiError) -> ApiResult<Response> {
    if !belongs_to_form(&error) {
        return Err(error);
    }
    let mut errors = form_errors(error);
    // A time that cannot be read is told as that, and once.
    let unreadable = form.unreadable();
    if !unreadable.is_empty() {
        let at = errors.fields.iter().position(|known| known.field == "ends_at");
        let at = at.unwrap_or(errors.fields.len());
        errors.fields.retain(|known| known.field != "ends_at");
        errors.fields.splice(at..at, unreadable);
    }
    // Lines of the agenda are one field here.
    for wrong in &mut errors.fields {
        if wrong.field.starts_with("agenda.") {
            "agenda".clone_into(&mut wrong.field);
        }
    }
    page(state, visit, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn draw(state: &AppState, visit: &Visit, form: EventForm, errors: Errors) -> ApiResult<Response> {
    page(state, visit, form, errors, StatusCode::OK).await
}

async fn page(
    state: &AppState,
    visit: &Visit,
    form: EventForm,
    errors: Errors,
    status: StatusCode,
) -> ApiResult<Response> {
    let account = access::staff(&visit.viewer)?;
    let options = events::options(state, &visit.viewer).await?;
    let me = people::me(state, account).await?;
    let title = if form.id.is_empty() {
        words::FORM_NEW
    } else {
        words::FORM_EDIT
    };
    let title = if errors.is_empty() {
        title.to_owned()
    } else {
        [ERROR_PREFIX, title].concat()
    };
    Ok(Page::new(title).status(status).show_desk(state, visit, me, move || {
        view! { <EventFormView form=form options=options errors=errors /> }.into_any()
    }))
}
