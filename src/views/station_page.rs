//! A station's page: where, when, who; how it works, the year's receptions, its points. Drawn by the server alone.

use super::receptions::{rota, row};
use super::station_place::{contacts, directions, fact, phone_link, photos};
use crate::components::{DeputyCardView, back_link, case_row, empty, icon, list, page_head, station_row};
use crate::i18n::zh::{directory as words, receptions};
use crate::markup::view;
use crate::views::elsewhere::{Missing, elsewhere};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{ReceptionCard, StationDetail};

/// Coming receptions shown on top; the year's table has all.
const NEXT: usize = 3;

/// A rule of a station's schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleWords {
    /// What its receptions are called.
    pub name: String,
    /// 「每月第二、第四个星期四 14:30–17:00」.
    pub rule: String,
    /// How it counts, where that is easily misread.
    pub reading: Option<String>,
}

/// A station with its year.
#[derive(Clone, Debug, PartialEq)]
pub struct StationPage {
    /// What the directory says.
    pub detail: StationDetail,
    /// In force now.
    pub rules: Vec<RuleWords>,
    /// From today on, in order.
    pub receptions: Vec<ReceptionCard>,
    /// None while there is nothing to count.
    pub figures: Option<Figures>,
}

/// What came of a station's receptions this year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Which year.
    pub year: i32,
    /// Receptions that took place.
    pub held: u64,
    /// Who came, by the ledger.
    pub people: u64,
    /// Solved on the spot.
    pub on_site: u64,
    /// Became letters.
    pub letters: u64,
}

