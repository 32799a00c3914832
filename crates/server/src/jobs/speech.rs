//! Has recordings turned into text, where a service for it is configured.

use super::Run;
use crate::problem::ApiResult;
use liaison_domain::dto::TRANSCRIPT_MAX;
use liaison_store::DEFAULT_TENANT;
use liaison_store::media::TranscriptRow;

/// Recordings looked at in one run: each may take as long as it lasts.
const BATCH: u64 = 5;
/// Tries before one is left to people.
const TRIES: i64 = 4;

pub async fn run(run: Run) -> ApiResult<u64> {
    let state = &run.state;
    let Some(speech) = &state.speech else { return Ok(0) };
    let mut written = 0;
    for media in state.store.voices_to_write_down(TRIES, BATCH).await? {
        run.keep().await?;
        // Counted before: a recording that brings the service down is not sent for ever.
        state.store.count_speech_try(&media.id).await?;
        let sound = state.files.media(DEFAULT_TENANT, &media.id).await?;
        let words = match speech.write_down(&media.mime, sound).await {
            Ok(words) => words,
            Err(error) => {
                tracing::warn!(
                    recording = media.id,
                    why = error.0,
                    "a recording was not turned into text"
                );
                continue;
            }
        };
        let body: String = words.trim().chars().take(TRANSCRIPT_MAX as usize).collect();
        if body.is_empty() {
            continue;
        }
        let row = TranscriptRow {
            upload_id: media.id,
            version: 1,
            body,
            by_machine: true,
            by_id: None,
            at: state.now(),
        };
        // False: somebody at the office was quicker, and their words are the better ones.
        written += u64::from(state.store.write_transcript(&row).await?);
    }
    Ok(written)
}
