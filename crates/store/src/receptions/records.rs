//! 接待台账: what was talked about at receptions, one record a talk, and paper ledgers taken over whole.

use super::ReceptionError;
use crate::page::{Cursor, cut};
use crate::search::{Search, terms};
use crate::sql::{Query, code, execute, from_json, marks, row, to_json};
use crate::{Store, StoreError};
use liaison_domain::calendar::date_of;
use liaison_domain::dto::Page;
use liaison_domain::ledger::{PREFIX, ReceivedBy, RecordContent, RecordOutcome};
use liaison_domain::lifecycle::CaseState;
use liaison_domain::numbers::case_no;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};
use std::collections::BTreeMap;

/// A number as a record keeps it: masked to be shown, sealed to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedPhone {
    pub masked: String,
    pub encrypted: String,
}

/// A record to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// Chosen when the form was opened: the same form sent twice is one record.
    pub id: Id,
    pub session_id: Option<Id>,
    pub station_id: Id,
    /// Whoever booked or came to the counter; done once this is kept.
    pub appointment_id: Option<Id>,
    /// When they talked.
    pub at: Millis,
    pub queue_no: Option<u32>,
    pub phone: Option<SealedPhone>,
    /// The visitor's own, if they have one.
    pub account_id: Option<Id>,
    pub created_by: Id,
    pub content: RecordContent,
}

/// A record that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub id: Id,
    /// `JD-2026-000123`.
    pub no: String,
    pub session_id: Option<Id>,
    pub station_id: Id,
    pub appointment_id: Option<Id>,
    /// `YYYY-MM-DD`.
    pub date: String,
    pub at: Millis,
    pub queue_no: Option<u32>,
    pub phone_masked: Option<String>,
    pub phone_encrypted: Option<String>,
    pub account_id: Option<Id>,
    pub letter_id: Option<Id>,
    /// Taken over from paper.
    pub historic: bool,
    pub created_by: Option<Id>,
    pub version: i64,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub content: RecordContent,
}

/// Which records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// Of these stations; none: of all.
    pub stations: Option<Vec<Id>>,
    /// Where each of these deputies received.
    pub deputies: Vec<Id>,
    pub session: Option<Id>,
    /// Words anywhere in the record, or its number.
    pub words: Option<String>,
    /// At this moment or later.
    pub from: Option<Millis>,
    /// At this moment or earlier.
    pub to: Option<Millis>,
    pub outcome: Option<RecordOutcome>,
    /// Those from paper only, or the others only.
    pub historic: Option<bool>,
}

/// How many records a filter finds, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordTotals {
    pub all: u64,
    pub people: u64,
    pub on_site: u64,
    pub letters: u64,
    pub noted: u64,
    /// Letters, or what is still to become one, without an end so far.
    pub open: u64,
}

/// A paper ledger to take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    pub station_id: Id,
    pub file_name: String,
    /// Of the file's bytes: by it the same file is known again.
    pub digest: String,
    /// Rows that could not be read.
    pub passed_over: u32,
    pub account_id: Id,
}

/// A row of a paper ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// As counted in the file.
    pub row: u32,
    pub at: Millis,
    pub phone: Option<SealedPhone>,
    pub content: RecordContent,
}

