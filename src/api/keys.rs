//! Idempotency keys and query texts.

use js_sys::{Uint8Array, encode_uri_component};
use leptos::prelude::window;

/// A random key under which a creating request may be repeated without creating twice.
pub fn idempotency_key() -> String {
    let random = Uint8Array::new_with_length(16);
    let filled = window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_array_buffer_view(&random).is_ok());
    if !filled {
        // An ancient web view: the time and Math.random keep two letters of one person apart, which is all
        // that the key is for.
        for index in 0..16 {
            random.set_index(index, (js_sys::Math::random() * 256.0) as u8);
        }
    }
    let mut text = String::with_capacity(32);
    for byte in random.to_vec() {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    text
}

/// `?a=1&b=2` of what is there; nothing when nothing is.
pub fn query(pairs: &[(&str, Option<&str>)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            continue;
        };
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        text.push_str(&escape(value));
    }
    text
}

/// A value as it may stand in a path or query.
pub fn escape(value: &str) -> String {
    String::from(encode_uri_component(value))
}
