//! Taking a letter on and handing it out: the two forms whose days and units follow the rules' suggestions.

use liaison_domain::Millis;
use liaison_domain::dto::{DeskCase, DeskOptions, Suggestions};
use liaison_domain::lifecycle::{CaseClass, CaseEvent, EventKind, LetterKind, Urgency};

use super::super::form::{Choice, Field, Form, Input, Values};
use super::{day_ahead, iso, unit_choices};
use crate::i18n::desk::{self as words, forms};

/// When an answer would be due, by class.
const fn due_by_class(suggested: &Suggestions, class: CaseClass) -> Millis {
    match class {
        CaseClass::Simple => suggested.due_simple,
        CaseClass::Normal => suggested.due_normal,
        CaseClass::Urgent => suggested.due_urgent,
    }
}

fn class_of(values: &Values) -> CaseClass {
    CaseClass::from_code(values.get("class")).unwrap_or(CaseClass::Normal)
}

/// 受理.
pub fn accept(case: &DeskCase, options: &DeskOptions, now: Millis) -> Form {
    let class = case.class.unwrap_or(match (case.urgency, case.kind) {
        (Urgency::Urgent | Urgency::Emergency, _) => CaseClass::Urgent,
        (Urgency::Normal, LetterKind::Question | LetterKind::Praise) => CaseClass::Simple,
        (Urgency::Normal, _) => CaseClass::Normal,
    });
    let explained = |class: CaseClass, hint: &'static str| Choice::new(class.code(), words::class(class)).hint(hint);
    let classes = vec![
        explained(CaseClass::Simple, forms::CLASS_SIMPLE),
        explained(CaseClass::Normal, forms::CLASS_NORMAL),
        explained(CaseClass::Urgent, forms::CLASS_URGENT),
    ];
    let urgencies = Urgency::ALL
        .iter()
        .map(|one| Choice::new(one.code(), words::urgency(*one)))
        .collect();
    let suggested = case.suggested.clone();
    let first_due = iso(due_by_class(&suggested, class));
    let mut category = Field::new("category_id", Input::Pick(category_choices(options))).initial(
        case.category
            .as_ref()
            .map(|category| category.id.clone())
            .unwrap_or_default(),
    );
    if case.category.is_some() && case.category_guessed {
        category = category.hint(words::CATEGORY_GUESSED);
    }
    let fields = vec![
        category,
        Field::new("class", Input::Cards(classes)).initial(class.code()),
        Field::new("urgency", Input::Cards(urgencies)).initial(case.urgency.code()),
        Field::new("due_at", Input::Day).initial(first_due),
    ];
    let all_days = [suggested.due_simple, suggested.due_normal, suggested.due_urgent].map(iso);
    let for_follow = suggested.clone();
    Form::new(EventKind::Accept, fields, move |values| {
        let class = class_of(values);
        // The rule's own day is the rule's to set: it knows the hour.
        let by_rule = values.get("due_at") == iso(due_by_class(&suggested, class));
        let due_at = if by_rule {
            None
        } else {
            Some(day_ahead(values, "due_at", now)?)
        };
        let urgency = Urgency::from_code(values.get("urgency")).unwrap_or(Urgency::Normal);
        Ok(CaseEvent::Accept {
            category_id: values.trimmed("category_id"),
            class,
            urgency,
            due_at,
        })
    })
    .follow(move |values, changed| {
        // A day set by hand stays.
        let untouched = all_days.iter().any(|day| day == values.get("due_at")) || values.get("due_at").is_empty();
        if changed == "class" && untouched {
            vec![("due_at", iso(due_by_class(&for_follow, class_of(values))))]
        } else {
            Vec::new()
        }
    })
}

/// The second level under the first; a first-level category without children stands for itself.
fn category_choices(options: &DeskOptions) -> Vec<Choice> {
    let mut choices = Vec::new();
    for parent in options
        .categories
        .iter()
        .filter(|category| category.parent_id.is_none())
    {
        let children = options
            .categories
            .iter()
            .filter(|child| child.parent_id.as_deref() == Some(&parent.id));
        let before = choices.len();
        choices
            .extend(children.map(|child| Choice::new(child.id.clone(), child.name.clone()).group(parent.name.clone())));
        if choices.len() == before {
            choices.push(Choice::new(parent.id.clone(), parent.name.clone()));
        }
    }
    choices
}

/// Chosen co-units without the lead.
pub fn others(values: &Values, lead: &str) -> Vec<String> {
    values.many("co").into_iter().filter(|unit| unit != lead).collect()
}

/// 交办.
pub fn assign(case: &DeskCase, options: &DeskOptions, now: Millis) -> Form {
    let lead = case
        .suggested
        .units
        .first()
        .map(|unit| unit.unit.id.clone())
        .unwrap_or_default();
    let due = case.due_at.map(iso).unwrap_or_default();
    let fields = vec![
        Field::new("lead", Input::Pick(unit_choices(case, options, None))).initial(lead),
        Field::new("co", Input::Many(unit_choices(case, options, None))).optional(),
        Field::new("due_at", Input::Day).optional().initial(due.clone()),
        Field::new("leader", Input::Line).optional(),
        Field::new("note", Input::Lines(3)).optional(),
    ];
    Form::new(EventKind::Assign, fields, move |values| {
        let typed = values.get("due_at").trim();
        let due_at = if typed.is_empty() || typed == due {
            None
        } else {
            Some(day_ahead(values, "due_at", now)?)
        };
        let lead = values.trimmed("lead");
        let co = others(values, &lead);
        Ok(CaseEvent::Assign {
            lead,
            co,
            due_at,
            leader: values.some("leader"),
            note: values.some("note"),
        })
    })
}
