//! The library of reasons and doors: what the office can choose from when it says no.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{EditLibraryEntry, LibraryEntry};

use super::super::admin;
use super::super::form;
use super::super::here::{Desk, failure};
use super::super::keyed::{Row, keyed};
use super::{Control, Field, Wrong, refused, text_of};
use crate::api;
use crate::components::{ListSkeleton, icon, notice};
use crate::i18n::desk::{self as desk_words, office as words};
use crate::markup::view;
use crate::state::{Load, Remote, live, nav, timers};
use crate::views::desk as parts;

/// `/desk/library`
pub fn page(desk: Desk) -> AnyView {
    let library: Remote<Vec<LibraryEntry>> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::office::LIBRARY.to_owned())
    });
    nav::arrived(words::LIBRARY);
    let may_change = untrack(|| admin::may_change(desk));
    let instead = move || match library.get() {
        Load::Waiting => view! { <ListSkeleton/> }.into_any(),
        Load::Failed(error) => notice("warn", failure(&error)),
        Load::Ready(_) => ().into_any(),
    };
    // An entry is drawn anew only when it changed: what is half typed beside it stays.
    let rows = move |kind: &'static str| {
        let all = library.ready().unwrap_or_default();
        let own: Vec<LibraryEntry> = all.into_iter().filter(|entry| entry.kind == kind).collect();
        let new: Option<Row> = (may_change && !own.is_empty()).then(|| -> Row {
            let key = own.len().to_string();
            (key, Box::new(move || row(desk, library, kind, None)))
        });
        own.into_iter()
            .map(|entry| -> Row {
                let active = if entry.active { "1" } else { "0" };
                let key = [&entry.code, active, &entry.text, &entry.way_out].concat();
                if may_change {
                    (key, Box::new(move || row(desk, library, kind, Some(&entry))))
                } else {
                    (key, Box::new(move || parts::library_entry(&entry)))
                }
            })
            .chain(new)
            .collect()
    };
    let lists = words::LIBRARY_KINDS
        .iter()
        .map(|(kind, title)| {
            view! {
                <section>
                    <h2>{*title}</h2>
                    <ul class="library">{keyed(Box::new(move || rows(kind)))}</ul>
                </section>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <div class="desk-page">
            <h1 tabindex="-1">{words::LIBRARY}</h1>
            <p class="lead">{words::LIBRARY_LEAD}</p>
            {(!may_change).then(|| notice("info", desk_words::admin::LOOK_ONLY.to_owned()))}
            {instead}
            {lists}
        </div>
    }
    .into_any()
}

/// An entry with its form, folded; without one, the form of a new entry.
fn row(desk: Desk, library: Remote<Vec<LibraryEntry>>, kind: &'static str, entry: Option<&LibraryEntry>) -> AnyView {
    // Nobody needs to think of a code: a new entry is called after the moment its form was drawn.
    let code = StoredValue::new(entry.map_or_else(
        || ["own_", &timers::now().to_string()].concat(),
        |entry| entry.code.clone(),
    ));
    let wrong = RwSignal::new(Wrong::new());
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let code = code.get_value();
        let edited = EditLibraryEntry {
            text: sent.trimmed("text"),
            way_out: sent.trimmed("way_out"),
            active: !sent.get("active").is_empty(),
        };
        let missing = [
            ("text", &edited.text, words::LIBRARY_NO_TEXT),
            ("way_out", &edited.way_out, words::LIBRARY_NO_WAY),
        ];
        let missing = missing.into_iter().filter(|(_, text, _)| text.is_empty());
        let missing: Wrong = missing
            .map(|(name, _, said)| (name.to_owned(), said.to_owned()))
            .collect();
        if !missing.is_empty() {
            wrong.set(missing);
            timers::next_frame(|| nav::focus(".field--error .field__control"));
            return;
        }
        spawn_local(async move {
            match api::office::edit_entry(kind, &code, &edited).await {
                Ok(all) => {
                    live::show(words::LIBRARY_KEPT);
                    library.put(all);
                    timers::next_frame(move || nav::focus(&["[id=\"entry-", kind, "-", &code, "\"]"].concat()));
                }
                Err(error) => refused(desk, wrong, &error),
            }
        });
    };
    let id = |name: &str| [name, "-", kind, "-", entry.map_or("new", |entry| entry.code.as_str())].concat();
    let active_id = id("active");
    let summary = parts::library_summary(entry);
    let area = |text: Option<&String>| Control::Area("2", text.cloned().unwrap_or_default());
    let text = Field::new("text", words::LIBRARY_TEXT, area(entry.map(|entry| &entry.text))).id(id("text"));
    let way_out = Field::new("way_out", words::LIBRARY_WAY, area(entry.map(|entry| &entry.way_out)))
        .id(id("way"))
        .hint(words::LIBRARY_WAY_HINT);
    let last_one = move || {
        text_of(wrong, "active").map(|text| view! { <p class="field__error">{icon("#i-warn")} {text}</p> }.into_any())
    };
    let active = entry.is_none_or(|entry| entry.active);
    view! {
        <li>
            <details class="fold">
                <summary id=id("entry")>{summary}</summary>
                <form method="post" on:submit=save>
                    {text.view(wrong)}
                    {way_out.view(wrong)}
                    <div class="field">
                        {last_one}
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
