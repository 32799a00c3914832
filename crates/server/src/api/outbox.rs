//! What went out to telephones and mailboxes, and what did not.

use super::docs::Personal;
use crate::access;
use crate::auth::session::Viewer;
use crate::http::json::Json;
use crate::http::params::{Path, Query};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use liaison_domain::dto::{Outbox, OutboxEntry};
use liaison_domain::lifecycle::Role;
use liaison_domain::notify::OutboxState;
use liaison_store::outbox::OutboxRow;
use serde::Deserialize;
use utoipa::IntoParams;

/// Rows at once.
const ROWS: u64 = 100;

/// Which messages are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct OutboxQuery {
    /// `dead` when left out, `waiting`, or `sent`.
    pub state: Option<String>,
}

/// Messages by state, with how many there are of each.
#[utoipa::path(get, path = "/admin/outbox", tag = "admin", params(OutboxQuery), security(("session" = [])), responses((status = 200, body = Outbox), Personal))]
pub async fn list(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<OutboxQuery>,
) -> ApiResult<Json<Outbox>> {
    access::overseer(&viewer)?;
    let which = match query.state.as_deref() {
        None => OutboxState::Dead,
        Some(code) => OutboxState::from_code(code).ok_or_else(|| ApiError::field("state", "unknown"))?,
    };
    let counts = state.store.outbox_counts().await?;
    let count = |state: OutboxState| {
        let at = OutboxState::ALL.iter().position(|known| *known == state);
        at.and_then(|at| counts.get(at)).copied().unwrap_or_default()
    };
    let rows = state.store.outbox(which, ROWS).await?;
    Ok(Json(Outbox {
        waiting: count(OutboxState::Waiting),
        sent: count(OutboxState::Sent),
        dead: count(OutboxState::Dead),
        rows: rows.into_iter().map(entry).collect(),
    }))
}

/// Sends a dead message again.
#[utoipa::path(
    post, path = "/admin/outbox/{id}/retry", tag = "admin", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 204, description = "It waits to be sent again"), Personal)
)]
pub async fn retry(State(state): State<AppState>, viewer: Viewer, Path(id): Path<String>) -> ApiResult<StatusCode> {
    access::admin(&viewer)?;
    if state.store.retry_message(&id, state.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::NotFound)
    }
}

fn entry(row: OutboxRow) -> OutboxEntry {
    OutboxEntry {
        id: row.id,
        name: if row.role == Role::Resident {
            String::new()
        } else {
            row.name
        },
        role: row.role,
        channel: row.channel,
        subject: row.subject,
        state: row.state,
        attempts: row.attempts,
        urgent: row.urgent,
        next_at: row.next_at,
        error: row.last_error,
        created_at: row.created_at,
        sent_at: row.sent_at,
    }
}
