//! Whom and what chance lets happen next: mostly something that fits, sometimes what only the careless or the cunning send.

use super::chance::Chance;
use super::people::{Person, Towards, UNITS, towards};
use super::{HOUR, Walk};
use crate::support::DAY;
use liaison_domain::calendar::date_of;
use liaison_domain::lifecycle::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What happens by itself when a time is over.
pub const BY_TIME: &[EventKind] = &[
    EventKind::InfoTimeout,
    EventKind::DeputyTimeout,
    EventKind::AutoSign,
    EventKind::SurveyExpired,
    EventKind::PromiseBroken,
];

/// What leads nowhere, and would fill a walk.
const ASIDE: &[EventKind] = &[
    EventKind::Contacted,
    EventKind::ContactRevealed,
    EventKind::Supplement,
    EventKind::ConsentChanged,
    EventKind::ProgressNote,
    EventKind::ReassignUnit,
    EventKind::Supervise,
    EventKind::ProposeCopy,
    EventKind::RefusePublish,
    EventKind::Undo,
    EventKind::AskInfo,
    EventKind::Urge,
    EventKind::Dispute,
    EventKind::Delegate,
];

/// What ends a letter's life early.
const ENDS: &[EventKind] = &[
    EventKind::Withdraw,
    EventKind::Decline,
    EventKind::Refer,
    EventKind::Merge,
    EventKind::Split,
];

impl Walk<'_> {
    pub async fn draw(&mut self) -> (usize, Person, CaseEvent) {
        loop {
            let at = self.chance.below(self.mirror.letters.len());
            if !self.mirror.letters[at].case.is_open() && !self.chance.one_in(4) {
                continue;
            }
            let drawn = if self.chance.one_in(5) {
                Some(self.anything(at))
            } else {
                self.something_fitting(at)
            };
            let Some((person, kind)) = drawn else { continue };
            if let Some(event) = self.event(at, kind).await {
                return (at, person, event);
            }
        }
    }

    /// Anybody tries anything, mostly of what the state knows.
    fn anything(&mut self, at: usize) -> (Person, EventKind) {
        let person = match self.chance.below(12) {
            0 => Person::Nobody,
            1 => Person::Code(self.chance.below(self.mirror.letters.len())),
            2 => Person::Code(at),
            3 => Person::Resident(self.chance.pick(&self.people.residents).clone()),
            4 => Person::Resident(self.mirror.letters[at].author.clone()),
            _ => Person::Staff(self.chance.pick(&self.people.staff).clone()),
        };
        let state = self.mirror.letters[at].case.state;
        let from_here: Vec<EventKind> = rows()
            .filter(|row| row.from.contains(&state))
            .map(|row| row.event)
            .collect();
        let kinds = if from_here.is_empty() || self.chance.one_in(3) {
            EventKind::ALL
        } else {
            &from_here
        };
        (person, *self.chance.pick(kinds))
    }

    /// Somebody does what they may; what moves the matter on comes up more often.
    fn something_fitting(&mut self, at: usize) -> Option<(Person, EventKind)> {
        let letter = &self.mirror.letters[at];
        let (now, rules) = (self.app.state.now(), self.app.state.rules());
        let staff = self.people.staff.iter().cloned().map(Person::Staff);
        let everybody = staff.chain([Person::Code(at), Person::Resident(letter.author.clone())]);
        let mut may: BTreeMap<EventKind, Vec<Person>> = BTreeMap::new();
        for person in everybody {
            if let Towards::Acts(actor) = towards(&person, at, letter) {
                for kind in allowed_events(&letter.case, &rules.context(now, actor)) {
                    may.entry(kind).or_default().push(person.clone());
                }
            }
        }
        let weight = |kind: &EventKind| {
            if ENDS.contains(kind) || ASIDE.contains(kind) {
                1
            } else {
                8
            }
        };
        let lots: Vec<EventKind> = may.keys().flat_map(|kind| vec![*kind; weight(kind)]).collect();
        if lots.is_empty() {
            return None;
        }
        let kind = *self.chance.pick(&lots);
        may.get(&kind).map(|people| (self.chance.pick(people).clone(), kind))
    }

    async fn event(&mut self, at: usize, kind: EventKind) -> Option<CaseEvent> {
        let now = self.app.state.now();
        let rules = self.app.state.rules();
        let letter = &self.mirror.letters[at];
        let forms = samples(kind, &letter.case, &rules.context(now, Actor::system()));
        if forms.is_empty() {
            return None;
        }
        let form = self.chance.pick(&forms).clone();
        let warnings = self.warnings(&self.mirror.letters[at], &form).await;
        let letters: Vec<String> = self
            .mirror
            .letters
            .iter()
            .map(|letter| letter.case.id.clone())
            .collect();
        let mut event = json!(form);
        let chance = &mut self.chance;
        let fields = event.as_object_mut()?;
        for (name, value) in fields.iter_mut() {
            dress(name, value, kind, now, &letters, &warnings, chance);
        }
        let read = serde_json::from_value(event.clone());
        Some(read.unwrap_or_else(|error| panic!("{event}: {error}")))
    }
}

