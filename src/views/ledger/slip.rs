//! Slips of paper, as wide as a receipt printer's: the queue number, and the query code of a letter.

use super::{print_button, script};
use crate::components::back_link;
use crate::i18n::desk::ledger as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::Receipt;

fn slip(back: (String, &'static str), address: &str, paper: AnyView) -> AnyView {
    view! {
        <div class="print-hide">{back_link(back.0, back.1)}</div>
        <div class="slip">{paper}</div>
        {print_button()}
        {script(address)}
    }
    .into_any()
}

/// The number in the queue.
#[component]
pub fn NumberSlipView(
    /// Address of the counter.
    back: String,
    station: String,
    when: String,
    number: u32,
    name: String,
    before: usize,
    script_address: String,
) -> AnyView {
    let name = (!name.is_empty()).then_some(view! { <p>{name}</p> });
    let paper = view! {
        <p>{station}</p>
        <p class="slip__small">{when}</p>
        <h1 class="slip__title">{words::SLIP}</h1>
        <p class="slip__number">{words::number(number)}</p>
        {name}
        <p>{words::before(before)}</p>
        <p class="slip__small">{words::SLIP_WAIT}</p>
    };
    slip((back, words::TO_COUNTER), &script_address, paper.into_any())
}

/// Number and query code of the letter that a talk became.
#[component]
pub fn LetterSlipView(
    /// Where to go on from here.
    back: (String, &'static str),
    receipt: Receipt,
    record_no: String,
    date: String,
    script_address: String,
) -> AnyView {
    let phone = format!("{} {}", receipt.station_name, receipt.station_phone);
    let paper = view! {
        <p>{phone}</p>
        <p class="slip__small">{format!("{date} {record_no}")}</p>
        <h1 class="slip__title">{words::SLIP_LETTER}</h1>
        <p class="slip__small">{words::SLIP_NO}</p>
        <p class="slip__code">{receipt.no}</p>
        <p class="slip__small">{words::SLIP_CODE}</p>
        <p class="slip__code">{receipt.code}</p>
        <p class="slip__small">{words::SLIP_HOW}</p>
        <p class="slip__small">{words::SLIP_KEEP}</p>
    };
    slip(back, &script_address, paper.into_any())
}

/// The slip that was shown before.
#[component]
pub fn SlipGoneView(
    /// Address of the record.
    back: String,
) -> AnyView {
    view! {
        {back_link(back, words::TO_LEDGER)}
        <h1 tabindex="-1">{words::SLIP_LETTER}</h1>
        <p>{words::SLIP_GONE}</p>
    }
    .into_any()
}
