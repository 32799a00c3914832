//! The pages by the part of the app that holds them, and what happens while a part is on its way or stays away.
//!
//! The router knows a page by a value of [`Page`]; only the function of its part knows the code behind it, so that the
//! code can stay in a file of its own until then.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::{ChooseView, LazyRoute};
use wasm_bindgen::JsValue;

use super::{cases, deputies, frame, home, mine, mycase, rate, stations, track, write};
use crate::api;
use crate::i18n::zh;
use crate::parts::{Part, data_of};
use crate::state::{listen, nav, react, remote, timers};
use crate::views::ProblemView;

/// A page being drawn.
pub type Drawing = Pin<Box<dyn Future<Output = AnyView>>>;

/// A page whose code may still be on its way; `None` where it stayed away.
pub type Arriving = Pin<Box<dyn Future<Output = Option<Drawing>>>>;

/// How long a part may take before the page says that something is coming.
const UNNOTICED: Duration = Duration::from_millis(300);

/// How long the page before stays while the next one's data are on their way: what comes within a tenth of a second feels
/// immediate, and drawing a skeleton for it costs time and flickers.
const UNDRAWN: Duration = Duration::from_millis(100);

/// Pages of the part [`Part::Read`].
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    /// `/stations`
    Stations,
    /// `/deputies`
    Deputies,
    /// `/cases`
    Cases,
    /// `/cases/:no`
    Case,
}

/// Pages of the part [`Part::Own`].
#[derive(Clone, Copy, Debug)]
pub enum Own {
    /// `/track`
    Track,
    /// `/mine`
    Mine,
    /// `/rate/:token`
    Rate,
}

/// Opens a page of [`Part::Read`].
pub fn read(page: Reading) -> Drawing {
    match page {
        Reading::Stations => open::<stations::Stations>(),
        Reading::Deputies => open::<deputies::Deputies>(),
        Reading::Cases => open::<cases::Cases>(),
        Reading::Case => open::<cases::PublicCase>(),
    }
}

/// Opens the page of [`Part::Write`].
pub fn write() -> Drawing {
    open::<write::Write>()
}

/// Opens a page of [`Part::Own`].
pub fn own(page: Own) -> Drawing {
    match page {
        Own::Track => open::<track::Track>(),
        Own::Mine => open::<mine::Mine>(),
        Own::Rate => open::<rate::Rate>(),
    }
}

/// Opens the page of [`Part::Case`].
pub fn case() -> Drawing {
    open::<mycase::MyCase>()
}

fn open<T: LazyRoute>() -> Drawing {
    remote::opening();
    Box::pin(T::view(T::data()))
}

/// Draws a page once its data are there, or after [`UNDRAWN`]: the page before stays until then.
async fn draw(page: Drawing) -> AnyView {
    remote::answered(UNDRAWN).await;
    page.await
}

/// Something that may still be on its way; `None` where it stayed away.
pub type Fetching<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

/// How the later parts are had.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// Fetches [`Part::Read`] and opens a page of it.
    pub read: fn(Reading) -> Arriving,
    /// Fetches [`Part::Write`] and opens its page.
    pub write: fn() -> Arriving,
    /// Fetches [`Part::Own`] and opens a page of it.
    pub own: fn(Own) -> Arriving,
    /// Fetches [`Part::Case`] and opens its page.
    pub case: fn() -> Arriving,
    /// Fetches what sends letters that wait for a network.
    pub outbox: fn() -> Fetching<OutboxWork>,
    /// Fetches what records, and sends recordings and videos.
    pub media: fn() -> Fetching<MediaWork>,
    /// Fetches the map of the district.
    pub map: fn() -> Fetching<MapWork>,
    /// Fetches the letter's questions after the first, and sending it.
    pub later: fn() -> Fetching<LaterWork>,
    /// Fetches what is told beside a letter.
    pub guide: fn() -> Fetching<GuideWork>,
    /// Fetches a part that will probably be wanted.
    pub fetch: fn(Part) -> Pin<Box<dyn Future<Output = ()>>>,
}

/// What a part can do, as functions that are called once it is there.
pub use super::write::{GuideWork, LaterWork, MapWork, MediaWork, OutboxWork};

/// The functions of the outbox.
pub const fn outbox() -> OutboxWork {
    OutboxWork::HERE
}

/// The functions of recordings and videos.
pub const fn media() -> MediaWork {
    MediaWork::HERE
}

