//! From what is wrong with a letter back to the question that asks for it.

use liaison_domain::dto::{FieldError, FormLimits};
use liaison_domain::form::{LetterLimits, check_letter_field};

use crate::views::form::{LetterForm, WriteStep};

/// Which question asks for a field of the API.
pub fn step_of(field: &str) -> WriteStep {
    match field.split('.').next().unwrap_or_default() {
        "area" | "place" | "spot" => WriteStep::Where,
        "deputy" | "station" => WriteStep::Who,
        "attachments" | "photos" | "video" => WriteStep::Photos,
        "title" | "kind" | "category" | "category_by_resident" | "name" | "name_shown" | "consent_publish" => {
            WriteStep::More
        }
        "phone" | "code" => WriteStep::Phone,
        _ => WriteStep::What,
    }
}

/// The fields a question asks for, as the rules call them.
const fn fields_of(step: WriteStep) -> &'static [&'static str] {
    match step {
        WriteStep::What => &["body", "media", "helper_name", "helper_relation", "helper_phone"],
        WriteStep::Where => &["area", "place", "spot"],
        WriteStep::Who => &["deputy", "station"],
        WriteStep::Photos => &["attachments"],
        WriteStep::More => &["category", "title", "name"],
        WriteStep::Check | WriteStep::Phone | WriteStep::Done => &[],
    }
}

/// What is wrong with the answers of one question.
pub fn errors_of(step: WriteStep, form: &LetterForm, limits: &FormLimits) -> Vec<FieldError> {
    let limits = LetterLimits {
        body_min: limits.body_min,
        body_max: limits.body_max,
        title_max: limits.title_max,
        photos_max: limits.photos_max,
        photo_bytes_max: limits.photo_bytes_max,
        ..LetterLimits::default()
    };
    let mut letter = form.letter();
    // What was said counts while it is still on its way.
    if letter.media.is_empty() && form.voice.is_some() {
        letter.media.push("voice".to_owned());
    }
    fields_of(step)
        .iter()
        .filter_map(|field| check_letter_field(field, &letter, &limits))
        .collect()
}

/// The first question before `step` that is not answered as it must be.
pub fn first_gap(step: WriteStep, form: &LetterForm, limits: &FormLimits) -> Option<WriteStep> {
    WriteStep::ALL
        .iter()
        .copied()
        .take_while(|earlier| *earlier < step)
        .find(|earlier| !errors_of(*earlier, form, limits).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> FormLimits {
        LetterLimits::default().into()
    }

    fn form() -> LetterForm {
        LetterForm {
            body: "路灯坏了三天，晚上很黑。".to_owned(),
            station: "yunfan".to_owned(),
            ..LetterForm::default()
        }
    }

    #[test]
    fn nobody_reaches_the_check_past_an_unanswered_question() {
        assert_eq!(first_gap(WriteStep::Check, &form(), &limits()), None);
        let empty = LetterForm::default();
        assert_eq!(first_gap(WriteStep::Check, &empty, &limits()), Some(WriteStep::What));
        let nobody = LetterForm {
            station: String::new(),
            ..form()
        };
        assert_eq!(first_gap(WriteStep::Phone, &nobody, &limits()), Some(WriteStep::Who));
        assert_eq!(
            first_gap(WriteStep::Who, &nobody, &limits()),
            None,
            "the question itself is open"
        );
    }

    #[test]
    fn every_field_of_the_rules_has_its_question() {
        for field in liaison_domain::form::LETTER_FIELDS {
            let step = step_of(field.name);
            assert!(fields_of(step).contains(&field.name), "{}", field.name);
        }
    }
}
