//! Effects, tasks and changing parts of a view in one type each: every other closure type would bring its own
//! copy of the machinery, one to six kilobytes.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

/// Runs `run` now and again whenever a signal it read has changed.
pub fn effect(run: impl FnMut() + 'static) {
    fn start(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| run());
    }
    start(Box::new(run));
}

/// Runs a task to its end, whether or not the page that began it is still there.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    fn start(task: Pin<Box<dyn Future<Output = ()>>>) {
        leptos::task::spawn_local(task);
    }
    start(Box::pin(task));
}

/// A part of a view that is drawn again whenever a signal it read has changed.
pub fn view(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    fn start(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        (move || draw()).into_any()
    }
    start(Box::new(draw))
}
