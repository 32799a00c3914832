//! An end of the desk: lane rail, list, and the letter that is open beside it. On a phone one of the two.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use liaison_domain::dto::{Queue, QueueRow};

use super::here::{Desk, End, failure, whole_address};
use super::{case, keys};
use crate::api;
use crate::components::{ListSkeleton, icon, list, notice};
use crate::i18n::{desk as words, zh};
use crate::pages::forms;
use crate::state::{Load, Remote, nav, timers};
use crate::views::desk::queue_row;

/// How often the list looks for news while nobody does anything.
const REFRESH: Duration = Duration::from_mins(1);

/// The board's state, shared by its parts.
#[derive(Clone, Copy)]
pub struct Board {
    pub desk: Desk,
    pub end: End,
    lane: Memo<String>,
    words: Memo<String>,
    /// The open letter's id.
    pub open: Memo<String>,
    queue: Remote<Queue>,
    /// What 「显示更多」 brought, and where it goes on.
    more: RwSignal<Vec<QueueRow>>,
    cursor: RwSignal<Option<String>>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = Box<dyn Fn(&str)>;

impl Board {
    /// The address of a lane, a search in it, and an open letter.
    fn href(self, lane: &str, words: &str, open: &str) -> String {
        let pairs = [("lane", Some(lane)), ("q", Some(words)), ("case", Some(open))];
        [self.end.path(), &api::query(&pairs)].concat()
    }

    /// The address of a letter in the present list.
    pub fn letter(self, id: &str) -> String {
        self.href(&self.lane.get_untracked(), &self.words.get_untracked(), id)
    }

    fn go(self, address: &str) {
        self.navigate.with_value(|navigate| navigate(address));
    }

    /// Back to the list, with focus on the letter that was open.
    pub fn close(self) {
        let row = ["[id=\"row-", &self.open.get_untracked(), "\"]"].concat();
        self.go(&self.letter(""));
        timers::after(Duration::from_millis(80), move || nav::focus(&row));
    }

    fn rows(self) -> Vec<QueueRow> {
        let mut rows = self.queue.now().map(|queue| queue.items).unwrap_or_default();
        rows.extend(self.more.get_untracked());
        rows
    }

    /// The letter after the open one, or the one before it at the end.
    pub fn neighbour(self) -> Option<String> {
        let open = self.open.get_untracked();
        let rows = self.rows();
        let at = rows.iter().position(|row| row.id == open);
        let next = match at {
            Some(at) => rows
                .get(at + 1)
                .or_else(|| at.checked_sub(1).and_then(|before| rows.get(before))),
            None => rows.first(),
        };
        next.map(|row| row.id.clone())
    }

    /// Looks for news without disturbing: what is shown stays when it fails.
    pub fn refresh(self) {
        let path = untrack(|| self.path());
        spawn_local(async move {
            let Ok(queue) = api::get::<Queue>(&path).await else {
                return;
            };
            let still = untrack(|| self.path() == path);
            if still && self.queue.now().as_ref() != Some(&queue) {
                self.queue.put(queue);
            }
        });
    }

    fn path(self) -> String {
        let words = self.words.get();
        api::desk::queue_path(
            self.end.queue(),
            &self.lane.get(),
            None,
            (!words.is_empty()).then_some(words.as_str()),
        )
    }
}

/// One end of the desk.
pub fn board(desk: Desk, end: End, account: String) -> AnyView {
    let query = use_query_map();
    let of_query =
        move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()));
    let asked_lane = of_query("lane");
    let lane = Memo::new(move |_| {
        let asked = asked_lane.get();
        let first = end.lanes().first().copied().unwrap_or_default();
        if end.lanes().contains(&asked.as_str()) {
            asked
        } else {
            first.to_owned()
        }
    });
    let words = of_query("q");
    let open = of_query("case");
    let queue = Remote::new(move || {
        desk.logged_in_again.track();
        let words = words.get();
        Some(api::desk::queue_path(
            end.queue(),
            &lane.get(),
            None,
            (!words.is_empty()).then_some(words.as_str()),
        ))
    });
    let navigate = use_navigate();
    let board = Board {
        desk,
        end,
        lane,
        words,
        open,
        queue,
        more: RwSignal::new(Vec::new()),
        cursor: RwSignal::new(None),
        navigate: StoredValue::new_local(Box::new(move |to: &str| navigate(to, whole_address()))),
    };
    Effect::new(move |_| {
        let first = queue.ready();
        board.more.set(Vec::new());
        board.cursor.set(first.and_then(|queue| queue.next_cursor));
    });
    // Names the page once its list is there; an open letter names it itself.
    Effect::new(move |_| {
        let loaded = queue.get() != Load::Waiting;
        let name = desk.config.ready().map(|config| config.name).unwrap_or_default();
        if open.get().is_empty() && loaded {
            nav::arrived(&[words::lane(&lane.get()), " · ", &name].concat());
        }
    });
    Effect::new(move |_| {
        if let Load::Failed(error) = queue.get() {
            let _ = desk.failed(&error);
        }
    });
    timers::every(REFRESH, move || {
        if !document().hidden() {
            board.refresh();
        }
    });

    let is_open = move || !open.get().is_empty();
    let class = move || if is_open() { "board board--open" } else { "board" };
    let pane = move || {
        let id = open.get();
        if id.is_empty() {
            view! {
                <div class="pane pane--empty">
                    <p>{words::PICK_ONE}</p>
                    <p class="pane__keys">{words::PICK_KEYS}</p>
                </div>
            }
            .into_any()
        } else {
            case::pane(board, id, account.clone())
        }
    };
    board_keys(board);
    view! {
        <div class=class>
            {rail(board)}
            {lane_view(board)}
            {pane}
        </div>
    }
    .into_any()
}

