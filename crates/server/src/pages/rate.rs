//! Rating an answer by the link one was given.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, field, form_errors};
use super::visit::Visit;
use crate::actions;
use crate::load::letter;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use leptos::prelude::*;
use liaison_domain::dto::{FieldError, SurveyResult, SurveyView};
use liaison_domain::lifecycle::{Rating, Solved, score};
use liaison_web::components::Errors;
use liaison_web::i18n::zh;
use liaison_web::views::form::RatingForm;
use liaison_web::views::{RateDoneView, RateView};
use serde::Deserialize;

/// Whether it was just rated.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RateQuery {
    done: Option<String>,
}

pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(token): Path<String>,
    Query(query): Query<RateQuery>,
) -> PageResult {
    let data = letter::survey(&state, &token).await?;
    let now = state.now();
    if let Some(rating) = data.rated.as_ref().filter(|_| query.done.is_some()) {
        let result = SurveyResult {
            no: data.no.clone(),
            score: score(rating, &state.rules().limits),
            state: data.state,
            decide_by: None,
        };
        let page = Page::new(zh::rate::THANKS).private().without_app();
        return Ok(page.show(&state, &visit, move || {
            view! { <RateDoneView result=result now=now /> }.into_any()
        }));
    }
    let form = RatingForm::default();
    let page = Page::new(zh::rate::TITLE)
        .private()
        .preload(&format!("/surveys/{token}"), &data);
    Ok(page.show(&state, &visit, move || draw(data, token, form, Errors::default(), now)))
}

pub async fn rate(
    State(state): State<AppState>,
    visit: Visit,
    Path(token): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let form = RatingForm::read(&posted.pairs);
    let errors = match check(&form) {
        Ok(rating) => match actions::survey::rate(&state, &token, rating).await {
            Ok(_) => {
                let to = format!("/rate/{token}?done=1");
                return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
            }
            Err(error) if belongs_to_form(&error) => form_errors(error),
            Err(
                error @ ApiError::Forbidden {
                    code: "survey_closed", ..
                },
            ) => form_errors(error),
            Err(error) => return Err(error.into()),
        },
        Err(wrong) => Errors::of(wrong),
    };
    let data = letter::survey(&state, &token).await?;
    let now = state.now();
    let title = format!("{}{}", zh::common::ERROR_PREFIX, zh::rate::TITLE);
    let page = Page::new(title)
        .private()
        .without_app()
        .status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.show(&state, &visit, move || draw(data, token, form, errors, now)))
}

fn draw(data: SurveyView, token: String, form: RatingForm, errors: Errors, now: i64) -> AnyView {
    view! { <RateView data=data token=token form=form errors=errors now=now /> }.into_any()
}

/// Everything chosen, or everything that is not.
fn check(form: &RatingForm) -> Result<Rating, Vec<FieldError>> {
    let solved = Solved::from_code(&form.solved);
    let levels = [
        ("attitude", form.attitude),
        ("process", form.process),
        ("result", form.result),
    ];
    let mut wrong: Vec<FieldError> = levels
        .iter()
        .filter(|(_, level)| *level == 0)
        .map(|(name, _)| field(name, "required"))
        .collect();
    let Some(solved) = solved.filter(|_| wrong.is_empty()) else {
        if solved.is_none() {
            wrong.push(field("solved", "required"));
        }
        return Err(wrong);
    };
    Ok(Rating {
        attitude: form.attitude,
        process: form.process,
        result: form.result,
        solved,
        reasons: form.reasons.clone(),
        text: form.text.clone(),
    })
}
