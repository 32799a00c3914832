//! Logging in: as a page, and in place when a session ran out.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{DemoAccount, Me};

use super::dialog;
use super::form::Wrong;
use super::here::{Desk, failure};
use crate::api::{self, ApiError};
use crate::components::{icon, notice};
use crate::i18n::{desk as words, zh};
use crate::markup::view;
use crate::pages::forms;
use crate::state::{Remote, nav, timers};

/// The page.
pub fn login_page(desk: Desk) -> AnyView {
    Effect::new(move |_| nav::arrived(&title(desk)));
    view! {
        <div class="login">
            <h1 tabindex="-1">{words::LOGIN_TITLE}</h1>
            <p class="lead">{words::LOGIN_LEAD}</p>
            {login_form(desk, "page")}
            {demo_logins(desk)}
        </div>
    }
    .into_any()
}

fn title(desk: Desk) -> String {
    let name = desk.config.now().map(|config| config.name).unwrap_or_default();
    [words::LOGIN_TITLE, " · ", &name].concat()
}

/// Over whatever is open: nothing typed is lost.
pub fn login_again(desk: Desk) -> AnyView {
    dialog::dialog(words::LOGIN_AGAIN_TITLE, desk.login_open, move || {
        view! {
            <p>{words::LOGIN_AGAIN_LEAD}</p>
            {login_form(desk, "again")}
            {demo_logins(desk)}
        }
        .into_any()
    })
}

/// Words for a refused login.
fn refused(error: &ApiError) -> String {
    match error.status() {
        Some(401 | 403) => words::LOGIN_WRONG.to_owned(),
        _ => failure(error),
    }
}

fn finish(desk: Desk, busy: RwSignal<bool>, whole: RwSignal<String>, outcome: Result<Me, ApiError>) {
    let _ = busy.try_set(false);
    match outcome {
        Ok(me) => desk.welcome(me),
        Err(error) => {
            let _ = whole.try_set(refused(&error));
            timers::next_frame(|| nav::focus(".login-form .notice"));
        }
    }
}

fn login_form(desk: Desk, place: &'static str) -> AnyView {
    let busy = RwSignal::new(false);
    let whole = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<Wrong>::new());
    let on_submit = move |event: ev::SubmitEvent| {
        let Some(sent) = forms::take(&event) else { return };
        if busy.get_untracked() {
            return;
        }
        let (username, password) = (sent.get("username").trim().to_owned(), sent.get("password").to_owned());
        let mut wrong = Vec::new();
        if username.is_empty() {
            wrong.push(("username".to_owned(), words::username_missing()));
        }
        if password.is_empty() {
            wrong.push(("password".to_owned(), words::password_missing()));
        }
        whole.set(String::new());
        let first = wrong.first().map(|(name, _)| ["#", place, "-", name].concat());
        errors.set(wrong);
        if let Some(first) = first {
            nav::focus(&first);
            return;
        }
        busy.set(true);
        spawn_local(async move { finish(desk, busy, whole, api::auth::login(username, password).await) });
    };
    let field = move |name: &'static str, label: &'static str, kind: &'static str, autocomplete: &'static str| {
        let id = [place, "-", name].concat();
        let error_id = [&id, "-error"].concat();
        let error = move || {
            errors.with(|all| {
                all.iter()
                    .find(|(field, _)| field == name)
                    .map(|(_, text)| text.clone())
            })
        };
        let class = move || {
            if error().is_some() {
                "field field--error"
            } else {
                "field"
            }
        };
        let (described, for_view) = (error_id.clone(), error_id);
        view! {
            <div class=class>
                <label class="field__label" for=id.clone()>{label}</label>
                {move || error().map(|text| {
                    view! { <p class="field__error" id=for_view.clone()>{icon("#i-warn")} {text}</p> }.into_any()
                })}
                <input class="field__control" id=id name=name type=kind autocomplete=autocomplete autocapitalize="none"
                    spellcheck="false" aria-describedby=move || error().map(|_| described.clone())
                    aria-invalid=move || error().map(|_| "true")/>
            </div>
        }
        .into_any()
    };
    view! {
        <form class="login-form" method="post" action="/desk/login" novalidate on:submit=on_submit>
            {move || {
                let text = whole.get();
                (!text.is_empty()).then(|| notice("warn", text))
            }}
            {field("username", words::LOGIN_USERNAME, "text", "username")}
            {field("password", words::LOGIN_PASSWORD, "password", "current-password")}
            <p class="field__hint">{words::LOGIN_FORGOT}</p>
            <button type="submit" class="button">
                {move || if busy.get() { words::LOGIN_BUSY } else { words::LOGIN_SUBMIT }}
            </button>
        </form>
    }
    .into_any()
}

/// The one-tap accounts of the demo.
fn demo_logins(desk: Desk) -> AnyView {
    let accounts: Remote<Vec<DemoAccount>> = Remote::new(move || {
        desk.config
            .ready()
            .is_some_and(|config| config.demo)
            .then(|| "/auth/demo".to_owned())
    });
    let busy = RwSignal::new(false);
    let whole = RwSignal::new(String::new());
    let one = move |account: DemoAccount| {
        let go = move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let username = account.username.clone();
            spawn_local(async move { finish(desk, busy, whole, api::auth::demo_login(username).await) });
        };
        view! {
            <li>
                <button type="button" class="demo-login" on:click=go>
                    <span class="demo-login__name">{account.name}</span>
                    <span class="demo-login__what">{account.what}</span>
                </button>
            </li>
        }
        .into_any()
    };
    (move || {
        let staff: Vec<DemoAccount> = accounts
            .ready()
            .unwrap_or_default()
            .into_iter()
            .filter(|account| account.home.starts_with("/desk"))
            .collect();
        (!staff.is_empty()).then(|| {
            view! {
                <section class="demo-logins" aria-labelledby="demo-title">
                    <h2 id="demo-title">{words::DEMO_TITLE}</h2>
                    <p class="field__hint">{words::DEMO_LEAD}</p>
                    {move || {
                        let text = whole.get();
                        (!text.is_empty()).then(|| notice("warn", text))
                    }}
                    <ul class="demo-logins__list">{staff.into_iter().map(one).collect_view()}</ul>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

/// Shown to residents who come here.
pub fn not_staff(desk: Desk) -> AnyView {
    Effect::new(move |_| nav::arrived(&title(desk)));
    view! {
        <div class="login">
            <h1 tabindex="-1">{words::NOT_STAFF_TITLE}</h1>
            <p class="lead">{words::RESIDENT_ACCOUNT}</p>
            {login_form(desk, "page")}
            {demo_logins(desk)}
            <p><a href="/" rel="external">{zh::common::GO_HOME}</a></p>
        </div>
    }
    .into_any()
}
