//! SQLite and PostgreSQL behind the domain's words.
//!
//! [`Store`] is one district's data. SQL lives in this crate and nowhere else; rules about letters live in
//! `liaison_domain` and are only applied here, inside the transaction that keeps what they decided.
//!
//! | words of | module |
//! |---|---|
//! | areas, stations, deputies, units, categories | [`directory`] |
//! | a letter, what happened to it, its log | [`letters`] |
//! | themed receptions, councils and other events | [`events`] |
//! | lanes of the desk | [`queues`] |
//! | filters, calls by lot | [`office`] |
//! | receptions, bookings, the ledger | [`receptions`] |
//! | restrictions of people who misuse the station | [`restrictions`] |
//! | reading inboxes | [`inbox`] |
//! | who waits for news, here and on other servers | [`live`] |
//! | inboxes | [`notices`] |
//! | what goes out to telephones and mailboxes | [`outbox`] |
//! | what everybody may read | [`publications`] |
//! | accounts, sessions, one-time codes | [`people`] |
//! | limits and reasons a station sets itself | [`settings`] |
//! | texts to begin a reply with | [`templates`] |
//! | what runs by itself, on one server at a time | [`jobs`] |
//! | the station's own holidays | [`calendar`] |
//! | what broke in browsers | [`client_errors`] |
//! | accounts of other platforms, their tokens | [`platforms`] |
//! | pictures | [`uploads`] |
//! | files on their way, piece by piece | [`incoming`] |
//! | recordings and videos, and what is written down of them | [`media`] |
//! | creating once however often it is asked | [`idempotency`] |

#![allow(
    missing_docs,
    reason = "fields and variants whose names say it all need no sentence; everything else is documented"
)]

mod connect;
mod entity;
mod error;
mod ids;
mod migration;
mod page;
mod search;
mod sql;

pub mod calendar;
pub mod client_errors;
pub mod directory;
pub mod doors;
pub mod events;
pub mod idempotency;
pub mod inbox;
pub mod incoming;
pub mod jobs;
pub mod letter_drafts;
pub mod letters;
pub mod live;
pub mod media;
pub mod notices;
pub mod office;
pub mod outbox;
pub mod people;
pub mod platforms;
pub mod publications;
pub mod queues;
pub mod receptions;
pub mod restrictions;
pub mod settings;
pub mod templates;
#[cfg(feature = "testing")]
pub mod testing;
pub mod uploads;

pub use connect::{DEFAULT_TENANT, Engine, Store};
pub use error::StoreError;
pub use ids::{new_id, new_token, sha256_hex};
pub use page::PAGE;
