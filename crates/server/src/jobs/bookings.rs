//! Reminds of talks that come nearer, lets offers lapse to the next in line, and ends receptions that nobody ended.

use super::Run;
use crate::problem::{ApiError, ApiResult};
use liaison_domain::calendar::DAY_MS;
use liaison_store::receptions::ReceptionError;

/// Bookings, or receptions, looked at at once.
const BATCH: u64 = 50;

pub async fn run(run: Run) -> ApiResult<u64> {
    let mut done = 0;
    loop {
        run.keep().await?;
        let (state, now) = (&run.state, run.state.now());
        let (store, terms) = (&state.store, state.config.reception.terms());
        let (lapsed, offered) = store.lapse_offers(terms, now).await.map_err(failed)?;
        let (looked, reminded) = store.remind_bookings(terms, now, BATCH).await.map_err(failed)?;
        let closed = store.close_forgotten(now - DAY_MS, now, BATCH).await.map_err(failed)?;
        done += (lapsed.len() + offered.len()) as u64 + reminded + closed;
        if lapsed.is_empty() && looked < BATCH && closed < BATCH {
            return Ok(done);
        }
    }
}

fn failed(error: ReceptionError) -> ApiError {
    match error {
        ReceptionError::Store(error) => error.into(),
        error => ApiError::internal("bookings by the clock", error),
    }
}
