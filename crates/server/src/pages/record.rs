//! A record of the ledger: reading it, making it a letter, its visitor's number, the slip of its letter.

use super::counter::SCRIPT;
use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::actions::{ledger_access as access, looks, record as actions};
use crate::auth::{cookie, secret};
use crate::http::params::{Path, Query};
use crate::load::ledger as load;
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::{LedgerRecord, Receipt, RecordConsent};
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::ledger as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::ledger::{LetterSlipView, RecordView, Reveal, SlipGoneView, ToLetter};
use serde::Deserialize;

/// Seconds for which the slip of a letter can be opened again.
const SLIP_KEPT: u32 = 1800;
/// The cookie that holds it.
const SLIP: &str = "slip";

/// What was just done to a record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RecordQuery {
    said: String,
}

/// A record.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<RecordQuery>,
) -> PageResult {
    let Ok(account) = access::reader(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let record = load::record(&state, &visit.viewer, &id).await?;
    let said = match query.said.as_str() {
        "saved" => words::SAVED,
        "changed" => words::CHANGED,
        _ => "",
    };
    let drawn = Drawn {
        said,
        ..Drawn::default()
    };
    Ok(draw(&state, &visit, account, record, drawn).await?)
}

/// What a record's page shows beside the record.
struct Drawn {
    to_letter: ToLetter,
    reason: String,
    number: Option<String>,
    errors: Errors,
    said: &'static str,
}

impl Default for Drawn {
    fn default() -> Self {
        Self {
            to_letter: ToLetter {
                once: secret::token(),
                ..ToLetter::default()
            },
            reason: String::new(),
            number: None,
            errors: Errors::default(),
            said: "",
        }
    }
}

/// The number stands in the answer to the form alone: it has no address of its own and is in no history.
pub async fn reveal(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::hand(&visit.viewer)?;
    let record = access::record(&state, account, &id).await?;
    let reason = posted.get("reason").trim();
    let drawn = match looks::reveal(&state, account, &record, reason).await {
        Ok(shown) => Drawn {
            number: Some(shown.phone),
            ..Drawn::default()
        },
        Err(ApiError::Refused(..)) => Drawn {
            errors: Errors::whole(words::REVEAL_NONE),
            ..Drawn::default()
        },
        Err(error) if belongs_to_form(&error) => Drawn {
            reason: reason.to_owned(),
            errors: form_errors(error),
            ..Drawn::default()
        },
        Err(error) => return Err(error.into()),
    };
    let record = load::one(&state, record).await?;
    Ok(draw(&state, &visit, account, record, drawn).await?)
}

/// The number's address was opened by itself: it shows nothing.
pub async fn no_number(Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("/desk/ledger/{id}"))
}

/// It becomes a letter.
pub async fn become_letter(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::hand(&visit.viewer)?;
    let form = ToLetter {
        once: posted.get("once").to_owned(),
        how: posted.get("consent").trim().to_owned(),
        publish: posted.get("publish") == "yes",
    };
    let consent = RecordConsent {
        how: form.how.clone(),
        publish: form.publish,
    };
    match Box::pin(actions::become_letter(&state, &visit.viewer, &id, &consent, &form.once)).await {
        Ok(kept) => {
            let to = format!("/desk/ledger/{id}/slip");
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
            let cookie = kept
                .receipt
                .and_then(|receipt| slip_cookie(&state, &visit, &id, &receipt));
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error) if belongs_to_form(&error) => {
            let record = load::record(&state, &visit.viewer, &id).await?;
            let drawn = Drawn {
                to_letter: form,
                errors: form_errors(error),
                ..Drawn::default()
            };
            Ok(draw(&state, &visit, account, record, drawn).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    record: LedgerRecord,
    drawn: Drawn,
) -> ApiResult<Response> {
    let Drawn {
        to_letter,
        reason,
        number,
        errors,
        said,
    } = drawn;
    let reveal = Reveal {
        reason,
        number,
        looks: looks::of_record(state, &record.id, &record.station.id).await?,
    };
    let mut page = Page::new(record.no.clone());
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, &record.no].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let may_change = access::hand(&visit.viewer).is_ok();
    let (me, now) = (people::me(state, account).await?, state.now());
    let home = people::home_of(account.role).to_owned();
    let script = state.site().file(SCRIPT).to_owned();
    Ok(page.show_desk(state, visit, me, move || {
        view! {
            <RecordView
                record=record
                now=now
                home=home
                may_change=may_change
                to_letter_form=to_letter
                reveal=reveal
                errors=errors
                said=said.to_owned()
                script_address=script
            />
        }
        .into_any()
    }))
}

/// The slip waits in this browser's own cookie: the query code never stands in an address.
pub fn slip_cookie(state: &AppState, visit: &Visit, record_id: &str, receipt: &Receipt) -> Option<HeaderValue> {
    let value = secret::hex(&serde_json::to_vec(&(record_id, receipt)).ok()?);
    let secure = if visit.is_insecure(state) { "" } else { "; Secure" };
    let cookie = format!("{SLIP}={value}; Path=/desk/ledger; HttpOnly; SameSite=Lax; Max-Age={SLIP_KEPT}{secure}");
    HeaderValue::from_str(&cookie).ok()
}

fn kept_slip(visit: &Visit, record_id: &str) -> Option<Receipt> {
    let bytes = secret::from_hex(cookie::read(&visit.headers, SLIP)?)?;
    let (id, receipt): (String, Receipt) = serde_json::from_slice(&bytes).ok()?;
    (id == record_id).then_some(receipt)
}

/// Number and query code on paper, for the visitor.
pub async fn slip(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    let Ok(account) = access::hand(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let record = load::record(&state, &visit.viewer, &id).await?;
    let me = people::me(&state, account).await?;
    let page = Page::new(words::SLIP_LETTER);
    let Some(receipt) = kept_slip(&visit, &record.id) else {
        let back = format!("/desk/ledger/{id}");
        return Ok(page.show_desk(&state, &visit, me, move || {
            view! { <SlipGoneView back=back /> }.into_any()
        }));
    };
    let back = match &record.session_id {
        Some(session) => (format!("/desk/receptions/{session}/notes"), words::TO_NOTES),
        None => (format!("/desk/ledger/{id}"), words::TO_LEDGER),
    };
    let script = state.site().file(SCRIPT).to_owned();
    Ok(page.show_desk(&state, &visit, me, move || {
        view! {
            <LetterSlipView back=back receipt=receipt record_no=record.no date=record.date script_address=script />
        }
        .into_any()
    }))
}
