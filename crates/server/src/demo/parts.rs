//! Who plays a step: the author, the office, the deputy, the unit whose task it is.

use super::content::UnitText;
use super::events::Scene;
use super::ids::id;
use super::people::clerk;
use super::script::Step;
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
            | Step::Approve => self.cast.author(&self.letter.by),
            Step::Answer { .. } | Step::Pass { .. } => self
                .content
                .deputies
                .iter()
                .find(|d| Some(&id("deputy", &d.slug)) == self.case.deputy_id.as_ref())
                .and_then(|deputy| self.cast.staff(&deputy.slug)),
            Step::Sign
            | Step::Return { .. }
            | Step::Note { .. }
            | Step::Co { .. }
            | Step::Extend { .. }
            | Step::Reply { .. }
            | Step::Kept { .. } => self
                .task(step)
                .and_then(|task| self.unit_of(task))
                .and_then(|unit| self.cast.staff(&unit.key)),
            Step::Award { .. } | Step::KeepClosed { .. } | Step::Supervise { .. } => self.cast.staff("chief"),
            Step::Reassign { .. } => self.cast.staff("admin"),
            _ => self.cast.staff(clerk(self.station)),
        }
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
