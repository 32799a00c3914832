//! A step of a history as an event of the rules, with the person who does it.

use super::SeedError;
use super::content::Content;
use super::ids::id;
use super::people::Cast;
use super::script::{Letter, Step};
use liaison_domain::calendar::{Date, WorkCalendar, date_of};
use liaison_domain::lifecycle::{
    Actor, Case, CaseClass, CaseEvent, EventKind, Outcome, PublicCopy, Rating, ReplyText, Solved, Urgency,
    classify_rating,
};
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};
use std::collections::HashMap;

/// What a step is read against.
pub struct Scene<'a> {
    pub content: &'a Content,
    pub cast: &'a Cast,
    pub limits: &'a Limits,
    pub calendar: &'a WorkCalendar,
    /// The real now, which dates in the files are counted from.
    pub now: Millis,
    pub letter: &'a Letter,
    /// Slug of the station the letter lies with.
    pub station: &'a str,
    /// The case as it stands.
    pub case: &'a Case,
    /// The letter's pictures.
    pub pictures: &'a [Id],
    /// Ids of the letters written so far, by key.
    pub letters: &'a HashMap<String, Id>,
}

impl Scene<'_> {
    /// Who does it and what it is.
    pub fn event(&self, step: &Step) -> Result<(Actor, CaseEvent), SeedError> {
        let missing = |what: &'static str| SeedError::Script {
            letter: self.letter.key.clone(),
            step: step.name(),
            what,
        };
        let actor = self.actor(step).ok_or_else(|| missing("person for it"))?;
        let task = || {
            self.task(step)
                .map(|task| task.id.clone())
                .ok_or_else(|| missing("task"))
        };
        let event = match step.clone() {
            Step::Hold { reason } => CaseEvent::AutoHold { reason },
            Step::Accept { class, urgency } => CaseEvent::Accept {
                category_id: id("category", self.letter.cat.as_deref().unwrap_or("community.council")),
                class: class.unwrap_or(CaseClass::Normal),
                urgency: urgency.unwrap_or(Urgency::Normal),
                due_at: None,
            },
            Step::Ask { say } => CaseEvent::AskInfo { text: say },
            Step::Info { say } => CaseEvent::InfoGiven {
                text: say,
                attachments: Vec::new(),
            },
            Step::Decline { code, say } => CaseEvent::Decline {
                reason_code: code,
                text: say,
            },
            Step::Appeal { say } => CaseEvent::Appeal { text: say },
            Step::Refer {
                channel,
                reference,
                say,
            } => CaseEvent::Refer {
                channel,
                reference,
                text: say,
            },
            Step::ToDeputy => CaseEvent::ToDeputy {
                deputy_id: self.case.deputy_id.clone().ok_or_else(|| missing("deputy"))?,
            },
            Step::Answer { outcome, say } => CaseEvent::DeputyAnswer {
                reply: ReplyText {
                    body: say,
                    outcome,
                    ..empty_reply(outcome)
                },
            },
            Step::Pass { say } => CaseEvent::DeputyPass { text: say },
            Step::Assign { lead, co, leader, note } => CaseEvent::Assign {
                lead: id("unit", &lead),
                co: unit_ids(&co),
                due_at: None,
                leader,
                note,
            },
            Step::Sign => {
                let task = self.task(step).ok_or_else(|| missing("task"))?;
                let unit = self.unit_of(task).ok_or_else(|| missing("unit"))?;
                CaseEvent::Sign {
                    task_id: task.id.clone(),
                    section: unit.section.clone(),
                    officer: unit.officer.clone(),
                }
            }
            Step::Return { basis, to } => CaseEvent::ReturnRequest {
                task_id: task()?,
                legal_basis: basis,
                proposed_unit: id("unit", &to),
            },
            Step::ReturnOk => CaseEvent::ReturnApproved { task_id: task()? },
            Step::ReturnNo { say } => CaseEvent::ReturnRefused {
                task_id: task()?,
                text: say,
            },
            Step::Award { unit, co, say } => CaseEvent::Award {
                unit_id: id("unit", &unit),
                co: unit_ids(&co),
                text: say,
            },
            Step::Note { say, internal, .. } => CaseEvent::ProgressNote {
                task_id: task()?,
                text: say,
                public: !internal,
                attachments: Vec::new(),
            },
            Step::Delegate { unit, say } => CaseEvent::Delegate {
                task_id: task()?,
                unit_id: Some(id("unit", &unit)),
                text: say,
            },
            Step::Contact { stage, means, say } => CaseEvent::Contacted {
                task_id: self.task(step).map(|task| task.id.clone()),
                stage,
                means,
                text: say,
            },
            Step::Reveal { reason } => CaseEvent::ContactRevealed { reason },
            Step::Draft => CaseEvent::DraftBegun { task_id: task()? },
            Step::InternalReview => CaseEvent::ToInternalReview { task_id: task()? },
            Step::InternalNo { say } => CaseEvent::InternalRejected {
                task_id: task()?,
                text: say,
            },
            Step::Co { say, .. } => CaseEvent::CoOpinion {
                task_id: task()?,
                text: say,
            },
            Step::Extend { days, say } => {
                let task = self.task(step).ok_or_else(|| missing("task"))?;
                let until = self.calendar.add_work_days(task.due_at, days);
                CaseEvent::ExtensionRequest {
                    task_id: task.id.clone(),
                    until,
                    text: say,
                }
            }
            Step::ExtendOk => CaseEvent::ExtensionApproved { task_id: task()? },
            Step::ExtendNo { say } => CaseEvent::ExtensionRefused {
                task_id: task()?,
                text: say,
            },
            Step::Reassign { to } => CaseEvent::ReassignUnit {
                task_id: task()?,
                unit_id: id("unit", &to),
            },
            Step::Reply {
                outcome,
                say,
                promise,
                reason,
                contact,
            } => {
                let task = self.task(step).ok_or_else(|| missing("task"))?;
                let unit = self.unit_of(task).ok_or_else(|| missing("unit"))?;
                let promise_date = promise.map(|days| self.day(days).iso());
                CaseEvent::SubmitReply {
                    task_id: task.id.clone(),
                    reply: ReplyText {
                        body: say,
                        promise_date,
                        reason,
                        contact,
                        ..empty_reply(outcome)
                    },
                    signed_off_by: if self.case.round > 1 {
                        unit.second_leader.clone()
                    } else {
                        unit.leader.clone()
                    },
                }
            }
            Step::SendBack { say } => CaseEvent::SendBack { text: say },
            Step::Release { say } => CaseEvent::Release {
                forwarded_by_deputy: say.is_some().then(|| self.case.deputy_id.clone()).flatten(),
                words: say,
                acknowledged: Vec::new(),
            },
            Step::Rate {
                stars,
                solved,
                reasons,
                say,
            } => {
                let rating = rating(stars, solved, reasons, say);
                match classify_rating(&rating, self.limits) {
                    EventKind::RatedBad => CaseEvent::RatedBad { rating },
                    _ => CaseEvent::RatedOk { rating },
                }
            }
            Step::FollowUp { say } => CaseEvent::FollowUp { text: say },
            Step::FollowUpAnswer { say } => CaseEvent::FollowUpAnswered { text: say },
            Step::DeputyRate { stars, solved, say } => CaseEvent::DeputyRated {
                rating: rating(stars, solved, Vec::new(), say),
            },
            Step::Reopen { lead, leader, say } => CaseEvent::Reopen {
                lead: id("unit", &lead),
                leader,
                text: say,
            },
            Step::KeepClosed { code, say } => CaseEvent::KeepClosed {
                reason_code: code,
                text: say,
            },
            Step::Kept { say } => CaseEvent::PromiseKept {
                task_id: task()?,
                evidence: say,
            },
            Step::Merge { into, say } => CaseEvent::Merge {
                into: self
                    .letters
                    .get(&into)
                    .cloned()
                    .ok_or_else(|| missing("letter to join"))?,
                text: say,
            },
            Step::Unmerge => CaseEvent::Unmerge {},
            Step::Split { parts } => {
                let parts: Option<Vec<Id>> = parts.iter().map(|key| self.letters.get(key).cloned()).collect();
                CaseEvent::Split {
                    parts: parts.ok_or_else(|| missing("part"))?,
                }
            }
            Step::Withdraw { say } => CaseEvent::Withdraw { text: Some(say) },
            Step::Supplement { say } => CaseEvent::Supplement {
                text: say,
                attachments: Vec::new(),
                media: Vec::new(),
            },
            Step::Urge => CaseEvent::Urge {},
            Step::Undo => CaseEvent::Undo {},
            Step::Supervise { leader, due_in, say } => CaseEvent::Supervise {
                leader,
                due_at: self.day(due_in).end(),
                text: say,
            },
            Step::Archive => CaseEvent::Archive {},
            Step::Propose => CaseEvent::ProposeCopy { copy: self.copy() },
            Step::Approve => CaseEvent::CopyApproved {},
            Step::Publish | Step::PublishNow => CaseEvent::Publish {},
            Step::Hide { reason } => CaseEvent::Hide { reason },
            Step::RefusePublish { reason } => CaseEvent::RefusePublish { reason },
        };
        Ok((actor, event))
    }

    fn day(&self, days: i32) -> Date {
        date_of(self.now).plus_days(days)
    }

    /// The demo's letters are written without personal data, so that their copies need no masking.
    fn copy(&self) -> PublicCopy {
        PublicCopy {
            title: self.letter.title.clone(),
            body: self.letter.body.clone(),
            answer: self
                .case
                .reply
                .as_ref()
                .map(|reply| reply.body.clone())
                .unwrap_or_default(),
            attachments: self.pictures.to_vec(),
        }
    }
}

fn unit_ids(keys: &[String]) -> Vec<Id> {
    keys.iter().map(|key| id("unit", key)).collect()
}

fn rating([attitude, process, result]: [u8; 3], solved: Solved, reasons: Vec<String>, text: String) -> Rating {
    Rating {
        attitude,
        process,
        result,
        solved,
        reasons,
        text,
    }
}

fn empty_reply(outcome: Outcome) -> ReplyText {
    ReplyText {
        body: String::new(),
        outcome,
        promise_date: None,
        reason: None,
        contact: None,
        attachments: Vec::new(),
        parts: None,
    }
}
