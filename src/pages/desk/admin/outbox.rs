//! `/desk/admin/outbox`: what went out to telephones and mailboxes, and what did not.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use liaison_domain::dto::Outbox;
use liaison_domain::lifecycle::Role;
use liaison_domain::notify::OutboxState;

use super::super::here::{Desk, End};
use crate::api;
use crate::components::{PageSkeleton, notice};
use crate::i18n::desk::outbox as words;
use crate::markup::view;
use crate::state::{Load, Remote, live, nav, timers};
use crate::views::desk;

/// The page. Admins may send again, auditors look.
pub fn outbox(here: Desk, _end: End, _account: String) -> AnyView {
    nav::arrived(words::TITLE);
    let role = untrack(|| here.session.me()).map(|me| me.role);
    let content = match role {
        Some(Role::Admin) => messages(here, true),
        Some(Role::Auditor) => messages(here, false),
        _ => notice("warn", words::FORBIDDEN.to_owned()),
    };
    view! {
        <div class="outbox">
            <h1 tabindex="-1">{words::TITLE}</h1>
            <p class="lead">{words::LEAD}</p>
            {content}
        </div>
    }
    .into_any()
}

fn messages(here: Desk, may_send: bool) -> AnyView {
    let query = use_query_map();
    let state = Memo::new(move |_| {
        let code = query.with(|query| query.get("state"));
        code.and_then(|code| OutboxState::from_code(&code))
            .unwrap_or(OutboxState::Dead)
    });
    let data: Remote<Outbox> = Remote::new(move || Some(api::outbox::path(state.get())));
    Effect::new(move |before: Option<u32>| {
        let count = here.logged_in_again.get();
        if before.is_some_and(|before| before != count) {
            data.reload();
        }
        count
    });
    let retry = Callback::new(move |id: String| {
        spawn_local(async move {
            match api::outbox::retry(&id).await {
                Ok(()) => {
                    live::say(words::RETRIED);
                    data.reload();
                }
                Err(error) => live::show(&here.failed(&error)),
            }
        });
    });
    (move || match data.get() {
        Load::Waiting => view! { <PageSkeleton/> }.into_any(),
        Load::Failed(error) => notice("warn", here.failed(&error)),
        Load::Ready(data) => desk::outbox(&data, state.get_untracked(), may_send.then_some(retry), timers::now()),
    })
    .into_any()
}
