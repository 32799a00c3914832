//! Our own map of the district: communities as areas, stations as landmarks, the place as a pin. Lines and words only,
//! no tiles; a list of the same communities always stands beside it.

use crate::i18n::zh::guidance as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{AreaShape, Spot, StationCard};
use liaison_domain::geo::{Point, is_within, middle, outline};

/// Units across the picture.
const WIDTH: f64 = 1000.0;
/// Room around the outlines, in degrees.
const MARGIN: f64 = 0.002;

/// What the map is drawn from.
#[derive(Clone, Debug, Default)]
pub struct MapData {
    areas: Vec<(AreaShape, Vec<Vec<Point>>)>,
    landmarks: Vec<(String, Point)>,
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    /// Degrees of longitude are shorter than those of latitude by this.
    narrow: f64,
}

impl MapData {
    /// None where there is nothing to draw.
    pub fn new(shapes: &[AreaShape], stations: &[StationCard]) -> Option<Self> {
        let areas: Vec<_> = shapes
            .iter()
            .filter_map(|shape| Some((shape.clone(), outline(&shape.outline)?)))
            .collect();
        let corners = || areas.iter().flat_map(|(_, rings)| rings.iter().flatten());
        let west = corners().map(|p| p.lng).reduce(f64::min)? - MARGIN;
        let east = corners().map(|p| p.lng).reduce(f64::max)? + MARGIN;
        let south = corners().map(|p| p.lat).reduce(f64::min)? - MARGIN;
        let north = corners().map(|p| p.lat).reduce(f64::max)? + MARGIN;
        let landmarks = stations
            .iter()
            .filter_map(|card| Some((card.name.clone(), Point::new(card.lng, card.lat)?)))
            .filter(|(_, point)| (west..=east).contains(&point.lng) && (south..=north).contains(&point.lat))
            .collect();
        Some(Self {
            areas,
            landmarks,
            west,
            north,
            across: east - west,
            down: north - south,
            narrow: cosine(f64::midpoint(south, north)),
        })
    }

    /// Units down the picture.
    fn height(&self) -> f64 {
        WIDTH * self.down / (self.across * self.narrow)
    }

    fn place(&self, point: Point) -> (f64, f64) {
        (
            (point.lng - self.west) / self.across * WIDTH,
            (self.north - point.lat) / self.down * self.height(),
        )
    }

    /// The point at a share of the picture's width and height.
    pub fn point_at(&self, across: f64, down: f64) -> Option<Point> {
        Point::new(
            self.west + across.clamp(0.0, 1.0) * self.across,
            self.north - down.clamp(0.0, 1.0) * self.down,
        )
    }

    /// A point moved by steps of a thirtieth of the picture, not beyond its edge; from nowhere it begins in the middle.
    pub fn moved(&self, from: Option<Point>, across: f64, down: f64) -> Option<Point> {
        let Some(from) = from else {
            return self.point_at(0.5, 0.5);
        };
        self.point_at(
            (from.lng - self.west) / self.across + across / 30.0,
            (self.north - from.lat) / self.down + down / 30.0,
        )
    }

    /// Whether a point lies in the picture.
    pub fn shows(&self, point: Point) -> bool {
        (0.0..=self.across).contains(&(point.lng - self.west)) && (0.0..=self.down).contains(&(self.north - point.lat))
    }

    /// The community that a point lies in, or the nearest.
    pub fn area_of(&self, point: Point) -> Option<&AreaShape> {
        let around = self.areas.iter().find(|(_, rings)| is_within(point, rings));
        let away = |rings: &[Vec<Point>]| {
            middle_of(rings).map_or(f64::MAX, |middle| {
                let (across, down) = ((middle.lng - point.lng) * self.narrow, middle.lat - point.lat);
                across * across + down * down
            })
        };
        let nearest = || self.areas.iter().min_by(|a, b| away(&a.1).total_cmp(&away(&b.1)));
        around.or_else(nearest).map(|(shape, _)| shape)
    }
}

