//! Stations: the list, and the form of one. Texts and pictures are posted apart; each leaves the other as it is kept.

use super::super::counter::SCRIPT;
use super::super::desk_schedule::see;
use super::super::posted::Posted;
use super::super::problem::{PageResult, belongs_to_form, field, form_errors};
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
use liaison_domain::dto::{PhotoInput, PlacePhoto, StationSettings};
use liaison_store::people::Account;
use liaison_web::i18n::desk::{outlines, places as words};
use liaison_web::views::desk_outlines::OUTLINES;
use liaison_web::views::desk_pages::STATIONS;
use liaison_web::views::desk_places::{
    PhotoForm, PhotoRow, PlacesView, StationForm, StationFormView, StationPlace, by_control,
};

/// The list.
pub async fn list(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let rows = load::stations(&state, account).await?;
    let me = people::me(&state, account).await?;
    // The map is the whole district's.
    let more = access::head_clerk(&visit.viewer)
        .is_ok()
        .then_some((OUTLINES, outlines::TITLE));
    Ok(
        page(words::STATIONS, false, false).show_desk(&state, &visit, me, move || {
            view! {
                <PlacesView
                    title=words::STATIONS
                    lead=words::STATIONS_LEAD
                    none=words::STATIONS_NONE
                    rows=rows
                    base=STATIONS
                    more=more
                />
            }
            .into_any()
        }),
    )
}

/// The form of a station.
pub async fn one(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
) -> PageResult {
    let Ok(account) = access::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let kept = kept(&state, account, &id).await?;
    let mut shown = as_kept(&kept);
    if query.is_about_photos() {
        shown.photos.done = words::SAVED;
    } else {
        shown.done = query.words();
    }
    Ok(show(&state, &visit, account, kept, shown).await?)
}

/// Texts or pictures are kept.
pub async fn post(State(state): State<AppState>, visit: Visit, Path(id): Path<String>, request: Request) -> PageResult {
    let account = access::clerk(&visit.viewer)?;
    // Looked up before anything is read: pictures of strangers are not worth decoding.
    let kept = kept(&state, account, &id).await?;
    let posted = Posted::read(&state, &visit, request).await?;
    Ok(Box::pin(act(&state, &visit, account, kept, &posted)).await?)
}

async fn act(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    kept: StationSettings,
    posted: &Posted,
) -> ApiResult<Response> {
    let is_photos = posted.get("form") == "photos";
    let mut shown = as_kept(&kept);
    let version = posted.get("version").parse().unwrap_or(0);
    let input = if is_photos {
        shown.photos = photo_form(posted, &kept.photos);
        if !posted.wrong.is_empty() {
            return refused(
                state,
                visit,
                account,
                kept,
                shown,
                ApiError::Validation(posted.wrong.clone()),
            )
            .await;
        }
        if posted.uploads.is_empty() && !shown.photos.new_alt.trim().is_empty() && posted.wish().0 == "save" {
            return refused(
                state,
                visit,
                account,
                kept,
                shown,
                ApiError::Validation(vec![field("file", "required")]),
            )
            .await;
        }
        if matches!(posted.wish().0, "remove" | "stay") {
            return show(state, visit, account, kept, shown).await;
        }
        let mut input = kept.settings.clone();
        input.photos = shown.photos.rows.iter().map(|row| row.input.clone()).collect();
        Ok(input)
    } else {
        shown.form = StationForm::read(&posted.pairs);
        shown.form.input(kept.settings.photos.clone())
    };
    let input = match input {
        Ok(input) => input,
        Err(mut wrong) => {
            // Everything that is wrong at once: what is readable is looked at with the coordinates as they are kept.
            let readable = StationForm {
                lng: kept.settings.lng.to_string(),
                lat: kept.settings.lat.to_string(),
                ..shown.form.clone()
            };
            if let Ok(input) = readable.input(kept.settings.photos.clone()) {
                wrong.extend(liaison_domain::places::check_station(&input));
            }
            return refused(state, visit, account, kept, shown, ApiError::Validation(wrong)).await;
        }
    };
    match Box::pin(actions::change_station(
        state,
        account,
        &kept.station.id,
        version,
        input,
    ))
    .await
    {
        Ok(after) => {
            let address = format!("{STATIONS}/{}", after.station.id);
            Ok(see(if is_photos && after.version != version {
                address + "?done=photos#photos"
            } else {
                done(&address, version, after.version)
            }))
        }
        Err(error) => refused(state, visit, account, kept, shown, error).await,
    }
}

