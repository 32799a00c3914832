//! Receptions: the list, the month, one of them, what is printed and sent round. Drawn by the server alone.

mod calendar;
mod list;
mod page;
mod paper;

pub use calendar::CalendarData;
pub(super) use calendar::rota;
pub use list::{ListData, ReceptionsView, Shown, receptions_href};
pub use page::ReceptionView;
pub use paper::{GroupNoticeView, PosterView};

use crate::components::{icon, tone_chip};
use crate::i18n::zh::receptions as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::ReceptionCard;

/// The address of a reception's page.
pub(super) fn href_of(card: &ReceptionCard) -> String {
    format!("/receptions/{}", card.id)
}

pub(super) fn chip(card: &ReceptionCard) -> AnyView {
    let (tone, sign) = words::state_tone(card.state);
    tone_chip(tone, sign, words::state(card.state)).into_any()
}

/// A reception in a list: when, what, where, who, how it stands. `with_free`: also how many times are left, which not
/// every page can know of this moment.
pub(super) fn row(card: &ReceptionCard, now: Millis, with_free: bool) -> AnyView {
    row_at(card, when(card, now), with_free)
}

/// The same below its day: the hours alone.
fn row_of_day(card: &ReceptionCard) -> AnyView {
    let hours = view! { <time datetime=card.date.clone()>{words::hours(card)}</time> };
    row_at(card, hours.into_any(), true)
}

fn row_at(card: &ReceptionCard, when: AnyView, with_free: bool) -> AnyView {
    let who = words::names(card);
    let who = (!who.is_empty()).then(|| view! { <p class="row__fact">{icon("#i-people")} <span>{who}</span></p> });
    let kind =
        (!card.title.is_empty() || !card.topic.is_empty()).then(|| view! { <span>{words::kind(card.kind)}</span> });
    let why = words::reason(card.cancel_reason.as_deref());
    let why = (!why.is_empty()).then(|| view! { <p>{why}</p> });
    let free = if with_free { words::free(card) } else { String::new() };
    view! {
        <li class="row">
            <p class="reception__day">
                {when}
            </p>
            <a class="row__title" href=href_of(card)>
                {words::name(card)}
            </a>
            <p class="row__fact">
                {icon("#i-place")}
                <span>{where_words(card)}</span>
            </p>
            {who} {why}
            <p class="row__meta">{chip(card)} {kind} {(!free.is_empty()).then(|| view! { <span>{free}</span> })}</p>
        </li>
    }
    .into_any()
}

/// Day and hours; the hours stay in one line.
pub(super) fn when(card: &ReceptionCard, now: Millis) -> AnyView {
    view! {
        <time datetime=card.date.clone()>{words::when_day(card, now)}</time>
        " "
        <span class="reception__hours">{words::hours(card)}</span>
    }
    .into_any()
}

/// 「云帆街道代表联络站，云帆路 12 号」.
pub(super) fn where_words(card: &ReceptionCard) -> String {
    format!("{}，{}", card.station_name, card.place)
}
