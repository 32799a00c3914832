//! The model's own letters: what the rules alone make of everything that happened.

use super::people::{People, UNITS};
use liaison_domain::Id;
use liaison_domain::lifecycle::*;
use liaison_domain::reply::compose_parts;
use std::collections::VecDeque;

#[derive(Default)]
pub struct Mirror {
    pub letters: Vec<Tracked>,
}

/// One letter.
pub struct Tracked {
    pub no: String,
    pub code: String,
    pub title: String,
    /// The account that handed it in.
    pub author: String,
    pub addressed: Option<Id>,
    pub case: Case,
    pub log: Vec<EventRecord>,
    pub part_of: Option<Id>,
    /// `account kind`, a line for each time somebody was told; sorted.
    pub inbox: Vec<String>,
}

impl Tracked {
    /// The case before its last event.
    pub fn before_last(&self) -> Option<Case> {
        rebuild(&self.log[..self.log.len() - 1]).ok()
    }

    /// Lets one event happen, with the ids the store made for it. It must be recorded just as the rules record it.
    pub fn happen(
        &mut self,
        event: &CaseEvent,
        ctx: &Context<'_>,
        record: &EventRecord,
        people: &People,
    ) -> Result<Vec<CaseEvent>, String> {
        let ctx = Context {
            new_ids: record.facts.tasks.iter().map(|task| task.id.clone()).collect(),
            ..ctx.clone()
        };
        let effects = apply(&self.case, event, &ctx)
            .map_err(|refusal| format!("{} happened against the rules: {refusal:?}", event.kind().code()))?;
        if effects.record != *record {
            return Err(format!(
                "recorded as {record:?}\nbut the rules say {:?}",
                effects.record
            ));
        }
        self.case = effects.case;
        self.log.push(effects.record);
        for notice in &effects.notices {
            let told = people.told(&notice.to, self);
            self.inbox.extend(
                told.into_iter()
                    .map(|account| format!("{account} {}", notice.kind.code())),
            );
        }
        self.inbox.sort();
        Ok(effects.then)
    }

    /// The answer, or what the office said instead of one.
    fn last_words(&self) -> Option<ReplyText> {
        if self.case.first_answered_at.is_some() && self.case.reply.is_some() {
            return self.case.reply.clone();
        }
        let said = self.log.iter().rev().find_map(|record| match &record.event {
            CaseEvent::Decline { text, .. } | CaseEvent::Refer { text, .. } => Some(text.clone()),
            _ => None,
        });
        said.map(|body| ReplyText {
            body,
            outcome: Outcome::D,
            promise_date: None,
            reason: None,
            contact: None,
            attachments: Vec::new(),
            parts: None,
        })
    }

    /// As the units' assignments are kept.
    pub fn tasks(&self) -> Vec<String> {
        let lead = self.case.lead_task().map(|task| &task.id);
        let line = |task: &Task| {
            let tracking = self.case.state == CaseState::Tracking && Some(&task.id) == lead;
            format!(
                "{} {} {} {} {} {} {} {} {}{}",
                task.id,
                task.unit_id,
                task.role.code(),
                task.round,
                task.state.code(),
                task.dispatched_at,
                task.sign_due,
                task.due_at,
                task.delegate.as_deref().unwrap_or("-"),
                if tracking { " tracking" } else { "" }
            )
        };
        let mut lines: Vec<String> = self.case.tasks.iter().map(line).collect();
        lines.sort();
        lines
    }
}

