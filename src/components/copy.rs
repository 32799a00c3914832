use crate::components::paragraphs;
use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::lifecycle::PublicCopy;

/// The redacted copy, as others read it.
pub fn copy_text(copy: &PublicCopy) -> AnyView {
    let answer = (!copy.answer.is_empty()).then(|| {
        view! {
            <h4>{zh::case::ANSWER}</h4>
            {paragraphs(&copy.answer)}
        }
    });
    view! {
        <div class="copy">
            <h3>{copy.title.clone()}</h3>
            {paragraphs(&copy.body)}
            {answer}
        </div>
    }
    .into_any()
}
