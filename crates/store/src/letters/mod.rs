//! Letters: how they arrive, what happens to them, their log.
//!
//! Nothing here decides. [`Store::act`] loads a case, lets `liaison_domain::lifecycle` decide, and keeps what follows —
//! log, case, projections — in one transaction: all of it or nothing.

mod act;
mod answers;
mod archive;
mod arrivals;
mod audit;
mod batch;
mod due;
mod extra;
mod joining;
mod log;
mod project;
mod publish;
mod read;
mod recalculate;
mod references;
mod related;
mod remind;
mod split;
mod submit;

pub use act::{ActError, Acted};
pub use answers::{Answer, Draft, Survey};
pub use archive::Ended;
pub(crate) use arrivals::Arrivals;
pub use audit::{Audit, ChainFault, FaultKind};
pub use batch::Batch;
pub use due::Due;
pub use extra::Extra;
pub use joining::Joining;
pub(crate) use project::NEVER;
pub use related::{Brief, OpenTask};
pub use remind::Reminded;
pub use split::Part;
pub use submit::{NewLetter, SubmitError, Submitted};

use crate::StoreError;
use crate::entity::message;
use crate::sql::{code, from_json};
use liaison_domain::lifecycle::{Case, FiledVia, LetterKind};
use liaison_domain::{Id, Millis};

/// A letter: its words, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    pub id: Id,
    /// `TH-2026-004213`.
    pub no: String,
    pub kind: LetterKind,
    pub title: String,
    pub body: String,
    pub area_id: Option<Id>,
    /// The category came from a guess, not from the resident.
    pub category_guessed: bool,
    /// Where exactly, in the resident's words.
    pub place: Option<String>,
    /// The deputy the resident wrote to; [`Case::deputy_id`] is where it lies.
    pub addressed_deputy_id: Option<Id>,
    /// The resident's account; none once personal data is removed.
    pub account_id: Option<Id>,
    /// What the resident wants to be called.
    pub name: Option<String>,
    /// The letter it is a part of.
    pub part_of: Option<Id>,
    /// How it came, when staff filed it.
    pub filed_via: Option<FiledVia>,
    /// When something last happened.
    pub updated_at: Millis,
    /// Everything the rules know about it.
    pub case: Case,
}

impl Letter {
    pub(crate) fn of(row: &message::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.clone(),
            no: row.no.clone(),
            kind: code(LetterKind::from_code, &row.kind)?,
            title: row.title.clone(),
            body: row.body.clone(),
            area_id: row.area_id.clone(),
            category_guessed: row.category_guessed,
            place: row.place.clone(),
            addressed_deputy_id: row.addressed_deputy_id.clone(),
            account_id: row.submitter_account_id.clone(),
            name: row.name.clone(),
            part_of: row.part_of.clone(),
            filed_via: row
                .filed_via
                .as_deref()
                .map(|via| code(FiledVia::from_code, via))
                .transpose()?,
            updated_at: row.updated_at,
            case: from_json(&row.snapshot)?,
        })
    }
}
