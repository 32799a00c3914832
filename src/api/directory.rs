//! Addresses of the directory: home, stations, deputies and what the letter form offers.

use liaison_domain::dto::DeputyFilter;

use super::keys;

/// [`liaison_domain::dto::AppConfig`].
pub const CONFIG: &str = "/config";
/// [`liaison_domain::dto::HomePage`].
pub const HOME: &str = "/home";
/// [`liaison_domain::dto::WriteOptions`].
pub const WRITE_OPTIONS: &str = "/write-options";

/// [`liaison_domain::dto::StationList`].
pub fn stations_path(area: Option<&str>, q: Option<&str>) -> String {
    format!("/stations{}", keys::query(&[("area", area), ("q", q)]))
}

/// [`liaison_domain::dto::StationDetail`].
pub fn station_path(slug: &str) -> String {
    format!("/stations/{}", keys::escape(slug))
}

/// [`liaison_domain::dto::DeputyList`].
pub fn deputies_path(filter: &DeputyFilter) -> String {
    let DeputyFilter { station, area, tag, kind, q, cursor } = filter;
    let pairs = [
        ("station", station.as_deref()),
        ("area", area.as_deref()),
        ("tag", tag.as_deref()),
        ("kind", kind.as_deref()),
        ("q", q.as_deref()),
        ("cursor", cursor.as_deref()),
    ];
    format!("/deputies{}", keys::query(&pairs))
}

/// [`liaison_domain::dto::DeputyDetail`].
pub fn deputy_path(slug: &str) -> String {
    format!("/deputies/{}", keys::escape(slug))
}
