//! The letter being written: kept on this device with every change, so that no word is lost to a reload,
//! a closed tab or an expired login.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use liaison_domain::Millis;

use super::stored::{Stored, form_of};
use crate::state::drafts::{self, Kept};
use crate::state::react;
use crate::state::timers::Debounce;
use crate::views::form::{Challenge, LetterForm, PhoneForm};

/// Where the draft lies.
const NAME: &str = "letter";
/// Quiet time before a change is written down.
const QUIET: Duration = Duration::from_millis(300);

/// The letter being written. A handle: copies are the same letter.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The answers so far. Typing changes it without redrawing: views read it untracked.
    pub form: RwSignal<LetterForm>,
    /// The phone being verified.
    pub phone: RwSignal<PhoneForm>,
    /// Where it was kept last; none before the first change.
    pub kept: RwSignal<Option<Kept>>,
    /// An older draft was found on opening: when it was saved, and at which step. The person is told.
    pub found: RwSignal<Option<(Millis, String)>>,
    step: StoredValue<String>,
    key: StoredValue<Option<String>>,
    over: StoredValue<bool>,
    /// The device's store was asked for a draft.
    looked: StoredValue<bool>,
    saver: StoredValue<Option<Debounce>, LocalStorage>,
}

impl Draft {
    /// An empty letter that saves itself until the page is left.
    pub fn new() -> Self {
        let draft = Self {
            form: RwSignal::new(LetterForm::default()),
            phone: RwSignal::new(PhoneForm::default()),
            kept: RwSignal::new(None),
            found: RwSignal::new(None),
            step: StoredValue::new(String::new()),
            key: StoredValue::new(None),
            over: StoredValue::new(false),
            looked: StoredValue::new(false),
            saver: StoredValue::new_local(None),
        };
        draft.saver.set_value(Some(Debounce::new(QUIET, move || draft.write())));
        let hidden = window_event_listener(ev::visibilitychange, move |_| draft.leave());
        let left = window_event_listener_untyped("pagehide", move |_| draft.leave());
        on_cleanup(move || {
            draft.flush();
            hidden.remove();
            left.remove();
        });
        draft
    }

    /// Something changed: keep it soon.
    pub fn changed(self) {
        if let Some(Some(saver)) = self.saver.try_get_value() {
            saver.call();
        }
    }

    /// The page may be gone in a moment.
    fn leave(self) {
        let nothing = self.over.try_get_value() != Some(false) || self.form.try_with_untracked(is_empty) != Some(false);
        if nothing {
            return;
        }
        if let Some(stored) = self.to_stored() {
            drafts::save_at_once(NAME, &stored);
        }
        self.flush();
    }

    /// Keep it now.
    pub fn flush(self) {
        if let Some(Some(saver)) = self.saver.try_get_value() {
            saver.flush();
        }
    }

    /// The step one is at, to come back to.
    pub fn at(self, step: &str) {
        self.step.set_value(step.to_owned());
        self.changed();
    }

    /// The key of the submission, made at the first try and then kept with the draft, so that a lost answer
    /// and another try make one letter.
    pub fn submission_key(self) -> String {
        if let Some(key) = self.key.get_value() {
            return key;
        }
        let key = crate::api::idempotency_key();
        self.key.set_value(Some(key.clone()));
        self.flush();
        key
    }

    /// The server refused the letter, so that a corrected one is another request.
    pub fn new_submission(self) {
        self.key.set_value(None);
        self.changed();
    }

    /// Whether anything was written.
    pub fn is_empty(self) -> bool {
        self.form.with_untracked(is_empty)
    }

    /// Reads what this device kept, if anything.
    pub async fn restore(self) {
        let Some(stored) = drafts::load::<Stored>(NAME).await else {
            return;
        };
        let found = (stored.saved_at, stored.step.clone());
        self.step.set_value(stored.step.clone());
        self.key.set_value(stored.key.clone());
        self.phone.set(PhoneForm {
            phone: stored.phone.clone(),
            code: String::new(),
            challenge: stored.challenge.as_ref().map(|challenge| Challenge {
                id: challenge.id.clone(),
                phone_masked: challenge.phone_masked.clone(),
                demo_code: challenge.demo_code.clone(),
            }),
        });
        let form = form_of(stored);
        if is_empty(&form) {
            return;
        }
        self.form.set(form);
        self.kept.set(Some(Kept::Stored));
        self.found.set(Some(found));
    }

    /// Forgets everything: sent, or begun anew.
    pub async fn clear(self) {
        self.over.set_value(true);
        let form = self.form.get_untracked();
        for item in form.photos.into_iter().chain(form.voice).chain(form.video) {
            drafts::remove(&picture_name(&item.key)).await;
        }
        drafts::remove(NAME).await;
        let _ = self.found.try_set(None);
        let _ = self.kept.try_set(None);
        let _ = self.form.try_set(LetterForm::default());
        let _ = self.phone.try_update(|phone| *phone = PhoneForm::default());
        let _ = self.key.try_set_value(None);
        let _ = self.over.try_set_value(false);
    }

    fn write(self) {
        if self.over.try_get_value() != Some(false) {
            return;
        }
        let Some(empty) = self.form.try_with_untracked(is_empty) else {
            return;
        };
        if empty {
            // What this device keeps is not thrown away before it was looked at.
            if self.looked.try_get_value() == Some(true) {
                react::spawn(async move {
                    drafts::remove(NAME).await;
                    let _ = self.kept.try_set(None);
                });
            }
            return;
        }
        let Some(stored) = self.to_stored() else { return };
        react::spawn(async move {
            let kept = drafts::save(NAME, &stored).await;
            let _ = self.kept.try_set(Some(kept));
        });
    }

    /// The draft to write; `None` when the page is gone.
    fn to_stored(self) -> Option<Stored> {
        let form = self.form.try_get_untracked()?;
        let phone = self.phone.try_get_untracked()?;
        Some(Stored::of(
            form,
            phone,
            self.step.try_get_value()?,
            self.key.try_get_value()?,
        ))
    }
}

/// Where a picture of the draft lies.
pub fn picture_name(key: &str) -> String {
    format!("{NAME}/{key}")
}

/// Nothing that a person wrote: prefilled addressees don't count.
fn is_empty(form: &LetterForm) -> bool {
    form.body.trim().is_empty()
        && form.title.is_empty()
        && form.place.is_empty()
        && form.photos.is_empty()
        && form.voice.is_none()
        && form.video.is_none()
}
