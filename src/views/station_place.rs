//! Where a station is: what it looks like, whom to ask for, how to come. Parts of its page.

use crate::components::icon;
use crate::i18n::zh::{common, directory as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{Contact, Directions, PlacePhoto, StationCard};

/// A name and what stands beside it.
pub(super) fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// How to come, and where it is for a telephone's map.
pub(super) fn directions(card: &StationCard, ways: Directions) -> AnyView {
    let place = format!("{:.6},{:.6}", card.lat, card.lng);
    let label: String = card.name.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = [
        (words::BUS, ways.bus),
        (words::METRO, ways.metro),
        (words::PARKING, ways.parking),
        (words::STEP_FREE, ways.step_free),
    ];
    let rows: Vec<AnyView> = known
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| fact(name, text.into_any()))
        .collect();
    let ways = (!rows.is_empty()).then(|| view! { <dl class="facts">{rows.collect_view()}</dl> });
    view! {
        <section aria-labelledby="way">
            <h2 id="way">{words::WAY}</h2>
            <p>{card.address.clone()}</p>
            {ways}
            <p>
                <a class="keep__link" href=format!("geo:{place}?q={place}({label})") rel="external">
                    {icon("#i-place")}
                    {words::OPEN_MAP}
                </a>
            </p>
            <p class="count">{words::coordinates(card.lat, card.lng)}</p>
        </section>
    }
    .into_any()
}

/// A number that can be tapped.
pub(super) fn phone_link(number: &str) -> AnyView {
    let dialled: String = number
        .chars()
        .take_while(|c| *c != '转')
        .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
        .collect();
    view! {
        <a href=format!("tel:{dialled}") aria-label=common::call(number)>
            {number.to_owned()}
        </a>
    }
    .into_any()
}

/// Whom to ask for.
pub(super) fn contacts(all: &[Contact]) -> AnyView {
    let lines = all
        .iter()
        .map(|contact| {
            view! {
                <li>
                    {contact.name.clone()}
                    " "
                    {phone_link(&contact.phone)}
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

/// Longest sides of the smaller copies.
const MIDDLE: u32 = 960;
const THUMB: u32 = 320;

/// How wide a copy is whose longest side is `longest`.
fn wide(photo: &PlacePhoto, longest: u32) -> u32 {
    let side = photo.width.max(photo.height).max(1);
    if side <= longest {
        photo.width
    } else {
        (photo.width * longest / side).max(1)
    }
}

/// What it looks like. The browser takes the copy that fits; what lies below the fold waits.
pub(super) fn photos(all: &[PlacePhoto]) -> Option<AnyView> {
    let sizes = if all.len() == 1 {
        "(min-width: 600px) 24em, 100vw"
    } else {
        "(min-width: 600px) 16em, 50vw"
    };
    let items = all
        .iter()
        .map(|photo| {
            let set = format!(
                "{} {}w, {} {}w",
                photo.thumb_url,
                wide(photo, THUMB),
                photo.middle_url,
                wide(photo, MIDDLE)
            );
            view! {
                <li>
                    <a href=photo.url.clone() rel="external">
                        <img
                            src=photo.middle_url.clone()
                            srcset=set
                            sizes=sizes
                            alt=photo.alt.clone()
                            width=photo.width.to_string()
                            height=photo.height.to_string()
                            loading="lazy"
                            decoding="async"
                        />
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    (!all.is_empty()).then(|| view! { <ul class="place-pictures" aria-label=words::PHOTOS>{items}</ul> }.into_any())
}
