//! The ledger of receptions (接待台账): what a record holds, what is wrong with one, how paper ledgers are read.

mod sheet;

pub use sheet::{Column, Known, RowFault, Sheet, SheetRow, columns_of, guarded, read_row, unguarded};

use crate::Id;
use crate::dto::{FieldError, dto};
use crate::form::char_count;
use crate::lifecycle::coded_enum;

/// What the numbers of records begin with.
pub const PREFIX: &str = "JD";
/// Most people who come together.
pub const PEOPLE_MAX: u32 = 999;
/// Most deputies in one record.
pub const DEPUTIES_MAX: usize = 20;

coded_enum! {
    /// What became of what somebody came with.
    RecordOutcome {
        /// 当场解决.
        OnSite = "on_site",
        /// 转为意见: it became a letter.
        Letter = "letter",
        /// 仅记录: to be known, nothing more is wanted.
        Noted = "noted",
    }
}

dto! {
    /// Who received. Deputies of the past have no id.
    pub struct ReceivedBy {
        pub id: Option<Id>,
        pub name: String,
    }

    /// What is written down about one talk.
    pub struct RecordContent {
        /// Who came; empty where they would not say.
        pub visitor: String,
        pub people: u32,
        /// What it is about, in a few words.
        pub topic: String,
        pub category_id: Option<Id>,
        /// What the visitor said, as they said it.
        pub words: String,
        /// What those who received wrote down.
        pub notes: String,
        /// Where they went to look, if they did.
        pub visit_place: String,
        /// What they saw there.
        pub visit_seen: String,
        pub outcome: RecordOutcome,
        /// How it was solved on the spot.
        pub solved: String,
        pub deputies: Vec<ReceivedBy>,
    }
}

/// Longest texts by field, in characters.
const LENGTHS: &[(&str, usize)] = &[
    ("visitor", 40),
    ("topic", 60),
    ("words", 2000),
    ("notes", 4000),
    ("visit_place", 100),
    ("visit_seen", 1000),
    ("solved", 1000),
];

/// Longest text of a field, in characters.
pub fn longest(field: &str) -> usize {
    let known = LENGTHS.iter().find(|(name, _)| *name == field);
    known.map_or(usize::MAX, |(_, most)| *most)
}

/// What is wrong with a record, in the order of its form.
pub fn check_record(content: &RecordContent) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let mut note = |field: &str, code: &str, limit: Option<usize>| {
        wrong.push(FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
            limit: limit.map(|limit| limit as u64),
        });
    };
    if content.deputies.len() > DEPUTIES_MAX {
        note("deputies", "too_many", Some(DEPUTIES_MAX));
    }
    if content.people == 0 || content.people > PEOPLE_MAX {
        note("people", "invalid", Some(PEOPLE_MAX as usize));
    }
    for (field, text, needed) in [
        ("visitor", &content.visitor, false),
        ("topic", &content.topic, true),
        ("words", &content.words, false),
        ("notes", &content.notes, false),
        (
            "visit_place",
            &content.visit_place,
            !content.visit_seen.trim().is_empty(),
        ),
        ("visit_seen", &content.visit_seen, false),
        ("solved", &content.solved, content.outcome == RecordOutcome::OnSite),
    ] {
        let most = longest(field);
        match char_count(text) {
            0 if needed => note(field, "required", None),
            count if count > most => note(field, "too_long", Some(most)),
            _ => {}
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> RecordContent {
        RecordContent {
            visitor: String::new(),
            people: 1,
            topic: "路灯".to_owned(),
            category_id: None,
            words: String::new(),
            notes: String::new(),
            visit_place: String::new(),
            visit_seen: String::new(),
            outcome: RecordOutcome::Noted,
            solved: String::new(),
            deputies: Vec::new(),
        }
    }

    fn fields(content: &RecordContent) -> Vec<(String, String)> {
        let wrong = check_record(content).into_iter();
        wrong.map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn little_is_asked_and_what_the_outcome_needs() {
        assert_eq!(fields(&content()), []);
        let solved = RecordContent {
            outcome: RecordOutcome::OnSite,
            topic: " ".to_owned(),
            visit_seen: "积水半尺".to_owned(),
            people: 0,
            ..content()
        };
        let expected = [
            ("people", "invalid"),
            ("topic", "required"),
            ("visit_place", "required"),
            ("solved", "required"),
        ];
        assert_eq!(fields(&solved), expected.map(|(f, c)| (f.to_owned(), c.to_owned())));
    }

    #[test]
    fn a_text_beyond_its_limit_names_the_limit() {
        let long = RecordContent {
            topic: "灯".repeat(61),
            ..content()
        };
        assert_eq!(check_record(&long)[0].limit, Some(60));
    }
}
