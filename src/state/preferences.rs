//! Choices about how pages look, kept in a cookie so that the server's first paint knows them.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// A year, in seconds.
const KEEP: u32 = 31_536_000;

/// Whether pages are shown in the elder mode.
pub fn is_elder() -> bool {
    document()
        .document_element()
        .and_then(|root| root.get_attribute("data-mode"))
        .as_deref()
        == Some("elder")
}

/// Shows pages in the elder mode, or no longer.
pub fn set_elder(on: bool) {
    let Some(root) = document().document_element() else {
        return;
    };
    let cookie = if on {
        let _ = root.set_attribute("data-mode", "elder");
        format!("mode=elder; Path=/; Max-Age={KEEP}; SameSite=Lax")
    } else {
        let _ = root.remove_attribute("data-mode");
        "mode=; Path=/; Max-Age=0; SameSite=Lax".to_owned()
    };
    let _ = root.remove_attribute("data-size");
    // boot.js fetches what the mode has besides larger type.
    if let Ok(event) = web_sys::Event::new("liaison:mode") {
        let _ = window().dispatch_event(&event);
    }
    let _ = document().unchecked_into::<HtmlDocument>().set_cookie(&cookie);
}
