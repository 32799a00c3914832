//! The counter of a reception on a tablet, and the slip with the queue number.

use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::actions::{counter, ledger_access as access};
use crate::auth::secret;
use crate::http::params::Path;
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::minute_of_day;
use liaison_domain::dto::{QueueEntry, WalkInRequest};
use liaison_store::people::Account;
use liaison_store::receptions::Session;
use liaison_web::components::Errors;
use liaison_web::i18n::dates;
use liaison_web::i18n::desk::ledger as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::i18n::zh::receptions::kind;
use liaison_web::views::ledger::{CounterData, CounterForm, CounterView, NumberSlipView, Said};
use serde::Deserialize;

/// The script beside these pages, by its name in the build.
pub const SCRIPT: &str = "still.js";

/// What just happened, and to whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CounterQuery {
    said: Option<String>,
    who: Option<String>,
}

/// Whose slip it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SlipQuery {
    booking: String,
}

/// The queue and the ways into it.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<CounterQuery>,
) -> PageResult {
    let Ok(account) = access::hand(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let session = access::session(&state, account, &id).await?;
    let said = match (query.said, query.who) {
        (Some(what), Some(who)) => said(&state, &session, &what, &who).await?,
        (Some(what), None) => Some(Said {
            words: words::happened(&what, ""),
            slip: None,
        }),
        _ => None,
    };
    Ok(page(
        &state,
        &visit,
        account,
        &session,
        CounterForm::default(),
        Errors::default(),
        said,
    )
    .await?)
}

async fn said(state: &AppState, session: &Session, what: &str, who: &str) -> ApiResult<Option<Said>> {
    let Ok(entry) = counter::entry(state, &session.id, who).await else {
        return Ok(None);
    };
    let slip = matches!(what, "checkin" | "walkin")
        .then(|| format!("/desk/receptions/{}/slip?booking={}", session.id, entry.id));
    Ok(Some(Said {
        words: words::happened(what, &called(&entry)),
        slip,
    }))
}

/// 「3 号 王女士」.
pub fn called(entry: &QueueEntry) -> String {
    let number = entry.queue_no.map(words::number);
    let name = Some(entry.name.clone()).filter(|name| !name.is_empty());
    [number, name].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A button of the counter.
pub async fn act(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::hand(&visit.viewer)?;
    let session = access::session(&state, account, &id).await?;
    let form = CounterForm {
        code: posted.get("code").trim().to_owned(),
        name: posted.get("name").trim().to_owned(),
        topic: posted.get("topic").trim().to_owned(),
        people: posted.get("people").trim().to_owned(),
        access_needs: posted.get("access_needs").trim().to_owned(),
    };
    match done(&state, account, &session, &posted, &form).await {
        Ok((what, who)) => {
            let who = who.map(|who| format!("&who={}", who.id)).unwrap_or_default();
            // The next visitor comes the same way: whoever works by keyboard is there already.
            let there = match what {
                "walkin" => "topic",
                "checkin" if posted.wish().0 == "code" => "code",
                _ => "next",
            };
            let to = format!("{}?said={what}{who}#{there}", visit.path);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(error) if belongs_to_form(&error) => {
            Ok(page(&state, &visit, account, &session, form, form_errors(error), None).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn done(
    state: &AppState,
    account: &Account,
    session: &Session,
    posted: &Posted,
    form: &CounterForm,
) -> ApiResult<(&'static str, Option<QueueEntry>)> {
    let (wish, id) = posted.wish();
    // Whoever is named by a button belongs to this reception.
    if !id.is_empty() {
        let (found, _) = access::appointment(state, account, id).await?;
        if found.session_id != session.id {
            return Err(ApiError::NotFound);
        }
    }
    Ok(match wish {
        "code" => (
            "checkin",
            Some(counter::check_in_by_code(state, session, &form.code).await?),
        ),
        "checkin" => ("checkin", Some(counter::check_in(state, session, id).await?)),
        "walkin" => {
            let request = WalkInRequest {
                name: form.name.clone(),
                topic: form.topic.clone(),
                people: form.people.parse().unwrap_or(0),
                access_needs: form.access_needs.clone(),
            };
            let press = counter::press(account, session, "walkin", posted.get("once"));
            let here = counter::walk_in(state, session, &request, press.as_ref()).await?;
            ("walkin", Some(here))
        }
        "next" => {
            let press = counter::press(account, session, "next", posted.get("once"));
            match counter::call_next(state, session, press.as_ref()).await? {
                Some(next) => ("called", Some(next)),
                None => ("nobody", None),
            }
        }
        "call" => ("called", Some(counter::call(state, session, id, true).await?)),
        "back" => ("back", Some(counter::call(state, session, id, false).await?)),
        "finish" => ("finish", Some(counter::finish(state, session, id).await?)),
        _ => return Err(ApiError::NotFound),
    })
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    session: &Session,
    form: CounterForm,
    errors: Errors,
    said: Option<Said>,
) -> ApiResult<Response> {
    let data = CounterData {
        id: session.id.clone(),
        title: title_of(session),
        when: when(state, session).await?,
        is_open: session.state.is_open(),
        queue: counter::queue(state, session).await?,
        once: secret::token(),
        now: state.now(),
        script: state.site().file(SCRIPT).to_owned(),
    };
    // What just happened is the first thing that is read aloud.
    let title = match &said {
        Some(said) => [&said.words, " ", words::COUNTER].concat(),
        None if errors.is_empty() => words::COUNTER.to_owned(),
        None => [ERROR_PREFIX, words::COUNTER].concat(),
    };
    let mut page = Page::new(title);
    if !errors.is_empty() {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let me = people::me(state, account).await?;
    Ok(page.show_desk(state, visit, me, move || {
        view! { <CounterView data=data form=form errors=errors said=said /> }.into_any()
    }))
}

/// A reception's name: its own, else its topic's, else its kind's.
pub fn title_of(session: &Session) -> String {
    let kind = kind(session.kind);
    match (session.title.as_str(), session.topic.as_str()) {
        ("", "") => kind.to_owned(),
        ("", topic) => format!("{kind}：{topic}"),
        (title, _) => title.to_owned(),
    }
}

/// 「11月26日 星期四 14:30–17:00，云帆街道联络站」.
pub async fn when(state: &AppState, session: &Session) -> ApiResult<String> {
    let directory = state.directory().await?;
    let station = directory
        .station(&session.station_id)
        .map(|station| station.card.name.clone());
    let place = if session.place.is_empty() {
        station.unwrap_or_default()
    } else {
        session.place.clone()
    };
    let day = dates::long_date(session.starts_at, state.now());
    Ok(format!(
        "{day} {}–{}，{place}",
        clock(session.starts_at),
        clock(session.ends_at)
    ))
}

fn clock(at: Millis) -> String {
    let minutes = minute_of_day(at);
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// The queue number on paper.
pub async fn slip(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<SlipQuery>,
) -> PageResult {
    let Ok(account) = access::hand(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let session = access::session(&state, account, &id).await?;
    let queue = counter::queue(&state, &session).await?;
    let entry = queue
        .iter()
        .find(|entry| entry.id == query.booking)
        .ok_or(ApiError::NotFound)?;
    let number = entry.queue_no.ok_or(ApiError::NotFound)?;
    let before = counter::waiting_before(&queue, Some(number));
    let name = entry.name.clone();
    let (back, when) = (format!("/desk/receptions/{id}/counter"), when(&state, &session).await?);
    let station = state.directory().await.map_err(ApiError::from)?;
    let station = station
        .station(&session.station_id)
        .map(|station| station.card.name.clone());
    let script = state.site().file(SCRIPT).to_owned();
    let me = people::me(&state, account).await?;
    Ok(Page::new(words::SLIP).show_desk(&state, &visit, me, move || {
        view! {
            <NumberSlipView
                back=back
                station=station.unwrap_or_default()
                when=when
                number=number
                name=name
                before=before
                script_address=script
            />
        }
        .into_any()
    }))
}
