//! Booking a reception, and one's own bookings. Drawn by the server alone.

mod book;
mod form;
mod mine;

pub use book::{BookView, Booker};
pub use form::BookForm;
pub use mine::{BookingView, BookingsView};

use crate::components::tone_chip;
use crate::i18n::zh::bookings as words;
use crate::markup::{Node, view};
use leptos::prelude::*;
use liaison_domain::reception::BookingState;

/// Where a booking stands.
fn state_chip(state: BookingState) -> AnyView {
    let (tone, sign, word) = words::state(state);
    tone_chip(tone, sign, word).into_any().into_any()
}

/// One line of a list of facts; nothing for an empty one.
fn fact(name: &'static str, value: String) -> Option<Node> {
    (!value.is_empty()).then(|| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    })
}

/// A station's telephone.
fn call(phone: &str) -> Node {
    view! { <a href=["tel:", phone].concat()>{words::call(phone)}</a> }
}
