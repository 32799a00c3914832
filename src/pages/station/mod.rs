//! The residents' and public pages: every route, and the frame around them.
//!
//! Most pages arrive when they are opened ([`parts`]): the app's first part holds the frame, the first page and help.

mod cases;
mod deputies;
mod frame;
mod home;
mod left;
mod login;
mod mine;
mod mycase;
pub mod parts;
mod phone;
mod rate;
mod stations;
mod track;
mod words;
mod work;
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
use parts::{Own, Page, Parts, Reading};

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
pub fn app(parts: Parts) -> AnyView {
    parts::install(parts);
    let session = Session::provide();
    // The page says whether a resident is logged in; who logs in here says it, too.
    let first = api::take_preloaded::<NoticeCount>(api::me::NOTICE_COUNT);
    let was_here = first.is_some();
    if was_here {
        Session::is_here();
    }
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
            <Route path=path!("/") view={Page::Home} />
            <Route path=path!("/stations") view={Page::Read(Reading::Stations)} />
            <Route path=path!("/deputies") view={Page::Read(Reading::Deputies)} />
            <Route path=path!("/write") view={Page::Write} />
            <Route path=path!("/cases") view={Page::Read(Reading::Cases)} />
            <Route path=path!("/cases/:no") view={Page::Read(Reading::Case)} />
            <Route path=path!("/track") view={Page::Own(Own::Track)} />
            <Route path=path!("/mine") view={Page::Own(Own::Mine)} />
            <Route path=path!("/mine/:no") view={Page::Case} />
            <Route path=path!("/rate/:token") view={Page::Own(Own::Rate)} />
            <Route path=path!("/help") view={Page::Help} />
        </FlatRoutes>
    }
    .into_any()
}
