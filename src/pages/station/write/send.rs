//! Sending the letter: the phone verified, one letter however often the button is pressed.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{NewLetter, Receipt};

use super::super::phone::digits;
use super::super::words;
use super::flow::Flow;
use super::letter::step_of;
use super::receipt;
use super::stored::Out;
use crate::api::{self, ApiError};
use crate::components::Errors;
use crate::i18n::zh;
use crate::state::session::Who;
use crate::state::timers::now;
use crate::state::{live, react};
use crate::views::form::{LetterForm, WriteStep};

/// Before the first try again, when the answer did not come.
const FIRST_PAUSE: Millis = 2_000;

/// What the server says of a key under which another letter, or an earlier version of this one, was sent.
pub const SENT_ALREADY: &str = "idempotency_mismatch";

fn json(letter: &NewLetter) -> String {
    serde_json::to_string(letter).unwrap_or_default()
}

impl Flow {
    /// Sends a code to the phone.
    pub fn ask_code(self, phone: String) {
        if self.check.wait.get_untracked() > 0 && self.draft.phone.with_untracked(|form| form.challenge.is_some()) {
            live::say(&zh::app::resend_in(self.check.wait.get_untracked()));
            return;
        }
        react::spawn(async move {
            if self.check.ask(&phone).await {
                self.draft.flush();
            }
        });
    }

    /// Checks the code, then sends. When the network fails, letter and code wait for it together.
    pub fn verify_and_send(self, code: String) {
        if self.stops_for_media() {
            return;
        }
        react::spawn(async move {
            match self.check.verify(&code).await {
                Ok(_) => self.send(),
                Err(Some(error)) if error.may_have_arrived() => {
                    self.check.errors.set(Errors::default());
                    self.wait_for_network(digits(&code)).await;
                }
                Err(_) => {}
            }
        });
    }

    /// Sends the letter. The key lies in the draft before the request leaves: a lost answer and another try
    /// make one letter. Files that are not there yet follow it; one that is only spoken waits for its recording.
    pub fn send(self) {
        if self.busy.get_value() {
            return;
        }
        if self.photos.refused() {
            self.fail_at(
                WriteStep::Photos,
                Errors::of(vec![super::super::phone::field_error("attachments", "refused")]),
            );
            return;
        }
        if self.stops_for_media() {
            return;
        }
        self.busy.set_value(true);
        live::say(zh::app::SENDING);
        react::spawn(async move {
            self.photos.prepared().await;
            if self.waits_for_voice() {
                let _ = self.busy.try_set_value(false);
                self.wait_for_network(String::new()).await;
                self.outbox.go();
                return;
            }
            let Some(letter) = self.draft.form.try_with_untracked(LetterForm::letter) else {
                return;
            };
            let key = self.draft.submission_key();
            let outcome = api::letters::submit(json(&letter), &key, &self.draft.id()).await;
            let _ = self.busy.try_set_value(false);
            match outcome {
                Ok(receipt) => self.sent(&letter, receipt).await,
                Err(error) if error.may_have_arrived() => self.wait_for_network(String::new()).await,
                Err(error) => self.refused(&error, &letter.attachments),
            }
        });
    }

    /// A recording that goes on, or a file that will never be taken.
    fn stops_for_media(self) -> bool {
        let wrong = [
            (self.voice.recording() || self.voice.refused(), WriteStep::What, "voice"),
            (self.video.refused(), WriteStep::Photos, "video"),
        ];
        let Some((_, step, field)) = wrong.into_iter().find(|(stops, ..)| *stops) else {
            return false;
        };
        self.fail_at(
            step,
            Errors::of(vec![super::super::phone::field_error(field, "refused")]),
        );
        true
    }

    /// Nothing is written, and what is said has not arrived: the letter would say nothing.
    pub(super) fn waits_for_voice(self) -> bool {
        let wordless = |form: &LetterForm| form.body.trim().is_empty();
        self.voice.moving() && self.draft.form.try_with_untracked(wordless) == Some(true)
    }

