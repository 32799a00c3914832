//! The one function that decides. It reads the table; state, person and guard are checked nowhere else.

use super::case::{Actor, Case, Effects, EventRecord, Facts, Notice, NoticeTo, Refusal, RefusalKind};
use super::context::Context;
use super::due;
use super::event::{CaseEvent, EventKind, OnBehalf};
use super::evolve::evolve;
use super::row::{Ask, By, Party, Row, works_for_unit};
use super::samples::samples;
use super::state::{CaseClass, CaseState, NameShown, Role, Urgency, Visibility};
use super::table::{SUBMIT, rows};
use crate::Id;

/// A letter that arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    pub id: Id,
    pub station_id: Id,
    /// The deputy it is addressed to.
    pub deputy_id: Option<Id>,
    /// As chosen or guessed; the office fixes it.
    pub category_id: Option<Id>,
    /// Above normal only through the urgent channel, or set by staff on somebody's behalf.
    pub urgency: Urgency,
    pub consent_publish: bool,
    pub name_shown: NameShown,
    /// The sender is under restriction (3.6): only urgent letters.
    pub restricted: bool,
    /// Filed by staff, with the resident's consent.
    pub on_behalf: Option<OnBehalf>,
    /// What the automatic look at it found.
    pub screening: Screening,
}

/// What the automatic look at a letter found; see [`crate::screen`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screening {
    /// Why a person has to look first.
    pub hold: Option<String>,
    /// The category is certain: taken on at once, where the station wants it so.
    pub certain: Option<(Id, CaseClass)>,
}

/// Transition 1. Follow-up: an urgent letter is held for a person to look at it at once.
pub fn open(new: NewCase, ctx: &Context<'_>) -> Result<Effects, Refusal> {
    let may = matches!(
        ctx.actor.role,
        Role::Resident | Role::Deputy | Role::StationOfficer | Role::StationLeader | Role::Admin | Role::System
    );
    if !may {
        return Err(Refusal::of(RefusalKind::NotAllowed));
    }
    if new.restricted && new.urgency == Urgency::Normal {
        return Err(Refusal::of(RefusalKind::Restricted));
    }
    for (value, field) in [(&new.id, "id"), (&new.station_id, "station_id")] {
        if value.is_empty() {
            return Err(Refusal::at(RefusalKind::ValueInvalid, field));
        }
    }
    let event = CaseEvent::Submit {
        station_id: new.station_id,
        deputy_id: new.deputy_id,
        category_id: new.category_id,
        urgency: new.urgency,
        consent_publish: new.consent_publish,
        name_shown: new.name_shown,
        on_behalf: new.on_behalf,
    };
    let facts = Facts {
        row: SUBMIT.no.to_owned(),
        case_id: Some(new.id),
        ..Facts::default()
    };
    let record = EventRecord {
        seq: 1,
        at: ctx.now,
        actor: ctx.actor.clone(),
        event,
        from: None,
        to: CaseState::Submitted,
        visibility: SUBMIT.seen,
        facts,
    };
    let mut effects = finish(None, record, &SUBMIT, ctx)?;
    effects.then.extend(first_look(new.urgency, new.screening, ctx));
    Ok(effects)
}

/// What follows the arrival by itself: held for a person, or taken on at once.
fn first_look(urgency: Urgency, screening: Screening, ctx: &Context<'_>) -> Option<CaseEvent> {
    let by_staff = !matches!(ctx.actor.role, Role::Resident | Role::System);
    if urgency != Urgency::Normal {
        return Some(CaseEvent::AutoHold {
            reason: "urgent_channel".to_owned(),
        });
    }
    match screening {
        // Somebody at the station read what they filed.
        Screening { hold: Some(reason), .. } if !by_staff => Some(CaseEvent::AutoHold { reason }),
        Screening {
            hold: None,
            certain: Some((category_id, class)),
        } if ctx.limits.auto_accept => Some(CaseEvent::AutoAccept { category_id, class }),
        _ => None,
    }
}

/// Decides whether an event may happen to a case now, and what it leads to. Pure: everything from outside is in the
/// context. Apply [`Effects::then`] right after, with [`Context::as_system`], in the same transaction.
pub fn apply(case: &Case, event: &CaseEvent, ctx: &Context<'_>) -> Result<Effects, Refusal> {
    let ctx = &ctx.of_category(case, Some(event));
    let row = check(case, event, ctx)?;
    if matches!(event, CaseEvent::Undo {}) && ctx.before.is_none() {
        return Err(Refusal::of(RefusalKind::Stale));
    }
    if ctx.new_ids.len() < event.ids_needed() {
        return Err(Refusal::at(RefusalKind::ValueInvalid, "new_ids"));
    }
    let ask = Ask { case, event, ctx };
    let to = row.to.resolve(ask);
    let record = EventRecord {
        seq: case.version + 1,
        at: ctx.now,
        actor: ctx.actor.clone(),
        event: event.clone(),
        from: Some(case.state),
        to,
        visibility: seen_by(row, event),
        facts: Facts {
            row: row.no.to_owned(),
            ..due::facts(ask, to)
        },
    };
    let mut effects = finish(Some(case), record, row, ctx)?;
    effects.then = follow_ups(case, &effects.case, event, ctx);
    Ok(effects)
}

