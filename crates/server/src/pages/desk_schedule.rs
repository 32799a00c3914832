//! The rules of a station's receptions: a list, and a form with its preview. The pages need no app.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::desk_schedule::{self as actions, Target};
use crate::load::desk_receptions::candidates;
use crate::load::desk_schedule::{self as load, fitting, station_ref};
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{NamedRef, RuleInput};
use liaison_domain::schedule::{Mode, Rule, Time};
use liaison_store::people::Account;
use liaison_store::receptions::KeptRule;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::schedule as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_schedule::{RuleForm, RulePage, RuleView, SCHEDULE, ScheduleView, fitting_words};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Days ahead in which the next days of a rule are looked for.
const AHEAD: i32 = 400;

/// What was just done, or for which station a new rule is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ScheduleQuery {
    done: Option<String>,
    station: Option<String>,
}

/// The stations an office account keeps the rules of.
pub(super) async fn stations(state: &AppState, account: &Account) -> ApiResult<Vec<NamedRef>> {
    let scope = access::stations_of(state, account).await?;
    let directory = state.directory().await.map_err(ApiError::from)?;
    Ok(match scope {
        Some(ids) => ids.iter().map(|id| station_ref(&directory, id)).collect(),
        None => directory
            .stations
            .iter()
            .map(|station| station_ref(&directory, &station.card.id))
            .collect(),
    })
}

/// The id a new thing is kept under: as the form brought it back, so that a form sent twice is kept once.
pub(super) fn fresh_id(given: &str) -> String {
    let is_ours = given.len() == 36 && given.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if is_ours {
        given.to_owned()
    } else {
        liaison_store::new_id()
    }
}

/// To another page of ours after something was done.
pub(super) fn see(to: String) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The list.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(query): Query<ScheduleQuery>) -> PageResult {
    let Ok(account) = access::office(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let rules = load::rules(&state, account).await?;
    let stations = stations(&state, account).await?;
    let me = people::me(&state, account).await?;
    let may_change = access::clerk(&visit.viewer).is_ok();
    let done = match query.done.as_deref() {
        Some("saved") => words::SAVED,
        Some("ended") => words::ENDED_NOTE,
        _ => "",
    };
    let now = state.now();
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <ScheduleView rules=rules stations=stations now=now may_change=may_change done=done /> }.into_any()
    }))
}

/// The form of a new rule.
pub async fn new(State(state): State<AppState>, visit: Visit, Query(query): Query<ScheduleQuery>) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let all = stations(&state, account).await?;
    let wanted = query.station.unwrap_or_default();
    let station = all.iter().find(|one| one.id == wanted).or(all.first());
    let form = RuleForm::new(station.map_or("", |one| one.id.as_str()));
    let shown = RulePage {
        form,
        ..RulePage::default()
    };
    Ok(page(&state, &visit, account, shown).await?)
}

/// The form of a rule.
pub async fn one(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let kept = load::kept(&state, account, &id).await?;
    if !kept.active {
        return Err(ApiError::NotFound.into());
    }
    let directory = state.directory().await.map_err(ApiError::from)?;
    let shown = load::shown(&state, &directory, kept);
    let shown = RulePage {
        id: Some(id),
        form: RuleForm::of(&shown.settings, shown.version),
        ..RulePage::default()
    };
    Ok(page(&state, &visit, account, shown).await?)
}

/// A new rule is looked at or saved.
pub async fn post_new(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    Ok(Box::pin(act(&state, &visit, None, &posted)).await?)
}

/// A rule is looked at, saved or ended.
pub async fn post_one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    Ok(Box::pin(act(&state, &visit, Some(id), &posted)).await?)
}

async fn act(state: &AppState, visit: &Visit, id: Option<String>, posted: &Posted) -> ApiResult<Response> {
    let account = access::clerk(&visit.viewer)?;
    let before = match &id {
        Some(id) => Some(load::kept(state, account, id).await?),
        None => None,
    };
    let version = posted.get("version").parse().unwrap_or(0);
    if let (Some(id), "end") = (&id, posted.wish().0) {
        return match actions::end(state, account, id, version).await {
            Ok(_) => Ok(see(format!("{SCHEDULE}?done=ended"))),
            Err(error) => {
                let form = kept_form(state, before.as_ref()).await?;
                refused(state, visit, account, (Some(id.clone()), form), error).await
            }
        };
    }
    let form = RuleForm::read(&posted.pairs);
    let new_id = fresh_id(posted.get("new_id"));
    if id.is_none() && posted.wish().0 != "preview" && state.store.reception_rule(&new_id).await?.is_some() {
        // The form arrived before.
        return Ok(see(format!("{SCHEDULE}?done=saved")));
    }
    let input = match form.input() {
        Ok(input) => input,
        Err(wrong) => {
            let error = ApiError::Validation(with_checks(state, account, &form, wrong).await?);
            return refused(state, visit, account, (id, form), error).await;
        }
    };
    if posted.wish().0 == "preview" {
        return look(state, visit, account, (id, form), before, &input).await;
    }
    let target = match id.as_deref() {
        Some(id) => Target::Known(id, version),
        None => Target::New(&new_id),
    };
    match Box::pin(actions::save(state, account, target, &input)).await {
        Ok(_) => Ok(see(format!("{SCHEDULE}?done=saved"))),
        // The same form arrived at the same moment.
        Err(ApiError::Clash { .. }) if id.is_none() => Ok(see(format!("{SCHEDULE}?done=saved"))),
        Err(error) => refused(state, visit, account, (id, form), error).await,
    }
}

