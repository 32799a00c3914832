use crate::components::{empty, icon, list, page_count, page_head, station_row};
use crate::i18n::zh::{common, directory as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::StationList;

/// A link of a filter row, marked when it is the present choice.
pub(super) fn filter_link(href: String, name: String, here: bool) -> AnyView {
    view! {
        <li>
            <a class="filter__link" href=href aria-current=here.then_some("true")>
                {name}
            </a>
        </li>
    }
    .into_any()
}

/// A search box of a list: a GET form that keeps the other filters in hidden fields.
pub(super) fn search_box(
    action: &'static str,
    hint: &'static str,
    q: Option<String>,
    keep: Vec<(&'static str, String)>,
) -> AnyView {
    let keep = keep
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
        .collect_view();
    view! {
        <form class="search" method="get" action=action role="search">
            {keep}
            <label class="sr" for="q">
                {hint}
            </label>
            <input class="field__control" type="search" id="q" name="q" value=q.unwrap_or_default() placeholder=hint autocomplete="off" />
            <button class="button button--second" type="submit">
                {icon("#i-search")}
                {common::SEARCH}
            </button>
        </form>
    }
    .into_any()
}

/// The address of the list of stations with a filter.
pub fn stations_href(area: Option<&String>, q: Option<&String>) -> String {
    super::deputies::href("/stations", &[("area", &area.cloned()), ("q", &q.cloned())])
}

/// All stations, by street.
#[component]
pub fn StationsView(data: StationList, now: Millis) -> AnyView {
    let all = filter_link("/stations".into(), common::ALL.into(), data.area.is_none());
    let streets = data
        .areas
        .iter()
        .map(|area| {
            let here = data.area.as_ref() == Some(&area.code);
            filter_link(format!("/stations?area={}", area.code), area.name.clone(), here)
        })
        .collect_view();
    let rows = if data.items.is_empty() {
        empty(words::STATIONS_NONE, Some(("/stations".into(), words::STATIONS_ALL)))
    } else {
        list(data.items.iter().map(|card| station_row(card, now)).collect())
    };
    let keep = data.area.clone().map(|area| vec![("area", area)]).unwrap_or_default();
    view! {
        {page_head(words::STATIONS.into(), words::STATIONS_LEAD)}
        {search_box("/stations", words::STATIONS_SEARCH, data.q.clone(), keep)}
        <nav aria-label=words::STATIONS_FILTER>
            <ul class="filter">{all} {streets}</ul>
        </nav>
        {page_count(common::total(data.items.len() as u64, "个"))}
        {rows}
    }
    .into_any()
}
