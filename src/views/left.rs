//! Logged out, and letters that are not finished still lie in this browser.

#[cfg(feature = "ssr")]
use crate::components::{list, page_head};
use crate::i18n::zh::drafts as words;
use crate::markup::view;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use liaison_domain::Millis;

/// Where the server alone says so.
pub const LEFT: &str = "/mine/left";

/// What the app says on the page where one is logged out; its buttons are named `data-do`.
pub fn left_behind(count: usize) -> AnyView {
    if count == 0 {
        return ().into_any();
    }
    view! {
        <section class="notice draft" aria-label=words::LEFT_TITLE>
            <div>
                <p role="status">{words::left(count)}</p>
                <p class="links">
                    <button class="button button--second" type="button" data-do="left-drop">
                        {words::LEFT_DROP}
                    </button>
                    <button class="link" type="button" data-do="left-keep">
                        {words::LEFT_KEEP}
                    </button>
                </p>
            </div>
        </section>
    }
    .into_any()
}

/// The same, by a page of its own: the letters that the server keeps for this browser, by how they begin. Posts to [`LEFT`].
#[cfg(feature = "ssr")]
#[component]
pub fn LeftView(
    /// How each begins, and when it was saved.
    letters: Vec<(String, Millis)>,
    now: Millis,
) -> AnyView {
    let count = letters.len();
    let rows = letters.into_iter().map(|(beginning, saved_at)| {
        let beginning = if beginning.is_empty() {
            words::NO_WORDS.to_owned()
        } else {
            beginning
        };
        view! {
            <li class="row">
                <p>{beginning}</p>
                <p class="row__meta"><span>{words::draft_meta(saved_at, 0, now)}</span></p>
            </li>
        }
        .into_any()
    });
    view! {
        {page_head(words::LEFT_TITLE.into(), "")}
        <p>{words::left(count)}</p>
        {list(rows.collect())}
        <form class="form" method="post" action=LEFT>
            <p class="buttons">
                <button class="button button--danger" type="submit" name="do" value="drop">
                    {words::LEFT_DROP}
                </button>
                <a class="button button--second" href="/">{words::LEFT_KEEP}</a>
            </p>
        </form>
        <p class="count">{words::LEFT_DEVICE}</p>
    }
    .into_any()
}

/// They are gone.
#[cfg(feature = "ssr")]
#[component]
pub fn LeftGoneView() -> AnyView {
    view! {
        {page_head(words::LEFT_GONE.into(), words::LEFT_DEVICE)}
        <p class="buttons">
            <a class="button button--second" href="/">{words::LEFT_HOME}</a>
        </p>
    }
    .into_any()
}
