//! The letter's photos: chosen, made smaller, kept on this device, sent one after another, tried again.

use std::collections::VecDeque;
use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::{FormLimits, Upload};
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, FileList, Url};

use super::super::work::Work;
use super::draft::Draft;
use super::later::LaterWork;
use super::picture;
use super::shelf::picture_name;
use crate::api::{self, ApiError, uploads};
use crate::components::photo_told;
use crate::state::{drafts, live, react, timers};
use crate::views::form::{LetterForm, PhotoItem, PhotoState};

/// Steps of the percentage that are worth drawing.
const STEP: u8 = 4;

/// Wait for another tab that is sending the same.
const BUSY: Duration = Duration::from_secs(2);

/// A photo in line.
struct Queued {
    key: String,
    /// Makes a repeated upload the same upload.
    idempotency: String,
    blob: Blob,
}

/// Sends the draft's photos, one at a time: on a slow line nine at once would all time out.
#[derive(Clone, Copy)]
pub struct Photos {
    draft: Draft,
    queue: StoredValue<VecDeque<Queued>, LocalStorage>,
    sending: StoredValue<Option<(String, uploads::Sending)>, LocalStorage>,
    busy: StoredValue<bool>,
    /// Photos that are being made smaller: they do not lie on the device yet.
    preparing: StoredValue<u32>,
    /// Counts changes of the list, so that a view knows when to draw it anew.
    pub changes: RwSignal<u32>,
}

impl Photos {
    /// For the page of `draft`; what is being sent when the page is left is given up, and sent next time.
    pub fn new(draft: Draft) -> Self {
        let photos = Self {
            draft,
            queue: StoredValue::new_local(VecDeque::new()),
            sending: StoredValue::new_local(None),
            busy: StoredValue::new(false),
            preparing: StoredValue::new(0),
            changes: RwSignal::new(0),
        };
        on_cleanup(move || {
            if let Some(Some((_, sending))) = photos.sending.try_get_value() {
                sending.abort();
            }
        });
        photos
    }

    /// Adds files a person chose. Returns how many were too many.
    pub fn add(self, files: &FileList, limits: &FormLimits) -> u32 {
        let mut left_out = 0;
        for index in 0..files.length() {
            let Some(file) = files.get(index) else { continue };
            let count = self.draft.form.with_untracked(|form| form.photos.len());
            if count >= limits.photos_max as usize {
                left_out += 1;
                continue;
            }
            self.add_one(file, limits);
        }
        left_out
    }

    fn add_one(self, file: File, limits: &FormLimits) {
        let key = api::idempotency_key();
        let kind = file.type_();
        let state = if file.size() == 0.0 {
            PhotoState::Refused("empty")
        } else if !kind.is_empty() && !kind.starts_with("image/") {
            PhotoState::Refused("invalid")
        } else {
            PhotoState::Waiting
        };
        let sendable = state == PhotoState::Waiting;
        let thumb = if sendable {
            Url::create_object_url_with_blob(&file).unwrap_or_default()
        } else {
            String::new()
        };
        let item = PhotoItem {
            key: key.clone(),
            id: String::new(),
            token: String::new(),
            name: file.name(),
            thumb,
            state,
        };
        self.draft.form.update_untracked(|form| form.photos.push(item));
        self.redraw();
        if !sendable {
            self.tell(&key);
            return;
        }
        let limit = limits.photo_bytes_max as f64;
        self.preparing.update_value(|count| *count += 1);
        react::spawn(async move {
            let small = picture::shrink(&file).await;
            let too_big = small.size() > limit;
            if !too_big {
                self.draft.keep_picture(&key, &small).await;
                self.draft.flush();
            }
            let _ = self.preparing.try_update_value(|count| *count -= 1);
            if too_big {
                self.set_state(&key, PhotoState::Refused("too_big"));
                return;
            }
            self.enqueue(Queued {
                idempotency: key.clone(),
                key,
                blob: small,
            });
        });
    }

