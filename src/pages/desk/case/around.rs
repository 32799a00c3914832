//! What the office does around the open letter: taking the last step back, looking at the number, finding doubles.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{DeskCase, RelatedLetter};
use liaison_domain::lifecycle::{CaseEvent, EventKind};

use super::super::form::{self, Values};
use super::act::Act;
use crate::api;
use crate::components::icon;
use crate::i18n::desk::{forms as forms_words, office as words, restrictions};
use crate::markup::view;
use crate::state::{Session, live, nav, timers};
use crate::views::{desk as parts, desk_pages};

/// 「撤销刚才这一步」, as long as the server allows it.
pub fn undo(case: &DeskCase, act: Act) -> Option<AnyView> {
    case.allowed_events.contains(&EventKind::Undo).then(|| {
        // What can be taken back is the last that happened.
        let last = case.timeline.iter().max_by_key(|event| event.seq);
        let step = last
            .and_then(|event| forms_words::action(event.kind))
            .map(|words| ["：", words.verb]);
        view! {
            <p class="undo">
                <button type="button" class="button button--second" id="act-undo" aria-keyshortcuts="u"
                    on:click=move |_| act.send(EventKind::Undo, CaseEvent::Undo {})>
                    {words::UNDO} {step.map(|step| step.concat())}
                    <kbd class="acts__key" aria-hidden="true">"u"</kbd>
                </button>
            </p>
        }
        .into_any()
    })
}

/// The whole number, for a reason that goes into the log. It does not follow the case: the look itself changes the
/// case, and the number has to stay while somebody dials.
pub fn reveal(case: &DeskCase, act: Act) -> AnyView {
    let no_calls = case.beside.as_ref().is_some_and(|beside| beside.no_calls);
    let clerk = Session::here().me().is_some_and(|me| desk_pages::is_clerk(me.role));
    // Said beside the letter; the server would refuse.
    if no_calls && !clerk {
        return ().into_any();
    }
    let id = StoredValue::new(case.id.clone());
    let wrong = RwSignal::new(String::new());
    let number = RwSignal::new(String::new());
    let look = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let reason = sent.trimmed("reason");
        spawn_local(async move {
            match api::office::reveal(&id.get_value(), reason).await {
                Ok(revealed) => {
                    let _ = number.try_set(revealed.phone.clone());
                    let _ = wrong.try_set(String::new());
                    live::say(&revealed.phone);
                    act.read_again();
                    timers::next_frame(|| nav::focus(".reveal__number a"));
                }
                Err(error) => {
                    let text = error.fields().first().map_or_else(
                        || {
                            if error.code() == "value_invalid" {
                                words::REVEAL_NONE.to_owned()
                            } else {
                                act.board.desk.failed(&error)
                            }
                        },
                        |field| words::field_error(&field.code, field.limit),
                    );
                    let _ = wrong.try_set(text);
                }
            }
        });
    };
    let error = move || {
        let text = wrong.get();
        (!text.is_empty())
            .then(|| view! { <p class="field__error" id="reveal-error">{icon("#i-warn")} {text}</p> }.into_any())
    };
    let shown = move || {
        let phone = number.get();
        (!phone.is_empty()).then(|| {
            view! {
                <p class="reveal__number"><a href=["tel:", &phone].concat()>{phone.clone()}</a></p>
                <p class="field__hint">{words::REVEAL_SHOWN}</p>
            }
            .into_any()
        })
    };
    // The page itself sends away whoever may not propose one.
    let restrict = Session::here()
        .me()
        .is_some_and(|me| desk_pages::is_clerk(me.role))
        .then(|| {
            let href = [desk_pages::RESTRICTIONS, "/new?letter=", &case.no].concat();
            view! { <p><a class="link" rel="external" href=href>{restrictions::PROPOSE_FROM}</a></p> }
        });
    view! {
        <details class="fold reveal">
            <summary>{words::REVEAL} " " {case.phone_masked.clone()}</summary>
            {shown}
            <form method="post" on:submit=look hidden=move || !number.get().is_empty()>
                <label class="field__label" for="reveal-reason">{words::REVEAL_WHY}</label>
                <p class="field__hint" id="reveal-hint">{words::REVEAL_HINT}</p>
                {error}
                <input class="field__control" id="reveal-reason" name="reason" maxlength="200" autocomplete="off"
                    aria-describedby=move || {
                        if wrong.get().is_empty() { "reveal-hint" } else { "reveal-hint reveal-error" }
                    }/>
                <button type="submit" class="button button--second">{words::REVEAL_DO}</button>
            </form>
        </details>
        {restrict}
    }
    .into_any()
}

