//! Checking everything that is kept about letters against the chain of hashes it was written with (`verify-audit`).
//!
//! What is found: an event that was changed, replaced, moved, put in or taken out, wherever in a letter's log; changed
//! words of a letter; a case that is not the fold of its log; a letter that is gone — numbers are given without gaps, so
//! a missing number is a missing letter; a log without its letter; a guard of the log that was taken off.
//!
//! What cannot be found with the database alone: a letter's log written anew as a whole, with fresh hashes and the
//! letter's row to match, and the newest letters taken out together with the count of numbers given. Whoever can do that
//! has the database and this program's source; a copy kept elsewhere shows it.

use super::log::{link, words_hash};
use crate::entity::{message, message_event};
use crate::sql::{from_json, number, rows};
use crate::{Engine, Store, StoreError};
use liaison_domain::Id;
use liaison_domain::lifecycle::{Case, CaseState, EventRecord, rebuild};
use sea_orm::{
    AccessMode, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, FromQueryResult,
    IsolationLevel, QueryFilter as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};
use std::collections::{BTreeMap, BTreeSet};

/// Letters checked at once.
const BATCH: u64 = 200;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainFault {
    /// The letter's id, where there is one.
    pub letter_id: Option<Id>,
    /// The letter's number, where it is known.
    pub no: Option<String>,
    /// The event's place in the letter's log; none when it is about the letter itself.
    pub seq: Option<i64>,
    pub kind: FaultKind,
}

/// What is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The event's record does not match its hash: it was changed.
    Altered,
    /// A column of the event says something else than its record.
    Column(&'static str),
    /// The event stands at this place but was written at another.
    Moved(i64),
    /// The event that was written at this place is gone.
    Missing,
    /// The event is one more than the letter counts, or the second at its place: it was put in.
    Inserted,
    /// The event is not the one that the next event, or the letter, was written after: another stands in its place.
    Replaced,
    /// The letter's number, kind or words are not those that were handed in.
    Words,
    /// The stored case is not the fold of its log.
    Snapshot,
    /// A column of the letter says something else than its case.
    LetterColumn(&'static str),
    /// The number was given to a letter that is gone.
    LetterMissing,
    /// The letter's number was never given.
    LetterUnknown,
    /// A log whose letter is gone; the place is that of its last event.
    LogOnly,
    /// The log's own guard against changes is off.
    Guard,
}

impl FaultKind {
    /// The code that travels in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Column(_) => "column",
            Self::Moved(_) => "moved",
            Self::Missing => "missing",
            Self::Inserted => "inserted",
            Self::Replaced => "replaced",
            Self::Words => "words",
            Self::Snapshot => "snapshot",
            Self::LetterColumn(_) => "letter_column",
            Self::LetterMissing => "letter_missing",
            Self::LetterUnknown => "letter_unknown",
            Self::LogOnly => "log_only",
            Self::Guard => "guard",
        }
    }
}

/// A check of everything, a batch at a time. Letters that arrive meanwhile do no harm.
#[derive(Debug)]
pub struct Audit<'a> {
    store: &'a Store,
    after: Id,
    letters_left: bool,
    done: bool,
    /// How many numbers each year had given when the check began.
    given: BTreeMap<i32, u32>,
    /// The numbers met.
    met: BTreeMap<i32, BTreeSet<u32>>,
    /// Numbers beyond what was given when the check began.
    beyond: Vec<(Id, String, i32, u32)>,
    /// Letters there were when the check began.
    pub expected: u64,
    /// Letters checked.
    pub letters: u64,
    /// Events checked.
    pub events: u64,
}

