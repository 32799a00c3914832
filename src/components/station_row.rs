use crate::components::{face, icon};
use crate::i18n::{dates, zh};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{ReceptionHint, StationCard};

/// 「9月10日 星期四（还有3天）」.
pub fn next_day_words(day: &str, now: Millis) -> String {
    let far = dates::days_until_day(day, now)
        .filter(|days| (0..=14).contains(days))
        .map(dates::how_far);
    zh::directory::next_day(&dates::spoken_day(day, now), far.as_deref().unwrap_or_default())
}

/// A station in a list.
pub fn station_row(card: &StationCard, now: Millis) -> AnyView {
    let next = card.next_reception.as_ref().map(|day| {
        view! {
            <p class="row__fact">
                {icon("#i-calendar")}
                <span>{format!("{} {}", zh::directory::NEXT_RECEPTION, next_day_words(day, now))}</span>
            </p>
        }
    });
    let deputies = (card.deputies > 0)
        .then(|| view! { <span class="row__side">{zh::directory::deputies_count(card.deputies)}</span> });
    view! {
        <li class="row">
            <a class="row__title" href=format!("/stations/{}", card.slug) rel="external">
                {card.name.clone()}
            </a>
            {next}
            <p class="row__fact">{icon("#i-place")} <span>{card.address.clone()}</span></p>
            <p class="row__fact">
                {icon("#i-phone")}
                <a href=format!("tel:{}", card.phone) aria-label=zh::common::call(&card.phone)>
                    {card.phone.clone()}
                </a>
                {deputies}
            </p>
        </li>
    }
    .into_any()
}

/// A coming reception: day, time, place, who.
pub fn reception_day(hint: &ReceptionHint, now: Millis) -> AnyView {
    let who = hint
        .deputies
        .iter()
        .take(4)
        .map(|deputy| {
            view! {
                <a class="reception__who" href=format!("/deputies/{}", deputy.slug) rel="external">
                    {face(deputy, "face face--small")}
                    <span>{deputy.name.clone()}</span>
                </a>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <li class="row">
            <a class="reception__day" href=format!("/receptions/{}", hint.id) rel="external">
                {next_day_words(&hint.date, now)}
            </a>
            <p class="reception__where">
                <span>{hint.time.clone()}</span>
                <a href=format!("/stations/{}", hint.station_slug) rel="external">{hint.station_name.clone()}</a>
            </p>
            <div class="reception__people">{who}</div>
        </li>
    }
    .into_any()
}
