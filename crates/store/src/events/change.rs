//! The event itself: written, changed, taken from state to state, minuted.

use super::{Changed, Concern, Event, EventError};
use crate::sql::{execute, to_json};
use crate::{Store, StoreError, new_id};
use liaison_domain::dto::{EventDraft, EventStateChange, MinutesDraft};
use liaison_domain::events::{EventFacts, EventState, step};
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, Value};

/// An optional text as it is kept: none when it is blank.
fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl Store {
    /// Keeps a new event as a draft, under a fresh id. The draft passed `check_event`.
    ///
    /// # Errors
    /// What the database refused: also a station or category that does not exist.
    pub async fn create_event(&self, draft: &EventDraft, by: &str, now: Millis) -> Result<Id, StoreError> {
        self.create_event_as(&new_id(), draft, by, now).await
    }

    /// The same under a given id, for the demo's events.
    ///
    /// # Errors
    /// As [`Store::create_event`].
    pub async fn create_event_as(&self, id: &str, draft: &EventDraft, by: &str, now: Millis) -> Result<Id, StoreError> {
        let tx = self.begin().await?;
        let mut values: Vec<Value> = vec![self.tenant().into(), id.into()];
        values.extend(written(draft)?);
        values.extend([Value::from(by), now.into()]);
        execute(
            &tx,
            "INSERT INTO event (tenant_id, id, kind, title, intro, station_id, organiser, starts_at, ends_at, place,
             online_url, agenda, rules, registration, capacity, waiting_list, premoderated, category_id, state, line,
             version, revision, created_by, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'draft', 0, 1, 1,
             $19, $20, $20)",
            values,
        )
        .await?;
        self.seat_parties(&tx, id, draft).await?;
        tx.commit().await?;
        Ok(id.to_owned())
    }

    /// Changes what the desk wrote, decided on the version that was read. A larger room lets those who wait move up.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn edit_event(
        &self,
        id: &str,
        version: i64,
        draft: &EventDraft,
        now: Millis,
    ) -> Result<Changed, EventError> {
        let tx = self.begin().await?;
        let done = self.edit_in(&tx, id, version, draft, now).await;
        self.finish(tx, id, done).await
    }

    async fn edit_in(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        version: i64,
        draft: &EventDraft,
        now: Millis,
    ) -> Result<(Changed, Vec<Id>), EventError> {
        let before = self.lock_event(tx, id).await?;
        before.is_at(version)?;
        if !before.state.may_be_edited() {
            return Err(EventError::State);
        }
        let mut values: Vec<Value> = vec![self.tenant().into(), id.into()];
        values.extend(written(draft)?);
        values.push(now.into());
        execute(
            tx,
            "UPDATE event SET kind = $3, title = $4, intro = $5, station_id = $6, organiser = $7, starts_at = $8,
             ends_at = $9, place = $10, online_url = $11, agenda = $12, rules = $13, registration = $14, capacity = $15,
             waiting_list = $16, premoderated = $17, category_id = $18, updated_at = $19, version = version + 1
             WHERE tenant_id = $1 AND id = $2",
            values,
        )
        .await?;
        self.seat_parties(tx, id, draft).await?;
        let when_and_where = |draft: &EventDraft| (draft.starts_at, draft.ends_at, draft.place.trim().to_owned());
        let after = Event {
            draft: draft.clone(),
            ..before.clone()
        };
        let mut told = if before.state.is_public() && when_and_where(&before.draft) != when_and_where(draft) {
            let moved = Concern::Moved(before.draft.starts_at);
            self.tell_concerned(tx, &after, moved, now).await?
        } else {
            Vec::new()
        };
        let moved_up = self.move_up(tx, id, draft.capacity, now).await?;
        let seated = Concern::MovedUp(&moved_up);
        told.extend(self.tell_concerned(tx, &after, seated, now).await?);
        self.changed(tx, &before, before.state, moved_up, told).await
    }

    /// Takes an event to another state, decided on the version that was read. A cancellation ends every registration.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn step_event(
        &self,
        id: &str,
        version: i64,
        change: &EventStateChange,
        now: Millis,
    ) -> Result<Changed, EventError> {
        let tx = self.begin().await?;
        let done = self.step_in(&tx, id, version, change, now).await;
        self.finish(tx, id, done).await
    }

    async fn step_in(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        version: i64,
        change: &EventStateChange,
        now: Millis,
    ) -> Result<(Changed, Vec<Id>), EventError> {
        let before = self.lock_event(tx, id).await?;
        before.is_at(version)?;
        let reason = given(change.reason.as_deref());
        let facts = EventFacts {
            state: before.state,
            starts_at: before.draft.starts_at,
            place: &before.draft.place,
            online_url: before.draft.online_url.as_deref(),
            minutes: before.minutes.as_deref(),
        };
        step(&facts, change.to, reason.as_deref(), now)?;
        let is_cancelled = change.to == EventState::Cancelled;
        execute(
            tx,
            "UPDATE event SET state = $3, cancel_reason = $4, updated_at = $5, version = version + 1
             WHERE tenant_id = $1 AND id = $2",
            vec![
                self.tenant().into(),
                id.into(),
                change.to.code().into(),
                reason.filter(|_| is_cancelled).into(),
                now.into(),
            ],
        )
        .await?;
        let mut told = Vec::new();
        if is_cancelled {
            told = self.tell_concerned(tx, &before, Concern::Cancelled, now).await?;
            execute(
                tx,
                "UPDATE event_registration SET state = 'cancelled', ended_at = $3 WHERE tenant_id = $1 AND event_id = $2
                 AND state IN ('confirmed', 'waiting')",
                vec![self.tenant().into(), id.into(), now.into()],
            )
            .await?;
        }
        if before.state == EventState::Live {
            // Nothing is being answered where nobody sits together.
            self.put_live_back(tx, id).await?;
        }
        self.changed(tx, &before, change.to, Vec::new(), told).await
    }

    /// Keeps the minutes as far as they are written. Everybody reads them once the event is finished.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn write_minutes(
        &self,
        id: &str,
        version: i64,
        minutes: &MinutesDraft,
        now: Millis,
    ) -> Result<Changed, EventError> {
        let tx = self.begin().await?;
        let done = self.minutes_in(&tx, id, version, minutes, now).await;
        self.finish(tx, id, done).await
    }

    async fn minutes_in(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        version: i64,
        minutes: &MinutesDraft,
        now: Millis,
    ) -> Result<(Changed, Vec<Id>), EventError> {
        let before = self.lock_event(tx, id).await?;
        before.is_at(version)?;
        if !before.state.takes_minutes() {
            return Err(EventError::State);
        }
        let text = given(Some(&minutes.text));
        if text.is_none() && before.state == EventState::Finished {
            return Err(EventError::Field("text", "required"));
        }
        execute(
            tx,
            "UPDATE event SET minutes = $3, minutes_at = $4, attendance = $5, updated_at = $4, version = version + 1
             WHERE tenant_id = $1 AND id = $2",
            vec![
                self.tenant().into(),
                id.into(),
                text.into(),
                now.into(),
                minutes.attendance.map(i64::from).into(),
            ],
        )
        .await?;
        self.changed(tx, &before, before.state, Vec::new(), Vec::new()).await
    }

    /// A change of the event itself, with everything that follows from it for those who follow.
    async fn changed(
        &self,
        tx: &DatabaseTransaction,
        before: &Event,
        state: EventState,
        moved_up: Vec<Id>,
        mut told: Vec<Id>,
    ) -> Result<(Changed, Vec<Id>), EventError> {
        self.raise_event(tx, &before.id).await?;
        told.sort_unstable();
        told.dedup();
        let changed = Changed {
            version: before.version + 1,
            revision: before.revision + 1,
            state,
            moved_up,
            told: told.clone(),
        };
        Ok((changed, told))
    }

    async fn seat_parties(&self, tx: &DatabaseTransaction, id: &str, draft: &EventDraft) -> Result<(), StoreError> {
        execute(
            tx,
            "DELETE FROM event_party WHERE tenant_id = $1 AND event_id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        let lists = [
            ("moderator", &draft.moderators),
            ("deputy", &draft.deputies),
            ("unit", &draft.units),
        ];
        for (role, list) in lists {
            for (sort, ref_id) in list.iter().enumerate() {
                execute(
                    tx,
                    "INSERT INTO event_party (tenant_id, event_id, role, ref_id, sort) VALUES ($1, $2, $3, $4, $5)",
                    vec![
                        self.tenant().into(),
                        id.into(),
                        role.into(),
                        ref_id.as_str().into(),
                        (sort as i64).into(),
                    ],
                )
                .await?;
            }
        }
        Ok(())
    }
}

impl Event {
    /// Whether nobody changed it since it was read.
    pub(super) fn is_at(&self, version: i64) -> Result<(), EventError> {
        if self.version == version {
            Ok(())
        } else {
            Err(EventError::Conflict)
        }
    }
}

/// What the desk wrote, in the order of the columns.
fn written(draft: &EventDraft) -> Result<[Value; 16], StoreError> {
    Ok([
        draft.kind.code().into(),
        draft.title.trim().into(),
        draft.intro.trim().into(),
        draft.station_id.as_str().into(),
        draft.organiser.trim().into(),
        draft.starts_at.into(),
        draft.ends_at.into(),
        draft.place.trim().into(),
        given(draft.online_url.as_deref()).into(),
        to_json(&draft.agenda)?.into(),
        draft.rules.trim().into(),
        draft.registration.into(),
        draft.capacity.map(i64::from).into(),
        draft.waiting_list.into(),
        draft.premoderated.into(),
        given(draft.category_id.as_deref()).into(),
    ])
}
