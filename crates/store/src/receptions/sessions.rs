//! Receptions: reading them, making one by hand, announcing, changing, cancelling, closing.

use super::ReceptionError;
use crate::sql::{Query, code, execute, from_json, marks, number, rows, to_json};
use crate::{Store, StoreError};
use liaison_domain::calendar::date_of;
use liaison_domain::reception::{DeputyState, Mode, SessionAct, SessionKind, SessionState};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};
use std::collections::BTreeMap;

/// A reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Id,
    /// The rule that gave it; none: made by hand.
    pub rule_id: Option<Id>,
    /// The day as its rule names it, `YYYY-MM-DD`.
    pub rule_date: Option<String>,
    pub station_id: Id,
    pub title: String,
    pub kind: SessionKind,
    /// What it is about; empty: anything.
    pub topic: String,
    /// `YYYY-MM-DD`, of the beginning.
    pub date: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    /// Where, if not at the station itself.
    pub place: String,
    /// For those who meet online; only they are shown it.
    pub online_link: Option<String>,
    pub slot_minutes: u32,
    pub seats: u32,
    pub modes: Vec<Mode>,
    pub state: SessionState,
    /// What to know beforehand.
    pub notice: String,
    pub announced_at: Option<Millis>,
    pub cancelled_at: Option<Millis>,
    pub cancel_reason: Option<String>,
    pub closed_at: Option<Millis>,
    pub created_at: Millis,
    /// When what others see of it was last made different: never before that happened, the same as long as nothing does.
    pub changed_at: Millis,
    pub version: i64,
    /// Everybody who was to receive, those excused included; in order.
    pub deputies: Vec<SessionDeputy>,
}

impl Session {
    /// Who receives.
    pub fn receiving(&self) -> impl Iterator<Item = &SessionDeputy> {
        self.deputies.iter().filter(|deputy| deputy.state.receives())
    }

    /// Who could talk at one time: a deputy each, or so many places while nobody is named. When all who were named are
    /// excused there is nobody.
    pub fn hosts(&self) -> Vec<(Option<&Id>, u32)> {
        if self.deputies.is_empty() {
            (1..=self.seats).map(|seat| (None, seat)).collect()
        } else {
            self.receiving().map(|deputy| (Some(&deputy.deputy_id), 1)).collect()
        }
    }

    /// The moments at which a talk begins.
    pub fn times(&self) -> Vec<Millis> {
        let length = Millis::from(self.slot_minutes) * liaison_domain::calendar::MINUTE_MS;
        let mut times = Vec::new();
        let mut at = self.starts_at;
        while length > 0 && at + length <= self.ends_at {
            times.push(at);
            at += length;
        }
        times
    }
}

/// A deputy at a reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDeputy {
    pub deputy_id: Id,
    pub state: DeputyState,
    /// Whose place this one takes.
    pub instead_of: Option<Id>,
    /// Why this one asked to be excused.
    pub reason: Option<String>,
    pub asked_at: Option<Millis>,
    /// Who they proposed to come instead.
    pub proposed: Option<Id>,
}

/// Which receptions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionFilter {
    /// Those that end after this moment.
    pub from: Option<Millis>,
    /// Those that begin before this moment.
    pub to: Option<Millis>,
    /// Of these stations; none: of all.
    pub stations: Option<Vec<Id>>,
    /// Where this deputy receives.
    pub deputy: Option<Id>,
    pub kind: Option<SessionKind>,
    /// Only those that residents come to.
    pub residents_only: bool,
    /// In these states; empty: in any.
    pub states: Vec<SessionState>,
    /// Words in title, topic or place.
    pub words: Option<String>,
    /// At most so many; none: all.
    pub limit: Option<u64>,
    /// The latest first.
    pub backwards: bool,
}

/// A reception made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    pub id: Id,
    pub station_id: Id,
    pub title: String,
    pub kind: SessionKind,
    pub topic: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub place: String,
    pub online_link: Option<String>,
    pub slot_minutes: u32,
    pub seats: u32,
    pub modes: Vec<Mode>,
    pub notice: String,
    pub deputies: Vec<Id>,
}

