//! Restrictions of people who misuse the station. Who may decide what is `liaison_domain::restriction`'s to say; here it is
//! kept, with a log that only grows, in the transaction of the decision.
//!
//! A measure is bound to the account and to the hash of its telephone number: a new account with the same number inherits
//! it. Whoever changes the number takes it along: it holds for both then.

mod decide;
mod follow;
mod log;
mod read;
mod told;
mod urgent;

pub use decide::Terms;
pub use log::{BrokenRestriction, LogEntry};
pub use read::{Counts, Lane};
pub use urgent::{NewUrgent, UrgentFigures};

use crate::StoreError;
use crate::sql::code;
use liaison_domain::restriction::{Appealed, Ground, Measure, MeasureState, Past, Refused, Step, measure_title};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// A measure to propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeasure {
    pub account_id: Id,
    /// The station that proposes it.
    pub station_id: Id,
    pub ground: Ground,
    /// The person's letters that show it.
    pub letters: Vec<Id>,
    /// Told to the person.
    pub reason: String,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    pub text: String,
    pub at: Millis,
    /// Until when it has to be decided.
    pub due: Millis,
    pub decided: Option<AppealDecided>,
}

/// How an appeal was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealDecided {
    pub by: Id,
    pub at: Millis,
    /// The measure was overturned.
    pub won: bool,
    pub words: String,
}

/// A measure that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMeasure {
    pub id: Id,
    pub account_id: Id,
    pub station_id: Id,
    pub ground: Ground,
    /// Until it is approved: where the history leads as it was when it was proposed.
    pub step: Step,
    pub days: Option<u32>,
    pub state: MeasureState,
    /// Told to the person.
    pub reason: String,
    pub proposed_by: Id,
    pub proposed_at: Millis,
    pub decided_by: Option<Id>,
    pub decided_at: Option<Millis>,
    /// The leader's words about the decision; for the desk alone.
    pub decision: Option<String>,
    pub starts_at: Option<Millis>,
    pub ends_at: Option<Millis>,
    pub appeal_until: Option<Millis>,
    pub ended_at: Option<Millis>,
    /// Why it was lifted before its end.
    pub ended_reason: Option<String>,
    pub appeal: Option<Appeal>,
    pub version: i64,
}

impl KeptMeasure {
    /// As far as decisions depend on it.
    pub fn measure(&self) -> Measure {
        Measure {
            state: self.state,
            proposed_by: self.proposed_by.clone(),
            decided_by: self.decided_by.clone(),
            appeal_until: self.appeal_until,
            appeal: self.appeal.as_ref().map(|appeal| Appealed {
                decided: appeal.decided.is_some(),
            }),
        }
    }

    /// As far as the next step depends on it; none before it was decided.
    pub fn past(&self) -> Option<Past> {
        Some(Past {
            step: self.step,
            state: self.state,
            at: self.decided_at?,
        })
    }

    /// What it is called.
    pub fn title(&self) -> String {
        measure_title(self.step, self.days)
    }
}

/// Why something about a restriction was not done.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// There is no such measure, or not of this person.
    #[error("not found")]
    NotFound,
    /// It changed meanwhile; look again.
    #[error("changed meanwhile")]
    Changed,
    /// The rules say no.
    #[error("refused: {0:?}")]
    Refused(Refused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refused> for MeasureError {
    fn from(why: Refused) -> Self {
        Self::Refused(why)
    }
}

impl From<sea_orm::DbErr> for MeasureError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// The same person by account or by number: `$1` the tenant, `$2` the account.
const SAME_PERSON: &str =
    "r.tenant_id = $1 AND (r.account_id = $2 OR r.phone_hash = (SELECT a.phone_hash FROM account a
    WHERE a.tenant_id = $1 AND a.id = $2) OR r.id IN (SELECT n.restriction_id FROM restriction_number n
    JOIN account b ON b.tenant_id = n.tenant_id AND b.phone_hash = n.phone_hash WHERE b.tenant_id = $1 AND b.id = $2))";

#[derive(FromQueryResult)]
struct Row {
    id: String,
    account_id: String,
    station_id: String,
    ground: String,
    step: String,
    days: Option<i64>,
    state: String,
    reason: String,
    proposed_by: String,
    proposed_at: i64,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    decision: Option<String>,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    appeal_until: Option<i64>,
    ended_at: Option<i64>,
    ended_reason: Option<String>,
    appeal_text: Option<String>,
    appealed_at: Option<i64>,
    appeal_due: Option<i64>,
    appeal_by: Option<String>,
    appeal_at: Option<i64>,
    appeal_won: Option<bool>,
    appeal_words: Option<String>,
    version: i64,
}

impl Row {
    fn kept(self) -> Result<KeptMeasure, StoreError> {
        let decided = match (self.appeal_by, self.appeal_at, self.appeal_won) {
            (Some(by), Some(at), Some(won)) => Some(AppealDecided {
                by,
                at,
                won,
                words: self.appeal_words.unwrap_or_default(),
            }),
            _ => None,
        };
        let appeal = match (self.appeal_text, self.appealed_at, self.appeal_due) {
            (Some(text), Some(at), Some(due)) => Some(Appeal { text, at, due, decided }),
            _ => None,
        };
        Ok(KeptMeasure {
            id: self.id,
            account_id: self.account_id,
            station_id: self.station_id,
            ground: code(Ground::from_code, &self.ground)?,
            step: code(Step::from_code, &self.step)?,
            days: self.days.map(|days| days as u32),
            state: code(MeasureState::from_code, &self.state)?,
            reason: self.reason,
            proposed_by: self.proposed_by,
            proposed_at: self.proposed_at,
            decided_by: self.decided_by,
            decided_at: self.decided_at,
            decision: self.decision,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            appeal_until: self.appeal_until,
            ended_at: self.ended_at,
            ended_reason: self.ended_reason,
            appeal,
            version: self.version,
        })
    }
}
