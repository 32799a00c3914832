//! The form of a record: at a reception, afterwards, and to change one.

use super::counter::{SCRIPT, called, title_of, when};
use super::frame::Page;
use super::note_drafts;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::record::slip_cookie;
use super::visit::Visit;
use crate::actions::{counter, ledger_access as access, record};
use crate::auth::secret;
use crate::http::params::Path;
use crate::load::{ledger as load, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::{NewRecordRequest, RecordChange, RecordConsent, RecordKept};
use liaison_domain::reception::BookingState;
use liaison_store::people::Account;
use liaison_store::receptions::{Recorded, Session};
use liaison_web::components::{Errors, Options};
use liaison_web::i18n::desk::ledger as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::ledger::{NotesView, RecordForm, RecordOptions, StationChoiceView, Waiting};
use serde::Deserialize;

/// Who is written about, and what was just saved.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NotesQuery {
    pub booking: String,
    pub saved: String,
    station: String,
    /// A draft, by its id.
    pub draft: String,
    /// Somebody new, whatever is unfinished.
    pub new: String,
}

/// What a page shows beside its options.
#[derive(Default)]
struct Shown {
    form: RecordForm,
    people: Vec<Waiting>,
    errors: Errors,
    said: String,
    /// When the draft that the form shows was saved.
    saved_at: Option<Millis>,
    /// Somebody changed it meanwhile.
    conflict: bool,
}

