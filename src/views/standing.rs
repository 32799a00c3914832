//! Where a letter stands beyond its state: joined to another, cut into parts, asked about, over.

use crate::components::{AnswerCard, holder_name, paragraphs, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::case as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{CaseView, FollowUpView, NextStepView, PartView};
use liaison_domain::lifecycle::CaseState;

/// The status in one sentence.
pub(super) fn status(data: &CaseView, now: Millis) -> String {
    if data.author_left {
        return words::AUTHOR_LEFT.to_owned();
    }
    if let Some(no) = data.merged_into.as_ref().filter(|_| data.state == CaseState::Merged) {
        return words::merged_into(no);
    }
    let promise = data.promise_date.as_ref().map(|day| dates::spoken_day(day, now));
    words::status(data.state, data.holder.name.as_deref(), promise.as_deref())
}

/// What comes next, also where the matter has ended: the way that is still open, until when.
pub(super) fn next(data: &CaseView) -> NextStepView {
    let terms = &data.terms;
    let (code, by) = if data.author_left {
        ("left", data.next.by)
    } else if data.next.code != "none" {
        return data.next.clone();
    } else if terms.appeal_until.is_some() {
        ("appeal", terms.appeal_until)
    } else if terms.reopen_until.is_some() {
        ("reopen", terms.reopen_until)
    } else if matches!(data.state, CaseState::Declined | CaseState::Referred) {
        ("way_out", None)
    } else {
        ("none", None)
    };
    NextStepView {
        code: code.to_owned(),
        by,
    }
}

/// The answers, newest first, each with the question about it.
pub(super) fn answers(data: &CaseView, now: Millis) -> Vec<AnyView> {
    let mut cards = Vec::new();
    for (at, answer) in data.answers.iter().enumerate().rev() {
        let asked: Vec<AnyView> = data
            .follow_ups
            .iter()
            .filter(|asked| asked.answer as usize == at)
            .map(|asked| follow_up(asked, now))
            .collect();
        let more = Some(asked.into_any());
        cards.push(view! { <AnswerCard answer=answer.clone() now=now more=more /> }.into_any());
    }
    cards
}

/// A question about an answer and the words to it, or until when they come.
fn follow_up(asked: &FollowUpView, now: Millis) -> AnyView {
    let reply = match (&asked.reply, asked.due) {
        (Some(reply), _) => {
            let at = asked.reply_at.map(|at| dates::spoken(at, now)).unwrap_or_default();
            let by = asked.reply_by.clone().unwrap_or_default();
            view! {
                <b>{words::FOLLOW_UP_REPLY}</b>
                <p class="answer__at">{by} " " {at}</p>
                {paragraphs(reply)}
            }
            .into_any()
        }
        (None, Some(due)) => view! { <p>{words::answered_by(&dates::long_date(due, now))}</p> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! {
        <div class="answer__rated">
            <b>{words::FOLLOW_UP_LABEL}</b>
            <p class="answer__at">{dates::spoken(asked.at, now)}</p>
            {paragraphs(&asked.text)}
            {reply}
        </div>
    }
    .into_any()
}

/// The parts of a letter that was cut: who has each, where it stands, what it was answered.
pub(super) fn parts(parts: &[PartView], now: Millis) -> AnyView {
    if parts.is_empty() {
        return ().into_any();
    }
    let mut items = Vec::new();
    for part in parts {
        let holder = &part.holder;
        // An answered part waits for nobody: the rating is the whole letter's.
        let waits = part.state.is_open() && part.answer.is_none();
        let due = holder
            .due
            .filter(|_| waits)
            .map(|due| words::before(&dates::long_date(due, now)));
        let who = waits.then(|| holder_name(holder.kind, holder.name.as_ref()));
        let answer = part.answer.clone();
        let open = answer.is_some();
        let answer = answer.map(|answer| view! { <AnswerCard answer=answer now=now /> });
        let chip = tone_chip("busy", words::state_icon(part.state), words::public_state(part.state));
        items.push(
            view! {
                <details class="fold" open=open>
                    <summary>{part.title.clone()}</summary>
                    <p class="row__meta">{chip} <span>{who} {due}</span></p>
                    {answer}
                </details>
            }
            .into_any(),
        );
    }
    view! {
        <section aria-labelledby="parts-title">
            <h2 id="parts-title">{words::parts(parts.len())}</h2>
            <p>{words::PARTS_HINT}</p>
            {items}
        </section>
    }
    .into_any()
}
