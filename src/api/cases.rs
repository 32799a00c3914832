//! Published copies. The list has the address of its page (`cases_href` in `views`).

use super::keys;

/// Address of one published copy ([`liaison_domain::dto::CasePage`]).
pub fn one_path(no: &str) -> String {
    format!("/cases/{}", keys::escape(no))
}