    async fn sent(self, letter: &NewLetter, receipt: Receipt) {
        receipt::keep(&receipt);
        self.queued.set(None);
        self.let_go();
        let (files, media) = self.draft.form.with_untracked(|form| {
            let media = form.voice.iter().chain(&form.video).count();
            (form.photos.len(), media)
        });
        if (files, media) == (letter.attachments.len(), letter.media.len()) {
            self.draft.clear().await;
        } else {
            let mut out = Out::new(json(letter), self.account(), String::new(), now());
            out.seen = true;
            self.draft.sent_without_files(out, receipt).await;
            self.outbox.go();
        }
        self.arrive_at_done().await;
    }

    /// What is on its way from this page is given up: the outbox goes on with it.
    fn let_go(self) {
        self.photos.let_go();
        self.voice.let_go();
        self.video.let_go();
    }

    /// No network, or no answer: the letter goes by itself when there is one.
    async fn wait_for_network(self, code: String) {
        self.photos.prepared().await;
        let awaited = self.waits_for_voice();
        let written = self.draft.form.try_with_untracked(|form| {
            let mut letter = form.letter();
            // Until it has arrived, its key keeps the place of its id.
            letter
                .media
                .extend(form.voice.iter().filter(|_| awaited).map(|voice| voice.key.clone()));
            letter
        });
        let Some(letter) = written else { return };
        self.draft.submission_key();
        self.let_go();
        receipt::forget();
        let account = if code.is_empty() { self.account() } else { String::new() };
        let mut out = Out::new(json(&letter), account, code, now());
        out.next = out.at + FIRST_PAUSE;
        if let Some((id, kept)) = self.draft.hand_over(out).await {
            let _ = self.queued.try_set(Some((id, kept)));
        }
        self.outbox.wait();
        self.arrive_at_done().await;
    }

    /// Who is logged in; empty: nobody, as far as is known.
    fn account(self) -> String {
        match self.session.who() {
            Who::Somebody(me) => me.account_id,
            Who::Nobody | Who::Unknown => String::new(),
        }
    }

    async fn arrive_at_done(self) {
        let _ = self.used.try_set(0);
        self.errors.try_set_value(Errors::default());
        self.look_at_shelf().await;
        self.replace(WriteStep::Done);
    }

    fn refused(self, error: &ApiError, attachments: &[String]) {
        if error.is_unauthenticated() {
            self.session.clear();
            self.check.start_over();
            self.fail_at(WriteStep::Phone, Errors::whole(zh::app::SESSION_OVER));
            return;
        }
        // Not judged yet, or sent already and the answer was lost: under another key it would be sent twice.
        if matches!(error.status(), Some(409 | 429)) || error.code() == SENT_ALREADY {
            self.fail_at(self.button_step(), words::errors(error));
            return;
        }
        // The server has judged this letter: a corrected one is another.
        self.draft.new_submission();
        let lost: Vec<String> = error
            .fields()
            .iter()
            .filter(|field| field.code == "unknown")
            .filter_map(|field| field.field.strip_prefix("attachments.")?.parse::<usize>().ok())
            .filter_map(|index| attachments.get(index).cloned())
            .collect();
        // Which of the two, the answer does not tell; one that is still there is only sent once more.
        if error.fields().iter().any(|field| field.field.starts_with("media.")) {
            self.voice.retry();
            self.video.retry();
        }
        if !lost.is_empty() {
            self.photos.send_again(&lost);
        }
        let step = error
            .fields()
            .first()
            .map_or_else(|| self.button_step(), |field| step_of(&field.field));
        self.fail_at(step, words::errors(error));
    }

    /// Where the button that sends stands.
    fn button_step(self) -> WriteStep {
        if self.logged_in() {
            WriteStep::Check
        } else {
            WriteStep::Phone
        }
    }

    /// Shows what is wrong at the question it is about.
    fn fail_at(self, step: WriteStep, errors: Errors) {
        if self.step.get_untracked() != step {
            self.replace(step);
        }
        // After the question has opened, which clears what was wrong with the one before.
        crate::state::timers::next_frame(move || self.fail(errors));
    }
}
