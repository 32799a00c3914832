//! Forms as tables: which fields there are and what they allow. Run in the browser before sending and on the server
//! again; both get the same [`crate::dto::FieldError`]s. The words for the codes stand in the clients' `i18n`.

mod letter;
mod rules;
mod title;

pub use crate::guess::{guess_category, guess_kind};
pub use letter::{LETTER_FIELDS, LetterField, check_letter, check_letter_field};
pub use rules::{LetterLimits, char_count};
pub use title::title_of;
