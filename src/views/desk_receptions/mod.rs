//! Receptions at the desk: lanes, one reception, a new one; and a deputy's own. Drawn by the server alone.

mod board;
mod fields;
mod mine;
mod one;

pub use board::{BoardView, board_href};
pub use fields::SessionForm;
pub use mine::{MyReceptionView, MyReceptionsView};
pub use one::{NewReceptionView, ReceptionPage, ReceptionView};

use crate::components::tone_chip;
use crate::i18n::dates;
use crate::i18n::desk::receptions as words;
use crate::i18n::desk::schedule;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::minute_of_day;
use liaison_domain::dto::ReceptionRow;
use liaison_domain::schedule::Time;

/// Where the lanes are.
pub const RECEPTIONS: &str = "/desk/receptions";
/// Where a deputy's own are.
pub const MY_RECEPTIONS: &str = "/desk/my-receptions";

/// 「代表夜聊」, or what its kind is called.
pub fn title(row: &ReceptionRow) -> String {
    if row.title.is_empty() {
        schedule::kind(row.kind).to_owned()
    } else {
        row.title.clone()
    }
}

/// 「12月10日 星期四 14:30–17:00」.
pub fn when(row: &ReceptionRow, now: Millis) -> String {
    format!(
        "{} {}–{}",
        dates::long_date(row.starts_at, now),
        Time(minute_of_day(row.starts_at)).text(),
        Time(minute_of_day(row.ends_at)).text()
    )
}

/// 「14:30」.
fn clock(at: Millis) -> String {
    Time(minute_of_day(at)).text()
}

/// When, as a title; the hours stay in one line.
fn when_whole(row: &ReceptionRow, now: Millis) -> AnyView {
    let text = when(row, now);
    let (day, hours) = text.rsplit_once(' ').unwrap_or(("", &text));
    view! {
        {day.to_owned()}
        " "
        <span class="whole">{hours.to_owned()}</span>
    }
    .into_any()
}

/// Who receives, by name.
fn who(row: &ReceptionRow) -> String {
    let all: Vec<&str> = row
        .deputies
        .iter()
        .filter(|place| place.state.receives())
        .map(|place| place.deputy.name.as_str())
        .collect();
    if all.is_empty() {
        words::NOBODY.to_owned()
    } else {
        all.join("、")
    }
}

fn state_chip(row: &ReceptionRow) -> AnyView {
    let (tone, sign, state) = words::state(row.state);
    tone_chip(tone, sign, state).into_any()
}