/// The functions of the map.
pub const fn map() -> MapWork {
    MapWork::HERE
}

/// The functions of the letter's later questions.
pub const fn later() -> LaterWork {
    LaterWork::HERE
}

/// The functions of what is told beside a letter.
pub const fn guide() -> GuideWork {
    GuideWork::HERE
}

/// How the later parts of this app are had.
pub(super) fn had() -> Option<Parts> {
    PARTS.get()
}

thread_local! {
    // The router makes its pages where no context is.
    static PARTS: Cell<Option<Parts>> = const { Cell::new(None) };
    static FETCHED: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
}

/// How long after the app is there the parts are fetched that are probably wanted next.
const IDLE: Duration = Duration::from_millis(1500);

/// Says how the later parts are had, and fetches that of a link as soon as somebody is about to follow it, and its data
/// while it is being touched. Most people read or write next: unless they save data, these parts are fetched once nothing
/// else is going on.
pub fn install(parts: Parts) {
    PARTS.set(Some(parts));
    timers::after(IDLE, || {
        if !saves_data() {
            fetch(Part::Read);
            fetch(Part::Write);
        }
    });
    for sign in ["pointerdown", "mouseover", "focusin"] {
        listen::on_any(sign, "a[href^=\"/\"]", |link| {
            let path = link.get_attribute("href").unwrap_or_default();
            if let Some(part) = Part::of(path.split(['?', '#']).next().unwrap_or_default()) {
                fetch(part);
            }
        });
    }
    listen::on_any("pointerdown", "a[href^=\"/\"]", |link| {
        if let Some(path) = link.get_attribute("href").as_deref().and_then(data_of)
            && !saves_data()
        {
            api::read_ahead(path);
        }
    });
    // The finger scrolls.
    listen::on_document("pointercancel", |_| api::forget_ahead());
}

/// Whether the person, or a very slow network, wants as little as possible to be fetched. Only some engines know.
fn saves_data() -> bool {
    let know = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let Some(connection) = know(&window().navigator(), "connection").filter(JsValue::is_object) else {
        return false;
    };
    know(&connection, "saveData").is_some_and(|saves| saves.is_truthy())
        || know(&connection, "effectiveType")
            .and_then(|kind| kind.as_string())
            .is_some_and(|kind| kind.ends_with("2g"))
}

/// Fetches a part that will probably be wanted. Once: what failed is tried again when it is wanted.
pub fn fetch(part: Part) {
    let known = FETCHED.with_borrow_mut(|fetched| {
        let known = fetched.contains(&part);
        fetched.push(part);
        known
    });
    if let Some(parts) = PARTS.get().filter(|_| !known) {
        react::spawn((parts.fetch)(part));
    }
}

/// A page as the router sees it: one type for all, because the router makes its machinery anew for each.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// `/`
    Home,
    /// `/help`
    Help,
    /// A page of [`Part::Read`].
    Read(Reading),
    /// `/write`
    Write,
    /// A page of [`Part::Own`].
    Own(Own),
    /// `/mine/:no`
    Case,
}

impl Page {
    fn arriving(self) -> Option<Arriving> {
        let parts = PARTS.get()?;
        match self {
            Self::Home | Self::Help => None,
            Self::Read(page) => Some((parts.read)(page)),
            Self::Write => Some((parts.write)()),
            Self::Own(page) => Some((parts.own)(page)),
            Self::Case => Some((parts.case)()),
        }
    }
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        match self {
            Self::Home => draw(open::<home::Home>()).await,
            Self::Help => draw(open::<home::Help>()).await,
            _ => match self.arriving() {
                Some(arriving) => {
                    let busy = frame::busy_after(UNNOTICED);
                    let arrived = arriving.await;
                    drop(busy);
                    match arrived {
                        Some(drawing) => draw(drawing).await,
                        None => stayed_away(),
                    }
                }
                None => stayed_away(),
            },
        }
    }

    async fn preload(&self) {}
}

/// The code of a page could not be had. The first page stays as the server drew it, with links and forms that work;
/// a later one says so and offers the server's.
fn stayed_away() -> AnyView {
    if nav::is_first() {
        crate::boot::part_missing();
        return ().into_any();
    }
    nav::arrived(&super::title_of(zh::common::FAILED));
    listen::on_click("a[data-retry]", |_| {
        let _ = window().location().reload();
    });
    view! { <ProblemView detail=zh::app::PART_MISSING.to_owned() retry=String::new() request_id=None /> }.into_any()
}
