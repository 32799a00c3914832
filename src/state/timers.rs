//! Timers, in one place so that a change of Leptos's helpers touches one file.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Runs `then` once after `delay`, unless the page that asked is gone.
pub fn after(delay: Duration, then: impl FnOnce() + 'static) {
    after_boxed(delay, Box::new(then));
}

fn after_boxed(delay: Duration, then: Box<dyn FnOnce()>) {
    let handle = set_timeout_with_handle(then, delay).ok();
    if Owner::current().is_some() {
        on_cleanup(move || {
            if let Some(handle) = handle {
                handle.clear();
            }
        });
    }
}

/// Runs `tick` again and again until the page that asked is gone.
pub fn every(period: Duration, tick: impl Fn() + 'static) {
    let handle = set_interval_with_handle(tick, period).ok();
    on_cleanup(move || {
        if let Some(handle) = handle {
            handle.clear();
        }
    });
}

/// Runs `then` before the next frame is drawn.
pub fn next_frame(then: impl FnOnce() + 'static) {
    fn start(then: Box<dyn FnOnce()>) {
        request_animation_frame(then);
    }
    start(Box::new(then));
}

/// Waits.
pub async fn sleep(delay: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let milliseconds = i32::try_from(delay.as_millis()).unwrap_or(i32::MAX);
        // Without a timer the wait is skipped, which is better than waiting for ever.
        if window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .is_err()
        {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// The longest that [`Debounce`] waits for quiet, in milliseconds: who types without a pause must not lose minutes.
const LONGEST: i64 = 2_000;

/// Calls an action once things have been quiet for a while: each call of [`Debounce::call`] starts the
/// wait anew. When they don't become quiet, it is called all the same, every two seconds.
#[derive(Clone)]
pub struct Debounce {
    generation: Rc<Cell<u32>>,
    /// When the first thing happened that the action has not seen.
    since: Rc<Cell<Option<i64>>>,
    wait: Duration,
    action: Rc<dyn Fn()>,
}

impl Debounce {
    /// `action` after `wait` of quiet.
    pub fn new(wait: Duration, action: impl Fn() + 'static) -> Self {
        Self {
            generation: Rc::default(),
            since: Rc::default(),
            wait,
            action: Rc::new(action),
        }
    }

    /// Something happened: (re)start the wait.
    pub fn call(&self) {
        let now = now();
        let since = self.since.get().unwrap_or(now);
        if now - since >= LONGEST {
            self.flush();
            return;
        }
        self.since.set(Some(since));
        let mine = self.generation.get().wrapping_add(1);
        self.generation.set(mine);
        let this = self.clone();
        set_timeout(
            move || {
                if this.generation.get() == mine {
                    this.flush();
                }
            },
            self.wait,
        );
    }

    /// Do it now (the page is being left) and forget any wait.
    pub fn flush(&self) {
        self.since.set(None);
        self.generation.set(self.generation.get().wrapping_add(1));
        (self.action)();
    }
}

/// The clock of this machine, milliseconds. For waits and cache ages only: dates that count come from
/// the server.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}
