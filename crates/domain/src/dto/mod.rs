//! What travels over the API, both ways. The browser and the server share these types.
//!
//! Times are milliseconds ([`crate::Millis`]), calendar days `YYYY-MM-DD` text in Asia/Shanghai.

mod admin;
mod auth;
mod bookings;
mod desk;
mod desk_receptions;
mod desk_schedule;
mod directory;
mod doors;
mod drafts;
mod events;
mod guidance;
mod ledger;
mod letter;
mod media;
mod notices;
mod office;
mod outbox;
mod outlines;
mod places;
mod privacy;
mod problem;
mod public;
mod receptions;
mod restrictions;
mod units;

pub use admin::*;
pub use auth::*;
pub use bookings::*;
pub use desk::*;
pub use desk_receptions::*;
pub use desk_schedule::*;
pub use directory::*;
pub use doors::*;
pub use drafts::*;
pub use events::*;
pub use guidance::*;
pub use ledger::*;
pub use letter::*;
pub use media::*;
pub use notices::*;
pub use office::*;
pub use outbox::*;
pub use outlines::*;
pub use places::*;
pub use privacy::*;
pub use problem::*;
pub use public::*;
pub use receptions::*;
pub use restrictions::*;
pub use units::*;

use crate::wire::{self, Json, Wire};
use serde::{Deserialize, Serialize};

/// Derives what every DTO derives.
macro_rules! dto {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $kind:ty),* $(,)?
    })+) => {
        $(#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $kind),* }

        $crate::wire!($name { $($field),* });)+
    };
}
pub(crate) use dto;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Pass it as `cursor` to get what follows; none at the end.
    pub next_cursor: Option<String>,
    /// How many there are in all, for the whole filter.
    pub total: u64,
}

impl<T: Wire> Wire for Page<T> {
    fn from_json(json: Json, ok: &mut bool) -> Self {
        let mut members = wire::members(json, ok);
        Self {
            items: Wire::from_json(wire::take(&mut members, "items"), ok),
            next_cursor: Wire::from_json(wire::take(&mut members, "next_cursor"), ok),
            total: Wire::from_json(wire::take(&mut members, "total"), ok),
        }
    }
}
