//! A resident's own letters: logging in by phone, the list, one letter and what can be done about it.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, field, form_errors};
use super::visit::{Visit, own_path};
use super::write::drop_upload;
use crate::access;
use crate::actions;
use crate::actions::letter_drafts;
use crate::auth::{otp, phone::Phone, session};
use crate::load::{letter, notices, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::dto::OtpVerify;
use liaison_domain::lifecycle::CaseEvent;
use liaison_web::components::Errors;
use liaison_web::i18n::zh;
use liaison_web::views::LEFT;
use liaison_web::views::form::{Challenge, LetterForm, PhoneForm};
use liaison_web::views::{ActForm, LoginView, MineView, MyCaseView, mine_api_path};
use serde::Deserialize;

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MineQuery {
    cursor: Option<String>,
}

/// The list, or the login in front of it.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(query): Query<MineQuery>) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_page(
            &state,
            &visit,
            PhoneForm::default(),
            Errors::default(),
            String::new(),
            false,
        ));
    };
    let unread = visit.unread();
    let data = people::my_letters(&state, account, query.cursor.as_deref()).await?;
    let me = people::me(&state, account).await?;
    let now = state.now();
    let path = mine_api_path(query.cursor.as_ref());
    let page = Page::new(zh::case::MINE)
        .private()
        .preload("/me", &me)
        .preload(&path, &data);
    Ok(page.show(&state, &visit, move || {
        view! { <MineView data=data me=me now=now unread=unread /> }.into_any()
    }))
}

/// The login in front of a page, which it leads back to.
pub(super) fn login_in_front(state: &AppState, visit: &Visit) -> Response {
    let back = visit.path.clone();
    login_page(state, visit, PhoneForm::default(), Errors::default(), back, false)
}

