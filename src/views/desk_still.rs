//! The staff's frame around pages that the server draws alone: opened rarely, posted as plain forms. They cost the app
//! nothing, and work without it.

use super::desk_pages::PAGES;
use crate::components::icon;
use crate::i18n::desk as words;
use crate::i18n::zh::{common, notices};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{AppConfig, Me};

fn demo(config: &AppConfig) -> Option<AnyView> {
    config
        .demo
        .then(|| view! { <aside aria-label=common::DEMO_LABEL><p class="demo">{common::DEMO}</p></aside> }.into_any())
}

/// The masthead alone, around a login.
#[component]
pub fn DeskLogin(config: AppConfig, children: Children) -> AnyView {
    view! {
        <a class="skip" href="#main">
            {words::SKIP_TO_MAIN}
        </a>
        <header>
            {demo(&config)}
            <div class="desk-head">
                <p class="desk-head__title">
                    <a class="desk-head__home" href="/desk">
                        {words::APP}
                    </a>
                    <span class="desk-head__station">{config.name.clone()}</span>
                </p>
            </div>
        </header>
        <main class="desk-main" id="main" tabindex="-1">
            <div class="login">{children()}</div>
        </main>
    }
    .into_any()
}

/// Masthead, the way to one's own pages, and the page itself.
#[component]
pub fn DeskStill(config: AppConfig, me: Me, path: String, children: Children) -> AnyView {
    let demo = demo(&config);
    let link = |address: String, name: &'static str| {
        let current = (address == path).then_some("page");
        view! {
            <li>
                <a class="desk-nav__link" href=address aria-current=current>
                    {name}
                </a>
            </li>
        }
        .into_any()
    };
    let own = PAGES.iter().filter(|(_, _, may)| may(me.role));
    let links = own
        .map(|(address, name, _)| link((*address).to_owned(), name))
        .collect_view();
    let place = me.unit.or(me.station).map(|place| place.name);
    let what = place.unwrap_or_else(|| words::role(me.role).to_owned());
    view! {
        <a class="skip" href="#main">
            {words::SKIP_TO_MAIN}
        </a>
        <header>
            {demo}
            <div class="desk-head">
                <p class="desk-head__title">
                    <a class="desk-head__home" href="/desk">
                        {words::APP}
                    </a>
                    <span class="desk-head__station">{config.name}</span>
                </p>
                <div class="desk-head__side">
                    <p class="desk-head__who">
                        {icon("#i-people")}
                        <span class="desk-head__name">{me.name}</span>
                        <span class="desk-head__what">{what}</span>
                    </p>
                    <a class="desk-head__button" href="/desk/inbox">
                        {icon("#i-bell")}
                        {notices::TITLE}
                    </a>
                    <a class="desk-head__button" href="/">
                        {words::PUBLIC_SITE}
                    </a>
                </div>
            </div>
            <nav class="desk-nav" aria-label=words::admin::PAGES>
                <ul class="desk-nav__list">{link(me.home, words::admin::BOARD)} {links}</ul>
            </nav>
        </header>
        <main class="desk-main" id="main" tabindex="-1">
            <div class="admin">{children()}</div>
        </main>
    }
    .into_any()
}
