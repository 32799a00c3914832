//! The list of a lane: search, rows, and what follows them.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{Queue, QueueRow};

use super::super::here::failure;
use super::Board;
use crate::api;
use crate::components::{ListSkeleton, icon, list, notice};
use crate::i18n::{desk as words, zh};
use crate::markup::view;
use crate::pages::forms;
use crate::state::{Load, nav, timers};
use crate::views::desk::queue_row;

/// The list of the present lane.
pub fn lane_view(board: Board) -> AnyView {
    let heading = move || {
        let name = words::lane(&board.lane.get());
        // One h1 a page: the open letter's, when there is one.
        if board.open.get().is_empty() {
            view! { <h1 class="lane__title" tabindex="-1">{name}</h1> }.into_any()
        } else {
            view! { <h2 class="lane__title">{name}</h2> }.into_any()
        }
    };
    let total = move || {
        board.queue.ready().map(|queue| {
            let asked = board.words.get();
            if asked.is_empty() {
                words::total(queue.total)
            } else {
                words::found(&asked, queue.total)
            }
        })
    };
    let search = search(board);
    // Only what differs is drawn anew: focus in the list survives a refresh without news.
    let shown = Memo::new(move |_| board.queue.get());
    let list = move || {
        match shown.get() {
        Load::Waiting => view! { <ListSkeleton/> }.into_any(),
        Load::Failed(error) => view! {
            {notice("warn", failure(&error))}
            <button type="button" class="button button--second" on:click=move |_| board.queue.reload()>{words::RETRY}</button>
        }
        .into_any(),
        Load::Ready(queue) => rows_view(board, &queue),
    }
    };
    view! {
        <section class="lane">
            <div class="lane__head">
                {heading}
                <p class="lane__total" role="status">{total}</p>
            </div>
            {search}
            {super::filters::panel(board)}
            {super::bulk::bar(board)}
            <div class="lane__list" aria-busy=move || board.queue.busy().to_string()>{list}</div>
        </section>
    }
    .into_any()
}

fn rows_view(board: Board, queue: &Queue) -> AnyView {
    if queue.items.is_empty() {
        let text = if board.words.get().is_empty() {
            words::lane_empty(&queue.lane)
        } else {
            words::FOUND_NONE
        };
        return view! { <p class="lane__empty">{text}</p> }.into_any();
    }
    keep_focus();
    let now = timers::now();
    let row = move |row: &QueueRow| {
        let choice = super::bulk::box_of(board, row);
        queue_row(row, board.letter(&row.id), board.open.get() == row.id, choice, now)
    };
    let first = queue.items.iter().map(row).collect_view();
    let further = move || board.more.with(|rows| rows.iter().map(row).collect_view());
    let busy = RwSignal::new(false);
    let load = move |_| {
        let Some(cursor) = board.cursor.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let words = board.words.get_untracked();
        let filters = board.filters.get_untracked();
        let lane = board.lane.get_untracked();
        spawn_local(async move {
            let path = super::list_path(board.end, &lane, &words, &filters, Some(&cursor));
            let outcome = api::get::<Queue>(&path).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(next) if board.lane.try_get_untracked().as_ref() == Some(&lane) => {
                    let first = next.items.first().map(|row| row.id.clone());
                    board.cursor.set(next.next_cursor);
                    board.more.update(|rows| rows.extend(next.items));
                    // The button may be gone now: go on where the new rows begin.
                    if let Some(id) = first {
                        timers::next_frame(move || nav::focus(&["[id=\"row-", &id, "\"]"].concat()));
                    }
                }
                Ok(_) => {}
                Err(error) => crate::state::live::say(&board.desk.failed(&error)),
            }
        });
    };
    let button = move || {
        board.cursor.get().map(|_| {
            view! {
                <button type="button" class="button button--second lane__more" on:click=load>
                    {move || if busy.get() { words::LOADING } else { words::MORE }}
                </button>
            }
            .into_any()
        })
    };
    view! { {list(vec![first.into_any(), further.into_any()])} {button} }.into_any()
}

/// A list drawn anew takes focus away from its rows: gives it back to the same letter.
fn keep_focus() {
    let id = document()
        .active_element()
        .map(|element| element.id())
        .filter(|id| id.starts_with("row-"));
    if let Some(id) = id {
        timers::next_frame(move || nav::focus(&["[id=\"", &id, "\"]"].concat()));
    }
}

fn search(board: Board) -> AnyView {
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target() else { return };
        let sent = forms::values(leptos::wasm_bindgen::JsCast::unchecked_ref(&form));
        let asked = sent
            .iter()
            .find(|(name, _)| name == "q")
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default();
        board.go(&board.href(&board.lane.get_untracked(), &asked, ""));
    };
    let clear = move || {
        (!board.words.get().is_empty()).then(|| {
            view! { <a class="link-button" href=board.href(&board.lane.get(), "", "")>{words::SEARCH_CLEAR}</a> }
                .into_any()
        })
    };
    view! {
        <form class="search" role="search" method="get" on:submit=on_submit>
            <label class="sr" for="desk-search">{words::SEARCH_LABEL}</label>
            <input class="field__control" id="desk-search" name="q" type="search" autocomplete="off"
                placeholder=words::SEARCH_LABEL prop:value=move || board.words.get()/>
            <button type="submit" class="button button--second">{icon("#i-search")} <span>{zh::common::SEARCH}</span></button>
            {clear}
        </form>
    }
    .into_any()
}
