//! Writes come from our own pages only: a header no foreign form can send, the Origin, and the
//! browser's own word where it gives one. Plain forms cannot send headers; they carry a token twice instead.

use crate::auth::cookie;
use crate::auth::secret;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;

const REFUSED: ApiError = ApiError::Forbidden {
    code: "csrf",
    detail: "这次提交不是从本站页面发出的,请回到页面重新提交。",
};

/// Guards the API: every method that writes.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_write(request.method()) {
        let headers = request.headers();
        let ours = headers.get("x-requested-with").is_some_and(|value| value == "liaison");
        if !ours || !is_same_origin(&state, headers) {
            return REFUSED.into_response();
        }
    }
    next.run(request).await
}

/// Whether a method may change anything.
pub fn is_write(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Origin and fetch metadata. Both are absent in old web views, so absence says nothing; presence must fit.
pub fn is_same_origin(state: &AppState, headers: &HeaderMap) -> bool {
    let told = headers.get("sec-fetch-site");
    if told.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else { return false };
    if state
        .config
        .public_url
        .as_deref()
        .is_some_and(|ours| ours.eq_ignore_ascii_case(origin))
    {
        return true;
    }
    let Some((_, authority)) = origin.split_once("://") else {
        return false;
    };
    headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| host.eq_ignore_ascii_case(authority))
}

/// The token of plain forms: one per browser, in a cookie and in a hidden field. A page takes it as an extractor,
/// writes [`Self::value`] into the form and adds [`Self::set_cookie`] to its answer.
#[derive(Clone, Debug)]
pub struct FormToken {
    value: String,
    cookie: Option<HeaderValue>,
}

impl FormToken {
    /// For the hidden field `csrf`.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The `Set-Cookie` for a browser that has none yet.
    pub fn set_cookie(&self) -> Option<&HeaderValue> {
        self.cookie.as_ref()
    }
}

impl FromRequestParts<AppState> for FormToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let name = cookie::Name::Form.on(state, &parts.headers);
        if let Some(value) = cookie::read(&parts.headers, name.text).filter(|value| value.len() == secret::HEX_LEN) {
            return Ok(Self {
                value: value.to_owned(),
                cookie: None,
            });
        }
        let value = secret::token();
        let cookie = cookie::set(name, &value, None);
        Ok(Self {
            value,
            cookie: Some(cookie),
        })
    }
}

/// Checks a plain form's post: same origin, and the hidden field equals the cookie.
pub fn check_form(state: &AppState, headers: &HeaderMap, posted: &str) -> ApiResult<()> {
    let name = cookie::Name::Form.on(state, headers);
    let fits = cookie::read(headers, name.text).is_some_and(|cookie| secret::same(cookie, posted));
    if fits && is_same_origin(state, headers) {
        Ok(())
    } else {
        Err(REFUSED)
    }
}
