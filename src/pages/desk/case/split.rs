//! Cutting a letter about several matters into parts. Half-written parts stay in the page until they are sent or the
//! letter is left.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{DeskCase, NewPart, SplitRequest};

use super::super::form;
use super::super::keyed::{Row, keyed};
use super::super::office::{Control, Field, Wrong};
use super::act::Act;
use crate::api;
use crate::components::notice;
use crate::i18n::desk::{self as desk_words, office as words};
use crate::markup::view;
use crate::state::{nav, timers};

/// Parts a letter may have.
const MOST: usize = 10;

/// Fields of a part; its key follows.
const TITLE: &str = "title-";
const BODY: &str = "body-";
const CATEGORY: &str = "category-";

/// The folded form, for a letter that can be cut. It does not follow the case: what is typed stays while the case is
/// read anew.
pub fn panel(case: &DeskCase, act: Act) -> AnyView {
    let case_id = StoredValue::new(case.id.clone());
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
        let Some(sent) = form::sent(&event) else { return };
        let of = |field: &str, key: usize| sent.trimmed(&[field, &key.to_string()].concat());
        let part = |key: &usize| NewPart {
            title: of(TITLE, *key),
            body: of(BODY, *key),
            category_id: of(CATEGORY, *key),
        };
        let parts = keys.with_untracked(|keys| keys.iter().map(part).collect());
        let Some(version) = act.case.now().map(|case| case.version) else {
            return;
        };
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
                        .map(|field| {
                            let name = keys.try_with_untracked(|keys| name_of(&field.field, keys));
                            let name = name.unwrap_or_default();
                            (name, words::field_error(&field.code, field.limit))
                        })
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
    let one = move |key: usize| {
        // The letter may be here before the choices are.
        let categories = move || {
            let options = act.board.desk.known_options();
            let all = options.iter().flat_map(|options| options.categories.clone());
            all.map(|category| (category.id, category.name)).collect()
        };
        let name = |field: &str| [field, &key.to_string()].concat();
        let title = Field::new(&name(TITLE), words::SPLIT_TITLE, Control::Line);
        let body = Field::new(&name(BODY), words::SPLIT_BODY, Control::Area("3", String::new()));
        let category = Control::Choose(Box::new(categories), category.get_value());
        let category = Field::new(&name(CATEGORY), words::FILE_CATEGORY, category);
        // Its place changes when a part before it is taken away.
        let place = move || keys.with(|keys| keys.iter().position(|known| *known == key).unwrap_or_default());
        let remove = move |_| keys.update(|keys| keys.retain(|known| *known != key));
        let may_go = move || keys.with(|keys| keys.len() > 2);
        view! {
            <fieldset class="split__part">
                <legend class="field__label">{move || words::part(place() + 1)}</legend>
                {title.view(wrong)}
                {body.hint(words::SPLIT_BODY_HINT).view(wrong)}
                {category.view(wrong)}
                <button type="button" class="link-button" hidden=move || !may_go() on:click=remove>
                    {words::SPLIT_REMOVE}
                </button>
            </fieldset>
        }
        .into_any()
    };
    let parts = keyed(Box::new(move || {
        let row = |key: usize| -> Row { (key.to_string(), Box::new(move || one(key))) };
        keys.get().into_iter().map(row).collect()
    }));
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
    .into_any()
}

/// The field of the page that `parts.1.title` of the request is.
fn name_of(field: &str, keys: &[usize]) -> String {
    let mut path = field.split('.').skip(1);
    let key = path.next().and_then(|at| keys.get(at.parse::<usize>().ok()?));
    let start = match path.next() {
        Some("title") => TITLE,
        Some("body") => BODY,
        _ => CATEGORY,
    };
    key.map_or_else(|| field.to_owned(), |key| [start, &key.to_string()].concat())
}