/// The row that lets the event pass, or why none does: version first, then state, person, guard.
pub(super) fn check(case: &Case, event: &CaseEvent, ctx: &Context<'_>) -> Result<&'static Row, Refusal> {
    if ctx.expected_version.is_some_and(|version| version != case.version) {
        return Err(Refusal::of(RefusalKind::Stale));
    }
    let ask = Ask { case, event, ctx };
    let kind = event.kind();
    let from_here = || rows().filter(move |row| row.event == kind && row.from.contains(&case.state));
    if from_here().next().is_none() {
        return Err(Refusal::of(RefusalKind::WrongState));
    }
    if event.task_id().is_some() && (ask.task().is_none() || is_other_units_task(ask)) {
        return Err(Refusal::at(RefusalKind::TaskUnknown, "task_id"));
    }
    let fitting = || from_here().filter(move |row| row.when.is_none_or(|when| when(ask)));
    if fitting().next().is_none() {
        return Err(Refusal::of(RefusalKind::WrongState));
    }
    let row = fitting()
        .find(|row| row.by.iter().any(|by| by.admits(ask)))
        .ok_or(Refusal::of(RefusalKind::NotAllowed))?;
    (row.guard)(ask).map(|()| row)
}

/// A unit of this case names another unit's task.
fn is_other_units_task(ask: Ask<'_>) -> bool {
    let actor = &ask.ctx.actor;
    let has_some = ask
        .case
        .tasks
        .iter()
        .any(|task| Some(&task.unit_id) == actor.unit_id.as_ref());
    works_for_unit(actor) && has_some && !By::TaskUnitOrDelegate.admits(ask)
}

/// What this person may do to the case now, in the specification's order. Asked of the same table and guards: an event
/// is allowed when some form of it would be accepted.
pub fn allowed_events(case: &Case, ctx: &Context<'_>) -> Vec<EventKind> {
    let ctx = &ctx.of_category(case, None);
    let possible = |kind: EventKind| {
        rows().any(|row| row.event == kind && row.from.contains(&case.state))
            && samples(kind, case, ctx)
                .iter()
                .any(|event| check(case, event, ctx).is_ok())
    };
    EventKind::ALL.iter().copied().filter(|kind| possible(*kind)).collect()
}

fn finish(before: Option<&Case>, mut record: EventRecord, row: &Row, ctx: &Context<'_>) -> Result<Effects, Refusal> {
    // The fold cannot fail on a record made here; if it ever does, refusing is right.
    let folded =
        |record: &EventRecord| evolve(before.cloned(), record).map_err(|_| Refusal::of(RefusalKind::WrongState));
    let draft = folded(&record)?;
    record.facts.holder = Some(due::holder_after(before, &draft, &record.event, ctx));
    let case = folded(&record)?;
    let notices = notices(&case, &record, row);
    Ok(Effects {
        case,
        record,
        notices,
        then: Vec::new(),
    })
}

/// A note for the unit's own eyes stays inside.
fn seen_by(row: &Row, event: &CaseEvent) -> Visibility {
    match event {
        CaseEvent::ProgressNote { public: false, .. } => Visibility::Staff,
        _ => row.seen,
    }
}

fn follow_ups(before: &Case, after: &Case, event: &CaseEvent, ctx: &Context<'_>) -> Vec<CaseEvent> {
    let mut then = Vec::new();
    match event {
        CaseEvent::AutoAccept { .. } => {
            then.extend(
                before
                    .deputy_id
                    .clone()
                    .map(|deputy_id| CaseEvent::ToDeputy { deputy_id }),
            );
        }
        CaseEvent::ReturnRequest { .. } if u32::from(after.bounce_count) >= ctx.limits.returns_per_case => {
            then.push(CaseEvent::BounceLimit {});
        }
        CaseEvent::Release { .. } if after.promise_open() && after.lead_task().is_some() => {
            then.push(CaseEvent::HasPromise {});
        }
        _ => {}
    }
    then
}

fn notices(case: &Case, record: &EventRecord, row: &Row) -> Vec<Notice> {
    let kind = record.event.kind();
    let mut to = Vec::new();
    let by_author = record.actor.is_author && kind != EventKind::Submit;
    if !row.told.is_empty() && !by_author && record.visibility != Visibility::Staff {
        to.push(NoticeTo::Resident);
    }
    for party in row.notify {
        match party {
            Party::Office => to.push(NoticeTo::Office(case.station_id.clone())),
            Party::Deputy => to.extend(case.deputy_id.clone().map(NoticeTo::Deputy)),
            Party::Lead => to.extend(case.lead_task().map(|task| NoticeTo::Unit(task.unit_id.clone()))),
            Party::Units => {
                to.extend(
                    case.tasks
                        .iter()
                        .filter(|task| task.state.is_open())
                        .map(|task| NoticeTo::Unit(task.unit_id.clone())),
                );
            }
            Party::Delegate => {
                let task = record.event.task_id().and_then(|id| case.task(id));
                to.extend(task.and_then(|task| task.delegate.clone()).map(NoticeTo::Unit));
            }
            Party::Task => {
                let task = record.event.task_id().and_then(|id| case.task(id));
                to.extend(task.map(|task| NoticeTo::Unit(task.unit_id.clone())));
            }
        }
    }
    to.into_iter()
        .filter(|party| !is_actor(party, &record.actor))
        .map(|to| Notice { to, kind })
        .collect()
}

/// Nobody is told of what they did themselves.
fn is_actor(party: &NoticeTo, actor: &Actor) -> bool {
    match party {
        NoticeTo::Resident => false,
        NoticeTo::Office(station) => actor.station_id.as_ref() == Some(station),
        NoticeTo::Deputy(deputy) => actor.deputy_id.as_ref() == Some(deputy),
        NoticeTo::Unit(unit) => actor.unit_id.as_ref() == Some(unit),
    }
}
