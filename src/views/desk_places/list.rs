//! The list of stations, or of deputies.

use crate::components::{empty, icon, page_head};
use crate::i18n::desk::places as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::PlaceRow;

fn row(place: PlaceRow, base: &str) -> AnyView {
    let missing = (!place.missing.is_empty()).then(|| {
        view! {
            <p class="row__fact">
                {icon("#i-info")}
                <span>{words::missing(&place.missing)}</span>
            </p>
        }
    });
    let count = (place.photos > 0).then(|| {
        view! {
            <p class="row__meta">
                <span>{words::photos(place.photos)}</span>
            </p>
        }
    });
    view! {
        <li class="row">
            <a class="row__title" href=format!("{base}/{}", place.id)>
                {place.name}
            </a>
            <p>{place.place}</p>
            {missing}
            {count}
        </li>
    }
    .into_any()
}

/// A list; each entry leads to its form below `base`.
#[component]
pub fn PlacesView(
    title: &'static str,
    lead: &'static str,
    /// What stands in an empty list.
    none: &'static str,
    rows: Vec<PlaceRow>,
    base: &'static str,
    /// A page beside it: address and name.
    #[prop(optional_no_strip)]
    more: Option<(&'static str, &'static str)>,
) -> AnyView {
    let more = more.map(|(address, name)| {
        view! {
            <p class="links">
                <a class="link" href=address>
                    {name}
                </a>
            </p>
        }
    });
    let body = if rows.is_empty() {
        empty(none, None)
    } else {
        let rows = rows.into_iter().map(|place| row(place, base)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        {page_head(title.into(), lead)}
        {more}
        {body}
    }
    .into_any()
}
