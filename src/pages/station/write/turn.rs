//! Tabs take turns, so that a letter is not sent by two of them at the same time. Where they cannot, the server's keys
//! alone make it one letter.

use std::time::Duration;

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::state::timers;

/// Only one tab sends at a time.
const LOCK: &str = "liaison.outbox";
/// How long another tab's turn may last: a request and its time limit.
const PATIENCE: Duration = Duration::from_secs(40);

/// Waits for this tab's turn, where tabs can take turns. Calling what it returns ends the turn.
pub async fn turn() -> Option<Function> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let mut end = None;
    let held = Promise::new(&mut |resolve, _| end = Some(resolve));
    let end = end?;
    let granted = Promise::new(&mut |granted: Function, refused: Function| {
        let held = held.clone();
        let granting = Closure::once_into_js(move || {
            let _ = granted.call0(&JsValue::NULL);
            held
        });
        if request.call2(&locks, &LOCK.into(), &granting).is_err() {
            let _ = refused.call0(&JsValue::NULL);
        }
    });
    let patience = future_to_promise(async {
        timers::sleep(PATIENCE).await;
        Err(JsValue::NULL)
    });
    let mine = JsFuture::from(Promise::race(&Array::of2(&granted, &patience))).await;
    if mine.is_err() {
        // A tab that sleeps with its turn: not waited for, and the turn that comes too late ends at once.
        let _ = end.call0(&JsValue::NULL);
        return None;
    }
    Some(end)
}
