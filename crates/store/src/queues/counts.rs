//! How many letters stand in each lane, and how many of them are late.

use super::lanes::{Lane, Late};
use super::{Desk, FAR};
use crate::sql::Query;
use crate::{Store, StoreError};
use liaison_domain::dto::LaneCount;

impl Store {
    /// Each lane's count and how many of it are late, in one statement. Nothing is counted beyond
    /// [`liaison_domain::dto::COUNTED`]: a lane that grows costs no more.
    pub(super) async fn lane_counts(&self, desk: &Desk) -> Result<Vec<LaneCount>, StoreError> {
        let mut counts = Vec::with_capacity(desk.lanes.len() * 2);
        // Of each lane: its name, and where its two numbers stand; none is 0.
        let mut lanes = Vec::with_capacity(desk.lanes.len());
        for name in desk.lanes {
            let Some(lane) = (desk.lane)(name) else {
                continue;
            };
            let whole = counts.len();
            counts.push(desk.count(&lane.condition(), desk.order(&lane)));
            let place_of_late = match lane.late {
                Late::Never => None,
                Late::All => Some(whole),
                Late::AsDesk => desk.count_late(&lane).map(|count| {
                    counts.push(count);
                    whole + 1
                }),
            };
            lanes.push((*name, whole, place_of_late));
        }
        let mut query = Query::with(desk.values.clone());
        query.push(&["SELECT ", &counts.join(", ")].concat(), []);
        // Thirty small questions take longer to plan than to answer, and no value in them changes the plan.
        let plan = "SET LOCAL plan_cache_mode = force_generic_plan";
        let counts = self.numbers_planned(plan, &query, counts.len()).await?;
        let of = |at: usize| counts.get(at).copied().unwrap_or(0) as u32;
        Ok(lanes
            .into_iter()
            .map(|(name, whole, place_of_late)| LaneCount {
                lane: name.to_owned(),
                count: of(whole),
                late: place_of_late.map_or(0, of),
            })
            .collect())
    }
}

impl Desk {
    fn count(&self, condition: &str, order: &str) -> String {
        let (from, whose) = (self.from, self.whose());
        format!("(SELECT COUNT(*) FROM (SELECT 1 AS one {from} WHERE {whose} AND ({condition}) {order} LIMIT {FAR}) c)")
    }

    /// In which order a lane is counted. A station's rows of an index by station have none.
    const fn order(&self, lane: &Lane) -> &'static str {
        if lane.is_by_station && !self.stations.is_empty() {
            ""
        } else {
            lane.order
        }
    }

    fn count_late(&self, lane: &Lane) -> Option<String> {
        if !lane.states.is_empty() {
            return lane.late_of_states().map(|condition| self.count(&condition, ""));
        }
        let (condition, order) = (lane.condition(), self.order(lane));
        Some(if order.is_empty() || order.ends_with(self.due) {
            self.count(&format!("({condition}) AND ({})", self.late), order)
        } else {
            // Few rows with another order: the day is looked at in them, not looked for.
            format!(
                "(SELECT COUNT(*) FROM (SELECT m.sort_due, m.paused, m.state {} WHERE {} AND ({condition}) {order}
                 LIMIT {FAR}) m WHERE {})",
                self.from,
                self.whose(),
                self.late
            )
        })
    }
}
