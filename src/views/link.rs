use crate::components::page_head;
use crate::i18n::zh::links as words;
use crate::markup::view;
use leptos::prelude::*;

/// One button that logs in and leads on: posts to `action`. Says nothing about whose link it is.
#[component]
pub fn LinkView(action: String) -> AnyView {
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        <form class="buttons" method="post" action=action>
            <button class="button" type="submit">
                {words::OPEN}
            </button>
        </form>
        <p>{words::ONCE}</p>
    }
    .into_any()
}

/// The link is used, too old, or never was.
#[component]
pub fn LinkGoneView() -> AnyView {
    view! {
        {page_head(words::GONE_TITLE.into(), words::GONE_LEAD)}
        <p class="buttons">
            <a class="button" href="/desk" rel="external">
                {words::LOGIN}
            </a>
        </p>
        <p>{words::GONE_HELP}</p>
    }
    .into_any()
}
