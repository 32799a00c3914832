//! What a decision needs from outside: the moment, the person, the calendar, the limits, fresh ids.

use super::case::{Actor, Case, Refusal, RefusalKind};
use super::event::CaseEvent;
use crate::calendar::WorkCalendar;
use crate::limits::Limits;
use crate::{Id, Millis};
use std::collections::BTreeMap;

/// Handed in, so that the rules stay pure.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The server's clock.
    pub now: Millis,
    /// Who acts, as the server established it.
    pub actor: Actor,
    pub calendar: &'a WorkCalendar,
    pub limits: &'a Limits,
    /// Fresh ids for new tasks, as many as [`super::CaseEvent::ids_needed`] says; more do no harm.
    pub new_ids: Vec<Id>,
    /// The version the person saw (`If-Match`); none for jobs and follow-up events.
    pub expected_version: Option<i64>,
    /// Limits of categories that have their own; [`Self::limits`] holds for all others.
    pub categories: Option<&'a BTreeMap<Id, Limits>>,
    /// The case as it was before its last event, for [`super::CaseEvent::Undo`] only.
    pub before: Option<&'a Case>,
    /// Codes of the linter's warnings about the reply under review, for [`super::CaseEvent::Release`] only.
    pub warnings: &'a [String],
}

impl<'a> Context<'a> {
    /// A context without fresh ids and without an expected version.
    pub const fn new(now: Millis, actor: Actor, calendar: &'a WorkCalendar, limits: &'a Limits) -> Self {
        Self {
            now,
            actor,
            calendar,
            limits,
            new_ids: Vec::new(),
            expected_version: None,
            categories: None,
            before: None,
            warnings: &[],
        }
    }

    /// The same with the limits of the category that counts: the event's, else the case's.
    #[must_use]
    pub fn of_category(&self, case: &Case, event: Option<&CaseEvent>) -> Self {
        let named = match event {
            Some(CaseEvent::Accept { category_id, .. } | CaseEvent::AutoAccept { category_id, .. }) => {
                Some(category_id)
            }
            _ => case.category_id.as_ref(),
        };
        let own = named.and_then(|id| self.categories.and_then(|all| all.get(id)));
        Self {
            limits: own.unwrap_or(self.limits),
            ..self.clone()
        }
    }

    /// The same moment, acted on by the system: for events that follow by themselves.
    #[must_use]
    pub fn as_system(&self) -> Self {
        Self {
            actor: Actor::system(),
            expected_version: None,
            ..self.clone()
        }
    }
}

impl Refusal {
    /// A refusal that no field is to blame for.
    pub const fn of(kind: RefusalKind) -> Self {
        Self { kind, field: None }
    }

    /// A refusal because of one field of the event.
    pub fn at(kind: RefusalKind, field: &str) -> Self {
        Self {
            kind,
            field: Some(field.to_owned()),
        }
    }
}