/// What cannot be read, and what is wrong with the rest: everything at once.
async fn with_checks(
    state: &AppState,
    account: &Account,
    form: &RuleForm,
    wrong: Vec<liaison_domain::dto::FieldError>,
) -> ApiResult<Vec<liaison_domain::dto::FieldError>> {
    // Read again with something readable in the wrong places: their own errors stand already.
    let mut readable = form.clone();
    for error in &wrong {
        match error.field.split('.').next().unwrap_or_default() {
            "start" => "09:00".clone_into(&mut readable.start),
            "end" => "11:00".clone_into(&mut readable.end),
            "date" => readable.date.clear(),
            "days" => "1".clone_into(&mut readable.days),
            "valid_from" => readable.valid_from.clear(),
            "valid_to" => readable.valid_to.clear(),
            "exceptions" => readable.exceptions.clear(),
            _ => {}
        }
    }
    let mut all = wrong;
    if let Ok(input) = readable.input() {
        let times_known = all.iter().any(|error| error.field == "start" || error.field == "end");
        for error in actions::check(state, account, &input).await? {
            let about_times = matches!(error.field.as_str(), "end" | "slot_minutes");
            if !(all.iter().any(|known| known.field == error.field) || (times_known && about_times)) {
                all.push(error);
            }
        }
    }
    Ok(all)
}

async fn kept_form(state: &AppState, before: Option<&KeptRule>) -> ApiResult<RuleForm> {
    let directory = state.directory().await?;
    Ok(match before {
        Some(kept) => {
            let shown = load::shown(state, &directory, kept.clone());
            RuleForm::of(&shown.settings, shown.version)
        }
        None => RuleForm::default(),
    })
}

/// The form with what it would do.
async fn look(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    (id, form): (Option<String>, RuleForm),
    before: Option<KeptRule>,
    input: &RuleInput,
) -> ApiResult<Response> {
    let wrong = actions::check(state, account, input).await?;
    if !wrong.is_empty() {
        return refused(state, visit, account, (id, form), ApiError::Validation(wrong)).await;
    }
    let rule = actions::to_keep(id.clone().unwrap_or_default(), input);
    let preview = load::preview(state, before, rule).await?;
    let shown = RulePage {
        id,
        form,
        preview: Some(preview),
        ..RulePage::default()
    };
    page(state, visit, account, shown).await
}

/// The form as typed with what is wrong. When somebody was quicker, with what is kept now.
async fn refused(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    (id, mut form): (Option<String>, RuleForm),
    error: ApiError,
) -> ApiResult<Response> {
    if !belongs_to_form(&error) {
        return Err(error);
    }
    let mut clash = None;
    if let (ApiError::Clash { .. }, Some(id)) = (&error, &id) {
        let kept = load::kept(state, account, id).await?;
        if kept.active {
            clash = Some(kept.rule.rule.words());
            form.version = kept.version.to_string();
        }
    }
    let errors = match &clash {
        Some(_) => Errors::default(),
        None if matches!(error, ApiError::Clash { .. }) => Errors::whole(words::ENDED_RULE),
        None => form_errors(error),
    };
    let shown = RulePage {
        id,
        form,
        errors,
        clash,
        ..RulePage::default()
    };
    page(state, visit, account, shown).await
}

/// The next days of the two readings of 「第二个…」 and 「第二周的…」, for what is chosen now.
fn readings(state: &AppState, form: &RuleForm) -> [Vec<String>; 2] {
    let (nth, weekday) = form.shown_days();
    let today = state.today();
    let months: Vec<u8> = form.months.iter().filter_map(|month| month.parse().ok()).collect();
    [Mode::NthWeekday, Mode::WeekOfMonth].map(|mode| {
        let rule = Rule {
            nth: nth.clone(),
            weekday: Some(weekday),
            months: months.clone(),
            ..Rule::new(mode, Time(0), Time(60))
        };
        let held = rule.held(today, today.plus_days(AHEAD), &state.rules().calendar);
        held.into_iter().take(3).map(Date::iso).collect()
    })
}

/// Who would fit the seasons the rule has days in, said once a season.
async fn suggestions(state: &AppState, form: &RuleForm) -> ApiResult<Vec<String>> {
    let Ok(input) = form.input() else {
        return Ok(Vec::new());
    };
    if !input.kind.is_bookable() || !input.rule.check().is_empty() {
        return Ok(Vec::new());
    }
    let directory = state.directory().await?;
    let today = state.today();
    let mut seen = BTreeSet::new();
    let mut hints = Vec::new();
    for day in input.rule.held(today, today.plus_days(365), &state.rules().calendar) {
        let found = fitting(&directory, &input.station_id, day, &input.deputies);
        if let Some(first) = found.first()
            && seen.insert(first.season.clone())
        {
            hints.extend(fitting_words(&found));
        }
    }
    Ok(hints)
}

async fn page(state: &AppState, visit: &Visit, account: &Account, mut shown: RulePage) -> ApiResult<Response> {
    let all = stations(state, account).await?;
    let deputies = candidates(state, &shown.form.station_id).await?;
    if shown.new_id.is_empty() {
        shown.new_id = fresh_id("");
    }
    shown.readings = readings(state, &shown.form);
    shown.suggestions = suggestions(state, &shown.form).await?;
    let me = people::me(state, account).await?;
    let title = if shown.id.is_some() { words::EDIT } else { words::NEW };
    let failed = !shown.errors.is_empty();
    let mut page = Page::new(if failed {
        [ERROR_PREFIX, title].concat()
    } else {
        title.to_owned()
    });
    if failed {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    } else if shown.clash.is_some() {
        page = page.status(StatusCode::CONFLICT);
    }
    let now = state.now();
    Ok(page.show_desk(state, visit, me, move || {
        view! { <RuleView page=shown stations=all deputies=deputies now=now /> }.into_any()
    }))
}
