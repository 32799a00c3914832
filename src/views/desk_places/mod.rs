//! What the pages of stations and deputies say, kept at the desk: lists, and a form for each. Drawn by the server alone.

mod deputy;
mod form;
mod list;
mod photos;
mod station;

pub use deputy::{DeputyForm, DeputyFormView, DeputyPlace};
pub use form::StationForm;
pub use list::PlacesView;
pub use photos::{PhotoForm, PhotoRow};
pub use station::{StationFormView, StationPlace};

use crate::components::Errors;
use crate::i18n::desk::places as words;
use crate::markup::view;
use crate::views::desk_changes;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{FieldError, PlaceChange};

/// Errors with each field called as its control is: `photos.2.alt` is `alt-2`.
pub fn by_control(fields: Vec<FieldError>) -> Errors {
    let called = |field: &str| {
        let parts: Vec<&str> = field.split('.').collect();
        match parts[..] {
            ["contacts", at, what] => format!("contact-{what}-{at}"),
            ["contacts"] => "contact-name-0".to_owned(),
            ["directions", way] => way.to_owned(),
            ["photos", at] | ["photos", at, _] => format!("alt-{at}"),
            ["attachments", ..] => "file".to_owned(),
            _ => field.to_owned(),
        }
    };
    Errors::of(
        fields
            .into_iter()
            .map(|error| FieldError {
                field: called(&error.field),
                ..error
            })
            .collect(),
    )
}

/// The words beside a control, if it is wrong.
fn wrong(errors: &Errors, control: &str) -> Option<String> {
    errors
        .fields
        .iter()
        .find(|error| error.field == control)
        .map(words::error)
}

/// Who changed what.
fn changes(all: &[PlaceChange], now: Millis) -> AnyView {
    let all = all
        .iter()
        .map(|change| (change.at, words::change(&change.by, &change.fields)));
    desk_changes::changes(words::CHANGES, words::CHANGES_NONE, all, now)
}

/// The way to the page as residents see it.
fn public_page(address: String) -> AnyView {
    view! {
        <p class="links">
            <a class="link" href=address>
                {words::PUBLIC_PAGE}
            </a>
        </p>
    }
    .into_any()
}
