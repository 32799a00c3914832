//! Photos: chosen, sent, removed. Without scripts a button sends what was chosen.

use crate::components::{Errors, error_line, icon, photo_list};
use crate::i18n::zh::write as words;
use crate::markup::{IntoNode, Moving, view};
use crate::views::form::{LetterForm, PhotoItem};
use leptos::prelude::*;
use liaison_domain::dto::FormLimits;

pub(super) fn photos(
    form: &LetterForm,
    live: Option<Moving<Vec<PhotoItem>>>,
    limits: &FormLimits,
    errors: &Errors,
) -> AnyView {
    let error = errors.words("attachments").or_else(|| errors.words("photos"));
    let list = match live {
        Some(live) => crate::markup::live(move || photo_list(&live()).node()).into_any(),
        None => photo_list(&form.photos),
    };
    let described = if error.is_some() {
        "photos-hint photos-error"
    } else {
        "photos-hint"
    };
    view! {
        <div class=if error.is_some() { "field field--error" } else { "field" }>
            <h1 class="question" tabindex="-1">
                <label for="photos">{words::PHOTOS}</label>
            </h1>
            <p class="field__hint" id="photos-hint">
                {words::PHOTOS_WHY} {words::photos_limit(limits.photos_max, limits.photo_bytes_max)}
            </p>
            {error_line("photos", error.as_ref())}
            {list}
            <div class="pick">
                <input class="pick__input" type="file" id="photos" name="file" accept="image/*" multiple=true aria-describedby=described />
                <span class="pick__face" aria-hidden="true">
                    {icon("#i-photo")}
                    {words::PHOTOS_ADD}
                </span>
            </div>
            <button class="button button--second plain-only" type="submit" name="do" value="upload">
                {words::PHOTOS_SEND}
            </button>
        </div>
    }
    .into_any()
}
