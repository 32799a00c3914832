//! Reading: what holds for a person, the desk's lanes.

use super::{KeptMeasure, Row, SAME_PERSON};
use crate::sql::{Query, marks, number, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::restriction::{Force, MeasureState};
use liaison_domain::{Id, Millis};
use sea_orm::Value;

/// A lane of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Waiting for a leader.
    Proposed,
    InForce,
    /// Waiting for a third person.
    Appeals,
    Ended,
}

impl Lane {
    /// Every one, in the desk's order.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::InForce, Self::Appeals, Self::Ended];

    const fn condition(self) -> &'static str {
        match self {
            Self::Proposed => "r.state = 'proposed'",
            Self::InForce => "r.state = 'in_force'",
            Self::Appeals => "r.appealed_at IS NOT NULL AND r.appeal_at IS NULL",
            Self::Ended => "r.state NOT IN ('proposed', 'in_force')",
        }
    }
}

/// How many there are in each lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; 4]);

impl Counts {
    /// Of one lane.
    pub fn of(&self, lane: Lane) -> u64 {
        Lane::ALL
            .iter()
            .zip(self.0)
            .find_map(|(one, count)| (*one == lane).then_some(count))
            .unwrap_or(0)
    }
}

/// Measures listed at once.
const LISTED: i64 = 200;

impl Store {
    /// A measure.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restriction(&self, id: &str) -> Result<Option<KeptMeasure>, StoreError> {
        self.restriction_on(&self.read, id).await
    }

    /// Every measure of a person, by whichever of their accounts, the latest first; proposals too, which are the desk's
    /// alone to see.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restrictions_of(&self, account_id: &str) -> Result<Vec<KeptMeasure>, StoreError> {
        self.restrictions_of_on(&self.read, account_id).await
    }

    /// What is in force for a person now. Most people have nothing: one look at two indexes.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restriction_forces(&self, account_id: &str, now: Millis) -> Result<Vec<Force>, StoreError> {
        let sql = [
            "SELECT r.* FROM restriction r WHERE r.state = 'in_force' AND r.ends_at > $3 AND ",
            SAME_PERSON,
        ]
        .concat();
        let found: Vec<Row> = rows(
            &self.read,
            &sql,
            vec![self.tenant().into(), account_id.into(), now.into()],
        )
        .await?;
        found
            .into_iter()
            .map(|row| {
                let kept = row.kept()?;
                Ok(Force {
                    step: kept.step,
                    ends_at: kept.ends_at.unwrap_or(now),
                    id: kept.id,
                })
            })
            .collect()
    }

    /// When a person last wrote an ordinary letter themselves.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn last_letter_at(&self, account_id: &str) -> Result<Option<Millis>, StoreError> {
        let at = number(
            &self.read,
            "SELECT COALESCE(MAX(m.submitted_at), 0) FROM message m WHERE m.tenant_id = $1
             AND m.submitter_account_id = $2 AND m.part_of IS NULL AND m.filed_by IS NULL
             AND NOT EXISTS (SELECT 1 FROM urgent_letter u WHERE u.tenant_id = m.tenant_id AND u.message_id = m.id)",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        Ok((at > 0).then_some(at))
    }

    /// The letters that a measure names, by number.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restriction_letters(&self, id: &str) -> Result<Vec<String>, StoreError> {
        strings(
            &self.read,
            "SELECT m.no FROM restriction_letter l JOIN message m ON m.tenant_id = l.tenant_id AND m.id = l.message_id
             WHERE l.tenant_id = $1 AND l.restriction_id = $2 ORDER BY m.no",
            vec![self.tenant().into(), id.into()],
        )
        .await
    }

    /// A lane of these stations (none: all), the longest wait first where something is to be done, else the latest first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restrictions(&self, lane: Lane, stations: Option<&[Id]>) -> Result<Vec<KeptMeasure>, StoreError> {
        let mut query = self.of_lane("SELECT r.* FROM restriction r", lane, stations);
        let order = match lane {
            Lane::Proposed => "ORDER BY r.proposed_at, r.id",
            Lane::Appeals => "ORDER BY r.appeal_due, r.id",
            Lane::InForce => "ORDER BY r.ends_at, r.id",
            Lane::Ended => "ORDER BY COALESCE(r.ended_at, r.decided_at) DESC, r.id DESC",
        };
        query.push(order, []).push("LIMIT ?", [LISTED.into()]);
        let found: Vec<Row> = query.rows(&self.read).await?;
        found.into_iter().map(Row::kept).collect()
    }

    /// How many there are in each lane.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restriction_counts(&self, stations: Option<&[Id]>) -> Result<Counts, StoreError> {
        let mut counts = Counts::default();
        for (at, lane) in Lane::ALL.into_iter().enumerate() {
            let query = self.of_lane("SELECT COUNT(*) FROM restriction r", lane, stations);
            counts.0[at] = query.number(&self.read).await? as u64;
        }
        Ok(counts)
    }

    /// Every measure that was decided after a moment, for figures.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn restrictions_decided(
        &self,
        since: Millis,
        stations: Option<&[Id]>,
    ) -> Result<Vec<KeptMeasure>, StoreError> {
        let mut query = self.scoped("SELECT r.* FROM restriction r", stations);
        query.push(
            "AND r.decided_at >= ? AND r.state <> ? ORDER BY r.decided_at, r.id",
            [since.into(), MeasureState::Refused.code().into()],
        );
        let found: Vec<Row> = query.rows(&self.read).await?;
        found.into_iter().map(Row::kept).collect()
    }

    fn of_lane(&self, beginning: &str, lane: Lane, stations: Option<&[Id]>) -> Query {
        let mut query = self.scoped(beginning, stations);
        query.push("AND", []).push(lane.condition(), []);
        query
    }

    fn scoped(&self, beginning: &str, stations: Option<&[Id]>) -> Query {
        let mut query = Query::new(beginning, []);
        query.push("WHERE r.tenant_id = ?", [self.tenant().into()]);
        if let Some(stations) = stations {
            query.push("AND r.station_id IN", []).push_all(
                &marks(stations.len()),
                stations.iter().map(|id| Value::from(id.as_str())),
            );
        }
        query
    }
}
