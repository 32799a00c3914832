//! Proposing, deciding, objecting, lifting; and what ends by itself.

use super::{KeptMeasure, MeasureError, NewMeasure, Row, SAME_PERSON};
use crate::ids::new_id;
use crate::sql::{Query, execute, marks, number, row, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::calendar::{DAY_MS, WorkCalendar};
use liaison_domain::limits::Limits;
use liaison_domain::notify::MeetingKind;
use liaison_domain::restriction::{MeasureState, Past, Person, Refused, Sanction, Step, may_propose, next_step};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::BTreeSet;

/// The rules in force at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub limits: &'a Limits,
    pub calendar: &'a WorkCalendar,
    pub now: Millis,
}

impl Store {
    /// Proposes a measure; its step follows from what was before.
    ///
    /// # Errors
    /// [`Refused`] in [`MeasureError`] tells why not.
    pub async fn propose_restriction(
        &self,
        new: &NewMeasure,
        by: &Person,
        terms: Terms<'_>,
    ) -> Result<KeptMeasure, MeasureError> {
        let letters: BTreeSet<&Id> = new.letters.iter().collect();
        let tx = self.begin().await?;
        self.take_turn(&tx, &new.account_id).await?;
        let waiting = [
            "SELECT COUNT(*) FROM restriction r WHERE r.state = 'proposed' AND ",
            SAME_PERSON,
        ]
        .concat();
        let waiting = number(
            &tx,
            &waiting,
            vec![self.tenant().into(), new.account_id.as_str().into()],
        )
        .await?;
        may_propose(new.ground, letters.len(), waiting > 0)?;
        let mut own = Query::new(
            "SELECT COUNT(*) FROM message WHERE tenant_id = ? AND submitter_account_id = ? AND id IN",
            [self.tenant().into(), new.account_id.as_str().into()],
        );
        own.push_all(&marks(letters.len()), letters.iter().map(|id| id.as_str().into()));
        if own.number(&tx).await? != letters.len() as i64 {
            return Err(Refused::NotOnePerson.into());
        }
        let sanction = self.sanction_on(&tx, &new.account_id, terms).await?;
        let id = new_id();
        execute(
            &tx,
            "INSERT INTO restriction (tenant_id, id, account_id, phone_hash, station_id, ground, step, days, state, reason,
             proposed_by, proposed_at, version) VALUES ($1, $2, $3,
             (SELECT a.phone_hash FROM account a WHERE a.tenant_id = $1 AND a.id = $3),
             $4, $5, $6, $7, 'proposed', $8, $9, $10, 1)",
            vec![
                self.tenant().into(),
                id.as_str().into(),
                new.account_id.as_str().into(),
                new.station_id.as_str().into(),
                new.ground.code().into(),
                sanction.step.code().into(),
                sanction.days.map(i64::from).into(),
                new.reason.as_str().into(),
                by.id.as_str().into(),
                terms.now.into(),
            ],
        )
        .await?;
        for letter in &letters {
            execute(
                &tx,
                "INSERT INTO restriction_letter (tenant_id, restriction_id, message_id) VALUES ($1, $2, $3)",
                vec![self.tenant().into(), id.as_str().into(), letter.as_str().into()],
            )
            .await?;
        }
        self.done(tx, &id, "proposed", Some(&by.id), &new.reason, terms.now, |_| {
            Some(MeetingKind::RestrictionProposed)
        })
        .await
    }

    /// A leader approves or refuses what was proposed. Approved, it begins at once; how far it goes follows from what is known
    /// now.
    ///
    /// # Errors
    /// [`Refused`] in [`MeasureError`] tells why not.
    pub async fn decide_restriction(
        &self,
        id: &str,
        version: i64,
        by: &Person,
        approve: bool,
        words: &str,
        terms: Terms<'_>,
    ) -> Result<KeptMeasure, MeasureError> {
        let tx = self.begin().await?;
        let known = self.restriction_held(&tx, id, Some(version)).await?;
        if !approve {
            known.measure().refuse(by)?;
            self.change(
                &tx,
                id,
                "state = 'refused', decided_by = ?, decided_at = ?, decision = ?",
                [by.id.as_str().into(), terms.now.into(), words.into()],
            )
            .await?;
            return self
                .done(tx, id, "refused", Some(&by.id), words, terms.now, |_| None)
                .await;
        }
        self.take_turn(&tx, &known.account_id).await?;
        let sanction = self.sanction_on(&tx, &known.account_id, terms).await?;
        let granted = known
            .measure()
            .approve(by, sanction, terms.limits, terms.calendar, terms.now)?;
        self.change(
            &tx,
            id,
            "state = 'in_force', decided_by = ?, decided_at = ?, decision = ?, step = ?, days = ?, starts_at = ?,
             ends_at = ?, appeal_until = ?",
            [
                by.id.as_str().into(),
                terms.now.into(),
                words.into(),
                sanction.step.code().into(),
                sanction.days.map(i64::from).into(),
                granted.starts_at.into(),
                granted.ends_at.into(),
                granted.appeal_until.into(),
            ],
        )
        .await?;
        self.done(tx, id, "approved", Some(&by.id), words, terms.now, |measure| {
            Some(match measure.step {
                Step::Warning => MeetingKind::RestrictionWarning,
                Step::RateLimit => MeetingKind::RestrictionLimit,
                Step::Restriction => MeetingKind::RestrictionStarted,
            })
        })
        .await
    }

    /// The person objects, by whichever of their accounts.
    ///
    /// # Errors
    /// [`Refused`] in [`MeasureError`] tells why not.
    pub async fn object_to_restriction(
        &self,
        id: &str,
        account_id: &str,
        text: &str,
        terms: Terms<'_>,
    ) -> Result<KeptMeasure, MeasureError> {
        let tx = self.begin().await?;
        let known = self.restriction_held(&tx, id, None).await?;
        let own = ["SELECT COUNT(*) FROM restriction r WHERE r.id = $3 AND ", SAME_PERSON].concat();
        let own = number(&tx, &own, vec![self.tenant().into(), account_id.into(), id.into()]).await?;
        if own == 0 {
            return Err(MeasureError::NotFound);
        }
        let due = known.measure().object(terms.limits, terms.calendar, terms.now)?;
        self.change(
            &tx,
            id,
            "appeal_text = ?, appealed_at = ?, appeal_due = ?",
            [text.into(), terms.now.into(), due.into()],
        )
        .await?;
        self.done(tx, id, "objected", Some(account_id), text, terms.now, |_| {
            Some(MeetingKind::RestrictionObjected)
        })
        .await
    }

    /// Somebody who had no part in it decides about the appeal. `won`: the measure is overturned and counts for nothing.
    ///
    /// # Errors
    /// [`Refused`] in [`MeasureError`] tells why not.
    pub async fn hear_appeal(
        &self,
        id: &str,
        version: i64,
        by: &Person,
        won: bool,
        words: &str,
        now: Millis,
    ) -> Result<KeptMeasure, MeasureError> {
        let tx = self.begin().await?;
        let known = self.restriction_held(&tx, id, Some(version)).await?;
        known.measure().hear(by)?;
        let state = if won { MeasureState::Overturned } else { known.state };
        let ended_at = if won && known.ended_at.is_none() {
            Some(now)
        } else {
            known.ended_at
        };
        self.change(
            &tx,
            id,
            "state = ?, ended_at = ?, appeal_by = ?, appeal_at = ?, appeal_won = ?, appeal_words = ?",
            [
                state.code().into(),
                ended_at.into(),
                by.id.as_str().into(),
                now.into(),
                won.into(),
                words.into(),
            ],
        )
        .await?;
        let act = if won { "overturned" } else { "upheld" };
        self.done(tx, id, act, Some(&by.id), words, now, |_| {
            Some(MeetingKind::RestrictionHeard)
        })
        .await
    }

    /// A leader ends it before its time.
    ///
    /// # Errors
    /// [`Refused`] in [`MeasureError`] tells why not.
    pub async fn lift_restriction(
        &self,
        id: &str,
        version: i64,
        by: &Person,
        words: &str,
        now: Millis,
    ) -> Result<KeptMeasure, MeasureError> {
        let tx = self.begin().await?;
        let known = self.restriction_held(&tx, id, Some(version)).await?;
        known.measure().lift(by)?;
        self.change(
            &tx,
            id,
            "state = 'lifted', ended_by = ?, ended_at = ?, ended_reason = ?",
            [by.id.as_str().into(), now.into(), words.into()],
        )
        .await?;
        self.done(tx, id, "lifted", Some(&by.id), words, now, |_| {
            Some(MeetingKind::RestrictionLifted)
        })
        .await
    }

    /// Ends what has come to its end, each once, however many servers look; tells how many. A warning ends in silence: it
    /// refused nothing.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn end_restrictions(&self, now: Millis, limit: u64) -> Result<u64, MeasureError> {
        let due = strings(
            &self.read,
            "SELECT id FROM restriction WHERE tenant_id = $1 AND state = 'in_force' AND ends_at <= $2
             ORDER BY ends_at, id LIMIT $3",
            vec![self.tenant().into(), now.into(), (limit as i64).into()],
        )
        .await?;
        let mut ended = 0;
        for id in due {
            let tx = self.begin().await?;
            let known = self.restriction_held(&tx, &id, None).await?;
            if known.state != MeasureState::InForce || known.ends_at.is_none_or(|end| end > now) {
                continue;
            }
            self.change(&tx, &id, "state = 'ended', ended_at = ?", [now.into()])
                .await?;
            self.done(tx, &id, "ended", None, "", now, |measure| {
                (measure.step != Step::Warning).then_some(MeetingKind::RestrictionLifted)
            })
            .await?;
            ended += 1;
        }
        Ok(ended)
    }

    /// Takes the number from measures that no longer count for anything; tells how many.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn forget_restricted_numbers(&self, limits: &Limits, now: Millis) -> Result<u64, StoreError> {
        let before = now - Millis::from(limits.restriction_memory_days) * DAY_MS;
        execute(
            self.writer(),
            "DELETE FROM restriction_number WHERE tenant_id = $1 AND restriction_id IN (SELECT r.id FROM restriction r
             WHERE r.tenant_id = $1 AND r.state NOT IN ('proposed', 'in_force')
             AND COALESCE(r.decided_at, r.proposed_at) < $2)",
            vec![self.tenant().into(), before.into()],
        )
        .await?;
        execute(
            self.writer(),
            "UPDATE restriction SET phone_hash = NULL WHERE tenant_id = $1 AND phone_hash IS NOT NULL
             AND state NOT IN ('proposed', 'in_force') AND COALESCE(decided_at, proposed_at) < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }

    /// The account's row is its turn: two decisions about one person do not pass each other by.
    async fn take_turn(&self, tx: &DatabaseTransaction, account_id: &str) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE account SET notify = notify WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        Ok(())
    }

    /// Where the next offence of a person leads.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn next_restriction(&self, account_id: &str, terms: Terms<'_>) -> Result<Sanction, StoreError> {
        self.sanction_on(&self.read, account_id, terms).await
    }

    async fn sanction_on<C: ConnectionTrait>(
        &self,
        db: &C,
        account_id: &str,
        terms: Terms<'_>,
    ) -> Result<Sanction, StoreError> {
        let past: Vec<Past> = self
            .restrictions_of_on(db, account_id)
            .await?
            .iter()
            .filter_map(KeptMeasure::past)
            .collect();
        Ok(next_step(&past, terms.limits, terms.now))
    }

    pub(super) async fn restrictions_of_on<C: ConnectionTrait>(
        &self,
        db: &C,
        account_id: &str,
    ) -> Result<Vec<KeptMeasure>, StoreError> {
        let sql = [
            "SELECT r.* FROM restriction r WHERE ",
            SAME_PERSON,
            " ORDER BY r.proposed_at DESC, r.id DESC",
        ]
        .concat();
        let found: Vec<Row> = rows(db, &sql, vec![self.tenant().into(), account_id.into()]).await?;
        found.into_iter().map(Row::kept).collect()
    }

    pub(super) async fn restriction_on<C: ConnectionTrait>(
        &self,
        db: &C,
        id: &str,
    ) -> Result<Option<KeptMeasure>, StoreError> {
        let found: Option<Row> = row(
            db,
            "SELECT r.* FROM restriction r WHERE r.tenant_id = $1 AND r.id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        found.map(Row::kept).transpose()
    }

    /// A measure that nobody else changes until the transaction ends.
    async fn restriction_held(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        version: Option<i64>,
    ) -> Result<KeptMeasure, MeasureError> {
        execute(
            tx,
            "UPDATE restriction SET version = version WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        let known = self.restriction_on(tx, id).await?.ok_or(MeasureError::NotFound)?;
        if version.is_some_and(|version| version != known.version) {
            return Err(MeasureError::Changed);
        }
        Ok(known)
    }

    async fn change<const N: usize>(
        &self,
        tx: &DatabaseTransaction,
        id: &str,
        set: &str,
        values: [sea_orm::Value; N],
    ) -> Result<(), StoreError> {
        let mut query = Query::new("UPDATE restriction SET version = version + 1,", []);
        query
            .push(set, values)
            .push("WHERE tenant_id = ? AND id = ?", [self.tenant().into(), id.into()]);
        query.execute(tx).await?;
        Ok(())
    }

    /// Writes the log, tells whom it concerns, and keeps all of it.
    #[allow(clippy::too_many_arguments, reason = "one log row's columns, once each")]
    async fn done(
        &self,
        tx: DatabaseTransaction,
        id: &str,
        act: &str,
        actor_id: Option<&str>,
        words: &str,
        now: Millis,
        tells: impl FnOnce(&KeptMeasure) -> Option<MeetingKind> + Send,
    ) -> Result<KeptMeasure, MeasureError> {
        self.log_restriction(&tx, id, act, actor_id, words, now).await?;
        let kept = self.restriction_on(&tx, id).await?.ok_or(MeasureError::NotFound)?;
        let told = match tells(&kept) {
            Some(kind) => self.tell_of_restriction(&tx, &kept, kind, now).await?,
            None => Vec::new(),
        };
        tx.commit().await?;
        self.tell(&told);
        Ok(kept)
    }
}
