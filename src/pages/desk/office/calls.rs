//! Calls by lot (抽查回访): drawing letters, and noting what their authors said.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use liaison_domain::dto::{CALL_OUTCOMES, CallBack, CallReport, DrawRequest};

use super::super::here::{Desk, End, failure};
use super::{Wrong, class_of, described, error_of, wrong_of};
use crate::api;
use crate::components::{ListSkeleton, notice};
use crate::i18n::dates;
use crate::i18n::desk::{self as desk_words, office as words};
use crate::markup::view;
use crate::pages::forms;
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
    let said = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let draw = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target() else { return };
        let sent = forms::values(form.unchecked_ref());
        let number = |name: &str| {
            sent.iter()
                .find(|(known, _)| known == name)
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0)
        };
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
                    let _ = said.try_set(String::new());
                    calls.put(all);
                    live::say(words::CALLS_DRAWN);
                }
                Err(error) => {
                    let fields = wrong_of(&error);
                    let _ = said.try_set(if fields.is_empty() {
                        desk.failed(&error)
                    } else {
                        String::new()
                    });
                    let _ = wrong.try_set(fields);
                }
            }
        });
    };
    let list = move || match calls.get() {
        Load::Waiting => view! { <ListSkeleton/> }.into_any(),
        Load::Failed(error) => notice("warn", failure(&error)),
        Load::Ready(all) if all.is_empty() => view! { <p class="lane__empty">{words::CALLS_NONE}</p> }.into_any(),
        Load::Ready(all) => {
            let rows = all.into_iter().map(|call| row(desk, calls, call)).collect_view();
            view! { <ul class="calls">{rows}</ul> }.into_any()
        }
    };
    let note = move || {
        let text = said.get();
        if text.is_empty() {
            ().into_any()
        } else {
            notice("warn", text)
        }
    };
    view! {
        <div class="desk-page">
            <h1 tabindex="-1">{words::CALLS}</h1>
            <p class="lead">{words::CALLS_LEAD}</p>
            <form class="calls__draw" method="post" on:submit=draw>
                {note}
                <div class=class_of(wrong, "count")>
                    <label class="field__label" for="count">{words::CALLS_COUNT}</label>
                    {error_of(wrong, "count")}
                    <input class="field__control field__control--short" id="count" name="count" inputmode="numeric"
                        value="5" aria-describedby=described(wrong, "count")/>
                </div>
                <div class=class_of(wrong, "days")>
                    <label class="field__label" for="days">{words::CALLS_DAYS}</label>
                    {error_of(wrong, "days")}
                    <input class="field__control field__control--short" id="days" name="days" inputmode="numeric"
                        value="90" aria-describedby=described(wrong, "days")/>
                </div>
                <button type="submit" class="button" disabled=move || busy.get()>{words::CALLS_DRAW}</button>
            </form>
            {list}
        </div>
    }
    .into_any()
}

fn row(desk: Desk, calls: Remote<Vec<CallBack>>, call: CallBack) -> AnyView {
    let now = timers::now();
    let href = [End::Office.path(), &api::query(&[("case", Some(&call.letter_id))])].concat();
    let outcome = call.outcome.clone().map(|code| {
        CALL_OUTCOMES
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(code, |(_, words)| (*words).to_owned())
    });
    let about = view! {
        <a href=href>{call.title.clone()}</a>
        <p class="queue-row__meta queue-row__meta--quiet">
            {parts::state_chip(call.state)}
            <span>{call.no.clone()}</span>
            {call.unit_name.clone().map(|unit| view! { <span>{unit}</span> })}
            {call.score.map(|score| view! { <span>{words::CALL_SCORE} " " {score.to_string()}</span> })}
            <span>{words::CALLS_DRAWN} " " {dates::date(call.drawn_at, now)}</span>
        </p>
    };
    let rest = match outcome {
        Some(outcome) => view! {
            <p class="calls__outcome">{outcome}</p>
            {call.note.clone().filter(|note| !note.is_empty()).map(|note| view! { <p>{note}</p> })}
        }
        .into_any(),
        None => report_form(desk, calls, &call.id),
    };
    view! { <li class="calls__row">{about} {rest}</li> }.into_any()
}

fn report_form(desk: Desk, calls: Remote<Vec<CallBack>>, id: &str) -> AnyView {
    let call = StoredValue::new(id.to_owned());
    let wrong = RwSignal::new(Wrong::new());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target() else { return };
        let sent = forms::values(form.unchecked_ref());
        let of = |name: &str| {
            sent.iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        let report = CallReport {
            outcome: of("outcome"),
            note: of("note"),
        };
        spawn_local(async move {
            match api::office::report(&call.get_value(), &report).await {
                Ok(_) => {
                    live::say(words::CALL_KEPT);
                    calls.reload();
                }
                Err(error) => {
                    let fields = wrong_of(&error);
                    if fields.is_empty() {
                        live::say(&desk.failed(&error));
                    }
                    let _ = wrong.try_set(fields);
                }
            }
        });
    };
    let outcome_id = ["outcome-", id].concat();
    let note_id = ["note-", id].concat();
    let choices = CALL_OUTCOMES
        .iter()
        .map(|(code, words)| view! { <option value=*code>{*words}</option> }.into_any())
        .collect_view();
    view! {
        <form class="calls__report" method="post" on:submit=send>
            <div class=class_of(wrong, "outcome")>
                <label class="field__label" for=outcome_id.clone()>{words::CALL_OUTCOME}</label>
                {error_of(wrong, "outcome")}
                <select class="field__control" id=outcome_id name="outcome">
                    <option value="">{desk_words::CHOOSE}</option>
                    {choices}
                </select>
            </div>
            <div class=class_of(wrong, "note")>
                <label class="field__label" for=note_id.clone()>{words::CALL_NOTE}</label>
                {error_of(wrong, "note")}
                <textarea class="field__control field__control--area" id=note_id name="note" rows="2"></textarea>
            </div>
            <button type="submit" class="button button--second">{words::CALL_KEEP}</button>
        </form>
    }
    .into_any()
}
