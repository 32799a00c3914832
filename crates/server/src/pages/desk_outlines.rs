//! Outlines of communities: a file is read, shown as a map, and kept once that is confirmed. The file travels in the
//! page's own form: nothing of it lies anywhere before. The pages need no app.

use super::desk_schedule::see;
use super::frame::Page;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access;
use crate::actions::ledger_import::encoded;
use crate::actions::outlines as actions;
use crate::load::{directory as load_directory, outlines as load, people};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::dto::{OutlineChoice, OutlineImport, OutlineLook};
use liaison_domain::geo::Coordinates;
use liaison_domain::outlines::{BYTES, Fault};
use liaison_store::people::Account;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::outlines as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_outlines::{OUTLINES, OutlineForm, OutlineLookView, OutlinesView};
use serde::Deserialize;

/// Largest posted form, in bytes: a file of the largest size in base64, and enough to say of one that it is too large.
pub const BODY: usize = 8 << 20;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: Option<String>,
}

impl DoneQuery {
    fn words(&self) -> &'static str {
        match self.done.as_deref() {
            Some("saved") => words::SAVED,
            Some("same") => words::SAME,
            Some("removed") => words::REMOVED,
            _ => "",
        }
    }
}

/// The map as it is.
pub async fn show(State(state): State<AppState>, visit: Visit, Query(query): Query<DoneQuery>) -> PageResult {
    let Ok(account) = access::head_clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let shown = Shown {
        done: query.words(),
        ..Shown::default()
    };
    Ok(page(&state, &visit, account, OutlineForm::default(), shown).await?)
}

/// A file was chosen, or what it gives is to be kept, or outlines are to go.
pub async fn act(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = access::head_clerk(&visit.viewer)?;
    let mut form = OutlineForm {
        version: posted.get("version").parse().unwrap_or(0),
        file_name: posted.get("file_name").to_owned(),
        data: posted.get("data").to_owned(),
        coordinates: posted.get("coordinates").to_owned(),
        north_first: posted.get("north_first") == "yes",
        property: posted.get("property").to_owned(),
    };
    match Box::pin(done(&state, account, &posted, &mut form)).await {
        Ok(Done::Gone(address)) => Ok(see(address)),
        Ok(Done::Shown(shown)) => Ok(page(&state, &visit, account, form, *shown).await?),
        Err(error) if belongs_to_form(&error) => Ok(refused(&state, &visit, account, &posted, form, error).await?),
        Err(error) => Err(error.into()),
    }
}

/// What stands on the page.
#[derive(Default)]
struct Shown {
    done: &'static str,
    removing: Option<String>,
    look: Option<OutlineLook>,
    /// A file is there, though it could not be read as it was asked for.
    again: bool,
    errors: Errors,
    clashed: bool,
}

enum Done {
    Gone(String),
    Shown(Box<Shown>),
}

async fn done(state: &AppState, account: &Account, posted: &Posted, form: &mut OutlineForm) -> ApiResult<Done> {
    let (wish, what) = posted.wish();
    match wish {
        "remove" => {
            let removing = Some(what.to_owned());
            return Ok(Done::Shown(Box::new(Shown {
                removing,
                ..Shown::default()
            })));
        }
        "gone" => {
            let area = (what != "all").then_some(what);
            actions::remove(state, account, form.version, area).await?;
            return Ok(Done::Gone([OUTLINES, "?done=removed"].concat()));
        }
        _ => {}
    }
    match &posted.sheet {
        Some((_, None)) => return Err(ApiError::field_limit("file", "too_big", BYTES as u64)),
        Some((name, Some(bytes))) => {
            form.file_name.clone_from(name);
            form.data = encoded(bytes);
            form.version = state.store.outlines_version().await?;
        }
        None => {}
    }
    let keep = wish == "keep";
    let look = actions::import(state, account, &request(posted, form, keep)).await?;
    form.property.clone_from(&look.property);
    Ok(match look.kept {
        Some(version) if version == form.version => Done::Gone([OUTLINES, "?done=same"].concat()),
        Some(_) => Done::Gone([OUTLINES, "?done=saved"].concat()),
        None => Done::Shown(Box::new(Shown {
            look: Some(look),
            ..Shown::default()
        })),
    })
}

/// Choices hold for the names they were made under: read by another property, all are found anew.
fn request(posted: &Posted, form: &OutlineForm, keep: bool) -> OutlineImport {
    let holds = posted.get("read_by") == form.property;
    let chosen = posted.pairs.iter().filter(|_| holds).filter_map(|(name, value)| {
        Some(OutlineChoice {
            feature: name.strip_prefix("to-")?.parse().ok()?,
            area: (!value.is_empty()).then(|| value.clone()),
        })
    });
    OutlineImport {
        file_name: form.file_name.clone(),
        data: form.data.clone(),
        coordinates: Coordinates::from_code(&form.coordinates).unwrap_or(Coordinates::Wgs84),
        north_first: form.north_first,
        property: (!form.property.is_empty()).then(|| form.property.clone()),
        choices: chosen.collect(),
        keep,
        version: Some(form.version),
    }
}

/// The form with what is wrong. When somebody was quicker, everything chosen stands there still, over the map as it is now.
async fn refused(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    posted: &Posted,
    mut form: OutlineForm,
    error: ApiError,
) -> ApiResult<Response> {
    let clashed = matches!(error, ApiError::Clash { .. });
    let errors = form_errors(error);
    let is = |code: &str| {
        errors
            .fields
            .iter()
            .any(|error| error.field == "file" && error.code == code)
    };
    let is_choice = errors.fields.iter().any(|error| error.field.starts_with("to-"));
    // Only what another reading or choice could mend keeps the file.
    let is_swapped = is(Fault::Swapped.code());
    let again = !form.data.is_empty() && (clashed || is_choice || is_swapped || is("nothing"));
    let mut look = None;
    if again && !is_swapped {
        form.version = state.store.outlines_version().await?;
        // What cannot be chosen any more is found by name again.
        let none = Posted::default();
        let chosen = if is_choice { &none } else { posted };
        look = actions::import(state, account, &request(chosen, &form, false))
            .await
            .ok();
    }
    let shown = Shown {
        look,
        again,
        errors,
        clashed,
        ..Shown::default()
    };
    page(state, visit, account, form, shown).await
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: OutlineForm,
    shown: Shown,
) -> ApiResult<Response> {
    let kept = load::outlines(state).await?;
    let stations = load_directory::write_options(state).await?.stations;
    let me = people::me(state, account).await?;
    let now = state.now();
    let is_preview = shown.look.is_some() || shown.again;
    let title = if is_preview { words::PREVIEW } else { words::TITLE };
    let mut page = Page::new(title);
    if !shown.errors.is_empty() {
        let status = if shown.clashed {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        page = Page::new([ERROR_PREFIX, title].concat()).status(status);
    }
    Ok(page.show_desk(state, visit, me, move || {
        if is_preview {
            view! {
                <OutlineLookView form=form look=shown.look areas=kept.areas stations=stations errors=shown.errors />
            }
            .into_any()
        } else {
            view! {
                <OutlinesView
                    kept=kept
                    stations=stations
                    form=form
                    done=shown.done
                    removing=shown.removing
                    errors=shown.errors
                    now=now
                />
            }
            .into_any()
        }
    }))
}
