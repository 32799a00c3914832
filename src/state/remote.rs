//! Data of a page, read from an address that may change (filters, the case that is open).
//!
//! Smaller and simpler than a resource with suspense: old data stay while new are on their way, a left
//! page's request is given up, a page reached by "back" shows what it showed before.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::nav;
use crate::api::{self, ApiError, Cancel};

/// How far the data are.
#[derive(Clone, PartialEq)]
pub enum Load<T> {
    /// Nothing yet: show a skeleton.
    Waiting,
    /// Here they are.
    Ready(T),
    /// They could not be had.
    Failed(ApiError),
}

/// Data behind an address.
pub struct Remote<T: 'static> {
    state: RwSignal<Load<T>>,
    busy: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Remote<T> {}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> Remote<T> {
    /// Reads `path()` now and whenever it changes. `None`: nothing to read yet.
    pub fn new(path: impl Fn() -> Option<String> + 'static) -> Self {
        let first = untrack(&path);
        // What came with the page, or was here before, is drawn at once: no skeleton, no request.
        let at_hand = first.as_deref().and_then(|path| {
            api::take_preloaded(path).or_else(|| if nav::going_back() { api::seen(path) } else { None })
        });
        let mut skip = at_hand.is_some();
        let remote = Self {
            state: RwSignal::new(at_hand.map_or(Load::Waiting, Load::Ready)),
            busy: RwSignal::new(false),
            again: RwSignal::new(0),
        };
        let running: StoredValue<Option<Cancel>, LocalStorage> = StoredValue::new_local(None);
        let stop = move |next: Option<Cancel>| {
            if let Some(Some(before)) = running.try_update_value(|running| std::mem::replace(running, next)) {
                before.cancel();
            }
        };
        on_cleanup(move || stop(None));
        Effect::new(move |_| {
            remote.again.track();
            let Some(path) = path() else { return };
            if std::mem::take(&mut skip) {
                return;
            }
            if nav::going_back()
                && let Some(before) = api::seen(&path)
            {
                stop(None);
                remote.state.set(Load::Ready(before));
                return;
            }
            let cancel = Cancel::new();
            stop(Some(cancel.clone()));
            remote.busy.set(true);
            spawn_local(async move {
                let outcome = api::get_with(&path, &cancel).await;
                if matches!(outcome, Err(ApiError::Aborted)) {
                    return;
                }
                // The page may be gone by now; then its signals are too.
                let _ = remote.busy.try_set(false);
                let _ = remote.state.try_set(outcome.map_or_else(Load::Failed, Load::Ready));
            });
        });
        remote
    }

    /// How far it is; tracked.
    pub fn get(self) -> Load<T> {
        self.state.get()
    }

    /// The data, if they are there; tracked.
    pub fn ready(self) -> Option<T> {
        match self.state.get() {
            Load::Ready(data) => Some(data),
            Load::Waiting | Load::Failed(_) => None,
        }
    }

    /// The data now, untracked.
    pub fn now(self) -> Option<T> {
        match self.state.get_untracked() {
            Load::Ready(data) => Some(data),
            Load::Waiting | Load::Failed(_) => None,
        }
    }

    /// New data are on their way while old ones (or a skeleton) are shown; tracked.
    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Reads again: after an error, or after something was changed.
    pub fn reload(self) {
        if matches!(self.state.get_untracked(), Load::Failed(_)) {
            self.state.set(Load::Waiting);
        }
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    /// Reads what follows (`path`) and lets `join` add it; `then` is called when it is there. `of` is the
    /// address of the whole, under which "back" finds all of it again.
    pub fn more(self, of: String, path: String, join: fn(&mut T, T), then: impl FnOnce(Option<ApiError>) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let outcome = api::get::<T>(&path).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(following) => {
                    let _ = self.state.try_update(|state| {
                        if let Load::Ready(data) = state {
                            join(data, following);
                            api::keep(&of, data.clone());
                        }
                    });
                    then(None);
                }
                Err(error) => then(Some(error)),
            }
        });
    }

    /// Puts data there that came another way (the answer to a change).
    pub fn put(self, data: T) {
        self.state.set(Load::Ready(data));
    }
}
