//! What the author of a letter can do now: only what the server says is allowed.

use super::case::ActForm;
use crate::components::{Errors, TextArea, copy_text, icon};
use crate::i18n::zh::case as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::CaseView;
use liaison_domain::lifecycle::{EventKind, PublicationState};

fn can(data: &CaseView, kind: EventKind) -> bool {
    data.allowed_events.contains(&kind)
}

/// One form of the page, with the version read and its button.
fn form(data: &CaseView, act: &'static str, send: &'static str, class: &'static str, inner: AnyView) -> AnyView {
    view! {
        <form class="act" method="post" action=format!("/mine/{}", data.no) enctype="multipart/form-data" novalidate=true>
            <input type="hidden" name="version" value=data.version.to_string() />
            {inner}
            <button class=class type="submit" name="do" value=act>
                {send}
            </button>
        </form>
    }
    .into_any()
}

fn text(
    act: &'static str,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    optional: bool,
    (typed, errors): (&ActForm, &Errors),
) -> AnyView {
    let here = typed.act == act;
    let value = if here { typed.text.clone() } else { String::new() };
    let error = errors.words("text").filter(|_| here);
    view! { <TextArea name="text" label=label hint=hint value=value error=error id=id optional=optional /> }.into_any()
}

fn files(id: &'static str) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {words::PHOTOS_LABEL}
                <span class="field__optional">{crate::i18n::zh::common::OPTIONAL}</span>
            </label>
            <input class="field__file" type="file" id=id name="file" accept="image/*" multiple=true />
        </div>
    }
    .into_any()
}

/// What waits for the resident, at the top of the page: a question, the rating, the public copy.
pub(super) fn needs_you(data: &CaseView, typed: &ActForm, errors: &Errors) -> AnyView {
    let mut out = Vec::new();
    if can(data, EventKind::InfoGiven) {
        let inner = view! {
            {text("info", "info-text", words::INFO_LABEL, words::INFO_HINT, false, (typed, errors))}
            {files("info-file")}
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
    if let Some(token) = &data.rate_token {
        out.push(
            view! {
                <section class="you" aria-labelledby="rate-title">
                    <h2 class="you__title" id="rate-title">
                        {icon("#i-face5")}
                        {words::RATE}
                    </h2>
                    <p>{words::RATE_HINT}</p>
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

/// A folded action: its name, what it means, its form. Open when its own form came back with errors.
fn folded(title: &'static str, hint: &'static str, open: bool, inner: AnyView) -> AnyView {
    view! {
        <details class="fold" open=open>
            <summary>{title}</summary>
            <p class="field__hint">{hint}</p>
            {inner}
        </details>
    }
    .into_any()
}

/// The other things that can be done, folded.
pub(super) fn others(data: &CaseView, typed: &ActForm, errors: &Errors) -> AnyView {
    let mut out = Vec::new();
    let open = |act: &str| typed.act == act;
    let second = "button button--second";
    if can(data, EventKind::Appeal) {
        let inner = text("appeal", "appeal-text", words::APPEAL, "", false, (typed, errors));
        out.push(folded(
            words::APPEAL,
            words::APPEAL_HINT,
            open("appeal"),
            form(data, "appeal", words::APPEAL_SEND, second, inner),
        ));
    }
    if can(data, EventKind::Unmerge) {
        let inner = form(data, "unmerge", words::UNMERGE_SEND, second, ().into_any());
        out.push(folded(words::UNMERGE, words::UNMERGE_HINT, open("unmerge"), inner));
    }
    if can(data, EventKind::Supplement) {
        let inner = view! {
            {text("supplement", "supplement-text", words::SUPPLEMENT, "", false, (typed, errors))}
            {files("supplement-file")}
        };
        let inner = form(data, "supplement", words::SUPPLEMENT_SEND, second, inner.into_any());
        out.push(folded(
            words::SUPPLEMENT,
            words::SUPPLEMENT_HINT,
            open("supplement"),
            inner,
        ));
    }
    if can(data, EventKind::Urge) {
        let inner = form(data, "urge", words::URGE_SEND, second, ().into_any());
        out.push(folded(words::URGE, words::URGE_HINT, open("urge"), inner));
    }
    if can(data, EventKind::ConsentChanged) {
        let (act, send, hint) = if data.consent_publish {
            ("consent_off", words::CONSENT_OFF, words::CONSENT_IS_ON)
        } else {
            ("consent_on", words::CONSENT_ON, words::CONSENT_IS_OFF)
        };
        let published = data
            .copy
            .as_ref()
            .filter(|_| data.publication == PublicationState::Published)
            .map(|copy| view! { <h3>{words::COPY_PUBLISHED}</h3> {copy_text(copy)} });
        let inner = view! { {published} {form(data, act, send, second, ().into_any())} }.into_any();
        out.push(folded(words::CONSENT, hint, false, inner));
    }
    if can(data, EventKind::Withdraw) {
        let inner = text(
            "withdraw",
            "withdraw-text",
            words::WITHDRAW_REASON,
            "",
            true,
            (typed, errors),
        );
        let inner = form(data, "withdraw", words::WITHDRAW_SEND, "button button--danger", inner);
        out.push(folded(words::WITHDRAW, words::WITHDRAW_HINT, open("withdraw"), inner));
    }
    if out.is_empty() {
        return ().into_any();
    }
    view! {
        <section aria-labelledby="actions-title">
            <h2 id="actions-title">{words::ACTIONS}</h2>
            {out}
        </section>
    }
    .into_any()
}
