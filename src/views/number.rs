//! Another telephone number: a code to the one there is, a code to the new one. Drawn by the server alone.

use super::form::PhoneForm;
use super::login::phone_fields;
use super::privacy::PRIVACY;
use crate::components::{Errors, TextField, back_link, error_summary, icon, notice, page_head};
use crate::i18n::zh::number as words;
use crate::i18n::zh::{help, privacy, write};
use crate::markup::view;
use leptos::prelude::*;

/// The page's address.
pub const NUMBER: &str = "/mine/privacy/number";

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberForm {
    /// The number there is, masked.
    pub own: String,
    /// That one has it; empty before.
    pub proof: String,
    /// Of the number there is, then of the new one.
    pub phone: PhoneForm,
}

/// Whom to ask when the number is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberHelp {
    /// The station's telephone.
    pub phone: String,
    /// When somebody answers it.
    pub hours: String,
}

fn points(all: &'static [&'static str]) -> AnyView {
    let all = all.iter().map(|one| view! { <li>{*one}</li> }.into_any());
    view! { <ul class="bullets">{all.collect_view()}</ul> }.into_any()
}

/// The code to the number there is. What was typed as the new one is kept.
fn old(form: &NumberForm, errors: &Errors) -> AnyView {
    let typed = (!form.phone.phone.is_empty())
        .then(|| view! { <input type="hidden" name="phone" value=form.phone.phone.clone() /> }.into_any());
    let Some(challenge) = &form.phone.challenge else {
        return view! {
            {typed}
            <p>{[privacy::PHONE, "：", &form.own].concat()}</p>
            <button class="button" type="submit" name="do" value="code">
                {words::OLD_SEND}
            </button>
        }
        .into_any();
    };
    let demo = challenge
        .demo_code
        .as_ref()
        .map(|code| notice("info", format!("{} {code}", write::DEMO_CODE)));
    view! {
        {typed}
        {notice("good", write::code_sent(&form.own))}
        {demo}
        <input type="hidden" name="challenge" value=challenge.id.clone() />
        <TextField
            name="code"
            label=write::CODE
            inputmode="numeric"
            autocomplete="one-time-code"
            short=true
            value=form.phone.code.clone()
            error=errors.words("code")
        />
        <button class="button" type="submit" name="do" value="verify">
            {words::OLD_GO}
        </button>
        <p class="links">
            <button class="link" type="submit" name="do" value="code">
                {write::CODE_AGAIN}
            </button>
        </p>
    }
    .into_any()
}

/// Changing one's number. Posts to [`NUMBER`].
#[component]
pub fn NumberView(form: NumberForm, errors: Errors, help: NumberHelp, restricted: bool) -> AnyView {
    let is_new = !form.proof.is_empty();
    let fields = if is_new {
        let proof = form.proof.clone();
        view! {
            <input type="hidden" name="proof" value=proof />
            {phone_fields(&form.phone, &errors, words::NEW_GO)}
        }
        .into_any()
    } else {
        old(&form, &errors)
    };
    view! {
        {back_link(PRIVACY.into(), privacy::TITLE)}
        {error_summary(&errors, &[])}
        {page_head(words::TITLE.into(), words::LEAD)}
        <section aria-labelledby="step">
            <h2 id="step">{if is_new { words::NEW } else { words::OLD }}</h2>
            <form class="form" method="post" action=NUMBER novalidate=true>
                {fields}
            </form>
        </section>
        <section aria-labelledby="moves">
            <h2 id="moves">{words::MOVES}</h2>
            {points(words::MOVES_ALL)}
            {restricted.then(|| view! { <p>{words::RESTRICTED}</p> })}
        </section>
        <section aria-labelledby="lost">
            <h2 id="lost">{words::LOST}</h2>
            <p>{words::LOST_LEAD}</p>
            {points(words::LOST_WAYS)}
            <p class="buttons">
                <a class="button button--second" href=format!("tel:{}", help.phone)>
                    {icon("#i-phone")}
                    {format!("{} {}", help::PHONE, help.phone)}
                </a>
            </p>
            <p class="count">{help.hours}</p>
            <p class="links">
                <a href="/stations">{words::LOST_STATIONS}</a>
            </p>
            <p class="links">
                <a href="/track">{words::LOST_TRACK}</a>
            </p>
        </section>
    }
    .into_any()
}
