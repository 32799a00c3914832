//! Lanes of the desk: what waits for whom, most urgent first, with counts.
//!
//! A lane is a condition on the letters' (or the tasks') columns; the names are those of
//! `liaison_domain::dto::{OFFICE,UNIT,DEPUTY}_LANES`. Lanes may overlap: an urgent letter is also new or overdue.

mod board;
mod row;

use self::row::{COLUMNS, JOINS, Row};
use crate::page::{Cursor, cut};
use crate::search::Search;
use crate::sql::Query;
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::dto::{COUNTED, DEPUTY_LANES, LaneCount, OFFICE_LANES, Queue, UNIT_LANES};
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

/// At an end.
const ENDED: &str = "m.state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived')";

/// Not past its time, because the ball lies with the resident or with the future.
const WAITS: &str = "m.paused = TRUE OR m.state IN ('need_info', 'answered', 'tracking')";

/// A desk: whose letters, cut how. In its conditions `$1` is the moment and `$2` the district.
struct Desk {
    lanes: &'static [&'static str],
    from: &'static str,
    /// Finds the rows of `from` again by `k.at_id`.
    again: &'static str,
    /// Whose letters.
    scope: String,
    values: Vec<Value>,
    condition: fn(&str) -> Option<String>,
    /// How a lane with an index of its own is counted: in that index's order, so that the engine takes no other.
    order: fn(&str) -> &'static str,
    late: String,
    /// Columns a lane is sorted by when the nearest date comes first.
    due: &'static str,
    id: &'static str,
    /// The lane that shows what happened last first.
    ended: &'static str,
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
        let mut scope = "m.tenant_id = $2".to_owned();
        let mut values = vec![now.into(), self.tenant().into()];
        if let Some(id) = station_id {
            // A station answers for its points (一站多点).
            scope.push_str(
                " AND m.station_id IN (SELECT x.id FROM station x WHERE x.tenant_id = $2 AND (x.id = $3 OR x.parent_id = $3))",
            );
            values.push(id.into());
        }
        self.queue(letters(OFFICE_LANES, scope, values, office_lane, "closed"), slice)
            .await
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
            condition: unit_lane,
            order: |_| "",
            late: format!("m.paused = FALSE AND t.sort_due < $1 AND {TASK_OPEN}"),
            due: "t.sort_due",
            id: "t.id",
            ended: "done",
        };
        self.queue(desk, slice).await
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
        self.queue(letters(DEPUTY_LANES, scope, values, deputy_lane, "done"), slice)
            .await
    }

    async fn queue(&self, desk: Desk, slice: Slice<'_>) -> Result<Option<Queue>, StoreError> {
        let Some(lane) = desk.lanes.iter().find(|name| **name == slice.lane) else {
            return Ok(None);
        };
        let Some(condition) = (desk.condition)(lane) else {
            return Ok(None);
        };
        let lanes = self.lane_counts(&desk).await?;
        let Desk { from, scope, .. } = &desk;
        let mut narrowed = Query::with(desk.values.clone());
        narrowed.push(&format!("{from} WHERE {MOMENT} AND {scope} AND ({condition})"), []);
        slice.filter.narrow(&mut narrowed, &self.tenant);
        let is_searched = self.narrow(&mut narrowed, slice.q).await? || slice.filter.is_any();
        let total = if is_searched {
            narrowed
                .after("SELECT COUNT(*) FROM (SELECT 1 AS one")
                .push(&format!("LIMIT {FAR}) c"), [])
                .number(&self.read)
                .await? as u64
        } else {
            lanes
                .iter()
                .find(|count| count.lane == *lane)
                .map_or(0, |count| count.count.into())
        };

        let is_ended = *lane == desk.ended;
        let (key, id, due) = (if is_ended { "m.updated_at" } else { desk.due }, desk.id, desk.due);
        // First which rows, from an index alone; then what is shown of them.
        let mut query = narrowed.after(&format!("SELECT {id} AS at_id, {key} AS sort_key"));
        let (beyond, order) = if is_ended { ("<", "DESC") } else { (">", "ASC") };
        if let Some(after) = Cursor::parse(slice.cursor) {
            query.push(
                &format!("AND ({key} {beyond} ? OR ({key} = ? AND {id} {beyond} ?))"),
                [after.key.into(), after.key.into(), after.id.into()],
            );
        }
        query.push(
            &format!("ORDER BY {key} {order}, {id} {order} LIMIT ?"),
            [(slice.limit as i64 + 1).into()],
        );
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
            lane: (*lane).to_owned(),
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

    /// Each lane's count and how many of it are late, in one statement. Nothing is counted beyond [`COUNTED`]: a lane
    /// that grows costs no more.
    async fn lane_counts(&self, desk: &Desk) -> Result<Vec<LaneCount>, StoreError> {
        let Desk { from, scope, late, .. } = desk;
        let count = |condition: &str, order: &str| {
            format!(
                "(SELECT COUNT(*) FROM (SELECT 1 AS one {from} WHERE {scope} AND ({condition}) {order} LIMIT {FAR}) c)"
            )
        };
        let mut names = Vec::with_capacity(desk.lanes.len());
        let mut counts = Vec::with_capacity(desk.lanes.len() * 2);
        for name in desk.lanes {
            let Some(condition) = (desk.condition)(name) else {
                continue;
            };
            let order = (desk.order)(name);
            names.push(*name);
            counts.push(count(&condition, order));
            // What is at an end, or waits for a day to come, is never late.
            let is_never_late = *name == desk.ended || *name == "lookback";
            counts.push(if is_never_late {
                "CAST(0 AS BIGINT)".to_owned()
            } else if order.is_empty() || order == BY_DAY {
                count(&format!("({condition}) AND ({late})"), order)
            } else {
                // Few rows with another order: the day is looked at in them, not looked for.
                format!(
                    "(SELECT COUNT(*) FROM (SELECT m.sort_due, m.paused, m.state {from} WHERE {scope} AND ({condition})
                     {order} LIMIT {FAR}) m WHERE {late})"
                )
            });
        }
        let mut query = Query::with(desk.values.clone());
        query.push(&["SELECT ", &counts.join(", ")].concat(), []);
        // Thirty small questions take longer to plan than to answer, and no value in them changes the plan.
        let plan = "SET LOCAL plan_cache_mode = force_generic_plan";
        let counts = self.numbers_planned(plan, &query, counts.len()).await?;
        let of = |at: usize| counts.get(at).copied().unwrap_or(0) as u32;
        Ok(names
            .iter()
            .enumerate()
            .map(|(at, name)| LaneCount {
                lane: (*name).to_owned(),
                count: of(at * 2),
                late: of(at * 2 + 1),
            })
            .collect())
    }
}

