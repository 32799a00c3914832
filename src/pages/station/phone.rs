//! Verifying a phone number: asking for a code, waiting, giving the code. Used to log in and to send a letter.

use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::{FieldError, Me};

use super::words;
use crate::api::{self, ApiError};
use crate::components::Errors;
use crate::i18n::zh;
use crate::state::{Session, live, nav, timers};
use crate::views::form::{Challenge, PhoneForm};

/// A phone number being verified. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct PhoneCheck {
    /// What is typed and which code was sent.
    pub form: RwSignal<PhoneForm>,
    /// What is wrong with it.
    pub errors: RwSignal<Errors>,
    /// Seconds until another code may be asked for.
    pub wait: RwSignal<u32>,
    /// A request is under way.
    pub busy: RwSignal<bool>,
    /// Counts what has to be drawn anew.
    pub changes: RwSignal<u32>,
    session: Session,
}

impl PhoneCheck {
    /// Works on `form`, which a draft may keep.
    pub fn new(form: RwSignal<PhoneForm>) -> Self {
        let check = Self {
            form,
            errors: RwSignal::new(Errors::default()),
            wait: RwSignal::new(0),
            busy: RwSignal::new(false),
            changes: RwSignal::new(0),
            session: Session::here(),
        };
        timers::every(Duration::from_secs(1), move || {
            if check.wait.get_untracked() > 0 {
                check.wait.update(|seconds| *seconds -= 1);
            }
        });
        check
    }

    /// Sends a code to `phone`. True when it is on its way.
    pub async fn ask(self, phone: &str) -> bool {
        let phone = phone.trim().to_owned();
        self.form.update(|form| form.phone.clone_from(&phone));
        if phone.is_empty() {
            self.fail(Errors::of(vec![field_error("phone", "required")]));
            return false;
        }
        if self.busy.get_untracked() {
            return false;
        }
        self.busy.set(true);
        let asked = api::auth::ask_code(phone).await;
        let _ = self.busy.try_set(false);
        match asked {
            Ok(challenge) => {
                let words = zh::write::code_sent(&challenge.phone_masked);
                let _ = self.wait.try_set(challenge.resend_after);
                let _ = self.form.try_update(|form| {
                    form.code.clear();
                    form.challenge = Some(Challenge {
                        id: challenge.challenge_id,
                        phone_masked: challenge.phone_masked,
                        demo_code: challenge.demo_code,
                    });
                });
                let _ = self.errors.try_set(Errors::default());
                self.redraw();
                live::say(&words);
                timers::next_frame(|| nav::focus("#page input[name=\"code\"]"));
                true
            }
            Err(error) => {
                if let ApiError::Problem(problem) = &error
                    && let Some(seconds) = problem.retry_after
                {
                    let _ = self.wait.try_set(u32::try_from(seconds).unwrap_or(u32::MAX));
                }
                self.fail(words::errors(&error));
                false
            }
        }
    }

    /// Checks the code; the person is logged in when it is right. What went wrong is shown; the error is none when
    /// nothing was sent.
    pub async fn verify(self, code: &str) -> Result<Me, Option<ApiError>> {
        // Pasted from a text message: 「验证码 123456」, with spaces, full-width.
        let code = digits(code);
        let Some(challenge) = self.form.get_untracked().challenge else {
            self.fail(Errors::of(vec![field_error("phone", "required")]));
            return Err(None);
        };
        if code.is_empty() {
            self.fail(Errors::of(vec![field_error("code", "required")]));
            return Err(None);
        }
        if self.busy.get_untracked() {
            return Err(None);
        }
        self.busy.set(true);
        let verified = api::auth::verify_code(challenge.id, code).await;
        let _ = self.busy.try_set(false);
        match verified {
            Ok(me) => {
                let _ = self.errors.try_set(Errors::default());
                let _ = self.form.try_update(|form| {
                    form.challenge = None;
                    form.code.clear();
                });
                self.session.set(me.clone());
                Ok(me)
            }
            Err(error) => {
                self.fail(words::errors(&error));
                Err(Some(error))
            }
        }
    }

    /// Another number.
    pub fn start_over(self) {
        self.form.update(|form| {
            form.challenge = None;
            form.code.clear();
        });
        self.errors.set(Errors::default());
        self.redraw();
        timers::next_frame(|| nav::focus("#page input[name=\"phone\"]"));
    }

    /// Shows what is wrong, with the focus on it.
    pub fn fail(self, errors: Errors) {
        let _ = self.errors.try_set(errors);
        self.redraw();
        super::focus_errors();
    }

    fn redraw(self) {
        let _ = self.changes.try_update(|count| *count = count.wrapping_add(1));
    }
}

/// An error of one field without a limit.
pub fn field_error(field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: None,
    }
}

/// The digits of a text, full-width ones included.
pub fn digits(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
            _ => None,
        })
        .collect()
}

/// The button for another code says from when on it works.
pub fn show_wait(seconds: u32) {
    let Ok(Some(button)) = document().query_selector("#page button.link[name=\"do\"][value=\"code\"]") else {
        return;
    };
    let words = if seconds > 0 {
        zh::app::resend_in(seconds)
    } else {
        zh::write::CODE_AGAIN.to_owned()
    };
    // The text node stays the view's own.
    if let Some(text) = button.first_child() {
        text.set_node_value(Some(&words));
    }
    let _ = if seconds > 0 {
        button.set_attribute("aria-disabled", "true")
    } else {
        button.remove_attribute("aria-disabled")
    };
}
