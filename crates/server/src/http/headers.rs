//! Security headers on every response, errors and files included. A handler may set a stricter value first.

use crate::config::Config;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use liaison_domain::host::Host;

/// For pages and the API.
pub const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// For engines that know no `'wasm-unsafe-eval'` and would otherwise refuse WebAssembly.
pub const CSP_OLD_ENGINE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; \
     style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// For uploaded files and problems: nothing runs, nothing loads.
pub const CSP_SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// Cached by nobody: personal, or changing.
pub const NO_STORE: &str = "no-store";

/// The build of the apps that this server's pages start.
pub const APP_VERSION: HeaderName = HeaderName::from_static("x-app-version");

/// Whose a page or an answer is: the handle of the session that it was made for. The browser's own keeper of pages read
/// (`public/sw.js`) holds it for that login alone.
pub const KEPT_FOR: HeaderName = HeaderName::from_static("x-kept-for");

/// Tells a proxy to pass on each piece as it comes.
pub const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

static FIXED: [(HeaderName, HeaderValue); 8] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=63072000; includeSubDomains"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=(), browsing-topics=()",
        ),
    ),
    (
        HeaderName::from_static("x-permitted-cross-domain-policies"),
        HeaderValue::from_static("none"),
    ),
];

/// The policies of this installation, for each kind of engine, made once.
#[derive(Clone, Debug)]
pub struct Policies {
    new: HeaderValue,
    old: HeaderValue,
    /// Inside of `WeChat`, where pages load the platform's script.
    wechat: Option<(HeaderValue, HeaderValue)>,
}

impl Policies {
    /// As the configuration wants them.
    pub fn of(config: &Config) -> Self {
        let script = config.wechat.as_ref().filter(|wechat| wechat.share);
        let wechat = script.and_then(|wechat| {
            let host = format!("https://{}", wechat.script.authority()?);
            let with = |policy: &str| {
                HeaderValue::from_str(&policy.replacen("script-src 'self'", &format!("script-src 'self' {host}"), 1))
                    .ok()
            };
            Some((with(CSP)?, with(CSP_OLD_ENGINE)?))
        });
        Self {
            new: HeaderValue::from_static(CSP),
            old: HeaderValue::from_static(CSP_OLD_ENGINE),
            wechat,
        }
    }

    /// The policy for answers to this engine that have none of their own.
    pub fn csp(&self, request: &HeaderMap) -> HeaderValue {
        let is_old = is_old_engine(request);
        let policy = match &self.wechat {
            Some((_, old)) if is_old && is_wechat(request) => old,
            Some((new, _)) if is_wechat(request) => new,
            _ if is_old => &self.old,
            _ => &self.new,
        };
        policy.clone()
    }
}

fn is_wechat(request: &HeaderMap) -> bool {
    host(request) == Host::WeChat
}

/// The app that a request comes from, as it says itself.
pub fn host(request: &HeaderMap) -> Host {
    let agent = request.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Host::of(agent.unwrap_or_default())
}

/// Completes the headers of a response; those that are there stay.
pub fn complete(headers: &mut HeaderMap, csp: HeaderValue) {
    complete_fixed(headers);
    let is_problem = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/problem+json"));
    let csp = if is_problem {
        HeaderValue::from_static(CSP_SANDBOX)
    } else {
        csp
    };
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(csp);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(NO_STORE));
}

/// Those that are the same for everybody.
pub fn complete_fixed(headers: &mut HeaderMap) {
    for (name, value) in &FIXED {
        headers.entry(name).or_insert_with(|| value.clone());
    }
}

/// Chrome before 97 and iOS before 16 refuse WebAssembly under `'wasm-unsafe-eval'` alone. The user agent can lie;
/// all that follows is a policy that still forbids inline and foreign scripts.
fn is_old_engine(headers: &HeaderMap) -> bool {
    let Some(agent) = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let version_after = |mark: &str| -> Option<u32> {
        let rest = &agent[agent.find(mark)? + mark.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    };
    if let Some(chrome) = version_after("Chrome/") {
        return chrome < 97;
    }
    let ios =
        version_after("iPhone OS ").or_else(|| agent.contains("iPad").then(|| version_after("CPU OS ")).flatten());
    if let Some(ios) = ios {
        return ios < 16;
    }
    // Desktop Safari follows the same engine.
    agent.contains("Safari/") && version_after("Version/").is_some_and(|safari| safari < 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old(agent: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
        is_old_engine(&headers)
    }

    #[test]
    fn only_engines_without_the_wasm_keyword_get_unsafe_eval() {
        assert!(old(
            "Mozilla/5.0 (Linux; Android 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/69.0.3497.100 Mobile"
        ));
        assert!(old(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0"
        ));
        assert!(!old(
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36"
        ));
        assert!(!old(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Version/17.1 Safari/604.1"
        ));
        assert!(!old("curl/8.0"));
    }
}