/// Where counting ends.
const FAR: u64 = COUNTED + 1;

fn letters(
    lanes: &'static [&'static str],
    scope: String,
    values: Vec<Value>,
    condition: fn(&str) -> Option<String>,
    ended: &'static str,
) -> Desk {
    let late = format!("m.sort_due < $1 AND NOT ({WAITS}) AND NOT ({ENDED})");
    Desk {
        lanes,
        from: "FROM message m",
        again: "JOIN message m ON m.tenant_id = $2 AND m.id = k.at_id",
        scope,
        values,
        condition,
        order: lane_order,
        late,
        due: "m.sort_due",
        id: "m.id",
        ended,
    }
}

/// The order of most indexes that hold one lane.
const BY_DAY: &str = "ORDER BY m.sort_due";

fn lane_order(lane: &str) -> &'static str {
    match lane {
        "returned" | "to_publish" | "overdue" | "urgent" => BY_DAY,
        "extension" => "ORDER BY m.in_extension",
        "silent" => "ORDER BY m.silent_at",
        "follow_up" => "ORDER BY m.follow_up_due",
        _ => "",
    }
}

fn office_lane(lane: &str) -> Option<String> {
    Some(match lane {
        "new" => "m.state IN ('submitted', 'accepted')".to_owned(),
        "held" => "m.state = 'screening_hold' AND m.appealed = FALSE".to_owned(),
        "returned" => format!("(m.in_return = TRUE OR m.state = 'arbitration') AND NOT ({ENDED})"),
        "extension" => format!("m.in_extension = TRUE AND NOT ({ENDED})"),
        "silent" => "m.silent_at < $1".to_owned(),
        "follow_up" => "m.follow_up_due IS NOT NULL".to_owned(),
        "review" => "m.state = 'reply_review'".to_owned(),
        "disputed" => "m.state = 'disputed'".to_owned(),
        "to_publish" => "m.to_publish = TRUE".to_owned(),
        "overdue" => format!("m.sort_due < $1 AND NOT ({WAITS}) AND NOT ({ENDED})"),
        "lookback" => "m.state = 'tracking'".to_owned(),
        "appeals" => "m.state = 'screening_hold' AND m.appealed = TRUE".to_owned(),
        "urgent" => format!("m.urgency <> 'normal' AND m.state <> 'answered' AND NOT ({ENDED})"),
        "running" => {
            "m.state IN ('need_info', 'with_deputy', 'assigned', 'in_progress', 'second_handling', 'answered')"
                .to_owned()
        }
        "closed" => ENDED.to_owned(),
        _ => return None,
    })
}

/// The unit still has something to do.
const TASK_OPEN: &str = "t.state IN ('dispatched', 'signed', 'working', 'draft_reply', 'internal_review', 'extension_requested', 'sent_back')";

/// Neither given back nor cancelled.
const TASK_CURRENT: &str = "t.state NOT IN ('returned', 'cancelled')";

fn unit_lane(lane: &str) -> Option<String> {
    Some(match lane {
        "to_sign" => "t.state = 'dispatched'".to_owned(),
        "working" => {
            "t.tracking = TRUE OR t.state IN ('signed', 'working', 'draft_reply', 'internal_review', 'extension_requested')".to_owned()
        }
        "sent_back" => "t.state = 'sent_back'".to_owned(),
        "follow_up" => format!("m.follow_up_due IS NOT NULL AND t.role = 'lead' AND t.round = m.round AND {TASK_CURRENT}"),
        "in_review" => "t.state IN ('submitted', 'return_requested')".to_owned(),
        "overdue" => format!("m.paused = FALSE AND t.sort_due < $1 AND {TASK_OPEN}"),
        "done" => "t.tracking = FALSE AND t.state IN ('accepted_by_office', 'returned', 'cancelled')".to_owned(),
        _ => return None,
    })
}

fn deputy_lane(lane: &str) -> Option<String> {
    Some(match lane {
        "to_answer" => "m.state = 'with_deputy'".to_owned(),
        "follow_up" => "m.follow_up_due IS NOT NULL".to_owned(),
        "running" => {
            "m.state IN ('submitted', 'need_info', 'accepted', 'assigned', 'in_progress', 'arbitration', 'reply_review',
             'disputed', 'second_handling')"
                .to_owned()
        }
        "done" => format!("m.state IN ('answered', 'tracking') OR {ENDED}"),
        _ => return None,
    })
}
