//! What happens at a reception itself: the queue at the counter, records of talks, paper ledgers taken over.

use super::{NamedRef, Receipt, dto};
use crate::ledger::RecordContent;
use crate::lifecycle::CaseState;
use crate::reception::{BookingState, Mode};
use crate::{Id, Millis};

dto! {
    /// Somebody at the counter. `GET /reception-sessions/{id}/queue`.
    pub struct QueueEntry {
        /// Of the booking.
        pub id: Id,
        pub queue_no: Option<u32>,
        /// As they want to be called; may be empty.
        pub name: String,
        pub people: u32,
        pub topic: String,
        pub access_needs: String,
        pub mode: Mode,
        pub state: BookingState,
        /// When their talk was to begin; none for who came without a booking.
        pub starts_at: Option<Millis>,
        pub deputy_name: Option<String>,
        pub called_at: Option<Millis>,
    }

    /// `POST /reception-sessions/{id}/check-in`.
    #[serde(deny_unknown_fields)]
    pub struct CheckInRequest {
        /// Six digits, blanks between them or none.
        pub code: String,
    }

    /// `POST /reception-sessions/{id}/walk-ins`: somebody without a booking; only what it is about is needed.
    #[serde(deny_unknown_fields)]
    pub struct WalkInRequest {
        #[serde(default)]
        pub name: String,
        pub topic: String,
        pub people: u32,
        #[serde(default)]
        pub access_needs: String,
    }

    /// `POST /appointments/{id}/call`.
    #[serde(deny_unknown_fields)]
    pub struct CallRequest {
        /// False: they did not answer and wait again.
        pub called: bool,
    }

    /// The letter that a talk became.
    pub struct RecordLetter {
        pub id: Id,
        pub no: String,
        pub state: CaseState,
    }

    /// A record of the ledger.
    pub struct LedgerRecord {
        pub id: Id,
        /// `JD-2026-000123`.
        pub no: String,
        pub version: i64,
        pub session_id: Option<Id>,
        pub station: NamedRef,
        /// `YYYY-MM-DD`.
        pub date: String,
        pub at: Millis,
        pub queue_no: Option<u32>,
        pub phone_masked: Option<String>,
        pub category_name: Option<String>,
        pub content: RecordContent,
        pub letter: Option<RecordLetter>,
        /// Taken over from paper.
        pub historic: bool,
        pub created_at: Millis,
    }

    /// How many records a filter finds and what became of them.
    pub struct LedgerTotals {
        pub all: u64,
        pub people: u64,
        pub on_site: u64,
        pub letters: u64,
        pub noted: u64,
        /// Letters without an end so far, and what is still to become one.
        pub open: u64,
    }

    /// `GET /records`.
    pub struct Ledger {
        pub items: Vec<LedgerRecord>,
        pub next_cursor: Option<String>,
        pub totals: LedgerTotals,
    }

    /// What is agreed when a talk becomes a letter.
    #[serde(deny_unknown_fields)]
    pub struct RecordConsent {
        /// How the visitor agreed.
        pub how: String,
        /// A redacted copy may be published.
        #[serde(default)]
        pub publish: bool,
    }

    /// `POST /reception-sessions/{id}/records`.
    #[serde(deny_unknown_fields)]
    pub struct NewRecordRequest {
        pub content: RecordContent,
        /// The booking that it was; it is done with this.
        #[serde(default)]
        pub appointment_id: Option<Id>,
        #[serde(default)]
        pub phone: Option<String>,
        /// Needed when it becomes a letter.
        #[serde(default)]
        pub consent: Option<RecordConsent>,
    }

    /// `POST /records`: a talk that was at no reception.
    #[serde(deny_unknown_fields)]
    pub struct NewLedgerRecord {
        /// Slug of the station whose ledger it goes into.
        pub station: String,
        /// `YYYY-MM-DD`, today or earlier.
        pub date: String,
        pub content: RecordContent,
        #[serde(default)]
        pub phone: Option<String>,
        /// Needed when it becomes a letter.
        #[serde(default)]
        pub consent: Option<RecordConsent>,
    }

    /// A visitor's number, shown once; the look at it is kept.
    pub struct RevealedNumber {
        pub phone: String,
    }

    /// Somebody looked at a visitor's number.
    pub struct NumberLook {
        /// A station or a deputy, by name.
        pub who: String,
        pub reason: String,
        pub at: Millis,
    }

    /// One field of a form, as typed.
    #[serde(deny_unknown_fields)]
    pub struct DraftField {
        pub name: String,
        pub value: String,
    }

    /// `PUT /reception-sessions/{id}/drafts/{once}`: notes that are not finished. Nothing of it is checked.
    #[serde(deny_unknown_fields)]
    pub struct NoteDraft {
        pub fields: Vec<DraftField>,
        /// `who` of the form that a page was drawn with: 401 when somebody else is logged in now.
        #[serde(default)]
        pub who: String,
    }

    /// When they were saved; none: they are a record already.
    pub struct NoteDraftSaved {
        pub saved_at: Option<Millis>,
    }

    /// One's own notes that are not finished. `GET /reception-sessions/{id}/drafts`.
    pub struct KeptNoteDraft {
        /// The form's key: filing under it makes the record, once.
        pub once: String,
        pub fields: Vec<DraftField>,
        pub saved_at: Millis,
    }

    /// A record that was kept, and the receipt of its letter. The query code in it is the visitor's, shown once.
    pub struct RecordKept {
        pub record: LedgerRecord,
        pub receipt: Option<Receipt>,
    }

    /// `PATCH /records/{id}`.
    #[serde(deny_unknown_fields)]
    pub struct RecordChange {
        pub content: RecordContent,
        /// Another number; none: as it was.
        #[serde(default)]
        pub phone: Option<String>,
    }

    /// `POST /imports/ledger`.
    #[serde(deny_unknown_fields)]
    pub struct LedgerImportRequest {
        /// Slug of the station whose ledger it is.
        pub station: String,
        pub file_name: String,
        /// The file, in URL-safe base64 without padding.
        pub data: String,
        /// Keep the good rows; otherwise only tell what would happen.
        pub keep: bool,
    }

    /// What is wrong with a row of a paper ledger.
    pub struct LedgerFault {
        /// As counted in the file, its titles being row 1.
        pub row: u32,
        /// The column's title.
        pub column: String,
        /// `required`, `invalid`, `unknown`, `future`, `too_long`.
        pub code: String,
    }

    /// The answer to `POST /imports/ledger`.
    pub struct LedgerImportResult {
        /// Rows that can be kept.
        pub good: u32,
        /// Rows that cannot.
        pub bad: u32,
        pub faults: Vec<LedgerFault>,
        /// How many were kept; none when only asked.
        pub kept: Option<u32>,
        /// When the station took over the same file before.
        pub known_since: Option<Millis>,
    }
}
