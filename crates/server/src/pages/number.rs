//! Another telephone number, by plain forms.

use super::frame::Page;
use super::mine::{login_in_front, see_other};
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::number as actions;
use crate::load::restrictions;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use liaison_domain::dto::{NewNumber, NewNumberCode, OldNumberCode, OtpChallenge};
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::i18n::zh::number as words;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::{NumberForm, NumberHelp, NumberView, PRIVACY};

/// The first step, or the login in front of it.
pub async fn show(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    Ok(page(&state, &visit, account, NumberForm::default(), Errors::default()).await?)
}

/// One of the steps.
pub async fn act(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::resident(&visit.viewer)?;
    let mut form = NumberForm {
        own: String::new(),
        proof: posted.get("proof").to_owned(),
        phone: posted.phone(),
    };
    let outcome = if form.proof.is_empty() {
        old(&state, &visit, posted.wish().0, &mut form).await
    } else {
        new(&state, &visit, posted.wish().0, &mut form).await
    };
    let errors = match outcome {
        Ok(true) => return Ok(see_other(&[PRIVACY, "?done=number"].concat(), None)),
        Ok(false) => Errors::default(),
        Err(error) if error.code() == "number_proof_gone" => {
            form.proof.clear();
            form.phone.challenge = None;
            form_errors(error)
        }
        Err(error) if error.code() == "number_taken" => {
            // Another one can be typed.
            form.phone.challenge = None;
            form.phone.code.clear();
            form_errors(error)
        }
        Err(error) if belongs_to_form(&error) => form_errors(error),
        Err(error) => return Err(error.into()),
    };
    Ok(page(&state, &visit, account, form, errors).await?)
}

fn sent(form: &mut PhoneForm, challenge: OtpChallenge) {
    form.code.clear();
    form.challenge = Some(Challenge {
        id: challenge.challenge_id,
        phone_masked: challenge.phone_masked,
        demo_code: challenge.demo_code,
    });
}

/// The number there is. Never the whole.
async fn old(state: &AppState, visit: &Visit, wish: &str, form: &mut NumberForm) -> ApiResult<bool> {
    match (&form.phone.challenge, wish) {
        (Some(challenge), "verify") => {
            let given = OldNumberCode {
                challenge_id: challenge.id.clone(),
                code: form.phone.code.clone(),
            };
            form.proof = actions::check_old(state, &visit.viewer, &given).await?.proof;
            form.phone.challenge = None;
            form.phone.code.clear();
        }
        _ => sent(&mut form.phone, actions::ask_old(state, &visit.viewer).await?),
    }
    Ok(false)
}

/// The new number. True: it is changed.
async fn new(state: &AppState, visit: &Visit, wish: &str, form: &mut NumberForm) -> ApiResult<bool> {
    match (&form.phone.challenge, wish) {
        (Some(challenge), "verify") => {
            let given = NewNumberCode {
                proof: form.proof.clone(),
                challenge_id: challenge.id.clone(),
                code: form.phone.code.clone(),
            };
            actions::change(state, &visit.viewer, &given).await?;
            return Ok(true);
        }
        (_, "other") => form.phone.challenge = None,
        _ => {
            let wanted = NewNumber {
                proof: form.proof.clone(),
                phone: form.phone.phone.clone(),
            };
            sent(&mut form.phone, actions::ask_new(state, &visit.viewer, &wanted).await?);
        }
    }
    Ok(false)
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: NumberForm,
    errors: Errors,
) -> Result<Response, ApiError> {
    let form = NumberForm {
        own: account.phone_masked.clone().unwrap_or_default(),
        ..form
    };
    let station = &state.config.station;
    let help = NumberHelp {
        phone: station.phone.clone(),
        hours: station.phone_hours.clone(),
    };
    let restricted = restrictions::standing(state, account).await?.is_some();
    let mut page = Page::new(words::TITLE).private().without_app();
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::TITLE].concat())
            .private()
            .without_app()
            .status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    Ok(page.show(state, visit, move || {
        view! { <NumberView form=form errors=errors help=help restricted=restricted /> }.into_any()
    }))
}
