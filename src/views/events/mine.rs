//! What one has to do with events: where one comes, and what became of what one asked.

use super::list::{event_row_with, part};
use super::page::my_question;
use crate::components::{back_link, empty, list, notice, page_head};
use crate::i18n::zh::{case, meetings as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{EventCard, MyQuestion, RegistrationView};
use liaison_domain::events::RegistrationState;

/// An event one registered for or asked at.
#[derive(Clone, Debug)]
pub struct EventOfMine {
    /// The event.
    pub card: EventCard,
    /// One's place there, whatever became of it.
    pub registration: Option<RegistrationView>,
    /// What one asked, newest first.
    pub questions: Vec<MyQuestion>,
}

/// What goes on first, then what lies ahead, the next first, then what was, the latest first.
fn order(one: &EventOfMine, now: Millis) -> (u8, Millis) {
    let starts_at = one.card.starts_at;
    match part(&one.card, now) {
        words::LIVE_NOW => (0, starts_at),
        words::UPCOMING => (1, starts_at),
        _ => (2, -starts_at),
    }
}

/// One's seat in words, and the way to give it up while there is one.
fn seat(one: &EventOfMine) -> AnyView {
    let Some(held) = &one.registration else {
        return ().into_any();
    };
    let is_ahead = one.card.state.is_ahead();
    let words = match held.state {
        RegistrationState::Waiting if is_ahead => words::in_line(held.place_in_line.unwrap_or(1)),
        RegistrationState::Waiting => words::NO_SEAT.to_owned(),
        RegistrationState::Confirmed if is_ahead && held.moved_up_at.is_some() => words::MOVED_UP.to_owned(),
        RegistrationState::Confirmed if is_ahead => words::REGISTERED.to_owned(),
        RegistrationState::Confirmed => words::HAD_SEAT.to_owned(),
        RegistrationState::Withdrawn => words::GAVE_UP.to_owned(),
        RegistrationState::Cancelled => words::SEAT_CANCELLED.to_owned(),
    };
    if !(is_ahead && held.state.is_active()) {
        return view! { <p class="my-event__seat">{words}</p> }.into_any();
    }
    let button = if held.state == RegistrationState::Waiting {
        words::WITHDRAW_LINE
    } else {
        words::WITHDRAW
    };
    view! {
        {notice("good", words)}
        <form method="post" action="/mine/events">
            <input type="hidden" name="event" value=one.card.id.clone() />
            <button class="button button--second" type="submit" name="do" value="withdraw">
                {button}
            </button>
        </form>
    }
    .into_any()
}

fn row(one: &EventOfMine, now: Millis) -> AnyView {
    let questions = (!one.questions.is_empty()).then(|| {
        let rows = one.questions.iter().map(|question| my_question(question, now));
        view! {
            <h3 class="my-event__asked">{words::MY_QUESTIONS}</h3>
            <ul class="question-rows">{rows.collect_view()}</ul>
        }
    });
    let more = view! {
        {seat(one)}
        {questions}
    };
    event_row_with(&one.card, ["/events/", &one.card.id].concat(), now, more.into_any())
}

/// One's own events. `said`: what was just done.
#[component]
pub fn MyEventsView(events: Vec<EventOfMine>, said: Option<&'static str>, now: Millis) -> AnyView {
    let mut events = events;
    events.sort_by_key(|one| order(one, now));
    let parts = events
        .chunk_by(|a, b| part(&a.card, now) == part(&b.card, now))
        .map(|chunk| {
            view! {
                <section>
                    <h2>{part(&chunk[0].card, now)}</h2>
                    {list(chunk.iter().map(|one| row(one, now)).collect())}
                </section>
            }
            .into_any()
        })
        .collect_view();
    let rows = if events.is_empty() {
        empty(words::MINE_NONE, Some(("/events".into(), words::ALL_EVENTS)))
    } else {
        view! {
            {parts}
            <p class="links">
                <a href="/events">{words::ALL_EVENTS}</a>
            </p>
        }
        .into_any()
    };
    view! {
        {back_link("/mine".into(), case::MINE)}
        {page_head(words::MINE.into(), words::MINE_LEAD)}
        {said.map(|said| notice("good", said.to_owned()))}
        {rows}
    }
    .into_any()
}