/// The pictures as posted: moved, removed, one more.
fn photo_form(posted: &Posted, kept: &[PlacePhoto]) -> PhotoForm {
    let values = |name: &'static str| posted.pairs.iter().filter(move |(known, _)| known == name);
    let alts: Vec<&str> = values("alt").map(|(_, value)| value.as_str()).collect();
    let mut rows: Vec<PhotoRow> = values("photo")
        .enumerate()
        .filter_map(|(at, (_, text))| {
            let alt = alts.get(at).copied().unwrap_or_default();
            let known = kept.iter().find(|photo| photo.id == *text);
            match known {
                Some(photo) => {
                    let row = PhotoRow::kept(photo);
                    Some(PhotoRow {
                        input: PhotoInput {
                            alt: alt.to_owned(),
                            ..row.input
                        },
                        ..row
                    })
                }
                None => carried(text, alt),
            }
        })
        .collect();
    let (wish, id) = posted.wish();
    let at = rows.iter().position(|row| row.input.id == id);
    match (wish, at) {
        ("up", Some(at)) if at > 0 => rows.swap(at, at - 1),
        ("down", Some(at)) if at + 1 < rows.len() => rows.swap(at, at + 1),
        ("gone", Some(at)) => {
            rows.remove(at);
        }
        _ => {}
    }
    let new_alt = posted.get("new_alt").to_owned();
    let new = handed_in(posted, &new_alt);
    PhotoForm {
        removing: (wish == "remove").then(|| id.to_owned()),
        done: "",
        new_alt: if new.is_some() { String::new() } else { new_alt },
        rows: rows.into_iter().chain(new).collect(),
    }
}

async fn kept(state: &AppState, account: &Account, id: &str) -> ApiResult<StationSettings> {
    let found = load::station(state, account, id).await?;
    load::station_settings(state, found).await
}

fn as_kept(kept: &StationSettings) -> StationPlace {
    StationPlace {
        form: StationForm::of(&kept.settings, kept.version),
        photos: PhotoForm {
            rows: kept.photos.iter().map(PhotoRow::kept).collect(),
            ..PhotoForm::default()
        },
        ..StationPlace::default()
    }
}

/// The form as typed with what is wrong. When somebody was quicker, with who and what.
async fn refused(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    before: StationSettings,
    mut shown: StationPlace,
    error: ApiError,
) -> ApiResult<Response> {
    if !belongs_to_form(&error) {
        return Err(error);
    }
    let mut now = before;
    if matches!(error, ApiError::Clash { .. }) {
        let known = now.photos;
        now = kept(state, account, &now.station.id).await?;
        // Saving again must not take away what somebody else just added.
        let added = now
            .photos
            .iter()
            .filter(|photo| known.iter().all(|old| old.id != photo.id));
        shown.photos.rows.extend(added.map(PhotoRow::kept));
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
    kept: StationSettings,
    shown: StationPlace,
) -> ApiResult<Response> {
    let me = people::me(state, account).await?;
    let page = page(&kept.station.name, !shown.errors.is_empty(), shown.clash.is_some());
    let now = state.now();
    let shown = StationPlace {
        script: state.site().file(SCRIPT).to_owned(),
        ..shown
    };
    Ok(page.show_desk(state, visit, me, move || {
        view! { <StationFormView kept=kept page=shown now=now /> }.into_any()
    }))
}
