//! What the desk shows of a reception itself: the counter, notes, the ledger, paper ledgers. Drawn by the server alone:
//! it costs the app nothing and works without scripts.

mod counter;
mod drafts;
mod list;
mod notes;
mod paper;
mod record;
mod slip;

pub use counter::{CounterData, CounterForm, CounterView, Said};
pub use drafts::NoteDraft;
pub use list::{LedgerChoices, LedgerForm, LedgerPrintView, LedgerView};
pub use notes::{NotesView, RecordForm, RecordOptions, StationChoiceView, Waiting};
pub use paper::{PaperForm, PaperRow, PaperStep, PaperView};
pub use record::{RecordView, Reveal, ToLetter};
pub use slip::{LetterSlipView, NumberSlipView, SlipGoneView};

use crate::components::{Errors, icon};
use crate::i18n::desk::ledger as words;
use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::minute_of_day;

/// The little script beside these pages: lists that keep true, printing, a question before typed words are left.
pub fn script(address: &str) -> Option<AnyView> {
    (!address.is_empty()).then(|| view! { <script src=address.to_owned() defer=true></script> }.into_any())
}

/// The words beside a field, if it is wrong.
fn wrong(errors: &Errors, field: &str) -> Option<String> {
    errors
        .fields
        .iter()
        .find(|error| error.field == field)
        .map(words::wrong)
}

/// What is wrong with the form, on top of the page, each leading to its field.
fn summary(errors: &Errors) -> Option<AnyView> {
    if errors.is_empty() {
        return None;
    }
    let count = errors.fields.len() + usize::from(errors.whole.is_some());
    let item = |error| {
        let words = words::wrong(error);
        view! {
            <li>
                <a href=format!("#{}", error.field)>{words}</a>
            </li>
        }
        .into_any()
    };
    let items = errors.fields.iter().map(item).collect_view();
    let whole = errors.whole.clone().map(|words| view! { <li>{words}</li> });
    Some(
        view! {
            <div class="errors" id="error-summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="errors-title">
                <h2 class="errors__title" id="errors-title">
                    {icon("#i-warn")}
                    {zh::errors::summary(count)}
                </h2>
                <ul class="errors__list">{whole} {items}</ul>
            </div>
        }
        .into_any(),
    )
}

/// `14:05`.
fn clock(at: Millis) -> String {
    let minutes = minute_of_day(at);
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// A button that prints the page. It shows only where scripts run; elsewhere the hint does.
fn print_button() -> AnyView {
    view! {
        <p class="print-hide">
            <button class="button" type="button" data-print="" hidden=true>
                {words::PRINT}
            </button>
            <span data-print-hint="">{words::PRINT_HINT}</span>
        </p>
    }
    .into_any()
}
