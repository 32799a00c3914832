use crate::components::page_head;
use crate::i18n::zh::{common as words, home};
use crate::markup::view;
use leptos::prelude::*;

fn ways() -> AnyView {
    view! {
        <ul class="ways">
            <li>
                <a href="/">{words::GO_HOME}</a>
            </li>
            <li>
                <a href="/write">{home::WRITE}</a>
            </li>
            <li>
                <a href="/track">{home::TRACK}</a>
            </li>
            <li>
                <a href="/help">{words::NAV_HELP}</a>
            </li>
        </ul>
    }
    .into_any()
}

/// Nothing stands at this address.
#[component]
pub fn NotFoundView() -> AnyView {
    view! { {page_head(words::NOT_FOUND.into(), words::NOT_FOUND_TEXT)} {ways()} }.into_any()
}

/// Something went wrong: what, and what to do.
#[component]
pub fn ProblemView(
    /// One sentence for people; a general one if empty.
    detail: String,
    /// Where trying again leads.
    retry: String,
    #[prop(optional_no_strip)] request_id: Option<String>,
) -> AnyView {
    let detail = if detail.is_empty() {
        words::FAILED_TEXT.to_owned()
    } else {
        detail
    };
    view! {
        {page_head(words::FAILED.into(), "")}
        <p class="lead">{detail}</p>
        <p class="buttons">
            <a class="button" data-retry="" href=retry rel="external">
                {words::RELOAD}
            </a>
        </p>
        {ways()}
        {request_id.map(|id| view! { <p class="count">{words::request_id(&id)}</p> })}
    }
    .into_any()
}
