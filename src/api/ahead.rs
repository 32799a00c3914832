//! Data that are asked for while a link is being touched, before the page that wants them is there.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_net::http::Method;
use js_sys::{Function, Promise};
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::http::{self, Ahead, Cancel, Early, Outcome};

/// How long what was asked for ahead is as good as asked for now, in milliseconds: a finger that stays down longer did not
/// mean to follow the link.
const FRESH: f64 = 5_000.0;

static HERE: Ahead = Ahead {
    take,
    forget: forget_ahead,
};

/// A request that was begun before a page asked.
struct Begun {
    path: String,
    at: f64,
    cancel: Cancel,
    /// Settled once there is an outcome.
    over: Promise,
    outcome: Rc<RefCell<Option<Outcome>>>,
}

thread_local! {
    static BEGUN: RefCell<Option<Begun>> = const { RefCell::new(None) };
}

/// Begins to read `path`, which a page will probably ask for in a moment. One at a time: the one before is given up.
pub fn read_ahead(path: String) {
    http::look_ahead(&HERE);
    let known = BEGUN.with_borrow(|begun| {
        begun
            .as_ref()
            .is_some_and(|begun| begun.path == path && begun.is_fresh())
    });
    if known {
        return;
    }
    forget_ahead();
    let mut resolve: Option<Function> = None;
    let over = Promise::new(&mut |settle, _| resolve = Some(settle));
    let outcome = Rc::default();
    let cancel = Cancel::new();
    BEGUN.set(Some(Begun {
        path: path.clone(),
        at: js_sys::Date::now(),
        cancel: cancel.clone(),
        over,
        outcome: Rc::clone(&outcome),
    }));
    spawn_local(async move {
        let found = http::exchange(Method::GET, &path, None, &[], &cancel).await;
        outcome.replace(Some(found));
        if let Some(resolve) = resolve {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
}

/// The link is not followed after all.
pub fn forget_ahead() {
    if let Some(begun) = BEGUN.take() {
        begun.cancel.cancel();
    }
}

/// What the request for `path` that was begun ahead brings, if it is fresh.
fn take(path: &str) -> Option<Early> {
    let begun = BEGUN.with_borrow_mut(|begun| begun.take_if(|begun| begun.path == path).filter(Begun::is_fresh))?;
    Some(Box::pin(begun.found()))
}

impl Begun {
    fn is_fresh(&self) -> bool {
        js_sys::Date::now() - self.at < FRESH
    }

    /// What was found, once; nothing where it failed: whoever asks now tries anew.
    async fn found(self) -> Option<(u16, String)> {
        let _ = JsFuture::from(self.over).await;
        self.outcome.take()?.ok()
    }
}
