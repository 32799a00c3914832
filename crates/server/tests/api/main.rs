//! The API, in process: a story or a table per file.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "tests fail loudly and document themselves by name"
)]

mod admin;
mod archive;
mod auth;
mod bookings;
mod builds;
mod client_errors;
mod clockwork;
mod config;
mod desk_receptions;
mod doors;
mod drafts;
mod events;
#[path = "support/files.rs"]
mod files;
mod gateways;
mod guidance;
mod headers;
mod hostile;
mod inbox;
mod journey;
mod kept;
mod ledger;
mod letters;
mod links;
mod matrix;
mod media;
mod model;
mod notes;
mod notify;
mod numbers;
mod office;
mod openapi;
mod outlines;
mod places;
mod privacy;
mod program;
mod receptions;
mod resident;
mod restrictions;
mod scenarios;
mod scope;
mod support;
mod takeout;
mod trust;
mod units;
mod uploads;
mod wechat;
mod year;
