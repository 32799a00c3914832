//! The letter being written: kept on this device with every change, and with the server soon after, so that no word is
//! lost to a reload, a closed tab, an emptied browser or an expired login.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::Receipt;

use super::outbox;
use super::posted::Posted;
use super::shelf::{self, picture_name};
use super::stored::{Out, Stored, form_of};
use crate::api;
use crate::i18n::zh;
use crate::state::drafts::{self, Kept};
use crate::state::timers::{self, Debounce, now};
use crate::state::{live, nav, react};
use crate::views::form::{LetterForm, PhoneForm};

/// Quiet time before a change is written down.
const QUIET: Duration = Duration::from_millis(300);
/// How often the server's copy follows, at most.
const SERVER: Duration = Duration::from_secs(10);

/// The letter being written. A handle: copies are the same letter.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The answers so far. Typing changes it without redrawing: views read it untracked.
    pub form: RwSignal<LetterForm>,
    /// The phone being verified.
    pub phone: RwSignal<PhoneForm>,
    /// Where it was kept last; none before the first change.
    pub kept: RwSignal<Option<Kept>>,
    /// A photo could not be kept on this device.
    pub photo_unkept: RwSignal<bool>,
    /// An older draft was found on opening: when it was saved, and at which step. The person is told.
    pub found: RwSignal<Option<(Millis, String)>>,
    /// Counts what was found after the page had opened.
    pub replaced: RwSignal<u32>,
    id: StoredValue<String>,
    /// When this page last read or wrote it: another time on the device is another tab's work.
    seen: StoredValue<Millis>,
    /// What was found there, with the words of the last moment: that page may have written them down late.
    found_there: StoredValue<Option<Stored>>,
    step: StoredValue<String>,
    key: StoredValue<Option<String>>,
    over: StoredValue<bool>,
    /// Something is not written down yet.
    dirty: StoredValue<bool>,
    writing: StoredValue<bool>,
    /// The server's copy is behind.
    behind: StoredValue<bool>,
    saver: StoredValue<Option<Debounce>, LocalStorage>,
}

impl Draft {
    /// An empty letter that saves itself until the page is left.
    pub fn new() -> Self {
        let draft = Self {
            form: RwSignal::new(LetterForm::default()),
            phone: RwSignal::new(PhoneForm::default()),
            kept: RwSignal::new(None),
            photo_unkept: RwSignal::new(false),
            found: RwSignal::new(None),
            replaced: RwSignal::new(0),
            id: StoredValue::new(api::idempotency_key()),
            seen: StoredValue::new(0),
            found_there: StoredValue::new(None),
            step: StoredValue::new(String::new()),
            key: StoredValue::new(None),
            over: StoredValue::new(false),
            dirty: StoredValue::new(false),
            writing: StoredValue::new(false),
            behind: StoredValue::new(false),
            saver: StoredValue::new_local(None),
        };
        draft.saver.set_value(Some(Debounce::new(QUIET, move || draft.write())));
        let hidden = window_event_listener(ev::visibilitychange, move |_| draft.leave());
        let left = window_event_listener_untyped("pagehide", move |_| draft.leave());
        let online = window_event_listener_untyped("online", move |_| draft.to_server());
        on_cleanup(move || {
            draft.to_server();
            draft.flush();
            hidden.remove();
            left.remove();
            online.remove();
        });
        draft
    }

    /// The draft's id.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// Something changed: keep it soon.
    pub fn changed(self) {
        let _ = self.dirty.try_set_value(true);
        if let Some(Some(saver)) = self.saver.try_get_value() {
            saver.call();
        }
    }

