//! Logging in within the answer to a form that was posted after the login had ended. What was typed is carried along in a
//! hidden field that the page's frame adds; docs/decisions/0027.

use super::form::PhoneForm;
use super::login::phone_fields;
use crate::components::{Errors, TextField, error_summary_in, notice, page_head};
use crate::i18n::desk as desk_words;
use crate::i18n::zh::{self, again as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::FieldError;

/// How one logs in here.
#[derive(Clone, Debug)]
pub enum AgainLogin {
    /// With name and password.
    Staff {
        /// As typed.
        username: String,
        /// The demo's account that the page was drawn for, by name: one tap.
        demo: Option<String>,
    },
    /// With a code.
    Resident(PhoneForm),
}

/// What becomes of what was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The page was drawn for another account than the one that is logged in.
    pub is_others: bool,
    /// Pictures or a table were with it and have to be chosen again.
    pub files_lost: bool,
    /// It was too much to be carried along.
    pub is_too_long: bool,
}

/// The page. Buttons are named `do`.
#[component]
pub fn AgainView(
    /// Where it was posted to.
    action: String,
    login: AgainLogin,
    kept: Kept,
    #[prop(optional)] errors: Errors,
) -> AnyView {
    let lead = if kept.is_others { words::OTHER } else { words::LEAD };
    let lead = (!kept.is_too_long).then(|| view! { <p class="lead">{lead}</p> });
    let files = kept.files_lost.then(|| notice("warn", words::FILES.to_owned()));
    let too_long = kept.is_too_long.then(|| notice("warn", words::TOO_LONG.to_owned()));
    let form = (!kept.is_too_long).then(|| {
        view! {
            <form class="form" method="post" action=action novalidate=true>
                {fields(login, &errors)}
            </form>
        }
    });
    view! {
        {error_summary_in(&errors, &[], wrong)}
        {page_head(words::TITLE.to_owned(), "")}
        {lead}
        {too_long}
        {files}
        {form}
    }
    .into_any()
}

fn wrong(error: &FieldError) -> String {
    match error.field.as_str() {
        "username" => desk_words::username_missing(),
        "password" => desk_words::password_missing(),
        _ => zh::errors::field(error),
    }
}

fn fields(login: AgainLogin, errors: &Errors) -> AnyView {
    let (username, demo) = match login {
        AgainLogin::Resident(form) => return phone_fields(&form, errors, words::SUBMIT),
        AgainLogin::Staff { username, demo } => (username, demo),
    };
    let error = |field: &str| errors.fields.iter().find(|error| error.field == field).map(wrong);
    let demo = demo.map(|name| {
        view! {
            <p>
                <button class="button button--second" type="submit" name="do" value="demo">
                    {words::as_demo(&name)}
                </button>
            </p>
        }
    });
    view! {
        <TextField
            name="username"
            label=desk_words::LOGIN_USERNAME
            autocomplete="username"
            value=username
            error=error("username")
        />
        <TextField
            name="password"
            label=desk_words::LOGIN_PASSWORD
            kind="password"
            autocomplete="current-password"
            error=error("password")
        />
        <p class="field__hint">{desk_words::LOGIN_FORGOT}</p>
        <button class="button" type="submit" name="do" value="login">
            {words::SUBMIT}
        </button>
        {demo}
    }
    .into_any()
}
