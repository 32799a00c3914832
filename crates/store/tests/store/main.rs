//! The store on both engines: each test is one body that runs on `SQLite` and on `PostgreSQL`.

#![allow(missing_docs, reason = "a test's name is its sentence")]
#![allow(clippy::missing_panics_doc, reason = "tests panic to fail")]

mod acts;
mod archive;
mod arrivals;
mod audit;
mod batch;
mod bookings;
mod crash;
mod desk_receptions;
mod directory;
mod district;
mod due;
mod event_notices;
mod event_texts;
mod events;
mod guidance;
mod hall;
mod idempotency;
mod inbox;
mod jobs;
mod lane_pages;
mod lanes;
mod ledger;
mod letter_drafts;
mod links;
mod live;
mod media;
mod migrations;
mod model;
mod notes;
mod numbers;
mod outbox;
mod overview;
mod people;
mod places;
mod platforms;
mod publication;
mod receptions;
mod related;
mod restrictions;
mod scale;
mod search;
mod submit;
mod units;
mod uploads;

pub use district::*;
pub use liaison_domain::lifecycle::*;
pub use liaison_store::Store;
pub use liaison_store::db_test;
pub use liaison_store::letters::*;
pub use liaison_store::testing::TestStore;
