//! Chinese, the first and so far only language: constants and small functions, by place.
//!
//! Voice: plain spoken, 您, verbs on buttons, no officialese. Every error says what happened and what to do next.

// A constant here is its own documentation: the words.
#![allow(missing_docs)]

pub mod again;
pub mod app;
pub mod bookings;
pub mod case;
pub mod common;
pub mod directory;
pub mod drafts;
#[cfg(feature = "ssr")]
pub mod elsewhere;
pub mod errors;
pub mod events;
pub mod guidance;
pub mod help;
pub mod home;
pub mod links;
#[cfg(feature = "ssr")]
pub mod meetings;
pub mod notices;
pub mod notify;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
pub mod privacy;
pub mod rate;
pub mod receptions;
#[cfg(feature = "ssr")]
pub mod restrictions;
#[cfg(feature = "ssr")]
pub mod rules;
pub mod settings;
pub mod voice;
pub mod wechat;
pub mod write;
