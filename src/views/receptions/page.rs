use super::{chip, href_of, when};
use crate::components::{back_link, face, icon, notice, page_head, paragraphs};
use crate::i18n::zh::{common, directory, receptions as words};
use crate::markup::view;
use crate::views::elsewhere::{Missing, elsewhere};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{ReceptionCard, ReceptionDeputy, ReceptionDetail, ReceptionSlot};
use liaison_domain::reception::SessionState;

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

fn person(one: &ReceptionDeputy) -> AnyView {
    let card = &one.card;
    let knows = (!card.expertise.is_empty()).then(|| {
        view! { <p class="deputy__tags">{format!("{} {}", directory::EXPERTISE, card.expertise.join("、"))}</p> }
    });
    let instead = one
        .instead_of
        .as_ref()
        .map(|name| view! { <p class="deputy__what">{words::instead_of(name)}</p> });
    view! {
        <li class="deputy">
            {face(card, "face")}
            <div class="deputy__text">
                <p class="deputy__name">
                    <a href=format!("/deputies/{}", card.slug)>{card.name.clone()}</a>
                    <span class="deputy__level">{directory::levels(&card.levels, &card.kind)}</span>
                </p>
                <p class="deputy__what">{card.occupation.clone()}</p>
                {knows} {instead}
            </div>
        </li>
    }
    .into_any()
}