fn login_page(
    state: &AppState,
    visit: &Visit,
    form: PhoneForm,
    errors: Errors,
    back: String,
    from_post: bool,
) -> Response {
    let title = if errors.is_empty() {
        zh::write::LOGIN.to_owned()
    } else {
        format!("{}{}", zh::common::ERROR_PREFIX, zh::write::LOGIN)
    };
    let mut page = Page::new(title).private();
    if from_post {
        page = page.without_app();
        if !errors.is_empty() {
            page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    page.show(state, visit, move || {
        view! { <LoginView form=form errors=errors back=back /> }.into_any()
    })
}

pub(super) fn see_other(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Sends a code, checks it, or logs out.
pub async fn login(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let back = posted.get("back").to_owned();
    let typed = posted.get("phone").trim().to_owned();
    let mut form = PhoneForm {
        phone: typed.clone(),
        code: posted.get("code").trim().to_owned(),
        challenge: None,
    };
    let outcome = match posted.wish().0 {
        "logout" => {
            let cookie = session::log_out(&state, &visit.headers, &visit.viewer).await?;
            // Others may use this telephone: what is left in it is said before it is forgotten.
            let left = letter_drafts::all(&state, &visit.headers).await?;
            let to = if left.items.is_empty() { "/mine" } else { LEFT };
            return Ok(see_other(to, Some(cookie)));
        }
        "verify" => {
            form.challenge = Some(Challenge {
                id: posted.get("challenge").to_owned(),
                phone_masked: Phone::parse(&typed).map(|phone| phone.masked()).unwrap_or_default(),
                demo_code: None,
            });
            let given = OtpVerify {
                challenge_id: posted.get("challenge").to_owned(),
                code: form.code.clone(),
            };
            match otp::verify(&state, &given).await {
                Ok(account) => {
                    let cookie = session::log_in(&state, &visit.headers, &visit.viewer, &account).await?;
                    let to = if back.is_empty() { "/mine" } else { own_path(&back) };
                    return Ok(see_other(to, Some(cookie)));
                }
                Err(error) => Err(error),
            }
        }
        "other" => Ok(()),
        _ => match otp::request(&state, &typed).await {
            Ok(sent) => {
                form.code.clear();
                form.challenge = Some(Challenge {
                    id: sent.challenge_id,
                    phone_masked: sent.phone_masked,
                    demo_code: sent.demo_code,
                });
                Ok(())
            }
            Err(error) => Err(error),
        },
    };
    let errors = match outcome {
        Ok(()) => Errors::default(),
        Err(error) if belongs_to_form(&error) => form_errors(error),
        Err(error) => return Err(error.into()),
    };
    Ok(login_page(&state, &visit, form, errors, back, true))
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CaseQuery {
    done: String,
}

/// One's own letter, or the login in front of it.
pub async fn case(
    State(state): State<AppState>,
    visit: Visit,
    Path(no): Path<String>,
    Query(query): Query<CaseQuery>,
) -> PageResult {
    let data = match letter::own(&state, &visit.viewer, &no).await {
        Ok(data) => data,
        Err(ApiError::Unauthenticated) => return Ok(login_in_front(&state, &visit)),
        Err(error) => return Err(error.into()),
    };
    notices::seen(&state, &visit.viewer, &data.id).await;
    let visit = visit.counted_anew(&state).await?;
    let now = state.now();
    let mut page = Page::new(&data.title)
        .private()
        .preload(&format!("/messages/{no}"), &data);
    if !query.done.is_empty() {
        page = page.without_app();
    }
    let done = query.done;
    Ok(page.show(&state, &visit, move || {
        view! { <MyCaseView data=data now=now done=done /> }.into_any()
    }))
}

/// Something is to be done about one's own letter.
pub async fn act(State(state): State<AppState>, visit: Visit, Path(no): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let mut carried = LetterForm::default();
    carried.take_photos(&posted.pairs);
    carried.photos.extend(posted.photos());
    let mut form = ActForm {
        act: posted.wish().0.to_owned(),
        text: posted.get("text").trim().replace("\r\n", "\n"),
        photos: carried.photos,
    };
    let attachments = form.photos.iter().map(|photo| photo.id.clone()).collect();
    let errors = if let ("remove", key) = posted.wish() {
        drop_upload(&state, form.photos.iter().find(|photo| photo.key == key)).await;
        form.photos.retain(|photo| photo.key != key);
        posted.get("act").clone_into(&mut form.act);
        Errors::default()
    } else if !posted.wrong.is_empty() {
        Errors::whole(zh::errors::field(&posted.wrong[0]))
    } else if needs_words(&form.act) && form.text.is_empty() {
        Errors::of(vec![field("text", "required")])
    } else {
        let Some(event) = event_of(&form, attachments) else {
            return Err(ApiError::NotFound.into());
        };
        match perform(&state, &visit, &no, posted.get("version"), &event).await {
            Ok(()) => return Ok(see_other(&format!("/mine/{no}?done={}", form.act), None)),
            Err(error) if belongs_to_form(&error) => form_errors(error),
            Err(error) => return Err(error.into()),
        }
    };
    let data = letter::own(&state, &visit.viewer, &no).await?;
    let now = state.now();
    let page = if errors.is_empty() {
        Page::new(&data.title)
    } else {
        Page::new(format!("{}{}", zh::common::ERROR_PREFIX, data.title)).status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let page = page.private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <MyCaseView data=data now=now errors=errors form=form /> }.into_any()
    }))
}

async fn perform(state: &AppState, visit: &Visit, no: &str, version: &str, event: &CaseEvent) -> ApiResult<()> {
    let (letter, actor) = access::own_letter(state, &visit.viewer, no).await?;
    let version = version.parse().map_err(|_| ApiError::VersionRequired)?;
    actions::event::act(state, &letter.id, actor, Some(version), event)
        .await
        .map(|_| ())
}

fn needs_words(act: &str) -> bool {
    matches!(act, "info" | "supplement" | "appeal" | "follow_up")
}

/// The event behind a button of the page.
fn event_of(form: &ActForm, attachments: Vec<String>) -> Option<CaseEvent> {
    let text = form.text.clone();
    Some(match form.act.as_str() {
        "info" => CaseEvent::InfoGiven { text, attachments },
        "supplement" => CaseEvent::Supplement {
            text,
            attachments,
            media: Vec::new(),
        },
        "appeal" => CaseEvent::Appeal { text },
        "follow_up" => CaseEvent::FollowUp { text },
        "urge" => CaseEvent::Urge {},
        "unmerge" => CaseEvent::Unmerge {},
        "withdraw" => CaseEvent::Withdraw {
            text: Some(text).filter(|text| !text.is_empty()),
        },
        "consent_on" => CaseEvent::ConsentChanged { consent: true },
        // Not wanting the copy is not wanting to be published.
        "consent_off" | "copy_refuse" => CaseEvent::ConsentChanged { consent: false },
        "copy_ok" => CaseEvent::CopyApproved {},
        _ => return None,
    })
}
