//! One event's page.

use super::ask::{AskForm, EventGate};
use super::list::kind_chip;
use super::{after, ask, live_lines, questions, room, state_chip};
use crate::components::{DeputyCardView, Errors, back_link, icon, notice, paragraphs};
use crate::i18n::dates;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{AgendaItem, EventMine, EventView, MyQuestion, QuestionList};
use liaison_domain::events::{QuestionState, RegistrationState};

/// Everything that the page of an event shows.
#[derive(Clone, Debug)]
pub struct EventPage {
    /// The event.
    pub view: EventView,
    /// Questions that everybody may read.
    pub questions: QuestionList,
    /// Of a resident who is logged in.
    pub mine: Option<EventMine>,
    /// The question as typed.
    pub ask: AskForm,
    /// What is wrong with it.
    pub errors: Errors,
    /// The verification in front of what one wants.
    pub gate: Option<EventGate>,
    /// What was refused just now, in words.
    pub refused: Option<String>,
    /// It was refused because the reader is restricted: the ways on stand below the words.
    pub restricted: bool,
    /// What was just done, in words.
    pub said: Option<&'static str>,
    /// Whose residents they are.
    pub district: String,
    /// When it is drawn.
    pub now: Millis,
}

impl EventPage {
    /// The page as it opens.
    pub fn new(view: EventView, questions: QuestionList, district: String, now: Millis) -> Self {
        Self {
            view,
            questions,
            mine: None,
            ask: AskForm::default(),
            errors: Errors::default(),
            gate: None,
            refused: None,
            restricted: false,
            said: None,
            district,
            now,
        }
    }

