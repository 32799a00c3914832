//! Addresses of the directory: home and what the letter form offers.
//!
//! The lists have the addresses of their pages (`stations_href`, `deputies_href` in `views`).

use super::http::{get, seen};
use liaison_domain::dto::WriteHints;

/// [`liaison_domain::dto::AppConfig`].
pub const CONFIG: &str = "/config";
/// [`liaison_domain::dto::HomePage`].
pub const HOME: &str = "/home";
/// [`liaison_domain::dto::WriteOptions`].
pub const WRITE_OPTIONS: &str = "/write-options";
const WRITE_HINTS: &str = "/write-hints";

/// What is shown beside a letter while it is written: as it was read for another question, or asked for. Writing goes on
/// without it.
pub async fn write_hints() -> Option<WriteHints> {
    match seen(WRITE_HINTS) {
        Some(known) => Some(known),
        None => get(WRITE_HINTS).await.ok(),
    }
}
