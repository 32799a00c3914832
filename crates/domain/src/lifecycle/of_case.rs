//! What can be read off a case.

use super::case::{Case, Task};
use super::row::Ask;
use super::state::{CaseState, Outcome, TaskRole, TaskState};
use crate::Id;

impl Case {
    /// The lead task of the present round that is not given back or cancelled.
    pub fn lead_task(&self) -> Option<&Task> {
        self.tasks
            .iter()
            .rev()
            .find(|task| task.role == TaskRole::Lead && task.round == self.round && task.state.is_current())
    }

    /// A task by its id.
    pub fn task(&self, id: &Id) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }

    /// The office has to decide on a return of the lead task.
    pub fn return_pending(&self) -> bool {
        self.lead_task()
            .is_some_and(|task| task.state == TaskState::ReturnRequested)
    }

    /// An answer promised a day and nobody has shown yet that it was kept.
    pub fn promise_open(&self) -> bool {
        self.outcome == Some(Outcome::B) && self.promise_date.is_some() && !self.promise_kept
    }

    /// Somebody has to do something; the letter is not at an end.
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }
}

impl CaseState {
    /// Not at an end: not closed, declined, referred, merged, withdrawn or archived.
    pub const fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Closed | Self::Declined | Self::Referred | Self::Merged | Self::Withdrawn | Self::Archived
        )
    }
}

impl TaskState {
    /// Neither given back nor cancelled.
    pub const fn is_current(self) -> bool {
        !matches!(self, Self::Returned | Self::Cancelled)
    }

    /// The unit still has to work on it.
    pub const fn is_open(self) -> bool {
        self.is_current() && !matches!(self, Self::AcceptedByOffice)
    }

    /// The unit works on it: signed, and not waiting for somebody else's decision on a return.
    pub const fn is_working(self) -> bool {
        matches!(
            self,
            Self::Signed
                | Self::Working
                | Self::DraftReply
                | Self::InternalReview
                | Self::ExtensionRequested
                | Self::SentBack
        )
    }
}

impl Ask<'_> {
    /// The task the event is about.
    pub fn task(&self) -> Option<&Task> {
        self.event.task_id().and_then(|id| self.case.task(id))
    }
}
