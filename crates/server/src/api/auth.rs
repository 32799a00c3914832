//! Logging in and out.

use super::docs::{Personal, Reading, Sending};
use crate::auth::session::{self, Viewer};
use crate::auth::{otp, password};
use crate::http::client_ip::ClientIp;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::Query;
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{
    DemoAccount, DemoLogin, Me, MyCaseRow, OtpChallenge, OtpRequest, OtpVerify, Page, PasswordLogin,
};
use liaison_domain::lifecycle::Role;
use serde::Deserialize;
use utoipa::IntoParams;

/// Asks for a code by text message. In the demo the answer carries the code itself.
#[utoipa::path(
    post, path = "/auth/otp", tag = "auth", request_body = OtpRequest,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = OtpChallenge), Sending)
)]
pub async fn otp_request(
    State(state): State<AppState>,
    viewer: Viewer,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let who = format!("{}|{ip}", viewer.scope());
    idempotency::once(&state, &headers, "POST /auth/otp", &who, &body.bytes, async {
        let request: OtpRequest = json::parse(&body.bytes)?;
        let challenge = otp::request(&state, &request.phone).await?;
        idempotency::answer(StatusCode::OK, &challenge)
    })
    .await
}

/// Logs a resident in with the code.
#[utoipa::path(
    post, path = "/auth/otp/verify", tag = "auth", request_body = OtpVerify,
    responses((status = 200, body = Me, description = "Sets the session cookie"), (status = 401, description = "Wrong or void code"), Sending)
)]
pub async fn otp_verify(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    Json(given): Json<OtpVerify>,
) -> ApiResult<Response> {
    let account = otp::verify(&state, &given).await?;
    welcome(&state, &headers, &viewer, &account).await
}

/// Logs staff and deputies in with name and password.
#[utoipa::path(
    post, path = "/auth/login", tag = "auth", request_body = PasswordLogin,
    responses((status = 200, body = Me, description = "Sets the session cookie"), (status = 401, description = "Name or password is wrong"), Sending)
)]
pub async fn login(
    State(state): State<AppState>,
    viewer: Viewer,
    ip: ClientIp,
    headers: HeaderMap,
    Json(given): Json<PasswordLogin>,
) -> ApiResult<Response> {
    let account = check_password(&state, ip, given).await?;
    welcome(&state, &headers, &viewer, &account).await
}

/// Name and password, with growing delays; also for the plain form.
pub async fn check_password(
    state: &AppState,
    ip: ClientIp,
    given: PasswordLogin,
) -> ApiResult<liaison_store::people::Account> {
    let username = given.username.trim().to_owned();
    if username.is_empty() {
        return Err(ApiError::field("username", "required"));
    }
    if given.password.is_empty() || given.password.len() > password::MAX_BYTES {
        return Err(ApiError::field(
            "password",
            if given.password.is_empty() {
                "required"
            } else {
                "too_long"
            },
        ));
    }
    let network = ip.prefix();
    if let Some(retry_after) = state.locks.wait(&username, &network, state.now()) {
        return Err(ApiError::TooMany {
            code: "login_locked",
            retry_after,
        });
    }
    let (account, stored) = state.store.staff_by_username(&username).await?.unzip();
    let fits = password::verify(state, given.password, stored.flatten()).await?;
    if let Some(account) = account.filter(|account| fits && account.role != Role::Resident) {
        state.locks.passed(&username, &network);
        return Ok(account);
    }
    state.locks.failed(&username, &network, state.now());
    Err(ApiError::BadCredentials {
        code: "bad_credentials",
        detail: "用户名或密码不对。",
    })
}

/// The demo's one-tap accounts.
#[utoipa::path(get, path = "/auth/demo", tag = "auth", responses((status = 200, body = [DemoAccount]), Reading))]
pub async fn demo_accounts(State(state): State<AppState>) -> ApiResult<Json<Vec<DemoAccount>>> {
    people::demo_accounts(&state).await.map(Json)
}

/// Logs in to a demo account. Exists only in the demo.
#[utoipa::path(post, path = "/auth/demo", tag = "auth", request_body = DemoLogin, responses((status = 200, body = Me), Sending, Reading))]
pub async fn demo_login(
    State(state): State<AppState>,
    viewer: Viewer,
    headers: HeaderMap,
    Json(given): Json<DemoLogin>,
) -> ApiResult<Response> {
    let account = demo_account(&state, &given.username).await?;
    welcome(&state, &headers, &viewer, &account).await
}

/// A demo account by its name; also for the plain form.
pub async fn demo_account(state: &AppState, username: &str) -> ApiResult<liaison_store::people::Account> {
    if !state.config.demo {
        return Err(ApiError::NotFound);
    }
    let accounts = state.store.named_accounts().await?;
    accounts
        .into_iter()
        .find(|account| account.active && account.username.as_deref() == Some(username))
        .ok_or_else(|| ApiError::field("username", "unknown"))
}

/// Logs out, here and on the server.
#[utoipa::path(post, path = "/auth/logout", tag = "auth", responses((status = 204, description = "Logged out"), Sending))]
pub async fn logout(State(state): State<AppState>, viewer: Viewer, headers: HeaderMap) -> ApiResult<Response> {
    let cookie = session::log_out(&state, &headers, &viewer).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    // Drafts of letters live in the browser's storage and are the resident's own: only what was cached goes.
    response
        .headers_mut()
        .insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// Who is logged in.
#[utoipa::path(get, path = "/me", tag = "auth", security(("session" = [])), responses((status = 200, body = Me), Personal))]
pub async fn me(State(state): State<AppState>, viewer: Viewer) -> ApiResult<Json<Me>> {
    people::me(&state, viewer.logged_in()?).await.map(Json)
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CursorQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One's own letters, newest first.
#[utoipa::path(
    get, path = "/me/messages", tag = "messages", params(CursorQuery), security(("session" = [])),
    responses((status = 200, body = Page<MyCaseRow>), Personal)
)]
pub async fn my_messages(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<CursorQuery>,
) -> ApiResult<Response> {
    let account = crate::access::resident(&viewer)?;
    let letters = people::my_letters(&state, account, query.cursor.as_deref()).await?;
    let mut response = Json(letters).into_response();
    viewer.mark(response.headers_mut());
    Ok(response)
}

async fn welcome(
    state: &AppState,
    headers: &HeaderMap,
    viewer: &Viewer,
    account: &liaison_store::people::Account,
) -> ApiResult<Response> {
    let cookie = session::log_in(state, headers, viewer, account).await?;
    let mut response = Json(people::me(state, account).await?).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
