//! The rules, told as stories and as properties.

mod calendar;
mod cast;
mod docs;
mod guard;
mod notify;
mod stories;
mod stories_loop;
mod stories_rare;
mod table;
mod terms;
mod walks;
