//! Around the pages: masthead and footer, links and forms that the app serves itself, and how a page shows
//! that its data are on their way or could not be had.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use liaison_domain::dto::AppConfig;
use liaison_domain::wire::Wire;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{title_of, words};
use crate::api::ApiError;
use crate::boot;
use crate::components::PageSkeleton;
use crate::i18n::zh;
use crate::state::{Load, Notices, Remote, Source, listen, live, nav, preferences, react, remote, timers};
use crate::views::{NotFoundView, ProblemView, Shell};

/// The frame with the pages in it.
pub fn frame(config: AppConfig, pages: fn() -> AnyView) -> AnyView {
    let path = use_location().pathname;
    let elder = RwSignal::new(preferences::is_elder());
    let navigate = use_navigate();
    boot::route_get_forms(move |address| navigate(address, NavigateOptions::default()));
    listen::on_click("a[data-mode-switch]", move |_| {
        let on = !elder.get_untracked();
        preferences::set_elder(on);
        elder.set(on);
        live::say(if on { zh::app::ELDER_ON } else { zh::app::ELDER_OFF });
    });
    // boot.js serves the switch until the app is there.
    let _ = window_event_listener_untyped("liaison:mode", move |_| elder.set(preferences::is_elder()));
    // A link within the page moves the focus too, which a browser alone does not do for fields.
    listen::on_click("a[href^=\"#\"]", |link| jump(&link));
    let mut here = path.get_untracked();
    react::effect(move || {
        let there = path.get();
        if there != here {
            here = there;
            nav::leaving();
        }
    });
    view! {
        <Shell config=config path=path elder=elder unread=unread()>
            {pages()}
        </Shell>
    }
    .into_any()
}

/// Shows that a page is on its way, until it is dropped.
pub struct Busy(Rc<Cell<bool>>);

/// The page says that another is on its way if that takes longer than `wait`.
pub fn busy_after(wait: Duration) -> Busy {
    let over = Rc::new(Cell::new(false));
    let busy = Busy(over.clone());
    timers::after(wait, move || {
        if !over.get()
            && let Some(root) = document().document_element()
        {
            let _ = root.set_attribute(BUSY, "");
            live::say(zh::app::OPENING);
        }
    });
    busy
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.set(true);
        if let Some(root) = document().document_element() {
            let _ = root.remove_attribute(BUSY);
        }
    }
}

/// `base.css` draws a line along the top of the window.
const BUSY: &str = "data-busy";

fn jump(link: &Element) {
    let Some(target) = link
        .get_attribute("href")
        .and_then(|href| document().get_element_by_id(href.trim_start_matches('#')))
    else {
        return;
    };
    // The id may be a group's: then its first control.
    let control = if target
        .matches("input, textarea, select, button, a, [tabindex]")
        .unwrap_or(false)
    {
        Some(target.clone())
    } else {
        target.query_selector("input, textarea, select, button").ok().flatten()
    };
    target.scroll_into_view();
    let control: HtmlElement = control.unwrap_or(target).unchecked_into();
    let _ = control.focus();
}

/// Unread entries of the resident's inbox.
pub fn unread() -> Signal<u32> {
    Notices::here().map_or_else(|| Signal::from(0), |notices| notices.unread.into())
}

/// Nothing stands at this address, as far as this app knows.
pub fn not_found() -> AnyView {
    // A link led here: the server knows more pages than this app. The router changes the address after it has drawn.
    if !nav::is_first() {
        timers::next_frame(|| {
            let location = window().location();
            let _ = location.replace(&location.href().unwrap_or_default());
        });
        return ().into_any();
    }
    nav::arrived(&title_of(zh::common::NOT_FOUND));
    view! { <NotFoundView /> }.into_any()
}

/// A page made of one piece of data: a skeleton first, then what `draw` makes of it, or what went wrong.
/// `draw` gives the document's title, too.
pub fn shown<T: Wire + Clone + 'static>(data: Remote<T>, draw: fn(T) -> (String, AnyView)) -> AnyView {
    shown_any(data.source(), Box::new(move |data| remote::uncover(data).map(draw)))
}

/// Title and view of data whose kind only it knows.
type Draw = Box<dyn Fn(&dyn Any) -> Option<(String, AnyView)> + Send>;

fn shown_any(source: Source, draw: Draw) -> AnyView {
    listen::on_click("a[data-retry]", move |_| source.reload());
    react::view(move || match source.get() {
        Load::Waiting => skeleton(),
        Load::Ready(data) => draw(data.as_ref()).map_or_else(skeleton, |(title, view)| {
            nav::arrived(&title);
            view
        }),
        Load::Failed(error) => failed(&error),
    })
}

/// A page on its way.
pub fn skeleton() -> AnyView {
    view! { <PageSkeleton /> }.into_any()
}

/// What went wrong, and how to go on. Its 「重新加载」 is an `a[data-retry]`.
pub fn failed(error: &ApiError) -> AnyView {
    if error.is_not_found() {
        nav::arrived(&title_of(zh::common::NOT_FOUND));
        return view! { <NotFoundView /> }.into_any();
    }
    nav::arrived(&title_of(zh::common::FAILED));
    let request_id = match error {
        ApiError::Problem(problem) if !problem.request_id.is_empty() => Some(problem.request_id.clone()),
        _ => None,
    };
    let retry = window().location().href().unwrap_or_default();
    view! { <ProblemView detail=words::whole(error) retry=retry request_id=request_id /> }.into_any()
}

/// Moves the focus to the list of errors, once it is drawn.
pub fn focus_errors() {
    timers::next_frame(|| nav::focus("#error-summary"));
}

/// Serves the link 「更多」 of a list: what follows is added below instead of replacing what is there.
/// `of` gives the address of the list that is shown, `address` turns the link into the API's.
pub fn more<T: Wire + Clone + 'static>(
    data: Remote<T>,
    of: impl Fn() -> String + 'static,
    address: fn(&str) -> String,
    join: fn(&mut T, T),
) {
    listen::on_click("a[data-more]", move |link| {
        let Some(href) = link.get_attribute("href") else { return };
        let before = row_count();
        data.more(of(), address(&href), join, move |error| match error {
            None => {
                live::say(zh::app::LOADED_MORE);
                timers::next_frame(move || focus_row(before));
            }
            Some(error) => live::show(&words::whole(&error)),
        });
    });
}

const ROWS: &str = "#page .rows > li";

fn row_count() -> u32 {
    document().query_selector_all(ROWS).map_or(0, |found| found.length())
}

/// Focus goes to the first of the new rows, where reading goes on.
fn focus_row(index: u32) {
    let Some(row) = document()
        .query_selector_all(ROWS)
        .ok()
        .and_then(|found| found.item(index))
    else {
        return;
    };
    let row: Element = row.unchecked_into();
    if let Ok(Some(link)) = row.query_selector("a") {
        let _ = link.unchecked_into::<HtmlElement>().focus();
    }
}
