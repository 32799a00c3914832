//! A unit's board: its tasks by stage and due date.

use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::{BoardItem, UnitBoard};

use super::here::{Desk, End, failure};
use crate::api;
use crate::components::{PageSkeleton, icon, notice};
use crate::i18n::desk as words;
use crate::i18n::desk::board as terms;
use crate::markup::view;
use crate::state::{Load, Remote, nav, timers};
use crate::views::desk::unit_board;

/// How often the board looks for news.
const REFRESH: Duration = Duration::from_mins(1);

/// The page.
pub fn page(desk: Desk, _: End, _: String) -> AnyView {
    let board: Remote<UnitBoard> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::desk::UNIT_BOARD.to_owned())
    });
    let loaded = Memo::new(move |_| board.get() != Load::Waiting);
    Effect::new(move |_| {
        if loaded.get() {
            nav::arrived(terms::TITLE);
        }
    });
    Effect::new(move |_| {
        if let Load::Failed(error) = board.get() {
            let _ = desk.failed(&error);
        }
    });
    timers::every(REFRESH, move || {
        if !document().hidden() && board.now().is_some() {
            board.reload();
        }
    });
    let body = move || match board.get() {
        Load::Waiting => view! { <PageSkeleton/> }.into_any(),
        Load::Failed(error) => view! {
            {notice("warn", failure(&error))}
            <button type="button" class="button button--second" on:click=move |_| board.reload()>{words::RETRY}</button>
        }
        .into_any(),
        Load::Ready(board) => unit_board(&board, letter, timers::now()),
    };
    view! {
        <div class="unit-board-page">
            <a class="back" href=End::Unit.path()>{icon("#i-back")} {terms::TO_LANES}</a>
            <h1 tabindex="-1">{terms::TITLE}</h1>
            <p class="lead">{terms::LEAD}</p>
            {body}
        </div>
    }
    .into_any()
}

/// The letter, in the lane where it stands.
fn letter(item: &BoardItem) -> String {
    let pairs = [("lane", Some(item.lane.as_str())), ("case", Some(item.id.as_str()))];
    [End::Unit.path(), &api::query(&pairs)].concat()
}
