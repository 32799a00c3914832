//! From what is stored to what is shown: pure functions over rows, names looked up before.

mod directory;
pub mod events;
pub mod letter;
pub mod media;
pub mod names;
pub mod pictures;
pub mod timeline;

pub use directory::{deputy_card, station_card};
