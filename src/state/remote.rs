//! Data of a page, read from an address that may change (filters, the case that is open).
//!
//! Smaller and simpler than a resource with suspense: old data stay while new are on their way, a left
//! page's request is given up, a page reached by "back" shows what it showed before. What it does exists once
//! in the bundle, whatever the kind of data: [`Remote`] is a thin cover over [`Source`].

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Promise;
use leptos::prelude::*;
use liaison_domain::wire::Wire;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{nav, react};
use crate::api::{self, ApiError, Cancel, Reader};

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

#[derive(Clone)]
enum Phase {
    Waiting,
    Ready,
    Failed(ApiError),
}

/// Adds what follows to what is there.
type Join = Box<dyn Fn(&dyn Any, &dyn Any) -> Option<Rc<dyn Any>>>;

/// Data of some kind behind an address.
#[derive(Clone, Copy)]
pub struct Source {
    phase: RwSignal<Phase>,
    data: StoredValue<Option<Rc<dyn Any>>, LocalStorage>,
    busy: RwSignal<bool>,
    again: RwSignal<u32>,
    running: StoredValue<Option<Cancel>, LocalStorage>,
    reader: Reader,
}

thread_local! {
    /// Sources of the page that is being opened, as far as they had nothing at hand.
    static ASKED: RefCell<Option<Vec<Source>>> = const { RefCell::new(None) };
}

/// A page is being opened: from now on its sources are known to [`answered`].
pub fn opening() {
    ASKED.set(Some(Vec::new()));
}

/// Waits until the sources that the page being opened has so far are answered, `limit` at most. Who draws it then draws
/// it once, and no skeleton flashes where the answer is quick.
pub async fn answered(limit: Duration) {
    let asked = ASKED.take().unwrap_or_default();
    if asked.is_empty() {
        return;
    }
    let over = Promise::new(&mut |resolve, _| {
        let resolve = move || {
            let _ = resolve.call0(&JsValue::NULL);
        };
        set_timeout(resolve.clone(), limit);
        let asked = asked.clone();
        react::effect(move || {
            let waits = |source: &Source| source.phase.with(|phase| matches!(phase, Phase::Waiting));
            if !asked.iter().any(waits) {
                resolve();
            }
        });
    });
    let _ = JsFuture::from(over).await;
}

impl Source {
    fn new(path: Rc<dyn Fn() -> Option<String>>, reader: Reader) -> Self {
        let first = untrack(|| path());
        // What came with the page, or was here before, is drawn at once: no skeleton, no request.
        let at_hand = first.as_deref().and_then(|path| {
            api::take_preloaded_any(path, reader).or_else(|| if nav::going_back() { api::seen_any(path) } else { None })
        });
        let mut skip = at_hand.is_some();
        let source = Self {
            phase: RwSignal::new(if skip { Phase::Ready } else { Phase::Waiting }),
            data: StoredValue::new_local(at_hand),
            busy: RwSignal::new(false),
            again: RwSignal::new(0),
            running: StoredValue::new_local(None),
            reader,
        };
        if !skip && first.is_some() {
            ASKED.with_borrow_mut(|asked| asked.iter_mut().for_each(|asked| asked.push(source)));
        }
        on_cleanup(move || source.stop(None));
        react::effect(move || {
            source.again.track();
            let Some(path) = path() else { return };
            if !std::mem::take(&mut skip) {
                source.read(path);
            }
        });
        source
    }

    fn stop(self, next: Option<Cancel>) {
        if let Some(Some(before)) = self
            .running
            .try_update_value(|running| std::mem::replace(running, next))
        {
            before.cancel();
        }
    }

    fn read(self, path: String) {
        if nav::going_back()
            && let Some(before) = api::seen_any(&path)
        {
            self.stop(None);
            self.put(before);
            return;
        }
        let cancel = Cancel::new();
        self.stop(Some(cancel.clone()));
        self.busy.set(true);
        react::spawn(async move {
            let outcome = api::get_any(&path, &cancel, self.reader).await;
            // The page may be gone by now; then its signals are too.
            match outcome {
                Err(ApiError::Aborted) => return,
                Err(error) => {
                    let _ = self.phase.try_set(Phase::Failed(error));
                }
                Ok(data) => self.put(data),
            }
            let _ = self.busy.try_set(false);
        });
    }

