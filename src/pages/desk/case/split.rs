//! Cutting a letter about several matters into parts. Half-written parts stay in the page until they are sent or the
//! letter is left.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use liaison_domain::dto::{DeskCase, NewPart, SplitRequest};
use liaison_domain::lifecycle::EventKind;

use super::act::Act;
use crate::api;
use crate::components::{icon, notice};
use crate::i18n::desk::{self as desk_words, office as words};
use crate::markup::view;
use crate::pages::forms;
use crate::state::{nav, timers};

/// Parts a letter may have.
const MOST: usize = 10;

/// Field name and the words of what is wrong with it.
type Wrong = Vec<(String, String)>;

/// The folded form, where the letter can be cut.
pub fn panel(case: &DeskCase, act: Act) -> Option<AnyView> {
    if !case.allowed_events.contains(&EventKind::Split) {
        return None;
    }
    let case_id = StoredValue::new(case.id.clone());
    let version = case.version;
    let category = StoredValue::new(
        case.category
            .as_ref()
            .map(|category| category.id.clone())
            .unwrap_or_default(),
    );
    // Each part has a key of its own, so that taking one away does not redraw what is typed in the others.
    let keys = RwSignal::new(vec![0_usize, 1]);
    let next = StoredValue::new(2_usize);
    let wrong = RwSignal::new(Wrong::new());
    let said = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let tried = StoredValue::new(api::idempotency_key());

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target() else { return };
        let sent = forms::values(form.unchecked_ref());
        let of = |name: String| {
            sent.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        let parts = keys.with_untracked(|keys| {
            keys.iter()
                .map(|key| NewPart {
                    title: of(["title-", &key.to_string()].concat()),
                    body: of(["body-", &key.to_string()].concat()),
                    category_id: of(["category-", &key.to_string()].concat()),
                })
                .collect()
        });
        busy.set(true);
        spawn_local(async move {
            let request = SplitRequest { parts };
            let outcome = api::office::split(&case_id.get_value(), version, &request, &tried.get_value()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(_) => act.done_with(words::SPLIT_DONE).await,
                Err(error) => {
                    tried.set_value(api::idempotency_key());
                    let fields: Wrong = error
                        .fields()
                        .iter()
                        .map(|field| (field.field.clone(), words::field_error(&field.code, field.limit)))
                        .collect();
                    let whole = fields
                        .iter()
                        .find(|(name, _)| name == "parts")
                        .map(|(_, text)| text.clone());
                    let _ = said.try_set(match whole {
                        Some(text) => text,
                        None if fields.is_empty() => act.board.desk.failed(&error),
                        None => String::new(),
                    });
                    let _ = wrong.try_set(fields);
                    timers::next_frame(|| nav::focus(".split .field--error .field__control, .split .notice"));
                }
            }
        });
    };
    let one = move |(at, key): (usize, usize)| {
        let options = act.board.desk.known_options();
        let now = category.get_value();
        let categories = options
            .iter()
            .flat_map(|options| options.categories.clone())
            .map(|category| {
                let chosen = category.id == now;
                view! { <option value=category.id selected=chosen>{category.name}</option> }.into_any()
            })
            .collect_view();
        let place = at;
        let error = move |field: &'static str| {
            let name = ["parts.", &place.to_string(), ".", field].concat();
            wrong.with(|all| {
                all.iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, text)| text.clone())
            })
        };
        let line = move |field: &'static str| {
            move || error(field).map(|text| view! { <p class="field__error">{icon("#i-warn")} {text}</p> }.into_any())
        };
        let class = move |field: &'static str| {
            move || {
                if error(field).is_some() {
                    "field field--error"
                } else {
                    "field"
                }
            }
        };
        let id = move |field: &str| [field, "-", &key.to_string()].concat();
        let remove = move |_| keys.update(|keys| keys.retain(|known| *known != key));
        let may_go = move || keys.with(|keys| keys.len() > 2);
        view! {
            <fieldset class="split__part">
                <legend class="field__label">{words::part(at + 1)}</legend>
                <div class=class("title")>
                    <label class="field__label" for=id("title")>{words::SPLIT_TITLE}</label>
                    {line("title")}
                    <input class="field__control" id=id("title") name=id("title") maxlength="40" autocomplete="off"/>
                </div>
                <div class=class("body")>
                    <label class="field__label" for=id("body")>{words::SPLIT_BODY}</label>
                    <p class="field__hint">{words::SPLIT_BODY_HINT}</p>
                    {line("body")}
                    <textarea class="field__control field__control--area" id=id("body") name=id("body") rows="3"></textarea>
                </div>
                <div class=class("category_id")>
                    <label class="field__label" for=id("category")>{words::FILE_CATEGORY}</label>
                    {line("category_id")}
                    <select class="field__control" id=id("category") name=id("category")>{categories}</select>
                </div>
                <button type="button" class="link-button" hidden=move || !may_go() on:click=remove>
                    {words::SPLIT_REMOVE}
                </button>
            </fieldset>
        }
        .into_any()
    };
    let each = move || keys.get().into_iter().enumerate().collect::<Vec<(usize, usize)>>();
    let key_of = |(_, key): &(usize, usize)| *key;
    let parts = view! { <For each=each key=key_of children=one/> };
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        keys.update(|keys| keys.push(key));
        timers::next_frame(move || nav::focus(&["#title-", &key.to_string()].concat()));
    };
    let full = move || keys.with(|keys| keys.len() >= MOST);
    let note = move || {
        let text = said.get();
        if text.is_empty() {
            ().into_any()
        } else {
            notice("warn", text)
        }
    };
    spawn_local(async move {
        let _ = act.board.desk.options().await;
    });
    Some(
        view! {
            <details class="fold split">
                <summary>{words::SPLIT}</summary>
                <p class="field__hint">{words::SPLIT_LEAD}</p>
                <form method="post" on:submit=send>
                    {note}
                    {parts}
                    <div class="buttons">
                        <button type="button" class="button button--second" on:click=add hidden=full>{words::SPLIT_ADD}</button>
                        <button type="submit" class="button button--second" disabled=move || busy.get()>
                            {move || if busy.get() { desk_words::LOADING } else { words::SPLIT_DO }}
                        </button>
                    </div>
                </form>
            </details>
        }
        .into_any(),
    )
}
