use super::field::{class, described, error_line, hint_line};
use crate::components::icon;
use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;

/// One answer of a radio group.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub words: String,
    /// A second, smaller line; may be empty.
    pub hint: String,
}

impl Choice {
    /// Value, words, and a second line that may be empty.
    pub fn new(value: impl Into<String>, words: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            words: words.into(),
            hint: hint.into(),
        }
    }
}

/// Id of the n-th radio: the first carries the group's own name, so that an error can link to it.
fn radio_id(name: &str, n: usize) -> String {
    if n == 0 { name.to_owned() } else { format!("{name}-{n}") }
}

/// One radio of a group as a card. `n` is its place in the group.
fn radio_card(name: &'static str, n: usize, choice: Choice, value: &str) -> AnyView {
    let id = radio_id(name, n);
    let checked = choice.value == value;
    let hint = (!choice.hint.is_empty()).then(|| view! { <span class="radio__hint">{choice.hint}</span> });
    view! {
        <div class="radio">
            <input class="radio__input" type="radio" id=id.clone() name=name value=choice.value checked=checked />
            <label class="radio__label" for=id>
                <span class="radio__words">{choice.words}</span>
                {hint}
            </label>
        </div>
    }
    .into_any()
}

/// A question with a few answers, each a large card.
#[component]
pub fn RadioCards(
    name: &'static str,
    legend: &'static str,
    #[prop(optional)] hint: &'static str,
    choices: Vec<Choice>,
    value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    /// The legend is the page's heading.
    #[prop(optional)]
    question: bool,
    /// Cards side by side where there is room.
    #[prop(optional)]
    inline: bool,
    /// What follows the cards inside the group.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let legend = if question {
        view! {
            <legend class="choices__legend">
                <h1 class="question" tabindex="-1">
                    {legend}
                </h1>
            </legend>
        }
        .into_any()
    } else {
        view! { <legend class="choices__legend field__label">{legend}</legend> }.into_any()
    };
    let cards = choices
        .into_iter()
        .enumerate()
        .map(|(n, choice)| radio_card(name, n, choice, &value))
        .collect_view();
    view! {
        <fieldset
            class=format!("choices {}", class(error.is_some()))
            aria-describedby=described(name, !hint.is_empty(), error.is_some())
        >
            {legend}
            {hint_line(name, hint)}
            {error_line(name, error.as_ref())}
            <div class=if inline { "choices__cards choices__cards--inline" } else { "choices__cards" }>{cards}</div>
            {children.map(|children| children())}
        </fieldset>
    }
    .into_any()
}

/// Five faces with words, 5 first. `value` 0 = none chosen.
#[component]
pub fn RadioFaces(
    name: &'static str,
    legend: &'static str,
    value: u8,
    #[prop(optional_no_strip)] error: Option<String>,
) -> AnyView {
    let faces = zh::rate::LEVELS
        .iter()
        .enumerate()
        .map(|(n, (level, sign, words))| {
            let id = radio_id(name, n);
            view! {
                <div class="faces__one">
                    <input
                        class="faces__input"
                        type="radio"
                        id=id.clone()
                        name=name
                        value=level.to_string()
                        checked=*level == value
                    />
                    <label class="faces__label" for=id>
                        {icon(sign)}
                        <span>{*words}</span>
                    </label>
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <fieldset
            class=format!("choices {}", class(error.is_some()))
            aria-describedby=described(name, false, error.is_some())
        >
            <legend class="choices__legend field__label">{legend}</legend>
            {error_line(name, error.as_ref())}
            <div class="faces">{faces}</div>
        </fieldset>
    }
    .into_any()
}

/// A tick box with its words.
#[component]
pub fn CheckRow(name: &'static str, id: String, value: String, words: String, checked: bool) -> AnyView {
    view! {
        <div class="radio radio--check">
            <input class="radio__input" type="checkbox" id=id.clone() name=name value=value checked=checked />
            <label class="radio__label" for=id>
                {words}
            </label>
        </div>
    }
    .into_any()
}
