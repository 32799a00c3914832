//! Reading GeoJSON (RFC 7946): what is an area becomes a [`Feature`], what is not is passed over.

use super::{CORNERS, Corner, FEATURES, Fault, Feature, Reading, Ring, corner, corners, twice_the_area};
use crate::geo::{Coordinates, Point};
use serde_json::{Map, Value};

/// Texts of a feature that are kept: more of them, or longer ones, are no names.
const PROPERTIES: usize = 40;
const TEXT: usize = 40;

type Position = (f64, f64);

/// Reads a file.
///
/// # Errors
/// [`Fault`]: the file is of no use as it is.
pub fn read(text: &str, how: Reading) -> Result<Vec<Feature>, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|_| Fault::NotJson)?;
    let mut found = Vec::new();
    collect(&value, &mut found)?;
    if found.is_empty() {
        return Err(Fault::NoAreas);
    }
    let all = || found.iter().flat_map(|(_, rings)| rings.iter().flatten());
    if found.len() > FEATURES || all().count() > CORNERS {
        return Err(Fault::TooMany);
    }
    let east_first = |&(one, other): &Position| if how.north_first { (other, one) } else { (one, other) };
    if !all().all(|position| is_in_china(east_first(position))) {
        let turned = |&(one, other): &Position| is_in_china(east_first(&(other, one)));
        return Err(if all().all(turned) {
            Fault::Swapped
        } else if all().any(|(one, other)| one.abs() > 180.0 || other.abs() > 180.0) {
            Fault::Metres
        } else {
            Fault::Abroad
        });
    }
    let features = found.into_iter().map(|(properties, rings)| {
        let placed = rings
            .iter()
            .map(|ring| placed(ring.iter().map(east_first), how.coordinates));
        let mut rings: Vec<Ring> = placed.filter(|ring| twice_the_area(ring) != 0).collect();
        // The same ring twice would be no area at all.
        rings.sort();
        rings.dedup();
        Feature { properties, rings }
    });
    let features: Vec<Feature> = features.filter(|feature| corners(&feature.rings) > 0).collect();
    if features.is_empty() {
        return Err(Fault::NoAreas);
    }
    Ok(features)
}

/// Generous: islands far out are China as well.
fn is_in_china((lng, lat): Position) -> bool {
    (73.0..=136.0).contains(&lng) && (3.0..=54.0).contains(&lat)
}

/// On the lattice, in WGS-84, without corners that fall together.
fn placed(ring: impl Iterator<Item = Position>, from: Coordinates) -> Ring {
    let points = ring.map(|(lng, lat)| corner(Point { lng, lat }.converted(from, Coordinates::Wgs84)));
    let mut corners: Vec<Corner> = points.collect();
    corners.dedup();
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    corners
}

type Found = (Vec<(String, String)>, Vec<Vec<Position>>);

fn collect(value: &Value, found: &mut Vec<Found>) -> Result<(), Fault> {
    let object = value.as_object().ok_or(Fault::NotGeoJson)?;
    let list = |name: &str| object.get(name).and_then(Value::as_array).ok_or(Fault::NotGeoJson);
    match kind(object) {
        "FeatureCollection" => list("features")?.iter().try_for_each(|one| collect(one, found)),
        "Feature" => {
            let mut rings = Vec::new();
            match object.get("geometry") {
                None | Some(Value::Null) => {}
                Some(geometry) => rings_of(geometry, &mut rings)?,
            }
            if !rings.is_empty() {
                found.push((properties(object.get("properties")), rings));
            }
            Ok(())
        }
        _ => {
            let mut rings = Vec::new();
            rings_of(value, &mut rings)?;
            if !rings.is_empty() {
                found.push((Vec::new(), rings));
            }
            Ok(())
        }
    }
}

fn kind(object: &Map<String, Value>) -> &str {
    object.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn rings_of(geometry: &Value, rings: &mut Vec<Vec<Position>>) -> Result<(), Fault> {
    let object = geometry.as_object().ok_or(Fault::NotGeoJson)?;
    let list = |name: &str| object.get(name).and_then(Value::as_array).ok_or(Fault::NotGeoJson);
    match kind(object) {
        "Polygon" => polygon(list("coordinates")?, rings),
        "MultiPolygon" => list("coordinates")?
            .iter()
            .try_for_each(|one| polygon(one.as_array().ok_or(Fault::NotGeoJson)?, rings)),
        "GeometryCollection" => list("geometries")?.iter().try_for_each(|one| rings_of(one, rings)),
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" => Ok(()),
        _ => Err(Fault::NotGeoJson),
    }
}

fn polygon(list: &[Value], rings: &mut Vec<Vec<Position>>) -> Result<(), Fault> {
    for ring in list {
        let ring = ring.as_array().ok_or(Fault::NotGeoJson)?;
        let positions: Option<Vec<Position>> = ring.iter().map(position).collect();
        rings.push(positions.ok_or(Fault::NotGeoJson)?);
    }
    Ok(())
}

/// East and north; a height is passed over.
fn position(value: &Value) -> Option<Position> {
    let numbers = value.as_array()?;
    Some((numbers.first()?.as_f64()?, numbers.get(1)?.as_f64()?))
}

fn properties(value: Option<&Value>) -> Vec<(String, String)> {
    let all = value.and_then(Value::as_object).into_iter().flatten();
    let texts = all.filter_map(|(name, value)| {
        let text = value.as_str()?.trim();
        let is_short = |text: &str| !text.is_empty() && text.chars().count() <= TEXT;
        (is_short(name) && is_short(text)).then(|| (name.clone(), text.to_owned()))
    });
    texts.take(PROPERTIES).collect()
}
