//! Why, from when to when, what is possible all the same, and how to object.

use crate::components::{Errors, TextArea, back_link, error_summary, notice, page_head, paragraphs, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::case;
use crate::i18n::zh::restrictions as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{OwnRestriction, RestrictionAppeal};
use liaison_domain::restriction::{MeasureState, Step, Use};

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn things(title: &'static str, all: &[Use]) -> Option<AnyView> {
    let items = all.iter().map(|one| view! { <li>{words::thing(*one)}</li> }.into_any());
    (!all.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="bullets">{items.collect_view()}</ul>
        }
        .into_any()
    })
}

fn appeal(appeal: &RestrictionAppeal, now: Millis) -> AnyView {
    let outcome = match (appeal.won, &appeal.words) {
        (Some(won), said) => {
            let said = said.as_deref().map(paragraphs);
            view! {
                <h3>{words::APPEAL_RESULT}</h3>
                {notice(if won { "good" } else { "info" }, words::appeal_won(won).to_owned())}
                {said}
            }
            .into_any()
        }
        (None, _) => notice("info", words::appeal_due(appeal.due, now)),
    };
    view! {
        <h3>{words::APPEALED}</h3>
        <p class="count">{dates::date_time(appeal.at, now)}</p>
        {paragraphs(&appeal.text)}
        {outcome}
    }
    .into_any()
}

fn appeal_form(one: &OwnRestriction, typed: &str, errors: &Errors, now: Millis) -> AnyView {
    view! {
        <form class="form" method="post" action="/mine/restriction" novalidate=true>
            <h3>{words::APPEAL}</h3>
            <p>{words::appeal_until(one.appeal_until, now)}</p>
            <input type="hidden" name="id" value=one.id.clone() />
            <TextArea
                name="text"
                label=words::APPEAL_LABEL
                hint=words::APPEAL_HINT
                value=typed.to_owned()
                error=errors.words("text")
            />
            <button class="button" type="submit">
                {words::APPEAL_DO}
            </button>
        </form>
    }
    .into_any()
}

/// What holds now, whole.
fn current(one: &OwnRestriction, typed: &str, errors: &Errors, now: Millis) -> AnyView {
    let next = (one.step == Step::RateLimit).then(|| {
        let when = one.next_letter_at.map_or_else(
            || words::NEXT_LETTER_NOW.to_owned(),
            |at| words::until(at, now) + "以后",
        );
        fact(words::NEXT_LETTER, when)
    });
    let term = (one.step != Step::Warning).then(|| {
        view! {
            {fact(words::START, dates::long_date(one.starts_at, now))}
            {fact(words::END, words::until(one.ends_at, now))}
            {next}
        }
        .into_any()
    });
    let means = if one.step == Step::Warning {
        words::WARNING_MEANS
    } else {
        words::ENDS_ITSELF
    };
    let objection = match &one.appeal {
        Some(made) => appeal(made, now),
        None if one.may_appeal => appeal_form(one, typed, errors, now),
        None => view! { <p>{words::APPEAL_OVER}</p> }.into_any(),
    };
    let urgent = (one.step != Step::Warning).then(|| {
        view! {
            <p class="buttons">
                <a class="button button--second" href="/write/urgent">
                    {words::URGENT_LINK}
                </a>
            </p>
        }
    });
    view! {
        <section>
            <h2>{words::title(one.step, one.days)}</h2>
            <dl class="facts">
                {fact(words::WHY, words::ground(one.ground).to_owned())}
                {term}
            </dl>
            {paragraphs(&one.reason)}
            {notice("info", means.to_owned())}
            {things(words::REFUSED, &one.refused)}
            {things(words::POSSIBLE, &one.possible)}
            {urgent}
            {objection}
        </section>
    }
    .into_any()
}

/// What is over, in short; with what can still be said about it.
fn earlier(one: &OwnRestriction, typed: &str, errors: &Errors, now: Millis) -> AnyView {
    let (tone, sign) = match one.state {
        MeasureState::Overturned => ("good", "#i-good"),
        _ => ("quiet", "#i-clock"),
    };
    let ended = one
        .ended_at
        .map(|at| view! { <span>{dates::long_date(at, now)}</span> });
    let why = one
        .ended_reason
        .as_ref()
        .map(|reason| view! { <p>{format!("{}：{reason}", words::LIFTED_WHY)}</p> });
    let objection = match &one.appeal {
        Some(made) => Some(appeal(made, now)),
        None => one.may_appeal.then(|| appeal_form(one, typed, errors, now)),
    };
    view! {
        <li class="row">
            <h3 class="row__title">{words::title(one.step, one.days)}</h3>
            <p class="row__meta">{tone_chip(tone, sign, words::state(one.state))} {ended}</p>
            <p>{one.reason.clone()}</p>
            {why}
            {objection}
        </li>
    }
    .into_any()
}

/// `/mine/restriction`. Its form posts `id` and `text` to the page's own address.
#[component]
pub fn OwnRestrictionsView(
    all: Vec<OwnRestriction>,
    /// The appeal as typed: of which, and its text.
    #[prop(optional)]
    typed: (String, String),
    #[prop(optional)] errors: Errors,
    /// An appeal was just sent.
    #[prop(optional)]
    sent: bool,
    now: Millis,
) -> AnyView {
    let of = |one: &OwnRestriction| {
        if one.id == typed.0 {
            (typed.1.clone(), errors.clone())
        } else {
            (String::new(), Errors::default())
        }
    };
    let now_holding = all.iter().filter(|one| one.holds).map(|one| {
        let (text, wrong) = of(one);
        current(one, &text, &wrong, now)
    });
    let before = all.iter().filter(|one| !one.holds).map(|one| {
        let (text, wrong) = of(one);
        earlier(one, &text, &wrong, now)
    });
    let none = (!all.iter().any(|one| one.holds)).then(|| notice("good", words::NONE.to_owned()));
    let has_before = all.iter().any(|one| !one.holds);
    let before = has_before.then(|| {
        view! {
            <h2>{words::BEFORE}</h2>
            <ul class="rows">{before.collect_view()}</ul>
        }
    });
    view! {
        {back_link("/mine".into(), case::MINE)}
        {error_summary(&errors, &[])}
        {page_head(words::TITLE.into(), words::LEAD)}
        {sent.then(|| notice("good", words::APPEAL_SENT.to_owned()))}
        {none}
        {now_holding.collect_view()}
        {before}
    }
    .into_any()
}
