//! The staff app: login, and one board for each end (office, unit, deputy).

#![expect(
    clippy::large_types_passed_by_value,
    reason = "a page's state is a handful of signals, copied like pointers"
)]

mod actions;
mod admin;
mod board;
mod case;
mod dialog;
mod form;
mod frame;
mod here;
mod inbox;
mod keyed;
mod keys;
mod login;
mod office;
mod redaction;
mod unit_board;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_navigate;
use leptos_router::path;
use liaison_domain::lifecycle::Role;

use crate::components::{PageSkeleton, notice};
use crate::i18n::desk as words;
use crate::markup::view;
use crate::state::session::Who;
use crate::state::{Session, nav};
use crate::views::desk_pages::{is_clerk, is_office, is_overseer, may_look};
use here::{Desk, End};

/// The whole app.
pub fn app() -> AnyView {
    let desk = Desk::provide();
    view! {
        <Router base="/desk">
            {frame::header(desk)}
            <main class="desk-main" id="main" tabindex="-1">
                <Routes fallback=move || not_found(desk)>
                    <Route path=path!("inbox") view=move || inbox::page(desk)/>
                    <Route path=path!("file") view=move || page(desk, is_clerk, office::file)/>
                    <Route path=path!("calls") view=move || page(desk, is_office, office::calls)/>
                    <Route path=path!("library") view=move || page(desk, is_overseer, office::library)/>
                    <Route path=path!("") view=move || gate(desk, None, board::board)/>
                    <Route path=path!("login") view=move || gate(desk, None, board::board)/>
                    <Route path=path!("office") view=move || gate(desk, Some(End::Office), board::board)/>
                    <Route path=path!("unit") view=move || gate(desk, Some(End::Unit), board::board)/>
                    <Route path=path!("unit/board") view=move || gate(desk, Some(End::Unit), unit_board::page)/>
                    <Route path=path!("deputy") view=move || gate(desk, Some(End::Deputy), board::board)/>
                    <Route path=path!("admin/outbox") view=move || gate(desk, Some(End::Office), admin::outbox)/>
                    <Route path=path!("admin") view=move || page(desk, may_look, admin::calendar)/>
                    <Route path=path!("admin/calendar") view=move || page(desk, may_look, admin::calendar)/>
                    <Route path=path!("admin/limits") view=move || page(desk, may_look, admin::limits)/>
                    <Route path=path!("admin/jobs") view=move || page(desk, may_look, admin::jobs)/>
                </Routes>
            </main>
            {login::login_again(desk)}
        </Router>
    }
    .into_any()
}

/// A page beside the boards, for whom it is; everybody else is led to their own end.
fn page(desk: Desk, may: fn(Role) -> bool, draw: fn(Desk) -> AnyView) -> AnyView {
    let failed = RwSignal::new(String::new());
    if !Session::was_here() {
        desk.session.clear();
    } else if desk.session.is_unknown() {
        spawn_local(async move {
            if let Err(error) = desk.session.load().await {
                let _ = failed.try_set(here::failure(&error));
            }
        });
    }
    let here = Memo::new(move |_| match desk.session.who() {
        Who::Unknown => None,
        Who::Nobody => Some(None),
        Who::Somebody(me) => Some(Some(may(me.role))),
    });
    (move || match here.get() {
        None => {
            let words = failed.get();
            if words.is_empty() {
                view! { <PageSkeleton/> }.into_any()
            } else {
                notice("warn", words)
            }
        }
        Some(None) => login::login_page(desk),
        Some(Some(true)) => draw(desk),
        Some(Some(false)) => gate(desk, None, board::board),
    })
    .into_any()
}

/// What is known about who is here, as far as it decides the page.
#[derive(Clone, PartialEq)]
enum Gate {
    Asking,
    Failed(String),
    Nobody,
    NotStaff,
    Elsewhere(End),
    Open(End, String),
}

/// Shows the page to whom it belongs, the login to nobody, and leads everybody else to their own end.
fn gate(desk: Desk, wanted: Option<End>, page: fn(Desk, End, String) -> AnyView) -> AnyView {
    let failed = RwSignal::new(String::new());
    let ask = move || {
        failed.set(String::new());
        // Who never logged in from this browser needs no request to see the login.
        if !Session::was_here() {
            desk.session.clear();
            return;
        }
        spawn_local(async move {
            if let Err(error) = desk.session.load().await {
                let _ = failed.try_set(here::failure(&error));
            }
        });
    };
    ask();
    let state = Memo::new(move |_| match desk.session.who() {
        Who::Unknown => {
            let words = failed.get();
            if words.is_empty() {
                Gate::Asking
            } else {
                Gate::Failed(words)
            }
        }
        Who::Nobody => Gate::Nobody,
        Who::Somebody(me) => match End::of(me.role) {
            None => Gate::NotStaff,
            Some(end) if Some(end) == wanted => Gate::Open(end, me.account_id),
            Some(end) => Gate::Elsewhere(end),
        },
    });
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Gate::Elsewhere(end) = state.get() {
            navigate(
                end.path(),
                NavigateOptions {
                    replace: true,
                    ..here::whole_address()
                },
            );
        }
    });
    (move || match state.get() {
        Gate::Asking | Gate::Elsewhere(_) => view! { <PageSkeleton/> }.into_any(),
        Gate::Failed(text) => {
            nav::arrived(words::APP);
            view! {
                <div class="login">
                    <h1 tabindex="-1">{words::APP}</h1>
                    {notice("warn", text)}
                    <button type="button" class="button" on:click=move |_| ask()>{words::RETRY}</button>
                </div>
            }
            .into_any()
        }
        Gate::Nobody => login::login_page(desk),
        Gate::NotStaff => login::not_staff(desk),
        Gate::Open(end, account) => page(desk, end, account),
    })
    .into_any()
}

fn not_found(desk: Desk) -> AnyView {
    Effect::new(move |_| nav::arrived(words::NOT_FOUND_TITLE));
    let home = move || {
        desk.session
            .me()
            .and_then(|me| End::of(me.role))
            .map_or("/desk", End::path)
    };
    view! {
        <div class="login">
            <h1 tabindex="-1">{words::NOT_FOUND_TITLE}</h1>
            <p class="lead">{words::NOT_FOUND_LEAD}</p>
            <a class="button" href=home>{words::TO_MY_DESK}</a>
        </div>
    }
    .into_any()
}
