//! Deputies: the list, and the form of one, which a deputy opens for themselves.

use super::super::counter::SCRIPT;
use super::super::desk_schedule::see;
use super::super::posted::Posted;
use super::super::problem::{PageResult, belongs_to_form, form_errors};
use super::super::visit::Visit;
use super::{DoneQuery, carried, clash, done, handed_in, page};
use crate::access;
use crate::actions::places as actions;
use crate::load::{desk_places as load, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::DeputySettings;
use liaison_store::people::Account;
use liaison_web::i18n::desk::places as words;
use liaison_web::views::desk_pages::{DEPUTIES, MY_PROFILE};
use liaison_web::views::desk_places::{DeputyForm, DeputyFormView, DeputyPlace, PlacesView, by_control};

/// The list.
pub async fn list(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let rows = load::deputies(&state, account).await?;
    let me = people::me(&state, account).await?;
    Ok(
        page(words::DEPUTIES, false, false).show_desk(&state, &visit, me, move || {
            view! {
                <PlacesView
                    title=words::DEPUTIES
                    lead=words::DEPUTIES_LEAD
                    none=words::DEPUTIES_NONE
                    rows=rows
                    base=DEPUTIES
                />
            }
            .into_any()
        }),
    )
}

/// The form of a deputy, for a clerk.
pub async fn one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    Ok(open(&state, &visit, account, &id, &query).await?)
}

/// The form of one's own page.
pub async fn my_profile(State(state): State<AppState>, visit: Visit, Query(query): Query<DoneQuery>) -> PageResult {
    let Ok((account, id)) = access::deputy(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    Ok(open(&state, &visit, account, id, &query).await?)
}

/// A clerk keeps it.
pub async fn post(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let account = access::clerk(&visit.viewer)?;
    Ok(Box::pin(act(&state, &visit, account, &id, request)).await?)
}

/// The deputy keeps it.
pub async fn post_my_profile(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let (account, id) = access::deputy(&visit.viewer)?;
    Ok(Box::pin(act(&state, &visit, account, id, request)).await?)
}

async fn open(state: &AppState, visit: &Visit, account: &Account, id: &str, query: &DoneQuery) -> ApiResult<Response> {
    let kept = kept(state, account, id).await?;
    let shown = DeputyPlace {
        form: DeputyForm::of(&kept),
        done: query.words(),
        ..DeputyPlace::default()
    };
    show(state, visit, account, kept, shown).await
}

async fn act(state: &AppState, visit: &Visit, account: &Account, id: &str, request: Request) -> ApiResult<Response> {
    // Looked up before anything is read: pictures of strangers are not worth decoding.
    let kept = kept(state, account, id).await?;
    let posted = Posted::read(state, visit, request).await?;
    let mut form = DeputyForm {
        version: posted.get("version").to_owned(),
        bio: posted.get("bio").to_owned(),
        expertise: posted.get("expertise").to_owned(),
        removing: posted.get("do") == "remove",
        ..DeputyForm::of(&kept)
    };
    let new = handed_in(&posted, "").or_else(|| carried(posted.get("photo"), ""));
    if let Some(new) = new {
        form.photo = Some(new);
    }
    if posted.get("do") == "gone" {
        // One that was never kept gives way to the one that is.
        form.photo = DeputyForm::of(&kept).photo.filter(|_| !posted.get("photo").is_empty());
    }
    let shown = DeputyPlace {
        form,
        ..DeputyPlace::default()
    };
    if !posted.wrong.is_empty() {
        let error = ApiError::Validation(posted.wrong);
        return refused(state, visit, account, kept, shown, error).await;
    }
    if matches!(posted.get("do"), "remove" | "stay") {
        return show(state, visit, account, kept, shown).await;
    }
    let version = posted.get("version").parse().unwrap_or(0);
    let input = shown.form.input();
    match Box::pin(actions::change_deputy(state, account, id, version, input)).await {
        Ok(after) => Ok(see(done(&address(account, id), version, after.version))),
        Err(error) => refused(state, visit, account, kept, shown, error).await,
    }
}

fn address(account: &Account, id: &str) -> String {
    if account.deputy_id.is_some() {
        MY_PROFILE.to_owned()
    } else {
        format!("{DEPUTIES}/{id}")
    }
}

async fn kept(state: &AppState, account: &Account, id: &str) -> ApiResult<DeputySettings> {
    let found = load::deputy(state, account, id).await?;
    load::deputy_settings(state, found).await
}

/// The form as typed with what is wrong. When somebody was quicker, with who and what.
async fn refused(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    before: DeputySettings,
    mut shown: DeputyPlace,
    error: ApiError,
) -> ApiResult<Response> {
    if !belongs_to_form(&error) {
        return Err(error);
    }
    let mut now = before;
    if matches!(error, ApiError::Clash { .. }) {
        now = kept(state, account, &now.deputy.id).await?;
        let opened = shown.form.version.parse().unwrap_or(0);
        shown.clash = Some(clash(&now.changes, opened));
        shown.form.version = now.version.to_string();
    } else if let ApiError::Validation(fields) = error {
        shown.errors = by_control(fields);
    } else {
        shown.errors = form_errors(error);
    }
    show(state, visit, account, now, shown).await
}

async fn show(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    kept: DeputySettings,
    shown: DeputyPlace,
) -> ApiResult<Response> {
    let me = people::me(state, account).await?;
    let page = page(&kept.deputy.name, !shown.errors.is_empty(), shown.clash.is_some());
    let now = state.now();
    let shown = DeputyPlace {
        own: account.deputy_id.is_some(),
        script: state.site().file(SCRIPT).to_owned(),
        ..shown
    };
    Ok(page.show_desk(state, visit, me, move || {
        view! { <DeputyFormView kept=kept page=shown now=now /> }.into_any()
    }))
}
