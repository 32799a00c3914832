//! Unread entries of one's inbox, live: by server-sent events while the page is looked at, by asking now and then where
//! these do not come through.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::NoticeCount;
use liaison_domain::wire;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventSource};

use super::{listen, react};
use crate::api;

/// How often to look after the line, and to ask where there is none; while the page is hidden every second time.
const ASK: Duration = Duration::from_secs(30);

struct Line {
    source: EventSource,
    _hear: Closure<dyn FnMut(Event)>,
}

thread_local! {
    // One line a page, whatever draws the count.
    static LINE: RefCell<Option<Line>> = const { RefCell::new(None) };
}

/// The inbox as far as this page knows.
#[derive(Clone, Copy)]
pub struct Notices {
    /// Unread entries.
    pub unread: RwSignal<u32>,
    /// Goes up with each news: lists look again.
    pub news: RwSignal<u32>,
    /// Somebody is logged in.
    on: RwSignal<bool>,
}

impl Notices {
    /// Listens for as long as `somebody` is logged in. For the app's root.
    pub fn provide(somebody: impl Fn() -> bool + 'static) -> Self {
        let this = Self {
            unread: RwSignal::new(0),
            news: RwSignal::new(0),
            on: RwSignal::new(false),
        };
        provide_context(this);
        react::effect(move || {
            let is_here = somebody();
            if this.on.get_untracked() == is_here {
                return;
            }
            if is_here {
                this.on.set(true);
                this.open();
            } else {
                this.stop();
            }
        });
        listen::on_document("visibilitychange", move |_| {
            if this.on.get_untracked() && !document().hidden() {
                this.open();
            }
        });
        let mut odd = false;
        let tick = Closure::<dyn FnMut()>::new(move || {
            odd = !odd;
            if this.on.get_untracked() {
                this.look_after(odd);
            }
        });
        // The app ends with the page.
        let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(
            tick.as_ref().unchecked_ref(),
            ASK.as_millis() as i32,
        );
        tick.forget();
        this
    }

    /// The inbox of this app.
    pub fn here() -> Option<Self> {
        use_context()
    }

    /// What was heard or asked.
    pub fn put(self, count: &NoticeCount) {
        if self.unread.get_untracked() != count.unread {
            self.unread.set(count.unread);
        }
        self.news.update(|count| *count = count.wrapping_add(1));
    }

    fn stop(self) {
        close();
        self.on.set(false);
        self.unread.set(0);
    }

    fn open(self) {
        // 2: closed for good, by the server's refusal.
        if LINE.with_borrow(|line| line.as_ref().is_some_and(|line| line.source.ready_state() < 2)) {
            return;
        }
        let Ok(source) = EventSource::new(&[api::BASE, "/me/live"].concat()) else {
            return;
        };
        let hear = Closure::wrap(Box::new(move |event: Event| {
            let data = js_sys::Reflect::get(&event, &JsValue::from_str("data"));
            if let Some(count) = data
                .ok()
                .and_then(|data| data.as_string())
                .and_then(|text| wire::read::<NoticeCount>(&text))
            {
                self.put(&count);
            }
        }) as Box<dyn FnMut(Event)>);
        let _ = source.add_event_listener_with_callback("notices", hear.as_ref().unchecked_ref());
        close();
        LINE.set(Some(Line { source, _hear: hear }));
    }

    /// A hidden page gives its line back and asks once a minute; one whose line is cut asks and tries again.
    fn look_after(self, odd: bool) {
        if document().hidden() {
            close();
            if odd {
                return;
            }
        } else {
            // 1: open.
            if LINE.with_borrow(|line| line.as_ref().is_some_and(|line| line.source.ready_state() == 1)) {
                return;
            }
            self.open();
        }
        react::spawn(async move {
            match api::me::notice_count().await {
                Ok(count) => self.put(&count),
                // Logged out elsewhere, or the time is over. Logging in begins anew.
                Err(error) if error.is_unauthenticated() => self.stop(),
                Err(_) => {}
            }
        });
    }
}

fn close() {
    if let Some(line) = LINE.take() {
        line.source.close();
    }
}
