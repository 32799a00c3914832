//! Parts of a letter that author and staff both see.

use super::names::{Names, addressed};
use super::pictures::select;
use super::timeline::Audience;
use liaison_domain::Millis;
use liaison_domain::dto::{AnswerView, ElapsedPart, FollowUpView, HolderView, PictureRef};
use liaison_domain::lifecycle::{Case, CaseEvent, EventRecord, HolderKind, elapsed_by_holder};
use liaison_store::letters::Answer;

/// Who has the ball.
pub fn holder(case: &Case, names: &Names) -> HolderView {
    HolderView {
        kind: case.holder.kind,
        name: names.holder(case.holder.kind, case.holder.id.as_ref()),
        since: case.holder.since,
        due: case.holder.due,
        paused: case.paused_since.is_some(),
    }
}

/// The time so far, split by holder.
pub fn elapsed(records: &[EventRecord], now: Millis, names: &Names) -> Vec<ElapsedPart> {
    elapsed_by_holder(records, now)
        .into_iter()
        .map(|(kind, id, held)| ElapsedPart {
            kind,
            name: names.holder(kind, id.as_ref()),
            held,
        })
        .collect()
}

/// An answer with the names around it, and those of the letter's pictures that came with it.
pub fn answer(answer: &Answer, case: &Case, names: &Names, pictures: &[PictureRef], audience: Audience) -> AnswerView {
    let card = |id: &Option<String>| id.as_ref().and_then(|id| names.deputies.get(id)).cloned();
    let (by_name, deputy) = match answer.by_kind {
        HolderKind::Deputy => {
            let deputy = card(&answer.by_id);
            (deputy.as_ref().map(addressed).unwrap_or_default(), deputy)
        }
        HolderKind::Unit => (
            answer.by_id.as_deref().map(|id| names.unit(id)).unwrap_or_default(),
            card(&answer.forwarded_by),
        ),
        _ => (
            names.station(answer.by_id.as_deref().unwrap_or(&case.station_id)),
            card(&answer.forwarded_by),
        ),
    };
    AnswerView {
        round: answer.round,
        at: answer.at,
        body: answer.text.body.clone(),
        outcome: answer.text.outcome,
        promise_date: answer.text.promise_date.clone(),
        reason: answer.text.reason.clone(),
        contact: answer.text.contact.clone(),
        by_name,
        deputy,
        words: answer.words.clone(),
        rating: answer.survey.rating.clone(),
        score: answer.survey.score,
        pictures: select(pictures, &answer.text.attachments),
        deputy_rating: answer.deputy_rating.clone().filter(|_| audience == Audience::Staff),
    }
}

/// The question the resident was asked last, while it is open.
pub fn open_question(case: &Case, records: &[EventRecord]) -> Option<String> {
    case.paused_since?;
    records.iter().rev().find_map(|record| match &record.event {
        CaseEvent::AskInfo { text } => Some(text.clone()),
        _ => None,
    })
}

/// The questions about the answers, with the words to them, oldest first.
pub fn follow_ups(case: &Case, records: &[EventRecord], answers: &[Answer], names: &Names) -> Vec<FollowUpView> {
    let mut all: Vec<FollowUpView> = Vec::new();
    for record in records {
        match &record.event {
            CaseEvent::FollowUp { text } => {
                let before = answers.iter().filter(|answer| answer.at <= record.at).count();
                all.push(FollowUpView {
                    answer: u32::try_from(before.saturating_sub(1)).unwrap_or_default(),
                    at: record.at,
                    text: text.clone(),
                    due: None,
                    reply: None,
                    reply_at: None,
                    reply_by: None,
                });
            }
            CaseEvent::FollowUpAnswered { text } => {
                if let Some(open) = all.iter_mut().rev().find(|asked| asked.reply.is_none()) {
                    open.reply = Some(text.clone());
                    open.reply_at = Some(record.at);
                    open.reply_by = names.actor(&record.actor, case);
                }
            }
            _ => {}
        }
    }
    if let Some(open) = all.last_mut().filter(|asked| asked.reply.is_none()) {
        open.due = case.follow_up_due;
    }
    all
}
