//! Things people do, once for the API and for plain forms: check, let the store and the rules decide, answer.

pub mod bookings;
pub mod calendar;
pub mod counter;
pub mod desk_receptions;
pub mod desk_schedule;
pub mod drafts;
pub mod duties;
pub mod event;
pub mod events;
pub mod ledger_access;
pub mod ledger_import;
pub mod letter;
pub mod looks;
pub mod media;
pub mod office;
pub mod picture;
pub mod places;
pub mod plan;
pub mod privacy;
pub mod record;
pub mod restrictions;
pub mod survey;
pub mod urgent;
pub mod video;