    /// Where the page's forms post to, and where on it a browser without scripts finds the answer.
    pub(super) fn post_to(&self, place: &str) -> String {
        let sort = self.questions.sort.code();
        let cursor = questions::cursor_in(self.questions.cursor.as_deref());
        ["/events/", &self.view.card.id, "?sort=", sort, &cursor, "#", place].concat()
    }
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// The part that says where the event stands; `data-doors` changes when what a reader may do changes.
fn standing(view: &EventView) -> AnyView {
    let state = view.card.state;
    let cancelled = view
        .cancel_reason
        .as_ref()
        .map(|reason| notice("warn", [words::CANCELLED_WHY, "：", reason].concat()));
    let seats = (view.card.seats.needed && state.is_ahead()).then(|| {
        view! { <p class="row__fact">{icon("#i-people")} <span>{words::seats(&view.card.seats)}</span></p> }
    });
    let doors = [view.takes_questions, view.takes_registrations].map(|open| if open { "1" } else { "0" });
    view! {
        <div class="standing" id="ev-standing" data-live="" data-doors=doors.concat() data-say=words::say_state(state)>
            <p class="standing__chips">{state_chip(state)} {kind_chip(view.card.kind)}</p>
            <p>{words::state_means(state)}</p>
            {cancelled}
            {seats}
        </div>
    }
    .into_any()
}

fn facts(view: &EventView, now: Millis) -> AnyView {
    let card = &view.card;
    let far = card.state.is_ahead().then(|| words::far(card.starts_at, now)).flatten();
    let when = view! {
        <time datetime=dates::iso(card.starts_at)>{words::span(card.starts_at, card.ends_at, now)}</time>
        {far.map(|far| view! { <span class="whole">{["（", &far, "）"].concat()}</span> })}
    };
    let place = (!card.place.is_empty()).then(|| fact(words::PLACE, card.place.clone().into_any()));
    let online = view.online_url.clone().filter(|_| card.state.is_open()).map(|url| {
        fact(
            words::ONLINE_AT,
            view! {
                <a href=url rel="noopener noreferrer external">
                    {words::ONLINE_OPEN}
                </a>
            }
            .into_any(),
        )
    });
    let station = view! {
        <a href=["/stations/", &card.station_slug].concat() rel="external">
            {card.station_name.clone()}
        </a>
    };
    view! {
        <dl class="facts">
            {fact(words::WHEN, when.into_any())} {place} {online}
            {fact(words::STATION, station.into_any())}
            {fact(words::ORGANISER, view.organiser.clone().into_any())}
        </dl>
    }
    .into_any()
}

fn agenda(items: &[AgendaItem]) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let lines = items
        .iter()
        .map(|item| {
            let at = item
                .at
                .map(|at| view! { <span class="agenda__at">{dates::time(at)}</span> });
            view! {
                <li class="agenda__line">
                    {at} <span>{item.text.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section aria-labelledby="agenda">
            <h2 id="agenda">{words::AGENDA}</h2>
            <ol class="agenda">{lines}</ol>
        </section>
    }
    .into_any()
}

fn panel(view: &EventView, now: Millis) -> AnyView {
    let deputies = view
        .deputies
        .iter()
        .map(|card| view! { <DeputyCardView card=card.clone() now=now /> }.into_any())
        .collect_view();
    let named = |title: &'static str, names: Vec<String>| {
        (!names.is_empty()).then(|| view! { <p>{[title, "：", &names.join("、")].concat()}</p> })
    };
    let units = named(words::UNITS, view.units.iter().map(|unit| unit.name.clone()).collect());
    let hosts = named(words::MODERATORS, view.moderators.clone());
    if view.deputies.is_empty() && view.units.is_empty() && view.moderators.is_empty() {
        return ().into_any();
    }
    view! {
        <section aria-labelledby="panel">
            <h2 id="panel">{words::PANEL}</h2>
            <ul class="rows">{deputies}</ul>
            {units}
            {hosts}
        </section>
    }
    .into_any()
}

fn rules(text: &str) -> AnyView {
    (!text.is_empty())
        .then(|| {
            view! {
                <section aria-labelledby="rules">
                    <h2 id="rules">{words::RULES}</h2>
                    {paragraphs(text)}
                </section>
            }
        })
        .into_any()
}

/// One's place at the event, and the button that changes it.
fn seat(page: &EventPage) -> AnyView {
    let view = &page.view;
    let button = |wish: &'static str, class: &'static str, name: &'static str| {
        view! {
            <form method="post" action=page.post_to("seat")>
                <button class=class type="submit" name="do" value=wish>
                    {name}
                </button>
            </form>
        }
        .into_any()
    };
    let held = page
        .mine
        .as_ref()
        .and_then(|mine| mine.registration.as_ref())
        .filter(|held| held.state.is_active());
    let inner = if let Some(held) = held {
        let words = match (held.state, held.place_in_line, held.moved_up_at) {
            (RegistrationState::Waiting, Some(place), _) => words::in_line(place),
            (_, _, Some(_)) => words::MOVED_UP.to_owned(),
            _ => words::REGISTERED.to_owned(),
        };
        let give_up = view
            .card
            .state
            .is_ahead()
            .then(|| button("withdraw", "button button--second", words::WITHDRAW));
        view! {
            {notice("good", words)}
            {give_up}
        }
        .into_any()
    } else if view.takes_registrations {
        let seats = &view.card.seats;
        let is_full = seats.capacity.is_some_and(|capacity| seats.confirmed >= capacity);
        match (is_full, seats.waiting_list) {
            (false, _) => button("register", "button button--second", words::REGISTER),
            (true, true) => button("register", "button button--second", words::REGISTER_WAIT),
            (true, false) => view! { <p>{words::FULL}</p> }.into_any(),
        }
    } else if view.card.state.is_ahead() && !view.card.seats.needed {
        view! { <p>{words::NO_REGISTRATION}</p> }.into_any()
    } else {
        ().into_any()
    };
    view! {
        <div class="seat" id="seat" data-live="">
            {inner}
        </div>
    }
    .into_any()
}

pub(super) fn my_question(data: &MyQuestion, now: Millis) -> AnyView {
    let shown = data
        .shown
        .as_ref()
        .map(|shown| view! { <p class="count">{[words::SHOWN_AS, "：", shown].concat()}</p> });
    let hidden = data
        .hidden_reason
        .as_ref()
        .filter(|_| data.state == QuestionState::Hidden)
        .map(|reason| view! { <p class="my-question__why">{[words::WHY_HIDDEN, "：", reason].concat()}</p> });
    let letter = data.letter_no.as_ref().map(|no| {
        view! {
            <p class="question-row__follow">
                {icon("#i-work")} <span>{words::MY_LETTER}</span>
                <a href=["/mine/", no].concat() rel="external">
                    {no.clone()}
                </a>
            </p>
        }
    });
    view! {
        <li class="question-row" id=["m-", &data.id].concat()>
            <p class="question-row__text">{data.text.clone()}</p>
            {shown}
            <p class="row__meta">
                {questions::question_chip(data.state)}
                <time datetime=dates::iso(data.asked_at)>{dates::date_time(data.asked_at, now)}</time>
                <span>{words::votes(data.votes)}</span>
            </p>
            {hidden}
            {questions::answer(data.answer.as_ref(), data.state, now)}
            {questions::follow_up(data.follow_up.as_ref())}
            {letter}
        </li>
    }
    .into_any()
}

/// One's own questions, and what of the page's buttons is pressed.
fn mine(page: &EventPage) -> AnyView {
    let Some(mine) = &page.mine else {
        return view! { <section id="ev-mine" data-live="" data-pressed=""></section> }.into_any();
    };
    let votes = mine
        .votes
        .iter()
        .map(|vote| [&vote.poll_id, ":", &vote.option.to_string()].concat());
    let pressed: Vec<String> = mine.upvoted.iter().cloned().chain(votes).collect();
    let list = (!mine.questions.is_empty()).then(|| {
        let rows = mine
            .questions
            .iter()
            .map(|one| my_question(one, page.now))
            .collect_view();
        view! {
            <h2>{words::MY_QUESTIONS}</h2>
            <ul class="question-rows">{rows}</ul>
        }
    });
    let waits = mine.questions.iter().any(|one| one.state == QuestionState::Pending);
    view! {
        <section
            id="ev-mine"
            data-live=""
            data-own=""
            data-waits=waits.then_some("")
            data-pressed=pressed.join(" ")
        >
            {list}
        </section>
    }
    .into_any()
}

/// What everybody gets alike, for the script: no form, nothing of the reader.
pub fn public_parts(view: &EventView, list: &QuestionList, district: &str, now: Millis) -> AnyView {
    view! {
        {standing(view)} {room::room(view, &[], district, now)} {questions::count(list, view.takes_questions)}
        {questions::rows(list, view, &[], district, now)} {questions::pages(&view.card.id, list)}
        {after::after(view, now)}
    }
    .into_any()
}

/// What is the reader's own, for the script. `is_answer`: to a form that was sent; what the script asks for by itself
/// leaves the last such answer alone. `asks`: with the form to ask with.
pub fn own_parts(page: &EventPage, is_answer: bool, asks: bool) -> AnyView {
    view! {
        {is_answer.then(|| ask::answer(page))} {seat(page)} {asks.then(|| ask::ask(page, &page.district))} {mine(page)}
    }
    .into_any()
}

/// One event: what it is, what goes on, asking, what came of it.
#[component]
pub fn EventPageView(page: EventPage) -> AnyView {
    let (view, list, now) = (&page.view, &page.questions, page.now);
    let district = page.district.as_str();
    let here = ["/events/", &view.card.id].concat();
    let upvoted = page.mine.as_ref().map_or(&[][..], |mine| &mine.upvoted);
    let votes = page.mine.as_ref().map_or(&[][..], |mine| &mine.votes);
    let sort = [list.sort.code(), &questions::cursor_in(list.cursor.as_deref())].concat();
    view! {
        <div
            data-live-page=""
            data-part=[&here, "?part=live&sort=", &sort].concat()
            data-mine=[&here, "?part=mine&sort=", &sort].concat()
            data-stream=["/api/v1", &here, "/stream"].concat()
            data-net=words::NET
        >
            {back_link("/events".into(), words::TITLE)}
            {ask::answer(&page)}
            <div class="head">
                <h1 tabindex="-1">{view.card.title.clone()}</h1>
                {standing(view)}
            </div>
            {paragraphs(&view.intro)}
            {facts(view, now)}
            {seat(&page)}
            <div class="columns">
                <div class="columns__main">
                    <form method="post" action=page.post_to("ev-room")>
                        {room::room(view, votes, district, now)}
                    </form>
                    {ask::ask(&page, district)}
                    {mine(&page)}
                    <section aria-labelledby="questions">
                        <h2 id="questions">{words::QUESTIONS}</h2>
                        {questions::count(list, view.takes_questions)}
                        {(list.total > 1).then(|| questions::sorts(&view.card.id, list.sort))}
                        <p class="fresh">
                            <button
                                class="button button--second"
                                type="button"
                                data-show="ev-questions"
                                data-words=words::NEW_WORDS
                                hidden=true
                            >
                                {words::NEW_ONES}
                            </button>
                        </p>
                        <form method="post" action=page.post_to("questions")>
                            {questions::rows(list, view, upvoted, district, now)}
                        </form>
                        {questions::pages(&view.card.id, list)}
                    </section>
                    {after::after(view, now)}
                </div>
                <div class="columns__side">
                    {agenda(&view.agenda)}
                    {panel(view, now)}
                    {rules(&view.rules)}
                    <p class="more">
                        <a href=[&here, "/screen"].concat()>{words::SCREEN}</a>
                    </p>
                </div>
            </div>
            {live_lines([&here, "?sort=", &sort].concat())}
        </div>
    }
    .into_any()
}
