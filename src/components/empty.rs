use crate::markup::view;
use leptos::prelude::*;

/// An empty list: what will be here, and the next step.
pub fn empty(words: &'static str, step: Option<(String, &'static str)>) -> AnyView {
    let step = step.map(|(href, words)| view! { <a class="button button--second" href=href>{words}</a> });
    view! {
        <div class="empty">
            <p>{words}</p>
            {step}
        </div>
    }
    .into_any()
}
