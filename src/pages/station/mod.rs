//! The residents' and public pages: every route, and the frame around them.
//!
//! Each route is a [`LazyRoute`]: what it reads (`data`) stands apart from what it draws (`view`), so that the
//! drawing can be split off into a chunk of its own once the bundle asks for it.

mod cases;
mod deputies;
mod frame;
mod home;
mod login;
mod mine;
mod mycase;
mod phone;
mod rate;
mod route;
mod stations;
mod track;
mod words;
mod write;

pub(in crate::pages) use write::upload_one;

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use liaison_domain::dto::{AppConfig, NoticeCount};
use liaison_domain::form::LetterLimits;
use liaison_domain::lifecycle::Role;

use crate::api::{self, directory};
use crate::state::session::Who;
use crate::state::{Load, Notices, Remote, Session, react, timers};
use frame::{failed, focus_errors, more, not_found, shown, skeleton};
use route::Page;

thread_local! {
    // Event handlers ask too, where there is no context.
    static CONFIG: RefCell<Option<AppConfig>> = const { RefCell::new(None) };
}

/// This installation's name, phone and limits. No page is drawn before they are known.
fn config() -> AppConfig {
    CONFIG.with_borrow(Clone::clone).unwrap_or_else(|| AppConfig {
        name: String::new(),
        district: String::new(),
        phone: String::new(),
        phone_hours: String::new(),
        demo: false,
        build: String::new(),
        limits: LetterLimits::default().into(),
    })
}

/// 「找代表 - 听海区网上代表联络站」.
fn title_of(page: &str) -> String {
    format!("{page} - {}", config().name)
}

/// The whole app.
pub fn app() -> AnyView {
    let session = Session::provide();
    // The page says whether a resident is logged in; who logs in here says it, too.
    let first = api::take_preloaded::<NoticeCount>(api::me::NOTICE_COUNT);
    let was_here = first.is_some();
    let notices = Notices::provide(move || match session.who() {
        Who::Unknown => was_here,
        Who::Nobody => false,
        Who::Somebody(me) => me.role == Role::Resident,
    });
    if let Some(count) = first {
        notices.put(&count);
    }
    write::outbox::Outbox::provide(session);
    let config: Remote<AppConfig> = Remote::new(|| Some(directory::CONFIG.to_owned()));
    react::effect(move || {
        // The server's page stands meanwhile: trying again harms nobody.
        if matches!(config.get(), Load::Failed(_)) {
            timers::after(Duration::from_secs(5), move || config.reload());
        }
    });
    react::view(move || config.ready().map_or_else(|| ().into_any(), framed))
}

fn framed(config: AppConfig) -> AnyView {
    CONFIG.set(Some(config.clone()));
    view! { <Router>{frame::frame(config, routes)}</Router> }.into_any()
}

fn routes() -> AnyView {
    view! {
        <FlatRoutes fallback=not_found>
            <Route path=path!("/") view={Page::of::<home::Home>()} />
            <Route path=path!("/stations") view={Page::of::<stations::Stations>()} />
            <Route path=path!("/deputies") view={Page::of::<deputies::Deputies>()} />
            <Route path=path!("/write") view={Page::of::<write::Write>()} />
            <Route path=path!("/cases") view={Page::of::<cases::Cases>()} />
            <Route path=path!("/cases/:no") view={Page::of::<cases::PublicCase>()} />
            <Route path=path!("/track") view={Page::of::<track::Track>()} />
            <Route path=path!("/mine") view={Page::of::<mine::Mine>()} />
            <Route path=path!("/mine/:no") view={Page::of::<mycase::MyCase>()} />
            <Route path=path!("/rate/:token") view={Page::of::<rate::Rate>()} />
            <Route path=path!("/help") view={Page::of::<home::Help>()} />
        </FlatRoutes>
    }
    .into_any()
}
