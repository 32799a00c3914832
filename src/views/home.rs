use crate::components::{case_row, empty, figures, icon, list, reception_day};
use crate::i18n::zh::home as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{AppConfig, HomePage};

/// Drawn by the server alone.
const RECEPTIONS: &str = "/receptions";

fn action(
    class: &'static str,
    href: &'static str,
    sign: &'static str,
    name: &'static str,
    hint: &'static str,
) -> AnyView {
    view! {
        <li>
            <a class=class href=href rel=(href == RECEPTIONS).then_some("external")>
                {icon(sign)}
                <span class="action__text">
                    <span class="action__name">{name}</span>
                    <span class="action__hint">{hint}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// The first page: three big actions, the next reception days, what was just answered, honest figures.
#[component]
pub fn HomeView(data: HomePage, config: AppConfig, now: Millis) -> AnyView {
    let receptions = if data.next_receptions.is_empty() {
        empty(words::RECEPTIONS_NONE, None)
    } else {
        list(
            data.next_receptions
                .iter()
                .take(3)
                .map(|hint| reception_day(hint, now))
                .collect(),
        )
    };
    let answered = if data.just_answered.is_empty() {
        empty(words::ANSWERED_NONE, None)
    } else {
        list(
            data.just_answered
                .iter()
                .take(5)
                .map(|card| case_row(card, now))
                .collect(),
        )
    };
    view! {
        <div class="hero">
            <h1 tabindex="-1">{config.name}</h1>
            <p class="lead">{words::LEAD}</p>
        </div>
        <nav aria-label=words::ACTIONS>
            <ul class="actions">
                {action("action action--first", "/write", "#i-pen", words::WRITE, words::WRITE_HINT)}
                {action("action", RECEPTIONS, "#i-people", words::MEET, words::MEET_HINT)}
                {action("action", "/track", "#i-search", words::TRACK, words::TRACK_HINT)}
            </ul>
        </nav>
        <div class="columns">
            <section class="columns__main" aria-labelledby="answered-title">
                <h2 id="answered-title">{words::ANSWERED}</h2>
                {answered}
                <p class="more">
                    <a href="/cases">{words::ANSWERED_ALL}</a>
                </p>
            </section>
            <div class="columns__side">
                <section aria-labelledby="receptions-title">
                    <h2 id="receptions-title">{words::RECEPTIONS}</h2>
                    {receptions}
                    <p class="more">
                        <a href=RECEPTIONS rel="external">
                            {words::RECEPTIONS_ALL}
                        </a>
                    </p>
                    <p class="more elder-without">
                        <a href="/events" rel="external">
                            {words::EVENTS_ALL}
                        </a>
                    </p>
                </section>
                <section class="elder-without" aria-labelledby="figures-title">
                    <h2 id="figures-title">{words::FIGURES}</h2>
                    {figures(&data.figures)}
                </section>
            </div>
        </div>
    }
    .into_any()
}
