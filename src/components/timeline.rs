use crate::components::{icon, paragraphs, pictures};
use crate::i18n::{dates, zh};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::CaseEventView;
use liaison_domain::lifecycle::{EventKind, Role};

/// For whom a timeline is drawn: who reads decides who 「您」 is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The author: the resident is 「您」.
    Author,
    /// Anybody: the resident is 「居民」.
    Public,
    /// Staff: the resident is 「居民」, internal entries are marked.
    Staff,
}

/// What happened, newest first.
#[component]
pub fn Timeline(events: Vec<CaseEventView>, now: Millis, audience: Audience) -> AnyView {
    view! {
        <section class="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{zh::case::TIMELINE}</h2>
            {timeline_list(events, now, audience)}
        </section>
    }
    .into_any()
}

/// The same below a heading of the caller's, for a page with several of them.
pub fn timeline_list(mut events: Vec<CaseEventView>, now: Millis, audience: Audience) -> AnyView {
    events.sort_by_key(|event| std::cmp::Reverse(event.seq));
    let items = events.iter().map(|event| entry(event, now, audience)).collect_view();
    view! {
        <ol class="timeline__list" reversed=true>
            {items}
        </ol>
    }
    .into_any()
}

fn entry(event: &CaseEventView, now: Millis, audience: Audience) -> AnyView {
    let by = match (&event.by_name, event.by_role) {
        (Some(name), _) => name.as_str(),
        (None, Role::Resident) if audience != Audience::Author => "居民",
        (None, role) => zh::common::role(role),
    };
    let mut line = if event.kind == EventKind::Submit && event.by_role != Role::Resident {
        zh::events::filed(by)
    } else {
        zh::events::line(event.kind, by, event.about.as_deref())
    };
    if audience == Audience::Author {
        line = zh::events::to_author(&line);
    }
    let text = event.text.as_deref().filter(|text| !text.is_empty()).map(|text| {
        view! { <div class="timeline__text">{paragraphs(text)}</div> }
    });
    let date = event.date.map(
        |date| view! { <p class="timeline__date">{zh::events::date(event.kind, &dates::long_date(date, now))}</p> },
    );
    let internal = (event.internal && audience == Audience::Staff)
        .then(|| view! { <span class="timeline__internal">{zh::events::INTERNAL}</span> });
    view! {
        <li class="timeline__step">
            <span class="timeline__dot">{icon(zh::events::icon(event.kind))}</span>
            <div class="timeline__body">
                <p class="timeline__line">{line} {internal}</p>
                <p class="timeline__at">
                    <time datetime=dates::iso(event.at)>{dates::date_time(event.at, now)}</time>
                </p>
                {text} {date} {pictures(&event.pictures)}
            </div>
        </li>
    }
    .into_any()
}
