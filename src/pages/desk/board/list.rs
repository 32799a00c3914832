//! The list of a lane: search, rows, and what follows them.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{Queue, QueueRow};

use super::super::form;
use super::super::here::failure;
use super::Board;
use crate::api;
use crate::components::{ListSkeleton, icon, list, notice};
use crate::i18n::{desk as words, zh};
use crate::markup::view;
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
        // The same letters under other conditions: their addresses differ.
        board.words.track();
        board.filters.track();
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
    let rows = queue.items.iter().map(row).collect_view();
    let busy = RwSignal::new(false);
    let more = queue.next_cursor.clone().map(|cursor| {
        let load = move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let cursor = cursor.clone();
            spawn_local(async move {
                load_more(board, cursor).await;
                let _ = busy.try_set(false);
            });
        };
        view! {
            <button type="button" class="button button--second lane__more" on:click=load>
                {move || if busy.get() { words::LOADING } else { words::MORE }}
            </button>
        }
        .into_any()
    });
    view! { {list(vec![rows.into_any()])} {more} }.into_any()
}

/// Adds the rows that follow `cursor`.
async fn load_more(board: Board, mut cursor: String) {
    loop {
        let path = untrack(|| board.path(Some(&cursor)));
        let outcome = api::get::<Queue>(&path).await;
        // The board may have been left meanwhile, or shows another lane.
        let still = board.chosen.try_get_untracked().is_some() && untrack(|| board.path(Some(&cursor)) == path);
        if !still {
            return;
        }
        let Some(mut queue) = board.queue.now() else {
            return;
        };
        match outcome {
            Err(error) => {
                crate::state::live::show(&board.desk.failed(&error));
                return;
            }
            // News came meanwhile, and the list ends elsewhere: the press counts for the list as it is now.
            Ok(_) if queue.next_cursor.as_ref() != Some(&cursor) => match queue.next_cursor {
                Some(next) => cursor = next,
                None => return,
            },
            Ok(next) => {
                let first = next.items.first().map(|row| row.id.clone());
                super::follow(&mut queue, next);
                board.queue.put(queue);
                // The button may be gone now: go on where the new rows begin.
                if let Some(id) = first {
                    timers::next_frame(move || nav::focus(&["[id=\"row-", &id, "\"]"].concat()));
                }
                return;
            }
        }
    }
}

/// A list drawn anew gives a row's place to another letter, and focus with it: gives focus back to the link or box of
/// the same letter.
fn keep_focus() {
    let id = document()
        .active_element()
        .map(|element| element.id())
        .filter(|id| id.starts_with("row-") || id.starts_with("box-"));
    if let Some(id) = id {
        timers::next_frame(move || nav::focus(&["[id=\"", &id, "\"]"].concat()));
    }
}

fn search(board: Board) -> AnyView {
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        board.go(&board.href(&board.lane.get_untracked(), sent.get("q").trim(), ""));
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
