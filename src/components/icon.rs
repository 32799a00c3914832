use crate::markup::view;
use leptos::prelude::*;

/// An icon of the page's sprite (`public/icons.svg`), by `#i-name`. Always beside words, so hidden from readers.
pub fn icon(name: &'static str) -> AnyView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=name></use>
        </svg>
    }
    .into_any()
}
