//! A letter as staff read it: the person masked, everything else whole.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskCase, HolderView};
use liaison_domain::lifecycle::{EventKind, HolderKind, NameShown, PublicationState};

use super::super::case::origin_link;
use super::spotlight::{deputy_line, rating_line};
use crate::components::{
    AnswerCard, Audience, HolderClock, Timeline, copy_text, elapsed_parts, icon, notice, paragraphs,
};
use crate::i18n::{dates, desk as words, zh};
use crate::markup::view;

fn fact(label: &'static str, value: impl IntoAny) -> AnyView {
    view! { <div class="facts__one"><dt>{label}</dt><dd>{value.into_any()}</dd></div> }.into_any()
}

/// What is known about the letter, as a list of terms.
pub fn facts(case: &DeskCase, now: Millis) -> AnyView {
    let category = match &case.category {
        Some(category) => {
            // Whoever accepted the letter has checked it.
            let guessed = (case.category_guessed && case.class.is_none())
                .then(|| view! { <span class="facts__note">{words::CATEGORY_GUESSED}</span> });
            view! { {category.name.clone()} {guessed} }.into_any()
        }
        None => words::CATEGORY_NONE.into_any(),
    };
    let due = match case.due_at {
        Some(due) => {
            let class = if due < now { "facts__late" } else { "" };
            view! { <span class=class>{words::day_and_how_far(due, now)}</span> }.into_any()
        }
        None => words::DUE_NONE.into_any(),
    };
    let to = case
        .deputy
        .as_ref()
        .map_or_else(|| case.station.name.clone(), |deputy| deputy.name.clone());
    let place = [case.area_name.as_deref(), case.place.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let class = case.class.map(words::class);
    view! {
        <dl class="facts">
            {fact(words::DUE, due)}
            {fact(words::CATEGORY, category)}
            {(!place.is_empty()).then(|| fact(words::PLACE, place))}
            {class.map(|class| fact(words::CLASS, class))}
            {fact(words::AUTHOR, words::author(&case.author_masked, case.name_shown == NameShown::Hidden))}
            {fact(words::PHONE, case.phone_masked.clone())}
            {fact(words::TO, to)}
            {fact(words::STATION, case.station.name.clone())}
            {case.origin.as_ref().map(|origin| fact(zh::case::ORIGIN, origin_link("/desk/events/", origin)))}
            {fact(words::SUBMITTED_AT, dates::date_time(case.submitted_at, now))}
            {fact(words::CONTACTS, words::forms::contacts_so_far(&case.contacts))}
            {fact(words::CONSENT, if case.consent_publish { words::CONSENT_YES } else { words::CONSENT_NO })}
        </dl>
    }
    .into_any()
}

/// Body and pictures; `look` opens the picture with that number.
pub fn letter_text(case: &DeskCase, look: Callback<usize>) -> AnyView {
    let pictures = case
        .pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| {
            let label = if picture.alt.is_empty() {
                zh::common::picture(at + 1)
            } else {
                picture.alt.clone()
            };
            view! {
                <li>
                    <button type="button" class="thumb" on:click=move |_| look.run(at)>
                        <img src=picture.thumb_url.clone() alt=label width="144" height="144" loading="lazy"/>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="letter" aria-labelledby="letter-title">
            <h2 class="part-title" id="letter-title">{words::LETTER}</h2>
            <div class="letter__body">{paragraphs(&case.body)}</div>
            <ul class="letter__pictures">{pictures}</ul>
            {super::beside::beside(case)}
        </section>
    }
    .into_any()
}

/// To staff the resident is the one who wrote, not 「您」.
fn as_staff_say(kind: HolderKind, name: Option<String>) -> Option<String> {
    name.or_else(|| (kind == HolderKind::Resident).then(|| words::AUTHOR.to_owned()))
}

/// Who has the ball.
pub fn holder(case: &DeskCase, now: Millis) -> AnyView {
    let known = &case.holder;
    let holder = HolderView {
        name: as_staff_say(known.kind, known.name.clone()),
        ..known.clone()
    };
    view! { <HolderClock holder=holder next=None now=now/> }.into_any()
}

/// How long each of them has had it.
pub fn elapsed(case: &DeskCase) -> AnyView {
    let mut parts = case.elapsed.clone();
    for part in &mut parts {
        part.name = as_staff_say(part.kind, part.name.take());
    }
    elapsed_parts(&parts)
}

/// The reply that waits for the office, as the resident will read it, with what was found in it.
pub fn reply_in_review(card: AnyView, remarks: AnyView) -> AnyView {
    view! {
        <section class="part" aria-labelledby="review-title">
            <h2 class="part-title" id="review-title">{words::REPLY_IN_REVIEW}</h2>
            <p class="part__lead">{words::REPLY_AS_READ}</p>
            {card}
            {remarks}
        </section>
    }
    .into_any()
}

/// Units that probably answer for it, each with the reason, while it waits for one.
pub fn suggested_units(case: &DeskCase) -> AnyView {
    if case.suggested.units.is_empty() || !case.allowed_events.contains(&EventKind::Assign) {
        return ().into_any();
    }
    let items = case
        .suggested
        .units
        .iter()
        .map(|known| {
            view! {
                <li>
                    <b>{known.unit.name.clone()}</b> " " {words::task_role(known.role)}
                    <span class="suggested__why">{known.why.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="part" aria-labelledby="suggested-title">
            <h2 class="part-title" id="suggested-title">{words::SUGGESTED_UNITS}</h2>
            <ul class="suggested">{items}</ul>
        </section>
    }
    .into_any()
}

/// Answers given so far, newest first, each with what the resident thought of it.
pub fn answers(case: &DeskCase, now: Millis) -> AnyView {
    let mut answers = case.answers.clone();
    answers.sort_by_key(|answer| std::cmp::Reverse(answer.at));
    answers
        .into_iter()
        .map(|mut answer| {
            // The card itself speaks to the resident.
            let rated = answer.rating.take().map(|rating| rating_line(&rating, answer.score));
            let deputy = answer.deputy_rating.take().map(|rating| deputy_line(&rating));
            view! { <AnswerCard answer=answer now=now/> {rated} {deputy} }.into_any()
        })
        .collect_view()
        .into_any()
}

/// Where the letter stands on its way to the public.
pub fn publication(case: &DeskCase) -> AnyView {
    if case.publication == PublicationState::Private && case.copy.is_none() {
        return ().into_any();
    }
    let waiting = (case.publication == PublicationState::Pending).then(|| {
        if case.copy_approved {
            notice("good", words::COPY_APPROVED.to_owned())
        } else {
            notice("info", words::COPY_WAITING.to_owned())
        }
    });
    let open = (case.publication == PublicationState::Published).then(|| {
        view! {
            <a href=["/cases/", &case.no].concat() rel="external" target="_blank">{icon("#i-info")} {words::COPY_SEE}</a>
        }
    });
    view! {
        <section class="part" aria-labelledby="copy-title">
            <h2 class="part-title" id="copy-title">{words::PUBLICATION}</h2>
            <p class="part__lead">{words::publication(case.publication)} " " {open}</p>
            {waiting}
            {case.copy.as_ref().map(copy_text)}
        </section>
    }
    .into_any()
}

/// What happened, public and internal.
pub fn history(case: &DeskCase, now: Millis) -> AnyView {
    view! { <Timeline events=case.timeline.clone() now=now audience=Audience::Staff/> }.into_any()
}
