//! Lanes of the desk: what waits for whom, most urgent first, with counts.
//!
//! A lane is a condition on the letters' (or the tasks') columns; the names are those of
//! `liaison_domain::dto::{OFFICE,UNIT,DEPUTY}_LANES`. Lanes may overlap: an urgent letter is also new or overdue.

mod board;
mod counts;
mod kept;
mod lanes;
mod page;
mod row;

pub(crate) use self::kept::KeptCounts;
use self::lanes::{ENDED, Lane, TASK_OPEN, WAITS, deputy_lane, office_lane, unit_lane};
use self::row::{COLUMNS, JOINS, Row};
use crate::page::{Cursor, cut};
use crate::search::Search;
use crate::sql::{Query, strings};
use crate::{Store, StoreError};
use liaison_domain::dto::{COUNTED, DEPUTY_LANES, OFFICE_LANES, Queue, UNIT_LANES};
use liaison_domain::{Id, Millis};
use sea_orm::Value;

/// Which part of a lane to show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slice<'a> {
    /// One of the lanes' names.
    pub lane: &'a str,
    /// Words in title, text or place, or a number.
    pub q: Option<&'a str>,
    pub cursor: Option<&'a str>,
    /// Rows to show.
    pub limit: u64,
    pub filter: Filter<'a>,
}

/// Conditions beside the lane; what is none is not asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Area code: a street with its communities, or a community.
    pub area: Option<&'a str>,
    /// Category slug: a branch or a leaf.
    pub category: Option<&'a str>,
    /// The unit with the lead task.
    pub unit: Option<&'a str>,
    /// Submitted at or after.
    pub from: Option<Millis>,
    /// Submitted at or before.
    pub to: Option<Millis>,
    /// Under supervision only.
    pub supervised: bool,
}

impl Filter<'_> {
    fn is_any(&self) -> bool {
        let texts = [self.area, self.category, self.unit];
        texts.iter().any(Option::is_some) || self.from.is_some() || self.to.is_some() || self.supervised
    }

    fn narrow(&self, query: &mut Query, tenant: &str) {
        if let Some(area) = self.area {
            query.push(
                "AND m.area_id IN (SELECT a.id FROM area a LEFT JOIN area p ON p.tenant_id = a.tenant_id AND p.id = a.parent_id
                 WHERE a.tenant_id = ? AND (a.code = ? OR p.code = ?))",
                [tenant.into(), area.into(), area.into()],
            );
        }
        if let Some(category) = self.category {
            query.push(
                "AND m.category_id IN (SELECT c.id FROM category c LEFT JOIN category p ON p.tenant_id = c.tenant_id
                 AND p.id = c.parent_id WHERE c.tenant_id = ? AND (c.slug = ? OR p.slug = ?))",
                [tenant.into(), category.into(), category.into()],
            );
        }
        if let Some(unit) = self.unit {
            query.push("AND m.unit_id = ?", [unit.into()]);
        }
        if let Some(from) = self.from {
            query.push("AND m.submitted_at >= ?", [from.into()]);
        }
        if let Some(to) = self.to {
            query.push("AND m.submitted_at <= ?", [to.into()]);
        }
        if self.supervised {
            query.push("AND m.supervised = TRUE", []);
        }
    }
}

/// A desk: whose letters, cut how. In its conditions `$1` is the moment and `$2` the district.
struct Desk {
    lanes: &'static [&'static str],
    from: &'static str,
    /// Finds the rows of `from` again by `k.at_id`.
    again: &'static str,
    /// Whose letters; of an office narrowed further by `stations`.
    scope: String,
    /// Placeholders of the stations whose letters they are; empty for all stations, and where stations do not matter.
    stations: Vec<String>,
    values: Vec<Value>,
    lane: fn(&str) -> Option<Lane>,
    late: String,
    /// Columns a lane is sorted by when the nearest date comes first.
    due: &'static str,
    id: &'static str,
    /// The lane that shows what happened last first.
    ended: &'static str,
}

impl Desk {
    /// Whose letters, as one condition.
    fn whose(&self) -> String {
        if self.stations.is_empty() {
            return self.scope.clone();
        }
        format!("{} AND m.station_id IN ({})", self.scope, self.stations.join(", "))
    }
}

/// `$1` has a type of its own, wherever else it stands.
const MOMENT: &str = "CAST($1 AS BIGINT) IS NOT NULL";

impl Store {
    /// `GET /office/queue`: the letters of one station and its points, or of all for the head station. None for an
    /// unknown lane.
    pub async fn office_queue(
        &self,
        station_id: Option<&str>,
        slice: Slice<'_>,
        now: Millis,
    ) -> Result<Option<Queue>, StoreError> {
        let scope = "m.tenant_id = $2".to_owned();
        let mut values = vec![now.into(), self.tenant().into()];
        let mut stations = Vec::new();
        if let Some(id) = station_id {
            for station in self.station_with_points(id).await? {
                values.push(station.into());
                stations.push(format!("${}", values.len()));
            }
        }
        let desk = Desk {
            stations,
            ..letters(OFFICE_LANES, scope, values, office_lane, "closed")
        };
        self.queue(desk, slice, now).await
    }

