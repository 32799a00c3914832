use super::stations::{filter_link, search_box};
use crate::components::{DeputyCardView, empty, page_count, page_head, pager};
use crate::i18n::zh::{common, directory as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeputyFilter, DeputyList};

/// The address of a list with a filter: query parameters in a fixed order, values encoded.
pub fn deputies_href(filter: &DeputyFilter) -> String {
    href(
        "/deputies",
        &[
            ("station", &filter.station),
            ("area", &filter.area),
            ("tag", &filter.tag),
            ("kind", &filter.kind),
            ("q", &filter.q),
            ("cursor", &filter.cursor),
        ],
    )
}

/// Puts a path and its parameters together, leaving out what is not set.
pub(super) fn href(path: &str, parameters: &[(&str, &Option<String>)]) -> String {
    let mut out = path.to_owned();
    let mut sign = '?';
    for (name, value) in parameters {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            out.push(sign);
            out.push_str(name);
            out.push('=');
            encode(&mut out, value);
            sign = '&';
        }
    }
    out
}

/// Percent-encodes as `encodeURIComponent` does, so that both sides know an address by the same text.
pub(in crate::views) fn encode(out: &mut String, value: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b'\'' | b'(' | b')')
        {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// A select of a GET filter form, submitted with its button.
pub(super) fn filter_select(
    name: &'static str,
    label: &'static str,
    value: Option<&String>,
    options: Vec<(String, String)>,
) -> AnyView {
    let chosen = value.cloned().unwrap_or_default();
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }.into_any()
        })
        .collect_view();
    view! {
        <div class="filters__one">
            <label for=name>{label}</label>
            <select class="field__control" id=name name=name>
                <option value="">{common::ALL}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

pub(super) fn select_box(
    fields: Vec<AnyView>,
    action: &'static str,
    keep: Vec<(&'static str, String)>,
    clear: bool,
) -> AnyView {
    let keep = keep
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
        .collect_view();
    view! {
        <form class="filters" method="get" action=action>
            {keep} {fields} <button class="button button--second" type="submit">
                {common::SEARCH}
            </button>
            {clear.then(|| view! { <a class="filters__clear" href=action>{common::CLEAR}</a> })}
        </form>
    }
    .into_any()
}

pub(super) fn select_field(
    name: &'static str,
    label: &'static str,
    value: Option<&String>,
    options: Vec<(String, String)>,
) -> AnyView {
    filter_select(name, label, value, options)
}

/// Deputies with filters. What is chosen stands in the address.
#[component]
pub fn DeputiesView(data: DeputyList, now: Millis) -> AnyView {
    let filter = data.filter;
    let tags = data
        .tags
        .iter()
        .take(12)
        .map(|tag| {
            let here = filter.tag.as_ref() == Some(tag);
            let to = DeputyFilter {
                tag: (!here).then(|| tag.clone()),
                cursor: None,
                ..filter.clone()
            };
            filter_link(deputies_href(&to), tag.clone(), here)
        })
        .collect_view();
    let stations = data.stations.iter().map(|s| (s.slug.clone(), s.name.clone())).collect();
    let areas = data.areas.iter().map(|a| (a.code.clone(), a.name.clone())).collect();
    let kinds = ["npc", "cppcc"]
        .map(|kind| (kind.to_owned(), words::deputy_kind(kind).to_owned()))
        .to_vec();
    let keep_q = |filter: &DeputyFilter| {
        let mut keep = Vec::new();
        keep.extend(filter.tag.clone().map(|tag| ("tag", tag)));
        keep
    };
    let mut keep_search = keep_q(&filter);
    keep_search.extend(filter.station.clone().map(|v| ("station", v)));
    keep_search.extend(filter.area.clone().map(|v| ("area", v)));
    keep_search.extend(filter.kind.clone().map(|v| ("kind", v)));
    let mut keep_select = keep_q(&filter);
    keep_select.extend(filter.q.clone().map(|q| ("q", q)));
    let any = filter.station.is_some()
        || filter.area.is_some()
        || filter.tag.is_some()
        || filter.kind.is_some()
        || filter.q.is_some();
    let shown = data.items.len();
    let rows = if data.items.is_empty() {
        empty(
            words::DEPUTIES_NONE,
            Some(("/write".into(), words::DEPUTIES_NONE_WRITE)),
        )
    } else {
        let cards = data
            .items
            .into_iter()
            .map(|card| view! { <DeputyCardView card=card now=now /> }.into_any())
            .collect_view();
        view! { <ul class="rows rows--deputies">{cards}</ul> }.into_any()
    };
    let next = data.next_cursor.map(|cursor| {
        deputies_href(&DeputyFilter {
            cursor: Some(cursor),
            ..filter.clone()
        })
    });
    view! {
        {page_head(words::DEPUTIES.into(), words::DEPUTIES_LEAD)}
        {search_box("/deputies", words::DEPUTIES_SEARCH, filter.q.clone(), keep_search)}
        {select_box(
            vec![
                select_field("station", words::FILTER_STATION, filter.station.as_ref(), stations),
                select_field("area", words::FILTER_AREA, filter.area.as_ref(), areas),
                select_field("kind", words::FILTER_KIND, filter.kind.as_ref(), kinds),
            ],
            "/deputies",
            keep_select,
            any,
        )}
        <nav aria-label=words::FILTER_TAG>
            <ul class="filter">{tags}</ul>
        </nav>
        {page_count(common::total(data.total, "位"))}
        {rows}
        {pager(next, shown, data.total.to_string())}
    }
    .into_any()
}
