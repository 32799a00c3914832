//! What a form of notes shows of what is not finished: the reader's drafts, and the buttons that keep or drop one.

use crate::components::notice;
use crate::i18n::desk::ledger as words;
use crate::markup::view;
use leptos::prelude::*;

/// What a form says of its draft, and of the reader's others.
#[derive(Clone, Debug, Default)]
pub struct NoteDraft {
    /// Where the script keeps it.
    pub url: String,
    /// 「已暂存 10:32」, when the form shows one.
    pub saved: Option<String>,
    /// The others: address and words.
    pub others: Vec<(String, String)>,
}

/// The reader's other unfinished notes, each leading to its form.
pub(super) fn other_drafts(draft: &NoteDraft) -> Option<AnyView> {
    if draft.others.is_empty() {
        return None;
    }
    let line = |(href, words): &(String, String)| {
        view! {
            <li>
                <a href=href.clone()>{words.clone()}</a>
            </li>
        }
        .into_any()
    };
    Some(
        view! {
            <section class="note-drafts" aria-labelledby="drafts">
                <h2 id="drafts">{words::DRAFTS}</h2>
                <ul>{draft.others.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Above a form that shows what was kept.
pub(super) fn restored(draft: &NoteDraft) -> Option<AnyView> {
    draft
        .saved
        .is_some()
        .then(|| notice("info", words::DRAFT_RESTORED.to_owned()))
}

/// The buttons of an unfinished form, and what was kept of it. The status is read aloud when the script changes it.
pub(super) fn draft_buttons(draft: &NoteDraft) -> AnyView {
    let discard = draft.saved.is_some().then(|| {
        view! {
            <details class="how">
                <summary>{words::DRAFT_DISCARD}</summary>
                <p>{words::DRAFT_DISCARD_ASK}</p>
                <button class="button button--danger" type="submit" name="do" value="discard">
                    {words::DRAFT_DISCARD_DO}
                </button>
            </details>
        }
    });
    view! {
        <button class="button button--second" type="submit" name="do" value="draft">
            {words::DRAFT_KEEP}
        </button>
        <p class="note-form__kept" role="status" data-draft-said="" data-saved=words::DRAFT_SAVED
            data-failed=words::DRAFT_FAILED data-login=words::DRAFT_LOGIN>
            {draft.saved.clone().unwrap_or_default()}
        </p>
        {discard}
    }
    .into_any()
}