    fn put(self, data: Rc<dyn Any>) {
        let _ = self.data.try_set_value(Some(data));
        let _ = self.phase.try_set(Phase::Ready);
    }

    /// How far it is, with the data still covered; tracked.
    pub fn get(self) -> Load<Rc<dyn Any>> {
        let phase = self.phase.get();
        match (phase, self.data.get_value()) {
            (Phase::Failed(error), _) => Load::Failed(error),
            (Phase::Ready, Some(data)) => Load::Ready(data),
            _ => Load::Waiting,
        }
    }

    fn now(self) -> Option<Rc<dyn Any>> {
        self.data.get_value()
    }

    /// Reads again: after an error, or after something was changed.
    pub fn reload(self) {
        if matches!(self.phase.get_untracked(), Phase::Failed(_)) {
            self.phase.set(Phase::Waiting);
        }
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    fn more(self, of: String, path: String, join: Join, then: Box<dyn FnOnce(Option<ApiError>)>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        react::spawn(async move {
            let outcome = api::get_any(&path, &Cancel::new(), self.reader).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(following) => {
                    if let Some(Some(before)) = self.data.try_get_value()
                        && let Some(all) = join(before.as_ref(), following.as_ref())
                    {
                        api::keep_any(&of, Rc::clone(&all));
                        self.put(all);
                    }
                    then(None);
                }
                Err(error) => then(Some(error)),
            }
        });
    }
}

/// Data of a known kind behind an address.
pub struct Remote<T: 'static> {
    source: Source,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Remote<T> {}

impl<T: Wire + Clone + 'static> Remote<T> {
    /// Reads `path()` now and whenever it changes. `None`: nothing to read yet.
    pub fn new(path: impl Fn() -> Option<String> + 'static) -> Self {
        Self {
            source: Source::new(Rc::new(path), api::read_any::<T>),
            kind: PhantomData,
        }
    }

    /// The same without the kind, for code that exists once.
    pub fn source(self) -> Source {
        self.source
    }

    /// How far it is; tracked.
    pub fn get(self) -> Load<T> {
        match self.source.get() {
            Load::Waiting => Load::Waiting,
            Load::Failed(error) => Load::Failed(error),
            Load::Ready(data) => uncover(data.as_ref()).map_or(Load::Waiting, Load::Ready),
        }
    }

    /// The data, if they are there; tracked.
    pub fn ready(self) -> Option<T> {
        match self.get() {
            Load::Ready(data) => Some(data),
            Load::Waiting | Load::Failed(_) => None,
        }
    }

    /// The data now, untracked.
    pub fn now(self) -> Option<T> {
        uncover(self.source.now()?.as_ref())
    }

    /// New data are on their way while old ones (or a skeleton) are shown; tracked.
    pub fn busy(self) -> bool {
        self.source.busy.get()
    }

    /// Reads again: after an error, or after something was changed.
    pub fn reload(self) {
        self.source.reload();
    }

    /// Reads what follows (`path`) and lets `join` add it; `then` is called when it is there. `of` is the
    /// address of the whole, under which "back" finds all of it again.
    pub fn more(self, of: String, path: String, join: fn(&mut T, T), then: impl FnOnce(Option<ApiError>) + 'static) {
        let join = move |all: &dyn Any, following: &dyn Any| -> Option<Rc<dyn Any>> {
            let mut all: T = uncover(all)?;
            join(&mut all, uncover(following)?);
            Some(Rc::new(all))
        };
        self.source.more(of, path, Box::new(join), Box::new(then));
    }

    /// Puts data there that came another way (the answer to a change).
    pub fn put(self, data: T) {
        self.source.put(Rc::new(data));
    }
}

/// What lies under the cover.
pub fn uncover<T: Clone + 'static>(data: &dyn Any) -> Option<T> {
    data.downcast_ref::<T>().cloned()
}
