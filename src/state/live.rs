//! What a screen reader is told when something changes without a new page.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};

const ID: &str = "announcer";

/// Puts the (empty) live region into the page, outside of what the app replaces.
pub fn install() {
    if document().get_element_by_id(ID).is_some() {
        return;
    }
    let (Ok(region), Some(body)) = (document().create_element("div"), document().body()) else {
        return;
    };
    region.set_id(ID);
    region.set_class_name("sr");
    let _ = region.set_attribute("role", "status");
    let _ = region.set_attribute("aria-live", "polite");
    let _ = body.append_child(&region);
}

/// Says it, politely: after what is being read now.
pub fn say(words: &str) {
    let Some(region) = document().get_element_by_id(ID) else {
        return;
    };
    // The same words twice in a row are read twice only if the region was empty in between.
    region.set_text_content(None);
    let words = words.to_owned();
    set_timeout(move || region.set_text_content(Some(&words)), Duration::from_millis(60));
}
