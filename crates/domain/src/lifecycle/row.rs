//! What a row of the transition table is made of.

use super::case::{Actor, Case, Refusal};
use super::context::Context;
use super::event::{CaseEvent, EventKind};
use super::state::{CaseState, Role, Visibility};

/// A question to the rules: may this happen to this case now?
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub case: &'a Case,
    pub event: &'a CaseEvent,
    pub ctx: &'a Context<'a>,
}

/// One line of the transition table. Everything a decision needs stands in it.
pub struct Row {
    /// The specification's number; with a letter where one number covers several cases, `+` for our own rows.
    pub no: &'static str,
    pub event: EventKind,
    pub from: &'static [CaseState],
    pub to: To,
    /// Any of these may do it.
    pub by: &'static [By],
    /// Tells rows of the same event and state apart.
    pub when: Option<fn(Ask<'_>) -> bool>,
    pub guard: fn(Ask<'_>) -> Result<(), Refusal>,
    /// The guard in a few words, for the documentation.
    pub guard_words: &'static str,
    /// Name of the limit that counts here, a field of [`crate::limits::Limits`].
    pub limit: Option<&'static str>,
    /// Who is told besides the resident.
    pub notify: &'static [Party],
    /// Who may read that it happened. [`Visibility::Public`]: that and when, never its text.
    pub seen: Visibility,
    /// What the resident is told; empty when nothing.
    pub told: &'static str,
}

/// Where a row leads.
#[derive(Clone, Copy)]
pub enum To {
    State(CaseState),
    /// The case's state stays as it is.
    Same,
    /// Back to where `need_info` came from.
    BeforeInfo,
    /// One of these, as the function says.
    OneOf(&'static [CaseState], fn(Ask<'_>) -> CaseState),
    /// To where it was before the last step.
    Undone,
}

impl To {
    /// The state afterwards.
    pub fn resolve(self, ask: Ask<'_>) -> CaseState {
        match self {
            Self::State(state) => state,
            Self::Same => ask.case.state,
            Self::BeforeInfo => ask.case.before_info.unwrap_or(CaseState::Accepted),
            Self::OneOf(_, choose) => choose(ask),
            Self::Undone => ask.ctx.before.map_or(ask.case.state, |before| before.state),
        }
    }
}

/// Who may do something. Every one of them checks more than the role: whose case, whose task, whose station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The resident who wrote it.
    Author,
    /// Officer or leader of the case's station, the head station's staff, an admin.
    Office,
    /// Leader of the case's station, of the head station, an admin.
    OfficeLeader,
    Admin,
    /// The deputy it is addressed to or lies with.
    CaseDeputy,
    /// As [`By::CaseDeputy`], where the station lets deputies hand answers on.
    ForwardingDeputy,
    /// The unit with the present lead task.
    LeadUnit,
    /// The unit of the event's task.
    TaskUnit,
    /// As [`By::TaskUnit`], or the unit one level down that does its work.
    TaskUnitOrDelegate,
    /// The leader of the unit of the event's task.
    TaskUnitLeader,
    /// A job or an automatic consequence.
    System,
}

impl By {
    /// Whether the person who asks is one of these.
    pub fn admits(self, ask: Ask<'_>) -> bool {
        let (actor, case) = (&ask.ctx.actor, ask.case);
        match self {
            Self::Author => actor.is_author && !case.author_left,
            Self::Office => is_office(actor, case),
            Self::OfficeLeader => is_office(actor, case) && actor.role != Role::StationOfficer,
            Self::Admin => actor.role == Role::Admin,
            Self::CaseDeputy => is_deputy_of(actor, case),
            Self::ForwardingDeputy => ask.ctx.limits.deputy_forwards && is_deputy_of(actor, case),
            Self::LeadUnit => {
                works_for_unit(actor)
                    && case
                        .lead_task()
                        .is_some_and(|task| Some(&task.unit_id) == actor.unit_id.as_ref())
            }
            Self::TaskUnit => {
                works_for_unit(actor)
                    && ask
                        .task()
                        .is_some_and(|task| Some(&task.unit_id) == actor.unit_id.as_ref())
            }
            Self::TaskUnitOrDelegate => {
                let delegated = works_for_unit(actor)
                    && ask
                        .task()
                        .is_some_and(|task| task.delegate.is_some() && task.delegate == actor.unit_id);
                delegated || Self::TaskUnit.admits(ask)
            }
            Self::TaskUnitLeader => actor.role == Role::UnitLeader && Self::TaskUnit.admits(ask),
            Self::System => actor.role == Role::System,
        }
    }

    /// The word in the documentation.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Author => "resident",
            Self::Office => "office",
            Self::OfficeLeader => "office leader",
            Self::Admin => "admin",
            Self::CaseDeputy => "deputy",
            Self::ForwardingDeputy => "deputy (setting `deputy_forwards`)",
            Self::LeadUnit => "lead unit",
            Self::TaskUnit => "the task's unit",
            Self::TaskUnitOrDelegate => "the task's unit or its delegate",
            Self::TaskUnitLeader => "the task's unit's leader",
            Self::System => "system",
        }
    }
}

/// Whom a row tells besides the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Office,
    Deputy,
    /// The unit with the lead task afterwards.
    Lead,
    /// Every unit with an open task afterwards.
    Units,
    /// The unit of the event's task.
    Task,
    /// The unit that does the work of the event's task.
    Delegate,
}

fn is_office(actor: &Actor, case: &Case) -> bool {
    matches!(actor.role, Role::StationOfficer | Role::StationLeader | Role::Admin)
        && actor
            .station_id
            .as_ref()
            .is_none_or(|station| *station == case.station_id)
}

fn is_deputy_of(actor: &Actor, case: &Case) -> bool {
    actor.role == Role::Deputy && actor.deputy_id.is_some() && actor.deputy_id == case.deputy_id
}

/// Units work through officers and leaders.
pub(super) const fn works_for_unit(actor: &Actor) -> bool {
    matches!(actor.role, Role::UnitOfficer | Role::UnitLeader)
}
