//! Properties of the table itself.

use crate::cast::*;
use crate::stories;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;
use std::collections::{BTreeSet, HashSet};

fn leads_to(row: &Row) -> Vec<CaseState> {
    match row.to {
        To::State(state) => vec![state],
        To::Same | To::Undone => row.from.to_vec(),
        To::BeforeInfo => rows()
            .filter(|other| other.event == EventKind::AskInfo)
            .flat_map(|other| other.from.iter().copied())
            .collect(),
        To::OneOf(states, _) => states.to_vec(),
    }
}

#[test]
fn the_specifications_rows_are_all_there_once() {
    let numbers: Vec<&str> = std::iter::once(SUBMIT.no).chain(rows().map(|row| row.no)).collect();
    let unique: HashSet<&&str> = numbers.iter().collect();
    assert_eq!(unique.len(), numbers.len(), "a row's number comes twice: {numbers:?}");
    for wanted in 1..=41 {
        let covered = numbers
            .iter()
            .any(|no| no.trim_end_matches(char::is_alphabetic).parse() == Ok(wanted));
        assert!(covered, "transition {wanted} of the specification has no row");
    }
}

#[test]
fn every_event_has_a_row_and_every_row_a_person() {
    for kind in EventKind::ALL.iter().filter(|kind| **kind != EventKind::Submit) {
        assert!(rows().any(|row| row.event == *kind), "no row for {}", kind.code());
    }
    for row in rows() {
        assert!(!row.by.is_empty(), "nobody may do row {}", row.no);
        assert!(!row.from.is_empty(), "row {} begins nowhere", row.no);
        assert!(!row.guard_words.is_empty(), "row {} does not say its guard", row.no);
    }
}

#[test]
fn every_limit_a_row_names_exists() {
    let limits = Limits::default();
    for row in rows() {
        if let Some(key) = row.limit {
            assert!(
                limits.shown(key).is_some(),
                "row {} names {key}, which is no limit",
                row.no
            );
        }
    }
}

#[test]
fn every_state_is_reachable_and_every_open_state_has_a_way_to_an_end() {
    let mut reached = BTreeSet::from([CaseState::Submitted]);
    loop {
        let more: Vec<CaseState> = rows()
            .filter(|row| row.from.iter().any(|state| reached.contains(state)))
            .flat_map(leads_to)
            .filter(|state| !reached.contains(state))
            .collect();
        if more.is_empty() {
            break;
        }
        reached.extend(more);
    }
    let missing: Vec<&str> = CaseState::ALL
        .iter()
        .filter(|s| !reached.contains(s))
        .map(|s| s.code())
        .collect();
    assert!(missing.is_empty(), "no way leads to {missing:?}");

    let mut ends: BTreeSet<CaseState> = CaseState::ALL
        .iter()
        .copied()
        .filter(|state| !state.is_open())
        .collect();
    for _ in CaseState::ALL {
        for row in rows() {
            if !matches!(row.to, To::Same | To::Undone) && leads_to(row).iter().any(|state| ends.contains(state)) {
                ends.extend(row.from);
            }
        }
    }
    let stuck: Vec<&str> = CaseState::ALL
        .iter()
        .filter(|s| !ends.contains(s))
        .map(|s| s.code())
        .collect();
    assert!(stuck.is_empty(), "no way leads from {stuck:?} to an end");
    let open: Vec<CaseState> = CaseState::ALL.iter().copied().filter(|state| state.is_open()).collect();
    assert_eq!(
        OPEN.iter().copied().collect::<BTreeSet<_>>(),
        open.into_iter().collect(),
        "OPEN lists the open states"
    );
}

#[test]
fn what_the_resident_is_told_is_not_hidden_from_them() {
    for row in rows().filter(|row| !row.told.is_empty()) {
        assert_ne!(
            row.seen,
            Visibility::Staff,
            "row {} tells the resident of what only staff may see",
            row.no
        );
    }
}

