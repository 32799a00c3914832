//! Between the inputs of a form and its values: reading what changed, showing what did not come from the keyboard.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::Values;
use crate::pages::forms;

/// Takes what an input says now into the values. The second is false when nothing changed (`input` and
/// `change` both fire).
pub fn read_change(event: &ev::Event, values: RwSignal<Values>) -> Option<(String, bool)> {
    // A field that is taken away while it has focus says `change` once more, after its form is gone.
    let mut after = values.try_get_untracked()?;
    let target = event.target()?;
    let (name, now) = if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        if input.type_() == "checkbox" {
            let name = input.name();
            after.toggle(&name, &input.value(), input.checked());
            let now = after.get(&name).to_owned();
            (name, now)
        } else {
            (input.name(), input.value())
        }
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        (area.name(), area.value())
    } else {
        let select = target.dyn_ref::<HtmlSelectElement>()?;
        (select.name(), select.value())
    };
    if name.is_empty() {
        return None;
    }
    let changed = values.with_untracked(|values| values.get(&name) != now);
    if changed {
        after.set(&name, &now);
        values.set(after);
    }
    Some((name, changed))
}

/// What stands in the form that an event comes from.
pub fn sent(event: &ev::Event) -> Option<Values> {
    let form = event.target()?.dyn_into::<Element>().ok()?.closest("form").ok()??;
    Some(Values::of(forms::values(&form)))
}

/// Shows a value that did not come from the keyboard.
pub fn put(name: &str, value: &str) {
    let selector = ["#desk-form [name=\"", name, "\"]"].concat();
    let Ok(all) = document().query_selector_all(&selector) else {
        return;
    };
    for at in 0..all.length() {
        let Some(element) = all.item(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "radio" => input.set_checked(input.value() == value),
                "checkbox" => input.set_checked(value.split(',').any(|one| one == input.value())),
                _ => input.set_value(value),
            }
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(value);
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value);
        }
    }
}
