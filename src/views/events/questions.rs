//! Questions as everybody reads them.

use crate::components::{icon, paragraphs, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{AnswerGiven, FollowUp, QuestionList, QuestionView};
use liaison_domain::events::{QuestionSort, QuestionState};

/// Where a question stands, as a chip.
pub(in crate::views) fn question_chip(state: QuestionState) -> AnyView {
    let (tone, sign) = words::question_look(state);
    tone_chip(tone, sign, words::question(state))
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

fn row(question: &QuestionView, takes: bool, upvoted: bool, district: &str, now: Millis) -> AnyView {
    let button = (takes && question.state.takes_votes()).then(|| upvote(question, upvoted));
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
            {button}
        </li>
    }
    .into_any()
}

/// The rows, the same for everybody but for `upvoted`, which only a whole page knows.
pub(super) fn rows(data: &QuestionList, takes: bool, upvoted: &[String], district: &str, now: Millis) -> AnyView {
    let rows = data
        .items
        .iter()
        .map(|question| row(question, takes, upvoted.contains(&question.id), district, now))
        .collect_view();
    view! {
        <ol class="question-rows" id="ev-questions" data-live="" data-held="" data-gone=words::GONE>
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
        words::questions_cut(data.items.len(), data.total)
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
