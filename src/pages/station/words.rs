//! From an error of a request to what stands on the page. The sentences themselves are in `i18n`.

use super::phone::field_error;
use crate::api::ApiError;
use crate::components::Errors;
use crate::i18n::zh;

/// What is wrong, by field where the server says so.
pub fn errors(error: &ApiError) -> Errors {
    match error.code() {
        "otp_wrong" => return Errors::of(vec![field_error("code", "invalid")]),
        "otp_gone" => return Errors::of(vec![field_error("code", "expired")]),
        _ => {}
    }
    if let ApiError::Problem(problem) = error
        && problem.code == "restricted"
    {
        return Errors::restricted(problem.detail.clone());
    }
    let fields = error.fields();
    if fields.is_empty() {
        Errors::whole(whole(error))
    } else {
        Errors::of(fields.to_vec())
    }
}

/// One sentence: what happened and what to do next.
pub fn whole(error: &ApiError) -> String {
    match error {
        ApiError::Offline | ApiError::Aborted => zh::errors::problem("offline").to_owned(),
        ApiError::Timeout => zh::errors::problem("timeout").to_owned(),
        ApiError::Unreadable { .. } => zh::errors::problem("").to_owned(),
        ApiError::Problem(problem) => match problem.retry_after {
            Some(seconds) if problem.status == 429 => zh::errors::retry_after(seconds),
            _ => zh::errors::problem(&problem.code).to_owned(),
        },
    }
}
