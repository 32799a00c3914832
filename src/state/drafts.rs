//! Drafts: words and pictures that must outlive a reload, a crash or a closed tab.
//!
//! A draft is JSON under a name, pictures are blobs under names of their own, so that saving a word does
//! not write megabytes. Where the browser refuses to store, everything stays in memory and the person is
//! told.

use std::cell::{Cell, RefCell};

use leptos::prelude::window;
use liaison_domain::wire::{self, Wire};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{Blob, Storage};

use super::idb::Idb;

/// Where a draft is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// On this device: it survives closing the tab.
    Stored,
    /// Only until the tab is closed: the browser refused to store.
    Memory,
}

thread_local! {
    static OPEN: RefCell<Option<Idb>> = const { RefCell::new(None) };
    static REFUSED: Cell<bool> = const { Cell::new(false) };
    static MEMORY: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

async fn database() -> Option<Idb> {
    if REFUSED.get() {
        return None;
    }
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        return Some(open);
    }
    let opened = Idb::open().await;
    if opened.is_none() {
        REFUSED.set(true);
    }
    OPEN.set(opened.clone());
    opened
}

/// Where drafts go at present.
pub fn place() -> Kept {
    if REFUSED.get() { Kept::Memory } else { Kept::Stored }
}

/// Keeps `draft` under `name`.
pub async fn save<T: Serialize>(name: &str, draft: &T) -> Kept {
    match serde_json::to_string(draft) {
        Ok(text) => put(name, text.into()).await,
        Err(_) => Kept::Memory,
    }
}

/// The draft kept under `name`, if there is one that can still be read.
pub async fn load<T: Wire>(name: &str) -> Option<T> {
    wire::read(&take(name).await?.as_string()?)
}

/// The names that begin like this, in no order that means anything.
pub async fn names(beginning: &str) -> Vec<String> {
    let mut all = MEMORY.with_borrow(|all| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    if let Some(database) = database().await {
        all.extend(database.keys().await);
    }
    all.extend(last_names());
    all.retain(|name| name.starts_with(beginning));
    all.sort();
    all.dedup();
    all
}

/// Keeps words at once, for the moment in which the page goes away and nothing can be waited for. They lie open to
/// every script of the site and to whoever gets at the device: **never names, numbers or keys**.
pub fn save_last<T: Serialize>(name: &str, words: &T) {
    if let (Some(storage), Ok(text)) = (last_resort(), serde_json::to_string(words)) {
        let _ = storage.set_item(&last_name(name), &text);
    }
}

/// The words kept by [`save_last`].
pub fn load_last<T: Wire>(name: &str) -> Option<T> {
    let text = last_resort()?.get_item(&last_name(name)).ok()??;
    wire::read(&text)
}

/// Forgets what [`save_last`] kept: it is written down properly.
pub fn forget_last(name: &str) {
    if let Some(storage) = last_resort() {
        let _ = storage.remove_item(&last_name(name));
    }
}

fn last_resort() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

const LAST: &str = "liaison.";

fn last_name(name: &str) -> String {
    [LAST, name].concat()
}

fn last_names() -> Vec<String> {
    let Some(storage) = last_resort() else {
        return Vec::new();
    };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter_map(|key| key.strip_prefix(LAST).map(str::to_owned))
        .collect()
}

/// Keeps a picture, recording or video under `name`.
pub async fn save_picture(name: &str, picture: &Blob) -> Kept {
    put(name, picture.clone().into()).await
}

/// The picture kept under `name`.
pub async fn load_picture(name: &str) -> Option<Blob> {
    take(name).await?.dyn_into().ok()
}

/// Forgets what is kept under `name`.
pub async fn remove(name: &str) {
    forget_last(name);
    MEMORY.with_borrow_mut(|all| all.retain(|(known, _)| known != name));
    if let Some(database) = database().await {
        database.remove(name).await;
    }
}

async fn put(name: &str, value: JsValue) -> Kept {
    if let Some(database) = database().await
        && database.put(name, &value).await
    {
        MEMORY.with_borrow_mut(|all| all.retain(|(known, _)| known != name));
        return Kept::Stored;
    }
    MEMORY.with_borrow_mut(|all| {
        all.retain(|(known, _)| known != name);
        all.push((name.to_owned(), value));
    });
    Kept::Memory
}

async fn take(name: &str) -> Option<JsValue> {
    if let Some(value) = MEMORY.with_borrow(|all| {
        all.iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }) {
        return Some(value);
    }
    database().await?.get(name).await
}
