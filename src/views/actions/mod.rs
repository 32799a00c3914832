//! What the author of a letter can do now: only what the server says is allowed.

mod needs_you;
mod others;

pub(super) use needs_you::needs_you;
pub(super) use others::others;
pub use others::withdrawing;

use super::case::ActForm;
use crate::components::{Errors, TextArea, photo_list};
use crate::i18n::zh::case as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::CaseView;
use liaison_domain::lifecycle::EventKind;

fn can(data: &CaseView, kind: EventKind) -> bool {
    data.allowed_events.contains(&kind)
}

/// One form of the page, with the version read and its button.
fn form(data: &CaseView, act: &'static str, send: &'static str, class: &'static str, inner: AnyView) -> AnyView {
    view! {
        <form class="act" method="post" action=format!("/mine/{}", data.no) enctype="multipart/form-data" novalidate=true>
            <input type="hidden" name="version" value=data.version.to_string() />
            {inner}
            <button class=class type="submit" name="do" value=act>
                {send}
            </button>
        </form>
    }
    .into_any()
}

fn text(
    act: &'static str,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    optional: bool,
    (typed, errors): (&ActForm, &Errors),
) -> AnyView {
    let here = typed.act == act;
    let value = if here { typed.text.clone() } else { String::new() };
    let error = errors.words("text").filter(|_| here);
    view! { <TextArea name="text" label=label hint=hint value=value error=error id=id optional=optional /> }.into_any()
}

/// The field for photos, below those that came along with words that have to be mended.
fn files(act: &'static str, id: &'static str, typed: &ActForm) -> AnyView {
    let here = typed.act == act && !typed.photos.is_empty();
    let carried = here.then(|| view! { <input type="hidden" name="act" value=act /> {photo_list(&typed.photos)} });
    view! {
        {carried}
        <div class="field">
            <label class="field__label" for=id>
                {words::PHOTOS_LABEL}
                <span class="field__optional">{crate::i18n::zh::common::OPTIONAL}</span>
            </label>
            <input class="field__file" type="file" id=id name="file" accept="image/*" multiple=true />
        </div>
    }
    .into_any()
}
