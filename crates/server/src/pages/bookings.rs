//! Booking a reception and one's own bookings: pages that need no app.

use super::files;
use super::frame::Page;
use super::mine::login_in_front;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, field, form_errors};
use super::visit::Visit;
use crate::actions::bookings::{self as actions, Act};
use crate::auth::{otp, secret, session};
use crate::load::{bookings, notices};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{NewAppointment, OtpVerify};
use liaison_domain::notify::Subject;
use liaison_domain::reception::{BookingState, Refused};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_store::receptions::Appointment;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::bookings as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::{BookForm, BookView, Booker, BookingView, BookingsView};
use serde::Deserialize;

/// Which time was chosen already, or instead of what.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BookQuery {
    /// When the time that was tapped begins.
    at: Option<Millis>,
    /// Slug of the deputy who is met then.
    deputy: String,
    /// One's own booking of a reception that was cancelled.
    instead: String,
}

/// What a booking page holds between two answers.
struct Draft {
    form: BookForm,
    phone: PhoneForm,
    /// Names this booking, so that sending it twice makes one.
    once: String,
    /// Who books, once that is known.
    known: bool,
    by_phone_only: bool,
}

/// The form.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<BookQuery>,
) -> PageResult {
    let mut form = BookForm {
        people: "1".to_owned(),
        ..BookForm::default()
    };
    if !query.instead.is_empty() && visit.resident().is_some() {
        let before = bookings::own(&state, &visit.viewer, &query.instead).await?;
        before.mode.code().clone_into(&mut form.mode);
        form.topic.clone_from(&before.topic);
        form.take_needs(&before.access_needs);
        form.people = before.people.to_string();
        form.called.clone_from(&before.name);
        form.instead = before.id;
    }
    let mut errors = Errors::default();
    if let Some(at) = query.at {
        let directory = state.directory().await.map_err(ApiError::from)?;
        let deputy = directory
            .deputy_by_slug(&query.deputy)
            .map(|found| found.card.id.clone());
        let data = bookings::options(&state, &id).await?;
        // Where all are taken, the line says so.
        if !form.choose(&data, at, deputy.as_ref()) && data.slots.iter().any(|slot| slot.free) {
            errors = Errors::of(vec![field("slot", "taken")]);
        }
    }
    let draft = Draft {
        form,
        phone: PhoneForm::default(),
        once: secret::token(),
        known: visit.resident().is_some(),
        by_phone_only: false,
    };
    Ok(draw(&state, &visit, &id, draft, errors, StatusCode::OK).await?)
}

async fn draw(
    state: &AppState,
    visit: &Visit,
    id: &str,
    mut draft: Draft,
    errors: Errors,
    status: StatusCode,
) -> ApiResult<Response> {
    let data = bookings::options(state, id).await?;
    let offered = data.modes.iter().any(|mode| mode.code() == draft.form.mode);
    if let Some(first) = data.modes.first().filter(|_| !offered) {
        first.code().clone_into(&mut draft.form.mode);
    }
    let title = if errors.is_empty() {
        words::BOOK.to_owned()
    } else {
        [ERROR_PREFIX, words::BOOK].concat()
    };
    let page = Page::new(title)
        .private()
        .without_app()
        .status(status)
        .field("once", &draft.once);
    let now = state.now();
    let booker = if draft.known {
        Booker::Known
    } else {
        Booker::ByPhone(draft.phone)
    };
    let (form, by_phone_only) = (draft.form, draft.by_phone_only);
    Ok(page.show(state, visit, move || {
        view! { <BookView data=data form=form booker=booker errors=errors by_phone_only=by_phone_only now=now /> }
            .into_any()
    }))
}

