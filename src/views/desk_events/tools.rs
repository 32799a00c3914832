//! Beside the queue: where the event goes, the host's word to everybody, polls, minutes, what was resolved, who comes.

use super::fields::Filled;
use super::page::DeskEvent;
use super::queue::parties;
use crate::components::{icon, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::meetings as words;
use crate::i18n::zh::meetings;
use crate::markup::view;
use crate::views::events::{poll_results, resolution_chip};
use leptos::prelude::*;
use liaison_domain::dto::{Attendees, PollView, ResolutionView};
use liaison_domain::events::{EventState, RegistrationState, ResolutionState};

fn version(page: &DeskEvent, form: &Filled<'_>) -> AnyView {
    view! {
        <input type="hidden" name="version" value=page.data.version.to_string() />
        <input type="hidden" name="form" value=form.name() />
    }
    .into_any()
}

/// The step that is usually next is the page's one main button.
fn step(to: EventState, is_first: bool) -> AnyView {
    let class = if is_first { "button" } else { "button button--second" };
    view! {
        <button class=class type="submit" name="do" value=["state:", to.code()].concat()>
            {words::step(to)}
        </button>
    }
    .into_any()
}

/// Where the event may go from here.
pub(super) fn steps(page: &DeskEvent) -> AnyView {
    let state = page.data.view.card.state;
    // Forward before back: the table lists them by where they lead.
    let mut next: Vec<EventState> = page.data.next.clone();
    next.retain(|to| *to != EventState::Cancelled);
    if state == EventState::Live {
        next.sort_by_key(|to| *to == EventState::Open);
    }
    if state == EventState::Closed {
        next.sort_by_key(|to| *to == EventState::Live);
    }
    let form = Filled::of("state".to_owned(), page.refused.as_ref());
    let buttons = next
        .iter()
        .enumerate()
        .map(|(at, to)| step(*to, at == 0))
        .collect_view();
    let steps = (!next.is_empty()).then(|| {
        view! {
            // Why it cannot go on stands until something is sent: then it may, at the version that came of it.
            <form method="post" action=page.post_to("desk-state") data-refused=form.is_refused().then_some("") data-answer="">
                {version(page, &form)} {form.wrong()} <p class="buttons">{buttons}</p>
            </form>
        }
    });
    let cancel = Filled::of("cancel".to_owned(), page.refused.as_ref());
    let may_cancel = page.data.next.contains(&EventState::Cancelled);
    let cancel = may_cancel.then(|| {
        view! {
            <details class="tool__more" open=cancel.is_refused()>
                <summary>{words::step(EventState::Cancelled)}</summary>
                <form method="post" action=page.post_to("desk-state") data-refused=cancel.is_refused().then_some("")>
                    {version(page, &cancel)} {cancel.whole()}
                    {cancel.line("reason", "text", words::CANCEL_REASON, words::CANCEL_HINT, "")}
                    <button class="button button--danger" type="submit" name="do" value="state:cancelled">
                        {words::step(EventState::Cancelled)}
                    </button>
                </form>
            </details>
        }
    });
    let delete = Filled::of("delete".to_owned(), page.refused.as_ref());
    // The page goes with the event: the browser follows the answer itself.
    let delete = (state == EventState::Draft).then(|| {
        view! {
            <details class="tool__more" open=delete.is_refused()>
                <summary>{words::DELETE}</summary>
                <form method="post" action=page.post_to("desk-state") data-plain="">
                    {version(page, &delete)} {delete.whole()} <p>{words::DELETE_SURE}</p>
                    <button class="button button--danger" type="submit" name="do" value="delete">
                        {words::DELETE_GO}
                    </button>
                </form>
            </details>
        }
    });
    let (tone, sign) = meetings::state_look(state);
    view! {
        <section class="tool" id="desk-state" data-live="" data-say=meetings::say_state(state)>
            <h2>{words::STATE}</h2>
            <p>{tone_chip(tone, sign, meetings::state(state))}</p>
            {steps}
            {cancel}
            {delete}
        </section>
    }
    .into_any()
}

fn host(page: &DeskEvent) -> AnyView {
    if !page.data.view.card.state.takes_broadcasts() {
        return ().into_any();
    }
    let form = Filled::of("host".to_owned(), page.refused.as_ref());
    view! {
        <section class="tool" id="desk-host">
            <h2>{words::HOST}</h2>
            <form method="post" action=page.post_to("desk-host") data-refused=form.is_refused().then_some("")>
                {version(page, &form)} {form.area("text", words::HOST_TEXT, "", "", 2)}
                <button class="button button--second" type="submit" name="do" value="host">
                    {icon("#i-bell")}
                    {words::HOST_SEND}
                </button>
            </form>
        </section>
    }
    .into_any()
}

fn poll(one: &PollView, page: &DeskEvent) -> AnyView {
    let (wish, name) = if one.open {
        ("poll-close:", words::POLL_CLOSE)
    } else {
        ("poll-open:", words::POLL_REOPEN)
    };
    view! {
        <li class="tool__one" id=["dp-", &one.id].concat()>
            <h3>{one.question.clone()}</h3>
            <p class="count">{meetings::poll_base(one.n)}</p>
            {poll_results(one)}
            <form method="post" action=page.post_to("desk-polls")>
                <button class="button button--quiet" type="submit" name="do" value=[wish, &one.id].concat()>
                    {name}
                </button>
            </form>
        </li>
    }
    .into_any()
}

fn polls(page: &DeskEvent) -> AnyView {
    let view = &page.data.view;
    let form = Filled::of("poll".to_owned(), page.refused.as_ref());
    let all = view.polls.iter().map(|one| poll(one, page)).collect_view();
    let new = matches!(view.card.state, EventState::Open | EventState::Live).then(|| {
        view! {
            <details class="tool__more" open=form.is_refused()>
                <summary>{words::POLL_OPEN}</summary>
                <form method="post" action=page.post_to("desk-polls") data-refused=form.is_refused().then_some("")>
                    {version(page, &form)} {form.line("question", "text", words::POLL_QUESTION, "", "")}
                    {form.area("options", words::POLL_OPTIONS, words::POLL_OPTIONS_HINT, "", 4)}
                    <button class="button button--second" type="submit" name="do" value="poll">
                        {words::POLL_OPEN}
                    </button>
                </form>
            </details>
        }
    });
    let inner = (new.is_some() || !view.polls.is_empty()).then(|| {
        view! {
            <h2>{words::POLLS}</h2>
            {new}
            <ul>{all}</ul>
        }
    });
    view! {
        <section class="tool" id="desk-polls" data-live="">
            {inner}
        </section>
    }
    .into_any()
}

fn minutes(page: &DeskEvent) -> AnyView {
    if !page.data.view.card.state.takes_minutes() {
        return ().into_any();
    }
    let form = Filled::of("minutes".to_owned(), page.refused.as_ref());
    let count = page.data.attendance.map(|count| count.to_string()).unwrap_or_default();
    view! {
        <form method="post" action=page.post_to("desk-minutes") data-refused=form.is_refused().then_some("")>
            <h2>{words::MINUTES}</h2>
            {version(page, &form)}
            {form.area(
                "text",
                words::MINUTES,
                words::MINUTES_HINT,
                page.data.minutes.as_deref().unwrap_or_default(),
                if page.data.view.card.state == EventState::Live { 3 } else { 8 },
            )}
            {form.line("attendance", "number", words::ATTENDANCE, "", &count)}
            <button class="button button--second" type="submit" name="do" value="minutes">
                {words::MINUTES_SAVE}
            </button>
        </form>
    }
    .into_any()
}

fn resolution(one: &ResolutionView, page: &DeskEvent) -> AnyView {
    let form = Filled::of(["follow-", &one.id].concat(), page.refused.as_ref());
    let due = one.due.as_ref().map(|day| {
        view! { <span>{[meetings::DUE, " ", &dates::spoken_day(day, page.now)].concat()}</span> }
    });
    let question = one.question.as_ref().map(|text| {
        view! { <p class="count">{[meetings::FROM_QUESTION, "：", &meetings::short(text)].concat()}</p> }
    });
    let buttons = [
        (ResolutionState::Done, words::RESOLUTION_DONE),
        (ResolutionState::Dropped, words::RESOLUTION_DROP),
        (ResolutionState::Open, words::RESOLUTION_AGAIN),
    ]
    .into_iter()
    .filter(|(to, _)| *to != one.state)
    .map(|(to, name)| {
        view! {
            <button class="button button--quiet" type="submit" name="do" value=["follow:", to.code()].concat()>
                {name}
            </button>
        }
        .into_any()
    })
    .collect_view();
    view! {
        <li class="tool__one" id=["dr-", &one.id].concat()>
            <p class="question-row__text">{one.text.clone()}</p>
            <p class="row__meta">{resolution_chip(one.state)} <span>{one.owner_name.clone()}</span> {due}</p>
            {question}
            <form method="post" action=page.post_to("desk-resolutions") data-refused=form.is_refused().then_some("")>
                <input type="hidden" name="resolution" value=one.id.clone() />
                <input type="hidden" name="version" value=one.version.to_string() />
                <input type="hidden" name="form" value=form.name() />
                {form.whole()}
                {form.line("note", "text", words::RESOLUTION_NOTE, "", one.note.as_deref().unwrap_or_default())}
                <p class="buttons">{buttons}</p>
            </form>
        </li>
    }
    .into_any()
}

fn resolutions(page: &DeskEvent) -> AnyView {
    if !page.data.view.card.state.takes_resolutions() {
        return ().into_any();
    }
    let form = Filled::of("resolve".to_owned(), page.refused.as_ref());
    let asked = page.asked.iter().map(|(id, text)| (id.clone(), meetings::short(text)));
    let question = (!page.asked.is_empty()).then(|| {
        form.choice(
            "question_id",
            words::RESOLUTION_QUESTION,
            words::RESOLUTION_QUESTION_HINT,
            "",
            vec![(String::new(), asked.collect())],
        )
    });
    let all = page
        .data
        .view
        .resolutions
        .iter()
        .map(|one| resolution(one, page))
        .collect_view();
    view! {
        <section class="tool" id="desk-resolutions" data-live="">
            <h2>{words::RESOLUTIONS}</h2>
            <ul>{all}</ul>
            <details class="tool__more" open=form.is_refused()>
                <summary>{words::RESOLUTION_ADD}</summary>
                <form method="post" action=page.post_to("desk-resolutions") data-refused=form.is_refused().then_some("")>
                    {version(page, &form)} {form.area("text", words::RESOLUTION_TEXT, "", "", 2)}
                    {form.choice("owner", words::RESOLUTION_OWNER, "", "", vec![(String::new(), parties(page))])}
                    {question}
                    {form.line("due", "date", words::RESOLUTION_DUE, "", "")}
                    {form.line("letter", "text", words::RESOLUTION_LETTER, "", "")}
                    <button class="button button--second" type="submit" name="do" value="resolve">
                        {words::RESOLUTION_ADD}
                    </button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// Who comes.
fn attendees(data: &Attendees) -> AnyView {
    let rows = data
        .items
        .iter()
        .filter(|one| one.state.is_active())
        .map(|one| {
            let state = if one.state == RegistrationState::Waiting {
                words::WAITING_LIST
            } else {
                words::CONFIRMED
            };
            view! {
                <li class="row__meta">
                    <b>{one.name.clone()}</b> <span>{one.phone_masked.clone()}</span> <span>{state}</span>
                </li>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="count">{words::ATTENDEES_NONE}</p> }.into_any()
    } else {
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <section class="tool" id="desk-attendees" data-live="">
            <h2>{words::ATTENDEES}</h2>
            <p>{meetings::seats(&data.seats)}</p>
            {list}
        </section>
    }
    .into_any()
}

/// All of it, for whoever moderates.
pub(super) fn tools(page: &DeskEvent) -> AnyView {
    let comes = page.attendees.as_ref().filter(|data| data.seats.needed).map(attendees);
    view! {
        {steps(page)}
        <div id="desk-say" data-live="">{host(page)}</div>
        {polls(page)}
        <section class="tool" id="desk-minutes" data-live="">
            {minutes(page)}
        </section>
        {resolutions(page)} {comes}
    }
    .into_any()
}
