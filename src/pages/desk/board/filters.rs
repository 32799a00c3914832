//! Conditions beside the lane: an ordinary form whose values stand in the address, and filters kept by name.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{Area, NewFilter, SavedFilter};

use super::super::form;
use super::super::here::{End, failure};
use super::Board;
use crate::api;
use crate::components::icon;
use crate::i18n::desk::office as words;
use crate::markup::view;
use crate::state::{Remote, live, nav};

/// Names in the address, and in the request.
pub const NAMES: &[&str] = &["area", "category", "unit", "from", "to", "supervised"];

/// Names with their values.
pub fn pairs(values: &[String]) -> impl Iterator<Item = (&'static str, Option<&str>)> {
    NAMES
        .iter()
        .copied()
        .zip(values.iter().map(|value| Some(value.as_str())))
}

/// The form, folded until it is wanted; the office's only.
pub fn panel(board: Board) -> Option<AnyView> {
    if board.end != End::Office {
        return None;
    }
    let areas: Remote<Vec<Area>> = Remote::new(|| Some("/areas".to_owned()));
    let kept: Remote<Vec<SavedFilter>> = Remote::new(move || {
        board.desk.logged_in_again.track();
        Some(api::office::FILTERS.to_owned())
    });
    let active = move || {
        board
            .filters
            .with(|filters| filters.iter().any(|value| !value.is_empty()))
    };
    let value = move |name: &str| {
        let at = NAMES.iter().position(|known| *known == name).unwrap_or(0);
        board
            .filters
            .with(|filters| filters.get(at).cloned().unwrap_or_default())
    };
    let apply = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let (lane, asked) = (board.lane.get_untracked(), board.words.get_untracked());
        let mut pairs = vec![("lane", Some(lane.as_str())), ("q", Some(asked.as_str()))];
        pairs.extend(NAMES.iter().map(|name| (*name, Some(sent.get(name)))));
        board.go(&[board.end.path(), &api::query(&pairs)].concat());
        nav::focus(".filters__summary");
    };
    // Other conditions: what was looked for is the list, and it is short on a phone.
    let fold = move || {
        board.filters.track();
        false
    };
    let clear = move || {
        let (lane, asked) = (board.lane.get(), board.words.get());
        [
            board.end.path(),
            &api::query(&[("lane", Some(&lane)), ("q", Some(&asked))]),
        ]
        .concat()
    };
    let area_options = move || {
        let now = value("area");
        options(
            areas
                .ready()
                .unwrap_or_default()
                .into_iter()
                .map(|area| (area.code, area.name)),
            &now,
        )
    };
    let category_options = move || {
        let now = value("category");
        let known = board.desk.known_options();
        let all = known.iter().flat_map(|options| options.categories.clone());
        options(all.map(|category| (category.slug, category.name)), &now)
    };
    let unit_options = move || {
        let now = value("unit");
        let known = board.desk.known_options();
        let all = known.iter().flat_map(|options| options.units.clone());
        options(all.map(|unit| (unit.id, unit.name)), &now)
    };
    // The choices of categories and units.
    spawn_local(async move {
        let _ = board.desk.options().await;
    });
    Some(
        view! {
            <details class="filters" prop:open=fold>
                <summary class="filters__summary">
                    {icon("#i-search")} " "
                    {move || if active() { words::FILTERS_ON } else { words::FILTERS }}
                </summary>
                <form class="filters__form" method="get" on:submit=apply>
                    {pick("area", words::FILTER_AREA, area_options)}
                    {pick("category", words::FILTER_CATEGORY, category_options)}
                    {pick("unit", words::FILTER_UNIT, unit_options)}
                    {day("from", words::FILTER_FROM, move || value("from"))}
                    {day("to", words::FILTER_TO, move || value("to"))}
                    <div class="radio radio--check">
                        <input class="radio__input" type="checkbox" id="filter-supervised" name="supervised" value="1"
                            prop:checked=move || !value("supervised").is_empty()/>
                        <label class="radio__label" for="filter-supervised">{words::FILTER_SUPERVISED}</label>
                    </div>
                    <button type="submit" class="button button--second">{words::FILTER_APPLY}</button>
                </form>
                {kept_filters(board, kept)}
            </details>
            {move || active().then(|| view! { <a class="link-button" href=clear>{words::FILTER_CLEAR}</a> }.into_any())}
        }
        .into_any(),
    )
}

