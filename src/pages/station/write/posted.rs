//! A letter that was begun on plain forms, because its writer was quicker than the app.

use leptos::prelude::document;

use crate::pages::forms;
use crate::views::form::{LetterForm, WriteStep, draft_id};

/// What the server's page holds of it.
pub struct Posted {
    /// Names the letter: sent by a form or by the app, it is one.
    pub key: String,
    /// The question that stands there.
    pub step: WriteStep,
    /// The answers so far, with those that are being given.
    answers: Vec<(String, String)>,
}

impl Posted {
    /// Id of the draft that is made of it.
    pub fn draft_id(&self) -> String {
        draft_id(&self.key)
    }

    /// The letter; what it says nothing of stays as it was `before`.
    pub fn onto(&self, before: LetterForm) -> LetterForm {
        let mut form = before.clone();
        form.take(&self.answers);
        form.take_photos(&self.answers);
        form.photos
            .retain(|new| before.photos.iter().all(|known| known.id != new.id));
        LetterForm {
            photos: before.photos.into_iter().chain(form.photos).collect(),
            voice: before.voice.or(form.voice),
            video: before.video.or(form.video),
            ..form
        }
    }
}

/// Reads the letter of a page that the server has drawn as the answer to a posted form; `None` on every other page.
pub fn read() -> Option<Posted> {
    let mark = document().query_selector("#write > [name=app_at]").ok()??;
    let pairs = forms::values(&mark.parent_element()?);
    let value = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    Some(Posted {
        key: value("once")?,
        step: WriteStep::from_code(&value("step")?),
        answers: pairs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_says_nothing_of_stays_and_files_are_put_together() {
        let answers = [
            ("body", "灯坏了一个月"),
            ("photo", "b.t"),
            ("photo", "c.t"),
            ("step", "where"),
        ];
        let posted = Posted {
            key: "0123456789abcdef0123456789abcdef0123456789abcdef".to_owned(),
            step: WriteStep::Where,
            answers: answers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        };
        let photo = |id: &str, key: &str| {
            let mut photo = crate::views::form::PhotoItem::from_carried(&[id, ".t"].concat()).expect("an upload");
            photo.key = key.to_owned();
            photo
        };
        let form = posted.onto(LetterForm {
            body: "灯坏了".to_owned(),
            title: "楼道的灯".to_owned(),
            photos: vec![photo("a", "1"), photo("b", "2")],
            voice: Some(photo("v", "3")),
            ..LetterForm::default()
        });
        assert_eq!((form.body.as_str(), form.title.as_str()), ("灯坏了一个月", "楼道的灯"));
        let keys: Vec<&str> = form.photos.iter().map(|photo| photo.key.as_str()).collect();
        assert_eq!(keys, ["1", "2", "c"], "pictures on the device stay under their keys");
        assert_eq!(form.voice.map(|voice| voice.key).as_deref(), Some("3"));
        assert_eq!(posted.draft_id(), "0123456789abcdef0123456789abcdef");
    }
}
