//! When residents can meet deputies: rules as data (「每月第二、第四个星期四下午」), and the days they give.
//!
//! A rule gives days by itself; a public holiday lets a day fall away or moves it, and the station may make an exception
//! for one day. Everything here is pure: the calendar and the span are handed in.

mod days;
mod rule;
mod season;
mod words;

pub use days::{Day, Fate};
pub use rule::{Exception, HolidayPolicy, Mode, Rule, Time};
pub use season::{Season, Suggestion, suggest};
pub use words::day as day_words;

#[cfg(test)]
mod tests;
