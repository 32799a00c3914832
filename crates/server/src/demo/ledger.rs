//! The demo's ledger: what was said at past receptions, and a paper ledger taken over.

use super::SeedError;
use super::content::Content;
use super::ids::id;
use super::people::{Cast, clerk};
use crate::state::AppState;
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS};
use liaison_domain::ledger::{ReceivedBy, RecordContent, RecordOutcome, check_record};
use liaison_domain::reception::SessionState;
use liaison_domain::{Id, Millis};
use liaison_store::receptions::{ImportRow, NewImport, NewRecord, Session, SessionFilter};
use liaison_store::sha256_hex;
use serde::Deserialize;
use std::collections::HashMap;

/// The ledger as written in `crates/server/demo/ledger.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerText {
    pub record: Vec<RecordText>,
    pub import: ImportText,
}

/// One talk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordText {
    /// A station's slug.
    pub station: String,
    /// At the station's reception so many turns ago; without it when the letter was written.
    pub back: Option<usize>,
    /// Key of the letter that it became; its words are the visitor's.
    pub letter: Option<String>,
    /// Who received; empty: whoever was there.
    #[serde(default)]
    pub deputies: Vec<String>,
    pub visitor: String,
    #[serde(default = "one")]
    pub people: u32,
    pub topic: String,
    pub category: String,
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub visit_place: String,
    #[serde(default)]
    pub visit_seen: String,
    pub outcome: RecordOutcome,
    #[serde(default)]
    pub solved: String,
}

/// A paper ledger.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportText {
    pub station: String,
    pub file: String,
    pub passed_over: u32,
    pub row: Vec<RowText>,
}

/// A row of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowText {
    /// Days before today.
    pub ago: i64,
    pub visitor: String,
    #[serde(default = "one")]
    pub people: u32,
    pub topic: String,
    pub deputy: String,
    pub outcome: RecordOutcome,
    #[serde(default)]
    pub solved: String,
}

fn one() -> u32 {
    1
}

/// Writes everything down; `letters` are the played letters by key.
pub async fn load(
    state: &AppState,
    content: &Content,
    cast: &Cast,
    letters: &HashMap<String, Id>,
) -> Result<(), SeedError> {
    let over = SessionFilter {
        to: Some(state.now()),
        states: vec![SessionState::Held],
        backwards: true,
        ..SessionFilter::default()
    };
    let writer = Writer {
        state,
        content,
        cast,
        letters,
        past: state.store.sessions(&over).await?,
    };
    writer.import(&content.ledger.import).await?;
    for (at, text) in content.ledger.record.iter().enumerate() {
        writer.record(at, text).await?;
    }
    Ok(())
}

struct Writer<'a> {
    state: &'a AppState,
    content: &'a Content,
    cast: &'a Cast,
    letters: &'a HashMap<String, Id>,
    /// Receptions that are over, the latest first.
    past: Vec<Session>,
}

fn missing(what: &str, key: &str) -> SeedError {
    SeedError::Reception(format!("ledger: no {what} for {key}"))
}

