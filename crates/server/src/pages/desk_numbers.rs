//! The office gives somebody another telephone number who has lost theirs. The page needs no app.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::number as actions;
use crate::load::people;
use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::{OfficeNumber, OfficeNumberCode};
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::numbers as words;
use liaison_web::views::desk_pages::NUMBERS;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::{OfficeNumberForm, OfficeNumberView};
use serde::Deserialize;

/// Whether it was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NumbersQuery {
    done: Option<String>,
}

/// The form.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<NumbersQuery>) -> PageResult {
    let Ok(account) = access::leader(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let done = query.done.is_some();
    Ok(page(
        &state,
        &visit,
        account,
        OfficeNumberForm::default(),
        Errors::default(),
        done,
    )
    .await?)
}

/// Sends the code to the new number; the right one changes it.
pub async fn act(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::leader(&visit.viewer)?;
    let mut form = OfficeNumberForm {
        no: posted.get("no").trim().to_owned(),
        check: posted.get("check").to_owned(),
        phone: posted.phone(),
    };
    let outcome = match (&form.phone.challenge, posted.wish().0) {
        (Some(challenge), "verify") => {
            let given = OfficeNumberCode {
                no: form.no.clone(),
                check: form.check.clone(),
                challenge_id: challenge.id.clone(),
                code: form.phone.code.clone(),
            };
            match actions::change_by_office(&state, &visit.viewer, &given).await {
                Ok(()) => return Ok(Redirect::to(&[NUMBERS, "?done=1"].concat()).into_response()),
                Err(error) => Err(error),
            }
        }
        (_, "other") => {
            form.phone.challenge = None;
            Ok(())
        }
        _ => {
            let wanted = OfficeNumber {
                no: form.no.clone(),
                check: form.check.clone(),
                phone: form.phone.phone.clone(),
            };
            match actions::ask_by_office(&state, &visit.viewer, &wanted).await {
                Ok(sent) => {
                    form.phone = PhoneForm {
                        phone: wanted.phone,
                        code: String::new(),
                        challenge: Some(Challenge {
                            id: sent.challenge_id,
                            phone_masked: sent.phone_masked,
                            demo_code: sent.demo_code,
                        }),
                    };
                    Ok(())
                }
                Err(error) => Err(error),
            }
        }
    };
    let errors = match outcome {
        Ok(()) => Errors::default(),
        Err(error) if belongs_to_form(&error) => {
            // Another number can be typed.
            if error.code() == "number_taken" {
                form.phone.challenge = None;
            }
            form_errors(error)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(page(&state, &visit, account, form, errors, false).await?)
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: OfficeNumberForm,
    errors: Errors,
    done: bool,
) -> ApiResult<Response> {
    let me = people::me(state, account).await?;
    let mut page = Page::new(words::TITLE);
    if !errors.is_empty() {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    Ok(page.show_desk(state, visit, me, move || {
        view! { <OfficeNumberView form=form errors=errors done=done /> }.into_any()
    }))
}
