//! Receptions: rules, the days they give, who receives, bookings, the ledger.
//!
//! Days are worked out by `liaison_domain::schedule` from the calendar in force; here they are kept, so that a day has an
//! address of its own, can be announced, booked and cancelled, and stays what it was when its rule changes later.

mod bookings;
mod changes;
mod counter;
mod deputies;
mod drafts;
mod forget;
mod lanes;
mod looks;
mod offers;
mod overview;
mod records;
mod rules;
mod sessions;
mod told;

pub use bookings::{Appointment, BookError, BookTerms, NewBooking, Slot, SlotWish};
pub use changes::{Alone, Change, Known, times};
pub use counter::Queued;
pub use deputies::{Leave, Moved};
pub use drafts::{KeptDraft, NewDraft};
pub use lanes::{Lane, LaneFilter, LaneRow};
pub use looks::Look;
pub use overview::{NextDays, YearFigures};
pub use records::{
    ImportRow, Imported, KeptImport, NewImport, NewRecord, RecordFilter, RecordTotals, Recorded, SealedPhone,
};
pub use rules::{KeptRule, NewRule, Planned, PlannedDay, anchor_of};
pub use sessions::{NewSession, Session, SessionChange, SessionDeputy, SessionFilter};

use crate::StoreError;
use liaison_domain::reception::Refused;

/// Why something about a reception was not done.
#[derive(Debug, thiserror::Error)]
pub enum ReceptionError {
    /// There is no such rule, reception or booking.
    #[error("not found")]
    NotFound,
    /// It changed meanwhile; look again.
    #[error("changed meanwhile")]
    Changed,
    /// It cannot be done where it stands.
    #[error("not allowed now")]
    NotAllowed,
    /// The rules of booking say no.
    #[error("refused: {0:?}")]
    Refused(Refused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for ReceptionError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}
