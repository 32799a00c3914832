//! The head of every page: where one is, who one is, the way out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};

use super::form;
use super::here::{Desk, End, failure, whole_address};
use crate::api;
use crate::components::icon;
use crate::i18n::desk as words;
use crate::i18n::zh;
use crate::markup::view;
use crate::state::{live, nav};
use crate::views::badge;
use crate::views::desk_pages::{PAGES, is_whole};

/// The way to the inbox, with what is unread there.
fn bell(desk: Desk) -> AnyView {
    let unread = desk.notices.unread;
    // Said when something comes, not when the page opens or something was read.
    Effect::new(move |before: Option<u32>| {
        let now = unread.get();
        if let Some(before) = before.filter(|before| *before > 0 && *before < now) {
            live::say(&words::news(now - before));
        }
        now
    });
    view! {
        <a class="desk-head__button" href="/desk/inbox">
            {icon("#i-bell")}
            {zh::notices::TITLE}
            {move || badge(unread.get())}
        </a>
    }
    .into_any()
}

/// The way to one's pages; nothing for whom there is the board alone.
fn pages(desk: Desk) -> AnyView {
    let here = use_location().pathname;
    let link = move |address: &'static str, name: &'static str| {
        let current = move || (here.get() == address).then_some("page");
        let whole = is_whole(address).then_some("external");
        view! { <li><a class="desk-nav__link" href=address rel=whole aria-current=current>{name}</a></li> }.into_any()
    };
    let role = Memo::new(move |_| desk.session.me().map(|me| me.role));
    (move || {
        let role = role.get()?;
        let own = PAGES.iter().filter(|(_, _, may)| may(role));
        let links: Vec<AnyView> = own.map(|(address, name, _)| link(address, name)).collect();
        let board = End::of(role)?.path();
        (!links.is_empty()).then(|| {
            view! {
                <nav class="desk-nav" aria-label=words::admin::PAGES>
                    <ul class="desk-nav__list">{link(board, words::admin::BOARD)} {links}</ul>
                </nav>
            }
        })
    })
    .into_any()
}

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
                Err(error) => live::show(&failure(&error)),
            }
        });
    };
    let who = move || {
        desk.session.me().map(|me| {
            let place = me.unit.or(me.station).map(|place| place.name);
            let what = place.unwrap_or_else(|| words::role(me.role).to_owned());
            view! {
                <p class="desk-head__who">
                    {icon("#i-people")}
                    <span class="desk-head__name">{me.name}</span>
                    <span class="desk-head__what">{what}</span>
                </p>
                {bell(desk)}
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
            {pages(desk)}
        </header>
    }
    .into_any()
}
