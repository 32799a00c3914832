//! Published copies. The list has the address of its page (`cases_href` in `views`).

use gloo_net::http::Method;
use liaison_domain::dto::{SimilarCases, SimilarRequest};

use super::{ApiError, http, keys};

/// Address of one published copy ([`liaison_domain::dto::CasePage`]).
pub fn one_path(no: &str) -> String {
    format!("/cases/{}", keys::escape(no))
}

/// Published matters that read like a text. `area`: a code, or empty.
pub async fn similar(text: String, area: String) -> Result<SimilarCases, ApiError> {
    let area = Some(area).filter(|area| !area.is_empty());
    http::send(Method::POST, "/cases/similar", &SimilarRequest { text, area }, &[]).await
}
