//! Receptions at the desk: lanes, one reception with what is done to it, a new one. The pages need no app.

use super::desk_schedule::{fresh_id, see, stations};
use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::desk_receptions as actions;
use crate::load::desk_receptions::{self as load, BoardQuery, candidates};
use crate::load::{notices, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::{CancelReception, LeaveDecision, RECEPTION_LANES, ReceptionOutcome};
use liaison_domain::notify::Subject;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::receptions as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_receptions::{
    BoardView, NewReceptionView, RECEPTIONS, ReceptionPage, ReceptionView, SessionForm,
};
use serde::Deserialize;

/// What was just done, and how many it concerned.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: Option<String>,
    n: Option<u32>,
    m: Option<u32>,
}

impl DoneQuery {
    /// In words.
    pub(super) fn words(&self) -> Option<String> {
        words::done(self.done.as_deref()?, self.n.unwrap_or(0), self.m.unwrap_or(0))
    }
}

/// The lanes.
pub async fn board(State(state): State<AppState>, visit: Visit, Query(query): Query<BoardQuery>) -> PageResult {
    let Ok(account) = access::office(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let data = load::board(&state, account, &query).await?;
    let all = stations(&state, account).await?;
    let directory = state.directory().await.map_err(ApiError::from)?;
    let deputies = directory
        .deputies
        .iter()
        .filter(|deputy| deputy.card.status != "left")
        .map(|deputy| liaison_domain::dto::NamedRef {
            id: deputy.card.id.clone(),
            name: deputy.card.name.clone(),
        })
        .collect();
    let me = people::me(&state, account).await?;
    let may_change = access::clerk(&visit.viewer).is_ok();
    let lane = query.lane.filter(|lane| !lane.is_empty());
    let lane = lane.unwrap_or_else(|| RECEPTION_LANES[0].to_owned());
    let [station, kind, deputy] = [query.station, query.kind, query.deputy].map(Option::unwrap_or_default);
    let now = state.now();
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! {
            <BoardView
                data=data
                lane=lane
                station=station
                kind=kind
                deputy=deputy
                stations=all
                deputies=deputies
                now=now
                may_change=may_change
            />
        }
        .into_any()
    }))
}

/// One reception.
pub async fn one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
) -> PageResult {
    let Ok(account) = access::office(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    notices::seen(&state, &visit.viewer, &Subject::Reception(id.clone()).key()).await;
    let shown = ReceptionPage {
        done: query.words(),
        ..ReceptionPage::default()
    };
    Ok(page(&state, &visit, account, &id, shown).await?)
}

/// Something is done to it.
pub async fn post_one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    Ok(Box::pin(act(&state, &visit, &id, &posted)).await?)
}

async fn act(state: &AppState, visit: &Visit, id: &str, posted: &Posted) -> ApiResult<Response> {
    let account = access::clerk(&visit.viewer)?;
    load::session(state, account, id).await?;
    let version = posted.get("version").parse().unwrap_or(0);
    let form = SessionForm::read(&posted.pairs);
    let what = posted.wish().0;
    let (done, outcome) = match what {
        "announce" => ("announced", actions::announce(state, account, id, version).await),
        "close" => ("closed", actions::close(state, account, id, version).await),
        "keep" => ("kept", actions::keep(state, account, id, version).await),
        "change" => (
            "changed",
            match form.change() {
                Ok(change) => actions::change(state, account, id, version, &change).await,
                Err(wrong) => Err(ApiError::Validation(wrong)),
            },
        ),
        "cancel" => {
            let wanted = CancelReception {
                reason: form.reason.clone(),
            };
            ("cancelled", actions::cancel(state, account, id, version, &wanted).await)
        }
        "name" => {
            let deputy = posted.get("deputy_id");
            ("named", actions::name_deputy(state, account, id, deputy).await)
        }
        "decide" => {
            let wanted = LeaveDecision {
                decision: posted.get("decision").to_owned(),
                substitute: Some(posted.get("substitute").to_owned()),
            };
            let deputy = posted.get("deputy");
            ("decided", actions::decide(state, account, id, deputy, &wanted).await)
        }
        _ => return Err(ApiError::NotFound),
    };
    match outcome {
        Ok(outcome) => Ok(see(address(id, done, &outcome))),
        Err(error) if belongs_to_form(&error) => {
            let errors = if matches!(&error, ApiError::Clash { code, .. } if *code == "reception_changed") {
                Errors::whole(words::CLASH)
            } else {
                form_errors(error)
            };
            let (open, substitute) = match what {
                "decide" => (["place:", posted.get("deputy")].concat(), posted.get("substitute")),
                "name" => ("name".to_owned(), posted.get("deputy_id")),
                what => (what.to_owned(), ""),
            };
            let shown = ReceptionPage {
                form,
                errors,
                open,
                decision: posted.get("decision").to_owned(),
                substitute: substitute.to_owned(),
                ..ReceptionPage::default()
            };
            page(state, visit, account, id, shown).await
        }
        Err(error) => Err(error),
    }
}

