use crate::markup::{Node, view};

/// An icon of the page's sprite (`public/icons.svg`), by `#i-name`. Always beside words, so hidden from readers.
pub fn icon(name: &'static str) -> Node {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=name></use>
        </svg>
    }
}
