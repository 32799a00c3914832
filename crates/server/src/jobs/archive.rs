//! Archives letters and bookings that were kept as long as they have to be, lets events forget whose words were whose after
//! the same time, and forgets residents of whom nothing speaks any more.

use super::Run;
use crate::problem::ApiResult;
use crate::rules::Rules;
use liaison_domain::Millis;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::lifecycle::{Actor, CaseEvent};
use liaison_store::events::EventError;
use liaison_store::letters::ActError;

/// Letters looked at at once.
const BATCH: u64 = 100;

pub async fn run(run: Run) -> ApiResult<u64> {
    let state = &run.state;
    let (mut archived, mut after) = (0, String::new());
    loop {
        run.keep().await?;
        state.read_rules_if_changed().await?;
        let rules = state.rules();
        let now = state.now();
        let context = rules.context(now, Actor::system());
        let before = now - shortest(&rules, now);
        let ended = state.store.ended(before, &after, BATCH, &context).await?;
        for id in &ended.over {
            match state.store.act(id, &CaseEvent::Archive {}, &context).await {
                Ok(_) => archived += 1,
                // Somebody was quicker.
                Err(ActError::Conflict(_) | ActError::Refused { .. } | ActError::NotFound) => {}
                Err(ActError::Store(error)) if error.is_temporary() => return Err(error.into()),
                // One letter that cannot be kept must not hold up all others.
                Err(ActError::Store(error)) => tracing::error!(letter = id, "archiving: {error}"),
            }
        }
        let Some(last) = ended.last else {
            archived += bookings(&run, &rules).await?;
            archived += forget_events(&run).await?;
            let forgotten = state.store.forget_residents(before).await?;
            if forgotten > 0 {
                tracing::info!(forgotten, "residents of whom nothing speaks any more");
            }
            return Ok(archived);
        };
        after = last;
    }
}

/// Takes from bookings whose they were, so long after the reception, and removes what inboxes say about meetings of that
/// time. Tells how many bookings.
async fn bookings(run: &Run, rules: &Rules) -> ApiResult<u64> {
    let store = &run.state.store;
    let before = rules.limits.retention.over_since(run.state.now(), &rules.calendar);
    let mut forgotten = 0;
    loop {
        run.keep().await?;
        match store.forget_bookings(before, BATCH).await? {
            0 => break,
            some => forgotten += some,
        }
    }
    loop {
        run.keep().await?;
        if store.forget_meeting_notices(before, BATCH).await? == 0 {
            return Ok(forgotten);
        }
    }
}

/// Events that were over as long ago as the district keeps letters.
async fn forget_events(run: &Run) -> ApiResult<u64> {
    let state = &run.state;
    let (mut forgotten, mut after) = (0, String::new());
    loop {
        run.keep().await?;
        let (rules, now) = (state.rules(), state.now());
        let past = state
            .store
            .past_events(now - shortest(&rules, now), &after, BATCH)
            .await?;
        let Some(last) = past.last().map(|last| last.id.clone()) else {
            return Ok(forgotten);
        };
        for event in past {
            if rules.limits.retention.after(event.ends_at, &rules.calendar) > now {
                continue;
            }
            match state.store.forget_event(&event.id, now).await {
                Ok(()) => forgotten += 1,
                Err(EventError::Store(error)) if error.is_temporary() => return Err(error.into()),
                Err(error) => tracing::error!(event = event.id, "forgetting: {error}"),
            }
        }
        after = last;
    }
}

/// A time that every letter is kept at least. Months and work days differ in length: somewhat less than the shortest
/// limit, for the rules themselves decide about each letter.
fn shortest(rules: &Rules, now: Millis) -> Millis {
    let all = std::iter::once(&rules.limits).chain(rules.categories.values());
    let reach = all
        .map(|limits| limits.retention.after(now, &rules.calendar) - now)
        .min();
    let reach = reach.unwrap_or_default();
    (reach - (reach / 10).max(4 * DAY_MS)).max(0)
}
