//! One's own bookings: the list, and one with all that can be done about it.

use super::{call, fact, state_chip};
use crate::components::{Errors, back_link, empty, error_summary, icon, list, notice, page_head};
use crate::i18n::zh::bookings as words;
use crate::i18n::zh::case;
use crate::markup::{Node, view};
use crate::views::elsewhere::{Missing, elsewhere};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Alternative, AppointmentDetail, AppointmentView, NumberLook};
use liaison_domain::reception::{BookingState, Mode, checkin_code};

fn href(booking: &AppointmentView) -> String {
    ["/mine/bookings/", &booking.id].concat()
}

fn when(booking: &AppointmentView, now: Millis) -> String {
    match booking.starts_at {
        Some(at) => words::moment(at, now),
        None => words::span(booking.session_starts_at, booking.session_ends_at, now),
    }
}

fn what(booking: &AppointmentView) -> String {
    if booking.title.is_empty() {
        words::kind(booking.kind).to_owned()
    } else {
        booking.title.clone()
    }
}

/// Whether the station waits for an answer.
fn needs_answer(booking: &AppointmentView) -> bool {
    booking.choice.is_some() || booking.state == BookingState::Offered
}

fn row(booking: &AppointmentView, now: Millis) -> AnyView {
    let deputy = booking.deputy_name.clone().map(|name| view! { <span>{name}</span> });
    view! {
        <li class=if needs_answer(booking) { "row row--you" } else { "row" }>
            <a class="row__title" href=href(booking)>
                {when(booking, now)}
            </a>
            <p class="row__meta">
                {state_chip(booking.state)} <span>{booking.station_name.clone()}</span> {deputy}
                <span>{what(booking)}</span>
            </p>
        </li>
    }
    .into_any()
}

/// One's own bookings, the latest first; what waits for an answer stands on top.
#[component]
pub fn BookingsView(bookings: Vec<AppointmentView>, now: Millis) -> AnyView {
    let rows = if bookings.is_empty() {
        empty(words::NONE, Some(("/receptions".into(), words::SEE_RECEPTIONS)))
    } else {
        let mut all: Vec<_> = bookings.iter().collect();
        all.sort_by_key(|booking| (!needs_answer(booking), !booking.state.is_open()));
        list(all.into_iter().map(|booking| row(booking, now)).collect())
    };
    let again = (!bookings.is_empty())
        .then(|| view! { <p class="links"><a class="link" href="/receptions">{words::SEE_RECEPTIONS}</a></p> });
    view! {
        {back_link("/mine".into(), case::MINE)}
        {page_head(words::MINE.into(), words::MINE_LEAD)}
        {rows}
        {again}
    }
    .into_any()
}

/// A form with one button, that posts to the booking's own page.
fn act(booking: &AppointmentView, act: &'static str, word: &'static str, main: bool) -> Node {
    let class = if main { "button" } else { "button button--second" };
    view! {
        <form method="post" action=href(booking)>
            <input type="hidden" name="version" value=booking.version.to_string() />
            <button class=class type="submit" name="do" value=act>
                {word}
            </button>
        </form>
    }
}

/// The booked time for one's own calendar.
fn calendar_file(booking: &AppointmentView, word: &'static str) -> AnyView {
    view! {
        <a class="button button--second" href=[&href(booking), ".ics"].concat()>
            {icon("#i-calendar")}
            {word}
        </a>
    }
    .into_any()
}

/// The sentence under the state, and the buttons that belong to it.
fn standing(booking: &AppointmentView, now: Millis) -> AnyView {
    let deputy = booking.deputy_name.as_deref();
    match (booking.state, booking.choice.as_deref()) {
        (BookingState::Dropped, Some(_)) => notice("warn", words::dropped(booking.cancel_reason.as_deref())),
        (state, Some(choice)) if state.is_open() => view! {
            {notice("warn", words::question(choice, deputy))}
            <div class="buttons">
                {act(booking, "keep", words::KEEP, true)} {act(booking, "cancel", words::NOT_KEEP, false)}
            </div>
        }
        .into_any(),
        (BookingState::Offered, _) => {
            let (Some(at), Some(until)) = (booking.starts_at, booking.offer_until) else {
                return ().into_any();
            };
            view! {
                {notice("warn", words::offer(at, until, now))}
                <div class="buttons">
                    {act(booking, "accept", words::ACCEPT, true)} {act(booking, "decline", words::DECLINE, false)}
                </div>
            }
            .into_any()
        }
        (BookingState::Waiting, _) => view! {
            {notice("info", words::place(booking.place_in_line.unwrap_or(1)))}
            <div class="buttons">{act(booking, "cancel", words::CANCEL_WAIT, false)}</div>
        }
        .into_any(),
        (BookingState::Booked, _) => view! {
            <p>{words::CANCEL_HOW}</p>
            <div class="buttons">
                {calendar_file(booking, words::CALENDAR)}
                {act(booking, "cancel", words::CANCEL, false)}
            </div>
            {elsewhere(Missing::Download)}
        }
        .into_any(),
        (BookingState::Dropped, None) => match &booking.letter_no {
            Some(no) => view! {
                <p>
                    {words::BECAME_LETTER}
                    <a href=["/mine/", no].concat()>{no.clone()}</a>
                </p>
            }
            .into_any(),
            None => view! { <p>{words::DONE}</p> }.into_any(),
        },
        _ => ().into_any(),
    }
}

