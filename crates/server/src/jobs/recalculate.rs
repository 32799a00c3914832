//! After the calendar or a limit changed, at the desk or in the configuration file, works out the dates of every open
//! letter anew. How far it came is kept, so that a restart, or another server, goes on where it stopped.

use super::Run;
use crate::problem::{ApiError, ApiResult};
use liaison_domain::Id;
use liaison_domain::lifecycle::Actor;
use liaison_store::settings::Changed;
use serde::{Deserialize, Serialize};

/// Letters between two marks of progress.
const BATCH: u64 = 50;

/// Up to which changes every open letter was worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Progress {
    calendar: i64,
    limits: i64,
    /// A walk through the letters that is not at its end.
    walk: Option<Walk>,
}

/// A walk brings the letters up to these changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    calendar: i64,
    limits: i64,
    /// The last letter that is done.
    after: Id,
}

pub async fn run(run: Run) -> ApiResult<u64> {
    let store = &run.state.store;
    let kept = run.progress().await?.unwrap_or_default();
    let mut progress: Progress = serde_json::from_str(&kept).unwrap_or_default();
    let mut moved = 0;
    loop {
        // Counted before the rules are read: a change in between makes for one more walk, never for a missed one.
        let (calendar, limits) = (
            store.revision_of(Changed::Calendar).await?,
            store.revision_of(Changed::Limits).await?,
        );
        let begun = progress.walk.take();
        if begun.is_none() && (calendar, limits) == (progress.calendar, progress.limits) {
            return Ok(moved);
        }
        // While servers are replaced one by one, the old configuration must not move dates back and call it done.
        if !run.state.brings_the_latest().await? {
            tracing::warn!("another server started with other limits: new dates are left to it");
            return Ok(moved);
        }
        let walk = begun.unwrap_or(Walk {
            calendar,
            limits,
            after: Id::new(),
        });
        let (done, there) = walked(&run, &progress, walk).await?;
        moved += done;
        progress = there;
        keep(&run, &progress).await?;
    }
}

/// Walks to the end, batch by batch.
async fn walked(run: &Run, from: &Progress, mut walk: Walk) -> ApiResult<(u64, Progress)> {
    let state = &run.state;
    let reason = if walk.calendar == from.calendar {
        "limits"
    } else {
        "calendar"
    };
    let mut moved = 0;
    loop {
        state.read_rules_if_changed().await?;
        let rules = state.rules();
        let ids = state.store.open_letters(&walk.after, BATCH).await?;
        let Some(last) = ids.last().cloned() else {
            let there = Progress {
                calendar: walk.calendar,
                limits: walk.limits,
                walk: None,
            };
            return Ok((moved, there));
        };
        for id in ids {
            let context = rules.context(state.now(), Actor::system());
            match state.store.recalculate(&id, reason, &context).await {
                Ok(is_moved) => moved += u64::from(is_moved),
                Err(error) if error.is_temporary() => return Err(error.into()),
                // One letter that cannot be read must not hold up all others.
                Err(error) => tracing::error!(letter = id, "working out anew: {error}"),
            }
        }
        walk.after = last;
        let so_far = Progress {
            walk: Some(walk.clone()),
            ..from.clone()
        };
        keep(run, &so_far).await?;
    }
}

async fn keep(run: &Run, progress: &Progress) -> ApiResult<()> {
    let text = serde_json::to_string(progress).map_err(|error| ApiError::internal("a job's progress", error))?;
    run.keep_progress(&text).await
}
