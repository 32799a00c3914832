//! Draws a [`Form`] and listens to it: one listener for all its inputs, one for sending.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use liaison_domain::dto::DeskCase;
use liaison_domain::lifecycle::CaseEvent;

use super::dom::{put, read_change};
use super::fields::{Ties, field_view, id_of};
use super::lint::Lint;
use super::{Form, Preview, Values, Wrong, keep, templates};
use crate::components::icon;
use crate::i18n::desk::{self as words, forms};
use crate::i18n::zh;
use crate::markup::view;
use crate::pages::desk::dialog;
use crate::state::{nav, timers};

/// What the form needs from the page around it.
pub struct FormView {
    pub form: Form,
    /// The case as it was when the form was opened.
    pub case: DeskCase,
    /// Where its text is kept, see [`keep::key`].
    pub key: String,
    /// Which fields are wrong, by whoever says so.
    pub errors: RwSignal<Vec<Wrong>>,
    /// On its way.
    pub busy: RwSignal<bool>,
    /// A refusal as a whole, or a conflict, above the fields.
    pub notice: AnyView,
    /// Sends the event.
    pub send: Callback<CaseEvent>,
    /// Closes the form; its text stays kept.
    pub cancel: Callback<()>,
    /// Keeps the text on the server too.
    pub autosave: Option<Callback<Values>>,
    /// What the last keeping led to.
    pub saved: RwSignal<String>,
}

/// After how much quiet text is kept on the server too.
const SAVE_AFTER: Duration = Duration::from_millis(1500);

