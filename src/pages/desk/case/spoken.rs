//! What the letter says aloud: heard here, and written down by the office. Drawn once for as long as the letter is open:
//! neither what is being heard nor what is being typed stops when the case is read anew.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{DeskCase, MediaRef, NewTranscript, Transcript};

use super::super::form::{self, Values};
use super::act::Act;
use crate::api;
use crate::components::{icon, player, transcript};
use crate::i18n::desk::{office as errors, spoken as words};
use crate::markup::view;
use crate::state::{Session, live, nav, timers};
use crate::views::desk_pages;

/// The letter's recording and video.
pub fn panel(case: &DeskCase, act: Act) -> AnyView {
    let may_write = Session::here().me().is_some_and(|me| desk_pages::is_clerk(me.role));
    let items = case.media.iter().map(|item| one(item, act, may_write)).collect_view();
    view! {
        <section class="letter spoken" aria-labelledby="spoken-title">
            <h2 class="part-title" id="spoken-title">{words::TITLE}</h2>
            {items}
        </section>
    }
    .into_any()
}

fn one(item: &MediaRef, act: Act, may_write: bool) -> AnyView {
    let id = StoredValue::new(item.id.clone());
    let written = move || {
        act.case
            .ready()
            .and_then(|case| transcript_of(case, id))
            .as_ref()
            .map(transcript)
    };
    let form = may_write.then(|| {
        let text = item.transcript.as_ref().map(|written| written.text.clone());
        let version = item.transcript.as_ref().map_or(0, |written| written.version);
        write_down(id, text.unwrap_or_default(), version, act)
    });
    view! { <div class="media">{player(item)} {written} {form}</div> }.into_any()
}

fn transcript_of(case: DeskCase, id: StoredValue<String>) -> Option<Transcript> {
    let item = case.media.into_iter().find(|item| id.with_value(|id| item.id == *id))?;
    item.transcript
}

/// The form in which it is written down or corrected.
fn write_down(id: StoredValue<String>, text: String, version: u32, act: Act) -> AnyView {
    let after = StoredValue::new(version);
    let busy = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let kept_at = id.with_value(|id| act.key_of(&["transcript-", id].concat()));
    let kept = form::read(&kept_at).map(|values| values.get("text").to_owned());
    let is_open = kept.is_some() || version == 0;
    let text = kept.unwrap_or(text);
    let kept_at = StoredValue::new(kept_at);
    let keep = move |event: ev::Event| {
        let mut values = Values::default();
        values.set("text", &event_target_value(&event));
        kept_at.with_value(|key| form::keep_values(key, &values));
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let new = NewTranscript {
            text: sent.trimmed("text"),
            after: after.get_value(),
        };
        busy.set(true);
        spawn_local(async move {
            let outcome = api::desk::transcribe(&id.get_value(), &new).await;
            let _ = busy.try_set(false);
            let problem = match outcome {
                Ok(saved) => {
                    let _ = after.try_set_value(saved.version);
                    let _ = kept_at.try_with_value(|key| form::forget(key));
                    let _ = said.try_set(words::SAVED.to_owned());
                    live::say(words::SAVED);
                    act.read_again();
                    String::new()
                }
                Err(error) if error.is_conflict() => {
                    // What the other wrote is shown above; who then saves has seen it.
                    act.read_quietly().await;
                    let newest = act.case.now().and_then(|case| transcript_of(case, id));
                    let _ = after.try_set_value(newest.map_or(0, |newest| newest.version));
                    words::OVERTAKEN.to_owned()
                }
                Err(error) => match error.fields().first() {
                    Some(field) => errors::field_error(&field.code, field.limit),
                    None => act.board.desk.failed(&error),
                },
            };
            if !problem.is_empty() {
                let _ = said.try_set(String::new());
                timers::next_frame(|| nav::focus(".spoken textarea"));
            }
            let _ = wrong.try_set(problem);
        });
    };
    let error = move || {
        let text = wrong.get();
        (!text.is_empty())
            .then(|| view! { <p class="field__error" id="transcript-error">{icon("#i-warn")} {text}</p> }.into_any())
    };
    view! {
        <details class="fold spoken__form" open=is_open>
            <summary>{words::WRITE}</summary>
            <form method="post" on:submit=send>
                <label class="field__label" for="transcript">{words::LABEL}</label>
                <p class="field__hint" id="transcript-hint">{words::HINT}</p>
                {error}
                <textarea class="field__control" id="transcript" name="text" rows="5" on:input=keep
                    aria-describedby=move || {
                        if wrong.get().is_empty() { "transcript-hint" } else { "transcript-hint transcript-error" }
                    }>{text}</textarea>
                <button type="submit" class="button button--second" disabled=move || busy.get()>{words::SAVE}</button>
                <p role="status">{move || said.get()}</p>
            </form>
        </details>
    }
    .into_any()
}