/// What is changed about a reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionChange {
    pub title: String,
    pub topic: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub place: String,
    pub online_link: Option<String>,
    pub notice: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    rule_id: Option<String>,
    rule_date: Option<String>,
    station_id: String,
    title: String,
    kind: String,
    topic: String,
    date: String,
    starts_at: i64,
    ends_at: i64,
    place: String,
    online_link: Option<String>,
    slot_minutes: i64,
    seats: i64,
    modes: String,
    state: String,
    notice: String,
    announced_at: Option<i64>,
    cancelled_at: Option<i64>,
    cancel_reason: Option<String>,
    closed_at: Option<i64>,
    created_at: i64,
    changed_at: Option<i64>,
    version: i64,
}

#[derive(FromQueryResult)]
struct Forgotten {
    id: String,
    version: i64,
}

#[derive(FromQueryResult)]
struct DeputyRow {
    session_id: String,
    deputy_id: String,
    state: String,
    instead_of: Option<String>,
    reason: Option<String>,
    asked_at: Option<i64>,
    proposed_id: Option<String>,
}

impl Row {
    fn session(self, deputies: Vec<SessionDeputy>) -> Result<Session, StoreError> {
        Ok(Session {
            id: self.id,
            rule_id: self.rule_id,
            rule_date: self.rule_date,
            station_id: self.station_id,
            title: self.title,
            kind: code(SessionKind::from_code, &self.kind)?,
            topic: self.topic,
            date: self.date,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            place: self.place,
            online_link: self.online_link,
            slot_minutes: self.slot_minutes as u32,
            seats: self.seats as u32,
            modes: from_json(&self.modes)?,
            state: code(SessionState::from_code, &self.state)?,
            notice: self.notice,
            announced_at: self.announced_at,
            cancelled_at: self.cancelled_at,
            cancel_reason: self.cancel_reason,
            closed_at: self.closed_at,
            created_at: self.created_at,
            changed_at: self.changed_at.unwrap_or(self.created_at),
            version: self.version,
            deputies,
        })
    }
}

impl Store {
    /// Receptions in the order of their beginning.
    pub async fn sessions(&self, filter: &SessionFilter) -> Result<Vec<Session>, StoreError> {
        let mut query = self
            .session_conditions(filter)
            .after("SELECT s.* FROM reception_session s WHERE");
        query.push(
            if filter.backwards {
                "ORDER BY s.starts_at DESC, s.id DESC"
            } else {
                "ORDER BY s.starts_at, s.id"
            },
            [],
        );
        if let Some(limit) = filter.limit {
            query.push("LIMIT ?", [(limit as i64).into()]);
        }
        self.session_rows(&self.read, &query).await
    }