    /// Takes up what an earlier visit did not finish.
    pub fn resume(self) {
        for photo in self.draft.form.with_untracked(|form| form.photos.clone()) {
            if photo.state == PhotoState::Waiting {
                self.retry(&photo.key);
            }
        }
    }

    /// Sends one again from what this device kept.
    pub fn retry(self, key: &str) {
        let key = key.to_owned();
        LaterWork::with(move |work| (work.retry_photo)(self, &key));
    }

    pub(super) fn retry_now(self, key: &str) {
        let key = key.to_owned();
        let sent_before = self
            .draft
            .form
            .with_untracked(|form| form.photos.iter().any(|photo| photo.key == key && !photo.id.is_empty()));
        // An upload that the server has thrown away must not be answered from its memory.
        let idempotency = if sent_before {
            api::idempotency_key()
        } else {
            key.clone()
        };
        self.set_state(&key, PhotoState::Waiting);
        react::spawn(async move {
            match drafts::load_picture(&picture_name(&key)).await {
                Some(blob) => {
                    self.show_local(&key, &blob);
                    self.enqueue(Queued { key, idempotency, blob });
                }
                // Not kept (the device refused): only choosing it again helps.
                None => self.set_state(&key, PhotoState::Refused("gone")),
            }
        });
    }

    /// Removes one, sent or not.
    pub fn remove(self, key: &str) {
        if let Some(Some((running, sending))) = self.sending.try_get_value()
            && running == key
        {
            sending.abort();
        }
        let _ = self
            .queue
            .try_update_value(|queue| queue.retain(|queued| queued.key != key));
        let removed = self.draft.form.try_update_untracked(|form| {
            let at = form.photos.iter().position(|photo| photo.key == key)?;
            Some(form.photos.remove(at))
        });
        self.redraw();
        let Some(Some(removed)) = removed else { return };
        react::spawn(async move {
            drafts::remove(&picture_name(&removed.key)).await;
            if removed.thumb.starts_with("blob:") {
                let _ = Url::revoke_object_url(&removed.thumb);
            }
            if !removed.id.is_empty() {
                // Nobody misses it if this fails: unclaimed uploads go by themselves.
                let _ = uploads::remove(&removed.id, &removed.token).await;
            }
        });
    }

    /// What will never be accepted has to be removed first: it must not look as if it went along.
    pub fn refused(self) -> bool {
        let refused = |photo: &PhotoItem| matches!(photo.state, PhotoState::Refused(_));
        self.draft.form.with_untracked(|form| form.photos.iter().any(refused))
    }

    /// Some are not with the server yet.
    pub fn moving(self) -> bool {
        let moving = |photo: &PhotoItem| photo.state.is_moving();
        self.draft.form.with_untracked(|form| form.photos.iter().any(moving))
    }

    /// The letter goes, or another draft is opened: what is on its way here is given up. It lies on the device, and
    /// the outbox or the next visit sends it.
    pub fn let_go(self) {
        let _ = self.queue.try_update_value(VecDeque::clear);
        if let Some(Some((_, sending))) = self.sending.try_get_value() {
            sending.abort();
        }
        let _ = self.busy.try_set_value(false);
    }

    /// The server no longer knows these uploads: send them again.
    pub fn send_again(self, ids: &[String]) {
        for photo in self.draft.form.with_untracked(|form| form.photos.clone()) {
            if ids.contains(&photo.id) {
                self.retry(&photo.key);
            }
        }
    }

    fn show_local(self, key: &str, blob: &Blob) {
        let Ok(address) = Url::create_object_url_with_blob(blob) else {
            return;
        };
        self.change(key, |photo| {
            photo.id.clear();
            photo.token.clear();
            photo.thumb = address;
        });
    }

    /// Waits until every chosen photo lies on the device.
    pub async fn prepared(self) {
        while self.preparing.try_get_value().is_some_and(|count| count > 0) {
            timers::sleep(Duration::from_millis(50)).await;
        }
    }

    fn enqueue(self, photo: Queued) {
        let known = |form: &LetterForm| form.photos.iter().any(|known| known.key == photo.key);
        // Sent or laid aside meanwhile.
        if self.draft.form.try_with_untracked(known) != Some(true) {
            return;
        }
        if self.queue.try_update_value(|queue| queue.push_back(photo)).is_some() {
            self.next();
        }
    }

