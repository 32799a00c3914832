//! Published copies.

use liaison_domain::dto::CaseFilter;

use super::keys;

/// Address of the list of published copies ([`liaison_domain::dto::CaseList`]).
pub fn list_path(filter: &CaseFilter) -> String {
    let CaseFilter { category, area, q, cursor } = filter;
    let pairs = [
        ("category", category.as_deref()),
        ("area", area.as_deref()),
        ("q", q.as_deref()),
        ("cursor", cursor.as_deref()),
    ];
    format!("/cases{}", keys::query(&pairs))
}

/// Address of one published copy ([`liaison_domain::dto::CasePage`]).
pub fn one_path(no: &str) -> String {
    format!("/cases/{}", keys::escape(no))
}
