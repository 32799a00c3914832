//! The API's own description.

use crate::http::json;
use axum::http::StatusCode;
use axum::response::Response;
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::server::Server;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Online liaison station",
        description = "Residents' letters to their deputies, and everything around them.\n\n\
            Errors are `application/problem+json` with a stable `code`. Writing requests need the header \
            `X-Requested-With: liaison`. Changes to a case need `If-Match` with the version read. Creating requests \
            take an `Idempotency-Key`: the same key with the same body is answered with the first answer. Who is restricted \
            for a while gets 403 `restricted` for new letters, bookings, registrations and questions, with a member \
            `restriction` (`RestrictionNotice`): why, until when, what stays possible.",
        license(name = "MIT", identifier = "MIT")
    ),
    components(schemas(liaison_domain::dto::Problem, liaison_domain::dto::RestrictionNotice))
)]
struct Document;

/// The whole document.
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) = super::router().split_for_parts();
    let base = Document::openapi();
    document.info = base.info;
    document.servers = Some(vec![Server::new("/api/v1")]);
    let mut components = document.components.take().unwrap_or_default();
    if let Some(ours) = base.components {
        components.schemas.extend(ours.schemas);
    }
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            "__Host-sid",
            "Set by logging in, or by opening a letter with number and code. Over plain http on this very machine \
             it is called `sid`.",
        ))),
    );
    document.components = Some(components);
    document
}

/// The document as it is committed and served.
pub fn document_json() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "meta", responses((status = 200, description = "OpenAPI 3")))]
pub async fn openapi() -> Response {
    json::response(StatusCode::OK, document_json())
}