    /// The page may be gone in a moment.
    fn leave(self) {
        let nothing = self.over.try_get_value() != Some(false) || self.form.try_with_untracked(is_empty) != Some(false);
        if nothing || nav::stays_plain() {
            return;
        }
        self.to_server();
        if self.dirty.try_get_value() != Some(true) && self.writing.try_get_value() != Some(true) {
            return;
        }
        if let (Some(stored), Some(id)) = (self.to_stored(), self.id.try_get_value()) {
            drafts::save_last(&shelf::name(&id), &stored.words_only());
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
        let key = api::idempotency_key();
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

    /// Goes on with what this device kept: the draft this tab was at, or the last one.
    pub async fn restore(self, days: u32) {
        let all = shelf::all(days).await;
        // The device was slow, and something is typed already: what it kept stays in the list.
        if self.form.try_with_untracked(is_empty) != Some(true) {
            return;
        }
        let here = shelf::here();
        let mut open = all.into_iter().filter(|(_, stored)| stored.out.is_none());
        let first = open.next();
        let chosen = match (&first, &here) {
            (Some((id, _)), Some(here)) if id != here => open.find(|(id, _)| id == here),
            _ => None,
        };
        match chosen.or(first) {
            Some((id, stored)) => self.take_up(&id, stored),
            None => react::spawn(self.find_lost()),
        }
    }

    /// The device has nothing: the server may, when the browser was emptied.
    async fn find_lost(self) {
        let Ok(lost) = shelf::lost().await else { return };
        for (id, stored) in &lost {
            shelf::save(id, stored).await;
        }
        let found = !lost.is_empty();
        let nothing_here =
            self.form.try_with_untracked(is_empty) == Some(true) && self.over.try_get_value() == Some(false);
        if let Some((id, stored)) = lost.into_iter().next()
            && nothing_here
        {
            self.take_up(&id, stored);
        }
        if found {
            let _ = self.replaced.try_update(|count| *count += 1);
        }
    }

    /// Goes on with this draft.
    pub fn take_up(self, id: &str, stored: Stored) {
        let found = (stored.saved_at, stored.step.clone());
        let phone = stored.phone_form();
        let key = stored.key.clone();
        let form = form_of(stored);
        if is_empty(&form) || self.id.try_set_value(id.to_owned()).is_some() {
            return;
        }
        shelf::choose(id);
        self.seen.set_value(found.0);
        self.dirty.set_value(false);
        self.step.set_value(found.1.clone());
        self.key.set_value(key);
        self.phone.set(phone);
        self.form.set(form);
        self.found_there.set_value(self.to_stored());
        self.kept.set(Some(drafts::place()));
        self.found.set(Some(found));
    }

    /// Goes on with a letter that was begun on plain forms. It lies on this device when this is done.
    pub async fn go_on(self, posted: Posted) {
        let id = posted.draft_id();
        self.id.set_value(id.clone());
        self.step.set_value(posted.step.code().to_owned());
        self.key.set_value(Some(posted.key.clone()));
        self.form.set(posted.onto(LetterForm::default()));
        let before = shelf::load(&id).await;
        if let Some(before) = before {
            // Told to go already, with files that the form does not know, or too late: both are kept.
            let apart = before.out.is_some() || !nav::is_first() || self.knows_less_than(&before);
            if apart {
                let _ = self.id.try_set_value(api::idempotency_key());
                live::show(zh::drafts::OTHER_TAB);
            } else {
                let _ = self.seen.try_set_value(before.saved_at);
                let _ = self.phone.try_update(|phone| phone.phone.clone_from(&before.phone));
                let _ = self.form.try_set(posted.onto(form_of(before)));
            }
        }
        let Some(phone) = self.form.try_with_untracked(|form| form.phone.clone()) else {
            return;
        };
        if !phone.is_empty() {
            self.phone.update(|form| form.phone = phone);
        }
        if let (false, Some(stored)) = (self.is_empty() || nav::stays_plain(), self.to_stored()) {
            shelf::choose(&self.id.get_value());
            self.writing.set_value(true);
            self.put(self.id.get_value(), stored, self.seen.get_value()).await;
            let _ = self.writing.try_set_value(false);
        }
        if self.dirty.try_get_value() == Some(true) {
            self.write();
        }
    }

    /// Whether there are files that the form does not know.
    fn knows_less_than(self, other: &Stored) -> bool {
        self.form.with_untracked(|form| {
            let known = || form.photos.iter().chain(&form.voice).chain(&form.video);
            let mut files = other.photos.iter().chain(&other.voice).chain(&other.video);
            files.any(|file| known().all(|known| known.id != file.id))
        })
    }

    /// Lays it aside, where it stays, and begins another.
    pub async fn begin_another(self) {
        self.to_server();
        if let (false, Some(stored)) = (self.is_empty(), self.to_stored()) {
            shelf::save(&self.id.get_value(), &stored).await;
        }
        self.forget();
    }

    /// Forgets everything: sent.
    pub async fn clear(self) {
        self.over.set_value(true);
        let id = self.id.get_value();
        if let Some(stored) = self.to_stored() {
            shelf::throw_away(&id, &stored).await;
        }
        self.forget();
    }

    /// Told to go: what it lies under from now on is the outbox's, and another letter may begin here.
    pub async fn hand_over(self, out: Out) -> Option<(String, Kept)> {
        self.over.set_value(true);
        let id = self.id.try_get_value()?;
        let mut stored = self.to_stored()?;
        stored.out = Some(out);
        let kept = shelf::save(&id, &stored).await;
        self.forget();
        Some((id, kept))
    }

    /// Filed, while files are still on their way: those stay here until they have followed.
    pub async fn sent_without_files(self, mut out: Out, receipt: Receipt) {
        self.over.set_value(true);
        if let (Some(id), Some(mut stored)) = (self.id.try_get_value(), self.to_stored()) {
            outbox::filed(&mut stored, &mut out, receipt).await;
            stored.out = Some(out);
            shelf::save(&id, &stored).await;
        }
        self.forget();
    }

    fn forget(self) {
        let id = api::idempotency_key();
        shelf::choose(&id);
        let _ = self.id.try_set_value(id);
        let _ = self.seen.try_set_value(0);
        let _ = self.behind.try_set_value(false);
        let _ = self.dirty.try_set_value(false);
        let _ = self.step.try_set_value(String::new());
        let _ = self.found.try_set(None);
        let _ = self.kept.try_set(None);
        let _ = self.photo_unkept.try_set(false);
        let _ = self.form.try_set(LetterForm::default());
        let _ = self.phone.try_update(|phone| *phone = PhoneForm::default());
        let _ = self.key.try_set_value(None);
        let _ = self.over.try_set_value(false);
    }

    fn write(self) {
        let idle = self.over.try_get_value() == Some(false) && self.writing.try_get_value() == Some(false);
        let (true, Some(id), Some(stored)) = (idle, self.id.try_get_value(), self.to_stored()) else {
            return;
        };
        let empty = self.form.try_with_untracked(is_empty) != Some(false);
        let seen = self.seen.try_get_value().unwrap_or_default();
        // What this device keeps is not thrown away before it was looked at.
        if empty && seen == 0 {
            return;
        }
        let _ = self.writing.try_set_value(true);
        let _ = self.dirty.try_set_value(false);
        react::spawn(async move {
            if empty {
                shelf::throw_away(&id, &stored).await;
                let _ = self.seen.try_set_value(0);
                let _ = self.kept.try_set(None);
            } else {
                self.put(id, stored, seen).await;
            }
            let _ = self.writing.try_set_value(false);
            // Typed meanwhile.
            if self.dirty.try_get_value() == Some(true) {
                self.write();
            }
        });
    }

    async fn put(self, id: String, stored: Stored, seen: Millis) {
        let mut own = id.clone();
        // Another tab wrote to it: both are kept. (A page that was just reloaded may have had its last word late.)
        let other = drafts::load::<Stored>(&shelf::name(&id)).await;
        let expected = |other: &Stored| {
            let late = |found: &Option<Stored>| found.as_ref().is_some_and(|found| other.says_the_same(found));
            other.saved_at == seen
                || other.says_the_same(&stored)
                || self.found_there.try_with_value(late) == Some(true)
        };
        if other.is_some_and(|other| !expected(&other)) {
            own = api::idempotency_key();
            live::show(zh::drafts::OTHER_TAB);
        }
        // Sent, or laid aside, meanwhile. (The page may also be gone: then it is kept all the same.)
        let moved_on =
            || self.over.try_get_value() == Some(true) || self.id.try_get_value().is_some_and(|now| now != id);
        if moved_on() {
            return;
        }
        let kept = shelf::save(&own, &stored).await;
        if moved_on() {
            return;
        }
        if seen == 0 || own != id {
            shelf::choose(&own);
        }
        let _ = self.id.try_set_value(own);
        let _ = self.seen.try_set_value(stored.saved_at);
        let _ = self.kept.try_set(Some(kept));
        if self.behind.try_get_value() == Some(false) {
            self.behind.set_value(true);
            timers::after(SERVER, move || self.to_server());
        }
    }

    /// The server's copy follows.
    fn to_server(self) {
        if self.behind.try_get_value() != Some(true) || self.over.try_get_value() != Some(false) {
            return;
        }
        let (Some(id), Some(stored)) = (self.id.try_get_value(), self.to_stored()) else {
            return;
        };
        let _ = self.behind.try_set_value(false);
        react::spawn(async move {
            let kept = api::drafts::keep(&id, &stored.for_server()).await;
            // No network: with the next change, or when there is one again.
            if kept.is_err_and(|error| error.may_have_arrived()) && self.id.try_get_value() == Some(id) {
                let _ = self.behind.try_set_value(true);
            }
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
            now(),
        ))
    }

    /// A picture is kept beside it.
    pub async fn keep_picture(self, key: &str, picture: &web_sys::Blob) {
        if drafts::save_picture(&picture_name(key), picture).await == Kept::Memory {
            let _ = self.photo_unkept.try_set(true);
        }
    }
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