/// Something of the form is sent: for a code, with the code, or as a whole.
pub async fn book(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let mut draft = Draft {
        form: BookForm::read(&posted.pairs),
        phone: posted.phone(),
        once: posted.once(),
        known: visit.resident().is_some(),
        by_phone_only: false,
    };
    if posted.wish().0 == "other" {
        draft.phone.challenge = None;
        return Ok(draw(&state, &visit, &id, draft, Errors::default(), StatusCode::OK).await?);
    }
    // What is wrong is told before a code is sent or used up.
    let wanted = match wanted(&state, &id, &draft.form).await? {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(draw(&state, &visit, &id, draft, errors, StatusCode::UNPROCESSABLE_ENTITY).await?),
    };
    if let Some(account) = visit.resident() {
        return submit(&state, &visit, &id, draft, &wanted, account, None).await;
    }
    match posted.wish().0 {
        "verify" => verify(&state, &visit, &id, draft, &wanted).await,
        _ => match otp::request(&state, &draft.phone.phone).await {
            Ok(sent) => {
                draft.phone.code.clear();
                draft.phone.challenge = Some(Challenge {
                    id: sent.challenge_id,
                    phone_masked: sent.phone_masked,
                    demo_code: sent.demo_code,
                });
                Ok(draw(&state, &visit, &id, draft, Errors::default(), StatusCode::OK).await?)
            }
            Err(error) => refuse(&state, &visit, &id, draft, error).await,
        },
    }
}

/// The booking the form asks for, or what is wrong with it.
async fn wanted(state: &AppState, id: &str, form: &BookForm) -> ApiResult<Result<NewAppointment, Errors>> {
    let session = bookings::session(state, id).await?;
    let Some(wanted) = form.booking() else {
        return Ok(Err(Errors::of(vec![field("slot", "required")])));
    };
    let wrong = wanted.check(&session.modes);
    Ok(if wrong.is_empty() {
        Ok(wanted)
    } else {
        Err(Errors::of(wrong))
    })
}

