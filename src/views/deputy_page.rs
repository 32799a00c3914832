//! A deputy's page: who, when to meet, what was answered in public. Drawn by the server alone.

use super::station_page::{code, coming, subscribe};
use crate::components::{back_link, case_row, empty, face, icon, list, notice, station_row};
use crate::i18n::zh::directory as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeputyDetail, ReceptionCard};

/// Coming receptions shown.
const NEXT: usize = 6;

/// A deputy with the receptions to come.
#[derive(Clone, Debug, PartialEq)]
pub struct DeputyPage {
    /// What the directory says.
    pub detail: DeputyDetail,
    /// In order.
    pub receptions: Vec<ReceptionCard>,
}

/// One deputy.
#[component]
pub fn DeputyView(data: DeputyPage, now: Millis) -> AnyView {
    let DeputyPage { detail, receptions } = data;
    let card = detail.card;
    let status = match card.status.as_str() {
        "left" => Some(notice("warn", words::LEFT.into())),
        "on_leave" => Some(notice("info", words::ON_LEAVE.into())),
        _ => None,
    };
    let (write_href, write_words) = if card.status == "left" {
        (
            format!("/write?station={}", card.station_slug),
            words::WRITE_INSTEAD.to_owned(),
        )
    } else {
        (format!("/write?deputy={}", card.slug), words::write_to(&card.name))
    };
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
    };
    let cases = if detail.answered_cases.is_empty() {
        empty(words::ANSWERED_NONE, None)
    } else {
        list(detail.answered_cases.iter().map(|card| case_row(card, now)).collect())
    };
    let (meet, subscription) = if card.status == "active" {
        (
            Some(coming(
                &receptions,
                NEXT,
                format!("/receptions?deputy={}", card.slug),
                now,
            )),
            Some(subscribe(format!("/deputies/{}/calendar.ics", card.slug))),
        )
    } else {
        (None, None)
    };
    view! {
        {back_link("/deputies".into(), words::DEPUTIES)}
        <div class="person">
            {face(&card, "face face--large")}
            <div>
                <h1 tabindex="-1">{card.name.clone()}</h1>
                <p class="person__level">{words::levels(&card.levels, &card.kind)}</p>
            </div>
        </div>
        {status}
        <dl class="facts">
            {fact(words::OCCUPATION, card.occupation.clone())} {fact(words::CONSTITUENCY, card.constituency.clone())}
            {fact(words::EXPERTISE, card.expertise.join("、"))} {fact(words::RECEPTION, detail.reception_text)}
        </dl>
        <p class="buttons">
            <a class="button" href=write_href>
                {icon("#i-pen")}
                {write_words}
            </a>
        </p>
        <p>{detail.bio}</p>
        <div class="columns">
            <div class="columns__main">
                {meet} {subscription}
                <section aria-labelledby="answered-title">
                    <h2 id="answered-title">{words::ANSWERED}</h2>
                    <p class="count">{words::received(detail.received, card.answered)}</p>
                    {cases}
                </section>
            </div>
            <div class="columns__side">
                <section aria-labelledby="meet-title">
                    <h2 id="meet-title">{words::WHERE_TO_MEET}</h2>
                    {list(detail.stations.iter().map(|station| station_row(station, now)).collect())}
                </section>
                {code(format!("/qr/d/{}.svg", card.slug), words::CODE_DEPUTY)}
            </div>
        </div>
    }
    .into_any()
}
