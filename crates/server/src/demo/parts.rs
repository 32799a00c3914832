//! Who plays a step: the author, the office, the deputy, the unit whose task it is.

use super::content::UnitText;
use super::events::Scene;
use super::ids::id;
use super::people::clerk;
use super::script::Step;
use liaison_domain::Id;
use liaison_domain::lifecycle::{Actor, Task, TaskRole};

impl Scene<'_> {
    /// The person, from the step alone: the files never name one.
    pub(super) fn actor(&self, step: &Step) -> Option<Actor> {
        match step {
            Step::Hold { .. } | Step::Archive => Some(Actor::system()),
            Step::Info { .. }
            | Step::Appeal { .. }
            | Step::Rate { .. }
            | Step::Unmerge
            | Step::Withdraw { .. }
            | Step::Urge
            | Step::Supplement { .. }
            | Step::FollowUp { .. }
            | Step::Approve => self.cast.author(&self.letter.by),
            Step::Answer { .. } | Step::Pass { .. } | Step::DeputyRate { .. } => self.deputy(),
            Step::Note { below: true, .. } => self
                .task(step)
                .and_then(|task| task.delegate.as_ref())
                .and_then(|unit| self.officer(unit)),
            Step::Sign
            | Step::Return { .. }
            | Step::Note { .. }
            | Step::Delegate { .. }
            | Step::Draft
            | Step::InternalReview
            | Step::Co { .. }
            | Step::Extend { .. }
            | Step::Reply { .. }
            | Step::Kept { .. } => self.task(step).and_then(|task| self.officer(&task.unit_id)),
            Step::InternalNo { .. } => self
                .task(step)
                .and_then(|task| self.unit_of(task))
                .and_then(|unit| self.cast.staff(&format!("{}-ld", unit.key))),
            Step::Contact { .. } => match self.task(step) {
                Some(task) => self.officer(&task.unit_id),
                None => self.cast.staff(clerk(self.station)),
            },
            Step::FollowUpAnswer { .. } => match &self.case.reply_by {
                Some(by) if Some(by) == self.case.deputy_id.as_ref() => self.deputy(),
                Some(unit) => self.officer(unit),
                None => self.cast.staff(clerk(self.station)),
            },
            // An appeal is looked at by somebody else than the one who declined.
            Step::Accept { .. } if self.case.declined_by.is_some() => self.cast.staff("chief"),
            Step::Award { .. } | Step::KeepClosed { .. } | Step::Supervise { .. } => self.cast.staff("chief"),
            Step::Reassign { .. } => self.cast.staff("admin"),
            _ => self.cast.staff(clerk(self.station)),
        }
    }

    /// The deputy the letter is addressed to.
    fn deputy(&self) -> Option<Actor> {
        self.content
            .deputies
            .iter()
            .find(|deputy| Some(&id("deputy", &deputy.slug)) == self.case.deputy_id.as_ref())
            .and_then(|deputy| self.cast.staff(&deputy.slug))
    }

    /// The officer of a unit.
    fn officer(&self, unit_id: &Id) -> Option<Actor> {
        self.content
            .units
            .iter()
            .find(|unit| id("unit", &unit.key) == *unit_id)
            .and_then(|unit| self.cast.staff(&unit.key))
    }

    /// The task a step is about: the co-unit's that it names, else the lead's.
    pub(super) fn task(&self, step: &Step) -> Option<&Task> {
        match step {
            Step::Co { unit, .. } => {
                let unit = id("unit", unit);
                self.case
                    .tasks
                    .iter()
                    .rev()
                    .find(|task| task.role == TaskRole::Co && task.unit_id == unit && task.state.is_current())
            }
            _ => self.case.lead_task(),
        }
    }

    pub(super) fn unit_of(&self, task: &Task) -> Option<&UnitText> {
        self.content
            .units
            .iter()
            .find(|unit| id("unit", &unit.key) == task.unit_id)
    }
}
