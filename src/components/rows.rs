use crate::components::icon;
use crate::i18n::{dates, zh};
use crate::markup::{IntoNode, Node, view};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{CaseCard, MyCaseRow};
use liaison_domain::lifecycle::CaseState;

/// A short label with an icon. Tones: `busy`, `you`, `good`, `bad`, `quiet`, `warn`.
pub fn tone_chip(tone: &'static str, sign: &'static str, words: &str) -> Node {
    view! {
        <span class=format!("chip chip--{tone}")>
            {icon(sign)}
            {words.to_owned()}
        </span>
    }
}

/// A case's state as its author and staff read it.
pub fn state_chip(state: CaseState) -> Node {
    tone_chip(
        zh::case::state_tone(state),
        zh::case::state_icon(state),
        zh::case::state(state),
    )
}

fn public_chip(state: CaseState) -> Node {
    let tone = match zh::case::state_tone(state) {
        // Nobody who reads a published copy is asked for anything.
        "you" => "good",
        tone => tone,
    };
    tone_chip(tone, zh::case::state_icon(state), zh::case::public_state(state))
}

/// A list of rows.
pub fn list<T: IntoNode>(rows: Vec<T>) -> AnyView {
    fn around(rows: Node) -> AnyView {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    }
    around(rows.node())
}

/// A published copy in a list: title, what was answered, place and date, state.
pub fn case_row(card: &CaseCard, now: Millis) -> Node {
    let answer = (!card.answer_excerpt.is_empty()).then(|| {
        let by = (!card.answer_by.is_empty()).then(|| format!("{}：", card.answer_by));
        view! {
            <p class="row__excerpt">
                {by.map(|by| view! { <b>{by}</b> })}
                {card.answer_excerpt.clone()}
            </p>
        }
    });
    let at = card.answered_at.unwrap_or(card.submitted_at);
    view! {
        <li class="row">
            <a class="row__title" href=format!("/cases/{}", card.no)>
                {card.title.clone()}
            </a>
            {answer}
            <p class="row__meta">
                {public_chip(card.state)} <span>{card.category_name.clone()}</span> <span>{card.area_name.clone()}</span>
                <time datetime=dates::iso(at)>{dates::date(at, now)}</time>
            </p>
        </li>
    }
}

/// A letter in its author's list.
pub fn mine_row(row: &MyCaseRow, now: Millis) -> Node {
    let due = row.holder.due.filter(|_| !row.holder.paused).map(|due| {
        let class = if due < now { "row__late" } else { "" };
        view! { <span class=class>{dates::due_in(due, now)}</span> }
    });
    let who = super::holder_name(row.holder.kind, row.holder.name.as_ref());
    view! {
        <li class=if row.needs_you { "row row--you" } else { "row" }>
            <a class="row__title" href=format!("/mine/{}", row.no)>
                {row.title.clone()}
            </a>
            <p class="row__meta">
                {state_chip(row.state)} <span>{who}</span> {due}
            </p>
            <p class="row__meta">
                <span>{row.no.clone()}</span>
                <span>{format!("{} {}", dates::date(row.submitted_at, now), zh::case::SUBMITTED)}</span>
            </p>
        </li>
    }
}
