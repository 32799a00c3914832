//! A case's log as entries of a timeline, as far as the reader may see it.

use super::names::Names;
use super::pictures;
use crate::library::Library;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{CaseEventView, PictureRef};
use liaison_domain::lifecycle::{Case, CaseEvent, ContactMeans, ContactStage, EventRecord, FiledVia, Visibility};
use liaison_domain::{Id, Millis};

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The resident who wrote the letter.
    Author,
    Staff,
}

/// Everything an entry may need besides its record.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub case: &'a Case,
    pub names: &'a Names,
    pub library: &'a Library,
    /// The letter's pictures, also those added later.
    pub pictures: &'a [PictureRef],
}

/// The entries, oldest first.
pub fn timeline(records: &[EventRecord], audience: Audience, sources: Sources<'_>) -> Vec<CaseEventView> {
    records
        .iter()
        .filter(|record| audience == Audience::Staff || record.visibility != Visibility::Staff)
        .map(|record| entry(record, audience, sources))
        .collect()
}

fn entry(record: &EventRecord, audience: Audience, sources: Sources<'_>) -> CaseEventView {
    let Sources {
        case,
        names,
        library,
        pictures: all,
    } = sources;
    CaseEventView {
        seq: record.seq,
        at: record.at,
        kind: record.event.kind(),
        by_role: record.actor.role,
        by_name: names.actor(&record.actor, case),
        to_state: record.to,
        text: text(&record.event, audience, library).filter(|text| !text.is_empty()),
        date: date(record),
        about: about(record, case, names, library),
        internal: record.visibility == Visibility::Staff,
        pictures: pictures::select(all, attachments(&record.event)),
    }
}

/// The words that came with it. Answers have their own place and are not repeated here.
fn text(event: &CaseEvent, audience: Audience, library: &Library) -> Option<String> {
    let staff = audience == Audience::Staff;
    match event {
        CaseEvent::AskInfo { text }
        | CaseEvent::InfoGiven { text, .. }
        | CaseEvent::Appeal { text }
        | CaseEvent::Refer { text, .. }
        | CaseEvent::DeputyPass { text }
        | CaseEvent::ReturnRefused { text, .. }
        | CaseEvent::Dispute { text }
        | CaseEvent::Award { text, .. }
        | CaseEvent::ProgressNote { text, .. }
        | CaseEvent::CoOpinion { text, .. }
        | CaseEvent::ExtensionRequest { text, .. }
        | CaseEvent::ExtensionRefused { text, .. }
        | CaseEvent::InternalRejected { text, .. }
        | CaseEvent::SendBack { text }
        | CaseEvent::Reopen { text, .. }
        | CaseEvent::Merge { text, .. }
        | CaseEvent::Supplement { text, .. }
        | CaseEvent::Supervise { text, .. } => Some(text.clone()),
        CaseEvent::Decline { reason_code, text } | CaseEvent::KeepClosed { reason_code, text } => {
            Some(with_reason(library, reason_code, text))
        }
        CaseEvent::Submit {
            on_behalf: Some(filed), ..
        } => Some(format!("{}。怎样同意的：{}", came(filed.via), filed.consent.trim())),
        CaseEvent::Withdraw { text } => text.clone(),
        CaseEvent::Release { words, .. } => words.clone(),
        CaseEvent::PromiseKept { evidence, .. } => Some(evidence.clone()),
        CaseEvent::RatedOk { rating } | CaseEvent::RatedBad { rating } => Some(rating.text.clone()),
        CaseEvent::RefusePublish { reason } | CaseEvent::Hide { reason } => Some(reason.clone()),
        // The author reads them with the answer they belong to.
        CaseEvent::FollowUp { text } | CaseEvent::FollowUpAnswered { text } if staff => Some(text.clone()),
        CaseEvent::ContactRevealed { reason } => Some(format!("原因：{}", reason.trim())),
        CaseEvent::Contacted { stage, means, text, .. } if staff => Some(conversation(*stage, *means, text)),
        CaseEvent::Delegate { text, .. } if staff => Some(text.clone()),
        CaseEvent::DeputyRated { rating } if staff => Some(rating.text.clone()),
        // Between office and unit.
        CaseEvent::Assign { note, .. } if staff => note.clone(),
        CaseEvent::AutoHold { reason } if staff => Some(reason.clone()),
        CaseEvent::ReturnRequest { legal_basis, .. } if staff => Some(legal_basis.clone()),
        _ => None,
    }
}

