//! Coordinates: two systems, one place.

use liaison_domain::geo::*;
use proptest::prelude::*;

#[test]
fn known_points_are_shifted_as_maps_in_china_shift_them() {
    // 天安门, as measured and as drawn; the shift is some five hundred metres there.
    let measured = Point::new(116.391_243, 39.907_335).expect("a value");
    let drawn = wgs84_to_gcj02(measured);
    assert!((drawn.lng - 116.397_486).abs() < 2e-5, "{drawn:?}");
    assert!((drawn.lat - 39.908_739).abs() < 2e-5, "{drawn:?}");
    let metres = measured.metres_to(drawn);
    assert!((300.0..800.0).contains(&metres), "{metres} m");
}

#[test]
fn a_point_belongs_to_the_outline_around_it() {
    let square = outline("123.40,27.50 123.41,27.50 123.41,27.51 123.40,27.51").expect("a value");
    assert!(is_within(Point::new(123.405, 27.505).expect("a value"), &square));
    assert!(!is_within(Point::new(123.415, 27.505).expect("a value"), &square));
    let middle = middle(&square[0]).expect("a value");
    assert!((middle.lng - 123.405).abs() < 1e-9 && (middle.lat - 27.505).abs() < 1e-9);
    assert_eq!(outline("123.4,27.5 123.5,27.5"), None, "two corners are no outline");
    assert_eq!(outline("123.4,27.5 here 123.5,27.5"), None);
    let island = "123.40,27.50 123.41,27.50 123.41,27.51 123.40,27.51;123.50,27.50 123.51,27.50 123.51,27.51";
    let island = outline(island).expect("a value");
    assert!(is_within(Point::new(123.5099, 27.5001).expect("a value"), &island));
    let lake =
        "123.40,27.50 123.44,27.50 123.44,27.54 123.40,27.54;123.41,27.51 123.43,27.51 123.43,27.53 123.41,27.53";
    let lake = outline(lake).expect("a value");
    assert!(!is_within(Point::new(123.42, 27.52).expect("a value"), &lake));
    assert!(is_within(Point::new(123.405, 27.52).expect("a value"), &lake));
    assert_eq!(outline("123.40,27.50 123.41,27.50 123.41,27.51;"), None);
    assert_eq!(Point::new(181.0, 0.0), None);
    assert_eq!(Point::new(f64::NAN, 0.0), None);
}

#[test]
fn degrees_are_written_as_short_as_they_were_given() {
    for (degrees, written) in [
        (123.4281, "123.4281"),
        (-0.000_001, "-0.000001"),
        (0.0, "0"),
        (180.0, "180"),
        (27.500_000_001, "27.500000001"),
    ] {
        assert_eq!(decimal(degrees), written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn there_and_back_is_within_a_metre_in_china(lng in 73.5..135.0_f64, lat in 3.5..53.5_f64) {
        let here = Point::new(lng, lat).expect("a value");
        let drawn = here.converted(Coordinates::Wgs84, Coordinates::Gcj02);
        let back = drawn.converted(Coordinates::Gcj02, Coordinates::Wgs84);
        prop_assert!(here.metres_to(back) < 1.0, "{} m off", here.metres_to(back));
        prop_assert!(here.metres_to(drawn) < 2_000.0, "shifted by {} m", here.metres_to(drawn));
    }

    #[test]
    fn what_has_nine_places_comes_back_bit_for_bit(nano in -180_000_000_000_i64..180_000_000_000) {
        let degrees = nano as f64 / 1e9;
        let back: f64 = decimal(degrees).parse().expect("a value");
        prop_assert_eq!(back.to_bits(), if nano == 0 { 0 } else { degrees.to_bits() });
    }

    #[test]
    fn elsewhere_nothing_is_shifted(lng in -180.0..71.0_f64, lat in -90.0..90.0_f64) {
        let here = Point::new(lng, lat).expect("a value");
        prop_assert_eq!(wgs84_to_gcj02(here), here);
        prop_assert_eq!(gcj02_to_wgs84(here), here);
    }
}