/// The lanes with their counts. On a phone folded behind the present one.
fn rail(board: Board) -> AnyView {
    let unfolded = RwSignal::new(false);
    let known = Memo::new(move |_| board.queue.ready().map(|queue| queue.lanes).unwrap_or_default());
    let one = move |code: &'static str| {
        let count = move || {
            known.with(|lanes| {
                lanes
                    .iter()
                    .find(|lane| lane.lane == code)
                    .map(|lane| (lane.count, lane.late))
            })
        };
        let current = move || (board.lane.get() == code).then_some("page");
        let late = move || {
            count()
                .filter(|(_, late)| *late > 0)
                .map(|(_, late)| words::late_short(late))
        };
        view! {
            <li>
                <a class="lane-link" href=board.href(code, "", "") aria-current=current
                    on:click=move |_| unfolded.set(false)>
                    <span class="lane-link__name">{words::lane(code)}</span>
                    <span class="lane-link__count">
                        {move || count().map(|(count, _)| count.to_string())}
                        <span class="sr">{words::LETTERS}</span>
                    </span>
                    <span class="lane-link__late">{late}</span>
                </a>
            </li>
        }
        .into_any()
    };
    // What is late must be seen while the lanes are folded.
    let late_in_all = move || {
        let late = known.with(|lanes| lanes.iter().map(|lane| lane.late).max().unwrap_or(0));
        (late > 0).then(|| words::late_count(late))
    };
    let lanes = board.end.lanes().iter().map(|code| one(code)).collect_view();
    // Three lanes fit side by side on any phone.
    let few = board.end.lanes().len() <= 3;
    let class = move || match unfolded.get() {
        _ if few => "rail rail--few",
        true => "rail rail--unfolded",
        false => "rail",
    };
    view! {
        <nav class=class aria-label=words::LANES>
            <button type="button" class="rail__toggle" aria-expanded=move || unfolded.get().to_string()
                aria-controls="rail-list" on:click=move |_| unfolded.update(|it| *it = !*it)>
                <span>{words::LANE_PICK}</span>
                <span class="rail__late">{late_in_all}</span>
            </button>
            <ul class="rail__list" id="rail-list">{lanes}</ul>
            {legend(board.desk)}
        </nav>
    }
    .into_any()
}

/// The keys, always in sight on a wide screen, and their switch.
fn legend(desk: Desk) -> AnyView {
    let rows = words::KEYS
        .iter()
        .map(|(key, what)| view! { <div><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div> }.into_any())
        .collect_view();
    let flip = move |_| {
        desk.keys_on.update(|on| *on = !*on);
        keys::switch(desk.keys_on.get_untracked());
    };
    view! {
        <details class="legend" id="legend" open=true>
            <summary>{words::KEYS_TITLE}</summary>
            <dl class="legend__keys">{rows}</dl>
            <p class="legend__note">{words::KEYS_ACTIONS}</p>
            <button type="button" class="link-button" aria-pressed=move || desk.keys_on.get().to_string() on:click=flip>
                {move || if desk.keys_on.get() { words::KEYS_ON } else { words::KEYS_OFF }}
            </button>
        </details>
    }
    .into_any()
}

/// The list of the present lane.
fn lane_view(board: Board) -> AnyView {
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
    let row = move |row: &QueueRow| queue_row(row, board.letter(&row.id), board.open.get() == row.id, now);
    let first = queue.items.iter().map(row).collect_view();
    let further = move || board.more.with(|rows| rows.iter().map(row).collect_view());
    let busy = RwSignal::new(false);
    let load = move |_| {
        let Some(cursor) = board.cursor.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let asked = board.words.get_untracked();
        let words = (!asked.is_empty()).then_some(asked);
        let lane = board.lane.get_untracked();
        spawn_local(async move {
            let outcome = api::desk::queue(board.end.queue(), &lane, Some(&cursor), words.as_deref()).await;
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

/// Keys of the board; those of the open letter are listened to by the letter.
fn board_keys(board: Board) {
    keys::listen(board.desk.keys_on, move |key| match key {
        "j" => keys::step(1),
        "k" => keys::step(-1),
        "/" => {
            nav::focus("#desk-search");
            true
        }
        "?" => {
            if let Some(legend) = document().get_element_by_id("legend") {
                let _ = if legend.has_attribute("open") {
                    legend.remove_attribute("open")
                } else {
                    legend.set_attribute("open", "")
                };
            }
            true
        }
        _ => false,
    });
}
