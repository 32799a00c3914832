//! The counter on a tablet: who waits, who is next, checking in, walk-ins.

use super::{clock, script, summary, wrong};
use crate::components::{Errors, TextField, icon, notice, page_head};
use crate::i18n::desk::ledger as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::MINUTE_MS;
use liaison_domain::dto::QueueEntry;
use liaison_domain::reception::{BookingState, Mode};

/// What the page knows of its reception.
#[derive(Clone, Debug, Default)]
pub struct CounterData {
    /// Of the reception.
    pub id: String,
    /// 「代表接待日」.
    pub title: String,
    /// Day, hours and station, in words.
    pub when: String,
    /// Whether people can still check in.
    pub is_open: bool,
    /// Everybody who booked or came.
    pub queue: Vec<QueueEntry>,
    /// Names the presses of this page's buttons: the same twice is one.
    pub once: String,
    /// The server's time.
    pub now: Millis,
    /// Address of the script beside the page.
    pub script: String,
}

/// What is typed at the counter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CounterForm {
    /// A check-in code.
    pub code: String,
    /// A walk-in: how to call them.
    pub name: String,
    /// What it is about.
    pub topic: String,
    /// How many come.
    pub people: String,
    /// What help they need.
    pub access_needs: String,
}

/// What just happened, with the slip to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// 「3 号王女士签到好了。」
    pub words: String,
    /// Address of the slip.
    pub slip: Option<String>,
}

/// 「3 号 王女士」.
fn name_of(one: &QueueEntry) -> String {
    let number = one.queue_no.map(words::number);
    let name = Some(one.name.clone()).filter(|name| !name.is_empty());
    match (number, name) {
        (Some(number), Some(name)) => [number, name].join(" "),
        (Some(number), None) => number,
        (None, name) => name.unwrap_or_else(|| words::NAMELESS.to_owned()),
    }
}

fn facts(one: &QueueEntry) -> AnyView {
    let several = (one.people > 1).then(|| words::people(one.people));
    let time = one.starts_at.map(clock);
    let mode = (one.mode != Mode::OnSite).then(|| words::mode(one.mode).to_owned());
    let needs = Some(one.access_needs.clone()).filter(|needs| !needs.is_empty());
    let parts = [time, one.deputy_name.clone(), several, mode, Some(one.topic.clone())];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let parts = parts
        .map(|part| view! { <span>{part}</span> }.into_any())
        .collect_view();
    let needs = needs.map(|needs| view! { <p class="queue-card__needs">{icon("#i-info")} {needs}</p> });
    view! { <p class="queue-card__facts">{parts}</p> {needs} }.into_any()
}

/// One person with the buttons that make sense now.
fn card(one: &QueueEntry, action: &str, buttons: Vec<AnyView>) -> AnyView {
    view! {
        <li class="queue-card">
            <div>
                <p class="queue-card__name">{name_of(one)}</p>
                {facts(one)}
            </div>
            <form class="queue-card__buttons" method="post" action=action.to_owned()>
                {buttons}
            </form>
        </li>
    }
    .into_any()
}

fn button(one: &QueueEntry, wish: &str, label: &'static str) -> AnyView {
    let name = format!("{label} {}", name_of(one));
    view! {
        <button class="button button--second" type="submit" name="do" value=format!("{wish}:{}", one.id) aria-label=name>
            {label}
        </button>
    }
    .into_any()
}

fn cards(list: Vec<AnyView>, none: &'static str) -> AnyView {
    if list.is_empty() {
        view! { <p class="count">{none}</p> }.into_any()
    } else {
        view! { <ul class="queue-cards">{list}</ul> }.into_any()
    }
}

/// The queue: it keeps itself true while nobody's focus is in it.
fn queue(data: &CounterData, action: &str) -> AnyView {
    let here = |one: &&QueueEntry| one.state == BookingState::CheckedIn;
    let now: Vec<_> = data
        .queue
        .iter()
        .filter(here)
        .filter(|one| one.called_at.is_some())
        .collect();
    let mut waiting: Vec<_> = data
        .queue
        .iter()
        .filter(here)
        .filter(|one| one.called_at.is_none())
        .collect();
    waiting.sort_by_key(|one| one.queue_no);
    let mut done: Vec<_> = data
        .queue
        .iter()
        .filter(|one| one.state == BookingState::Done)
        .collect();
    done.sort_by_key(|one| one.queue_no);
    let counts = words::counts(waiting.len(), now.len(), done.len());
    let slip = |one: &QueueEntry| {
        let href = format!("/desk/receptions/{}/slip?booking={}", data.id, one.id);
        let name = format!("{} {}", words::PRINT_NUMBER, name_of(one));
        view! { <a class="button button--second" href=href aria-label=name>{words::PRINT_NUMBER}</a> }.into_any()
    };
    let in_talk = now.iter().map(|one| {
        let write = format!("/desk/receptions/{}/notes?booking={}", data.id, one.id);
        let label = format!("{} {}", words::WRITE, name_of(one));
        let write =
            view! { <a class="button button--second" href=write aria-label=label>{words::WRITE}</a> }.into_any();
        let buttons = vec![
            write,
            button(one, "finish", words::TALKED),
            button(one, "back", words::BACK_TO_WAIT),
        ];
        card(one, action, buttons)
    });
    let in_talk: Vec<_> = in_talk.collect();
    let in_line = waiting
        .iter()
        .map(|one| card(one, action, vec![button(one, "call", words::CALL), slip(one)]))
        .collect();
    let names = done
        .iter()
        .map(|one| view! { <li>{name_of(one)}</li> }.into_any())
        .collect_view();
    let done = (!done.is_empty()).then(|| {
        view! {
            <details class="how">
                <summary>{format!("{} {}", words::DONE, done.len())}</summary>
                <ul class="bullets">{names}</ul>
            </details>
        }
    });
    view! {
        <div id="queue" data-live="">
            <p class="counter__counts">{counts}</p>
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="once" value=data.once.clone() />
                <button class="button counter__next" id="next" type="submit" name="do" value="next"
                    disabled=waiting.is_empty()>
                    {icon("#i-bell")}
                    {words::NEXT}
                </button>
            </form>
            <h2>{words::NOW}</h2>
            {cards(in_talk, words::NOW_NONE)}
            <h2>{words::WAITING}</h2>
            {cards(in_line, words::WAITING_NONE)}
            {done}
        </div>
    }
    .into_any()
}

