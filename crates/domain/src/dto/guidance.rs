//! What stands beside a letter while it is written: matters like it that others wrote, joining one of them, where it is
//! on the map, whom the station may let call, and who helps.

use super::{CaseCard, dto};
use crate::geo::{Coordinates, Point};
use crate::lifecycle::CaseState;

dto! {
    /// `POST /cases/similar`. The words only; nothing about whoever asks. Neither kept nor logged.
    #[serde(deny_unknown_fields)]
    pub struct SimilarRequest {
        pub text: String,
        /// Area code, when it is known.
        #[serde(default)]
        pub area: Option<String>,
    }

    /// Published matters that read alike, the likest first; three at most.
    pub struct SimilarCases {
        pub items: Vec<CaseCard>,
    }

    /// A community's outline.
    pub struct AreaShape {
        pub code: String,
        pub name: String,
        /// Rings in WGS-84: 「123.40,27.56 123.41,27.57 …;…」, the largest first.
        pub outline: String,
    }

    /// Where matters are decided that no deputy can take up.
    #[derive(Eq)]
    pub struct Door {
        pub code: String,
        /// 「劳动监察和仲裁」.
        pub name: String,
        /// What is said to whoever writes about such a matter.
        pub text: String,
        /// The number to call; empty: there is none.
        pub number: String,
        /// When somebody answers it, in words; empty: nothing to say.
        pub hours: String,
        /// What such a matter is known by, in half-width and lower case.
        pub words: Vec<String>,
    }

    /// Somebody who fills in for the author (代为填写).
    #[serde(deny_unknown_fields)]
    pub struct Helper {
        pub name: String,
        /// How they know each other: 「邻居」, 「女儿」, 「网格员」.
        pub relation: String,
        #[serde(default)]
        pub phone: Option<String>,
        /// How the author agreed.
        pub consent: HelperConsent,
    }

    /// What its author agreed to about a letter.
    pub struct LetterConsent {
        pub no: String,
        pub title: String,
        /// Others may read a redacted copy once it is answered.
        pub publish: bool,
        /// Whether that can still be changed.
        pub can_change: bool,
        /// Those who handle it may call.
        pub may_call: bool,
    }

    /// `PUT /messages/{no}/consent`. What is not named stays as it is.
    #[serde(deny_unknown_fields)]
    pub struct ConsentChange {
        #[serde(default)]
        pub publish: Option<bool>,
        #[serde(default)]
        pub may_call: Option<bool>,
    }

    /// What stands beside a letter at the desk.
    pub struct LetterBeside {
        /// Where it is, as it was given.
        pub spot: Option<Spot>,
        /// The same as our own map draws it.
        pub shown: Option<Spot>,
        /// The map that it is shown on.
        pub shapes: Vec<AreaShape>,
        /// Its author wants no calls from those who handle it.
        pub no_calls: bool,
        /// Who filled in for its author; for the station's own people.
        pub helper: Option<Helper>,
    }

    /// What a letter may bring along besides its words.
    #[derive(Default)]
    #[serde(default, deny_unknown_fields)]
    pub struct LetterExtra {
        /// Number of the published matter it joins (附议): handled with that one, answered and rated by itself.
        pub join: Option<String>,
        pub spot: Option<Spot>,
        /// Whether those who handle it may ask for the telephone number and call. None: not asked.
        pub may_call: Option<bool>,
        pub helper: Option<Helper>,
    }
}

crate::lifecycle::coded_enum! {
    /// How the author agreed to somebody filling in for them.
    HelperConsent {
        /// 本人在场.
        Present = "present",
        /// 本人电话里同意.
        Phone = "phone",
        /// 本人事先托付.
        Asked = "asked",
    }
}

/// A place on the map, as it was measured or tapped. Comes back as it was given, in its own system.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Spot {
    pub lng: f64,
    pub lat: f64,
    pub coordinates: Coordinates,
}

crate::wire!(Spot { lng, lat, coordinates });

/// The same JSON in the browser, where writing floating-point numbers would weigh more than everything else about maps.
#[cfg(target_arch = "wasm32")]
impl serde::Serialize for Spot {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::{Error, SerializeStruct};
        let number = |degrees: f64| {
            serde_json::value::RawValue::from_string(crate::geo::decimal(degrees))
                .map_err(|_| S::Error::custom("degrees"))
        };
        let mut spot = to.serialize_struct("Spot", 3)?;
        spot.serialize_field("lng", &number(self.lng)?)?;
        spot.serialize_field("lat", &number(self.lat)?)?;
        spot.serialize_field("coordinates", &self.coordinates)?;
        spot.end()
    }
}

impl Spot {
    /// The point, if it is one on the earth.
    pub fn point(&self) -> Option<Point> {
        Point::new(self.lng, self.lat)
    }

    /// As our own map draws it.
    pub fn on_our_map(&self) -> Option<Self> {
        let point = self.point()?.converted(self.coordinates, Coordinates::Wgs84);
        Some(Self {
            lng: point.lng,
            lat: point.lat,
            coordinates: Coordinates::Wgs84,
        })
    }
}

impl CaseCard {
    /// Whether a letter may still join it: it is on its way to an answer.
    pub const fn takes_others(&self) -> bool {
        !matches!(
            self.state,
            CaseState::Answered | CaseState::Tracking | CaseState::Disputed
        ) && self.state.is_open()
    }
}
