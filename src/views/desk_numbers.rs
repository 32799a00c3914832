//! The office gives somebody another telephone number. Drawn by the server alone.

use super::desk_pages::NUMBERS;
use super::form::PhoneForm;
use super::login::phone_fields;
use crate::components::{Errors, SelectField, TextField, error_summary, notice, page_head};
use crate::i18n::desk::numbers as words;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::IdentityCheck;

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeNumberForm {
    /// A letter of the person's.
    pub no: String,
    /// Code of an [`IdentityCheck`].
    pub check: String,
    /// The new number.
    pub phone: PhoneForm,
}

/// Posts to [`NUMBERS`].
#[component]
pub fn OfficeNumberView(form: OfficeNumberForm, errors: Errors, done: bool) -> AnyView {
    let checks = IdentityCheck::ALL
        .iter()
        .map(|check| (check.code().to_owned(), words::check(*check).to_owned()));
    let about = if form.phone.challenge.is_some() {
        view! {
            <input type="hidden" name="no" value=form.no.clone() />
            <input type="hidden" name="check" value=form.check.clone() />
        }
        .into_any()
    } else {
        view! {
            <TextField name="no" label=words::NO hint=words::NO_HINT value=form.no.clone() error=errors.words("no") />
            <SelectField
                name="check"
                label=words::CHECK
                none=common::CHOOSE
                value=form.check.clone()
                options=vec![(String::new(), checks.collect())]
                error=errors.words("check")
            />
        }
        .into_any()
    };
    view! {
        {error_summary(&errors, &[])}
        {page_head(words::TITLE.into(), words::LEAD)}
        {done.then(|| notice("good", words::DONE.to_owned()))}
        <form class="form" method="post" action=NUMBERS novalidate=true>
            {about}
            <h2>{words::NEW}</h2>
            {phone_fields(&form.phone, &errors, words::GO)}
        </form>
    }
    .into_any()
}
