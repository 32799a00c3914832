//! Logging in and out.

use gloo_net::http::Method;
use liaison_domain::dto::{DemoAccount, DemoLogin, Me, OtpChallenge, OtpRequest, OtpVerify, PasswordLogin};

use super::{ApiError, http, keys};

/// Asks for a code by text message.
pub async fn ask_code(phone: String) -> Result<OtpChallenge, ApiError> {
    let key = keys::idempotency_key();
    http::send(
        Method::POST,
        "/auth/otp",
        &OtpRequest { phone },
        &[("Idempotency-Key", &key)],
    )
    .await
}

/// Logs a resident in with the code.
pub async fn verify_code(challenge_id: String, code: String) -> Result<Me, ApiError> {
    http::send(Method::POST, "/auth/otp/verify", &OtpVerify { challenge_id, code }, &[]).await
}

/// Logs staff and deputies in.
pub async fn login(username: String, password: String) -> Result<Me, ApiError> {
    http::send(Method::POST, "/auth/login", &PasswordLogin { username, password }, &[]).await
}

/// The one-tap accounts; only in the demo.
pub async fn demo_accounts() -> Result<Vec<DemoAccount>, ApiError> {
    http::get("/auth/demo").await
}

/// Logs in as one of them.
pub async fn demo_login(username: String) -> Result<Me, ApiError> {
    http::send(Method::POST, "/auth/demo", &DemoLogin { username }, &[]).await
}

/// Ends the session.
pub async fn logout() -> Result<(), ApiError> {
    http::send_quiet(Method::POST, "/auth/logout", None, &[]).await
}
