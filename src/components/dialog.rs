use crate::markup::view;
use leptos::prelude::*;

/// A native dialog. `open` draws it open without scripts; pages call `showModal()` on its id for a modal one.
#[component]
pub fn Dialog(id: &'static str, title: String, #[prop(optional)] open: bool, children: Children) -> AnyView {
    let title_id = format!("{id}-title");
    view! {
        <dialog class="dialog" id=id open=open aria-labelledby=title_id.clone()>
            <h2 class="dialog__title" id=title_id>
                {title}
            </h2>
            {children()}
        </dialog>
    }
    .into_any()
}
