//! The desk's list of events.

use crate::components::{empty, icon, list, notice, page_count, page_head, pager};
use crate::i18n::desk::meetings as words;
use crate::i18n::zh::common;
use crate::i18n::zh::meetings;
use crate::markup::view;
use crate::views::desk_pages::EVENTS;
use crate::views::events::state_chip;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskEventList, DeskEventRow};

fn row(row: &DeskEventRow, now: Millis) -> AnyView {
    let card = &row.card;
    let pending = (row.pending > 0).then(|| {
        view! {
            <a class="chip chip--you" href=[EVENTS, "/", &card.id, "?lane=pending"].concat()>
                {icon("#i-clock")}
                {words::pending(row.pending)}
            </a>
        }
    });
    let late = row.late_resolutions > 0;
    let resolutions = (row.open_resolutions > 0).then(|| {
        let words = words::open_resolutions(row.open_resolutions, row.late_resolutions);
        view! { <span class=late.then_some("row__late")>{words}</span> }
    });
    view! {
        <li class="row">
            <a class="row__title" href=[EVENTS, "/", &card.id].concat()>
                {card.title.clone()}
            </a>
            <p class="row__meta">
                {state_chip(card.state)} <span>{meetings::kind(card.kind)}</span>
                <span>{meetings::span(card.starts_at, card.ends_at, now)}</span> <span>{card.station_name.clone()}</span>
            </p>
            <p class="row__meta">
                {pending} {resolutions}
                {(card.seats.needed && card.state.is_ahead()).then(|| view! { <span>{meetings::seats(&card.seats)}</span> })}
            </p>
        </li>
    }
    .into_any()
}

/// Events that this person prepares, leads, or sits at the table of.
#[component]
pub fn DeskEventsView(
    data: DeskEventList,
    /// This person may hold events.
    may_create: bool,
    /// What was just done.
    said: Option<&'static str>,
    now: Millis,
) -> AnyView {
    let new = may_create.then(|| {
        view! {
            <p class="buttons">
                <a class="button" href=[EVENTS, "/new"].concat()>
                    {icon("#i-pen")}
                    {words::NEW}
                </a>
            </p>
        }
    });
    let rows = if data.items.is_empty() {
        empty(words::NONE, None)
    } else {
        list(data.items.iter().map(|one| row(one, now)).collect())
    };
    let next = data.next_cursor.map(|cursor| [EVENTS, "?cursor=", &cursor].concat());
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        {said.map(|said| notice("good", said.to_owned()))}
        {new}
        {page_count(common::total(data.total, "场"))}
        {rows}
        {pager(next, data.items.len(), data.total.to_string())}
    }
    .into_any()
}
