//! Writing a letter without scripts: each step posts everything and gets the next step, the same one with its
//! errors, or, at the end, the receipt.

use super::frame::Page;
use super::mine::login_in_front;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use super::write_elsewhere;
use super::write_guidance;
use crate::actions;
use crate::auth::{cookie, otp, secret, session};
use crate::http::client_ip::ClientIp;
use crate::load::{bookings, directory, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::{FieldError, NewLetter, OtpVerify, Receipt, WriteOptions};
use liaison_domain::form::{check_letter, check_letter_field};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh;
use liaison_web::views::form::{Challenge, LetterForm, PhoneForm, PhotoItem, WriteStep};
use liaison_web::views::{Asked, ReceiptGoneView, ReceiptView, question};
use serde::Deserialize;
use std::sync::Arc;

/// Seconds for which the receipt can be opened again.
const RECEIPT_KEPT: u32 = 1800;
/// The cookie that carries it.
const RECEIPT: &str = "receipt";

/// Which question, and to whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WriteQuery {
    step: String,
    deputy: String,
    station: String,
    /// One's own booking that becomes a letter.
    booking: String,
    /// Number of the published matter to join.
    join: String,
    /// A form that waited for a login elsewhere.
    kept: String,
}

/// The first question, or the receipt.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<WriteQuery>) -> PageResult {
    if query.step == WriteStep::Done.code() {
        return Ok(receipt(&state, &visit));
    }
    if !query.kept.is_empty() {
        return write_elsewhere::back(&state, &visit, &query.kept).await;
    }
    let mut form = LetterForm {
        deputy: query.deputy,
        station: query.station,
        ..LetterForm::default()
    };
    if !query.join.is_empty() {
        write_guidance::join(&state, &mut form, &query.join).await?;
    }
    let mut instead_of = String::new();
    if !query.booking.is_empty() {
        let booking = match bookings::own(&state, &visit.viewer, &query.booking).await {
            Ok(booking) => booking,
            Err(ApiError::Unauthenticated) => return Ok(login_in_front(&state, &visit)),
            Err(error) => return Err(error.into()),
        };
        instead_of.clone_from(&booking.id);
        let before = bookings::view(&state, booking).await?;
        form.body = before.topic;
        form.station = before.station_slug;
        form.deputy = before.deputy_slug.unwrap_or_default();
        form.name = before.name;
    }
    // Other steps have nothing to stand on without the answers before them; the app goes there by itself.
    let draft = Draft {
        form,
        phone: PhoneForm::default(),
        once: secret::token(),
        changing: false,
        // The app would begin with its own draft and not with what was brought along.
        from_post: !instead_of.is_empty(),
        instead_of,
    };
    draw(&state, &visit, draft, WriteStep::What, Errors::default()).await
}

/// What travels from step to step.
pub(super) struct Draft {
    pub form: LetterForm,
    phone: PhoneForm,
    /// Names this letter, so that sending it twice makes one.
    pub once: String,
    /// The booking that this letter settles once it is sent; empty: none. It stays open as long as the letter is written.
    instead_of: String,
    /// One answer is being changed from 「检查」: afterwards straight back there.
    changing: bool,
    /// Answers a posted form: the app goes on with it or leaves it alone.
    from_post: bool,
}

impl Draft {
    /// Whether the app can go on with it as it stands: it knows neither a booking that a letter settles nor an answer that
    /// is being changed here, and would ask for another code.
    fn suits_app(&self) -> bool {
        self.instead_of.is_empty() && !self.changing && self.phone.challenge.is_none()
    }

    /// As a form posted it.
    pub(super) fn posted(posted: &Posted) -> Self {
        let mut form = LetterForm::default();
        form.take(&posted.pairs);
        form.take_photos(&posted.pairs);
        form.photos.extend(posted.photos());
        form.voice = posted.voice().or(form.voice);
        form.video = posted.video().or(form.video);
        let phone = PhoneForm {
            phone: form.phone.clone(),
            code: form.code.clone(),
            challenge: posted.challenge(&form.phone),
        };
        Self {
            form,
            phone,
            once: posted.once(),
            instead_of: posted.get("instead_of").to_owned(),
            changing: posted.get("changing") == "yes",
            from_post: true,
        }
    }
}

