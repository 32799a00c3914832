//! What the pages of stations and deputies say, as the desk keeps it.

use super::{NamedRef, dto};
use crate::{Id, Millis};
use serde::{Deserialize, Serialize};

dto! {
    /// Whom to ask for, and under which number.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct Contact {
        /// 「站长 沈砚秋」「预约登记」.
        pub name: String,
        pub phone: String,
    }

    /// How to come, in plain words; empty: nothing to say.
    #[derive(Eq, Default)]
    #[serde(default, deny_unknown_fields)]
    pub struct Directions {
        pub bus: String,
        pub metro: String,
        pub parking: String,
        /// How to come without steps.
        pub step_free: String,
    }

    /// A picture of a station or of a deputy. Everybody may see it.
    #[derive(Eq)]
    pub struct PlacePhoto {
        pub id: Id,
        /// The whole picture.
        pub url: String,
        /// About as wide as a telephone is.
        pub middle_url: String,
        pub thumb_url: String,
        pub width: u32,
        pub height: u32,
        /// What it shows, for those who cannot see it.
        pub alt: String,
    }
}

/// A picture that is kept, or one just handed in (`POST /uploads`) with its token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PhotoInput {
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What it shows.
    #[serde(default)]
    pub alt: String,
}

/// A station's page as it is typed in: `PUT /desk/stations/{id}`. What is not here stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StationInput {
    pub address: String,
    pub phone: String,
    /// Opening hours in words.
    pub opening: String,
    pub contacts: Vec<Contact>,
    /// What it takes on.
    pub scope: Vec<String>,
    /// Its charter; empty: as every station's.
    pub charter: Vec<String>,
    /// How it works.
    pub principles: Vec<String>,
    pub directions: Directions,
    /// Degrees east.
    pub lng: f64,
    /// Degrees north.
    pub lat: f64,
    /// In the order to show; those left out are removed for good.
    pub photos: Vec<PhotoInput>,
}

/// A deputy's page as it is typed in: `PUT /desk/deputies/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeputyInput {
    pub bio: String,
    /// What they know: 「教育」「托管」.
    pub expertise: Vec<String>,
    /// None: initials stand in its place, and a picture that was there is removed for good.
    #[serde(default)]
    pub photo: Option<PhotoInput>,
}

/// Somebody changed what a page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceChange {
    /// The version it made.
    pub version: i64,
    pub at: Millis,
    /// Who did it, by name.
    pub by: String,
    /// The names of the fields that differ since.
    pub fields: Vec<String>,
}

/// `GET /desk/stations/{id}`: `settings` may be sent back as it came, changed or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationSettings {
    pub station: NamedRef,
    /// Address of its page: `/stations/{slug}`.
    pub slug: String,
    pub version: i64,
    pub settings: StationInput,
    /// The pictures of `settings`, with their addresses.
    pub photos: Vec<PlacePhoto>,
    /// The latest first.
    pub changes: Vec<PlaceChange>,
}

/// `GET /desk/deputies/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeputySettings {
    pub deputy: NamedRef,
    pub slug: String,
    pub version: i64,
    pub settings: DeputyInput,
    pub photo: Option<PlacePhoto>,
    /// The latest first.
    pub changes: Vec<PlaceChange>,
}

/// A station or a deputy in the desk's lists: `GET /desk/stations`, `GET /desk/deputies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceRow {
    pub id: Id,
    pub slug: String,
    pub name: String,
    /// The station's address; a deputy's stations.
    pub place: String,
    pub version: i64,
    pub photos: u32,
    /// What residents look for and do not find yet: `photos`, `directions`, `contacts`, `bio`, `expertise`.
    pub missing: Vec<String>,
}
