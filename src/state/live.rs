//! What people are told when something changes without a new page: a screen reader always, the eye where nothing else
//! on the page says it.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};

const ID: &str = "announcer";
/// Only heard.
const HEARD: &str = "sr";
/// Heard, and seen at the lower edge until something else is said.
const SEEN: &str = "toast";
/// How long words are seen: long enough to read a refusal twice.
const STAYS: Duration = Duration::from_secs(12);

/// Puts the (empty) live region into the page, outside of what the app replaces.
pub fn install() {
    if document().get_element_by_id(ID).is_some() {
        return;
    }
    let (Ok(region), Some(body)) = (document().create_element("div"), document().body()) else {
        return;
    };
    region.set_id(ID);
    region.set_class_name(HEARD);
    let _ = region.set_attribute("role", "status");
    let _ = region.set_attribute("aria-live", "polite");
    let _ = body.append_child(&region);
}

/// Says it, politely: after what is being read now. For what the page shows as well.
pub fn say(words: &str) {
    put(words, HEARD);
}

/// Says and shows it: what was done or refused where nothing else on the page would tell.
pub fn show(words: &str) {
    put(words, SEEN);
}

fn put(words: &str, class: &'static str) {
    let Some(region) = document().get_element_by_id(ID) else {
        return;
    };
    // The same words twice in a row are read twice only if the region was empty in between.
    region.set_text_content(None);
    let words = words.to_owned();
    set_timeout(
        move || {
            region.set_class_name(class);
            region.set_text_content(Some(&words));
            if class == SEEN {
                set_timeout(
                    move || {
                        // Unless something newer is there by now.
                        if region.text_content().as_deref() == Some(words.as_str()) {
                            region.set_class_name(HEARD);
                        }
                    },
                    STAYS,
                );
            }
        },
        Duration::from_millis(60),
    );
}
