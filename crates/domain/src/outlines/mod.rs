//! Outlines of communities as they come from other programs: a GeoJSON file is read, its outlines are put on a lattice in
//! WGS-84, matched with communities by name, and made small enough for telephones.
//!
//! Only the server reads files; browsers get the finished outlines ([`crate::geo::outline`]).

mod geojson;
mod names;
mod simplify;

pub use geojson::read;
pub use names::{Known, guess_property, matches};
pub use simplify::{Fitted, fit};

use crate::geo::{Coordinates, Point};
use crate::lifecycle::coded_enum;

/// Largest file, in bytes.
pub const BYTES: usize = 2 << 20;
/// Most outlines of a file.
pub const FEATURES: usize = 300;
/// Most corners of a file.
pub const CORNERS: usize = 100_000;
/// Most corners of all communities together: every telephone that opens the letter's form gets them.
pub const KEPT: usize = 1_500;

/// A corner on a lattice of a hundred-thousandth of a degree, about a metre: east and north. What is the same corner for
/// two neighbours is the same number.
pub type Corner = (i32, i32);

/// Corners in order; the last is joined to the first.
pub type Ring = Vec<Corner>;

/// Units of a degree.
const UNITS: f64 = 100_000.0;

coded_enum! {
    /// Why a file is of no use as it is.
    Fault {
        /// It is no JSON at all.
        NotJson = "not_json",
        /// JSON, and no GeoJSON.
        NotGeoJson = "not_geojson",
        /// Points and lines, or nothing.
        NoAreas = "no_areas",
        /// More outlines or corners than a district has.
        TooMany = "too_many",
        /// The numbers are metres of a plane.
        Metres = "metres",
        /// North stands before east.
        Swapped = "swapped",
        /// Somewhere else in the world.
        Abroad = "abroad",
    }
}

/// An area of a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Feature {
    /// Its short texts: what may be its name.
    pub properties: Vec<(String, String)>,
    /// Outer and inner rings together: a point is inside when an odd number of them is around it.
    pub rings: Vec<Ring>,
}

impl Feature {
    /// A property's text; empty when it has none.
    pub fn text(&self, property: &str) -> &str {
        let mut all = self.properties.iter();
        all.find(|(name, _)| name == property).map_or("", |(_, text)| text)
    }
}

/// How the numbers of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub coordinates: Coordinates,
    /// North stands before east, against the format's rule.
    pub north_first: bool,
}

/// A point's corner.
pub fn corner(point: Point) -> Corner {
    let unit = |degrees: f64| (degrees * UNITS).round() as i32;
    (unit(point.lng), unit(point.lat))
}

/// A corner's point.
pub fn point((lng, lat): Corner) -> Point {
    Point {
        lng: f64::from(lng) / UNITS,
        lat: f64::from(lat) / UNITS,
    }
}

/// Rings as they are kept: 「123.4,27.56 123.41,27.57 …;…」, the largest first.
pub fn written(rings: &[Ring]) -> String {
    let mut rings: Vec<&Ring> = rings.iter().collect();
    rings.sort_by_key(|ring| std::cmp::Reverse(twice_the_area(ring).abs()));
    let ring = |ring: &&Ring| {
        let corners: Vec<String> = ring
            .iter()
            .map(|(lng, lat)| [degrees(*lng), degrees(*lat)].join(","))
            .collect();
        corners.join(" ")
    };
    rings.iter().map(ring).collect::<Vec<_>>().join(";")
}

/// Rings of an outline as it is kept; nothing where it is none.
pub fn kept(outline: &str) -> Vec<Ring> {
    let rings = crate::geo::outline(outline).unwrap_or_default();
    rings
        .into_iter()
        .map(|ring| ring.into_iter().map(corner).collect())
        .collect()
}

/// Corners of all rings together.
pub fn corners(rings: &[Ring]) -> usize {
    rings.iter().map(Vec::len).sum()
}

fn degrees(units: i32) -> String {
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let text = format!("{sign}{}.{:05}", units / 100_000, units % 100_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Twice the area of a ring, with a sign for its direction.
fn twice_the_area(ring: &[Corner]) -> i64 {
    let Some(&(east, north)) = ring.first() else { return 0 };
    let from_first = |(lng, lat): Corner| (i64::from(lng) - i64::from(east), i64::from(lat) - i64::from(north));
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    pairs
        .map(|(one, next)| {
            let ((x, y), (u, v)) = (from_first(*one), from_first(*next));
            x * v - u * y
        })
        .sum()
}
