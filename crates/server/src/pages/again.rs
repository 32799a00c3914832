//! A form that was posted after the login had ended, or by another account than it was drawn for: one logs in within the
//! answer, and what was typed goes on from there. docs/decisions/0027.
//!
//! What was typed lies in a hidden field of that answer and nowhere on the server. It comes back to the address it was
//! posted to, marked `?again=1`; the layer here logs in and hands it to the page's own handler.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{self, form_errors};
use super::visit::Visit;
use crate::api::auth::{check_password, demo_account};
use crate::auth::{cookie, otp, owner, phone::Phone, session};
use crate::http::client_ip::{self, ClientIp};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::*;
use liaison_domain::dto::{OtpVerify, PasswordLogin};
use liaison_domain::lifecycle::Role;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::again as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::{AgainLogin, AgainView, Kept};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// Marks a form that logs in first.
const MARK: &str = "again=1";
/// The hidden field with what was typed.
const TYPED: &str = "typed";
/// The hidden field with whom a form was drawn for.
pub const WHO: &str = "who";
/// Longest text that is carried along, in bytes: the longest form twice over.
const MOST: usize = 256 * 1024;

/// What was typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Typed {
    pub pairs: Vec<(String, String)>,
    /// Pictures or a table were with it; they are not carried along.
    pub files: bool,
}

/// What a request typed, for the layer that answers when nobody is logged in. Never shown in a log.
#[derive(Clone, Default)]
pub struct Late(Arc<OnceLock<Typed>>);

impl std::fmt::Debug for Late {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Late")
    }
}

impl Late {
    /// Notes what was posted.
    pub fn note(&self, posted: &Posted) {
        let has_sheet = posted.sheet.as_ref().is_some_and(|(name, _)| !name.is_empty());
        let secrets = ["csrf", "password"];
        let pairs = posted.pairs.iter();
        let typed = Typed {
            pairs: pairs
                .filter(|(name, _)| !secrets.contains(&name.as_str()))
                .cloned()
                .collect(),
            files: has_sheet || !posted.uploads.is_empty() || !posted.wrong.is_empty(),
        };
        // A form is read once.
        let _ = self.0.set(typed);
    }

    /// What was posted, if a form was.
    pub fn typed(&self) -> Option<&Typed> {
        self.0.get()
    }
}

impl Typed {
    fn who(&self) -> &str {
        let found = self.pairs.iter().find(|(name, _)| name == WHO);
        found.map_or("", |(_, value)| value)
    }
}

/// Whether a request logs in before it goes on.
pub fn is_marked(request: &Request) -> bool {
    let query = request.uri().query().unwrap_or_default();
    request.method() == Method::POST && query.split('&').any(|part| part == MARK)
}

/// The answer to a form that nobody may post as things stand: the login, with what was typed.
pub async fn ask(state: &AppState, visit: &Visit, typed: &Typed) -> ApiResult<Response> {
    let login = Login::of(visit, PhoneForm::default(), String::new());
    draw(state, visit, typed, login, Errors::default()).await
}

/// The login of a page: the staff's below `/desk`, residents' elsewhere.
enum Login {
    Staff { username: String },
    Resident(PhoneForm),
}

impl Login {
    fn of(visit: &Visit, phone: PhoneForm, username: String) -> Self {
        if visit.path == "/desk" || visit.path.starts_with("/desk/") {
            Self::Staff { username }
        } else {
            Self::Resident(phone)
        }
    }
}

async fn draw(state: &AppState, visit: &Visit, typed: &Typed, login: Login, errors: Errors) -> ApiResult<Response> {
    let text = serde_json::to_string(typed).map_err(|error| ApiError::internal("a form", error))?;
    let kept = Kept {
        is_others: visit.viewer.account.is_some(),
        files_lost: typed.files,
        is_too_long: text.len() > MOST,
    };
    let title = if errors.is_empty() {
        words::TITLE.to_owned()
    } else {
        [ERROR_PREFIX, words::TITLE].concat()
    };
    let mut page = Page::new(title)
        .status(StatusCode::UNAUTHORIZED)
        .private()
        .without_app();
    if !kept.is_too_long {
        page = page.field(TYPED, &text);
    }
    let action = [&visit.path, "?", MARK].concat();
    Ok(match login {
        Login::Resident(form) => page.show(state, visit, move || {
            view! { <AgainView action=action login=AgainLogin::Resident(form) kept=kept errors=errors /> }.into_any()
        }),
        Login::Staff { username } => {
            let demo = demo_owner(state, typed.who()).await?.map(|account| account.name);
            let login = AgainLogin::Staff { username, demo };
            page.show_desk_login(state, visit, move || {
                view! { <AgainView action=action login=login kept=kept errors=errors /> }.into_any()
            })
        }
    })
}

/// In the demo: the staff account that a form was drawn for.
async fn demo_owner(state: &AppState, who: &str) -> ApiResult<Option<Account>> {
    if !state.config.demo || who.is_empty() {
        return Ok(None);
    }
    let accounts = state.store.named_accounts().await?;
    let is_owner = |account: &Account| account.role != Role::Resident && !owner::is_others(state, account, who);
    Ok(accounts.into_iter().find(is_owner))
}