/// The cosine of degrees, near enough for drawing; the library's own is large in the browser.
fn cosine(degrees: f64) -> f64 {
    let square = (degrees / 180.0 * core::f64::consts::PI).powi(2);
    1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)))
}

/// Where an outline's name is written: in its largest ring.
fn middle_of(rings: &[Vec<Point>]) -> Option<Point> {
    middle(rings.first()?)
}

/// A coordinate of the picture, in whole units.
fn unit(value: f64) -> String {
    (value as i32).to_string()
}

/// The picture, with a pin where the place is: measured as our map is, in WGS-84.
pub fn map_picture(map: &MapData, spot: Option<&Spot>, id: &'static str) -> AnyView {
    let point = spot.and_then(Spot::point);
    let here = point
        .and_then(|point| map.area_of(point))
        .map(|shape| shape.code.clone());
    let areas = map
        .areas
        .iter()
        .map(|(shape, rings)| {
            let mut line = String::new();
            for ring in rings {
                let mut begin = "M";
                for corner in ring {
                    let (x, y) = map.place(*corner);
                    line = [&line, begin, &unit(x), " ", &unit(y)].concat();
                    begin = "L";
                }
                line.push('Z');
            }
            let (x, y) = middle_of(rings).map_or((0.0, 0.0), |middle| map.place(middle));
            let class = if here.as_ref() == Some(&shape.code) {
                "map__area map__area--here"
            } else {
                "map__area"
            };
            let name = shape.name.trim_end_matches("社区").to_owned();
            view! {
                <g>
                    <path class=class d=line fill-rule="evenodd"></path>
                    <text class="map__name" x=unit(x) y=unit(y)>{name}</text>
                </g>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let landmarks = map
        .landmarks
        .iter()
        .map(|(name, point)| {
            let (x, y) = map.place(*point);
            view! {
                <circle class="map__station" cx=unit(x) cy=unit(y) r="11">
                    <title>{name.clone()}</title>
                </circle>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let pin = point.map(|point| {
        let (x, y) = map.place(point);
        view! {
            <path
                class="map__pin"
                transform=["translate(", &unit(x), " ", &unit(y), ")"].concat()
                d="M0 0c-22-34-34-48-34-66a34 34 0 0 1 68 0c0 18-12 32-34 66zm0-80a14 14 0 1 0 0 28 14 14 0 0 0 0-28z"
            ></path>
        }
    });
    let title = format!("{id}-title");
    let desc = format!("{id}-desc");
    view! {
        <svg
            class="map__picture"
            viewBox=["0 0 1000 ", &unit(map.height())].concat()
            role="img"
            aria-labelledby=format!("{title} {desc}")
        >
            <title id=title.clone()>{words::MAP_TITLE}</title>
            <desc id=desc.clone()>{words::MAP_DESC}</desc>
            {areas}
            {landmarks}
            {pin}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> MapData {
        let shape = |code: &str, west: f64| AreaShape {
            code: code.into(),
            name: code.into(),
            outline: format!("{west},27.50 {e},27.50 {e},27.51 {west},27.51", e = west + 0.01),
        };
        MapData::new(&[shape("a", 123.40), shape("b", 123.41)], &[]).unwrap_or_default()
    }

    #[test]
    fn a_tap_finds_its_community_and_arrows_stay_in_the_picture() {
        let map = map();
        let left = map
            .point_at(0.25, 0.5)
            .and_then(|point| map.area_of(point))
            .map(|shape| shape.code.clone());
        assert_eq!(left.as_deref(), Some("a"));
        let mut point = map.moved(None, 0.0, 0.0);
        for _ in 0..100 {
            point = map.moved(point, 1.0, 0.0);
        }
        let point = point.unwrap_or_else(|| unreachable!("a point"));
        assert!(map.shows(point), "{point:?} left the picture");
        assert_eq!(
            map.area_of(point).map(|shape| shape.code.as_str()),
            Some("b"),
            "the nearest where none is around it"
        );
        assert!((cosine(27.5) - 27.5_f64.to_radians().cos()).abs() < 1e-6);
        assert!(MapData::new(&[], &[]).is_none(), "without outlines there is no map");
    }
}
