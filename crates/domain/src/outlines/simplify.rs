//! Fewer corners, and still the same map: borders that two communities share stay shared.
//!
//! Rings are cut where borders meet, and each piece is thinned after Douglas and Peucker. A corner's weight is how far the
//! line would move without it, so one walk over all pieces answers for every tolerance.

use super::{Corner, Ring, corners};
use std::collections::BTreeMap;

/// Tolerances that are tried, in metres.
const TRIED: [u32; 8] = [0, 2, 5, 10, 20, 50, 100, 200];
/// Metres of a lattice unit north; east it is less by the cosine of the latitude.
const METRES: f64 = 1.111_95;

/// Outlines that fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// In the order they came.
    pub outlines: Vec<Vec<Ring>>,
    /// No line moved farther than this, in metres; 0: nothing was lost.
    pub tolerance: u32,
}

/// The same outlines with at most so many corners in all; none where that would be another map.
pub fn fit(outlines: &[Vec<Ring>], most: usize) -> Option<Fitted> {
    let rings: Vec<&Ring> = outlines.iter().flatten().collect();
    let plane = Plane::over(&rings);
    let meeting = Meeting::of(&rings);
    let weighed: Vec<Vec<Vec<Weighed>>> = outlines
        .iter()
        .map(|outline| outline.iter().map(|ring| weigh(ring, &meeting, plane)).collect())
        .collect();
    TRIED.into_iter().find_map(|tolerance| {
        let outlines: Vec<Vec<Ring>> = weighed
            .iter()
            .map(|rings| thinned(rings, f64::from(tolerance), plane))
            .collect();
        let count: usize = outlines.iter().map(|rings| corners(rings)).sum();
        (count <= most).then_some(Fitted { outlines, tolerance })
    })
}

/// A corner with how far the line would move without it, in metres.
type Weighed = (Corner, f64);

/// How lattice units become metres.
#[derive(Clone, Copy)]
struct Plane {
    narrow: f64,
}

impl Plane {
    fn over(rings: &[&Ring]) -> Self {
        let lats = || rings.iter().flat_map(|ring| ring.iter().map(|(_, lat)| *lat));
        let middle = f64::midpoint(
            f64::from(lats().min().unwrap_or_default()),
            f64::from(lats().max().unwrap_or_default()),
        );
        Self {
            narrow: (middle / super::UNITS).to_radians().cos(),
        }
    }

    fn metres(self, (lng, lat): Corner) -> (f64, f64) {
        (f64::from(lng) * METRES * self.narrow, f64::from(lat) * METRES)
    }

    /// How far a corner is from a line between two others, the same from both ends.
    fn away(self, corner: Corner, one: Corner, other: Corner) -> f64 {
        let (from, to) = if one <= other { (one, other) } else { (other, one) };
        let ((x, y), (x1, y1), (x2, y2)) = (self.metres(corner), self.metres(from), self.metres(to));
        let (across, up) = (x2 - x1, y2 - y1);
        let long = across * across + up * up;
        let along = if long > 0.0 {
            (((x - x1) * across + (y - y1) * up) / long).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (x - x1 - along * across).hypot(y - y1 - along * up)
    }
}

/// Where borders meet: corners that do not have the same two neighbours in every ring.
struct Meeting(BTreeMap<Corner, (Corner, Corner, bool)>);

impl Meeting {
    fn of(rings: &[&Ring]) -> Self {
        let mut all: BTreeMap<Corner, (Corner, Corner, bool)> = BTreeMap::new();
        for ring in rings {
            for (at, corner) in ring.iter().enumerate() {
                let before = ring[(at + ring.len() - 1) % ring.len()];
                let after = ring[(at + 1) % ring.len()];
                let (one, other) = (before.min(after), before.max(after));
                let known = all.entry(*corner).or_insert((one, other, false));
                known.2 |= (known.0, known.1) != (one, other);
            }
        }
        Self(all)
    }