async fn refuse(state: &AppState, visit: &Visit, id: &str, mut draft: Draft, error: ApiError) -> PageResult {
    if !belongs_to_form(&error) && !matches!(error, ApiError::BadCredentials { .. }) {
        return Err(error.into());
    }
    let (errors, status) = match error {
        ApiError::Clash { code, detail } => {
            draft.by_phone_only = code == Refused::MissedTooOften.code();
            // The time is gone: what was chosen is not to be sent again.
            if matches!(Refused::from_code(code), Some(Refused::Taken | Refused::NoSuchSlot)) {
                draft.form.slot.clear();
            }
            // Another try is another booking, not the refused one again.
            draft.once = secret::token();
            (Errors::whole(detail), StatusCode::CONFLICT)
        }
        error @ ApiError::Restricted { .. } => (form_errors(error), StatusCode::FORBIDDEN),
        error => (form_errors(error), StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(draw(state, visit, id, draft, errors, status).await?)
}

/// The code is typed: log in, and book.
async fn verify(state: &AppState, visit: &Visit, id: &str, mut draft: Draft, wanted: &NewAppointment) -> PageResult {
    let Some(challenge) = draft.phone.challenge.clone() else {
        return Ok(draw(state, visit, id, draft, Errors::default(), StatusCode::OK).await?);
    };
    let given = OtpVerify {
        challenge_id: challenge.id,
        code: draft.phone.code.clone(),
    };
    match otp::verify(state, &given).await {
        Ok(account) => {
            let cookie = session::log_in(state, &visit.headers, &visit.viewer, &account).await?;
            draft.known = true;
            submit(state, visit, id, draft, wanted, &account, Some(cookie)).await
        }
        Err(error) => refuse(state, visit, id, draft, error).await,
    }
}

/// Books and leads to the booking.
async fn submit(
    state: &AppState,
    visit: &Visit,
    id: &str,
    draft: Draft,
    wanted: &NewAppointment,
    account: &Account,
    login: Option<HeaderValue>,
) -> PageResult {
    let mut response = match keep(state, id, &draft.once, wanted, account).await {
        Ok(booked) => {
            let done = if booked.state == BookingState::Waiting {
                "waiting"
            } else {
                "booked"
            };
            see_other(&format!("/mine/bookings/{}?done={done}", booked.id))
        }
        Err(error) => refuse(state, visit, id, draft, error).await?,
    };
    // The code is used up: who they are must outlive a refusal.
    if let Some(cookie) = login {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn keep(
    state: &AppState,
    id: &str,
    once: &str,
    wanted: &NewAppointment,
    account: &Account,
) -> ApiResult<Appointment> {
    let body = serde_json::to_vec(wanted).map_err(|e| ApiError::internal("a booking as JSON", e))?;
    let key = IdempotencyKey {
        scope: format!("POST /receptions/{id}/book|{}", account.id),
        key: once.to_owned(),
        body_hash: secret::hash_bytes(&body),
    };
    Box::pin(actions::book(state, account, id, wanted, Some(&key))).await
}

fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// One's own bookings, or the login in front of them.
pub async fn list(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Some(account) = visit.resident() else {
        return Ok(login_in_front(&state, &visit));
    };
    let all = bookings::list(&state, account).await?;
    let now = state.now();
    let page = Page::new(words::MINE).private().without_app();
    Ok(page.show(&state, &visit, move || {
        view! { <BookingsView bookings=all now=now /> }.into_any()
    }))
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
}

/// One's own booking, or the login in front of it; as a calendar file: `/mine/bookings/{id}.ics`.
pub async fn one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
) -> PageResult {
    if let Some(id) = id.strip_suffix(".ics") {
        return Ok(files::booking_calendar(&state, &visit, id).await?);
    }
    let known = match bookings::own(&state, &visit.viewer, &id).await {
        Ok(known) => known,
        Err(ApiError::Unauthenticated) => return Ok(login_in_front(&state, &visit)),
        Err(error) => return Err(error.into()),
    };
    notices::seen(&state, &visit.viewer, &Subject::Booking(known.id.clone()).key()).await;
    let visit = visit.counted_anew(&state).await?;
    Ok(draw_one(&state, &visit, known, Errors::default(), query.done).await?)
}

async fn draw_one(
    state: &AppState,
    visit: &Visit,
    known: Appointment,
    errors: Errors,
    done: String,
) -> ApiResult<Response> {
    let data = bookings::detail(state, known).await?;
    let now = state.now();
    let (title, status) = if errors.is_empty() {
        (words::MINE.to_owned(), StatusCode::OK)
    } else {
        ([ERROR_PREFIX, words::MINE].concat(), StatusCode::CONFLICT)
    };
    let page = Page::new(title).private().without_app().status(status);
    Ok(page.show(state, visit, move || {
        view! { <BookingView data=data errors=errors done=done now=now /> }.into_any()
    }))
}

/// Something is done with one's own booking.
pub async fn act(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let known = bookings::own(&state, &visit.viewer, &id).await?;
    let (act, done) = match posted.wish().0 {
        "cancel" => (Act::Cancel, "cancelled"),
        "accept" => (Act::Accept, "accepted"),
        "decline" => (Act::Decline, "declined"),
        "keep" => (Act::Keep, "kept"),
        "settle" => (Act::Settle, "settled"),
        _ => return Err(ApiError::NotFound.into()),
    };
    let version = posted.get("version").parse().map_err(|_| ApiError::VersionRequired)?;
    match Box::pin(actions::act(&state, &visit.viewer, &id, version, act)).await {
        Ok(_) => Ok(see_other(&format!("/mine/bookings/{}?done={done}", known.id))),
        Err(error) => {
            let words = match error {
                ApiError::Clash { detail, .. } => detail,
                ApiError::Conflict(_) => words::CHANGED,
                error => return Err(error.into()),
            };
            let now_there = bookings::own(&state, &visit.viewer, &id).await?;
            Ok(draw_one(&state, &visit, now_there, Errors::whole(words), String::new()).await?)
        }
    }
}
