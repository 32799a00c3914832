//! The lanes with their counts, and the legend of the keys.

use leptos::prelude::*;

use super::super::here::{Desk, End};
use super::super::keys;
use super::Board;
use crate::components::icon;
use crate::i18n::desk as words;
use crate::markup::view;
use liaison_domain::dto::counted;

/// The lanes with their counts. On a phone folded behind the present one.
pub fn rail(board: Board) -> AnyView {
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
        let href = move || {
            board.filters.track();
            board.href(code, "", "")
        };
        let late = move || {
            count()
                .filter(|(_, late)| *late > 0)
                .map(|(_, late)| words::late_short(late))
        };
        view! {
            <li>
                <a class="lane-link" href=href aria-current=current
                    on:click=move |_| unfolded.set(false)>
                    <span class="lane-link__name">{words::lane(code)}</span>
                    <span class="lane-link__count">
                        {move || count().map(|(count, _)| counted(count.into()))}
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
    let by_stage = (board.end == End::Unit).then(|| {
        view! { <a class="rail__board" href="/desk/unit/board">{icon("#i-calendar")} {words::board::TO_BOARD}</a> }
            .into_any()
    });
    view! {
        <nav class=class aria-label=words::LANES>
            <button type="button" class="rail__toggle" aria-expanded=move || unfolded.get().to_string()
                aria-controls="rail-list" on:click=move |_| unfolded.update(|it| *it = !*it)>
                <span>{words::LANE_PICK}</span>
                <span class="rail__late">{late_in_all}</span>
            </button>
            <ul class="rail__list" id="rail-list">{lanes}</ul>
            {by_stage}
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