/// Letters that hang together with this one.
pub fn related(case: &DeskCase, act: Act) -> AnyView {
    let lists = [
        (words::MERGED_INTO, case.merged_into.iter().cloned().collect::<Vec<_>>()),
        (words::PART_OF, case.part_of.iter().cloned().collect()),
        (words::JOINED, case.joined.clone()),
        (words::PARTS, case.parts.clone()),
    ];
    let lists = lists
        .into_iter()
        .filter(|(_, letters)| !letters.is_empty())
        .map(|(title, letters)| list(title, letters, act, None))
        .collect_view();
    let left = case
        .author_left
        .then(|| view! { <p class="notice notice--warn">{words::AUTHOR_LEFT}</p> }.into_any());
    let filed = case
        .filed_via
        .map(|via| view! { <p>{words::filed(via)}</p> }.into_any());
    view! { {left} {filed} {lists} }.into_any()
}

fn list(title: &'static str, letters: Vec<RelatedLetter>, act: Act, merge: Option<Callback<String>>) -> AnyView {
    let rows = letters
        .into_iter()
        .map(|letter| {
            let like = letter
                .likeness
                .map(|percent| view! { <span>{words::likeness(percent)}</span> }.into_any());
            let no = letter.no.clone();
            let button = merge.map(|merge| {
                let no = no.clone();
                view! {
                    <button type="button" class="link-button" on:click=move |_| merge.run(no.clone())>
                        {words::DOUBLES_MERGE}
                    </button>
                }
                .into_any()
            });
            view! {
                <li class="related__row">
                    <a href=act.board.letter(&letter.id)>{letter.title}</a>
                    <p class="queue-row__meta queue-row__meta--quiet">
                        {parts::state_chip(letter.state)} <span>{letter.no}</span> {like} {button}
                    </p>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="related">
            <h2 class="related__title">{title}</h2>
            <ul class="related__list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Probable doubles, looked for when asked. What was found stays while the letter is read anew.
pub fn doubles(case: &DeskCase, act: Act) -> AnyView {
    let id = StoredValue::new(case.id.clone());
    let found = RwSignal::new(None::<Vec<RelatedLetter>>);
    let busy = RwSignal::new(false);
    let find = move |_| {
        busy.set(true);
        spawn_local(async move {
            let outcome = api::office::doubles(&id.get_value()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(letters) => {
                    if letters.is_empty() {
                        live::say(words::DOUBLES_NONE);
                    }
                    let _ = found.try_set(Some(letters));
                }
                Err(error) => live::show(&act.board.desk.failed(&error)),
            }
        });
    };
    // The form takes up what is kept: the number is filled in already.
    let merge = Callback::new(move |no: String| {
        let mut values = Values::default();
        values.set("into", &no);
        form::keep_values(&act.key(EventKind::Merge), &values);
        act.begin(EventKind::Merge);
    });
    let shown = move || {
        found.get().map(|letters| {
            if letters.is_empty() {
                view! { <p>{words::DOUBLES_NONE}</p> }.into_any()
            } else {
                list(words::DOUBLES, letters, act, Some(merge))
            }
        })
    };
    view! {
        <div class="doubles">
            <button type="button" class="button button--second" on:click=find disabled=move || busy.get()>
                {words::DOUBLES_FIND}
            </button>
            {shown}
        </div>
    }
    .into_any()
}
