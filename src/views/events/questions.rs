//! Questions as everybody reads them.

use crate::components::{icon, paragraphs, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use crate::views::deputies::encode;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{AnswerGiven, EventView, FollowUp, QuestionList, QuestionView, ResolutionView};
use liaison_domain::events::{QuestionSort, QuestionState};

/// Where a question stands, as a chip.
pub(in crate::views) fn question_chip(state: QuestionState) -> AnyView {
    let (tone, sign) = words::question_look(state);
    tone_chip(tone, sign, words::question(state)).into_any()
}

/// An answer in words.
pub(super) fn answer(given: Option<&AnswerGiven>, state: QuestionState, now: Millis) -> AnyView {
    let Some(given) = given else {
        return (state == QuestionState::Answered)
            .then(|| view! { <p class="question-row__answer">{words::ANSWERED_IN_ROOM}</p> })
            .into_any();
    };
    let by = given.by.clone().unwrap_or_else(|| words::ANSWER.to_owned());
    view! {
        <div class="question-row__answer">
            <p class="question-row__by">
                <b>{by}</b>
                <time datetime=dates::iso(given.at)>{dates::date_time(given.at, now)}</time>
            </p>
            {paragraphs(&given.text)}
        </div>
    }
    .into_any()
}

/// How far a followed-up question has come.
pub(super) fn follow_up(follow: Option<&FollowUp>) -> AnyView {
    follow
        .map(|follow| {
            let link = follow.case_no.as_ref().map(|no| {
                view! { <a href=["/cases/", no].concat()>{words::case_link(no)}</a> }
            });
            view! {
                <p class="question-row__follow">
                    {icon(if follow.done { "#i-good" } else { "#i-work" })}
                    <span>{words::followed(follow.unit_name.as_deref(), follow.state)}</span>
                    {link}
                </p>
            }
        })
        .into_any()
}

/// The button of support; which way it goes, `public/live.js` takes from the reader's own part.
fn upvote(question: &QuestionView, upvoted: bool) -> AnyView {
    let (up, down) = (["up:", &question.id].concat(), ["down:", &question.id].concat());
    view! {
        <button
            class="press"
            type="submit"
            name="do"
            value=if upvoted { down.clone() } else { up.clone() }
            data-press=question.id.clone()
            data-do=up
            data-undo=down
            data-on=if upvoted { "yes" } else { "no" }
        >
            <span class="press__off">{icon("#i-people")} {words::UPVOTE}</span>
            <span class="press__on">{icon("#i-good")} {words::UPVOTED}</span>
        </button>
    }
    .into_any()
}

/// Who asks, as far as others may know.
pub(super) fn asked_by(question: &QuestionView, district: &str) -> String {
    question.name.clone().unwrap_or_else(|| words::nobody(district))
}

/// A page of questions as it stands in an address, behind what stands there already: `&cursor=…`.
pub fn cursor_in(cursor: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(cursor) = cursor {
        out.push_str("&cursor=");
        encode(&mut out, cursor);
    }
    out
}

/// Where the questions of a page are read in this order.
fn page_href(event_id: &str, sort: QuestionSort, cursor: Option<&str>) -> String {
    [
        "/events/",
        event_id,
        "?sort=",
        sort.code(),
        &cursor_in(cursor),
        "#questions",
    ]
    .concat()
}

/// The way to the questions behind these, and back to the first.
pub(super) fn pages(event_id: &str, data: &QuestionList) -> AnyView {
    let next = data.next_cursor.as_deref();
    let next = next.map(|next| page_href(event_id, data.sort, Some(next)));
    let first = data.cursor.as_ref().map(|_| page_href(event_id, data.sort, None));
    let link = |href: String, name: &'static str| {
        view! {
            <a class="button button--second" href=href>
                {name}
            </a>
        }
        .into_any()
    };
    let is_one = next.is_none() && first.is_none();
    let links = (!is_one).then(|| {
        view! {
            {first.map(|href| link(href, words::FIRST_PAGE))} {next.map(|href| link(href, words::NEXT_PAGE))}
        }
    });
    view! {
        <nav class="buttons" id="ev-pages" data-live="" aria-label=words::PAGES>
            {links}
        </nav>
    }
    .into_any()
}

