//! Markup of single fields. Inputs hold their own text; [`super::view`] listens for what changes.

use leptos::prelude::*;
use liaison_domain::lifecycle::EventKind;

use super::pictures;
use super::{Choice, Field, Input, Values};
use crate::components::icon;
use crate::i18n::desk::{self as words, forms};
use crate::markup::view;

/// The element id of a field's (first) input.
pub fn id_of(name: &str) -> String {
    ["f-", name].concat()
}

/// What all fields of a form hang on.
#[derive(Clone, Copy)]
pub struct Ties {
    pub values: RwSignal<Values>,
    pub errors: RwSignal<Vec<super::Wrong>>,
    /// Sets a value that does not come from the keyboard.
    pub put: Callback<(&'static str, String)>,
    /// Pictures on their way.
    pub waiting: RwSignal<usize>,
}

/// A field with label, hint, error and input.
pub fn field_view(kind: EventKind, field: &Field, ties: Ties) -> AnyView {
    let Ties { values, errors, .. } = ties;
    let name = field.name;
    let (label, usual_hint) = forms::field(kind, name);
    let hint = field.hint.clone().unwrap_or_else(|| usual_hint.to_owned());
    let optional = (!field.required).then_some(words::OPTIONAL);
    let id = id_of(name);
    let hint_id = [&id, "-hint"].concat();
    let error_id = [&id, "-error"].concat();
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        let has_hint = !hint.is_empty();
        move || {
            let wrong = errors.with(|all| all.iter().any(|(field, _)| field == name));
            match (has_hint, wrong) {
                (true, true) => Some([&hint_id, " ", &error_id].concat()),
                (true, false) => Some(hint_id.clone()),
                (false, true) => Some(error_id.clone()),
                (false, false) => None,
            }
        }
    };
    let wrong = move || errors.with(|all| all.iter().any(|(field, _)| field == name));
    let error = move || {
        errors
            .with(|all| {
                all.iter()
                    .find(|(field, _)| field == name)
                    .map(|(_, text)| text.clone())
            })
            .map(|text| view! { <p class="field__error" id=error_id.clone()>{icon("#i-warn")} {text}</p> }.into_any())
    };
    let hint_view = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=hint_id>{hint}</p> }.into_any());
    let when = field.when;
    let hidden = move || values.with(|now| !super::is_shown(when, now));
    let now = values.with_untracked(|values| values.get(name).to_owned());
    let class = move || if wrong() { "field field--error" } else { "field" };

    let grouped = match &field.input {
        Input::Cards(choices) => {
            // A few stand side by side where there is room.
            let class = ["choices__cards choices__cards--", &choices.len().to_string()].concat();
            Some(view! { <div class=class>{cards(name, &id, choices, &now)}</div> }.into_any())
        }
        Input::Many(choices) => Some(many(name, &id, choices, values)),
        Input::Checks(choices) => Some(checks(name, &id, choices, &now)),
        Input::Pictures => Some(pictures::pictures(name, &id, ties)),
        _ => None,
    };
    if let Some(inputs) = grouped {
        return view! {
            <fieldset class=move || ["choices ", class()].concat() hidden=hidden aria-describedby=described>
                <legend class="choices__legend field__label">{label}<span class="field__optional">{optional}</span></legend>
                {hint_view}
                {error}
                {inputs}
            </fieldset>
        }
        .into_any();
    }
    let aria_invalid = move || wrong().then_some("true");
    let input = match &field.input {
        Input::Lines(rows) => view! {
            <textarea class="field__control field__control--area" id=id.clone() name=name rows=rows.to_string()
                aria-describedby=described aria-invalid=aria_invalid prop:value=now></textarea>
        }
        .into_any(),
        Input::Pick(choices) => view! {
            <select class="field__control" id=id.clone() name=name
                aria-describedby=described aria-invalid=aria_invalid>
                {options(choices, &now, field.required)}
            </select>
        }
        .into_any(),
        other => view! {
            <input class="field__control" id=id.clone() name=name autocomplete="off"
                type=if matches!(other, Input::Day) { "date" } else { "text" }
                aria-describedby=described aria-invalid=aria_invalid prop:value=now/>
        }
        .into_any(),
    };
    view! {
        <div class=class hidden=hidden>
            <label class="field__label" for=id>{label}<span class="field__optional">{optional}</span></label>
            {hint_view}
            {error}
            {input}
        </div>
    }
    .into_any()
}

fn cards(name: &'static str, id: &str, choices: &[Choice], now: &str) -> AnyView {
    choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            // The error summary leads to the first one.
            let id = if at == 0 {
                id.to_owned()
            } else {
                [id, "-", &at.to_string()].concat()
            };
            let hint = (!choice.hint.is_empty()).then(|| choice.hint.clone());
            view! {
                <div class="radio">
                    <input class="radio__input" type="radio" id=id.clone() name=name value=choice.value.clone()
                        checked=choice.value == now/>
                    <label class="radio__label" for=id>
                        <span class="radio__words">{choice.label.clone()}</span>
                        <span class="radio__hint">{hint}</span>
                    </label>
                </div>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// Boxes in the open: each is to be read.
fn checks(name: &'static str, id: &str, choices: &[Choice], now: &str) -> AnyView {
    choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = if at == 0 {
                id.to_owned()
            } else {
                [id, "-", &at.to_string()].concat()
            };
            view! {
                <div class="radio radio--check">
                    <input class="radio__input" type="checkbox" id=id.clone() name=name value=choice.value.clone()
                        checked=now.split(',').any(|one| one == choice.value)/>
                    <label class="radio__label" for=id>
                        <span class="radio__words">{choice.label.clone()}</span>
                        <span class="radio__hint">{choice.hint.clone()}</span>
                    </label>
                </div>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

fn many(name: &'static str, id: &str, choices: &[Choice], values: RwSignal<Values>) -> AnyView {
    let chosen = values.with_untracked(|values| values.many(name));
    let count = move || values.with(|values| forms::chosen(values.many(name).len()));
    let boxes = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = [id, "-", &at.to_string()].concat();
            view! {
                <div class="radio radio--check">
                    <input class="radio__input" type="checkbox" id=id.clone() name=name value=choice.value.clone()
                        checked=chosen.contains(&choice.value)/>
                    <label class="radio__label" for=id>{choice.label.clone()}</label>
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <details class="check-list" id=id.to_owned() open=!chosen.is_empty()>
            <summary class="check-list__summary">{count}</summary>
            <div class="check-list__boxes">{boxes}</div>
        </details>
    }
    .into_any()
}

/// Options, under their headings where they have some.
fn options(choices: &[Choice], now: &str, required: bool) -> AnyView {
    let one = |choice: &Choice| {
        view! { <option value=choice.value.clone() selected=choice.value == now>{choice.label.clone()}</option> }
            .into_any()
    };
    let mut parts: Vec<AnyView> = Vec::new();
    let known = choices.iter().any(|choice| choice.value == now);
    if required || !choices.iter().any(|choice| choice.value.is_empty()) {
        parts.push(view! { <option value="" selected=!known>{words::CHOOSE}</option> }.into_any());
    }
    let mut at = 0;
    while at < choices.len() {
        let group = choices[at].group.clone();
        let end = choices[at..]
            .iter()
            .position(|choice| choice.group != group)
            .map_or(choices.len(), |more| at + more);
        let inside = choices[at..end].iter().map(one).collect_view();
        parts.push(if group.is_empty() {
            inside.into_any()
        } else {
            view! { <optgroup label=group>{inside}</optgroup> }.into_any()
        });
        at = end;
    }
    parts.into_any()
}
