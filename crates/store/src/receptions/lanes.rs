//! What the office has to do about receptions, lane by lane.

use super::sessions::Session;
use crate::page::{Cursor, cut};
use crate::sql::{Query, marks};
use crate::{Store, StoreError};
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::Page;
use liaison_domain::reception::SessionKind;
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

/// Days before its beginning from which a reception waits in the lane of those to announce.
const ANNOUNCE_DAYS: i64 = 7;
/// Cancelled receptions are shown for so long after their day.
const CANCELLED_DAYS: i64 = 90;

/// A lane of the office's board of receptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Begins within a week and is not announced.
    ToAnnounce,
    /// A deputy asked to be excused.
    Leave,
    /// Still to come or going on.
    Coming,
    /// These: their rule does not give them any more, and the office has to decide.
    Left(Vec<Id>),
    /// Over, and not closed.
    Past,
    /// Cancelled, lately or still to come.
    Cancelled,
}

impl Lane {
    fn push(&self, query: &mut Query, now: Millis) {
        match self {
            Self::ToAnnounce => query.push(
                "AND s.state = 'planned' AND s.kind <> 'study_day' AND s.starts_at > ? AND s.starts_at <= ?",
                [now.into(), (now + ANNOUNCE_DAYS * DAY_MS).into()],
            ),
            Self::Leave => query.push(
                "AND s.state IN ('planned', 'announced') AND s.starts_at > ? AND EXISTS (SELECT 1 FROM session_deputy d
                 WHERE d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.state = 'leave_asked')",
                [now.into()],
            ),
            Self::Coming => query.push(
                "AND s.state IN ('planned', 'announced') AND s.ends_at > ?",
                [now.into()],
            ),
            Self::Left(ids) if ids.is_empty() => query.push("AND 1 = 0", []),
            Self::Left(ids) => query
                .push("AND s.id IN", [])
                .push_all(&marks(ids.len()), ids.iter().map(|id| id.as_str().into())),
            Self::Past => query.push(
                "AND s.state IN ('planned', 'announced') AND s.ends_at <= ?",
                [now.into()],
            ),
            Self::Cancelled => query.push(
                "AND s.state = 'cancelled' AND s.starts_at > ?",
                [(now - CANCELLED_DAYS * DAY_MS).into()],
            ),
        };
    }

    /// What was is read from its end.
    const fn is_backwards(&self) -> bool {
        matches!(self, Self::Past | Self::Cancelled)
    }
}

/// What a lane is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneFilter {
    /// Of these stations; none: of all.
    pub stations: Option<Vec<Id>>,
    pub kind: Option<SessionKind>,
    /// Where this deputy was to receive.
    pub deputy: Option<Id>,
}

/// A reception in a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRow {
    pub session: Session,
    /// Bookings that hold a time.
    pub booked: u32,
    pub waiting: u32,
}

#[derive(FromQueryResult)]
struct Counted {
    session_id: String,
    booked: i64,
    waiting: i64,
}

impl LaneFilter {
    fn begin(&self, store: &Store, select: &str) -> Query {
        let mut query = Query::new(select, []);
        query.push(
            "FROM reception_session s WHERE s.tenant_id = ?",
            [store.tenant().into()],
        );
        if let Some(stations) = &self.stations {
            query.push("AND s.station_id IN", []);
            query.push_all(&marks(stations.len()), stations.iter().map(|id| id.as_str().into()));
        }
        if let Some(kind) = self.kind {
            query.push("AND s.kind = ?", [kind.code().into()]);
        }
        if let Some(deputy) = &self.deputy {
            query.push(
                "AND EXISTS (SELECT 1 FROM session_deputy x WHERE x.tenant_id = s.tenant_id AND x.session_id = s.id
                 AND x.deputy_id = ?)",
                [deputy.as_str().into()],
            );
        }
        query
    }
}

impl Store {
    /// How many receptions are in a lane.
    pub async fn lane_count(&self, lane: &Lane, filter: &LaneFilter, now: Millis) -> Result<u64, StoreError> {
        let mut query = filter.begin(self, "SELECT COUNT(*)");
        lane.push(&mut query, now);
        Ok(query.number(&self.read).await? as u64)
    }

    /// The receptions of a lane, the most pressing first.
    pub async fn lane(
        &self,
        lane: &Lane,
        filter: &LaneFilter,
        cursor: Option<&str>,
        limit: u64,
        now: Millis,
    ) -> Result<Page<LaneRow>, StoreError> {
        let total = self.lane_count(lane, filter, now).await?;
        let mut query = filter.begin(self, "SELECT s.*");
        lane.push(&mut query, now);
        if let Some(after) = Cursor::parse(cursor) {
            query.push(
                if lane.is_backwards() {
                    "AND (s.starts_at < ? OR (s.starts_at = ? AND s.id < ?))"
                } else {
                    "AND (s.starts_at > ? OR (s.starts_at = ? AND s.id > ?))"
                },
                [after.key.into(), after.key.into(), after.id.into()],
            );
        }
        query.push(
            if lane.is_backwards() {
                "ORDER BY s.starts_at DESC, s.id DESC LIMIT ?"
            } else {
                "ORDER BY s.starts_at, s.id LIMIT ?"
            },
            [(limit as i64 + 1).into()],
        );
        let mut sessions = self.session_rows(&self.read, &query).await?;
        let next_cursor = cut(&mut sessions, limit, |session| Cursor {
            key: session.starts_at,
            id: session.id.clone(),
        });
        let items = self.with_bookings(sessions).await?;
        Ok(Page {
            items,
            next_cursor,
            total,
        })
    }

    /// Receptions with how many booked and wait.
    pub async fn with_bookings(&self, sessions: Vec<Session>) -> Result<Vec<LaneRow>, StoreError> {
        let mut found: HashMap<String, Counted> = HashMap::new();
        for part in sessions.chunks(400) {
            let mut query = Query::new(
                "SELECT session_id, SUM(CASE WHEN state = 'waiting' THEN 0 ELSE 1 END) AS booked,
                 SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting FROM appointment
                 WHERE tenant_id = ? AND state IN ('booked', 'waiting', 'offered', 'checked_in', 'done', 'no_show')
                 AND session_id IN",
                [self.tenant().into()],
            );
            query.push_all(
                &marks(part.len()),
                part.iter().map(|session| session.id.as_str().into()),
            );
            query.push("GROUP BY session_id", []);
            for row in query.rows::<_, Counted>(&self.read).await? {
                found.insert(row.session_id.clone(), row);
            }
        }
        Ok(sessions
            .into_iter()
            .map(|session| {
                let counted = found.get(&session.id);
                LaneRow {
                    booked: counted.map_or(0, |row| row.booked as u32),
                    waiting: counted.map_or(0, |row| row.waiting as u32),
                    session,
                }
            })
            .collect())
    }
}
