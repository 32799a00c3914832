//! The list of rules, and the page of one.

use super::form::RuleForm;
use super::{SCHEDULE, fields, names, preview};
use crate::components::{Errors, back_link, empty, error_summary, notice, page_head, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::receptions;
use crate::i18n::desk::schedule as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{NamedRef, RulePreview, ScheduleRule};

fn rule_row(rule: ScheduleRule, now: Millis, may_change: bool) -> AnyView {
    let name = if rule.settings.title.is_empty() {
        words::kind(rule.settings.kind).to_owned()
    } else {
        rule.settings.title.clone()
    };
    let days: Vec<String> = rule.next.iter().map(|day| dates::spoken_day(day, now)).collect();
    let turns = if rule.deputies.is_empty() {
        words::TURNS_NONE.to_owned()
    } else {
        format!("{}：{}", words::TURNS, names(&rule.deputies))
    };
    let place = (!rule.settings.place.is_empty()).then(|| {
        view! { <p>{format!("{}：{}", words::PLACE, rule.settings.place)}</p> }
    });
    // A rule without a name of its own is called as its kind already.
    let kind =
        (!rule.settings.title.is_empty()).then(|| tone_chip("quiet", "#i-calendar", words::kind(rule.settings.kind)));
    let address = format!("{SCHEDULE}/{}", rule.id);
    let title = if may_change {
        view! {
            <a class="row__title" href=address>
                {name}
            </a>
        }
        .into_any()
    } else {
        view! { <b class="row__title">{name}</b> }.into_any()
    };
    view! {
        <li class="row">
            {title}
            <p>{rule.words}</p>
            <p>{words::next(&days.join("、"))}</p>
            {place}
            <p class="row__meta">
                {kind} <span>{turns}</span>
            </p>
        </li>
    }
    .into_any()
}

/// The rules in force, station by station.
#[component]
pub fn ScheduleView(
    rules: Vec<ScheduleRule>,
    /// Stations whose rules the reader keeps, also those without any.
    stations: Vec<NamedRef>,
    now: Millis,
    may_change: bool,
    #[prop(optional)] done: &'static str,
) -> AnyView {
    let none = rules.is_empty();
    let parts = stations
        .into_iter()
        .filter_map(|station| {
            let own: Vec<ScheduleRule> = rules
                .iter()
                .filter(|rule| rule.station.id == station.id)
                .cloned()
                .collect();
            if own.is_empty() && !may_change {
                return None;
            }
            let add = may_change.then(|| {
                view! {
                    <p>
                        <a
                            class="button button--second"
                            href=format!("{SCHEDULE}/new?station={}", station.id)
                            aria-label=format!("{}：{}", words::ADD, station.name)
                        >
                            {words::ADD}
                        </a>
                    </p>
                }
            });
            let rows = own
                .into_iter()
                .map(|rule| rule_row(rule, now, may_change))
                .collect_view();
            let id = format!("st-{}", station.id);
            Some(view! {
                <section class="rule-station" aria-labelledby=id.clone()>
                    <h2 id=id>{station.name}</h2>
                    <ul class="rows">{rows}</ul>
                    {add}
                </section>
            })
        })
        .collect_view();
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        {(!done.is_empty()).then(|| notice("good", done.to_owned()))}
        <p class="links">
            <a class="link" href="/desk/receptions">
                {words::TO_BOARD}
            </a>
        </p>
        {none.then(|| empty(words::NONE, None))}
        {parts}
    }
    .into_any()
}

/// What the page of one rule shows.
#[derive(Clone, Debug, Default)]
pub struct RulePage {
    /// None: a new rule.
    pub id: Option<String>,
    /// Under which a new rule is kept, however often the form arrives.
    pub new_id: String,
    /// As typed, or as kept.
    pub form: RuleForm,
    /// What is wrong with it.
    pub errors: Errors,
    /// What it would do.
    pub preview: Option<RulePreview>,
    /// Somebody changed it meanwhile: what is kept now, in words.
    pub clash: Option<String>,
    /// Next days of the two readings of 「第二个…」 and 「第二周的…」.
    pub readings: [Vec<String>; 2],
    /// Who would fit the months chosen.
    pub suggestions: Vec<String>,
}

/// The form of a rule, and below it what it would do.
#[component]
pub fn RuleView(
    page: RulePage,
    stations: Vec<NamedRef>,
    /// Deputies with whether they are the station's own.
    deputies: Vec<(NamedRef, bool)>,
    now: Millis,
) -> AnyView {
    let action = page
        .id
        .as_ref()
        .map_or_else(|| format!("{SCHEDULE}/new"), |id| format!("{SCHEDULE}/{id}"));
    let title = if page.id.is_some() { words::EDIT } else { words::NEW };
    let clash = page
        .clash
        .as_ref()
        .map(|kept| notice("warn", [words::CLASH, kept, "。", words::CLASH_AGAIN].concat()));
    let end = page.id.as_ref().map(|_| end_form(&action, &page.form.version));
    let below = page.preview.as_ref().map(|data| preview::preview(data, now));
    view! {
        {back_link(SCHEDULE.into(), words::TITLE)}
        {error_summary(&page.errors, fields::IDS)}
        {page_head(title.into(), "")}
        {clash}
        <form class="form rule-form" method="post" action=action novalidate=true>
            <input type="hidden" name="version" value=page.form.version.clone() />
            <input type="hidden" name="new_id" value=page.new_id.clone() />
            {fields::fields(&page, &stations, &deputies, now)}
            <div class="buttons">
                // The first button is what the Enter key presses: looking, not saving.
                <button class="button button--second" type="submit" name="do" value="preview">
                    {words::LOOK}
                </button>
                <button class="button" type="submit" name="do" value="save">
                    {words::SAVE}
                </button>
            </div>
        </form>
        {below}
        {end}
        <p class="links">
            <a class="link" href="/desk/receptions">
                {receptions::TITLE}
            </a>
        </p>
    }
    .into_any()
}

fn end_form(action: &str, version: &str) -> AnyView {
    view! {
        <details class="desk-more">
            <summary>{words::STOP}</summary>
            <form class="form" method="post" action=action.to_owned()>
                <input type="hidden" name="version" value=version.to_owned() />
                <p>{words::STOP_HINT}</p>
                <button class="button button--danger" type="submit" name="do" value="end">
                    {words::STOP_SURE}
                </button>
            </form>
        </details>
    }
    .into_any()
}
