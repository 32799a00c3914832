//! Places as coordinates: where a matter is, in which system the numbers are, and how one becomes the other.
//!
//! Browsers measure in WGS-84. Maps published in China draw in GCJ-02, which lies some hundred metres beside it. A place is
//! kept as it came, with its system; only what is shown is converted.

use crate::lifecycle::coded_enum;

coded_enum! {
    /// What a pair of coordinates is measured in.
    Coordinates {
        /// GPS, and our own map.
        Wgs84 = "wgs84",
        /// 火星坐标: maps published in China.
        Gcj02 = "gcj02",
    }
}

/// A point, degrees east and north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub lng: f64,
    pub lat: f64,
}

impl Point {
    /// A point on the earth: both finite and in range.
    pub fn new(lng: f64, lat: f64) -> Option<Self> {
        let fits = (-180.0..=180.0).contains(&lng) && (-90.0..=90.0).contains(&lat);
        fits.then_some(Self { lng, lat })
    }

    /// Metres to another point, on a sphere.
    pub fn metres_to(self, other: Self) -> f64 {
        let (lat, other_lat) = (self.lat.to_radians(), other.lat.to_radians());
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        let part = half(other_lat - lat) + lat.cos() * other_lat.cos() * half((other.lng - self.lng).to_radians());
        2.0 * 6_371_008.8 * part.sqrt().min(1.0).asin()
    }

    /// The same place in another system. Outside China both are the same.
    #[must_use]
    pub fn converted(self, from: Coordinates, to: Coordinates) -> Self {
        match (from, to) {
            (Coordinates::Wgs84, Coordinates::Gcj02) => wgs84_to_gcj02(self),
            (Coordinates::Gcj02, Coordinates::Wgs84) => gcj02_to_wgs84(self),
            _ => self,
        }
    }
}

/// The ellipsoid of the conversion (Krassovsky 1940).
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// Where maps published in China shift nothing.
fn is_outside_china(point: Point) -> bool {
    !(72.004..=137.8347).contains(&point.lng) || !(0.8293..=55.8271).contains(&point.lat)
}

/// A place measured by GPS, as maps published in China draw it.
pub fn wgs84_to_gcj02(point: Point) -> Point {
    if is_outside_china(point) { point } else { shifted(point) }
}

/// The other way: by trying until what is found lands where it should. Within a millimetre.
pub fn gcj02_to_wgs84(point: Point) -> Point {
    let mut found = point;
    for _ in 0..6 {
        let lands = shifted(found);
        found = Point {
            lng: found.lng - (lands.lng - point.lng),
            lat: found.lat - (lands.lat - point.lat),
        };
    }
    if is_outside_china(found) { point } else { found }
}

fn shifted(point: Point) -> Point {
    use std::f64::consts::PI;
    let (x, y) = (point.lng - 105.0, point.lat - 35.0);
    let waves = |of: f64, parts: [(f64, f64); 2]| -> f64 {
        parts
            .iter()
            .map(|(size, length)| size * (of / length * PI).sin())
            .sum::<f64>()
            * 2.0
            / 3.0
    };
    let both = waves(x, [(20.0, 1.0 / 6.0), (20.0, 0.5)]);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + both
        + waves(y, [(20.0, 1.0), (40.0, 3.0)])
        + waves(y, [(160.0, 12.0), (320.0, 30.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + both
        + waves(x, [(20.0, 1.0), (40.0, 3.0)])
        + waves(x, [(150.0, 12.0), (300.0, 30.0)]);
    let lat = point.lat.to_radians();
    let flat = 1.0 - ECCENTRICITY * lat.sin().powi(2);
    Point {
        lng: point.lng + (east * 180.0) / (AXIS / flat.sqrt() * lat.cos() * PI),
        lat: point.lat + (north * 180.0) / ((AXIS * (1.0 - ECCENTRICITY)) / (flat * flat.sqrt()) * PI),
    }
}

/// Degrees as text with up to nine places, a tenth of a millimetre; without the machinery of floating-point numbers, which
/// is large in the browser.
pub fn decimal(degrees: f64) -> String {
    const UNIT: i64 = 1_000_000_000;
    let parts = (degrees * UNIT as f64).round() as i64;
    let sign = if parts < 0 { "-" } else { "" };
    let parts = parts.abs();
    let rest = (parts % UNIT + UNIT).to_string();
    let rest = rest[1..].trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    [sign, &(parts / UNIT).to_string(), point, rest].concat()
}

/// An outline as it is written down: 「123.40,27.56 123.41,27.57 …」, at least three corners. Of several rings, parted by
/// `;`, the largest comes first; a point is inside when an odd number of them is around it, so islands and holes are rings
/// alike.
pub fn outline(text: &str) -> Option<Vec<Vec<Point>>> {
    let corner = |pair: &str| {
        let (lng, lat) = pair.split_once(',')?;
        Point::new(lng.parse().ok()?, lat.parse().ok()?)
    };
    let ring = |text: &str| {
        let corners: Option<Vec<Point>> = text.split_ascii_whitespace().map(corner).collect();
        corners.filter(|corners| corners.len() >= 3)
    };
    text.split(';').map(ring).collect()
}

/// Whether a point lies within an outline.
pub fn is_within(point: Point, outline: &[Vec<Point>]) -> bool {
    let mut inside = false;
    for ring in outline {
        for (at, a) in ring.iter().enumerate() {
            let b = ring[(at + 1) % ring.len()];
            let crosses = (a.lat > point.lat) != (b.lat > point.lat);
            if crosses && point.lng < (b.lng - a.lng) * (point.lat - a.lat) / (b.lat - a.lat) + a.lng {
                inside = !inside;
            }
        }
    }
    inside
}

/// The middle of a ring's area, where its name is written: however many corners one side of it has.
pub fn middle(ring: &[Point]) -> Option<Point> {
    let first = *ring.first()?;
    let (mut area, mut lng, mut lat) = (0.0, 0.0, 0.0);
    for (at, corner) in ring.iter().enumerate() {
        let next = ring[(at + 1) % ring.len()];
        // From the first corner on: the numbers stay small, and exact enough.
        let (east, north) = (corner.lng - first.lng, corner.lat - first.lat);
        let (next_east, next_north) = (next.lng - first.lng, next.lat - first.lat);
        let part = east * next_north - next_east * north;
        area += part;
        lng += (east + next_east) * part;
        lat += (north + next_north) * part;
    }
    (area != 0.0).then(|| Point {
        lng: first.lng + lng / (3.0 * area),
        lat: first.lat + lat / (3.0 * area),
    })
}