/// How a letter came that the station wrote down for somebody; no subject, for it is read by both ends.
const fn came(via: FiledVia) -> &'static str {
    match via {
        FiledVia::Phone => "打电话提出，由工作人员登记",
        FiledVia::Visit => "上门提出，由工作人员登记",
        FiledVia::Paper => "写信提出，由工作人员登记",
        FiledVia::Reception => "接待日当面提出，由工作人员登记",
        FiledVia::Helper => "由亲友或网格员代为提出",
        FiledVia::Event => "在活动上提出，由工作人员转为留言",
    }
}

/// 「办理前 · 电话：…」.
fn conversation(stage: ContactStage, means: ContactMeans, text: &str) -> String {
    let stage = match stage {
        ContactStage::Before => "办理前",
        ContactStage::During => "办理中",
        ContactStage::After => "办理后",
    };
    let means = match means {
        ContactMeans::Phone => "电话",
        ContactMeans::Visit => "上门",
        ContactMeans::Meeting => "座谈",
        ContactMeans::Message => "信息",
    };
    format!("{stage} · {means}：{}", text.trim())
}

/// A no is never without its reason and the door that is open instead.
fn with_reason(library: &Library, code: &str, text: &str) -> String {
    let mut lines = Vec::new();
    if let Some(reason) = library.reason(code) {
        lines.push(reason.text.as_str());
    }
    lines.push(text.trim());
    if let Some(reason) = library.reason(code) {
        lines.push(reason.way_out.as_str());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The day it speaks of.
fn date(record: &EventRecord) -> Option<Millis> {
    let facts = &record.facts;
    match &record.event {
        CaseEvent::ExtensionRequest { until, .. } => Some(*until),
        CaseEvent::Supervise { due_at, .. } => Some(*due_at),
        CaseEvent::DeputyAnswer { reply } | CaseEvent::SubmitReply { reply, .. } => {
            reply.promise_date.as_deref().and_then(Date::parse).map(Date::start)
        }
        CaseEvent::Assign { .. } | CaseEvent::Award { .. } => facts.tasks.first().map(|task| task.due_at),
        CaseEvent::AskInfo { .. } | CaseEvent::HasPromise {} | CaseEvent::ToDeputy { .. } => {
            facts.holder.as_ref().and_then(|holder| holder.due)
        }
        CaseEvent::FollowUp { .. } => facts.follow_up_due,
        CaseEvent::Recalculated { dates, .. } => dates.due_at.or(dates.holder_due),
        // An answer speaks of a day only when it promises one; until when to rate stands on the page.
        _ => facts.due_at,
    }
}

/// The name it speaks of.
fn about(record: &EventRecord, case: &Case, names: &Names, library: &Library) -> Option<String> {
    let units = |lead: &Id, co: &[Id]| {
        let all: Vec<String> = std::iter::once(lead).chain(co).map(|id| names.unit(id)).collect();
        all.join("、")
    };
    let name = match &record.event {
        CaseEvent::ToDeputy { deputy_id: id }
        | CaseEvent::Submit {
            deputy_id: Some(id), ..
        }
        | CaseEvent::Release {
            forwarded_by_deputy: Some(id),
            ..
        } => names.deputy(id)?,
        CaseEvent::Submit { station_id, .. } => names.station(station_id),
        CaseEvent::Assign { lead, co, .. } => units(lead, co),
        CaseEvent::Award { unit_id, co, .. } => units(unit_id, co),
        CaseEvent::Reopen { lead, leader, .. } => format!("{} {leader}", names.unit(lead)),
        CaseEvent::ReassignUnit { unit_id, .. }
        | CaseEvent::Delegate {
            unit_id: Some(unit_id), ..
        } => names.unit(unit_id),
        CaseEvent::ReturnRequest { proposed_unit, .. } => names.unit(proposed_unit),
        CaseEvent::Supervise { leader, .. } => leader.clone(),
        CaseEvent::Recalculated { reason, .. } => {
            let what = if reason == "calendar" {
                "放假调休安排"
            } else {
                "办理时限"
            };
            what.to_owned()
        }
        CaseEvent::Refer { channel, .. } => {
            let channel = library.channel(channel)?;
            format!("{} {}", channel.name, channel.phone)
        }
        CaseEvent::Merge { into: id, .. }
        | CaseEvent::MergedIn { letter_id: id }
        | CaseEvent::MergedOut { letter_id: id } => names.numbers.get(id)?.clone(),
        event => names.unit(&case.task(event.task_id()?)?.unit_id),
    };
    Some(name).filter(|name| !name.trim().is_empty())
}

fn attachments(event: &CaseEvent) -> &[Id] {
    match event {
        CaseEvent::InfoGiven { attachments, .. }
        | CaseEvent::ProgressNote { attachments, .. }
        | CaseEvent::Supplement { attachments, .. } => attachments,
        _ => &[],
    }
}
