//! What an author agreed to, taken back or given again, each by itself: that others may read it, that those who handle it
//! may call.

use super::event;
use crate::access;
use crate::auth::session::Viewer;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::dto::{ConsentChange, LetterConsent};
use liaison_domain::lifecycle::{Actor, CaseEvent, EventKind, allowed_events};
use liaison_store::letters::Letter;

/// Changes what is named; the rest stays. What stands already is fine.
pub async fn change(
    state: &AppState,
    viewer: &Viewer,
    no_or_id: &str,
    change: &ConsentChange,
) -> ApiResult<LetterConsent> {
    let (letter, actor) = access::own_letter(state, viewer, no_or_id).await?;
    if let Some(may_call) = change.may_call {
        state.store.put_may_call(&letter.id, may_call).await?;
    }
    if let Some(consent) = change.publish.filter(|consent| *consent != letter.case.consent_publish) {
        let event = CaseEvent::ConsentChanged { consent };
        event::apply(state, &letter.id, &actor, None, &event).await?;
    }
    let (letter, actor) = access::own_letter(state, viewer, no_or_id).await?;
    of(state, &letter, actor).await
}

/// What stands for a letter.
pub async fn of(state: &AppState, letter: &Letter, author: Actor) -> ApiResult<LetterConsent> {
    let rules = state.rules();
    let allowed = allowed_events(&letter.case, &rules.context(state.now(), author));
    Ok(LetterConsent {
        no: letter.no.clone(),
        title: letter.title.clone(),
        publish: letter.case.consent_publish,
        can_change: allowed.contains(&EventKind::ConsentChanged),
        may_call: state.store.extra(&letter.id).await?.may_call.unwrap_or(true),
    })
}
