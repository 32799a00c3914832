//! Themed online receptions (主题网上接待), community councils (社区议事会), building-level meetings with enterprises
//! (楼宇议企会), lectures and study days: what may happen to them and to the questions asked there.
//!
//! As everywhere in this crate: no clock, no I/O. The states' tables are data; [`step`] and [`question_step`] read
//! nothing else.

mod figures;
mod form;
mod question;
mod state;

pub use figures::{Asked, figures};
pub use form::*;
pub use question::*;
pub use state::*;

use crate::Millis;
use crate::calendar::date_of;
use crate::reception::clock_words;
use crate::schedule::day_words;

/// What an event is called where it lies open: 「11月26日（星期四）14:30 云帆街道联络站活动」, never what it is about.
pub fn event_title(at: Millis, station: &str) -> String {
    [&day_words(date_of(at)), &clock_words(at), " ", station, "活动"].concat()
}

/// Questions one resident may have waiting at one event: enough to speak one's mind, too few to fill the list alone.
/// What was answered, followed up or hidden does not count.
pub const OPEN_QUESTIONS: u32 = 5;

/// Questions of one event in all. The largest known reception of this kind took 1,476 in an afternoon; beyond that a
/// list is no longer read by anybody, and the letter form stays open.
pub const QUESTIONS: u32 = 2_000;

/// Questions that one answer holds; a cursor leads to those behind them.
pub const QUESTIONS_SHOWN: u32 = 100;

/// The host's messages, polls and resolutions of one event.
pub const BROADCASTS: u32 = 200;
pub const POLLS: u32 = 20;
pub const RESOLUTIONS: u32 = 100;
