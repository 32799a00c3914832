//! The other things that can be done, folded: each with how often, from when and until when.

use super::super::case::ActForm;
use super::{can, files, form, text};
use crate::components::{Errors, copy_text};
use crate::i18n::dates;
use crate::i18n::zh::case as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::CaseView;
use liaison_domain::lifecycle::{CaseState, EventKind, PublicationState};

const SECOND: &str = "button button--second";

/// The page as its reader has it before them.
#[derive(Clone, Copy)]
struct Here<'a> {
    data: &'a CaseView,
    typed: &'a ActForm,
    errors: &'a Errors,
    now: Millis,
}

impl Here<'_> {
    fn can(self, kind: EventKind) -> bool {
        can(self.data, kind)
    }

    fn open(self, act: &str) -> bool {
        self.typed.act == act
    }

    /// A day in words; empty where there is none.
    fn day(self, at: Option<Millis>) -> String {
        at.map(|at| dates::long_date(at, self.now)).unwrap_or_default()
    }

    fn form(self, act: &'static str, send: &'static str, inner: AnyView) -> AnyView {
        form(self.data, act, send, SECOND, inner)
    }

    fn text(self, act: &'static str, id: &'static str, label: &'static str, optional: bool) -> AnyView {
        text(act, id, label, "", optional, (self.typed, self.errors))
    }
}

/// A folded action: its name, what it means, its form. Open when its own form came back with errors.
fn folded(title: &'static str, hint: &str, open: bool, inner: AnyView) -> AnyView {
    view! {
        <details class="fold" open=open>
            <summary>{title}</summary>
            <p class="field__hint">{hint.to_owned()}</p>
            {inner}
        </details>
    }
    .into_any()
}

/// The way to the rating after the first one, or after the end.
fn ratings(here: Here<'_>) -> Vec<AnyView> {
    let terms = &here.data.terms;
    let Some(token) = &here.data.rate_token else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (until, name, hint) in [
        (terms.change_until, words::CHANGE, words::CHANGE_HINT),
        (terms.reopen_until, words::REOPEN, words::REOPEN_HINT),
    ] {
        if until.is_some() {
            let until = words::until(&here.day(until));
            out.push(
                view! {
                    <div class="act">
                        <a class="button button--second" href=["/rate/", token].concat()>
                            {name}
                        </a>
                        <p class="field__hint">{hint} {until}</p>
                    </div>
                }
                .into_any(),
            );
        }
    }
    out
}

fn follow_up(here: Here<'_>) -> Option<AnyView> {
    let by = here.data.terms.follow_up_by?;
    let inner = here.text("follow_up", "follow_up-text", words::FOLLOW_UP_LABEL, false);
    let hint = [words::FOLLOW_UP_HINT, &words::answered_by(&here.day(Some(by)))].concat();
    let inner = here.form("follow_up", words::FOLLOW_UP_SEND, inner);
    Some(folded(words::FOLLOW_UP, &hint, here.open("follow_up"), inner))
}

/// Against a no, or against an end that a leader stood by.
fn appeal(here: Here<'_>) -> Option<AnyView> {
    let terms = &here.data.terms;
    terms.appeal_until?;
    let (title, why) = if here.data.state == CaseState::Closed {
        (words::APPEAL_CLOSED, words::APPEAL_CLOSED_WHY)
    } else {
        (words::APPEAL, words::APPEAL_WHY)
    };
    let (by, until) = (here.day(terms.appeal_by), here.day(terms.appeal_until));
    let hint = [why, &words::told_by(&by), &words::until(&until)].concat();
    let inner = here.form(
        "appeal",
        words::APPEAL_SEND,
        here.text("appeal", "appeal-text", title, false),
    );
    Some(folded(title, &hint, here.open("appeal"), inner))
}

fn unmerge(here: Here<'_>) -> Option<AnyView> {
    let until = here.data.terms.unmerge_until?;
    let hint = [words::UNMERGE_HINT, &words::until(&here.day(Some(until)))].concat();
    let inner = here.form("unmerge", words::UNMERGE_SEND, ().into_any());
    Some(folded(words::UNMERGE, &hint, here.open("unmerge"), inner))
}

fn supplement(here: Here<'_>) -> Option<AnyView> {
    here.can(EventKind::Supplement).then(|| {
        let inner = view! {
            {here.text("supplement", "supplement-text", words::SUPPLEMENT, false)}
            {files("supplement", "supplement-file", here.typed)}
        };
        let inner = here.form("supplement", words::SUPPLEMENT_SEND, inner.into_any());
        folded(
            words::SUPPLEMENT,
            words::SUPPLEMENT_HINT,
            here.open("supplement"),
            inner,
        )
    })
}

/// Also where it cannot be urged just now: from when, how often still.
fn urge(here: Here<'_>) -> Option<AnyView> {
    let terms = &here.data.terms;
    let left = terms.urges_left?;
    let may = here.can(EventKind::Urge);
    let inner = may.then(|| here.form("urge", words::URGE_SEND, ().into_any()));
    let first = match terms.urge_from {
        Some(from) => words::urge_from(&here.day(Some(from))),
        None if may => words::URGE_HINT.to_owned(),
        None => String::new(),
    };
    let hint = [first, words::urges_left(left)].concat();
    Some(folded(words::URGE, &hint, here.open("urge"), inner.into_any()))
}

fn consent(here: Here<'_>) -> Option<AnyView> {
    let data = here.data;
    here.can(EventKind::ConsentChanged).then(|| {
        let (act, send, hint) = if data.consent_publish {
            ("consent_off", words::CONSENT_OFF, words::CONSENT_IS_ON)
        } else {
            ("consent_on", words::CONSENT_ON, words::CONSENT_IS_OFF)
        };
        let published = data
            .copy
            .as_ref()
            .filter(|_| data.publication == PublicationState::Published)
            .map(|copy| {
                let href = ["/cases/", &data.no].concat();
                view! {
                    <h3>{words::COPY_PUBLISHED}</h3>
                    {copy_text(copy)}
                    <p>
                        <a href=href>{words::COPY_SEE}</a>
                    </p>
                }
            });
        let inner = view! { {published} {here.form(act, send, ().into_any())} }.into_any();
        folded(words::CONSENT, hint, false, inner)
    })
}

fn withdraw(here: Here<'_>) -> Option<AnyView> {
    here.can(EventKind::Withdraw).then(|| {
        let inner = here.text("withdraw", "withdraw-text", words::WITHDRAW_REASON, true);
        let inner = form(
            here.data,
            "withdraw",
            words::WITHDRAW_SEND,
            "button button--danger",
            inner,
        );
        folded(words::WITHDRAW, withdrawing(here.data), here.open("withdraw"), inner)
    })
}

/// All of them.
pub fn others(data: &CaseView, typed: &ActForm, errors: &Errors, now: Millis) -> AnyView {
    let here = Here {
        data,
        typed,
        errors,
        now,
    };
    let mut out = ratings(here);
    let folds = [
        follow_up(here),
        appeal(here),
        unmerge(here),
        supplement(here),
        urge(here),
        consent(here),
        withdraw(here),
    ];
    out.extend(folds.into_iter().flatten());
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

/// What withdrawing means for this letter.
pub fn withdrawing(data: &CaseView) -> &'static str {
    if data.terms.joined {
        words::WITHDRAW_JOINED
    } else {
        words::WITHDRAW_HINT
    }
}
