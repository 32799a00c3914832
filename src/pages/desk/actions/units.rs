//! What a unit does with its task.

use liaison_domain::Millis;
use liaison_domain::dto::{DeskCase, DeskOptions};
use liaison_domain::lifecycle::{CaseEvent, ContactMeans, ContactStage, EventKind};

use super::super::form::{Choice, Field, Form, Input};
use super::{day_ahead, task_field, tasks_for, unit_choices};
use crate::i18n::desk::forms;

/// The units' forms, but for the reply.
pub fn form(kind: EventKind, case: &DeskCase, options: &DeskOptions, now: Millis) -> Option<Form> {
    use EventKind as E;
    match kind {
        E::Contacted => return Some(contacted(case)),
        E::Delegate => return delegate(case, options),
        _ => {}
    }
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
                Field::new("attachments", Input::Pictures).optional(),
            ];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ProgressNote {
                    task_id: values.trimmed("task_id"),
                    text: values.trimmed("text"),
                    public: values.get("public") == "yes",
                    attachments: values.uploads("attachments"),
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
        // Whoever writes for another unit hands over what is written.
        E::ToInternalReview if tasks_for(kind, case).first()?.delegated_here => {
            return super::replies::written_for(kind, case, now);
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

/// Somebody spoke with the resident: a unit about its task, others about the letter.
fn contacted(case: &DeskCase) -> Form {
    let kind = EventKind::Contacted;
    let stages = ContactStage::ALL;
    // The stage nobody has spoken at yet is the likeliest.
    let next = stages.iter().find(|stage| !case.contacts.contains(stage));
    let stage = stages
        .iter()
        .map(|stage| Choice::new(stage.code(), forms::contact_stage(*stage)))
        .collect();
    let means = ContactMeans::ALL
        .iter()
        .map(|means| Choice::new(means.code(), forms::contact_means(*means)))
        .collect();
    let mut fields: Vec<Field> = task_field(kind, case).into_iter().collect();
    fields.extend([
        Field::new("stage", Input::Cards(stage))
            .initial(next.map(|stage| stage.code()).unwrap_or_default())
            .hint(forms::contacts_so_far(&case.contacts)),
        Field::new("means", Input::Pick(means)).initial(ContactMeans::Phone.code()),
        Field::new("text", Input::Lines(4)),
    ]);
    Form::new(kind, fields, |values| {
        let missing = |name: &str| vec![(name.to_owned(), forms::field_error("required", None))];
        Ok(CaseEvent::Contacted {
            task_id: values.some("task_id"),
            stage: ContactStage::from_code(values.get("stage")).ok_or_else(|| missing("stage"))?,
            means: ContactMeans::from_code(values.get("means")).ok_or_else(|| missing("means"))?,
            text: values.trimmed("text"),
        })
    })
}

/// Work handed one level down, handed to another unit there, or taken back.
fn delegate(case: &DeskCase, options: &DeskOptions) -> Option<Form> {
    const BACK: &str = "back";
    let kind = EventKind::Delegate;
    let task = task_field(kind, case)?;
    let view = *tasks_for(kind, case).first()?;
    let own = options.units.iter().find(|unit| unit.id == view.task.unit_id)?;
    let below = forms::level_below(&own.level);
    let now = view.task.delegate.as_deref();
    let back = now.map(|_| Choice::new(BACK, forms::TAKE_BACK).hint(forms::TAKE_BACK_HINT));
    let units = options
        .units
        .iter()
        .filter(|unit| unit.active && unit.level == below && now != Some(unit.id.as_str()))
        .map(|unit| Choice::new(unit.id.clone(), unit.name.clone()));
    let fields = vec![
        task,
        Field::new("unit_id", Input::Pick(back.into_iter().chain(units).collect())),
        Field::new("text", Input::Lines(3)).optional(),
    ];
    Some(Form::new(kind, fields, |values| {
        Ok(CaseEvent::Delegate {
            task_id: values.trimmed("task_id"),
            unit_id: values.some("unit_id").filter(|unit| unit != BACK),
            text: values.trimmed("text"),
        })
    }))
}
