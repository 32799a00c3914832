//! The residents' and public pages.

use leptos::prelude::*;

/// The whole app.
pub fn app() -> AnyView {
    ().into_any()
}
