//! The letter's voice: recorded here or chosen as a file, kept on this device, sent, tried again.

use leptos::prelude::*;
use liaison_domain::dto::{FormLimits, MediaUpload};
use web_sys::{Blob, File, Url};

use super::super::work::Work;
use super::draft::Draft;
use super::media::MediaWork;
use super::recorder::{self, Recorder, Trouble};
use super::shelf::picture_name;
use crate::api::{self, ApiError, uploads};
use crate::i18n::zh::voice as words;
use crate::state::{drafts, live, nav, react, timers};
use crate::views::form::{LetterForm, PhotoItem, PhotoState, VoicePhase, VoiceShown};
use crate::views::voice_told;

/// Steps of the percentage that are worth drawing.
const STEP: u8 = 4;
/// Seconds before the end at which one is told of it.
const NEARLY: u32 = 10;
/// Every so many seconds what was said so far is kept on this device: a tab may be killed while somebody speaks.
const KEPT_EVERY: u32 = 5;

/// The draft's voice. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Voice {
    draft: Draft,
    phase: RwSignal<VoicePhase>,
    /// Counts changes of what was recorded.
    changes: RwSignal<u32>,
    recorder: StoredValue<Option<Recorder>, LocalStorage>,
    /// Under which key what is being said is kept so far.
    so_far: StoredValue<Option<String>>,
    sending: StoredValue<Option<uploads::Sending>, LocalStorage>,
}

impl Voice {
    /// For the page of `draft`. What is being said when the page is left or covered is kept as far as it came.
    pub fn new(draft: Draft) -> Self {
        let possible = recorder::is_possible();
        let voice = Self {
            draft,
            phase: RwSignal::new(if possible {
                VoicePhase::Quiet
            } else {
                VoicePhase::Impossible
            }),
            changes: RwSignal::new(0),
            recorder: StoredValue::new_local(None),
            so_far: StoredValue::new(None),
            sending: StoredValue::new_local(None),
        };
        crate::state::listen::on_document("visibilitychange", move |_| {
            if document().hidden() {
                voice.stop();
            }
        });
        on_cleanup(move || {
            voice.stop();
            if let Some(Some(sending)) = voice.sending.try_get_value() {
                sending.abort();
            }
        });
        voice
    }

    /// What the page shows of it.
    pub fn shown(self) -> VoiceShown {
        self.changes.track();
        VoiceShown {
            phase: self.phase.get(),
            item: self.draft.form.with_untracked(|form| form.voice.clone()),
        }
    }

    /// Takes up what an earlier visit did not finish.
    pub fn resume(self) {
        let item = self.draft.form.with_untracked(|form| form.voice.clone());
        if item.is_some_and(|item| item.state == PhotoState::Waiting) {
            self.retry();
        }
    }

    /// Begins to record; what was recorded before stays until there is something in its place.
    pub fn record(self, limits: &FormLimits) {
        let limits = limits.clone();
        MediaWork::with(move |work| (work.record)(self, &limits));
    }

    pub(super) fn record_now(self, limits: &FormLimits) {
        if matches!(self.phase.get_untracked(), VoicePhase::Asking | VoicePhase::Recording) {
            return;
        }
        self.phase.set(VoicePhase::Asking);
        let seconds = limits.voice_seconds_max;
        react::spawn(async move {
            let second = move |now: u32| {
                if let Some(time) = document().get_element_by_id("voice-time") {
                    time.set_text_content(Some(&words::time(now, seconds)));
                }
                if now + NEARLY == seconds {
                    live::say(words::NEARLY);
                }
                if now.is_multiple_of(KEPT_EVERY) {
                    react::spawn(self.keep_so_far());
                }
            };
            match recorder::start(seconds, second, move || self.stop()).await {
                Ok(recorder) => {
                    // The page may be gone by now: then nobody is listened to.
                    if self.phase.try_get_untracked() != Some(VoicePhase::Asking) {
                        recorder.stop();
                        return;
                    }
                    self.recorder.set_value(Some(recorder));
                    self.phase.set(VoicePhase::Recording);
                    live::say(words::BEGUN);
                    timers::next_frame(|| nav::focus("#voice-button"));
                }
                Err(Trouble::Denied) => self.quiet(VoicePhase::Denied),
                Err(Trouble::Impossible) => self.quiet(VoicePhase::Impossible),
            }
        });
    }