    pub(super) fn session_conditions(&self, filter: &SessionFilter) -> Query {
        let mut query = Query::new("s.tenant_id = ?", [self.tenant().into()]);
        if let Some(from) = filter.from {
            query.push("AND s.ends_at > ?", [from.into()]);
            // No reception is longer than a day: the index is by the beginning.
            query.push(
                "AND s.starts_at > ?",
                [(from - liaison_domain::calendar::DAY_MS).into()],
            );
        }
        if let Some(to) = filter.to {
            query.push("AND s.starts_at < ?", [to.into()]);
        }
        if let Some(stations) = &filter.stations {
            query.push("AND s.station_id IN", []);
            query.push_all(&marks(stations.len()), stations.iter().map(|id| id.as_str().into()));
        }
        if let Some(deputy) = &filter.deputy {
            query.push(
                "AND EXISTS (SELECT 1 FROM session_deputy d WHERE d.tenant_id = s.tenant_id AND d.session_id = s.id
                 AND d.deputy_id = ? AND d.state IN ('confirmed', 'leave_asked'))",
                [deputy.as_str().into()],
            );
        }
        if let Some(kind) = filter.kind {
            query.push("AND s.kind = ?", [kind.code().into()]);
        }
        if filter.residents_only {
            query.push("AND s.kind <> 'study_day'", []);
        }
        if !filter.states.is_empty() {
            query.push("AND s.state IN", []);
            query.push_all(
                &marks(filter.states.len()),
                filter.states.iter().map(|state| state.code().into()),
            );
        }
        for word in filter.words.as_deref().unwrap_or_default().split_whitespace() {
            let pattern = crate::sql::contains(&word.to_lowercase());
            query.push(
                "AND (LOWER(s.title) LIKE ? ESCAPE '\\' OR LOWER(s.topic) LIKE ? ESCAPE '\\'
                 OR LOWER(s.place) LIKE ? ESCAPE '\\')",
                [pattern.clone().into(), pattern.clone().into(), pattern.into()],
            );
        }
        query
    }

    /// The reception with this id.
    pub async fn session(&self, id: &str) -> Result<Option<Session>, StoreError> {
        self.session_on(&self.read, id).await
    }

    pub(super) async fn session_on<C: ConnectionTrait>(&self, db: &C, id: &str) -> Result<Option<Session>, StoreError> {
        let query = Query::new(
            "SELECT s.* FROM reception_session s WHERE s.tenant_id = ? AND s.id = ?",
            [self.tenant().into(), id.into()],
        );
        Ok(self.session_rows(db, &query).await?.pop())
    }

    /// The same, and nobody else changes it or books there until the transaction ends.
    pub(super) async fn session_held(&self, tx: &DatabaseTransaction, id: &str) -> Result<Session, ReceptionError> {
        execute(
            tx,
            "UPDATE reception_session SET version = version WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        self.session_on(tx, id).await?.ok_or(ReceptionError::NotFound)
    }

    pub(super) async fn session_rows<C: ConnectionTrait>(
        &self,
        db: &C,
        query: &Query,
    ) -> Result<Vec<Session>, StoreError> {
        let rows: Vec<Row> = query.rows(db).await?;
        let mut deputies: BTreeMap<Id, Vec<SessionDeputy>> = BTreeMap::new();
        // As many as fit one statement.
        for part in rows.chunks(400) {
            let mut query = Query::new(
                "SELECT session_id, deputy_id, state, instead_of, reason, asked_at, proposed_id FROM session_deputy
                 WHERE tenant_id = ? AND session_id IN",
                [self.tenant().into()],
            );
            query.push_all(&marks(part.len()), part.iter().map(|row| row.id.as_str().into()));
            query.push("ORDER BY session_id, sort, deputy_id", []);
            for row in query.rows::<_, DeputyRow>(db).await? {
                deputies.entry(row.session_id).or_default().push(SessionDeputy {
                    deputy_id: row.deputy_id,
                    state: code(DeputyState::from_code, &row.state)?,
                    instead_of: row.instead_of,
                    reason: row.reason,
                    asked_at: row.asked_at,
                    proposed: row.proposed_id,
                });
            }
        }
        rows.into_iter()
            .map(|row| {
                let own = deputies.remove(&row.id).unwrap_or_default();
                row.session(own)
            })
            .collect()
    }

    /// Keeps a reception made by hand; the same id twice is kept once.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn add_session(&self, new: &NewSession, now: Millis) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let added = Query::new(
            "INSERT INTO reception_session (tenant_id, id, station_id, title, kind, topic, date, starts_at, ends_at, place,
             online_link, slot_minutes, seats, modes, state, notice, edited, version, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, TRUE, 1, ?) ON CONFLICT DO NOTHING",
            [
                self.tenant().into(),
                new.id.as_str().into(),
                new.station_id.as_str().into(),
                new.title.as_str().into(),
                new.kind.code().into(),
                new.topic.as_str().into(),
                date_of(new.starts_at).iso().into(),
                new.starts_at.into(),
                new.ends_at.into(),
                new.place.as_str().into(),
                new.online_link.clone().into(),
                i64::from(new.slot_minutes).into(),
                i64::from(new.seats).into(),
                to_json(&new.modes)?.into(),
                new.notice.as_str().into(),
                now.into(),
            ],
        )
        .execute(&tx)
        .await?;
        if added == 0 {
            tx.rollback().await?;
            return Ok(());
        }
        insert_deputies(self, &tx, &new.id, &new.deputies).await?;
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(())
    }

    /// Makes a reception known: who receives where and when.
    ///
    /// # Errors
    /// [`ReceptionError::NotAllowed`] once it began or was cancelled, [`ReceptionError::Changed`] at another version.
    pub async fn announce_session(&self, id: &str, version: i64, now: Millis) -> Result<Session, ReceptionError> {
        self.move_session(id, version, SessionAct::Announce, now, "announced_at = ?", [now.into()])
            .await
    }

    /// Ends a reception that took place. Whoever was called is done, whoever did not come was missed, whoever waited or had
    /// not taken an offer waits no longer. Where nobody was checked in at all, nobody wrote down who came: then nobody was
    /// missed.
    ///
    /// # Errors
    /// As [`Self::announce_session`]; before its beginning.
    pub async fn close_session(&self, id: &str, version: i64, now: Millis) -> Result<Session, ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, id).await?;
        let state = allowed(&session, Some(version), SessionAct::Close, now)?;
        self.set_state(&tx, id, (state, now), "closed_at = ?", [now.into()])
            .await?;
        let written = number(
            &tx,
            "SELECT (SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND session_id = $2 AND queue_no IS NOT NULL)
             + (SELECT COUNT(*) FROM reception_record WHERE tenant_id = $1 AND session_id = $2)",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        for (from, to) in [
            ("state = 'checked_in'", "done"),
            ("state = 'booked'", if written > 0 { "no_show" } else { "done" }),
            ("state IN ('waiting', 'offered')", "lapsed"),
        ] {
            let sql = [
                "UPDATE appointment SET state = $1, remind_at = NULL, offer_until = NULL, choice = NULL, updated_at = $2,
                 version = version + 1
                 WHERE tenant_id = $3 AND session_id = $4 AND ",
                from,
            ]
            .concat();
            execute(&tx, &sql, vec![to.into(), now.into(), self.tenant().into(), id.into()]).await?;
        }
        tx.commit().await?;
        self.public_changed();
        self.session(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// Ends receptions that were over before a moment and that nobody ended. Tells how many.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn close_forgotten(&self, before: Millis, now: Millis, limit: u64) -> Result<u64, ReceptionError> {
        let over: Vec<Forgotten> = rows(
            &self.read,
            "SELECT id, version FROM reception_session WHERE tenant_id = $1 AND ends_at < $2 AND starts_at < $2
             AND state IN ('planned', 'announced') ORDER BY starts_at, id LIMIT $3",
            vec![self.tenant().into(), before.into(), (limit as i64).into()],
        )
        .await?;
        let mut closed = 0;
        for one in over {
            match self.close_session(&one.id, one.version, now).await {
                Ok(_) => closed += 1,
                // Somebody was quicker.
                Err(ReceptionError::Changed | ReceptionError::NotAllowed) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(closed)
    }

    async fn move_session<const N: usize>(
        &self,
        id: &str,
        version: i64,
        act: SessionAct,
        now: Millis,
        set: &str,
        values: [sea_orm::Value; N],
    ) -> Result<Session, ReceptionError> {
        let tx = self.begin().await?;
        let session = self.session_held(&tx, id).await?;
        let state = allowed(&session, Some(version), act, now)?;
        self.set_state(&tx, id, (state, now), set, values).await?;
        tx.commit().await?;
        self.public_changed();
        self.session(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// Sets a reception's state with what belongs to it, as a change that everybody may see.
    pub(super) async fn set_state<const N: usize>(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        (state, now): (SessionState, Millis),
        set: &str,
        values: [sea_orm::Value; N],
    ) -> Result<(), StoreError> {
        let mut query = Query::new("UPDATE reception_session SET", []);
        query.push(&[set, ","].concat(), values);
        query.push(
            "state = ?, changed_at = ?, version = version + 1 WHERE tenant_id = ? AND id = ?",
            [state.code().into(), now.into(), self.tenant().into(), id.into()],
        );
        query.execute(tx).await?;
        self.raise_public_revision(tx).await
    }
}

/// Where an act leads, at the version that was read.
pub(super) fn allowed(
    session: &Session,
    version: Option<i64>,
    act: SessionAct,
    now: Millis,
) -> Result<SessionState, ReceptionError> {
    if version.is_some_and(|version| version != session.version) {
        return Err(ReceptionError::Changed);
    }
    session
        .state
        .after(act, session.starts_at, now)
        .ok_or(ReceptionError::NotAllowed)
}

/// Names who receives.
pub(super) async fn insert_deputies(
    store: &Store,
    tx: &DatabaseTransaction,
    session_id: &str,
    deputies: &[Id],
) -> Result<(), StoreError> {
    for (sort, deputy) in (1_i64..).zip(deputies) {
        execute(
            tx,
            "INSERT INTO session_deputy (tenant_id, session_id, deputy_id, state, sort) VALUES ($1, $2, $3, 'confirmed', $4)
             ON CONFLICT (tenant_id, session_id, deputy_id) DO NOTHING",
            vec![
                store.tenant().into(),
                session_id.into(),
                deputy.as_str().into(),
                sort.into(),
            ],
        )
        .await?;
    }
    Ok(())
}
