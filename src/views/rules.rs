//! How personal data is handled, as a list. Drawn by the server alone.

use super::privacy::PRIVACY;
use crate::components::{icon, page_head};
use crate::i18n::zh::rules::{self as words, Figures, Kind, Receiver, Row};
use crate::markup::view;
use leptos::prelude::*;

/// What the page shows here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesData {
    /// The station.
    pub name: String,
    /// Its telephone.
    pub phone: String,
    /// When somebody answers it.
    pub hours: String,
    /// How long things are kept.
    pub figures: Figures,
    /// What is handled here.
    pub kinds: Vec<Kind>,
    /// Who else gets something.
    pub receivers: Vec<Receiver>,
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

fn text(name: &'static str, value: String) -> AnyView {
    fact(name, value.into_any())
}

fn points(all: &'static [&'static str]) -> AnyView {
    let all = all.iter().map(|one| view! { <li>{*one}</li> }.into_any());
    view! { <ul class="bullets">{all.collect_view()}</ul> }.into_any()
}

fn kind(row: Row) -> AnyView {
    view! {
        <details class="fold">
            <summary>{row.title}</summary>
            <dl class="facts">
                {text(words::WHAT, row.what.to_owned())} {text(words::WHY, row.why.to_owned())}
                {text(words::HOW, row.how.to_owned())} {text(words::KEEP, row.keep)}
                {text(words::WHOM, row.whom.to_owned())}
            </dl>
        </details>
    }
    .into_any()
}

fn receiver(one: Receiver) -> AnyView {
    let [name, what, why, how] = one.words();
    view! {
        <details class="fold">
            <summary>{name}</summary>
            <dl class="facts">
                {text(words::RECEIVER_WHAT, what.to_owned())} {text(words::RECEIVER_WHY, why.to_owned())}
                {text(words::RECEIVER_HOW, how.to_owned())}
            </dl>
        </details>
    }
    .into_any()
}

/// The list, whom it concerns, and what one may do.
#[component]
pub fn RulesView(data: RulesData) -> AnyView {
    let figures = data.figures;
    let kinds = data.kinds.into_iter().map(|one| kind(words::row(one, &figures)));
    let receivers = data.receivers.into_iter().map(receiver);
    let ways = words::RIGHTS_WAYS
        .iter()
        .map(|(what, how)| text(what, (*how).to_owned()));
    let tel = format!("tel:{}", data.phone);
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        <section aria-labelledby="who">
            <h2 id="who">{words::WHO}</h2>
            <dl class="facts">
                {text(words::WHO_NAME, data.name)}
                {fact(words::WHO_PHONE, view! { <a href=tel>{icon("#i-phone")} " " {data.phone}</a> }.into_any())}
                {text(words::WHO_HOURS, data.hours)} {text(words::WHO_WHY, words::WHO_WHY_TEXT.to_owned())}
            </dl>
        </section>
        <section aria-labelledby="list">
            <h2 id="list">{words::LIST}</h2>
            <p>{words::LIST_LEAD}</p>
            {kinds.collect_view()}
        </section>
        <section aria-labelledby="sensitive">
            <h2 id="sensitive">{words::SENSITIVE}</h2>
            {points(words::SENSITIVE_POINTS)}
        </section>
        <section aria-labelledby="receivers">
            <h2 id="receivers">{words::RECEIVERS}</h2>
            <p>{words::RECEIVERS_LEAD}</p>
            {receivers.collect_view()}
        </section>
        <section aria-labelledby="rights">
            <h2 id="rights">{words::RIGHTS}</h2>
            <p>{words::RIGHTS_LEAD}</p>
            <dl class="facts">{ways.collect_view()}</dl>
            <p class="buttons">
                <a class="button button--second" href=PRIVACY>
                    {words::RIGHTS_LINK}
                </a>
            </p>
        </section>
        <section aria-labelledby="children">
            <h2 id="children">{words::CHILDREN}</h2>
            {points(words::CHILDREN_POINTS)}
        </section>
        <section aria-labelledby="changes">
            <h2 id="changes">{words::CHANGES}</h2>
            <p>{words::CHANGES_TEXT}</p>
        </section>
    }
    .into_any()
}
