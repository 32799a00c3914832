//! A unit's tasks by stage and due date: a table where there is room, grouped lists on a phone.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{BOARD_DUES, BOARD_STAGES, BoardCell, BoardItem, UnitBoard};
use liaison_domain::lifecycle::Urgency;

use crate::components::{icon, tone_chip};
use crate::i18n::desk::board as terms;
use crate::i18n::{dates, desk as words};
use crate::markup::view;

/// Where an item leads.
pub type Link = fn(&BoardItem) -> String;

/// The whole board.
pub fn unit_board(board: &UnitBoard, link: Link, now: Millis) -> AnyView {
    if board.cells.is_empty() {
        return view! { <p class="unit-board__empty">{terms::EMPTY}</p> }.into_any();
    }
    view! {
        <p>{words::total(u64::from(board.total))}</p>
        {table(board, link, now)}
        {groups(board, link, now)}
    }
    .into_any()
}

fn cell<'a>(board: &'a UnitBoard, stage: &str, due: &str) -> Option<&'a BoardCell> {
    board.cells.iter().find(|cell| cell.stage == stage && cell.due == due)
}

fn table(board: &UnitBoard, link: Link, now: Millis) -> AnyView {
    let head = BOARD_DUES
        .iter()
        .map(|due| view! { <th scope="col">{terms::due(due)}</th> }.into_any())
        .collect_view();
    let rows = BOARD_STAGES
        .iter()
        .map(|stage| {
            let cells = BOARD_DUES
                .iter()
                .map(|due| {
                    let inside = match cell(board, stage, due) {
                        Some(cell) => view! {
                            <p class="unit-board__count">{words::total(u64::from(cell.count))}</p>
                            {items(cell, link, now)}
                        }
                        .into_any(),
                        None => view! { <span class="unit-board__none">{terms::NONE}</span> }.into_any(),
                    };
                    view! { <td>{inside}</td> }.into_any()
                })
                .collect_view();
            view! { <tr><th scope="row">{terms::stage(stage)}</th>{cells}</tr> }.into_any()
        })
        .collect_view();
    view! {
        <table class="unit-board">
            <caption class="sr">{terms::TITLE}</caption>
            <thead><tr><th scope="col">{terms::STAGE}</th>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn groups(board: &UnitBoard, link: Link, now: Millis) -> AnyView {
    let parts = board
        .cells
        .chunk_by(|one, next| one.stage == next.stage)
        .map(|cells| {
            let stage = cells.first().map(|cell| terms::stage(&cell.stage));
            let inside = cells
                .iter()
                .map(|cell| {
                    view! {
                        <h3 class="unit-board__due">
                            {terms::due(&cell.due)} " " {words::total(u64::from(cell.count))}
                        </h3>
                        {items(cell, link, now)}
                    }
                    .into_any()
                })
                .collect_view();
            view! { <section><h2 class="unit-board__stage">{stage}</h2>{inside}</section> }.into_any()
        })
        .collect_view();
    view! { <div class="unit-board-list">{parts}</div> }.into_any()
}

fn items(cell: &BoardCell, link: Link, now: Millis) -> AnyView {
    let rows = cell
        .items
        .iter()
        .map(|item| one(item, link(item), cell.due == "overdue", now))
        .collect_view();
    let hidden = (cell.count as usize).saturating_sub(cell.items.len());
    let more = (hidden > 0).then(|| view! { <li class="unit-board__more">{terms::more(hidden)}</li> });
    view! { <ul class="unit-board__items">{rows}{more}</ul> }.into_any()
}

fn one(item: &BoardItem, href: String, late: bool, now: Millis) -> AnyView {
    let urgent = (item.urgency != Urgency::Normal).then(|| tone_chip("bad", "#i-warn", words::urgency(item.urgency)));
    let supervised = item.supervised.then(|| tone_chip("warn", "#i-bell", words::SUPERVISED));
    let here = item
        .delegated_here
        .then(|| view! { <span class="tasks__mine">{words::TASK_DELEGATED_HERE}</span> });
    let class = if late {
        "queue-row__due queue-row__due--late"
    } else {
        "queue-row__due"
    };
    let due = item
        .due_at
        .map(|due| view! { <span class=class>{icon("#i-clock")} {dates::due_in(due, now)}</span> });
    view! {
        <li class="unit-board__item">
            <a href=href>{item.title.clone()}</a>
            <p class="unit-board__meta">
                {words::task_role(item.role)} " " {due} {urgent} {supervised} {here}
            </p>
        </li>
    }
    .into_any()
}
