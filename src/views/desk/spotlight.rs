//! What has to be answered now, in the words of whoever asked: a return, an extension, an objection, a question.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{CaseEventView, DeskCase, RATING_REASONS};
use liaison_domain::lifecycle::{CaseState, EventKind, Rating, TaskState};

use crate::components::{icon, paragraphs};
use crate::i18n::{dates, desk as words, zh};
use crate::markup::view;

/// The event that the present state is about.
fn asked(case: &DeskCase) -> Option<&CaseEventView> {
    let waits = |state: TaskState| case.tasks.iter().any(|view| view.task.state == state);
    let last = |kinds: &[EventKind]| {
        case.timeline
            .iter()
            .filter(|event| kinds.contains(&event.kind))
            .max_by_key(|event| event.seq)
    };
    if waits(TaskState::ReturnRequested) {
        return last(&[EventKind::ReturnRequest]);
    }
    if waits(TaskState::ExtensionRequested) {
        return last(&[EventKind::ExtensionRequest]);
    }
    let asked = match case.state {
        CaseState::ScreeningHold => last(&[EventKind::AutoHold, EventKind::Appeal]),
        CaseState::NeedInfo => last(&[EventKind::AskInfo]),
        CaseState::Arbitration => last(&[EventKind::Dispute, EventKind::ReturnRequest]),
        CaseState::SecondHandling => last(&[EventKind::Reopen, EventKind::SendBack]),
        CaseState::InProgress => {
            // Sent back once and handed in again is over.
            last(&[EventKind::SendBack, EventKind::SubmitReply]).filter(|event| event.kind == EventKind::SendBack)
        }
        CaseState::Accepted => last(&[EventKind::DeputyPass, EventKind::InfoGiven]),
        _ => None,
    };
    // Whoever has it must see what the supervision asks and until when.
    let at_work = matches!(
        case.state,
        CaseState::Accepted
            | CaseState::WithDeputy
            | CaseState::Assigned
            | CaseState::InProgress
            | CaseState::SecondHandling
    );
    asked.or_else(|| last(&[EventKind::Supervise]).filter(|_| case.supervised && at_work))
}

/// The block; nothing when nobody asked for anything.
pub fn spotlight(case: &DeskCase, now: Millis) -> AnyView {
    if case.state == CaseState::Disputed {
        let rated = case.answers.iter().max_by_key(|answer| answer.at);
        return rated
            .and_then(|answer| answer.rating.as_ref().map(|rating| objection(rating, answer.score)))
            .into_any();
    }
    let Some(event) = asked(case) else { return ().into_any() };
    let by = event.by_name.as_deref().unwrap_or(words::role(event.by_role));
    let text = event.text.as_deref().unwrap_or_default();
    let date = event.date.map(|date| {
        view! { <p class="spotlight__date">{zh::events::date(event.kind, &dates::long_date(date, now))}</p> }
    });
    // A return names the unit that should have it.
    let proposed = event
        .about
        .as_ref()
        .filter(|_| event.kind == EventKind::ReturnRequest)
        .map(|name| view! { <p class="spotlight__date">{[words::TASK_PROPOSED, "：", name].concat()}</p> });
    view! {
        <section class="spotlight" aria-labelledby="spotlight-title">
            <h2 class="spotlight__title" id="spotlight-title">
                {icon("#i-ask")}
                {zh::events::line(event.kind, by, event.about.as_deref())}
            </h2>
            {paragraphs(text)}
            {proposed}
            {date}
        </section>
    }
    .into_any()
}

/// What the resident thought of an answer, as staff read it.
pub fn rating_line(rating: &Rating, score: Option<u8>) -> AnyView {
    line(words::RATED, rating, score)
}

/// What the deputy thought of it.
pub fn deputy_line(rating: &Rating) -> AnyView {
    let text = (!rating.text.is_empty()).then(|| paragraphs(&rating.text));
    view! { {line(words::DEPUTY_RATED, rating, None)} {text} }.into_any()
}

fn line(who: &'static str, rating: &Rating, score: Option<u8>) -> AnyView {
    let parts = [
        (zh::rate::ATTITUDE_SHORT, rating.attitude),
        (zh::rate::PROCESS_SHORT, rating.process),
        (zh::rate::RESULT_SHORT, rating.result),
    ]
    .map(|(what, level)| [what, zh::rate::level(level)].concat())
    .join("，");
    let score = score.map(zh::case::score).unwrap_or_default();
    view! { <p><b>{who}</b> " " {score} " " {parts}</p> }.into_any()
}

/// The resident's open question about an answer, and until when it gets its words.
pub fn follow_up(case: &DeskCase, now: Millis) -> AnyView {
    let Some(due) = case.follow_up_due else {
        return ().into_any();
    };
    let asked = case
        .timeline
        .iter()
        .filter(|event| event.kind == EventKind::FollowUp)
        .max_by_key(|event| event.seq)
        .and_then(|event| event.text.clone())
        .unwrap_or_default();
    view! {
        <section class="spotlight" aria-labelledby="follow-up-title">
            <h2 class="spotlight__title" id="follow-up-title">{icon("#i-ask")} {words::FOLLOW_UP}</h2>
            {paragraphs(&asked)}
            <p class="spotlight__date">{words::day_and_how_far(due, now)}</p>
        </section>
    }
    .into_any()
}

/// What the resident objects to.
fn objection(rating: &Rating, score: Option<u8>) -> AnyView {
    let solved = zh::rate::SOLVED_CHOICES
        .iter()
        .find(|(code, _)| *code == rating.solved.code())
        .map(|(_, words)| *words)
        .unwrap_or_default();
    let reasons: Vec<&str> = RATING_REASONS
        .iter()
        .filter(|(code, _)| rating.reasons.iter().any(|reason| reason == code))
        .map(|(_, words)| *words)
        .collect();
    let reasons = (!reasons.is_empty()).then(|| view! { <p><b>{zh::rate::REASONS}</b> " " {reasons.join("、")}</p> });
    view! {
        <section class="spotlight" aria-labelledby="spotlight-title">
            <h2 class="spotlight__title" id="spotlight-title">{icon("#i-warn")} {words::OBJECTION}</h2>
            <p><b>{zh::rate::SOLVED}</b> " " {solved}</p>
            {reasons}
            {paragraphs(&rating.text)}
            {rating_line(rating, score)}
        </section>
    }
    .into_any()
}
