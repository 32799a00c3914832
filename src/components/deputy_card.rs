use super::station_row::next_day_words;
use crate::components::{icon, tone_chip};
use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::DeputyCard;

/// A deputy's photo, or the family name in a calm tile. Decoration beside the name.
pub fn face(deputy: &DeputyCard, class: &'static str) -> AnyView {
    if let Some(photo) = &deputy.photo {
        return view! { <img class=class src=photo.clone() alt="" width="64" height="64" loading="lazy" /> }.into_any();
    }
    let initial: String = deputy.name.chars().take(1).collect();
    view! {
        <span class=format!("{class} face--{}", deputy.tile % 8) aria-hidden="true">
            {initial}
        </span>
    }
    .into_any()
}

/// A deputy in a list: face, name, level, what they know, next reception, one button.
#[component]
pub fn DeputyCardView(card: DeputyCard, now: Millis) -> AnyView {
    let tags = (!card.expertise.is_empty())
        .then(|| view! { <p class="deputy__tags">{format!("{} {}", zh::directory::EXPERTISE, card.expertise.join("、"))}</p> });
    let status = match card.status.as_str() {
        "left" => Some(tone_chip("quiet", "#i-info", zh::directory::LEFT)),
        "on_leave" => Some(tone_chip("quiet", "#i-info", zh::directory::ON_LEAVE)),
        _ => None,
    };
    let next = card
        .next_reception
        .as_ref()
        .filter(|_| card.status == "active")
        .map(|day| {
            view! {
                <p class="row__fact">
                    {icon("#i-calendar")}
                    <span>{format!("{} {}", zh::directory::NEXT_RECEPTION, next_day_words(day, now))}</span>
                </p>
            }
        });
    let write = (card.status != "left").then(|| {
        view! {
            <a class="button button--second" href=format!("/write?deputy={}", card.slug)>
                {icon("#i-pen")}
                {zh::directory::write_to(&card.name)}
            </a>
        }
    });
    view! {
        <li class="deputy">
            {face(&card, "face")}
            <div class="deputy__text">
                <p class="deputy__name">
                    <a href=format!("/deputies/{}", card.slug) rel="external">{card.name.clone()}</a>
                    <span class="deputy__level">{zh::directory::levels(&card.levels, &card.kind)}</span>
                </p>
                <p class="deputy__what">{card.occupation.clone()}</p>
                {tags} {status} {next}
            </div>
            {write}
        </li>
    }
    .into_any()
}

/// A deputy beside an answer: face, name, level, linked.
#[component]
pub fn DeputyTag(card: DeputyCard) -> AnyView {
    view! {
        <div class="by">
            {face(&card, "face")}
            <p class="by__text">
                <a class="by__name" href=format!("/deputies/{}", card.slug) rel="external">
                    {card.name.clone()}
                </a>
                <span class="by__level">{zh::directory::levels(&card.levels, &card.kind)}</span>
            </p>
        </div>
    }
    .into_any()
}
