//! Who changed what, below a page of the desk's that the server draws alone.

use crate::i18n::dates;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;

/// The last changes under `title`: when, and what in words. `none` is said where there are none.
pub(super) fn changes(
    title: &'static str,
    none: &'static str,
    all: impl Iterator<Item = (Millis, String)>,
    now: Millis,
) -> AnyView {
    let rows: Vec<AnyView> = all
        .map(|(at, words)| {
            view! {
                <li>
                    <time datetime=dates::iso(at)>{dates::spoken(at, now)}</time>
                    " "
                    {words}
                </li>
            }
            .into_any()
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p>{none}</p> }.into_any()
    } else {
        view! { <ul class="bullets">{rows}</ul> }.into_any()
    };
    view! {
        <section class="admin__part" aria-labelledby="changes">
            <h2 id="changes">{title}</h2>
            {body}
        </section>
    }
    .into_any()
}
