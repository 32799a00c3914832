//! One record of the ledger.

use super::{script, summary, wrong};
use crate::components::{CheckRow, Errors, TextField, back_link, notice, page_head, paragraphs, state_chip, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::ledger as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{LedgerRecord, NumberLook};
use liaison_domain::ledger::RecordOutcome;

/// How the visitor agrees, where a record becomes a letter now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToLetter {
    /// Chosen when the form was drawn.
    pub once: String,
    /// As typed.
    pub how: String,
    /// It may be published.
    pub publish: bool,
}

/// The visitor's number: why it is needed, and the number once that is told.
#[derive(Clone, Debug, Default)]
pub struct Reveal {
    /// As typed.
    pub reason: String,
    /// Shown in this answer alone.
    pub number: Option<String>,
    /// Who looked so far.
    pub looks: Vec<NumberLook>,
}

fn number(record: &LedgerRecord, reveal: Reveal, may_look: bool, errors: &Errors, now: Millis) -> Option<AnyView> {
    record.phone_masked.as_ref()?;
    let look = |look: &NumberLook| {
        view! {
            <li>{words::look(&look.who, look.at, &look.reason, now)}</li>
        }
        .into_any()
    };
    let looks = (!reveal.looks.is_empty()).then(|| {
        view! {
            <h2>{words::LOOKS}</h2>
            <ul>{reveal.looks.iter().map(look).collect_view()}</ul>
        }
    });
    let shown = reveal.number.map(|number| {
        view! {
            <p class="reveal__number">
                <a id="number" href=format!("tel:{number}") autofocus=true>
                    {number}
                </a>
            </p>
            <p class="field__hint">{words::REVEAL_SHOWN}</p>
        }
        .into_any()
    });
    let form = (may_look && shown.is_none()).then(|| {
        let error = wrong(errors, "reason");
        let open = error.is_some();
        view! {
            <details class="how" open=open>
                <summary>{words::REVEAL}</summary>
                <form class="form" method="post" action=format!("/desk/ledger/{}/number", record.id) novalidate=true>
                    <TextField
                        name="reason"
                        label=words::REVEAL_WHY
                        hint=words::REVEAL_HINT
                        value=reveal.reason
                        error=error
                    />
                    <button class="button button--second" type="submit">
                        {words::REVEAL_DO}
                    </button>
                </form>
            </details>
        }
    });
    Some(view! { <section class="admin__part print-hide reveal">{shown} {form} {looks}</section> }.into_any())
}

/// What became of it, as a chip.
pub(super) fn chip(record: &LedgerRecord) -> AnyView {
    let outcome = record.content.outcome;
    let (tone, sign) = match outcome {
        RecordOutcome::OnSite => ("good", "#i-good"),
        RecordOutcome::Letter => ("busy", "#i-send"),
        RecordOutcome::Noted => ("quiet", "#i-pen"),
    };
    tone_chip(tone, sign, words::outcome(outcome)).into_any()
}

/// Names of who received.
pub(super) fn names(record: &LedgerRecord) -> String {
    let names: Vec<&str> = record.content.deputies.iter().map(|one| one.name.as_str()).collect();
    names.join("、")
}

/// The letter it became, or that it waits to become one.
/// `home`: where the reader's letters are.
pub(super) fn letter(record: &LedgerRecord, home: &str) -> Option<AnyView> {
    if record.content.outcome != RecordOutcome::Letter {
        return None;
    }
    Some(match &record.letter {
        Some(letter) => view! {
            <a href=format!("{home}?case={}", letter.id)>{letter.no.clone()}</a>
            {state_chip(letter.state)}
        }
        .into_any(),
        None if record.historic => ().into_any(),
        None => tone_chip("you", "#i-warn", words::PENDING).into_any(),
    })
}

fn part(title: &'static str, text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| {
        view! {
            <section>
                <h2>{title}</h2>
                {paragraphs(text)}
            </section>
        }
        .into_any()
    })
}

fn to_letter(record: &LedgerRecord, form: ToLetter, errors: &Errors) -> AnyView {
    view! {
        <section class="admin__part">
            <h2>{words::TO_LETTER}</h2>
            <p>{words::TO_LETTER_LEAD}</p>
            <form class="form" method="post" action=format!("/desk/ledger/{}", record.id) novalidate=true>
                <input type="hidden" name="once" value=form.once />
                <TextField
                    name="consent"
                    label=words::CONSENT
                    hint=words::CONSENT_HINT
                    value=form.how
                    error=wrong(errors, "consent")
                />
                <CheckRow
                    name="publish"
                    id="publish".to_owned()
                    value="yes".to_owned()
                    words=words::PUBLISH.to_owned()
                    checked=form.publish
                />
                <button class="button" type="submit" name="do" value="letter">
                    {words::TO_LETTER}
                </button>
            </form>
        </section>
    }
    .into_any()
}

/// The page.
#[component]
pub fn RecordView(
    record: LedgerRecord,
    now: Millis,
    /// Where the reader's letters are.
    home: String,
    may_change: bool,
    to_letter_form: ToLetter,
    reveal: Reveal,
    #[prop(optional)] errors: Errors,
    #[prop(optional)] said: String,
    script_address: String,
) -> AnyView {
    let content = record.content.clone();
    let when = if record.historic {
        dates::spoken_day(&record.date, now)
    } else {
        dates::date_time(record.at, now)
    };
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
    };
    let said = (!said.is_empty()).then(|| notice("good", said));
    let historic = record.historic.then(|| tone_chip("quiet", "#i-clock", words::HISTORIC));
    let change = may_change.then(|| {
        let href = format!("/desk/ledger/{}/change", record.id);
        view! { <a class="button button--second" href=href>{words::CHANGE}</a> }
    });
    let letter_line = letter(&record, &home)
        .map(|letter| view! { <div><dt>{words::LETTER_SHORT}</dt><dd class="ledger__letter">{letter}</dd></div> });
    let offers_letter = may_change && record.letter.is_none() && !record.historic;
    let form = offers_letter.then(|| to_letter(&record, to_letter_form, &errors));
    let number = number(&record, reveal, may_change, &errors, now);
    view! {
        {summary(&errors)}
        <div class="print-hide">{back_link("/desk/ledger".to_owned(), words::TO_LEDGER)}</div>
        {page_head(content.topic.clone(), "")}
        {said}
        <p class="row__meta">
            <span>{record.no.clone()}</span> {chip(&record)} {historic}
        </p>
        <dl class="facts">
            {fact(words::WHEN, when)}
            {fact(words::WHERE, record.station.name.clone())}
            {fact(words::DEPUTIES_SHORT, names(&record))}
            {fact(words::VISITOR_SHORT, content.visitor.clone())}
            {fact(words::PHONE_SHORT, record.phone_masked.clone().unwrap_or_default())}
            {fact(words::PEOPLE_SHORT, words::people(content.people))}
            {fact(words::CATEGORY, record.category_name.clone().unwrap_or_default())}
            {letter_line}
        </dl>
        {number}
        {part(words::WORDS, &content.words)}
        {part(words::MY_NOTES, &content.notes)}
        {part(words::VISIT_PLACE, &content.visit_place)}
        {part(words::VISIT_SEEN, &content.visit_seen)}
        {part(words::SOLVED, &content.solved)}
        <p class="buttons print-hide">{change}</p>
        <div class="print-hide">{form}</div>
        {script(&script_address)}
    }
    .into_any()
}
