//! Publication: the redacted copy beside the original, and the decisions about it.

use leptos::prelude::*;
use liaison_domain::dto::DeskCase;
use liaison_domain::lifecycle::{CaseEvent, EventKind, PublicCopy};

use super::super::form::{Choice, Field, Form, Input, Values};
use super::super::redaction;
use super::bare;
use crate::components::icon;
use crate::i18n::desk::forms;
use crate::markup::view;

/// The forms of publication.
pub fn form(kind: EventKind, case: &DeskCase) -> Option<Form> {
    Some(match kind {
        EventKind::ProposeCopy => propose(case),
        EventKind::Publish => bare(kind, CaseEvent::Publish {}),
        EventKind::Unhide => bare(kind, CaseEvent::Unhide {}),
        EventKind::RefusePublish => {
            let fields = vec![Field::new("reason", Input::Lines(3)).hint(forms::REFUSE_HINT)];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::RefusePublish {
                    reason: values.trimmed("reason"),
                })
            })
        }
        EventKind::Hide => {
            let mut reasons: Vec<Choice> = forms::HIDE_REASONS
                .iter()
                .map(|text| Choice::new(*text, *text))
                .collect();
            reasons.push(Choice::new(forms::OTHER, forms::HIDE_OTHER));
            let fields = vec![
                Field::new("reason", Input::Cards(reasons)),
                Field::new("text", Input::Lines(3)).when("reason", &["other"]),
            ];
            Form::new(kind, fields, |values| {
                let chosen = values.trimmed("reason");
                Ok(CaseEvent::Hide {
                    reason: if chosen == forms::OTHER {
                        values.trimmed("text")
                    } else {
                        chosen
                    },
                })
            })
        }
        _ => return None,
    })
}

fn propose(case: &DeskCase) -> Form {
    // A copy the resident objected to or that was hidden is the start of the next one.
    let start = case.copy.as_ref().or(case.copy_draft.as_ref());
    let text = |of: fn(&PublicCopy) -> &String, or: String| start.map_or(or, |copy| of(copy).clone());
    let mut fields = vec![
        Field::new("title", Input::Line).initial(text(|copy| &copy.title, case.title.clone())),
        Field::new("body", Input::Lines(10))
            .initial(text(|copy| &copy.body, case.body.clone()))
            .hint(forms::COPY_BODY_HINT),
        Field::new("answer", Input::Lines(8)).initial(text(|copy| &copy.answer, redaction::answer_of(case))),
    ];
    if !case.pictures.is_empty() {
        let pictures = case
            .pictures
            .iter()
            .enumerate()
            .map(|(at, picture)| Choice::new(picture.id.clone(), forms::picture(at + 1, &picture.alt)))
            .collect();
        let chosen = start.map(|copy| copy.attachments.join(",")).unwrap_or_default();
        fields.push(
            Field::new("attachments", Input::Many(pictures))
                .optional()
                .initial(chosen),
        );
    }
    Form::new(EventKind::ProposeCopy, fields, |values| {
        Ok(CaseEvent::ProposeCopy {
            copy: PublicCopy {
                title: values.trimmed("title"),
                body: values.trimmed("body"),
                answer: values.trimmed("answer"),
                attachments: values.many("attachments"),
            },
        })
    })
    .aside(beside)
}

/// The original with what differs marked, and what still looks personal in the copy.
fn beside(values: &Values, case: &DeskCase) -> AnyView {
    let marked = |original: &str, copy: &str| {
        redaction::marks(original, copy)
            .into_iter()
            .map(|(text, gone)| {
                if gone {
                    view! { <mark>{text}</mark> }.into_any()
                } else {
                    view! { <span>{text}</span> }.into_any()
                }
            })
            .collect_view()
    };
    let part = |label: &'static str, original: &str, copy: &str| {
        view! {
            <h4 class="redaction__label">{label}</h4>
            <p class="redaction__text">{marked(original, copy)}</p>
        }
        .into_any()
    };
    let label = |name| forms::field(EventKind::ProposeCopy, name).0;
    let answer = redaction::answer_of(case);
    let mut found: Vec<String> = Vec::new();
    for name in ["title", "body", "answer"] {
        found.extend(redaction::suspicious(values.get(name)));
    }
    let check = if found.is_empty() {
        view! { <p class="redaction__check">{icon("#i-good")} {forms::COPY_CLEAN}</p> }.into_any()
    } else {
        let items = found
            .into_iter()
            .map(|text| view! { <li>{text}</li> }.into_any())
            .collect_view();
        view! {
            <div class="redaction__check redaction__check--warn">
                <p>{icon("#i-warn")} {forms::COPY_WARN}</p>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
    };
    let pictures = case
        .pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| {
            view! {
                <figure class="redaction__picture">
                    <img src=picture.thumb_url.clone() alt=picture.alt.clone() width="72" height="72"/>
                    <figcaption>{forms::picture(at + 1, "")}</figcaption>
                </figure>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="redaction" aria-label=forms::COPY_ORIGINAL>
            <h3 class="redaction__title">{forms::COPY_ORIGINAL}</h3>
            <p class="field__hint">{forms::COPY_MARKS}</p>
            {part(label("title"), &case.title, values.get("title"))}
            {part(label("body"), &case.body, values.get("body"))}
            {(!answer.is_empty()).then(|| part(label("answer"), &answer, values.get("answer")))}
            <div class="redaction__pictures">{pictures}</div>
            {check}
        </section>
    }
    .into_any()
}
