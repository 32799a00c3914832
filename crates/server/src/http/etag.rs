//! `If-Match: "<version>"`: the version of the case a change was decided on.

use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

/// The version the client read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let value = parts.headers.get(header::IF_MATCH).ok_or(ApiError::VersionRequired)?;
        value
            .to_str()
            .ok()
            .and_then(|text| text.trim().trim_start_matches("W/").trim_matches('"').parse().ok())
            .map(Self)
            .ok_or(ApiError::BadRequest {
                code: "bad_if_match",
                detail: "If-Match 应当是读到的版本号。",
            })
    }
}

/// The `ETag` of a case's version.
pub fn of(version: i64) -> String {
    format!("\"{version}\"")
}
