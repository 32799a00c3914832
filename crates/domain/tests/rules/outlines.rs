//! Outlines from other programs: what is read, what is refused and why, whose they are, and how few corners do.

use liaison_domain::geo::{Coordinates, Point, is_within, outline};
use liaison_domain::outlines::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const WGS: Reading = Reading {
    coordinates: Coordinates::Wgs84,
    north_first: false,
};

fn square(west: f64, south: f64) -> Value {
    let (east, north) = (west + 0.01, south + 0.01);
    json!([[
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south]
    ]])
}

fn feature(name: &str, geometry: &Value) -> Value {
    json!({ "type": "Feature", "properties": { "code": "x", "SQMC": name }, "geometry": geometry })
}

fn polygon(west: f64, south: f64) -> Value {
    json!({ "type": "Polygon", "coordinates": square(west, south) })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

#[test]
fn a_file_gives_areas_with_names_islands_and_holes() {
    let lake = json!([
        [123.402, 27.502],
        [123.404, 27.502],
        [123.404, 27.504],
        [123.402, 27.502]
    ]);
    let mut with_lake = square(123.40, 27.50);
    with_lake.as_array_mut().expect("rings").push(lake);
    let islands = json!({ "type": "MultiPolygon", "coordinates": [with_lake, square(123.45, 27.50)] });
    let way = json!({ "type": "LineString", "coordinates": [[123.4, 27.5], [123.5, 27.5]] });
    let text = collection(&[
        feature("银杏社区", &islands),
        feature("一条路", &way),
        feature("空", &Value::Null),
    ]);
    let found = read(&text, WGS).expect("a file");
    assert_eq!(found.len(), 1, "lines are no areas");
    assert_eq!(found[0].text("SQMC"), "银杏社区");
    let kept = outline(&written(&found[0].rings)).expect("an outline");
    let inside = |lng, lat| is_within(Point { lng, lat }, &kept);
    assert!(inside(123.401, 27.501) && inside(123.455, 27.505));
    assert!(!inside(123.4035, 27.5025), "the lake is not part of it");
    assert!(!inside(123.43, 27.505), "nor is the sea between");
    let again = kept
        .iter()
        .map(|ring| ring.iter().copied().map(corner).collect::<Ring>());
    assert_eq!(
        again.collect::<Vec<_>>(),
        liaison_domain::outlines::kept(&written(&found[0].rings))
    );
}

#[test]
fn what_is_of_no_use_says_why() {
    let one = |geometry: Value| collection(&[feature("银杏社区", &geometry)]);
    let metres = json!({ "type": "Polygon", "coordinates": [[[512_345.1, 3_051_234.5], [512_445.1, 3_051_234.5], [512_445.1, 3_051_334.5]]] });
    let swapped = json!({ "type": "Polygon", "coordinates": [[[27.50, 123.40], [27.50, 123.41], [27.51, 123.41]]] });
    let flat = json!({ "type": "Polygon", "coordinates": [[[123.40, 27.50], [123.41, 27.50], [123.40, 27.50]]] });
    let many = vec![feature("银杏社区", &polygon(123.4, 27.5)); FEATURES + 1];
    let cases = [
        ("<kml/>".to_owned(), Fault::NotJson),
        ("[1]".to_owned(), Fault::NotGeoJson),
        (
            json!({ "type": "Topology", "objects": {} }).to_string(),
            Fault::NotGeoJson,
        ),
        (json!({ "type": "FeatureCollection" }).to_string(), Fault::NotGeoJson),
        (
            one(json!({ "type": "Polygon", "coordinates": [[["a", "b"]]] })),
            Fault::NotGeoJson,
        ),
        (
            one(json!({ "type": "Point", "coordinates": [123.4, 27.5] })),
            Fault::NoAreas,
        ),
        (one(flat), Fault::NoAreas),
        (one(metres), Fault::Metres),
        (one(swapped.clone()), Fault::Swapped),
        (one(polygon(-0.1, 51.5)), Fault::Abroad),
        (collection(&many), Fault::TooMany),
    ];
    for (text, fault) in cases {
        assert_eq!(read(&text, WGS).err(), Some(fault), "{text:.80}");
    }
    let turned = Reading {
        north_first: true,
        ..WGS
    };
    assert!(read(&one(swapped), turned).is_ok());
    assert_eq!(read(&one(polygon(123.4, 27.5)), turned).err(), Some(Fault::Swapped));
}

#[test]
fn what_a_map_of_china_shifted_is_shifted_back() {
    let text = collection(&[feature("银杏社区", &polygon(123.40, 27.50))]);
    let gcj = Reading {
        coordinates: Coordinates::Gcj02,
        ..WGS
    };
    let found = read(&text, gcj).expect("a file");
    let drawn = Point {
        lng: 123.40,
        lat: 27.50,
    };
    let meant = drawn.converted(Coordinates::Gcj02, Coordinates::Wgs84);
    let nearest = found[0].rings[0]
        .iter()
        .map(|one| point(*one).metres_to(meant))
        .fold(f64::MAX, f64::min);
    assert!(nearest < 1.0, "{nearest} m off");
    assert!(drawn.metres_to(meant) > 100.0, "and that is not where it was drawn");
}

#[test]
fn names_are_found_as_offices_write_them() {
    let known = |name: &str| Known {
        name: name.into(),
        within: vec!["云帆街道".into(), "听海区".into(), "澜州市".into()],
    };
    let known = [
        known("银杏社区"),
        known("望楼社区"),
        known("晨光社区"),
        known("晨光村"),
        known("沙埠村"),
    ];
    let names = [
        ("银杏社区", Some(0)),
        ("银杏", Some(0)),
        ("银杏社区居委会", Some(0)),
        ("云帆街道银杏社区居民委员会", Some(0)),
        ("听海区云帆街道 望楼社区", Some(1)),
        ("晨光社区", Some(2)),
        ("晨光社区居委会", Some(2)),
        ("云帆街道晨光村村民委员会", Some(3)),
        ("沙埠村居委会", Some(4)),
        ("沙埠村委会", Some(4)),
        ("晨光", None),
        ("社区", None),
        ("远山社区", None),
        ("", None),
    ];
    let features: Vec<Value> = names
        .iter()
        .map(|(name, _)| feature(name, &polygon(123.4, 27.5)))
        .collect();
    let features = read(&collection(&features), WGS).expect("a file");
    let property = guess_property(&features, &known).expect("a property");
    assert_eq!(property, "SQMC", "the one whose texts are theirs");
    let found = matches(&features, &property, &known);
    for ((name, expected), found) in names.iter().zip(found) {
        assert_eq!(found, *expected, "{name}");
    }
}

/// Two communities beside each other, their border as a wiggle through all of these.
fn neighbours(wiggle: &[i32]) -> [Vec<Ring>; 2] {
    let (west, middle, east, south) = (12_340_000, 12_341_000, 12_342_000, 2_750_000);
    let north = south + 20 * (wiggle.len() as i32 + 1);
    let border: Vec<Corner> = wiggle
        .iter()
        .zip(1..)
        .map(|(out, at)| (middle + out, south + 20 * at))
        .collect();
    let left = [(west, south), (middle, south)]
        .into_iter()
        .chain(border.iter().copied());
    let left = left.chain([(middle, north), (west, north)]).collect();
    let right = [(east, north), (middle, north)]
        .into_iter()
        .chain(border.iter().rev().copied());
    let right = right.chain([(middle, south), (east, south)]).collect();
    [vec![left], vec![right]]
}

/// Metres from a corner to the line around a ring.
fn metres_to(ring: &Ring, corner: Corner) -> f64 {
    let plane = |(lng, lat): Corner| {
        let narrow = (f64::from(lat) / 1e5).to_radians().cos();
        (f64::from(lng) * 1.112 * narrow, f64::from(lat) * 1.112)
    };
    let (x, y) = plane(corner);
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    let away = pairs.map(|(one, next)| {
        // The same latitude for all three: a difference of degrees is what counts.
        let narrow = (f64::from(corner.1) / 1e5).to_radians().cos();
        let flat = |(lng, lat): Corner| (f64::from(lng) * 1.112 * narrow, f64::from(lat) * 1.112);
        let ((x1, y1), (x2, y2)) = (flat(*one), flat(*next));
        let (across, up) = (x2 - x1, y2 - y1);
        let along = ((x - x1) * across + (y - y1) * up) / (across * across + up * up).max(f64::MIN_POSITIVE);
        let along = along.clamp(0.0, 1.0);
        (x - x1 - along * across).hypot(y - y1 - along * up)
    });
    away.fold(f64::MAX, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn fewer_corners_are_the_same_map(wiggle in proptest::collection::vec(-60..60_i32, 1..120), most in 12..200_usize) {
        let before = neighbours(&wiggle);
        let Some(fitted) = fit(&before, most) else {
            return Err(TestCaseError::fail("two hundred metres are more than any wiggle"));
        };
        let tolerance = f64::from(fitted.tolerance);
        prop_assert!(fitted.outlines.iter().map(|rings| corners(rings)).sum::<usize>() <= most);
        for (was, is) in before.iter().zip(&fitted.outlines) {
            prop_assert_eq!(is.len(), 1);
            prop_assert!(is[0].len() >= 3);
            prop_assert!(is[0].iter().all(|corner| was[0].contains(corner)), "no corner is made up");
            for corner in &was[0] {
                let away = metres_to(&is[0], *corner);
                prop_assert!(away <= tolerance * 1.01 + 0.5, "{} m off with {} m", away, tolerance);
            }
        }
        let border = |ring: &Ring| {
            let mut all: Vec<Corner> = ring.iter().copied().filter(|(lng, _)| (lng - 12_341_000).abs() < 500).collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(border(&fitted.outlines[0][0]), border(&fitted.outlines[1][0]), "the border is one line still");
    }

    #[test]
    fn what_fits_is_left_as_it_is(wiggle in proptest::collection::vec(1..60_i32, 1..40)) {
        // A zigzag: no corner lies on a line between others.
        let wiggle: Vec<i32> = wiggle.iter().zip([1, -1].into_iter().cycle()).map(|(out, side)| (out + 2) * side).collect();
        let before = neighbours(&wiggle);
        let fitted = fit(&before, 1_000).expect("it fits");
        prop_assert_eq!(fitted.tolerance, 0);
        for (was, is) in before.iter().zip(&fitted.outlines) {
            prop_assert_eq!(was[0].len(), is[0].len());
        }
    }

    #[test]
    fn outlines_are_written_and_read_alike(ring in proptest::collection::vec((7_300_000..13_600_000_i32, 300_000..5_400_000_i32), 3..40)) {
        let again = kept(&written(std::slice::from_ref(&ring)));
        prop_assert_eq!(again, vec![ring]);
    }

    #[test]
    fn no_file_breaks_the_reader(text in "\\PC{0,200}", depth in 0..200_usize) {
        let _ = read(&text, WGS);
        let nested = ["[".repeat(depth), "]".repeat(depth)].concat();
        let _ = read(&format!("{{\"type\":\"Polygon\",\"coordinates\":{nested}}}"), WGS);
        let _ = read(&["{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(depth), "]}".repeat(depth)].concat(), WGS);
    }

    #[test]
    fn any_ring_becomes_an_outline_or_nothing(
        ring in proptest::collection::vec((73.0..136.0_f64, 3.0..54.0_f64), 0..30), most in 3..40_usize,
    ) {
        let corners: Vec<_> = ring.iter().map(|(lng, lat)| json!([lng, lat])).collect();
        let text = collection(&[feature("甲", &json!({ "type": "Polygon", "coordinates": [corners] }))]);
        let Ok(found) = read(&text, WGS) else { return Ok(()) };
        let all: Vec<Vec<Ring>> = found.into_iter().map(|one| one.rings).collect();
        if let Some(fitted) = fit(&all, most) {
            prop_assert!(outline(&written(&fitted.outlines[0])).is_some());
        }
    }
}
