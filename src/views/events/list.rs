//! The list of events with its filters.

use super::state_chip;
use crate::components::{empty, icon, list, page_count, page_head, pager, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::{common, meetings as words};
use crate::markup::view;
use crate::views::deputies::{filter_select, href};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{EVENT_WHENS, EventCard, EventFilter, EventList};
use liaison_domain::events::{EventState, EventType};

/// The address of the list with a filter.
pub fn events_href(filter: &EventFilter) -> String {
    href(
        "/events",
        &[
            ("when", &filter.when),
            ("kind", &filter.kind),
            ("station", &filter.station),
            ("cursor", &filter.cursor),
        ],
    )
}

/// An event in a list.
pub(in crate::views) fn event_row(card: &EventCard, href: String, now: Millis) -> AnyView {
    event_row_with(card, href, now, ().into_any())
}

/// The same with what else stands in the row.
pub(super) fn event_row_with(card: &EventCard, href: String, now: Millis, more: AnyView) -> AnyView {
    let far = card
        .state
        .is_ahead()
        .then(|| words::far(card.starts_at, now))
        .flatten()
        .map(|far| view! { <span class="whole">{["（", &far, "）"].concat()}</span> });
    let seats =
        (card.seats.needed && card.state.is_ahead()).then(|| view! { <span>{words::seats(&card.seats)}</span> });
    let asked = (card.asked > 0).then(|| view! { <span>{words::questions_count(card.asked)}</span> });
    let online = card.online.then(|| view! { <span>{words::ONLINE}</span> });
    view! {
        <li class="row">
            <a class="row__title" href=href>
                {card.title.clone()}
            </a>
            <p class="row__meta">{state_chip(card.state)} <span>{words::kind(card.kind)}</span> {online}</p>
            <p class="row__fact">
                {icon("#i-calendar")}
                <span>
                    <time datetime=dates::iso(card.starts_at)>{words::span(card.starts_at, card.ends_at, now)}</time>
                    {far}
                </span>
            </p>
            <p class="row__fact">{icon("#i-place")} <span>{place(card)}</span></p>
            <p class="row__meta">{seats} {asked}</p>
            {more}
        </li>
    }
    .into_any()
}

/// Where it is: the place, and whose it is.
fn place(card: &EventCard) -> String {
    if card.place.is_empty() {
        card.station_name.clone()
    } else {
        [&card.place, "（", &card.station_name, "）"].concat()
    }
}

/// Which part of the list an event stands in. What was cancelled stands where it would have been.
pub(super) fn part(card: &EventCard, now: Millis) -> &'static str {
    let is_ahead = card.state.is_ahead() || card.state == EventState::Cancelled;
    match card.state {
        EventState::Live => words::LIVE_NOW,
        _ if is_ahead && card.ends_at >= now => words::UPCOMING,
        _ => words::PAST,
    }
}

/// Rows under a heading a part; the list comes in that order.
fn parts(items: &[EventCard], now: Millis) -> AnyView {
    items
        .chunk_by(|a, b| part(a, now) == part(b, now))
        .map(|chunk| {
            let rows = chunk
                .iter()
                .map(|card| event_row(card, ["/events/", &card.id].concat(), now));
            view! {
                <section>
                    <h2>{part(&chunk[0], now)}</h2>
                    {list(rows.collect())}
                </section>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// All events: what goes on, what lies ahead, what is over.
#[component]
pub fn EventsView(data: EventList, now: Millis) -> AnyView {
    let filter = &data.filter;
    let whens = EVENT_WHENS
        .iter()
        .map(|when| {
            let name = match *when {
                "live" => words::LIVE_NOW,
                "past" => words::PAST,
                _ => words::UPCOMING,
            };
            ((*when).to_owned(), name.to_owned())
        })
        .collect();
    let kinds = EventType::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), words::kind(*kind).to_owned()))
        .collect();
    let stations = data
        .stations
        .iter()
        .map(|station| (station.id.clone(), station.name.clone()))
        .collect();
    let rows = if data.items.is_empty() {
        let narrowed = *filter != EventFilter::default();
        let step = if narrowed {
            ("/events".to_owned(), words::ALL_EVENTS)
        } else {
            ("/write".to_owned(), words::WRITE_INSTEAD)
        };
        empty(words::NONE, Some(step))
    } else {
        parts(&data.items, now)
    };
    let next = data.next_cursor.clone().map(|cursor| {
        events_href(&EventFilter {
            cursor: Some(cursor),
            ..filter.clone()
        })
    });
    let clear = (*filter != EventFilter::default()).then(|| {
        view! {
            <a class="filters__clear" href="/events">
                {common::CLEAR}
            </a>
        }
    });
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        <details class="fold" open=*filter != EventFilter::default()>
            <summary>{words::FIND}</summary>
            <form class="filters" method="get" action="/events">
                {filter_select("when", words::FILTER_WHEN, filter.when.as_ref(), whens)}
                {filter_select("kind", words::FILTER_KIND, filter.kind.as_ref(), kinds)}
                {filter_select("station", words::FILTER_STATION, filter.station.as_ref(), stations)}
                <button class="button button--second" type="submit">
                    {words::FILTER_GO}
                </button>
                {clear}
            </form>
        </details>
        {page_count(common::total(data.total, "场"))}
        {rows}
        {pager(next, data.items.len(), data.total.to_string())}
    }
    .into_any()
}

/// A chip that says what kind of event it is.
pub(super) fn kind_chip(kind: EventType) -> AnyView {
    tone_chip("quiet", "#i-people", words::kind(kind)).into_any()
}
