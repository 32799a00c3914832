//! Receptions seen from afar: a page of a list, when everybody receives next, how much is taken.

use super::sessions::{Session, SessionFilter};
use crate::page::{Cursor, cut};
use crate::sql::{Query, marks};
use crate::{Store, StoreError};
use liaison_domain::calendar::{DAY_MS, date_of};
use liaison_domain::dto::Page;
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

/// On which day each station and each deputy receives next, `YYYY-MM-DD`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextDays {
    pub stations: HashMap<Id, String>,
    pub deputies: HashMap<Id, String>,
    /// When the first of these receptions is over: then others are next.
    pub until: Option<Millis>,
}

/// What came of the receptions of a station in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearFigures {
    /// Receptions that took place, those of deputies among themselves not counted.
    pub held: u64,
    /// Everything below is counted from the ledger: who came, those who came along included.
    pub people: u64,
    /// Solved on the spot.
    pub on_site: u64,
    /// Became letters.
    pub letters: u64,
}

#[derive(FromQueryResult)]
struct YearRow {
    station_id: String,
    held: i64,
    people: i64,
    on_site: i64,
    letters: i64,
}

#[derive(FromQueryResult)]
struct Next {
    is_deputy: bool,
    id: String,
    starts_at: i64,
    ends_at: i64,
}

#[derive(FromQueryResult)]
struct Taken {
    session_id: String,
    taken: i64,
}

impl Store {
    /// One page of [`Self::sessions`], from the earliest on; the filter's own limit and direction do not count.
    pub async fn session_page(
        &self,
        filter: &SessionFilter,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Session>, StoreError> {
        let conditions = self.session_conditions(filter);
        let total = conditions
            .after("SELECT COUNT(*) FROM reception_session s WHERE")
            .number(&self.read)
            .await?;
        let mut query = conditions.after("SELECT s.* FROM reception_session s WHERE");
        if let Some(after) = Cursor::parse(cursor) {
            query.push(
                "AND (s.starts_at > ? OR (s.starts_at = ? AND s.id > ?))",
                [after.key.into(), after.key.into(), after.id.into()],
            );
        }
        query.push("ORDER BY s.starts_at, s.id LIMIT ?", [(limit as i64 + 1).into()]);
        let mut items = self.session_rows(&self.read, &query).await?;
        let next_cursor = cut(&mut items, limit, |session| Cursor {
            key: session.starts_at,
            id: session.id.clone(),
        });
        Ok(Page {
            items,
            next_cursor,
            total: total as u64,
        })
    }

    /// When everybody receives next, of the receptions that residents come to and that are not over.
    pub async fn next_days(&self, now: Millis) -> Result<NextDays, StoreError> {
        const COMING: &str = "s.tenant_id = ? AND s.ends_at > ? AND s.starts_at > ?
            AND s.state IN ('planned', 'announced') AND s.kind <> 'study_day'";
        let values = || [self.tenant().into(), now.into(), (now - DAY_MS).into()];
        let mut query = Query::new(
            "SELECT FALSE AS is_deputy, s.station_id AS id, MIN(s.starts_at) AS starts_at, MIN(s.ends_at) AS ends_at
             FROM reception_session s WHERE",
            [],
        );
        query.push(COMING, values());
        query.push(
            "GROUP BY s.station_id UNION ALL
             SELECT TRUE, d.deputy_id, MIN(s.starts_at), MIN(s.ends_at) FROM reception_session s
             JOIN session_deputy d ON d.tenant_id = s.tenant_id AND d.session_id = s.id
             AND d.state IN ('confirmed', 'leave_asked') WHERE",
            [],
        );
        query.push(COMING, values());
        query.push("GROUP BY d.deputy_id", []);
        let mut days = NextDays::default();
        for row in query.rows::<_, Next>(&self.read).await? {
            let known = if row.is_deputy {
                &mut days.deputies
            } else {
                &mut days.stations
            };
            known.insert(row.id, date_of(row.starts_at).iso());
            days.until = Some(days.until.map_or(row.ends_at, |until| until.min(row.ends_at)));
        }
        Ok(days)
    }

    /// What came of the receptions of a year, by station; those without any are left out.
    pub async fn year_figures(&self, year: i32) -> Result<HashMap<Id, YearFigures>, StoreError> {
        let first = |year: i32| [&year.to_string(), "-01-01"].concat();
        let span = || [self.tenant().into(), first(year).into(), first(year + 1).into()];
        let mut query = Query::new(
            "SELECT station_id, CAST(SUM(held) AS BIGINT) AS held, CAST(SUM(people) AS BIGINT) AS people,
             CAST(SUM(on_site) AS BIGINT) AS on_site, CAST(SUM(letters) AS BIGINT) AS letters FROM (
             SELECT s.station_id, 1 AS held, 0 AS people, 0 AS on_site, 0 AS letters FROM reception_session s",
            [],
        );
        query.push(
            "WHERE s.tenant_id = ? AND s.date >= ? AND s.date < ? AND s.state = 'held' AND s.kind <> 'study_day'
             UNION ALL SELECT r.station_id, 0, r.people, CASE WHEN r.outcome = 'on_site' THEN 1 ELSE 0 END,
             CASE WHEN r.outcome = 'letter' THEN 1 ELSE 0 END FROM reception_record r",
            span(),
        );
        query.push(
            "WHERE r.tenant_id = ? AND r.date >= ? AND r.date < ?) AS counted GROUP BY station_id",
            span(),
        );
        let rows: Vec<YearRow> = query.rows(&self.read).await?;
        let figures = |row: &YearRow| YearFigures {
            held: row.held as u64,
            people: row.people as u64,
            on_site: row.on_site as u64,
            letters: row.letters as u64,
        };
        Ok(rows
            .into_iter()
            .map(|row| (row.station_id.clone(), figures(&row)))
            .collect())
    }

    /// How many times of these receptions are taken; those of which none is are left out.
    pub async fn times_taken(&self, sessions: &[Session]) -> Result<HashMap<Id, u32>, StoreError> {
        let mut taken = HashMap::new();
        for part in sessions.chunks(400) {
            let mut query = Query::new(
                "SELECT a.session_id, COUNT(*) AS taken FROM appointment a WHERE a.tenant_id = ? AND a.starts_at IS NOT NULL
                 AND a.state IN ('booked', 'offered', 'checked_in', 'done', 'no_show') AND a.session_id IN",
                [self.tenant().into()],
            );
            query.push_all(
                &marks(part.len()),
                part.iter().map(|session| session.id.as_str().into()),
            );
            query.push("GROUP BY a.session_id", []);
            for row in query.rows::<_, Taken>(&self.read).await? {
                taken.insert(row.session_id, row.taken as u32);
            }
        }
        Ok(taken)
    }
}
