//! A letter that was begun on plain forms, because its writer was quicker than the app.

use leptos::prelude::document;

use crate::pages::forms;
use crate::views::form::{LetterForm, WriteStep};

/// What the server's page holds of it.
pub struct Posted {
    /// Names the letter: sent by a form or by the app, it is one.
    pub key: String,
    /// The question that stands there.
    pub step: WriteStep,
    /// The answers so far, with those that are being given.
    pub form: LetterForm,
}

/// Reads the letter of a page that the server has drawn as the answer to a posted form; `None` on every other page.
pub fn read() -> Option<Posted> {
    let mark = document().query_selector("#write > [name=app_at]").ok()??;
    let pairs = forms::values(&mark.parent_element()?);
    let value = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    let mut form = LetterForm::default();
    form.take(&pairs);
    form.take_photos(&pairs);
    Some(Posted {
        key: value("once")?,
        step: WriteStep::from_code(&value("step")?),
        form,
    })
}
