//! `WeChat`, as far as the station talks to it: signatures for the platform's script, and who logs in.
//!
//! Nothing here exists without `wechat.app_id`. What the platform says about a person is their id with our account, and
//! that becomes a hash at once; ids, codes and tokens are in no log.

mod sign;
mod tokens;

pub use sign::signature;

use crate::auth::secret;
use crate::config::{Config, WechatConfig};
use crate::notify::trust;
use crate::outbound::Peer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::http::{Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokens::Held;
use tokio::sync::Mutex;

/// Stands for the platform in the database.
pub const PROVIDER: &str = "wechat";
/// The platform's answers are a few lines.
const LONGEST: usize = 16 * 1024;

/// The platform, and the tokens that it gave us.
pub struct Wechat {
    pub config: WechatConfig,
    api: Peer,
    token: Mutex<Held>,
    ticket: Mutex<Held>,
}

/// Who somebody is to the platform.
pub struct Person {
    /// A hash under the station's key: nobody else can make it from an id.
    pub hash: String,
    /// A visitor who only looks: the platform gives them an id that is not theirs.
    pub is_snapshot: bool,
}

/// What the platform answers instead of what it was asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    errcode: i64,
}

/// Why the platform gave nothing: its own number, or our code for a line that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Refused(i64),
    Line(&'static str),
}

#[derive(Deserialize)]
struct Exchanged {
    openid: String,
    #[serde(default)]
    is_snapshotuser: i64,
}

impl Wechat {
    /// Where it is configured.
    pub fn new(config: &Config) -> Result<Option<Self>, String> {
        let Some(own) = &config.wechat else { return Ok(None) };
        let authorities = trust::own_authorities(config.notify.ca_file.as_deref())?;
        Ok(Some(Self {
            api: Peer::new(&own.api, &authorities, "wechat.api")?,
            config: own.clone(),
            token: Mutex::default(),
            ticket: Mutex::default(),
        }))
    }

    /// The address that asks the person whether they want to log in.
    pub fn authorize_url(&self, redirect: &str, state: &str) -> String {
        let WechatConfig { authorize, app_id, .. } = &self.config;
        let (app_id, redirect) = (escape(app_id), escape(redirect));
        format!(
            "{authorize}?appid={app_id}&redirect_uri={redirect}&response_type=code&scope=snsapi_base&state={state}\
             #wechat_redirect"
        )
    }

    /// Whom a code stands for; each code is good once.
    pub async fn person(&self, state: &AppState, code: &str) -> ApiResult<Person> {
        let path = self.with_secret("/sns/oauth2/access_token", "secret")
            + "&grant_type=authorization_code&code="
            + &escape(code);
        let found: Exchanged = self.ask(&path).await.map_err(unavailable)?;
        let named = [PROVIDER, "|", &self.config.app_id, "|", &found.openid].concat();
        Ok(Person {
            hash: secret::hex(&secret::hmac(&state.phone_key, named.as_bytes())),
            is_snapshot: found.is_snapshotuser == 1,
        })
    }

    /// A path with who we are.
    fn with_secret(&self, path: &str, name: &str) -> String {
        let base = self.config.api.path().trim_end_matches('/');
        let WechatConfig { app_id, app_secret, .. } = &self.config;
        [
            base,
            path,
            "?appid=",
            &escape(app_id),
            "&",
            name,
            "=",
            &escape(app_secret),
        ]
        .concat()
    }

    async fn ask<T: DeserializeOwned>(&self, path: &str) -> Result<T, Trouble> {
        let request = Request::builder()
            .uri(path)
            .header(header::HOST, self.api.host())
            .header(header::ACCEPT, "application/json")
            .body(Full::new(Bytes::new()))
            .map_err(|_| Trouble::Line("not_writable"))?;
        let asked = self.api.ask(request, LONGEST, self.config.timeout).await;
        let (status, body) = asked.map_err(Trouble::Line)?;
        if status != 200 {
            return Err(Trouble::Line("status"));
        }
        // A refusal comes with 200, too.
        let refusal: Refusal = serde_json::from_slice(&body).unwrap_or_default();
        if refusal.errcode != 0 {
            return Err(Trouble::Refused(refusal.errcode));
        }
        serde_json::from_slice(&body).map_err(|_| Trouble::Line("unreadable"))
    }
}

/// The platform did not help; people go on without it.
fn unavailable(trouble: Trouble) -> ApiError {
    tracing::warn!(?trouble, "wechat did not answer as it should");
    ApiError::Unavailable {
        code: "wechat_unavailable",
        detail: "微信那边暂时没有回应，请稍后再试，或者用手机号登录。",
    }
}

/// Text as part of a query.
fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}