/// One step is done.
pub async fn step(State(state): State<AppState>, visit: Visit, ClientIp(ip): ClientIp, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let mut draft = Draft::posted(&posted);
    let at = WriteStep::from_code(posted.get("step"));
    let wrong = Errors::of(posted.wrong.clone());
    match posted.wish() {
        ("back", _) => {
            draw(
                &state,
                &visit,
                draft,
                at.back().unwrap_or(WriteStep::What),
                Errors::default(),
            )
            .await
        }
        ("goto", step) => {
            draft.changing = true;
            draw(&state, &visit, draft, WriteStep::from_code(step), Errors::default()).await
        }
        ("upload" | "video", _) => draw(&state, &visit, draft, WriteStep::Photos, wrong).await,
        ("voice", _) => draw(&state, &visit, draft, WriteStep::What, wrong).await,
        ("voice-remove", _) => {
            let gone = draft.form.voice.take();
            drop_upload(&state, gone.as_ref()).await;
            draw(&state, &visit, draft, WriteStep::What, wrong).await
        }
        ("video-remove", _) => {
            let gone = draft.form.video.take();
            drop_upload(&state, gone.as_ref()).await;
            draw(&state, &visit, draft, WriteStep::Photos, wrong).await
        }
        ("remove", key) => {
            drop_upload(&state, draft.form.photos.iter().find(|photo| photo.key == key)).await;
            draft.form.photos.retain(|photo| photo.key != key);
            draw(&state, &visit, draft, WriteStep::Photos, wrong).await
        }
        ("code", _) => ask_code(&state, &visit, draft).await,
        ("other", _) => {
            draft.phone.challenge = None;
            draw(&state, &visit, draft, WriteStep::Phone, Errors::default()).await
        }
        ("verify", _) => verify(&state, &visit, draft).await,
        ("wechat", _) => write_elsewhere::go(&state, &visit, ip, &posted, &draft).await,
        ("quick", _) => quick(&state, &visit, draft, at).await,
        ("cover", which) => {
            write_guidance::cover(&mut draft.form, which);
            draw(&state, &visit, draft, at, Errors::default()).await
        }
        ("join", no) => {
            let joined = write_guidance::join(&state, &mut draft.form, no).await?;
            let (step, wrong) = if joined {
                (WriteStep::Check, Errors::default())
            } else {
                let gone = FieldError {
                    field: "join".to_owned(),
                    code: "unknown".to_owned(),
                    limit: None,
                };
                (at, Errors::of(vec![gone]))
            };
            draw(&state, &visit, draft, step, wrong).await
        }
        ("unjoin", _) => {
            write_guidance::unjoin(&mut draft.form);
            draw(&state, &visit, draft, WriteStep::What, Errors::default()).await
        }
        ("submit", _) => match visit.resident() {
            Some(account) => submit(&state, &visit, draft, account, None).await,
            None => draw(&state, &visit, draft, WriteStep::Phone, Errors::default()).await,
        },
        _ if !wrong.is_empty() => draw(&state, &visit, draft, at, wrong).await,
        _ => next(&state, &visit, draft, at).await,
    }
}

/// Removes an upload that is not wanted any more. Gone already is fine; the token decides whether it is theirs.
pub(super) async fn drop_upload(state: &AppState, gone: Option<&PhotoItem>) {
    if let Some(gone) = gone
        && actions::picture::remove(state, &gone.id, &gone.token).await.is_err()
    {
        tracing::debug!("an upload was not removed");
    }
}

/// The fields that a step asks for, by their names in the API.
const fn fields_of(step: WriteStep) -> &'static [&'static str] {
    match step {
        WriteStep::What => &[
            "body",
            "media",
            "helper_name",
            "helper_relation",
            "helper_phone",
            "join",
        ],
        WriteStep::Where => &["area", "place", "spot"],
        WriteStep::Who => &["deputy", "station"],
        WriteStep::Photos => &["attachments"],
        WriteStep::More => &["category", "title", "name"],
        WriteStep::Check | WriteStep::Phone | WriteStep::Done => &[],
    }
}

/// The step that asks for a field.
fn step_of(field: &str) -> WriteStep {
    let name = field.split('.').next().unwrap_or_default();
    let asks = |step: &&WriteStep| fields_of(**step).contains(&name);
    WriteStep::ALL.iter().find(asks).copied().unwrap_or(WriteStep::More)
}

/// Straight to the check: what was not asked yet stays as it is proposed.
async fn quick(state: &AppState, visit: &Visit, mut draft: Draft, at: WriteStep) -> PageResult {
    let options = directory::write_options(state).await?;
    draft.form.guess(&options.categories);
    draft.form.settle_recipient(&options);
    let wrong = check_letter(&draft.form.letter(), &directory::letter_limits(state));
    if !wrong.is_empty() {
        return refuse(state, visit, draft, at, wrong).await;
    }
    draw(state, visit, draft, WriteStep::Check, Errors::default()).await
}

