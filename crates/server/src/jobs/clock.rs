//! Lets happen what is due by itself: signatures by time, questions nobody answered, surveys nobody filled in, promises
//! nobody kept. Each event goes through the same rules as a person's.

use super::Run;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::lifecycle::Actor;
use liaison_store::letters::ActError;

/// Events taken at once.
const BATCH: u64 = 50;

/// Everything that is due now, however long ago its time came.
pub async fn run(run: Run) -> ApiResult<u64> {
    let mut happened = 0;
    loop {
        run.keep().await?;
        match round(&run.state).await? {
            0 => return Ok(happened),
            some => happened += some,
        }
    }
}

/// The same without a lease, for whoever is alone: tests. Returns how many events happened.
pub async fn tick(state: &AppState) -> ApiResult<u64> {
    let mut happened = 0;
    loop {
        match round(state).await? {
            0 => return Ok(happened),
            some => happened += some,
        }
    }
}

/// One event for each of the letters that wait longest.
async fn round(state: &AppState) -> ApiResult<u64> {
    state.read_rules_if_changed().await?;
    let rules = state.rules();
    let context = rules.context(state.now(), Actor::system());
    let mut happened = 0;
    let mut failed = None;
    for item in state.store.due(&context, BATCH).await? {
        match state.store.act(&item.letter_id, &item.event, &context).await {
            Ok(_) => happened += 1,
            // A person, or another server, was quicker.
            Err(ActError::Conflict(_) | ActError::Refused { .. } | ActError::NotFound) => {}
            Err(ActError::Store(error)) if error.is_temporary() => return Err(error.into()),
            // One letter that cannot be kept must not hold up all others.
            Err(ActError::Store(error)) => {
                tracing::error!(letter = item.letter_id, "by the clock: {error}");
                failed = Some(error);
            }
        }
    }
    match failed {
        Some(error) if happened == 0 => Err(error.into()),
        _ => Ok(happened),
    }
}
