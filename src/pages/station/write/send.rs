//! Sending the letter: the phone verified, one letter however often the button is pressed.

use leptos::prelude::*;
use liaison_domain::dto::Receipt;

use super::super::words;
use super::flow::Flow;
use super::letter::{letter_of, step_of};
use super::receipt;
use crate::api::{self, ApiError};
use crate::components::Errors;
use crate::i18n::zh;
use crate::state::{live, react};
use crate::views::form::WriteStep;

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

    /// Checks the code, then sends.
    pub fn verify_and_send(self, code: String) {
        react::spawn(async move {
            if self.check.verify(&code).await.is_some() {
                self.send();
            }
        });
    }

    /// Sends the letter. The key lies in the draft before the request leaves: a lost answer and another try
    /// make one letter.
    pub fn send(self) {
        if self.busy.get_value() {
            return;
        }
        if self.photos.unfinished() {
            self.fail_at(
                WriteStep::Photos,
                Errors::of(vec![super::super::phone::field_error("attachments", "pending")]),
            );
            return;
        }
        let on_its_way = [
            (self.voice.unfinished(), WriteStep::What, "voice"),
            (self.video.unfinished(), WriteStep::Photos, "video"),
        ];
        if let Some((_, step, field)) = on_its_way.into_iter().find(|(waits, ..)| *waits) {
            self.fail_at(
                step,
                Errors::of(vec![super::super::phone::field_error(field, "pending")]),
            );
            return;
        }
        self.busy.set_value(true);
        live::say(zh::app::SENDING);
        let letter = self.draft.form.with_untracked(letter_of);
        let key = self.draft.submission_key();
        react::spawn(async move {
            let outcome = api::letters::submit(&letter, &key).await;
            let _ = self.busy.try_set_value(false);
            match outcome {
                Ok(receipt) => self.sent(receipt).await,
                Err(error) => self.refused(&error, &letter.attachments),
            }
        });
    }

    async fn sent(self, receipt: Receipt) {
        receipt::keep(&receipt);
        self.draft.clear().await;
        let _ = self.used.try_set(0);
        self.errors.try_set_value(Errors::default());
        self.replace(WriteStep::Done);
    }

    fn refused(self, error: &ApiError, attachments: &[String]) {
        if error.is_unauthenticated() {
            self.session.clear();
            self.check.start_over();
            self.fail_at(WriteStep::Phone, Errors::whole(zh::app::SESSION_OVER));
            return;
        }
        if error.may_have_arrived() {
            self.fail_at(self.button_step(), Errors::whole(zh::app::LOST_ANSWER));
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