fn people(card: &ReceptionCard) -> AnyView {
    let body = if card.deputies.is_empty() {
        view! { <p>{words::WHO_LATER}</p> }.into_any()
    } else {
        let people = card.deputies.iter().map(person).collect_view();
        view! { <ul class="rows">{people}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="who">
            <h2 id="who">{words::WHO}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// The address of the form that books a time.
fn book_href(card: &ReceptionCard, slot: Option<&ReceptionSlot>) -> String {
    let at = slot.map(|slot| slot.starts_at.to_string());
    let deputy = slot.and_then(|slot| slot.deputy.clone());
    crate::views::deputies::href(
        &format!("/receptions/{}/book", card.id),
        &[("at", &at), ("deputy", &deputy)],
    )
}

/// Times of one deputy, or of whoever is there, that nobody has taken.
fn times(card: &ReceptionCard, deputy: Option<&ReceptionDeputy>, slots: &[&ReceptionSlot]) -> AnyView {
    let name = deputy.map_or_else(|| words::SLOT_ANYBODY.to_owned(), |one| one.card.name.clone());
    let free: Vec<_> = slots.iter().filter(|slot| slot.free > 0).collect();
    let count = if free.is_empty() {
        words::TAKEN.to_owned()
    } else {
        words::left(free.iter().map(|slot| slot.free).sum())
    };
    let links = free
        .iter()
        .map(|slot| {
            let time = words::clock(slot.starts_at);
            let more = (slot.free > 1).then(|| view! { <span class="slots__left">{words::left(slot.free)}</span> });
            view! {
                <li>
                    <a class="filter__link" href=book_href(card, Some(slot))>
                        <span class="sr">{words::BOOK} " "</span>
                        {time}
                        {more}
                        <span class="sr">{format!("，{name}")}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <h3 class="slots__who">{name} <span class="slots__count">{count}</span></h3>
        {(!free.is_empty()).then(|| view! { <ul class="filter">{links}</ul> })}
    }
    .into_any()
}

fn slots(data: &ReceptionDetail) -> Option<AnyView> {
    if data.slots.is_empty() {
        return None;
    }
    let card = &data.card;
    let of = |slug: Option<&str>| -> Vec<&ReceptionSlot> {
        data.slots
            .iter()
            .filter(|slot| slot.deputy.as_deref() == slug)
            .collect()
    };
    let anybody = of(None);
    let by_deputy = card
        .deputies
        .iter()
        .map(|one| times(card, Some(one), &of(Some(&one.card.slug))));
    let groups = by_deputy
        .chain((!anybody.is_empty()).then(|| times(card, None, &anybody)))
        .collect_view();
    Some(
        view! {
            <section aria-labelledby="slots">
                <h2 id="slots">{words::SLOTS}</h2>
                <p class="count">{words::SLOTS_HINT}</p>
                {groups}
            </section>
        }
        .into_any(),
    )
}

/// The one thing to do, and the other way.
fn actions(data: &ReceptionDetail, now: Millis) -> AnyView {
    let card = &data.card;
    let is_coming = matches!(card.state, SessionState::Planned | SessionState::Announced) && card.kind.is_bookable();
    let main = card.bookable.then(|| {
        let name = if card.free > 0 { words::BOOK } else { words::WAIT };
        view! {
            <a class="button" href=book_href(card, None)>
                {icon("#i-calendar")}
                {name}
            </a>
        }
    });
    let until = if card.bookable {
        let free = words::free(card);
        Some(format!("{free}，{}", words::closes(data.closes_at, now)))
    } else {
        is_coming.then(|| words::closed(&data.station.phone))
    };
    let write = match card.deputies.first() {
        Some(one) if card.deputies.len() == 1 => format!("/write?deputy={}", one.card.slug),
        _ => format!("/write?station={}", card.station_slug),
    };
    view! {
        {until.map(|words| view! { <p>{words}</p> })}
        <p class="buttons">
            {main}
            <a class="button button--second" href=write>
                {icon("#i-pen")}
                {words::WRITE}
            </a>
        </p>
    }
    .into_any()
}

fn keep(card: &ReceptionCard) -> AnyView {
    let address = href_of(card);
    let link = |end: &str, sign: &'static str, name: &'static str| {
        view! {
            <li>
                <a class="keep__link" href=[&*address, end].concat()>
                    {icon(sign)}
                    {name}
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="keep">
            <h2 id="keep">{words::KEEP}</h2>
            <ul class="keep">
                {link(".ics", "#i-calendar", words::TO_CALENDAR)} {link("/notice", "#i-send", words::NOTICE_TEXT)}
                {link("/poster", "#i-photo", words::POSTER)}
                <li>
                    <button class="link keep__link" type="button" data-share="" hidden=true>
                        {icon("#i-people")}
                        {words::SHARE}
                    </button>
                </li>
            </ul>
            {elsewhere(Missing::Download)}
            <img class="qr" src=format!("/qr/r/{}.svg", card.id) alt=words::QR width="160" height="160" loading="lazy" />
        </section>
    }
    .into_any()
}

/// A reception: when, where, who, which times are free.
#[component]
pub fn ReceptionView(data: ReceptionDetail, now: Millis) -> AnyView {
    let card = data.card.clone();
    let tone = if card.state == SessionState::Cancelled {
        "warn"
    } else {
        "info"
    };
    let hint = words::state_hint(&card).map(|words| notice(tone, words));
    let station = view! {
        <a href=format!("/stations/{}", card.station_slug)>{card.station_name.clone()}</a>
    };
    let phone = view! {
        <a href=format!("tel:{}", data.station.phone) aria-label=common::call(&data.station.phone)>
            {data.station.phone.clone()}
        </a>
    };
    let place = if card.goes_out {
        format!("{}（{}）", card.place, words::away(card.kind))
    } else {
        card.place.clone()
    };
    let topic = (!card.topic.is_empty()).then(|| fact(words::TOPIC, card.topic.clone().into_any()));
    let modes: Vec<_> = data.modes.iter().map(|mode| words::mode(*mode)).collect();
    let modes = (!modes.is_empty()).then(|| fact(words::HOW, modes.join("、").into_any()));
    let rule = data.rule.clone().map(|rule| {
        let reading = data
            .reading
            .clone()
            .map(|words| view! { <p class="reading">{words}</p> });
        fact(words::RULE, view! { <p>{rule}</p> {reading} }.into_any())
    });
    let before = (!data.notice.is_empty()).then(|| {
        view! {
            <section aria-labelledby="before">
                <h2 id="before">{words::NOTICE}</h2>
                {paragraphs(&data.notice)}
            </section>
        }
    });
    view! {
        {back_link("/receptions".into(), words::TITLE)} {page_head(words::name(&card), "")}
        <p class="row__meta">{chip(&card)} <span>{words::kind(card.kind)}</span></p>
        {hint}
        <dl class="facts">
            {fact(words::WHEN, when(&card, now))}
            {fact(words::STATION, station.into_any())} {fact(words::WHERE, place.into_any())}
            {fact(words::PHONE, phone.into_any())} {topic} {modes} {rule}
        </dl>
        {actions(&data, now)}
        <div class="columns">
            <div class="columns__main">{before} {slots(&data)} {people(&card)}</div>
            <div class="columns__side">{keep(&card)}</div>
        </div>
    }
    .into_any()
}