/// Gives a field of a sample something real, or something wrong.
fn dress(
    name: &str,
    value: &mut Value,
    kind: EventKind,
    now: i64,
    letters: &[String],
    warnings: &[String],
    chance: &mut Chance,
) {
    let real = !chance.one_in(20);
    match name {
        "lead" | "unit_id" | "proposed_unit" if !value.is_null() && real => *value = json!(chance.pick(UNITS)),
        "co" => {
            let count = chance.below(3);
            *value = json!((0..count).map(|_| *chance.pick(UNITS)).collect::<Vec<_>>());
        }
        "category_id" if real => *value = json!(chance.pick(&["c-transport", "c-transport.lamp"])),
        "deputy_id" if real => *value = json!(chance.pick(&["d-luzhiyao", "d-guchengyuan"])),
        "forwarded_by_deputy" if chance.one_in(4) => *value = json!(chance.pick(&["d-luzhiyao", "d-guchengyuan", "?"])),
        "acknowledged" => *value = json!(if real { warnings } else { &[] }),
        "into" | "letter_id" if real => *value = json!(chance.pick(letters)),
        "parts" if real => {
            let count = 2 + chance.below(2);
            *value = json!((0..count).map(|_| chance.pick(letters)).collect::<Vec<_>>());
        }
        "task_id" if !real && !value.is_null() => *value = json!("?"),
        "text" | "reason" | "legal_basis" | "section" | "officer" | "leader" | "evidence" | "signed_off_by"
        | "channel"
            if value.is_string() =>
        {
            let words = chance.pick(&["已到现场查看", "请补充", "武局长", "崔副局长", "按三定规定"]);
            *value = json!(if chance.one_in(25) { "  " } else { words });
        }
        "due_at" if kind == EventKind::Supervise || chance.one_in(8) => {
            *value = json!(now + (chance.below(12) as i64 - 2) * DAY + HOUR);
        }
        "until" if chance.one_in(3) => *value = json!(now + (chance.below(40) as i64 - 2) * DAY),
        "class" => *value = json!(chance.pick(&["simple", "normal", "urgent"])),
        "urgency" => *value = json!(chance.pick(&["normal", "normal", "urgent", "emergency"])),
        "public" => *value = json!(chance.one_in(2)),
        "consent" if !real => *value = json!(chance.one_in(2)),
        "reply" => *value = reply(now, chance),
        "rating" => {
            let level = |chance: &mut Chance| 1 + chance.below(if real { 5 } else { 6 });
            value["attitude"] = json!(level(chance));
            if chance.one_in(2) {
                value["solved"] = json!(chance.pick(&["yes", "partly", "no", "na"]));
            }
            if chance.one_in(2) {
                let ok = kind == EventKind::RatedOk;
                value["process"] = json!(if ok { 5 } else { level(chance) });
                value["attitude"] = json!(if ok { 4 } else { 2 });
            }
        }
        _ => {}
    }
}

fn reply(now: i64, chance: &mut Chance) -> Value {
    let outcome = *chance.pick(&["A", "A", "B", "B", "C", "D"]);
    let mut reply = json!({
        "body": chance.pick(&[
            "十一盏路灯已经全部换好,电缆也重新做了防水,本月二十日晚复查全部亮灯。",
            "已到现场查看,是电缆进水,请您放心,下周起更换电缆。如有疑问请打 13912345678。",
            "已收悉,我们将高度重视。",
        ]),
        "outcome": outcome
    });
    if outcome == "B" && !chance.one_in(6) {
        reply["promise_date"] = json!(date_of(now).plus_days(chance.below(25) as i32).iso());
    }
    if outcome == "C" && !chance.one_in(6) {
        reply["reason"] = json!("管线图还没有交来");
    }
    reply
}
