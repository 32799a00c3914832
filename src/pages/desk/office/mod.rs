//! The office's pages beside the lanes: filing for a resident, calls by lot, the library of reasons.

mod calls;
mod file;
mod library;

pub use calls::page as calls;
pub use file::page as file;
pub use library::page as library;

use crate::api::ApiError;
use crate::components::icon;
use crate::i18n::desk::office as words;
use crate::markup::view;
use leptos::prelude::*;

/// Field name and the words of what is wrong with it.
type Wrong = Vec<(String, String)>;

/// What is wrong with the fields of a form, in words.
fn wrong_of(error: &ApiError) -> Wrong {
    error
        .fields()
        .iter()
        .map(|field| {
            let name = field.field.rsplit('.').next().unwrap_or_default().to_owned();
            (name, words::field_error(&field.code, field.limit))
        })
        .collect()
}

/// The error beside a field.
fn error_of(wrong: RwSignal<Wrong>, name: &'static str) -> impl Fn() -> Option<AnyView> + Send + Clone + 'static {
    move || {
        let text = wrong.with(|all| {
            all.iter()
                .find(|(known, _)| known == name)
                .map(|(_, text)| text.clone())
        })?;
        let id = [name, "-error"].concat();
        Some(view! { <p class="field__error" id=id>{icon("#i-warn")} {text}</p> }.into_any())
    }
}

/// A field's class, with its error or without.
fn class_of(wrong: RwSignal<Wrong>, name: &'static str) -> impl Fn() -> &'static str + Send + 'static {
    move || {
        if wrong.with(|all| all.iter().any(|(known, _)| known == name)) {
            "field field--error"
        } else {
            "field"
        }
    }
}

/// For `aria-describedby`.
fn described(wrong: RwSignal<Wrong>, name: &'static str) -> impl Fn() -> Option<String> + Send + 'static {
    move || {
        wrong
            .with(|all| all.iter().any(|(known, _)| known == name))
            .then(|| [name, "-error"].concat())
    }
}