    fn next(self) {
        if self.busy.try_get_value() != Some(false) {
            return;
        }
        let Some(Some(Queued { key, idempotency, blob })) = self.queue.try_update_value(VecDeque::pop_front) else {
            return;
        };
        self.busy.set_value(true);
        self.set_state(&key, PhotoState::Sending(0));
        let progress = {
            let key = key.clone();
            let drawn = std::cell::Cell::new(0_u8);
            move |percent: u8| {
                if percent >= drawn.get().saturating_add(STEP) {
                    drawn.set(percent);
                    self.set_state(&key, PhotoState::Sending(percent));
                }
            }
        };
        let done = {
            let key = key.clone();
            move |outcome| self.finished(&key, outcome)
        };
        match uploads::send(&blob, &idempotency, progress, done) {
            Ok(sending) => {
                let _ = self.sending.try_set_value(Some((key, sending)));
            }
            Err(error) => self.finished(&key, Err(error)),
        }
    }

    fn finished(self, key: &str, outcome: Result<Upload, ApiError>) {
        let _ = self.busy.try_set_value(false);
        let _ = self.sending.try_set_value(None);
        match outcome {
            Ok(upload) => {
                self.change(key, |photo| {
                    photo.id.clone_from(&upload.id);
                    photo.token.clone_from(&upload.token);
                    photo.state = PhotoState::Done;
                });
                self.draft.flush();
            }
            // Left or removed.
            Err(ApiError::Aborted) => {}
            // A tab that was killed while it sent this one has not let go of it yet.
            Err(error) if error.code() == "idempotency_busy" => {
                self.set_state(key, PhotoState::Waiting);
                let key = key.to_owned();
                timers::after(BUSY, move || {
                    if self.changes.try_get_untracked().is_some() {
                        self.retry(&key);
                    }
                });
            }
            Err(error) => self.set_state(key, refused(&error)),
        }
        self.next();
    }

    fn set_state(self, key: &str, state: PhotoState) {
        self.change(key, |photo| photo.state = state);
    }

    fn change(self, key: &str, change: impl FnOnce(&mut PhotoItem)) {
        let _ = self.draft.form.try_update_untracked(|form| {
            if let Some(photo) = form.photos.iter_mut().find(|photo| photo.key == key) {
                change(photo);
            }
        });
        self.redraw();
        self.tell(key);
    }

    /// What became of one, to those who do not see the list.
    fn tell(self, key: &str) {
        let told = self.draft.form.try_with_untracked(|form| {
            let at = form.photos.iter().position(|photo| photo.key == key)?;
            photo_told(at + 1, form.photos.get(at)?.state)
        });
        if let Some(words) = told.flatten() {
            live::say(&words);
        }
    }

    fn redraw(self) {
        let _ = self.changes.try_update(|count| *count = count.wrapping_add(1));
        self.draft.changed();
    }
}

/// What an upload's error means for the photo: tried again or never.
fn refused(error: &ApiError) -> PhotoState {
    match error.status() {
        Some(413) => PhotoState::Refused("too_big"),
        Some(415 | 422) => {
            let too_big = error.fields().iter().any(|field| field.code == "too_big");
            PhotoState::Refused(if too_big { "too_big" } else { "invalid" })
        }
        _ => PhotoState::Failed,
    }
}

/// The files of an `<input type="file">` that has just changed, which is emptied so that the same file can
/// be chosen again.
pub fn files_of(event: &leptos::ev::Event) -> Option<(web_sys::HtmlInputElement, FileList)> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    if input.type_() != "file" {
        return None;
    }
    let files = input.files()?;
    (files.length() > 0).then_some((input, files))
}

/// Makes one picture smaller and sends it, for forms that send a few along with some words.
pub async fn upload_one(file: &File) -> Result<Upload, ApiError> {
    uploads::picture(&picture::shrink(file).await, &api::idempotency_key()).await
}
