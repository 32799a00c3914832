//! One measure: what it is about, what can be decided, what happened.

use super::{RESTRICTIONS, chip, term};
use crate::components::{Errors, TextArea, back_link, error_summary, notice, page_head, paragraphs};
use crate::i18n::dates;
use crate::i18n::desk::restrictions as words;
use crate::i18n::zh::restrictions as public;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskRestriction, RestrictionAppeal};
use liaison_domain::restriction::MeasureState;

/// What the page shows beside the measure itself.
#[derive(Clone, Debug, Default)]
pub struct RestrictionPage {
    /// Which form was posted: `decide`, `hear` or `lift`.
    pub open: String,
    /// As typed there.
    pub text: String,
    /// What is wrong with it.
    pub errors: Errors,
    /// What was just done.
    pub done: Option<&'static str>,
    /// Where the reader's letters are.
    pub home: String,
}

fn fact(name: &'static str, value: impl IntoAny) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value.into_any()}</dd></div> }.into_any()
}

fn who_when(who: Option<&str>, at: Millis, now: Millis) -> String {
    format!("{} {}", who.unwrap_or_default(), dates::date_time(at, now))
}

fn facts(data: &DeskRestriction, home: &str, now: Millis) -> AnyView {
    let letters = data.letters.iter().map(|no| {
        let href = format!("{home}?case={no}");
        view! { <a class="link" href=href>{no.clone()}</a> " " }.into_any()
    });
    let letters = letters.collect_view();
    let decided = data
        .decided_at
        .map(|at| fact(words::DECIDED, who_when(data.decided_by.as_deref(), at, now)));
    let said = data.decision.clone().filter(|said| !said.is_empty());
    let term = term(data, now).map(|term| fact(words::TERM, term));
    view! {
        <dl class="facts">
            {fact(words::STANDS, chip(data))}
            {fact(words::PERSON, data.person.clone())}
            {fact(words::GROUND, public::ground(data.ground))}
            {fact(words::EVIDENCE, letters)}
            {fact(words::BEFORE, words::before(data.before))}
            {term}
            {fact(words::STATION, data.station.name.clone())}
            {fact(words::PROPOSED, who_when(Some(&data.proposed_by), data.proposed_at, now))}
            {decided}
            {said.map(|said| fact(words::DECIDE_WORDS, said))}
        </dl>
    }
    .into_any()
}

/// What the form of a decision asks for.
struct Ask {
    what: &'static str,
    title: &'static str,
    label: &'static str,
    hint: &'static str,
    /// Value and words of its buttons, the first one the likeliest.
    buttons: &'static [(&'static str, &'static str)],
}

const ASKS: &[Ask] = &[
    Ask {
        what: "decide",
        title: words::DECIDE,
        label: words::DECIDE_WORDS,
        hint: words::DECIDE_HINT,
        buttons: &[("approve", words::APPROVE), ("refuse", words::REFUSE)],
    },
    Ask {
        what: "hear",
        title: words::HEAR,
        label: words::HEAR_WORDS,
        hint: words::HEAR_HINT,
        buttons: &[("overturn", words::OVERTURN), ("uphold", words::UPHOLD)],
    },
    Ask {
        what: "lift",
        title: words::LIFT,
        label: words::LIFT_WORDS,
        hint: words::LIFT_HINT,
        buttons: &[("lift", words::LIFT_DO)],
    },
];

