//! The head of every page: where one is, who one is, the way out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use liaison_domain::lifecycle::Role;

use super::form;
use super::here::{Desk, failure, whole_address};
use crate::api;
use crate::components::icon;
use crate::i18n::{desk as words, zh};
use crate::state::{live, nav};

/// The masthead.
pub fn header(desk: Desk) -> AnyView {
    let navigate = StoredValue::new_local(use_navigate());
    let logout = move |_| {
        spawn_local(async move {
            match desk.session.logout().await {
                Ok(()) => {
                    // The device may be shared: nothing of this person's work stays on it.
                    form::forget_all();
                    api::forget_seen();
                    nav::renew();
                    navigate.with_value(|go| go("/desk", whole_address()));
                    live::say(words::LOGGED_OUT);
                }
                Err(error) => live::say(&failure(&error)),
            }
        });
    };
    let who = move || {
        desk.session.me().map(|me| {
            let place = me.unit.or(me.station).map(|place| place.name);
            let what = place.unwrap_or_else(|| words::role(me.role).to_owned());
            let outbox = matches!(me.role, Role::Admin | Role::Auditor).then(|| {
                view! {
                    <a class="desk-head__button" href="/desk/admin/outbox">{words::outbox::TITLE}</a>
                }
                .into_any()
            });
            view! {
                <p class="desk-head__who">
                    {icon("#i-people")}
                    <span class="desk-head__name">{me.name}</span>
                    <span class="desk-head__what">{what}</span>
                </p>
                {outbox}
                <button type="button" class="desk-head__button" on:click=logout>{words::LOGOUT}</button>
            }
            .into_any()
        })
    };
    let name = move || desk.config.ready().map(|config| config.name).unwrap_or_default();
    let demo = move || {
        desk.config
            .ready()
            .is_some_and(|config| config.demo)
            .then(|| view! { <p class="demo">{zh::common::DEMO}</p> }.into_any())
    };
    view! {
        <a class="skip" href="#main" rel="external">{words::SKIP_TO_MAIN}</a>
        <header>
            {demo}
            <div class="desk-head">
            <p class="desk-head__title">
                <a class="desk-head__home" href="/desk">{words::APP}</a>
                <span class="desk-head__station">{name}</span>
            </p>
            <div class="desk-head__side">
                {who}
                <a class="desk-head__button" href="/" rel="external">{words::PUBLIC_SITE}</a>
            </div>
            </div>
        </header>
    }
    .into_any()
}
