use crate::components::icon;
use crate::markup::view;
use leptos::prelude::*;

/// The way back, above the heading.
pub fn back_link(href: String, words: &'static str) -> AnyView {
    view! {
        <a class="back" href=href>
            {icon("#i-back")}
            {words}
        </a>
    }
    .into_any()
}

/// A page's heading and the sentence under it.
pub fn page_head(title: String, lead: &'static str) -> AnyView {
    let lead = (!lead.is_empty()).then_some(view! { <p class="lead">{lead}</p> });
    view! {
        <div class="head">
            <h1 tabindex="-1">{title}</h1>
            {lead}
        </div>
    }
    .into_any()
}

/// Text as people typed it: a paragraph a line.
pub fn paragraphs(text: &str) -> AnyView {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> }.into_any())
        .collect_view()
        .into_any()
}
