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
use liaison_domain::dto::{DEPUTY_LANES, LaneCount, OFFICE_LANES, Queue, UNIT_LANES};

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

/// A desk: whose letters, cut how.
struct Desk {
    lanes: &'static [&'static str],
    from: &'static str,
    /// Everything after `from`: the moment and the conditions.
    scope: Query,
    condition: fn(&str) -> Option<String>,
    late: String,
    /// Columns a lane is sorted by when the nearest date comes first.
    due: &'static str,
    id: &'static str,
    /// The lane that shows what happened last first.
    ended: &'static str,
}

impl Store {
    /// `GET /office/queue`: the letters of one station and its points, or of all for the head station. None for an
    /// unknown lane.
    pub async fn office_queue(
        &self,
        station_id: Option<&str>,
        slice: Slice<'_>,
        now: Millis,
    ) -> Result<Option<Queue>, StoreError> {
        let mut scope = at(now);
        scope.push("WHERE m.tenant_id = ?", [self.tenant().into()]);
        if let Some(id) = station_id {
            // A station answers for its points (一站多点).
            scope.push(
                "AND m.station_id IN (SELECT x.id FROM station x WHERE x.tenant_id = ? AND (x.id = ? OR x.parent_id = ?))",
                [self.tenant().into(), id.into(), id.into()],
            );
        }
        self.queue(letters(OFFICE_LANES, scope, office_lane, "closed"), slice)
            .await
    }

    /// `GET /unit/tasks`: one row a task. None for an unknown lane.
    pub async fn unit_queue(&self, unit_id: &str, slice: Slice<'_>, now: Millis) -> Result<Option<Queue>, StoreError> {
        let mut scope = at(now);
        scope.push(
            "WHERE t.tenant_id = ? AND (t.unit_id = ? OR t.delegate_id = ?)",
            [self.tenant().into(), unit_id.into(), unit_id.into()],
        );
        let desk = Desk {
            lanes: UNIT_LANES,
            from: "FROM assignment t JOIN message m ON m.tenant_id = t.tenant_id AND m.id = t.message_id",
            scope,
            condition: unit_lane,
            late: format!("m.paused = FALSE AND t.sort_due < n.now AND {TASK_OPEN}"),
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
        let mut scope = at(now);
        scope.push(
            "WHERE m.tenant_id = ? AND m.deputy_id = ? AND m.state <> 'screening_hold'",
            [self.tenant().into(), deputy_id.into()],
        );
        self.queue(letters(DEPUTY_LANES, scope, deputy_lane, "done"), slice)
            .await
    }

    async fn queue(&self, desk: Desk, slice: Slice<'_>) -> Result<Option<Queue>, StoreError> {
        let Some(lane) = desk.lanes.iter().find(|name| **name == slice.lane) else {
            return Ok(None);
        };
        let now_lanes: Vec<(&str, String)> = desk
            .lanes
            .iter()
            .filter_map(|name| Some((*name, (desk.condition)(name)?)))
            .collect();
        let lanes = self.lane_counts(&desk, &now_lanes).await?;
        let Some((_, condition)) = now_lanes.into_iter().find(|(name, _)| name == lane) else {
            return Ok(None);
        };

        let mut narrowed = desk.scope.clone();
        narrowed.push(&["AND (", &condition, ")"].concat(), []);
        slice.filter.narrow(&mut narrowed, &self.tenant);
        if let Some(q) = slice.q.map(str::trim).filter(|q| !q.is_empty()) {
            match self.number_typed(q).await? {
                Some(no) => {
                    narrowed.push("AND m.no = ?", [no.into()]);
                }
                None => {
                    if let Some(search) = Search::of(Some(q)) {
                        search.narrow(&mut narrowed, self.engine(), &self.tenant, ("message", "m", "id"));
                    }
                }
            }
        }
        let total = narrowed
            .after(&["SELECT COUNT(*) ", desk.from].concat())
            .number(&self.read)
            .await?;

        let is_ended = *lane == desk.ended;
        let key = if is_ended { "m.updated_at" } else { desk.due };
        let id = desk.id;
        let head = format!(
            "SELECT m.id, {id} AS at_id, {key} AS sort_key, {} AS due, CASE WHEN {} THEN TRUE ELSE FALSE END AS late, {COLUMNS} {} {JOINS}",
            desk.due, desk.late, desk.from,
        );
        let mut query = narrowed.after(&head);
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
            total: total as u64,
        }))
    }

    async fn lane_counts(&self, desk: &Desk, lanes: &[(&str, String)]) -> Result<Vec<LaneCount>, StoreError> {
        let sums: Vec<String> = lanes
            .iter()
            .map(|(_, condition)| {
                format!(
                    "COUNT(*) FILTER (WHERE {condition}), COUNT(*) FILTER (WHERE ({condition}) AND ({}))",
                    desk.late
                )
            })
            .collect();
        let query = desk
            .scope
            .after(&["SELECT ", &sums.join(", "), " ", desk.from].concat());
        let counts = query.numbers(&self.read, lanes.len() * 2).await?;
        let of = |at: usize| counts.get(at).copied().unwrap_or(0) as u32;
        Ok(lanes
            .iter()
            .enumerate()
            .map(|(at, (name, _))| LaneCount {
                lane: (*name).to_owned(),
                count: of(at * 2),
                late: of(at * 2 + 1),
            })
            .collect())
    }
}

/// The moment that lanes are looked at, as `n.now`: bound, so that a statement's text stays the same and is prepared once.
fn at(now: Millis) -> Query {
    Query::new("CROSS JOIN (SELECT CAST(? AS BIGINT) AS now) n", [now.into()])
}

fn letters(
    lanes: &'static [&'static str],
    scope: Query,
    condition: fn(&str) -> Option<String>,
    ended: &'static str,
) -> Desk {
    let late = format!("m.sort_due < n.now AND NOT ({WAITS}) AND NOT ({ENDED})");
    Desk {
        lanes,
        from: "FROM message m",
        scope,
        condition,
        late,
        due: "m.sort_due",
        id: "m.id",
        ended,
    }
}

fn office_lane(lane: &str) -> Option<String> {
    Some(match lane {
        "new" => "m.state IN ('submitted', 'accepted')".to_owned(),
        "held" => "m.state = 'screening_hold' AND m.appealed = FALSE".to_owned(),
        "returned" => format!("(m.in_return = TRUE OR m.state = 'arbitration') AND NOT ({ENDED})"),
        "extension" => format!("m.in_extension = TRUE AND NOT ({ENDED})"),
        "silent" => "m.silent_at < n.now".to_owned(),
        "follow_up" => "m.follow_up_due IS NOT NULL".to_owned(),
        "review" => "m.state = 'reply_review'".to_owned(),
        "disputed" => "m.state = 'disputed'".to_owned(),
        "to_publish" => "m.to_publish = TRUE".to_owned(),
        "overdue" => format!("m.sort_due < n.now AND NOT ({WAITS}) AND NOT ({ENDED})"),
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
        "overdue" => format!("m.paused = FALSE AND t.sort_due < n.now AND {TASK_OPEN}"),
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
