//! Cookies: `__Host-` names over https; plain names only between this machine and itself, because browsers refuse
//! `__Host-` over http and trying the demo out must work without a certificate.

use crate::config::InsecureCookie;
use crate::state::AppState;
use axum::http::{HeaderMap, HeaderValue, header};

/// Our cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The session.
    Session,
    /// The token of plain forms.
    Form,
    /// The token of unfinished letters.
    Drafts,
    /// That this browser asked a platform who it is.
    Asked,
    /// A platform's account that waits for a phone number.
    Bind,
}

/// A cookie's name as this connection may carry it.
#[derive(Clone, Copy, Debug)]
pub struct OnWire {
    pub text: &'static str,
    secure: bool,
}

impl Name {
    /// The name to read and to set on this connection.
    pub fn on(self, state: &AppState, headers: &HeaderMap) -> OnWire {
        let secure = !may_be_insecure(state, headers);
        let text = match (self, secure) {
            (Self::Session, true) => "__Host-sid",
            (Self::Session, false) => "sid",
            (Self::Form, true) => "__Host-form",
            (Self::Form, false) => "form",
            (Self::Drafts, true) => "__Host-drafts",
            (Self::Drafts, false) => "drafts",
            (Self::Asked, true) => "__Host-asked",
            (Self::Asked, false) => "asked",
            (Self::Bind, true) => "__Host-bind",
            (Self::Bind, false) => "bind",
        };
        OnWire { text, secure }
    }
}

/// Plain http, and both ends are this machine.
fn may_be_insecure(state: &AppState, headers: &HeaderMap) -> bool {
    let config = &state.config;
    if config.insecure_cookie == InsecureCookie::Never || !config.addr.ip().is_loopback() {
        return false;
    }
    if config
        .public_url
        .as_deref()
        .is_some_and(|url| url.starts_with("https://"))
    {
        return false;
    }
    if headers.contains_key("x-forwarded-proto") || headers.contains_key("x-forwarded-for") {
        return false;
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(n, _)| n);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// A cookie's value.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// A `Set-Cookie`. `max_age` in seconds; without it the cookie ends with the browser. Values are our own tokens.
pub fn set(name: OnWire, value: &str, max_age: Option<i64>) -> HeaderValue {
    let mut text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax", name.text);
    if name.secure {
        text.push_str("; Secure");
    }
    if let Some(seconds) = max_age {
        text.push_str("; Max-Age=");
        text.push_str(&seconds.to_string());
    }
    // Tokens are hexadecimal: this cannot fail, and an empty cookie would only log somebody out.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("sid=; Path=/; Max-Age=0"))
}

/// Takes a cookie away.
pub fn clear(name: OnWire) -> HeaderValue {
    set(name, "", Some(0))
}
