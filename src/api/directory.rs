//! Addresses of the directory: home, stations, deputies and what the letter form offers.
//!
//! The lists have the addresses of their pages (`stations_href`, `deputies_href` in `views`).

use super::keys;

/// [`liaison_domain::dto::AppConfig`].
pub const CONFIG: &str = "/config";
/// [`liaison_domain::dto::HomePage`].
pub const HOME: &str = "/home";
/// [`liaison_domain::dto::WriteOptions`].
pub const WRITE_OPTIONS: &str = "/write-options";

/// [`liaison_domain::dto::StationDetail`].
pub fn station_path(slug: &str) -> String {
    format!("/stations/{}", keys::escape(slug))
}

/// [`liaison_domain::dto::DeputyDetail`].
pub fn deputy_path(slug: &str) -> String {
    format!("/deputies/{}", keys::escape(slug))
}
