use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;

/// A list on its way, in the shape of its rows.
#[component]
pub fn ListSkeleton(#[prop(default = 5)] rows: usize) -> AnyView {
    let rows = (0..rows)
        .map(|_| {
            view! {
                <div class="skeleton">
                    <i class="skeleton__line skeleton__line--wide"></i>
                    <i class="skeleton__line"></i>
                    <i class="skeleton__line skeleton__line--short"></i>
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <div aria-busy="true">
            <p class="sr" role="status">{zh::common::LOADING}</p>
            {rows}
        </div>
    }
    .into_any()
}

/// A page on its way: heading, a card, a list.
#[component]
pub fn PageSkeleton() -> AnyView {
    view! {
        <div class="skeleton skeleton--head" aria-hidden="true">
            <i class="skeleton__line skeleton__line--title"></i>
            <i class="skeleton__line"></i>
        </div>
        <ListSkeleton rows=3 />
    }
    .into_any()
}
