//! A modal dialog: the browser's own `<dialog>`, and where there is none (Safari before 15.4) the same
//! element shown in place, with focus taken and given back by hand.

use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::i18n::desk as words;
use crate::state::timers;

/// A dialog that shows `body` while `open`.
pub fn dialog<V: Fn() -> AnyView + Send + Sync + 'static>(
    title: &'static str,
    open: RwSignal<bool>,
    body: V,
) -> AnyView {
    let node: NodeRef<Dialog> = NodeRef::new();
    let came_from = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if let Some(element) = node.get() {
            if is && was != Some(true) {
                came_from.set_value(document().active_element().and_then(|it| it.dyn_into().ok()));
                show(&element);
            } else if !is && was == Some(true) {
                hide(&element);
                if let Some(before) = came_from.get_value() {
                    let _ = before.focus();
                }
            }
        }
        is
    });
    let content = move || if open.get() { body() } else { ().into_any() };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=node class="dialog" aria-label=title on:keydown=on_key
            on:cancel=move |event: ev::Event| { event.prevent_default(); open.set(false); }
            on:close=move |_| open.set(false)>
            <div class="dialog__head">
                <h2 class="dialog__title" tabindex="-1">{title}</h2>
                <button type="button" class="button button--quiet" on:click=move |_| open.set(false)>{words::CLOSE}</button>
            </div>
            <div class="dialog__body">{content}</div>
        </dialog>
    }
    .into_any()
}

fn can(element: &HtmlElement, method: &str) -> bool {
    js_sys::Reflect::get(element, &JsValue::from_str(method)).is_ok_and(|it| it.is_function())
}

fn show(element: &web_sys::HtmlDialogElement) {
    if !(can(element, "showModal") && element.show_modal().is_ok()) {
        let _ = element.set_attribute("open", "");
        let _ = element.set_attribute("role", "dialog");
        let _ = element.set_attribute("aria-modal", "true");
        let _ = element.class_list().add_1("dialog--plain");
    }
    let element = element.clone();
    timers::next_frame(move || {
        if let Ok(Some(first)) = element.query_selector("[autofocus], input, h2") {
            let _ = first.unchecked_into::<HtmlElement>().focus();
        }
    });
}

fn hide(element: &web_sys::HtmlDialogElement) {
    if can(element, "close") {
        element.close();
    } else {
        let _ = element.remove_attribute("open");
    }
}

/// Whether any dialog is open: then the desk's single keys rest.
pub fn any_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}