/// The form at a reception.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<NotesQuery>,
) -> PageResult {
    let Ok(account) = access::hand(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let session = access::session(&state, account, &id).await?;
    if let Some((form, saved_at)) = note_drafts::wanted(&state, account, &session, &query).await? {
        let shown = Shown {
            form,
            saved_at: Some(saved_at),
            ..Shown::default()
        };
        return Ok(at_session(&state, &visit, account, &session, shown).await?);
    }
    let receiving: Vec<_> = session.receiving().map(|one| one.deputy_id.clone()).collect();
    let mut form = RecordForm {
        once: secret::token(),
        people: "1".to_owned(),
        // Whoever writes was there; where one alone receives, it was them.
        deputies: match (&account.deputy_id, receiving.as_slice()) {
            (Some(own), _) => vec![own.clone()],
            (None, [only]) => vec![only.clone()],
            _ => Vec::new(),
        },
        ..RecordForm::default()
    };
    if !query.booking.is_empty()
        && let Ok((found, _)) = access::appointment(&state, account, &query.booking).await
        && found.session_id == session.id
    {
        form.booking = found.id;
        form.visitor = found.name;
        form.people = found.people.to_string();
        form.topic = found.topic;
        if let Some(deputy) = found.deputy_id.filter(|_| form.deputies.is_empty()) {
            form.deputies.push(deputy);
        }
    }
    let said = match query.saved.as_str() {
        "" => "",
        "gone" => words::DRAFT_GONE,
        _ => words::SAVED,
    };
    let shown = Shown {
        form,
        said: said.to_owned(),
        ..Shown::default()
    };
    Ok(at_session(&state, &visit, account, &session, shown).await?)
}

/// A record of a reception is saved.
pub async fn keep(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::hand(&visit.viewer)?;
    let session = access::session(&state, account, &id).await?;
    let form = RecordForm::read(&posted.pairs);
    let outcome = match note_drafts::unfinished(&state, &visit, account, &session, &posted).await {
        Ok(Some(response)) => return Ok(response),
        Ok(None) => {
            let talk = record::Talk::at(&session, state.now());
            written(&state, account, talk, &form).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(kept) => Ok(after(
            &state,
            &visit,
            &kept,
            &format!("{}?saved={}", visit.path, kept.record.no),
        )),
        Err(error) if belongs_to_form(&error) => {
            let shown = Shown {
                form,
                errors: form_errors(error),
                ..Shown::default()
            };
            Ok(at_session(&state, &visit, account, &session, shown).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a saved record leads: to its slip when it became a letter.
fn after(state: &AppState, visit: &Visit, kept: &RecordKept, to: &str) -> Response {
    let Some(receipt) = &kept.receipt else {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    };
    let to = format!("/desk/ledger/{}/slip", kept.record.id);
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    if let Some(cookie) = slip_cookie(state, visit, &kept.record.id, receipt) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn written(
    state: &AppState,
    account: &Account,
    talk: record::Talk<'_>,
    form: &RecordForm,
) -> ApiResult<RecordKept> {
    // An old page without a key of its own is a form like any other.
    let once = if form.once.is_empty() {
        secret::token()
    } else {
        form.once.clone()
    };
    let request = NewRecordRequest {
        content: form.content().map_err(ApiError::Validation)?,
        appointment_id: Some(form.booking.clone()).filter(|id| !id.is_empty()),
        phone: Some(form.phone.clone()),
        consent: Some(RecordConsent {
            how: form.consent.clone(),
            publish: form.publish,
        }),
    };
    Box::pin(record::write_down(state, account, talk, &request, &once)).await
}

async fn at_session(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    session: &Session,
    mut shown: Shown,
) -> ApiResult<Response> {
    let mut options = options(state, session.receiving().map(|one| one.deputy_id.as_str())).await?;
    options.action = format!("/desk/receptions/{}/notes", session.id);
    options.title = format!("{}：{}", words::NOTES, title_of(session));
    options.lead = when(state, session).await?;
    options.back = Some((format!("/desk/receptions/{}/counter", session.id), words::TO_COUNTER));
    options.draft = Some(note_drafts::beside(state, account, session, &shown.form.once, shown.saved_at).await?);
    if !shown.form.booking.is_empty() {
        let found = state.store.appointment(&shown.form.booking).await?;
        options.phone_masked = found.and_then(|found| found.phone_masked);
    }
    let mut queue = counter::queue(state, session).await?;
    queue.retain(|one| one.state == BookingState::CheckedIn);
    // Those who were called first, then those who wait.
    queue.sort_by_key(|one| (one.called_at.is_none(), one.queue_no));
    shown.people = queue
        .iter()
        .map(|one| Waiting {
            id: one.id.clone(),
            name: called(one),
        })
        .collect();
    page(state, visit, account, options, shown).await
}

/// The form for a talk without a reception.
pub async fn new(State(state): State<AppState>, visit: Visit, Query(query): Query<NotesQuery>) -> PageResult {
    let Ok(account) = access::hand(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let directory = state.directory().await.map_err(ApiError::from)?;
    let own = access::stations(&state, account).await?;
    let mut cards = directory.stations.iter().map(|station| &station.card);
    let chosen = match own.as_slice() {
        [only] => directory.station(only).map(|station| station.card.slug.clone()),
        own => cards
            .find(|card| card.slug == query.station && own.contains(&card.id))
            .map(|card| card.slug.clone()),
    };
    let Some(station) = chosen else {
        let cards = directory.stations.iter().map(|station| &station.card);
        let cards = cards.filter(|card| own.contains(&card.id));
        let stations = vec![(
            String::new(),
            cards.map(|card| (card.slug.clone(), card.name.clone())).collect(),
        )];
        let me = people::me(&state, account).await?;
        return Ok(Page::new(words::NEW).show_desk(&state, &visit, me, move || {
            view! { <StationChoiceView stations=stations /> }.into_any()
        }));
    };
    let form = RecordForm {
        once: secret::token(),
        people: "1".to_owned(),
        date: date_of(state.now()).iso(),
        deputies: account.deputy_id.iter().cloned().collect(),
        station,
        ..RecordForm::default()
    };
    let shown = Shown {
        form,
        ..Shown::default()
    };
    Ok(without_session(&state, &visit, account, shown).await?)
}

/// A record without a reception is saved.
pub async fn keep_new(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::hand(&visit.viewer)?;
    let form = RecordForm::read(&posted.pairs);
    let kept = match record::Talk::elsewhere(&state, account, &form.station, &form.date).await {
        Ok(talk) => written(&state, account, talk, &form).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(kept) => Ok(after(
            &state,
            &visit,
            &kept,
            &format!("/desk/ledger/{}?said=saved", kept.record.id),
        )),
        Err(error) if belongs_to_form(&error) => {
            let shown = Shown {
                form,
                errors: form_errors(error),
                ..Shown::default()
            };
            Ok(without_session(&state, &visit, account, shown).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn without_session(state: &AppState, visit: &Visit, account: &Account, shown: Shown) -> ApiResult<Response> {
    let directory = state.directory().await?;
    let station = directory.station_by_slug(&shown.form.station);
    let deputies = match station {
        Some(station) => state.store.station_deputies(&station.card.id).await?,
        None => Vec::new(),
    };
    let mut options = options(state, deputies.iter().map(|deputy| deputy.card.id.as_str())).await?;
    "/desk/ledger/new".clone_into(&mut options.action);
    words::NEW.clone_into(&mut options.title);
    words::NEW_LEAD.clone_into(&mut options.lead);
    options.back = Some(("/desk/ledger".to_owned(), words::TO_LEDGER));
    options.asks_date = true;
    options.station_name = station.map(|station| station.card.name.clone()).unwrap_or_default();
    page(state, visit, account, options, shown).await
}

/// A record to be changed.
pub async fn change(State(state): State<AppState>, visit: Visit, Path(id): Path<String>) -> PageResult {
    let Ok(account) = access::hand(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let record = access::record(&state, account, &id).await?;
    let form = RecordForm::of(&record.content, record.version);
    let shown = Shown {
        form,
        ..Shown::default()
    };
    Ok(changing(&state, &visit, account, &record, shown).await?)
}

/// It is saved.
pub async fn keep_change(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::hand(&visit.viewer)?;
    let known = access::record(&state, account, &id).await?;
    let mut form = RecordForm::read(&posted.pairs);
    let changed = match form.content() {
        Ok(content) => {
            let change = RecordChange {
                content,
                phone: Some(form.phone.clone()),
            };
            let version = form.version.parse().unwrap_or(0);
            record::change(&state, &known, version, &change).await
        }
        Err(wrong) => Err(ApiError::Validation(wrong)),
    };
    let shown = match changed {
        Ok(_) => {
            let to = format!("/desk/ledger/{id}?said=changed");
            return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
        }
        Err(ApiError::Conflict(_)) => {
            // What was typed stands; saved once more it is meant against what is there now.
            form.version = known.version.to_string();
            Shown {
                form,
                errors: Errors::whole(words::CONFLICT),
                conflict: true,
                ..Shown::default()
            }
        }
        Err(ApiError::Refused(..)) => Shown {
            form,
            errors: Errors::whole(words::BECAME),
            ..Shown::default()
        },
        Err(error) if belongs_to_form(&error) => Shown {
            form,
            errors: form_errors(error),
            ..Shown::default()
        },
        Err(error) => return Err(error.into()),
    };
    Ok(changing(&state, &visit, account, &known, shown).await?)
}

async fn changing(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    record: &Recorded,
    shown: Shown,
) -> ApiResult<Response> {
    let of_station = state.store.station_deputies(&record.station_id).await?;
    let mut ids: Vec<&str> = of_station.iter().map(|deputy| deputy.card.id.as_str()).collect();
    for one in record.content.deputies.iter().filter_map(|one| one.id.as_deref()) {
        if !ids.contains(&one) {
            ids.push(one);
        }
    }
    let mut options = options(state, ids.into_iter()).await?;
    let known = load::one(state, record.clone()).await?;
    options.action = format!("/desk/ledger/{}/change", record.id);
    options.title = format!("{} {}", words::CHANGE, record.no);
    options.lead = format!("{}，{}", known.date, known.station.name);
    options.back = Some((format!("/desk/ledger/{}", record.id), words::NOTES));
    options.phone_masked.clone_from(&record.phone_masked);
    options.is_change = true;
    page(state, visit, account, options, shown).await
}

async fn options<'a>(state: &AppState, deputies: impl Iterator<Item = &'a str>) -> ApiResult<RecordOptions> {
    let directory = state.directory().await?;
    let deputies = deputies.filter_map(|id| directory.deputy(id));
    let deputies = deputies
        .map(|deputy| (deputy.card.id.clone(), deputy.card.name.clone()))
        .collect();
    let mut categories: Options = Vec::new();
    for parent in directory.categories.iter().filter(|one| one.parent_id.is_none()) {
        let below = directory.categories.iter();
        let below = below.filter(|one| one.parent_id.as_ref() == Some(&parent.id));
        let own = std::iter::once(parent).chain(below);
        categories.push((
            parent.name.clone(),
            own.map(|one| (one.id.clone(), one.name.clone())).collect(),
        ));
    }
    Ok(RecordOptions {
        deputies,
        categories,
        script: state.site().file(SCRIPT).to_owned(),
        ..RecordOptions::default()
    })
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    options: RecordOptions,
    shown: Shown,
) -> ApiResult<Response> {
    let title = if shown.errors.is_empty() {
        options.title.clone()
    } else {
        [ERROR_PREFIX, &options.title].concat()
    };
    let mut page = Page::new(title);
    if shown.conflict {
        page = page.status(StatusCode::CONFLICT);
    } else if !shown.errors.is_empty() {
        page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let me = people::me(state, account).await?;
    let Shown {
        form,
        people,
        errors,
        said,
        ..
    } = shown;
    Ok(page.show_desk(state, visit, me, move || {
        view! { <NotesView options=options form=form people=people errors=errors said=said /> }.into_any()
    }))
}
