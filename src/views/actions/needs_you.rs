//! What waits for the resident.

use super::super::case::ActForm;
use super::{can, files, form, text};
use crate::components::{Errors, copy_text, icon, paragraphs};
use crate::i18n::dates;
use crate::i18n::zh::case as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::CaseView;
use liaison_domain::lifecycle::{EventKind, PublicationState};

/// Words typed into a form that is no longer offered, because the matter moved on meanwhile: they are not lost.
fn kept(data: &CaseView, typed: &ActForm) -> AnyView {
    let kind = match typed.act.as_str() {
        "info" => EventKind::InfoGiven,
        "supplement" => EventKind::Supplement,
        "appeal" => EventKind::Appeal,
        "withdraw" => EventKind::Withdraw,
        _ => EventKind::FollowUp,
    };
    if typed.text.is_empty() || can(data, kind) {
        return ().into_any();
    }
    view! {
        <section class="you">
            <p>{words::YOUR_WORDS}</p>
            {paragraphs(&typed.text)}
        </section>
    }
    .into_any()
}

/// What waits for the resident, at the top of the page: a question, the rating, the public copy.
pub fn needs_you(data: &CaseView, typed: &ActForm, errors: &Errors, now: Millis) -> AnyView {
    let mut out = vec![kept(data, typed)];
    if can(data, EventKind::InfoGiven) {
        let inner = view! {
            {text("info", "info-text", words::INFO_LABEL, words::INFO_HINT, false, (typed, errors))}
            {files("info", "info-file", typed)}
        };
        let question = data
            .question
            .clone()
            .map(|question| view! { <p class="you__question">{question}</p> });
        out.push(
            view! {
                <section class="you" aria-labelledby="info-title">
                    <h2 class="you__title" id="info-title">
                        {icon("#i-ask")}
                        {words::QUESTION}
                    </h2>
                    {question}
                    {form(data, "info", words::INFO_SEND, "button", inner.into_any())}
                </section>
            }
            .into_any(),
        );
    }
    if let (Some(token), Some(until)) = (&data.rate_token, data.terms.rate_until) {
        out.push(
            view! {
                <section class="you" aria-labelledby="rate-title">
                    <h2 class="you__title" id="rate-title">
                        {icon("#i-face5")}
                        {words::RATE}
                    </h2>
                    <p>{words::RATE_HINT} {words::until(&dates::long_date(until, now))}</p>
                    <a class="button" href=format!("/rate/{token}")>
                        {words::RATE}
                    </a>
                </section>
            }
            .into_any(),
        );
    }
    if let Some(copy) = data
        .copy
        .as_ref()
        .filter(|_| data.publication == PublicationState::Pending)
    {
        let asked = can(data, EventKind::CopyApproved);
        let buttons = if asked {
            view! {
                <div class="buttons">
                    {form(data, "copy_ok", words::COPY_OK, "button", ().into_any())}
                    {form(data, "copy_refuse", words::COPY_REFUSE, "button button--second", ().into_any())}
                </div>
            }
            .into_any()
        } else {
            view! { <p>{words::COPY_WAITING}</p> }.into_any()
        };
        out.push(
            view! {
                <section class="you" aria-labelledby="copy-title">
                    <h2 class="you__title" id="copy-title">
                        {icon("#i-eye")}
                        {words::COPY}
                    </h2>
                    <p>{words::COPY_HINT}</p>
                    {copy_text(copy)}
                    {buttons}
                </section>
            }
            .into_any(),
        );
    }
    out.into_any()
}