    /// Keeps what was said so far, unless an earlier recording is still there: that one is whole.
    async fn keep_so_far(self) {
        let so_far = |recorder: &Option<Recorder>| recorder.as_ref().and_then(Recorder::so_far);
        let Some(Some(sound)) = self.recorder.try_with_value(so_far) else {
            return;
        };
        let there = self
            .draft
            .form
            .with_untracked(|form| form.voice.as_ref().map(|voice| voice.key.clone()));
        let kept = self.so_far.get_value();
        if there.is_some() && there != kept {
            return;
        }
        let key = there.unwrap_or_else(api::idempotency_key);
        drafts::save_picture(&picture_name(&key), &sound).await;
        // Stopped meanwhile: the whole is kept under a key of its own.
        if self.recorder.try_with_value(Option::is_some) != Some(true) {
            drafts::remove(&picture_name(&key)).await;
            return;
        }
        if kept.is_none() {
            self.so_far.set_value(Some(key.clone()));
            let item = PhotoItem {
                key,
                id: String::new(),
                token: String::new(),
                name: String::new(),
                thumb: String::new(),
                state: PhotoState::Waiting,
            };
            self.draft.form.update_untracked(|form| form.voice = Some(item));
            self.draft.flush();
        }
    }

    fn quiet(self, phase: VoicePhase) {
        let _ = self.phase.try_set(phase);
    }

    /// Ends recording and keeps what was said.
    pub fn stop(self) {
        let Some(Some(recorder)) = self.recorder.try_update_value(Option::take) else {
            return;
        };
        if let Some(work) = MediaWork::at_hand() {
            (work.stop)(self, recorder);
        }
    }

    pub(super) fn stop_now(self, recorder: Recorder) {
        let _ = self.so_far.try_set_value(None);
        match recorder.stop() {
            Some(sound) => {
                self.quiet(VoicePhase::Quiet);
                live::say(words::STOPPED);
                self.keep(&sound, String::new(), None);
                timers::next_frame(|| nav::focus(".voice audio"));
            }
            None => self.quiet(VoicePhase::Silent),
        }
    }

    /// Takes a recording that was chosen as a file.
    pub fn choose(self, file: &File, limits: &FormLimits) {
        let (file, limits) = (file.clone(), limits.clone());
        MediaWork::with(move |work| (work.choose_voice)(self, &file, &limits));
    }

    pub(super) fn choose_now(self, file: &File, limits: &FormLimits) {
        let refused = if file.size() == 0.0 {
            Some("empty")
        } else if file.size() > limits.voice_bytes_max as f64 {
            Some("too_big")
        } else {
            None
        };
        self.keep(file, file.name(), refused);
    }

    /// Puts sound in the place of what was there, and sends it.
    fn keep(self, sound: &Blob, name: String, refused: Option<&'static str>) {
        self.remove_now();
        let key = api::idempotency_key();
        let item = PhotoItem {
            key: key.clone(),
            id: String::new(),
            token: String::new(),
            name,
            thumb: Url::create_object_url_with_blob(sound).unwrap_or_default(),
            state: refused.map_or(PhotoState::Waiting, PhotoState::Refused),
        };
        let _ = self.draft.form.try_update_untracked(|form| form.voice = Some(item));
        self.redraw();
        if let Some(code) = refused {
            live::say(&words::refused(code));
            return;
        }
        let sound = sound.clone();
        react::spawn(async move {
            drafts::save_picture(&picture_name(&key), &sound).await;
            self.draft.flush();
            self.send(&key, &key, &sound);
        });
    }

    /// Sends it again from what this device kept.
    pub fn retry(self) {
        MediaWork::with(move |work| (work.retry_voice)(self));
    }

    pub(super) fn retry_now(self) {
        let Some(item) = self.draft.form.with_untracked(|form| form.voice.clone()) else {
            return;
        };
        // An upload that the server has thrown away must not be answered from its memory.
        let idempotency = if item.id.is_empty() {
            item.key.clone()
        } else {
            api::idempotency_key()
        };
        react::spawn(async move {
            let Some(sound) = drafts::load_picture(&picture_name(&item.key)).await else {
                // Not kept (the device refused): only recording it again helps.
                self.remove_now();
                return;
            };
            let address = Url::create_object_url_with_blob(&sound).unwrap_or_default();
            self.change(|voice| {
                voice.id.clear();
                voice.token.clear();
                voice.state = PhotoState::Waiting;
                voice.thumb = address;
            });
            self.send(&item.key, &idempotency, &sound);
        });
    }

