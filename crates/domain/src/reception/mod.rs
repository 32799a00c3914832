//! Receptions (接待) and bookings (预约): what states they have, and who may do what to them when.

mod booking;
mod session;

pub use booking::{
    Booking, BookingAct, BookingState, Mode, OfferTerms, Refused, booking_title, checkin_code, clock_words, offer_until,
};
pub use session::{DeputyState, SessionAct, SessionKind, SessionState};

#[cfg(test)]
mod tests;
