//! Small semantic parts that views are built of. Pure, like views: no fetch, no globals.

mod answer;
mod choice;
mod copy;
mod deputy_card;
mod dialog;
mod empty;
mod errors;
mod field;
mod figure;
mod holder_clock;
mod icon;
mod pager;
mod photos;
mod rows;
mod skeleton;
mod station_row;
mod steps;
mod timeline;

pub use answer::{AnswerCard, answer_rating, outcome_chip};
pub use choice::{CheckRow, Choice, RadioCards, RadioFaces};
pub use copy::copy_text;
pub use deputy_card::{DeputyCardView, DeputyTag, face};
pub use dialog::Dialog;
pub use empty::empty;
pub use errors::{Errors, error_summary, error_summary_in, notice, restricted_notice};
pub use field::{Options, SelectField, TextArea, TextField, counter, error_line};
pub use figure::{FigureStrip, figures};
pub use holder_clock::{HolderClock, elapsed_parts, holder_name};
pub use icon::icon;
pub use pager::{page_count, pager};
pub use photos::{photo_list, pictures};
pub use rows::{case_row, list, mine_row, state_chip, tone_chip};
pub use skeleton::{ListSkeleton, PageSkeleton};
pub use station_row::{next_day_words, reception_day, station_row};
pub use steps::{back_link, page_head, paragraphs};
pub use timeline::{Audience, Timeline};
