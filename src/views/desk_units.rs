//! Duties that move from one unit to another: choose, see how much it is, confirm, see what moved.

use crate::components::{Errors, Options, SelectField, error_summary, notice, page_head};
use crate::i18n::desk::units as words;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{DutiesMoved, Unit, UnitDuties};

use super::desk_pages::UNITS;

/// The two units, by id as chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitsForm {
    /// Whose duties end.
    pub from: String,
    /// Who takes them over.
    pub to: String,
}

/// What stands below the choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum UnitsStep {
    /// Nothing chosen yet, or something wrong.
    #[default]
    Choose,
    /// How much would move.
    Confirm(UnitDuties),
    /// What moved, and what is left.
    Moved(DutiesMoved, UnitDuties),
}

fn facts(list: &[(&'static str, u32, &'static str)]) -> AnyView {
    let rows = list.iter().map(|(name, number, counter)| {
        view! {
            <div>
                <dt>{*name}</dt>
                <dd>{words::count(*number, counter)}</dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class="facts">{rows.collect_view()}</dl> }.into_any()
}

fn choose(units: &[Unit], form: &UnitsForm, errors: &Errors) -> AnyView {
    let options = |chosen: &str| -> Options {
        let offered = units.iter().filter(|unit| unit.active || unit.id == chosen);
        vec![(
            String::new(),
            offered.map(|unit| (unit.id.clone(), unit.name.clone())).collect(),
        )]
    };
    view! {
        <form class="form" method="get" action=UNITS novalidate=true>
            <SelectField
                name="from"
                label=words::FROM
                none=common::CHOOSE
                value=form.from.clone()
                options=options(&form.from)
                error=errors.words("from")
            />
            <SelectField
                name="to"
                label=words::TO
                none=common::CHOOSE
                value=form.to.clone()
                options=options("")
                error=errors.words("to")
            />
            <button class="button" type="submit">
                {words::LOOK}
            </button>
        </form>
    }
    .into_any()
}

fn confirm(form: UnitsForm, button: &'static str) -> AnyView {
    view! {
        <form class="buttons" method="post" action=UNITS>
            <input type="hidden" name="from" value=form.from />
            <input type="hidden" name="to" value=form.to />
            <button class="button" type="submit">
                {button}
            </button>
            <a class="button button--second" href=UNITS>
                {words::ANEW}
            </a>
        </form>
    }
    .into_any()
}

/// The page; the choice asks for the page itself, confirming posts to it.
#[component]
pub fn UnitsView(units: Vec<Unit>, form: UnitsForm, step: UnitsStep, #[prop(optional)] errors: Errors) -> AnyView {
    let name = |id: &str| {
        let found = units.iter().find(|unit| unit.id == id);
        found.map(|unit| unit.name.clone()).unwrap_or_default()
    };
    let (from, to) = (name(&form.from), name(&form.to));
    match step {
        UnitsStep::Choose => view! {
            {error_summary(&errors, &[])}
            {page_head(words::TITLE.into(), words::LEAD)}
            {choose(&units, &form, &errors)}
        }
        .into_any(),
        UnitsStep::Confirm(found) => view! {
            {page_head(words::heading(&from, &to), "")}
            {facts(&[
                (words::MATTERS, found.matters, "件"),
                (words::HANDED_DOWN, found.handed_down, "件"),
                (words::CATEGORIES, found.categories, "类"),
                (words::ACCOUNTS, found.accounts, "个"),
                (words::TEMPLATES, found.templates, "篇"),
            ])}
            {notice("warn", words::warning(&from, &to))}
            {confirm(form, words::MOVE)}
        }
        .into_any(),
        UnitsStep::Moved(moved, rest) => {
            let left = rest.matters + rest.handed_down;
            let outcome = if left == 0 {
                view! {
                    {notice("good", words::none_left(&from))}
                    <p>
                        <a href=UNITS>{words::ANEW}</a>
                    </p>
                }
                .into_any()
            } else {
                view! {
                    {notice("warn", words::left(&from, left))}
                    {confirm(form, words::AGAIN)}
                }
                .into_any()
            };
            view! {
                {page_head([words::MOVED, "：", &words::heading(&from, &to)].concat(), "")}
                {facts(&[
                    (words::MOVED_MATTERS, moved.tasks, "件"),
                    (words::MOVED_CATEGORIES, moved.categories, "类"),
                    (words::MOVED_ACCOUNTS, moved.accounts, "个"),
                ])}
                {outcome}
            }
            .into_any()
        }
    }
}
