use super::stations::{filter_link, search_box};
use crate::components::{
    DeputyCardView, back_link, case_row, empty, face, icon, list, notice, page_count, page_head, pager, station_row,
};
use crate::i18n::zh::{common, directory as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeputyDetail, DeputyFilter, DeputyList};

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
fn encode(out: &mut String, value: &str) {
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

/// One deputy: who, where to meet, what was answered in public.
#[component]
pub fn DeputyView(data: DeputyDetail, now: Millis) -> AnyView {
    let card = data.card;
    let status = match card.status.as_str() {
        "left" => Some(notice("warn", words::LEFT.into())),
        "on_leave" => Some(notice("info", words::ON_LEAVE.into())),
        _ => None,
    };
    let (write_href, write_words) = if card.status == "left" {
        (
            format!("/write?station={}", card.station_slug),
            words::WRITE_INSTEAD.to_owned(),
        )
    } else {
        (format!("/write?deputy={}", card.slug), words::write_to(&card.name))
    };
    let expertise = (!card.expertise.is_empty()).then(|| {
        view! {
            <div>
                <dt>{words::EXPERTISE}</dt>
                <dd>{card.expertise.join("、")}</dd>
            </div>
        }
    });
    let cases = if data.answered_cases.is_empty() {
        empty(words::ANSWERED_NONE, None)
    } else {
        list(data.answered_cases.iter().map(|card| case_row(card, now)).collect())
    };
    let next = card.next_reception.as_ref().map(|day| {
        view! {
            <div>
                <dt>{words::NEXT_RECEPTION}</dt>
                <dd>{crate::components::next_day_words(day, now)}</dd>
            </div>
        }
    });
    view! {
        {back_link("/deputies".into(), words::DEPUTIES)}
        <div class="person">
            {face(&card, "face face--large")}
            <div>
                <h1 tabindex="-1">{card.name.clone()}</h1>
                <p class="person__level">{words::levels(&card.levels, &card.kind)}</p>
            </div>
        </div>
        {status}
        <dl class="facts">
            <div>
                <dt>{words::OCCUPATION}</dt>
                <dd>{card.occupation.clone()}</dd>
            </div>
            <div>
                <dt>{words::CONSTITUENCY}</dt>
                <dd>{card.constituency.clone()}</dd>
            </div>
            {expertise}
            <div>
                <dt>{words::RECEPTION}</dt>
                <dd>{data.reception_text}</dd>
            </div>
            {next}
        </dl>
        <p class="buttons">
            <a class="button" href=write_href>
                {icon("#i-pen")}
                {write_words}
            </a>
        </p>
        <p>{data.bio}</p>
        <div class="columns">
            <section class="columns__main" aria-labelledby="answered-title">
                <h2 id="answered-title">{words::ANSWERED}</h2>
                <p class="count">{words::received(data.received, card.answered)}</p>
                {cases}
            </section>
            <section class="columns__side" aria-labelledby="meet-title">
                <h2 id="meet-title">{words::WHERE_TO_MEET}</h2>
                {list(data.stations.iter().map(|station| station_row(station, now)).collect())}
            </section>
        </div>
    }
    .into_any()
}
