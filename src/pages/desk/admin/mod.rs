//! The administration's pages: calendar, limits, jobs. The administration changes, who checks it looks.

mod calendar;
mod jobs;
mod limits;
mod outbox;

pub use calendar::calendar;
pub use jobs::jobs;
pub use limits::limits;
pub use outbox::outbox;

use leptos::prelude::*;
use liaison_domain::lifecycle::Role;
use liaison_domain::wire::Wire;

use super::form::Wrong;
use super::here::{Desk, failure};
use crate::api::ApiError;
use crate::components::{ListSkeleton, icon, notice};
use crate::i18n::desk::{self as words, admin};
use crate::markup::view;
use crate::state::{Load, Remote, nav, timers};

/// Who may change something on them.
pub fn may_change(desk: Desk) -> bool {
    desk.session.me().is_some_and(|me| me.role == Role::Admin)
}

/// A page's frame: heading, what it is for, what it shows.
fn page(desk: Desk, title: &'static str, lead: &'static str, body: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    Effect::new(move |_| {
        let name = desk.config.ready().map(|config| config.name).unwrap_or_default();
        nav::arrived(&[title, " · ", &name].concat());
    });
    let look_only = move || (!may_change(desk)).then(|| notice("info", admin::LOOK_ONLY.to_owned()));
    view! {
        <div class="admin">
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{lead}</p>
            {look_only}
            {body()}
        </div>
    }
    .into_any()
}

/// What is read from the server, or where it stands with that.
fn loaded<T: Wire + Clone + PartialEq + Send + Sync + 'static>(
    desk: Desk,
    remote: Remote<T>,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    (move || match remote.get() {
        Load::Waiting => view! { <ListSkeleton rows=5/> }.into_any(),
        Load::Ready(data) => draw(data),
        Load::Failed(error) => {
            let said = desk.failed(&error);
            view! {
                {notice("warn", said)}
                <button type="button" class="button button--second" on:click=move |_| remote.reload()>{words::RETRY}</button>
            }
            .into_any()
        }
    })
    .into_any()
}

/// What went wrong with a form: words beside its fields, and a sentence about the whole.
#[derive(Clone, Copy)]
struct Trouble {
    wrong: RwSignal<Vec<Wrong>>,
    whole: RwSignal<String>,
}

impl Trouble {
    fn new() -> Self {
        Self {
            wrong: RwSignal::new(Vec::new()),
            whole: RwSignal::new(String::new()),
        }
    }

    fn clear(self) {
        self.wrong.set(Vec::new());
        self.whole.set(String::new());
    }

    /// A field is wrong; `prefix` and its name are its control's id.
    fn at(self, prefix: &str, field: &str, said: String) {
        self.wrong.set(vec![(field.to_owned(), said)]);
        let control = ["#", prefix, field].concat();
        timers::next_frame(move || nav::focus(&control));
    }

    /// The request was refused or failed.
    fn refused(self, desk: Desk, prefix: &str, error: &ApiError) {
        let first = match error {
            ApiError::Problem(problem) => problem.fields.first().cloned(),
            _ => None,
        };
        if let Some(field) = first {
            self.at(prefix, &field.field, admin::wrong(&field.field, &field.code));
        } else {
            let said = if error.is_unauthenticated() {
                desk.failed(error)
            } else {
                failure(error)
            };
            let _ = self.whole.try_set(said);
        }
    }

    /// The sentence about the whole, where it stands.
    fn summary(self) -> AnyView {
        (move || {
            let said = self.whole.get();
            (!said.is_empty()).then(|| notice("warn", said))
        })
        .into_any()
    }

    fn of(self, field: &str) -> Option<String> {
        self.wrong
            .with(|all| all.iter().find(|(name, _)| name == field).map(|(_, said)| said.clone()))
    }
}

/// A field with its label, hint and error; `control` draws what is typed into.
fn field(
    trouble: Trouble,
    prefix: &str,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    control: AnyView,
) -> AnyView {
    let id = [prefix, name].concat();
    let error_id = [&id, "-error"].concat();
    let class = move || {
        if trouble.of(name).is_some() {
            "field field--error"
        } else {
            "field"
        }
    };
    let hint = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=[&id, "-hint"].concat()>{hint}</p> });
    let error = move || {
        trouble.of(name).map(|said| {
            view! { <p class="field__error" id=error_id.clone()>{icon("#i-warn")} {said}</p> }
        })
    };
    view! {
        <div class=class>
            <label class="field__label" for=id>{label}</label>
            {hint}
            {error}
            {control}
        </div>
    }
    .into_any()
}

/// What describes a control: its hint, and its error while there is one.
fn described(trouble: Trouble, prefix: &str, name: &'static str, hint: bool) -> impl Fn() -> Option<String> + use<> {
    let id = [prefix, name].concat();
    move || {
        let error = trouble.of(name).map(|_| [&id, "-error"].concat());
        let hint = hint.then(|| [&id, "-hint"].concat());
        let all: Vec<String> = hint.into_iter().chain(error).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}
