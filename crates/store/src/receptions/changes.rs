//! What planning makes of each day of a rule: decided here once, for planning itself and for whoever wants to know before.

use super::ReceptionError;
use super::rules::{NewRule, id_of};
use crate::sql::{Query, marks};
use crate::{Store, StoreError};
use liaison_domain::calendar::Date;
use liaison_domain::schedule::Rule;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// A reception that a rule planned before and that has not begun.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Known {
    pub id: Id,
    pub rule_id: Id,
    /// `YYYY-MM-DD`, the day as its rule names it.
    pub rule_date: String,
    /// When it is held.
    pub date: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    /// Still planned or announced.
    pub open: bool,
    /// Announced or cancelled, changed by hand, booked, or a deputy asked to be excused: planning does not touch it.
    pub fixed: bool,
    /// Changed by hand: its hours are what somebody chose.
    pub edited: bool,
    /// Bookings of which something is still to come.
    pub booked: i64,
}

/// A reception that stands by itself on a day that a rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    pub id: Id,
    /// The day as the rule names it.
    pub rule_date: Date,
    /// When it is held.
    pub date: String,
}

/// What becomes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There is none and will be none.
    Nothing,
    /// As it is.
    Kept,
    Added,
    /// To another day.
    Moved,
    Removed,
    /// Announced or booked, and the rule does not give it any more or gives it at another time: the office decides.
    Left,
}

impl Known {
    /// What becomes of it when its rule holds that day at `held` (day, beginning, end), or not at all.
    pub fn change(&self, held: Option<(Date, Millis, Millis)>) -> Change {
        let is_same_day = held.is_some_and(|(day, _, _)| day.iso() == self.date);
        let is_same_time = held.is_some_and(|(_, from, to)| (from, to) == (self.starts_at, self.ends_at));
        match (self.fixed, held) {
            (true, _) if !self.open || (is_same_day && (self.edited || is_same_time)) => Change::Kept,
            (true, _) => Change::Left,
            (false, None) => Change::Removed,
            (false, Some(_)) if is_same_day => Change::Kept,
            (false, Some(_)) => Change::Moved,
        }
    }
}

/// When a rule's reception on a day begins and ends.
pub fn times(rule: &Rule, date: Date) -> (Millis, Millis) {
    (date.at_minute(rule.start.0), date.at_minute(rule.end.0))
}

const SELECT: &str = "SELECT s.id, s.rule_id, s.rule_date, s.date, s.starts_at, s.ends_at, s.edited,
     s.state IN ('planned', 'announced') AS open, (s.state <> 'planned' OR s.edited = TRUE OR EXISTS (SELECT 1 FROM appointment a
     WHERE a.tenant_id = s.tenant_id AND a.session_id = s.id) OR EXISTS (SELECT 1 FROM session_deputy d
     WHERE d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.state <> 'confirmed')) AS fixed, (SELECT COUNT(*) FROM appointment a
     WHERE a.tenant_id = s.tenant_id AND a.session_id = s.id AND a.state IN ('booked', 'waiting', 'offered', 'checked_in')) AS booked
     FROM reception_session s WHERE s.tenant_id = ? AND s.rule_id IS NOT NULL AND s.starts_at > ?";

impl Store {
    /// What a rule planned from a day of its own on and that has not begun.
    pub async fn known_of_rule(&self, rule_id: &str, from: Date, now: Millis) -> Result<Vec<Known>, StoreError> {
        self.known_on(&self.read, rule_id, from, now).await
    }

    pub(super) async fn known_on<C: ConnectionTrait>(
        &self,
        db: &C,
        rule_id: &str,
        from: Date,
        now: Millis,
    ) -> Result<Vec<Known>, StoreError> {
        let mut query = Query::new(SELECT, [self.tenant().into(), now.into()]);
        query.push(
            "AND s.rule_id = ? AND s.rule_date >= ? ORDER BY s.rule_date",
            [rule_id.into(), from.iso().into()],
        );
        query.rows(db).await
    }