impl Store {
    /// Begins a check of everything. Reads only.
    pub async fn audit(&self) -> Result<Audit<'_>, StoreError> {
        let expected = number(
            &self.read,
            "SELECT COUNT(*) FROM message WHERE tenant_id = $1",
            vec![self.tenant().into()],
        )
        .await?;
        Ok(Audit {
            store: self,
            after: Id::new(),
            letters_left: true,
            done: false,
            given: self.numbers_given().await?,
            met: BTreeMap::new(),
            beyond: Vec::new(),
            expected: expected as u64,
            letters: 0,
            events: 0,
        })
    }

    /// Checks everything at once.
    pub async fn verify_all_chains(&self) -> Result<Vec<ChainFault>, StoreError> {
        let mut audit = self.audit().await?;
        let mut all = Vec::new();
        while let Some(found) = audit.step().await? {
            all.extend(found);
        }
        Ok(all)
    }

    /// Checks one letter's log from its first row to its last.
    pub async fn verify_chain(&self, letter_id: &str) -> Result<Vec<ChainFault>, StoreError> {
        let at_once = self.begin_looking().await?;
        let letter = message::Entity::find_by_id((self.tenant(), letter_id.to_owned()))
            .one(&at_once)
            .await?;
        let found = match letter {
            Some(letter) => faults(&letter, &self.event_rows(&at_once, letter_id).await?),
            None => Vec::new(),
        };
        at_once.rollback().await?;
        Ok(found)
    }

    /// One view of the database for several reads: a letter and its log belong to the same moment.
    async fn begin_looking(&self) -> Result<DatabaseTransaction, StoreError> {
        Ok(match self.engine() {
            // Its transactions see one moment anyway.
            Engine::Sqlite => self.read.begin().await?,
            Engine::Postgres => {
                let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.read.begin_with_config(Some(isolation), Some(access)).await?
            }
        })
    }

    async fn numbers_given(&self) -> Result<BTreeMap<i32, u32>, StoreError> {
        #[derive(FromQueryResult)]
        struct Counter {
            name: String,
            value: i64,
        }
        let counters: Vec<Counter> = rows(
            &self.read,
            "SELECT name, value FROM counter WHERE tenant_id = $1 AND name LIKE 'message-%'",
            vec![self.tenant().into()],
        )
        .await?;
        Ok(counters
            .into_iter()
            .filter_map(|counter| {
                let year = counter.name.strip_prefix("message-")?.parse().ok()?;
                Some((year, counter.value as u32))
            })
            .collect())
    }
}

impl Audit<'_> {
    /// Checks the next letters and tells what was found; at the very end what belongs to no single letter. None when
    /// everything was checked.
    pub async fn step(&mut self) -> Result<Option<Vec<ChainFault>>, StoreError> {
        if self.letters_left {
            return self.some_letters().await.map(Some);
        }
        if self.done {
            return Ok(None);
        }
        self.done = true;
        let mut found = self.numbers().await?;
        found.extend(self.logs_alone().await?);
        found.extend(self.guard().await?);
        Ok(Some(found))
    }

    async fn some_letters(&mut self) -> Result<Vec<ChainFault>, StoreError> {
        let at_once = self.store.begin_looking().await?;
        let letters = message::Entity::find()
            .filter(message::Column::TenantId.eq(self.store.tenant()))
            .filter(message::Column::Id.gt(self.after.as_str()))
            .order_by_asc(message::Column::Id)
            .limit(BATCH)
            .all(&at_once)
            .await?;
        let mut logs = events_of(&at_once, &self.store.tenant(), &letters).await?;
        at_once.rollback().await?;
        self.letters_left = letters.len() as u64 == BATCH;
        let mut found = Vec::new();
        for letter in letters {
            let log = logs.remove(&letter.id).unwrap_or_default();
            found.extend(faults(&letter, &log));
            self.letters += 1;
            self.events += log.len() as u64;
            self.note_number(&letter);
            self.after = letter.id;
        }
        Ok(found)
    }

    fn note_number(&mut self, letter: &message::Model) {
        // The district's letters may have been others when the number was given: year and serial number count.
        let mut parts = letter.no.rsplit('-');
        let serial = parts.next().and_then(|text| text.parse().ok());
        let year = parts.next().and_then(|text| text.parse().ok());
        let (Some(year), Some(serial)) = (year, serial) else {
            self.beyond.push((letter.id.clone(), letter.no.clone(), 0, 0));
            return;
        };
        self.met.entry(year).or_default().insert(serial);
        if self.given.get(&year).is_none_or(|given| serial > *given) {
            self.beyond.push((letter.id.clone(), letter.no.clone(), year, serial));
        }
    }

    /// Numbers given and not met, and numbers met that were never given.
    async fn numbers(&mut self) -> Result<Vec<ChainFault>, StoreError> {
        let mut found = Vec::new();
        let prefix = self.store.number_prefix(&self.store.read).await?;
        for (year, given) in &self.given {
            let met = self.met.get(year);
            let gone = (1..=*given).filter(|serial| met.is_none_or(|met| !met.contains(serial)));
            found.extend(gone.map(|serial| ChainFault {
                letter_id: None,
                no: Some(liaison_domain::numbers::case_no(&prefix, *year, serial)),
                seq: None,
                kind: FaultKind::LetterMissing,
            }));
        }
        // Those that arrived meanwhile have their numbers by now.
        let now_given = self.store.numbers_given().await?;
        let beyond = std::mem::take(&mut self.beyond).into_iter();
        let never = beyond.filter(|(_, _, year, serial)| now_given.get(year).is_none_or(|given| serial > given));
        found.extend(never.map(|(id, no, _, _)| ChainFault {
            letter_id: Some(id),
            no: Some(no),
            seq: None,
            kind: FaultKind::LetterUnknown,
        }));
        Ok(found)
    }

    async fn logs_alone(&self) -> Result<Vec<ChainFault>, StoreError> {
        #[derive(FromQueryResult)]
        struct Log {
            message_id: String,
            last: i64,
        }
        let logs: Vec<Log> = rows(
            &self.store.read,
            "SELECT e.message_id, MAX(e.seq) AS last FROM message_event e WHERE e.tenant_id = $1 AND NOT EXISTS
             (SELECT 1 FROM message m WHERE m.tenant_id = e.tenant_id AND m.id = e.message_id)
             GROUP BY e.message_id ORDER BY e.message_id",
            vec![self.store.tenant().into()],
        )
        .await?;
        let fault = |log: Log| ChainFault {
            letter_id: Some(log.message_id),
            no: None,
            seq: Some(log.last),
            kind: FaultKind::LogOnly,
        };
        Ok(logs.into_iter().map(fault).collect())
    }

    async fn guard(&self) -> Result<Option<ChainFault>, StoreError> {
        let sql = match self.store.engine() {
            Engine::Sqlite => {
                "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'message_event'
                 AND name IN ('message_event_no_update', 'message_event_no_delete')"
            }
            Engine::Postgres => {
                "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = 'message_event'::regclass AND tgenabled <> 'D'
                 AND tgname IN ('message_event_no_change', 'message_event_no_truncate')"
            }
        };
        let standing = number(&self.store.read, sql, vec![]).await?;
        Ok((standing != 2).then_some(ChainFault {
            letter_id: None,
            no: None,
            seq: None,
            kind: FaultKind::Guard,
        }))
    }
}

