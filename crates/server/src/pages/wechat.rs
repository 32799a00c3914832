//! Logging in by `WeChat`. The platform's word alone logs nobody in who has not bound it to a phone number before, by a code
//! sent to that number. docs/decisions/0031.

use super::files::base;
use super::frame::Page;
use super::mine::see_other;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::{Visit, own_path};
use crate::auth::{cookie, otp, secret, session};
use crate::http::client_ip::ClientIp;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::wechat::{PROVIDER, Wechat};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::OtpVerify;
use liaison_domain::lifecycle::Role;
use liaison_store::people::Account;
use liaison_store::platforms::Subject;
use liaison_web::components::Errors;
use liaison_web::i18n::zh::wechat as words;
use liaison_web::views::form::{Challenge, PhoneForm};
use liaison_web::views::{BindView, WechatFailedView};
use serde::Deserialize;

/// How long the platform, and then the code for the phone, may take.
const LASTS: Millis = 15 * 60_000;
/// Answers of the platform from one network address in a minute: each asks the platform once.
const PER_MINUTE: u32 = 120;
/// Where one is led without another wish.
const HOME: &str = "/mine";

/// Where to go on afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartQuery {
    back: String,
}

/// What the platform sends along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackQuery {
    code: String,
    state: String,
}

fn offered(state: &AppState) -> ApiResult<&Wechat> {
    let wechat = state.wechat.as_ref().filter(|wechat| wechat.config.login);
    wechat.ok_or(ApiError::NotFound)
}

/// Sends the browser to the platform, with a word that only this browser has.
pub async fn start(State(state): State<AppState>, visit: Visit, Query(query): Query<StartQuery>) -> PageResult {
    let wechat = offered(&state)?;
    let back = if query.back.is_empty() {
        HOME
    } else {
        own_path(&query.back)
    };
    let word = secret::token();
    let redirect = [&base(&state, &visit.headers), "/auth/wechat/back"].concat();
    let kept = [&word, ".", &secret::hex(back.as_bytes())].concat();
    let name = cookie::Name::Asked.on(&state, &visit.headers);
    let cookie = cookie::set(name, &kept, Some(LASTS / 1000));
    Ok(see_other(&wechat.authorize_url(&redirect, &word), Some(cookie)))
}

/// The platform sent the browser back.
pub async fn back(
    State(state): State<AppState>,
    visit: Visit,
    ClientIp(ip): ClientIp,
    Query(query): Query<BackQuery>,
) -> PageResult {
    let wechat = offered(&state)?;
    let asked = cookie::Name::Asked.on(&state, &visit.headers);
    let Some(back) = asked_for(&visit.headers, asked, &query.state).filter(|_| !query.code.is_empty()) else {
        return Ok(failed(&state, &visit, false));
    };
    let counted = state.signatures.count(ip, state.now(), PER_MINUTE);
    counted.map_err(|retry_after| ApiError::TooMany {
        code: "too_many",
        retry_after,
    })?;
    let person = wechat.person(&state, &query.code).await?;
    let mut response = if person.is_snapshot {
        failed(&state, &visit, true)
    } else if let Some(account) = known(&state, wechat, &person.hash).await? {
        let cookie = session::log_in(&state, &visit.headers, &visit.viewer, &account).await?;
        tracing::info!(
            account = account.id,
            provider = PROVIDER,
            "a resident logged in by a platform"
        );
        see_other(own_path(&back), Some(cookie))
    } else {
        let name = cookie::Name::Bind.on(&state, &visit.headers);
        let kept = Pending {
            hash: person.hash,
            until: state.now() + LASTS,
            back,
        };
        see_other(
            "/auth/wechat/bind",
            Some(cookie::set(name, &kept.sealed(&state), Some(LASTS / 1000))),
        )
    };
    // The word was good once.
    response.headers_mut().append(header::SET_COOKIE, cookie::clear(asked));
    Ok(response)
}

/// Where the browser that has this word wants to go; none for a word that it has not.
fn asked_for(headers: &HeaderMap, name: cookie::OnWire, word: &str) -> Option<String> {
    let (kept, back) = cookie::read(headers, name.text)?.split_once('.')?;
    if kept.len() != secret::HEX_LEN || !secret::same(kept, word) {
        return None;
    }
    String::from_utf8(secret::from_hex(back)?).ok()
}

async fn known(state: &AppState, wechat: &Wechat, hash: &str) -> ApiResult<Option<Account>> {
    let Some(id) = state
        .store
        .account_of_subject(subject(wechat, hash), state.now())
        .await?
    else {
        return Ok(None);
    };
    let account = state.store.account(&id).await?;
    Ok(account.filter(|account| account.active && account.role == Role::Resident))
}

