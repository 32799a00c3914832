use crate::components::icon;
use crate::i18n::zh;
use crate::markup::{Moving, Node, live, view};
use leptos::prelude::*;

/// Ids of the hint and the error, for `aria-describedby`.
pub(super) fn described(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

pub(super) fn hint_line(id: &str, hint: &str) -> Option<AnyView> {
    (!hint.is_empty())
        .then(|| view! { <p class="field__hint" id=format!("{id}-hint")>{hint.to_owned()}</p> }.into_any())
}

/// The error beside a field, with the id that `aria-describedby` names.
pub fn error_line(id: &str, error: Option<&String>) -> Option<AnyView> {
    error.map(|words| {
        view! {
            <p class="field__error" id=format!("{id}-error")>
                {icon("#i-warn")}
                {words.clone()}
            </p>
        }
        .into_any()
    })
}

pub(super) fn class(error: bool) -> &'static str {
    if error { "field field--error" } else { "field" }
}

fn label_line(id: &str, label: &'static str, optional: bool, question: bool) -> AnyView {
    let words = view! {
        <label class="field__label" for=id.to_owned()>
            {label}
            {optional.then_some(view! { <span class="field__optional">{zh::common::OPTIONAL}</span> })}
        </label>
    };
    // One question a page: its label is the page's heading.
    if question {
        view! { <h1 class="question" tabindex="-1">{words}</h1> }.into_any()
    } else {
        words.into_any()
    }
}

/// One line of text with its label, hint and error.
#[component]
pub fn TextField(
    /// Name of the field; its id too unless `id` is given.
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] id: Option<&'static str>,
    /// Marked as 「可不填」.
    #[prop(optional)]
    optional: bool,
    /// The label is the page's heading.
    #[prop(optional)]
    question: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    /// A narrow control, for codes.
    #[prop(optional)]
    short: bool,
) -> AnyView {
    let id = id.unwrap_or(name);
    let control = if short {
        "field__control field__control--short"
    } else {
        "field__control"
    };
    view! {
        <div class=class(error.is_some())>
            {label_line(id, label, optional, question)} {hint_line(id, hint)} {error_line(id, error.as_ref())}
            <input
                class=control
                type=kind
                id=id
                name=name
                value=value
                inputmode=inputmode
                autocomplete=autocomplete
                aria-describedby=described(id, !hint.is_empty(), error.is_some())
                aria-invalid=error.is_some().then_some("true")
            />
        </div>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn TextArea(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] id: Option<&'static str>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] question: bool,
    #[prop(default = 4)] rows: u32,
) -> AnyView {
    let id = id.unwrap_or(name);
    view! {
        <div class=class(error.is_some())>
            {label_line(id, label, optional, question)} {hint_line(id, hint)} {error_line(id, error.as_ref())}
            <textarea
                class="field__control field__control--area"
                id=id
                name=name
                rows=rows.to_string()
                aria-describedby=described(id, !hint.is_empty(), error.is_some())
                aria-invalid=error.is_some().then_some("true")
            >
                {value}
            </textarea>
        </div>
    }
    .into_any()
}

/// How much is written, from three quarters of the limit on; never cuts. `used` counts characters.
pub fn counter(used: Moving<usize>, max: u32) -> AnyView {
    let words = live(move || {
        let used = used();
        Node::Text(if used * 4 >= max as usize * 3 {
            zh::write::counter(used, max)
        } else {
            String::new()
        })
    });
    view! { <p class="field__counter" role="status">{words}</p> }.into_any()
}

/// What a select offers: groups of value and words. A group with an empty name stands without one.
pub type Options = Vec<(String, Vec<(String, String)>)>;

fn option(value: String, words: String, chosen: &str) -> AnyView {
    let selected = value == chosen;
    view! { <option value=value selected=selected>{words}</option> }.into_any()
}

/// A choice from a long list.
#[component]
pub fn SelectField(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: String,
    /// Words for the empty choice.
    none: &'static str,
    options: Options,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] optional: bool,
) -> AnyView {
    let groups = options
        .into_iter()
        .map(|(group, items)| {
            let items = items
                .into_iter()
                .map(|(v, words)| option(v, words, &value))
                .collect_view();
            if group.is_empty() {
                items.into_any()
            } else {
                view! { <optgroup label=group>{items}</optgroup> }.into_any()
            }
        })
        .collect_view();
    view! {
        <div class=class(error.is_some())>
            {label_line(name, label, optional, false)} {hint_line(name, hint)} {error_line(name, error.as_ref())}
            <select
                class="field__control"
                id=name
                name=name
                aria-describedby=described(name, !hint.is_empty(), error.is_some())
                aria-invalid=error.is_some().then_some("true")
            >
                {option(String::new(), none.to_owned(), &value)}
                {groups}
            </select>
        </div>
    }
    .into_any()
}
