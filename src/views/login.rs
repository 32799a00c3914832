use super::form::PhoneForm;
use crate::components::{Errors, TextField, error_summary, notice, page_head};
use crate::i18n::zh::{wechat, write as words};
use crate::markup::view;
use leptos::prelude::*;

/// The fields that verify a phone: first the number, then the code. Buttons are named `do`:
/// `code` (send one), `verify`, `other` (another number).
pub(super) fn phone_fields(form: &PhoneForm, errors: &Errors, go: &'static str) -> AnyView {
    let Some(challenge) = &form.challenge else {
        return view! {
            <TextField
                name="phone"
                label=words::PHONE
                kind="tel"
                inputmode="tel"
                autocomplete="tel"
                value=form.phone.clone()
                error=errors.words("phone")
            />
            <button class="button" type="submit" name="do" value="code">
                {words::GET_CODE}
            </button>
        }
        .into_any();
    };
    let demo = challenge
        .demo_code
        .as_ref()
        .map(|code| notice("info", format!("{} {code}", words::DEMO_CODE)));
    view! {
        {notice("good", words::code_sent(&challenge.phone_masked))}
        {demo}
        <input type="hidden" name="phone" value=form.phone.clone() />
        <input type="hidden" name="challenge" value=challenge.id.clone() />
        <TextField
            name="code"
            label=words::CODE
            inputmode="numeric"
            autocomplete="one-time-code"
            short=true
            value=form.code.clone()
            error=errors.words("code")
        />
        <button class="button" type="submit" name="do" value="verify">
            {go}
        </button>
        <p class="links">
            <button class="link" type="submit" name="do" value="code">
                {words::CODE_AGAIN}
            </button>
            <button class="link" type="submit" name="do" value="other">
                {words::CODE_OTHER}
            </button>
        </p>
    }
    .into_any()
}

/// Login by phone, for one's own list. Posts to `/mine`.
#[component]
pub fn LoginView(
    form: PhoneForm,
    #[prop(optional)] errors: Errors,
    /// Where to go afterwards: an own path.
    #[prop(optional)]
    back: String,
) -> AnyView {
    // Shown by the style sheet where the page says that it is offered.
    let by_wechat = ["/auth/wechat?back=", &back.replace('&', "%26")].concat();
    view! {
        {error_summary(&errors, &[])}
        {page_head(words::LOGIN.into(), words::LOGIN_LEAD)}
        <form class="form" method="post" action="/mine" novalidate=true>
            {(!back.is_empty()).then(|| view! { <input type="hidden" name="back" value=back /> })}
            {phone_fields(&form, &errors, words::LOGIN_GO)}
        </form>
        <p class="login-wechat" hidden=true>
            <a class="button button--second" href=by_wechat rel="external">{wechat::LOGIN}</a>
        </p>
    }
    .into_any()
}
