//! Reminds of talks and events that come nearer, lets offers lapse to the next in line, and ends receptions that nobody ended.

use super::Run;
use crate::problem::{ApiError, ApiResult};
use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, HOUR_MS};
use liaison_store::events::EventError;
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
        let (events, told) = match ahead(&terms.remind_hours) {
            Some(ahead) => store.remind_of_events(ahead, now, BATCH).await.map_err(not_told)?,
            None => (0, 0),
        };
        let closed = store.close_forgotten(now - DAY_MS, now, BATCH).await.map_err(failed)?;
        done += (lapsed.len() + offered.len()) as u64 + reminded + told + closed;
        if lapsed.is_empty() && looked < BATCH && events < BATCH && closed < BATCH {
            return Ok(done);
        }
    }
}

/// How long before an event people are reminded: once, the last of the times that hold for talks.
fn ahead(hours: &[u32]) -> Option<Millis> {
    hours.iter().min().map(|hours| Millis::from(*hours) * HOUR_MS)
}

fn not_told(error: EventError) -> ApiError {
    match error {
        EventError::Store(error) => error.into(),
        error => ApiError::internal("reminding of events", error),
    }
}

fn failed(error: ReceptionError) -> ApiError {
    match error {
        ReceptionError::Store(error) => error.into(),
        error => ApiError::internal("bookings by the clock", error),
    }
}
