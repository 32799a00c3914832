//! Events of the whole document, for as long as a page is open.
//!
//! Views carry no handlers: a page listens here to what bubbles up from them. The document hears before the
//! window does, where the router waits for clicks on links.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, MouseEvent};

/// Calls `handler` for every `name` event until the owner (a page, the app) is gone.
pub fn on_document(name: &'static str, handler: impl FnMut(Event) + 'static) {
    listen(name, Box::new(handler));
}

fn listen(name: &'static str, handler: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(handler);
    let _ = document().add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    let kept = StoredValue::new_local(Some(closure));
    on_cleanup(move || {
        if let Some(Some(closure)) = kept.try_update_value(Option::take) {
            let _ = document().remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    });
}

/// Calls `handler` with the element that matches `selector` for every `name` event in it.
pub fn on_any(name: &'static str, selector: &'static str, handler: impl Fn(Element) + 'static) {
    on_document(name, move |event| {
        if let Some(found) = closest(&event, selector) {
            handler(found);
        }
    });
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

/// Calls `handler` with the element that matches `selector` when it, or something in it, is clicked plainly
/// (no new tab). The click then does nothing else.
pub fn on_click(selector: &'static str, handler: impl Fn(Element) + 'static) {
    on_document("click", move |event| {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else {
            return;
        };
        if mouse.button() != 0 || mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key() {
            return;
        }
        if let Some(found) = closest(&event, selector) {
            event.prevent_default();
            handler(found);
        }
    });
}
