//! Addresses of the directory: home and what the letter form offers.
//!
//! The lists have the addresses of their pages (`stations_href`, `deputies_href` in `views`).

/// [`liaison_domain::dto::AppConfig`].
pub const CONFIG: &str = "/config";
/// [`liaison_domain::dto::HomePage`].
pub const HOME: &str = "/home";
/// [`liaison_domain::dto::WriteOptions`].
pub const WRITE_OPTIONS: &str = "/write-options";
/// [`liaison_domain::dto::WriteHints`].
pub const WRITE_HINTS: &str = "/write-hints";