fn bullets(title: &'static str, items: Vec<String>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        let items = items
            .into_iter()
            .map(|item| view! { <li>{item}</li> }.into_any())
            .collect_view();
        view! {
            <section>
                <h2>{title}</h2>
                <ul class="bullets">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn rules(rules: &[RuleWords], otherwise: String) -> AnyView {
    if rules.is_empty() {
        return otherwise.into_any();
    }
    let lines = rules
        .iter()
        .map(|rule| {
            let reading = rule
                .reading
                .clone()
                .map(|words| view! { <p class="reading">{words}</p> });
            view! {
                <li>
                    <p>{format!("{}：{}", rule.name, rule.rule)}</p>
                    {reading}
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

/// What happens to a matter, from the first word to the mark for the answer. A list that is drawn as a diagram: whoever
/// hears it hears the steps.
fn process() -> AnyView {
    let step = |name: &'static str, who: &'static str| {
        view! {
            <div class="flow__step">
                <b>{name}</b>
                <span>{who}</span>
            </div>
        }
        .into_any()
    };
    let steps = words::PROCESS
        .iter()
        .map(|ways| {
            let ways = ways
                .iter()
                .map(|(name, who)| view! { <li>{step(name, who)}</li> }.into_any())
                .collect_view();
            view! {
                <li class="flow__level">
                    <ul class="flow__ways">{ways}</ul>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section aria-labelledby="process">
            <h2 id="process">{words::PROCESS_TITLE}</h2>
            <ol class="flow">{steps}</ol>
            <p class="count">{words::PROCESS_BACK}</p>
        </section>
    }
    .into_any()
}

/// The station's own, or every station's.
fn charter(own: Vec<String>) -> AnyView {
    let lines = if own.is_empty() {
        words::CHARTER.map(str::to_owned).to_vec()
    } else {
        own
    };
    let lines = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> }.into_any())
        .collect_view();
    view! {
        <section>
            <h2>{words::CHARTER_TITLE}</h2>
            <ol class="bullets">{lines}</ol>
        </section>
    }
    .into_any()
}

fn year(slug: &str, cards: &[ReceptionCard]) -> AnyView {
    let table = if cards.is_empty() {
        view! { <p>{receptions::ROTA_NONE}</p> }.into_any()
    } else {
        rota(cards)
    };
    view! {
        <section aria-labelledby="year">
            <h2 id="year">{receptions::ROTA}</h2>
            {table}
            {subscribe(format!("/stations/{slug}/calendar.ics"))}
        </section>
    }
    .into_any()
}

/// What came of the receptions, with how it is counted beside it.
fn figures(counted: Figures) -> AnyView {
    let figure = |name: &'static str, value: String| fact(name, value.into_any());
    // Where nobody keeps the ledger yet, nothing is said of who came.
    let ledger = (counted.people > 0).then(|| {
        view! {
            {figure(receptions::CAME, receptions::people(counted.people))}
            {figure(receptions::SOLVED, receptions::matters(counted.on_site))}
            {figure(receptions::BECAME, receptions::matters(counted.letters))}
        }
    });
    view! {
        <section aria-labelledby="figures">
            <h2 id="figures">{receptions::figures_of(counted.year)}</h2>
            <dl class="facts">
                {figure(receptions::HELD, receptions::count(counted.held as usize))}
                {ledger}
            </dl>
            <p class="count">{receptions::FIGURES_HOW}</p>
        </section>
    }
    .into_any()
}

/// The way to have the receptions in one's own calendar.
pub(super) fn subscribe(address: String) -> AnyView {
    view! {
        <p>
            <a class="keep__link" href=address>
                {icon("#i-calendar")}
                {receptions::SUBSCRIBE}
            </a>
        </p>
        <p class="count">{receptions::SUBSCRIBE_HINT}</p>
        {elsewhere(Missing::Download)}
    }
    .into_any()
}

/// The next receptions, each with its page.
pub(super) fn coming(cards: &[ReceptionCard], most: usize, all: String, now: Millis) -> AnyView {
    let open = |card: &&ReceptionCard| card.kind.is_bookable();
    let rows: Vec<_> = cards
        .iter()
        .filter(open)
        .take(most)
        .map(|card| row(card, now, false))
        .collect();
    let body = if rows.is_empty() {
        empty(receptions::NONE, None)
    } else {
        list(rows)
    };
    view! {
        <section aria-labelledby="coming">
            <h2 id="coming">{receptions::COMING}</h2>
            {body}
            <p class="more">
                <a href=all>{receptions::COMING_ALL}</a>
            </p>
        </section>
    }
    .into_any()
}

/// A station's code for a notice board.
pub(super) fn code(address: String, alt: &'static str) -> AnyView {
    view! {
        <section aria-labelledby="code">
            <h2 id="code">{words::CODE}</h2>
            <img class="qr" src=address alt=alt width="160" height="160" loading="lazy" />
        </section>
    }
    .into_any()
}

/// One station.
#[component]
pub fn StationView(data: StationPage, now: Millis) -> AnyView {
    let StationPage {
        detail,
        rules: own,
        receptions: cards,
        figures: counted,
    } = data;
    let card = detail.card;
    let text = |value: String| value.into_any();
    let people = (!detail.contacts.is_empty()).then(|| fact(words::CONTACTS, contacts(&detail.contacts)));
    let deputies = detail
        .deputies
        .into_iter()
        .map(|card| view! { <DeputyCardView card=card now=now /> }.into_any())
        .collect_view();
    let points = (!detail.points.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words::POINTS}</h2>
                {list(detail.points.iter().map(|point| station_row(point, now)).collect())}
            </section>
        }
    });
    let recent = if detail.recent_cases.is_empty() {
        empty(words::RECENT_NONE, None)
    } else {
        list(detail.recent_cases.iter().map(|card| case_row(card, now)).collect())
    };
    let communities = detail.communities.into_iter().map(|area| area.name).collect::<Vec<_>>();
    let communities = (!communities.is_empty()).then(|| fact(words::COMMUNITIES, text(communities.join("、"))));
    view! {
        {back_link("/stations".into(), words::STATIONS)}
        {page_head(card.name.clone(), "")}
        <dl class="facts">
            {fact(words::RECEPTION, rules(&own, card.reception_text.clone()))}
            {fact(words::ADDRESS, text(card.address.clone()))} {fact(words::PHONE, phone_link(&card.phone))} {people}
            {fact(words::OPENING, text(card.opening.clone()))} {communities}
        </dl>
        <p class="buttons">
            <a class="button" href=format!("/write?station={}", card.slug)>
                {icon("#i-pen")}
                {words::WRITE_TO_STATION}
            </a>
        </p>
        {photos(&detail.photos)}
        <div class="columns">
            <div class="columns__main">
                {coming(&cards, NEXT, format!("/receptions?station={}", card.slug), now)}
                <section>
                    <h2>{words::STATION_DEPUTIES}</h2>
                    <ul class="rows">{deputies}</ul>
                </section>
                {year(&card.slug, &cards)} {counted.map(figures)}
                <section>
                    <h2>{words::RECENT}</h2>
                    {recent}
                </section>
            </div>
            <div class="columns__side">
                {bullets(words::SCOPE, detail.scope)} {process()} {charter(detail.charter)}
                {bullets(words::PRINCIPLES, detail.principles)} {points} {directions(&card, detail.directions)}
                {code(format!("/qr/s/{}.svg", card.slug), words::CODE_STATION)}
            </div>
        </div>
    }
    .into_any()
}
