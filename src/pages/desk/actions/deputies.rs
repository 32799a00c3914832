//! How a deputy rates the handling, beside the resident: noted down, or with the wish that it be done again.

use liaison_domain::dto::RATING_REASONS;
use liaison_domain::lifecycle::{CaseEvent, EventKind, Rating, Solved};

use super::super::form::{Choice, Field, Form, Input, Values, Wrong};
use crate::i18n::desk::forms;
use crate::i18n::zh;

/// The forms that rate; words to a resident's question stand with them.
pub fn form(kind: EventKind) -> Option<Form> {
    match kind {
        EventKind::DeputyRated => Some(rated(kind, false)),
        EventKind::RatedBad => Some(rated(kind, true)),
        EventKind::FollowUpAnswered => Some(super::one_note(kind, |text| CaseEvent::FollowUpAnswered { text })),
        _ => None,
    }
}

fn levels() -> Input {
    Input::Pick(
        zh::rate::LEVELS
            .iter()
            .map(|(level, _, words)| Choice::new(level.to_string(), *words))
            .collect(),
    )
}

fn rated(kind: EventKind, again: bool) -> Form {
    let choices = |known: &[(&'static str, &'static str)]| {
        known
            .iter()
            .map(|(code, words)| Choice::new(*code, *words))
            .collect::<Vec<_>>()
    };
    let mut fields = vec![
        Field::new("attitude", levels()),
        Field::new("process", levels()),
        Field::new("result", levels()),
        Field::new("solved", Input::Pick(choices(zh::rate::SOLVED_CHOICES))),
    ];
    if again {
        fields.push(Field::new("reasons", Input::Many(choices(RATING_REASONS))).optional());
    }
    fields.push(Field::new("text", Input::Lines(3)).optional());
    Form::new(kind, fields, move |values| {
        let rating = rating(values)?;
        if again && rating.reasons.is_empty() && rating.text.is_empty() {
            return Err(vec![("reasons".to_owned(), forms::REASON_NEEDED.to_owned())]);
        }
        Ok(if again {
            CaseEvent::RatedBad { rating }
        } else {
            CaseEvent::DeputyRated { rating }
        })
    })
}

fn rating(values: &Values) -> Result<Rating, Vec<Wrong>> {
    let level = |name: &str| {
        let chosen = values.get(name).parse::<u8>().ok();
        chosen.ok_or_else(|| vec![(name.to_owned(), forms::field_error("required", None))])
    };
    Ok(Rating {
        attitude: level("attitude")?,
        process: level("process")?,
        result: level("result")?,
        solved: Solved::from_code(values.get("solved"))
            .ok_or_else(|| vec![("solved".to_owned(), forms::field_error("required", None))])?,
        reasons: values.many("reasons"),
        text: values.trimmed("text"),
    })
}
