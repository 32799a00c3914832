//! Matters like the one somebody is writing about.

use super::docs::Reading;
use crate::http::client_ip::ClientIp;
use crate::http::json::Json;
use crate::load::similar;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use liaison_domain::dto::{SimilarCases, SimilarRequest};

/// Per address and minute: a village behind one address, each asking when they pause.
const ASKED: u32 = 120;

/// Published letters that read like a text; asked while it is written. Searches the public copies only.
#[utoipa::path(
    post, path = "/cases/similar", tag = "public", request_body = SimilarRequest,
    responses((status = 200, body = SimilarCases, description = "At most three, the likest first"), (status = 429), Reading)
)]
pub async fn similar(
    State(state): State<AppState>,
    ip: ClientIp,
    Json(request): Json<SimilarRequest>,
) -> ApiResult<Json<SimilarCases>> {
    if let Err(retry_after) = state.similar.count(ip.0, state.now(), ASKED) {
        return Err(ApiError::TooMany {
            code: "too_many",
            retry_after,
        });
    }
    similar::similar(&state, &request).await.map(Json)
}
