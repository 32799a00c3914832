//! Sessions: an opaque random token in a cookie, its hash in the database, an idle and an absolute end.

use super::cookie;
use crate::http::headers::KEPT_FOR;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use liaison_domain::host::{Host, System};
use liaison_domain::lifecycle::Role;
use liaison_domain::{Id, Millis};
use liaison_store::people::Account;

const DAY: Millis = 24 * 60 * 60_000;
/// How long codes that are void are kept: they count towards limits.
pub const VOID_KEPT: Millis = 2 * DAY;

/// Who asks: nobody, a browser that opened letters by number and code, or somebody logged in.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// Who is logged in.
    pub account: Option<Account>,
    /// Letters opened by number and code.
    pub granted: Vec<Id>,
    token: Option<String>,
}

impl Viewer {
    /// Reads the session of a request; an old or unknown one is nobody.
    pub async fn of(state: &AppState, headers: &HeaderMap) -> ApiResult<Self> {
        let name = cookie::Name::Session.on(state, headers);
        let Some(token) = cookie::read(headers, name.text).filter(|token| token.len() == super::secret::HEX_LEN) else {
            return Ok(Self::default());
        };
        let now = state.now();
        let Some(session) = state.store.find_session(token, now).await? else {
            return Ok(Self::default());
        };
        let account = session.account.filter(|account| account.active);
        if session.account_id.is_some() && account.is_none() {
            // Closed meanwhile: its session is worth nothing.
            return Ok(Self::default());
        }
        let (idle, _) = lifetimes(state, account.as_ref());
        // Noting each use would be a write per request; a twentieth of the time is precise enough.
        if now - session.seen_at > idle / 20 {
            state.store.touch_session(token, now, now + idle).await?;
        }
        Ok(Self {
            account,
            granted: session.granted,
            token: Some(token.to_owned()),
        })
    }

    /// A stable name of this browser or person, for keys that must not meet those of others.
    pub fn scope(&self) -> String {
        match (&self.account, &self.token) {
            (Some(account), _) => account.id.clone(),
            (None, Some(token)) => super::secret::hash(token),
            (None, None) => "nobody".to_owned(),
        }
    }

    /// Whether the session this came from is still good, for requests that last.
    pub async fn is_still_here(&self, state: &AppState) -> ApiResult<bool> {
        let Some(token) = &self.token else { return Ok(false) };
        let Some(session) = state.store.find_session(token, state.now()).await? else {
            return Ok(false);
        };
        Ok(session.account.is_some_and(|account| account.active))
    }

    /// The session's token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Which of its owner's sessions this one is; empty without one.
    pub fn session_handle(&self) -> String {
        let token = self.token.as_deref();
        token.map(liaison_store::Store::session_handle).unwrap_or_default()
    }

    /// Marks what only a resident may read, for the browser's own keeper of pages read: it is thrown away when this login
    /// ends. What others read is not marked, and so not kept.
    pub fn mark(&self, headers: &mut HeaderMap) {
        let resident = self.account.as_ref().filter(|account| account.role == Role::Resident);
        if let Some(handle) = resident.and_then(|_| HeaderValue::from_str(&self.session_handle()).ok()) {
            headers.insert(KEPT_FOR, handle);
        }
    }

    /// The account, or 401.
    pub fn logged_in(&self) -> ApiResult<&Account> {
        self.account.as_ref().ok_or(ApiError::Unauthenticated)
    }
}

impl FromRequestParts<AppState> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        // Layers and handlers of one request share one look-up.
        if let Some(viewer) = parts.extensions.get::<Self>() {
            return Ok(viewer.clone());
        }
        let viewer = Self::of(state, &parts.headers).await?;
        parts.extensions.insert(viewer.clone());
        Ok(viewer)
    }
}

