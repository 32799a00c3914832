//! Outlines of the district's communities, as the head station keeps them.

use super::AreaShape;
use crate::geo::Coordinates;
use crate::{Id, Millis};
use serde::{Deserialize, Serialize};

/// `GET /desk/outlines`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outlines {
    /// Counts the changes; the next one names it.
    pub version: i64,
    /// Every community, in the order of the district.
    pub areas: Vec<OutlineArea>,
    /// The map as residents have it.
    pub shapes: Vec<AreaShape>,
    /// The latest changes, the last one first.
    pub changes: Vec<OutlineChange>,
}

/// A community, and how much of an outline it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutlineArea {
    pub id: Id,
    pub name: String,
    /// The street it lies in.
    pub street: String,
    /// Corners of its outline; 0: it has none.
    pub corners: u32,
}

/// Who changed outlines, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutlineChange {
    pub version: i64,
    pub at: Millis,
    /// By name.
    pub by: String,
    /// Names of the communities that got an outline, or another one.
    pub kept: Vec<String>,
    /// Names of those that have none any more.
    pub removed: Vec<String>,
    /// Where they came from; empty when outlines were only removed.
    pub file_name: String,
}

/// `POST /imports/outlines`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OutlineImport {
    pub file_name: String,
    /// The GeoJSON file, in URL-safe base64 without padding.
    pub data: String,
    /// What its numbers are measured in.
    pub coordinates: Coordinates,
    /// North stands before east, against the format's rule.
    #[serde(default)]
    pub north_first: bool,
    /// The property that names communities; none: found by what fits best.
    #[serde(default)]
    pub property: Option<String>,
    /// Which outlines are whose; those not named here go by name.
    #[serde(default)]
    pub choices: Vec<OutlineChoice>,
    /// Keep what is found; otherwise only tell what would happen.
    #[serde(default)]
    pub keep: bool,
    /// The version that was read; needed to keep anything.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What becomes of an outline of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OutlineChoice {
    /// As counted in the file, from 0.
    pub feature: u32,
    /// The community; none: it is left out.
    pub area: Option<Id>,
}

/// What a file gives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutlineLook {
    /// The property that names communities; empty when there is none.
    pub property: String,
    /// Every property that could.
    pub properties: Vec<String>,
    pub features: Vec<OutlineFeature>,
    /// How far lines were moved to have fewer corners, in metres; 0: not at all.
    pub tolerance: u32,
    /// Corners of all outlines together, as every telephone gets them.
    pub corners: u32,
    /// The nearest station is farther from it than a district is wide, in kilometres.
    pub far: Option<u32>,
    /// The map as it would be.
    pub shapes: Vec<AreaShape>,
    /// The new version, when it was kept.
    pub kept: Option<i64>,
}

/// An outline of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutlineFeature {
    /// What the file calls it; empty when it says nothing.
    pub name: String,
    /// The community it becomes; none: it is left out.
    pub area: Option<Id>,
    /// Found by name, not chosen by hand.
    pub by_name: bool,
    /// Corners in the file.
    pub corners: u32,
}
