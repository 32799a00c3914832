//! Answers: the card of one, its outcome, what its reader thought of it.

use crate::components::{DeputyTag, icon, paragraphs, pictures, tone_chip};
use crate::i18n::{dates, zh};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::AnswerView;
use liaison_domain::lifecycle::{Outcome, Rating};

/// How it ended, or what is promised for when.
pub fn outcome_chip(outcome: Outcome, promise: Option<&String>, now: Millis) -> AnyView {
    let (tone, sign) = match outcome {
        Outcome::A => ("good", "#i-good"),
        Outcome::B => ("busy", "#i-calendar"),
        Outcome::C => ("quiet", "#i-info"),
        Outcome::D => ("quiet", "#i-inbox"),
    };
    match promise {
        Some(day) => tone_chip(tone, sign, &zh::case::promise(&dates::spoken_day(day, now))).into_any(),
        None => tone_chip(tone, sign, zh::case::outcome(outcome)).into_any(),
    }
}

/// An answer in its own card, with the deputy's face and name.
#[component]
pub fn AnswerCard(
    answer: AnswerView,
    now: Millis,
    /// What belongs to it at its end: the question about it.
    #[prop(optional_no_strip)]
    more: Option<AnyView>,
) -> AnyView {
    let by = match answer.deputy.clone() {
        Some(card) => view! { <DeputyTag card=card /> }.into_any(),
        None => view! {
            <div class="by">
                <span class="face face--unit" aria-hidden="true">
                    {icon("#i-home")}
                </span>
                <p class="by__text">
                    <span class="by__name">{answer.by_name.clone()}</span>
                </p>
            </div>
        }
        .into_any(),
    };
    // A forwarded answer: the deputy's own words first, then the unit's answer with its name.
    let words = answer.words.clone().filter(|words| !words.is_empty()).map(|words| {
        view! { <div class="answer__words">{paragraphs(&words)}</div> }
    });
    let unit = answer
        .deputy
        .as_ref()
        .filter(|card| !answer.by_name.starts_with(card.name.as_str()))
        .map(|_| view! { <p class="answer__unit">{format!("{}答复：", answer.by_name)}</p> });
    let reason = answer
        .reason
        .clone()
        .map(|reason| view! { <p class="answer__extra"><b>{zh::case::ANSWER_REASON}</b> {reason}</p> });
    let contact = answer
        .contact
        .clone()
        .map(|contact| view! { <p class="answer__extra"><b>{zh::case::ANSWER_CONTACT}</b> {contact}</p> });
    let rated = answer.rating.as_ref().map(|rating| answer_rating(rating, answer.score));
    view! {
        <article class="answer">
            <h2 class="answer__title">{zh::case::answer_round(answer.round)}</h2>
            {by}
            <p class="answer__at">
                <time datetime=dates::iso(answer.at)>{dates::spoken(answer.at, now)}</time>
            </p>
            {outcome_chip(answer.outcome, answer.promise_date.as_ref(), now)}
            {words}
            {unit}
            <div class="answer__body">{paragraphs(&answer.body)}</div>
            {pictures(&answer.pictures)}
            {reason}
            {contact}
            {rated}
            {more}
        </article>
    }
    .into_any()
}

/// What the author thought of an answer.
pub fn answer_rating(rating: &Rating, score: Option<u8>) -> AnyView {
    let parts = [
        (zh::rate::ATTITUDE_SHORT, rating.attitude),
        (zh::rate::PROCESS_SHORT, rating.process),
        (zh::rate::RESULT_SHORT, rating.result),
    ]
    .map(|(what, level)| format!("{what}{}", zh::rate::level(level)))
    .join("，");
    let score = score.map(zh::case::score).unwrap_or_default();
    view! { <p class="answer__rated"><b>{zh::case::ANSWER_RATED}</b> {format!("{score} {parts}")}</p> }.into_any()
}