    /// A station answers for its points (一站多点). Asked beforehand: with the stations themselves in a question, an index
    /// that begins with the station gives a lane's rows and no others.
    async fn station_with_points(&self, station_id: &str) -> Result<Vec<Id>, StoreError> {
        let mut all = strings(
            &self.read,
            "SELECT id FROM station WHERE tenant_id = $1 AND parent_id = $2",
            vec![self.tenant().into(), station_id.into()],
        )
        .await?;
        all.push(station_id.to_owned());
        // The same question each time, whatever order the rows come in.
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// `GET /unit/tasks`: one row a task. None for an unknown lane.
    pub async fn unit_queue(&self, unit_id: &str, slice: Slice<'_>, now: Millis) -> Result<Option<Queue>, StoreError> {
        let desk = Desk {
            lanes: UNIT_LANES,
            from: "FROM assignment t JOIN message m ON m.tenant_id = t.tenant_id AND m.id = t.message_id",
            again: "JOIN assignment t ON t.tenant_id = $2 AND t.id = k.at_id
                JOIN message m ON m.tenant_id = t.tenant_id AND m.id = t.message_id",
            scope: "t.tenant_id = $2 AND (t.unit_id = $3 OR t.delegate_id = $3)".to_owned(),
            values: vec![now.into(), self.tenant().into(), unit_id.into()],
            stations: Vec::new(),
            lane: unit_lane,
            late: format!("m.paused = FALSE AND t.sort_due < $1 AND {TASK_OPEN}"),
            due: "t.sort_due",
            id: "t.id",
            ended: "done",
        };
        self.queue(desk, slice, now).await
    }

    /// `GET /deputy/inbox`. None for an unknown lane.
    pub async fn deputy_queue(
        &self,
        deputy_id: &str,
        slice: Slice<'_>,
        now: Millis,
    ) -> Result<Option<Queue>, StoreError> {
        // What is held back for a person to look at first is not for deputies yet.
        let scope = "m.tenant_id = $2 AND m.deputy_id = $3 AND m.state <> 'screening_hold'".to_owned();
        let values = vec![now.into(), self.tenant().into(), deputy_id.into()];
        let desk = letters(DEPUTY_LANES, scope, values, deputy_lane, "done");
        self.queue(desk, slice, now).await
    }

    async fn queue(&self, desk: Desk, slice: Slice<'_>, now: Millis) -> Result<Option<Queue>, StoreError> {
        let Some(name) = desk.lanes.iter().find(|name| **name == slice.lane) else {
            return Ok(None);
        };
        let Some(lane) = (desk.lane)(name) else {
            return Ok(None);
        };
        let lanes = self.kept_lane_counts(&desk, now).await?;
        let mut narrowed = Query::with(desk.values.clone());
        let whose = desk.whose();
        narrowed.push(
            &format!("{} WHERE {MOMENT} AND {whose} AND ({})", desk.from, lane.condition()),
            [],
        );
        slice.filter.narrow(&mut narrowed, &self.tenant);
        let is_searched = self.narrow(&mut narrowed, slice.q).await? || slice.filter.is_any();
        let total = if is_searched {
            narrowed
                .after("SELECT COUNT(*) FROM (SELECT 1 AS one")
                .push(&format!("LIMIT {FAR}) c"), [])
                .number(&self.read)
                .await? as u64
        } else {
            let own = lanes.iter().find(|count| count.lane == *name);
            own.map_or(0, |count| count.count.into())
        };

        let is_ended = *name == desk.ended;
        let order = page::Order {
            key: if is_ended { "m.updated_at" } else { desk.due },
            id: desk.id,
            newest_first: is_ended,
        };
        let part = page::Part {
            after: Cursor::parse(slice.cursor),
            rows: slice.limit as i64 + 1,
        };
        // First which rows, from an index alone; then what is shown of them.
        let query = if is_searched {
            page::narrowed(&narrowed, &order, part)
        } else {
            page::whole(&desk, &lane, &order, part, self.engine())
        };
        let (due, order) = (desk.due, order.direction());
        let mut query = query.after(&format!(
            "SELECT m.id, k.at_id, k.sort_key, {due} AS due, CASE WHEN {} THEN TRUE ELSE FALSE END AS late, {COLUMNS} FROM (",
            desk.late
        ));
        query.push(
            &format!(
                ") k {} {JOINS} ORDER BY k.sort_key {order}, k.at_id {order}",
                desk.again
            ),
            [],
        );
        let mut rows: Vec<Row> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut rows, slice.limit, |row| Cursor {
            key: row.sort_key,
            id: row.at_id.clone(),
        });
        let mut ids = Vec::with_capacity(rows.len() * 2);
        for row in &rows {
            ids.extend([row.holder_id.clone(), row.unit_id.clone()].into_iter().flatten());
        }
        let names = self.names(ids).await?;
        let items = rows.into_iter().map(|row| row.view(&names)).collect::<Result<_, _>>()?;
        Ok(Some(Queue {
            lane: (*name).to_owned(),
            lanes,
            items,
            next_cursor,
            total,
        }))
    }

    /// Narrows a lane by words or a number; false when nothing was asked.
    async fn narrow(&self, query: &mut Query, q: Option<&str>) -> Result<bool, StoreError> {
        let Some(q) = q.map(str::trim).filter(|q| !q.is_empty()) else {
            return Ok(false);
        };
        if let Some(no) = self.number_typed(q).await? {
            query.push("AND m.no = ?", [no.into()]);
        } else if let Some(search) = Search::of(Some(q)) {
            search.narrow(query, self.engine(), &self.tenant);
        }
        Ok(true)
    }
}

/// Where counting ends.
const FAR: u64 = COUNTED + 1;

fn letters(
    lanes: &'static [&'static str],
    scope: String,
    values: Vec<Value>,
    lane: fn(&str) -> Option<Lane>,
    ended: &'static str,
) -> Desk {
    Desk {
        lanes,
        from: "FROM message m",
        again: "JOIN message m ON m.tenant_id = $2 AND m.id = k.at_id",
        scope,
        stations: Vec::new(),
        values,
        lane,
        late: format!("m.sort_due < $1 AND NOT ({WAITS}) AND NOT ({ENDED})"),
        due: "m.sort_due",
        id: "m.id",
        ended,
    }
}