fn form(data: &DeskRestriction, ask: &Ask, shown: &RestrictionPage, first: bool) -> AnyView {
    let open = shown.open == ask.what;
    let (text, error) = if open {
        (
            shown.text.clone(),
            shown.errors.words("words").or_else(|| shown.errors.words("reason")),
        )
    } else {
        (String::new(), None)
    };
    let buttons = ask.buttons.iter().enumerate().map(|(at, (value, label))| {
        let class = if first && at == 0 {
            "button"
        } else {
            "button button--second"
        };
        view! {
            <button class=class type="submit" name="do" value=*value>
                {*label}
            </button>
        }
        .into_any()
    });
    view! {
        <section aria-labelledby=format!("{}-title", ask.what)>
            <h2 id=format!("{}-title", ask.what)>{ask.title}</h2>
            <form class="form" method="post" action=format!("{RESTRICTIONS}/{}", data.id) novalidate=true>
                <input type="hidden" name="version" value=data.version.to_string() />
                <TextArea name="words" id=ask.what label=ask.label hint=ask.hint value=text error=error rows=3 />
                <p class="buttons">{buttons.collect_view()}</p>
            </form>
        </section>
    }
    .into_any()
}

fn appeal(appeal: &RestrictionAppeal, by: Option<&str>, now: Millis) -> AnyView {
    let outcome = appeal.won.map(|won| {
        let who = appeal.decided_at.map(|at| who_when(by, at, now));
        let said = appeal.words.as_deref().map(paragraphs);
        view! {
            {notice("info", public::appeal_won(won).to_owned())}
            <p class="count">{who}</p>
            {said}
        }
        .into_any()
    });
    let due = appeal
        .won
        .is_none()
        .then(|| notice("warn", public::appeal_due(appeal.due, now)));
    view! {
        <section>
            <h2>{words::APPEAL}</h2>
            <p class="count">{dates::date_time(appeal.at, now)}</p>
            {paragraphs(&appeal.text)}
            {due}
            {outcome}
        </section>
    }
    .into_any()
}

fn log(data: &DeskRestriction, now: Millis) -> AnyView {
    let rows = data.log.iter().map(|row| {
        let who = match (row.by.as_deref(), row.act.as_str()) {
            (Some(name), _) => name,
            (None, "objected") => words::THE_PERSON,
            (None, _) => words::BY_ITSELF,
        };
        view! {
            <li>
                {format!("{} {} {who}", dates::date_time(row.at, now), words::act(&row.act))}
            </li>
        }
        .into_any()
    });
    view! {
        <section>
            <h2>{words::LOG}</h2>
            <ol class="bullets">{rows.collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// The page. Its forms post to its own address: `do=approve`, `refuse`, `overturn`, `uphold`, `lift`, with `words`.
#[component]
pub fn RestrictionView(data: DeskRestriction, shown: RestrictionPage, now: Millis) -> AnyView {
    let may: Vec<&Ask> = ASKS
        .iter()
        .filter(|ask| data.allowed.iter().any(|what| what == ask.what))
        .collect();
    let waits = data.state == MeasureState::Proposed || data.appeal.as_ref().is_some_and(|one| one.won.is_none());
    let nobody = (may.is_empty() && waits).then(|| notice("info", words::NO_PART.to_owned()));
    let lead = (data.state == MeasureState::Proposed).then(|| view! { <p>{words::DECIDE_LEAD}</p> });
    let forms = may
        .iter()
        .enumerate()
        .map(|(at, ask)| form(&data, ask, &shown, at == 0));
    let forms = forms.collect_view();
    // The field's id is the form's name: there may be two forms on a page.
    let ids = [("words", shown.open.as_str()), ("reason", shown.open.as_str())];
    view! {
        {back_link(RESTRICTIONS.into(), words::TITLE)}
        {error_summary(&shown.errors, &ids)}
        {page_head(format!("{} · {}", data.person, public::title(data.step, data.days)), "")}
        {shown.done.map(|done| notice("good", done.to_owned()))}
        {facts(&data, &shown.home, now)}
        <section>
            <h2>{words::REASON}</h2>
            {paragraphs(&data.reason)}
        </section>
        {data.appeal.as_ref().map(|one| appeal(one, data.appeal_by.as_deref(), now))}
        {nobody}
        {lead}
        {forms}
        {log(&data, now)}
    }
    .into_any()
}
