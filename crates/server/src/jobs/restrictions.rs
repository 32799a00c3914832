//! Ends restrictions whose time is over and tells the people; forgets numbers that no restriction needs any more.

use super::Run;
use crate::problem::ApiResult;

/// Measures ended at once.
const BATCH: u64 = 50;

pub async fn run(run: Run) -> ApiResult<u64> {
    let mut done = 0;
    loop {
        run.keep().await?;
        let state = &run.state;
        let ended = state.store.end_restrictions(state.now(), BATCH).await?;
        done += ended;
        if ended < BATCH {
            let limits = &state.rules().limits;
            return Ok(done + state.store.forget_restricted_numbers(limits, state.now()).await?);
        }
    }
}
