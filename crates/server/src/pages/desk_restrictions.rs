//! Restrictions at the desk: lanes, a proposal, one measure with what is decided about it, the report. No app needed.

use super::desk_schedule::see;
use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::restrictions as actions;
use crate::http::params::{Path, Query};
use crate::load::{notices, people, restrictions as load};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::{AppealDecision, RESTRICTION_LANES, RestrictionDecision, RestrictionLift};
use liaison_domain::notify::Subject;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::restrictions as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_restrictions::{
    ProposeForm, ProposeView, RESTRICTIONS, RestrictionPage, RestrictionReportView, RestrictionView, RestrictionsView,
};
use serde::Deserialize;

/// Which lane, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BoardQuery {
    lane: String,
    done: String,
}

/// The lanes.
pub async fn board(State(state): State<AppState>, visit: Visit, Query(query): Query<BoardQuery>) -> PageResult {
    let Ok(account) = access::office(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let known = RESTRICTION_LANES.iter().find(|lane| **lane == query.lane);
    let lane = (*known.unwrap_or(&RESTRICTION_LANES[0])).to_owned();
    let data = load::board(&state, account, &lane).await?;
    let (me, now) = (people::me(&state, account).await?, state.now());
    let may_propose = access::clerk(&visit.viewer).is_ok();
    let done = words::done(&query.done);
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <RestrictionsView data=data lane=lane done=done may_propose=may_propose now=now /> }.into_any()
    }))
}

/// Figures by half-year.
pub async fn report(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = access::office(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let halves = load::report(&state, account).await?;
    let me = people::me(&state, account).await?;
    Ok(Page::new(words::REPORT).show_desk(&state, &visit, me, move || {
        view! { <RestrictionReportView halves=halves /> }.into_any()
    }))
}

/// The letter it begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    letter: String,
}

/// The form of a proposal.
pub async fn new(State(state): State<AppState>, visit: Visit, Query(query): Query<NewQuery>) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let form = ProposeForm {
        letters: query.letter,
        ..ProposeForm::default()
    };
    Ok(draw_new(&state, &visit, account, form, Errors::default()).await?)
}

async fn draw_new(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: ProposeForm,
    errors: Errors,
) -> ApiResult<Response> {
    let mut page = Page::new(words::PROPOSE);
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::PROPOSE].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let me = people::me(state, account).await?;
    Ok(page.show_desk(state, visit, me, move || {
        view! { <ProposeView form=form errors=errors /> }.into_any()
    }))
}

/// A proposal.
pub async fn propose(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::clerk(&visit.viewer)?;
    let form = ProposeForm::read(&posted.pairs);
    match actions::propose(&state, &visit.viewer, &form.proposal()).await {
        Ok(kept) => Ok(see(format!("{RESTRICTIONS}/{}?done=proposed", kept.id))),
        Err(error) if belongs_to_form(&error) => Ok(draw_new(&state, &visit, account, form, form_errors(error)).await?),
        Err(error) => Err(error.into()),
    }
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
}

/// One measure.
pub async fn one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
) -> PageResult {
    let Ok(account) = access::office(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let shown = RestrictionPage {
        done: words::done(&query.done),
        ..RestrictionPage::default()
    };
    Ok(page(&state, &visit, account, &id, shown).await?)
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    id: &str,
    mut shown: RestrictionPage,
) -> ApiResult<Response> {
    let kept = actions::of_office(state, account, id).await?;
    notices::seen(state, &visit.viewer, &Subject::Restriction(kept.id.clone()).key()).await;
    let data = load::one(state, account, kept).await?;
    people::home_of(account.role).clone_into(&mut shown.home);
    let mut page = Page::new(words::TITLE);
    if !shown.errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::TITLE].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (me, now) = (people::me(state, account).await?, state.now());
    Ok(page.show_desk(state, visit, me, move || {
        view! { <RestrictionView data=data shown=shown now=now /> }.into_any()
    }))
}

/// Something is decided about it.
pub async fn act(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::clerk(&visit.viewer)?;
    let version = posted.get("version").parse().unwrap_or(0);
    let text = posted.get("words").to_owned();
    let viewer = &visit.viewer;
    let (open, done, outcome) = match posted.wish().0 {
        what @ ("approve" | "refuse") => {
            let decision = RestrictionDecision {
                approve: what == "approve",
                words: text.clone(),
            };
            let done = if decision.approve { "approved" } else { "refused" };
            (
                "decide",
                done,
                actions::decide(&state, viewer, &id, version, &decision).await,
            )
        }
        what @ ("overturn" | "uphold") => {
            let decision = AppealDecision {
                won: what == "overturn",
                words: text.clone(),
            };
            let done = if decision.won { "overturned" } else { "upheld" };
            (
                "hear",
                done,
                actions::hear(&state, viewer, &id, version, &decision).await,
            )
        }
        "lift" => {
            let lift = RestrictionLift { reason: text.clone() };
            (
                "lift",
                "lifted",
                actions::lift(&state, viewer, &id, version, &lift).await,
            )
        }
        _ => return Err(ApiError::NotFound.into()),
    };
    match outcome {
        Ok(_) => Ok(see(format!("{RESTRICTIONS}/{id}?done={done}"))),
        Err(error) if belongs_to_form(&error) => {
            let shown = RestrictionPage {
                open: open.to_owned(),
                text,
                errors: form_errors(error),
                ..RestrictionPage::default()
            };
            Ok(page(&state, &visit, account, &id, shown).await?)
        }
        Err(error) => Err(error.into()),
    }
}
