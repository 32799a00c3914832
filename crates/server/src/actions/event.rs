//! Somebody lets something happen to a case. What may happen is the lifecycle's to decide; here it is only asked.

use super::letter::standing;
use crate::load::related::reply_warnings;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::EventAccepted;
use liaison_domain::lifecycle::{Actor, CaseEvent, allowed_events};
use liaison_domain::reply::Finding;
use liaison_store::letters::{ActError, Acted};

/// Lets an event happen, decided on the version the person saw.
pub async fn act(
    state: &AppState,
    letter_id: &str,
    actor: Actor,
    version: Option<i64>,
    event: &CaseEvent,
) -> ApiResult<EventAccepted> {
    let acted = apply(state, letter_id, &actor, version, event).await?;
    let rules = state.rules();
    let allowed = allowed_events(&acted.case, &rules.context(state.now(), actor));
    Ok(EventAccepted {
        id: acted.case.id,
        version: acted.case.version,
        state: acted.case.state,
        allowed_events: allowed,
    })
}

/// The same, with everything that followed.
pub async fn apply(
    state: &AppState,
    letter_id: &str,
    actor: &Actor,
    version: Option<i64>,
    event: &CaseEvent,
) -> ApiResult<Acted> {
    let rules = state.rules();
    // A reply goes out when its warnings were read; they come from the unit's other replies, which only the store knows.
    let warnings = match event {
        CaseEvent::Release { .. } => match state.store.load(letter_id).await? {
            Some(letter) => Finding::codes(&reply_warnings(state, &letter.case).await?),
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    let mut context = rules.context(state.now(), actor.clone());
    context.expected_version = version;
    context.warnings = &warnings;
    state
        .store
        .act(letter_id, event, &context)
        .await
        .map_err(|error| match error {
            ActError::NotFound => ApiError::NotFound,
            ActError::Conflict(case) => ApiError::Conflict(standing(state, &case, actor.clone())),
            ActError::Refused { refusal, case } => ApiError::Refused(refusal, standing(state, &case, actor.clone())),
            ActError::Store(error) => error.into(),
        })
}
