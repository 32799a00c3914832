//! One letter in a lane.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::QueueRow;
use liaison_domain::lifecycle::{CaseState, Urgency};

use crate::components::{icon, tone_chip};
use crate::i18n::{dates, desk as words, zh};
use crate::markup::view;

/// A case's state as staff say it.
pub fn state_chip(state: CaseState) -> AnyView {
    tone_chip(
        zh::case::state_tone(state),
        zh::case::state_icon(state),
        words::state(state),
    )
    .into_any()
}

/// A row: title as the link, then what decides whether to open it now. `chosen`: it is open beside the list.
/// `choice`: a box to choose it with others, where that is possible.
pub fn queue_row(row: &QueueRow, href: String, chosen: bool, choice: Option<AnyView>, now: Millis) -> AnyView {
    let urgent = (row.urgency != Urgency::Normal).then(|| tone_chip("bad", "#i-warn", words::urgency(row.urgency)));
    let supervised = row.supervised.then(|| tone_chip("warn", "#i-bell", words::SUPERVISED));
    let second = (row.round > 1).then(|| tone_chip("warn", "#i-warn", words::SECOND_ROUND));
    let due = row.due.map(|due| {
        let class = if row.late {
            "queue-row__due queue-row__due--late"
        } else {
            "queue-row__due"
        };
        view! { <span class=class>{icon("#i-clock")} {dates::due_in(due, now)}</span> }
    });
    let pictures = (row.pictures > 0).then(|| view! { <span>{words::pictures(row.pictures)}</span> });
    let about = [row.category_name.as_deref(), row.area_name.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let about = if about.is_empty() {
        row.station_name.clone()
    } else {
        about
    };
    view! {
        <li class=if chosen { "queue-row queue-row--chosen" } else { "queue-row" }>
            {choice}
            <a class="queue-row__link" href=href id=["row-", &row.id].concat() aria-current=chosen.then_some("true")>
                {row.title.clone()}
            </a>
            <p class="queue-row__meta">{state_chip(row.state)} {urgent} {supervised} {second} {due}</p>
            <p class="queue-row__meta queue-row__meta--quiet">
                <span>{zh::common::kind(row.kind)}</span>
                <span>{about}</span>
                {row.unit_name.clone().map(|unit| view! { <span>{unit}</span> })}
                {pictures}
                <time datetime=dates::iso(row.submitted_at)>{dates::date(row.submitted_at, now)}</time>
                <span class="queue-row__no">{row.no.clone()}</span>
            </p>
        </li>
    }
    .into_any()
}
