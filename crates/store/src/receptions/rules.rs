//! Rules of a station's schedule, and the receptions they give.

use super::ReceptionError;
use super::changes::{Change, Known, times};
use super::sessions::insert_deputies;
use crate::sql::{Query, code, execute, from_json, marks, number, strings, to_json};
use crate::{Store, StoreError};
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::reception::{Mode, SessionKind};
use liaison_domain::schedule::Rule;
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use sha2::{Digest as _, Sha256};

/// A rule to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRule {
    pub id: Id,
    pub station_id: Id,
    /// 「代表夜聊」; empty: what its kind is called.
    pub title: String,
    pub kind: SessionKind,
    /// Where, if not at the station itself.
    pub place: String,
    pub rule: Rule,
    /// Who takes turns, in this order; empty: named for each reception by itself.
    pub deputies: Vec<Id>,
    /// How many of them receive each time.
    pub each: u32,
    pub slot_minutes: u32,
    /// Talks at the same time while no deputy is named.
    pub seats: u32,
    /// How residents may meet them.
    pub modes: Vec<Mode>,
}

/// A rule that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRule {
    pub rule: NewRule,
    /// False once it was ended: its past receptions stay.
    pub active: bool,
    pub version: i64,
    pub created_at: Millis,
    /// The last day that receptions are planned for.
    pub planned_until: Option<Date>,
    /// The day turns are counted from: the first day of the rule as it was made. Changing its days later moves nobody's
    /// turn.
    pub anchor: Date,
}

/// The day that turns of a new rule are counted from.
pub fn anchor_of(rule: &Rule, now: Millis) -> Date {
    rule.valid_from.unwrap_or_else(|| date_of(now))
}

/// A day of a rule as it is to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDay {
    pub rule_date: Date,
    /// When it is held; none: not at all.
    pub date: Option<Date>,
    /// Who receives; may be nobody yet.
    pub deputies: Vec<Id>,
}

/// What planning did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    pub added: u64,
    pub moved: u64,
    pub removed: u64,
    /// Receptions that the rule does not give any more, or gives on another day, but that somebody booked or that were
    /// announced: the office decides.
    pub left: Vec<Id>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    station_id: String,
    title: String,
    kind: String,
    place: String,
    rule: String,
    deputies: String,
    each: i64,
    slot_minutes: i64,
    seats: i64,
    modes: String,
    active: bool,
    version: i64,
    created_at: i64,
    planned_until: Option<String>,
    anchor: String,
}

impl Row {
    fn kept(self) -> Result<KeptRule, StoreError> {
        let anchor = Date::parse(&self.anchor).unwrap_or_else(|| date_of(self.created_at));
        Ok(KeptRule {
            anchor,
            rule: NewRule {
                id: self.id,
                station_id: self.station_id,
                title: self.title,
                kind: code(SessionKind::from_code, &self.kind)?,
                place: self.place,
                rule: from_json(&self.rule)?,
                deputies: from_json(&self.deputies)?,
                each: self.each as u32,
                slot_minutes: self.slot_minutes as u32,
                seats: self.seats as u32,
                modes: from_json(&self.modes)?,
            },
            active: self.active,
            version: self.version,
            created_at: self.created_at,
            planned_until: self.planned_until.as_deref().and_then(Date::parse),
        })
    }
}

