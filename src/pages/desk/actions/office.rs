//! What the station's office does: taking on, handing out, deciding, releasing.

use liaison_domain::Millis;
use liaison_domain::dto::{DeskCase, DeskOptions, ReasonCode};
use liaison_domain::lifecycle::{CaseEvent, EventKind};
use liaison_domain::reply::Finding;

use super::super::form::{Choice, Field, Form, Input};
use super::{bare, day_ahead, deputy_choices, intake, one_text, reason_choices, task_field, unit_choices};
use crate::i18n::desk::{forms, lint};

/// The office's forms.
pub fn form(kind: EventKind, case: &DeskCase, options: &DeskOptions, now: Millis) -> Option<Form> {
    use EventKind as E;
    Some(match kind {
        E::Accept => intake::accept(case, options, now),
        E::Assign => intake::assign(case, options, now),
        E::ToDeputy => {
            let own = case.deputy.as_ref().map(|deputy| deputy.id.clone()).unwrap_or_default();
            let field = Field::new("deputy_id", Input::Pick(deputy_choices(case, options))).initial(own);
            Form::new(kind, vec![field], |values| {
                Ok(CaseEvent::ToDeputy {
                    deputy_id: values.trimmed("deputy_id"),
                })
            })
        }
        E::Decline => reasoned(kind, &options.decline_reasons, |reason_code, text| CaseEvent::Decline {
            reason_code,
            text,
        }),
        E::KeepClosed => reasoned(kind, &options.keep_closed_reasons, |reason_code, text| {
            CaseEvent::KeepClosed { reason_code, text }
        }),
        E::Refer => refer(options),
        E::AskInfo => one_text(kind, |text| CaseEvent::AskInfo { text }).preview(super::replies::as_note),
        E::Dispute => one_text(kind, |text| CaseEvent::Dispute { text }),
        E::SendBack => one_text(kind, |text| CaseEvent::SendBack { text }),
        E::Release => release(case),
        E::Reopen => reopen(case, options),
        E::Award => {
            let fields = vec![
                Field::new("unit_id", Input::Pick(unit_choices(case, options, None))),
                Field::new("co", Input::Many(unit_choices(case, options, None))).optional(),
                Field::new("text", Input::Lines(4)),
            ];
            Form::new(kind, fields, |values| {
                let unit_id = values.trimmed("unit_id");
                let co = intake::others(values, &unit_id);
                Ok(CaseEvent::Award {
                    unit_id,
                    co,
                    text: values.trimmed("text"),
                })
            })
        }
        E::Merge => {
            let fields = vec![Field::new("into", Input::Line), Field::new("text", Input::Lines(3))];
            let own = [case.no.clone(), case.id.clone()];
            Form::new(kind, fields, move |values| {
                let into = values.trimmed("into");
                if own.iter().any(|own| own.eq_ignore_ascii_case(&into)) {
                    return Err(vec![("into".to_owned(), forms::SAME_CASE.to_owned())]);
                }
                Ok(CaseEvent::Merge {
                    into,
                    text: values.trimmed("text"),
                })
            })
        }
        E::Unmerge => bare(kind, CaseEvent::Unmerge {}),
        E::Supervise => {
            let fields = vec![
                Field::new("leader", Input::Line),
                Field::new("due_at", Input::Day),
                Field::new("text", Input::Lines(3)),
            ];
            Form::new(kind, fields, move |values| {
                let due_at = day_ahead(values, "due_at", now)?;
                Ok(CaseEvent::Supervise {
                    leader: values.trimmed("leader"),
                    due_at,
                    text: values.trimmed("text"),
                })
            })
        }
        E::ReturnApproved => {
            let fields = vec![task_field(kind, case)?];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ReturnApproved {
                    task_id: values.trimmed("task_id"),
                })
            })
        }
        E::ExtensionApproved => {
            let fields = vec![task_field(kind, case)?];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ExtensionApproved {
                    task_id: values.trimmed("task_id"),
                })
            })
        }
        E::ReturnRefused => {
            let fields = vec![task_field(kind, case)?, Field::new("text", Input::Lines(3))];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ReturnRefused {
                    task_id: values.trimmed("task_id"),
                    text: values.trimmed("text"),
                })
            })
        }
        E::ExtensionRefused => {
            let fields = vec![task_field(kind, case)?, Field::new("text", Input::Lines(3))];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ExtensionRefused {
                    task_id: values.trimmed("task_id"),
                    text: values.trimmed("text"),
                })
            })
        }
        E::ReassignUnit => {
            let fields = vec![
                task_field(kind, case)?,
                Field::new("unit_id", Input::Pick(unit_choices(case, options, None))),
            ];
            Form::new(kind, fields, |values| {
                Ok(CaseEvent::ReassignUnit {
                    task_id: values.trimmed("task_id"),
                    unit_id: values.trimmed("unit_id"),
                })
            })
        }
        _ => return None,
    })
}

