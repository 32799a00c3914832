//! `/desk/admin/limits`: every limit with its meaning, changed in place, for all letters or one category.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{Category, LimitChange, LimitSetting};

use super::super::here::Desk;
use super::{Trouble, described, field, loaded, may_change, page};
use crate::api::admin as api;
use crate::i18n::desk::{self as desk_words, admin as words};
use crate::markup::view;
use crate::pages::forms;
use crate::state::{Remote, live, nav, timers};
use crate::views::desk::limit_facts;

/// Ids of the open form's controls begin with it.
const PREFIX: &str = "limit-";

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Page {
    desk: Desk,
    list: Remote<Vec<LimitSetting>>,
    /// For the choice of a category.
    categories: Remote<Vec<Category>>,
    /// The limit whose form is open.
    open: RwSignal<String>,
    trouble: Trouble,
    busy: RwSignal<bool>,
}

/// The page.
pub fn limits(desk: Desk) -> AnyView {
    let list: Remote<Vec<LimitSetting>> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::LIMITS.to_owned())
    });
    let this = Page {
        desk,
        list,
        categories: Remote::new(|| Some("/categories".to_owned())),
        open: RwSignal::new(String::new()),
        trouble: Trouble::new(),
        busy: RwSignal::new(false),
    };
    let wanted = RwSignal::new(String::new());
    page(desk, words::LIMITS, words::LIMITS_LEAD, move || {
        let search = move |event| wanted.set(event_target_value(&event).trim().to_owned());
        view! {
            <p class="field__hint">{words::LIMITS_UNITS}</p>
            <div class="field">
                <label class="field__label" for="limit-find">{words::LIMITS_FIND}</label>
                <p class="field__hint" id="limit-find-hint">{words::LIMITS_FIND_HINT}</p>
                <input class="field__control field__control--short" type="search" id="limit-find" autocomplete="off"
                    aria-describedby="limit-find-hint" on:input=search/>
            </div>
            {loaded(desk, list, move |settings| rows(this, settings, wanted))}
        }
        .into_any()
    })
}

fn said(setting: &LimitSetting) -> String {
    words::limit(&setting.key).map_or_else(|| setting.meaning.clone(), str::to_owned)
}

fn rows(this: Page, settings: Vec<LimitSetting>, wanted: RwSignal<String>) -> AnyView {
    let found = {
        let settings = settings.clone();
        move || {
            let wanted = wanted.get();
            settings
                .iter()
                .any(|setting| said(setting).contains(&wanted) || setting.key.contains(&wanted))
        }
    };
    let one = move |setting: LimitSetting| {
        let (name, key) = (said(&setting), setting.key.clone());
        let hidden = {
            let (name, key) = (name.clone(), key.clone());
            move || wanted.with(|wanted| !name.contains(wanted.as_str()) && !key.contains(wanted.as_str()))
        };
        view! { <li class="limit" hidden=hidden>{row(this, setting, name)}</li> }.into_any()
    };
    let none = move || (!found()).then(|| view! { <p role="status">{words::LIMITS_NONE}</p> });
    view! {
        <ul class="rows">{settings.into_iter().map(one).collect_view()}</ul>
        {none}
    }
    .into_any()
}

fn row(this: Page, setting: LimitSetting, name: String) -> AnyView {
    let key = StoredValue::new(setting.key.clone());
    let is_open = Memo::new(move |_| key.with_value(|key| this.open.with(|open| open == key)));
    let button_id = ["edit-", &setting.key].concat();
    let label = words::edit_limit(&name);
    let facts = limit_facts(&setting, timers::now());
    let kept = StoredValue::new(setting);
    let edit = move || {
        (may_change(this.desk) && !is_open.get()).then(|| {
            let (id, label) = (button_id.clone(), label.clone());
            let begin = move |_| {
                this.trouble.clear();
                this.open.set(key.get_value());
                timers::next_frame(|| nav::focus("#limit-value"));
            };
            view! {
                <button type="button" class="button button--quiet" id=id aria-label=label on:click=begin>{words::EDIT}</button>
            }
        })
    };
    let form = move || is_open.get().then(|| form(this, &kept.get_value()));
    view! {
        <h2 class="limit__name">{name}</h2>
        <p class="limit__key">{key.get_value()}</p>
        {facts}
        {edit}
        {form}
    }
    .into_any()
}

/// Closes the form and gives the focus back to where it was opened.
fn close(this: Page) {
    let button = ["#edit-", &this.open.get_untracked()].concat();
    this.open.set(String::new());
    timers::next_frame(move || nav::focus(&button));
}

fn form(this: Page, setting: &LimitSetting) -> AnyView {
    let trouble = this.trouble;
    let key = setting.key.clone();
    let submit = move |event: ev::SubmitEvent| {
        let Some(sent) = forms::take(&event) else { return };
        if this.busy.get_untracked() {
            return;
        }
        let category = sent.get("category").to_owned();
        let back = sent.get("do") == "reset";
        let change = LimitChange {
            category: (!category.is_empty()).then_some(category),
            value: (!back).then(|| sent.get("value").trim().to_owned()),
        };
        trouble.clear();
        if change.value.as_deref() == Some("") {
            trouble.at(PREFIX, "value", words::wrong("value", "required"));
            return;
        }
        this.busy.set(true);
        let key = key.clone();
        spawn_local(async move {
            let outcome = api::change_limit(&key, &change).await;
            let _ = this.busy.try_set(false);
            match outcome {
                Ok(_) => {
                    live::say(if back { words::LIMIT_BACK } else { words::LIMIT_SAVED });
                    close(this);
                    this.list.reload();
                }
                Err(error) => trouble.refused(this.desk, PREFIX, &error),
            }
        });
    };
    let value = view! {
        <input class="field__control field__control--short" id="limit-value" name="value" value=setting.effective.clone()
            autocomplete="off" autocapitalize="none" spellcheck="false"
            aria-describedby=described(trouble, PREFIX, "value", false)
            aria-invalid=move || trouble.of("value").map(|_| "true")/>
    }
    .into_any();
    let options = move || {
        let all = this.categories.ready().unwrap_or_default();
        all.into_iter()
            .map(|category| view! { <option value=category.id>{category.name}</option> })
            .collect_view()
    };
    let category = view! {
        <select class="field__control field__control--short" id="limit-category" name="category"
            aria-describedby=described(trouble, PREFIX, "category", false)>
            <option value="">{words::LIMIT_FOR_ALL}</option>
            {options}
        </select>
    }
    .into_any();
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            close(this);
        }
    };
    view! {
        <form class="limit__form" method="post" action="/desk/admin/limits" novalidate on:submit=submit on:keydown=on_key>
            {trouble.summary()}
            {field(trouble, PREFIX, "value", words::LIMIT_VALUE, "", value)}
            {field(trouble, PREFIX, "category", words::LIMIT_FOR, "", category)}
            <p class="buttons">
                <button type="submit" class="button" name="do" value="save">
                    {move || if this.busy.get() { words::SAVING } else { words::SAVE }}
                </button>
                <button type="submit" class="button button--quiet" name="do" value="reset">{words::LIMIT_RESET}</button>
                <button type="button" class="button button--quiet" on:click=move |_| close(this)>{desk_words::CANCEL}</button>
            </p>
        </form>
    }
    .into_any()
}
