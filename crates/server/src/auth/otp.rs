//! Codes by text message: six digits, ten minutes, five tries, once. The answer is the same whether the number is known
//! or not; limits per number are counted in the database, so that several servers agree.

use super::phone::Phone;
use super::secret;
use super::sms;
use crate::http::client_ip;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_domain::dto::{OtpChallenge, OtpVerify};
use liaison_store::people::{self, Account, NewOtp, OtpCheck};

const HOUR: Millis = 60 * 60_000;
const DAY: Millis = 24 * HOUR;

/// Sends a code and tells what to enter it against.
pub async fn request(state: &AppState, typed: &str) -> ApiResult<OtpChallenge> {
    let phone = Phone::parse(typed)
        .ok_or_else(|| ApiError::field("phone", if typed.trim().is_empty() { "required" } else { "invalid" }))?;
    if !state.config.demo && state.config.sms_command.is_none() {
        return Err(ApiError::Unavailable {
            code: "sms_unavailable",
            detail: "短信暂时发不出去。请稍后再试,或打联络站电话,工作人员帮您登记。",
        });
    }
    let kept = phone.kept(&state.phone_key)?;
    let limits = &state.config.otp;
    let now = state.now();
    check_limits(state, &kept.hash, now).await?;
    // Each message costs money; nobody may have them sent to a whole city's numbers.
    if let (Some(_), Some(client)) = (&state.config.sms_command, client_ip::current()) {
        let counted = state.codes.count(client.0, now, limits.per_address_per_hour);
        counted.map_err(|retry_after| ApiError::TooMany {
            code: "otp_too_many",
            retry_after,
        })?;
    }
    let code = secret::six_digits();
    let expires_at = now + limits.lifetime;
    let challenge_id = state
        .store
        .create_otp(
            &NewOtp {
                phone: kept,
                code: code.clone(),
                expires_at,
            },
            now,
        )
        .await?;
    if let Some(command) = &state.config.sms_command {
        sms::send(command, &phone, &code, limits.lifetime / 60_000).await?;
    }
    Ok(OtpChallenge {
        challenge_id,
        expires_at,
        resend_after: (limits.resend / 1000) as u32,
        phone_masked: phone.masked(),
        demo_code: state.config.demo.then_some(code),
    })
}

async fn check_limits(state: &AppState, phone_hash: &str, now: Millis) -> ApiResult<()> {
    let limits = &state.config.otp;
    let too_many = |wait: Millis| ApiError::TooMany {
        code: "otp_too_many",
        retry_after: (wait.max(1000) / 1000) as u64,
    };
    let (in_hour, last) = state.store.otps_sent(phone_hash, now - HOUR).await?;
    if let Some(last) = last.filter(|last| now - last < limits.resend) {
        return Err(too_many(last + limits.resend - now));
    }
    if u64::from(in_hour) >= limits.per_hour {
        return Err(too_many(HOUR / 2));
    }
    let (in_day, _) = state.store.otps_sent(phone_hash, now - DAY).await?;
    if u64::from(in_day) >= limits.per_day {
        return Err(too_many(DAY / 4));
    }
    Ok(())
}

/// Checks a code; the right one yields the resident's account, made at the first login.
pub async fn verify(state: &AppState, given: &OtpVerify) -> ApiResult<Account> {
    let phone = check(state, given).await?;
    let account = state.store.resident(&phone, "", state.now()).await?;
    // A number may belong to somebody whose account was closed.
    if account.active { Ok(account) } else { Err(gone()) }
}

/// Checks a code; the right one yields the number it was sent to.
pub async fn check(state: &AppState, given: &OtpVerify) -> ApiResult<people::Phone> {
    let code: String = given
        .code
        .chars()
        .map(liaison_domain::text::half_width)
        .filter(char::is_ascii_digit)
        .collect();
    if code.is_empty() {
        return Err(ApiError::field("code", "required"));
    }
    let now = state.now();
    match state
        .store
        .try_otp(&given.challenge_id, &code, state.config.otp.attempts, now)
        .await?
    {
        OtpCheck::Right(phone) => Ok(phone),
        OtpCheck::Wrong { left: 0 } | OtpCheck::Gone => Err(gone()),
        OtpCheck::Wrong { .. } => Err(ApiError::BadCredentials {
            code: "otp_wrong",
            detail: "验证码不对,请看清后再输一次。",
        }),
    }
}

/// The code is void: a new one is needed.
pub fn gone() -> ApiError {
    ApiError::BadCredentials {
        code: "otp_gone",
        detail: "验证码已经失效,请重新获取。",
    }
}
