//! The desk by keyboard: single keys, which can be switched off, and never act while somebody types.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dialog;

const SWITCH: &str = "desk.keys";

/// Whether single keys act; a choice of this device.
pub fn are_on() -> bool {
    let kept = window()
        .local_storage()
        .ok()
        .flatten()
        .and_then(|storage| storage.get_item(SWITCH).ok().flatten());
    kept.as_deref() != Some("off")
}

/// Keeps the choice.
pub fn switch(on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(SWITCH, if on { "on" } else { "off" });
    }
}

/// Calls `act` with every key that is meant for the desk, until the page is left. `act` says whether it took it.
///
/// Escape comes even from inside a field; everything else only from outside of fields.
pub fn listen(on: RwSignal<bool>, act: impl Fn(&str) -> bool + 'static) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let key = event.key();
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        // While Chinese is being composed, keys belong to the input method.
        if event.default_prevented() || with_others || event.is_composing() || dialog::any_open() {
            return;
        }
        let typing = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|it| is_field(&it));
        if key != "Escape" && (typing || !on.get_untracked()) {
            return;
        }
        if act(&key) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

fn is_field(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.has_attribute("contenteditable")
}

/// Moves focus from row to row. True if there are rows.
pub fn step(by: i32) -> bool {
    let Ok(rows) = document().query_selector_all(".queue-row__link") else {
        return false;
    };
    let count = rows.length() as i32;
    if count == 0 {
        return false;
    }
    let row = |at: i32| rows.item(at as u32).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let active = document().active_element();
    let at = (0..count).find(|at| row(*at).map(Into::into) == active);
    // From elsewhere: the open one is where we are.
    let at = at.or_else(|| (0..count).find(|at| row(*at).is_some_and(|row| row.has_attribute("aria-current"))));
    let next = match at {
        Some(at) => (at + by).clamp(0, count - 1),
        None => 0,
    };
    if let Some(row) = row(next) {
        let _ = row.focus();
    }
    true
}