/// Idle and absolute lifetime: a resident's phone stays logged in for weeks, an office computer does not.
fn lifetimes(state: &AppState, account: Option<&Account>) -> (Millis, Millis) {
    let limits = &state.config.session;
    if account.is_none_or(|account| account.role == Role::Resident) {
        (limits.resident_idle, limits.resident_absolute)
    } else {
        (limits.staff_idle, limits.staff_absolute)
    }
}

/// Opens a fresh session and ends the old one, so that a token planted before a login is worth nothing after it.
/// A resident keeps the letters this browser had opened. Returns the `Set-Cookie`.
pub async fn log_in(
    state: &AppState,
    headers: &HeaderMap,
    before: &Viewer,
    account: &Account,
) -> ApiResult<HeaderValue> {
    log_in_for(state, headers, before, account, Millis::MAX).await
}

/// The same for no longer than `longest`.
pub async fn log_in_for(
    state: &AppState,
    headers: &HeaderMap,
    before: &Viewer,
    account: &Account,
    longest: Millis,
) -> ApiResult<HeaderValue> {
    let keep = if account.role == Role::Resident {
        before.granted.as_slice()
    } else {
        &[]
    };
    let cookie = open(state, headers, Some(account), keep, longest).await?;
    if let Some(old) = &before.token {
        state.store.revoke_session(old).await?;
    }
    Ok(cookie)
}

/// Lets this browser read and act on a letter as its author. Returns the `Set-Cookie` where a session had to be opened.
pub async fn grant(
    state: &AppState,
    headers: &HeaderMap,
    viewer: &Viewer,
    letter: &Id,
) -> ApiResult<Option<HeaderValue>> {
    match &viewer.token {
        Some(token) => {
            state.store.grant_letter(token, letter, state.now()).await?;
            Ok(None)
        }
        None => open(state, headers, None, std::slice::from_ref(letter), Millis::MAX)
            .await
            .map(Some),
    }
}

async fn open(
    state: &AppState,
    headers: &HeaderMap,
    account: Option<&Account>,
    granted: &[Id],
    longest: Millis,
) -> ApiResult<HeaderValue> {
    let now = state.now();
    let (idle, absolute) = lifetimes(state, account);
    let absolute = absolute.min(longest);
    let id = account.map(|account| account.id.as_str());
    let token = state.store.create_session(id, now, now + idle, now + absolute).await?;
    if id.is_some() {
        state.store.note_device(&token, &device(headers)).await?;
    }
    for letter in granted {
        state.store.grant_letter(&token, letter, now).await?;
    }
    // Persistent, because web views forget session cookies; the server's own limits decide.
    Ok(cookie::set(
        cookie::Name::Session.on(state, headers),
        &token,
        Some(absolute / 1000),
    ))
}

/// 「wechat android」: by it somebody knows again where they are logged in.
fn device(headers: &HeaderMap) -> String {
    let sent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let sent = sent.unwrap_or_default();
    [Host::of(sent).code(), " ", System::of(sent).code()].concat()
}

/// Ends the session here and in the browser.
pub async fn log_out(state: &AppState, headers: &HeaderMap, viewer: &Viewer) -> ApiResult<HeaderValue> {
    if let Some(token) = &viewer.token {
        state.store.revoke_session(token).await?;
    }
    Ok(forget(state, headers))
}

/// The `Set-Cookie` that takes the session from the browser.
pub fn forget(state: &AppState, headers: &HeaderMap) -> HeaderValue {
    cookie::clear(cookie::Name::Session.on(state, headers))
}

/// Forgets what is over: sessions, codes (a day later, because they count towards limits), links, idempotency keys.
pub async fn sweep(state: &AppState) -> ApiResult<()> {
    let now = state.now();
    state.store.sweep_sessions(now).await?;
    state.store.sweep_otps(now - VOID_KEPT).await?;
    state.store.sweep_login_links(now - 2 * DAY).await?;
    state.store.idempotency_sweep(now - 2 * DAY).await?;
    Ok(())
}
