//! What the server says about a reply while it is being written.

use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::lifecycle::ReplyText;
use liaison_domain::reply::Finding;

use crate::api;
use crate::components::{icon, tone_chip};
use crate::i18n::desk::lint as words;
use crate::markup::view;

/// Asks, and shows what comes back.
#[derive(Clone, Copy)]
pub struct Lint {
    found: RwSignal<Option<Vec<Finding>>>,
    asked: StoredValue<u32>,
}

impl Lint {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self {
            found: RwSignal::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// Asks about a reply. The answer to the newest question counts; one that fails changes nothing: the office is
    /// warned all the same.
    pub fn ask(self, task: &str, reply: ReplyText) {
        let Some(mine) = self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        }) else {
            return;
        };
        let task = task.to_owned();
        spawn_local(async move {
            let answer = api::desk::lint(&task, reply).await;
            if let (Ok(found), Some(newest)) = (answer, self.asked.try_get_value())
                && newest == mine
            {
                let _ = self.found.try_set(Some(found));
            }
        });
    }

    /// The list, spoken when it changes.
    pub fn view(self) -> AnyView {
        let body = move || match self.found.get() {
            None => ().into_any(),
            Some(found) if found.is_empty() => {
                view! { <p class="lint__clean">{icon("#i-good")} {words::CLEAN}</p> }.into_any()
            }
            Some(found) => view! {
                <h3 class="lint__title">{words::TITLE}</h3>
                {list(&found)}
            }
            .into_any(),
        };
        view! { <div class="lint" aria-live="polite">{body}</div> }.into_any()
    }
}

/// Findings in words, each with what to do; weighty ones are marked.
pub fn list(found: &[Finding]) -> AnyView {
    let items = found
        .iter()
        .map(|finding| {
            let mark = finding
                .code
                .must_be_read()
                .then(|| tone_chip("warn", "#i-warn", words::WEIGHTY));
            view! {
                <li class="lint__one">
                    <p class="lint__what">{mark} <b>{words::what(finding)}</b></p>
                    <p class="lint__do">{words::advice(finding.code)}</p>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="lint__list">{items}</ul> }.into_any()
}
