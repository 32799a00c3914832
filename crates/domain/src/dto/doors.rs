//! Doors outside as whoever runs the installation keeps them.

use super::Door;
use crate::Millis;
use serde::{Deserialize, Serialize};

/// `GET /admin/doors`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Doors {
    /// Every door, those out of use too, in the order they are told.
    pub doors: Vec<DoorEntry>,
    /// The latest changes, the last one first.
    pub changes: Vec<DoorChange>,
}

/// A door as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoorEntry {
    pub door: Door,
    /// Told to residents.
    pub active: bool,
    /// Set at the desk: that can be taken back.
    pub set: bool,
    /// Neither the program nor the configuration has it.
    pub own: bool,
    /// How often it was changed at the desk: what a change is decided on.
    pub version: i64,
}

/// A door as it is typed in: `PUT /admin/doors/{code}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DoorInput {
    pub name: String,
    pub text: String,
    /// Empty: there is none.
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub hours: String,
    pub words: Vec<String>,
    pub active: bool,
}

/// Who changed a door, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoorChange {
    pub code: String,
    /// What the door was called then.
    pub name: String,
    pub at: Millis,
    /// By name.
    pub by: String,
    /// `name`, `text`, `number`, `hours`, `words`, `on`, `off`, `new`; `taken_back` alone.
    pub fields: Vec<String>,
}
