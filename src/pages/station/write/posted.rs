//! A letter that was begun on plain forms, because its writer was quicker than the app.

use leptos::prelude::document;
use web_sys::Element;

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

/// The form of a page that the server has drawn as the answer to another form.
fn form() -> Option<Element> {
    let mark = document().query_selector("#write > [name=app_at]").ok()??;
    mark.parent_element()
}

/// Whether such a page stands there.
pub fn is_there() -> bool {
    form().is_some()
}

/// Reads its letter.
pub fn read() -> Option<Posted> {
    let pairs = forms::values(&form()?);
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
