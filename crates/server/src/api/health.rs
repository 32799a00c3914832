//! Is the process there, and can it work?

use crate::problem::ApiResult;
use crate::state::AppState;
use axum::extract::State;

/// The process answers.
pub async fn health() -> &'static str {
    "ok"
}

/// Database and files answer too.
pub async fn ready(State(state): State<AppState>) -> ApiResult<&'static str> {
    state.store.ping().await?;
    Ok("ready")
}