/// Onwards, if the step's answers hold.
async fn next(state: &AppState, visit: &Visit, mut draft: Draft, at: WriteStep) -> PageResult {
    let limits = directory::letter_limits(state);
    let letter = draft.form.letter();
    let wrong: Vec<FieldError> = match at {
        WriteStep::Check => check_letter(&letter, &limits),
        _ => fields_of(at)
            .iter()
            .filter_map(|field| check_letter_field(field, &letter, &limits))
            .collect(),
    };
    if !wrong.is_empty() {
        return refuse(state, visit, draft, at, wrong).await;
    }
    if at == WriteStep::What {
        let options = directory::write_options(state).await?;
        draft.form.guess(&options.categories);
    }
    let next = if (draft.changing || draft.form.extra.joins()) && at < WriteStep::Check {
        WriteStep::Check
    } else {
        at.next()
    };
    draw(state, visit, draft, next, Errors::default()).await
}

/// Back to the first step whose answers do not hold, with what is wrong there.
async fn refuse(state: &AppState, visit: &Visit, draft: Draft, at: WriteStep, wrong: Vec<FieldError>) -> PageResult {
    let step = wrong.first().map_or(at, |first| step_of(&first.field));
    let here = wrong
        .into_iter()
        .filter(|error| step_of(&error.field) == step)
        .collect();
    draw(state, visit, draft, step, Errors::of(here)).await
}

async fn ask_code(state: &AppState, visit: &Visit, mut draft: Draft) -> PageResult {
    match otp::request(state, &draft.form.phone).await {
        Ok(sent) => {
            draft.phone.code.clear();
            draft.phone.challenge = Some(Challenge {
                id: sent.challenge_id,
                phone_masked: sent.phone_masked,
                demo_code: sent.demo_code,
            });
            draw(state, visit, draft, WriteStep::Phone, Errors::default()).await
        }
        Err(error) if belongs_to_form(&error) => draw(state, visit, draft, WriteStep::Phone, form_errors(error)).await,
        Err(error) => Err(error.into()),
    }
}