/// The whole form.
pub fn form_view(props: FormView) -> AnyView {
    let FormView {
        form,
        case,
        key,
        errors,
        busy,
        notice,
        send,
        cancel,
        autosave,
        saved,
    } = props;
    let kind = form.kind;
    let Some(action) = forms::action(kind) else {
        return ().into_any();
    };
    let initial = form.initial();
    let mut first = initial.clone();
    let kept = keep::read(&key);
    let found = kept.as_ref().is_some_and(|kept| kept.differs_from(&initial));
    if let Some(kept) = &kept {
        first.take_over(kept);
    }
    let values = RwSignal::new(first);
    let found = RwSignal::new(found);
    let preview_open = RwSignal::new(false);

    let form = StoredValue::new(form);
    let case = StoredValue::new(case);
    let key = StoredValue::new(key);
    let lint = Lint::new();
    let look_over = move || {
        let asked = form.try_with_value(|form| {
            let (task, draft) = form.draft.as_ref()?;
            Some((task.clone(), values.try_with_untracked(*draft).flatten()?))
        });
        if let Some((task, reply)) = asked.flatten() {
            lint.ask(&task, reply);
        }
    };
    look_over();
    let save_soon = StoredValue::new_local(timers::Debounce::new(SAVE_AFTER, move || {
        if let (Some(autosave), Some(values)) = (autosave, values.try_get_untracked()) {
            autosave.run(values);
        }
        look_over();
    }));
    let waiting = RwSignal::new(0);
    let put_value = Callback::new(move |(name, text): (&'static str, String)| {
        if values.try_update(|now| now.set(name, &text)).is_none() {
            return;
        }
        put(name, &text);
        errors.update(|all| all.retain(|(field, _)| *field != name));
        values.with_untracked(|now| keep::write(&key.get_value(), now));
        save_soon.with_value(timers::Debounce::call);
    });
    let ties = Ties {
        values,
        errors,
        put: put_value,
        waiting,
    };
    let fields = form.with_value(|form| {
        form.fields
            .iter()
            .map(|field| {
                // The texts stand above the first part they fill.
                let texts = (form.templates && field.name == "found").then(|| templates::picker(ties));
                view! { {texts} {field_view(kind, field, ties)} }.into_any()
            })
            .collect_view()
    });
    let remarks = form.with_value(|form| form.draft.is_some()).then(|| lint.view());

    let on_input = move |event: ev::Event| {
        let Some((name, changed)) = read_change(&event, values) else {
            return;
        };
        if !changed {
            return;
        }
        errors.update(|all| all.retain(|(field, _)| *field != name));
        let more = values.with_untracked(|now| {
            form.with_value(|form| {
                form.follow
                    .as_ref()
                    .map(|follow| follow(now, &name))
                    .unwrap_or_default()
            })
        });
        for (field, text) in more {
            values.update(|now| now.set(field, &text));
            put(field, &text);
        }
        // At once: the page may be closed with the next keystroke.
        values.with_untracked(|now| keep::write(&key.get_value(), now));
        if autosave.is_none() {
            saved.set(words::SAVED_HERE.to_owned());
        }
        save_soon.with_value(timers::Debounce::call);
    };

    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if waiting.get_untracked() > 0 {
            errors.set(vec![("attachments".to_owned(), forms::PICTURES_PENDING.to_owned())]);
            focus_errors();
            return;
        }
        let checked = values.with_untracked(|now| form.with_value(|form| check(form, now)));
        match checked {
            Ok(event) => {
                errors.set(Vec::new());
                if let Some(autosave) = autosave {
                    autosave.run(values.get_untracked());
                }
                send.run(event);
            }
            Err(wrong) => {
                errors.set(wrong);
                focus_errors();
            }
        }
    };

    let reset = move |_| {
        keep::forget(&key.get_value());
        found.set(false);
        let initial = form.with_value(Form::initial);
        form.with_value(|form| {
            form.fields
                .iter()
                .for_each(|field| put(field.name, initial.get(field.name)));
        });
        values.set(initial);
        nav::focus("#desk-form h2");
    };
    let found_view = move || {
        found.get().then(|| {
            view! {
                <p class="desk-form__found">
                    {forms::DRAFT_FOUND}
                    <button type="button" class="link-button" on:click=reset>{forms::DRAFT_DROP}</button>
                </p>
            }
            .into_any()
        })
    };
    // What a part of the form draws from the values: drawn anew with every change.
    let draw = move |of: fn(&Form) -> Option<&Preview>| {
        values.with(|now| case.with_value(|case| form.with_value(|form| of(form).map(|draw| draw(now, case)))))
    };
    let preview = form.with_value(|form| form.preview.is_some()).then(|| {
        let body = move || draw(|form| form.preview.as_ref()).into_any();
        view! {
            <button type="button" class="button button--second" on:click=move |_| preview_open.set(true)>{words::PREVIEW}</button>
            {dialog::dialog(words::PREVIEW_TITLE, preview_open, body)}
        }
        .into_any()
    });
    let aside = form.with_value(|form| form.aside.is_some()).then(|| {
        let body = move || draw(|form| form.aside.as_ref());
        view! { <div class="desk-form__aside">{body}</div> }.into_any()
    });
    let class = if aside.is_some() {
        "desk-form desk-form--wide"
    } else {
        "desk-form"
    };
    let submit_label = move || if busy.get() { forms::SUBMIT_BUSY } else { action.submit };

    view! {
        <form id="desk-form" class=class novalidate on:input=on_input on:change=on_input on:submit=on_submit
            aria-labelledby="desk-form-title">
            <h2 class="desk-form__title" id="desk-form-title" tabindex="-1">{action.verb}</h2>
            <p class="desk-form__intro">{action.intro}</p>
            {summary(kind, errors)}
            {notice}
            {found_view}
            {aside}
            <div class="desk-form__fields">{fields}</div>
            {remarks}
            <p class="desk-form__saved" role="status">{move || saved.get()}</p>
            <div class="desk-form__buttons">
                <button type="submit" class="button" aria-disabled=move || busy.get().then_some("true")>
                    {submit_label}
                </button>
                {preview}
                <button type="button" class="button button--quiet" on:click=move |_| cancel.run(())>{words::CANCEL}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Required fields first, in their order, then what the form itself knows.
fn check(form: &Form, values: &Values) -> Result<CaseEvent, Vec<Wrong>> {
    let missing: Vec<Wrong> = form
        .fields
        .iter()
        .filter(|field| field.required && field.is_shown(values) && values.get(field.name).trim().is_empty())
        .map(|field| {
            let (label, _) = forms::field(form.kind, field.name);
            (field.name.to_owned(), forms::missing(label, field.is_chosen()))
        })
        .collect();
    if missing.is_empty() {
        (form.build)(values)
    } else {
        Err(missing)
    }
}

/// What is wrong, all in one place, each leading to its field.
fn summary(kind: liaison_domain::lifecycle::EventKind, errors: RwSignal<Vec<Wrong>>) -> AnyView {
    (move || {
        let all = errors.get();
        (!all.is_empty()).then(|| {
            let items = all
                .iter()
                .map(|(name, text)| {
                    let (label, _) = forms::field(kind, name);
                    let id = id_of(name);
                    let go = {
                        let id = id.clone();
                        move |event: ev::MouseEvent| {
                            event.prevent_default();
                            nav::focus(&["#", &id].concat());
                        }
                    };
                    let text = if text.contains(label) {
                        text.clone()
                    } else {
                        [label, "：", text].concat()
                    };
                    view! { <li><a href=["#", &id].concat() on:click=go>{text}</a></li> }.into_any()
                })
                .collect_view();
            view! {
                <div class="errors" role="alert" tabindex="-1">
                    <h3 class="errors__title">{icon("#i-warn")} {zh::errors::summary(all.len())}</h3>
                    <ul class="errors__list">{items}</ul>
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}

/// Moves focus to the error summary once it is drawn.
pub fn focus_errors() {
    timers::next_frame(|| nav::focus("#desk-form .errors"));
}
