//! For each kind of event the forms worth trying: filled in as well as anybody could.
//!
//! [`super::allowed_events`] asks with them whether an event is possible at all; the tests draw from them.

use super::case::{Case, Task};
use super::context::Context;
use super::event::{CaseEvent as C, EventKind as E, MovedDates, PublicCopy, Rating, ReplyText};
use super::state::{CaseClass, ContactMeans, ContactStage, Outcome, Solved, Urgency};
use crate::Id;
use crate::calendar::date_of;

/// An id that no unit, deputy or case has.
const SOME: &str = "?";

/// Every form of an event that could pass, given the case; one a task for those about tasks.
pub fn samples(kind: E, case: &Case, ctx: &Context<'_>) -> Vec<C> {
    let text = || SOME.to_owned();
    let id = || SOME.to_owned();
    let of_tasks = |make: &dyn Fn(&Task) -> C| case.tasks.iter().map(make).collect();
    let one = |event: C| vec![event];
    match kind {
        E::Submit => Vec::new(),
        E::AutoAccept => one(C::AutoAccept {
            category_id: id(),
            class: CaseClass::Normal,
        }),
        E::AutoHold => one(C::AutoHold { reason: text() }),
        E::Accept => one(C::Accept {
            category_id: id(),
            class: CaseClass::Normal,
            urgency: Urgency::Normal,
            due_at: None,
        }),
        E::AskInfo => one(C::AskInfo { text: text() }),
        E::InfoGiven => one(C::InfoGiven {
            text: text(),
            attachments: Vec::new(),
        }),
        E::InfoTimeout => one(C::InfoTimeout {}),
        E::Decline => first(&ctx.limits.decline_reasons, |reason_code| C::Decline {
            reason_code,
            text: text(),
        }),
        E::Appeal => one(C::Appeal { text: text() }),
        E::Refer => one(C::Refer {
            channel: text(),
            reference: None,
            text: text(),
        }),
        E::ToDeputy => one(C::ToDeputy { deputy_id: id() }),
        E::DeputyAnswer => one(C::DeputyAnswer {
            reply: reply(Outcome::A, None),
        }),
        E::DeputyPass => one(C::DeputyPass { text: text() }),
        E::DeputyTimeout => one(C::DeputyTimeout {}),
        E::Assign => one(C::Assign {
            lead: id(),
            co: Vec::new(),
            due_at: None,
            leader: None,
            note: None,
        }),
        E::Sign => of_tasks(&|task| C::Sign {
            task_id: task.id.clone(),
            section: text(),
            officer: text(),
        }),
        E::AutoSign => of_tasks(&|task| C::AutoSign {
            task_id: task.id.clone(),
        }),
        E::ReturnRequest => of_tasks(&|task| C::ReturnRequest {
            task_id: task.id.clone(),
            legal_basis: text(),
            proposed_unit: id(),
        }),
        E::ReturnApproved => of_tasks(&|task| C::ReturnApproved {
            task_id: task.id.clone(),
        }),
        E::ReturnRefused => of_tasks(&|task| C::ReturnRefused {
            task_id: task.id.clone(),
            text: text(),
        }),
        E::BounceLimit => one(C::BounceLimit {}),
        E::Dispute => one(C::Dispute { text: text() }),
        E::Award => one(C::Award {
            unit_id: id(),
            co: Vec::new(),
            text: text(),
        }),
        E::ProgressNote => of_tasks(&|task| C::ProgressNote {
            task_id: task.id.clone(),
            text: text(),
            public: true,
            attachments: Vec::new(),
        }),
        E::CoOpinion => of_tasks(&|task| C::CoOpinion {
            task_id: task.id.clone(),
            text: text(),
        }),
        E::ExtensionRequest => of_tasks(&|task| C::ExtensionRequest {
            task_id: task.id.clone(),
            until: super::due::extension_latest(task, ctx),
            text: text(),
        }),
        E::ExtensionApproved => of_tasks(&|task| C::ExtensionApproved {
            task_id: task.id.clone(),
        }),
        E::ExtensionRefused => of_tasks(&|task| C::ExtensionRefused {
            task_id: task.id.clone(),
            text: text(),
        }),
        E::ReassignUnit => of_tasks(&|task| C::ReassignUnit {
            task_id: task.id.clone(),
            unit_id: id(),
        }),
        E::DraftBegun => of_tasks(&|task| C::DraftBegun {
            task_id: task.id.clone(),
        }),
        E::ToInternalReview => of_tasks(&|task| C::ToInternalReview {
            task_id: task.id.clone(),
        }),
        E::InternalRejected => of_tasks(&|task| C::InternalRejected {
            task_id: task.id.clone(),
            text: text(),
        }),
        E::SubmitReply => of_tasks(&|task| C::SubmitReply {
            task_id: task.id.clone(),
            reply: reply(Outcome::A, None),
            signed_off_by: other_than(case.last_signatory.as_deref()),
        }),
        E::SendBack => one(C::SendBack { text: text() }),
        E::Release => one(C::Release {
            forwarded_by_deputy: None,
            words: None,
            acknowledged: ctx.warnings.to_vec(),
        }),
        E::RatedOk => one(C::RatedOk {
            rating: rating(5, Solved::Yes),
        }),
        E::SurveyExpired => one(C::SurveyExpired {}),
        E::HasPromise => one(C::HasPromise {}),
        E::RatedBad => one(C::RatedBad {
            rating: rating(1, Solved::No),
        }),
        E::Reopen => one(C::Reopen {
            lead: id(),
            leader: text(),
            text: text(),
        }),
        E::KeepClosed => first(&ctx.limits.keep_closed_reasons, |reason_code| C::KeepClosed {
            reason_code,
            text: text(),
        }),
        E::PromiseKept => of_tasks(&|task| C::PromiseKept {
            task_id: task.id.clone(),
            evidence: text(),
        }),
        E::PromiseBroken => one(C::PromiseBroken {}),
        E::Merge => one(C::Merge {
            into: id(),
            text: text(),
        }),
        E::Unmerge => one(C::Unmerge {}),
        E::LeadAnswered => one(C::LeadAnswered {
            reply: reply(Outcome::A, None),
        }),
        E::Split => one(C::Split {
            parts: vec!["?1".to_owned(), "?2".to_owned()],
        }),
        E::PartsAnswered => one(C::PartsAnswered {
            reply: reply(Outcome::A, None),
        }),
        E::Withdraw => one(C::Withdraw { text: None }),
        E::Supplement => one(C::Supplement {
            text: text(),
            attachments: Vec::new(),
            media: Vec::new(),
        }),
        E::Supervise => one(C::Supervise {
            leader: text(),
            due_at: date_of(ctx.now).plus_days(1).end(),
            text: text(),
        }),
        E::Urge => one(C::Urge {}),
        E::Archive => one(C::Archive {}),
        E::ConsentChanged => one(C::ConsentChanged {
            consent: !case.consent_publish,
        }),
        E::ProposeCopy => one(C::ProposeCopy {
            copy: PublicCopy {
                title: text(),
                body: text(),
                answer: String::new(),
                attachments: Vec::new(),
            },
        }),
        E::CopyApproved => one(C::CopyApproved {}),
        E::Publish => one(C::Publish {}),
        E::RefusePublish => one(C::RefusePublish { reason: text() }),
        E::Hide => one(C::Hide { reason: text() }),
        E::Unhide => one(C::Unhide {}),
        E::Delegate => case
            .tasks
            .iter()
            .flat_map(|task| {
                [Some(id()), None].map(|unit_id| C::Delegate {
                    task_id: task.id.clone(),
                    unit_id,
                    text: text(),
                })
            })
            .collect(),
        E::Contacted => {
            let by = |task_id| C::Contacted {
                task_id,
                stage: ContactStage::During,
                means: ContactMeans::Phone,
                text: text(),
            };
            let of_task = case.tasks.iter().map(|task| by(Some(task.id.clone())));
            std::iter::once(by(None)).chain(of_task).collect()
        }
        E::FollowUp => one(C::FollowUp { text: text() }),
        E::FollowUpAnswered => one(C::FollowUpAnswered { text: text() }),
        E::DeputyRated => one(C::DeputyRated {
            rating: rating(4, Solved::Yes),
        }),
        E::ContactRevealed => one(C::ContactRevealed { reason: text() }),
        E::MergedIn => one(C::MergedIn { letter_id: id() }),
        E::MergedOut => case
            .joined
            .iter()
            .map(|letter_id| C::MergedOut {
                letter_id: letter_id.clone(),
            })
            .collect(),
        E::Recalculated => one(C::Recalculated {
            reason: "calendar".to_owned(),
            dates: MovedDates {
                due_at: case.due_at,
                ..MovedDates::default()
            },
        }),
        E::Undo => one(C::Undo {}),
    }
}

fn first(codes: &[String], make: impl Fn(Id) -> C) -> Vec<C> {
    codes.first().cloned().map(make).into_iter().collect()
}

fn reply(outcome: Outcome, promise_date: Option<String>) -> ReplyText {
    ReplyText {
        body: SOME.to_owned(),
        outcome,
        promise_date,
        reason: None,
        contact: None,
        attachments: Vec::new(),
        parts: None,
    }
}

fn rating(level: u8, solved: Solved) -> Rating {
    Rating {
        attitude: level,
        process: level,
        result: level,
        solved,
        reasons: vec!["other".to_owned()],
        text: String::new(),
    }
}

fn other_than(name: Option<&str>) -> String {
    (if name == Some(SOME) { "!" } else { SOME }).to_owned()
}
