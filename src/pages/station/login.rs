//! Logging in by phone, wherever a page needs it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use liaison_domain::dto::Me;
use wasm_bindgen::JsCast;
use web_sys::Event;

use super::phone::{PhoneCheck, show_wait};
use super::title_of;
use crate::i18n::zh;
use crate::pages::forms::{self, Sent};
use crate::state::{listen, live, nav, react, timers};
use crate::views::LoginView;
use crate::views::form::PhoneForm;

/// A login on its way. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Login {
    check: PhoneCheck,
    /// Called with the person once logged in.
    done: StoredValue<Box<dyn Fn(Me)>, LocalStorage>,
}

impl Login {
    /// Listens to the form of [`Login::view`]; `done` gets the person.
    pub fn new(done: impl Fn(Me) + 'static) -> Self {
        let login = Self {
            check: PhoneCheck::new(RwSignal::new(PhoneForm::default())),
            done: StoredValue::new_local(Box::new(done)),
        };
        listen::on_document("submit", move |event: Event| {
            let event: &SubmitEvent = event.unchecked_ref();
            let ours = forms::action(event).as_deref() == Some("/mine");
            if ours && let Some(sent) = forms::take(event) {
                login.submitted(&sent);
            }
        });
        react::effect(move || {
            login.check.changes.track();
            let wait = login.check.wait.get();
            timers::next_frame(move || show_wait(wait));
        });
        login
    }

    fn submitted(self, sent: &Sent) {
        let (phone, code) = (sent.get("phone").to_owned(), sent.get("code").to_owned());
        match sent.wish().0 {
            "logout" => {}
            "other" => self.check.start_over(),
            "code" => self.ask(phone),
            _ if sent.has("code") => react::spawn(async move {
                if let Ok(me) = self.check.verify(&code).await {
                    live::say(zh::app::LOGGED_IN);
                    nav::renew();
                    let _ = self.done.try_with_value(|done| done(me));
                }
            }),
            _ => self.ask(phone),
        }
    }

    fn ask(self, phone: String) {
        let wait = self.check.wait.get_untracked();
        if wait > 0 && self.check.form.with_untracked(|form| form.challenge.is_some()) {
            live::say(&zh::app::resend_in(wait));
            return;
        }
        react::spawn(async move {
            self.check.ask(&phone).await;
        });
    }

    /// The form. `back` is where the plain form leads afterwards.
    pub fn view(self, back: &str) -> AnyView {
        let back = back.to_owned();
        react::view(move || {
            self.check.changes.track();
            let errors = self.check.errors.get_untracked();
            let prefix = if errors.is_empty() {
                ""
            } else {
                zh::common::ERROR_PREFIX
            };
            nav::arrived(&title_of(&format!("{prefix}{}", zh::write::LOGIN)));
            view! { <LoginView form=self.check.form.get_untracked() errors=errors back=back.clone() /> }.into_any()
        })
    }
}
