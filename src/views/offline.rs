//! No network, and nothing kept of the page that was wanted.

use crate::components::page_head;
use crate::i18n::zh::app as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::AppConfig;

/// What can be done all the same.
#[component]
pub fn OfflineView(config: AppConfig) -> AnyView {
    let call = ["tel:", &config.phone].concat();
    view! {
        {page_head(words::OFFLINE_TITLE.into(), words::OFFLINE_LEAD)}
        <ul class="bullets">
            <li>
                <a href="/mine">{words::OFFLINE_MINE}</a>
            </li>
            <li>{words::OFFLINE_DRAFT}</li>
            <li>
                {words::OFFLINE_CALL}
                " "
                <a href=call>{config.phone}</a>
            </li>
        </ul>
    }
    .into_any()
}
