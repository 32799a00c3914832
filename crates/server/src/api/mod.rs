//! `/api/v1`: one file an action or a small family of them. Each route is declared once, for axum and for OpenAPI.

pub mod health;
mod openapi;

pub use openapi::{document, document_json};

use crate::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Every route of the API, below `/api/v1`.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(openapi::openapi))
}
