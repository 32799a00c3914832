//! What came through the urgent channel: why it could not wait, and whether its sender was restricted then.

use crate::sql::{execute, rows};
use crate::{Store, StoreError};
use liaison_domain::restriction::UrgentKind;
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// What an urgent letter says besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUrgent {
    pub kind: UrgentKind,
    /// Why there is no other way.
    pub why: String,
    /// What restricted its sender then.
    pub restriction_id: Option<Id>,
}

/// An urgent letter of somebody who was restricted, for figures.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct UrgentFigures {
    pub at: Millis,
    /// It was taken on as urgent.
    pub granted: bool,
}

impl Store {
    /// Keeps beside a letter why it is urgent; once, however often it is asked. The letter itself says it too: this is for
    /// figures, and for knowing it from ordinary letters.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn keep_urgent(&self, letter_id: &str, urgent: &NewUrgent, at: Millis) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "INSERT INTO urgent_letter (tenant_id, message_id, kind, why, restriction_id, at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, message_id) DO NOTHING",
            vec![
                self.tenant().into(),
                letter_id.into(),
                urgent.kind.code().into(),
                urgent.why.as_str().into(),
                urgent.restriction_id.clone().into(),
                at.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Urgent letters of restricted people since a moment, of these stations (none: all).
    ///
    /// # Errors
    /// What the database refused.
    pub async fn urgent_of_restricted(
        &self,
        since: Millis,
        stations: Option<&[Id]>,
    ) -> Result<Vec<UrgentFigures>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            at: i64,
            granted: bool,
            station_id: String,
        }
        let found: Vec<Row> = rows(
            &self.read,
            "SELECT u.at, m.station_id, (m.urgency <> 'normal' AND EXISTS (SELECT 1 FROM message_event e
                WHERE e.tenant_id = u.tenant_id AND e.message_id = u.message_id AND e.type = 'accept')) AS granted
             FROM urgent_letter u JOIN message m ON m.tenant_id = u.tenant_id AND m.id = u.message_id
             WHERE u.tenant_id = $1 AND u.at >= $2 AND u.restriction_id IS NOT NULL ORDER BY u.at",
            vec![self.tenant().into(), since.into()],
        )
        .await?;
        let mine = |row: &Row| stations.is_none_or(|own| own.contains(&row.station_id));
        Ok(found
            .into_iter()
            .filter(mine)
            .map(|row| UrgentFigures {
                at: row.at,
                granted: row.granted,
            })
            .collect())
    }
}