async fn events_of<C: ConnectionTrait>(
    db: &C,
    tenant: &str,
    letters: &[message::Model],
) -> Result<BTreeMap<Id, Vec<message_event::Model>>, StoreError> {
    let rows = message_event::Entity::find()
        .filter(message_event::Column::TenantId.eq(tenant))
        .filter(message_event::Column::MessageId.is_in(letters.iter().map(|letter| letter.id.as_str())))
        .order_by_asc(message_event::Column::MessageId)
        .order_by_asc(message_event::Column::Seq)
        .all(db)
        .await?;
    let mut logs: BTreeMap<Id, Vec<message_event::Model>> = BTreeMap::new();
    for row in rows {
        logs.entry(row.message_id.clone()).or_default().push(row);
    }
    Ok(logs)
}

/// An event's row with what its record says; no record when that was changed.
struct Read<'a> {
    row: &'a message_event::Model,
    record: Option<EventRecord>,
}

impl Read<'_> {
    /// The place it was written at, as far as that can be told.
    fn place(&self) -> i64 {
        self.record.as_ref().map_or(self.row.seq, |record| record.seq)
    }
}

/// Everything that does not fit about one letter, each thing once.
fn faults(letter: &message::Model, rows: &[message_event::Model]) -> Vec<ChainFault> {
    let read: Vec<Read<'_>> = rows.iter().map(read).collect();
    let mut found: Vec<(Option<i64>, FaultKind)> = Vec::new();
    for event in &read {
        found.extend(row_faults(event));
    }
    found.extend(chain_faults(letter, &read));
    // What follows from a log that is not whole says nothing new.
    if found
        .iter()
        .all(|(_, kind)| matches!(kind, FaultKind::Column(_) | FaultKind::Words))
    {
        found.extend(case_faults(letter, &read));
    }
    found.sort_by_key(|(seq, _)| seq.unwrap_or(i64::MAX));
    found
        .into_iter()
        .map(|(seq, kind)| ChainFault {
            letter_id: Some(letter.id.clone()),
            no: Some(letter.no.clone()),
            seq,
            kind,
        })
        .collect()
}

fn read(row: &message_event::Model) -> Read<'_> {
    let whole = row.hash == link(&row.prev_hash, &row.message_id, &row.data);
    Read {
        row,
        record: whole.then(|| from_json(&row.data).ok()).flatten(),
    }
}

