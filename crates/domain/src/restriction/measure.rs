//! Who may decide what about a measure: one proposes, another approves, a third hears the appeal.

use super::{Ground, LETTERS_MAX, MeasureState, Sanction, Step};
use crate::calendar::WorkCalendar;
use crate::lifecycle::{Role, coded_enum};
use crate::limits::{Limits, Span};
use crate::{Id, Millis};

coded_enum! {
    /// Why a decision cannot be taken.
    Refused {
        /// Somebody else has to decide.
        SamePerson = "same_person",
        /// A leader has to decide.
        NotLeader = "not_leader",
        /// Not as it stands now.
        WrongState = "wrong_state",
        /// The time to object is over.
        TooLate = "too_late",
        /// There was an appeal already.
        AppealedBefore = "appealed_before",
        /// Too few letters show it.
        TooFewLetters = "too_few_letters",
        /// A proposal about the same person waits.
        AlreadyProposed = "already_proposed",
        /// Letters of several people, or of somebody without an account.
        NotOnePerson = "not_one_person",
    }
}

/// Whoever decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: Id,
    pub role: Role,
}

impl Person {
    const fn leads(&self) -> bool {
        matches!(self.role, Role::StationLeader | Role::Admin)
    }

    const fn is_clerk(&self) -> bool {
        self.leads() || matches!(self.role, Role::StationOfficer)
    }
}

/// An appeal as far as decisions depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appealed {
    pub decided: bool,
}

/// A measure as far as decisions depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    pub state: MeasureState,
    pub proposed_by: Id,
    pub decided_by: Option<Id>,
    /// Until when the person may object.
    pub appeal_until: Option<Millis>,
    pub appeal: Option<Appealed>,
}

/// What an approval brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    pub sanction: Sanction,
    pub starts_at: Millis,
    /// Of a warning: when the time to object is over and nothing more is to come of it.
    pub ends_at: Millis,
    pub appeal_until: Millis,
}

/// Whether a proposal can be made. `letters`: different letters of the person.
///
/// # Errors
/// Why not.
pub const fn may_propose(ground: Ground, letters: usize, another_waits: bool) -> Result<(), Refused> {
    if letters < ground.letters_needed() || letters > LETTERS_MAX {
        Err(Refused::TooFewLetters)
    } else if another_waits {
        Err(Refused::AlreadyProposed)
    } else {
        Ok(())
    }
}

impl Measure {
    fn decide(&self, by: &Person) -> Result<(), Refused> {
        if self.state != MeasureState::Proposed {
            Err(Refused::WrongState)
        } else if !by.leads() {
            Err(Refused::NotLeader)
        } else if by.id == self.proposed_by {
            Err(Refused::SamePerson)
        } else {
            Ok(())
        }
    }

    /// A leader approves: it begins at once.
    ///
    /// # Errors
    /// Why not.
    pub fn approve(
        &self,
        by: &Person,
        sanction: Sanction,
        limits: &Limits,
        calendar: &WorkCalendar,
        now: Millis,
    ) -> Result<Granted, Refused> {
        self.decide(by)?;
        let appeal_until = limits.appeal.after(now, calendar);
        let ends_at = match (sanction.step, sanction.days) {
            (Step::Warning, _) | (_, None) => appeal_until,
            (_, Some(days)) => Span::days(days).after(now, calendar),
        };
        Ok(Granted {
            sanction,
            starts_at: now,
            ends_at,
            appeal_until,
        })
    }

    /// A leader does not approve.
    ///
    /// # Errors
    /// Why not.
    pub fn refuse(&self, by: &Person) -> Result<(), Refused> {
        self.decide(by)
    }

    /// The person objects; tells when it has to be decided.
    ///
    /// # Errors
    /// Why not.
    pub fn object(&self, limits: &Limits, calendar: &WorkCalendar, now: Millis) -> Result<Millis, Refused> {
        if !self.state.stands() {
            Err(Refused::WrongState)
        } else if self.appeal.is_some() {
            Err(Refused::AppealedBefore)
        } else if self.appeal_until.is_none_or(|until| now > until) {
            Err(Refused::TooLate)
        } else {
            Ok(limits.decide_restriction_appeal.after(now, calendar))
        }
    }

    /// Somebody who had no part in it decides about the appeal, either way.
    ///
    /// # Errors
    /// Why not.
    pub fn hear(&self, by: &Person) -> Result<(), Refused> {
        if self.appeal.as_ref().is_none_or(|appeal| appeal.decided) || !self.state.stands() {
            Err(Refused::WrongState)
        } else if !by.is_clerk() {
            Err(Refused::NotLeader)
        } else if by.id == self.proposed_by || self.decided_by.as_ref() == Some(&by.id) {
            Err(Refused::SamePerson)
        } else {
            Ok(())
        }
    }

    /// A leader ends it before its time.
    ///
    /// # Errors
    /// Why not.
    pub fn lift(&self, by: &Person) -> Result<(), Refused> {
        if self.state != MeasureState::InForce {
            Err(Refused::WrongState)
        } else if !by.leads() {
            Err(Refused::NotLeader)
        } else {
            Ok(())
        }
    }
}
