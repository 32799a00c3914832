//! Keeps receptions planned ahead: each day one more, and all of them anew when the calendar changed.

use super::Run;
use crate::actions::plan;
use crate::problem::ApiResult;
use liaison_domain::calendar::date_of;
use liaison_store::settings::Changed;

pub async fn run(run: Run) -> ApiResult<u64> {
    let state = &run.state;
    let calendar = state.store.revision_of(Changed::Calendar).await?;
    // What was planned for: nothing to do until the day or the calendar is another.
    let there = format!("{} {calendar}", date_of(state.now()).iso());
    if run.progress().await?.as_deref() == Some(&there) {
        return Ok(0);
    }
    state.read_rules_if_changed().await?;
    let touched = plan::plan_all(state).await?;
    run.keep_progress(&there).await?;
    Ok(touched)
}
