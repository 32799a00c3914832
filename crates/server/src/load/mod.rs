//! What pages and API answers are made of. Each function answers one question with one DTO; the API's handler and the
//! HTML page that shows it call the same one.

pub mod admin;
pub mod bookings;
pub mod desk;
pub mod desk_places;
pub mod desk_receptions;
pub mod desk_schedule;
pub mod directory;
pub mod events;
pub mod home;
pub mod ledger;
pub mod letter;
pub mod notices;
pub mod outlines;
pub mod people;
pub mod places;
pub mod privacy;
pub mod published;
pub mod receptions;
pub mod related;
pub mod restrictions;
pub mod rules_page;
pub mod similar;
