//! The letter's video: kept on this device, sent piece by piece from wherever the server has it, given up, gone on with.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::FormLimits;
use web_sys::{Blob, File};

use super::super::work::Work;
use super::draft::Draft;
use super::film::{self, Watch};
use super::media::MediaWork;
use super::shelf::picture_name;
use crate::api::{self, ApiError, uploads};
use crate::state::{drafts, live, react, timers};
use crate::views::form::{PhotoItem, PhotoState};
use crate::views::video_told;

/// Tries of one piece before the person is asked.
const TRIES: u32 = 4;
/// Wait after the first that failed; twice as long after the next.
const PATIENCE: Duration = Duration::from_secs(2);

/// The draft's video. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Video {
    draft: Draft,
    /// Counts changes.
    changes: RwSignal<u32>,
    sending: StoredValue<Option<uploads::Sending>, LocalStorage>,
}

impl Video {
    /// For the page of `draft`; what is being sent when the page is left goes on the next time.
    pub fn new(draft: Draft) -> Self {
        let video = Self {
            draft,
            changes: RwSignal::new(0),
            sending: StoredValue::new_local(None),
        };
        on_cleanup(move || video.abort());
        video
    }

    /// What the page shows of it.
    pub fn shown(self) -> Option<PhotoItem> {
        self.changes.track();
        self.draft.form.with_untracked(|form| form.video.clone())
    }

    /// Takes up what an earlier visit did not finish.
    pub fn resume(self) {
        if self.shown_state() == Some(PhotoState::Waiting) {
            self.retry();
        }
    }

    fn shown_state(self) -> Option<PhotoState> {
        let state = self
            .draft
            .form
            .try_with_untracked(|form| form.video.as_ref().map(|video| video.state));
        state.flatten()
    }

    /// Takes a file in the place of what was there.
    pub fn choose(self, file: &File, limits: &FormLimits) {
        let (file, limits) = (file.clone(), limits.clone());
        MediaWork::with(move |work| (work.choose_video)(self, &file, &limits));
    }

    pub(super) fn choose_now(self, file: &File, limits: &FormLimits) {
        self.remove_now();
        let kind = file.type_();
        let state = if file.size() == 0.0 {
            PhotoState::Refused("empty")
        } else if file.size() > limits.video_bytes_max as f64 {
            PhotoState::Refused("too_big")
        } else if !kind.is_empty() && !kind.starts_with("video/") {
            PhotoState::Refused("invalid")
        } else {
            PhotoState::Waiting
        };
        let key = api::idempotency_key();
        let item = PhotoItem {
            key: key.clone(),
            id: String::new(),
            token: String::new(),
            name: file.name(),
            thumb: String::new(),
            state,
        };
        self.draft.form.update_untracked(|form| form.video = Some(item));
        self.redraw();
        tell(state);
        if state == PhotoState::Waiting {
            let moving: Blob = file.clone().into();
            react::spawn(async move {
                drafts::save_picture(&picture_name(&key), &moving).await;
                self.draft.flush();
                self.send(key, moving).await;
            });
        }
    }

    /// Goes on with what this device kept.
    pub fn retry(self) {
        MediaWork::with(move |work| (work.retry_video)(self));
    }

    pub(super) fn retry_now(self) {
        let Some(item) = self.draft.form.with_untracked(|form| form.video.clone()) else {
            return;
        };
        self.change(&item.key, |video| {
            video.id.clear();
            video.token.clear();
            video.state = PhotoState::Waiting;
        });
        react::spawn(async move {
            match drafts::load_picture(&picture_name(&item.key)).await {
                Some(film) => self.send(item.key, film).await,
                // Not kept (the device refused): only choosing it again helps.
                None => self.remove_now(),
            }
        });
    }

    /// Removes it, wherever it is.
    pub fn remove(self) {
        MediaWork::with(move |work| (work.remove_video)(self));
    }

    pub(super) fn remove_now(self) {
        self.abort();
        let Some(Some(gone)) = self.draft.form.try_update_untracked(|form| form.video.take()) else {
            return;
        };
        self.redraw();
        react::spawn(async move {
            if gone.id.is_empty() {
                film::cancel(&gone.key).await;
            } else {
                // Nobody misses it if this fails: what is not claimed goes by itself.
                let _ = uploads::remove(&gone.id, &gone.token).await;
            }
            drafts::remove(&picture_name(&gone.key)).await;
        });
    }

    /// Whether there is one that has not arrived and may.
    pub fn moving(self) -> bool {
        self.shown_state().is_some_and(PhotoState::is_moving)
    }

    /// Whether there is one that will never be taken.
    pub fn refused(self) -> bool {
        matches!(self.shown_state(), Some(PhotoState::Refused(_)))
    }

    /// The letter goes: what is on its way here is given up, and the outbox goes on with it.
    pub fn let_go(self) {
        self.abort();
    }

    fn abort(self) {
        if let Some(Some(sending)) = self.sending.try_update_value(Option::take) {
            sending.abort();
        }
    }

    async fn send(self, key: String, film: Blob) {
        let mut tries = 0;
        loop {
            let error = match self.send_all(&key, &film).await {
                Ok(()) => return,
                Err(error) => error,
            };
            if !self.is(&key) || error == ApiError::Aborted {
                return;
            }
            tries += 1;
            let state = match (error.status(), error.code()) {
                (Some(413), _) => PhotoState::Refused("too_big"),
                (_, "video_codec") => PhotoState::Refused("codec"),
                (Some(422), _) => PhotoState::Refused("invalid"),
                // Swept away meanwhile: from the beginning, once.
                (Some(404), _) if tries < TRIES => continue,
                _ if tries < TRIES => {
                    timers::sleep(PATIENCE * 2_u32.pow(tries - 1)).await;
                    continue;
                }
                _ => PhotoState::Failed,
            };
            self.change(&key, |video| video.state = state);
            return;
        }
    }

    /// From where the server has it to the end.
    async fn send_all(self, key: &str, film: &Blob) -> Result<(), ApiError> {
        let (wanted, moved) = (key.to_owned(), key.to_owned());
        let watch = Watch {
            wanted: Rc::new(move || self.is(&wanted)),
            moved: Rc::new(move |percent| self.change(&moved, |video| video.state = PhotoState::Sending(percent))),
            started: Rc::new(move |sending| {
                let _ = self.sending.try_set_value(Some(sending));
            }),
        };
        let upload = film::carry(key, film, watch).await?;
        self.change(key, |video| {
            video.id.clone_from(&upload.id);
            video.token.clone_from(&upload.token);
            video.state = PhotoState::Done;
        });
        Ok(())
    }

    fn is(self, key: &str) -> bool {
        let same = |item: &PhotoItem| item.key == key;
        let found = self
            .draft
            .form
            .try_with_untracked(|form| form.video.as_ref().is_some_and(same));
        found == Some(true)
    }

    fn change(self, key: &str, change: impl FnOnce(&mut PhotoItem)) {
        let state = self.draft.form.try_update_untracked(|form| {
            let video = form.video.as_mut().filter(|video| video.key == key)?;
            change(video);
            Some(video.state)
        });
        self.redraw();
        if let Some(Some(state)) = state {
            tell(state);
        }
    }

    fn redraw(self) {
        let _ = self.changes.try_update(|count| *count = count.wrapping_add(1));
        self.draft.changed();
    }
}

/// What became of it, to those who do not see the page.
fn tell(state: PhotoState) {
    if let Some(words) = video_told(state) {
        live::say(words);
    }
}
