//! Tells people what no event tells: half of the time is over, a signature is due, a promise's day has come.

use super::Run;
use crate::problem::ApiResult;
use liaison_domain::lifecycle::Actor;

/// Letters looked at at once.
const BATCH: u64 = 100;

pub async fn run(run: Run) -> ApiResult<u64> {
    let state = &run.state;
    let mut told = 0;
    loop {
        run.keep().await?;
        state.read_rules_if_changed().await?;
        let rules = state.rules();
        let done = state
            .store
            .remind_due(&rules.context(state.now(), Actor::system()), BATCH)
            .await?;
        told += done.told;
        if done.letters < BATCH {
            return Ok(told);
        }
    }
}
