//! What a reader of an event's page does: ask, support, vote, register. Whoever is not logged in verifies a phone in
//! between, with everything typed kept.

use super::is_script;
use super::public::{EventQuery, draw, open};
use crate::actions;
use crate::auth::{otp, phone::Phone, session};
use crate::pages::frame;
use crate::pages::posted::Posted;
use crate::pages::problem::{PageResult, belongs_to_form, field, form_errors};
use crate::pages::render;
use crate::pages::visit::Visit;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{FieldError, OtpVerify};
use liaison_domain::events::check_question;
use liaison_domain::lifecycle::RefusalKind;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::meetings as words;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::{AskForm, EventGate, own_parts};

/// What somebody wants to do.
enum Wish<'a> {
    Ask,
    Upvote(&'a str, bool),
    Vote(&'a str, u32),
    Register,
    Withdraw,
}

impl<'a> Wish<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (name, about) = text.split_once(':').unwrap_or((text, ""));
        Some(match name {
            "ask" => Self::Ask,
            "up" => Self::Upvote(about, true),
            "down" => Self::Upvote(about, false),
            "vote" => {
                let (poll, option) = about.split_once(':')?;
                Self::Vote(poll, option.parse().ok()?)
            }
            "register" => Self::Register,
            "withdraw" => Self::Withdraw,
            _ => return None,
        })
    }

    /// The code under which the page says that it is done.
    fn code(&self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Upvote(_, true) => "up",
            Self::Upvote(_, false) => "down",
            Self::Vote(..) => "vote",
            Self::Register => "register",
            Self::Withdraw => "withdraw",
        }
    }

    async fn grant(&self, state: &AppState, account: &Account, event: &str, ask: &AskForm) -> ApiResult<()> {
        let (store, now) = (&state.store, state.now());
        match *self {
            Self::Ask => actions::events::ask(state, account, event, &ask.question())
                .await
                .map(drop),
            Self::Upvote(question, on) => Ok(store.upvote(question, &account.id, on, now).await.map(drop)?),
            Self::Vote(poll, option) => Ok(store.vote(poll, &account.id, option, now).await?),
            Self::Register => actions::events::register(state, account, event).await.map(drop),
            Self::Withdraw => Ok(store.withdraw_registration(event, &account.id, now).await.map(drop)?),
        }
    }

    /// Why not, in words; none for what is not about the wish.
    fn refused(&self, error: &ApiError) -> Option<String> {
        let ApiError::Refused(refusal, _) = error else {
            return None;
        };
        let words = match (refusal.kind, self) {
            (RefusalKind::LimitReached, Self::Ask) => words::NO_MORE,
            (RefusalKind::LimitReached, _) => words::FULL,
            (RefusalKind::NotAllowed, _) => words::OWN_QUESTION,
            _ => words::CHANGED,
        };
        Some(words.to_owned())
    }
}

/// What is wrong with a question as typed.
fn wrong_in(ask: &AskForm) -> Vec<FieldError> {
    let mut wrong = check_question(&ask.question());
    if ask.shown == "own" && ask.name.trim().is_empty() {
        wrong.push(field("name", "required"));
    }
    wrong
}

/// A form of the page.
pub async fn act(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<EventQuery>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let is_step = matches!(posted.wish().0, "code" | "verify" | "other");
    let wanted = posted.get(if is_step { "wish" } else { "do" }).to_owned();
    let wish = Wish::read(&wanted).ok_or(ApiError::NotFound)?;
    let ask = AskForm::read(&posted.pairs);
    let answer = Answer {
        state: &state,
        visit: &visit,
        id: &id,
        query: &query,
        ask: &ask,
    };
    if matches!(wish, Wish::Ask) {
        let wrong = wrong_in(&ask);
        if !wrong.is_empty() {
            return Ok(answer.wrong(Errors::of(wrong), None).await?);
        }
    }
    let (account, login) = match visit.resident() {
        Some(account) => (account.clone(), None),
        None => match verify(&state, &visit, &posted).await? {
            Verified::Yes(account, login) => (account, Some(login)),
            Verified::NotYet(phone, errors) => {
                let gate = EventGate {
                    wish: wanted.clone(),
                    phone,
                    errors,
                };
                return Ok(answer.gate(gate).await?);
            }
        },
    };
    match wish.grant(&state, &account, &id, &ask).await {
        Ok(()) => Ok(answer.done(wish.code(), login)),
        Err(ApiError::Validation(wrong)) => Ok(answer.wrong(Errors::of(wrong), login).await?),
        Err(ApiError::Restricted { detail, .. }) => Ok(answer.restricted(detail, login).await?),
        Err(error) => match wish.refused(&error) {
            Some(words) => Ok(answer.refused(words, login).await?),
            None if belongs_to_form(&error) => {
                let words = form_errors(error).whole.unwrap_or_else(|| words::CHANGED.to_owned());
                Ok(answer.refused(words, login).await?)
            }
            None => Err(error.into()),
        },
    }
}

