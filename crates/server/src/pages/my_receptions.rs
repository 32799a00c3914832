//! A deputy's own receptions: what comes, who comes, asking to be excused. The pages need no app.

use super::desk_receptions::DoneQuery;
use super::desk_schedule::see;
use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::desk_receptions as actions;
use crate::load::desk_receptions as load;
use crate::load::{notices, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::Id;
use liaison_domain::dto::LeaveRequest;
use liaison_domain::notify::Subject;
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::receptions as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_receptions::{MY_RECEPTIONS, MyReceptionView, MyReceptionsView};

/// Everything to come.
pub async fn list(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok((account, deputy)) = access::deputy(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let data = load::own(&state, deputy).await?;
    let directory = state.directory().await.map_err(ApiError::from)?;
    let calendar = directory
        .deputy(deputy)
        .map(|found| format!("/deputies/{}/calendar.ics", found.card.slug));
    let me = people::me(&state, account).await?;
    let (deputy, now) = (deputy.clone(), state.now());
    Ok(Page::new(words::MINE).show_desk(&state, &visit, me, move || {
        view! { <MyReceptionsView data=data deputy=deputy calendar=calendar now=now /> }.into_any()
    }))
}

/// What the page of one reception shows beside it.
#[derive(Default)]
struct Shown {
    reason: String,
    proposed: String,
    errors: Errors,
    done: Option<String>,
}

/// One of them.
pub async fn one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
) -> PageResult {
    let Ok((account, deputy)) = access::deputy(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    notices::seen(&state, &visit.viewer, &Subject::Reception(id.clone()).key()).await;
    let shown = Shown {
        done: query.words(),
        ..Shown::default()
    };
    Ok(page(&state, &visit, (account, deputy), &id, shown).await?)
}

/// Being excused is asked for.
pub async fn ask(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let (account, deputy) = access::deputy(&visit.viewer)?;
    let wanted = LeaveRequest {
        reason: posted.get("reason").to_owned(),
        proposed: Some(posted.get("proposed").to_owned()),
    };
    match actions::ask_leave(&state, deputy, &id, &wanted).await {
        Ok(()) => Ok(see(format!("{MY_RECEPTIONS}/{id}?done=leave"))),
        Err(error) if belongs_to_form(&error) => {
            let shown = Shown {
                reason: wanted.reason,
                proposed: wanted.proposed.unwrap_or_default(),
                errors: form_errors(error),
                done: None,
            };
            Ok(page(&state, &visit, (account, deputy), &id, shown).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    state: &AppState,
    visit: &Visit,
    (account, deputy): (&Account, &Id),
    id: &str,
    shown: Shown,
) -> ApiResult<Response> {
    let data = load::own_one(state, deputy, id).await?;
    let mut deputies = load::candidates(state, &data.row.station.id).await?;
    deputies.retain(|(one, _)| one.id != *deputy);
    let me = people::me(state, account).await?;
    let mut page = Page::new(words::MINE);
    if !shown.errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::MINE].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (deputy, now) = (deputy.clone(), state.now());
    Ok(page.show_desk(state, visit, me, move || {
        view! {
            <MyReceptionView
                data=data
                deputy=deputy
                deputies=deputies
                reason=shown.reason
                proposed=shown.proposed
                errors=shown.errors
                done=shown.done
                now=now
            />
        }
        .into_any()
    }))
}
