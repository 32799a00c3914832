//! What the office's pages show beside their forms.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{CallBack, LibraryEntry, Receipt};

use super::state_chip;
use crate::i18n::dates;
use crate::i18n::desk::office as words;
use crate::markup::{Node, view};

/// A letter drawn for a call; `outcome`: how the call went, in words, once it was made.
pub fn call_facts(call: &CallBack, href: String, outcome: Option<String>, now: Millis) -> AnyView {
    let unit = call.unit_name.clone().map(|unit| view! { <span>{unit}</span> });
    let score = call
        .score
        .map(|score| view! { <span>{[words::CALL_SCORE, " ", &score.to_string()].concat()}</span> });
    let note = call
        .note
        .clone()
        .filter(|_| outcome.is_some())
        .map(|note| view! { <p>{note}</p> });
    let outcome = outcome.map(|outcome| view! { <p class="calls__outcome">{outcome}</p> });
    view! {
        <a href=href>{call.title.clone()}</a>
        <p class="queue-row__meta queue-row__meta--quiet">
            {state_chip(call.state)}
            <span>{call.no.clone()}</span>
            {unit}
            {score}
            <span>{[words::CALLS_DRAWN, " ", &dates::date(call.drawn_at, now)].concat()}</span>
        </p>
        {outcome}
        {note}
    }
    .into_any()
}

/// What is handed to the resident whose letter was filed.
pub fn filed_receipt(done: &Receipt, now: Millis) -> AnyView {
    let fact = |label: &'static str, class: &'static str, text: String| -> Node {
        view! { <div><dt>{label}</dt><dd class=class>{text}</dd></div> }
    };
    let station = [&done.station_name, " ", &done.station_phone].concat();
    view! {
        <h1 tabindex="-1">{words::FILE_DONE}</h1>
        <p class="lead">{words::FILE_TOLD}</p>
        <dl class="facts">
            {fact(words::FILE_NO, "receipt__no", done.no.clone())}
            {fact(words::FILE_CODE, "receipt__code", done.code.clone())}
            {fact(words::FILE_BY, "", dates::long_date(done.accept_by, now))}
            {fact(words::FILE_STATION, "", station)}
        </dl>
    }
    .into_any()
}

/// An entry of the library for whoever looks only.
pub fn library_entry(entry: &LibraryEntry) -> AnyView {
    let unused = (!entry.active).then(|| view! { <span class="field__optional">{words::LIBRARY_UNUSED}</span> });
    view! {
        <li class="related__row">
            <b>{entry.text.clone()}</b> {unused}
            <p>{entry.way_out.clone()}</p>
        </li>
    }
    .into_any()
}

/// The line behind which an entry's form is folded.
pub fn library_summary(entry: Option<&LibraryEntry>) -> AnyView {
    let Some(entry) = entry else {
        return words::LIBRARY_ADD.into_any();
    };
    let used = if entry.active {
        words::LIBRARY_USED
    } else {
        words::LIBRARY_UNUSED
    };
    view! { <span>{entry.text.clone()}</span> " " <span class="field__optional">{used}</span> }.into_any()
}
