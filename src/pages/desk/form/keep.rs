//! Half-written forms, kept on this device until they are sent or their writer logs out.
//!
//! Keyed by writer, case and action. Only the staff member's own text is kept, nothing of the letter.

use leptos::prelude::window;
use web_sys::Storage;

use super::Values;

const PREFIX: &str = "desk.form.";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The key of a form: whose, of which case, which action.
pub fn key(account: &str, case: &str, action: &str) -> String {
    [PREFIX, account, ".", case, ".", action].concat()
}

/// What was kept.
pub fn read(key: &str) -> Option<Values> {
    serde_json::from_str(&storage()?.get_item(key).ok()??).ok()
}

/// Keeps it. A full or forbidden storage is no reason to disturb who is writing.
pub fn write(key: &str, values: &Values) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(values)) {
        let _ = storage.set_item(key, &text);
    }
}

/// Keeps only the named fields of what was kept, if it is still `saved`: the rest is safe on the server now.
pub fn trim(key: &str, saved: &Values, fields: &[&str]) {
    if read(key).as_ref() == Some(saved) {
        let mut left = Values::default();
        for name in fields {
            left.set(name, saved.get(name));
        }
        write(key, &left);
    }
}

/// Forgets it: sent, or cleared by hand.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Forgets everything: the writer logged out, and the device may be shared.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(PREFIX)) {
        let _ = storage.remove_item(key);
    }
}