fn row_faults(event: &Read<'_>) -> Vec<(Option<i64>, FaultKind)> {
    let row = event.row;
    let Some(record) = &event.record else {
        return vec![(Some(row.seq), FaultKind::Altered)];
    };
    let columns = [
        (row.at == record.at, "at"),
        (row.actor_account_id == record.actor.account_id, "actor_account_id"),
        (row.actor_role == record.actor.role.code(), "actor_role"),
        (row.kind == record.event.kind().code(), "type"),
        (
            row.from_state.as_deref() == record.from.map(CaseState::code),
            "from_state",
        ),
        (row.to_state == record.to.code(), "to_state"),
        (row.visibility == record.visibility.code(), "visibility"),
    ];
    let lying = columns.into_iter().filter(|(fits, _)| !fits);
    let mut found: Vec<_> = lying
        .map(|(_, name)| (Some(row.seq), FaultKind::Column(name)))
        .collect();
    if row.seq != record.seq {
        found.push((Some(row.seq), FaultKind::Moved(record.seq)));
    }
    found
}

/// The events in the order they were written in, against each other and against what the letter counts.
fn chain_faults(letter: &message::Model, read: &[Read<'_>]) -> Vec<(Option<i64>, FaultKind)> {
    let mut places: BTreeMap<i64, Vec<&Read<'_>>> = BTreeMap::new();
    for event in read {
        places.entry(event.place()).or_default().push(event);
    }
    let mut found = Vec::new();
    // From the end backwards: the letter knows the hash of its last event, every event that of the one before it.
    let mut expected = Some(letter.last_hash.as_str());
    for place in (1..=letter.version).rev() {
        let here = places.remove(&place).unwrap_or_default();
        let own = here
            .iter()
            .position(|event| expected.is_none_or(|hash| event.row.hash == hash));
        for (at, event) in here.iter().enumerate() {
            if own.is_some_and(|own| own != at) {
                found.push((Some(event.row.seq), FaultKind::Inserted));
            }
        }
        if own.is_none() {
            found.extend(match here.first() {
                None => Some((Some(place), FaultKind::Missing)),
                // A changed event is named already.
                Some(event) => event
                    .record
                    .as_ref()
                    .map(|_| (Some(event.row.seq), FaultKind::Replaced)),
            });
        }
        // Beyond an event that is not what it was, nothing tells what stood before it but that event itself.
        let whole = own.and_then(|own| here.get(own)).filter(|event| event.record.is_some());
        expected = whole.map(|event| event.row.prev_hash.as_str());
    }
    let surplus = places.values().flatten();
    found.extend(surplus.map(|event| (Some(event.row.seq), FaultKind::Inserted)));
    let words = words_hash(&letter.no, &letter.kind, &letter.title, &letter.body);
    // Archiving removes the words; the log keeps their digest.
    let archived = letter.state == CaseState::Archived.code();
    if expected.is_some_and(|first| first != words) && !archived {
        found.push((None, FaultKind::Words));
    }
    found
}

/// The stored case and the letter's columns against the log.
fn case_faults(letter: &message::Model, read: &[Read<'_>]) -> Vec<(Option<i64>, FaultKind)> {
    let records: Option<Vec<&EventRecord>> = read.iter().map(|event| event.record.as_ref()).collect();
    let Some(case) = records.and_then(|records| rebuild(records).ok()) else {
        return vec![(None, FaultKind::Snapshot)];
    };
    if from_json::<Case>(&letter.snapshot).ok().as_ref() != Some(&case) {
        return vec![(None, FaultKind::Snapshot)];
    }
    let columns = [
        (letter.state == case.state.code(), "state"),
        (letter.version == case.version, "version"),
        (letter.station_id == case.station_id, "station_id"),
        (letter.deputy_id == case.deputy_id, "deputy_id"),
        (letter.holder_kind == case.holder.kind.code(), "holder_kind"),
        (letter.holder_id == case.holder.id, "holder_id"),
        (letter.holder_due == case.holder.due, "holder_due"),
        (letter.due_at == case.due_at, "due_at"),
        (letter.submitted_at == case.submitted_at, "submitted_at"),
        (letter.closed_at == case.closed_at, "closed_at"),
        (letter.publication == case.publication.code(), "publication"),
        (letter.consent_publish == case.consent_publish, "consent_publish"),
        (letter.merged_into == case.merged_into, "merged_into"),
    ];
    let lying = columns.into_iter().filter(|(fits, _)| !fits);
    lying.map(|(_, name)| (None, FaultKind::LetterColumn(name))).collect()
}
