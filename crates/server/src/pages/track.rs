//! Looking a letter up by number and query code.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, field, form_errors};
use super::visit::Visit;
use crate::api::messages;
use crate::http::client_ip::ClientIp;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::dto::TrackRequest;
use liaison_web::components::Errors;
use liaison_web::i18n::zh;
use liaison_web::views::TrackView;
use serde::Deserialize;

/// A number that came with the link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TrackQuery {
    no: String,
}

pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<TrackQuery>) -> PageResult {
    let page = Page::new(zh::write::TRACK).description(zh::write::TRACK_LEAD);
    Ok(draw(
        &state,
        &visit,
        page,
        TrackRequest {
            no: query.no,
            code: String::new(),
        },
        Errors::default(),
    ))
}

pub async fn open(State(state): State<AppState>, visit: Visit, ip: ClientIp, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let typed = TrackRequest {
        no: posted.get("no").to_owned(),
        code: posted.get("code").to_owned(),
    };
    match messages::open(&state, &visit.viewer, ip, &visit.headers, &typed).await {
        Ok((case, cookie)) => {
            let mut response = (
                StatusCode::SEE_OTHER,
                [(header::LOCATION, format!("/mine/{}", case.no))],
            )
                .into_response();
            if let Some(cookie) = cookie {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error) => {
            let errors = match error {
                // Which of the two is wrong is not told.
                ApiError::NotFound => Errors::of(vec![field("no", "unknown")]),
                ApiError::Validation(wrong) => Errors::of(wrong.into_iter().map(renamed).collect()),
                error if belongs_to_form(&error) => form_errors(error),
                error => return Err(error.into()),
            };
            let title = format!("{}{}", zh::common::ERROR_PREFIX, zh::write::TRACK);
            let page = Page::new(title)
                .private()
                .without_app()
                .status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(draw(&state, &visit, page, typed, errors))
        }
    }
}

/// `code` is the text message's code elsewhere; here it is the query code.
fn renamed(mut error: liaison_domain::dto::FieldError) -> liaison_domain::dto::FieldError {
    if error.field == "code" {
        error.field = String::from("query_code");
    }
    error
}

fn draw(state: &AppState, visit: &Visit, page: Page, typed: TrackRequest, errors: Errors) -> Response {
    page.show(state, visit, move || {
        view! { <TrackView no=typed.no code=typed.code errors=errors /> }.into_any()
    })
}
