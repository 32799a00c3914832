use crate::components::{Errors, TextField, error_summary, page_head};
use crate::i18n::zh::write as words;
use crate::markup::view;
use leptos::prelude::*;

/// Looking a letter up: number and code, or by phone. Posts `no` and `code` to `/track`.
#[component]
pub fn TrackView(
    #[prop(optional)] no: String,
    #[prop(optional)] code: String,
    #[prop(optional)] errors: Errors,
) -> AnyView {
    let no_error = errors.words("no");
    let code_error = errors.words("query_code");
    view! {
        {error_summary(&errors, &[("query_code", "code")])}
        {page_head(words::TRACK.into(), words::TRACK_LEAD)}
        <form class="form" method="post" action="/track" novalidate=true>
            <TextField name="no" label=words::TRACK_NO hint=words::TRACK_NO_HINT value=no error=no_error />
            <TextField name="code" label=words::TRACK_CODE hint=words::TRACK_CODE_HINT value=code error=code_error />
            <button class="button" type="submit">
                {words::TRACK_GO}
            </button>
        </form>
        <section class="aside">
            <h2>{words::TRACK_LOST}</h2>
            <p>
                <a href="/mine">{words::TRACK_BY_PHONE}</a>
            </p>
        </section>
    }
    .into_any()
}
