//! Logging in by `WeChat`: the first time with a phone number, and when it did not go well.

use super::form::PhoneForm;
use super::login::phone_fields;
use crate::components::{Errors, error_summary, page_head};
use crate::i18n::zh::wechat as words;
use crate::markup::view;
use leptos::prelude::*;

/// Where the platform is asked who it is; the other addresses lie below it.
pub const WECHAT: &str = "/auth/wechat";

/// The phone number that belongs to this `WeChat`. Posts to `/auth/wechat/bind`.
#[component]
pub fn BindView(form: PhoneForm, errors: Errors) -> AnyView {
    view! {
        {error_summary(&errors, &[])}
        {page_head(words::BIND_TITLE.into(), words::BIND_LEAD)}
        <form class="form" method="post" action="/auth/wechat/bind" novalidate=true>
            {phone_fields(&form, &errors, words::BIND_GO)}
        </form>
        <p class="count">{words::BIND_KEPT}</p>
    }
    .into_any()
}

/// It did not go well: how to go on. `snapshot`: the platform let somebody only look.
#[component]
pub fn WechatFailedView(snapshot: bool) -> AnyView {
    let (title, lead) = if snapshot {
        (words::SNAPSHOT_TITLE, words::SNAPSHOT_LEAD)
    } else {
        (words::LOST_TITLE, words::LOST_LEAD)
    };
    view! {
        {page_head(title.into(), lead)}
        <p class="buttons">
            <a class="button" href=WECHAT>
                {words::AGAIN}
            </a>
            <a class="button button--second" href="/mine">
                {words::BY_PHONE}
            </a>
        </p>
    }
    .into_any()
}
