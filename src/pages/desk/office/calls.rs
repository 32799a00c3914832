//! Calls by lot (抽查回访): drawing letters, and noting what their authors said.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{CALL_OUTCOMES, CallBack, CallReport, DrawRequest};

use super::super::form;
use super::super::here::{Desk, End, failure};
use super::super::is_clerk;
use super::super::keyed::{Row, keyed};
use super::{Choices, Control, Field, Wrong, refused};
use crate::api;
use crate::components::{ListSkeleton, notice};
use crate::i18n::desk::office as words;
use crate::markup::view;
use crate::state::{Load, Remote, live, nav, timers};
use crate::views::desk as parts;

/// `/desk/calls`
pub fn page(desk: Desk) -> AnyView {
    let calls: Remote<Vec<CallBack>> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::office::CALL_BACKS.to_owned())
    });
    nav::arrived(words::CALLS);
    let wrong = RwSignal::new(Wrong::new());
    let busy = RwSignal::new(false);
    let draw = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let number = |name: &str| sent.get(name).trim().parse().unwrap_or(0);
        let request = DrawRequest {
            count: number("count"),
            days: number("days"),
        };
        busy.set(true);
        spawn_local(async move {
            let outcome = api::office::draw(&request, &api::idempotency_key()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(all) => {
                    let _ = wrong.try_set(Wrong::new());
                    let known = calls.now().unwrap_or_default();
                    let is_new = |call: &&CallBack| known.iter().all(|before| before.id != call.id);
                    let drawn = all.iter().filter(is_new).count();
                    calls.put(all);
                    live::show(&words::drawn(drawn));
                }
                Err(error) => refused(desk, wrong, &error),
            }
        });
    };
    let instead = move || match calls.get() {
        Load::Waiting => view! { <ListSkeleton/> }.into_any(),
        Load::Failed(error) => notice("warn", failure(&error)),
        Load::Ready(all) if all.is_empty() => view! { <p class="lane__empty">{words::CALLS_NONE}</p> }.into_any(),
        Load::Ready(_) => ().into_any(),
    };
    let may_act = untrack(|| desk.session.me()).is_some_and(|me| is_clerk(me.role));
    // A row is drawn anew only when its call was noted: half a note beside it stays.
    let rows = keyed(Box::new(move || {
        let all = calls.ready().unwrap_or_default();
        all.into_iter()
            .map(|call| -> Row {
                let key = [&call.id, call.outcome.as_deref().unwrap_or_default()].concat();
                (key, Box::new(move || row(desk, calls, call, may_act)))
            })
            .collect()
    }));
    let list = view! { <ul class="calls">{rows}</ul> };
    view! {
        <div class="desk-page">
            <h1 tabindex="-1">{words::CALLS}</h1>
            <p class="lead">{words::CALLS_LEAD}</p>
            <form class="calls__draw" method="post" on:submit=draw hidden=!may_act>
                {Field::new("count", words::CALLS_COUNT, Control::Number("5")).view(wrong)}
                {Field::new("days", words::CALLS_DAYS, Control::Number("90")).view(wrong)}
                <button type="submit" class="button" disabled=move || busy.get()>{words::CALLS_DRAW}</button>
            </form>
            {instead}
            {list}
        </div>
    }
    .into_any()
}

fn row(desk: Desk, calls: Remote<Vec<CallBack>>, call: CallBack, may_act: bool) -> AnyView {
    let now = timers::now();
    let href = [End::Office.path(), &api::query(&[("case", Some(&call.letter_id))])].concat();
    let outcome = call.outcome.clone().map(|code| {
        CALL_OUTCOMES
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(code, |(_, words)| (*words).to_owned())
    });
    let waits = call.outcome.is_none();
    let outcome = if waits && !may_act {
        Some(words::CALL_WAITING.to_owned())
    } else {
        outcome
    };
    let form = (waits && may_act).then(|| report_form(desk, calls, &call.id));
    view! { <li class="calls__row">{parts::call_facts(&call, href, outcome, now)} {form}</li> }.into_any()
}

fn report_form(desk: Desk, calls: Remote<Vec<CallBack>>, id: &str) -> AnyView {
    let call = StoredValue::new(id.to_owned());
    let wrong = RwSignal::new(Wrong::new());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let report = CallReport {
            outcome: sent.trimmed("outcome"),
            note: sent.trimmed("note"),
        };
        spawn_local(async move {
            match api::office::report(&call.get_value(), &report).await {
                Ok(_) => {
                    live::show(words::CALL_KEPT);
                    calls.reload();
                }
                Err(error) => refused(desk, wrong, &error),
            }
        });
    };
    let outcome = Field::new(
        "outcome",
        words::CALL_OUTCOME,
        Control::Choose(Box::new(outcomes), String::new()),
    );
    let note = Field::new("note", words::CALL_NOTE, Control::Area("2", String::new())).optional();
    view! {
        <form class="calls__report" method="post" on:submit=send>
            {outcome.id(["outcome-", id].concat()).view(wrong)}
            {note.id(["note-", id].concat()).view(wrong)}
            <button type="submit" class="button button--second">{words::CALL_KEEP}</button>
        </form>
    }
    .into_any()
}

fn outcomes() -> Choices {
    CALL_OUTCOMES
        .iter()
        .map(|(code, words)| ((*code).to_owned(), (*words).to_owned()))
        .collect()
}
