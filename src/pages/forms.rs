//! Reading the real forms that views draw, so that pages can keep a submit in the browser.

use std::cell::RefCell;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlButtonElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node,
};

thread_local! {
    // `SubmitEvent.submitter` is younger than the oldest web views we serve.
    static PRESSED: RefCell<Option<HtmlButtonElement>> = const { RefCell::new(None) };
}

/// A form that a person sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Path of the form's `action`, without the query.
    pub path: String,
    /// Names and values as a browser would post them, with the pressed button's.
    pub fields: Vec<(String, String)>,
}

impl Sent {
    /// The value of a field; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether the form has such a field (an unchecked box has none).
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// What the pressed button wants: `do=retry:KEY` is `("retry", "KEY")`.
    pub fn wish(&self) -> (&str, &str) {
        let wish = self.get("do");
        wish.split_once(':').unwrap_or((wish, ""))
    }
}

/// Remembers the last pressed submit button. Once per app.
pub fn install() {
    let _ = window_event_listener(ev::click, |event| {
        let button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("button").ok().flatten())
            .and_then(|element| element.dyn_into::<HtmlButtonElement>().ok());
        PRESSED.set(button);
    });
}

/// The form of a `submit` event, if it is a `POST` form of ours, which then is kept from being posted.
pub fn take(event: &ev::SubmitEvent) -> Option<Sent> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    if !form.method().eq_ignore_ascii_case("post") {
        return None;
    }
    event.prevent_default();
    Some(read_form(&form, event))
}

/// Path of the form's `action`.
pub fn action(event: &ev::SubmitEvent) -> Option<String> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let action = form.get_attribute("action").unwrap_or_default();
    Some(action.split(['?', '#']).next().unwrap_or_default().to_owned())
}

/// What the pressed button is for (`do`), without taking the form.
pub fn wish_of(event: &ev::SubmitEvent) -> Option<String> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    pressed(&form, event)
        .filter(|button| button.name() == "do")
        .map(|button| button.value())
}

fn pressed(form: &HtmlFormElement, event: &ev::SubmitEvent) -> Option<HtmlButtonElement> {
    let submitter = event
        .submitter()
        .and_then(|element| element.dyn_into::<HtmlButtonElement>().ok());
    submitter.or_else(|| {
        PRESSED
            .with_borrow(Clone::clone)
            .filter(|button| button.form().as_ref() == Some(form))
    })
}

/// Everything that is filled in a form.
pub fn read_form(form: &HtmlFormElement, event: &ev::SubmitEvent) -> Sent {
    // `form.action` may be shadowed by a field of that name.
    let action = form.get_attribute("action").unwrap_or_default();
    let path = action.split(['?', '#']).next().unwrap_or_default().to_owned();
    let mut fields = values(form);
    if let Some(button) = pressed(form, event).filter(|button| !button.name().is_empty()) {
        fields.push((button.name(), button.value()));
    }
    Sent { path, fields }
}

/// The name and value of a field that just changed.
pub fn changed(event: &Event) -> Option<(String, String)> {
    let field: Element = event.target()?.dyn_into().ok()?;
    let (name, value) = posted(&field)?;
    Some((name, value))
}

/// Names and values of an element's fields as a browser would post them.
pub fn values(element: &Element) -> Vec<(String, String)> {
    fields(element).iter().filter_map(posted).collect()
}

/// The fields with a name below an element.
pub fn fields(element: &Element) -> Vec<Element> {
    all(element, "input[name], textarea[name], select[name]")
}

/// Everything below an element that the selector finds.
pub fn all(element: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = element.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index))
        .map(Node::unchecked_into)
        .collect()
}

/// Whether it is a radio button or a check box.
pub fn is_choice(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "radio" | "checkbox")
}

fn posted(field: &Element) -> Option<(String, String)> {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        let silent =
            matches!(input.type_().as_str(), "file" | "submit" | "button") || (is_choice(input) && !input.checked());
        return (!silent && !input.disabled()).then(|| (input.name(), input.value()));
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return Some((area.name(), area.value()));
    }
    field
        .dyn_ref::<HtmlSelectElement>()
        .map(|select| (select.name(), select.value()))
}