fn subject<'a>(wechat: &'a Wechat, hash: &'a str) -> Subject<'a> {
    Subject {
        provider: PROVIDER,
        app_id: &wechat.config.app_id,
        hash,
    }
}

fn failed(state: &AppState, visit: &Visit, snapshot: bool) -> Response {
    let title = if snapshot {
        words::SNAPSHOT_TITLE
    } else {
        words::LOST_TITLE
    };
    let page = Page::new(title).private().without_app().status(StatusCode::BAD_REQUEST);
    page.show(state, visit, move || {
        view! { <WechatFailedView snapshot=snapshot /> }.into_any()
    })
}

/// A platform's account that waits for a phone number: kept by the browser, signed by us, and worth nothing after a while.
struct Pending {
    hash: String,
    until: Millis,
    back: String,
}

impl Pending {
    fn sealed(&self, state: &AppState) -> String {
        let text = format!("{}.{}.{}", self.hash, self.until, secret::hex(self.back.as_bytes()));
        [&text, ".", &signature(state, &text)].concat()
    }

    fn of(state: &AppState, headers: &HeaderMap) -> Option<Self> {
        let name = cookie::Name::Bind.on(state, headers);
        let (text, signed) = cookie::read(headers, name.text)?.rsplit_once('.')?;
        if !secret::same(signed, &signature(state, text)) {
            return None;
        }
        let mut parts = text.split('.');
        let kept = Self {
            hash: parts.next()?.to_owned(),
            until: parts.next()?.parse().ok()?,
            back: String::from_utf8(secret::from_hex(parts.next()?)?).ok()?,
        };
        (state.now() < kept.until).then_some(kept)
    }
}

fn signature(state: &AppState, text: &str) -> String {
    secret::hex(&secret::hmac(&state.phone_key, ["bind|", text].concat().as_bytes()))
}

/// Asks for the phone number.
pub async fn bind_form(State(state): State<AppState>, visit: Visit) -> PageResult {
    offered(&state)?;
    if Pending::of(&state, &visit.headers).is_none() {
        return Ok(failed(&state, &visit, false));
    }
    Ok(form_page(&state, &visit, PhoneForm::default(), Errors::default()))
}

/// Sends the code; the right one binds and logs in.
pub async fn bind(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let wechat = offered(&state)?;
    let posted = Posted::read(&state, &visit, request).await?;
    let Some(pending) = Pending::of(&state, &visit.headers) else {
        return Ok(failed(&state, &visit, false));
    };
    let mut form = posted.phone();
    let outcome = match posted.wish().0 {
        "verify" => {
            let given = OtpVerify {
                challenge_id: posted.get("challenge").to_owned(),
                code: form.code.clone(),
            };
            match otp::verify(&state, &given).await {
                Ok(account) => return Ok(bound(&state, &visit, wechat, &pending, &account).await?),
                Err(error) => Err(error),
            }
        }
        "other" => {
            form.challenge = None;
            Ok(())
        }
        _ => otp::request(&state, &form.phone).await.map(|sent| {
            form.code.clear();
            form.challenge = Some(Challenge {
                id: sent.challenge_id,
                phone_masked: sent.phone_masked,
                demo_code: sent.demo_code,
            });
        }),
    };
    let errors = match outcome {
        Ok(()) => Errors::default(),
        Err(error) if belongs_to_form(&error) => form_errors(error),
        Err(error) => return Err(error.into()),
    };
    Ok(form_page(&state, &visit, form, errors))
}

async fn bound(
    state: &AppState,
    visit: &Visit,
    wechat: &Wechat,
    pending: &Pending,
    account: &Account,
) -> ApiResult<Response> {
    let subject = subject(wechat, &pending.hash);
    state.store.bind_subject(subject, &account.id, state.now()).await?;
    tracing::info!(
        account = account.id,
        provider = PROVIDER,
        "a resident bound a platform's account"
    );
    let cookie = session::log_in(state, &visit.headers, &visit.viewer, account).await?;
    let mut response = see_other(own_path(&pending.back), Some(cookie));
    let name = cookie::Name::Bind.on(state, &visit.headers);
    response.headers_mut().append(header::SET_COOKIE, cookie::clear(name));
    Ok(response)
}

fn form_page(state: &AppState, visit: &Visit, form: PhoneForm, errors: Errors) -> Response {
    let mut page = Page::new(words::BIND_TITLE).private().without_app();
    if !errors.is_empty() {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    page.show(state, visit, move || {
        view! { <BindView form=form errors=errors /> }.into_any()
    })
}
