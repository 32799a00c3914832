//! What goes on in the room: the question being answered, the host's messages, polls.

use super::questions::asked_by;
use crate::components::{icon, paragraphs};
use crate::i18n::dates;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{BroadcastView, EventView, MyVote, PollView};

/// The host's messages that stand on the page; older ones fold away.
const MESSAGES: usize = 3;

fn answering(view: &EventView, district: &str) -> AnyView {
    let Some(question) = &view.live else {
        return ().into_any();
    };
    view! {
        <div class="now-answering" data-say=words::say_answering(&question.text)>
            <h3>{icon("#i-dot")} {words::ANSWERING}</h3>
            <p class="now-answering__text">{question.text.clone()}</p>
            <p class="row__meta">
                <span>{asked_by(question, district)}</span> <span>{words::votes(question.votes)}</span>
            </p>
        </div>
    }
    .into_any()
}

fn message(one: &BroadcastView, now: Millis) -> AnyView {
    view! {
        <li class="from-host__one" id=["b-", &one.id].concat() data-say=words::say_host(&one.text)>
            {paragraphs(&one.text)}
            <p class="from-host__at">
                <time datetime=dates::iso(one.at)>{dates::date_time(one.at, now)}</time>
            </p>
        </li>
    }
    .into_any()
}

fn messages(all: &[BroadcastView], now: Millis) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let (first, more) = all.split_at(all.len().min(MESSAGES));
    let more = (!more.is_empty()).then(|| {
        view! {
            <details class="from-host__more">
                <summary>{crate::i18n::zh::common::MORE}</summary>
                <ul>{more.iter().map(|one| message(one, now)).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <div class="from-host">
            <h3>{icon("#i-bell")} {words::FROM_HOST}</h3>
            <ul>{first.iter().map(|one| message(one, now)).collect_view()}</ul>
            {more}
        </div>
    }
    .into_any()
}

/// A share as a bar; the number stands beside it.
fn bar(votes: u32, n: u32) -> AnyView {
    let width = (votes * 100).checked_div(n).unwrap_or(0);
    view! {
        <svg class="poll__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="poll__all" width="100" height="4"></rect>
            <rect class="poll__part" width=width.to_string() height="4"></rect>
        </svg>
    }
    .into_any()
}

/// Results of a poll in words and bars, with their base.
pub(in crate::views) fn poll_results(poll: &PollView) -> AnyView {
    let options = poll
        .options
        .iter()
        .map(|option| {
            view! {
                <li class="poll__option">
                    <p class="poll__words">
                        <span>{option.text.clone()}</span> <b>{words::poll_share(option.votes, poll.n)}</b>
                    </p>
                    {bar(option.votes, poll.n)}
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="poll__options">{options}</ul> }.into_any()
}

/// A poll: buttons while it is open, and what came out so far.
fn poll(poll: &PollView, votes: &[MyVote]) -> AnyView {
    let mine = votes
        .iter()
        .find(|vote| vote.poll_id == poll.id)
        .map(|vote| vote.option);
    let options = poll
        .options
        .iter()
        .enumerate()
        .map(|(at, option)| {
            let value = ["vote:", &poll.id, ":", &at.to_string()].concat();
            let is_mine = mine.is_some_and(|mine| mine as usize == at);
            let inner = view! {
                <span class="poll__words">
                    <span>{option.text.clone()} <span class="press__on poll__mine">{words::MY_CHOICE}</span></span>
                    <b>{words::poll_share(option.votes, poll.n)}</b>
                </span>
                {bar(option.votes, poll.n)}
            };
            let on = if is_mine { "yes" } else { "no" };
            let press = [&poll.id, ":", &at.to_string()].concat();
            if poll.open {
                view! {
                    <li class="poll__option">
                        <button
                            class="poll__button"
                            type="submit"
                            name="do"
                            value=value.clone()
                            data-press=press
                            data-do=value.clone()
                            data-undo=value
                            data-on=on
                        >
                            {inner}
                        </button>
                    </li>
                }
            } else {
                view! {
                    <li class="poll__option" data-press=press data-on=on>
                        {inner}
                    </li>
                }
            }
            .into_any()
        })
        .collect_view();
    let lead = if poll.open {
        words::POLL_OPEN
    } else {
        words::POLL_CLOSED
    };
    view! {
        <div class="poll" id=["p-", &poll.id].concat() data-say=words::say_poll(&poll.question)>
            <h3>{icon("#i-people")} {[words::POLL, "：", &poll.question].concat()}</h3>
            <p class="poll__lead">{lead} {"。"} {words::poll_base(poll.n)}</p>
            <ul class="poll__options">{options}</ul>
        </div>
    }
    .into_any()
}

/// The part: `votes` are the reader's own, which only a whole page knows.
pub(super) fn room(view: &EventView, votes: &[MyVote], district: &str, now: Millis) -> AnyView {
    let is_empty = view.live.is_none() && view.broadcasts.is_empty() && view.polls.is_empty();
    let polls = view.polls.iter().map(|one| poll(one, votes)).collect_view();
    let inner = (!is_empty).then(|| {
        view! {
            <h2>{words::ROOM}</h2>
            {answering(view, district)} {messages(&view.broadcasts, now)} {polls}
        }
    });
    view! {
        <section class="room" id="ev-room" data-live="">
            {inner}
        </section>
    }
    .into_any()
}
