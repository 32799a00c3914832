//! Removes what is over: sessions, codes, keys, pictures that never found a letter, notes and letters that were never finished,
//! messages that went out long ago, counts of what broke in browsers.

use super::Run;
use crate::problem::ApiResult;

/// Days for which it is counted what broke in browsers: as long as three releases.
pub const CLIENT_ERRORS_DAYS: i32 = 90;
/// Messages removed at once.
const BATCH: u64 = 500;

pub async fn run(run: Run) -> ApiResult<u64> {
    crate::uploads::sweep(&run.state).await?;
    crate::auth::session::sweep(&run.state).await?;
    let before = run.state.now() - crate::actions::drafts::KEPT;
    run.state.store.sweep_note_drafts(before).await?;
    run.state.store.sweep_letter_drafts(run.state.now()).await?;
    let since = run.state.today().plus_days(-CLIENT_ERRORS_DAYS).iso();
    run.state.store.sweep_client_errors(&since).await?;
    run.state.store.look_at_sizes().await?;
    sent_messages(&run).await
}

/// Those that could not be sent stay: somebody has to see them first.
async fn sent_messages(run: &Run) -> ApiResult<u64> {
    let before = run.state.now() - run.state.config.notify.keep_sent;
    let mut removed = 0;
    loop {
        run.keep().await?;
        match run.state.store.remove_sent(before, BATCH).await? {
            0 => return Ok(removed),
            some => removed += some,
        }
    }
}