fn reopen(case: &DeskCase, options: &DeskOptions) -> Form {
    let before = case
        .tasks
        .iter()
        .rev()
        .find(|task| task.task.role == liaison_domain::lifecycle::TaskRole::Lead);
    let fields = vec![
        Field::new("lead", Input::Pick(unit_choices(case, options, None)))
            .initial(before.map(|task| task.task.unit_id.clone()).unwrap_or_default()),
        Field::new("leader", Input::Line),
        Field::new("text", Input::Lines(4)),
    ];
    Form::new(EventKind::Reopen, fields, |values| {
        Ok(CaseEvent::Reopen {
            lead: values.trimmed("lead"),
            leader: values.trimmed("leader"),
            text: values.trimmed("text"),
        })
    })
}

fn release(case: &DeskCase) -> Form {
    let mut fields = Vec::new();
    let weighty = Finding::codes(&case.warnings);
    let advice = lint::in_short(case.warnings.iter().filter(|finding| !finding.code.must_be_read()));
    if !weighty.is_empty() {
        // Each warning once, with every place it is about.
        let boxes = weighty.iter().map(|code| {
            let places = case.warnings.iter().filter(|finding| finding.code.code() == code);
            Choice::new(code.clone(), lint::in_short(places)).hint(forms::READ_AND_RELEASE)
        });
        fields.push(Field::new("acknowledged", Input::Checks(boxes.collect())).hint(forms::unread_hint(&advice)));
    }
    // Only the deputy it was written to, or lies with, can hand it on.
    if let Some(deputy) = &case.deputy {
        let through = vec![
            Choice::new("", forms::BY_STATION),
            Choice::new(deputy.id.clone(), forms::by_deputy(&deputy.name)),
        ];
        fields.push(Field::new("forwarded_by_deputy", Input::Cards(through)).optional());
        fields.push(
            Field::new("words", Input::Lines(3))
                .optional()
                .when("forwarded_by_deputy", &[]),
        );
    }
    Form::new(EventKind::Release, fields, move |values| {
        let acknowledged = values.many("acknowledged");
        if !weighty.iter().all(|code| acknowledged.contains(code)) {
            return Err(vec![("acknowledged".to_owned(), forms::UNREAD.to_owned())]);
        }
        let forwarded_by_deputy = values.some("forwarded_by_deputy");
        let words = forwarded_by_deputy.as_ref().and_then(|_| values.some("words"));
        Ok(CaseEvent::Release {
            forwarded_by_deputy,
            words,
            acknowledged,
        })
    })
    .preview(super::replies::reply_in_review)
}

/// A reason of the library, and words of one's own. The resident reads both, and the library's way out.
fn reasoned(
    kind: EventKind,
    reasons: &[ReasonCode],
    make: impl Fn(String, String) -> CaseEvent + Send + Sync + 'static,
) -> Form {
    let fields = vec![
        Field::new("reason_code", Input::Cards(reason_choices(reasons))),
        Field::new("text", Input::Lines(5)),
    ];
    let library = reasons.to_vec();
    Form::new(kind, fields, move |values| {
        Ok(make(values.trimmed("reason_code"), values.trimmed("text")))
    })
    .preview(move |values, case| {
        let reason = library.iter().find(|reason| reason.code == values.get("reason_code"));
        let parts = [
            reason.map(|reason| reason.text.as_str()).unwrap_or_default(),
            values.get("text").trim(),
            reason.map(|reason| reason.way_out.as_str()).unwrap_or_default(),
        ];
        super::replies::note(&parts.join("\n"), case)
    })
}

fn refer(options: &DeskOptions) -> Form {
    let choices = options
        .channels
        .iter()
        .map(|channel| {
            let label = if channel.phone.is_empty() {
                channel.name.clone()
            } else {
                [&channel.name, "  ", &channel.phone].concat()
            };
            Choice::new(channel.code.clone(), label)
        })
        .collect();
    let fields = vec![
        Field::new("channel", Input::Pick(choices)),
        Field::new("reference", Input::Line).optional(),
        Field::new("text", Input::Lines(4)),
    ];
    Form::new(EventKind::Refer, fields, |values| {
        Ok(CaseEvent::Refer {
            channel: values.trimmed("channel"),
            reference: values.some("reference"),
            text: values.trimmed("text"),
        })
    })
    .preview(super::replies::as_note)
}