/// Something that would be accepted now, with the row that lets it pass.
fn possible(desk: &Desk) -> Vec<(String, Actor, CaseEvent)> {
    let mut found = Vec::new();
    let kinds: BTreeSet<EventKind> = rows()
        .filter(|row| row.from.contains(&desk.state()))
        .map(|row| row.event)
        .collect();
    let before = desk.before_last();
    for event in kinds.into_iter().flat_map(|kind| crate::walks::forms(kind, desk)) {
        for actor in everybody() {
            let ctx = Context {
                before: before.as_ref(),
                ..desk.context(actor.clone(), event.ids_needed())
            };
            if let Ok(effects) = apply(&desk.case, &event, &ctx) {
                found.push((effects.record.facts.row, actor, event.clone()));
            }
        }
    }
    found
}

/// Walks through the table, new rows first, until each has been taken.
#[test]
fn every_row_can_be_taken_and_every_state_entered() {
    let mut seed = 20_250_101_u64;
    let mut pick = move |n: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n.max(1)
    };
    let mut taken: HashSet<String> = HashSet::from([SUBMIT.no.to_owned()]);
    // The deep corners are told as stories; the walks find the rest.
    let told = [
        stories::bounced_to_arbitration(),
        stories::extended(),
        stories::promise_broken(),
        stories::dissatisfied_to_the_end(),
        crate::stories_loop::return_refused(),
        crate::stories_loop::promise_kept(),
        crate::stories_loop::author_left(),
    ];
    let mut entered: HashSet<CaseState> = HashSet::new();
    for desk in told {
        entered.extend(desk.log.iter().map(|record| record.to));
        taken.extend(desk.log.iter().map(|record| record.facts.row.clone()));
    }
    for walk in 0..400 {
        let urgency = if walk % 5 == 0 {
            Urgency::Urgent
        } else {
            Urgency::Normal
        };
        let limits = Limits {
            deputy_answer_reviewed: walk % 3 == 0,
            ..Limits::default()
        };
        let mut desk = Desk::with(liaison_domain::calendar::demo_calendar(), limits, urgency);
        for _ in 0..30 {
            desk.now += [1, DAY_MS, 6 * DAY_MS, 40 * DAY_MS, 400 * DAY_MS][pick(12).saturating_sub(7)];
            let possible = possible(&desk);
            if possible.is_empty() {
                break;
            }
            let named: BTreeSet<&String> = possible.iter().map(|(row, ..)| row).collect();
            let fresh: Vec<&String> = named.iter().copied().filter(|row| !taken.contains(*row)).collect();
            let choice = if fresh.is_empty() {
                // Rows that stay where they are would keep a walk from getting anywhere.
                let moves = |no: &&String| rows().any(|row| row.no == **no && !matches!(row.to, To::Same | To::Undone));
                let moving: Vec<&String> = named.iter().copied().filter(moves).collect();
                if moving.is_empty() {
                    named.into_iter().collect()
                } else {
                    moving
                }
            } else {
                fresh
            };
            let row = choice[pick(choice.len())];
            let ways: Vec<_> = possible.iter().filter(|(no, ..)| no == row).collect();
            let (_, actor, event) = ways[pick(ways.len())];
            desk.by(actor.clone(), event.clone());
            taken.extend(desk.log.last().map(|record| record.facts.row.clone()));
        }
        taken.extend(desk.log.iter().map(|record| record.facts.row.clone()));
        entered.extend(desk.log.iter().map(|record| record.to));
        if rows().all(|row| taken.contains(row.no)) && entered.len() == CaseState::ALL.len() {
            return;
        }
    }
    let never: Vec<&str> = rows().map(|row| row.no).filter(|no| !taken.contains(*no)).collect();
    let missed: Vec<&str> = CaseState::ALL
        .iter()
        .filter(|s| !entered.contains(s))
        .map(|s| s.code())
        .collect();
    panic!("nobody ever took the rows {never:?} or came to {missed:?}");
}
