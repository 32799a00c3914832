//! The lanes of receptions.

use super::{RECEPTIONS, state_chip, title, when_whole, who};
use crate::components::{empty, page_count, page_head, pager, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::receptions as words;
use crate::i18n::desk::schedule;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{NamedRef, ReceptionBoard, ReceptionRow};
use liaison_domain::reception::{DeputyState, SessionKind, SessionState};

/// The address of a lane with its filters; empty filters are left out.
pub fn board_href(filters: &[(&str, &str)]) -> String {
    let mut href = RECEPTIONS.to_owned();
    let mut sign = '?';
    for (name, value) in filters.iter().filter(|(_, value)| !value.is_empty()) {
        href.push(sign);
        href.push_str(name);
        href.push('=');
        // Ids and codes only: nothing in them has to be escaped but what somebody typed into the address.
        href.extend(
            value
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || "-_.~".contains(*c)),
        );
        sign = '&';
    }
    href
}

fn row(row: &ReceptionRow, now: Millis) -> AnyView {
    let late = row.state == SessionState::Planned && row.starts_at > now && row.announce_by < now;
    let announce = (row.state == SessionState::Planned && row.starts_at > now && row.kind.is_bookable()).then(|| {
        if late {
            tone_chip("warn", "#i-warn", words::OVERDUE)
        } else {
            view! { <span>{words::announce_by(&dates::date(row.announce_by, now))}</span> }
        }
    });
    let leave = row
        .deputies
        .iter()
        .filter(|place| place.state == DeputyState::LeaveAsked)
        .map(|place| {
            let words = format!("{} {}", place.deputy.name, words::place(place.state));
            tone_chip("warn", "#i-warn", &words)
        })
        .collect_view();
    let topic = (!row.topic.is_empty()).then(|| view! { <p>{format!("{}：{}", words::TOPIC, row.topic)}</p> });
    view! {
        <li class="row">
            <a class="row__title" href=format!("{RECEPTIONS}/{}", row.id)>
                {when_whole(row, now)}
            </a>
            <p>{format!("{} · {}", title(row), row.station.name)}</p>
            {topic}
            <p>{format!("{}：{}", words::WHO, who(row))}</p>
            <p class="row__meta">
                {state_chip(row)} <span>{words::counts(row.booked, row.waiting)}</span> {announce} {leave}
            </p>
        </li>
    }
    .into_any()
}

fn select(name: &'static str, label: &'static str, chosen: &str, options: Vec<(String, String)>) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }.into_any()
        })
        .collect_view();
    view! {
        <div>
            <label for=name>{label}</label>
            <select class="field__control" id=name name=name>
                <option value="">{common::ALL}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Receptions by lane, with what is narrowed by in the address.
#[component]
pub fn BoardView(
    data: ReceptionBoard,
    lane: String,
    station: String,
    kind: String,
    deputy: String,
    stations: Vec<NamedRef>,
    deputies: Vec<NamedRef>,
    now: Millis,
    may_change: bool,
) -> AnyView {
    let narrowed = [("station", &*station), ("kind", &*kind), ("deputy", &*deputy)];
    let lanes = data
        .lanes
        .iter()
        .map(|one| {
            let mut filters = vec![("lane", one.lane.as_str())];
            filters.extend(narrowed);
            let current = (one.lane == lane).then_some("page");
            view! {
                <li>
                    <a class="reception-lanes__link" href=board_href(&filters) aria-current=current>
                        {format!("{} {}", words::lane(&one.lane), one.count)}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    let named = |all: Vec<NamedRef>| all.into_iter().map(|one| (one.id, one.name)).collect::<Vec<_>>();
    let kinds = SessionKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), schedule::kind(*kind).to_owned()))
        .collect();
    let is_narrowed = narrowed.iter().any(|(_, value)| !value.is_empty());
    let rows = if data.items.is_empty() {
        empty(words::lane_empty(&lane), None)
    } else {
        let rows = data.items.iter().map(|one| row(one, now)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let next = data.next_cursor.as_ref().map(|cursor| {
        let mut filters = vec![("lane", lane.as_str())];
        filters.extend(narrowed);
        filters.push(("cursor", cursor));
        board_href(&filters)
    });
    let shown = data.items.len();
    let add = may_change.then(|| {
        view! {
            <a class="button button--second" href=format!("{RECEPTIONS}/new")>
                {words::NEW}
            </a>
        }
    });
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        <div class="buttons">
            {add}
            <a class="button button--second" href=crate::views::desk_schedule::SCHEDULE>
                {words::RULES}
            </a>
        </div>
        <nav aria-label=words::LANES>
            <ul class="reception-lanes">{lanes}</ul>
        </nav>
        <form class="reception-filter" method="get" action=RECEPTIONS>
            <input type="hidden" name="lane" value=lane.clone() />
            {select("station", words::FILTER_STATION, &station, named(stations))}
            {select("kind", words::FILTER_KIND, &kind, kinds)}
            {select("deputy", words::FILTER_DEPUTY, &deputy, named(deputies))}
            <button class="button button--second" type="submit">
                {common::SEARCH}
            </button>
            {is_narrowed
                .then(|| {
                    view! {
                        <a class="reception-filter__clear" href=board_href(&[("lane", &lane)])>
                            {common::CLEAR}
                        </a>
                    }
                })}
        </form>
        <h2 class="count">{words::lane(&lane)}</h2>
        {page_count(common::total(data.total, "场"))}
        {rows}
        {pager(next, shown, data.total.to_string())}
    }
    .into_any()
}
