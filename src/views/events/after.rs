//! What came out of an event: minutes, what was resolved, what became of the questions.

use crate::components::{icon, paragraphs, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{EventFigures, EventView, MinutesView, ResolutionView};
use liaison_domain::events::ResolutionState;

/// 「问了多少 · 当场答了 · 跟进 · 办结」, each with its base.
pub(in crate::views) fn figures(data: &EventFigures) -> AnyView {
    let one = |what: &'static str, value: u32, base: String| {
        view! {
            <div class="figures__one">
                <dt>{what}</dt>
                <dd class="figures__value">{value.to_string()}</dd>
                <dd class="figures__base">{base}</dd>
            </div>
        }
        .into_any()
    };
    let of_asked = words::of_asked(data.asked);
    view! {
        <dl class="figures">
            {one(words::FIG_ASKED, data.asked, words::BASE_ASKED.to_owned())}
            {one(words::FIG_LIVE, data.answered_live, of_asked.clone())}
            {one(words::FIG_FOLLOWED, data.followed_up, of_asked)}
            {one(words::FIG_DONE, data.done, words::of_followed(data.followed_up))}
        </dl>
        <details class="how">
            <summary>{words::FIGURES_HOW}</summary>
            <p>{words::FIGURES_TEXT}</p>
        </details>
    }
    .into_any()
}

fn minutes(data: &MinutesView, now: Millis) -> AnyView {
    let came = data
        .attendance
        .map(|count| view! { <p class="count">{words::attendance(count)}</p> });
    view! {
        <section aria-labelledby="minutes">
            <h2 id="minutes">{words::MINUTES}</h2>
            <div class="answer">
                {paragraphs(&data.text)}
                <p class="answer__at">
                    <time datetime=dates::iso(data.at)>{dates::long_date(data.at, now)}</time>
                </p>
            </div>
            {came}
        </section>
    }
    .into_any()
}

/// How a resolution stands, as a chip.
pub(in crate::views) fn resolution_chip(state: ResolutionState) -> AnyView {
    let (tone, sign) = match state {
        ResolutionState::Open => ("busy", "#i-work"),
        ResolutionState::Done => ("good", "#i-good"),
        ResolutionState::Dropped => ("quiet", "#i-cross"),
    };
    tone_chip(tone, sign, words::resolution(state)).into_any()
}

fn resolution(data: &ResolutionView, now: Millis) -> AnyView {
    let is_open = data.state == ResolutionState::Open;
    let due = data.due.as_ref().map(|day| {
        let far = dates::days_until_day(day, now).filter(|_| is_open);
        let late = far.is_some_and(|days| days < 0);
        let far = far.map(|days| ["（", &dates::how_far(days), "）"].concat());
        view! {
            <span class=late.then_some("row__late")>
                {[words::DUE, " ", &dates::spoken_day(day, now)].concat()} {far}
            </span>
        }
    });
    let note = data.note.as_ref().map(|note| paragraphs(note));
    let question = data.question_id.as_ref().zip(data.question.as_ref()).map(|(id, text)| {
        view! {
            <p class="question-row__follow">
                {icon("#i-ask")}
                <span>
                    {words::FROM_QUESTION} "："
                    <a href=["#q-", id].concat()>{words::short(text)}</a>
                </span>
            </p>
        }
    });
    let link = data.case_no.as_ref().map(|no| {
        view! {
            <p class="question-row__follow">
                {icon("#i-work")} <a href=["/cases/", no].concat()>{words::case_link(no)}</a>
            </p>
        }
    });
    view! {
        <li class="row" id=["r-", &data.id].concat() tabindex="-1">
            <p class="question-row__text">{data.text.clone()}</p>
            <p class="row__meta">
                {resolution_chip(data.state)} <span>{[words::OWNER, " ", &data.owner_name].concat()}</span> {due}
            </p>
            {question}
            {note}
            {link}
        </li>
    }
    .into_any()
}

fn resolutions(all: &[ResolutionView], now: Millis) -> AnyView {
    (!all.is_empty())
        .then(|| {
            view! {
                <section aria-labelledby="resolutions">
                    <h2 id="resolutions">{words::RESOLUTIONS}</h2>
                    <ul class="rows">{all.iter().map(|one| resolution(one, now)).collect_view()}</ul>
                </section>
            }
        })
        .into_any()
}

/// The part: nothing before an event has begun.
pub(super) fn after(view: &EventView, now: Millis) -> AnyView {
    let shown = view.card.state.takes_minutes();
    let figures = (shown && view.figures.asked > 0).then(|| {
        view! {
            <section aria-labelledby="figures">
                <h2 id="figures">{words::FIGURES}</h2>
                {figures(&view.figures)}
            </section>
        }
    });
    let minutes = view.minutes.as_ref().map(|data| minutes(data, now));
    view! {
        <div id="ev-after" data-live="">
            {minutes} {resolutions(&view.resolutions, now)} {figures}
        </div>
    }
    .into_any()
}