/// A paper ledger that was taken over.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct KeptImport {
    pub id: Id,
    pub file_name: String,
    pub kept: i64,
    pub passed_over: i64,
    pub at: Millis,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    Kept(KeptImport),
    /// The station took over the same file before; nothing was added.
    Known(KeptImport),
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    no: String,
    session_id: Option<String>,
    station_id: String,
    appointment_id: Option<String>,
    date: String,
    at: i64,
    queue_no: Option<i64>,
    visitor: String,
    phone_masked: Option<String>,
    phone_enc: Option<String>,
    account_id: Option<String>,
    people: i64,
    topic: String,
    category_id: Option<String>,
    words: String,
    notes: String,
    visit_place: String,
    visit_seen: String,
    outcome: String,
    solved: String,
    deputies: String,
    letter_id: Option<String>,
    historic: bool,
    created_by: Option<String>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl Row {
    fn record(self) -> Result<Recorded, StoreError> {
        let content = RecordContent {
            visitor: self.visitor,
            people: self.people as u32,
            topic: self.topic,
            category_id: self.category_id,
            words: self.words,
            notes: self.notes,
            visit_place: self.visit_place,
            visit_seen: self.visit_seen,
            outcome: code(RecordOutcome::from_code, &self.outcome)?,
            solved: self.solved,
            deputies: from_json(&self.deputies)?,
        };
        Ok(Recorded {
            id: self.id,
            no: self.no,
            session_id: self.session_id,
            station_id: self.station_id,
            appointment_id: self.appointment_id,
            date: self.date,
            at: self.at,
            queue_no: self.queue_no.map(|no| no as u32),
            phone_masked: self.phone_masked,
            phone_encrypted: self.phone_enc,
            account_id: self.account_id,
            letter_id: self.letter_id,
            historic: self.historic,
            created_by: self.created_by,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            content,
        })
    }
}

/// Where a row of a ledger came from.
struct Origin<'a> {
    no: String,
    import: Option<(&'a str, u32)>,
}

impl RecordFilter {
    /// The conditions on `r`, after `WHERE r.tenant_id = ?`.
    fn narrow(&self, store: &Store, query: &mut Query) {
        if let Some(stations) = &self.stations {
            query.push("AND r.station_id IN", []);
            query.push_all(&marks(stations.len()), stations.iter().map(|id| id.as_str().into()));
        }
        for deputy in &self.deputies {
            // The list is JSON that this module wrote: an id stands in it between quotation marks and nowhere else.
            let pattern = crate::sql::contains(&["\"id\":\"", deputy, "\""].concat());
            query.push("AND r.deputies LIKE ? ESCAPE '\\'", [pattern.into()]);
        }
        if let Some(session) = &self.session {
            query.push("AND r.session_id = ?", [session.as_str().into()]);
        }
        if let Some(from) = self.from {
            query.push("AND r.at >= ?", [from.into()]);
        }
        if let Some(to) = self.to {
            query.push("AND r.at <= ?", [to.into()]);
        }
        if let Some(outcome) = self.outcome {
            query.push("AND r.outcome = ?", [outcome.code().into()]);
        }
        if let Some(historic) = self.historic {
            query.push("AND r.historic = ?", [historic.into()]);
        }
        if let Some(search) = Search::of(self.words.as_deref()) {
            search.narrow_records(query, store.engine(), &store.tenant());
        }
    }
}

impl Store {
    /// Keeps a record under the next number of its year. The same id by the same person gives the record that is kept.
    ///
    /// # Errors
    /// [`ReceptionError::NotFound`] for an id that somebody else used.
    pub async fn add_record(&self, new: &NewRecord, now: Millis) -> Result<Recorded, ReceptionError> {
        let tx = self.begin().await?;
        if let Some(session) = &new.session_id {
            // No draft of this record is saved meanwhile.
            self.session_held(&tx, session).await?;
        }
        if let Some(known) = self.record_on(&tx, &new.id).await? {
            tx.rollback().await?;
            let is_own = known.created_by.as_ref() == Some(&new.created_by);
            return if is_own {
                Ok(known)
            } else {
                Err(ReceptionError::NotFound)
            };
        }
        let no = self.record_numbers(&tx, date_of(new.at).year, 1).await?.remove(0);
        self.insert_record(&tx, new, Origin { no, import: None }, now).await?;
        self.draft_became_record(&tx, &new.id).await?;
        if let Some(appointment) = &new.appointment_id {
            self.talked(&tx, appointment, now).await?;
        }
        tx.commit().await?;
        self.record(&new.id).await?.ok_or(ReceptionError::NotFound)
    }

    /// `JD-2026-000001` and those after it, without gaps: the counter is part of the transaction that keeps the records.
    async fn record_numbers<C: ConnectionTrait>(
        &self,
        db: &C,
        year: i32,
        count: usize,
    ) -> Result<Vec<String>, StoreError> {
        let name = ["record-", &year.to_string()].concat();
        let last = crate::sql::number(
            db,
            "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + $3 RETURNING value",
            vec![self.tenant().into(), name.into(), (count as i64).into()],
        )
        .await?;
        let first = last - count as i64 + 1;
        Ok((first..=last)
            .map(|serial| case_no(PREFIX, year, serial as u32))
            .collect())
    }