impl Store {
    /// Keeps a rule: a new one without a version, a changed one with the version that was read.
    ///
    /// # Errors
    /// [`ReceptionError::Changed`] when it changed meanwhile, or a new one is there already.
    pub async fn put_rule(&self, new: &NewRule, version: Option<i64>, now: Millis) -> Result<i64, ReceptionError> {
        let values = [
            new.station_id.as_str().into(),
            new.title.as_str().into(),
            new.kind.code().into(),
            new.place.as_str().into(),
            to_json(&new.rule)?.into(),
            to_json(&new.deputies)?.into(),
            i64::from(new.each).into(),
            i64::from(new.slot_minutes).into(),
            i64::from(new.seats).into(),
            to_json(&new.modes)?.into(),
        ];
        let query = if let Some(version) = version {
            let mut query = Query::new("UPDATE schedule_rule SET", []);
            query.push_all(
                "station_id = ?, title = ?, kind = ?, place = ?, rule = ?, deputies = ?, each = ?, slot_minutes = ?,
                 seats = ?, modes = ?, version = version + 1",
                values,
            );
            query.push(
                "WHERE tenant_id = ? AND id = ? AND version = ?",
                [self.tenant().into(), new.id.as_str().into(), version.into()],
            );
            query
        } else {
            let mut query = Query::new(
                "INSERT INTO schedule_rule (station_id, title, kind, place, rule, deputies, each, slot_minutes, seats, modes,
                 tenant_id, id, active, version, created_at, anchor) VALUES",
                [],
            );
            query.push_all("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?,", values);
            query.push(
                "?, ?, TRUE, 1, ?, ?) ON CONFLICT DO NOTHING",
                [
                    self.tenant().into(),
                    new.id.as_str().into(),
                    now.into(),
                    anchor_of(&new.rule, now).iso().into(),
                ],
            );
            query
        };
        if query.execute(self.writer()).await? == 0 {
            return Err(ReceptionError::Changed);
        }
        Ok(version.map_or(1, |version| version + 1))
    }

    /// The rules in force of these stations, or of all; in the order of the stations.
    pub async fn reception_rules(&self, stations: Option<&[Id]>) -> Result<Vec<KeptRule>, StoreError> {
        let mut query = Query::new(
            "SELECT r.* FROM schedule_rule r JOIN station s ON s.tenant_id = r.tenant_id AND s.id = r.station_id
             WHERE r.tenant_id = ? AND r.active = TRUE",
            [self.tenant().into()],
        );
        if let Some(ids) = stations {
            query.push("AND r.station_id IN", []);
            query.push_all(&marks(ids.len()), ids.iter().map(|id| id.as_str().into()));
        }
        query.push("ORDER BY s.sort, r.created_at, r.id", []);
        let rows: Vec<Row> = query.rows(&self.read).await?;
        rows.into_iter().map(Row::kept).collect()
    }

    /// The rule with this id, ended or not.
    pub async fn reception_rule(&self, id: &str) -> Result<Option<KeptRule>, StoreError> {
        let query = Query::new(
            "SELECT * FROM schedule_rule WHERE tenant_id = ? AND id = ?",
            [self.tenant().into(), id.into()],
        );
        query.row::<_, Row>(&self.read).await?.map(Row::kept).transpose()
    }

    /// Brings the receptions of a rule, from a day on, in line with what it gives: adds, moves and takes away those that
    /// nobody has touched. The same days twice change nothing. `until`: how far the days go.
    ///
    /// # Errors
    /// [`ReceptionError::NotFound`] without such a rule.
    pub async fn plan_receptions(
        &self,
        rule_id: &str,
        days: &[PlannedDay],
        from: Date,
        until: Date,
        now: Millis,
    ) -> Result<Planned, ReceptionError> {
        let rule = self.reception_rule(rule_id).await?.ok_or(ReceptionError::NotFound)?;
        let tx = self.begin().await?;
        // One server plans at a time.
        execute(
            &tx,
            "UPDATE schedule_rule SET planned_until = $1 WHERE tenant_id = $2 AND id = $3",
            vec![until.iso().into(), self.tenant().into(), rule_id.into()],
        )
        .await?;
        let known = self.known_on(&tx, rule_id, from, now).await?;
        let mut planned = Planned::default();
        for day in days {
            let date = day.rule_date.iso();
            let before = known.iter().find(|known| known.rule_date == date);
            match (before, day.date) {
                (None, Some(held)) => planned.added += self.plan_one(&tx, &rule.rule, day, held, now).await?,
                (None, None) => {}
                (Some(before), held) => {
                    self.plan_again(&tx, &rule.rule, before, held, &day.deputies, (&mut planned, now))
                        .await?;
                }
            }
        }
        // What the rule does not name any more.
        for gone in known.iter().filter(|known| known.rule_date <= until.iso()) {
            if !days.iter().any(|day| day.rule_date.iso() == gone.rule_date) {
                self.plan_again(&tx, &rule.rule, gone, None, &[], (&mut planned, now))
                    .await?;
            }
        }
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(planned)
    }

    /// Brings one reception that is known in line with its rule.
    async fn plan_again(
        &self,
        tx: &DatabaseTransaction,
        rule: &NewRule,
        before: &Known,
        held: Option<Date>,
        deputies: &[Id],
        (planned, now): (&mut Planned, Millis),
    ) -> Result<(), StoreError> {
        let at = held.map(|day| {
            let (from, to) = times(&rule.rule, day);
            (day, from, to)
        });
        let change = before.change(at);
        match (change, at) {
            (Change::Kept | Change::Moved, Some((day, starts_at, ends_at))) if !before.fixed => {
                let others = self.receiving(tx, &before.id).await? != deputies;
                if others {
                    self.replace_deputies(tx, &before.id, deputies).await?;
                }
                let mut query = Query::new("UPDATE reception_session SET", []);
                query.push_all(
                    "date = ?, starts_at = ?, ends_at = ?,",
                    [day.iso().into(), starts_at.into(), ends_at.into()],
                );
                query.push_all(
                    "station_id = ?, title = ?, kind = ?, place = ?, slot_minutes = ?, seats = ?, modes = ?,",
                    described(rule)?,
                );
                // What stays as it is stays at its version: calendars are told of what differs alone.
                query.push(
                    "changed_at = ?, version = version + 1 WHERE tenant_id = ? AND id = ?",
                    [now.into(), self.tenant().into(), before.id.as_str().into()],
                );
                if !others {
                    query.push_all(
                        "AND (date <> ? OR starts_at <> ? OR ends_at <> ? OR",
                        [day.iso().into(), starts_at.into(), ends_at.into()],
                    );
                    query.push_all(
                        "station_id <> ? OR title <> ? OR kind <> ? OR place <> ? OR slot_minutes <> ? OR seats <> ?
                         OR modes <> ?)",
                        described(rule)?,
                    );
                }
                query.execute(tx).await?;
                planned.moved += u64::from(change == Change::Moved);
            }
            (Change::Removed, _) => {
                self.replace_deputies(tx, &before.id, &[]).await?;
                planned.removed += execute(
                    tx,
                    "DELETE FROM reception_session WHERE tenant_id = $1 AND id = $2",
                    vec![self.tenant().into(), before.id.as_str().into()],
                )
                .await?;
            }
            (Change::Left, _) => planned.left.push(before.id.clone()),
            _ => {}
        }
        Ok(())
    }

    async fn plan_one(
        &self,
        tx: &DatabaseTransaction,
        rule: &NewRule,
        day: &PlannedDay,
        held: Date,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let id = id_of(rule, day.rule_date);
        let (starts_at, ends_at) = times(&rule.rule, held);
        let mut query = Query::new(
            "INSERT INTO reception_session (tenant_id, id, rule_id, rule_date, date, starts_at, ends_at, topic, state, notice,
             edited, version, created_at, station_id, title, kind, place, slot_minutes, seats, modes) VALUES",
            [],
        );
        query.push(
            "(?, ?, ?, ?, ?, ?, ?, '', 'planned', '', FALSE, 1, ?,",
            [
                self.tenant().into(),
                id.as_str().into(),
                rule.id.as_str().into(),
                day.rule_date.iso().into(),
                held.iso().into(),
                starts_at.into(),
                ends_at.into(),
                now.into(),
            ],
        );
        query.push_all(
            // Whatever stands on that day already: of this rule, or by itself since the office kept it so.
            "?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            described(rule)?,
        );
        let added = query.execute(tx).await?;
        if added == 1 {
            insert_deputies(self, tx, &id, &day.deputies).await?;
        }
        Ok(added)
    }

    /// Who receives at a reception, in order.
    async fn receiving(&self, tx: &DatabaseTransaction, session_id: &str) -> Result<Vec<Id>, StoreError> {
        strings(
            tx,
            "SELECT deputy_id FROM session_deputy WHERE tenant_id = $1 AND session_id = $2 ORDER BY sort, deputy_id",
            vec![self.tenant().into(), session_id.into()],
        )
        .await
    }

    async fn replace_deputies(
        &self,
        tx: &DatabaseTransaction,
        session_id: &str,
        deputies: &[Id],
    ) -> Result<(), StoreError> {
        execute(
            tx,
            "DELETE FROM session_deputy WHERE tenant_id = $1 AND session_id = $2",
            vec![self.tenant().into(), session_id.into()],
        )
        .await?;
        insert_deputies(self, tx, session_id, deputies).await
    }

    /// Ends a rule: what it planned and nobody has touched goes; what was announced or booked stays for the office to
    /// decide. Tells how many receptions went.
    ///
    /// # Errors
    /// [`ReceptionError::Changed`] when the rule changed meanwhile or was ended.
    pub async fn end_rule(&self, id: &str, version: i64, now: Millis) -> Result<u64, ReceptionError> {
        let tx = self.begin().await?;
        let ended = execute(
            &tx,
            "UPDATE schedule_rule SET active = FALSE, version = version + 1
             WHERE tenant_id = $1 AND id = $2 AND version = $3 AND active = TRUE",
            vec![self.tenant().into(), id.into(), version.into()],
        )
        .await?;
        if ended == 0 {
            tx.rollback().await?;
            return Err(ReceptionError::Changed);
        }
        let untouched =
            "SELECT s.id FROM reception_session s WHERE s.tenant_id = $1 AND s.rule_id = $2 AND s.starts_at > $3
             AND s.state = 'planned' AND s.edited = FALSE AND NOT EXISTS (SELECT 1 FROM appointment a
             WHERE a.tenant_id = s.tenant_id AND a.session_id = s.id)";
        let values = || vec![self.tenant().into(), id.into(), now.into()];
        execute(
            &tx,
            &[
                "DELETE FROM session_deputy WHERE tenant_id = $1 AND session_id IN (",
                untouched,
                ")",
            ]
            .concat(),
            values(),
        )
        .await?;
        let gone = execute(
            &tx,
            &[
                "DELETE FROM reception_session WHERE tenant_id = $1 AND id IN (",
                untouched,
                ")",
            ]
            .concat(),
            values(),
        )
        .await?;
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(gone)
    }

    /// How many receptions are kept, for a district that may have none yet.
    pub async fn reception_count(&self) -> Result<u64, StoreError> {
        let count = number(
            &self.read,
            "SELECT COUNT(*) FROM reception_session WHERE tenant_id = $1",
            vec![self.tenant().into()],
        )
        .await?;
        Ok(count as u64)
    }
}

/// The id of a day of a rule: taken away and planned again it has the same address. Sorts by its day, as ids do by time.
pub(super) fn id_of(rule: &NewRule, rule_date: Date) -> Id {
    let digest = Sha256::digest([rule.id.as_str(), " ", &rule_date.iso()].concat());
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    let at = u64::try_from(rule_date.start()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(at, &random)
        .into_uuid()
        .to_string()
}

/// What a reception has from its rule.
fn described(rule: &NewRule) -> Result<[sea_orm::Value; 7], StoreError> {
    Ok([
        rule.station_id.as_str().into(),
        rule.title.as_str().into(),
        rule.kind.code().into(),
        rule.place.as_str().into(),
        i64::from(rule.slot_minutes).into(),
        i64::from(rule.seats).into(),
        to_json(&rule.modes)?.into(),
    ])
}
