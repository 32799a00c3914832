//! The rules, told as stories and as properties.

mod calendar;
mod calendar_import;
mod cast;
mod docs;
mod events;
mod geo;
mod guard;
mod notify;
mod outlines;
mod reminders;
mod stories;
mod stories_loop;
mod stories_rare;
mod table;
mod terms;
mod walks;
