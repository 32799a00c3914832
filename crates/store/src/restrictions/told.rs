//! Who is told: the person, by every account they have, and those of the office who can decide.

use super::KeptMeasure;
use crate::notices::MeetingNotice;
use crate::sql::strings;
use crate::{Store, StoreError};
use liaison_domain::notify::{MeetingKind, Subject};
use liaison_domain::{Id, Millis};
use sea_orm::ConnectionTrait;

impl Store {
    /// Tells in the transaction of what happened; gives back who is to be woken once it is kept.
    pub(super) async fn tell_of_restriction<C: ConnectionTrait>(
        &self,
        db: &C,
        measure: &KeptMeasure,
        kind: MeetingKind,
        now: Millis,
    ) -> Result<Vec<Id>, StoreError> {
        let accounts = match kind {
            MeetingKind::RestrictionProposed => self.who_decides(db, measure, "('station_leader', 'admin')").await?,
            MeetingKind::RestrictionObjected => {
                self.who_decides(db, measure, "('station_officer', 'station_leader', 'admin')")
                    .await?
            }
            _ => self.person_of(db, measure).await?,
        };
        let notice = MeetingNotice {
            subject: Subject::Restriction(measure.id.clone()),
            title: measure.title(),
            kind,
            urgent: false,
            over_at: None,
            once: None,
        };
        self.keep_meeting_notice(db, &accounts, &notice, now).await?;
        Ok(accounts)
    }

    async fn person_of<C: ConnectionTrait>(&self, db: &C, measure: &KeptMeasure) -> Result<Vec<Id>, StoreError> {
        strings(
            db,
            "SELECT a.id FROM account a WHERE a.tenant_id = $1 AND (a.id = $2 OR a.phone_hash =
             (SELECT r.phone_hash FROM restriction r WHERE r.tenant_id = $1 AND r.id = $3) OR a.phone_hash IN
             (SELECT n.phone_hash FROM restriction_number n WHERE n.tenant_id = $1 AND n.restriction_id = $3))
             ORDER BY a.id",
            vec![
                self.tenant().into(),
                measure.account_id.as_str().into(),
                measure.id.as_str().into(),
            ],
        )
        .await
    }

    /// Those of the station and of the head station who had no part in it yet.
    async fn who_decides<C: ConnectionTrait>(
        &self,
        db: &C,
        measure: &KeptMeasure,
        roles: &str,
    ) -> Result<Vec<Id>, StoreError> {
        let sql = [
            "SELECT id FROM account WHERE tenant_id = $1 AND active = TRUE AND id NOT IN ($2, $3)
             AND (station_id IS NULL OR station_id IN (SELECT s.id FROM station s WHERE s.tenant_id = $1 AND (s.id = $4
             OR s.id = (SELECT p.parent_id FROM station p WHERE p.tenant_id = $1 AND p.id = $4)))) AND role IN ",
            roles,
            " ORDER BY id",
        ]
        .concat();
        strings(
            db,
            &sql,
            vec![
                self.tenant().into(),
                measure.proposed_by.as_str().into(),
                measure.decided_by.clone().unwrap_or_default().into(),
                measure.station_id.as_str().into(),
            ],
        )
        .await
    }
}
