//! Which rows of a lane stand on a page.
//!
//! An index has a lane's rows in order within each station and each state. A lane of several is put together from the
//! first rows of each: as many as a page holds are read from each, however many there are.

use super::lanes::Lane;
use super::{Desk, MOMENT};
use crate::Engine;
use crate::page::Cursor;
use crate::sql::Query;

/// How a lane is sorted.
pub(super) struct Order {
    pub key: &'static str,
    pub id: &'static str,
    pub newest_first: bool,
}

impl Order {
    pub const fn direction(&self) -> &'static str {
        if self.newest_first { "DESC" } else { "ASC" }
    }

    const fn beyond(&self) -> &'static str {
        if self.newest_first { "<" } else { ">" }
    }
}

/// Which rows of that order.
pub(super) struct Part {
    pub after: Option<Cursor>,
    pub rows: i64,
}

/// The rows' ids (`at_id`) and keys (`sort_key`), of a lane narrowed by words or filters.
pub(super) fn narrowed(narrowed: &Query, order: &Order, part: Part) -> Query {
    let Order { key, id, .. } = order;
    let (beyond, direction) = (order.beyond(), order.direction());
    let mut query = narrowed.after(&format!("SELECT {id} AS at_id, {key} AS sort_key"));
    if let Some(after) = part.after {
        query.push(
            &format!("AND {key} {beyond}= ? AND ({key} {beyond} ? OR {id} {beyond} ?)"),
            [after.key.into(), after.key.into(), after.id.into()],
        );
    }
    query.push(
        &format!("ORDER BY {key} {direction}, {id} {direction} LIMIT ?"),
        [part.rows.into()],
    );
    query
}

/// The same of a whole lane.
pub(super) fn whole(desk: &Desk, lane: &Lane, order: &Order, part: Part, engine: Engine) -> Query {
    let Order { key, id, .. } = order;
    let (beyond, direction) = (order.beyond(), order.direction());
    let mut values = desk.values.clone();
    let mut mark = |value: sea_orm::Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let further = part.after.map_or_else(String::new, |after| {
        let (at, at_id) = (mark(after.key.into()), mark(after.id.into()));
        // Where to begin in the index, and then which of those of that very moment.
        format!("AND {key} {beyond}= {at} AND ({key} {beyond} {at} OR {id} {beyond} {at_id})")
    });
    // Written out: PostgreSQL takes an unknown number for many rows, and then plans the question anew each time because
    // that looks cheaper, though planning takes longer than answering.
    let limit = format!("LIMIT {}", part.rows);
    let stations: &[String] = if lane.is_by_station { &desk.stations } else { &[] };
    let whose = if lane.is_by_station {
        desk.scope.clone()
    } else {
        desk.whose()
    };
    // `one`: the station and state, if the lane is put together from several.
    let rows_of = |one: &str| {
        format!(
            "SELECT {id} AS at_id, {key} AS sort_key {} WHERE {MOMENT} AND {whose} {one} AND ({}) {further} \
             ORDER BY {key} {direction}, {id} {direction} {limit}",
            desk.from, lane.rest
        )
    };
    let pairs = pairs(stations, lane.states);
    let text = match (pairs.as_slice(), engine) {
        ([pair], _) => rows_of(&pair.condition()),
        (pairs, Engine::Sqlite) => {
            let parts: Vec<String> = pairs
                .iter()
                .map(|pair| format!("SELECT at_id, sort_key FROM ({})", rows_of(&pair.condition())))
                .collect();
            format!(
                "{} ORDER BY sort_key {direction}, at_id {direction} {limit}",
                parts.join(" UNION ALL ")
            )
        }
        (pairs, Engine::Postgres) => {
            // One question for all of them: so many would take long to plan.
            let list: Vec<String> = pairs.iter().map(Pair::values).collect();
            let each = pairs.first().map(|pair| pair.named("x.station", "x.state").condition());
            format!(
                "SELECT r.at_id, r.sort_key FROM (VALUES {}) AS x (station, state) CROSS JOIN LATERAL ({}) r \
                 ORDER BY r.sort_key {direction}, r.at_id {direction} {limit}",
                list.join(", "),
                rows_of(&each.unwrap_or_default())
            )
        }
    };
    let mut query = Query::with(values);
    query.push(&text, []);
    query
}

/// A station and a state, as SQL; none for what does not divide the lane.
#[derive(Clone)]
struct Pair {
    station: Option<String>,
    state: Option<String>,
}

impl Pair {
    fn condition(&self) -> String {
        let station = self
            .station
            .iter()
            .map(|station| format!("AND m.station_id = {station}"));
        let state = self.state.iter().map(|state| format!("AND m.state = {state}"));
        station.chain(state).collect::<Vec<_>>().join(" ")
    }

    /// As a row of values.
    fn values(&self) -> String {
        let of = |text: &Option<String>| format!("CAST({} AS TEXT)", text.as_deref().unwrap_or("NULL"));
        format!("({}, {})", of(&self.station), of(&self.state))
    }

    /// The same columns under these names.
    fn named(&self, station: &str, state: &str) -> Self {
        Self {
            station: self.station.as_ref().map(|_| station.to_owned()),
            state: self.state.as_ref().map(|_| state.to_owned()),
        }
    }
}

/// Each station with each state.
fn pairs(stations: &[String], states: &[&str]) -> Vec<Pair> {
    let whole = Pair {
        station: None,
        state: None,
    };
    let mut all = vec![whole];
    if !stations.is_empty() {
        let with = |pair: &Pair| {
            let station = |station: &String| Pair {
                station: Some(station.clone()),
                ..pair.clone()
            };
            stations.iter().map(station).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    if !states.is_empty() {
        let with = |pair: &Pair| {
            let state = |state: &&str| Pair {
                state: Some(["'", state, "'"].concat()),
                ..pair.clone()
            };
            states.iter().map(state).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}
