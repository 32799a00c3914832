//! JSON bodies: the right content type, no unknown fields (the types say so), and errors that name the field.

use crate::problem::{ApiError, ApiResult};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Largest JSON body, in bytes: the longest letter, twice over.
pub const MAX_BODY: usize = 64 * 1024;

/// A JSON body in, a JSON body out.
#[derive(Clone, Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let RawJson { bytes } = RawJson::read(request).await?;
        parse(&bytes).map(Self)
    }
}

/// A JSON body as it came, for handlers that need its hash before its meaning.
#[derive(Clone, Debug)]
pub struct RawJson {
    pub bytes: Bytes,
}

impl RawJson {
    async fn read(request: Request) -> ApiResult<Self> {
        if !is_json(request.headers()) {
            return Err(ApiError::UnsupportedMedia);
        }
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BODY)
            .await
            .map_err(|_| ApiError::TooLarge { limit: MAX_BODY as u64 })?;
        Ok(Self { bytes })
    }
}

impl<S: Send + Sync> FromRequest<S> for RawJson {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        Self::read(request).await
    }
}

/// Reads JSON; an error names the field it stumbled over.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> ApiResult<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_syntax() || inner.is_eof() {
            return ApiError::BadRequest {
                code: "bad_json",
                detail: "提交的内容格式不对。",
            };
        }
        field_error(&path, &inner.to_string())
    })?;
    reader.end().map_err(|_| ApiError::BadRequest {
        code: "bad_json",
        detail: "提交的内容格式不对。",
    })?;
    Ok(value)
}

/// serde tells missing and unknown fields in words only; the field's name stands between backticks.
fn field_error(path: &str, message: &str) -> ApiError {
    let path = if path == "." { "" } else { path };
    let named = || message.split('`').nth(1).unwrap_or_default();
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    if message.starts_with("missing field") {
        return ApiError::field(below(named()), "required");
    }
    if message.starts_with("unknown field") {
        // The path of an unknown field may already end with its name.
        let name = named();
        let ends_with_it = path == name || path.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
        return ApiError::field(if ends_with_it { path.to_owned() } else { below(name) }, "unknown");
    }
    ApiError::field(if path.is_empty() { "body" } else { path }, "invalid")
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => response(StatusCode::OK, bytes),
            Err(error) => ApiError::internal("serialising an answer", error).into_response(),
        }
    }
}

/// An answer from JSON that is already text.
pub fn response(status: StatusCode, bytes: impl Into<Body>) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        bytes.into(),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::dto::TrackRequest;

    fn wrong_field(json: &str) -> (String, String) {
        match parse::<TrackRequest>(json.as_bytes()) {
            Err(ApiError::Validation(fields)) => (fields[0].field.clone(), fields[0].code.clone()),
            other => panic!("expected a field error for {json}, got {other:?}"),
        }
    }

    #[test]
    fn errors_name_the_field() {
        assert_eq!(wrong_field(r#"{"no":"TH"}"#), ("code".into(), "required".into()));
        assert_eq!(
            wrong_field(r#"{"no":"TH","code":"x","role":"admin"}"#),
            ("role".into(), "unknown".into())
        );
        assert_eq!(wrong_field(r#"{"no":7,"code":"x"}"#), ("no".into(), "invalid".into()));
    }

    #[test]
    fn broken_json_is_told_from_wrong_fields() {
        for text in ["", "{", "nonsense", r#"{"no":"a","code":"b"} trailing"#] {
            let result = parse::<TrackRequest>(text.as_bytes());
            assert!(
                matches!(result, Err(ApiError::BadRequest { code: "bad_json", .. })),
                "{text}: {result:?}"
            );
        }
    }
}