/// Those who booked and are not here yet.
fn booked(data: &CounterData, action: &str) -> AnyView {
    let expected = data.queue.iter().filter(|one| {
        matches!(
            one.state,
            BookingState::Booked | BookingState::Offered | BookingState::Waiting | BookingState::NoShow
        )
    });
    let list = expected.map(|one| {
        let late = one
            .starts_at
            .map(|at| (data.now - at) / MINUTE_MS)
            .filter(|minutes| *minutes > 0);
        let late =
            late.map(|minutes| view! { <p class="queue-card__late">{icon("#i-clock")} {words::late(minutes)}</p> });
        view! {
            <li class="queue-card">
                <div>
                    <p class="queue-card__name">{name_of(one)}</p>
                    {facts(one)}
                    {late}
                </div>
                <form class="queue-card__buttons" method="post" action=action.to_owned()>
                    {button(one, "checkin", words::CHECK_IN)}
                </form>
            </li>
        }
        .into_any()
    });
    view! {
        <div id="booked" data-live="">
            <h2>{words::BY_LIST}</h2>
            {cards(list.collect(), words::BY_LIST_NONE)}
        </div>
    }
    .into_any()
}

fn by_code(form: &CounterForm, errors: &Errors, action: &str) -> AnyView {
    view! {
        <form class="counter__form" method="post" action=action.to_owned() novalidate=true>
            <h2>{words::BY_CODE}</h2>
            <TextField
                name="code"
                label="签到码"
                hint=words::BY_CODE_HINT
                value=form.code.clone()
                error=wrong(errors, "code")
                inputmode="numeric"
                short=true
            />
            <button class="button button--second" type="submit" name="do" value="code">
                {icon("#i-good")}
                {words::CHECK_IN}
            </button>
        </form>
    }
    .into_any()
}

fn walk_in(data: &CounterData, form: CounterForm, errors: &Errors, action: &str) -> AnyView {
    view! {
        <form class="counter__form" method="post" action=action.to_owned() novalidate=true>
            <input type="hidden" name="once" value=data.once.clone() />
            <h2>{words::WALK_IN}</h2>
            <p>{words::WALK_IN_HINT}</p>
            <TextField name="topic" label=words::WALK_IN_TOPIC value=form.topic error=wrong(errors, "topic") />
            <TextField name="name" label=words::WALK_IN_NAME value=form.name error=wrong(errors, "name") optional=true />
            <TextField
                name="people"
                label=words::PEOPLE
                value=if form.people.is_empty() { "1".to_owned() } else { form.people }
                error=wrong(errors, "people")
                inputmode="numeric"
                short=true
            />
            <TextField
                name="access_needs"
                label=words::WALK_IN_NEEDS
                hint=words::WALK_IN_NEEDS_HINT
                value=form.access_needs
                error=wrong(errors, "access_needs")
                optional=true
            />
            <button class="button button--second" type="submit" name="do" value="walkin">
                {icon("#i-people")}
                {words::TAKE_NUMBER}
            </button>
        </form>
    }
    .into_any()
}

/// The page.
#[component]
pub fn CounterView(
    data: CounterData,
    form: CounterForm,
    #[prop(optional)] errors: Errors,
    #[prop(optional_no_strip)] said: Option<Said>,
) -> AnyView {
    let action = format!("/desk/receptions/{}/counter", data.id);
    let said = said.map(|said| {
        let slip = said
            .slip
            .map(|href| view! { <a class="button button--second" href=href>{words::PRINT_NUMBER}</a> });
        view! {
            <div class="counter__said" role="status">
                {notice("good", said.words)}
                {slip}
            </div>
        }
    });
    let entrance = if data.is_open {
        view! {
            {by_code(&form, &errors, &action)}
            {booked(&data, &action)}
            {walk_in(&data, form, &errors, &action)}
        }
        .into_any()
    } else {
        notice("info", words::OVER.to_owned())
    };
    let jumps = data.is_open.then(|| {
        view! {
            <p class="buttons counter__jumps">
                <a class="button button--second" href="#code">
                    {words::TO_CODE}
                </a>
                <a class="button button--second" href="#topic">
                    {words::TO_WALK_IN}
                </a>
            </p>
        }
    });
    let when = data.when.clone();
    view! {
        <div class="counter">
            {summary(&errors)}
            {page_head(format!("{}：{}", words::COUNTER, data.title), "")}
            <p class="lead">{when}</p>
            {said}
            {jumps}
            <div class="counter__columns">
                <section>{queue(&data, &action)}</section>
                <section>{entrance}</section>
            </div>
            <p class="links">
                <a class="link" href=format!("/desk/receptions/{}/notes", data.id)>
                    {words::TO_NOTES}
                </a>
                <a class="link" href=format!("/desk/ledger?session={}", data.id)>
                    {words::TITLE}
                </a>
            </p>
            {script(&data.script)}
        </div>
    }
    .into_any()
}
