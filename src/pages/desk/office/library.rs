//! The library of reasons and doors: what the office can choose from when it says no.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use liaison_domain::dto::{EditLibraryEntry, LibraryEntry};

use super::super::here::{Desk, failure};
use super::{Wrong, class_of, error_of, wrong_of};
use crate::api;
use crate::components::{ListSkeleton, notice};
use crate::i18n::desk::office as words;
use crate::markup::view;
use crate::pages::forms;
use crate::state::{Load, Remote, live, nav};

/// `/desk/library`
pub fn page(desk: Desk) -> AnyView {
    let library: Remote<Vec<LibraryEntry>> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::office::LIBRARY.to_owned())
    });
    nav::arrived(words::LIBRARY);
    let lists = move || match library.get() {
        Load::Waiting => view! { <ListSkeleton/> }.into_any(),
        Load::Failed(error) => notice("warn", failure(&error)),
        Load::Ready(all) => words::LIBRARY_KINDS
            .iter()
            .map(|(kind, title)| {
                let rows = all
                    .iter()
                    .filter(|entry| entry.kind == *kind)
                    .map(|entry| row(desk, library, kind, Some(entry)))
                    .collect_view();
                view! {
                    <section>
                        <h2>{*title}</h2>
                        <ul class="library">{rows} {row(desk, library, kind, None)}</ul>
                    </section>
                }
                .into_any()
            })
            .collect_view()
            .into_any(),
    };
    view! {
        <div class="desk-page">
            <h1 tabindex="-1">{words::LIBRARY}</h1>
            <p class="lead">{words::LIBRARY_LEAD}</p>
            {lists}
        </div>
    }
    .into_any()
}

/// An entry with its form, folded; without one, the form of a new entry.
fn row(desk: Desk, library: Remote<Vec<LibraryEntry>>, kind: &'static str, entry: Option<&LibraryEntry>) -> AnyView {
    let known = StoredValue::new(entry.map(|entry| entry.code.clone()));
    let wrong = RwSignal::new(Wrong::new());
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target() else { return };
        let sent = forms::values(form.unchecked_ref());
        let of = |name: &str| {
            sent.iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.trim().to_owned())
                .unwrap_or_default()
        };
        let code = known.get_value().unwrap_or_else(|| of("code"));
        if code.is_empty() {
            wrong.set(vec![("code".to_owned(), words::field_error("required", None))]);
            return;
        }
        let edited = EditLibraryEntry {
            text: of("text"),
            way_out: of("way_out"),
            active: !of("active").is_empty(),
        };
        spawn_local(async move {
            match api::office::edit_entry(kind, &code, &edited).await {
                Ok(all) => {
                    live::say(words::LIBRARY_KEPT);
                    library.put(all);
                }
                Err(error) => {
                    let mut fields = wrong_of(&error);
                    if error.is_not_found() {
                        fields = vec![("code".to_owned(), words::field_error("invalid", None))];
                    }
                    if fields.is_empty() {
                        live::say(&desk.failed(&error));
                    }
                    let _ = wrong.try_set(fields);
                }
            }
        });
    };
    let id = |name: &str| [name, "-", kind, "-", entry.map_or("new", |entry| entry.code.as_str())].concat();
    let (text_id, way_id, active_id, code_id) = (id("text"), id("way"), id("active"), id("code"));
    let summary = match entry {
        Some(entry) => {
            let used = if entry.active {
                words::LIBRARY_USED
            } else {
                words::LIBRARY_UNUSED
            };
            view! { <span>{entry.text.clone()}</span> " " <span class="field__optional">{used}</span> }.into_any()
        }
        None => words::LIBRARY_ADD.into_any(),
    };
    let code_field = entry.is_none().then(|| {
        view! {
            <div class=class_of(wrong, "code")>
                <label class="field__label" for=code_id.clone()>{words::LIBRARY_CODE}</label>
                {error_of(wrong, "code")}
                <input class="field__control" id=code_id name="code" maxlength="40" autocomplete="off"/>
            </div>
        }
        .into_any()
    });
    let text = entry.map(|entry| entry.text.clone()).unwrap_or_default();
    let way_out = entry.map(|entry| entry.way_out.clone()).unwrap_or_default();
    let active = entry.is_none_or(|entry| entry.active);
    view! {
        <li>
            <details class="fold">
                <summary>{summary}</summary>
                <form method="post" on:submit=save>
                    {code_field}
                    <div class=class_of(wrong, "text")>
                        <label class="field__label" for=text_id.clone()>{words::LIBRARY_TEXT}</label>
                        {error_of(wrong, "text")}
                        <textarea class="field__control field__control--area" id=text_id name="text" rows="2"
                            prop:value=text></textarea>
                    </div>
                    <div class=class_of(wrong, "way_out")>
                        <label class="field__label" for=way_id.clone()>{words::LIBRARY_WAY}</label>
                        {error_of(wrong, "way_out")}
                        <textarea class="field__control field__control--area" id=way_id name="way_out" rows="2"
                            prop:value=way_out></textarea>
                    </div>
                    <div class=class_of(wrong, "active")>
                        {error_of(wrong, "active")}
                        <div class="radio radio--check">
                            <input class="radio__input" type="checkbox" id=active_id.clone() name="active" value="1" checked=active/>
                            <label class="radio__label" for=active_id>{words::LIBRARY_USED}</label>
                        </div>
                    </div>
                    <button type="submit" class="button button--second">{words::LIBRARY_KEEP}</button>
                </form>
            </details>
        </li>
    }
    .into_any()
}
