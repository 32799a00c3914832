//! Lists of events.

use super::{COLUMNS, Event, Stored};
use crate::page::{Cursor, cut};
use crate::sql::{Query, marks};
use crate::{Store, StoreError};
use liaison_domain::dto::{EventFilter, Seats};
use liaison_domain::{Id, Millis};
use sea_orm::{FromQueryResult, QueryResult};

/// Whose events the desk shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventScope<'a> {
    /// Everything, drafts included.
    All,
    /// Those of some stations, drafts included.
    Stations(&'a [Id]),
    /// Those where this deputy sits at the table, once announced.
    Deputy(&'a str),
    /// Those where this unit does.
    Unit(&'a str),
}

/// An event in a list, with what is counted there. Those at the table are not read.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    pub event: Event,
    pub seats: Seats,
    /// Public questions.
    pub asked: u32,
    /// Questions nobody has looked at.
    pub pending: u32,
    pub open_resolutions: u32,
    /// Of these, past their day.
    pub late_resolutions: u32,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct EventPage {
    pub items: Vec<EventRow>,
    pub next_cursor: Option<String>,
    pub total: u64,
}

struct Listed {
    stored: Stored,
    counts: [i64; 7],
}

impl FromQueryResult for Listed {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, sea_orm::DbErr> {
        let names = ["confirmed", "waiting", "asked", "pending", "open", "late", "sort_key"];
        let mut counts = [0; 7];
        for (count, name) in counts.iter_mut().zip(names) {
            *count = row.try_get(prefix, name)?;
        }
        Ok(Self {
            stored: Stored::from_query_result(row, prefix)?,
            counts,
        })
    }
}

impl Listed {
    fn row(self) -> Result<EventRow, StoreError> {
        let event = self.stored.event()?;
        let [confirmed, waiting, asked, pending, open, late, _] = self.counts.map(|count| count as u32);
        Ok(EventRow {
            seats: Seats {
                needed: event.draft.registration,
                capacity: event.draft.capacity,
                confirmed,
                waiting,
                waiting_list: event.draft.waiting_list,
            },
            event,
            asked,
            pending,
            open_resolutions: open,
            late_resolutions: late,
        })
    }
}

/// What goes on first, then what lies ahead, the next first, then what is over, the latest first. What was cancelled
/// stands among what lies ahead until its time has passed, so that nobody goes there in vain. `$2`: now.
const SORT: &str = "CASE WHEN e.state = 'live' THEN e.starts_at - 8000000000000000
    WHEN e.state IN ('draft', 'announced', 'open', 'cancelled') AND e.ends_at >= $2 THEN e.starts_at
    ELSE 8000000000000000 - e.starts_at END";

/// `$3`: today as `YYYY-MM-DD`.
const COUNTS: &str = "(SELECT COUNT(*) FROM event_registration r WHERE r.tenant_id = e.tenant_id AND r.event_id = e.id
      AND r.state = 'confirmed') AS confirmed,
    (SELECT COUNT(*) FROM event_registration r WHERE r.tenant_id = e.tenant_id AND r.event_id = e.id
      AND r.state = 'waiting') AS waiting,
    (SELECT COUNT(*) FROM event_question q WHERE q.tenant_id = e.tenant_id AND q.event_id = e.id
      AND q.state NOT IN ('pending', 'hidden')) AS asked,
    (SELECT COUNT(*) FROM event_question q WHERE q.tenant_id = e.tenant_id AND q.event_id = e.id
      AND q.state = 'pending') AS pending,
    (SELECT COUNT(*) FROM event_resolution o WHERE o.tenant_id = e.tenant_id AND o.event_id = e.id
      AND o.state = 'open') AS open,
    (SELECT COUNT(*) FROM event_resolution o WHERE o.tenant_id = e.tenant_id AND o.event_id = e.id
      AND o.state = 'open' AND o.due < $3) AS late";

impl Store {
    /// Events that everybody may know of. A filter that names nothing known finds nothing.
    pub async fn public_events(&self, filter: &EventFilter, now: Millis, limit: u64) -> Result<EventPage, StoreError> {
        let mut conditions = self.listing(now);
        conditions.push("AND e.state <> 'draft'", []);
        match filter.when.as_deref() {
            None => {}
            Some("live") => {
                conditions.push("AND e.state = 'live'", []);
            }
            Some("upcoming") => {
                conditions.push(
                    "AND e.state IN ('announced', 'open', 'cancelled') AND e.ends_at >= $2",
                    [],
                );
            }
            Some("past") => {
                conditions.push(
                    "AND e.state <> 'live' AND (e.state IN ('closed', 'finished') OR e.ends_at < $2)",
                    [],
                );
            }
            Some(_) => {
                conditions.push("AND FALSE", []);
            }
        }
        if let Some(kind) = filter.kind.as_deref() {
            conditions.push("AND e.kind = ?", [kind.into()]);
        }
        if let Some(station) = filter.station.as_deref() {
            conditions.push(
                "AND e.station_id IN (SELECT s.id FROM station s WHERE s.tenant_id = $1 AND s.slug = ?)",
                [station.into()],
            );
        }
        self.event_page(conditions, filter.cursor.as_deref(), limit).await
    }

    /// Events for the desk.
    pub async fn desk_events(
        &self,
        scope: EventScope<'_>,
        cursor: Option<&str>,
        now: Millis,
        limit: u64,
    ) -> Result<EventPage, StoreError> {
        let mut conditions = self.listing(now);
        match scope {
            EventScope::All => {}
            EventScope::Stations(ids) => {
                conditions.push_all(
                    &["AND e.station_id IN ", &marks(ids.len())].concat(),
                    ids.iter().map(|id| id.as_str().into()),
                );
            }
            EventScope::Deputy(id) | EventScope::Unit(id) => {
                let role = if matches!(scope, EventScope::Unit(_)) {
                    "unit"
                } else {
                    "deputy"
                };
                conditions.push(
                    "AND e.state <> 'draft' AND e.id IN (SELECT p.event_id FROM event_party p WHERE p.tenant_id = $1
                     AND p.role = ? AND p.ref_id = ?)",
                    [role.into(), id.into()],
                );
            }
        }
        self.event_page(conditions, cursor, limit).await
    }

    /// The event with this id as it stands in a list.
    pub async fn event_row(&self, id: &str, now: Millis) -> Result<Option<EventRow>, StoreError> {
        let mut conditions = self.listing(now);
        conditions.push("AND e.id = ?", [id.into()]);
        let page = self.event_page(conditions, None, 1).await?;
        Ok(page.items.into_iter().next())
    }

    fn listing(&self, now: Millis) -> Query {
        let today = liaison_domain::calendar::date_of(now).iso();
        let mut query = Query::with(vec![self.tenant().into(), now.into(), today.into()]);
        // Every question names all three, so that each has a type on PostgreSQL.
        query.push(
            "FROM event e WHERE e.tenant_id = $1 AND CAST($2 AS BIGINT) IS NOT NULL AND CAST($3 AS TEXT) IS NOT NULL",
            [],
        );
        query
    }

    async fn event_page(&self, conditions: Query, cursor: Option<&str>, limit: u64) -> Result<EventPage, StoreError> {
        let total = conditions.after("SELECT COUNT(*)").number(&self.read).await?;
        let select = ["SELECT ", COLUMNS, ", ", COUNTS, ", ", SORT, " AS sort_key"].concat();
        let mut query = conditions.after(&select);
        if let Some(Cursor { key, id }) = Cursor::parse(cursor) {
            let after = ["AND (", SORT, " > ? OR (", SORT, " = ? AND e.id > ?))"].concat();
            query.push(&after, [key.into(), key.into(), id.into()]);
        }
        query.push("ORDER BY sort_key, e.id LIMIT ?", [(limit as i64 + 1).into()]);
        let mut found: Vec<Listed> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut found, limit, |row| Cursor {
            key: row.counts[6],
            id: row.stored.id.clone(),
        });
        Ok(EventPage {
            items: found.into_iter().map(Listed::row).collect::<Result<_, _>>()?,
            next_cursor,
            total: total as u64,
        })
    }
}
