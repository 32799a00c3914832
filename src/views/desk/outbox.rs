//! Messages to telephones and mailboxes, by state.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Outbox, OutboxEntry};
use liaison_domain::lifecycle::Role;
use liaison_domain::notify::OutboxState;

use crate::components::{empty, tone_chip};
use crate::i18n::desk::{self, outbox as words};
use crate::markup::view;

/// The states in the order a person looks for trouble.
const STATES: [OutboxState; 3] = [OutboxState::Dead, OutboxState::Waiting, OutboxState::Sent];

/// The messages of one state, with the way to the others. `retry`: where this person may send again.
pub fn outbox(data: &Outbox, shown: OutboxState, retry: Option<Callback<String>>, now: Millis) -> AnyView {
    let tabs = STATES
        .into_iter()
        .map(|state| {
            let count = match state {
                OutboxState::Dead => data.dead,
                OutboxState::Waiting => data.waiting,
                OutboxState::Sent => data.sent,
            };
            let href = ["/desk/admin/outbox?state=", state.code()].concat();
            view! {
                <li>
                    <a class="outbox__state" href=href aria-current=(state == shown).then_some("page")>
                        {words::counted(state, count)}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    let rows = if data.rows.is_empty() {
        empty(words::none(shown), None)
    } else {
        let rows = data.rows.iter().map(|entry| row(entry, retry, now)).collect_view();
        view! { <ul class="outbox__list">{rows}</ul> }.into_any()
    };
    view! {
        <nav aria-label=words::STATES>
            <ul class="outbox__states">{tabs}</ul>
        </nav>
        {rows}
    }
    .into_any()
}

fn row(entry: &OutboxEntry, retry: Option<Callback<String>>, now: Millis) -> AnyView {
    let who = match entry.role {
        Role::Resident => words::RESIDENT.to_owned(),
        role => [&entry.name, " · ", desk::role(role)].concat(),
    };
    let (tone, sign) = match entry.state {
        OutboxState::Dead => ("bad", "#i-warn"),
        OutboxState::Waiting => ("busy", "#i-work"),
        OutboxState::Sent => ("good", "#i-good"),
    };
    let progress = match (entry.state, entry.sent_at) {
        (OutboxState::Sent, Some(at)) => words::sent(at, now),
        (OutboxState::Waiting, _) => words::tried(entry.attempts, Some(entry.next_at), now),
        _ => words::tried(entry.attempts, None, now),
    };
    let urgent = entry.urgent.then(|| tone_chip("bad", "#i-bell", words::URGENT));
    let error = entry
        .error
        .as_deref()
        .map(|code| view! { <p class="outbox__error">{words::error(code)}</p> }.into_any());
    let again = retry.filter(|_| entry.state == OutboxState::Dead).map(|retry| {
        let id = entry.id.clone();
        let label = [words::RETRY, "：", &entry.subject].concat();
        view! {
            <button type="button" class="button button--second" aria-label=label on:click=move |_| retry.run(id.clone())>
                {words::RETRY}
            </button>
        }
        .into_any()
    });
    view! {
        <li class="outbox__row">
            <p class="outbox__subject">{entry.subject.clone()}</p>
            <p class="outbox__facts">
                {tone_chip(tone, sign, words::state(entry.state))}
                {urgent}
                <span>{words::channel(&entry.channel)}</span>
                <span>{who}</span>
                <span>{progress}</span>
            </p>
            {error}
            {again}
        </li>
    }
    .into_any()
}