/// What was resolved about a question, as a link to it.
fn resolved(question: &QuestionView, all: &[ResolutionView]) -> AnyView {
    all.iter()
        .filter(|one| one.question_id.as_ref() == Some(&question.id))
        .map(|one| {
            view! {
                <p class="question-row__follow">
                    {icon("#i-good")}
                    <span>
                        {words::TO_RESOLUTION} "："
                        <a href=["#r-", &one.id].concat()>{words::short(&one.text)}</a>
                    </span>
                </p>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

fn row(
    question: &QuestionView,
    resolutions: &[ResolutionView],
    upvoted: Option<bool>,
    district: &str,
    now: Millis,
) -> AnyView {
    let button = upvoted
        .filter(|_| question.state.takes_votes())
        .map(|upvoted| upvote(question, upvoted));
    let pinned = question
        .pinned
        .then(|| view! { <span class="question-row__pinned">{words::PINNED}</span> });
    let class = if question.state == QuestionState::Live {
        "question-row question-row--live"
    } else {
        "question-row"
    };
    view! {
        <li class=class id=["q-", &question.id].concat() tabindex="-1">
            <p class="question-row__text">{question.text.clone()}</p>
            <p class="row__meta">
                {question_chip(question.state)} {pinned} <span>{asked_by(question, district)}</span>
                <time datetime=dates::iso(question.asked_at)>{dates::date_time(question.asked_at, now)}</time>
                <span class="question-row__votes">{words::votes(question.votes)}</span>
            </p>
            {answer(question.answer.as_ref(), question.state, now)}
            {follow_up(question.follow_up.as_ref())}
            {resolved(question, resolutions)}
            {button}
        </li>
    }
    .into_any()
}

/// The rows, the same for everybody but for `upvoted`, which only a whole page knows.
pub(super) fn rows(data: &QuestionList, event: &EventView, upvoted: &[String], district: &str, now: Millis) -> AnyView {
    let rows = data
        .items
        .iter()
        .map(|question| {
            let upvoted = event.takes_questions.then(|| upvoted.contains(&question.id));
            row(question, &event.resolutions, upvoted, district, now)
        })
        .collect_view();
    // On one page of several, what is not there any more may stand on another.
    let gone = if data.cursor.is_some() || data.next_cursor.is_some() {
        words::GONE_ELSEWHERE
    } else {
        words::GONE
    };
    view! {
        <ol class="question-rows" id="ev-questions" data-live="" data-held="" data-gone=gone>
            {rows}
        </ol>
    }
    .into_any()
}

/// How many there are, and what to do when there are none.
pub(super) fn count(data: &QuestionList, takes: bool) -> AnyView {
    let words = if data.items.is_empty() {
        (if takes {
            words::NO_QUESTIONS
        } else {
            words::NO_QUESTIONS_CLOSED
        })
        .to_owned()
    } else if data.items.len() < data.total as usize {
        words::questions_cut(data.cursor.is_some(), data.items.len(), data.total)
    } else {
        words::questions_count(data.total)
    };
    view! {
        <p class="count" id="ev-count" data-live="">
            {words}
        </p>
    }
    .into_any()
}

/// Links to the two orders.
pub(super) fn sorts(event_id: &str, sort: QuestionSort) -> AnyView {
    let links = [
        (QuestionSort::Votes, words::BY_VOTES),
        (QuestionSort::Newest, words::NEWEST),
    ]
    .into_iter()
    .map(|(one, name)| {
        let href = ["/events/", event_id, "?sort=", one.code(), "#questions"].concat();
        crate::views::stations::filter_link(href, name.to_owned(), one == sort)
    })
    .collect_view();
    view! {
        <nav aria-label=words::SORT>
            <ul class="filter">{links}</ul>
        </nav>
    }
    .into_any()
}
