//! What went wrong in browsers: reported by the boot script, counted, looked at by whoever runs the station.

use super::docs::{Personal, Sending};
use crate::access;
use crate::auth::session::Viewer;
use crate::http::client_ip::ClientIp;
use crate::http::json::{self, Json, RawJson};
use crate::load::admin;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use liaison_domain::client_error::{ClientErrorKind, message, route};
use liaison_domain::dto::{ClientErrorReport, ClientErrorRow};
use liaison_domain::host::{Host, System};
use liaison_store::client_errors::ClientError;

/// A report is a few lines; whatever is longer is none.
const LONGEST: usize = 2048;
/// Reports of one network address in a minute: a village behind one address has a bad day, too.
const PER_MINUTE: u32 = 60;
/// Stands for builds that are not kept here, whatever they are called.
const OTHER: &str = "other";

/// The app could not start, or broke: one more is counted. Nothing is kept of who reports it.
#[utoipa::path(
    post, path = "/client-errors", tag = "public", request_body = ClientErrorReport,
    responses((status = 204, description = "Counted"), Sending)
)]
pub async fn report(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<StatusCode> {
    if body.bytes.len() > LONGEST {
        return Err(ApiError::TooLarge { limit: LONGEST as u64 });
    }
    let now = state.now();
    let counted = state.reports.count(ip, now, PER_MINUTE);
    counted.map_err(|retry_after| ApiError::TooMany {
        code: "too_many",
        retry_after,
    })?;
    let report: ClientErrorReport = json::parse(&body.bytes)?;
    let kind = ClientErrorKind::from_code(&report.kind).ok_or_else(|| ApiError::field("kind", "unknown"))?;
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let agent = agent.unwrap_or_default();
    let known = state.sites.keeps(&report.build);
    let error = ClientError {
        day: state.today().iso(),
        kind,
        build: if known { report.build } else { OTHER.to_owned() },
        host: Host::of(agent).code(),
        system: System::of(agent).code(),
        route: route(&report.path),
        message: message(&report.message),
    };
    state.store.count_client_error(&error).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What went wrong in browsers, by day, build, app and place; the newest days first.
#[utoipa::path(
    get, path = "/admin/client-errors", tag = "admin", security(("session" = [])),
    responses((status = 200, body = [ClientErrorRow]), Personal)
)]
pub async fn list(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Vec<ClientErrorRow>>> {
    access::overseer(&viewer)?;
    admin::client_errors(&state).await.map(Json)
}
