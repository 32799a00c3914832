//! Asking, and the verification of the phone in front of everything that needs one.

use super::page::EventPage;
use crate::components::{
    Choice, Errors, RadioCards, TextField, error_line, error_summary, error_summary_in, icon, notice, restricted_notice,
};
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use crate::views::form::PhoneForm;
use crate::views::login::phone_fields;
use leptos::prelude::*;
use liaison_domain::dto::NewQuestion;
use liaison_domain::events::{EventState, QUESTION_MAX};

/// The form of a question as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskForm {
    /// What one wants to know.
    pub text: String,
    /// `own`: show [`Self::name`].
    pub shown: String,
    /// What one wants to be called.
    pub name: String,
}

impl AskForm {
    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            text: get("text"),
            shown: get("shown"),
            name: get("name"),
        }
    }

    /// The question it asks for. A name that was chosen and not written is left for the check.
    pub fn question(&self) -> NewQuestion {
        let name = self.name.trim();
        NewQuestion {
            text: self.text.trim().to_owned(),
            name: (self.shown == "own" && !name.is_empty()).then(|| name.to_owned()),
        }
    }
}

/// Somebody wants something that needs a verified phone: what, and how far the verification is.
#[derive(Clone, Debug, Default)]
pub struct EventGate {
    /// `ask`, `up:ID`, `vote:POLL:N`, `register`: what happens right after.
    pub wish: String,
    /// Number and code.
    pub phone: PhoneForm,
    /// What is wrong with them.
    pub errors: Errors,
}

fn text_area(form: &AskForm, error: Option<&String>) -> AnyView {
    let max = QUESTION_MAX.to_string();
    view! {
        <div class=if error.is_some() { "field field--error" } else { "field" }>
            <label class="field__label" for="text">
                {words::ASK_TEXT}
            </label>
            <p class="field__hint" id="text-hint">
                {words::ASK_HINT}
            </p>
            {error_line("text", error)}
            <textarea
                class="field__control field__control--area"
                id="text"
                name="text"
                rows="3"
                data-max=max
                aria-describedby=if error.is_some() { "text-hint text-error" } else { "text-hint" }
                aria-invalid=error.is_some().then_some("true")
            >
                {form.text.clone()}
            </textarea>
        </div>
        <p
            class="field__counter"
            id="text-count"
            role="status"
            data-keep=""
            data-words=words::COUNT_LEFT
            data-over=words::COUNT_OVER
        ></p>
    }
    .into_any()
}

fn ask_form(page: &EventPage, district: &str) -> AnyView {
    let (form, errors) = (&page.ask, &page.errors);
    let wrong = |field: &str| {
        let found = errors.fields.iter().find(|error| error.field == field);
        found.map(words::field)
    };
    let choices = vec![
        Choice::new("none", words::nobody(district), ""),
        Choice::new("own", words::NAME_OWN, ""),
    ];
    let shown = if form.shown == "own" { "own" } else { "none" };
    let name = view! {
        <TextField
            name="name"
            label=words::NAME
            hint=words::NAME_HINT
            autocomplete="nickname"
            value=form.name.clone()
            error=wrong("name")
        />
    }
    .into_any();
    view! {
        <form class="form" id="ask-form" method="post" action=page.post_to("ask") novalidate=true>
            {text_area(form, wrong("text").as_ref())}
            <RadioCards name="shown" legend=words::NAME_SHOWN choices=choices value=shown.to_owned() inline=true>
                {name}
            </RadioCards>
            <button class="button" type="submit" name="do" value="ask">
                {icon("#i-send")}
                {words::ASK_SEND}
            </button>
        </form>
    }
    .into_any()
}

/// The part where one asks, or reads why not now.
pub(super) fn ask(page: &EventPage, district: &str) -> AnyView {
    let state = page.view.card.state;
    let left = page.mine.as_ref().is_none_or(|mine| mine.questions_left > 0);
    let write = || {
        view! {
            <p>
                <a class="button button--second" href="/write" rel="external">
                    {icon("#i-pen")}
                    {words::WRITE_INSTEAD}
                </a>
            </p>
        }
        .into_any()
    };
    let inner = if !page.view.takes_questions {
        if state == EventState::Announced {
            view! { <p>{words::NOT_YET}</p> }.into_any()
        } else {
            view! {
                <p>{words::OVER}</p>
                {write()}
            }
            .into_any()
        }
    } else if left {
        view! {
            {error_summary_in(&page.errors, &[], words::field)}
            {ask_form(page, district)}
        }
        .into_any()
    } else {
        view! {
            <p>{words::NO_MORE}</p>
            {write()}
        }
        .into_any()
    };
    view! {
        <section
            class="ask"
            id="ask"
            data-live=""
            aria-labelledby="ask-title"
            data-refused=(!page.errors.is_empty()).then_some("")
        >
            <h2 id="ask-title">{words::ASK}</h2>
            {inner}
        </section>
    }
    .into_any()
}

/// The part that answers to what one just did: the verification in front of it, what was refused, what is done.
pub(super) fn answer(page: &EventPage) -> AnyView {
    let inner = if let Some(gate) = &page.gate {
        let typed = (gate.wish == "ask").then(|| {
            view! {
                <input type="hidden" name="text" value=page.ask.text.clone() />
                <input type="hidden" name="shown" value=page.ask.shown.clone() />
                <input type="hidden" name="name" value=page.ask.name.clone() />
                <blockquote class="gate__typed">{page.ask.text.clone()}</blockquote>
            }
        });
        view! {
            <section class="gate" aria-labelledby="gate">
                {error_summary(&gate.errors, &[])}
                <h2 id="gate" tabindex="-1" data-focus="">
                    {words::GATE}
                </h2>
                <p>{words::GATE_LEAD}</p>
                <form class="form" method="post" action=page.post_to("gate") novalidate=true id="gate-form">
                    <input type="hidden" name="wish" value=gate.wish.clone() />
                    {typed}
                    {phone_fields(&gate.phone, &gate.errors, words::GATE_GO)}
                </form>
            </section>
        }
        .into_any()
    } else if page.restricted {
        restricted_notice(page.refused.clone()).into_any()
    } else if let Some(refused) = &page.refused {
        notice("warn", refused.clone())
    } else {
        page.said.map(|said| notice("good", said.to_owned())).into_any()
    };
    let is_refused = page.gate.is_some() || page.refused.is_some();
    let clear = page.said.is_some_and(words::is_asked).then_some("ask-form");
    let told = page.refused.clone().or_else(|| page.said.map(str::to_owned));
    view! {
        <div id="ev-answer" data-live="" data-answer="" data-refused=is_refused.then_some("") data-told=told data-clear=clear>
            {inner}
        </div>
    }
    .into_any()
}
