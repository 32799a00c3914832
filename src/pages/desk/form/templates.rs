//! Texts to begin a reply with: choosing one, keeping one, taking one away.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{NewTemplate, ReplyTemplate};
use liaison_domain::lifecycle::ReplyParts;

use super::Values;
use super::fields::Ties;
use crate::api;
use crate::i18n::desk::forms as words;
use crate::markup::view;
use crate::pages::desk::here::failure;
use crate::state::live;

/// The fields a text fills, as in [`ReplyParts`].
const PARTS: [&str; 3] = ["found", "done", "plan"];

/// The parts as they are typed.
pub fn parts_of(values: &Values) -> ReplyParts {
    ReplyParts {
        found: values.trimmed("found"),
        done: values.trimmed("done"),
        plan: values.trimmed("plan"),
    }
}

/// The picker, above the parts.
pub fn picker(ties: Ties) -> AnyView {
    let known = RwSignal::new(Vec::<ReplyTemplate>::new());
    let said = RwSignal::new(String::new());
    let read = move || {
        spawn_local(async move {
            match api::desk::templates().await {
                Ok(all) => {
                    let _ = known.try_set(all);
                }
                Err(error) => {
                    let _ = said.try_set(failure(&error));
                }
            }
        });
    };
    read();
    let choose = move |event: ev::Event| {
        let id = event_target_value(&event);
        let chosen = known.with_untracked(|all| all.iter().find(|one| one.id == id).cloned());
        let Some(chosen) = chosen else { return };
        // What is written stays: a text only fills what is empty.
        let texts = [chosen.parts.found, chosen.parts.done, chosen.parts.plan];
        let mut filled = 0;
        for (part, text) in PARTS.into_iter().zip(texts) {
            let empty = ties.values.with_untracked(|now| now.get(part).trim().is_empty());
            if empty && !text.is_empty() {
                ties.put.run((part, text));
                filled += 1;
            }
        }
        let text = if filled > 0 {
            words::TEMPLATE_USED
        } else {
            words::TEMPLATE_FULL
        };
        live::say(text);
        said.set(text.to_owned());
    };
    let options = move || {
        known
            .get()
            .into_iter()
            .map(|one| {
                let name = words::template(&one.name, one.own);
                view! { <option value=one.id>{name}</option> }.into_any()
            })
            .collect_view()
    };
    view! {
        <div class="field templates">
            <label class="field__label" for="f-template">{words::TEMPLATE}</label>
            <p class="field__hint" id="f-template-hint">{words::TEMPLATE_HINT}</p>
            <select class="field__control" id="f-template" aria-describedby="f-template-hint" on:change=choose>
                <option value="">{words::TEMPLATE_NONE}</option>
                {options}
            </select>
            <p class="templates__said" role="status">{move || said.get()}</p>
            {keeping(ties, known, said, Callback::new(move |()| read()))}
        </div>
    }
    .into_any()
}

/// Keeping what is written, and the unit's own texts with a way to take them away.
fn keeping(ties: Ties, known: RwSignal<Vec<ReplyTemplate>>, said: RwSignal<String>, read: Callback<()>) -> AnyView {
    let name = RwSignal::new(String::new());
    let keep = move || {
        let parts = ties.values.with_untracked(parts_of);
        let called = name.get_untracked().trim().to_owned();
        if called.is_empty() || parts.is_empty() {
            said.set(words::TEMPLATE_MISSING.to_owned());
            return;
        }
        spawn_local(async move {
            // The same name again is the same text, improved.
            let id = known
                .try_with_untracked(|all| {
                    all.iter()
                        .find(|one| one.own && one.name == called)
                        .map(|one| one.id.clone())
                })
                .flatten()
                .unwrap_or_else(api::idempotency_key);
            let text = match api::desk::put_template(&id, &NewTemplate { name: called, parts }).await {
                Ok(()) => words::TEMPLATE_KEPT.to_owned(),
                Err(error) => failure(&error),
            };
            if said.try_set(text).is_none() {
                read.run(());
            }
        });
    };
    let own = move || {
        known
            .get()
            .into_iter()
            .filter(|one| one.own)
            .map(|one| {
                let remove = move |_| {
                    let id = one.id.clone();
                    spawn_local(async move {
                        let text = match api::desk::delete_template(&id).await {
                            Ok(()) => words::TEMPLATE_GONE.to_owned(),
                            Err(error) => failure(&error),
                        };
                        if said.try_set(text).is_none() {
                            read.run(());
                        }
                    });
                };
                view! {
                    <li>
                        {one.name.clone()} " "
                        <button type="button" class="link-button" on:click=remove>
                            {words::TEMPLATE_REMOVE} <span class="sr">{one.name.clone()}</span>
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect_view()
    };
    view! {
        <details class="templates__keep">
            <summary>{words::TEMPLATE_KEEP_TITLE}</summary>
            <label class="field__label" for="f-template-name">{words::TEMPLATE_NAME}</label>
            <input class="field__control" id="f-template-name" type="text" autocomplete="off" maxlength="30"
                on:input=move |event| name.set(event_target_value(&event))
                on:keydown=move |event: ev::KeyboardEvent| {
                    if event.key() == "Enter" && !event.is_composing() {
                        event.prevent_default();
                        keep();
                    }
                }/>
            <button type="button" class="button button--second" on:click=move |_| keep()>{words::TEMPLATE_KEEP}</button>
            <ul class="templates__own">{own}</ul>
        </details>
    }
    .into_any()
}
