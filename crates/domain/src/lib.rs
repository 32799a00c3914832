//! The rules of a liaison station, and the types its API speaks.
//!
//! Pure: no I/O and no clock of its own. The server, the background jobs and the browser all call the same
//! functions, so that a rule about a letter exists once.

#![allow(
    missing_docs,
    reason = "fields and variants whose names say it all need no sentence; everything else is documented"
)]

pub mod calendar;
pub mod client_error;
pub mod dto;
pub mod events;
pub mod form;
pub mod geo;
pub mod guard;
pub mod guess;
pub mod host;
pub mod ledger;
pub mod lifecycle;
pub mod limits;
pub mod notify;
pub mod numbers;
pub mod outlines;
pub mod places;
pub mod reception;
pub mod reply;
pub mod restriction;
pub mod schedule;
pub mod screen;
pub mod search;
pub mod sound;
pub mod text;
pub mod wire;

/// An identifier: `UUIDv7` as lower-case text.
pub type Id = String;

/// A moment: milliseconds since 1970-01-01T00:00:00Z. Only the server's clock makes them.
pub type Millis = i64;
