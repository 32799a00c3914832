//! What a unit does with its task.

use liaison_domain::Millis;
use liaison_domain::dto::{DeskCase, DeskOptions};
use liaison_domain::lifecycle::{CaseEvent, EventKind};

use super::super::form::{Choice, Field, Form, Input};
use super::{day_ahead, task_field, tasks_for, unit_choices};
use crate::i18n::desk::forms;

/// The units' forms, but for the reply.
pub fn form(kind: EventKind, case: &DeskCase, options: &DeskOptions, now: Millis) -> Option<Form> {
    use EventKind as E;
    if !matches!(
        kind,
        E::Sign
            | E::ProgressNote
            | E::CoOpinion
            | E::ReturnRequest
            | E::ExtensionRequest
            | E::ToInternalReview
            | E::InternalRejected
            | E::PromiseKept
    ) {
        return None;
    }
    let task = task_field(kind, case)?;
    let mine = &tasks_for(kind, case).first()?.task;
    Some(match kind {
        E::Sign => {
            let fields = vec![
                task,
                Field::new("section", Input::Line).initial(mine.section.clone().unwrap_or_default()),
                Field::new("officer", Input::Line).initial(mine.officer.clone().unwrap_or_default()),
            ];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::Sign {
                    task_id: values.trimmed("task_id"),
                    section: values.trimmed("section"),
                    officer: values.trimmed("officer"),
                })
            })
        }
        E::ProgressNote => {
            let (shown, shown_hint) = forms::PUBLIC_NOTE;
            let (kept, kept_hint) = forms::INTERNAL_NOTE;
            let audience = vec![
                Choice::new("yes", shown).hint(shown_hint),
                Choice::new("no", kept).hint(kept_hint),
            ];
            let fields = vec![
                task,
                Field::new("text", Input::Lines(4)),
                Field::new("public", Input::Cards(audience)).initial("yes"),
            ];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ProgressNote {
                    task_id: values.trimmed("task_id"),
                    text: values.trimmed("text"),
                    public: values.get("public") == "yes",
                    attachments: Vec::new(),
                })
            })
        }
        E::CoOpinion => {
            let fields = vec![task, Field::new("text", Input::Lines(6))];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::CoOpinion {
                    task_id: values.trimmed("task_id"),
                    text: values.trimmed("text"),
                })
            })
        }
        E::ReturnRequest => {
            let units = unit_choices(case, options, Some(&mine.unit_id));
            let fields = vec![
                task,
                Field::new("legal_basis", Input::Lines(4)),
                Field::new("proposed_unit", Input::Pick(units)),
            ];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ReturnRequest {
                    task_id: values.trimmed("task_id"),
                    legal_basis: values.trimmed("legal_basis"),
                    proposed_unit: values.trimmed("proposed_unit"),
                })
            })
        }
        E::ExtensionRequest => {
            let fields = vec![
                task,
                Field::new("until", Input::Day),
                Field::new("text", Input::Lines(3)),
            ];
            Form::new(kind, fields, move |values| {
                let until = day_ahead(values, "until", now)?;
                Ok(CaseEvent::ExtensionRequest {
                    task_id: values.trimmed("task_id"),
                    until,
                    text: values.trimmed("text"),
                })
            })
        }
        E::ToInternalReview => Form::new(kind, vec![task], |values| {
            Ok(CaseEvent::ToInternalReview {
                task_id: values.trimmed("task_id"),
            })
        }),
        E::InternalRejected => {
            let fields = vec![task, Field::new("text", Input::Lines(3))];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::InternalRejected {
                    task_id: values.trimmed("task_id"),
                    text: values.trimmed("text"),
                })
            })
        }
        _ => {
            let fields = vec![task, Field::new("evidence", Input::Lines(5))];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::PromiseKept {
                    task_id: values.trimmed("task_id"),
                    evidence: values.trimmed("evidence"),
                })
            })
        }
    })
}
