//! What the platform's script on our pages needs. Absent where `WeChat` is not configured.

use super::docs::Reading;
use crate::http::client_ip::ClientIp;
use crate::http::json::Json;
use crate::http::params::Query;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::wechat;
use axum::extract::State;
use liaison_domain::dto::JsSignature;
use serde::Deserialize;
use utoipa::IntoParams;

/// Signatures for one network address in a minute: a page asks for one or two, a village has one address.
const PER_MINUTE: u32 = 120;

/// The page that is to be signed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct SignatureQuery {
    /// Its whole address, without what stands behind `#`.
    pub url: String,
}

/// Signs one of the station's own addresses for the platform's script. 404 where it is not configured.
#[utoipa::path(
    get, path = "/wechat/js-signature", tag = "public", params(SignatureQuery),
    responses((status = 200, body = JsSignature), (status = 422, description = "Not an address of the station"), Reading)
)]
pub async fn js_signature(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    Query(query): Query<SignatureQuery>,
) -> ApiResult<Json<JsSignature>> {
    if state.wechat.is_some() {
        let counted = state.signatures.count(ip, state.now(), PER_MINUTE);
        counted.map_err(|retry_after| ApiError::TooMany {
            code: "too_many",
            retry_after,
        })?;
    }
    wechat::signature(&state, &query.url).await.map(Json)
}
