//! Fields whose ids are made at run time: the same form stands in every entry of a list.

use super::Refused;
use crate::components::{Options, error_line};
use crate::i18n::desk::meetings as words;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;

/// A form by its name, with what was typed in it if it was refused just now.
pub(super) struct Filled<'a> {
    name: String,
    refused: Option<&'a Refused>,
}

impl<'a> Filled<'a> {
    pub(super) fn of(name: String, refused: Option<&'a Refused>) -> Self {
        let refused = refused.filter(|refused| refused.form == name);
        Self { name, refused }
    }

    pub(super) fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// The name, for the hidden field that says which form it is.
    pub(super) fn name(&self) -> String {
        self.name.clone()
    }

    fn id(&self, field: &str) -> String {
        [&self.name, "-", field].concat()
    }

    fn value(&self, field: &str, kept: &str) -> String {
        let typed = self
            .refused
            .and_then(|refused| refused.pairs.iter().find(|(name, _)| name == field));
        typed.map_or_else(|| kept.to_owned(), |(_, value)| value.clone())
    }

    fn error(&self, field: &str) -> Option<String> {
        let errors = &self.refused?.errors;
        let found = errors
            .fields
            .iter()
            .find(|error| error.field.split('.').next() == Some(field));
        found.map(words::field)
    }

    /// What is wrong with the whole, above the fields.
    pub(super) fn whole(&self) -> AnyView {
        self.told(self.refused.and_then(|refused| refused.errors.whole.clone()))
    }

    /// What is wrong at all, of a form that has no fields to say it beside.
    pub(super) fn wrong(&self) -> AnyView {
        self.told(self.refused.and_then(|refused| {
            let errors = &refused.errors;
            errors.whole.clone().or_else(|| errors.fields.first().map(words::field))
        }))
    }

    fn told(&self, words: Option<String>) -> AnyView {
        words
            .map(|words| {
                view! {
                    <p class="field__error" id=self.id("whole") tabindex="-1" data-focus="" role="alert">
                        {words}
                    </p>
                }
            })
            .into_any()
    }

    fn around(&self, field: &'static str, label: &'static str, hint: &'static str, control: AnyView) -> AnyView {
        let error = self.error(field);
        let id = self.id(field);
        let hint = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=[&id, "-hint"].concat()>{hint}</p> });
        view! {
            <div class=if error.is_some() { "field field--error" } else { "field" }>
                <label class="field__label" for=id.clone()>
                    {label}
                </label>
                {hint}
                {error_line(&id, error.as_ref())}
                {control}
            </div>
        }
        .into_any()
    }

    fn described(&self, field: &str, hint: &str) -> Option<String> {
        let id = self.id(field);
        let hint = (!hint.is_empty()).then(|| [&id, "-hint"].concat());
        let error = self.error(field).map(|_| [&id, "-error"].concat());
        let all: Vec<String> = hint.into_iter().chain(error).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    pub(super) fn area(
        &self,
        field: &'static str,
        label: &'static str,
        hint: &'static str,
        kept: &str,
        rows: u32,
    ) -> AnyView {
        let control = view! {
            <textarea
                class="field__control field__control--area"
                id=self.id(field)
                name=field
                rows=rows.to_string()
                aria-describedby=self.described(field, hint)
                aria-invalid=self.error(field).map(|_| "true")
                data-focus=self.error(field).map(|_| "")
            >
                {self.value(field, kept)}
            </textarea>
        };
        self.around(field, label, hint, control.into_any())
    }

    pub(super) fn line(
        &self,
        field: &'static str,
        kind: &'static str,
        label: &'static str,
        hint: &'static str,
        kept: &str,
    ) -> AnyView {
        let class = if matches!(kind, "date" | "number") {
            "field__control field__control--short"
        } else {
            "field__control"
        };
        let control = view! {
            <input
                class=class
                type=kind
                id=self.id(field)
                name=field
                value=self.value(field, kept)
                autocomplete="off"
                aria-describedby=self.described(field, hint)
                aria-invalid=self.error(field).map(|_| "true")
                data-focus=self.error(field).map(|_| "")
            />
        };
        self.around(field, label, hint, control.into_any())
    }

    pub(super) fn choice(
        &self,
        field: &'static str,
        label: &'static str,
        hint: &'static str,
        kept: &str,
        options: Options,
    ) -> AnyView {
        let chosen = self.value(field, kept);
        let option = |(value, words): (String, String)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }.into_any()
        };
        let groups = options
            .into_iter()
            .map(|(group, items)| {
                let items = items.into_iter().map(&option).collect_view();
                if group.is_empty() {
                    items.into_any()
                } else {
                    view! { <optgroup label=group>{items}</optgroup> }.into_any()
                }
            })
            .collect_view();
        let control = view! {
            <select
                class="field__control"
                id=self.id(field)
                name=field
                aria-describedby=self.described(field, hint)
                aria-invalid=self.error(field).map(|_| "true")
                data-focus=self.error(field).map(|_| "")
            >
                <option value="">{common::CHOOSE}</option>
                {groups}
            </select>
        };
        self.around(field, label, hint, control.into_any())
    }
}