/// What is offered instead of a reception that was cancelled.
fn instead(detail: &AppointmentDetail, now: Millis) -> AnyView {
    let booking = &detail.booking;
    if booking.choice.as_deref() != Some("alternatives") {
        return ().into_any();
    }
    let one = |other: &Alternative| {
        let href = ["/receptions/", &other.session_id, "/book?instead=", &booking.id].concat();
        view! {
            <li class="row">
                <a class="row__title" href=href>
                    {words::alternative(other.starts_at, other.ends_at, now)}
                </a>
                <p class="row__meta">
                    <span>{other.station_name.clone()}</span> <span>{other.deputies.join("、")}</span>
                    <span>{words::free(other.free)}</span>
                </p>
            </li>
        }
        .into_any()
    };
    let dates = if detail.alternatives.is_empty() {
        view! { <p>{words::NO_OTHER_DATE}</p> }.into_any()
    } else {
        list(detail.alternatives.iter().map(one).collect())
    };
    view! {
        <section aria-labelledby="instead">
            <h2 id="instead">{words::ALTERNATIVES}</h2>
            <h3>{words::OTHER_DATE}</h3>
            {dates}
            <h3>{words::TO_LETTER}</h3>
            <p>{words::TO_LETTER_HINT}</p>
            <div class="buttons">
                <a class="button" href=["/write?booking=", &booking.id].concat()>
                    {words::TO_LETTER}
                </a>
                {act(booking, "settle", words::DROP_IT, false)}
            </div>
        </section>
    }
    .into_any()
}

fn facts(booking: &AppointmentView, now: Millis) -> AnyView {
    let has_time = matches!(
        booking.state,
        BookingState::Booked | BookingState::CheckedIn | BookingState::Offered
    );
    let code = matches!(booking.state, BookingState::Booked | BookingState::CheckedIn).then(|| {
        view! {
            <div>
                <dt>{words::CODE}</dt>
                <dd>
                    <strong>{checkin_code(&booking.code)}</strong>
                    " "
                    {words::CODE_HINT}
                </dd>
            </div>
        }
    });
    let who = match &booking.deputy_name {
        Some(name) => name.clone(),
        None if has_time => words::WHO_ANY.to_owned(),
        None => String::new(),
    };
    let link = booking.online_link.clone().map(|link| {
        view! {
            <div>
                <dt>{words::LINK_LABEL}</dt>
                <dd>
                    <a href=link rel="noopener noreferrer">
                        {words::LINK}
                    </a>
                </dd>
            </div>
        }
    });
    let (mode, _) = words::mode(booking.mode);
    let mode = if booking.mode == Mode::Phone && has_time {
        [mode, "，", words::PHONE_MODE].concat()
    } else {
        mode.to_owned()
    };
    let queue = booking.queue_no.map(|no| no.to_string()).unwrap_or_default();
    view! {
        <dl class="facts">
            {code} {fact(words::QUEUE_NO, queue)} {fact(words::WHEN, when(booking, now))} {fact(words::WHO, who)}
            {fact(words::STATION, booking.station_name.clone())} {fact(words::WHERE, booking.place.clone())}
            {fact(words::MODE, mode)} {link} {fact(words::TOPIC, booking.topic.clone())}
            {fact(words::NEEDS, booking.access_needs.clone())} {fact(words::PEOPLE, words::people(booking.people))}
            {fact(words::CALLED, booking.name.clone())}
        </dl>
        <ul class="ways">
            <li>{call(&booking.station_phone)}</li>
            <li>
                <a href=["/receptions/", &booking.session_id].concat()>{words::TO_RECEPTION}</a>
            </li>
        </ul>
    }
    .into_any()
}

/// Who looked at the number that was left here, and why.
fn looks(detail: &AppointmentDetail, now: Millis) -> Option<AnyView> {
    if detail.looks.is_empty() {
        return None;
    }
    let one = |look: &NumberLook| view! { <li>{words::look(&look.who, look.at, &look.reason, now)}</li> }.into_any();
    Some(
        view! {
            <section aria-labelledby="looks">
                <h2 id="looks">{words::LOOKS}</h2>
                <ul>{detail.looks.iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// One's own booking. Its forms post `do` and `version` to its own address.
#[component]
pub fn BookingView(
    data: AppointmentDetail,
    #[prop(optional)] errors: Errors,
    /// What was just done.
    #[prop(optional)]
    done: String,
    now: Millis,
) -> AnyView {
    let booking = &data.booking;
    let said = words::done(&done).map(|words| notice("good", words.to_owned()));
    let title = [&when(booking, now), " ", &what(booking)].concat();
    // Whoever put it into a calendar gets it out again by the same file.
    let off = (booking.is_off() && booking.starts_at.is_some())
        .then(|| view! { <div class="buttons">{calendar_file(booking, words::CALENDAR_OFF)}</div> });
    view! {
        {back_link("/mine/bookings".into(), words::TO_LIST)}
        {error_summary(&errors, &[])}
        {page_head(title, "")}
        <p>
            {state_chip(booking.state)}
        </p>
        {said}
        {standing(booking, now)}
        {instead(&data, now)}
        {facts(booking, now)}
        {looks(&data, now)}
        {off}
    }
    .into_any()
}