fn options(all: impl Iterator<Item = (String, String)>, now: &str) -> AnyView {
    let any = view! { <option value="" selected=now.is_empty()>{words::FILTER_ANY}</option> };
    let each = all
        .map(|(value, label)| {
            let chosen = value == now;
            view! { <option value=value selected=chosen>{label}</option> }.into_any()
        })
        .collect_view();
    view! { {any} {each} }.into_any()
}

fn pick(name: &'static str, label: &'static str, options: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let id = ["filter-", name].concat();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <select class="field__control" id=id name=name>{options}</select>
        </div>
    }
    .into_any()
}

fn day(name: &'static str, label: &'static str, value: impl Fn() -> String + Send + 'static) -> AnyView {
    let id = ["filter-", name].concat();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input class="field__control" type="date" id=id name=name prop:value=value/>
        </div>
    }
    .into_any()
}

fn kept_filters(board: Board, kept: Remote<Vec<SavedFilter>>) -> AnyView {
    let wrong = RwSignal::new(String::new());
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let name = sent.trimmed("name");
        let (lane, asked) = (board.lane.get_untracked(), board.words.get_untracked());
        let filters = board.filters.get_untracked();
        let mut all = vec![("lane", Some(lane.as_str())), ("q", Some(asked.as_str()))];
        all.extend(pairs(&filters));
        let query = api::query(&all).trim_start_matches('?').to_owned();
        spawn_local(async move {
            match api::office::keep_filter(&NewFilter { name, query }).await {
                Ok(all) => {
                    let _ = wrong.try_set(String::new());
                    kept.put(all);
                    live::show(words::FILTER_KEPT);
                }
                Err(error) => {
                    let text = error
                        .fields()
                        .first()
                        .map_or_else(|| failure(&error), |field| words::field_error(&field.code, field.limit));
                    let _ = wrong.try_set(text);
                }
            }
        });
    };
    let list = move || {
        let all = kept.ready().unwrap_or_default();
        (!all.is_empty()).then(|| {
            let rows = all
                .into_iter()
                .map(|filter| {
                    let href = [board.end.path(), "?", &filter.query].concat();
                    let id = filter.id.clone();
                    let drop = move |_| {
                        let id = id.clone();
                        spawn_local(async move {
                            match api::office::drop_filter(&id).await {
                                Ok(()) => kept.reload(),
                                Err(error) => live::show(&board.desk.failed(&error)),
                            }
                        });
                    };
                    view! {
                        <li class="filters__kept">
                            <a href=href>{filter.name.clone()}</a>
                            <button type="button" class="link-button" on:click=drop>
                                {words::FILTER_DROP}
                                <span class="sr">{filter.name}</span>
                            </button>
                        </li>
                    }
                    .into_any()
                })
                .collect_view();
            view! {
                <h2 class="filters__title">{words::FILTER_SAVED}</h2>
                <ul class="filters__list">{rows}</ul>
            }
            .into_any()
        })
    };
    let error = move || {
        let text = wrong.get();
        (!text.is_empty())
            .then(|| view! { <p class="field__error" id="filter-name-error">{icon("#i-warn")} {text}</p> }.into_any())
    };
    view! {
        {list}
        <form class="filters__save" method="post" on:submit=save>
            <label class="field__label" for="filter-name">{words::FILTER_NAME}</label>
            {error}
            <div class="filters__row">
                <input class="field__control" id="filter-name" name="name" maxlength="30" autocomplete="off"
                    aria-describedby=move || (!wrong.get().is_empty()).then_some("filter-name-error")/>
                <button type="submit" class="button button--second">{words::FILTER_KEEP}</button>
            </div>
        </form>
    }
    .into_any()
}
