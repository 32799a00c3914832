//! Lets happen what is due by itself: signatures by time, questions nobody answered, surveys nobody filled in, promises
//! nobody kept. Each event goes through the same rules as a person's.

use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::lifecycle::Actor;
use liaison_store::letters::ActError;
use std::time::Duration;

/// Events taken at once.
const BATCH: u64 = 50;
/// Ticks between two clean-ups.
const SWEEP_EVERY: u64 = 20;
/// Rounds per tick, so that a mass of work cannot starve everything else.
const ROUNDS: usize = 20;

/// Ticks until it is aborted. A failed tick is logged and tried again at the next.
pub async fn run(state: AppState) {
    let mut ticks = tokio::time::interval(Duration::from_secs(state.config.tick_seconds));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut count: u64 = 0;
    loop {
        ticks.tick().await;
        match tick(&state).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "events by the clock"),
            Err(error) => report(error),
        }
        crate::notify::tell(&state).await.map_or_else(report, drop);
        if count.is_multiple_of(SWEEP_EVERY) {
            sweep(&state).await.unwrap_or_else(report);
        }
        count += 1;
    }
}

fn report(error: ApiError) {
    match error {
        ApiError::Internal(why) => tracing::error!("the clock: {why}"),
        error => tracing::error!("the clock: {}", error.problem().code),
    }
}

/// Does everything that is due now. Returns how many events happened.
pub async fn tick(state: &AppState) -> ApiResult<usize> {
    state.read_rules_if_changed().await?;
    let rules = state.rules();
    let context = rules.context(state.now(), Actor::system());
    let mut happened = 0;
    for _ in 0..ROUNDS {
        let due = state.store.due(&context, BATCH).await?;
        let before = happened;
        for item in &due {
            match state.store.act(&item.letter_id, &item.event, &context).await {
                Ok(_) => happened += 1,
                // A person, or another server, was quicker.
                Err(ActError::Conflict(_) | ActError::Refused { .. } | ActError::NotFound) => {}
                Err(ActError::Store(error)) => return Err(error.into()),
            }
        }
        if happened == before {
            break;
        }
    }
    Ok(happened)
}

/// Removes what is over: sessions, codes, keys, pictures that never found a letter.
async fn sweep(state: &AppState) -> ApiResult<()> {
    crate::uploads::sweep(state).await?;
    crate::auth::session::sweep(state).await
}