/// Logs in with what a marked form says, and hands what was typed to the page it was typed for.
pub async fn go_on(state: &AppState, visit: &Visit, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let ip = client_ip::of(&parts, state);
    let mut head = parts.clone();
    let outcome = logged_in(state, visit, ip, Request::from_parts(parts, body)).await;
    let (typed, cookie) = match outcome {
        Ok(Outcome::Ask(response)) => return response,
        Ok(Outcome::Go(typed, cookie)) => (typed, cookie),
        Err(error) => return problem::answer(state, visit, error),
    };
    head.headers.remove(header::CONTENT_TYPE);
    head.headers.remove(header::CONTENT_LENGTH);
    head.uri = unmarked(&head.uri);
    carry_session(state, &mut head.headers, &cookie);
    head.extensions.remove::<Visit>();
    head.extensions.remove::<crate::auth::session::Viewer>();
    head.extensions.insert(typed);
    let now = match Visit::from_request_parts(&mut head, state).await {
        Ok(now) => now,
        Err(error) => return axum::response::IntoResponse::into_response(error),
    };
    let response = next.run(Request::from_parts(head, Body::empty())).await;
    let mut response = problem::finish(state, &now, response).await;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

enum Outcome {
    /// Not yet: the login once more.
    Ask(Response),
    /// What was typed, and the session's cookie.
    Go(Typed, HeaderValue),
}

async fn logged_in(state: &AppState, visit: &Visit, ip: ClientIp, request: Request) -> ApiResult<Outcome> {
    let posted = Posted::read(state, visit, request).await?;
    let typed: Typed = serde_json::from_str(posted.get(TYPED)).map_err(|_| ApiError::BadRequest {
        code: "bad_form",
        detail: "表单没有收完整，请回到上一页再提交一次。",
    })?;
    let typed_phone = posted.get("phone").trim().to_owned();
    let mut phone = PhoneForm {
        code: posted.get("code").trim().to_owned(),
        challenge: None,
        phone: typed_phone,
    };
    let username = posted.get("username").trim().to_owned();
    let tried = match posted.wish().0 {
        "login" => {
            let given = PasswordLogin {
                username: username.clone(),
                password: posted.get("password").to_owned(),
            };
            check_password(state, ip, given).await.map(Some)
        }
        "demo" => match demo_owner(state, typed.who()).await? {
            Some(owner) => demo_account(state, owner.username.as_deref().unwrap_or_default())
                .await
                .map(Some),
            None => Err(ApiError::NotFound),
        },
        "verify" => {
            phone.challenge = Some(Challenge {
                id: posted.get("challenge").to_owned(),
                phone_masked: Phone::parse(&phone.phone)
                    .map(|phone| phone.masked())
                    .unwrap_or_default(),
                demo_code: None,
            });
            let given = OtpVerify {
                challenge_id: posted.get("challenge").to_owned(),
                code: phone.code.clone(),
            };
            otp::verify(state, &given).await.map(Some)
        }
        "code" => {
            let sent = otp::request(state, &phone.phone).await;
            sent.map(|sent| {
                phone.code.clear();
                phone.challenge = Some(Challenge {
                    id: sent.challenge_id,
                    phone_masked: sent.phone_masked,
                    demo_code: sent.demo_code,
                });
                None
            })
        }
        _ => Ok(None),
    };
    let errors = match tried {
        Ok(None) => Errors::default(),
        // Whoever else logs in here would send in their own name what another one wrote.
        Ok(Some(account)) if owner::is_others(state, &account, typed.who()) => Errors::whole(words::NOT_YOU),
        Ok(Some(account)) => {
            let cookie = session::log_in(state, &visit.headers, &visit.viewer, &account).await?;
            return Ok(Outcome::Go(typed, cookie));
        }
        Err(error) if problem::belongs_to_form(&error) => form_errors(error),
        Err(error) => return Err(error),
    };
    let login = Login::of(visit, phone, username);
    draw(state, visit, &typed, login, errors).await.map(Outcome::Ask)
}

/// The same address without the mark.
fn unmarked(uri: &Uri) -> Uri {
    let query: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|part| *part != MARK && !part.is_empty())
        .collect();
    let text = if query.is_empty() {
        uri.path().to_owned()
    } else {
        [uri.path(), "?", &query.join("&")].concat()
    };
    text.parse().unwrap_or_else(|_| uri.clone())
}

/// As if the browser had sent the new session's cookie already.
fn carry_session(state: &AppState, headers: &mut axum::http::HeaderMap, cookie: &HeaderValue) {
    let name = cookie::Name::Session.on(state, headers).text;
    let prefix = [name, "="].concat();
    let set = cookie.to_str().unwrap_or_default();
    let fresh = set.split(';').next().unwrap_or_default().to_owned();
    let others = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs: Vec<String> = others
        .flat_map(|value| value.split(';'))
        .map(|pair| pair.trim().to_owned())
        .filter(|pair| !pair.is_empty() && !pair.starts_with(&prefix))
        .collect();
    pairs.push(fresh);
    if let Ok(value) = HeaderValue::from_str(&pairs.join("; ")) {
        headers.insert(header::COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_alone_leaves_the_address() {
        let of = |text: &str| unmarked(&text.parse().expect("an address")).to_string();
        assert_eq!(of("/desk/ledger/new?again=1"), "/desk/ledger/new");
        assert_eq!(of("/a?x=1&again=1&y=2"), "/a?x=1&y=2");
        assert_eq!(of("/a?again=12"), "/a?again=12");
    }

    #[test]
    fn what_was_typed_is_in_no_log() {
        let late = Late::default();
        late.note(&Posted {
            pairs: vec![("words".to_owned(), "王桂芳".to_owned())],
            ..Posted::default()
        });
        assert_eq!(format!("{late:?}"), "Late");
        assert_eq!(late.typed().map(|typed| typed.pairs.len()), Some(1));
    }

    #[test]
    fn neither_token_nor_password_is_carried_along() {
        let late = Late::default();
        let pair = |name: &str| (name.to_owned(), "x".to_owned());
        late.note(&Posted {
            pairs: vec![pair("csrf"), pair("password"), pair("topic")],
            ..Posted::default()
        });
        let typed = late.typed().expect("typed");
        assert_eq!(typed.pairs, [pair("topic")]);
        assert!(!typed.files);
    }
}
