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
            &format!("AND ({key} {beyond} ? OR ({key} = ? AND {id} {beyond} ?))"),
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
        format!("AND ({key} {beyond} {at} OR ({key} = {at} AND {id} {beyond} {at_id}))")
    });
    let rows = mark(part.rows.into());
    let limit = format!("LIMIT CAST({rows} AS BIGINT)");
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
    let by_station = |station: &str| format!("AND m.station_id = {station}");
    let by_state = |state: &str| format!("AND m.state = {state}");
    let text = match (stations, lane.states, engine) {
        ([], [], _) => rows_of(""),
        ([station], [], _) => rows_of(&by_station(station)),
        ([], [state], _) => rows_of(&by_state(&quoted(state))),
        ([station], [state], _) => rows_of(&[by_station(station), by_state(&quoted(state))].join(" ")),
        (stations, states, Engine::Sqlite) => {
            let parts: Vec<String> = pairs(stations, states)
                .map(|(station, state)| {
                    let one = [
                        station.map(|station| by_station(station)).unwrap_or_default(),
                        state.map(|state| by_state(&quoted(state))).unwrap_or_default(),
                    ];
                    format!("SELECT at_id, sort_key FROM ({})", rows_of(&one.join(" ")))
                })
                .collect();
            format!(
                "{} ORDER BY sort_key {direction}, at_id {direction} {limit}",
                parts.join(" UNION ALL ")
            )
        }
        (stations, states, Engine::Postgres) => {
            // One question for all of them: so many would take long to plan.
            let mut list = Vec::new();
            for (station, state) in pairs(stations, states) {
                let station = station.map_or_else(|| "''".to_owned(), |station| format!("CAST({station} AS TEXT)"));
                let state = state.map_or_else(|| "''".to_owned(), |state| quoted(state));
                list.push(format!("({station}, {state})"));
            }
            let one = [
                (!stations.is_empty())
                    .then(|| by_station("x.station"))
                    .unwrap_or_default(),
                (!states.is_empty()).then(|| by_state("x.state")).unwrap_or_default(),
            ];
            format!(
                "SELECT r.at_id, r.sort_key FROM (VALUES {}) AS x (station, state) CROSS JOIN LATERAL ({}) r \
                 ORDER BY r.sort_key {direction}, r.at_id {direction} {limit}",
                list.join(", "),
                rows_of(&one.join(" "))
            )
        }
    };
    let mut query = Query::with(values);
    query.push(&text, []);
    query
}

fn quoted(state: &str) -> String {
    ["'", state, "'"].concat()
}

/// Each station with each state; none for what does not divide the lane.
fn pairs<'a>(
    stations: &'a [String],
    states: &'a [&'a str],
) -> impl Iterator<Item = (Option<&'a str>, Option<&'a str>)> {
    let stations: Vec<Option<&str>> = if stations.is_empty() {
        vec![None]
    } else {
        stations.iter().map(|station| Some(station.as_str())).collect()
    };
    let states: Vec<Option<&str>> = if states.is_empty() {
        vec![None]
    } else {
        states.iter().copied().map(Some).collect()
    };
    stations
        .into_iter()
        .flat_map(move |station| states.clone().into_iter().map(move |state| (station, state)))
}
