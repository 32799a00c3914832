//! Mounting: the app is drawn unseen, and takes the place of the server's page in one go once its first
//! page has its content.

use js_sys::Reflect;
use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FileList, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::pages::forms::{self, all, fields, is_choice};
use crate::pages::station::parts::Parts;
use crate::state::{live, nav, react};
use crate::{api, pages};

/// Starts the residents' app.
pub fn station(parts: Parts) {
    mount(move || pages::station::app(parts));
}

/// The code of the first page could not be had: boot.js keeps the server's page, and says so.
pub fn part_missing() {
    if let Ok(event) = Event::new(PART_MISSING) {
        let _ = window().dispatch_event(&event);
    }
}

/// What boot.js listens to.
const PART_MISSING: &str = "liaison:part-missing";

/// Starts `app`: what the page holds, from its header to its footer. Pages say [`nav::arrived`] when they
/// have their content.
pub fn mount(app: impl FnOnce() -> AnyView + 'static) {
    api::read_preloaded();
    nav::install();
    live::install();
    forms::install();
    let Some(unseen) = document()
        .create_element("div")
        .ok()
        .and_then(|made| made.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let drawn = unseen.clone();
    // The page may be ready while it is still being drawn: the swap waits for the drawing to end.
    nav::when_first_ready(move || react::spawn(async move { swap(&drawn) }));
    mount_to(unseen, app).forget();
}

/// A field of the server's page.
struct Field {
    /// What the same field has in both pages: its id, or its name, of a choice with its value.
    key: String,
    value: String,
    checked: bool,
    /// A person has changed it.
    touched: bool,
    /// Those that were chosen.
    files: Option<FileList>,
}

/// Puts the app's page where the server's was, with what was typed, chosen and unfolded, focus and scroll position.
fn swap(unseen: &HtmlElement) {
    let Some(root) = document().document_element() else {
        return;
    };
    if nav::stays_plain() {
        return;
    }
    let Some(page) = document().get_element_by_id("page") else {
        return;
    };
    let before = fields(&page).iter().filter_map(read).collect::<Vec<_>>();
    let unfolded: Vec<_> = all(&page, "details[open] > summary").iter().map(words).collect();
    let focused = document()
        .active_element()
        .filter(|element| page.contains(Some(element)));
    // Where the writing goes on: `null` where nothing is written.
    let caret = focused
        .as_ref()
        .and_then(|element| Reflect::get(element, &JsValue::from_str("selectionEnd")).ok())
        .filter(|caret| caret.as_f64().is_some());
    let focused = focused.and_then(|element| selector_of(&element));
    let position = window().scroll_y().unwrap_or(0.0);

    while let Some(old) = page.first_child() {
        let _ = page.remove_child(&old);
    }
    while let Some(new) = unseen.first_child() {
        let _ = page.append_child(&new);
    }

    // A field that somebody is filling in must not be folded away under the hands.
    for summary in all(&page, "details:not([open]) > summary") {
        if unfolded.contains(&words(&summary))
            && let Some(fold) = summary.parent_element()
        {
            let _ = fold.set_attribute("open", "");
        }
    }
    for field in fields(&page) {
        give_back(&field, &before);
    }
    if let Some(Ok(Some(found))) = focused.map(|selector| page.query_selector(&selector)) {
        if let Some(caret) = caret {
            set(&found, "selectionStart", &caret);
            set(&found, "selectionEnd", &caret);
        }
        let _ = found.unchecked_into::<HtmlElement>().focus();
    }
    window().scroll_to_with_x_and_y(0.0, position);
    let _ = root.set_attribute("data-app", "ready");
}

fn read(field: &Element) -> Option<Field> {
    let input = field.dyn_ref::<HtmlInputElement>();
    let (name, value, given) = if let Some(input) = input {
        if matches!(input.type_().as_str(), "hidden" | "password" | "submit") {
            return None;
        }
        (input.name(), input.value(), input.default_value())
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        (area.name(), area.value(), area.default_value().unwrap_or_default())
    } else {
        let select = field.dyn_ref::<HtmlSelectElement>()?;
        let given = select
            .query_selector("option[selected]")
            .ok()
            .flatten()
            .and_then(|option| option.get_attribute("value"));
        (select.name(), select.value(), given.unwrap_or_default())
    };
    let choice = input.filter(|input| is_choice(input));
    // Forms of one page may use the same name.
    let mut key = Some(field.id()).filter(|id| !id.is_empty()).unwrap_or(name);
    if choice.is_some() {
        key = key + "=" + &value;
    }
    Some(Field {
        key,
        touched: choice.map_or(value != given, |choice| choice.checked() != choice.default_checked()),
        checked: choice.is_some_and(HtmlInputElement::checked),
        files: input.and_then(HtmlInputElement::files),
        value,
    })
}

/// Fills in what a person changed while the app was loading, and what the app left empty. The page hears of it
/// as an untrusted `input` event and may put it together with what it has itself (a draft).
fn give_back(field: &Element, before: &[Field]) {
    let Some(now) = read(field) else { return };
    let Some(before) = before.iter().find(|before| before.key == now.key) else {
        return;
    };
    if let Some(input) = field.dyn_ref::<HtmlInputElement>().filter(|input| is_choice(input)) {
        if before.touched && before.checked != now.checked {
            input.set_checked(before.checked);
            tell(field, "change");
        }
        return;
    }
    let wanted = before.touched || now.value.is_empty();
    if !wanted || before.value == now.value {
        return;
    }
    match &before.files {
        Some(files) => set(field, "files", files),
        None => set(field, "value", &JsValue::from_str(&before.value)),
    }
    tell(field, "input");
    tell(field, "change");
}

fn words(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

/// A property that several kinds of elements have; one that has no such thing is left as it is.
fn set(element: &Element, property: &str, value: &JsValue) {
    let _ = Reflect::set(element, &JsValue::from_str(property), value);
}

fn tell(field: &Element, what: &str) {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(what, &options) {
        let _ = field.dispatch_event(&event);
    }
}

/// How the same control is found again in the app's page.
fn selector_of(element: &Element) -> Option<String> {
    let (attribute, value) = ["id", "name", "href"]
        .into_iter()
        .find_map(|attribute| Some((attribute, element.get_attribute(attribute)?)))?;
    (!value.contains(['"', '\\'])).then(|| ["[", attribute, "=\"", &value, "\"]"].concat())
}

/// Sends plain `GET` forms (search, filters) through the router, so that they need no handler each.
pub fn route_get_forms(navigate: impl Fn(&str) + 'static) {
    let _ = window_event_listener(ev::submit, move |event| {
        if event.default_prevented() {
            return;
        }
        let Some(form) = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
        else {
            return;
        };
        let action = form.get_attribute("action").unwrap_or_default();
        if !form.method().eq_ignore_ascii_case("get") || !action.starts_with('/') {
            return;
        }
        event.prevent_default();
        let sent = forms::read_form(&form, &event);
        let pairs: Vec<_> = sent
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), Some(value.trim())))
            .collect();
        navigate(&(sent.path + &api::query(&pairs)));
    });
}
