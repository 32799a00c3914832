//! The REST client: one module a resource, one error type.
//!
//! Paths are written without the base (`/deputies`); requests know neither views nor words.

pub mod admin;
mod ahead;
pub mod auth;
pub mod cases;
pub mod desk;
pub mod directory;
pub mod drafts;
mod error;
mod http;
mod keys;
pub mod letters;
pub mod me;
pub mod office;
pub mod outbox;
pub mod surveys;
pub mod uploads;

pub use ahead::{forget_ahead, read_ahead};
pub use error::ApiError;
pub use http::{
    BASE, Cancel, Reader, forget_seen, get, get_any, get_with, hand_over, keep, keep_any, read_any, read_preloaded,
    seen, seen_any, take_preloaded, take_preloaded_any,
};
pub use keys::{escape, idempotency_key, query};
