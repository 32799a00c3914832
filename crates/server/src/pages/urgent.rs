//! The urgent channel: one plain form, with the verification of the phone in it. It needs no app and no script.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use super::write::receipt_cookie;
use crate::actions::urgent as actions;
use crate::auth::{otp, secret, session};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::dto::{OtpVerify, Receipt};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::i18n::zh::restrictions as words;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::restrictions::{UrgentForm, UrgentSender, UrgentView};

/// What the page holds between two answers.
struct Draft {
    form: UrgentForm,
    phone: PhoneForm,
    /// Names this letter, so that sending it twice makes one.
    once: String,
    known: bool,
}

/// The form.
pub async fn show(State(state): State<AppState>, visit: Visit) -> PageResult {
    let draft = Draft {
        form: UrgentForm::default(),
        phone: PhoneForm::default(),
        once: secret::token(),
        known: visit.resident().is_some(),
    };
    Ok(draw(&state, &visit, draft, Errors::default()).await?)
}

async fn draw(state: &AppState, visit: &Visit, draft: Draft, errors: Errors) -> ApiResult<Response> {
    let directory = state.directory().await?;
    let stations = directory.stations.iter().map(|station| &station.card);
    let stations = stations.map(|card| (card.slug.clone(), card.name.clone())).collect();
    let mut page = Page::new(words::URGENT);
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::URGENT].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = page
        .private()
        .without_app()
        .field("once", &draft.once)
        .description(words::URGENT_LEAD);
    let sender = if draft.known {
        UrgentSender::Known
    } else {
        UrgentSender::ByPhone(draft.phone)
    };
    let form = draft.form;
    Ok(page.show(state, visit, move || {
        view! { <UrgentView form=form stations=vec![(String::new(), stations)] sender=sender errors=errors /> }
            .into_any()
    }))
}

/// Something of the form is sent: for a code, with the code, or as a whole.
pub async fn send(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let mut draft = Draft {
        form: UrgentForm::read(&posted.pairs),
        phone: posted.phone(),
        once: posted.once(),
        known: visit.resident().is_some(),
    };
    if posted.wish().0 == "other" {
        draft.phone.challenge = None;
        return Ok(draw(&state, &visit, draft, Errors::default()).await?);
    }
    // What is wrong is told before a code is sent or used up.
    let wrong = actions::wrong_in(&state, &draft.form.letter());
    if !wrong.is_empty() {
        return Ok(draw(&state, &visit, draft, Errors::of(wrong)).await?);
    }
    if let Some(account) = visit.resident() {
        return submit(&state, &visit, draft, account, None).await;
    }
    match (posted.wish().0, draft.phone.challenge.clone()) {
        ("verify", Some(challenge)) => {
            let given = OtpVerify {
                challenge_id: challenge.id,
                code: draft.phone.code.clone(),
            };
            match otp::verify(&state, &given).await {
                Ok(account) => {
                    let cookie = session::log_in(&state, &visit.headers, &visit.viewer, &account).await?;
                    draft.known = true;
                    submit(&state, &visit, draft, &account, Some(cookie)).await
                }
                Err(error) => refuse(&state, &visit, draft, error).await,
            }
        }
        _ => match otp::request(&state, &draft.phone.phone).await {
            Ok(sent) => {
                draft.phone.code.clear();
                draft.phone.challenge = Some(Challenge {
                    id: sent.challenge_id,
                    phone_masked: sent.phone_masked,
                    demo_code: sent.demo_code,
                });
                Ok(draw(&state, &visit, draft, Errors::default()).await?)
            }
            Err(error) => refuse(&state, &visit, draft, error).await,
        },
    }
}

async fn refuse(state: &AppState, visit: &Visit, draft: Draft, error: ApiError) -> PageResult {
    if belongs_to_form(&error) || matches!(error, ApiError::BadCredentials { .. }) {
        Ok(draw(state, visit, draft, form_errors(error)).await?)
    } else {
        Err(error.into())
    }
}

async fn submit(
    state: &AppState,
    visit: &Visit,
    draft: Draft,
    account: &Account,
    login: Option<HeaderValue>,
) -> PageResult {
    let mut response = match hand_in(state, &draft, account).await {
        Ok(receipt) => {
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/write?step=done")]).into_response();
            if let Some(cookie) = receipt_cookie(&receipt, visit.is_insecure(state)) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => refuse(state, visit, draft, error).await?,
    };
    // The code is used up: who they are must outlive a refusal.
    if let Some(cookie) = login {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn hand_in(state: &AppState, draft: &Draft, account: &Account) -> ApiResult<Receipt> {
    let letter = draft.form.letter();
    let body = serde_json::to_vec(&letter).map_err(|e| ApiError::internal("a letter as JSON", e))?;
    let key = IdempotencyKey {
        scope: format!("POST /write/urgent|{}", account.id),
        key: draft.once.clone(),
        body_hash: secret::hash_bytes(&body),
    };
    let (receipt, _) = Box::pin(actions::submit(state, account, &letter, Some(&key))).await?;
    Ok(receipt)
}