/// The code is typed: log in, and hand the letter in.
async fn verify(state: &AppState, visit: &Visit, draft: Draft) -> PageResult {
    let Some(challenge) = draft.phone.challenge.clone() else {
        return draw(state, visit, draft, WriteStep::Phone, Errors::default()).await;
    };
    // What is wrong with the letter is told before the code is used up.
    let wrong = check_letter(&draft.form.letter(), &directory::letter_limits(state));
    if !wrong.is_empty() {
        return refuse(state, visit, draft, WriteStep::What, wrong).await;
    }
    let given = OtpVerify {
        challenge_id: challenge.id,
        code: draft.phone.code.clone(),
    };
    match otp::verify(state, &given).await {
        Ok(account) => {
            let cookie = session::log_in(state, &visit.headers, &visit.viewer, &account).await?;
            submit(state, visit, draft, &account, Some(cookie)).await
        }
        Err(error) if belongs_to_form(&error) || matches!(error, ApiError::BadCredentials { .. }) => {
            draw(state, visit, draft, WriteStep::Phone, form_errors(error)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Hands the letter in and leads to the receipt.
async fn submit(
    state: &AppState,
    visit: &Visit,
    draft: Draft,
    account: &Account,
    login: Option<HeaderValue>,
) -> PageResult {
    match hand_in(state, &draft, account).await {
        Ok(receipt) => {
            write_elsewhere::sent(state, visit, &draft).await;
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/write?step=done")]).into_response();
            let headers = response.headers_mut();
            for cookie in login
                .into_iter()
                .chain(receipt_cookie(&receipt, visit.is_insecure(state)))
            {
                headers.append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error) => {
            let refused = matches!(error, ApiError::Restricted { .. });
            let mut response = match error {
                ApiError::Validation(wrong) => refuse(state, visit, draft, WriteStep::Check, wrong).await?,
                error if belongs_to_form(&error) => {
                    draw(state, visit, draft, WriteStep::Check, form_errors(error)).await?
                }
                error => return Err(error.into()),
            };
            if refused {
                *response.status_mut() = StatusCode::FORBIDDEN;
            }
            // The code is used up: who they are must outlive the correction.
            if let Some(cookie) = login {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
    }
}

async fn hand_in(state: &AppState, draft: &Draft, account: &Account) -> ApiResult<Receipt> {
    let letter = NewLetter {
        instead_of: Some(draft.instead_of.clone()).filter(|id| !id.is_empty()),
        ..draft.form.letter()
    };
    let key = IdempotencyKey {
        scope: format!("{}|{}", actions::letter::ROUTE, account.id),
        key: draft.once.clone(),
        body_hash: actions::letter::hash(&letter)?,
    };
    let (receipt, _) = actions::letter::submit(state, account, &letter, Some(&key)).await?;
    Ok(receipt)
}

/// The receipt waits in this browser's own cookie: the query code never stands in an address.
pub(super) fn receipt_cookie(receipt: &Receipt, insecure: bool) -> Option<HeaderValue> {
    let json = serde_json::to_vec(receipt).ok()?;
    let mut value = String::with_capacity(json.len() * 2);
    for byte in json {
        value.push(char::from_digit(u32::from(byte >> 4), 16)?);
        value.push(char::from_digit(u32::from(byte & 15), 16)?);
    }
    let secure = if insecure { "" } else { "; Secure" };
    let cookie = format!("{RECEIPT}={value}; Path=/write; HttpOnly; SameSite=Lax; Max-Age={RECEIPT_KEPT}{secure}");
    HeaderValue::from_str(&cookie).ok()
}

fn kept_receipt(visit: &Visit) -> Option<Receipt> {
    let value = cookie::read(&visit.headers, RECEIPT)?;
    let digits = value.as_bytes().chunks_exact(2);
    let bytes: Option<Vec<u8>> = digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    serde_json::from_slice(&bytes?).ok()
}

fn receipt(state: &AppState, visit: &Visit) -> Response {
    let now = state.now();
    match kept_receipt(visit) {
        // The app knows nothing of this receipt and would replace it.
        Some(receipt) => Page::new(zh::write::DONE)
            .private()
            .without_app()
            .show(state, visit, move || {
                view! { <ReceiptView receipt=receipt now=now /> }.into_any()
            }),
        None => Page::new(zh::write::DONE_GONE)
            .private()
            .show(state, visit, || view! { <ReceiptGoneView /> }.into_any()),
    }
}

pub(super) async fn draw(
    state: &AppState,
    visit: &Visit,
    mut draft: Draft,
    step: WriteStep,
    errors: Errors,
) -> PageResult {
    if step == WriteStep::Done {
        return Ok(Redirect::to("/write?step=done").into_response());
    }
    let options = directory::write_options(state).await?;
    let logged_in = visit.resident().is_some();
    let step = if step == WriteStep::Phone && logged_in {
        WriteStep::Check
    } else {
        step
    };
    follow_deputy(&mut draft.form, &options);
    let title = if errors.is_empty() {
        zh::write::TITLE.to_owned()
    } else {
        format!("{}{}", zh::common::ERROR_PREFIX, zh::write::TITLE)
    };
    let mut page = Page::new(title).description(zh::home::LEAD).field("once", &draft.once);
    if !draft.instead_of.is_empty() {
        page = page.field("instead_of", &draft.instead_of);
    }
    draft.changing &= step < WriteStep::Check;
    if draft.changing {
        page = page.field("changing", "yes");
    }
    if draft.from_post {
        page = page.private();
        if !errors.is_empty() {
            page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    if !draft.from_post || (errors.is_empty() && draft.suits_app()) {
        page = page.preload("/write-options", &options);
        if draft.from_post {
            page = page.goes_on_at(&step.address());
        }
    } else {
        page = page.without_app();
    }
    let restricted = match visit.resident() {
        Some(account) => {
            let me = people::me(state, account).await?;
            // The app need not ask who it is: whoever has just logged in by another page is not asked for their number.
            page = page.preload("/me", &me);
            me.restricted.filter(|_| step == WriteStep::What)
        }
        None => None,
    };
    let told = draft.from_post || draft.form.extra.joins();
    let cards = if told {
        write_guidance::cards(state, &draft.form, step).await?
    } else {
        Vec::new()
    };
    let doors = state.rules().library.doors.clone();
    let config = directory::app_config(state);
    let (limits, call) = (config.limits, config.phone);
    let Draft {
        form, phone, from_post, ..
    } = draft;
    Ok(page.show(state, visit, move || {
        let beside = told.then(|| write_guidance::beside(&form, &cards, &doors, step));
        question(Asked {
            errors,
            call,
            phone,
            logged_in,
            plain: from_post,
            // Room for what the app says there, so that nothing moves when it takes over.
            used: Some(Arc::new(|| 0)),
            saved: Some(Arc::new(|| "")),
            restricted,
            beside,
            ..Asked::new(step, form, options, limits)
        })
    }))
}

/// A letter to a deputy goes through a station of theirs.
fn follow_deputy(form: &mut LetterForm, options: &WriteOptions) {
    if let Some(deputy) = options.deputies.iter().find(|deputy| deputy.slug == form.deputy) {
        form.station.clone_from(&deputy.station_slug);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_form_belongs_to_a_step() {
        for field in liaison_domain::form::LETTER_FIELDS {
            let step = step_of(field.name);
            assert!(fields_of(step).contains(&field.name), "{}", field.name);
        }
    }
}
