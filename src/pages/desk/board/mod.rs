//! An end of the desk: lane rail, list, and the letter that is open beside it. On a phone one of the two.

mod bulk;
mod filters;
mod list;
mod rail;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use liaison_domain::dto::{Queue, QueueRow};

use super::here::{Desk, End, whole_address};
use super::{case, keys};
use crate::api;
use crate::i18n::desk as words;
use crate::markup::view;
use crate::state::{Load, Remote, nav, timers};

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
    /// The rows shown, with what 「显示更多」 brought.
    queue: Remote<Queue>,
    /// Conditions beside lane and words, in the order of [`filters::NAMES`].
    filters: Memo<Vec<String>>,
    /// Letters chosen for one step together.
    chosen: RwSignal<Vec<Chosen>>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = Box<dyn Fn(&str)>;

/// A letter chosen in the list, with the version that was seen.
#[derive(Clone, PartialEq)]
pub struct Chosen {
    pub id: String,
    pub no: String,
    pub version: i64,
}

impl Board {
    /// The address of a lane, a search in it, and an open letter.
    fn href(self, lane: &str, words: &str, open: &str) -> String {
        let filters = self.filters.get_untracked();
        let mut pairs = vec![("lane", Some(lane)), ("q", Some(words))];
        pairs.extend(filters::pairs(&filters));
        pairs.push(("case", Some(open)));
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
        self.queue.now().map(|queue| queue.items).unwrap_or_default()
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

    /// Looks for news without disturbing: what is shown stays when it fails, and as many rows as are shown stay.
    pub fn refresh(self) {
        let path = untrack(|| self.path(None));
        spawn_local(async move {
            let Ok(mut queue) = api::get::<Queue>(&path).await else {
                return;
            };
            loop {
                // The board may have been left meanwhile, or shows another lane.
                let still = self.chosen.try_get_untracked().is_some() && untrack(|| self.path(None) == path);
                if !still {
                    return;
                }
                // Counted anew each time: more rows may have come meanwhile.
                let shown = self.rows().len();
                let Some(cursor) = queue.next_cursor.clone().filter(|_| queue.items.len() < shown) else {
                    break;
                };
                match api::get(&untrack(|| self.path(Some(&cursor)))).await {
                    Ok(next) => follow(&mut queue, next),
                    Err(_) => return,
                }
            }
            if self.queue.now().as_ref() != Some(&queue) {
                self.queue.put(queue);
            }
        });
    }

    /// Where the list comes from, or what follows in it.
    fn path(self, cursor: Option<&str>) -> String {
        list_path(
            self.end,
            &self.lane.get(),
            &self.words.get(),
            &self.filters.get(),
            cursor,
        )
    }
}

/// Where a list comes from.
fn list_path(end: End, lane: &str, words: &str, filters: &[String], cursor: Option<&str>) -> String {
    let mut pairs = vec![("lane", Some(lane)), ("cursor", cursor), ("q", Some(words))];
    pairs.extend(filters::pairs(filters));
    [end.queue(), &api::query(&pairs)].concat()
}

/// Adds the rows that follow.
fn follow(all: &mut Queue, next: Queue) {
    all.items.extend(next.items);
    all.next_cursor = next.next_cursor;
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
    let filters = Memo::new(move |_| {
        query.with(|query| {
            filters::NAMES
                .iter()
                .map(|name| query.get(name).unwrap_or_default())
                .collect::<Vec<String>>()
        })
    });
    let queue = Remote::new(move || {
        desk.logged_in_again.track();
        Some(list_path(end, &lane.get(), &words.get(), &filters.get(), None))
    });
    let navigate = use_navigate();
    let board = Board {
        desk,
        end,
        lane,
        words,
        open,
        queue,
        filters,
        chosen: RwSignal::new(Vec::new()),
        navigate: StoredValue::new_local(Box::new(move |to: &str| navigate(to, whole_address()))),
    };
    Effect::new(move |_| {
        let rows = queue.ready().map(|queue| queue.items).unwrap_or_default();
        // What left the list is not chosen any more; what stays is chosen as the list shows it now.
        board.chosen.update(|chosen| {
            chosen.retain_mut(|one| {
                let row = rows.iter().find(|row| row.id == one.id);
                one.version = row.map_or(one.version, |row| row.version);
                row.is_some()
            });
        });
    });
    // Names the page once its list is there; an open letter names it itself.
    Effect::new(move |before: Option<Option<String>>| {
        let loaded = queue.get() != Load::Waiting;
        let name = desk.config.ready().map(|config| config.name).unwrap_or_default();
        let lane = open.get().is_empty().then(|| lane.get());
        match &lane {
            Some(lane) if loaded => {
                let title = [words::lane(lane), " · ", &name].concat();
                if before.flatten().as_ref() == Some(lane) {
                    // A search in the same lane: whoever searches wants to go on searching.
                    nav::arrived(&title);
                } else {
                    nav::arrived_at_step(&title);
                }
                Some(lane.clone())
            }
            Some(_) => before.flatten(),
            None => None,
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

    // Something happened: counts and list look again at once.
    Effect::new(move |before: Option<u32>| {
        let news = desk.notices.news.get();
        if before.is_some_and(|before| before != news) {
            board.refresh();
        }
        news
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
            {rail::rail(board)}
            {list::lane_view(board)}
            {pane}
        </div>
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
        // In an open letter the same key is an action's.
        "x" if board.open.get_untracked().is_empty() => bulk::flip_focused(board),
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