    /// Receptions on days that a rule names, but that are not its own any more: the office kept them by themselves, or
    /// moved them to a day that has passed. Planning puts nothing beside them.
    pub async fn alone_on(&self, rule: &NewRule, days: &[Date]) -> Result<Vec<Alone>, StoreError> {
        #[derive(FromQueryResult)]
        struct AloneRow {
            id: Id,
            date: String,
        }
        let mut found = Vec::new();
        // As many as fit one statement.
        for part in days.chunks(400) {
            let ids: Vec<(Date, Id)> = part.iter().map(|day| (*day, id_of(rule, *day))).collect();
            let mut query = Query::new(
                "SELECT id, date FROM reception_session WHERE tenant_id = ? AND id IN",
                [self.tenant().into()],
            );
            query.push_all(&marks(ids.len()), ids.iter().map(|(_, id)| id.as_str().into()));
            for AloneRow { id, date } in query.rows(&self.read).await? {
                let named = ids.iter().find(|(_, known)| *known == id);
                found.extend(named.map(|(rule_date, _)| Alone {
                    id,
                    rule_date: *rule_date,
                    date,
                }));
            }
        }
        Ok(found)
    }

    /// Receptions to come of these stations, or of all, that a rule gave and that planning does not touch any more.
    pub async fn fixed_receptions(&self, stations: Option<&[Id]>, now: Millis) -> Result<Vec<Known>, StoreError> {
        let mut query = Query::new(SELECT, [self.tenant().into(), now.into()]);
        query.push(
            "AND s.state IN ('planned', 'announced') AND (s.state = 'announced' OR s.edited = TRUE
             OR EXISTS (SELECT 1 FROM appointment a WHERE a.tenant_id = s.tenant_id AND a.session_id = s.id))",
            [],
        );
        if let Some(ids) = stations {
            query.push("AND s.station_id IN", []);
            query.push_all(&marks(ids.len()), ids.iter().map(|id| id.as_str().into()));
        }
        query.push("ORDER BY s.starts_at, s.id", []);
        query.rows(&self.read).await
    }

    /// A reception stays what it is though its rule says otherwise now. `alone`: its rule does not name that day at all
    /// any more, and from now on the reception stands by itself.
    ///
    /// # Errors
    /// [`ReceptionError::Changed`] at another version.
    pub async fn keep_session(&self, id: &str, version: i64, alone: bool, now: Millis) -> Result<(), ReceptionError> {
        let of_rule = if alone {
            "rule_id = NULL, rule_date = NULL, "
        } else {
            ""
        };
        let sql = [
            "UPDATE reception_session SET ",
            of_rule,
            "edited = TRUE, changed_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3",
        ]
        .concat();
        let values = vec![self.tenant().into(), id.into(), version.into(), now.into()];
        if crate::sql::execute(self.writer(), &sql, values).await? == 1 {
            Ok(())
        } else {
            Err(ReceptionError::Changed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(fixed: bool) -> Known {
        Known {
            id: "s".to_owned(),
            rule_id: "r".to_owned(),
            rule_date: "2026-12-10".to_owned(),
            date: "2026-12-10".to_owned(),
            starts_at: 1_000,
            ends_at: 2_000,
            open: true,
            fixed,
            edited: false,
            booked: 0,
        }
    }

    fn at(day: &str, from: Millis) -> (Date, Millis, Millis) {
        (Date::parse(day).expect("a date"), from, 2_000)
    }

    #[test]
    fn what_nobody_touched_follows_its_rule() {
        let free = known(false);
        assert_eq!(free.change(Some(at("2026-12-10", 1_000))), Change::Kept);
        assert_eq!(free.change(Some(at("2026-12-17", 1_000))), Change::Moved);
        assert_eq!(free.change(None), Change::Removed);
    }

    #[test]
    fn what_was_announced_or_booked_is_left_to_the_office_when_day_or_hour_differ() {
        let fixed = known(true);
        assert_eq!(fixed.change(Some(at("2026-12-10", 1_000))), Change::Kept);
        for held in [Some(at("2026-12-17", 1_000)), Some(at("2026-12-10", 1_500)), None] {
            assert_eq!(fixed.change(held), Change::Left, "{held:?}");
        }
        let edited = Known {
            edited: true,
            ..known(true)
        };
        assert_eq!(
            edited.change(Some(at("2026-12-10", 1_500))),
            Change::Kept,
            "its hours were chosen"
        );
        let cancelled = Known {
            open: false,
            ..known(true)
        };
        assert_eq!(cancelled.change(None), Change::Kept, "nothing is left to decide");
    }
}
