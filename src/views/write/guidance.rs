//! What is told beside a letter: dangers, other doors, personal data in the words, matters like it.
//!
//! Nothing here stands in the way: whoever wants goes on writing.

use crate::components::icon;
use crate::i18n::zh::{case, guidance as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{CaseCard, Door};
use liaison_domain::guard;
use liaison_domain::guess::{doors, guess};

/// Who answers a press: the app, or the server that the form is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Buttons that the app listens to.
    App,
    /// Buttons that send the form `write`.
    Form,
}

/// One thing to press. `what` is `cover:3`, `join:TH-…` and the like.
fn press(by: By, class: &'static str, what: String, said: &'static str, label: String) -> AnyView {
    match by {
        By::App => view! {
            <button class=class type="button" data-do=what aria-label=label>
                {said}
            </button>
        }
        .into_any(),
        By::Form => view! {
            <button class=class type="submit" form="write" name="do" value=what aria-label=label formnovalidate=true>
                {said}
            </button>
        }
        .into_any(),
    }
}

fn call(number: &str) -> AnyView {
    view! { <a class="button button--second" href=["tel:", number].concat()>{words::call(number)}</a> }.into_any()
}

/// One place where such a matter is decided.
fn door(door: &Door) -> AnyView {
    let hours = (!door.hours.is_empty()).then(|| view! { <p class="field__hint">{words::hours(&door.hours)}</p> });
    let call = (!door.number.is_empty()).then(|| view! { <p class="buttons">{call(&door.number)}</p> });
    view! {
        <li>
            <p>{door.text.clone()}</p>
            {hours}
            {call}
        </li>
    }
    .into_any()
}

/// A danger, and those of the district's doors where such a matter is decided.
pub fn elsewhere(body: &str, all: &[Door]) -> AnyView {
    let danger = guess(body).emergency.map(|emergency| {
        view! {
            <section class="beside beside--danger" aria-labelledby="beside-danger">
                <h2 class="beside__title" id="beside-danger">
                    {icon("#i-warn")}
                    {words::DANGER}
                </h2>
                <p>{words::emergency(emergency)} " " {words::DANGER_HINT}</p>
                <p class="buttons">{call(emergency.number())}</p>
            </section>
        }
    });
    let doors = doors(body, all);
    let doors = (!doors.is_empty()).then(|| {
        let lines = doors.into_iter().map(door).collect::<Vec<_>>();
        view! {
            <section class="beside" aria-labelledby="beside-doors">
                <h2 class="beside__title" id="beside-doors">
                    {icon("#i-send")}
                    {words::DOORS}
                </h2>
                <ul class="beside__list">{lines}</ul>
                <p>{words::DOORS_HINT}</p>
            </section>
        }
    });
    view! {
        {danger}
        {doors}
    }
    .into_any()
}

/// What in the words names or locates somebody, each with a button that covers it.
pub fn personal(body: &str, can_undo: bool, by: By) -> AnyView {
    let spans = guard::find(body);
    let undo = can_undo.then(|| press(by, "link", "uncover".into(), words::UNCOVER, words::UNCOVER.into()));
    if spans.is_empty() {
        let Some(undo) = undo else {
            return ().into_any();
        };
        return view! {
            <p class="beside beside--done">
                {words::COVERED} " " {undo}
            </p>
        }
        .into_any();
    }
    let all = (spans.len() > 1).then(|| {
        press(
            by,
            "button button--second",
            "cover:all".into(),
            words::COVER_ALL,
            words::COVER_ALL.into(),
        )
    });
    let rows = spans
        .iter()
        .enumerate()
        .map(|(n, span)| {
            let text = body.get(span.start..span.end).unwrap_or_default().to_owned();
            let kind = words::kind(span.kind);
            let label = words::cover_what(kind, &text);
            view! {
                <li class="beside__row">
                    <span>
                        {kind} " " <b>{text}</b>
                    </span>
                    {press(by, "button button--second", format!("cover:{n}"), words::COVER, label)}
                </li>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    view! {
        <section class="beside" aria-labelledby="beside-personal">
            <h2 class="beside__title" id="beside-personal">
                {icon("#i-eye")}
                {words::FOUND}
            </h2>
            <p>{words::FOUND_HINT}</p>
            <ul class="beside__list">{rows}</ul>
            <p class="buttons">{all} {undo}</p>
        </section>
    }
    .into_any()
}

/// Published matters like the letter, to be read or joined.
pub fn similar(cards: &[CaseCard], by: By) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    let hint = if cards.iter().any(CaseCard::takes_others) {
        words::SIMILAR_HINT
    } else {
        words::SIMILAR_ANSWERED
    };
    let rows = cards
        .iter()
        .map(|card| {
            let joined = words::joined(card.joined).map(|joined| view! { <span>{joined}</span> });
            let act = if card.takes_others() {
                let label = format!("{}：{}", words::JOIN, card.title);
                press(
                    by,
                    "button button--second",
                    ["join:", &card.no].concat(),
                    words::JOIN,
                    label,
                )
            } else {
                ().into_any()
            };
            view! {
                <li class="beside__row beside__row--case">
                    <div>
                        <a href=format!("/cases/{}", card.no) target="_blank" rel="noopener">
                            {card.title.clone()}
                        </a>
                        <p class="row__meta">
                            <span>{case::public_state(card.state)}</span> <span>{card.area_name.clone()}</span> {joined}
                        </p>
                    </div>
                    {act}
                </li>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    view! {
        <section class="beside" aria-labelledby="beside-similar">
            <h2 class="beside__title" id="beside-similar">
                {icon("#i-people")}
                {words::SIMILAR}
            </h2>
            <p>{hint}</p>
            <ul class="beside__list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// That the letter joins a published matter, with the way out of it.
pub fn joining(title: &str, no: &str, by: By) -> AnyView {
    view! {
        <section class="beside" aria-labelledby="beside-join">
            <h2 class="beside__title" id="beside-join">
                {icon("#i-people")}
                {words::JOINING}
            </h2>
            <p>
                <a href=format!("/cases/{no}") target="_blank" rel="noopener">{title.to_owned()}</a>
            </p>
            <p>{words::JOINING_HINT}</p>
            <p class="buttons">{press(by, "link", "unjoin".into(), words::JOIN_NOT, words::JOIN_NOT.into())}</p>
        </section>
    }
    .into_any()
}
