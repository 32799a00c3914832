//! Unfinished notes on the form of a reception's record: which one it shows, keeping one without a script, dropping one.

use super::again;
use super::notes::NotesQuery;
use super::posted::Posted;
use super::visit::Visit;
use crate::actions::drafts::{self, Draft};
use crate::actions::record;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::Millis;
use liaison_store::people::Account;
use liaison_store::receptions::Session;
use liaison_web::i18n::desk::ledger as words;
use liaison_web::views::ledger::{NoteDraft, RecordForm};

/// A draft as the form shows it, and when it was saved.
pub async fn wanted(
    state: &AppState,
    account: &Account,
    session: &Session,
    query: &NotesQuery,
) -> ApiResult<Option<(RecordForm, Millis)>> {
    let own = drafts::own(state, account, session).await?;
    Ok(chosen(query, &own).map(|draft| {
        let form = RecordForm {
            once: draft.once.clone(),
            ..RecordForm::read(&draft.fields)
        };
        (form, draft.saved_at)
    }))
}

/// The draft that is asked for: by its id, of the visitor who is named, or the latest when nothing else is said.
fn chosen<'a>(query: &NotesQuery, own: &'a [Draft]) -> Option<&'a Draft> {
    if !query.draft.is_empty() {
        own.iter().find(|draft| draft.id == query.draft)
    } else if !query.booking.is_empty() {
        own.iter().find(|draft| draft.get("booking") == query.booking)
    } else if query.saved.is_empty() && query.new.is_empty() {
        own.first()
    } else {
        None
    }
}

/// A button of the form that keeps no record yet: what is typed is kept, or thrown away. None: another button.
pub async fn unfinished(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    session: &Session,
    posted: &Posted,
) -> ApiResult<Option<Response>> {
    let once = posted.get("once");
    let to = match posted.wish().0 {
        "draft" => {
            let is_typed = |name: &str| !matches!(name, "csrf" | "do" | "once") && name != again::WHO;
            let typed = posted.pairs.iter().filter(|(name, _)| is_typed(name));
            let typed: Vec<_> = typed.cloned().collect();
            match drafts::keep(state, account, session, once, &typed).await? {
                Some(_) => format!("{}?draft={}", visit.path, record::id_of(account, once)),
                None => format!("{}?saved=1", visit.path),
            }
        }
        "discard" => {
            match drafts::discard(state, account, once).await {
                Ok(()) | Err(ApiError::NotFound) => {}
                Err(error) => return Err(error),
            }
            format!("{}?saved=gone", visit.path)
        }
        _ => return Ok(None),
    };
    Ok(Some((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()))
}

/// What a form says of its own draft, and of the others.
pub async fn beside(
    state: &AppState,
    account: &Account,
    session: &Session,
    once: &str,
    saved_at: Option<Millis>,
) -> ApiResult<NoteDraft> {
    let (here, now) = (record::id_of(account, once), state.now());
    let own = drafts::own(state, account, session).await?;
    let others = own.iter().filter(|draft| draft.id != here).map(|draft| {
        let about = [draft.get("visitor"), draft.get("topic")];
        let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
        let href = format!("/desk/receptions/{}/notes?draft={}", session.id, draft.id);
        (href, words::draft_line(&about.join("，"), draft.saved_at, now))
    });
    Ok(NoteDraft {
        url: format!("/api/v1/reception-sessions/{}/drafts/{once}", session.id),
        saved: saved_at.map(|at| words::draft_saved(at, now)),
        others: others.collect(),
    })
}
