//! What went wrong in browsers, for whoever runs the station: by day, kind, build, app and place.

use crate::components::{list, notice, page_head};
use crate::i18n::dates;
use crate::i18n::desk::client_errors as words;
use crate::i18n::zh::privacy::device;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::ClientErrorRow;

fn one(row: &ClientErrorRow, build: &str) -> AnyView {
    let is_this = row.build == build;
    let said = (!row.message.is_empty()).then(|| view! { <p class="row__meta"><code>{row.message.clone()}</code></p> });
    view! {
        <li class="row">
            <p>
                <b>{words::kind(&row.kind)}</b>
                " "
                {words::times(row.count)}
            </p>
            <p class="row__meta">
                <span>{device(&row.host, &row.system)}</span>
                <span>{words::build(&row.build, is_this)}</span>
                <span><code>{row.route.clone()}</code></span>
            </p>
            {said}
        </li>
    }
    .into_any()
}

fn day(rows: &[ClientErrorRow], build: &str, now: Millis) -> AnyView {
    let date = rows.first().map(|row| row.day.clone()).unwrap_or_default();
    let id = ["day-", &date].concat();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id>{dates::spoken_day(&date, now)} " " {words::times(rows.iter().map(|row| row.count).sum())}</h2>
            {list(rows.iter().map(|row| one(row, build)).collect())}
        </section>
    }
    .into_any()
}

/// The counts, the newest day first. `current`: the build that pages start now.
#[component]
pub fn ClientErrorsView(rows: Vec<ClientErrorRow>, current: String, now: Millis) -> AnyView {
    let none = rows.is_empty().then(|| notice("good", words::NONE.to_owned()));
    let days = rows.chunk_by(|one, next| one.day == next.day);
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        {none}
        {days.map(|rows| day(rows, &current, now)).collect_view()}
    }
    .into_any()
}
