use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;

/// How many there are. Read out when it changes.
pub fn page_count(words: String) -> AnyView {
    view! { <p class="count" role="status">{words}</p> }.into_any()
}

/// 「更多」, a link to what follows. `next` is its address.
pub fn pager(next: Option<String>, shown: usize, total: String) -> AnyView {
    next.map(|href| {
        view! {
            <nav class="pager" aria-label=zh::common::MORE>
                <a class="button button--second" data-more="" href=href>
                    {zh::common::MORE}
                </a>
                <p>{zh::common::shown_of(shown, total)}</p>
            </nav>
        }
    })
    .into_any()
}