fn address(id: &str, done: &str, outcome: &ReceptionOutcome) -> String {
    let (first, second) = match done {
        "cancelled" => (outcome.dropped, 0),
        _ => (outcome.to_confirm, outcome.dropped),
    };
    format!("{RECEPTIONS}/{id}?done={done}&n={first}&m={second}")
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    id: &str,
    mut shown: ReceptionPage,
) -> ApiResult<Response> {
    let data = load::detail(state, account, id).await?;
    // What was typed into one form is not what another one begins with.
    if shown.open != "change" {
        shown.form = SessionForm {
            reason: shown.form.reason,
            ..SessionForm::of(&data)
        };
    }
    shown.may_change = access::clerk(&visit.viewer).is_ok();
    let directory = state.directory().await?;
    if let Some(station) = directory.station(&data.row.station.id) {
        shown.phone.clone_from(&station.card.phone);
    }
    let deputies = if shown.may_change {
        candidates(state, &data.row.station.id).await?
    } else {
        Vec::new()
    };
    let me = people::me(state, account).await?;
    let failed = !shown.errors.is_empty();
    let mut page = Page::new(if failed {
        [ERROR_PREFIX, words::TITLE].concat()
    } else {
        words::TITLE.to_owned()
    });
    if failed {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let now = state.now();
    Ok(page.show_desk(state, visit, me, move || {
        view! { <ReceptionView data=data page=shown deputies=deputies now=now /> }.into_any()
    }))
}

/// The form of a reception made by hand.
pub async fn new(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let all = stations(&state, account).await?;
    let form = SessionForm::new(all.first().map_or("", |one| one.id.as_str()));
    let shown = (fresh_id(""), form);
    Ok(new_page(&state, &visit, account, shown, Errors::default()).await?)
}

/// It is kept.
pub async fn post_new(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::clerk(&visit.viewer)?;
    let form = SessionForm::read(&posted.pairs);
    let id = fresh_id(posted.get("new_id"));
    let kept = match form.input() {
        Ok(input) => actions::create(&state, account, &id, &input).await,
        Err(wrong) => Err(ApiError::Validation(wrong)),
    };
    Ok(match kept {
        Ok(()) => see(format!("{RECEPTIONS}/{id}?done=created")),
        Err(error) if belongs_to_form(&error) => {
            new_page(&state, &visit, account, (id, form), form_errors(error)).await?
        }
        Err(error) => return Err(error.into()),
    })
}

async fn new_page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    (id, form): (String, SessionForm),
    errors: Errors,
) -> ApiResult<Response> {
    let all = stations(state, account).await?;
    let deputies = candidates(state, &form.station_id).await?;
    let me = people::me(state, account).await?;
    let mut page = Page::new(words::NEW_TITLE);
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::NEW_TITLE].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    Ok(page.show_desk(state, visit, me, move || {
        view! { <NewReceptionView id=id form=form errors=errors stations=all deputies=deputies /> }.into_any()
    }))
}