    fn is_at(&self, corner: Corner) -> bool {
        self.0.get(&corner).is_some_and(|(_, _, meet)| *meet)
    }
}

/// Every corner of a ring with its weight. Begins where borders meet; a ring that meets none, at its least corner.
fn weigh(ring: &Ring, meeting: &Meeting, plane: Plane) -> Vec<Weighed> {
    let first = ring.iter().position(|corner| meeting.is_at(*corner));
    let least = || {
        ring.iter()
            .enumerate()
            .min_by_key(|(_, corner)| **corner)
            .map(|(at, _)| at)
    };
    let Some(start) = first.or_else(least) else {
        return Vec::new();
    };
    let mut turned: Vec<Weighed> = ring[start..].iter().chain(&ring[..start]).map(|c| (*c, 0.0)).collect();
    // Closed, so that the last piece has an end.
    turned.push((ring[start], f64::INFINITY));
    turned[0].1 = f64::INFINITY;
    let mut from = 0;
    for at in 1..turned.len() {
        if at == turned.len() - 1 || meeting.is_at(turned[at].0) {
            turned[at].1 = f64::INFINITY;
            weigh_piece(&mut turned[from..=at], plane);
            from = at;
        }
    }
    turned.pop();
    turned
}

/// Weighs what lies between the ends of a piece. One that ends where it began is cut at its farthest corner.
fn weigh_piece(piece: &mut [Weighed], plane: Plane) {
    let last = piece.len() - 1;
    let mut open = vec![(0, last, f64::INFINITY)];
    if piece[0].0 == piece[last].0 {
        let Some(middle) = farthest(piece, 0, last, plane) else {
            return;
        };
        piece[middle.0].1 = f64::INFINITY;
        open = vec![(0, middle.0, f64::INFINITY), (middle.0, last, f64::INFINITY)];
    }
    while let Some((from, to, most)) = open.pop() {
        if let Some((at, away)) = farthest(piece, from, to, plane) {
            let weight = away.min(most);
            piece[at].1 = weight;
            open.extend([(from, at, weight), (at, to, weight)]);
        }
    }
}

/// The corner between two others that is farthest from the line between them; of two, always the same.
fn farthest(piece: &[Weighed], from: usize, to: usize, plane: Plane) -> Option<(usize, f64)> {
    let (one, other) = (piece[from].0, piece[to].0);
    (from + 1..to)
        .map(|at| (at, plane.away(piece[at].0, one, other)))
        .max_by(|(a, near), (b, far)| near.total_cmp(far).then_with(|| piece[*a].0.cmp(&piece[*b].0)))
}

/// An outline's rings at a tolerance. What is smaller than that goes, except for the largest ring.
fn thinned(rings: &[Vec<Weighed>], tolerance: f64, plane: Plane) -> Vec<Ring> {
    let sizes: Vec<f64> = rings.iter().map(|ring| size(ring, plane)).collect();
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    let kept = rings.iter().zip(&sizes);
    let kept = kept.filter(|(_, size)| **size >= tolerance || **size >= largest);
    kept.map(|(ring, _)| thin(ring, tolerance, plane)).collect()
}

/// The longer side of what is around a ring, in metres.
fn size(ring: &[Weighed], plane: Plane) -> f64 {
    let all = || ring.iter().map(|(corner, _)| plane.metres(*corner));
    let span = |of: fn((f64, f64)) -> f64| {
        let (least, most) = all()
            .map(of)
            .fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        most - least
    };
    span(|(x, _)| x).max(span(|(_, y)| y))
}

/// At least three corners: a ring never becomes a line.
fn thin(ring: &[Weighed], tolerance: f64, plane: Plane) -> Ring {
    let kept: Vec<&Weighed> = ring.iter().filter(|(_, weight)| *weight > tolerance).collect();
    if let [(one, _), (other, _)] = kept[..] {
        let rest = ring.iter().map(|(corner, _)| *corner);
        let third = rest.max_by(|a, b| plane.away(*a, *one, *other).total_cmp(&plane.away(*b, *one, *other)));
        return [*one, *other].into_iter().chain(third).collect();
    }
    kept.into_iter().map(|(corner, _)| *corner).collect()
}