    /// Removes it, sent or not.
    pub fn remove(self) {
        MediaWork::with(move |work| (work.remove_voice)(self));
    }

    pub(super) fn remove_now(self) {
        if let Some(Some(sending)) = self.sending.try_update_value(Option::take) {
            sending.abort();
        }
        let Some(Some(gone)) = self.draft.form.try_update_untracked(|form| form.voice.take()) else {
            return;
        };
        self.redraw();
        react::spawn(async move {
            drafts::remove(&picture_name(&gone.key)).await;
            if gone.thumb.starts_with("blob:") {
                let _ = Url::revoke_object_url(&gone.thumb);
            }
            if !gone.id.is_empty() {
                // Nobody misses it if this fails: unclaimed uploads go by themselves.
                let _ = uploads::remove(&gone.id, &gone.token).await;
            }
        });
    }

    /// Whether something is being recorded now.
    pub fn recording(self) -> bool {
        self.phase.get_untracked() == VoicePhase::Recording
    }

    /// Whether something is recorded that has not arrived and may.
    pub fn moving(self) -> bool {
        self.state().is_some_and(PhotoState::is_moving)
    }

    /// Whether what is there will never be taken.
    pub fn refused(self) -> bool {
        matches!(self.state(), Some(PhotoState::Refused(_)))
    }

    fn state(self) -> Option<PhotoState> {
        let state = |form: &LetterForm| form.voice.as_ref().map(|voice| voice.state);
        self.draft.form.try_with_untracked(state).flatten()
    }

    /// The letter goes: what is on its way here is given up. It lies on the device, and the outbox sends it.
    pub fn let_go(self) {
        if let Some(Some(sending)) = self.sending.try_update_value(Option::take) {
            sending.abort();
        }
    }

    fn send(self, key: &str, idempotency: &str, sound: &Blob) {
        if !self.is(key) {
            return;
        }
        self.set_state(PhotoState::Sending(0));
        let drawn = std::cell::Cell::new(0_u8);
        let progress = move |percent: u8| {
            if percent >= drawn.get().saturating_add(STEP) {
                drawn.set(percent);
                self.set_state(PhotoState::Sending(percent));
            }
        };
        let sent = key.to_owned();
        let done = move |outcome| self.finished(&sent, outcome);
        match uploads::send_voice(sound, idempotency, progress, done) {
            Ok(sending) => {
                let _ = self.sending.try_set_value(Some(sending));
            }
            Err(error) => self.finished(key, Err(error)),
        }
    }

    fn finished(self, key: &str, outcome: Result<MediaUpload, ApiError>) {
        if !self.is(key) {
            return;
        }
        let _ = self.sending.try_set_value(None);
        match outcome {
            Ok(upload) => {
                self.change(|voice| {
                    voice.id.clone_from(&upload.id);
                    voice.token.clone_from(&upload.token);
                    voice.state = PhotoState::Done;
                });
            }
            // Left or removed.
            Err(ApiError::Aborted) => {}
            Err(error) => self.set_state(match (error.status(), error.code()) {
                (Some(413), _) => PhotoState::Refused("too_big"),
                (_, "voice_too_long") => PhotoState::Refused("too_long"),
                (_, "upload_empty") => PhotoState::Refused("empty"),
                (Some(422), _) => PhotoState::Refused("invalid"),
                _ => PhotoState::Failed,
            }),
        }
    }

    /// Whether this is still the voice that is meant.
    fn is(self, key: &str) -> bool {
        let same = |item: &PhotoItem| item.key == key;
        let found = self
            .draft
            .form
            .try_with_untracked(|form| form.voice.as_ref().is_some_and(same));
        found == Some(true)
    }

    fn set_state(self, state: PhotoState) {
        self.change(|voice| voice.state = state);
    }

    fn change(self, change: impl FnOnce(&mut PhotoItem)) {
        let state = self.draft.form.try_update_untracked(|form| {
            let voice = form.voice.as_mut()?;
            change(voice);
            Some(voice.state)
        });
        self.redraw();
        if let Some(words) = state.flatten().and_then(voice_told) {
            live::say(&words);
        }
    }

    fn redraw(self) {
        let _ = self.changes.try_update(|count| *count = count.wrapping_add(1));
        self.draft.changed();
    }
}
