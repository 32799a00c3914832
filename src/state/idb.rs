//! The little of `IndexedDB` that drafts need: one store, keys and values.
//!
//! Private windows, full disks and old web views refuse at any step; every function then says `None` or
//! `false`, and the caller keeps things in memory.

use js_sys::{Array, Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "liaison";
const STORE: &str = "drafts";

/// An open database.
#[derive(Clone)]
pub struct Idb(IdbDatabase);

impl Idb {
    /// Opens it, creating the store the first time.
    pub async fn open() -> Option<Self> {
        let factory = window().indexed_db().ok().flatten()?;
        let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1).ok()?;
        let upgrading = request.clone();
        let upgrade = Closure::once(move || {
            if let Some(database) = upgrading
                .result()
                .ok()
                .and_then(|found| found.dyn_into::<IdbDatabase>().ok())
            {
                let _ = database.create_object_store(STORE);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = finished(&request).await?.dyn_into().ok()?;
        Some(Self(database))
    }

    /// The value of `key`.
    pub async fn get(&self, key: &str) -> Option<JsValue> {
        let request = self.store(IdbTransactionMode::Readonly)?.get(&key.into()).ok()?;
        let value = finished(&request).await?;
        if value.is_undefined() { None } else { Some(value) }
    }

    /// The keys there are.
    pub async fn keys(&self) -> Vec<String> {
        let Some(request) = self
            .store(IdbTransactionMode::Readonly)
            .and_then(|store| store.get_all_keys().ok())
        else {
            return Vec::new();
        };
        let Some(keys) = finished(&request).await else {
            return Vec::new();
        };
        Array::from(&keys).iter().filter_map(|key| key.as_string()).collect()
    }

    /// Keeps `value` under `key`. `false` when it was refused: a full disk may say so only when all is written.
    pub async fn put(&self, key: &str, value: &JsValue) -> bool {
        let Ok(transaction) = self
            .0
            .transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)
        else {
            return false;
        };
        let settled = Promise::new(&mut |resolve: Function, reject: Function| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        let asked = transaction
            .object_store(STORE)
            .and_then(|store| store.put_with_key(value, &key.into()));
        asked.is_ok() && JsFuture::from(settled).await.is_ok()
    }

    /// Removes `key`.
    pub async fn remove(&self, key: &str) {
        let Some(store) = self.store(IdbTransactionMode::Readwrite) else {
            return;
        };
        if let Ok(request) = store.delete(&key.into()) {
            let _ = finished(&request).await;
        }
    }

    fn store(&self, mode: IdbTransactionMode) -> Option<IdbObjectStore> {
        self.0
            .transaction_with_str_and_mode(STORE, mode)
            .ok()?
            .object_store(STORE)
            .ok()
    }
}

/// Waits for a request's end.
async fn finished(request: &IdbRequest) -> Option<JsValue> {
    let settled = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        if let Some(opening) = request.dyn_ref::<IdbOpenDbRequest>() {
            opening.set_onblocked(Some(&reject));
        }
    });
    JsFuture::from(settled).await.ok()?;
    request.result().ok()
}