impl Mirror {
    /// What happens to other letters by what happened to this one since its log had `from` entries.
    pub fn followers(&mut self, at: usize, from: usize, left: Option<&Id>) -> VecDeque<(Id, CaseEvent)> {
        let (case, news) = (self.letters[at].case.clone(), self.letters[at].log[from..].to_vec());
        let letter_id = case.id.clone();
        let mut events = VecDeque::new();
        for record in &news {
            match &record.event {
                CaseEvent::Merge { into, .. } => {
                    events.push_back((
                        into.clone(),
                        CaseEvent::MergedIn {
                            letter_id: letter_id.clone(),
                        },
                    ));
                }
                CaseEvent::Unmerge {} => {
                    let lead = left.cloned().expect("it had joined another");
                    events.push_back((
                        lead,
                        CaseEvent::MergedOut {
                            letter_id: letter_id.clone(),
                        },
                    ));
                }
                _ => {}
            }
        }
        let entered = |fits: fn(CaseState) -> bool| {
            news.iter()
                .any(|record| fits(record.to) && !record.from.is_some_and(fits))
        };
        let answered = entered(|state| state == CaseState::Answered);
        if let Some(reply) = case.reply.as_ref().filter(|_| answered) {
            let mut joined: Vec<&Id> = self
                .letters
                .iter()
                .filter(|letter| letter.case.merged_into.as_ref() == Some(&letter_id))
                .map(|letter| &letter.case.id)
                .collect();
            joined.sort();
            events.extend(
                joined
                    .into_iter()
                    .map(|id| (id.clone(), CaseEvent::LeadAnswered { reply: reply.clone() })),
            );
        }
        let over = answered || entered(|state| !state.is_open());
        if let Some(whole) = self.letters[at].part_of.as_ref().filter(|_| over) {
            let over = |part: &&Tracked| part.case.first_answered_at.is_some() || part.case.closed_at.is_some();
            let mut parts: Vec<&Tracked> = self
                .letters
                .iter()
                .filter(|letter| letter.part_of.as_ref() == Some(whole))
                .collect();
            if parts.iter().all(over) {
                parts.sort_by(|a, b| a.no.cmp(&b.no));
                let words = parts
                    .iter()
                    .filter_map(|part| Some((part.title.clone(), part.last_words()?)));
                let reply = compose_parts(&words.collect::<Vec<_>>());
                events.push_back((whole.clone(), CaseEvent::PartsAnswered { reply }));
            }
        }
        events
    }

    /// Everything the event names is there.
    pub fn references_fit(&self, at: usize, event: &CaseEvent) -> bool {
        let unit = |id: &Id| UNITS.contains(&id.as_str());
        let letter = |id: &Id| self.letters.iter().find(|letter| letter.case.id == *id);
        match event {
            CaseEvent::Accept { category_id, .. } => {
                ["c-transport", "c-transport.lamp"].contains(&category_id.as_str())
            }
            CaseEvent::ToDeputy { deputy_id: id }
            | CaseEvent::Release {
                forwarded_by_deputy: Some(id),
                ..
            } => ["d-luzhiyao", "d-guchengyuan"].contains(&id.as_str()),
            CaseEvent::Assign { lead, co, .. } | CaseEvent::Award { unit_id: lead, co, .. } => {
                unit(lead) && co.iter().all(unit)
            }
            CaseEvent::Reopen { lead: id, .. }
            | CaseEvent::ReassignUnit { unit_id: id, .. }
            | CaseEvent::ReturnRequest { proposed_unit: id, .. } => unit(id),
            // One level down: the street's office does a bureau's work.
            CaseEvent::Delegate {
                task_id,
                unit_id: Some(id),
                ..
            } => {
                let task = self.letters.iter().find_map(|letter| letter.case.task(task_id));
                id == "u-jiedao" && task.is_some_and(|task| task.unit_id != "u-jiedao")
            }
            CaseEvent::Merge { into, .. } => letter(into).is_some_and(|lead| {
                use CaseState as S;
                let over = [
                    S::Answered,
                    S::Tracking,
                    S::Closed,
                    S::Declined,
                    S::Referred,
                    S::Withdrawn,
                    S::Archived,
                ];
                lead.case.merged_into.is_none() && !over.contains(&lead.case.state)
            }),
            CaseEvent::Split { parts } => {
                let whole = Some(&self.letters[at].case.id);
                parts
                    .iter()
                    .all(|id| letter(id).is_some_and(|part| part.part_of.as_ref() == whole))
            }
            _ => true,
        }
    }
}

/// How a refusal travels.
pub fn status(kind: RefusalKind) -> (u16, &'static str) {
    use RefusalKind as R;
    match kind {
        R::Stale => (409, "conflict"),
        R::NotAllowed | R::Restricted => (403, kind.code()),
        R::TextMissing | R::DateInvalid | R::TaskUnknown | R::ValueInvalid | R::Unread => (422, kind.code()),
        R::WrongState | R::TooLate | R::TooEarly | R::LimitReached | R::SamePerson | R::NoConsent | R::FinalOwner => {
            (409, kind.code())
        }
    }
}