impl Writer<'_> {
    /// Who writes at a station; a point's records are written by its station.
    fn clerk(&self, station: &str) -> Result<Id, SeedError> {
        let found = self.content.stations.station.iter().find(|one| one.slug == station);
        let home = found.and_then(|one| one.parent.as_deref()).unwrap_or(station);
        let actor = self.cast.staff(clerk(home)).or_else(|| self.cast.staff("chief"));
        actor
            .and_then(|actor| actor.account_id)
            .ok_or_else(|| missing("clerk", station))
    }

    fn named(&self, slug: &str) -> Result<ReceivedBy, SeedError> {
        let found = self.content.deputy(slug).ok_or_else(|| missing("deputy", slug))?;
        Ok(ReceivedBy {
            id: Some(id("deputy", slug)),
            name: found.name.clone(),
        })
    }

    async fn record(&self, at: usize, text: &RecordText) -> Result<(), SeedError> {
        let station_id = id("station", &text.station);
        let mut sessions = self
            .past
            .iter()
            .filter(|one| one.station_id == station_id && one.kind.is_bookable());
        let session = text.back.and_then(|back| sessions.nth(back - 1));
        let letter = match &text.letter {
            None => None,
            Some(key) => {
                let letter_id = self.letters.get(key).ok_or_else(|| missing("letter", key))?;
                let loaded = self.state.store.load(letter_id).await?;
                Some(loaded.ok_or_else(|| missing("letter", key))?)
            }
        };
        let moment = match (session, &letter) {
            // Those of one evening come one after the other.
            (Some(session), _) => session.starts_at + (10 + 25 * (at as Millis % 3)) * MINUTE_MS,
            (None, Some(letter)) => letter.case.submitted_at,
            // A station whose last months had fewer receptions: the talk is left out.
            (None, None) => return Ok(()),
        };
        let mut deputies = Vec::new();
        for slug in &text.deputies {
            deputies.push(self.named(slug)?);
        }
        if let (Some(session), true) = (session, deputies.is_empty()) {
            for one in session.receiving() {
                let found = self
                    .content
                    .deputies
                    .iter()
                    .find(|known| id("deputy", &known.slug) == one.deputy_id);
                deputies.push(self.named(found.map_or("", |known| &known.slug))?);
            }
        }
        let content = RecordContent {
            visitor: text.visitor.clone(),
            people: text.people,
            topic: text.topic.clone(),
            category_id: Some(id("category", &text.category)),
            words: letter.as_ref().map_or(&text.words, |letter| &letter.body).clone(),
            notes: text.notes.clone(),
            visit_place: text.visit_place.clone(),
            visit_seen: text.visit_seen.clone(),
            outcome: text.outcome,
            solved: text.solved.clone(),
            deputies,
        };
        if let Some(wrong) = check_record(&content).first() {
            return Err(missing(&wrong.field, &text.topic));
        }
        let new = NewRecord {
            id: id("reception record", &at.to_string()),
            session_id: session.map(|session| session.id.clone()),
            station_id,
            appointment_id: None,
            at: moment,
            queue_no: None,
            phone: None,
            account_id: letter.as_ref().and_then(|letter| letter.account_id.clone()),
            created_by: self.clerk(&text.station)?,
            content,
        };
        let kept = self.state.store.add_record(&new, moment).await?;
        if let Some(letter) = letter {
            self.state
                .store
                .record_became(&kept.id, &letter.id, letter.case.submitted_at)
                .await?;
        }
        Ok(())
    }

    async fn import(&self, text: &ImportText) -> Result<(), SeedError> {
        let now = self.state.now();
        let mut rows = Vec::new();
        for (at, row) in text.row.iter().enumerate() {
            let deputy = self.content.deputies.iter().find(|one| one.name == row.deputy);
            rows.push(ImportRow {
                // The first row of a sheet is its head.
                row: at as u32 + 2,
                at: liaison_domain::calendar::date_of(now - row.ago * DAY_MS).start() + 19 * HOUR_MS,
                phone: None,
                content: RecordContent {
                    visitor: row.visitor.clone(),
                    people: row.people,
                    topic: row.topic.clone(),
                    category_id: None,
                    words: String::new(),
                    notes: String::new(),
                    visit_place: String::new(),
                    visit_seen: String::new(),
                    outcome: row.outcome,
                    solved: row.solved.clone(),
                    deputies: vec![ReceivedBy {
                        id: deputy.map(|deputy| id("deputy", &deputy.slug)),
                        name: row.deputy.clone(),
                    }],
                },
            });
        }
        let new = NewImport {
            station_id: id("station", &text.station),
            file_name: text.file.clone(),
            digest: sha256_hex(text.file.as_bytes()),
            passed_over: text.passed_over,
            account_id: self.clerk(&text.station)?,
        };
        self.state.store.import_records(&new, &rows, now - 20 * DAY_MS).await?;
        Ok(())
    }
}
