//! What the browser does by itself between documents, done for pages of an app: title, focus,
//! scroll position, and telling that a new page is there.

use std::cell::{Cell, RefCell};

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollRestoration};

use super::{live, timers};

/// Positions remembered; the oldest is forgotten.
const REMEMBERED: usize = 40;

thread_local! {
    static BACK: Cell<bool> = const { Cell::new(false) };
    static FROZEN: Cell<bool> = const { Cell::new(false) };
    static FIRST: Cell<bool> = const { Cell::new(true) };
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
    static POSITIONS: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
    static ON_FIRST: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// The page that is being opened is one that was left before, by "back" or "forward".
pub fn going_back() -> bool {
    BACK.get()
}

/// Runs once the first page has its content.
pub fn when_first_ready(then: impl FnOnce() + 'static) {
    ON_FIRST.set(Some(Box::new(then)));
}

/// Whether the app still waits behind the server's page.
pub fn is_first() -> bool {
    FIRST.get()
}

/// Whether the server's page is left as it is: somebody chose so, or has sent a form of it before the app was there.
pub fn stays_plain() -> bool {
    let app = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-app"));
    app.as_deref() == Some("off")
}

/// Watches scrolling and the history. Call it before the router does.
pub fn install() {
    restore_by(ScrollRestoration::Manual);
    let _ = window_event_listener(ev::popstate, |_| {
        // A jump within the page is no navigation.
        let now = here();
        if SHOWN.with_borrow(|shown| without_anchor(shown) != without_anchor(&now)) {
            BACK.set(true);
            FROZEN.set(true);
        }
    });
    let _ = window_event_listener_untyped("scroll", |_| {
        if !FROZEN.get() {
            remember();
        }
    });
    // While another document is open the browser keeps the position, better than we could.
    let _ = window_event_listener_untyped("pagehide", |_| restore_by(ScrollRestoration::Auto));
    let _ = window_event_listener_untyped("pageshow", |_| restore_by(ScrollRestoration::Manual));
}

fn restore_by(how: ScrollRestoration) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(how);
    }
}

/// The router begins to open another page (or another view of the same one).
pub fn leaving() {
    FROZEN.set(true);
}

/// A page has its content: names the document and, unless it is the very first, moves focus to its
/// heading, so that keyboard and screen reader start where the reading starts.
///
/// Calling it again for the same page (new data, another filter) only renames: whoever filters a list wants to
/// go on filtering.
pub fn arrived(title: &str) {
    arrive(title, path_of);
}

/// The same for pages that hold several in one path, told apart by the query: the questions of a form.
pub fn arrived_at_step(title: &str) {
    arrive(title, without_anchor);
}

/// The next page to arrive is a new one, even at the same address: after logging in or out, after sending.
pub fn renew() {
    SHOWN.set(String::new());
}

fn arrive(title: &str, what_counts: fn(&str) -> &str) {
    if FIRST.replace(false) {
        document().set_title(title);
        SHOWN.set(here());
        FROZEN.set(false);
        if let Some(then) = ON_FIRST.take() {
            then();
        }
        return;
    }
    let title = title.to_owned();
    // The router changes the address after it has drawn the page: named before, the page left behind would bear the new
    // one's title in the history, and for whoever shares it.
    timers::next_frame(move || {
        document().set_title(&title);
        let now = here();
        let same = SHOWN.with_borrow(|shown| what_counts(shown) == what_counts(&now));
        let back = BACK.replace(false);
        if same {
            SHOWN.set(now);
        } else {
            focus_heading();
            live::say(&title);
            let position = if back { position_of(&now) } else { 0.0 };
            // An anchor in the address has its own place.
            if back || !now.contains('#') {
                window().scroll_to_with_x_and_y(0.0, position);
            }
            SHOWN.set(now);
        }
        timers::next_frame(|| FROZEN.set(false));
    });
}

/// Moves focus to the page's heading.
pub fn focus_heading() {
    focus("#page h1");
}

/// Moves focus to what `selector` finds, making it focusable if it is not.
pub fn focus(selector: &str) {
    let Ok(Some(found)) = document().query_selector(selector) else {
        return;
    };
    let found: HtmlElement = found.unchecked_into();
    if found.tab_index() < 0 && !found.has_attribute("tabindex") {
        let _ = found.set_attribute("tabindex", "-1");
    }
    let _ = found.focus();
}

fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

fn without_anchor(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

fn here() -> String {
    window().location().href().unwrap_or_default()
}

fn remember() {
    let position = window().scroll_y().unwrap_or(0.0);
    let here = here();
    POSITIONS.with_borrow_mut(|all| {
        if let Some(known) = all.iter_mut().find(|(address, _)| *address == here) {
            known.1 = position;
            return;
        }
        if all.len() >= REMEMBERED {
            all.remove(0);
        }
        all.push((here, position));
    });
}

fn position_of(address: &str) -> f64 {
    POSITIONS.with_borrow(|all| {
        all.iter()
            .find(|(known, _)| known == address)
            .map_or(0.0, |(_, position)| *position)
    })
}
