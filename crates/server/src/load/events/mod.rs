//! Events: what everybody gets alike, what is one's own there, what the desk works with.

mod desk;
mod mine;
mod public;

pub use desk::{asked, attendees, desk_list, desk_news, desk_view, options, question_for, queue};
pub use mine::{mine, mine_page, my_events, registration_of};
pub use public::{EventsQuery, list, news, questions, view, view_of};