    async fn insert_record(
        &self,
        tx: &DatabaseTransaction,
        new: &NewRecord,
        origin: Origin<'_>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let content = &new.content;
        Query::new(
            "INSERT INTO reception_record (tenant_id, id, no, session_id, station_id, appointment_id, date, at, queue_no,
             visitor, phone_masked, phone_enc, account_id, people, topic, category_id, words, notes, visit_place,
             visit_seen, outcome, solved, deputies, historic, import_id, import_row, created_by, version, created_at,
             updated_at, search_terms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
             ?, ?, 1, ?, ?, ?)",
            [
                self.tenant().into(),
                new.id.as_str().into(),
                origin.no.as_str().into(),
                new.session_id.clone().into(),
                new.station_id.as_str().into(),
                new.appointment_id.clone().into(),
                date_of(new.at).iso().into(),
                new.at.into(),
                new.queue_no.map(i64::from).into(),
                content.visitor.as_str().into(),
                new.phone.as_ref().map(|phone| phone.masked.clone()).into(),
                new.phone.as_ref().map(|phone| phone.encrypted.clone()).into(),
                new.account_id.clone().into(),
                i64::from(content.people).into(),
                content.topic.as_str().into(),
                content.category_id.clone().into(),
                content.words.as_str().into(),
                content.notes.as_str().into(),
                content.visit_place.as_str().into(),
                content.visit_seen.as_str().into(),
                content.outcome.code().into(),
                content.solved.as_str().into(),
                to_json(&content.deputies)?.into(),
                origin.import.is_some().into(),
                origin.import.map(|(id, _)| id.to_owned()).into(),
                origin.import.map(|(_, row)| i64::from(row)).into(),
                new.created_by.as_str().into(),
                now.into(),
                now.into(),
                search_terms(&origin.no, content).into(),
            ],
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    pub(super) async fn record_on<C: ConnectionTrait>(&self, db: &C, id: &str) -> Result<Option<Recorded>, StoreError> {
        let found: Option<Row> = row(
            db,
            "SELECT r.* FROM reception_record r WHERE r.tenant_id = $1 AND r.id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        found.map(Row::record).transpose()
    }

    /// The record with this id.
    pub async fn record(&self, id: &str) -> Result<Option<Recorded>, StoreError> {
        self.record_on(&self.read, id).await
    }

    /// Changes what a record says. What it is about stays: reception, number, day, letter.
    ///
    /// # Errors
    /// [`ReceptionError::Changed`] at another version; [`ReceptionError::NotAllowed`] when it became a letter and
    /// should be something else now.
    pub async fn change_record(
        &self,
        id: &str,
        version: i64,
        content: &RecordContent,
        phone: Option<&SealedPhone>,
        now: Millis,
    ) -> Result<Recorded, ReceptionError> {
        let tx = self.begin().await?;
        let known = self.record_on(&tx, id).await?.ok_or(ReceptionError::NotFound)?;
        if known.letter_id.is_some() && content.outcome != RecordOutcome::Letter {
            tx.rollback().await?;
            return Err(ReceptionError::NotAllowed);
        }
        let touched = Query::new(
            "UPDATE reception_record SET visitor = ?, people = ?, topic = ?, category_id = ?, words = ?, notes = ?,
             visit_place = ?, visit_seen = ?, outcome = ?, solved = ?, deputies = ?, phone_masked = COALESCE(?, phone_masked),
             phone_enc = COALESCE(?, phone_enc), search_terms = ?, updated_at = ?, version = version + 1
             WHERE tenant_id = ? AND id = ? AND version = ?",
            [
                content.visitor.as_str().into(),
                i64::from(content.people).into(),
                content.topic.as_str().into(),
                content.category_id.clone().into(),
                content.words.as_str().into(),
                content.notes.as_str().into(),
                content.visit_place.as_str().into(),
                content.visit_seen.as_str().into(),
                content.outcome.code().into(),
                content.solved.as_str().into(),
                to_json(&content.deputies)?.into(),
                phone.map(|phone| phone.masked.clone()).into(),
                phone.map(|phone| phone.encrypted.clone()).into(),
                search_terms(&known.no, content).into(),
                now.into(),
                self.tenant().into(),
                id.into(),
                version.into(),
            ],
        )
        .execute(&tx)
        .await?;
        if touched == 0 {
            tx.rollback().await?;
            return Err(ReceptionError::Changed);
        }
        tx.commit().await?;
        self.record(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// A record became a letter; whoever booked finds it with their booking.
    pub async fn record_became(&self, id: &str, letter_id: &str, now: Millis) -> Result<Recorded, ReceptionError> {
        let tx = self.begin().await?;
        let known = self.record_on(&tx, id).await?.ok_or(ReceptionError::NotFound)?;
        execute(
            &tx,
            "UPDATE reception_record SET letter_id = $1, outcome = 'letter', updated_at = $2, version = version + 1
             WHERE tenant_id = $3 AND id = $4",
            vec![letter_id.into(), now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        if let Some(appointment) = &known.appointment_id {
            execute(
                &tx,
                "UPDATE appointment SET letter_id = $1, updated_at = $2, version = version + 1
                 WHERE tenant_id = $3 AND id = $4",
                vec![
                    letter_id.into(),
                    now.into(),
                    self.tenant().into(),
                    appointment.as_str().into(),
                ],
            )
            .await?;
        }
        tx.commit().await?;
        self.record(id).await?.ok_or(ReceptionError::NotFound)
    }

    /// Records, the latest talk first.
    pub async fn ledger_records(
        &self,
        filter: &RecordFilter,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Recorded>, StoreError> {
        let mut query = Query::new(
            "SELECT r.* FROM reception_record r WHERE r.tenant_id = ?",
            [self.tenant().into()],
        );
        filter.narrow(self, &mut query);
        if let Some(cursor) = Cursor::parse(cursor) {
            query.push(
                "AND (r.at < ? OR (r.at = ? AND r.id < ?))",
                [cursor.key.into(), cursor.key.into(), cursor.id.into()],
            );
        }
        query.push("ORDER BY r.at DESC, r.id DESC LIMIT ?", [(limit as i64 + 1).into()]);
        let mut found: Vec<Row> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut found, limit, |row| Cursor {
            key: row.at,
            id: row.id.clone(),
        });
        let items = found.into_iter().map(Row::record).collect::<Result<Vec<_>, _>>()?;
        Ok(Page {
            items,
            next_cursor,
            total: self.record_totals(filter).await?.all,
        })
    }

    /// What a filter finds, counted.
    pub async fn record_totals(&self, filter: &RecordFilter) -> Result<RecordTotals, StoreError> {
        let mut query = Query::new(
            "SELECT COUNT(*), CAST(COALESCE(SUM(r.people), 0) AS BIGINT),
             COALESCE(SUM(CASE WHEN r.outcome = 'on_site' THEN 1 ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN r.outcome = 'letter' THEN 1 ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN r.outcome = 'noted' THEN 1 ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN r.outcome = 'letter' AND ((r.letter_id IS NULL AND NOT r.historic) OR m.state NOT IN
             ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived')) THEN 1 ELSE 0 END), 0)
             FROM reception_record r LEFT JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.letter_id
             WHERE r.tenant_id = ?",
            [self.tenant().into()],
        );
        filter.narrow(self, &mut query);
        let numbers = query.numbers(&self.read, 6).await?;
        let at = |n: usize| numbers[n] as u64;
        Ok(RecordTotals {
            all: at(0),
            people: at(1),
            on_site: at(2),
            letters: at(3),
            noted: at(4),
            open: at(5),
        })
    }

    /// The record that a letter came from.
    pub async fn record_of_letter(&self, letter_id: &str) -> Result<Option<Recorded>, StoreError> {
        let found: Option<Row> = row(
            &self.read,
            "SELECT r.* FROM reception_record r WHERE r.tenant_id = $1 AND r.letter_id = $2",
            vec![self.tenant().into(), letter_id.into()],
        )
        .await?;
        found.map(Row::record).transpose()
    }

    /// Number and state of letters that records became.
    pub async fn letters_of_records(&self, ids: &[Id]) -> Result<BTreeMap<Id, (String, CaseState)>, StoreError> {
        #[derive(FromQueryResult)]
        struct LetterRow {
            id: String,
            no: String,
            state: String,
        }
        let mut all = BTreeMap::new();
        // As many as fit one statement.
        for part in ids.chunks(400) {
            let mut query = Query::new(
                "SELECT id, no, state FROM message WHERE tenant_id = ? AND id IN",
                [self.tenant().into()],
            );
            query.push_all(&marks(part.len()), part.iter().map(|id| id.as_str().into()));
            for row in query.rows::<_, LetterRow>(&self.read).await? {
                all.insert(row.id, (row.no, code(CaseState::from_code, &row.state)?));
            }
        }
        Ok(all)
    }

    /// The import of this file by this station, if it was taken over before.
    pub async fn ledger_import(&self, station_id: &str, digest: &str) -> Result<Option<KeptImport>, StoreError> {
        self.import_on(&self.read, station_id, digest).await
    }

    async fn import_on<C: ConnectionTrait>(
        &self,
        db: &C,
        station_id: &str,
        digest: &str,
    ) -> Result<Option<KeptImport>, StoreError> {
        row(
            db,
            "SELECT id, file_name, kept, passed_over, at FROM ledger_import
             WHERE tenant_id = $1 AND station_id = $2 AND digest = $3",
            vec![self.tenant().into(), station_id.into(), digest.into()],
        )
        .await
    }

    /// Takes a paper ledger over: all of these rows or none, and the same file only once.
    pub async fn import_records(
        &self,
        new: &NewImport,
        rows: &[ImportRow],
        now: Millis,
    ) -> Result<Imported, StoreError> {
        let tx = self.begin().await?;
        let id = crate::new_id();
        // Waits for whoever takes over the same file at this moment.
        let is_new = execute(
            &tx,
            "INSERT INTO ledger_import (tenant_id, id, station_id, file_name, digest, kept, passed_over, account_id, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            vec![
                self.tenant().into(),
                id.as_str().into(),
                new.station_id.as_str().into(),
                new.file_name.as_str().into(),
                new.digest.as_str().into(),
                (rows.len() as i64).into(),
                i64::from(new.passed_over).into(),
                new.account_id.as_str().into(),
                now.into(),
            ],
        )
        .await?;
        let Some(kept) = self.import_on(&tx, &new.station_id, &new.digest).await? else {
            return Err(StoreError::Constraint("an import vanished".into()));
        };
        if is_new == 0 {
            tx.rollback().await?;
            return Ok(Imported::Known(kept));
        }
        let mut years: BTreeMap<i32, Vec<&ImportRow>> = BTreeMap::new();
        for row in rows {
            years.entry(date_of(row.at).year).or_default().push(row);
        }
        for (year, rows) in years {
            let numbers = self.record_numbers(&tx, year, rows.len()).await?;
            for (row, no) in rows.into_iter().zip(numbers) {
                let record = NewRecord {
                    id: crate::new_id(),
                    session_id: None,
                    station_id: new.station_id.clone(),
                    appointment_id: None,
                    at: row.at,
                    queue_no: None,
                    phone: row.phone.clone(),
                    account_id: None,
                    created_by: new.account_id.clone(),
                    content: row.content.clone(),
                };
                let origin = Origin {
                    no,
                    import: Some((&id, row.row)),
                };
                self.insert_record(&tx, &record, origin, now).await?;
            }
        }
        tx.commit().await?;
        Ok(Imported::Kept(kept))
    }
}

/// What a record is found by.
fn search_terms(no: &str, content: &RecordContent) -> String {
    let names: Vec<&str> = content
        .deputies
        .iter()
        .map(|ReceivedBy { name, .. }| name.as_str())
        .collect();
    let names = names.join("，");
    terms(&[
        no,
        &content.topic,
        &content.visitor,
        &names,
        &content.words,
        &content.notes,
        &content.visit_place,
        &content.visit_seen,
        &content.solved,
    ])
}
