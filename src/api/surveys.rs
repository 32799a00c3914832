//! Rating an answer.

use gloo_net::http::Method;
use liaison_domain::dto::SurveyResult;
use liaison_domain::lifecycle::Rating;

use super::{ApiError, http, keys};

/// Address of what is rated ([`liaison_domain::dto::SurveyView`]).
pub fn path(token: &str) -> String {
    format!("/surveys/{}", keys::escape(token))
}

/// Rates, once.
pub async fn rate(token: &str, rating: &Rating) -> Result<SurveyResult, ApiError> {
    http::send(Method::PUT, &path(token), rating, &[]).await
}