/// How far the verification of the phone is.
enum Verified {
    Yes(Account, HeaderValue),
    NotYet(PhoneForm, Errors),
}

/// One step of it: a code is sent, or checked.
async fn verify(state: &AppState, visit: &Visit, posted: &Posted) -> ApiResult<Verified> {
    let typed = posted.get("phone").trim().to_owned();
    let mut form = PhoneForm {
        phone: typed.clone(),
        code: posted.get("code").trim().to_owned(),
        challenge: None,
    };
    let outcome = match posted.wish().0 {
        "code" => match otp::request(state, &typed).await {
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
        "verify" => {
            let challenge_id = posted.get("challenge").to_owned();
            form.challenge = Some(Challenge {
                id: challenge_id.clone(),
                phone_masked: Phone::parse(&typed).map(|phone| phone.masked()).unwrap_or_default(),
                demo_code: None,
            });
            let given = OtpVerify {
                challenge_id,
                code: form.code.clone(),
            };
            match otp::verify(state, &given).await {
                Ok(account) => {
                    let login = session::log_in(state, &visit.headers, &visit.viewer, &account).await?;
                    return Ok(Verified::Yes(account, login));
                }
                Err(error) => Err(error),
            }
        }
        _ => Ok(()),
    };
    match outcome {
        Ok(()) => Ok(Verified::NotYet(form, Errors::default())),
        Err(error) if belongs_to_form(&error) || matches!(error, ApiError::BadCredentials { .. }) => {
            Ok(Verified::NotYet(form, form_errors(error)))
        }
        Err(error) => Err(error),
    }
}

/// How a form is answered: a browser with a page, the script with parts.
struct Answer<'a> {
    state: &'a AppState,
    visit: &'a Visit,
    id: &'a str,
    query: &'a EventQuery,
    ask: &'a AskForm,
}

impl Answer<'_> {
    async fn page(
        &self,
        login: Option<HeaderValue>,
        change: impl FnOnce(&mut liaison_web::views::EventPage),
    ) -> ApiResult<Response> {
        let is_script = is_script(self.visit);
        let mut page = open(self.state, self.visit, self.id, self.query, !is_script).await?;
        page.ask = self.ask.clone();
        change(&mut page);
        let mut response = if is_script {
            // The form to ask with comes along where it is what was refused.
            let is_asking = page.gate.as_ref().is_some_and(|gate| gate.wish == "ask");
            let asks = is_asking || !page.errors.is_empty();
            let html = render::html(move || own_parts(&page, true, asks));
            frame::parts(StatusCode::UNPROCESSABLE_ENTITY, Some(self.visit), &html)
        } else {
            let mut response = draw(self.state, self.visit, page);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            response
        };
        if let Some(login) = login {
            response.headers_mut().append(header::SET_COOKIE, login);
        }
        Ok(response)
    }

    async fn wrong(&self, errors: Errors, login: Option<HeaderValue>) -> ApiResult<Response> {
        self.page(login, |page| page.errors = errors).await
    }

    async fn gate(&self, gate: EventGate) -> ApiResult<Response> {
        self.page(None, |page| page.gate = Some(gate)).await
    }

    async fn refused(&self, words: String, login: Option<HeaderValue>) -> ApiResult<Response> {
        self.page(login, |page| page.refused = Some(words)).await
    }

    async fn restricted(&self, words: String, login: Option<HeaderValue>) -> ApiResult<Response> {
        let mut response = self
            .page(login, |page| {
                page.refused = Some(words);
                page.restricted = true;
            })
            .await?;
        *response.status_mut() = StatusCode::FORBIDDEN;
        Ok(response)
    }

    fn done(&self, code: &str, login: Option<HeaderValue>) -> Response {
        let (id, sort) = (self.id, self.query.sort().code());
        let cursor = liaison_web::views::cursor_in(self.query.cursor());
        let to = if is_script(self.visit) {
            format!("/events/{id}?part=mine&ask=1&sort={sort}{cursor}&said={code}")
        } else {
            format!("/events/{id}?sort={sort}{cursor}&said={code}#ev-answer")
        };
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        if let Some(login) = login {
            response.headers_mut().append(header::SET_COOKIE, login);
        }
        response
    }
}
